"""F1: what a place is for, and every command that works in it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from runbook.speech import Message, say
from runbook.tui.commands import Command, key_name
from runbook.tui.place import Place
from runbook.tui.presenting import fit
from runbook.tui.screens.asking import Asking
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording.safe import clip


class Help(Asking[str]):
    """Explains a place. Gives the action of a command chosen from the list."""

    BINDINGS: ClassVar = [Binding("f1,question_mark", "leave", show=False)]

    def __init__(self, place: Place) -> None:
        super().__init__(place.title_said)
        self._place = place

    def keys(self) -> Message:
        return say("enter do it   arrows choose   esc back")

    def answer(self) -> ComposeResult:
        yield Static(self.prose(self._place.explains))
        yield Rows([Row(command.action, partial(self._line, command)) for command in self._place.all_commands()])

    def _line(self, command: Command, width: int, here: bool) -> Text:
        speak, shades = self.desk_app.speak, self.desk_app.shades
        return Text.assemble(
            (f"{shades.pointer if here else ' '} ", shades.here),
            (fit(key_name(command.key), 6), shades.key),
            (fit(speak(command.title), 16) + " ", shades.here if here else ""),
            (clip(speak(command.help), width - 25), shades.quiet),
        )

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.id)
