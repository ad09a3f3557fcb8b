"""Due times and intervals in words: their rows, and all about each. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval
from runbook.moment import between
from runbook.narrate import VERIFIED, value_words
from runbook.progress import StepView
from runbook.speech import Argument, Message, say
from runbook.tui.presenting import fit, stamp
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece
from runbook.wording import words
from runbook.wording.safe import fold

STATES: dict[str, Message] = {
    "running": say("running"),
    "met": say("met"),
    "overdue": say("overdue"),
    "not_applicable": say("not needed"),
    "unknown": say("no start yet"),
}


def at_its_end(case: Case) -> Case:
    """The case, or how it stood when it was closed: no clock runs on after that."""
    closed = case.incident.closed_at
    return case if closed is None else msgspec.structs.replace(case, now=case.zoned(closed))


def holding(
    wanted: str, deadlines: Mapping[str, Deadline], intervals: Mapping[str, Interval], tell: Teller
) -> list[str]:
    """The keys of what holds all these words, in their order: all of them where none is wanted."""
    numbers, parts = tell.case.playbook.numbers, [fold(part) for part in wanted.split()]
    said = {
        key: f"{numbers.get(one.step, '')} {tell(one.what)} {state_words(one, tell)}" for key, one in deadlines.items()
    }
    said |= {key: tell(interval_name(one, tell.case)) for key, one in intervals.items()}
    return [key for key, text in said.items() if all(part in fold(text) for part in parts)]


def sign(deadline: Deadline, tell: Teller) -> tuple[str, str]:
    """A clock's sign of one cell, and its style."""
    shades = tell.shades
    if deadline.state == "running":
        return ("^", shades.soon) if deadline.soon(tell.case.now) else (" ", "")
    done = "v" if shades.ascii else "✓"
    return {
        "overdue": ("!", shades.bad),
        "met": (done, shades.good),
        "unknown": ("?", shades.quiet),
        "not_applicable": (".", shades.quiet),
    }[deadline.state]


def state_words(deadline: Deadline, tell: Teller) -> str:
    """The state in words; soon and perhaps not applying are said too."""
    if deadline.state in ("running", "unknown") and deadline.applies is None:
        return tell(say("may apply"))
    return tell(say("soon") if deadline.soon(tell.case.now) else STATES[deadline.state])


def clock_row(deadline: Deadline, tell: Teller, width: int, here: bool) -> Text:
    """One line: sign, state, when, how long is left, which step."""
    shades = tell.shades
    mark, style = sign(deadline, tell)
    own = shades.here if here else style if deadline.state in ("overdue", "not_applicable", "unknown") else ""
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here))
    text.append(f"{mark} ", style)
    state, left = (9, 15) if tell.language == "ja" else (13, 18)
    if width >= 56:
        text.append(fit(state_words(deadline, tell), state), own)
    at = stamp(deadline.falls_at, tell.language) if deadline.falls_at and deadline.state != "not_applicable" else ""
    text.append(f"{fit(at, 16)} ", own or shades.quiet)
    if width >= 40:
        text.append(fit(left_words(deadline, tell), left) + " ", own)
    number = tell.case.playbook.numbers.get(deadline.step, "")
    return text.append(fit(f"{number} {tell(deadline.what)}", max(1, width - text.cell_len)), own)


def left_words(deadline: Deadline, tell: Teller) -> str:
    """How long is left, or how long over; for one that was met, whether in time."""
    case = tell.case
    left = deadline.remaining(case.now)
    if deadline.state == "met" and deadline.due_at is not None and deadline.met_at is not None:
        late = between(deadline.due_at, deadline.met_at)
        if late.total_seconds() > 0:
            return tell(say("{length} late", length=words(tell.language).duration(late)))
        return tell(say("in time"))
    if left is None or deadline.state not in ("running", "overdue"):
        return ""
    return words(tell.language).remaining(left)


def about_clock(deadline: Deadline, view: StepView | None, tell: Teller) -> Iterator[Piece]:
    """How a due time was computed, whom it concerns, where the rule comes from."""
    case = tell.case
    mark, style = sign(deadline, tell)
    state = Text.assemble((f"{mark} " if mark.strip() else "", style), (tell(STATES[deadline.state]), "bold"))
    if remaining := left_words(deadline, tell):
        state.append(f"  {remaining}")
    yield Piece(state, tell(say("State")))
    said: list[tuple[Argument, Argument]] = []
    if deadline.applies is None:
        titles = [spec.title.said(tell.language) for id in _asked(deadline, view, case) if (spec := case.spec(id))]
        said.append((say("Applies"), say("may apply; depends on: {facts}", facts=tell.list(titles))))
    if deadline.due_at is not None:
        said.append((say("Due"), f"{deadline.due_at:%Y-}{stamp(deadline.due_at, tell.language)}"))
    if deadline.met_at is not None:
        said.append((say("Met"), f"{case.zoned(deadline.met_at):%Y-%m-%d %H:%M}"))
    said += [(say("Computed") if not n else " ", line) for n, line in enumerate(deadline.derivation)]
    if deadline.to:
        said.append((say("To"), tell.list(role.said(tell.language) for role in deadline.to)))
    if not deadline.target:
        said.append((say("Kind"), say("set by law")))
    if deadline.basis is not None:
        checked = VERIFIED.get(deadline.confidence, say("unknown"))
        said.append((say("Source"), say("{source} ({checked})", source=deadline.basis, checked=checked)))
    if view is not None and view.own.owner:
        said.append((say("Who"), view.own.owner))
    for label, line in said:
        yield Piece(Text(tell(line)), tell(label))


def _asked(deadline: Deadline, view: StepView | None, case: Case) -> Sequence[str]:
    """The facts that would settle whether it applies."""
    return deadline.questions if deadline.regime or view is None else case.open_questions(view.step.when)


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


def about_interval(interval: Interval, tell: Teller) -> Iterator[Piece]:
    """Both ends of an interval, as they are known."""
    case = tell.case
    yield Piece(Text(words(tell.language).duration(interval.length), "bold"), tell(say("Length")))
    for name in (interval.start, interval.end):
        spec, claim = case.spec(name), case.current(name)
        if spec and claim:
            yield Piece(Text(tell(value_words(claim.value, spec.choices, case.zone))), tell(spec.title))
