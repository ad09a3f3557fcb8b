"""Incoming: what reaches the team in a drill, and what the team said to it."""

from runbook.tui.screens.incoming.screen import Incoming

__all__ = ["Incoming"]
