"""A text to read about one thing: pieces with labels, broken into lines, scrolled only by whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding
from textual.events import Blur, Focus, Resize
from textual.geometry import Region, Size
from textual.strip import Strip

from runbook.tui.presenting import Shades, fit
from runbook.tui.widgets.lined import Lined
from runbook.tui.wrapping import wrap
from runbook.wording.safe import cells, clip

AHEAD = 200
"""Lines broken beyond those that are seen."""
_BIT = 2000


class Piece(msgspec.Struct, frozen=True):
    """One paragraph. With a `label` it stands beside it, in a column all labels share."""

    text: Text
    label: str = ""


class Pane(Lined, can_focus=True):
    """Shows pieces under a title. As long as the subject is the same, what is being read stays where it is."""

    DEFAULT_CSS = "Pane { overflow-x: hidden; scrollbar-size-vertical: 1; background: transparent; }"
    BINDINGS: ClassVar = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._subject = ""
        self._title = ""
        self._pieces: Sequence[Piece] = ()
        self._lines: list[Text] = []
        self._rest: Iterator[Text] = iter(())
        self._shades = Shades()
        self._beside = False

    @property
    def subject(self) -> str:
        """What it is about now."""
        return self._subject

    def tell(self, subject: str, title: str, pieces: Sequence[Piece], shades: Shades, *, beside: bool) -> None:
        """Show this; `beside` draws the line that divides it from a list at its left, else from one above it."""
        if (title, pieces, shades, beside) == (self._title, self._pieces, self._shades, self._beside):
            self._subject = subject
            return
        same = (subject, title, shades, beside) == (self._subject, self._title, self._shades, self._beside)
        self._title, self._pieces, self._shades, self._beside = title, pieces, shades, beside
        if subject != self._subject:
            self._subject = subject
            self.scroll_to(y=0, animate=False, force=True)
        self._break(all=not same)

    def _break(self, *, all: bool = True) -> None:
        """Break the pieces into lines anew, and paint `all` of them or those that say something else."""
        before, top = self._lines, int(self.scroll_offset.y)
        # One cell stays free for the scroll bar, so that no line is broken anew when one appears.
        width = max(4, self.size.width - self._margin - 1)
        self._lines, self._rest = [], broken(self._pieces, width, self._shades)
        self._fill(top)
        if all or len(before) != len(self._lines):
            self.refresh()
            return
        for row in range(1, self.size.height):
            n = top + row - 1
            if before[n : n + 1] != self._lines[n : n + 1]:
                self.refresh(Region(0, row, self.size.width, 1))

    def _fill(self, top: int, more: int = AHEAD) -> None:
        """Break as many lines as are needed with line `top` on top, and some more."""
        wanted = top + self.size.height + more
        if len(self._lines) < wanted:
            self._lines += islice(self._rest, wanted - len(self._lines))
            self.virtual_size = Size(self.size.width, len(self._lines) + 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._fill(int(new_value))

    @property
    def _margin(self) -> int:
        return 2 if self._beside else 1

    def on_resize(self, event: Resize) -> None:
        self._break()

    def on_focus(self, event: Focus) -> None:
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        bar = ("|" if self._shades.ascii else "│") if self._beside else ""
        if y == 0:
            text = self._heading(bar, width)
        else:
            n = y - 1 + int(self.scroll_offset.y)
            line = self._lines[n] if n < len(self._lines) else Text()
            text = Text.assemble((bar, self._shades.quiet), " ", line)
        return self.strip(text, width)

    def _heading(self, bar: str, width: int) -> Text:
        """The title, whether one is in here, and how much more there is to read."""
        shades, more = self._shades, len(self._lines) - (self.size.height - 1)
        hint = f" tab +{more} " if more > 0 and not self.has_focus else " "
        start = bar or shades.rule
        pointer = shades.pointer if self.has_focus else " "
        title = clip(self._title, max(0, width - cells(hint) - 4))
        fill = "" if self._beside else shades.rule
        line = Text.assemble((start, shades.quiet), (f"{pointer}", shades.here), (f"{title} ", "bold"))
        room = width - cell_len(line.plain) - cell_len(hint)
        line.append((fill or " ") * max(0, room), shades.quiet)
        return line.append(hint, shades.quiet)

    def action_move(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def action_page(self, way: int) -> None:
        self.action_move(way * max(1, self.size.height - 2))

    def action_edge(self, which: int) -> None:
        if which:
            self._fill(len(self._lines), 10 * AHEAD)
        self.scroll_to(y=which * self.max_scroll_y, animate=False, force=True)


def broken(pieces: Sequence[Piece], width: int, shades: Shades) -> Iterator[Text]:
    """The lines of pieces, at most `width` cells wide."""
    column = min(max((cells(piece.label) for piece in pieces if piece.label), default=0), width // 3)
    for piece in pieces:
        if not piece.label:
            yield from _wrapped(piece.text, width)
            continue
        label = Text.assemble((fit(piece.label, column) + "  ", shades.quiet))
        for line in _wrapped(piece.text, width - column - 2):
            yield label + line
            label = Text(" " * (column + 2))


def _wrapped(text: Text, width: int) -> Iterator[Text]:
    """The lines of a text; a long one (a record takes 200,000 letters) is broken bit by bit, as it is read."""
    if len(text.plain) <= _BIT:
        yield from wrap(text, width)
        return
    for line in text.plain.split("\n"):
        left = line
        while len(left) > _BIT:
            *whole, last = wrap(Text(left[:_BIT], text.style), width)
            yield from whole
            left = last.plain + left[_BIT:]
        yield from wrap(Text(left, text.style), width)
