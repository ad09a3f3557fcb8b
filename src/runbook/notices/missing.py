"""What a notice requires and nobody has claimed yet, and which step would tell it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from runbook.case import Case
from runbook.notices.rows import LISTS
from runbook.playbook import Field, Step
from runbook.speech import Bilingual

DATASETS = "datasets"


class Missing(msgspec.Struct, frozen=True):
    """A required fact nobody has claimed anything about, and the step and field that would fill it (empty if none)."""

    fact: str
    title: Bilingual
    step: str = ""
    field: str = ""


def missing(requires: Iterable[str], case: Case) -> tuple[Missing, ...]:
    """The required facts (or `LISTS`) that are not there, in the order given."""
    found = []
    for name in dict.fromkeys(requires):
        if not _is_there(case, name):
            title, asked = title_of(case, name), _asked(case, name)
            found.append(Missing(name, title, asked[0].id, asked[1].id) if asked else Missing(name, title))
    return tuple(found)


def _is_there(case: Case, name: str) -> bool:
    if name == DATASETS:
        return bool(case.incident.standing_datasets)
    return bool(case.incident.rows(name)) if name in LISTS else case.current(name) is not None


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
