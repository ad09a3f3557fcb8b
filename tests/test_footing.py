"""What a notice is written from stays the same one while only notices that are not out yet change."""

from __future__ import annotations

import msgspec
import pytest

from runbook.case import Case
from runbook.content import Content
from runbook.guardrails import Rules
from runbook.journal import decision, read_journal
from runbook.notice_kinds import Written
from runbook.notices.footing import footing
from runbook.notices.house import House
from runbook.notices.life import Of, keeping, scripted, submitting
from runbook.notices.rendering import Rendering, render
from runbook.notices.templates import Template
from tests.making import done, later, opened_case
from tests.noticing import amagasaki, published, told

SHIPPED = Content(None)
"""Content that reads its files anew each time."""


def played(content: Content) -> Case:
    """A whole recorded case, its notices written with this content."""
    journal = read_journal(SHIPPED.tree("playbooks/cases/amagasaki-2022.yaml"), "amagasaki-2022.yaml")
    case = opened_case(SHIPPED.playbook(journal.playbook), journal.instant(journal.opens))
    for line in journal.acts:
        act = scripted(line, content) if line.notice else decision(line)
        case = done(msgspec.structs.replace(case, now=journal.instant(line.at)), act, line.who)
    return case


def test_content_that_remembers_writes_every_notice_of_a_case_the_same() -> None:
    assert played(SHIPPED.remembered()) == played(SHIPPED)


def test_a_notice_that_goes_through_its_stages_at_one_go_is_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rendered = []

    def counted(template: Template, case: Case, written: Written, rules: Rules, house: House) -> Rendering:
        rendered.append(case.now)
        return render(template, case, written, rules, house)

    monkeypatch.setattr("runbook.notices.drafting.render", counted)
    of: Of = (SHIPPED.remembered(), "first-notice", "ja")
    kept = done(amagasaki(), keeping(of))
    done(kept, submitting(of))
    assert len(rendered) == 1
    done(told(kept, "hotline_number", "06-6489-9999"), submitting(of))
    assert len(rendered) == 2  # a fact changed
    done(later(kept, minutes=5), submitting(of))
    assert len(rendered) == 4  # time went on: as it is now, and as of the version kept last


def test_it_is_another_one_after_whatever_a_notice_can_tell() -> None:
    content, case = SHIPPED.remembered(), amagasaki()
    same = footing(case, content)
    assert footing(done(case, keeping((content, "first-notice", "ja"))), content) is same
    for other in (told(case, "persons", "12"), later(case, seconds=1), published(case, "first-notice")):
        assert footing(other, content) is not same
        assert footing(case, content) == same
    assert footing(case, SHIPPED) is not footing(case, SHIPPED)  # content that reads its files anew remembers nothing
