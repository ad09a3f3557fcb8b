"""The chosen step, to be read and worked through: rows of text with a cursor that stops where there is something to
do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, TypeAlias

from rich.text import Text
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from runbook.tui.presenting import Shades
from runbook.tui.screens.board import walking
from runbook.tui.screens.board.showing import Block
from runbook.tui.widgets.lined import Lined

Build: TypeAlias = Callable[[int], Sequence[Block]]
"""Makes the blocks, so many cells wide."""
MARGIN = 2
"""Cells at the left, for the pointer."""


class StepPanel(Lined, can_focus=True):
    """The panel. What is read stays where it is when the blocks change; the cursor stays on the same block."""

    DEFAULT_CSS = """
    StepPanel {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; background: transparent;
    }
    """
    BINDINGS: ClassVar = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("left", "screen.turn(-1)", show=False),
        Binding("right", "screen.turn(1)", show=False),
    ]

    class Pressed(Message):
        """A click on something there is to do."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._build: Build = lambda _: ()
        self._shades = Shades()
        self._blocks: Sequence[Block] = ()
        self._rows: list[tuple[Block, Text]] = []
        self._here = ""
        self._laid = 0

    @property
    def here(self) -> str:
        """The id of the block under the cursor; empty where it is on none."""
        return self._here

    @property
    def page(self) -> walking.Page:
        """The rows and stops as they are now."""
        return walking.Page(len(self._rows), max(1, self.size.height), [span for _, span in self._stops()])

    def show(self, build: Build, shades: Shades, *, anew: bool = False) -> None:
        """Show other blocks; from their top if `anew`, else with the same row on top as far as it is still there."""
        self._build, self._shades = build, shades
        if not self.scrollable_content_region.width:
            return
        anew = anew or not self._laid
        top = int(self.scroll_offset.y)
        reading = None if anew or top >= len(self._rows) else self._reading(top)
        index = next((n for n, (block, _) in enumerate(self._stops()) if block.id == self._here), None)
        self._rebuild()
        if anew:
            self._here = ""
            place = walking.rest(self.page, 0)
        else:
            top, stop = self._found(reading, top), self._still(index)
            place = walking.Place(top if stop is None else walking.reveal(self.page, stop, top), stop)
        self._put(place)

    def look_at(self, id: str) -> None:
        """Put the cursor on a block, and show it."""
        for n, (block, _) in enumerate(self._stops()):
            if block.id == id:
                self._put(walking.Place(walking.reveal(self.page, n, int(self.scroll_offset.y)), n))

    def _rebuild(self) -> None:
        self._laid = self.scrollable_content_region.width
        self._make_rows(self._laid)
        self.virtual_size = Size(self._laid, len(self._rows))

    def _make_rows(self, width: int) -> None:
        self._blocks = self._build(max(10, width - MARGIN))
        self._rows = [(block, row) for block in self._blocks for row in block.rows]

    def _reading(self, top: int) -> tuple[str, int]:
        """The block on top, and how many of its rows are above."""
        block = self._rows[top][0]
        return block.id, top - next(n for n, (other, _) in enumerate(self._rows) if other is block)

    def _found(self, reading: tuple[str, int] | None, top: int) -> int:
        """Where the row that was on top is now."""
        if reading is None:
            return top
        id, above = reading
        first = next((n for n, (block, _) in enumerate(self._rows) if block.id == id), None)
        return top if first is None else first + above

    def _still(self, index: int | None) -> int | None:
        """The stop under the cursor, or the one in its place where it is gone."""
        ids = [block.id for block, _ in self._stops()]
        if self._here in ids:
            return ids.index(self._here)
        return None if index is None or not ids else min(index, len(ids) - 1)

    def _stops(self) -> list[tuple[Block, tuple[int, int]]]:
        found, row = [], 0
        for block in self._blocks:
            if block.item:
                found.append((block, (row, row + len(block.rows))))
            row += len(block.rows)
        return found

    def _put(self, place: walking.Place) -> None:
        stops = self._stops()
        stop = place.stop if place.stop is not None and self.page.sees(place.stop, place.top) else None
        self._here = "" if stop is None else stops[stop][0].id
        self.scroll_to(y=place.top, animate=False, force=True, immediate=True)
        self.refresh()

    def _place(self) -> walking.Place:
        ids = [block.id for block, _ in self._stops()]
        return walking.Place(int(self.scroll_offset.y), ids.index(self._here) if self._here in ids else None)

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._laid:
            self.show(self._build, self._shades)
        self.look_at(self._here)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if not (self._laid or self._rows):
            self._make_rows(width)  # the very first paint comes before anyone is told of the size
        n = y + int(self.scroll_offset.y)
        if n >= len(self._rows):
            return self.strip(None, width)
        block, row = self._rows[n]
        text = row.copy()
        here = block.item and block.id == self._here
        if here and self.has_focus:
            text.stylize(self._shades.here)
        first = here and (n == 0 or self._rows[n - 1][0] is not block)
        return self.strip(Text.assemble((self._shades.pointer if first else " ", self._shades.here), " ", text), width)

    def action_step(self, way: int) -> None:
        self._put(walking.step(self.page, self._place(), way))

    def action_turn(self, way: int) -> None:
        self._put(walking.turn(self.page, self._place(), way))

    def action_edge(self, which: int) -> None:
        self._put(walking.rest(self.page, which * self.page.lowest))

    def on_click(self, event: Click) -> None:
        n = event.y + int(self.scroll_offset.y)
        if 0 <= n < len(self._rows) and self._rows[n][0].item:
            self.focus()
            self.look_at(self._rows[n][0].id)
            self.post_message(self.Pressed(self._here))
