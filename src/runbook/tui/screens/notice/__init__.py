"""Notices: the first notice, drafted from the facts."""

from runbook.tui.screens.notice.screen import Notice

__all__ = ["Notice"]
