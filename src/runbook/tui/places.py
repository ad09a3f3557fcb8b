"""The places there are. Each is imported when it is first gone to: what it needs does not delay the first paint."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runbook.tui.place import Place

IN_CASE = ("board", "facts", "clocks", "notice", "record", "severity", "incoming", "hotwash")
"""The places inside an incident."""
CONSOLE = "console"
"""The facilitator's place at a drill. Nothing of the team's leads there."""


def find(name: str) -> type[Place]:
    """The screen of a place."""
    from runbook.tui.place import Place

    module = import_module(f"runbook.tui.screens.{name}")
    found = getattr(module, name.capitalize())
    assert isinstance(found, type)
    assert issubclass(found, Place)
    return found
