"""The one reading of a notice's Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.notices.formats.page import Heading, Items, Line, Page, Paragraph, Quote, Run, Table, read_page, said
from runbook.wording.safe import for_markdown


def line(markdown: str) -> tuple[Run, ...]:
    """The runs of a text that is one paragraph."""
    (block,) = read_page(markdown)
    assert isinstance(block, Paragraph)
    return block.runs


def test_a_notice_becomes_blocks() -> None:
    page = read_page("# 題\n\n文。\n\n- 一\n- 二\n\n3. 三\n\n> 引用\n\n---\n\n| a | b |\n| --- | ---: |\n| c | d |\n")
    assert page == (
        Heading(1, (Run("題"),)),
        Paragraph((Run("文。"),)),
        Items(0, ((Paragraph((Run("一"),)),), (Paragraph((Run("二"),)),))),
        Items(3, ((Paragraph((Run("三"),)),),)),
        Quote((Paragraph((Run("引用"),)),)),
        Line(),
        Table((), ((Run("a"),), (Run("b"),)), (((Run("c"),), (Run("d"),)),), (False, True)),
    )


@pytest.mark.parametrize(
    ("markdown", "runs"),
    [
        ("**太**字", (Run("太", strong=True), Run("字"))),
        ("*a* ***b***", (Run("a", emphasis=True), Run(" "), Run("b", strong=True, emphasis=True))),
        ("1行目です。\n2行目です。", (Run("1行目です。2行目です。"),)),
        ("1行目は、\nUSBメモリー", (Run("1行目は、USBメモリー"),)),
        ("one\ntwo", (Run("one two"),)),
        ("一\\\n二", (Run("一"), Run("\n"), Run("二"))),
        ("**一**\n**二**", (Run("一二", strong=True),)),
        ("{漢字|かんじ}と{申|もう}す", (Run("漢字", ruby="かんじ"), Run("と"), Run("申", ruby="もう"), Run("す"))),
        ("**{漢字|かんじ}**", (Run("漢字", strong=True, ruby="かんじ"),)),
        ("\\{漢字|かんじ}", (Run("{漢字|かんじ}"),)),
        ("\\\\{漢字|かんじ}", (Run("\\"), Run("漢字", ruby="かんじ"))),
        ("{漢字}", (Run("{漢字}"),)),
        ("{a|b", (Run("{a|b"),)),
        ("`a*b`", (Run("a*b"),)),
        ("<b>x</b> &amp; &lt;", (Run("<b>x</b> & <"),)),
        ("[a]: https://a.example", (Run("[a]: https://a.example"),)),
        ("![絵の説明](a.png)", (Run("絵の説明"),)),
        ("    字下げ", (Run("字下げ"),)),
        ("~~~題\n字", (Run("~~~題字"),)),
        ("a\tb", (Run("a   b"),)),
        ("a\x07b\u202ec", (Run("a<U+0007>b<U+202E>c"),)),
    ],
)
def test_what_stands_in_a_line(markdown: str, runs: tuple[Run, ...]) -> None:
    assert line(markdown) == runs


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("[市](https://a.example/b)", "市（https://a.example/b）"),
        ('[市](https://a.example "題")', "市（https://a.example 題）"),
        ("<https://a.example>", "https://a.example"),
        ("[a@b.example](mailto:a@b.example)", "a@b.example"),
        ("[電話](tel:0120-746-370)", "電話（0120-746-370）"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](../../etc/passwd)", "x（../../etc/passwd）"),
        ("[x](ftp://a.example)", "x（ftp://a.example）"),
    ],
)
def test_an_address_can_be_read_on_paper(markdown: str, words: str) -> None:
    assert said(line(markdown)) == words


def test_only_addresses_of_pages_mails_and_telephones_are_links() -> None:
    runs = line("[a](https://a.example) [b](../b) [c](ftp://c.example) [d](data:text/html,x)")
    assert {run.link for run in runs} == {"", "https://a.example"}


def test_a_reading_in_a_table_has_its_line_escaped() -> None:
    (table,) = read_page("| a |\n| --- |\n| {漢字\\|かんじ} |")
    assert isinstance(table, Table)
    assert table.rows == (((Run("漢字", ruby="かんじ"),),),)


@pytest.mark.parametrize("caption", ["表：件数", "表1：件数", "Table: counts", "Table 2. counts"])
def test_a_caption_stands_right_before_its_table(caption: str) -> None:
    table = "| a |\n| --- |\n| b |\n"
    (found,) = read_page(f"{caption}\n\n{table}")
    assert isinstance(found, Table)
    assert said(found.caption) == caption
    assert [type(block) for block in read_page(f"{caption}\n\n文\n\n{table}")] == [Paragraph, Paragraph, Table]
    assert [type(block) for block in read_page(f"表のとおりです。\n\n{table}")] == [Paragraph, Table]


def test_rows_are_as_long_as_the_head() -> None:
    (table,) = read_page("| a | b |\n| --- | --- |\n| c |\n d \\| e | f\n")
    assert isinstance(table, Table)
    assert [[said(cell) for cell in row] for row in table.rows] == [["c", ""], ["d | e", "f"]]


@pytest.mark.parametrize("row", ["| c | d | e |", "c | d | e", "| c | d | | "])
def test_a_cell_that_would_vanish_is_a_mistake_with_its_line(row: str) -> None:
    with pytest.raises(BadContent, match=r"^Line 5: the row has more cells"):
        read_page(f"x\n\n| a | b |\n| --- | --- |\n{row}\n")


@pytest.mark.parametrize(
    ("marks", "levels"),
    [("# # ##", [1, 2, 2]), ("## ###", [1, 2]), ("# ### ######", [1, 2, 3]), ("# ## ### ## ####", [1, 2, 3, 2, 3])],
)
def test_headings_leave_no_level_out_and_one_is_first(marks: str, levels: list[int]) -> None:
    page = read_page("\n\n".join(f"{mark} x" for mark in marks.split()))
    assert [block.level for block in page if isinstance(block, Heading)] == levels


def letters(page: Page) -> str:
    """All texts of a page."""
    return "".join(said(block.runs) for block in page if isinstance(block, Heading | Paragraph))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_a_value_is_read_as_it_was_written(value: str) -> None:
    (block,) = read_page(f"値{for_markdown(value)}")
    assert isinstance(block, Paragraph)
    shown = for_markdown(value).replace("\\", "").replace(" ", "")
    assert letters((block,)).replace("\\", "").replace(" ", "") == f"値{shown}"
    assert not any(run.ruby or run.link or run.strong or run.emphasis for run in block.runs)


@given(st.text(max_size=300))
def test_any_text_at_all_is_a_page(markdown: str) -> None:
    read_page(markdown)


@pytest.mark.parametrize(
    "markdown", ["> " * 45 + "x", "\n".join("  " * n + "- a" for n in range(45)), "あ" * 1_000_001]
)
def test_what_cannot_be_set_is_a_sentence(markdown: str) -> None:
    with pytest.raises(BadContent) as refused:
        read_page(markdown)
    assert refused.value.hint is not None
