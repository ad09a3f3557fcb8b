"""All formats of one document say the same words, and nothing in them is obeyed."""

from __future__ import annotations

import re
from contextlib import suppress
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.notices.documents import FORMAT_NAMES, FormatName
from runbook.notices.drafting import draft
from runbook.notices.formats import FORMATS, write
from tests.documenting import SAMPLE, Page, document, mail, package, pdf_pages, pieces, rest, seen
from tests.noticing import SHIPPED, amagasaki

HEADS = ("情報", "件数", "いつの数か")


def test_the_table_has_every_format() -> None:
    assert tuple(FORMATS) == FORMAT_NAMES == ("md", "html", "txt", "docx", "pdf", "eml")


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_each_format_says_the_same_words(format: FormatName) -> None:
    text = seen(write(document(), format), format)
    wanted = pieces(SAMPLE)
    if format in ("txt", "eml"):  # a table's heads stand before each of its cells there
        wanted = [piece for piece in wanted if piece not in HEADS]
        assert re.fullmatch(f"(?:{'|'.join(HEADS)}|[12])*", rest(text, wanted))
    else:
        assert re.fullmatch("[12]*", rest(text, wanted))  # the numbers of a list


@pytest.mark.parametrize("written", ["ja", "en"])
@pytest.mark.parametrize("format", ["html", "docx", "pdf"])
def test_the_first_notice_too(format: FormatName, written: str) -> None:
    text = draft(amagasaki(), SHIPPED, "D02", "ja" if written == "ja" else "en").text
    made = seen(write(document(text, written=written), format), format)
    repeated = "|".join(pieces(next(line for line in text.splitlines() if line.startswith("|"))))
    assert re.fullmatch(f"(?:{repeated})*", rest(made, pieces(text)))  # a table's head, again on the next page


def test_the_count_is_found_in_the_pdf() -> None:
    pages = pdf_pages(write(document(draft(amagasaki(), SHIPPED, "D02", "ja").text), "pdf"))
    assert sum(page.count("46万517人") for page in pages) >= 3


def test_the_mails_page_is_the_page() -> None:
    page = mail(write(document(), "eml")).get_body(("html",))
    assert page is not None
    assert page.get_content().replace("\r\n", "\n") == write(document(), "html").decode()


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_the_same_document_gives_the_same_bytes(format: FormatName) -> None:
    assert write(document(), format) == write(document(), format)


HOSTILE = [
    r"\*\*太字\*\* \_斜体\_ \`code\` \[押す\](https://evil.example) \!\[x\](file:///etc/passwd)",
    r"\<script\>alert(1)\</script\>\<img src=x onerror=alert(1)\> \&lt; \&amp;",
    r"{{ 7 * 7 }} {% for %} {# c #}",
    r"#let x = read(\"/etc/passwd\") #eval(\"1\") \$x^2\$ \@cite \<label\> // comment /* c */ \\u{41} ~ --- ... ''",
    r"\\input{/etc/passwd} \\begin{x} %TeX",
    "]]> <!-- --> <?php ?> &#x41; &nbsp;",
    "===  --- ",
    "\u202egnp.exe \u200b\x1b[31mred\x07 \x9b2J \ufeff \u2028",
    "Bcc: x@evil.example",
]
SEEN = [
    "**太字** _斜体_ `code` [押す](https://evil.example) ![x](file:///etc/passwd)",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt; &amp;",
    "{{ 7 * 7 }} {% for %} {# c #}",
    '#let x = read("/etc/passwd") #eval("1") $x^2$ @cite <label> // comment /* c */ \\u{41} ~ --- ... \'\'',
    "\\input{/etc/passwd} \\begin{x} %TeX",
    "]]> <!-- --> <?php ?> A",
    "=== ---",
    "<U+202E>gnp.exe <U+200B><U+001B>[31mred<U+0007> <U+009B>2J <U+FEFF> <U+2028>",
    "Bcc: x@evil.example",
]


@pytest.mark.parametrize("format", ["html", "txt", "docx", "pdf", "eml"])
def test_hostile_text_comes_out_as_text(format: FormatName) -> None:
    """As values stand in a notice: escaped, whatever they hold."""
    text = seen(write(document("# A\n\n" + "\n\n".join(f"値：{one}" for one in HOSTILE)), format), format)
    text = re.sub(r"\s", "", text)
    for one in SEEN:
        assert re.sub(r"\s", "", one) in text


@pytest.mark.parametrize("hostile", [*HOSTILE, *SEEN, "a\r\nBcc: x@evil.example\r\n\r\nbody", "\0", "訓練 / DRILL"])
@pytest.mark.parametrize("format", ["html", "docx", "pdf", "eml"])
def test_a_hostile_title_stays_one_line_of_text(format: FormatName, hostile: str) -> None:
    made = write(document(title=hostile, organization=hostile, subject=hostile), format)
    if format == "html":
        page = Page(made.decode())
        assert not {"script", "img", "link", "b"} & {tag for tag, _ in page.tags}
        assert "\n" not in page.title
    elif format == "docx":
        assert package(made)["docProps/core.xml"] is not None
    elif format == "eml":
        assert [name for name in mail(made) if name not in ("MIME-Version", "Content-Type")] == ["X-Unsent", "Subject"]
        assert "\n" not in str(make_header(decode_header(str(mail(made)["Subject"]))))
    else:
        assert pdf_pages(made)


MARKS = (
    *(
        "# ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "| a | b |\n| --- | ---: |\n| c | d |\n",
        "> ",
        "**",
        "*",
        "`",
        "```\n",
        "\\",
        "|",
    ),
    *("{漢|か}", "[x](https://a.example)", "<b>", "&lt;", "---\n", "    ", "あいう", "、", "46万517人", "0120-746-370"),
    *(
        "令和4年6月23日",
        "表：x\n\n",
        "😀",
        "\u202e",
        "\x00",
        "\ufffe",
        "e\u0301",
        "\u3000",
        "\xa0",
        "{",
        "}",
        "\t",
        "'",
        '"',
    ),
)


@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_no_markdown_stops_a_format(markdown: str) -> None:
    made = document(markdown, title=markdown, organization=markdown, draft=True, drill="drill")
    for format in ("html", "txt", "eml"):
        with suppress(BadContent):  # such as a row with too many cells
            write(made, format)
