"""Questions that stay open until their answer is recorded: what is refused is said, and what was typed stays."""

from __future__ import annotations

from runbook.actions.deciding import Decision
from runbook.desk import Done
from runbook.errors import RunbookError
from runbook.tui.base import Work
from runbook.tui.screens.asktext import Typing


class Recording(Typing[bool]):
    """A question that records its answer itself, judged against what was shown when it opened. Gives True then."""

    _busy = False
    _seen: int | None = None

    def on_mount(self) -> None:
        case = self.desk_app.case
        self._seen = case.incident.seq if case else None

    def send(self, decision: Decision) -> None:
        """Record a decision; once, however often enter is pressed."""
        self.carry(self.desk_app.doing(decision))

    def carry(self, work: Work) -> None:
        """Do what records the answer; once, however often enter is pressed."""
        if not self._busy:
            self._busy = True
            self.desk_app.carry(work, self._recorded, typed=self.keep, seen=self._seen, refused=self.refuse)

    def refuse(self, failure: RunbookError) -> None:
        """Say what is wrong. The next try is judged against what the record says by then."""
        self._busy, self._seen = False, None
        super().refuse(failure)

    def finished(self, result: bool | None = True) -> None:
        super().finished(result)

    def _recorded(self, _: Done) -> None:
        self.finished()
