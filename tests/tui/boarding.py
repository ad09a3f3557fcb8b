"""What tests of the board share."""

from __future__ import annotations

from textual.pilot import Pilot

from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.board import Board
from runbook.tui.screens.board.panel import StepPanel
from tests.tui.looking import settled


def board(app: RunbookApp) -> Board:
    """The board, also under an open question."""
    return next(screen for screen in app.screen_stack if isinstance(screen, Board))


def here(app: RunbookApp) -> str:
    """The step shown, and what the cursor is on."""
    shown = board(app)
    return f"{shown.view.step.id} {shown.query_one(StepPanel).here}"


def asking(app: RunbookApp) -> bool:
    """Whether a question is open."""
    return isinstance(app.screen, Asking)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after what the one before it did was recorded and shown."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))
