"""Reports to authorities, read as a lawyer of the authority reads them: every item in the law's order, what is not
known said so, what changed since the last one; and publishing one files it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from runbook.actions import duties
from runbook.actions.facts import record_row
from runbook.actions.notices import Subject, withdraw
from runbook.actions.severity import judge
from runbook.case import Case
from runbook.duties import legal_deadlines
from runbook.errors import Refused
from runbook.events import Event, NoticeCorrected, NoticePublished, NoticeWithdrawn, Prose
from runbook.moment import Moment
from runbook.narrate import narrate
from runbook.notice_kinds import Written, find_kind
from runbook.notices import life
from runbook.notices.documents import FORMAT_NAMES, Document
from runbook.notices.drafting import Drafting, checked, draft
from runbook.notices.formats import write
from runbook.notices.missing import unexplained
from runbook.notices.rows import LISTS
from runbook.notices.sandbox import NAMES
from runbook.notices.templates import load_template
from runbook.publications import changes, public_changes, published
from runbook.saying import stage_words
from runbook.speech import Language
from runbook.wording.safe import clip
from tests.filing import FILINGS, MEASURE, breach, filed, reported
from tests.incidents import association, at, intrusion, missent, opening, web_leak
from tests.making import done, later
from tests.noticing import SHIPPED, amagasaki, onward, told
from tests.noticing import published as put_out
from tests.test_templates_ja import block, head, named, source

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES: tuple[Written, ...] = ("ja", "en")


def items(called: str) -> tuple[str, ...]:
    """施行規則第8条第1項（個人データ）・第44条（保有個人情報）の各号。"""
    return (
        "1 概要",
        f"2 漏えい等が発生し、又は発生したおそれがある{called}の項目",
        f"3 漏えい等が発生し、又は発生したおそれがある{called}に係る本人の数",
        "4 原因",
        "5 二次被害又はそのおそれの有無及びその内容",
        "6 本人への対応の実施状況",
        "7 公表の実施状況",
        "8 再発防止のための措置",
        "9 その他参考となる事項",
    )


ITEMS = items("個人データ（保有個人情報）")
"""As long as nobody said of which kind the organisation is."""


def drafted(kind: str, case: Case, written: Written = "ja", *, anew: bool = True) -> Drafting:
    drafting = draft(case, SHIPPED, kind, written, anew=anew)
    assert drafting.trouble is None
    return drafting


def text(kind: str, case: Case, written: Written = "ja") -> str:
    return drafted(kind, case, written).text


def headings(text: str) -> tuple[str, ...]:
    """The numbered ones."""
    return tuple(line.removeprefix("## ") for line in text.splitlines() if re.match(r"## \d", line))


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level."""
    level = heading.split(" ")[0]
    return text.partition(f"\n{heading}\n")[2].partition(f"\n{level} ")[0]


@pytest.mark.parametrize(
    ("kind", "written", "golden", "made"),
    [
        ("commission-preliminary", "ja", "amagasaki", amagasaki),
        ("commission-final", "ja", "amagasaki", reported),
        ("entrustor-notice", "ja", "amagasaki", amagasaki),
        ("gdpr-notification", "en", "gdpr", breach),
        ("gdpr-communication", "en", "gdpr", breach),
    ],
)
def test_the_text_is_the_one_that_was_read(kind: str, written: Written, golden: str, made: Callable[[], Case]) -> None:
    assert text(kind, made(), written) == (GOLDEN / golden / f"{kind}.{written}.md").read_text("utf-8")


# The nine items


@pytest.mark.parametrize("kind", ["commission-preliminary", "commission-final"])
@pytest.mark.parametrize(
    ("made", "called"),
    [
        (opening, "個人データ（保有個人情報）"),
        (amagasaki, "保有個人情報"),
        (reported, "保有個人情報"),
        (missent, "保有個人情報"),
        (web_leak, "個人データ"),
        (intrusion, "保有個人情報"),
        (association, "個人データ"),
    ],
)
def test_the_commission_gets_the_nine_items_in_their_order(kind: str, made: Callable[[], Case], called: str) -> None:
    said = text(kind, made())
    assert headings(said) == items(called)
    english = [line for line in text(kind, made(), "en").splitlines() if re.match(r"## \d", line)]
    assert [line[3:5] for line in english] == [f"{n}." for n in range(1, 10)]


@pytest.mark.parametrize("kind", ["commission-preliminary", "commission-final"])
def test_an_item_nobody_knows_is_being_confirmed_and_never_left_out(kind: str) -> None:
    said = text(kind, opening())
    for item, lines in {
        ITEMS[0]: (
            "発生日時",
            "最初に気づいた日時",
            "発見者",
            "事案の種類",
            "委託の有無",
            "当事者の所属",
        ),
        ITEMS[1]: ("媒体", "媒体の数", "口座・カードの情報を含むか", "個人番号（マイナンバー）を含むか"),
        ITEMS[2]: ("本人の数", "人数の根拠"),
        ITEMS[3]: ("発生の主体", "原因", "不正の目的をもって行われたおそれ"),
        ITEMS[4]: ("二次被害又はそのおそれの内容（考えられる影響）", "財産的被害が生じるおそれ"),
        ITEMS[5]: ("本人への通知を始めた日時", "通知の方法", "通知した人数"),
        ITEMS[6]: ("最初に公表した日時",),
        ITEMS[7]: ("被害の拡大を止めた日時", "被害の拡大の防止と軽減のためにとった措置"),
        ITEMS[8]: ("警察への届出", "関係機関への報告", "調査の体制", "機器の解析を行う機関"),
    }.items():
        part = section(said, f"## {item}")
        for line in lines:
            assert re.search(rf"^- {re.escape(line)}：(?:最も多い場合で)?確認中$", part, re.MULTILINE), line
    assert "再発防止策は確認中です。" in section(said, f"## {ITEMS[7]}")
    assert "含まれていた情報の種類と件数は確認中です。" in section(said, f"## {ITEMS[1]}")
    assert not re.search("委託元：|委託先：|再委託先", section(said, f"## {ITEMS[0]}")), "nobody said it was entrusted"
    entrusted = text(kind, told(opening(), "contractor_involved", "yes"))
    for line in ("- 委託元：", "- 委託先：確認中\n", "（再委託先を含む）は確認中です。"):
        assert line in section(entrusted, f"## {ITEMS[0]}")
    assert "- 委託の有無：委託による取扱いはありません。\n" in text(kind, told(opening(), "contractor_involved", "no"))
    named = section(text(kind, told(opening(), "contractor_name", "甲社")), f"## {ITEMS[0]}")
    assert "- 委託先：甲社\n" in named, "who was named was entrusted with it"


def test_only_what_a_filing_cannot_do_without_is_required() -> None:
    missing = {kind: [gap.fact for gap in drafted(kind, opening()).missing] for kind in FILINGS}
    known = ["organization", "known_at"]
    assert missing == {
        "commission-preliminary": known,
        "commission-final": known,
        "gdpr-notification": known,
        "gdpr-communication": [*known, "dpo_contact", "likely_consequences", "remedial_action"],
        "breach-record": known,
        "entrustor-notice": ["organization", "contractor_name", "contractor_known_at"],
    }


# Which law, which of its items


def applicability(case: Case, written: Written = "ja") -> list[tuple[str, str, str]]:
    found = re.findall(
        r"^\| ([^|]+) \| ((?:規則|Rule)[^|]+) \| ([^|]+) \|$",
        text("commission-preliminary", case, written),
        re.MULTILINE,
    )
    return [(law, title, holds) for law, title, holds in found]


def test_each_item_of_the_law_is_said_to_apply_or_not_or_to_be_open() -> None:
    case = told(told(missent(), "financial_risk", "yes", status="claimed", source="委託先"), "malicious", "no")
    case = told(told(case, "sensitive_data", "unknown"), "theft_possible", "no")
    said = {title.split("（")[0]: holds for law, title, holds in applicability(case) if "68条" in law}
    assert said["規則43条1号"] == "確認中"
    assert said["規則43条3号"] == "該当しない"
    assert said["規則43条4号"] == "該当する"
    case = told(case, "financial_risk", "no", status="claimed", source="担当課")
    said = {title.split("（")[0]: holds for _, title, holds in applicability(told(case, "persons", "64"))}
    assert said["規則43条4号"] == "該当しない"


def test_what_is_only_claimed_applies_as_far_as_is_known() -> None:
    case = told(opening(), "organization_type", "public_body")
    case = told(case, "sensitive_data", "yes", status="claimed", source="委託先")
    said = [holds for _, title, holds in applicability(case) if "43条1号" in title]
    assert said == ["該当する（現時点の認識）"]
    assert [holds for _, title, holds in applicability(case, "en") if "43 item 1 " in title] == [
        "applies (as far as we know)"
    ]


@pytest.mark.parametrize(
    ("mynumber", "ja", "en"),
    [
        ("unknown", "該当する（個人番号を含む場合）", "applies (if My Number is included)"),
        ("yes", "該当する", "applies"),
    ],
)
def test_what_rests_on_an_assumption_of_the_law_says_on_which(mynumber: str, ja: str, en: str) -> None:
    case = told(told(told(opening(), "organization_type", "public_body"), "persons", "101"), "my_number", mynumber)
    found = {title[:7]: holds for law, title, holds in applicability(case) if "番号法" in law}
    assert found["規則2条4号（"] == ja
    assert found["規則2条1号（"] == "確認中"
    english = {title[:13]: holds for law, title, holds in applicability(case, "en") if "My Number" in law}
    assert english["Rule 2 item 4"] == en
    fewer = {title[:7]: holds for law, title, holds in applicability(told(case, "persons", "100")) if "番号法" in law}
    assert fewer["規則2条4号（"] == "該当しない", "with My Number or without"
    other = {title.split("（")[0]: holds for law, title, holds in applicability(case) if "68条" in law}
    assert other["規則43条4号"] == "該当する"


def test_what_is_known_of_the_police_is_said_and_nothing_else_is_being_confirmed() -> None:
    assert "- 警察への届出：確認中\n" in text("commission-preliminary", opening())
    assert "- Police: being confirmed\n" in text("commission-preliminary", opening(), "en")
    case = told(opening("2022-06-22T15:45"), "police_reported_at", "2022-06-22T15:00")
    assert "- 警察への届出：確認中（6月22日（水）午後3時、受理番号：確認中）\n" in text("commission-preliminary", case)


@pytest.mark.parametrize(
    ("kind", "mynumber", "laws"),
    [
        ("public_body", "no", ["68"]),
        ("business", "no", ["26"]),
        ("public_body", "yes", ["68", "29"]),
    ],
)
def test_the_law_is_that_of_the_organisation_and_of_the_data(kind: str, mynumber: str, laws: list[str]) -> None:
    case = told(told(opening(), "organization_type", kind), "my_number", mynumber)
    found = dict.fromkeys(re.search(r"第(\d+)条", law)[1] for law, _, _ in applicability(case))  # type: ignore[index]
    assert sorted(found) == sorted(laws)
    assert ("番号法の報告も、この内容で行います" in text("commission-preliminary", case)) == (mynumber == "yes")
    assert ("## 特定個人情報" in text("commission-preliminary", case)) == (mynumber == "yes")


@pytest.mark.parametrize("kind", ["commission-preliminary", "commission-final"])
def test_my_number_wants_the_acts_report_or_only_the_guidelines(kind: str) -> None:
    """番号法規則2条4号 begins at 101 persons; below it, a public body reports by the guideline."""
    act, guideline = "番号法の報告も、この内容で行います。", "番号法のガイドラインによる報告です。"
    case = told(told(opening(), "organization_type", "public_body"), "my_number", "yes")
    case = told(case, "cause", "loss")
    for fact in ("malicious", "theft_possible", "mynumber_system", "mynumber_open"):
        case = told(case, fact, "no")
    few, many = text(kind, told(case, "persons", "100")), text(kind, told(case, "persons", "101"))
    assert (act in few, guideline in few) == (False, True)
    assert (act in many, guideline in many) == (True, False)
    assert "兼ね" not in few + many, "that one form serves both is in no source"
    assert "report under the guideline" in text(kind, told(case, "persons", "100"), "en")
    unknown = text(kind, told(told(case, "my_number", "unknown"), "persons", "101"))
    assert "確かめられるまでは、含まれるものとして扱います。" in unknown
    assert act in unknown, "publishing it files that report too"


@pytest.mark.parametrize(
    ("kind", "mynumber", "ja", "en"),
    [
        ("public_body", "no", "保有個人情報", "retained personal information"),
        (
            "public_body",
            "yes",
            "保有個人情報及び特定個人情報",
            "retained personal information and specific personal information",
        ),
        ("public_hospital", "no", "個人データ", "personal data"),
        ("business", "yes", "個人データ及び特定個人情報", "personal data and specific personal information"),
        ("assembly", "unknown", "個人データ（保有個人情報）", "personal data (retained personal information)"),
    ],
)
def test_the_data_is_called_as_the_law_of_the_organisation_calls_it(kind: str, mynumber: str, ja: str, en: str) -> None:
    case = told(told(opening(), "organization_type", kind), "my_number", mynumber)
    assert headings(text("commission-preliminary", case)) == items(ja)
    heading = f"## 2. Items of {en} that were, or may have been, leaked, lost or damaged\n"
    assert heading in text("commission-preliminary", case, "en")


def test_that_no_law_asks_for_it_is_not_said_for_certain() -> None:
    case = told(amagasaki(), "regimes", "eu.gdpr")
    assert "- この文書の提出を義務付ける規定は、この記録では確認されていません。\n" in text("commission-final", case)
    assert "- No law has been found in this record that asks for this document.\n" in text(
        "commission-final", case, "en"
    )


def test_whether_the_data_was_misused_stays_open_after_the_examination() -> None:
    """Item 5 is whether there was further harm; what an examination of devices finds is whether data leaked."""
    assert reported().is_confirmed("forensic_result")
    assert "- 悪用の有無：確認中\n" in section(text("commission-final", reported()), f"## {ITEMS[4]}")
    assert "- Whether it was misused: being confirmed\n" in text("commission-final", reported(), "en")


# Compared with the last one


def rows(text: str) -> dict[str, tuple[str, str]]:
    table = text.partition("| 前回の記載 |")[2].partition("| --- | --- | --- |")[2]
    return {
        title: (was, now)
        for title, was, now in re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    }


def test_the_final_report_lists_what_changed_since_the_preliminary_one() -> None:
    said = text("commission-final", reported())
    found = rows(said)
    assert found["当事者の所属"] == ("協力会社の社員", "協力会社からさらに委託を受けた会社の社員")
    assert found["見つかった日時"] == ("確認中", "6月24日（金）正午頃")
    assert found["再発防止策：入退室の生体認証"][0] == "記載なし"
    assert "本人の数" not in found, "460,517 then and now"
    assert "- 前回の提出：委員会への速報（6月23日（木）午前11時、記録の照合コード " in said


def test_a_final_report_without_a_preliminary_one_says_so() -> None:
    assert "この記録の中に、これより前に提出した報告はありません。" in text("commission-final", amagasaki())
    assert "holds no report that was filed before" in text("commission-final", amagasaki(), "en")
    assert "変わった事項" not in text("commission-preliminary", amagasaki())


def test_what_changed_to_nothing_is_said_too() -> None:
    said = text("commission-final", filed(amagasaki(), "commission-preliminary"))
    assert set(rows(said)) == set()
    assert "委員会への速報（6月23日（木）午前11時）から変わった事項はありません。" in said


def test_a_further_preliminary_report_is_compared_with_the_first_and_a_further_final_one_with_the_last() -> None:
    case = told(later(filed(amagasaki(), "commission-preliminary"), days=1), "persons", "460520")
    again = text("commission-preliminary", case)
    assert "- 提出の回：第2回" in again
    assert [one.rule for one in drafted("commission-preliminary", case).findings if one.severity != "inform"] == []
    assert rows(again)["本人の数"] == ("46万517人（6月23日午前11時現在）", "46万520人（6月24日午前11時現在）")
    case = told(later(filed(later(case, days=2), "commission-final"), days=3), "lost_place", "吹田市江坂町")
    final = text("commission-final", case)
    assert "- 前回の提出：委員会への確報" in final
    assert list(rows(final)) == ["なくした場所"]


def test_a_fact_the_last_filing_left_out_though_it_was_known_was_not_stated() -> None:
    case = put_out(amagasaki(), "commission-preliminary", ("organization", "persons"))
    found = rows(text("commission-final", case))
    assert found["なくした場所"][0] == "記載なし"
    assert "組織名" not in found


def test_a_translation_is_no_further_filing() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    said = text("commission-preliminary", later(case, hours=1), "en")
    assert "- Filing: 1\n" in said
    assert "Filed before" not in said
    assert "- Filing: 2\n" in text(
        "commission-preliminary", filed(later(case, hours=1), "commission-preliminary", "en"), "en"
    )


def test_one_that_was_withdrawn_is_nothing_to_compare_with() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    case = done(case, partial(withdraw, subject=Subject("commission-preliminary", "ja"), reason="取り違えた"))
    assert "これより前に提出した報告はありません" in text("commission-final", case)


# GDPR

_REGIME, _DUTY = breach().playbook.duties["eu.gdpr.33"]
CALLED = (_REGIME.title.en, _DUTY.title.en)
"""What the law and its duty to notify are called."""


def test_the_notification_follows_article_33_3_and_names_its_contact() -> None:
    said = text("gdpr-notification", breach(), "en")
    headings = re.findall(r"^## (\([a-d]\)) ", said, re.MULTILINE)
    assert headings == ["(a)", "(b)", "(c)", "(d)"]
    assert r"dpo\@otsuyama.example" in section(said, "## (b) Data protection officer or other contact point")
    assert "- Kind: initial notification\n" in said
    assert "due 18:05 on Friday 7 October." in said
    assert [
        line[3:6] for line in text("gdpr-notification", breach()).splitlines() if line.startswith("## (")
    ] == headings


def test_past_72_hours_it_gives_the_reasons_or_a_gap_that_asks_for_them() -> None:
    assert "That time has passed" not in text("gdpr-notification", breach("2022-10-07T18:05"), "en")
    late = breach("2022-10-07T18:06")
    asked = text("gdpr-notification", late, "en")
    assert r"That time has passed. Reasons: \[Reasons for the delay: being confirmed\]" in asked
    assert "期限を過ぎています。理由：【期限を過ぎた理由：確認中】" in text("gdpr-notification", late)
    late = done(late, partial(duties.delay, duty="eu.gdpr.33", reason="The scope had to be traced first."))
    assert "That time has passed. Reasons: The scope had to be traced first\n" in text("gdpr-notification", late, "en")


def test_a_delay_nobody_explained_stops_it_and_says_where_the_reason_is_recorded() -> None:
    in_time, late = breach("2022-10-07T18:05"), breach("2022-10-07T18:06")
    assert drafted("gdpr-notification", in_time, "en").missing == ()
    (gap,) = drafted("gdpr-notification", late, "en").missing
    assert (gap.duty, gap.title.en) == ("eu.gdpr.33", "Notice to authority (GDPR)")
    submit = life.submitting((SHIPPED, "gdpr-notification", "en"))
    with pytest.raises(Refused, match=r"is late\. x on the screen of clocks .* eu\.gdpr\.33 delayed --reason"):
        done(late, submit)
    explained = done(late, partial(duties.delay, duty="eu.gdpr.33", reason="The scope had to be traced first."))
    assert drafted("gdpr-notification", explained, "en").missing == ()
    done(explained, submit)


def test_it_stops_a_further_notification_too_and_one_whose_duty_is_not_certain() -> None:
    case = done(breach("2022-10-07T18:06"), partial(duties.file, duty="eu.gdpr.33", at=Moment(at("2022-10-07T18:06"))))
    assert [gap.duty for gap in drafted("gdpr-notification", case, "en").missing] == ["eu.gdpr.33"]
    why = partial(
        duties.file, duty="eu.gdpr.33", at=Moment(at("2022-10-07T18:06")), reason="The scope had to be traced first."
    )
    assert drafted("gdpr-notification", done(case, why), "en").missing == ()
    unsure = drafted("gdpr-notification", breach("2022-10-07T18:06", gdpr_risk="unknown"), "en")
    assert [gap.duty for gap in unsure.missing] == ["eu.gdpr.33"], "it asks for reasons in its text"
    assert drafted("gdpr-notification", breach("2022-10-07T18:06", gdpr_risk="no"), "en").missing == ()


def test_a_text_submitted_in_time_may_still_go_out_late() -> None:
    of: life.Of = (SHIPPED, "gdpr-notification", "en")
    case = done(breach("2022-10-07T18:00"), life.submitting(of), "田中")
    case = done(later(case, minutes=10), life.approving(of), "佐藤")
    assert met(done(case, life.publishing(of, "web form")))["eu.gdpr.33"] == ("sato", case.now)


def test_where_the_law_does_not_ask_why_it_is_late_a_report_goes_out_all_the_same() -> None:
    late = amagasaki("2022-11-28T12:18")
    said = drafted("commission-final", late)
    assert "- 期限を過ぎた理由（個人情報保護法 第68条（行政機関等））：確認中\n" in said.text
    assert said.missing == ()
    record = drafted("breach-record", breach("2022-10-07T18:06"), "en")
    assert " Reasons for the delay: being confirmed\n" in record.text, "the record is not the notification"
    assert record.missing == ()


@pytest.mark.parametrize("kind", ["gdpr-notification", "gdpr-communication", "breach-record"])
def test_whose_time_it_is_is_said_once(kind: str) -> None:
    assert text(kind, breach(), "en").count("All times are Japan Standard Time (UTC+9).") == 1
    assert text(kind, breach()).count("日本標準時（UTC+9）") == 1
    case = breach()
    paris = msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, zone="Europe/Paris"))
    assert "All times are Europe/Paris (UTC+1/UTC+2)." in text(kind, paris, "en")


def test_a_day_of_another_law_is_a_day_where_that_law_is() -> None:
    """The last second of 3 November in Singapore is 00:59:59 on the 4th in Tokyo."""
    case = breach(regimes="sg.pdpa")
    assert "| Thursday 3 November (local date in Asia/Singapore) |" in text("breach-record", case, "en")
    assert "| 11月3日（木）（Asia/Singaporeの日付） |" in text("breach-record", case)


def test_a_second_notification_is_a_follow_up_with_what_is_new() -> None:
    case = filed(breach(), "gdpr-notification", "en")
    case = done(later(case, days=2), partial(record_row, register="measures", typed=MEASURE))
    case = told(case, "subjects_told_at", "2022-10-07T09:00")
    said = text("gdpr-notification", case, "en")
    assert "- Kind: follow-up notification under Article 33(4), number 2\n" in said
    assert "| Persons told at | being confirmed | 09:00 on Friday 7 October |" in said
    assert (
        "| Preventive measures: A second person tests every page | not stated | Owner: Development; State: planned |"
        in said
    )


@pytest.mark.parametrize(
    ("written", "asks"),
    [
        (
            "ja",
            "この記録ではGDPRの期限を計算していません。事実「当てはまる制度」を確かめてください（第33条：知ってから72時間）。",
        ),
        (
            "en",
            'No GDPR deadline has been computed in this record; check "Regimes that apply" '
            "(Article 33: 72 hours of becoming aware).",
        ),
    ],
)
def test_where_the_gdpr_was_not_asked_no_deadline_is_denied(written: Written, asks: str) -> None:
    said = text("gdpr-notification", amagasaki(), written)
    assert f"- {asks}\n" in said
    assert not re.search("期限はありません|No time limit", said)
    asked = told(amagasaki(), "regimes", "uk.gdpr")
    assert asks not in text("gdpr-notification", asked, written)
    ruled_out = text("gdpr-notification", breach(gdpr_risk="no"), written)
    assert asks not in ruled_out, "it was computed: there is no duty"
    assert ("義務なし" if written == "ja" else f"{CALLED[1]}: no duty\n") in ruled_out


def test_the_notification_is_none_that_is_filed_in_japan() -> None:
    """GDPR 33 is a 通知; 届出 is another thing in Japanese law, and so is “any department knew”."""
    said = text("gdpr-notification", breach(), "ja")
    assert "届出" not in said.replace("警察に届出", "")
    assert "届け出" not in said
    assert "部署" not in said
    assert "department" not in text("gdpr-notification", breach(), "en")


def test_the_notification_gives_the_approximate_number_of_records() -> None:
    part = "### Personal data records: categories and approximate number"
    assert "- Number of records: being confirmed\n" in section(text("gdpr-notification", breach(), "en"), part)
    case = told(breach(), "records_count", "8100", status="estimate", as_of=Moment(breach().now))
    said = section(text("gdpr-notification", case, "en"), part)
    assert "- Number of records: about 8,100 records (as of 10:00 on 6 October)\n" in said


def test_the_communication_says_that_data_was_disclosed_where_it_names_who_got_it() -> None:
    case = told(amagasaki(), "leaked_to", "users of the same portal", status="claimed", source="Heikawa Systems")
    said = text("gdpr-communication", case, "en").split("\n\n")[1]
    assert re.match(r"Personal data about you that .+ holds was disclosed \(according to Heikawa Systems\)\. We", said)
    assert "第三者に渡りました。" in text("gdpr-communication", breach()).split("\n\n")[1]
    assert "There may have been a breach" in text("gdpr-communication", amagasaki(), "en")
    assert "起きたおそれがあります。" in text("gdpr-communication", amagasaki())


def test_the_communication_is_plain_and_holds_nature_contact_consequences_and_measures() -> None:
    said = text("gdpr-communication", breach(), "en")
    assert re.findall("^## (.*)$", said, re.MULTILINE) == [
        "What happened",
        "Which data",
        "What this may mean for you",
        "What we have done and will do",
        "What you can do",
        "Contact",
    ]
    assert "We are sorry." in said.split("\n\n")[1]
    assert not re.search("Article|GDPR|controller|data subject", said)


def test_the_record_holds_clocks_decisions_filings_and_why_nothing_was_notified() -> None:
    case = breach(gdpr_risk="no")
    said = text("breach-record", case, "en")
    assert f"| {CALLED[0]} | {CALLED[1]} | - | no duty | - | - |" in said
    why = section(said, "### Why notified or not, and how dates were reckoned")
    assert f"{CALLED[1]}: " in why
    assert "Exempt: unlikely to result in a risk" in why
    decide = partial(
        duties.override, duty="eu.gdpr.33", applies="yes", counsel="R. Sato", reason="Pupils are children."
    )
    case = filed(done(case, decide), "gdpr-notification", "en")
    case = done(case, partial(duties.file, duty="eu.gdpr.33", at=Moment(case.now), receipt="SA-7", who="田中"))
    said = text("breach-record", case, "en")
    assert f"{CALLED[1]}: applies (decided by R. Sato, 10:00 on 6 October). Reason: Pupils are children" in said
    assert f"- {CALLED[0]}, {CALLED[1]}: 10:00 on Thursday 6 October, by 田中\n" in said
    assert "| SA-7 |" in said
    assert "By the rule: does not apply. " in said, "each line of the reckoning is a sentence"


def test_the_record_shows_when_a_duty_that_may_apply_falls_due() -> None:
    case = breach(gdpr_risk="unknown")
    clock = next(one for one in legal_deadlines(case) if one.id == "eu.gdpr.33")
    assert clock.applies is None
    assert f"| {CALLED[0]} | {CALLED[1]} | 18:05 on Friday 7 October | being confirmed | - | - |" in text(
        "breach-record", case, "en"
    )
    assert "10月7日（金）午後6時5分 |" in text("breach-record", case)


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize(
    ("law", "persons"), [("sg.pdpa", "4057"), ("cn.pipl", "2000000"), ("jp.appi.26 eu.gdpr", "4057")]
)
def test_what_a_law_calls_its_thresholds_and_exemptions_stops_no_record(
    law: str, persons: str, written: Written
) -> None:
    case = breach(regimes=law, persons=persons, law_as_of="2026-01-01")
    for fact in ("encrypted", "encryption_strong", "key_separate"):
        case = told(case, fact, "yes", source="委託先")
    record = drafted("breach-record", case, written)
    assert re.search(
        "500人以上|500 persons or more|100万人以上|1,000,000 persons|高度な暗号化|strong encryption", record.text
    )
    assert {one.rule for one in record.findings} & {"G04", "G05", "G12"} == set()


def test_only_within_the_laws_own_words() -> None:
    case = breach(regimes="sg.pdpa jp.appi.26", persons="4057")
    record = drafted("breach-record", case, "en")
    for words, rule in (
        ("The data of 512 people was affected.", "G12"),
        ("The data of 500 people was affected, and 500 persons or more is the threshold.", "G12"),
        ("The stick had strong encryption.", "G04"),
    ):
        found = checked(case, SHIPPED, record, f"{record.text}\n{words}\n").findings
        assert rule in {one.rule for one in found}, words
    notice = drafted("first-notice", case, "en")
    said = f"{notice.text}\nExempt: strong encryption with its key properly managed.\n"
    assert "G04" in {one.rule for one in checked(case, SHIPPED, notice, said).findings}, "not where it leaves the house"


def test_the_record_holds_how_severe_it_was_judged() -> None:
    case = done(breach(), partial(judge, element="simple", choice=_first("simple"), reason="Names and scores."))
    said = section(text("breach-record", case, "en"), "### Severity")
    assert "Names and scores." in said
    assert re.search(r"- Result: [\d\\.]+", said)


def _first(element: str) -> str:
    method = breach().playbook.method
    found = method.element(element) if method else None
    assert found is not None
    return found.choices[0].id


# To the entrusting party


def test_the_contractor_tells_what_it_knew_when_and_through_whose_hands_the_data_went() -> None:
    said = text("entrustor-notice", amagasaki())
    assert "- BIPROGY株式会社関西支社がこの事態を知った日時：6月22日（水）午後2時頃（聞き取りによる）\n" in said
    assert "| 1 | BIPROGY株式会社関西支社 | 確認中 |\n| 2 | 協力会社（委託先の説明による） | いいえ |" in said
    assert "- 通知の根拠：個人情報保護法 第26条（事業者）" in said
    outline = section(said, "## 1 概要")
    assert "| 1 | BIPROGY株式会社関西支社 |" in outline, "who entrusted it to whom is part of item 1"


def test_the_contractor_gives_all_nine_items_in_the_order_of_the_law() -> None:
    """Its release from the duty to report rests on them (規則第9条, 第8条第1項)."""
    said = text("entrustor-notice", amagasaki())
    assert headings(said) == items("個人データ")
    assert headings(text("entrustor-notice", told(amagasaki(), "my_number", "yes"))) == items(
        "個人データ及び特定個人情報"
    )
    english = headings(text("entrustor-notice", amagasaki(), "en"))
    assert [line[:2] for line in english] == [f"{n}." for n in range(1, 10)]
    for item, line in {
        5: "- 通知した人数：確認中",
        6: "- 最初に公表した日時：確認中",
        7: "再発防止策は確認中です。",
        8: "- 警察への届出：吹田警察署",
    }.items():
        assert line in section(said, f"## {items('個人データ')[item]}")


def test_the_contractors_threshold_is_its_own() -> None:
    """規則7条4号: more than 1,000 persons, where the city reports from 101."""

    def holds(persons: str) -> str:
        said = text("entrustor-notice", told(amagasaki(), "persons", persons))
        found = re.search(r"規則7条4号（1,000人を超える） \| (.+?) \|", said)
        assert found
        assert "規則43条" not in said
        return found[1]

    assert (holds("1000"), holds("1001")) == ("該当しない", "該当する")


# Publishing is filing


def met(case: Case) -> dict[str, tuple[str, object]]:
    found = {id: case.incident.duty(id).filing for id in case.incident.duties}
    return {id: (filing.by, filing.at.at) for id, filing in found.items() if filing}


def test_publishing_a_report_files_its_open_duties_and_no_other() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    assert met(case) == {"jp.appi.68.prelim": ("田中", case.now)}
    states = {clock.id: clock.state for clock in legal_deadlines(case)}
    assert states["jp.appi.68.prelim"] == "met"
    assert states["jp.appi.26.prelim"] == "not_applicable"
    assert states["jp.appi.68.final"] == "running"
    assert case.value("commission_reported_at") == case.now
    case = filed(later(case, days=10), "commission-final")
    assert met(case)["jp.appi.68.final"] == ("田中", case.now)


def test_all_of_it_is_one_act_and_what_the_playbook_asks_is_recorded_once() -> None:
    case = told(amagasaki(), "my_number", "yes", source="担当課")
    before = case.incident.seq
    case = filed(case, "commission-preliminary")
    assert {"jp.appi.68.prelim", "jp.mynumber.prelim"} <= set(met(case))
    assert len(case.incident.fact("commission_reported_at").claims) == 1
    batches = {one.batch for kept in case.incident.undoable.values() for one in kept if one.seq > before}
    assert batches
    publication = published(case.incident)[-1].publication
    filing = case.incident.duty("jp.mynumber.prelim").filing
    assert filing is not None
    assert filing.touch.seq > publication.touch.seq
    assert filing.touch.at == publication.touch.at


def test_it_was_filed_when_it_went_out() -> None:
    moment = Moment(at("2022-06-23T10:30"))
    case = filed(amagasaki(), "commission-preliminary", moment=moment)
    assert met(case) == {"jp.appi.68.prelim": ("田中", moment.at)}


def test_a_duty_already_met_or_taken_away_by_counsel_is_not_filed_again() -> None:
    early = done(
        amagasaki(), partial(duties.file, duty="jp.appi.68.prelim", at=Moment(at("2022-06-22T18:00")), who="鈴木")
    )
    case = filed(early, "commission-preliminary")
    assert met(case) == {"jp.appi.68.prelim": ("鈴木", at("2022-06-22T18:00"))}
    none = partial(duties.override, duty="jp.appi.68.prelim", applies="no", counsel="弁護士", reason="対象外")
    assert met(filed(done(amagasaki(), none), "commission-preliminary")) == {}


def test_the_receipt_is_added_later() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    case = done(
        later(case, hours=2),
        partial(duties.file, duty="jp.appi.68.prelim", at=Moment(case.now), receipt="R4-1", who="田中"),
    )
    filing = case.incident.duty("jp.appi.68.prelim").filing
    assert filing is not None
    assert filing.receipt is not None
    assert filing.receipt.text == "R4-1"
    assert "R4-1" in text("breach-record", case)


def test_a_notice_for_the_public_files_nothing() -> None:
    assert met(onward(amagasaki(), "2022-06-24T13:00")) == {}


def test_every_duty_a_kind_files_exists_and_every_kind_it_follows() -> None:
    known = amagasaki().playbook.duties
    kinds = {kind.slug: kind for kind in SHIPPED.kinds()}
    assert {slug for slug, kind in kinds.items() if kind.files} == set(FILINGS)
    for kind in kinds.values():
        assert set(kind.files) <= set(known)
        assert set(kind.follows) <= set(kinds)
    assert {slug for slug, kind in kinds.items() if kind.filing} == set(FILINGS) - {"gdpr-communication"}


def withdrawn(case: Case, kind: str, written: Written = "ja") -> Case:
    return done(case, life.withdrawing((SHIPPED, kind, written), "宛先を誤った"))


def test_withdrawing_a_report_takes_back_what_it_filed() -> None:
    case = told(filed(amagasaki(), "commission-preliminary"), "my_number", "no", source="担当課")
    early = partial(duties.file, duty="jp.appi.68.final", at=Moment(case.now))
    case = withdrawn(later(done(later(case, minutes=5), early), hours=1), "commission-preliminary")
    filing = case.incident.duty("jp.appi.68.prelim").filings[-1]
    assert filing.withdrawn is not None
    assert set(met(case)) == {"jp.appi.68.final"}, "what somebody recorded by itself stands"
    prelim = next(clock for clock in legal_deadlines(case) if clock.id == "jp.appi.68.prelim")
    assert prelim.is_open


def test_it_takes_back_what_the_playbook_recorded_with_it_though_it_filed_several_duties() -> None:
    case = filed(told(amagasaki(), "my_number", "yes", source="担当課"), "commission-preliminary")
    assert set(met(case)) == {"jp.appi.68.prelim", "jp.mynumber.prelim"}
    assert case.value("commission_reported_at") is not None
    case = withdrawn(later(case, hours=1), "commission-preliminary")
    assert met(case) == {}
    assert case.value("commission_reported_at") is None


def test_what_was_recorded_anew_outlives_the_notice() -> None:
    case = later(filed(amagasaki(), "commission-preliminary"), hours=1)
    again = partial(duties.file, duty="jp.appi.68.prelim", at=Moment(case.now), receipt="R4-1")
    case = withdrawn(later(done(case, again), hours=1), "commission-preliminary")
    assert set(met(case)) == {"jp.appi.68.prelim"}


def test_what_is_filed_or_not_is_called_so_where_an_act_is_refused() -> None:
    with pytest.raises(Refused, match="Preliminary report to the commission” is not filed"):
        withdrawn(amagasaki(), "commission-preliminary")
    with pytest.raises(Refused, match="First notice” is not published"):
        withdrawn(amagasaki(), "first-notice")
    out = life.publishing((SHIPPED, "commission-preliminary", "ja"), "web form")
    with pytest.raises(Refused, match="Preliminary report to the commission” is filed already"):
        done(filed(amagasaki(), "commission-preliminary"), out)


def test_withdrawing_a_translation_or_a_notice_for_the_public_takes_back_nothing() -> None:
    case = later(filed(amagasaki(), "commission-preliminary"), hours=1)
    case = withdrawn(later(filed(case, "commission-preliminary", "en"), hours=1), "commission-preliminary", "en")
    assert set(met(case)) == {"jp.appi.68.prelim"}
    case = withdrawn(put_out(case, "first-notice"), "first-notice")
    assert set(met(case)) == {"jp.appi.68.prelim"}


# Not for the public to be corrected


def test_what_a_filing_said_is_corrected_by_the_next_one_and_not_in_public() -> None:
    case = told(later(filed(amagasaki(), "commission-preliminary"), hours=1), "persons", "460520")
    assert {one.of.kind for one in changes(case)} == {"commission-preliminary"}
    assert public_changes(case) == []
    public = drafted("first-notice", case)
    assert "G10" not in {finding.rule for finding in public.findings}
    assert "速報" not in text("correction", case)
    case = filed(later(case, days=1), "commission-final")
    assert changes(case) == [], "the final report told what is right"


def test_a_filing_waits_for_no_correction_in_public_and_is_not_marked_by_one() -> None:
    case = told(put_out(amagasaki(), "first-notice", ("persons",)), "persons", "460520")
    assert "G10" in {one.rule for one in drafted("city-page", case).findings}
    for kind in set(FILINGS) - {"gdpr-communication"}:
        assert "G10" not in {one.rule for one in drafted(kind, case).findings}
    journal = reported()
    filing = journal.incident.notice("commission-preliminary", "ja").publication
    assert filing is not None
    assert filing.corrected is None, "the correction of 27 June was of the notices"


# All of them


def answered(case: Case) -> Case:
    for name, typed in {
        "dpo_contact": "データ保護担当課",
        "likely_consequences": "なりすましや詐欺の電話",
        "remedial_action": "関係する機器を保全した",
        "encrypted": "no",
        "contractor_name": "丙川システム",
        "contractor_known_at": "2022-06-22T14:00",
        "regimes": "jp.appi.68 jp.appi.26 jp.mynumber eu.gdpr uk.gdpr",
    }.items():
        case = told(case, name, typed)
    for late in unexplained(("eu.gdpr.33", "uk.gdpr.33"), case):
        case = done(case, partial(duties.delay, duty=late.duty, reason="事実の確認に時間を要した。"))
    return case


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("kind", FILINGS)
def test_no_guardrail_stops_a_report_that_is_complete(kind: str, written: Written) -> None:
    for made in (amagasaki, reported, missent, web_leak, intrusion, association, breach):
        drafting = drafted(kind, answered(made()), written)
        assert drafting.missing == ()
        found = [(one.rule, one.excerpt) for one in drafting.findings if one.severity != "inform"]
        assert found == []


@pytest.mark.parametrize("written", LANGUAGES)
def test_the_secret_stays_one_even_for_an_authority(written: Written) -> None:
    for kind in FILINGS:
        said = text(kind, answered(amagasaki()), written)
        assert not re.search(
            "暗号|パスワード|password|encrypt", said.partition("## 4 義務")[0].partition("## 4. Duties")[0]
        )


@pytest.mark.parametrize("kind", FILINGS)
def test_both_languages_have_the_same_head_parts_and_facts(kind: str) -> None:
    found = find_kind(SHIPPED.kinds(), kind)
    assert found is not None
    ja, en = (load_template(SHIPPED, found, written).head for written in LANGUAGES)
    assert (ja.requires, set(ja.uses), set(ja.blocks)) == (en.requires, set(en.uses), set(en.blocks))
    assert not {*ja.requires} & {*ja.uses}
    assert ja.title in text(kind, opening())
    assert en.title in text(kind, opening(), "en")


@pytest.mark.parametrize("written", LANGUAGES)
@pytest.mark.parametrize("kind", FILINGS)
@pytest.mark.parametrize("made", [opening, amagasaki, reported, breach])
def test_it_reads_well(kind: str, written: Written, made: Callable[[], Case]) -> None:
    said = text(kind, made(), written)
    for flaw in (
        "None",
        "{{",
        "{%",
        "確認中確認中",
        "（）",
        "()",
        "。。",
        "..",
        "、。",
        "：。",
        "：\n",
        ": \n",
        "\n\n\n",
        " .",
    ):
        assert flaw not in said, flaw
    lines = said.splitlines()
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not (line.startswith("#") and following), f"no empty line after {line}"
    for before, line in itertools.pairwise(lines):
        assert not (line.startswith("#") and before), f"no empty line before {line}"
        assert not (line.startswith("- ") and before and not before.startswith("- ")), f"no empty line before {line}"
        assert not (line.startswith("| ") and before and not before.startswith("|")), f"no empty line before {line}"


@pytest.mark.parametrize("kind", FILINGS)
def test_a_head_names_what_text_and_parts_read(kind: str) -> None:
    said = head(kind)
    assert set(re.findall(r'{% include "(.*?)" %}', source(kind))) == set(said.blocks)
    facts = named(source(kind)).union(*(named(block(name)) for name in said.blocks))
    assert facts == {*said.requires, *said.uses} - set(NAMES) - LISTS


@pytest.mark.parametrize("kind", FILINGS)
def test_every_format_can_be_written(kind: str) -> None:
    said = text(kind, reported())
    document = Document(
        markdown=said, written="ja", title="届出", stem=f"{kind}-ja", issued=at("2022-11-28T12:00"), draft=False
    )
    for format in FORMAT_NAMES:
        written = write(document, format)
        assert written
        if format == "pdf":
            assert "確認中" in "".join(page.extract_text() for page in PdfReader(BytesIO(written)).pages)


def test_the_record_says_that_a_report_was_filed_and_not_that_it_was_made_public() -> None:
    case = amagasaki()

    def said(out: NoticePublished | NoticeCorrected | NoticeWithdrawn) -> str:
        event = Event("x", 1, "o:1", case.now, "exact", case.now, case.now, "sato", "seat", out)
        return str(narrate(event, case.playbook, case.zone))

    kind = "Preliminary report to the commission (in Japanese)"
    why = Prose(text="wrong file")
    assert (
        said(NoticePublished("commission-preliminary", "ja", "", "web form", "", ""))
        == f"Notice filed: {kind}, web form"
    )
    assert (
        said(NoticeWithdrawn("commission-preliminary", "ja", 1, why)) == f"Filed notice withdrawn: {kind}: wrong file"
    )
    assert (
        said(NoticeCorrected("commission-preliminary", "ja", 1, why)) == f"Filed notice corrected: {kind}: wrong file"
    )
    assert (
        said(NoticePublished("first-notice", "ja", "", "web form", "", ""))
        == "Notice published: First notice (in Japanese), web form"
    )
    assert (
        said(NoticeWithdrawn("first-notice", "ja", 1, why))
        == "Published notice withdrawn: First notice (in Japanese): wrong file"
    )


def test_a_filing_is_filed_and_a_notice_for_the_public_published() -> None:
    assert str(stage_words("published", filing=True)) == "filed"
    assert str(stage_words("published", filing=False)) == "published"
    assert str(stage_words("approved", filing=True)) == "approved"
    with pytest.raises(Refused, match=r"This text is filed"):
        drafted("commission-preliminary", filed(amagasaki(), "commission-preliminary"), anew=False).reworded("x")


def test_a_report_files_what_its_step_would() -> None:
    files = {kind.slug: set(kind.files) for kind in SHIPPED.kinds()}
    for step in SHIPPED.playbook("lost-media").steps.values():
        for slug in step.notices:
            if step.files and files[slug]:
                assert files[slug] >= set(step.files.duties), f"{slug} at {step.id}"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_two_kinds_of_one_audience_look_alike_where_their_titles_are_cut(language: Language) -> None:
    seen = [(kind.audience, clip(kind.title.said(language), 22)) for kind in SHIPPED.kinds()]
    assert len(set(seen)) == len(seen)
