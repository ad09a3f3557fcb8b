"""What the widgets that draw their own rows have in common."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

WALKING: list[BindingType] = [
    Binding("up", "move(-1)", show=False),
    Binding("down", "move(1)", show=False),
    Binding("pageup", "page(-1)", show=False),
    Binding("pagedown", "page(1)", show=False),
    Binding("home", "edge(0)", show=False),
    Binding("end", "edge(-1)", show=False),
    Binding("enter", "choose", show=False),
]
"""The keys of every list with a cursor."""


class Ground(Widget):
    """The style under every row, looked up once: for each row it would cost more than the row."""

    _base: Style | None = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._base = None

    def strip(self, row: Text | None, width: int) -> Strip:
        """A row as it is painted, on this widget's ground; without one the ground alone."""
        if self._base is None:
            self._base = self.rich_style
        if row is None:
            return Strip.blank(width, self._base)
        strip = Strip(row.render(self.app.console, end=""))
        return strip.apply_style(self._base).adjust_cell_length(width, self._base)


class Lined(ScrollView, Ground):
    """Any number of rows, of which those in view are drawn."""


class Few(Ground):
    """A few rows drawn by a plain function of the width, painted again only where their words changed."""

    _rows: Sequence[Text] = ()
    _width = 0

    def draw(self, width: int) -> Sequence[Text]:
        """The rows as they should be now, at most `width` cells wide."""
        raise NotImplementedError

    def changed(self) -> None:
        """Draw the rows anew, where there is room for them yet, and paint them if they say something else."""
        rows = self._rows
        if self._width and self.rows(self._width, anew=True) != rows:
            self.refresh()

    def rows(self, width: int, *, anew: bool = False) -> Sequence[Text]:
        """The rows at this width."""
        if anew or width != self._width:
            self._width, self._rows = width, list(self.draw(width))
        return self._rows

    def render_line(self, y: int) -> Strip:
        rows = self.rows(self.size.width)
        return self.strip(rows[y] if y < len(rows) else None, self.size.width)
