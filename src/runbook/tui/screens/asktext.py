"""Questions answered by typing: a line, several lines, a time.

A text that is being typed is kept under the name in `keep` (see `unfinished`): what was typed before a crash, or before
escape, stands there again when the question is next asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar, TypeVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.widgets import Static

from runbook.errors import RunbookError
from runbook.moment import Moment, read_moment
from runbook.speech import Message, say
from runbook.tui.base import is_open
from runbook.tui.screens.asking import Asking
from runbook.tui.typed import TIME
from runbook.tui.wrapping import hung
from runbook.wording import words
from runbook.wording.safe import for_terminal

T = TypeVar("T")
KEEP_AFTER = 0.3
"""Seconds without a key after which what was typed is kept."""


class Typing(Asking[T]):
    """A question answered by typing. What is typed is kept under `keep`, if it is given and `may_keep` lets it be
    (a guarded field's text may not be kept before its check)."""

    explains = say(
        "Write the answer; enter takes it. Where it cannot be taken, this window says why and stays. Esc leaves and "
        "records nothing; what was typed into a text is kept, and stands here again next time."
    )

    def __init__(
        self,
        question: Message,
        hint: Message | None = None,
        *,
        value: str = "",
        keep: str = "",
        may_keep: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__(question, hint)
        self.value = value
        self.keep = keep
        self._may_keep = may_keep
        self._unkept: str | None = None
        self._over = False
        self._record: Callable[[T], None] | None = None
        self._sent = False

    @property
    def start(self) -> str:
        """What stands in the field at first: what was typed here before, else the value to change."""
        return self.desk_app.unfinished.texts.get(self.keep) or self.value

    @property
    def text(self) -> str:
        """What stands in the field now."""
        raise NotImplementedError

    def stay(self, record: Callable[[T], None]) -> bool:
        """Stay open until the answer is recorded: `record` is to call `finished` or `refuse`."""
        self._record = record
        return True

    def give(self, answer: T) -> None:
        """Answer the question; once, however often enter is pressed."""
        if self._record is None:
            self.dismiss(answer)
        elif not self._sent:
            self._sent = True
            self._record(answer)

    def wrong(self) -> Iterator[Static]:
        """The place where a refusal is said."""
        place = Static("", id="wrong")
        place.display = False
        yield place

    def refuse(self, failure: RunbookError) -> None:
        """Say what is wrong; what was typed stays."""
        self._sent = False
        if not is_open(self):  # left by escape meanwhile
            super().refuse(failure)
            return
        place = self.query_one("#wrong", Static)
        said = Text(for_terminal(self.desk_app.sentences(failure)), self.desk_app.shades.bad)
        place.update(hung("!", said, self.room))
        place.display = True

    def finished(self, result: T | None = None) -> None:
        """Leave, with nothing of what was typed left to take up again."""
        self._unkept = None
        self.desk_app.unfinished.forget(self.keep)
        if self.is_current:
            self.dismiss(result)

    def typed(self) -> None:
        """Something was typed: keep it once it has rested a moment."""
        self.query_one("#wrong").display = False
        if self._over:
            return
        if self._unkept is None:
            self.set_timer(KEEP_AFTER, self._keep)
        self._unkept = self.text

    def _keep(self) -> None:
        text, self._unkept = self._unkept, None
        if text is not None and self.keep and (self._may_keep is None or self._may_keep(text)):
            self.desk_app.unfinished.keep(self.keep, text if text != self.value else "")

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Keep what stands there, as it may be refused; nothing is kept once it may already be recorded."""
        if self._unkept is not None:
            self._unkept = self.text
        self._keep()
        self._over = True
        return super().dismiss(result)

    def on_unmount(self) -> None:
        self._keep()


class _Line(Typing[T]):
    def answer(self) -> ComposeResult:
        from textual.widgets import Input

        yield Input(self.start, select_on_focus=self.start == self.value)
        yield from self.wrong()

    @property
    def text(self) -> str:
        from textual.widgets import Input

        return self.query_one(Input).value

    def on_input_changed(self) -> None:
        self.typed()


class AskLine(_Line[str]):
    """One line of text."""

    def on_input_submitted(self) -> None:
        self.give(self.text)


class AskText(Typing[str]):
    """Several lines of text. Enter ends it, as in every field; ctrl+j starts a new line."""

    BINDINGS: ClassVar = [
        Binding("enter", "answer", show=False, priority=True),
        Binding("ctrl+j", "newline", show=False, priority=True),
    ]

    def answer(self) -> ComposeResult:
        from textual.widgets import TextArea

        yield TextArea(self.start, soft_wrap=True)
        yield from self.wrong()

    def drawn(self) -> None:
        from textual.widgets import TextArea

        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def keys(self) -> Message:
        return say("enter OK   ctrl+j new line   esc back")

    @property
    def text(self) -> str:
        from textual.widgets import TextArea

        return self.query_one(TextArea).text

    def on_text_area_changed(self) -> None:
        self.typed()

    def action_answer(self) -> None:
        self.give(self.text)

    def action_newline(self) -> None:
        from textual.widgets import TextArea

        self.query_one(TextArea).insert("\n")


class AskTime(_Line[Moment]):
    """A time as people type it, echoed back with its date."""

    def __init__(
        self, question: Message, now: datetime, zone: ZoneInfo, hint: Message | None = None, *, value: str = ""
    ) -> None:
        super().__init__(question, hint or TIME, value=value)
        self._now = now
        self._zone = zone

    def answer(self) -> ComposeResult:
        yield from super().answer()
        yield Static("", id="echo")

    def on_input_changed(self) -> None:
        self.query_one("#wrong").display = False
        self._read()

    def on_input_submitted(self) -> None:
        if moment := self._read():
            self.give(moment)

    def _read(self) -> Moment | None:
        """The time typed, shown back in words; None, and what is wrong with it, where it is none."""
        app, echo = self.desk_app, self.query_one("#echo", Static)
        if not self.text.strip():
            echo.update("")
            return None
        try:
            now = self._now if app.case is None else app.desk.at(app.case).now  # time goes on while one types
            moment = read_moment(self.text, now, self._zone)
        except RunbookError as wrong:
            echo.update(Text(for_terminal(app.speak(wrong.message)), app.shades.quiet))
            return None
        echo.update(Text(words(app.language).moment(moment, self._zone), app.shades.here))
        return moment
