"""The list of phases and steps over the board, where the screen has no room for it beside the step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding

from runbook.progress import StepView
from runbook.speech import Message, say
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.board.sidelist import first_of, rows
from runbook.tui.widgets.rows import Rows


class Steps(Asking[str]):
    """The list over the board. Gives the id of the step chosen; a phase that is chosen opens."""

    BINDINGS: ClassVar = [Binding("left_square_bracket", "leave", show=False)]

    def __init__(self, views: Sequence[StepView], shown: str) -> None:
        super().__init__(say("Phases and steps"))
        self._views = views
        self._shown = shown

    def keys(self) -> Message:
        return say("enter open   arrows choose   esc back")

    def answer(self) -> ComposeResult:
        list = Rows(rows(self._views, self._shown, self.teller), f"step:{self._shown}")
        list.styles.max_height = 18
        yield list

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        kind, _, id = event.id.partition(":")
        if kind == "step":
            self.dismiss(id)
        elif view := first_of(self._views, id):
            self.query_one(Rows).set_rows(rows(self._views, view.step.id, self.teller), f"step:{view.step.id}")
