"""The list of phases and steps at the left: all phases, and the steps of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding

from runbook.progress import StepView, next_steps
from runbook.tui.screens.board.lines import PhaseView, list_line, phase_line, phases
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row, Rows


def rows(views: Sequence[StepView], shown: str, tell: Teller) -> list[Row]:
    """All phases, with the steps of the one that holds the step `shown`. Ids are phase:ID and step:ID."""
    found = []
    for phase in phases(views):
        open = any(view.step.id == shown for view in phase.views)
        found.append(Row(f"phase:{phase.phase.id}", partial(_phase, phase, open, tell)))
        if open:
            found += [Row(f"step:{view.step.id}", partial(_step, view, shown, tell)) for view in phase.views]
    return found


def first_of(views: Sequence[StepView], phase: str) -> StepView | None:
    """The step of a phase to look at: what comes next in it, else its first."""
    own = [view for view in views if view.phase.id == phase]
    return next(iter(next_steps(own)), next(iter(own), None))


def _phase(phase: PhaseView, open: bool, tell: Teller, width: int, here: bool) -> Text:
    return phase_line(phase, tell, width, here, open)


def _step(view: StepView, shown: str, tell: Teller, width: int, here: bool) -> Text:
    return list_line(view, tell, width, here, view.step.id == shown)


class StepList(Rows):
    """The list at the left. What the cursor is on is shown beside it; the keys here lead back to it."""

    DEFAULT_CSS = "StepList { width: 38; height: 1fr; }"
    BINDINGS: ClassVar = [
        Binding("right", "choose", show=False),
        Binding("escape", "screen.steps", show=False),
    ]
