"""What the rules find with an incident behind the text: facts, publications, a mail. Beyond the examples in the
data."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec
import pytest

from runbook.actions.facts import claim
from runbook.guardrails import Changed, Counted, Earlier, Known, Mail, Plain, State, findings, with_facts
from runbook.guardrails.canon import Page
from runbook.guardrails.contact import digits
from runbook.guardrails.told import repeats
from runbook.moment import UNKNOWN, Moment
from runbook.notice_kinds import NoticeKind
from runbook.notices.checking import guarded_state
from runbook.speech import Bilingual
from tests.making import done, opened_case
from tests.noticing import SHIPPED, amagasaki, counted, told
from tests.test_guardrails_rules import RULES

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2022, 6, 23, 11, 0, tzinfo=TOKYO)
ALL = frozenset(rule.id for rule in RULES.rules)


def state(kind: str = "first-notice", *, facts: Mapping[str, Plain | Known] | None = None, **of) -> State:
    """An incident in which every completeness rule is named; a fact given as a plain value is confirmed."""
    known = {name: value if isinstance(value, Known) else Known(value) for name, value in (facts or {}).items()}
    return with_facts(State(kind=kind, named=ALL, now=NOW, **of), known)


def tripped(text: str, given: State) -> set[str]:
    return {finding.rule for finding in findings(text, RULES, given)}


def at(day: int, hour: int = 9) -> Moment:
    return Moment(datetime(2022, 6, day, hour, tzinfo=TOKYO))


# G05, G08, G18: what needs proof


@pytest.mark.parametrize(
    "text",
    [
        "データは暗号化済みです。",
        "USBメモリーの中身には暗号化の処理を施していました。",
        "内容には、暗号化処理が施されています。",
        "媒体には自動暗号化の機能が付いています。",
        "The data on the stick was encrypted.",
        "The stick is protected by encryption.",
        "Encryption was in place.",
    ],
)
def test_encryption_is_said_only_with_a_document(text: str) -> None:
    assert "G05" in tripped(text, State())
    assert "G05" in tripped(text, state(facts={"encryption_evidence": Known("口頭の説明", "claimed")}))
    assert "G05" not in tripped(text, state(facts={"encryption_evidence": "仕様書"}))


@pytest.mark.parametrize(
    "text",
    [
        "データが暗号化されていたかどうかは、お答えを控えます。",
        "暗号化の有無を確認しています。",
        "再発防止のため、媒体の暗号化を徹底します。",
        "We cannot say whether the data was encrypted.",
        "All sticks will be encrypted.",
        "The data was not encrypted.",
        "暗号化されていませんでした。",
    ],
)
def test_a_plan_a_question_and_a_denial_claim_no_encryption(text: str) -> None:
    assert "G05" not in tripped(text, State())


HIS = "みどり電算サービス"


@pytest.mark.parametrize(
    ("known", "document", "trips"),
    [
        (Known(HIS, "claimed", ("委託先",)), False, True),
        (Known(HIS, "claimed", ("委託先", "本人")), False, True),
        (Known(HIS, "estimate", ("委託先", "本人")), False, True),
        (Known(HIS, "confirmed", ("委託先",)), False, True),
        (Known(HIS, "confirmed", ("委託先", "本人")), False, False),
        (Known(HIS, "confirmed", ("委託先",)), True, False),
        (Known(HIS, "claimed", ("委託先",)), True, True),
    ],
)
def test_an_employer_needs_two_sources_or_a_document_and_a_confirmation(known, document, trips) -> None:
    facts = {"affiliation": known} | ({"affiliation_document": "雇用契約書（2022年4月1日）"} if document else {})
    assert ("G08" in tripped(f"媒体を持っていたのは{HIS}の人です。", state(facts=facts))) == trips


@pytest.mark.parametrize(
    "text",
    [
        "再委託先の従業員が媒体を持ち出しました。",
        "紛失したのは、協力会社の社員です。",
        "委託先企業の関係社員がかばんごと紛失しました。",
        "当事者の所属：みどり電算株式会社の社員、作業は夜に行いました。",
        "A contractor's employee left the stick in a restaurant.",
        "The person who lost it was employed by a subcontractor.",
        "The man who carried the bag works for the contractor.",
    ],
)
def test_an_employer_is_named_in_many_ways(text: str) -> None:
    assert "G08" in tripped(text, State())


@pytest.mark.parametrize(
    "text",
    [
        "この業務の委託先：みどり電算株式会社",
        "委託先の社員9人が、飲食店から自宅までの道を捜しています。",
        "委託先の担当者から、市の担当課に連絡がありました。",
        "媒体を持っていた人の所属は、確認中です。",
        "関係社員への聞き取りに加え、紛失した媒体を解析しました。",
        "市の職員が紛失に気づきました。",
        "委託先の社員かどうかを含め、紛失した人の所属は分かっていません。",
        "The contractor for this work: Midori Densan",
        "An employee of the city noticed the loss.",
        "Staff of the contractor are searching the streets.",
    ],
)
def test_the_contractor_the_searchers_and_the_citys_own_staff_may_be_named(text: str) -> None:
    assert "G08" not in tripped(text, State())


def test_hearsay_is_found_as_number_time_and_text() -> None:
    given = state(
        facts={
            "persons": Known(460_517, "claimed"),
            "lost_at": Known(Moment(datetime(2022, 6, 21, 22, 30, tzinfo=TOKYO), "about"), "claimed"),
            "route": Known("駅から商店街を通った", "claimed"),
            "cause": Known("theft", "claimed", free=False),
            "contractor_name": Known("みどり電算株式会社", "claimed"),
        }
    )
    for text in ("対象は46万517人です。", "6月21日（火）午後10時30分頃になくしました。", "駅から商店街を通った。"):
        assert "G18" in tripped(text, given)
        assert "G18" not in tripped(f"委託先によると、{text}", given)
    for text in ("460,517 people.", "It was lost at 22:30 on Tuesday 21 June."):
        assert "G18" in tripped(text, given)
        assert "G18" not in tripped(f"We were told this by the contractor: {text}", given)
    assert "G18" not in tripped("盗難（theft）の届はありません。委託先はみどり電算株式会社です。", given)
    assert "G18" not in tripped("対象は146万517人です。", given)


# G10, G17, G40: what was published


def changed(name: str) -> tuple[Changed, ...]:
    return (
        Changed(name, "first-notice", Bilingual("所属", "Employer"), Bilingual("甲社", "A"), Bilingual("乙社", "B")),
    )


def test_a_changed_fact_stops_every_text_until_it_is_corrected_and_is_named() -> None:
    (found,) = [
        one for one in findings("お知らせします。", RULES, state(changed=changed("affiliation"))) if one.rule == "G10"
    ]
    assert (found.severity, found.line, found.excerpt) == ("block", 1, "")
    assert "所属（甲社→乙社）" in found.message.ja
    assert "Employer (A -> B)" in found.message.en
    assert "G10" not in tripped("# 訂正とお詫び\n\nお知らせします。", state(changed=changed("affiliation")))
    assert "G10" not in tripped("お知らせします。", state("correction", changed=changed("affiliation")))
    assert "G10" in tripped("訂正します。", state(changed=changed("affiliation")))


def test_what_several_notices_said_is_named_once() -> None:
    both = (*changed("affiliation"), msgspec.structs.replace(*changed("affiliation"), kind="scam-caution"))
    (found,) = [one for one in findings("お知らせします。", RULES, state(changed=both)) if one.rule == "G10"]
    assert found.message.ja.count("甲社→乙社") == 1


@pytest.mark.parametrize(
    ("was", "now", "text", "says"),
    [
        (("委託先の社員", "its employee"), ("再委託先の社員", "a worker"), "委託先の社員が持っていました。", True),
        (("みどり電算の社員", "x"), ("あおぞら配送の社員", "x"), "あおぞら配送の社員が持っていました。", False),
        (("みどり電算の社員", "staff of A"), ("乙", "b"), "It was staff of A.", True),
        (("7万4,767世帯", "74,767 households"), ("7万4,776世帯", "74,776 households"), "74767世帯です。", True),
        (("7万4,767世帯", "74,767 households"), ("7万4,776世帯", "74,776 households"), "確認しています。", False),
        (("いいえ", "no"), ("はい", "yes"), "確認しています。", True),  # whether it says no again cannot be seen
    ],
)
def test_whether_a_text_says_again_what_is_wrong(
    was: tuple[str, str], now: tuple[str, str], text: str, says: bool
) -> None:
    change = Changed("x", "first-notice", Bilingual("件", "it"), Bilingual(*was), Bilingual(*now))
    assert repeats(text, change) is says


@pytest.mark.parametrize("name", ["search_ongoing", "next_update_at", "row:measures:1"])
def test_news_is_no_mistake(name: str) -> None:
    assert "G10" not in tripped("お知らせします。", state(changed=changed(name)))


BEFORE = (
    Earlier(
        "first-notice", NOW, "6月22日（水）午前3時頃 紛失に気づく\n\n- 媒体の数：2\n\n対象となる方は、46万517人です。"
    ),
)


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("6月22日午前3時に紛失に気づきました。", False),
        ("6月22日に紛失に気づきました。", False),
        ("6月22日午前4時に紛失に気付きました。", True),
        ("6月21日に紛失に気づきました。", True),
        ("媒体の数：2（6月22日午後3時49分現在）", False),
        ("媒体の数は3本です。", True),
        ("対象となる方：460,517人", False),
        ("対象となる方：46万人", True),
        ("口座のある方は6,000人です。", False),
        ("6月23日午前11時の時点で見つかっていません。6月24日正午に見つかりました。", False),
    ],
)
def test_an_event_is_told_as_it_was_published(text: str, trips: bool) -> None:
    assert ("G17" in tripped(text, state("city-page", published=BEFORE))) == trips


def test_a_difference_is_quoted() -> None:
    (found,) = [
        one
        for one in findings("対象となる方は5万人です。", RULES, state("city-page", published=BEFORE))
        if one.rule == "G17"
    ]
    assert "対象となる方は、46万517人" in found.message.ja


# G21 to G25: the contact


@pytest.mark.parametrize(
    ("text", "wanting"),
    [
        ("総務課　電話 06-1234-5678　受付 午前9時から午後5時まで", None),
        ("市民相談窓口 0120-123-456（24時間）", None),
        ("Desk: general affairs division, 06-1234-5678, 9:00 to 17:00", None),
        ("Hotline 0120-123-456, 9 a.m. to 5 p.m.", None),
        ("Hotline 0120-123-456, 9-5 pm", None),
        ("Hotline 0120-123-456, every day", "受付時間"),
        ("Hotline 06-1234-5678, every day", "受付時間"),
        ("総務課　受付 午前9時から午後5時まで", "電話番号"),
        ("総務課　電話 06-1234-5678", "受付時間"),
        ("電話 06-1234-5678　受付 9:00～17:00", "担当の名前"),
        ("- 担当：確認中\n- 電話 06-1234-5678\n- 受付 9:00～17:00\n\n吹田市の窓口", "担当の名前"),
        ("- Desk: being confirmed\n- Telephone: 06-1234-5678\n- Hours: 9:00 to 17:00", "担当の名前"),
        ("総務課　電話：【専用電話の番号：確認中】　受付時間：確認中", "電話番号、受付時間"),
        ("総務課　ファクス 06-1234-5678　受付 午前9時から午後5時まで", "電話番号"),
    ],
)
def test_a_contact_has_a_number_hours_and_a_name(text: str, wanting: str | None) -> None:
    found = [one for one in findings(text, RULES, state()) if one.rule == "G21"]
    assert [one.message.ja.rpartition("足りないもの：")[2] for one in found] == ([f"{wanting}。"] if wanting else [])


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("06-4950-6026", True),
        ("０６（４９５０）６０２６", True),
        ("0120-746-370", True),
        ("0120746370", True),
        ("+81 6 4950 6026", True),
        ("090-1234-5678", True),
        ("050-3133-1403", True),
        ("0120-746-37", False),
        ("0120-746-3700", False),
        ("090-1234-567", False),
        ("00-1234-5678", False),
        ("#9110", True),
        ("660-8501", True),
        ("2022-06-23", True),
        ("受理番号 R4-01234567890", True),
    ],
)
def test_a_number_that_no_telephone_has(number: str, valid: bool) -> None:
    assert ("G22" in tripped(f"お電話は {number} へ。", State())) != valid


def test_numbers_are_compared_by_their_digits() -> None:
    assert digits("+81 (0)6 4950 6026") == "00649506026"
    assert digits("+81-6-4950-6026") == digits("06（4950）6026".translate({0xFF08: "(", 0xFF09: ")"})) == "0649506026"


HOTLINE: dict[str, Plain | Known] = {"hotline_number": "0120-746-370", "hotline_tested_at": at(23)}


@pytest.mark.parametrize(
    ("text", "facts", "trips"),
    [
        ("専用ダイヤル 0120-746-370", HOTLINE, False),
        ("専用ダイヤル 0120-746-307", HOTLINE, True),
        ("専用ダイヤル 0120-746-370", {"hotline_number": "0120-746-370"}, True),
        ("専用ダイヤル 0120-746-370", {**HOTLINE, "hotline_tested_at": UNKNOWN}, True),
        ("専用ダイヤル 0120-746-370", {}, True),
        ("総務課 06-1234-5678", HOTLINE, False),
        (
            "専用ダイヤル 0120-746-370、来庁の相談窓口 06-1234-5678",
            {**HOTLINE, "contact_desk": "総務課 06-1234-5678"},
            False,
        ),
        ("Hotline 0120-746-307", HOTLINE, True),
    ],
)
def test_the_hotline_is_the_recorded_one_and_was_called(text: str, facts: dict, trips: bool) -> None:
    assert ("G22" in tripped(text, state(facts=facts))) == trips


def test_a_house_number_may_be_given() -> None:
    text = "市民相談窓口 06-1234-5678"
    assert "G22" in tripped(text, state(facts=HOTLINE))
    assert "G22" not in tripped(text, state(facts=HOTLINE, numbers=("06-1234-5678",)))


def test_other_countries_numbers_are_not_judged() -> None:
    abroad = with_facts(State(now=NOW.astimezone(ZoneInfo("Europe/London"))), {})
    assert "G22" not in tripped("Call 0303 123 1113.", abroad)
    assert "G22" not in tripped("Call 0303 123 1113.", State())


def test_capacity_counts_lines_hours_and_first_day_only() -> None:
    text, facts = "専用ダイヤル 0120-746-370", {**HOTLINE, "persons": 20_000}
    assert "G24" in tripped(text, state(facts=facts))
    assert "G24" in tripped(
        text, state(facts={**facts, "hotline_lines": 10, "hotline_hours": "午前9時から午後5時まで"})
    )
    assert "G24" not in tripped(text, state(facts={**facts, "hotline_lines": 20, "hotline_hours": "9:00-17:00"}))
    assert "G24" not in tripped(text, state(facts={**facts, "expected_calls": 40}))
    assert "G24" not in tripped(text, state(facts=facts, published=BEFORE))


# What a kind lacks


@pytest.mark.parametrize(
    ("count", "text", "trips"),
    [
        (2, "USBメモリー2本を紛失しました。", False),
        (2, "紛失した媒体の数は2です。", False),
        (2, "2本のUSBメモリーを紛失しました。", False),
        (2, "USBメモリーを紛失しました。", True),
        (1, "パソコン1台を紛失しました。", False),
        (None, "書類3冊を紛失しました。", False),
        (None, "The stick was lost.", True),
        (2, "Number of media: 2", False),
        (2, "Two sticks, the second a copy, were lost.", False),
        (2, "Three files were on it. The stick was lost.", True),
    ],
)
def test_how_many_objects(count: int | None, text: str, trips: bool) -> None:
    assert ("G16" in tripped(text, state(facts={"media_count": count} if count else {}))) == trips


@pytest.mark.parametrize(
    ("facts", "datasets", "wanted"),
    [
        ({"accounts_included": "yes"}, (), True),
        ({"financial_risk": "yes"}, (), True),
        ({"accounts_included": "no"}, (), False),
        ({}, (Counted("児童手当", 69_261, fields=("氏名", "口座番号")),), True),
        ({}, (Counted("welfare", 10, fields=("name", "Bank account")),), True),
        ({}, (Counted("住民", 10, "persons", ("氏名", "住所")),), False),
    ],
)
def test_advice_is_wanted_where_money_is_at_stake(facts: dict, datasets: tuple, wanted: bool) -> None:
    given = state(facts=facts, datasets=datasets)
    assert ("G26" in tripped("調査しています。", given)) == wanted
    assert "G26" not in tripped("覚えのない引き落としがないか、通帳を確かめてください。", given)
    assert "G26" not in tripped("Please check your bank statements.", given)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"persons": 460_517}, False),
        ({"persons": 460_517, "commission_report_needed": "no"}, False),
        ({"commission_report_needed": "yes"}, True),
        ({}, False),
    ],
)
def test_the_report_to_the_commission_is_mentioned_where_it_was_judged_due(facts: dict, wanted: bool) -> None:
    assert ("G45" in tripped("警察に届け出ました。", state(facts=facts))) == wanted


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"organization_type": "public_body", "persons": "100"}, False),
        ({"organization_type": "public_body", "persons": "101"}, True),
        ({"organization_type": "business", "persons": "1000"}, False),
        ({"organization_type": "business", "persons": "1001"}, True),
        ({"organization_type": "public_body", "persons": "101", "law_as_of": "2022-06-22"}, False),
        ({"organization_type": "public_body", "persons": "101", "commission_report_needed": "no"}, False),
    ],
)
def test_or_where_a_law_wants_it(facts: dict, wanted: bool) -> None:
    case = opened_case(SHIPPED.playbook("lost-media"))
    for name, typed in ({"law_as_of": "2026-11-21", "my_number": "no"} | facts).items():
        case = told(case, name, typed)
    given = guarded_state(case, named=frozenset({"G45"}))
    assert ("G45" in tripped("警察に届け出ました。", given)) == wanted


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"known_at": at(20, 12)}, False),
        ({"known_at": at(19)}, True),
        ({"known_at": at(10), "published_at": at(12)}, False),
        ({"known_at": at(10), "published_at": at(30)}, True),
        ({"known_at": UNKNOWN}, False),
        ({}, False),
    ],
)
def test_a_late_publication_gives_its_reason(facts: dict, wanted: bool) -> None:
    assert ("G42" in tripped("書類を紛失しました。", state(facts=facts))) == wanted
    assert "G42" not in tripped("書類を紛失しました。", state(facts=facts, published=BEFORE))
    assert "G42" not in tripped("お知らせが遅れた理由は、対象の方の確認です。", state(facts=facts))


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"noticed_at": at(20), "police_reported_at": at(21)}, False),
        ({"noticed_at": at(20), "police_reported_at": at(21, 10)}, True),
        ({"noticed_at": at(20)}, True),
        ({"noticed_at": at(23)}, False),
        ({"noticed_at": at(20), "found_at": at(21)}, False),
    ],
)
def test_a_late_report_to_the_police_is_pointed_out(facts: dict, wanted: bool) -> None:
    assert ("G43" in tripped("書類を紛失しました。", state(facts=facts))) == wanted


def test_a_top_that_still_searches_is_stale_and_an_older_section_is_not() -> None:
    found = {"found_at": Moment(datetime(2022, 6, 24, 12, tzinfo=TOKYO), "about")}
    old, new = "## 6月23日\n\n捜索を続けています。", "## 6月24日\n\n媒体は6月24日に発見されました。"
    page = "# 特設ページ\n\n- 電話 0120-746-370\n\n"
    assert "G40" in tripped(f"{page}{old}\n\n{new}", state(facts=found))
    assert "G40" not in tripped(f"{page}{new}\n\n{old}", state(facts=found))
    assert "G40" not in tripped(f"{page}{old}", state())
    assert "G40" not in tripped(f"{page}{old}", state(facts={"found_at": Known(found["found_at"], "claimed")}))
    html = "<h1>City page</h1><h2>23 June</h2><p>The search goes on.</p><h2>24 June</h2><p>It was found.</p>"
    assert "G40" in tripped(html, state(facts=found))


# Letters and mails


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("お詫びの手紙を令和4年10月10日に発送します。", "スポーツの日"),
        ("お詫びの手紙を2022年7月18日に発送します。", "海の日"),
        ("通知書は7月3日に郵送します。", "日曜日"),
        ("通知書は7月4日に郵送します。", None),
        ("通知書は2月30日に郵送します。", None),
        ("7月3日に説明会を開きます。", None),
        ("Letters are posted on 3 July 2022.", "日曜日"),
    ],
)
def test_the_day_of_posting(text: str, name: str | None) -> None:
    found = [one for one in findings(text, RULES, state()) if one.rule == "G20"]
    assert len(found) == (name is not None)
    assert all((name or "") in one.message.ja for one in found)


def test_a_date_without_a_year_is_not_guessed_without_an_incident() -> None:
    assert "G20" not in tripped("通知書は7月3日に郵送します。", State())


@pytest.mark.parametrize(
    ("mail", "rules"),
    [
        (Mail(("a@example.jp",), ("aa",), ("aa",), "export"), set()),
        (Mail(("a@example.jp", "b@example.jp")), {"G49"}),
        (Mail(attachments=("bb",), approved_attachments=("aa",)), {"G48"}),
        (Mail(recipients="sheet"), {"G47"}),
        (Mail(recipients="export", intact=False), {"G47"}),
        (None, set()),
    ],
)
def test_what_goes_out_with_a_text(mail: Mail | None, rules: set[str]) -> None:
    assert tripped("削除をお願いします。", state(mail=mail)) & {"G47", "G48", "G49"} == rules


# The state of a case


def test_a_case_gives_its_current_claims_with_status_and_sources() -> None:
    case = told(amagasaki(), "lost_place", "大阪府吹田市内", source="委託先", status="claimed")
    case = told(case, "lost_place", "大阪府吹田市内", source="本人", status="claimed")
    given = guarded_state(counted(case, "名簿", 12, "persons", fields=("氏名",)))
    assert given.facts["lost_place"].sources[-2:] == ("委託先", "本人")
    assert given.facts["lost_place"].status == "claimed"
    assert given.facts["lost_place"].free
    assert given.count("persons") == 460_517
    assert given.at("known_at") == datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO)
    assert not given.facts["search_ongoing"].free
    assert given.datasets[-1] == Counted("名簿", 12, "persons", ("氏名",))
    rough = guarded_state(counted(counted(case, "甲", 80000, estimate=True), "乙", None))
    assert rough.datasets[-2:] == (Counted("甲", 80000, estimate=True), Counted("乙", None))
    unknown = guarded_state(told(case, "lost_place", "不明"))
    assert (unknown.value("lost_place"), unknown.text("lost_place")) == ("unknown", "")
    assert str(given.now.tzinfo) == "Asia/Tokyo"
    assert given.lost
    assert not given.examined


def test_only_confirmed_claims_of_a_case_release() -> None:
    case = told(amagasaki(), "found_at", "2022-06-23T10:00", status="claimed")
    assert guarded_state(case).lost
    assert not guarded_state(told(case, "found_at", "2022-06-23T10:00")).lost
    assert guarded_state(told(case, "found_at", "unknown")).lost


def test_a_withdrawn_claim_is_not_known() -> None:
    case = told(amagasaki(), "found_place", "駅", source="本人", status="claimed")
    assert "found_place" in guarded_state(case).facts
    withdrawn = done(case, partial(claim, name="found_place", typed="", source="本人"))
    assert "found_place" not in guarded_state(withdrawn).facts


def test_the_kind_gives_its_audience_and_the_writing_its_tongue() -> None:
    kind = NoticeKind("D02", "first-notice", Bilingual("第1報", "First notice"), "citizens")
    given = guarded_state(amagasaki(), kind, frozenset({"G21"}), "en")
    assert (given.kind, given.audience, given.tongue, given.named) == (
        "first-notice",
        "citizens",
        "en",
        frozenset({"G21"}),
    )
    assert guarded_state(amagasaki(), kind, frozenset(), "easy").tongue == "ja"


def test_a_case_gives_what_was_published_and_what_changed_since() -> None:
    case = amagasaki("2022-06-23T12:00")
    given = guarded_state(case)
    assert [earlier.kind for earlier in given.published] == ["first-notice"]
    assert "46万517人" in given.published[0].text
    assert given.kinds_published == {"first-notice"} <= given.kinds_kept
    own = NoticeKind("D02", "first-notice", Bilingual("第1報", "First notice"), "citizens")
    assert guarded_state(case, own).kinds_kept == given.kinds_kept - {"first-notice"}
    assert given.changed == ()
    later = guarded_state(told(case, "media_count", "3"))
    (change,) = later.changed
    assert (change.name, change.kind, change.fact.ja) == ("media_count", "first-notice", "媒体の数")
    assert change.now.en.startswith("3")
    assert guarded_state(told(case, "hotline_number", "0120-000-111")).contact_was == "0120-746-370"
    assert given.contact_was == ""


def test_the_shipped_guardrails_know_every_fact_they_ask_for() -> None:
    """A misspelt name would make a rule silent."""
    import inspect
    import re

    from runbook.guardrails import contact, lacking
    from runbook.guardrails import told as told_

    asked = {
        name
        for module in (contact, lacking, told_)
        for name in re.findall(r'state\.(?:value|confirmed|text|count|at)\("(\w+)"\)', inspect.getsource(module))
    }
    asked |= told_._NEWS | told_._NAMES
    assert len(asked) > 30
    assert asked <= SHIPPED.playbook("lost-media").facts.keys()


# The page


def test_sections_of_markdown_and_html() -> None:
    page = Page("序。\n\n# 題\n\n前文。二文。\n\n## 見出し\n<h3 class='x'>小<b>見</b>出し</h3><p>本文。</p>")
    told_by = [(one.level, one.title, page.texts[one.first : one.end]) for one in page.sections]
    assert told_by == [
        (0, "", ("序",)),
        (1, "題", ("前文", "2文")),
        (2, "見出し", ()),
        (3, "小見出し", ("本文",)),
    ]


def test_a_long_text_with_an_incident_takes_time_in_proportion() -> None:
    given = state(
        facts={**HOTLINE, "persons": Known(460_517, "claimed"), "affiliation": Known(HIS, "claimed")},
        published=BEFORE,
        changed=changed("affiliation"),
        contact_was="050-3133-1403",
    )
    for unit in (
        "専用ダイヤル0120-746-370 ",
        "対象となる方は1",
        "6月22日",
        "課",
        "1",
        "# 見出し\n",
        "<h2>a",
        "委託先の",
        "0",
    ):
        start = time.perf_counter()
        findings(unit * (60_000 // len(unit)), RULES, given)
        assert time.perf_counter() - start < 8
