"""PDF for paper and download: A4, tagged for screen readers (PDF/UA-1), the font inside, the marks on every page.

typst compiles one program, `notice.typ`, which never changes; the page comes to it as JSON. So no text can be Typst,
and there is nothing for typst to look for on the disk or the network. The extra's font is used wherever it has all the
letters: the same document looks the same on every machine. A letter that no font has is a complaint, not a box on
paper.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from runbook.errors import BadContent
from runbook.notice_kinds import tongue
from runbook.notices.documents import Document
from runbook.notices.formats.extra import not_installed
from runbook.notices.formats.page import one_line, read_page
from runbook.notices.formats.pictures import picture_type
from runbook.notices.marks import signs
from runbook.speech import say
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    import typst

_PROGRAM = Path(__file__).with_name("notice.typ")
_FONT = "Noto Sans JP"


def write(document: Document) -> bytes:
    """The document as PDF. Raises BadContent."""
    marks = signs(document)
    notice = {
        "page": read_page(document.markdown),
        "marks": marks,
        "title": "".join(f"【{mark}】" for mark in marks) + (one_line(document.title) or document.stem),
        "author": one_line(document.organization),
        "keywords": marks,
        "lang": tongue(document.written),
        "written": document.written,
        "font": _FONT,
        "logo": list(document.logo) if document.logo and picture_type(document.logo) else [],
    }
    return _compiled(msgspec.json.encode(notice).decode(), document)


def _compiled(notice: str, document: Document) -> bytes:
    """Set in the extra's font alone, if it has every letter; else with the system's fonts for those it lacks."""
    try:
        import typst
    except ImportError:
        raise not_installed("pdf") from None
    folder = _font().parent
    for system in (False, True):
        fonts = typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=[folder])
        try:
            return typst.compile(
                _PROGRAM.read_bytes(),
                format="pdf",
                font_paths=fonts,
                sys_inputs={"notice": notice},
                pdf_standards="ua-1",
                timestamp=int(document.issued.timestamp()),  # it knows no zones and no parts of a second
            )
        except typst.TypstError as error:
            if system or not _LACKED.search(error.diagnostic):
                raise _refused(error) from None
    raise AssertionError("the second try returns or raises")


def _font() -> Path:
    """The font's file. Raises BadContent where its package, or the file in it, is missing."""
    try:
        from pylopdf_fonts_jp import sans_path
    except ImportError:
        raise not_installed("pdf") from None
    path = sans_path()
    if not path.is_file():
        raise BadContent(
            say("The font for PDF is missing: {file}.", file=str(path)),
            say("Install the extra again: pip install --force-reinstall 'lost-media-runbook[documents]'."),
        )
    return path


_LACKED = re.compile(r'the text `"(.+?)"` could not be displayed')


def _refused(error: typst.TypstError) -> BadContent:
    """What typst complained about, as a sentence."""
    lacked = "".join(dict.fromkeys(_LACKED.findall(error.diagnostic)))
    if lacked:
        return BadContent(
            say("No font here has these letters: {letters}", letters=for_terminal(lacked)),
            say("Write them another way, or write html or docx."),
        )
    return BadContent(
        say("pdf cannot be written: typst fails ({reason}).", reason=for_terminal(error.message)[:200]),
        say("Write html, and print it from a browser."),
    )
