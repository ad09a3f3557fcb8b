"""One clock in words: its sign, its state, what is due by which law, when, and how long is left. Pure functions."""

from __future__ import annotations

import msgspec

from runbook.case import Case
from runbook.duties import Deadline
from runbook.moment import between
from runbook.speech import Argument, Message, say
from runbook.tui import presenting
from runbook.tui.presenting import stamp, urgency
from runbook.tui.teller import Teller
from runbook.wording import words

STATES: dict[str, Message] = {
    "running": say("running"),
    "met": say("met"),
    "overdue": say("overdue"),
    "not_applicable": say("not needed"),
    "unknown": say("no start yet"),
}


def sign(deadline: Deadline, tell: Teller) -> tuple[str, str]:
    """A clock's sign of one cell, and its style."""
    shades = tell.shades
    if deadline.state == "running":
        return urgency(deadline, tell.case.now, shades)
    done = "v" if shades.ascii else "✓"
    return {
        "overdue": ("!", shades.bad),
        "met": (done, shades.good),
        "unknown": ("?", shades.soon if deadline.soon(tell.case.now) else shades.quiet),
        "not_applicable": (".", shades.quiet),
    }[deadline.state]


def state_words(deadline: Deadline, tell: Teller) -> str:
    """The state in words; soon, perhaps not applying and counted provisionally are said too."""
    if deadline.state in ("running", "unknown") and deadline.applies is None:
        return tell(say("may apply"))
    if deadline.provisional and deadline.state == "unknown":
        return tell(say("provisional"))
    soon = deadline.soon(tell.case.now) and not deadline.aim_passed(tell.case.now)
    return tell(say("soon") if soon else STATES[deadline.state])


def title(deadline: Deadline, tell: Teller) -> str:
    """What is due: a duty, with whose it is where it is another's; a step, with its number."""
    if deadline.party is not None:
        return tell(deadline.called)
    number = tell.case.playbook.numbers.get(deadline.step, "") if deadline.regime is None else ""
    return f"{number} {tell(deadline.what)}".strip()


def law(deadline: Deadline, case: Case, *, short: bool = True) -> Argument:
    """The law a duty is of; `short` leaves out what stands in brackets. For a step's own clock: whether it is a
    target."""
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
        if deadline.is_late:
            late = between(deadline.due_at, deadline.met_at)
            return tell(say("{length} late", length=words(tell.language).duration(late)))
        return tell(say("in time") if deadline.in_time else say("hour unknown"))
    if left is None or not deadline.is_open:
        return ""
    if deadline.due_at is None and left.total_seconds() > 0:
        return tell(say("aim: {length}", length=words(tell.language).duration(left)))
    return presenting.left_words(deadline, case.now, tell.language)
