"""The facts: everything that is known, data sets and registers among it."""

from runbook.tui.screens.facts.screen import Facts

__all__ = ["Facts"]
