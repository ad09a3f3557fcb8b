"""Wording by hand over a text that goes on changing: nothing is lost, whoever changed it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.notices.merging import Side, changes, merge, sentences, settle

SENTENCE = st.sampled_from(
    ["市は謝ります。", "人数は3人です。", "The stick is lost. ", "\n", "- 電話：0120\n", "# 題\n", "次は5時です。"]
)
TEXT = st.lists(SENTENCE, max_size=12).map("".join)

BASE = "市はおわびします。対象は549人です。\n\n媒体は見つかっていません。次は午後5時にお知らせします。\n"


@given(TEXT)
def test_the_sentences_of_a_text_are_the_whole_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_sentence_ends_with_its_stop_or_its_line() -> None:
    assert sentences("甲です。乙です。\n丙 v1.2 の丁. Then more") == [
        "甲です。",
        "乙です。",
        "\n",
        "丙 v1.2 の丁.",
        " Then more",
    ]


@given(TEXT, TEXT)
def test_what_one_side_alone_changed_is_taken_over(base: str, other: str) -> None:
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other
    assert merge(base, other, other).text == other
    assert not merge(base, other, base).conflicts
    assert not merge(base, base, other).conflicts
    assert not merge(base, other, other).conflicts


def test_both_changed_different_sentences() -> None:
    mine = BASE.replace("おわびします", "深くおわびします")
    theirs = BASE.replace("見つかっていません", "見つかりました")
    merged = merge(BASE, mine, theirs)
    assert merged.text == mine.replace("見つかっていません", "見つかりました")
    assert merged.conflicts == ()


def test_both_changed_the_same_sentence_people_keep_their_words_and_the_conflict_is_shown() -> None:
    mine = BASE.replace("次は午後5時にお知らせします。", "次は夕方にお知らせします。")
    theirs = BASE.replace("午後5時", "午後7時").replace("549人", "612人")
    merged = merge(BASE, mine, theirs)
    assert merged.text == mine.replace("549人", "612人")
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (
        "次は午後5時にお知らせします。",
        "次は夕方にお知らせします。",
        "次は午後7時にお知らせします。",
    )
    assert conflict.line == 3


def test_a_conflict_over_a_sentence_people_deleted() -> None:
    merged = merge(BASE, BASE.replace("対象は549人です。", ""), BASE.replace("549人", "612人"))
    assert [(one.mine, one.theirs) for one in merged.conflicts] == [("", "対象は612人です。")]
    assert "人です" not in merged.text


@pytest.mark.parametrize(
    ("take", "kept"), [("mine", "次は夕方にお知らせします。"), ("theirs", "次は午後7時にお知らせします。")]
)
def test_a_settled_conflict_is_none_any_more(take: str, kept: str) -> None:
    mine = BASE.replace("午後5時", "夕方").replace("549人", "数百人")
    theirs = BASE.replace("午後5時", "午後7時").replace("549人", "612人")
    assert len(merge(BASE, mine, theirs).conflicts) == 2
    done = settle(BASE, mine, theirs, 1, "mine" if take == "mine" else "theirs")
    again = merge(done.base, done.text, theirs)
    assert kept in again.text
    (left,) = again.conflicts
    assert left.mine == "対象は数百人です。"


@given(TEXT, TEXT, TEXT)
def test_no_sentence_of_people_is_lost_unseen(base: str, mine: str, theirs: str) -> None:
    """Every sentence people wrote is in the merged text, unless it was the template's own and the facts took it
    away."""
    merged = merge(base, mine, theirs)
    for sentence in set(sentences(mine)) - set(sentences(base)):
        assert sentence in merged.text


@given(TEXT, TEXT, TEXT, st.sampled_from(["mine", "theirs"]))
def test_settling_one_conflict_after_another_comes_to_an_end(base: str, mine: str, theirs: str, take: Side) -> None:
    """Also where the same sentences stand again and again, so that what is left is cut anew."""
    for _ in sentences(base + mine + theirs):
        if not merge(base, mine, theirs).conflicts:
            break
        done = settle(base, mine, theirs, 0, take)
        base, mine = done.base, done.text
    assert not merge(base, mine, theirs).conflicts


def test_the_sentences_that_were_changed() -> None:
    now = BASE.replace("549人", "612人") + "連絡先は市役所です。\n"
    assert [(one.was, one.now, one.line) for one in changes(BASE, now)] == [
        ("対象は549人です。", "対象は612人です。", 1),
        ("", "連絡先は市役所です。", 4),
    ]
    assert changes(BASE, BASE) == ()
