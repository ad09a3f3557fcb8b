"""Questions with a time beside them: finishing a step that is late or not all done, and the free note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input, Static

from runbook.actions import records, steps
from runbook.case import Case
from runbook.errors import RunbookError
from runbook.moment import Moment, read_moment
from runbook.playbook import Check, Step
from runbook.saying import moment_words
from runbook.speech import Argument, Message, say
from runbook.tui.screens.recording import Recording
from runbook.tui.teller import Teller
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    from textual.widgets import TextArea


class Timed(Recording):
    """A question with a line for when it happened; an empty one means now."""

    DEFAULT_CSS = "Timed #when { margin-top: 0; }"
    BINDINGS: ClassVar = [Binding("enter", "send", show=False, priority=True)]

    def __init__(self, question: Message, case: Case, *, keep: str = "") -> None:
        super().__init__(question, keep=keep)
        self._case = case

    def when(self, asks: Message) -> Iterator[Widget]:
        """The line, what it asks, and how the program reads what is typed there."""
        yield Static(Text("\n" + self.desk_app.speak(asks)))
        yield Input(id="when", compact=True, placeholder="15:45, ~15:45, 06-22 15:45")
        yield Static("", id="echo")

    def moment(self) -> Moment | None:
        """The time typed. Raises BadContent where it is none."""
        text = self.query_one("#when", Input).value
        now = self.desk_app.desk.at(self._case).now  # time goes on while one types
        return read_moment(text, now, self._case.zone) if text.strip() else None

    def on_input_changed(self) -> None:
        app = self.desk_app
        said: Argument = ""
        try:
            if moment := self.moment():
                said = moment_words(moment, self._case.zone)
        except RunbookError as wrong:
            said = wrong.message
        self.query_one("#echo", Static).update(Text(Teller(self._case, app.language, app.shades)(said)))

    def action_send(self) -> None:
        try:
            moment = self.moment()
        except RunbookError as failure:
            self.refuse(failure)
        else:
            self.answered(moment)

    def answered(self, moment: Moment | None) -> None:
        """Record the answer."""
        raise NotImplementedError


class Finish(Timed):
    """Finish a step all the same: says which checks are open, and asks when it was really finished."""

    def __init__(self, case: Case, step: Step, open_checks: Sequence[Check], moment: Moment | None = None) -> None:
        number = case.playbook.numbers[step.id]
        super().__init__(say("Finish {number} {title}?", number=number, title=step.title), case)
        self._step, self._open = step, open_checks
        self._moment = moment

    @property
    def text(self) -> str:
        return ""

    def keys(self) -> Message:
        return say("enter finish   esc back")

    def answer(self) -> ComposeResult:
        app = self.desk_app
        if self._open:
            yield Static(Text(app.speak(say("Not ticked; this is written into the record:"))))
            for check in self._open:
                yield Static(Text(f"[ ] {for_terminal(check.title.said(app.language))}"))
        yield from self.when(say("When was it really finished? Empty means now."))
        yield from self.wrong()

    def answered(self, moment: Moment | None) -> None:
        self.send(partial(steps.finish, step=self._step.id, moment=moment))


class Note(Timed):
    """A free note, with when it happened, and the step it belongs to if it does."""

    BINDINGS: ClassVar = [
        Binding("ctrl+j", "newline", show=False, priority=True),
        Binding("ctrl+t", "attach", show=False, priority=True),
    ]

    def __init__(self, case: Case, step: Step, attach: bool, keep: str) -> None:
        super().__init__(say("What happened, what was decided, what was said?"), case, keep=keep)
        self._step, self._attached = step, attach
        self._when = ""

    def keys(self) -> Message:
        return say("enter OK   ctrl+j new line   tab when   ctrl+t this step, yes or no   esc back")

    def answer(self) -> ComposeResult:
        from textual.widgets import TextArea

        yield TextArea(self.start, soft_wrap=True)
        yield from self.when(say("When did it happen? Empty means now."))
        yield Static("", id="step")
        yield from self.wrong()

    def on_mount(self) -> None:
        self.query_one("#when", Input).value = self.desk_app.unfinished.texts.get(self._keep_when, "")

    def drawn(self) -> None:
        self._area.move_cursor(self._area.document.end)
        self._show_step()

    @property
    def _keep_when(self) -> str:
        """The name under which the time is kept beside the text."""
        return f"when:{self.keep}"

    def on_input_changed(self) -> None:
        super().on_input_changed()
        self.typed()

    def typed(self) -> None:
        super().typed()
        self._when = self.query_one("#when", Input).value

    def _keep(self) -> None:
        rested = self._unkept is not None
        super()._keep()
        if rested and self.keep:
            self.desk_app.unfinished.keep(self._keep_when, self._when)

    def finished(self, result: bool | None = True) -> None:
        super().finished(result)
        self.desk_app.unfinished.forget(self._keep_when)

    @property
    def _area(self) -> TextArea:
        from textual.widgets import TextArea

        return self.query_one(TextArea)

    @property
    def text(self) -> str:
        return self._area.text

    def on_text_area_changed(self) -> None:
        self.typed()

    def action_newline(self) -> None:
        if self._area.has_focus:
            self._area.insert("\n")

    def action_attach(self) -> None:
        self._attached = not self._attached
        self._show_step()

    def _show_step(self) -> None:
        app = self.desk_app
        number = self._case.playbook.numbers[self._step.id]
        belongs = app.speak(say("belongs to step {number} {title}", number=number, title=self._step.title))
        self.query_one("#step", Static).update(Text(f"[{'x' if self._attached else ' '}] {for_terminal(belongs)}"))

    def answered(self, moment: Moment | None) -> None:
        step = self._step.id if self._attached else ""
        self.send(partial(records.note, text=self.text, moment=moment, step=step))
