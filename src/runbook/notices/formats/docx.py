"""Word documents: by pandoc from the page's HTML, in the styles of a Word document that office staff can change.

That document is `templates/reference.docx` (made by tools/reference_document.py); one of that name in the user's folder
is used instead. pandoc runs with --sandbox: it reads what it is given and the reference, and nothing else.

A draft's or drill's marks stand in header and footer of every page, and in the properties. For them the headers and
footers of the reference are replaced, of first and even pages too: a house style cannot hide a mark.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import UTC
from functools import partial
from math import sqrt
from pathlib import Path
from xml.sax.saxutils import escape

from runbook.content import Content
from runbook.errors import BadContent, reason
from runbook.notice_kinds import tongue
from runbook.notices.documents import Document
from runbook.notices.formats import html
from runbook.notices.formats.extra import not_installed
from runbook.notices.formats.page import one_line, read_page
from runbook.notices.marks import signs
from runbook.speech import Message, say
from runbook.wording.safe import for_terminal

REFERENCE = "templates/reference.docx"
"""Where the styles are looked for: `Content.file`."""
PATIENCE = 60
"""Seconds that pandoc may take. A notice takes it a quarter of one."""


def write(document: Document) -> bytes:
    """The document for Word. Raises BadContent."""
    body = _READING.sub(_between_signs, html.body(read_page(document.markdown)))
    source = f"<html><body>{html.logo(document)}{_TABLE.sub(_with_widths, body)}</body></html>"
    made = _pandoc(source, document.reference or Content(None).file(REFERENCE), document)
    try:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts[_BODY] = _set(parts[_BODY].decode(), parts["word/styles.xml"].decode()).encode()
        return _zipped(_finished(parts, document))
    except (zipfile.BadZipFile, KeyError) as error:
        raise _failed(str(error), document) from None


_READING = re.compile(r"<ruby>(.*?)<rp>（</rp><rt>(.*?)</rt><rp>）</rp></ruby>")
"""pandoc does not know readings: on the way through it they stand between signs that no text of a page can hold."""
_BLANK = "\u206a"
_TABLE = re.compile(r"(<table[^>]*>\n(?:<caption>.*?</caption>\n)?)(.*?)(?=</table>)", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>|\ufffa[^\ufffb]*\ufffb")


def _between_signs(ruby: re.Match[str]) -> str:
    """With another sign for a blank, at which pandoc may begin another run."""
    return f"\ufff9{ruby[1]}\ufffa{ruby[2]}\ufffb".replace(" ", _BLANK)


def _with_widths(table: re.Match[str]) -> str:
    """A table as wide as the page, its columns by what stands in them as in a PDF: else some programs crush it."""
    rows = [_CELL.findall(row) for row in table[2].split("</tr>")]
    lengths = [[len(_TAG.sub("", cell)) for cell in row] for row in rows if row]
    widths = [sqrt(min(60, max(3, *column))) for column in zip(*lengths, strict=True)]
    columns = "".join(f'<col style="width: {100 * width / sum(widths):.1f}%">' for width in widths)
    return f"{table[1]}<colgroup>{columns}</colgroup>\n{table[2]}"


def _pandoc(source: str, reference: Path, document: Document) -> bytes:
    try:
        import pypandoc

        program = pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        raise not_installed("docx") from None
    command = [program, "--sandbox", "--from=html", "--to=docx", f"--reference-doc={reference}", "--output=-"]
    clock = os.environ | {"SOURCE_DATE_EPOCH": str(int(document.issued.timestamp()))}
    try:
        run = subprocess.run(
            command, input=source.encode(), capture_output=True, timeout=PATIENCE, check=False, env=clock
        )
    except subprocess.TimeoutExpired:
        raise _failed(say("it took more than {seconds} seconds", seconds=PATIENCE), document) from None
    except OSError as error:
        raise _failed(reason(error), document) from None
    if run.returncode:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(for_terminal(said[0])[:200] if said else f"pandoc {run.returncode}", document)
    return run.stdout


def _failed(why: Message | str, document: Document) -> BadContent:
    problem = say("docx cannot be written: pandoc fails ({reason}).", reason=why)
    if document.reference is not None:
        return BadContent(
            problem, say("Your own {file} may be broken: remove it, and try again.", file=str(document.reference))
        )
    return BadContent(problem, say("Write html, and open it in Word."))


# The words: their readings above them, and rows in one piece

_BODY = "word/document.xml"
_PARAGRAPH = re.compile(r'<w:p>(?:<w:pPr><w:pStyle w:val="(?P<style>[^"]*)")?.*?</w:p>', re.DOTALL)
_RUN = re.compile(
    r"<w:r>(?P<look><w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t\b[^>]*>(?P<text>[^<]*\ufff9[^<]*)</w:t></w:r>"
)
_STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]*)"[^>]*>(.*?)</w:style>', re.DOTALL)
_SIZE = re.compile(r'<w:sz w:val="([0-9]{1,3})" ?/>')
_USUAL = 22
"""Half points: the size of letters where the styles name none."""


def _set(body: str, styles: str) -> str:
    """The document with Word's own readings, and no row on two pages."""
    usual = _SIZE.search(styles.partition("</w:docDefaults>")[0])
    sizes = {id: int(found[1]) for id, style in _STYLE.findall(styles) if (found := _SIZE.search(style))}

    def with_readings(paragraph: re.Match[str]) -> str:
        size = sizes.get(paragraph["style"] or "", int(usual[1]) if usual else _USUAL)
        return _RUN.sub(partial(_with_ruby, size=size), paragraph[0])

    return _PARAGRAPH.sub(with_readings, body).replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")


def _with_ruby(run: re.Match[str], size: int) -> str:
    """The runs of a run with readings in it; `size` is that of its letters, in half points."""
    look = run["look"] or "<w:rPr></w:rPr>"
    small = look.replace("</w:rPr>", f'<w:sz w:val="{size // 2}"/></w:rPr>')
    made = []
    for n, text in enumerate(re.split("[\ufff9\ufffa\ufffb]", run["text"].replace(_BLANK, " "))):
        said = f'<w:t xml:space="preserve">{text}</w:t>'
        if n % 3 == 1:
            base = f"<w:rubyBase><w:r>{look}{said}</w:r></w:rubyBase>"
        elif n % 3 == 2:
            above = (
                f'<w:rubyPr><w:rubyAlign w:val="distributeSpace"/><w:hps w:val="{size // 2}"/><w:hpsRaise w:val="{size - 2}"/>'
                f'<w:hpsBaseText w:val="{size}"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt><w:r>{small}{said}</w:r></w:rt>'
            )
            made.append(f"<w:r>{look}<w:ruby>{above}{base}</w:ruby></w:r>")
        elif text:
            made.append(f"<w:r>{look}{said}</w:r>")
    return "".join(made)


# The package: its properties and its marks

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
_SECTION = re.compile(r"<w:sectPr(?P<attributes>[^>]*?)(?:/>|>(?P<inner>.*?)</w:sectPr>)", re.DOTALL)
_OLD = re.compile(r"<w:(?:header|footer)Reference\b[^>]*/>")


def _finished(parts: dict[str, bytes], document: Document) -> dict[str, bytes]:
    """The package with our properties, and our header and footer where it must be marked."""
    parts = parts | {"docProps/core.xml": _properties(document).encode()}
    marks = signs(document)
    if not marks:
        return parts
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    new_types = "".join(
        f'<Override PartName="/word/{kind}mark.xml" ContentType="{_WORD}.{kind}+xml"/>' for kind in ("header", "footer")
    )
    new_relations = "".join(
        f'<Relationship Id="mark{kind}" Type="{_OFFICE}/{kind}" Target="{kind}mark.xml"/>'
        for kind in ("header", "footer")
    )
    parts[types] = _inserted(parts[types], new_types, "</Types>")
    parts[relations] = _inserted(parts[relations], new_relations, "</Relationships>")
    parts[_BODY] = _with_marks(parts[_BODY].decode()).encode()
    parts["word/headermark.xml"] = _part("hdr", "Header", marks, "").encode()
    parts["word/footermark.xml"] = _part("ftr", "Footer", marks, _NUMBER).encode()
    return parts


def _inserted(part: bytes, new: str, before: str) -> bytes:
    return part.replace(before.encode(), (new + before).encode())


def _with_marks(body: str) -> str:
    """The document with our header and footer on all kinds of pages of every section."""
    ours = "".join(
        f'<w:{kind}Reference w:type="{pages}" r:id="mark{kind}"/>'
        for pages in ("default", "first", "even")
        for kind in ("header", "footer")
    )
    if not _SECTION.search(body):
        return body.replace("</w:body>", f"<w:sectPr>{ours}</w:sectPr></w:body>")

    def section(old: re.Match[str]) -> str:
        return f"<w:sectPr{old['attributes']}>{ours}{_OLD.sub('', old['inner'] or '')}</w:sectPr>"

    return _SECTION.sub(section, body)


_CENTRED = '<w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="center"/></w:pPr>'
_RED = '<w:rPr><w:rFonts w:hint="eastAsia"/><w:b/><w:color w:val="8A1C1C"/></w:rPr>'
_FIELD = '<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_NUMBER = (
    f"<w:p>{_CENTRED.format(style='Footer')}{_FIELD.format(name='PAGE')}"
    f'<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_FIELD.format(name="NUMPAGES")}</w:p>'
)


def _part(root: str, style: str, marks: tuple[str, ...], after: str) -> str:
    said = f"<w:p>{_CENTRED.format(style=style)}<w:r>{_RED}<w:t>{escape('　'.join(marks))}</w:t></w:r></w:p>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} {_SPACES}>{said}{after}</w:{root}>'


def _properties(document: Document) -> str:
    marks = signs(document)
    title = "".join(f"【{mark}】" for mark in marks) + document.title
    at = document.issued.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_line(title)}</dc:title><dc:creator>{_line(document.organization)}</dc:creator>"
        f"<cp:keywords>{_line(', '.join(marks))}</cp:keywords><dc:language>{tongue(document.written)}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{at}</dcterms:modified></cp:coreProperties>'
    )


def _line(text: str) -> str:
    return escape(one_line(text))


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The same parts give the same bytes: no entry has today's date."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _in_order(parts):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _in_order(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The list of types first, as some programs expect."""
    yield from sorted(parts.items(), key=lambda part: (part[0] != "[Content_Types].xml", part[0]))
