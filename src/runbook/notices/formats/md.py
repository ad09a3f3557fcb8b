"""Markdown: the text itself, between its marks. Of an approved notice that is no drill's: the approved text, to the
byte."""

from __future__ import annotations

from runbook.notices.documents import Document
from runbook.notices.marks import framed


def write(document: Document) -> bytes:
    """The document's own text, in UTF-8."""
    return framed(document.markdown, document.drill, document.draft).encode()
