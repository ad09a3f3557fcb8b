"""The board: the phases and steps of an incident, and the chosen step to work through."""

from runbook.tui.screens.board.working import Board

__all__ = ["Board"]
