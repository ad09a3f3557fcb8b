"""From a case to the text of a notice. Pure: the same case, template and rules give the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from runbook.case import Case
from runbook.moment import Moment
from runbook.notice_kinds import Written
from runbook.notices.house import House
from runbook.notices.letterhead import HouseView
from runbook.notices.phrases import Tone
from runbook.notices.rows import LISTS, rows_of
from runbook.notices.views import DataSetView, FactView, Used
from runbook.playbook import Field, Step
from runbook.speech import Bilingual

if TYPE_CHECKING:
    from runbook.guardrails import Rules
    from runbook.notices.templates import Template

DATASETS = "datasets"
_PLAIN = House()


class Missing(msgspec.Struct, frozen=True):
    """A required fact nobody has claimed anything about, and the step and field that would fill it (empty if none)."""

    fact: str
    title: Bilingual
    step: str = ""
    field: str = ""


class Rendering(msgspec.Struct, frozen=True):
    """A text in Markdown, and what it rests on: each fact (`dataset:NAME`, `row:REGISTER:KEY`) with the entry of
    the claim used.

    `foreign` names the facts whose texts stand there in a language that is not the notice's.
    """

    text: str
    facts: dict[str, int]
    missing: tuple[Missing, ...]
    foreign: tuple[str, ...] = ()


def render(template: Template, case: Case, written: Written, rules: Rules, house: House = _PLAIN) -> Rendering:
    """Write a notice from what the case knows, in the style of the house. Raises BadContent where the template fails
    (file and line)."""
    tone = Tone(written, case.zone, case.now, house)
    used = Used(tone)
    names = [name for name in (*template.head.requires, *template.head.uses) if name not in LISTS]
    required = template.head.requires
    context: dict[str, object] = {name: FactView(name, case, tone, used, required=name in required) for name in names}
    context |= {
        "now": tone.on(Moment(case.now), weekday=False),
        "issued": tone.issued(),
        "house": HouseView(case, tone, used),
        "approved": [sentence.said(tone.language) for sentence in rules.approved],
        DATASETS: [DataSetView(data, tone, used) for data in case.incident.standing_datasets],
        **rows_of(case, tone, used),
    }
    text = template.program.write(context)
    return Rendering(_tidy(text), dict(sorted(used.facts.items())), missing(template, case), tuple(used.foreign))


def missing(template: Template, case: Case) -> tuple[Missing, ...]:
    """The required facts that are not there, in the template's order."""
    found = []
    for name in dict.fromkeys(template.head.requires):
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


def _tidy(text: str) -> str:
    """Without blanks at the ends of lines, and at most one empty line between two."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
