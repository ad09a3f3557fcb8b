"""What the guardrails find: the hard sentences, the harmless ones, and words hidden without meaning to."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.guardrails import State, findings, names_secret
from runbook.guardrails.canon import Page, unpaused
from tests import guardrail_sentences as sentences
from tests.test_guardrails_rules import RULES

CAREFUL = State()
SECRET = {"G01", "G02", "G03", "G04"}
HERE = SECRET | {"G05", "G06", "G07"}
"""The rules on the secret and on reassurance; what else a sentence may trip has its own tests."""


def tripped(text: str, state: State = CAREFUL) -> set[str]:
    return {finding.rule for finding in findings(text, RULES, state)} & HERE


@pytest.mark.parametrize("text", sentences.DISCLOSING)
def test_no_disclosing_sentence_passes_unseen(text: str) -> None:
    assert tripped(text) & SECRET


def test_most_disclosing_sentences_are_blocked_and_not_only_reviewed() -> None:
    """The patterns help the writer; the review is the net under them. Fewer than before means a pattern was lost."""
    blocked = [text for text in sentences.DISCLOSING if tripped(text) & {"G01", "G03"}]
    assert len(blocked) >= 0.75 * len(sentences.DISCLOSING)


@pytest.mark.parametrize("text", sentences.UNPROTECTED)
def test_missing_protection_is_blocked_while_the_medium_is_lost(text: str) -> None:
    assert "G03" in tripped(text)
    assert "G03" not in tripped(text, State(lost=False))


@pytest.mark.parametrize("text", sentences.HARMLESS)
def test_a_harmless_sentence_passes(text: str) -> None:
    assert tripped(text) == set()


@pytest.mark.parametrize("text", sentences.NAMING_BUT_HARMLESS)
def test_a_sentence_that_only_names_the_secret_is_reviewed_and_not_blocked(text: str) -> None:
    assert tripped(text) == {"G02"}


@pytest.mark.parametrize("text", sentences.BLOCKED)
def test_a_lock_with_a_count_a_look_alike_and_a_denied_guess_are_blocked(text: str) -> None:
    assert "G01" in tripped(text)


@pytest.mark.parametrize("text", sentences.BOASTING)
def test_praise_of_the_protection_is_reviewed(text: str) -> None:
    assert "G04" in tripped(text)


@pytest.mark.parametrize(
    "text",
    [
        "パスワードは13桁の英数字で、破られる心配はまずありません。",
        "The password has 13 characters and is impossible to guess.",
    ],
)
def test_praise_is_found_beside_what_gives_the_password_away_in_the_same_sentence(text: str) -> None:
    assert tripped(text) & SECRET == {"G01", "G04"}


@pytest.mark.parametrize("text", sentences.NOT_BLOCKED)
def test_what_a_data_field_looks_like_is_no_secret(text: str) -> None:
    assert tripped(text) <= {"G05"}


@pytest.mark.parametrize("text", sentences.BARE)
def test_a_bare_not_confirmed_is_noticed(text: str) -> None:
    assert tripped(text) == {"G06"}


@pytest.mark.parametrize("text", sentences.NOT_BARE)
def test_not_confirmed_with_a_time_or_an_inquiry_passes(text: str) -> None:
    assert "G06" not in tripped(text)


@pytest.mark.parametrize("text", sentences.FOUND_SAFE)
def test_found_is_not_safe_until_the_examination_has_ended(text: str) -> None:
    assert "G07" in tripped(text)
    assert "G07" in tripped(text, State(lost=False))
    assert "G07" not in tripped(text, State(lost=False, examined=True))


@pytest.mark.parametrize("text", sentences.NOT_SAFE)
def test_what_only_sounds_like_it_passes(text: str) -> None:
    assert "G07" not in tripped(text)


def test_the_inquiry_may_stand_two_sentences_away_and_no_further() -> None:
    bare, filler, inquiry = "情報の流出は確認されていません。", "お詫びします。", "調査を続けています。"
    assert tripped(bare + filler + inquiry) == set()
    assert tripped(inquiry + filler + bare) == set()
    assert tripped(bare + filler + filler + inquiry) == {"G06"}


HIDDEN = [
    "パス\u200bワードは13\u00ad桁です。",
    "ﾊﾟｽﾜｰﾄﾞは１３桁です。",
    "パスワードは十三桁です。",
    "パスワードは一三桁です。",
    "パ<b>ス</b>ワー<span class='x'>ド</span>は13桁です。",
    "&#x30D1;スワード&#12399;13桁です。",
    "パスワー\nドは\n１３\n桁です。",
    "パ ス ワ ー ド は 1 3 桁です。".replace("1 3", "13"),
    "パス**ワード**は`13`桁です。",
    r"パス\_ワードは13桁です。".replace(r"\_", "_"),
    "| パスワード | 13桁 |",
    "<p>ご説明</p><img src='x.png' alt='パスワードは13桁'>",
    "<!-- パスワードは13桁 -->",
    "<td>パスワード<br>13桁</td>",
    "パスワードを設定しています。\n\n- 13桁です。\n",
    "パスワードについて\n\n長さは13桁で、英数字です。",
    "Q1. パスワードの桁数は？\nA1. 13です。",
    "Pass\u200bword: ＴＨＩＲＴＥＥＮ characters.",
    "The pass&shy;word is thirteen&nbsp;characters long.",
    "The P\u00e1ssword is twenty-four\ncharacters long.",
    "The password’s length: a dozen characters.",
    "パ\uff9dスワード".replace("\uff9d", "\ufe0e") + "は13桁です。",
    "PASSWORDは13桁です。",
    "\u30cf\u309aスワードは13桁です。",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_hidden_word_is_read(text: str) -> None:
    assert "G01" in tripped(text)


@pytest.mark.parametrize("text", ["バイパスは通れません。", "パスポートは不要です。", "10時に出発です。", "spinning"])
def test_a_word_within_a_word_is_not_the_secret(text: str) -> None:
    assert not names_secret(text)


@pytest.mark.parametrize(
    ("text", "line", "excerpt"),
    [
        ("お知らせ\n\n6月23日\n当該のUSBの\n<b>パスワード</b>は十三桁です。\n以上", 5, "<b>パスワード</b>は十三桁です"),
        ("a\r\nb\r\n\r\nThe password has 13 characters.\r\nEnd.", 4, "The password has 13 characters"),
        ("一。\n<div\nclass='a'>\n&#12497;スワードは13桁</div>", 4, "&#12497;スワードは13桁"),
        ("\u200b\n\n\n・パ\u200bスワードは13桁", 4, "パ\u200bスワードは13桁"),
    ],
)
def test_a_finding_names_the_line_and_quotes_the_text_as_given(text: str, line: int, excerpt: str) -> None:
    (finding,) = findings(text, RULES, CAREFUL)
    assert finding.rule == "G01"
    assert finding.line == line
    assert excerpt in finding.excerpt


def test_a_finding_carries_what_the_rule_says() -> None:
    (finding,) = findings("The password has 13 characters.", RULES, CAREFUL)
    rule = next(rule for rule in RULES.rules if rule.id == "G01")
    assert (finding.severity, finding.message, finding.why) == ("block", rule.message, rule.why)


def test_findings_come_in_order_and_the_excerpt_of_an_endless_sentence_is_short() -> None:
    text = "漏えいはありません。\n" + "あ" * 5000 + "パスワードは13桁です" + "い" * 5000
    first, second = findings(text, RULES, CAREFUL)
    assert [(first.rule, first.line), (second.rule, second.line)] == [("G07", 1), ("G01", 2)]
    assert "パスワード" in second.excerpt
    assert len(second.excerpt) <= 240


def test_a_sentence_two_people_released_passes_word_for_word() -> None:
    released = State(approved=frozenset({"USBメモリーにはパスワードが設定されています。"}))
    assert tripped("ＵＳＢメモリーには、\nパスワードが設定されています。".replace("、\n", "\n"), released) == set()
    assert tripped("USBメモリーには13桁のパスワードが設定されています。", released) == {"G01"}
    assert tripped("USBメモリーにはパスワードが設定されていました。", released) == {"G02"}


APPROVED = [text for one in RULES.approved for text in (one.ja, one.en)]


@pytest.mark.parametrize(
    "text",
    [
        "紛失した媒体の保護の状況については、悪用を防ぐため公表を控えます。",
        "紛失した媒体の保護の状況については悪用を防ぐため公表を控えます。",
        "パスワードに関するご質問には，悪用を防ぐためお答えしておりません。",
        "パスワードに、関するご質問には、悪用を防ぐため、 お答えしておりません。",
        "To prevent misuse we do not answer questions about passwords.",
        "To prevent misuse ,we do not answer questions, about passwords.",
    ],
)
def test_an_approved_sentence_passes_with_a_comma_more_or_less(text: str) -> None:
    assert tripped(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "パスワードに関するご質問には、悪用を防ぐため、お答えできません。",
        "パスワードに関するご質問には、お答えしておりません。",
        "パスワードに関するご質問には、悪用を防ぐため・お答えしておりません。",
        "To prevent misuse; we do not answer questions about passwords.",
        "We do not answer questions about passwords, to prevent misuse.",
    ],
)
def test_an_approved_sentence_in_other_words_is_reviewed(text: str) -> None:
    assert tripped(text) & {"G01", "G02"}


def test_a_comma_between_figures_is_part_of_the_number() -> None:
    released = State(approved=frozenset({"パスワードは1,3の件です。"}))
    assert tripped("パスワードは1,3の件です。", released) == set()
    assert tripped("パスワードは13の件です。", released) & {"G01", "G02"}


@given(st.sampled_from(APPROVED), st.data())
def test_commas_alone_make_no_finding_and_anything_else_does(sentence: str, data: st.DataObject) -> None:
    words = [char for char in sentence.rstrip("。.") if char not in "、,"]
    for _ in range(data.draw(st.integers(0, 3))):
        words.insert(data.draw(st.integers(1, len(words))), data.draw(st.sampled_from("、，,")))
    if not sentence.isascii():  # within an English word a comma makes two of it
        assert tripped("".join(words) + "。") == set()
    at = data.draw(st.integers(1, len(sentence) - 2))
    other = data.draw(st.sampled_from("のは3xa桁字一"))
    assert unpaused(Page(sentence[:at] + other + sentence[at:]).texts[0]) != unpaused(Page(sentence).texts[0])


@given(st.text("ab1３あ漢、，, 。.\n", max_size=12), st.text("ab1３あ漢、，, 。.\n", max_size=12))
def test_what_reads_alike_without_commas_has_the_same_letters(one: str, other: str) -> None:
    def letters(text: str) -> str:
        return "".join(char for char in text if char not in "、，, ")

    assert unpaused(unpaused(one)) == unpaused(one)
    if unpaused(one) == unpaused(other):
        assert letters(one) == letters(other)


def test_a_token_in_an_address_is_not_a_guess() -> None:
    assert tripped("https://example.lg.jp/kikaku2022/index.html") == set()
    assert tripped("推測されている kikaku2022 など。") == {"G02"}


PIECES = (
    *("パスワード", "13桁", "。", "漏えい", "ません", "十", "が", "ﾞ", "　", "- ", "é", "İ", "\u200b", "\ud800"),
    *("password ", "no ", "not ", "data ", "thirteen ", " ", "\n", "\r\n", "*", "_", "\\"),
    *("<b>", "</p>", "<!--", "&amp;", "&#x30;", "&#10;"),
)
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)


@given(pieces)
def test_any_text_is_read_and_every_finding_points_into_it(text: str) -> None:
    lines = text.split("\n")
    for finding in findings(text, RULES, CAREFUL):
        assert 1 <= finding.line <= len(lines)
        assert finding.excerpt
        assert finding.excerpt.split()[0] in text


@given(st.lists(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad\u202e"), max_size=3).map("".join), st.integers(0, 5))
def test_no_invisible_character_hides_the_word(hidden: str, at: int) -> None:
    word = "パスワード"
    assert "G01" in tripped(f"お知らせ。{word[:at]}{hidden}{word[at:]}は13桁です。")


@pytest.mark.parametrize(
    "unit", ["_", " ", "\n", "<a ", "パスワードは市名と", "no data not ", "漏えいは", "一", "a@", "&#"]
)
def test_reading_takes_time_in_proportion_to_the_text(unit: str) -> None:
    """100,000 characters take 0.2 s; where the time grew with the square of the length it was 50 s."""
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    findings(text, RULES, CAREFUL)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    "text", ["パス{ワード|わーど}は13桁です。", "{暗証番号|あんしょうばんごう}は 4けたです。", "{鍵|13桁}"]
)
def test_a_word_with_its_reading_above_is_read(text: str) -> None:
    assert tripped(text) & {"G01", "G02"}
