"""What a drill or a draft makes says so in every format, on every page, whatever it is called: there is no path
around."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import pypdf
import pytest

from runbook.notices.documents import FORMAT_NAMES, Drill, FormatName
from runbook.notices.formats import write
from runbook.notices.marks import drill_of, marked_name
from tests.documenting import SAMPLE, Page, W, document, mail, package, pdf_pages, seen
from tests.making import opened_case

DRILL, DEMO, DRAFT = "訓練 / DRILL", "訓練 / DRILL（見本 / DEMO）", "下書き / DRAFT – NOT APPROVED"
LONG = SAMPLE + "\n".join(f"段落{n}。" + "長い文章です。" * 40 + "\n" for n in range(60))
TITLES = ["お知らせ", "避難訓練のお知らせ", "DRILL", "訓練 / DRILL", "", "a\nb", "<!--", "\u202e", "x" * 500, "{{ }}#$"]
OWN = opened_case().incident


def everywhere(data: bytes, format: FormatName) -> list[str]:
    """The places of a file that must all carry its marks."""
    match format:
        case "md" | "txt":
            lines = [line for line in data.decode().splitlines() if line]
            return ["".join(lines[:2]), "".join(lines[-2:])]
        case "html":
            page, said = Page(data.decode()), seen(data, "html")
            printed = [
                data.decode().partition(where)[2].partition("}")[0]
                for where in ("@top-center", "body::after { content")
            ]
            return [page.title, said[:80], said[-80:], *printed]
        case "docx":
            parts = package(data)
            places = ["".join(parts[f"word/{kind}mark.xml"].itertext()) for kind in ("header", "footer")]
            core = {found.tag.rpartition("}")[2]: found.text or "" for found in parts["docProps/core.xml"]}
            return [*places, core["title"], core["keywords"]]
        case "pdf":
            properties = pypdf.PdfReader(io.BytesIO(data)).metadata
            assert properties is not None
            return [*pdf_pages(data), str(properties["/Title"]), str(properties["/Keywords"])]
        case "eml":
            read = mail(data)
            bodies = [read.get_body((kind,)) for kind in ("plain", "html")]
            texts = [body.get_content().strip() for body in bodies]
            return [read["Subject"], texts[0][:80], texts[0][-80:], *everywhere(texts[1].encode(), "html")]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(("drill", "mark"), [("drill", DRILL), ("demo", DEMO)])
@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_a_drill_says_so_everywhere(format: FormatName, drill: Drill, mark: str, title: str) -> None:
    made = document(drill=drill, title=title, subject=title)
    for place in everywhere(write(made, format), format):
        assert mark in place.replace("\u2003", " ")


@pytest.mark.parametrize("format", ["html", "txt", "docx", "pdf", "eml"])
def test_a_draft_says_so_everywhere_and_a_drills_draft_both(format: FormatName) -> None:
    for place in everywhere(write(document(draft=True), format), format):
        assert DRAFT in place
        assert "DRILL" not in place
    for place in everywhere(write(document(draft=True, drill="drill"), format), format):
        assert DRAFT in place
        assert DRILL in place


def test_a_drafts_markdown_says_so_at_its_top() -> None:
    text = write(document(draft=True), "md").decode()
    assert text.startswith(f"**{DRAFT}**\n\n# 情報を")


def test_every_page_of_a_long_pdf_is_marked_and_numbered() -> None:
    pages = pdf_pages(write(document(LONG, draft=True, drill="drill"), "pdf"))
    assert len(pages) > 5
    for n, page in enumerate(pages, 1):
        assert page.startswith(DRILL)
        assert DRAFT in page.splitlines()[0]
        assert f"{n}/{len(pages)}" in page
        assert page.rstrip().endswith(DRILL)


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_what_is_approved_and_in_earnest_carries_no_mark(format: FormatName) -> None:
    data = write(document("# お知らせ\n\n本文です。\n"), format)
    text = seen(data, format) + (data.decode() if format in ("html", "md", "txt") else "")
    for word in ("DRILL", "訓練", "DRAFT", "下書き"):
        assert word not in text
    if format == "docx":
        assert not [name for name in package(data) if "mark" in name]


@pytest.mark.parametrize("text", ["# A\n\nb\n", "\n\n# A", "# A\n\n\n\n", "**訓練 / DRILL**", "a\r\nb"])
def test_approved_markdown_is_the_approved_text_to_the_byte(text: str) -> None:
    assert write(document(text), "md") == text.encode()


def test_no_section_of_a_word_document_is_without_its_marks() -> None:
    body = package(write(document(LONG, drill="drill"), "docx"))["word/document.xml"]
    for section in body.iter(f"{W}sectPr"):
        for kind in ("header", "footer"):
            found = [(part.get(f"{W}type"), [*part.attrib.values()]) for part in section.iter(f"{W}{kind}Reference")]
            assert {pages for pages, _ in found} == {"default", "first", "even"}
            assert all(f"mark{kind}" in values for _, values in found)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.pdf", "DRILL-a.pdf"),
        ("DRILL-a.pdf", "DRILL-a.pdf"),
        ("DRILL.pdf", "DRILL.pdf"),
        ("訓練-第1報.docx", "訓練-第1報.docx"),
        ("訓練（第1報）.docx", "訓練（第1報）.docx"),
        ("MANDRILL.pdf", "DRILL-MANDRILL.pdf"),
        ("DRILLING.pdf", "DRILL-DRILLING.pdf"),
        ("drill-a.pdf", "DRILL-drill-a.pdf"),
        ("避難訓練.eml", "DRILL-避難訓練.eml"),
        ("訓練計画.eml", "DRILL-訓練計画.eml"),
        ("NODRILL-a.html", "DRILL-NODRILL-a.html"),
        ("DRILL/a.txt", "DRILL/DRILL-a.txt"),
    ],
)
def test_a_drills_file_name_begins_with_the_mark(name: str, expected: str) -> None:
    drill = msgspec.structs.replace(OWN, mode="drill")
    assert marked_name(Path(name), drill) == Path(expected)
    assert marked_name(Path(name), OWN) == Path(name)


@pytest.mark.parametrize(
    ("mode", "demo", "expected"), [("live", False, ""), ("drill", False, "drill"), ("drill", True, "demo")]
)
def test_an_incident_knows_its_mark(mode: str, demo: bool, expected: str) -> None:
    assert drill_of(msgspec.structs.replace(OWN, mode=mode, demo=demo)) == expected
