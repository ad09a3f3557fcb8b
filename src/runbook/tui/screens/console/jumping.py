"""The question to what time the clock is put forward: read back with its date, and what it passes on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from runbook.errors import RunbookError
from runbook.speech import Message, say
from runbook.tui.screens.asktext import AskLine
from runbook.wording.safe import for_terminal


class AskAhead(AskLine):
    """A time ahead. `read` gives what was meant and what to say of it; raises BadContent where it is no such time."""

    def __init__(self, read: Callable[[str], tuple[datetime, Message]]) -> None:
        super().__init__(say("Put the clock forward to what time?"), say("08:30, tomorrow 08:30, 06-24 08:30, +30min"))
        self._read = read
        self.meant: datetime | None = None
        """The time that stands there now."""

    def answer(self) -> ComposeResult:
        yield from super().answer()
        yield Static("", id="echo")

    def on_input_changed(self) -> None:
        app, echo = self.desk_app, self.query_one("#echo", Static)
        self.meant = None
        if not self.text.strip():
            echo.update("")
            return
        try:
            self.meant, said = self._read(self.text)
        except RunbookError as wrong:
            echo.update(Text(for_terminal(app.sentences(wrong)), app.shades.quiet))
            return
        echo.update(Text(for_terminal(app.speak(said), multiline=True), app.shades.here))

    def give(self, answer: str) -> None:
        """What is no time cannot be taken; why stands there already."""
        if self.meant is not None:
            super().give(answer)
