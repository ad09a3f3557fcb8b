"""Breaking text into lines by cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from runbook.tui.wrapping import hung, wrap

TEXTS = st.text(alphabet="あ漢、。（）「」 ab1.-\n", max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("気づいた時刻です。", 10, ["気づいた時", "刻です。"]),
        ("気づいた時。次", 10, ["気づいた", "時。次"]),  # no line begins with a full stop
        ("あいう（え）", 8, ["あいう", "（え）"]),  # nor ends with an opening bracket
        ("USBメモリー", 9, ["USBメモ", "リー"]),  # nor begins with a long vowel's mark
        ("1「、", 3, ["1", "「", "、"]),  # where no rule can be kept, the width is
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("a\n\nb", 4, ["a", "", "b"]),
    ],
)
def test_where_lines_break(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrap(Text(text), width)] == lines


@given(TEXTS, st.integers(2, 30))
@settings(max_examples=500)
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = [line.plain for line in wrap(Text(text), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_styles_stay_with_their_words() -> None:
    first, second = wrap(Text.assemble("あい", ("うえ", "bold")), 6)
    assert [(span.start, span.end) for span in first.spans] == [(2, 3)]
    assert [(span.start, span.end) for span in second.spans] == [(0, 1)]


def test_what_stands_behind_a_sign_hangs_beside_it() -> None:
    text = Text("期限を過ぎました。理由を書きます。", "bold")
    shown = hung("!", text, 14)
    assert shown.plain == "! 期限を過ぎま\n  した。理由を\n  書きます。"
    assert shown.spans[0].style == "bold"
    assert hung("!", Text("no"), 14).plain == "! no"
