"""A notice's Markdown as it reads: pieces for the pane, each with the line it comes from. Pure, but for the widget.

Headings, lists, tables and bold type are drawn; everything else stands as it is written, and nothing is obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from rich.text import Text

from runbook.tui.presenting import Shades
from runbook.tui.widgets.pane import Pane, Piece, broken
from runbook.wording.safe import for_terminal

_INLINE = re.compile(r"\\([!-/:-@\[-`{-~])|\*\*((?:\\.|[^*\\])+)\*\*")
_CELLS = re.compile(r"(?<!\\)(?:\\\\)*\|")
_RULE = re.compile(r"\|[ :|-]+\|")


class Line(msgspec.Struct, frozen=True):
    """A piece of the preview. `line` counts from 1 in the Markdown."""

    piece: Piece
    line: int


def preview(markdown: str, marks: Mapping[int, str], shades: Shades) -> list[Line]:
    """The pieces of a notice. `marks` are the severities of what was found, by line: those lines stand out."""
    found: list[Line] = []
    lines = markdown.splitlines()
    columns: list[str] = []
    for n, line in enumerate(lines, 1):
        sign, style = _mark(marks.get(n, ""), shades)
        if _is_row(line):
            if n < len(lines) and _RULE.fullmatch(lines[n]):
                columns = _cells(line)
            elif not _RULE.fullmatch(line):
                found += [Line(piece, n) for piece in _row(_cells(line), columns, sign, style)]
            continue
        found.append(Line(_piece(line, sign, style, shades), n))
    return found


def _piece(line: str, sign: str, style: str, shades: Shades) -> Piece:
    if line.startswith("#"):
        return Piece(_said(f"{sign}{line.lstrip('#').strip()}", style or "bold"))
    if line.startswith("- "):
        return Piece(_said(sign + line[2:], style), "-")
    if line.startswith("**") and "DRILL" in line:
        return Piece(Text(f" {_said(line, '').plain} ", shades.drill))
    return Piece(_said(sign + line, style))


def _row(cells: Sequence[str], columns: Sequence[str], sign: str, style: str) -> Iterator[Piece]:
    """A table's row, one cell below the other: no screen is as wide as a list of fields."""
    for n, cell in enumerate(cells):
        name = f"{columns[n]}: " if n < len(columns) else ""
        yield Piece(
            _said(f"{'' if n else sign}{name if n else ''}{cell}", style or ("" if n else "bold")), " " if n else "-"
        )


def _mark(severity: str, shades: Shades) -> tuple[str, str]:
    return {"block": ("! ", shades.bad), "warn": ("^ ", shades.soon)}.get(severity, ("", ""))


def _said(markdown: str, style: str) -> Text:
    """One line's words: escapes undone, bold type bold."""
    text = Text(style=style)
    line, end = for_terminal(markdown), 0
    for found in _INLINE.finditer(line):
        text.append(line[end : found.start()])
        if found[1]:
            text.append(found[1])
        else:
            text.append(_said(found[2], "bold"))
        end = found.end()
    return text.append(line[end:])


def _is_row(line: str) -> bool:
    return line.startswith("|") and line.endswith("|") and len(line) > 1


def _cells(line: str) -> list[str]:
    cells, start = [], 1
    for edge in _CELLS.finditer(line, 1):
        cells.append(line[start : edge.end() - 1].strip())
        start = edge.end()
    return cells


class Preview(Pane):
    """The pane that shows it. When the text changes, what is being read stays where it is, wherever it now begins."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._sources: list[int] = []

    def put(self, subject: str, title: str, lines: Sequence[Line], shades: Shades, *, beside: bool) -> None:
        """Show a notice."""
        before, top = [line.plain for line in self._lines], int(self.scroll_offset.y)
        same = subject == self.subject
        self._sources = [line.line for line in lines]
        self.tell(subject, title, [line.piece for line in lines], shades, beside=beside)
        if same and top:
            self.scroll_to(y=moved(before, [line.plain for line in self._lines], top), animate=False, force=True)

    def look_at(self, line: int) -> None:
        """Bring a line of the Markdown into view."""
        before = self._pieces[: sum(source < line for source in self._sources)]
        width = max(4, self.size.width - self._margin - 1)
        above = len(list(broken(before, width, self._shades)))
        self.scroll_to(y=max(0, above - 2), animate=False, force=True)


def moved(before: Sequence[str], after: Sequence[str], top: int) -> int:
    """Where the line that was at `top` now stands: that line, or the first below it that is still there."""
    for down, line in enumerate(before[top:]):
        places = [n for n, other in enumerate(after) if other == line]
        if line.strip() and places:
            return max(0, min(places, key=lambda place: abs(place - top - down)) - down)
    return top
