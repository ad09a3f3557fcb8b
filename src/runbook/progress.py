"""Where a case stands: each step's state, what comes next, what is still missing. Pure; both front ends read it."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.duties import Deadline, by_step, still_due
from runbook.events import Value
from runbook.incident import StepState, is_filled
from runbook.playbook import Check, Field, Phase, Step, Warning

State: TypeAlias = Literal["todo", "active", "done", "skipped", "blocked", "not_applicable"]


class StepView(msgspec.Struct, frozen=True):
    """A step as it stands. `waits_for` are the unfinished steps it requires; `settles` the facts its condition asks."""

    step: Step
    number: str
    phase: Phase
    state: State
    own: StepState
    waits_for: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    deadline: Deadline | None = None
    soon: bool = False
    """Whether its clock is shown as due soon (`Deadline.soon`)."""

    @property
    def overdue(self) -> bool:
        return self.deadline is not None and self.deadline.state == "overdue"

    @property
    def goes_first(self) -> bool:
        """Whether its clock has begun and the playbook puts it before all others from then on (`Due.first`)."""
        due, clock = self.step.due, self.deadline
        return due is not None and due.first and clock is not None and clock.starts_at is not None

    @property
    def open_checks(self) -> list[Check]:
        return [check for check in self.step.checks if check.id not in self.own.ticked]


def step_views(case: Case) -> list[StepView]:
    """Every step of the playbook, in its order."""
    return list(case.once(_step_views))


def _step_views(case: Case) -> list[StepView]:
    due = by_step(case, still_due(case))
    applies = {step.id: case.applies(step) for step in case.playbook.steps.values()}
    views = []
    for phase in case.playbook.phases:
        for step in phase.steps:
            own = case.incident.step(step.id)
            waits = waits_for(case, step)
            state: State = own.state
            if own.state == "todo" and applies[step.id] is False:
                state = "not_applicable"
            elif own.state == "todo" and waits:
                state = "blocked"
            settles = tuple(case.open_questions(step.when)) if applies[step.id] is None else ()
            number, clock = case.playbook.numbers[step.id], due.get(step.id)
            soon = clock is not None and clock.soon(case.now)
            views.append(StepView(step, number, phase, state, own, waits, settles, clock, soon))
    return views


def step_view(case: Case, id: str) -> StepView:
    return next(view for view in step_views(case) if view.step.id == id)


def waits_for(case: Case, step: Step) -> tuple[str, ...]:
    """The unfinished steps that a step requires."""

    def settled(id: str) -> bool:
        state, other = case.incident.step(id).state, case.playbook.steps.get(id)
        return state in ("done", "skipped") or (state == "todo" and other is not None and case.applies(other) is False)

    return tuple(id for id in step.requires if not settled(id))


def next_steps(views: list[StepView]) -> list[StepView]:
    """What to do now: what goes first once its clock has begun, then what is overdue, then what is being done, then
    what is due soon, then what else can start, in order."""

    def urgency(view: StepView) -> int:
        if view.goes_first:
            return 0
        if view.overdue:
            return 1
        if view.state == "active":
            return 2
        return 3 if view.soon else 4

    ready = [view for view in views if view.state in ("active", "todo") and not _uncertain(view)]
    return sorted(ready, key=urgency)


def _uncertain(view: StepView) -> bool:
    return view.state == "todo" and bool(view.settles)


def field_value(case: Case, step: Step, field: Field) -> Value | None:
    """What a step's field holds: its fact's current value, or what was filled in at the step."""
    if field.fact:
        claim = case.current(field.fact)
        return claim.value if claim else None
    return case.incident.step(step.id).fields.get(field.id)


def missing_fields(case: Case, step: Step) -> list[Field]:
    """Required fields of a step that hold nothing yet."""
    return [field for field in empty_fields(case, step) if field.required]


def empty_fields(case: Case, step: Step) -> list[Field]:
    """Fields of a step that hold nothing yet, or only that nobody knows, the required ones first."""
    empty = [field for field in step.fields if not _filled(case, step, field)]
    return sorted(empty, key=lambda field: not field.required)


def _filled(case: Case, step: Step, field: Field) -> bool:
    if field.type == "register":
        return bool(case.incident.rows(field.register))
    if field.type == "dataset":
        return any(data.count is not None for data in case.incident.standing_datasets)
    return is_filled(field_value(case, step, field), field.type)


def warnings_for(case: Case, step: Step) -> list[Warning]:
    """The warnings that matter at a step now; a condition nobody can judge yet is a reason to show one."""
    found = [case.playbook.warnings[id] for id in step.warnings if id in case.playbook.warnings]
    return [warning for warning in found if case.holds(warning.when) is not False]


def unread_warnings(case: Case, step: Step) -> list[Warning]:
    read = case.incident.acknowledged
    return [warning for warning in warnings_for(case, step) if f"{step.id}:{warning.id}" not in read]


def open_facts(case: Case) -> list[str]:
    """Facts the applicable steps ask for that nobody has claimed anything about, in the steps' order."""
    asked: dict[str, None] = {}
    for step in case.playbook.steps.values():
        if case.applies(step) is not False:
            for field in step.fields:
                if field.fact and case.current(field.fact) is None:
                    asked[field.fact] = None
    return list(asked)
