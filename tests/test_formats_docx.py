"""The Word document: in the styles of a document that the office can change."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pypandoc
import pytest

from runbook.content import Content
from runbook.errors import BadContent
from runbook.notices.formats import docx, write
from tests.documenting import SAMPLE, W, document, package, said_in_word

SHIPPED = Content(None).file(docx.REFERENCE)


def styles(data: bytes) -> dict[str, str]:
    """The text of each paragraph, by its style."""
    found: dict[str, str] = {}
    for line in package(data)["word/document.xml"].iter(f"{W}p"):
        style = line.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(f"{W}val", "")
        found[name] = found.get(name, "") + "".join(text.text or "" for text in line.iter(f"{W}t"))
    return found


def test_headings_tables_and_lists_are_words_own() -> None:
    made = write(document(), "docx")
    by_style = styles(made)
    assert by_style["Heading1"] == "情報をなくしたことについて（第1報）"
    assert by_style["Heading2"] == "大切なこと"
    assert by_style["TableCaption"] == "表1：入っていた情報"
    body = package(made)["word/document.xml"]
    (table,) = body.iter(f"{W}tbl")
    assert len(list(table.iter(f"{W}tblHeader"))) == 1  # the head is repeated on the next page
    assert len(list(body.iter(f"{W}numPr"))) == 4
    assert [text.text for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None for text in run] == [
        None,
        "USBメモリー",
    ]


def test_it_is_a4_in_japanese_with_a_japanese_font() -> None:
    parts = package(write(document(), "docx"))
    (size,) = parts["word/document.xml"].iter(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    defaults = next(parts["word/styles.xml"].iter(f"{W}docDefaults"))
    assert next(defaults.iter(f"{W}lang")).get(f"{W}eastAsia") == "ja-JP"
    assert next(defaults.iter(f"{W}rFonts")).get(f"{W}eastAsia") == "游ゴシック"
    footer = next(part for name, part in parts.items() if name.startswith("word/footer"))
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == [" PAGE ", " NUMPAGES "]


def test_a_table_is_as_wide_as_the_page_and_its_columns_as_what_stands_in_them() -> None:
    text = "# A\n\n| 番号 | 内容 |\n| --- | --- |\n| 1 | とても長い内容がここに入ります。\\|まだ続きます。 |\n| 2 | 短い |\n"
    (table,) = package(write(document(text), "docx"))["word/document.xml"].iter(f"{W}tbl")
    width = next(table.iter(f"{W}tblW"))
    assert (width.get(f"{W}type"), width.get(f"{W}w")) == ("pct", "5000")
    narrow, wide = (int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol"))
    assert 2 * narrow < wide < 4 * narrow
    head, *rows = table.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True]


def test_readings_stand_above_their_words() -> None:
    text = "# {個人情報|こじん じょうほう}です\n\nすぐに **{電話|でんわ}** と{申|もう}し{訳|わけ}。\n"
    lines = list(package(write(document(text, written="easy"), "docx"))["word/document.xml"].iter(f"{W}p"))
    assert [said_in_word(line) for line in lines] == [
        "個人情報（こじん じょうほう）です",
        "すぐに 電話（でんわ） と申（もう）し訳（わけ）。",
    ]
    big, bold, plain, _ = (ruby for line in lines for ruby in line.iter(f"{W}ruby"))
    sizes = [(ruby.find(f"{W}rubyPr/{W}hpsBaseText"), ruby.find(f"{W}rt//{W}sz")) for ruby in (big, plain)]
    assert [[found.get(f"{W}val") for found in pair if found is not None] for pair in sizes] == [
        ["34", "17"],
        ["22", "11"],
    ]
    assert bold.find(f"{W}rubyBase//{W}b") is not None
    assert plain.find(f"{W}rubyBase//{W}b") is None


def png(width: int, height: int) -> bytes:
    """A grey picture of so many pixels."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


@pytest.mark.parametrize("pixels", [(3000, 900), (100, 30)])
def test_a_logo_is_as_high_as_a_letterhead_whatever_its_size(pixels: tuple[int, int]) -> None:
    body = package(write(document(logo=png(*pixels)), "docx"))["word/document.xml"]
    (extent,) = (
        found for found in body.iter() if found.tag.endswith("}inline") for found in found if "extent" in found.tag
    )
    width, height = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
    assert height == 56 * 9525  # in the unit of Office, of which a pixel has so many
    assert round(width / height, 1) == 3.3


def test_its_properties_are_the_documents() -> None:
    core = package(write(document(draft=True), "docx"))["docProps/core.xml"]
    said = {found.tag.rpartition("}")[2]: found.text or "" for found in core}
    assert said == {
        "title": "【下書き / DRAFT – NOT APPROVED】情報をなくしたことについて（第1報）",
        "creator": "甲市",
        "keywords": "下書き / DRAFT – NOT APPROVED",
        "language": "ja",
        "created": "2022-06-23T05:00:07Z",
        "modified": "2022-06-23T05:00:07Z",
    }


def own_reference(folder: Path, change: dict[str, tuple[str, str]]) -> Path:
    """The shipped document with some text of its parts replaced, as staff might have changed it in Word."""
    path = folder / "reference.docx"
    with zipfile.ZipFile(SHIPPED) as shipped, zipfile.ZipFile(path, "w") as own:
        for name in shipped.namelist():
            old, new = change.get(name, ("", ""))
            text = shipped.read(name).decode()
            assert old in text
            own.writestr(name, text.replace(old, new) if old else text)
    return path


def test_the_office_can_change_its_look(tmp_path: Path) -> None:
    own = own_reference(tmp_path, {"word/styles.xml": ("0B4A7A", "AA0000")})
    with zipfile.ZipFile(io.BytesIO(write(document(reference=own), "docx"))) as made:
        assert b"AA0000" in made.read("word/styles.xml")


def test_a_house_style_cannot_hide_a_mark(tmp_path: Path) -> None:
    """Its footer, its different first page and its even pages are replaced."""
    own = own_reference(
        tmp_path,
        {
            "word/document.xml": (
                '<w:pgSz w:w="11906"',
                '<w:footerReference w:type="first" r:id="rIdFooter"/><w:titlePg/><w:pgSz w:w="11906"',
            ),
        },
    )
    for marked in (True, False):
        made = write(document(reference=own, draft=False, drill="drill" if marked else ""), "docx")
        (section,) = package(made)["word/document.xml"].iter(f"{W}sectPr")
        targets = [value for found in section for value in found.attrib.values() if value.startswith(("mark", "rId"))]
        assert targets == (["markheader", "markfooter"] * 3 if marked else targets)
        assert marked or targets


@pytest.mark.parametrize("broken", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_a_broken_reference_is_named(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "reference.docx"
    path.write_bytes(broken)
    with pytest.raises(BadContent) as refused:
        write(document(reference=path), "docx")
    assert str(path) in str(refused.value.hint)
    with pytest.raises(BadContent):
        write(document(reference=tmp_path / "nowhere.docx"), "docx")


@pytest.mark.skipif(os.name == "nt", reason="its stand-in for pandoc is a script")
@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exec sleep 60", "more than 1 seconds"),
        ("echo Out of memory >&2; exit 251", "Out of memory"),
        ("exit 1", "pandoc 1"),
        ("kill -9 $$", "pandoc -9"),
        ("echo hello", "zip"),
        ("", "zip"),
    ],
)
def test_a_pandoc_that_crashes_or_hangs_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    program = tmp_path / "pandoc"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(pypandoc, "get_pandoc_path", lambda: str(program))
    monkeypatch.setattr(docx, "PATIENCE", 1)
    with pytest.raises(BadContent, match=says) as refused:
        write(document(), "docx")
    assert refused.value.hint is not None


def test_pandoc_reads_nothing_but_what_it_is_given(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG\r\n\x1a\n secret")
    text = f'# A\n\n![x]({secret}) <img src="{secret}"> \\input{{{secret}}}\n'
    with zipfile.ZipFile(io.BytesIO(write(document(text), "docx"))) as made:
        assert not [name for name in made.namelist() if "media" in name]


def test_the_shipped_reference_was_made_by_its_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import reference_document

    monkeypatch.setattr(reference_document, "_TARGET", tmp_path / "reference.docx")
    reference_document.main()
    assert re.findall("游ゴシック", _text(tmp_path / "reference.docx")) == re.findall("游ゴシック", _text(SHIPPED))
    assert _text(tmp_path / "reference.docx") == _text(SHIPPED)


def _text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(name + archive.read(name).decode() for name in archive.namelist())


def test_a_long_text_is_written_whole() -> None:
    made = styles(write(document(SAMPLE + "長い文章です。\n\n" * 2000), "docx"))
    assert sum(text.count("長い文章です。") for text in made.values()) == 2000
