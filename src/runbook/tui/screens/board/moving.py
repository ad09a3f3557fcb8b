"""Moving an incident to another edition of playbook and laws: what that would change is shown, and asked about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from textual.app import ComposeResult
from textual.widgets import Static

from runbook import editions
from runbook.case import Case
from runbook.desk import Desk
from runbook.speech import Message, say
from runbook.tui.screens.asking import Confirm

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp

SHOWN = 7
"""Changes that a window of 24 lines has room for, where each takes two."""
Found: TypeAlias = tuple[editions.Edition, list[Message]]


class Move(Confirm):
    """Whether to go by another edition, with what that would change."""

    def __init__(self, changes: Sequence[Message]) -> None:
        super().__init__(say("Go by today's edition from now on? It cannot be undone; what is recorded stays."))
        self._changes = changes

    def answer(self) -> ComposeResult:
        for change in self._changes[:SHOWN]:
            yield Static(self.prose(change))
        if more := self._changes[SHOWN:]:
            yield Static(self.prose(say("and {n} more; “runbook edition” lists them all", n=len(more))))


def offer(app: RunbookApp, case: Case) -> None:
    """Look for another edition; show what it would change, and move to it if that is wanted."""

    def ask(found: Found | None) -> None:
        if found is None:
            app.tell(say("This incident goes by today's edition already."))
        else:
            edition, changes = found
            app.ask_for(Move(changes), lambda _yes: lambda _seen: editions.move(app.desk, case, edition))

    app.fetch(partial(_looked, app.desk, case), ask)


def _looked(desk: Desk, case: Case) -> Found | None:
    found = editions.another(desk, case)
    return (found, list(editions.changes(case, found))) if found else None
