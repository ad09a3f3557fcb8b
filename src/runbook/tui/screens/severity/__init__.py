"""The severity worksheet."""

from runbook.tui.screens.severity.screen import Severity

__all__ = ["Severity"]
