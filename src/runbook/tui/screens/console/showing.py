"""The console's head, its views by name, and the events list in rows. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.drills.scoring import Score
from runbook.duties import Deadline, deadlines
from runbook.moment import between
from runbook.scenario import Inject, Scenario
from runbook.script import Line, course, events_list, leg, scenario_of
from runbook.script import inject as find_inject
from runbook.speech import Argument, Message, say
from runbook.tui.presenting import fit, spread, stamp
from runbook.tui.teller import Teller
from runbook.wording.safe import cells, clip, for_terminal


class Columns(msgspec.Struct, frozen=True):
    """Cells of the columns before the title, each as wide as the widest of what it holds."""

    number: int = 1
    at: int = 5


# The head


def head(tell: Teller, wall: datetime, width: int) -> list[Text]:
    """Two lines: the clock, how it goes, and in which part of the exercise it is; what comes next, who leads, since
    when."""
    case, shades = tell.case, tell.shades
    drill, scenario = case.incident.drill, scenario_of(case)
    if drill is None or scenario is None:
        return []
    said, style = _clock(case, wall)
    first = Text.assemble((f" {full(case.now, tell)}", "bold"), "  ", (tell(said), getattr(shades, style)), "  ")
    part, title = _leg(tell)
    first.append(clip(tell(part), max(1, width - first.cell_len)))
    if cells(tell(title)) + 1 < width - first.cell_len:
        first.append(f" {safe(tell(title))}")
    minutes = int(between(drill.held_at, wall).total_seconds()) // 60
    real = tell(say("real time {time}", time=f"{minutes // 60:02d}:{minutes % 60:02d}"))
    who = drill.attended.actor if drill.attended else "-"
    right = Text(f"  {tell(say('console: {who}', who=clip(who, 16)))}  {real} ", shades.quiet)
    second = clip(safe(_second(tell, scenario)), max(1, width - right.cell_len - 1))
    return [first, spread(Text(f" {second}", shades.quiet), right, width)]


def _second(tell: Teller, scenario: Scenario) -> str:
    """The scenario, where the drill is over or not called like it; else what comes next."""
    drill = tell.case.incident.drill
    if (drill is not None and drill.ended is not None) or tell.case.incident.title not in _named(scenario):
        return tell(scenario.title)
    lines = events_list(tell.case)
    following = next((line for line in lines if line.inject.id == coming(lines, tell.case)), None)
    if following is None:
        return tell(say("no inject is left"))
    one = following.inject
    return tell(say("next: {number} {at} {title}", number=one.number, at=when(following, tell), title=one.title))


def _named(scenario: Scenario) -> set[str]:
    """What a drill is called that was given no name of its own: it was started in one language and is led in any."""
    return {scenario.drill_title.ja, scenario.drill_title.en}


def _clock(case: Case, wall: datetime) -> tuple[Message, str]:
    """How the clock goes, and the name of its style."""
    drill, clock = case.incident.drill, case.incident.clock
    match course(case, wall):
        case "over":
            return say("drill over"), "quiet"
        case "runs" if clock:
            return say("{speed}x, runs", speed=f"{clock.speed:g}"), "good"
        case "stands":
            about = find_inject(case, drill.discussing) if drill else None
            return say("stands, to discuss inject {n}", n=about.number) if about else say("stands"), "soon"
    return say("stands: this part is over"), "soon"


def _leg(tell: Teller) -> tuple[Message, Argument]:
    """Which part of the exercise it is, when it ends, what it is called; between two of them, when the next begins."""
    scenario = scenario_of(tell.case)
    here, following = leg(tell.case)
    legs = scenario.legs if scenario else ()
    if here is not None:
        end = tell.short(here.end)
        return say("part {n}/{all}, until {end}", n=legs.index(here) + 1, all=len(legs), end=end), here.title
    if following is not None:
        at, n = tell.short(following.start), legs.index(following) + 1
        return say("next part {n}/{all} at {at}", n=n, all=len(legs), at=at), following.title
    return say("after the last of {all} parts", all=len(legs)), ""


def tabs(
    tell: Teller,
    view: str,
    lines: Sequence[Line],
    score: Score | None,
    notes: int,
    width: int,
    *,
    wide: bool,
    aside: bool,
) -> Text:
    """Over the columns: how much of the list arrived, and what the right column can show, by its keys. The column that
    keys go to now (the right one if `aside`) is marked as where one is."""
    came = sum(line.stand == "arrived" for line in lines)
    said: dict[str, Message] = {
        "inject": say("inject"),
        "team": say("team now"),
        "score": _score(score) if score else say("score"),
        "notes": say("observed {n}", n=notes) if notes else say("observed"),
    }
    shown = Text()
    for key, name in enumerate(said, 1):
        style = "" if view != name else tell.shades.here if aside else "bold" if wide else ""
        shown.append(f" {key}", tell.shades.key).append(f" {tell(said[name])} ", style)
    own = "bold" if aside else tell.shades.here
    left = Text.assemble((f" {tell(say('events {came}/{all} arrived', came=came, all=len(lines)))} ", own))
    if not wide and left.cell_len + shown.cell_len > width:
        left = Text.assemble((f" {tell(say('events {came}/{all}', came=came, all=len(lines)))} ", own))
    return spread(left, shown, width)


def _score(score: Score) -> Message:
    """In short what `drills.scoring.standing` says."""
    if score.ended:
        return say("score {points}/{max}", points=score.points, max=score.max)
    return say("score {points}, lost {lost}", points=score.points, lost=score.lost)


# The events list


def columns(lines: Sequence[Line], tell: Teller) -> Columns:
    """How wide the columns must be for these lines."""
    numbers = max((len(str(line.inject.number)) for line in lines), default=1)
    return Columns(numbers, max((cells(when(line, tell)) for line in lines), default=5))


def when(line: Line, tell: Teller) -> str:
    """When it arrived or is to arrive, or in a word what else it waits for."""
    at = line.arrived_at or (None if line.inject.hand else line.inject.at)
    if at is not None:
        return tell.short(at)
    one = line.inject
    what = say("hand") if one.hand else say("if") if one.when else say("milestone")
    if not (one.hand or one.when or one.milestone):
        what = say("follows")
    return tell(what)


def sign(line: Line, tell: Teller) -> tuple[str, str]:
    """An inject's sign of one cell, and its style."""
    shades = tell.shades
    return {
        "arrived": ("v" if shades.ascii else "✓", shades.good),
        "due": ("^", shades.soon),
        "held": ("=", shades.soon),
        "off": (".", shades.quiet),
        "waits": (" ", ""),
    }[line.stand]


def remarks(line: Line, case: Case) -> list[Message]:
    """What else there is to know of it in its row."""
    found = []
    if (
        line.stand == "waits"
        and line.inject.at
        and line.inject.at <= case.now
        and not comes(line.inject, case, case.now)
    ):
        found.append(say("condition not met"))
    if line.stand == "held":
        found.append(say("held back"))
    if line.stand == "off":
        found.append(say("switched off"))
    if line.edited:
        found.append(say("edited"))
    if line.stand == "arrived" and line.inject.answer:
        found.append(say("answered") if line.answered else say("unanswered"))
    return found


def event_row(line: Line, tell: Teller, width: int, here: bool, columns: Columns) -> Text:
    """One line: sign, number, when, title, and what became of it."""
    shades = tell.shades
    mark, style = sign(line, tell)
    own = shades.here if here else shades.quiet if line.stand in ("off", "arrived") else ""
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), (f"{mark} ", style))
    text.append(f"{line.inject.number:>{columns.number}} ", own or shades.quiet)
    text.append(fit(when(line, tell), columns.at) + " ", own)
    said = "  ".join(tell(one) for one in remarks(line, tell.case))
    waits = line.stand == "arrived" and line.inject.answer and not line.answered
    room = max(1, width - text.cell_len - (cells(said) + 2 if said else 0))
    text.append(fit(tell(line.inject.title).replace("\n", " "), room), own)
    if said:
        text.append(f"  {said}", shades.soon if waits else own or shades.quiet)
    text.truncate(width, pad=True)
    return text


def comes(one: Inject, case: Case, at: datetime) -> bool:
    """Whether its condition would hold at a time ahead, were nothing done until then."""
    return not one.when or msgspec.structs.replace(case, now=at).holds(one.when) is True


def coming(lines: Sequence[Line], case: Case) -> str:
    """The id of the next inject to arrive: what is due, else the next by the clock, else the first that waits."""
    for line in lines:
        if line.stand == "due":
            return line.inject.id
    waits = [line.inject for line in lines if line.stand == "waits"]
    timed = [
        (one.at, one.number, one.id)
        for one in waits
        if one.at is not None and one.at >= case.now and not one.hand and comes(one, case, one.at)
    ]
    if timed:
        return min(timed)[2]
    left = [one for one in waits if one.at is None or one.at >= case.now] or waits
    return left[0].id if left else ""


def between_now_and(lines: Sequence[Line], case: Case, to: datetime) -> list[Line]:
    """What the clock passes on its way to `to`, and so arrives at once, were nothing else done."""
    found = [
        line
        for line in lines
        if line.stand == "waits"
        and not line.inject.hand
        and line.inject.at
        and case.now < line.inject.at <= to
        and comes(line.inject, case, to)
    ]
    return sorted(found, key=lambda line: line.inject.at or case.now)


def due_on_the_way(case: Case, to: datetime) -> list[Deadline]:
    """What a law asks of the organisation itself by a day that the clock passes on its way to `to`."""
    own = (one for one in deadlines(case) if one.regime and one.party is None and one.is_open and one.applies)
    return [one for one in own if one.due_at is not None and case.now < one.due_at <= to]


def listed(lines: Sequence[Line], most: int = 5) -> Argument:
    """Injects named in a row, the first few of them."""
    said: Argument = ""
    for line in reversed(lines[:most]):
        one = say("{number} {title}", number=line.inject.number, title=line.inject.title)
        said = say("{one}, {others}", one=one, others=said) if said else one
    return say("{some}, and {n} more", some=said, n=len(lines) - most) if len(lines) > most else said


def full(at: datetime, tell: Teller) -> str:
    """A time with its date and weekday."""
    return stamp(tell.case.zoned(at), tell.language)


def safe(text: str) -> str:
    """One line of a text from outside."""
    return for_terminal(text.replace("\n", " "))
