"""Texts written elsewhere: Word documents with everything that leaves in them, mails, and whatever staff save as
text."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.notices import reading
from runbook.notices.formats import write
from runbook.notices.reading import read_foreign, read_text
from tests.documenting import document

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word(body: str, **parts: str) -> bytes:
    """A Word document of this body; `parts` are further ones: footnotes="<w:p>…" or docProps_core="…"."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            folder, _, file = name.rpartition("_")
            archive.writestr(f"{folder or 'word'}/{file}.xml", text if folder else f"<w:x {W}>{text}</w:x>")
    return made.getvalue()


def p(text: str, more: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{more}<w:r><w:t>{text}</w:t></w:r></w:p>"


def lines(data: bytes) -> list[str]:
    return read_foreign(data, "a.docx").splitlines()


def test_a_paragraph_is_a_line_and_a_row_too() -> None:
    cells = "".join(f"<w:tc>{p(text)}</w:tc>" for text in ("件数", "46万517人"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    assert lines(word(p("一") + p("") + table + p("五"))) == [
        "一",
        "",
        "件数 | 46万517人 |",
        "件数 | 46万517人 |",
        "五",
    ]


def test_runs_are_joined_to_words() -> None:
    torn = "<w:p><w:r><w:t>暗</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>号</w:t></w:r><w:r><w:t>化</w:t></w:r></w:p>"
    assert lines(word(torn)) == ["暗号化"]


def test_a_reading_does_not_tear_its_word() -> None:
    ruby = (
        "<w:r><w:ruby><w:rt><w:r><w:t>あんごう</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>暗号</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    found = lines(word(f"<w:p>{ruby}<w:r><w:t>化</w:t></w:r></w:p>"))
    assert found[0] == "暗号化"
    assert "あんごう" in found


def test_headings_are_those_of_markdown_by_whatever_id() -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="a3"><w:name w:val="Heading 2"/></w:style>'
    )
    body = p("題", '<w:pPr><w:pStyle w:val="1"/></w:pPr>') + p("節", '<w:pPr><w:pStyle w:val="a3"/></w:pPr>') + p("文")
    assert lines(word(body, styles=styles)) == ["# 題", "## 節", "文"]


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ({"header1": p("秘密")}, ""),
        ({"footer2": p("秘密")}, ""),
        ({"footnotes": f"<w:footnote>{p('秘密')}</w:footnote>"}, ""),
        ({"endnotes": f"<w:endnote>{p('秘密')}</w:endnote>"}, ""),
        ({"comments": f"<w:comment>{p('秘密')}</w:comment>"}, ""),
        ({"document2": p("秘密")}, ""),
        ({"docProps_core": "<c><title>秘密</title></c>"}, ""),
        ({"docProps_core": "<c><category>秘密</category></c>"}, ""),
        ({"docProps_app": "<Properties><Company>秘密</Company></Properties>"}, ""),
        (
            {
                "docProps_app": "<Properties><TitlesOfParts><vector><lpstr>秘密</lpstr></vector></TitlesOfParts></Properties>"
            },
            "",
        ),
        ({"docProps_custom": '<Properties><property name="a"><lpwstr>秘密</lpwstr></property></Properties>'}, ""),
        ({"docProps_custom": '<Properties><property name="秘密"><lpwstr>a</lpwstr></property></Properties>'}, ""),
        ({"word/charts_chart1": "<c><pt><v>秘密</v></pt></c>"}, ""),
        ({"word/diagrams_data1": "<d><p><t>秘密</t></p></d>"}, ""),
        ({}, "<w:p><w:r><wp:docPr descr='秘密'/></w:r></w:p>"),
        ({}, "<w:p><w:r><v:shape alt='秘密'/></w:r></w:p>"),
        ({}, f"<w:p><w:r><w:txbxContent>{p('秘密')}</w:txbxContent></w:r></w:p>"),
        ({}, "<w:p><w:del><w:r><w:delText>秘密</w:delText></w:r></w:del></w:p>"),
        ({}, "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密</w:t></w:r></w:p>"),
        ({}, "<w:p><w:r><w:instrText>秘密</w:instrText></w:r></w:p>"),
        ({}, f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{p('秘密')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"),
    ],
)
def test_everything_that_leaves_in_it_is_read(parts: dict[str, str], body: str) -> None:
    found = lines(word(p("一") + body + p("二"), **parts))
    assert found[0] == "一"
    assert any("秘密" in line for line in found)
    assert "二" in found


def test_the_body_comes_first_and_the_rest_under_its_name() -> None:
    found = lines(word(p("一") + p("二"), header1=p("上"), comments=p("注")))
    assert found == ["一", "二", "", "― コメント / comments ―", "注", "", "― ヘッダー / header ―", "上"]


def test_a_box_comes_after_its_paragraph_and_only_once() -> None:
    box = f"<w:txbxContent>{p('箱')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    inside = f"<w:p><w:r><w:t>前</w:t></w:r><w:r>{both}</w:r><w:r><w:t>後</w:t></w:r></w:p>"
    assert lines(word(inside + p("次"))) == ["前後", "箱", "次"]


def test_links_that_leave_are_named() -> None:
    made = io.BytesIO(word(p("一")))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<R><r Target="styles.xml"/><r TargetMode="External" Target="https://a.example/秘密"/></R>',
        )
    assert "https://a.example/秘密" in lines(made.getvalue())


def test_counts_and_dates_of_the_properties_are_no_text() -> None:
    app = "<Properties><Pages>8</Pages><HeadingPairs><vector><i4>1</i4></vector></HeadingPairs></Properties>"
    core = "<c><created>2022-06-23</created><revision>8</revision></c>"
    assert lines(word(p("一"), docProps_app=app, docProps_core=core)) == ["一"]


def test_our_own_documents_can_be_checked() -> None:
    text = read_foreign(write(document(draft=True), "docx"), "a.docx")
    assert text.startswith("# 情報をなくしたことについて（第1報）\n")
    assert "住民基本台帳 A|B | 46万517人 | 令和4年6月23日正午 |" in text
    assert "下書き / DRAFT" in text
    mail = read_foreign(write(document(sender="a@example.jp", recipient="b@example.jp"), "eml"), "a.eml")
    assert mail.startswith("Subject: 情報をなくしたことについて（第1報）\nFrom: a@example.jp\nTo: b@example.jp\n")
    assert "46万517人" in mail


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("個人情報\n".encode(), "個人情報\n"),
        ("\ufeff個人情報".encode(), "個人情報"),
        ("個人情報を①㈱～―".encode("cp932"), "個人情報を①㈱～―"),
        ("個人情報".encode("utf-16"), "個人情報"),
        ("個人情報".encode("iso2022_jp"), "個人情報"),
        (b"", ""),
        (b"plain\r\ntext", "plain\r\ntext"),
        ("<p>個人</p>".encode(), "<p>個人</p>"),
        ("件名: x\n\n本文".encode(), "件名: x\n\n本文"),
        (b"Subject: x\n\nno mail without its version", "Subject: x\n\nno mail without its version"),
    ],
)
def test_a_text_is_read_as_it_was_saved(raw: bytes, text: str) -> None:
    assert read_foreign(raw, "a.txt") == text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        (b"\xff\xfe\0", "no text"),
        (b"abc\xff\xfe\xfd\x80", "no text"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"{\\rtf1 x}", "RTF"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"PK\x05\x06" + b"\0" * 18, "no Word document"),
        (word("<w:p>"), "XML is broken"),
        (word("", footnotes="<w:p>"), "XML is broken"),
        (word("", **{"word/_x": ""}), "XML is broken"),
    ],
)
def test_what_is_no_text_is_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(BadContent, match=says) as refused:
        read_foreign(raw, "a.bin")
    assert str(refused.value.message).startswith("a.bin ")
    assert refused.value.hint is not None


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>'


@pytest.mark.parametrize(
    "xml",
    [BOMB, '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///x">]><x>&a;</x>'],
)
def test_no_entity_is_expanded(xml: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(BadContent, match="entities"):
        read_foreign(made.getvalue(), "a.docx")


def test_a_package_that_unpacks_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word("<w:p/>" * 200_000)
    assert len(bomb) < 10_000
    monkeypatch.setattr(reading, "_LARGEST", 1_000_000)
    with pytest.raises(BadContent, match="unpacks to more than 1 MB"):
        read_foreign(bomb, "a.docx")
    monkeypatch.setattr(reading, "_MOST_PARTS", 3)
    with pytest.raises(BadContent, match="too many parts"):
        read_foreign(word("", a="", b=""), "a.docx")


def test_a_protected_package_is_a_sentence() -> None:
    data = bytearray(word(p("一")))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # in the directory: every entry is encrypted
        data[at + 8] |= 1
        at += 4
    with pytest.raises(BadContent, match="cannot be read"):
        read_foreign(bytes(data), "a.docx")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_a_sentence(raw: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x\n\n"):
        with suppress(BadContent):
            read_foreign(start + raw, "a")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_what_was_saved_in_utf_8_is_read_back(text: str) -> None:
    assert read_text(text.removeprefix("\ufeff").encode(), "a") == text.removeprefix("\ufeff")
