"""The palette: every command of a place, found by its words, run by enter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding

from runbook.speech import Message, say
from runbook.tui.commands import Command, key_name
from runbook.tui.presenting import fit
from runbook.tui.screens.asking import Asking
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording.safe import clip, fold


class Palette(Asking[str]):
    """The commands of a place. Gives the action of the one chosen."""

    BINDINGS: ClassVar = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
    ]

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__(say("All commands"))
        # F1 and ? are one command, shown once.
        self._commands = list({command.action: command for command in reversed(commands)}.values())[::-1]

    def keys(self) -> Message:
        return say("enter do it   arrows choose   esc back")

    def answer(self) -> ComposeResult:
        from textual.widgets import Input

        yield Input(placeholder=self.desk_app.speak(say("Type a few letters of its name")))
        rows = Rows(self._found(""))
        rows.can_focus = False
        yield rows

    def _found(self, typed: str) -> list[Row]:
        speak = self.desk_app.speak
        words = [fold(word) for word in typed.split()]
        return [
            Row(command.action, partial(self._line, command))
            for command in self._commands
            if all(word in fold(speak(command.title) + speak(command.help) + command.key) for word in words)
        ]

    def _line(self, command: Command, width: int, here: bool) -> Text:
        speak, shades = self.desk_app.speak, self.desk_app.shades
        return Text.assemble(
            (f"{shades.pointer if here else ' '} {fit(speak(command.title), 18)} ", shades.here if here else ""),
            (fit(key_name(command.key), 6), shades.key),
            (clip(speak(command.help), width - 27), shades.quiet),
        )

    def on_input_changed(self) -> None:
        from textual.widgets import Input

        self.query_one(Rows).set_rows(self._found(self.query_one(Input).value))

    def on_input_submitted(self) -> None:
        self.query_one(Rows).action_choose()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.id)

    def action_move(self, by: int) -> None:
        self.query_one(Rows).action_move(by)
