"""The record: the whole log of an incident, however long."""

from runbook.tui.screens.record.screen import Record

__all__ = ["Record"]
