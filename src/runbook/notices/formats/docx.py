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
    source = f"<html><body>{html.logo(document)}{html.body(read_page(document.markdown))}</body></html>"
    made = _pandoc(source, document.reference or Content(None).file(REFERENCE), document)
    try:
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        return _zipped(_finished(parts, document))
    except (zipfile.BadZipFile, KeyError) as error:
        raise _failed(str(error), document) from None


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
    types, relations, body = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"
    new_types = "".join(
        f'<Override PartName="/word/{kind}mark.xml" ContentType="{_WORD}.{kind}+xml"/>' for kind in ("header", "footer")
    )
    new_relations = "".join(
        f'<Relationship Id="mark{kind}" Type="{_OFFICE}/{kind}" Target="{kind}mark.xml"/>'
        for kind in ("header", "footer")
    )
    parts[types] = _inserted(parts[types], new_types, "</Types>")
    parts[relations] = _inserted(parts[relations], new_relations, "</Relationships>")
    parts[body] = _with_marks(parts[body].decode()).encode()
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
