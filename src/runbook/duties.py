"""Deadlines of a case, soonest first, each with how it was computed.

In this edition the deadlines are the plain due times of the playbook's steps (a length of time, or calendar days
counted with the first day as day 1, never moved for closed days). The laws themselves come as regimes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.conditions import read_length
from runbook.moment import Moment, after, between
from runbook.playbook import Due, Step
from runbook.speech import Bilingual, Message, say

DeadlineState: TypeAlias = Literal["running", "met", "overdue", "not_applicable", "unknown"]
SOON = timedelta(hours=1)
"""How long before it falls due a deadline is shown as due soon."""


class Deadline(msgspec.Struct, frozen=True):
    """One deadline. Times are in the incident's zone; None where what it starts from is not known yet."""

    id: str
    what: Bilingual
    to: tuple[Bilingual, ...]
    applies: bool | None
    state: DeadlineState
    starts_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    target: bool
    basis: Bilingual | None
    derivation: tuple[Message, ...]
    confidence: str
    regime: str | None = None

    @property
    def step(self) -> str:
        return self.id.removeprefix("step:")

    def remaining(self, now: datetime) -> timedelta | None:
        return None if self.due_at is None else between(now, self.due_at)

    def soon(self, now: datetime) -> bool:
        left = self.remaining(now)
        return self.state == "running" and left is not None and left <= SOON


class Interval(msgspec.Struct, frozen=True):
    """How long it really took from one fact to another: what a review asks first."""

    start: str
    end: str
    length: timedelta


INTERVALS = (
    ("noticed_at", "contractor_known_at"),
    ("noticed_at", "known_at"),
    ("noticed_at", "published_at"),
    ("known_at", "published_at"),
    ("lost_at", "found_at"),
)


def intervals(case: Case) -> list[Interval]:
    """The intervals worth beating, as far as both ends are known to the hour."""
    found = []
    for start, end in INTERVALS:
        first, last = (case.current(name) for name in (start, end))
        if first is None or last is None:
            continue
        a, b = first.value, last.value
        if (
            isinstance(a, Moment)
            and isinstance(b, Moment)
            and a.at
            and b.at
            and "date" not in (a.precision, b.precision)
        ):
            found.append(Interval(start, end, between(a.at, b.at)))
    return found


_ORDER = {"overdue": 0, "running": 1, "unknown": 2, "met": 3, "not_applicable": 4}


def deadlines(case: Case) -> list[Deadline]:
    """Every deadline of the case: overdue and running ones first, soonest on top."""
    found = [_of_step(case, step, step.due) for step in case.playbook.steps.values() if step.due]
    far = case.now + timedelta(days=36500)
    return sorted(found, key=lambda d: (_ORDER[d.state], d.due_at or far))


def due_at(due: Due, start: datetime) -> datetime:
    """When something is due that starts at `start`, in `start`'s own zone."""
    if due.by_day:
        return datetime.combine(start.date() + timedelta(days=due.by_day - 1), time(23, 59, 59), start.tzinfo)
    return after(start, read_length(due.within))


def _of_step(case: Case, step: Step, due: Due) -> Deadline:
    state = case.incident.step(step.id)
    applies = case.applies(step)
    start, line = _start(case, due)
    lines = [line]
    falls = due_at(due, start) if start else None
    if start and falls:
        lines.append(_computed(due, start, falls))
    if state.state == "skipped" or (applies is False and state.state == "todo"):
        now_state: DeadlineState = "not_applicable"
    elif state.state == "done":
        now_state = "met"
        if state.done and state.done.at and falls and state.done.at > falls:
            lines.append(say("Done {at}, after it was due.", at=case.zoned(state.done.at)))
    elif falls is None:
        now_state = "unknown"
    else:
        now_state = "overdue" if case.now > falls else "running"
    if due.target:
        lines.append(say("An aim of this playbook or of guidance, not a day set by law."))
    source = case.playbook.sources.get(due.source)
    return Deadline(
        id=f"step:{step.id}",
        what=step.title,
        to=tuple(case.playbook.roles[role] for role in step.told if role in case.playbook.roles),
        applies=applies,
        state=now_state,
        starts_at=start,
        due_at=falls,
        met_at=state.done.at if state.state == "done" and state.done else None,
        target=due.target,
        basis=source.title if source else None,
        derivation=tuple(lines),
        confidence=source.verified if source else "",
    )


def _start(case: Case, due: Due) -> tuple[datetime | None, Message]:
    if due.start == "opened":
        opened = case.zoned(case.incident.opened_at)
        return opened, say("From the opening of this incident, {at}.", at=opened)
    if due.start.startswith("step:"):
        step = due.start.removeprefix("step:")
        number = case.playbook.numbers.get(step, step)
        done = case.incident.step(step).done
        if done is None or done.at is None:
            return None, say("Starts when step {number} is finished.", number=number)
        return case.zoned(done.at), say("Step {number} was finished {at}.", number=number, at=case.zoned(done.at))
    spec = case.spec(due.start)
    fact = spec.title if spec else due.start
    claim = case.current(due.start)
    value = claim.value if claim else None
    if not isinstance(value, Moment) or value.at is None:
        return None, say("Starts at “{fact}”, which is not known yet.", fact=fact)
    at = case.zoned(value.at)
    if value.precision == "date":
        return at, say("“{fact}” is known by its day only: counted from the start of {at}.", fact=fact, at=at)
    return at, say("“{fact}” is {at}.", fact=fact, at=at)


def _computed(due: Due, start: datetime, falls: datetime) -> Message:
    if due.by_day:
        return say(
            "{start} is day 1; day {n} ends {due}. Closed days are counted and the day is not moved.",
            start=start,
            n=due.by_day,
            due=falls,
        )
    return say("{length} later: {due}.", length=_length(read_length(due.within)), due=falls)


def _length(length: timedelta) -> Message:
    """A whole length of time in its largest unit."""
    minutes = int(length.total_seconds()) // 60
    if minutes % 1440 == 0:
        return say("{n} days", n=minutes // 1440)
    if minutes % 60 == 0:
        return say("{n} hours", n=minutes // 60)
    return say("{n} minutes", n=minutes)
