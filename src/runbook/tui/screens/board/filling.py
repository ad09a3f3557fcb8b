"""Filling in a step's field: one small window for whatever can be typed, one for what is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key
from textual.widgets import Static

from runbook.actions import steps
from runbook.actions.values import means_unknown, read_value
from runbook.case import Case
from runbook.errors import RunbookError
from runbook.events import Prose
from runbook.playbook import Field, Step
from runbook.progress import field_value
from runbook.saying import value_words
from runbook.speech import Argument, Message, say
from runbook.tui import typed
from runbook.tui.screens.asking import Choose
from runbook.tui.screens.recording import Recording
from runbook.tui.teller import Teller

if TYPE_CHECKING:
    from textual.widgets import Input, TextArea

EMPTY = "-"
"""The choice of no answer at all."""


def question(case: Case, step: Step, field: Field) -> Message:
    """The field with its step's number, as it is asked for."""
    return say("{number} {title}", number=case.playbook.numbers[step.id], title=field.title)


def asked(field: Field, tell: Teller) -> list[str]:
    """What helps to answer: the fact's question, and the step's hint."""
    spec = tell.case.spec(field.fact) if field.fact else None
    return [tell(text) for text in (spec.ask if spec else None, field.hint) if text is not None]


class Fill(Recording):
    """A field answered by typing. Enter records it; unchanged, or on escape, nothing is recorded."""

    DEFAULT_CSS = "Fill TextArea { height: 6; }"
    BINDINGS: ClassVar = [
        Binding("enter", "send", show=False, priority=True),
        Binding("ctrl+j", "newline", show=False, priority=True),
    ]

    def __init__(self, case: Case, step: Step, field: Field, keep: str) -> None:
        value = typed.as_typed(field_value(case, step, field), case.zone)
        super().__init__(question(case, step, field), value=value, keep="" if field.guard == "password" else keep)
        self._case, self._step, self._field = case, step, field

    def answer(self) -> ComposeResult:
        from textual.widgets import Input, TextArea

        app = self.desk_app
        for text in asked(self._field, Teller(self._case, app.language, app.shades)):
            yield Static(Text(text))
        if how := typed.how(self._field):
            yield Static(Text(app.speak(how), app.shades.quiet))
        if self._field.type == "text":
            yield TextArea(self.start, soft_wrap=True)
        else:
            yield Input(self.start, select_on_focus=self.start == self.value)
        yield Static("", id="echo")
        yield from self.wrong()

    def drawn(self) -> None:
        if self._field.type == "text":
            self._area.move_cursor(self._area.document.end)
        self._echo()

    def keys(self) -> Message:
        if self._field.type == "text":
            return say("enter OK   ctrl+j new line   esc back")
        return say("enter OK   esc back")

    @property
    def _area(self) -> TextArea:
        from textual.widgets import TextArea

        return self.query_one(TextArea)

    @property
    def _input(self) -> Input:
        from textual.widgets import Input

        return self.query_one(Input)

    @property
    def text(self) -> str:
        return self._area.text if self._field.type == "text" else self._input.value

    def on_input_changed(self) -> None:
        self.typed()
        self._echo()

    def on_text_area_changed(self) -> None:
        self.typed()
        self._echo()

    def refuse(self, failure: RunbookError) -> None:
        self.query_one("#echo", Static).update("")
        super().refuse(failure)

    def _echo(self) -> None:
        """How the program reads what was typed, where that is not plain to see."""
        app, text = self.desk_app, self.text
        said = Text()
        read_otherwise = self._field.type in ("time", "date", "integer") or means_unknown(text)
        if read_otherwise and text.strip():
            try:
                value = read_value(app.desk.at(self._case), self._field, text)
            except RunbookError as wrong:
                said = Text(app.speak(wrong.message), app.shades.quiet)
            else:
                tell = Teller(self._case, app.language, app.shades)
                shown: Argument = value_words(value, {}, self._case.zone)
                if value == "unknown":
                    shown = say("recorded as not known yet")
                said = Text("" if isinstance(value, Prose) else tell(shown), app.shades.here)
        self.query_one("#echo", Static).update(said)

    def action_send(self) -> None:
        if self.text.strip() == self.value.strip():
            self.finished()
        else:
            self.send(partial(steps.fill, step=self._step.id, field=self._field.id, typed=self.text))

    def action_newline(self) -> None:
        if self._field.type == "text":
            self._area.insert("\n")


class Pick(Choose):
    """A field answered by one of several, by its letter or by the arrows. Gives the id, or EMPTY."""

    def __init__(self, case: Case, step: Step, field: Field) -> None:
        self._letters = {letter: id for letter, id, _ in typed.choices(field)}
        options = [(id, say("{letter}  {choice}", letter=key, choice=said)) for key, id, said in typed.choices(field)]
        now = field_value(case, step, field)
        if now is not None:
            options.append((EMPTY, say("-  leave it empty")))
        super().__init__(question(case, step, field), options, str(now or ""))
        self._case, self._field = case, field

    def answer(self) -> ComposeResult:
        app = self.desk_app
        for text in asked(self._field, Teller(self._case, app.language, app.shades)):
            yield Static(Text(text))
        yield from super().answer()

    def keys(self) -> Message:
        return say("a letter, or arrows and enter   esc back")

    def on_key(self, event: Key) -> None:
        letter = event.character or ""
        if letter in self._letters:
            event.stop()
            self.dismiss(self._letters[letter])
        elif letter == EMPTY and any(id == EMPTY for id, _ in self.options):
            event.stop()
            self.dismiss(EMPTY)
