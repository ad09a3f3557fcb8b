"""What the widgets that draw their own rows have in common."""

from __future__ import annotations

from rich.style import Style
from rich.text import Text
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Lined(ScrollView):
    """Rows drawn one by one. The style under them is looked up once, which for every row would cost more than the row."""

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
