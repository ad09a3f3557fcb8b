"""The PDF: A4, tagged, with its font inside, and readable by machines as by people."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pylopdf_fonts_jp
import pypdf
import pytest

from runbook.errors import BadContent
from runbook.notices.formats import write
from tests.documenting import document, pdf_pages


def reader(markdown: str | None = None, **more: Any) -> Any:
    made = document(**more) if markdown is None else document(markdown, **more)
    return pypdf.PdfReader(io.BytesIO(write(made, "pdf")))


def test_it_is_a4_tagged_and_says_its_language_and_title() -> None:
    made = reader()
    box = made.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    root = made.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ja-JP"
    assert reader(written="en").root_object["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata["/Title"] == "情報をなくしたことについて（第1報）"
    assert made.metadata["/Author"] == "甲市"
    assert made.metadata["/CreationDate"].startswith("D:20220623050007")
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data()


def test_the_font_is_inside() -> None:
    fonts = reader().pages[0]["/Resources"]["/Font"]
    descriptors = [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts.values()]
    assert descriptors
    for descriptor in descriptors:
        assert "NotoSansJP" in descriptor["/FontName"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_screen_readers_find_headings_tables_and_lists() -> None:
    kinds: set[str] = set()

    def walk(node: pypdf.generic.PdfObject | None) -> None:
        node = node.get_object() if node is not None else None
        if isinstance(node, pypdf.generic.ArrayObject):
            for part in node:
                walk(part)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            kinds.add(str(node.get("/S")))
            walk(node.get("/K"))

    walk(reader().root_object["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Caption", "/Link"} <= kinds


def test_figures_stay_whole_at_the_end_of_a_line() -> None:
    text = "# A\n\n" + "\n\n".join("あ" * n + "46万517人" for n in range(20, 60))
    assert sum(page.count("46万517人") for page in pdf_pages(write(document(text), "pdf"))) == 40


def test_a_tables_head_is_repeated_on_the_next_page() -> None:
    rows = "\n".join(f"| 項目{n} | {n}件 |" for n in range(120))
    pages = pdf_pages(write(document(f"# A\n\n| データの名前 | 件数 |\n| --- | --- |\n{rows}\n"), "pdf"))
    assert len(pages) > 2
    assert all("データの名前" in page for page in pages)


def test_rare_letters_of_names_are_set() -> None:
    (page,) = pdf_pages(write(document("# 𠮷野家 髙﨑 葛\U000e0100 ①②㈱ ～―…"), "pdf"))
    assert "𠮷野家 髙﨑 葛" in page


def test_a_letter_no_font_has_is_named() -> None:
    with pytest.raises(BadContent, match=r"letters: .*e000") as refused:
        write(document("# A\n\n外字\ue000です。"), "pdf")
    assert "html" in str(refused.value.hint)


def test_without_its_font_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pylopdf_fonts_jp, "sans_path", lambda: tmp_path / "gone.otf")
    with pytest.raises(BadContent, match=r"font for PDF is missing: .*gone\.otf"):
        write(document(), "pdf")


def test_what_typst_refuses_is_a_sentence() -> None:
    with pytest.raises(BadContent, match="typst fails") as refused:
        write(document(logo=b"\x89PNG\r\n\x1a\n broken"), "pdf")
    assert refused.value.hint is not None


@pytest.mark.parametrize(
    "text", ["", "見出しなし", "#### 深い", "# A\n\n" + "\n".join("  " * n + "- a" for n in range(19))]
)
def test_odd_texts_can_be_set(text: str) -> None:
    assert pdf_pages(write(document(text, title="", organization=""), "pdf"))
