"""Rows whose owner holds back what would move them, until one goes to their top or end."""

from __future__ import annotations

from textual.events import Click
from textual.message import Message

from runbook.tui.widgets.rows import Rows


class KeptRows(Rows):
    """The list."""

    class AtEdge(Message):
        """Someone went to the very top or end: what was held back may be shown now."""

    def on_click(self, event: Click) -> None:
        """A click only goes to a row; a second one chooses it."""
        n = self._at(event.y)
        if 0 <= n < len(self._rows) and self._rows[n].id and self._rows[n].id != self.here:
            event.prevent_default()
            self._go(self._rows[n].id)

    def action_edge(self, which: int) -> None:
        super().action_edge(which)
        self.post_message(self.AtEdge())
