"""Hostile text: shown as text, never obeyed, never dropped in silence."""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from runbook.wording.safe import cells, clip, fold, for_html, for_markdown, for_spreadsheet, for_terminal

HOSTILE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
any_text = st.text(st.characters(exclude_categories=[])) | st.text(
    "\x1b[]0;\x07\n\r\t\x9b\u202e\u200b\ud800<>`*_#-1.)= |a"
)


def hostile(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in HOSTILE}


def test_no_hostile_character_of_unicode_is_left_out() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in HOSTILE:
            shown = for_terminal(f"a{char}b")
            assert not hostile(shown), hex(code)
            assert len(shown) > 2, hex(code)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]0;title\x07", "␛[31mred␛]0;title␇"),
        ("a\x9b2J", "a<U+009B>2J"),
        ("\u202eoot\u2066", "<U+202E>oot<U+2066>"),
        ("a\u200bb\ufeff", "a<U+200B>b<U+FEFF>"),
        ("\ud83d", "<U+D83D>"),
        ("one\ntwo\tthree\r", "one␊two␉three␍"),
        ("\x7f\x00", "␡␀"),
        ("尼崎市 46万517人、café", "尼崎市 46万517人、café"),
        ("葛\U000e0100城", "葛\U000e0100城"),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_line_ends_stay_where_lines_are_wanted() -> None:
    assert for_terminal("one\r\ntwo\n\tthree\rfour", multiline=True) == "one\ntwo\n␉three␍four"


@given(any_text, st.booleans())
def test_terminal_text_is_clean_and_stays_as_it_is(text: str, multiline: bool) -> None:
    shown = for_terminal(text, multiline)
    assert hostile(shown) <= ({"\n"} if multiline else set())
    assert for_terminal(shown, multiline) == shown
    assert len(shown) >= len(text) - text.count("\r\n")


@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
@given(text=any_text)
def test_markdown_reads_it_as_plain_words(dialect: str, text: str) -> None:
    parser = MarkdownIt(dialect, {"linkify": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(for_markdown(text))
    words = " ".join(for_terminal(text, multiline=True).split())
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if words else [])
    if words:
        children = tokens[1].children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == words


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("050-3133-1403（9:00から）", "050-3133-1403（9:00から）"),
        ("# 見出し", r"\# 見出し"),
        ("1. first", r"1\. first"),
        ("(1) first", r"(1\) first"),
        ("- item\n> quote", r"\- item \> quote"),
        ("a | b <script>", r"a \| b \<script\>"),
        ("[x](http://example.com) ![y](z)", r"\[x\](http://example.com) !\[y\](z)"),
        ("{{ jinja }} $x$ @key", r"\{\{ jinja \}\} \$x\$ \@key"),
    ],
)
def test_markdown_escapes_what_it_must_and_no_more(text: str, escaped: str) -> None:
    assert for_markdown(text) == escaped


class Reader(HTMLParser):
    """The texts and the first attribute of a fragment, and every tag it opened."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.attribute: str | None = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attribute = attrs[0][1]

    def handle_data(self, data: str) -> None:
        self.text += data


@given(any_text)
def test_html_reads_it_as_text_and_as_an_attribute(text: str) -> None:
    reader = Reader()
    reader.feed(f'<p title="{for_html(text)}">{for_html(text)}</p>')
    reader.close()
    shown = for_terminal(text, multiline=True)
    assert (reader.tags, reader.text, reader.attribute) == (["p"], shown, shown)


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@cmd", "＝1+1", "－1", "  =1", "\n=1", "　@x", "=HYPERLINK(1)"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert for_spreadsheet(text) == f"'{text}"


@pytest.mark.parametrize("text", ["460,517", "尼崎市", "a=b", "'=1", "", "1-2"])
def test_other_cells_stay(text: str) -> None:
    assert for_spreadsheet(text) == text


@given(any_text)
def test_a_cell_is_safe_at_once_and_comes_back_through_csv(text: str) -> None:
    cell = for_spreadsheet(text)
    assert for_spreadsheet(cell) == cell
    assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "\t", "\r")
    out = io.StringIO(newline="")
    csv.writer(out).writerow([cell, "next"])
    assert next(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [cell, "next"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("佐藤 花子", "佐藤　花子"),
        ("佐藤花子", " 佐藤 花子 "),
        ("Ｓａｔｏ", "sato"),
        ("ｻﾄｳ", "サトウ"),
        ("佐藤\u200b", "佐藤"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_different_names_stay_different() -> None:
    assert len({fold(name) for name in ("佐藤", "佐籐", "さとう", "サトウ", "Sato", "Satou")}) == 6


@given(any_text)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("尼崎市", 6), ("ｶﾞ", 2), ("か\u3099", 2), ("…", 1), ("", 0), ("é", 1), ("e\u0301", 1)],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("尼崎市役所", 10, "尼崎市役所"),
        ("尼崎市役所", 9, "尼崎市.."),
        ("尼崎市役所", 8, "尼崎市.."),
        ("尼崎市役所", 7, "尼崎.."),
        ("abcdef", 5, "abc.."),
        ("abcdef", 2, ".."),
        ("abcdef", 1, "."),
        ("abcdef", 0, ""),
    ],
)
def test_clip(text: str, width: int, clipped: str) -> None:
    assert clip(text, width) == clipped


@given(any_text, st.integers(0, 30))
def test_clipped_text_fits_and_is_clipped_only_where_it_must_be(text: str, width: int) -> None:
    clipped = clip(text, width)
    assert cells(clipped) <= width
    assert (clipped == text) == (cells(text) <= width) or clipped.endswith(".")
