"""The studio: every notice, from the first draft to what was published and put right."""

from runbook.tui.screens.notice.working import Notice

__all__ = ["Notice"]
