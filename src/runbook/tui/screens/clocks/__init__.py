"""The clocks: every due time, and how long things really took."""

from runbook.tui.screens.clocks.working import Clocks

__all__ = ["Clocks"]
