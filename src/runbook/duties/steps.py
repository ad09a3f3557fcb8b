"""The clocks of a playbook's own steps: a length of time, or calendar days counted with the first day as day 1, never
moved for closed days. And how long things really took."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import msgspec

from runbook.case import Case
from runbook.conditions import read_length
from runbook.duties.deadline import Deadline, DeadlineState, is_past, met_in_time
from runbook.duties.reckoning import spoken
from runbook.moment import Moment, Precision, after, between
from runbook.playbook import Due, Step
from runbook.speech import Message, say


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
    """The intervals worth beating, as far as both ends are known to the hour, and in their order."""
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
            and not is_past(b.at, a.at)
        ):
            found.append(Interval(start, end, between(a.at, b.at)))
    return found


def step_deadlines(case: Case) -> list[Deadline]:
    """The clocks of the steps that have one of their own, in the playbook's order."""
    return [_of_step(case, step, step.due) for step in case.playbook.steps.values() if step.due and not step.due.duties]


def step_deadline(case: Case, id: str) -> Deadline | None:
    """The clock of one step; None where it has none of its own."""
    step = case.playbook.steps.get(id)
    return _of_step(case, step, step.due) if step and step.due and not step.due.duties else None


def due_at(due: Due, start: datetime) -> datetime:
    """When something is due that starts at `start`, in `start`'s own zone. Raises OverflowError past the calendar's
    end."""
    if due.by_day:
        return datetime.combine(start.date() + timedelta(days=due.by_day - 1), time(23, 59, 59), start.tzinfo)
    return after(start, read_length(due.within))


def _of_step(case: Case, step: Step, due: Due) -> Deadline:
    state = case.incident.step(step.id)
    applies = case.applies(step)
    start, line = _start(case, due)
    lines = [line]
    falls = None
    try:
        falls = due_at(due, start) if start else None
    except OverflowError:
        lines.append(say("It falls past the end of the calendar."))
    if start and falls:
        lines.append(_computed(due, start, falls))
    told = case.told(step.id)
    done = told[0] if told else state.done if state.state == "done" else None
    if state.state == "skipped" or (applies is False and state.state == "todo"):
        now_state: DeadlineState = "not_applicable"
    elif told or state.state == "done":
        now_state = "met"
        if told and (spec := case.spec(due.met)):
            lines.append(say("Met by “{fact}”.", fact=spec.title))
        if done and done.at and falls:
            at = case.zoned(done.at)
            in_time = met_in_time(falls, at, done.precision)
            if in_time is False:
                lines.append(say("Done {at}, after it was due.", at=at))
            elif in_time is None:
                lines.append(say("Whether that was in time is not known: the hour is missing."))
    elif falls is None:
        now_state = "unknown"
    else:
        now_state = "overdue" if is_past(falls, case.now) else "running"
    if now_state == "overdue" and applies is None and state.state == "todo":
        now_state = "unknown"
        lines.append(say("Its time has passed, but whether this step is needed is not known yet."))
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
        met_at=done.at if done else None,
        target=due.target,
        basis=source.title if source else None,
        derivation=tuple(lines),
        confidence=source.verified if source else "",
        sources=(source,) if source else (),
        met_precision=done.precision if done else "exact",
        step=step.id,
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
        return case.zoned(done.at), _finished(number, done.precision, case.zoned(done.at))
    spec = case.spec(due.start)
    fact = spec.title if spec else due.start
    claim = case.current(due.start)
    value = claim.value if claim else None
    if not isinstance(value, Moment) or value.at is None:
        return None, say("Starts at “{fact}”, which is not known yet.", fact=fact)
    at = case.zoned(value.at)
    if value.precision == "date":
        return at, say("“{fact}” is known by its day only: counted from the start of {at}.", fact=fact, at=at)
    if value.precision == "about":
        return at, say("“{fact}” is about {at}.", fact=fact, at=at)
    return at, say("“{fact}” is {at}.", fact=fact, at=at)


def _finished(number: str, precision: Precision, at: datetime) -> Message:
    if precision == "date":
        return say("Of step {number} only the day is known: counted from the start of {at}.", number=number, at=at)
    if precision == "about":
        return say("Step {number} was finished about {at}.", number=number, at=at)
    return say("Step {number} was finished {at}.", number=number, at=at)


def _computed(due: Due, start: datetime, falls: datetime) -> Message:
    if due.by_day:
        return say(
            "{start} is day 1; day {n} ends {due}. Closed days are counted and the day is not moved.",
            start=start,
            n=due.by_day,
            due=falls,
        )
    return say("{length} later: {due}.", length=spoken(read_length(due.within)), due=falls)
