"""From a case to the text of a notice. Pure: the same case, template and rules give the same text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from runbook.case import Case
from runbook.incident import DataSet
from runbook.moment import Moment
from runbook.notice_kinds import Written
from runbook.notices.asking import asked
from runbook.notices.filings import before, differences, legal_names, nth, previous
from runbook.notices.house import House
from runbook.notices.letterhead import HouseView
from runbook.notices.missing import DATASETS, Missing, missing, unexplained
from runbook.notices.past import changes, history, number
from runbook.notices.phrases import Tone
from runbook.notices.rows import LISTS, rows_of
from runbook.notices.views import DataSetView, FactView, Used
from runbook.notices.worksheet import SeverityView
from runbook.publications import Published

if TYPE_CHECKING:
    from runbook.guardrails import Rules
    from runbook.notices.templates import Template

_PLAIN = House()


class Rendering(msgspec.Struct, frozen=True):
    """A text in Markdown, and what it rests on: each fact (`dataset:NAME`, `row:REGISTER:KEY`) with the entry of
    the claim used.

    `foreign` names the facts whose texts stand there in a language that is not the notice's.
    """

    text: str
    facts: dict[str, int]
    missing: tuple[Missing, ...]
    foreign: tuple[str, ...] = ()


_OF_LAW = frozenset({"occasions", "duties", "clocks", "questions"})
"""The names of a template for which laws are applied; what answers the questions may name them too."""
_OF_SEVERITY = frozenset({"severity", "questions"})


def render(template: Template, case: Case, written: Written, rules: Rules, house: House = _PLAIN) -> Rendering:
    """Write a notice from what the case knows, in the style of the house. Raises BadContent where the template fails
    (file and line)."""
    tone = Tone(written, case.zone, case.now, house)
    past = before(template.kind, case, tone)
    rendering, says = _rendered(template, case, tone, rules, past, ())
    # What is new since an earlier filing can only be told once it is known what this one says.
    return _rendered(template, case, tone, rules, past, says)[0] if past else rendering


def _counted_first(case: Case) -> list[DataSet]:
    return sorted(case.incident.standing_datasets, key=lambda data: data.count is None)


def _rendered(
    template: Template, case: Case, tone: Tone, rules: Rules, past: Published | None, says: tuple[str, ...]
) -> tuple[Rendering, tuple[str, ...]]:
    """The text, and the names of what it rests on in the order in which it says them."""
    used = Used(tone)
    names = [name for name in (*template.head.requires, *template.head.uses) if name not in LISTS]
    required = template.head.requires
    context: dict[str, object] = {name: FactView(name, case, tone, used, required=name in required) for name in names}
    context |= {
        "now": tone.on(Moment(case.now), weekday=False),
        "issued": tone.issued(),
        "zone": tone.zone_name(),
        "house": HouseView(case, tone, used),
        "number": number(template.kind, case, tone, template.kinds),
        "nth": nth(template.kind, case, tone),
        "history": history(template.kind, case, tone, template.kinds),
        "changes": changes(case, tone, used, template.kinds),
        "previous": previous(past, tone, template.kinds),
        "differences": differences(past, says, case, tone, used, template.kinds),
        "approved": [sentence.said(tone.language) for sentence in rules.approved],
        DATASETS: [DataSetView(data, tone, used) for data in _counted_first(case)],
        **rows_of(case, tone, used),
    }
    if template.program.asks & _OF_SEVERITY:
        context["severity"] = SeverityView(case, tone, used)
    if template.program.asks & _OF_LAW:  # every law is applied for them: only where they are named
        context |= legal_names(template.kind, case, tone, used)
    asking, kind = template.questions, template.kind.slug if template.kind else ""
    context["questions"] = asked(asking, kind, case, tone, used, dict(context))
    context["do_not_say"] = list(asking.do_not_say)
    text = template.program.write(context)
    gaps = missing(template.head.requires, case) + unexplained(template.kind.files if template.kind else (), case)
    found = Rendering(_tidy(text), dict(sorted(used.facts.items())), gaps, tuple(used.foreign))
    return found, tuple(used.facts)


def _tidy(text: str) -> str:
    """Without blanks at the ends of lines, and at most one empty line between two."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
