"""A notice as it leaves: a text, whose it is, and what marks it must carry. Which formats it can be written in.

Cheap to import; the writers themselves are in `notices.formats`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

from runbook.notice_kinds import Written

FormatName: TypeAlias = Literal["md", "html", "txt", "docx", "pdf", "eml"]
"""A format is known by the end of its files' names."""
FORMAT_NAMES: tuple[FormatName, ...] = get_args(FormatName)

Drill: TypeAlias = Literal["", "drill", "demo"]
"""Whether a document comes from a drill, from the demonstration (a drill too), or from neither."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One text with all that its formats need.

    `markdown` is the text without marks: of an approved notice, exactly what was approved. `draft` and `drill` decide
    the marks, which every writer adds by itself. `issued` (with its zone) is the date in the file's properties: the
    same document gives the same bytes. `stem` is the file's name without its end, such as "first-notice-ja".

    For a mail only: `subject` (else the title), `sender`, and `recipient`: one address or none.
    `reference` is the Word document whose styles are taken (else the shipped one), `logo` a PNG or JPEG picture.
    """

    markdown: str
    written: Written
    title: str
    stem: str
    issued: datetime
    organization: str = ""
    draft: bool = True
    drill: Drill = ""
    subject: str = ""
    sender: str = ""
    recipient: str = ""
    reference: Path | None = None
    logo: bytes = b""

    def named(self, format: FormatName) -> str:
        """The name of its file in a format, without the mark of a drill (`marks.marked_name`)."""
        return f"{self.stem}.{format}"
