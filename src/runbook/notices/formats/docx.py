"""Word documents."""

from __future__ import annotations

from runbook.notices.documents import Document
from runbook.notices.formats.extra import not_installed


def write(document: Document) -> bytes:
    """The document for Word. Raises BadContent."""
    raise not_installed("docx")
