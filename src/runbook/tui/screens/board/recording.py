"""Questions that stay open until their answer is recorded: what is refused is said, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text
from textual.widgets import Static

from runbook.actions.deciding import Decision
from runbook.desk import Done
from runbook.errors import RunbookError
from runbook.tui.screens.asking import Typing
from runbook.wording.safe import for_terminal


class Recording(Typing[bool]):
    """A question that records its answer itself, judged against what was shown when it opened. Gives True then."""

    _busy = False
    _seen: int | None = None

    def on_mount(self) -> None:
        case = self.desk_app.case
        self._seen = case.incident.seq if case else None

    def wrong(self) -> Iterator[Static]:
        """The place where a refusal is said."""
        place = Static("", id="wrong")
        place.display = False
        yield place

    def send(self, decision: Decision) -> None:
        """Record a decision; once, however often enter is pressed."""
        if not self._busy:
            self._busy = True
            self.desk_app.act(decision, self._recorded, typed=self.keep, seen=self._seen, refused=self.refuse)

    def refuse(self, failure: RunbookError) -> None:
        """Say what is wrong. The next try is judged against what the record says by then."""
        self._busy, self._seen = False, None
        app = self.desk_app
        said = " ".join(app.speak(part) for part in (failure.message, failure.hint) if part is not None)
        place = self.query_one("#wrong", Static)
        place.update(Text(f"! {for_terminal(said)}", app.shades.bad))
        place.display = True

    def typed(self) -> None:
        super().typed()
        self.query_one("#wrong").display = False

    def finished(self) -> None:
        """Leave, with nothing of what was typed left to take up again."""
        self._unkept = None
        self.desk_app.unfinished.forget(self.keep)
        if self.is_current:
            self.dismiss(True)

    def _recorded(self, _: Done) -> None:
        self.finished()
