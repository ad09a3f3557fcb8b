"""The digests in easy Japanese: one page, the result first, one thing a sentence, and no word nobody explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from runbook.case import Case
from runbook.notices.documents import Document
from runbook.notices.drafting import Drafting, draft
from runbook.notices.formats import write
from tests.incidents import opening
from tests.noticing import SHIPPED, amagasaki, told

KINDS = ("city-page", "first-notice", "found-notice", "scam-caution")
RUBY = re.compile(r"(?<!\\)\{([^{}|\\]+)\|([ぁ-ゖー]+)\}")
CHARACTERS = 1000
"""At most on one A4 page, spaces not counted."""


@cache
def at_time(until: str, next_update: str) -> Case:
    case = told(amagasaki(until), "hotline_tested_at", "2022-06-23T08:00")
    return told(case, "next_update_at", next_update)


def lost() -> Case:
    return at_time("", "2022-06-24T17:00")


def found() -> Case:
    return at_time("2022-06-24T13:00", "2022-06-27T17:00")


def reported() -> Case:
    return at_time("2022-11-28T15:30", "2022-12-28T17:00")


@cache
def folder() -> Case:
    """A school's folder of papers, lost a moment ago: no contractor, nobody looks for it yet, and no accounts in it."""
    case = opening("2023-05-08T09:10")
    facts = {
        "organization": "甲野市",
        "media_kind": "紙のファイル",
        "media_count": "1",
        "noticed_at": "2023-05-08T08:40",
    }
    for name, typed in {**facts, "accounts_included": "no", "my_number": "yes", "persons": "31"}.items():
        case = told(case, name, typed)
    return case


COMPLETE: dict[str, tuple[Callable[[], Case], ...]] = {
    "city-page": (lost, found, reported),
    "first-notice": (lost, found),
    "found-notice": (found, reported),
    "scam-caution": (lost, found, reported),
}
EVERY = [(kind, made) for kind, cases in COMPLETE.items() for made in cases]


def drafted(kind: str, case: Case) -> Drafting:
    drafting = draft(case, SHIPPED, kind, "easy")
    assert drafting.trouble is None
    return drafting


def text(kind: str, case: Case) -> str:
    return drafted(kind, case).text


def read(text: str) -> str:
    """What stands on the page: without ruby, marks and spaces."""
    plain = RUBY.sub(r"\1", text).replace("\\", "")
    return re.sub(r"^(?:#+|-|\d+\.)\s|\s", "", plain, flags=re.MULTILINE)


def clean(text: str) -> None:
    for slip in ("None", "{{", "}}", "{%", "#}", "。。", "、、", "（）", "調べています調べています"):
        assert slip not in text, slip
    assert "{" not in RUBY.sub("", text).replace(r"\{", "")
    assert not re.search(r"[^\n]\n#|\n#[^\n]*\n[^\n]", text), "a heading needs an empty line before and after it"
    assert not re.search(r"\n[^-\n0-9][^\n]*\n- ", text), "a list needs an empty line before it"


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_case_opened_just_now_each_gap_is_named(kind: str) -> None:
    drafting = drafted(kind, opening())
    assert [gap.fact for gap in drafting.missing] == list(drafting.head.requires)
    for gap in drafting.missing:
        assert (
            gap.fact in ("datasets", "my_number", "media_kind", "next_update_at")
            or f"【{gap.title.ja}：確認中】" in drafting.text
        )
    clean(drafting.text)


@pytest.mark.parametrize(("kind", "made"), EVERY)
def test_complete_it_lacks_nothing_and_could_be_submitted(kind: str, made: Callable[[], Case]) -> None:
    drafting = drafted(kind, made())
    assert drafting.missing == ()
    assert [(finding.rule, finding.excerpt) for finding in drafting.stopping] == []
    assert drafting.head.title
    assert drafting.head.approver
    assert "【" not in drafting.text
    clean(drafting.text)


@pytest.mark.parametrize(("kind", "made"), EVERY)
def test_it_has_no_more_than_one_page(kind: str, made: Callable[[], Case]) -> None:
    drafting = drafted(kind, made())
    assert len(read(drafting.text)) <= CHARACTERS
    document = Document(
        markdown=drafting.text, written="easy", title=drafting.head.title, stem=kind, issued=made().now, draft=False
    )
    assert len(PdfReader(BytesIO(write(document, "pdf"))).pages) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("made", [lost, found, reported, folder])
def test_it_can_be_drafted_at_any_time(kind: str, made: Callable[[], Case]) -> None:
    clean(text(kind, made()))


@pytest.mark.parametrize(("kind", "made"), EVERY)
def test_the_first_paragraph_tells_what_happened_and_apologises(kind: str, made: Callable[[], Case]) -> None:
    lead = text(kind, made()).split("\n## ")[0]
    assert "尼崎市" in lead
    assert "なくし" in lead
    assert "{申|もう}し{訳|わけ}ありません（ごめんなさい）。" in lead


@pytest.mark.parametrize(("kind", "made"), EVERY)
def test_sentences_are_short_and_polite(kind: str, made: Callable[[], Case]) -> None:
    template = (line for line in text(kind, made()).splitlines() if line and not line.startswith("#"))
    for line in template:
        for sentence in RUBY.sub(r"\1", line).split("。")[:-1]:
            own = re.sub(r"（[^（）]*）", "", sentence.split("：")[-1])
            assert len(own.replace(" ", "")) <= 55, sentence
            assert re.search(r"(?:です|ます|ません|ました|ください|なかった)$", own.strip("-123456 ")), sentence


@pytest.mark.parametrize("kind", KINDS)
def test_hard_words_have_their_reading(kind: str) -> None:
    """Above the word, or in the brackets that explain it; a value from the record stands as it was recorded."""
    for line in text(kind, lost()).splitlines():
        own = line.split("：")[0] if re.match("- [^（]+：", line) else line
        for word in ("個人情報", "口座", "銀行", "通帳", "警察", "詐欺", "専門家", "情報", "番号", "電話"):
            for place in re.finditer(word, own):
                assert re.match(r"\|[ぁ-ん]+\}|（[ぁ-ん]+：", own[place.end() :]), line


@pytest.mark.parametrize(("kind", "made"), EVERY)
def test_whom_to_call_and_what_to_do(kind: str, made: Callable[[], Case]) -> None:
    said = text(kind, made())
    assert "\n- {電話|でんわ}：0120-746-370（{日本語|にほんご}が むずかしい ときは、" in said
    assert "\n- {時間|じかん}：毎日（土日祝日含む）午前9時から午後7時まで\n" in said
    assert "\n## あなたに してほしいこと" in said
    assert "#9110" in said


def test_legal_words_and_eras_stay_out() -> None:
    for kind, made in EVERY:
        said = text(kind, made())
        assert not re.search(r"法第|条例|第\d+条|令和\d+年\d+月|委託|漏えい(?!は確認)|媒体(?!・)", said)
    assert "2022年6月23日（木曜日）午前11時" in text("first-notice", lost())


def test_the_state_of_things_leads_and_follows_the_case() -> None:
    for kind in ("city-page", "first-notice"):
        said = text(kind, lost())
        assert "- なくした ものは、まだ 見つかっていません（6月23日午前11時）。\n- 今 さがしています。\n" in said
        assert "まだ わかりません。見られたかもしれないと 考えて" in said
    for kind in ("city-page", "first-notice", "found-notice"):
        said = text(kind, found())
        assert "さがしています" not in said
        assert "見たか、{写|うつ}したかは、まだ わかりません（6月24日午後1時）。" in said
    said = text("city-page", reported())
    assert "わかったこと：媒体・パソコン・サーバーを調べた結果、個人情報の漏えいは確認されなかった。" in said
    assert "まだ わかりません" not in said


def test_never_safe_and_never_that_nobody_will_call() -> None:
    for kind, made in EVERY:
        said = read(text(kind, made()))
        assert not re.search(r"安心|大丈夫|だいじょうぶ|(?:電話|連絡)は?しません", said)


def test_my_number_and_accounts() -> None:
    said = text("first-notice", folder())
    assert "- マイナンバーが 入っています。\n" in said
    assert "の {番号|ばんごう}は 入っていません。\n" in said
    assert "{通帳|つうちょう}" not in said
    said = text("first-notice", lost())
    assert "- マイナンバーは 入っていません。\n" in said
    assert "{通帳|つうちょう}や お金の {記録|きろく}を 見てください。" in said


def test_estimates_and_hearsay_are_said_in_easy_words() -> None:
    case = told(
        told(folder(), "persons", "40", status="estimate"), "search_ongoing", "yes", status="claimed", source="学校"
    )
    said = text("first-notice", case)
    assert "今 さがしています（学校の 話）。" in said
    assert "だいたい 40人" in said


def test_whoever_comes_to_the_door_is_said_who_that_is_and_next_news_is_never_just_being_checked() -> None:
    said = read(text("first-notice", folder()))
    assert "市や銀行の人だとうそを言う人が、家に来るかもしれません。家に入れないでください。" in said
    assert "次にいつお知らせするかは、まだ決まっていません。新しいことがわかったら、すぐにお知らせします。" in said


def test_an_examination_is_under_way_only_once_it_was_ordered() -> None:
    ordered = told(found(), "forensic_ordered_at", "2022-06-24T12:45")
    for kind in ("city-page", "first-notice", "found-notice"):
        assert "だれがどのように調べるかは、決まったらお知らせします。" in read(text(kind, found()))
        assert "調べています。" in read(text(kind, ordered))
        assert "だれがどのように" not in read(text(kind, ordered))


def test_the_caution_tells_that_what_was_lost_has_been_found() -> None:
    assert "一度なくしました。今は、見つかっています。" in read(text("scam-caution", found()))
    assert "見つかっています" not in read(text("scam-caution", lost()))
