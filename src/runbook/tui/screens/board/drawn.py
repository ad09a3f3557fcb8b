"""A few rows drawn by a plain function of the width, painted again only where their words changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.text import Text
from textual.widget import Widget

Draw: TypeAlias = Callable[[int], Sequence[Text]]


class Drawn(Widget):
    """The rows. Its height is set by whoever places it."""

    DEFAULT_CSS = "Drawn { height: 1; width: 1fr; }"

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._draw: Draw = lambda _: ()
        self._drawn: list[Text] = []

    def put(self, draw: Draw) -> None:
        """Show other rows. Where there is no room for them yet they are not even drawn."""
        self._draw = draw
        if self.size and list(draw(self.size.width)) != self._drawn:
            self.refresh()

    def render(self) -> Text:
        self._drawn = list(self._draw(self.size.width))
        return Text("\n", no_wrap=True, end="").join(self._drawn)
