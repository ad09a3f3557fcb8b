"""Plain text for mail and notice boards: 35 full-width columns, tables as blocks of lines, nothing but words."""

from __future__ import annotations

from collections.abc import Iterator

from runbook.notices.documents import Document
from runbook.notices.formats.kinsoku import wrap
from runbook.notices.formats.page import Block, Heading, Items, Line, Paragraph, Quote, Runs, Table, read_page, said
from runbook.notices.marks import signs
from runbook.wording.safe import cells

WIDTH = 70
"""Cells of a line: 35 full-width letters, as mail programs in Japan break lines at about 38."""


def write(document: Document) -> bytes:
    """The document as text in UTF-8. Raises BadContent."""
    return text(document).encode()


def text(document: Document) -> str:
    """The document as plain text, with its marks above and below."""
    marks = [f"【{sign}】" for sign in signs(document)]
    english = document.written == "en"
    parts = [marks, *(list(_lines(block, WIDTH, english)) for block in read_page(document.markdown)), marks]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _lines(block: Block, width: int, english: bool) -> Iterator[str]:
    match block:
        case Heading(level, runs):
            yield from _heading(level, said(runs), width)
        case Paragraph(runs):
            yield from wrap(said(runs), width)
        case Items(start, items):
            for n, item in enumerate(items, start):
                sign = f"{n}. " if start else "- " if english else "・"
                yield from _hung(sign, [line for part in item for line in _lines(part, width - cells(sign), english)])
        case Quote(blocks):
            for n, part in enumerate(blocks):
                yield from [""] * bool(n)
                yield from (f"  {line}".rstrip() for line in _lines(part, width - 2, english))
        case Table():
            yield from _table(block, width, english)
        case Line():
            yield "-" * width


def _heading(level: int, title: str, width: int) -> Iterator[str]:
    if level == 1:
        yield from wrap(title, width)
        yield "=" * min(width, max(map(cells, wrap(title, width))))
    else:
        sign = "■ " if level == 2 else "● "
        yield from _hung(sign, wrap(title, width - cells(sign)))


def _hung(sign: str, lines: list[str]) -> Iterator[str]:
    for n, line in enumerate(lines or [""]):
        yield ((" " * cells(sign) if n else sign) + line).rstrip()


def _table(table: Table, width: int, english: bool) -> Iterator[str]:
    """Row by row: the first cell as a title, under it the others with what their column is called."""
    colon = ": " if english else "："
    yield from [*wrap(said(table.caption), width), ""] if table.caption else ()
    for n, row in enumerate(table.rows):
        yield from [""] * bool(n)
        first, *others = zip(table.head, row, strict=True)
        yield from _hung("◆ ", wrap(_labelled(*first, colon), width - 2))
        for head, cell in others:
            yield from _hung("  ", wrap(_labelled(head, cell, colon), width - 2))
    if not table.rows:
        yield from wrap(" / ".join(map(said, table.head)), width)


def _labelled(head: Runs, cell: Runs, colon: str) -> str:
    return f"{said(head)}{colon}{said(cell)}" if head else said(cell)
