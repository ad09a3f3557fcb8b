"""The one place that reads the machine's clock. Everything else is handed a `Clock`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives an aware datetime, never earlier than it gave before within one program run."""


def system_clock() -> datetime:
    """The machine's time, in UTC."""
    return datetime.now(UTC)
