"""The right column's lists: the team now, the live score, and what was observed, each line with all about it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec
from rich.text import Text

from runbook.desk import Entry
from runbook.drills.ghosts import ghosts
from runbook.drills.scoring import Item, Score
from runbook.progress import step_views, unread_warnings
from runbook.saying import words as prose_words
from runbook.scenario import RATE_NAMES
from runbook.script import inject as find_inject
from runbook.script import scenario_of, waiting
from runbook.speech import Argument, Message, say
from runbook.tui.drill_words import ghost_at
from runbook.tui.presenting import fit
from runbook.tui.screens.console.showing import full, safe
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece
from runbook.tui.widgets.rows import Row, heading
from runbook.wording.safe import cells, clip


class Seen(msgspec.Struct, frozen=True):
    """What was read and reckoned off the screen's thread: the team's last entries, the score, and what it cites."""

    entries: tuple[Entry, ...] = ()
    score: Score | None = None
    cited: dict[int, Entry] = {}


def line(tell: Teller, lead: str, text: str, tail: str, style: str, width: int, here: bool) -> Text:
    """One row: what stands before it, its words, and what stands at its end."""
    own = tell.shades.here if here else style
    row = Text.assemble(
        (f"{tell.shades.pointer if here else ' '} ", tell.shades.here), (lead, own or tell.shades.quiet)
    )
    room = max(1, width - row.cell_len - (cells(tail) + 1 if tail else 0))
    row.append(fit(safe(text), room), own)
    if tail:
        row.append(f" {tail}", own)
    row.truncate(width, pad=True)
    return row


# The team now


def team_rows(seen: Seen, tell: Teller) -> list[Row]:
    """How far the team is, the real case at this hour, then its entries, the last on top."""
    case, shades = tell.case, tell.shades
    views = [view for view in step_views(case) if view.state != "not_applicable"]
    done = sum(view.state in ("done", "skipped") for view in views)
    unread = sum(len(unread_warnings(case, view.step)) for view in views if view.state == "active")
    counts = [say("steps {done}/{all}", done=done, all=len(views))]
    if unread:
        counts.append(say("warnings unread {n}", n=unread))
    if open_ones := waiting(case):
        counts.append(say("open answers {n}", n=len(open_ones)))
    rows = [heading(Text(" " + "  ".join(map(tell, counts)), "bold"))]
    if (scenario := scenario_of(case)) and scenario.ghost_name.said(tell.language):
        rows.append(Row("ghost", partial(_ghost, tell)))
    for entry in seen.entries:
        at = tell.short(entry.event.recorded_at)
        rules: tuple[str, ...] = getattr(entry.event.data, "rules", ())
        objected = f"! {', '.join(rules)} " if rules else ""  # first: the sentence may be cut
        lead = f"{at} {clip(safe(entry.event.actor), 8)} {objected}"
        style = shades.bad if rules else ""
        rows.append(Row(f"entry:{entry.event.seq}", partial(line, tell, lead, tell(entry.said), "", style)))
    if not seen.entries:
        rows.append(heading(Text(" " + tell(say("The team has recorded nothing yet.")), shades.quiet)))
    return rows


def _ghost(tell: Teller, width: int, here: bool) -> Text:
    scenario, found = scenario_of(tell.case), ghosts(tell.case)
    name = tell(scenario.ghost_name) if scenario else ""
    said = f"{ghost_at(found[-1], tell)} {tell(found[-1].what)}" if found else tell(say("nothing yet"))
    return line(tell, f"{name}  ", said, "", tell.shades.quiet, width, here)


def about_team(id: str, seen: Seen, tell: Teller) -> tuple[Message, list[Piece]]:
    """What there is to read about a line of the team's view."""
    kind, _, number = id.partition(":")
    entry = next((one for one in seen.entries if str(one.event.seq) == number), None) if kind == "entry" else None
    if entry is not None:
        return say("entry {seq}", seq=entry.event.seq), list(_entry(entry, tell))
    pieces = [Piece(Text(tell(one.what)), ghost_at(one, tell)) for one in reversed(ghosts(tell.case))]
    return say("The real case by this hour"), pieces


def _entry(entry: Entry, tell: Teller) -> Iterator[Piece]:
    event = entry.event
    yield Piece(Text(tell(entry.said)))
    yield Piece(Text(full(event.recorded_at, tell)), tell(say("At")))
    yield Piece(Text(tell(event.actor)), tell(say("By")))


# The score


def score_rows(seen: Seen, tell: Teller) -> list[Row]:
    """The items under their objectives."""
    score, scenario = seen.score, scenario_of(tell.case)
    if score is None or scenario is None:
        return [heading(Text(" " + tell(say("The score is being reckoned.")), tell.shades.quiet))]
    drill = tell.case.incident.drill
    rows = []
    for objective in scenario.objectives:
        points, most = score.of(objective.id)
        rated = drill.ratings.get(objective.id) if drill else None
        mark = f"{rated.rate}  " if rated else ""
        head = partial(_objective, tell(objective.title), f"{mark}{points}/{most}")
        rows.append(Row("", head))
        rows += [
            Row(f"item:{item.id}", partial(_item, tell, item)) for item in score.items if item.objective == objective.id
        ]
    return rows


def _objective(title: str, points: str, width: int, _here: bool) -> Text:
    row = Text(f" {fit(safe(title), max(1, width - cells(points) - 2))} {points}", "bold")
    row.truncate(width, pad=True)
    return row


def _item(tell: Teller, item: Item, width: int, here: bool) -> Text:
    """A hazard that happened is red; what brought all it can is done."""
    shades = tell.shades
    tail = f"{item.points}/{item.max}" if item.max else f"{item.points}"
    if item.overruled is not None and item.overruled.points is not None:
        tail = f"{tell(say('evaluator'))} {tail}"
    mark, style = " ", ""
    if item.points < 0:
        mark, style = "!", shades.bad
    elif item.max and item.points == item.max:
        mark, style = ("v" if shades.ascii else "✓"), shades.good
    row = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), (f"{mark} ", style))
    own = shades.here if here else shades.bad if item.points < 0 else ""
    row.append(fit(safe(tell(item.title)), max(1, width - 4 - cells(tail) - 1)) + f" {tail}", own)
    row.truncate(width, pad=True)
    return row


def about_item(item: Item, seen: Seen, tell: Teller) -> Iterator[Piece]:
    """Why it has these points, the entries it rests on, and what to do better."""
    yield Piece(Text(tell(item.title), "bold"))
    for label, said in _why(item, tell):
        yield Piece(Text(tell(said)), tell(label))
    for seq in item.seqs:
        entry = seen.cited.get(seq)
        said = f"{tell.short(entry.event.recorded_at)} {entry.event.actor}: {tell(entry.said)}" if entry else "?"
        yield Piece(Text(safe(said)), f"#{seq}")


def _why(item: Item, tell: Teller) -> Iterator[tuple[Message, Argument]]:
    most = say("{points} of {max}", points=item.points, max=item.max) if item.max else f"{item.points}"
    yield say("Points"), most
    yield say("Why"), item.reason
    yield say("Objective"), _title(item.objective, tell)
    if item.overruled is not None:
        yield (
            say("Evaluator"),
            say(
                "{who}: {reason} (reckoned: {points})",
                who=item.overruled.touch.actor,
                reason=prose_words(item.overruled.reason),
                points=item.machine,
            ),
        )
    for label, at in ((say("Done at"), item.at), (say("In full until"), item.target), (say("Real case"), item.ghost)):
        if at is not None:
            yield label, full(at, tell)
    if item.tip is not None:
        yield say("Better"), item.tip
    if item.really is not None:
        yield say("Really"), item.really


# Observations, ratings, improvements


def note_rows(tell: Teller) -> list[Row]:
    """Observations, the last on top, then ratings, then improvements."""
    drill = tell.case.incident.drill
    if drill is None:
        return []
    rows: list[Row] = []
    for n in reversed(range(len(drill.observations))):
        one = drill.observations[n]
        lead = f"{tell.moment(one.moment)} "
        rows.append(Row(f"seen:{n}", partial(line, tell, lead, tell(prose_words(one.text)), "", "")))
    for id, rating in drill.ratings.items():
        rows.append(Row(f"rated:{id}", partial(line, tell, f"{rating.rate} ", _title(id, tell), "", "")))
    for id, planned in drill.plans.items():
        if not planned.plan.dropped:
            said = tell(prose_words(planned.plan.action))
            rows.append(Row(f"plan:{id}", partial(line, tell, f"{tell(say('improve'))} ", said, planned.plan.due, "")))
    if not rows:
        rows.append(heading(Text(" " + tell(say("Nothing noted yet. ctrl+o notes what you see.")), tell.shades.quiet)))
    return rows


def _title(objective: str, tell: Teller) -> str:
    scenario = scenario_of(tell.case)
    found = scenario.objective(objective) if scenario else None
    return tell(found.title) if found else objective


def about_note(id: str, tell: Teller) -> tuple[Message, list[Piece]]:
    """What there is to read about an observation, a rating, an improvement."""
    drill = tell.case.incident.drill
    kind, _, key = id.partition(":")
    if drill is None or not key:
        return say("observed"), []
    said: Sequence[tuple[Message, Argument]]
    if kind == "seen":
        one = drill.observations[int(key)]
        inject = find_inject(tell.case, one.inject)
        found = [
            (say("At"), tell.moment(one.moment)),
            (say("By"), one.touch.actor),
            (say("Inject"), inject.title if inject else one.inject),
            (say("Entry"), f"#{one.about}" if one.about else ""),
            (say("Objective"), _title(one.objective, tell) if one.objective else ""),
        ]
        text, name = prose_words(one.text), say("observation")
        said = found
    elif kind == "rated":
        rating = drill.ratings[key]
        text, name = prose_words(rating.reason), say("rating")
        said = [
            (say("Rating"), say("{rate}: {words}", rate=rating.rate, words=RATE_NAMES[rating.rate])),
            (say("Objective"), _title(key, tell)),
            (say("By"), rating.touch.actor),
        ]
    else:
        plan = drill.plans[key].plan
        text, name = prose_words(plan.action), say("improvement")
        said = [
            (say("Issue"), prose_words(plan.issue)),
            (say("Owner"), plan.owner),
            (say("Contact"), plan.contact),
            (say("Due"), plan.due),
            (say("Step"), tell.case.playbook.numbers.get(plan.step, plan.step)),
        ]
    pieces = [Piece(Text(tell(text)))]
    return name, pieces + [Piece(Text(tell(what)), tell(label)) for label, what in said if what]
