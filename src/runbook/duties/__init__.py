"""Deadlines of a case, soonest first, each with how it was computed: those of laws, and those of the playbook's steps.

Pure. The laws are data (`runbook.regime`); what the record says decides which of their duties apply.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from runbook.case import Case
from runbook.duties.applying import freeing
from runbook.duties.deadline import SOON, Deadline, DeadlineState, Read
from runbook.duties.doubts import Doubt, doubts
from runbook.duties.law import (
    ALARMS,
    alarms,
    deadlines_of,
    law_as_of,
    legal_deadline,
    legal_deadlines,
    notes,
    occasions,
    other_law,
    owed,
    reason_wanted,
)
from runbook.duties.steps import INTERVALS, Interval, due_at, intervals, step_deadline, step_deadlines
from runbook.duties.views import asked
from runbook.speech import Message, say

__all__ = [
    "ALARMS",
    "INTERVALS",
    "SOON",
    "Deadline",
    "DeadlineState",
    "Doubt",
    "Interval",
    "Read",
    "alarms",
    "asked",
    "at_its_end",
    "by_step",
    "closing",
    "deadline",
    "deadlines",
    "deadlines_of",
    "doubts",
    "due_at",
    "freeing",
    "intervals",
    "law_as_of",
    "legal_deadlines",
    "nearest",
    "notes",
    "occasions",
    "other_law",
    "owed",
    "reason_wanted",
    "set_aside",
    "standing",
    "still_due",
]

_ORDER = {"overdue": 0, "running": 1, "unknown": 1, "met": 3, "not_applicable": 4}


def deadlines(case: Case, found: tuple[Doubt, ...] | None = None) -> list[Deadline]:
    """Every deadline of the case: what is overdue first, then what is open, the soonest on top; then what has no start
    yet, what is met, and what does not apply. `found` are the doubts, where they were looked for at another time."""
    return list(case.once(_sorted)) if found is None else _sorted(case, found)


def still_due(case: Case, found: tuple[Doubt, ...] | None = None) -> list[Deadline]:
    """The deadlines without those that closing the incident ended: what the playbook still aimed at, not what a law
    asks; once a drill is over, nothing is due any more. What was met stays."""
    every = deadlines(case, found)
    if case.incident.closed_at is None:
        return every
    live = case.incident.mode == "live"
    return [one for one in every if not one.is_open or (live and one.regime is not None)]


def at_its_end(case: Case) -> Case:
    """The case, or how it stood when it was closed: no clock runs on after that."""
    closed = case.incident.closed_at
    return case if closed is None else msgspec.structs.replace(case, now=min(case.now, case.zoned(closed)))


def standing(case: Case, found: tuple[Doubt, ...] | None = None) -> tuple[Case, list[Deadline]]:
    """The clocks to list, and the case as at the time they are counted to: a law's go on after an incident was closed,
    a drill shows what was left at its end."""
    if case.incident.mode == "live":
        return case, still_due(case, found)
    case = at_its_end(case)
    return case, deadlines(case, found)


def closing(case: Case) -> Message | None:
    """What is to be said beside the clocks of a closed incident."""
    if case.incident.closed_at is None:
        return None
    at, live = case.zoned(case.incident.closed_at), case.incident.mode == "live"
    return say("closed {at}; laws' clocks go on", at=at) if live else say("as at the closing, {at}", at=at)


def deadline(case: Case, id: str) -> Deadline | None:
    """One clock, by a duty's id or `step:ID`, without looking for what makes it doubtful; None where there is none."""
    step = id.removeprefix("step:")
    return legal_deadline(case, id) if step == id else step_deadline(case, step)


def _sorted(case: Case, found: tuple[Doubt, ...] | None = None) -> list[Deadline]:
    def place(one: Deadline) -> tuple[int, bool, datetime]:
        waits = one.state == "unknown" and one.falls_at is None
        return (2 if waits else _ORDER[one.state], one.falls_at is None, one.falls_at or case.now)

    return sorted([*legal_deadlines(case, found), *step_deadlines(case)], key=place)


def nearest(found: Iterable[Deadline], now: datetime) -> list[Deadline]:
    """What to show first of deadlines in their order, as far as they are open and their time is known. Before aims of
    the playbook that have passed comes what a law wants by a day, where that is over or near; a target that only we set
    for a duty of a law does not. Another party's duty comes last."""
    opened = [one for one in found if one.is_open and one.falls_at is not None]
    passed = any(one.regime is None and one.target and one.state == "overdue" for one in opened)

    def rank(one: Deadline) -> int:
        if one.party is not None:
            return 2
        dated = one.regime is not None and one.binding != "effort" and one.due_at is not None
        return 0 if passed and dated and (one.state == "overdue" or one.soon(now)) else 1

    return sorted(opened, key=rank)


def by_step(case: Case, found: list[Deadline]) -> dict[str, Deadline]:
    """The clock each step goes by: its own, or the most urgent of the duties it names."""
    own = {one.id: one for one in found}
    chosen = {}
    for step in case.playbook.steps.values():
        ids = step.due.duties if step.due and step.due.duties else (f"step:{step.id}",)
        named = [own[id] for id in ids if id in own]
        clock = next((one for one in found if one in named and one.is_open), next(iter(named), None))
        if clock is not None:
            chosen[step.id] = clock
    return chosen


def set_aside(case: Case, found: list[Deadline]) -> list[tuple[str, Message]]:
    """The steps that were judged unnecessary though a duty they would file applies, each with what is said of it: one
    of the two is wrong."""
    applying = {one.id: one for one in found if one.regime and one.is_open and one.applies}
    return [
        (
            step.id,
            say(
                "Step {number} is taken as not needed, but “{duty}” applies by the rule. One of the two is wrong.",
                number=case.playbook.numbers[step.id],
                duty=applying[id].what,
            ),
        )
        for step in case.playbook.steps.values()
        if step.files and case.applies(step) is False
        for id in step.files.duties
        if id in applying
    ]
