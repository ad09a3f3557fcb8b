"""Plain text: 35 full-width columns, and lines that begin and end as Japanese ones may."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.notices.formats import write
from runbook.notices.formats.kinsoku import wrap
from runbook.wording.safe import cells
from tests.documenting import document

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("あいうえおか", 10, ["あいうえお", "か"]),
        ("あいうえ、か", 10, ["あいうえ、", "か"]),
        ("あいうえお、か", 10, ["あいうえ", "お、か"]),  # 行頭の読点は、前の字ごと次の行へ
        ("あいうえお。」か", 10, ["あいうえ", "お。」か"]),
        ("あいうえっとか", 8, ["あいう", "えっとか"]),
        ("あいうカードか", 8, ["あいう", "カードか"]),
        ("人々は時々来る", 6, ["人々は", "時々来", "る"]),
        ("あい人々は", 6, ["あい", "人々は"]),
        ("あいうえ「か」", 10, ["あいうえ", "「か」"]),  # 行末の始め括弧は次の行へ
        ("あい（うえお）", 8, ["あい（う", "えお）"]),
        ("電話は0120-746-370です", 16, ["電話は", "0120-746-370です"]),
        ("対象は46万517人です", 12, ["対象は", "46万517人で", "す"]),
        ("約46万517人", 8, ["約46万51", "7人"]),  # 行より長ければ、やむをえず切る
        ("件数は7万4,767世帯だ", 16, ["件数は", "7万4,767世帯だ"]),
        ("令和4年6月23日午前11時に", 21, ["令和4年6月23日午前", "11時に"]),
        ("the quick brown fox", 10, ["the quick", "brown fox"]),
        ("see https://a.example/b", 40, ["see https://a.example/b"]),
        ("ＵＳＢメモリー", 10, ["ＵＳＢメモ", "リー"]),
        ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
        ("、" * 7, 10, ["、" * 5, "、" * 2]),
        ("一\n\n二", 10, ["一", "", "二"]),
        ("", 10, [""]),
        ("か\u3099か\u3099か\u3099", 4, ["か\u3099か\u3099", "か\u3099"]),  # 分けて書いた濁点も離さない
        ("葛\U000e0100葛\U000e0100葛", 4, ["葛\U000e0100葛\U000e0100", "葛"]),
    ],
)
def test_lines_break_where_they_may(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


SAID = st.text(st.sampled_from("あいう漢字、。「」（）ッーabc 019,.-()万人件Ａ０\n"), max_size=200)


@given(SAID, st.integers(20, 70))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(cells(line) <= width for line in lines)


@given(SAID)
def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket(text: str) -> None:
    """Unless it holds nothing else that could be moved."""
    for before, after in zip(lines := wrap(text.replace("\n", ""), 70), lines[1:], strict=False):
        movable = [char for char in before if char in "あいう漢字"]
        if len(movable) > 3 and cells(before) > 60:
            assert after[:1] not in tuple("、。」）ッー")
            assert before[-1:] not in tuple("「（")


TABLE = """\
# お知らせ（第1報）

| データ項目 | 件数 | 含まれる情報 |
| --- | --- | --- |
| 住民基本台帳 | 46万517人 | 統一コード、氏名、郵便番号、住所、生年月日、性別、住民となった年月日、世帯主の氏名 |
| 口座 | 1万6,765件 | 口座番号 |
"""


def test_a_table_is_a_block_of_lines_for_each_row() -> None:
    assert write(document(TABLE), "txt").decode() == (
        "お知らせ（第1報）\n=================\n\n"
        "◆ データ項目：住民基本台帳\n  件数：46万517人\n"
        "  含まれる情報：統一コード、氏名、郵便番号、住所、生年月日、性別、住民\n  となった年月日、世帯主の氏名\n\n"
        "◆ データ項目：口座\n  件数：1万6,765件\n  含まれる情報：口座番号\n"
    )


def test_a_whole_notice_reads_like_this() -> None:
    """Read by hand; every kind of block, a draft of a drill."""
    text = write(document(draft=True, drill="drill"), "txt").decode()
    assert text == (GOLDEN / "notice.txt").read_text("utf-8")
    assert all(cells(line) <= 70 for line in text.splitlines())


def test_english_has_its_own_signs() -> None:
    text = write(document("# A\n\n- one\n\n| Data | Count |\n| --- | --- |\n| a | 1 |\n", written="en"), "txt").decode()
    assert text == "A\n=\n\n- one\n\n◆ Data: a\n  Count: 1\n"
