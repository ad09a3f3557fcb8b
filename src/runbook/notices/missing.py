"""What a notice requires and nobody has recorded yet, and where that is done: facts, and why a duty it files is
late."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from runbook.case import Case
from runbook.duties import Deadline, legal_deadlines
from runbook.duties.deadline import is_past
from runbook.incident import is_filled
from runbook.notices.rows import LISTS
from runbook.playbook import Field, Step
from runbook.speech import Bilingual, Message, say

DATASETS = "datasets"


class Missing(msgspec.Struct, frozen=True):
    """A required fact of which nobody has claimed anything, or has said in words that nobody knows, and the step and
    field that would fill it (empty if none); or why a `duty` is late, which no fact holds: `command` records it."""

    fact: str
    title: Bilingual
    step: str = ""
    field: str = ""
    duty: str = ""
    command: str = ""

    @property
    def told(self) -> Message:
        """The sentence that says so."""
        if not self.duty:
            return say("Missing: {fact}.", fact=self.title)
        return say(
            "Missing: why “{duty}” is late. x on the screen of clocks records it, or: {command}",
            duty=self.title,
            command=self.command,
        )


def missing(requires: Iterable[str], case: Case) -> tuple[Missing, ...]:
    """The required facts (or `LISTS`) that are not there, in the order given."""
    found = []
    for name in dict.fromkeys(requires):
        if not _is_there(case, name):
            title, asked = title_of(case, name), _asked(case, name)
            found.append(Missing(name, title, asked[0].id, asked[1].id) if asked else Missing(name, title))
    return tuple(found)


def unexplained(duties: Collection[str], case: Case) -> tuple[Missing, ...]:
    """Of these duties those whose law wants the reason for the delay with the report, and that are late without one."""
    found = {clock.id: clock for clock in (legal_deadlines(case) if duties else ())}
    return tuple(
        Missing("", clock.what, duty=id, command=f"runbook duty {case.incident.id} {id} delayed --reason TEXT")
        for id in duties
        if (clock := found.get(id)) is not None and lacks_reason(clock, case)
    )


def lacks_reason(clock: Deadline, case: Case) -> bool:
    """Whether a duty is late, its law wants the reason said, and nobody gave one."""
    own = case.incident.duty(clock.id)
    given = own.delay is not None or (own.filing is not None and own.filing.reason is not None)
    return clock.late is not None and is_late(clock, case.now) and not given


def is_late(clock: Deadline, now: datetime) -> bool:
    """Whether a duty was met, or may still be open, after its date; a target is no date of a law."""
    if clock.due_at is None or clock.target or clock.applies is False:
        return False
    return clock.is_late if clock.state == "met" else is_past(clock.due_at, now)


def _is_there(case: Case, name: str) -> bool:
    if name == DATASETS:
        return bool(case.incident.standing_datasets)
    if name in LISTS:
        return bool(case.incident.rows(name))
    claim, spec = case.current(name), case.spec(name)
    return claim is not None and (spec is None or is_filled(claim.value, spec.type))


def title_of(case: Case, name: str) -> Bilingual:
    """What a fact (or one of `LISTS`, or `house`) is called."""
    if name in case.playbook.registers and name in LISTS:
        return case.playbook.registers[name].title
    if name == "house":
        return Bilingual("様式（house.yaml）", "House style (house.yaml)")
    spec, asked = case.spec(name), _asked(case, name)
    return spec.title if spec else asked[1].title if asked else Bilingual(name, name)


def _asked(case: Case, name: str) -> tuple[Step, Field] | None:
    """The field that asks for a fact: of a step that applies, if there is one."""
    asked = [(step, field) for step in case.playbook.steps.values() for field in step.fields if _asks(field, name)]
    return min(asked, key=lambda one: case.applies(one[0]) is False, default=None)


def _asks(field: Field, name: str) -> bool:
    if name == DATASETS:
        return field.type == "dataset"
    return field.register == name if name in LISTS else field.fact == name
