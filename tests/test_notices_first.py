"""The first notice of the real case: what it says is compared with texts written by hand from what was known."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from runbook.actions.deciding import By
from runbook.events import NoticeDrafted
from runbook.guardrails import Finding
from runbook.notices.drafting import Drafting, draft
from runbook.speech import LANGUAGES, Language
from tests.making import done
from tests.noticing import SHIPPED, amagasaki, slipped, told

GOLDEN = Path(__file__).parent / "golden"


def pressing(drafting: Drafting) -> list[Finding]:
    """What would have to be changed or answered for."""
    return [finding for finding in drafting.findings if finding.severity != "inform"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_amagasaki_as_of_the_announcement(language: Language) -> None:
    drafting = draft(amagasaki(), SHIPPED, "D02", language)
    expected = (GOLDEN / f"first-notice-amagasaki.{language}.md").read_text("utf-8")
    assert drafting.shown == expected
    assert pressing(drafting) == []
    assert drafting.trouble is None


def test_it_lacks_what_nobody_told_yet_and_says_which_field_would_tell() -> None:
    evening = amagasaki("2022-06-22T22:00")
    missing = {gap.fact: (gap.step, gap.field) for gap in draft(evening, SHIPPED, "first-notice", "ja").missing}
    assert missing["next_update_at"] == ("first-notice", "next_update_at")
    assert "persons" not in missing
    assert draft(evening, SHIPPED, "first-notice", "ja").blocked
    drafting = draft(told(evening, "next_update_at", "2022-06-24T17:00"), SHIPPED, "first-notice", "ja")
    assert "next_update_at" not in {gap.fact for gap in drafting.missing}
    assert "6月24日（金）午後5時" in drafting.text


def test_each_fact_it_rests_on_is_remembered_with_the_entry_of_its_claim() -> None:
    case = amagasaki("2022-06-22T22:00")
    facts = draft(case, SHIPPED, "D02", "ja").facts
    current = case.current("persons")
    assert current is not None
    assert facts["persons"] == current.touch.seq
    register = case.incident.dataset("住民基本台帳")
    assert register is not None
    assert facts["dataset:住民基本台帳"] == register.touch.seq
    assert "my_number" in facts  # it decided what is said
    assert "affiliation" not in facts  # the notice says it is being verified, and would say so of any other claim
    assert "found_at" not in facts
    assert "password_exists" not in facts


def test_an_employer_nobody_has_proved_is_not_named() -> None:
    evening = amagasaki("2022-06-22T22:00")
    assert evening.current("affiliation") is not None
    for language in LANGUAGES:
        assert "協力会社" not in draft(evening, SHIPPED, "D02", language).text
    proved = told(evening, "affiliation", "株式会社甲の社員", source="雇用契約書")
    assert "媒体を持っていた人の所属：株式会社甲の社員\n" in draft(proved, SHIPPED, "D02", "ja").text


def test_texts_recorded_in_japanese_are_named_in_an_english_notice() -> None:
    drafting = draft(amagasaki(), SHIPPED, "D02", "en")
    assert {"organization", "lost_place", "datasets", "hotline_hours"} <= set(drafting.foreign)
    assert "hotline_number" not in drafting.foreign
    assert draft(amagasaki(), SHIPPED, "D02", "ja").foreign == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_opened_just_now_has_a_draft_with_every_required_fact_as_a_named_gap(language: Language) -> None:
    drafting = draft(amagasaki("2022-06-22T15:44"), SHIPPED, "D02", language)
    steps = {gap.fact: gap.step for gap in drafting.missing}
    assert steps == {
        "organization": "name-lead",
        "noticed_at": "notice-what",
        "known_at": "notice-what",
        "media_kind": "notice-what",
        "media_count": "notice-what",
        "datasets": "data-sets",
        "persons": "persons",
        "my_number": "my-number",
        "contact_desk": "hotline-open",
        "hotline_number": "hotline-open",
        "hotline_hours": "hotline-hours",
        "next_update_at": "first-notice",
    }
    gap = "【専用電話の番号：確認中】" if language == "ja" else r"\[Hotline number: being confirmed\]"
    assert gap in drafting.text
    assert {finding.rule for finding in drafting.findings}.isdisjoint({"G01", "G02", "G03", "G04", "G06", "G07"})


@pytest.mark.parametrize(
    ("until", "says", "not_any_more"),
    [
        ("2022-06-24T13:00", "媒体は、6月24日（金）正午頃に見つかりました。", "捜索を続けています"),
        (
            "2022-06-24T13:00",
            "媒体が見つかっても、情報が写し取られなかったとは言えません。",
            "その可能性は否定できません",
        ),
        (
            "2022-11-28T11:00",
            "調べて分かったこと：媒体・パソコン・サーバーを調べた結果、",
            "情報の漏えいがあったかどうか",
        ),
    ],
)
def test_it_follows_the_case(until: str, says: str, not_any_more: str) -> None:
    for language in LANGUAGES:
        assert pressing(draft(amagasaki(until), SHIPPED, "D02", language, anew=True)) == []
    text = draft(amagasaki(until), SHIPPED, "D02", "ja", anew=True).text
    assert says in text
    assert not_any_more not in text


def test_keeping_it_is_an_event_with_its_facts_and_nothing_where_the_text_is_the_same() -> None:
    case = amagasaki()
    drafting = draft(case, SHIPPED, "D02", "ja")
    acts = drafting.keep(case, By("田中"))
    (act,) = acts
    assert isinstance(act.data, NoticeDrafted)
    assert (act.data.kind, act.data.language, act.data.facts) == ("first-notice", "ja", drafting.facts)
    assert act.data.text.text == drafting.text
    assert "NOT APPROVED" not in drafting.text
    kept = done(case, drafting.keep)
    assert drafting.keep(kept, By("田中")) == []


@pytest.mark.parametrize("fact", ["cause_so_far", "lost_place", "contractor_name", "hotline_hours"])
@pytest.mark.parametrize(
    "secret", ["USBのパスワードは13桁の英数字です", "the password has thirteen characters", "鍵は amagasaki2022"]
)
def test_a_description_of_the_password_that_slipped_into_a_fact_is_found(fact: str, secret: str) -> None:
    case = done(amagasaki(), partial(slipped, name=fact, text=f"経緯を確かめた。{secret}。"))
    for language in LANGUAGES:
        drafting = draft(case, SHIPPED, "D02", language)
        on_the_secret = [found for found in drafting.findings if found.rule in ("G01", "G02")]
        assert on_the_secret
        for found in on_the_secret:
            assert secret.split()[0][:4] in drafting.text.splitlines()[found.line - 1]
        assert "amagasaki" in secret or drafting.blocked  # a token is for a second person to judge
