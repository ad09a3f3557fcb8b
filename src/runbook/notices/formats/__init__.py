"""The formats a notice leaves in: one module each, one table.

Why it is built this way: a notice has one text, in Markdown, and staff compare the page with the mail and the paper. So
the Markdown is read once (`page`), and every format is written from what was read: html and txt by ourselves, because
they must work without the extra; docx by pandoc from our HTML, with the styles of a Word document that office staff can
change; pdf by typst, which gets the page as JSON into a program that never changes. No text of anyone's is ever read
again as Markdown, TeX or Typst, so there is nothing in it to obey.

What marks a draft and a drill is added here, by each writer, never by its caller (rules.md 25, 27).
"""

from __future__ import annotations

from collections.abc import Callable

from runbook.notices.documents import Document, FormatName
from runbook.notices.formats import docx, eml, html, md, pdf, txt

FORMATS: dict[FormatName, Callable[[Document], bytes]] = {
    "md": md.write,
    "html": html.write,
    "txt": txt.write,
    "docx": docx.write,
    "pdf": pdf.write,
    "eml": eml.write,
}
"""How a document becomes the bytes of a file."""


def write(document: Document, format: FormatName) -> bytes:
    """A document in one format, with its marks. Nothing is written to a disk here (`notices.files`).

    Raises BadContent where its text cannot be set, or what the format needs is not installed.
    """
    return FORMATS[format](document)
