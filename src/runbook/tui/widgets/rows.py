"""A list to walk through: rows drawn one by one, only those in view, with headings that the cursor steps over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

import msgspec
from rich.text import Text
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from runbook.tui.widgets.lined import WALKING, Lined


class Row(msgspec.Struct, frozen=True):
    """One line. `draw(width, here)` gives its words, at most `width` cells; an empty `id` cannot be chosen."""

    id: str
    draw: Callable[[int, bool], Text]


def heading(text: Text | str = "") -> Row:
    """A line that cannot be chosen."""
    shown = Text(text) if isinstance(text, str) else text
    return Row("", lambda _width, _here: shown)


class Rows(Lined, can_focus=True):
    """The list. The cursor stays on the same id when the rows change."""

    DEFAULT_CSS = "Rows { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: transparent; }"
    BINDINGS: ClassVar = WALKING

    class Chosen(Message):
        """Enter or a click on a row."""

        def __init__(self, rows: Rows, id: str) -> None:
            super().__init__()
            self.rows = rows
            self.id = id

        @property
        def control(self) -> Rows:
            return self.rows

    class Moved(Chosen):
        """The cursor stands on another row."""

    def __init__(self, rows: Sequence[Row] = (), here: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = list(rows)
        self._here = here
        self._settle()

    @property
    def here(self) -> str:
        """The id of the row under the cursor; empty where there is none."""
        return self._here

    @here.setter
    def here(self, id: str) -> None:
        self._here = id
        self._settle()
        self._reveal()

    def set_rows(self, rows: Sequence[Row], here: str = "") -> None:
        """Show other rows, the cursor on `here` if given, else where it was."""
        self._rows = list(rows)
        self._here = here or self._here
        self._settle()
        self.virtual_size = Size(self.size.width, len(self._rows))
        self.refresh()

    def _settle(self) -> None:
        ids = self._ids()
        if self._here not in ids:
            self._here = ids[0] if ids else ""

    def _ids(self) -> list[str]:
        return [row.id for row in self._rows if row.id]

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))
        self._reveal()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        n = self._at(y)
        if n >= len(self._rows):
            return self.strip(None, width)
        row = self._rows[n]
        return self.strip(row.draw(width, bool(row.id) and row.id == self._here), width)

    def _at(self, y: int) -> int:
        """The number of the row that is drawn on line `y`."""
        return y + int(self.scroll_offset.y)

    def _reveal(self) -> None:
        line = next((n for n, row in enumerate(self._rows) if row.id == self._here), 0)
        top = 0 if self._here and self._ids()[0] == self._here else line  # with the first row, its headings too
        region = Region(0, top, 1, line - top + 1)
        if self.is_mounted and self.size.height:
            self.scroll_to_region(region, animate=False, force=True)
        self.refresh()

    def _go(self, id: str) -> None:
        if id != self._here:
            self.here = id
            self.post_message(self.Moved(self, id))

    def action_move(self, by: int) -> None:
        ids = self._ids()
        if ids:
            self._go(ids[min(max(ids.index(self._here) + by, 0), len(ids) - 1)])

    def action_page(self, way: int) -> None:
        self.action_move(way * max(1, self.size.height - 1))

    def action_edge(self, which: int) -> None:
        ids = self._ids()
        if ids:
            self._go(ids[which])

    def action_choose(self) -> None:
        if self._here:
            self.post_message(self.Chosen(self, self._here))

    def on_click(self, event: Click) -> None:
        n = self._at(event.y)
        if 0 <= n < len(self._rows) and self._rows[n].id:
            self._go(self._rows[n].id)
            self.action_choose()
