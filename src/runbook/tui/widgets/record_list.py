"""The record as a list of any length: only the rows in view are drawn, and only those near it are held.

It knows sequence numbers and what it was given for some of them; whoever owns it fetches the rest, off the screen's
thread. A key re-renders two lines, however long the record is (design rule 4 of the measurements: a hundred thousand
rows take seconds to fill into any widget that holds them all).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from runbook.tui.widgets.lined import WALKING, Lined

T = TypeVar("T")
NEAR, FAR = 60, 160
"""Once an entry that near to the view is missing, all that are missing so far from it are asked for: in small portions,
since whoever reads them takes time from whoever draws."""
HELD = 2000
"""Entries held at most."""


class RecordList(Lined, Generic[T], can_focus=True):
    """The list.

    `ask(seqs)` is called for what is missing, once at a time; the owner answers with `give`. `draw(seq, line, width,
    here)` gives a row's words, at most `width` cells; `line` is None while it is being fetched.
    """

    DEFAULT_CSS = "RecordList { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: transparent; }"
    BINDINGS: ClassVar = WALKING

    class Chosen(Message):
        """Enter, or a click on the entry under the cursor."""

        def __init__(self, seq: int) -> None:
            super().__init__()
            self.seq = seq

    class Moved(Chosen):
        """The cursor stands on another entry."""

    class AtEnd(Message):
        """Someone went to the very end: what was held back may be shown now."""

    def __init__(
        self,
        ask: Callable[[list[int]], None],
        draw: Callable[[int, T | None, int, bool], Text],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._ask = ask
        self._draw = draw
        self._order: Sequence[int] = ()
        self._cursor = 0
        self._held: dict[int, T] = {}
        self._stale: set[int] = set()
        self._strips: dict[int, Strip] = {}
        self._width = 0
        self._waiting = False

    # What it shows

    @property
    def order(self) -> Sequence[int]:
        """The sequence numbers listed."""
        return self._order

    @property
    def here(self) -> int:
        """The entry under the cursor; 0 where the list is empty."""
        return self._order[self._cursor] if self._order else 0

    @property
    def line(self) -> T | None:
        """What is held of the entry under the cursor."""
        return self._held.get(self.here)

    def set_order(self, order: Sequence[int], here: int = 0) -> None:
        """List these entries, the cursor on `here` and at the height it was; on the last where `here` is not listed."""
        above = self._cursor - int(self.scroll_offset.y)
        self._order = order
        self._cursor = max(0, len(order) - 1)
        if here and here in order:
            self._cursor = order.index(here)
        else:
            above = self.size.height - 1
        self.virtual_size = Size(self.size.width, len(order))
        self.scroll_to(y=max(0, self._cursor - max(0, above)), animate=False, force=True)
        self._reveal()
        self.refresh()
        self._want()

    def go_to(self, seq: int) -> bool:
        """Put the cursor on an entry; False where it is not listed."""
        if seq not in self._order:
            return False
        self._go(self._order.index(seq))
        return True

    def give(self, lines: Mapping[int, T]) -> None:
        """What was asked for. Anything still missing near the view is asked for next."""
        self._waiting = False
        if not lines.keys().isdisjoint(self._seen):
            self.refresh()
        for seq, line in lines.items():
            self._held.pop(seq, None)
            self._held[seq] = line
            self._stale.discard(seq)
            self._strips.pop(seq, None)
        while len(self._held) > HELD:
            gone = next(iter(self._held))
            del self._held[gone]
            self._stale.discard(gone)
            self._strips.pop(gone, None)
        self._want()

    def forget(self, seqs: Iterable[int]) -> None:
        """These entries read differently now: they are fetched again where they are looked at, and stand as they were
        until then."""
        self._stale.update(seq for seq in seqs if seq in self._held)
        self._want()

    def gave_up(self) -> None:
        """What was asked for could not be had."""
        self._waiting = False

    def redraw(self) -> None:
        """Draw every row anew: the language, the looks or the way of drawing changed."""
        self._strips.clear()
        self.refresh()

    # Drawing

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self, event: Resize) -> None:
        self.virtual_size = Size(self.size.width, len(self._order))
        self._reveal()
        self._want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def render_line(self, y: int) -> Strip:
        n = y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if width != self._width:
            self._width = width
            self._strips.clear()
        if n >= len(self._order):
            return self.strip(None, width)
        seq = self._order[n]
        if n == self._cursor:
            return self._strip(seq, here=True)
        if seq not in self._strips:
            strip = self._strip(seq, here=False)
            if seq not in self._held:
                return strip
            self._strips[seq] = strip
        return self._strips[seq]

    def _strip(self, seq: int, *, here: bool) -> Strip:
        return self.strip(self._draw(seq, self._held.get(seq), self._width, here), self._width)

    # Fetching

    def _want(self) -> None:
        """Ask for what is missing near the view: what is in it first, then what one may come to."""
        if self._waiting or not self._order or not self.size.height:
            return
        if not self._missing(NEAR):
            return
        self._waiting = True
        self._ask(self._missing(self.size.height if self._missing(0) else FAR))

    @property
    def _seen(self) -> Sequence[int]:
        """The entries in view."""
        top = int(self.scroll_offset.y)
        return self._order[top : top + self.size.height]

    def _missing(self, beyond: int) -> list[int]:
        """The entries that are not held as they are now, in view and so far beyond it."""
        top = int(self.scroll_offset.y)
        near = self._order[max(0, top - beyond) : top + self.size.height + beyond]
        return [seq for seq in near if seq not in self._held or seq in self._stale]

    # Walking

    def _go(self, n: int) -> None:
        n = max(0, min(n, len(self._order) - 1))
        old, self._cursor = self._cursor, n
        if old == n:
            return
        self._reveal()
        self.refresh_lines(old)
        self.refresh_lines(n)
        self.post_message(self.Moved(self.here))

    def _reveal(self) -> None:
        top, height = int(self.scroll_offset.y), self.size.height
        if not height:
            return
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, force=True)
        elif self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, force=True)

    def action_move(self, by: int) -> None:
        self._go(self._cursor + by)

    def action_page(self, way: int) -> None:
        self._go(self._cursor + way * max(1, self.size.height - 1))

    def action_edge(self, which: int) -> None:
        self._go(len(self._order) - 1 if which else 0)
        if which:
            self.post_message(self.AtEnd())

    def action_choose(self) -> None:
        if self._order:
            self.post_message(self.Chosen(self.here))

    def on_click(self, event: Click) -> None:
        n = event.y + int(self.scroll_offset.y)
        if n == self._cursor:
            self.action_choose()
        elif 0 <= n < len(self._order):
            self._go(n)
