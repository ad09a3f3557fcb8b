"""The two lists of the studio: the notices at the left, what to see to at the right."""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Region

from runbook.tui.presenting import Shades
from runbook.tui.widgets.rows import Row, Rows


class Points(Rows):
    """The list of what to see to, under a title that stays where it is: with a row comes what is said about it below.

    Below a notice the title is the line between them: what the police ask to keep back must not read as its end.
    """

    def put(self, title: str, rows: list[Row], shades: Shades, here: str = "") -> None:
        """Show other rows."""

        def draw(width: int, _: bool) -> Text:
            pointer = shades.pointer if self.has_focus else " "
            line = Text.assemble((shades.rule, shades.quiet), (pointer, shades.here), (f"{title} ", "bold"))
            return line.append(shades.rule * max(0, width - line.cell_len), shades.quiet)

        self.set_rows([Row("", draw), *rows], here)

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _at(self, y: int) -> int:
        return super()._at(y) if y else 0

    def _reveal(self) -> None:
        super()._reveal()
        ids = [row.id for row in self._rows]
        if self.here in ids and self.is_mounted and self.size.height:
            n = ids.index(self.here)
            end = next((m for m in range(n + 1, len(ids)) if ids[m]), len(ids))
            height = min(end - n + 1, self.size.height)  # with the line that the title covers
            self.scroll_to_region(Region(0, n - 1, 1, height), animate=False, force=True)


class Kinds(Rows):
    """The notices there can be."""
