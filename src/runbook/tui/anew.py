"""A window made anew, as in the other language: what was typed in it, and where one stands in it, stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from runbook.tui.widgets.rows import Rows

T = TypeVar("T")


async def make_anew(window: Screen[T], drawn: Callable[[], None]) -> None:
    """Compose a window again; `drawn` fills in what its widgets do not hold from the start."""
    typed, here = [_text(one) for one in _fields(window)], [rows.here for rows in window.query(Rows)]
    focus = window.focus_chain.index(window.focused) if window.focused in window.focus_chain else None
    await window.recompose()
    for field, text in zip(_fields(window), typed, strict=True):
        _write(field, text)
    drawn()
    for rows, id in zip(window.query(Rows), here, strict=True):
        rows.here = id
    if focus is not None:
        window.focus_chain[focus].focus()


def _fields(window: Screen[T]) -> list[Widget]:
    return list(window.query("Input, TextArea"))


def _text(field: Widget) -> str:
    return field.value if isinstance(field, Input) else field.text if isinstance(field, TextArea) else ""


def _write(field: Widget, text: str) -> None:
    """Have that stand in a field, the cursor after it."""
    if isinstance(field, Input):
        field.value = text
        field.cursor_position = len(text)
    elif isinstance(field, TextArea):
        field.text = text
        field.move_cursor(field.document.end)
