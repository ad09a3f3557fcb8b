"""The Japanese notices of other incidents, and the letter to each person: read as those who receive them read them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from runbook.case import Case
from runbook.notices.drafting import draft
from tests.incidents import association, discipline, intrusion, measured, missent, opening, rumoured, web_leak
from tests.noticing import SHIPPED, amagasaki, told

COMPLETE: dict[str, Callable[[], Case]] = {
    "apology-letter": missent,
    "recall-mail": missent,
    "missent-mail": missent,
    "web-leak": web_leak,
    "intrusion": intrusion,
    "association-notice": association,
    "discipline": discipline,
    "rumour": lambda: rumoured(amagasaki(), rumour_removal_asked_at="2022-06-23T15:00"),
}
HEADINGS = {
    "apology-letter": (
        "何が起きたか",
        "含まれていた情報",
        "なぜ起きたか",
        "悪用された",
        "お願い",
        "これから",
        "お問い合わせ",
    ),
    "recall-mail": ("削除していただきたいメール", "お願い", "分かっていること", "装った連絡", "お問い合わせ先"),
    "missent-mail": (
        "1 概要",
        "発生の状況",
        "経緯",
        "2 漏えいした情報",
        "3 原因",
        "4 対応",
        "5 再発防止策",
        "お問い合わせ先",
    ),
    "web-leak": (
        "1 経緯",
        "2 漏えいした情報",
        "3 情報が見られた範囲",
        "4 調査",
        "5 対象となる方",
        "6 ",
        "お問い合わせ先",
    ),
    "intrusion": (
        "時点で分かっていること",
        "1 概要",
        "2 気づくまで",
        "3 原因",
        "4 報告",
        "5 再発",
        "6 皆さま",
        "お問い合わせ先",
    ),
    "association-notice": ("1 概要", "2 媒体に入っていた情報", "3 その後の対応と再発防止", "お願い", "お問い合わせ先"),
    "discipline": (
        "根拠",
        "処分を受けた職員",
        "処分を行った日",
        "処分の内容",
        "処分の理由",
        "組織としての責任",
        "お問い合わせ先",
    ),
    "rumour": ("分かっていること", "していること", "書かないこと", "お願い", "お問い合わせ先"),
}
"""The order in which readers of such notices look for things (and authorities ask for them)."""


def text(kind: str, case: Case) -> str:
    drafting = draft(case, SHIPPED, kind, "ja")
    assert drafting.trouble is None
    return drafting.text


@pytest.mark.parametrize("kind", COMPLETE)
def test_of_a_case_opened_just_now_each_required_fact_is_missing_and_the_text_says_so(kind: str) -> None:
    drafting = draft(opening(), SHIPPED, kind, "ja")
    assert [gap.fact for gap in drafting.missing] == list(drafting.head.requires)
    assert "【組織名：確認中】" in drafting.text
    assert "- 電話：【専用電話の番号：確認中】" in drafting.text
    assert "おわび" in drafting.text
    _clean(drafting.text)


@pytest.mark.parametrize("kind", COMPLETE)
def test_complete_it_lacks_nothing_and_could_be_submitted(kind: str) -> None:
    drafting = draft(COMPLETE[kind](), SHIPPED, kind, "ja")
    assert drafting.trouble is None
    assert drafting.missing == ()
    assert drafting.stopping == []
    assert "【" not in drafting.text
    assert drafting.head.title
    assert drafting.head.approver
    _clean(drafting.text)


def _clean(text: str) -> None:
    for slip in ("None", "{{", "}}", "{%", "確認中確認中", "。。", "、、", "（）", "、。"):
        assert slip not in text
    assert not re.search(r"[^\n]\n#", text), "a heading without an empty line before it"


@pytest.mark.parametrize("kind", COMPLETE)
def test_the_organisation_apologises_before_anything_else_is_said(kind: str) -> None:
    case = COMPLETE[kind]()
    lead = text(kind, case).split("\n## ")[0]
    said = [part for part in lead.split("\n\n") if not part.startswith(("#", "- ", "令和"))]
    name = case.current("organization")
    assert name is not None
    organization = getattr(name.value, "text", name.value)
    before = " ".join(said).split("おわび")[0]
    assert str(organization) in before
    assert before.count("。") <= 2


@pytest.mark.parametrize("kind", HEADINGS)
def test_its_headings_stand_in_the_order_its_readers_expect(kind: str) -> None:
    headings = [line for line in text(kind, COMPLETE[kind]()).splitlines() if line.startswith("##")]
    places = [next((n for n, line in enumerate(headings) if part in line), -1) for part in HEADINGS[kind]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("kind", ["missent-mail", "web-leak", "intrusion", "association-notice", "apology-letter"])
def test_what_the_organisation_itself_failed_to_do_stands_before_the_rest_of_the_cause(kind: str) -> None:
    written = text(kind, COMPLETE[kind]())
    assert "に足りなかったこと：" in written
    if "分かっている経緯：" in written:
        assert written.index("に足りなかったこと：") < written.index("分かっている経緯：")


def test_a_letter_tells_each_person_the_five_things_the_commission_asks_for_and_holds_no_name() -> None:
    letter = text("apology-letter", missent())
    assert letter.startswith("# あなたの個人情報についてのおわびとお知らせ\n")
    assert "甲野市は、あなたの個人情報を、誤ってほかの方に送りました。" in letter
    assert "- 大会の参加者：氏名、所属\n" in letter
    assert "情報が悪用されたかどうかは、10月5日午前10時の時点で分かっておらず、調べています。" in letter
    assert "誤って届いた方には、10月3日（月）午後0時30分に削除をお願いしました。" in letter
    assert "個人情報保護委員会には、10月5日（水）に報告しました。" in letter
    assert "ご本人であることを確かめたうえでお答えします" in letter
    assert "様" not in letter.replace("同様", "").replace("様子", "")


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (association, "戊山協同組合は、あなたの個人情報が入った媒体（USBメモリー）を紛失しました。"),
        (
            intrusion,
            "丁田市は、あなたの個人情報を扱うシステム（仕事の情報サイトのメールマガジン）への不正アクセスを防げませんでした。",
        ),
        (web_leak, "の不具合により、あなたの個人情報をほかの方が見られる状態にしていました。"),
        (amagasaki, "尼崎市は、あなたの個人情報が入った媒体（USBメモリー）を紛失しました（現時点の認識）。"),
        (lambda: amagasaki("2022-06-24T13:00"), "見つかっても、情報が写し取られなかったとは言えません。"),
    ],
)
def test_a_letter_says_what_happened_in_the_words_of_its_cause(case: Callable[[], Case], says: str) -> None:
    assert says in text("apology-letter", case())


def test_a_recall_mail_asks_for_four_things_and_does_not_repeat_what_was_in_the_mail() -> None:
    mail = text("recall-mail", missent())
    for asked in ("開かずに削除", "ごみ箱", "転送", "「削除しました」とだけ返信"):
        assert asked in mail
    assert "大会の参加者への案内メール（件名「ご来場の前に」）" in mail
    assert "氏名、所属" not in mail
    assert "2,388" not in mail


def test_a_missent_mail_is_counted_with_its_time() -> None:
    notice = text("missent-mail", missent())
    assert "対象となる方は、2,388人（10月5日午前10時現在）です。" in notice
    assert "- 誤って届いた相手：2,388人（10月5日午前10時現在）" in notice
    assert "削除の確認：2,388人のうち2,101人から、削除したとの返事があった" in notice


def test_how_others_data_could_be_seen_is_not_said_before_it_is_certainly_put_right() -> None:
    assert "散布図" in text("web-leak", web_leak())
    open_still = told(web_leak(), "fixed_at", "", status="withdrawn")
    for case in (open_still, told(open_still, "fixed_at", "2022-10-05T15:00", status="estimate")):
        notice = text("web-leak", case)
        assert "散布図" not in notice
        assert "直ったことを確かめるまでは、悪用を防ぐため、どのようにすると見えたかは公表しません。" in notice


def test_the_spam_of_an_intrusion_adds_up_and_nothing_is_called_unaffected() -> None:
    notice = text("intrusion", intrusion())
    assert "迷惑メール：8万1,084件（10月12日午前9時現在）" in notice
    assert "- 数の内訳：20,271件×4回\n" in notice
    assert 20_271 * 4 == 81_084
    assert "影響はありません" not in notice
    assert "個人情報保護委員会への報告を準備しています。" in notice


def test_an_association_reports_to_its_regulator_and_says_why_it_took_so_long() -> None:
    notice = text("association-notice", association())
    assert "- 監督機関（庚田県）には、10月12日（水）に報告しました。" in notice
    assert "- 個人情報保護委員会には、10月7日（金）に報告しました。" in notice
    assert "お知らせまでに日数がかかった理由：捜索と、入っていた情報の確認に日数がかかった" in notice
    assert "市の職員" not in notice


def test_a_disciplinary_notice_says_no_more_of_the_person_than_the_criteria_allow() -> None:
    notice = text("discipline", discipline())
    assert "## 処分を受けた職員\n\n一般職の職員\n" in notice
    assert "## 処分を行った日\n\n9月30日（金）\n" in notice
    assert "これ以外のことは、お尋ねがあってもお答えしません。" in notice
    assert not re.search(r"[2-6]0代|女性|男性|主事|係長", notice)


def test_a_statement_on_a_fake_listing_neither_repeats_it_nor_says_how_the_real_one_differs() -> None:
    notice = text("rumour", COMPLETE["rumour"]())
    assert "出品された物は、尼崎市がなくした物ではないことを確かめました。" in notice
    assert "運営する会社に、6月23日（木）午後3時に削除を求めました。" in notice
    assert "http" not in notice
    gone = told(COMPLETE["rumour"](), "rumour_removed_at", "2022-06-23T16:00")
    assert "運営する会社に削除を求め、6月23日（木）午後4時に削除されたことを確かめました。" in text("rumour", gone)
    assert "偽物" not in text("rumour", rumoured(amagasaki(), rumour_fake="unknown"))


def test_what_is_only_considered_is_not_listed_as_done() -> None:
    notice = text("missent-mail", measured(missent(), 送信の仕組みを替える="considering"))
    done, still = notice.split("これから行うもの、検討しているもの")
    assert "送信の仕組みを替える" not in done
    assert "| 送信の仕組みを替える | 総務課 | 令和4年12月28日 | 検討中 |" in still
    assert "- 再発防止：送信の仕組みを替える（検討中）" in text(
        "apology-letter", measured(missent(), 送信の仕組みを替える="considering")
    )


@pytest.mark.parametrize(
    ("way", "says"),
    [
        ("letter", "10月4日（火）午前9時から、おわびと説明の連絡をしています。方法：手紙"),
        ("substitute", "この公表と、「お問い合わせ先」の窓口でお知らせします。"),
    ],
)
def test_how_the_persons_are_told(way: str, says: str) -> None:
    assert says in text("missent-mail", told(missent(), "individual_contact", way))


SHEETS = ("faq", "press-qa")


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("case", [opening, missent, amagasaki, lambda: amagasaki("2022-06-24T13:00")])
def test_a_sheet_begins_with_what_is_not_said_and_the_one_sentence_that_may_be(
    kind: str, case: Callable[[], Case]
) -> None:
    sheet = text(kind, case())
    _clean(sheet)
    headings = [line for line in sheet.splitlines() if line.startswith("#")]
    assert headings[1:3] == ["## 言わないこと", "### 情報の保護について聞かれたら、次の文だけを話します"]
    approved = sheet.split("### 情報の保護")[1].split("\n## ")[0]
    said = "- 紛失した媒体の保護の状況については、悪用を防ぐため、公表を控えます。"
    if case is missent:
        said = "- 情報の保護に関するご質問には、悪用を防ぐため、お答えしておりません。"
    assert [line for line in approved.splitlines() if line.startswith("- ")] == [said]


@pytest.mark.parametrize("kind", SHEETS)
def test_no_sheet_needs_a_second_person_for_its_own_words(kind: str) -> None:
    for case in (amagasaki(), amagasaki("2022-06-24T13:00"), missent()):
        drafting = draft(case, SHIPPED, kind, "ja")
        assert [one for one in drafting.findings if one.severity != "inform"] == []


@pytest.mark.parametrize("kind", SHEETS)
def test_each_question_has_an_answer_to_read_out_and_a_reason_to_stop_there(kind: str) -> None:
    asked = text(kind, amagasaki()).split("## 質問と答え\n")[1].split("\n## ")[0].split("### ")[1:]
    assert len(asked) >= 15
    for one in asked:
        question, answer, why, *_ = one.strip().split("\n\n")
        assert question.endswith(("か。", "ください。", "ました。", "です。"))
        assert answer.endswith("。")
        assert why.startswith("これ以上答えない理由：")


def test_the_desk_knows_how_to_meet_anger_danger_and_the_press() -> None:
    sheet = text("faq", amagasaki())
    for said in ("お怒りのとき", "どうしてくれるのですか", "命や体に関わる話", "報道機関からの電話", "#9110", "110番"):
        assert said in sheet
    assert "0120-746-370" in sheet
    assert "情報の漏えいがあったかどうか。媒体が見つかっていないため、" in sheet


def test_the_spokesperson_opens_with_the_apology_and_closes_with_when_and_whom_to_ask() -> None:
    case = told(amagasaki(), "next_update_at", "2022-06-24T17:00")
    sheet = text("press-qa", case)
    assert sheet.index("深くおわび申し上げます") < sheet.index("## 質問と答え")
    assert sheet.rstrip().endswith(
        "「皆さまからのお問い合わせは、総務局企画管理課、電話0120-746-370で受け付けます。"
        "受付時間は、毎日（土日祝日含む）午前9時から午後7時までです。」"
    )
    assert "「次は、6月24日（金）午後5時にお知らせします。」" in sheet
