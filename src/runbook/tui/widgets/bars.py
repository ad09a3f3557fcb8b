"""Scroll bars of whole cells: the fractions of a block that Textual ends them with have no certain width."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class PlainBars(ScrollBarRender):
    """A bar drawn in blanks and reversed blanks only: it needs no colour either."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


def use_plain_bars() -> None:
    """Draw every scroll bar so."""
    ScrollBar.renderer = PlainBars
