"""A few rows drawn by a function that whoever places them gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.text import Text

from runbook.tui.widgets.lined import Few

Draw: TypeAlias = Callable[[int], Sequence[Text]]


class Drawn(Few):
    """The rows. Its height is set by whoever places it."""

    DEFAULT_CSS = "Drawn { height: 1; width: 1fr; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._draw: Draw = lambda _: ()

    def put(self, draw: Draw) -> None:
        """Show other rows."""
        self._draw = draw
        self.changed()

    def draw(self, width: int) -> Sequence[Text]:
        return self._draw(width)
