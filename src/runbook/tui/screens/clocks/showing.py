"""Due times and intervals as a list: their rows, and the words and signs of each. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval, law_as_of
from runbook.moment import between
from runbook.speech import Argument, Message, say
from runbook.tui.presenting import fit, spread, stamp
from runbook.tui.teller import Teller
from runbook.wording import words
from runbook.wording.safe import cells, clip, fold, for_terminal

STATES: dict[str, Message] = {
    "running": say("running"),
    "met": say("met"),
    "overdue": say("overdue"),
    "not_applicable": say("not needed"),
    "unknown": say("no start yet"),
}


class Columns(msgspec.Struct, frozen=True):
    """Cells of the columns before the title, each as wide as the widest of what it holds."""

    state: int = 0
    at: int = 0
    left: int = 0


def at_its_end(case: Case) -> Case:
    """The case, or how it stood when it was closed: no clock runs on after that."""
    closed = case.incident.closed_at
    return case if closed is None else msgspec.structs.replace(case, now=case.zoned(closed))


def holding(
    wanted: str, deadlines: Mapping[str, Deadline], intervals: Mapping[str, Interval], tell: Teller
) -> list[str]:
    """The keys of what holds all these words, in their order: all of them where none is wanted."""
    parts = [fold(part) for part in wanted.split()]
    said = {
        key: f"{title(one, tell)} {tell(law(one, tell.case))} {key} {state_words(one, tell)}"
        for key, one in deadlines.items()
    }
    said |= {key: tell(interval_name(one, tell.case)) for key, one in intervals.items()}
    return [key for key, text in said.items() if all(part in fold(text) for part in parts)]


# One clock in words


def sign(deadline: Deadline, tell: Teller) -> tuple[str, str]:
    """A clock's sign of one cell, and its style."""
    shades = tell.shades
    soon = deadline.soon(tell.case.now)
    if deadline.state == "running":
        return ("^", shades.soon) if soon else (" ", "")
    done = "v" if shades.ascii else "✓"
    return {
        "overdue": ("!", shades.bad),
        "met": (done, shades.good),
        "unknown": ("?", shades.soon if soon else shades.quiet),
        "not_applicable": (".", shades.quiet),
    }[deadline.state]


def state_words(deadline: Deadline, tell: Teller) -> str:
    """The state in words; soon, perhaps not applying and counted provisionally are said too."""
    if deadline.state in ("running", "unknown") and deadline.applies is None:
        return tell(say("may apply"))
    if deadline.provisional and deadline.state == "unknown":
        return tell(say("provisional"))
    return tell(say("soon") if deadline.soon(tell.case.now) else STATES[deadline.state])


def title(deadline: Deadline, tell: Teller) -> str:
    """What is due: a duty, with whose it is where it is another's; a step, with its number."""
    if deadline.party is not None:
        return tell(say("{party}: {duty}", party=deadline.party, duty=deadline.what))
    number = tell.case.playbook.numbers.get(deadline.step, "") if deadline.regime is None else ""
    return f"{number} {tell(deadline.what)}".strip()


def law(deadline: Deadline, case: Case, *, short: bool = True) -> Argument:
    """The law a duty is of; `short` leaves out what stands in brackets. For a step's own clock: whether it is a target."""
    if deadline.regime is None:
        return say("target") if deadline.target else say("due")
    found = next((regime.title for regime in case.playbook.regimes if regime.id == deadline.regime), None)
    if found is None:
        return deadline.regime
    if not short:
        return found
    return msgspec.structs.replace(found, ja=_before_bracket(found.ja), en=_before_bracket(found.en))


def _before_bracket(text: str) -> str:
    return text.partition("（")[0].partition(" (")[0].strip() or text


def at_words(deadline: Deadline, tell: Teller) -> str:
    """When it is due, short; where the law names no date, its word."""
    if deadline.state == "not_applicable" or deadline.falls_at is None:
        return ""
    if deadline.due_at is None:
        return tell(say("without delay"))
    return stamp(deadline.due_at, tell.language)


def left_words(deadline: Deadline, tell: Teller) -> str:
    """How long is left, or how long over; for one that was met, whether in time. Of our own target it says so."""
    case = tell.case
    left = deadline.remaining(case.now)
    if deadline.state == "met" and deadline.due_at is not None and deadline.met_at is not None:
        late = between(deadline.due_at, deadline.met_at)
        if late.total_seconds() > 0:
            return tell(say("{length} late", length=words(tell.language).duration(late)))
        return tell(say("in time"))
    if left is None or not deadline.is_open:
        return ""
    said = words(tell.language).remaining(left)
    return said if deadline.due_at is not None else tell(say("target: {left}", left=said))


def dated(at: datetime, tell: Teller) -> str:
    """A time in full: 2022-06-26(Sun) 23:59."""
    return f"{at:%Y-}{stamp(at, tell.language)}"


def other_law(case: Case) -> date | None:
    """The day whose law is applied, where that is not the day the organisation knew (rules.md 16); None where it is."""
    day, known = law_as_of(case), case.value("known_at")
    return day if day != case.zoned(known if isinstance(known, datetime) else case.now).date() else None


def lateness_unexplained(deadline: Deadline, case: Case) -> bool:
    """Whether a law wants a reason for a delay and none is recorded: it is overdue, or was met too late."""
    own = case.incident.duty(deadline.id)
    if deadline.late is None or own.delay is not None or deadline.due_at is None or deadline.applies is False:
        return False
    if own.filing is not None:
        return own.filing.reason is None and own.filing.at.at is not None and own.filing.at.at > deadline.due_at
    return case.now > deadline.due_at


# Rows


def columns(found: Iterable[Deadline], tell: Teller) -> Columns:
    """How wide the columns must be for these clocks."""
    said = [(state_words(one, tell), at_words(one, tell), left_words(one, tell)) for one in found]
    state, at, left = (max(map(cells, column), default=0) for column in zip(*said, strict=True)) if said else (0, 0, 0)
    return Columns(state, at, left)


def clock_row(deadline: Deadline, tell: Teller, width: int, here: bool, columns: Columns) -> Text:
    """One line: sign, state, when, how long is left, what is due, by which law."""
    shades = tell.shades
    mark, style = sign(deadline, tell)
    own = shades.here if here else style if deadline.state in ("overdue", "not_applicable") else ""
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here))
    text.append(f"{mark} ", style)
    if width >= 56:
        text.append(fit(state_words(deadline, tell), columns.state) + " ", own)
    text.append(fit(at_words(deadline, tell), columns.at) + " ", own or shades.quiet)
    if width >= 40:
        text.append(fit(left_words(deadline, tell), columns.left) + " ", own)
    text.append(clip(for_terminal(title(deadline, tell)), max(1, width - text.cell_len)), own)
    if (room := width - text.cell_len - 2) >= 4:
        text.append("  " + clip(for_terminal(tell(law(deadline, tell.case))), room), own or shades.quiet)
    text.truncate(width, pad=True)
    return text


def folded_row(count: int, open: bool, tell: Teller, width: int, here: bool) -> Text:
    """The line behind which what does not apply is folded away."""
    shades = tell.shades
    said = say("Not needed: {n}. Enter hides them.", n=count)
    if not open:
        said = say("Not needed: {n}. Enter shows them.", n=count)
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), (". ", shades.quiet))
    return text.append(fit(tell(said), max(1, width - 4)), shades.here if here else shades.quiet)


def doubts_row(count: int, tell: Teller, width: int, here: bool) -> Text:
    """The line over the list that says that something does not add up."""
    shades = tell.shades
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), ("^ ", shades.soon))
    return text.append(fit(tell(say("Doubtful: {n}. Read this first.", n=count)), max(1, width - 4)), shades.soon)


def headline(
    found: Iterable[Deadline], doubts: int, wanted: str, nothing: bool, moved: bool, tell: Teller, width: int
) -> Text:
    """How many clocks run, are overdue, perhaps apply; what is looked for; that the order changed."""
    shades, case, clocks = tell.shades, tell.case, list(found)
    left = Text.assemble((f" {tell(say('Due times'))}  ", "bold"))
    left.append(tell(say("{n} running", n=sum(one.state == "running" for one in clocks))))
    if overdue := sum(one.state == "overdue" for one in clocks):
        left.append(f"  ! {tell(say('{n} overdue', n=overdue))}", shades.bad)
    if perhaps := sum(one.is_open and one.applies is None for one in clocks):
        left.append(f"  ? {tell(say('{n} may apply', n=perhaps))}")
    if doubts:
        left.append(f"  {tell(say('{n} doubts', n=doubts))}", shades.soon)
    if (closed := case.incident.closed_at) is not None:
        left.append(f"  {tell(say('as at the closing, {at}', at=case.zoned(closed)))}", shades.quiet)
    if not clocks:
        left.append(f"  {tell(say('This playbook sets no due times.'))}")
    if wanted:
        left.append(f"  / {clip(for_terminal(wanted), 24)}", shades.here)
        if nothing:
            left.append(f"  {tell(say('nothing found; esc shows all'))}")
    right = Text(f" {tell(say('The order changed, press Home'))} ", shades.here)
    return spread(left, right if moved else Text(), width)


def law_line(day: date, tell: Teller, width: int) -> Text:
    """That another day's law is applied than that of the day of knowing."""
    said = tell(say("Computed with the law of {day}, which is not that of the day of knowing.", day=f"{day}"))
    return Text(clip(f" {said}", width), tell.shades.soon)


# Intervals


def interval_name(interval: Interval, case: Case) -> Message:
    """From what to what."""
    start, end = (spec.title if (spec := case.spec(name)) else name for name in (interval.start, interval.end))
    return say("{start} to {end}", start=start, end=end)


def interval_row(interval: Interval, tell: Teller, width: int, here: bool) -> Text:
    """One line: how long, from what to what."""
    style = tell.shades.here if here else ""
    text = Text.assemble((f"{tell.shades.pointer if here else ' '}   ", tell.shades.here))
    text.append(fit(words(tell.language).duration(interval.length), 15), style or "bold")
    return text.append(fit(tell(interval_name(interval, tell.case)), max(1, width - text.cell_len)), style)
