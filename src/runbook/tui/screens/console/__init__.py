"""The facilitator's console of a drill: what comes when, the clock, the team, the score, and what was observed."""

from runbook.tui.screens.console.working import Console

__all__ = ["Console"]
