"""A notice's Markdown as the screen draws it: nothing obeyed, each piece with its line, and nothing that jumps."""

from __future__ import annotations

import pytest

from runbook.tui.presenting import Shades
from runbook.tui.screens.notice.preview import moved, preview

SHADES = Shades()


def drawn(markdown: str, **marks: str) -> list[tuple[str, str, int]]:
    """The label, words and line of every piece."""
    lines = preview(markdown, {int(n[1:]): severity for n, severity in marks.items()}, SHADES)
    return [(line.piece.label, line.piece.text.plain, line.line) for line in lines]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# 題\n\n本文\n", [("", "題", 1), ("", "", 2), ("", "本文", 3)]),
        ("- 一\n- 二", [("-", "一", 1), ("-", "二", 2)]),
        (r"a \*b\* \[c\](d) \| \\ e", [("", r"a *b* [c](d) | \ e", 1)]),
        ("x **太い** y", [("", "x 太い y", 1)]),
        ("[押す](https://evil.example/)", [("", "[押す](https://evil.example/)", 1)]),
        ("<b>x</b> [red]y[/red]", [("", "<b>x</b> [red]y[/red]", 1)]),
        ("a\x1b[31mb", [("", "a␛[31mb", 1)]),
        (
            "| 項目 | 件数 |\n| --- | --- |\n| 甲\\|乙 | 5 |",
            [("-", "甲|乙", 3), (" ", "件数: 5", 3)],
        ),
        ("| not a table |", [("-", "not a table", 1)]),
        ("|", [("", "|", 1)]),
        ("", []),
    ],
)
def test_a_piece_of_markdown(markdown: str, expected: list[tuple[str, str, int]]) -> None:
    assert drawn(markdown) == expected


def test_bold_type_is_bold_and_an_escaped_star_is_a_star() -> None:
    (line,) = preview(r"a **b\*c** d", {}, SHADES)
    text = line.piece.text
    assert text.plain == "a b*c d"
    (span,) = text.spans
    assert (text.plain[span.start : span.end], span.style) == ("b*c", "bold")


def test_what_was_found_stands_out_by_a_sign_and_a_colour() -> None:
    lines = preview("ok\n- bad\nsoon", {2: "block", 3: "warn"}, SHADES)
    assert [line.piece.text.plain for line in lines] == ["ok", "! bad", "^ soon"]
    assert [line.piece.text.style for line in lines] == ["", SHADES.bad, SHADES.soon]


@pytest.mark.parametrize(
    ("before", "after", "top", "now"),
    [
        ("abcdef", "abcdef", 2, 2),
        ("abcdef", "axbcdef", 2, 3),  # one more line above: what was read moves down with it
        ("abcdef", "acdef", 2, 1),  # one less
        ("abcdef", "abXdef", 2, 2),  # the line at the top itself changed
        ("abcdef", "abef", 2, 0),  # it is gone: the next one that is left keeps its place
        ("aXbXcX", "aXbXcX", 3, 3),  # of several alike, the nearest
        ("abc", "xyz", 1, 1),
        ("abc", "", 1, 1),
    ],
)
def test_what_is_read_stays_where_it_is(before: str, after: str, top: int, now: int) -> None:
    assert moved(list(before), list(after), top) == now
