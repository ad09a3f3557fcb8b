"""F1: what a place is for, and every command that works in it."""

from __future__ import annotations

from collections.abc import Sequence
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

    DEFAULT_CSS = """
    Help > Vertical { height: 1fr; }
    Help Rows { height: 1fr; max-height: 100%; }
    Help #more { height: 1; }
    Help #about { height: 2; }
    Help .keys { margin-top: 0; }
    """
    BINDINGS: ClassVar = [
        Binding("f1", "leave", show=False, priority=True),
        Binding("question_mark", "leave", show=False),
    ]

    def __init__(self, place: Place) -> None:
        super().__init__(place.title_said)
        self._place = place
        self._commands: dict[str, list[Command]] = {}
        for command in place.all_commands():
            self._commands.setdefault(command.action, []).append(command)

    def keys(self) -> Message:
        return say("enter do it   arrows choose   esc back")

    def answer(self) -> ComposeResult:
        yield Static(self.prose(self._place.explains))
        yield Rows([Row(action, partial(self._line, same)) for action, same in self._commands.items()])
        yield Static("", id="more")
        yield Static("", id="about")

    def drawn(self) -> None:
        self.watch(self.query_one(Rows), "scroll_y", self._tell)
        self.call_after_refresh(self._tell)

    def on_rows_moved(self) -> None:
        self._tell()

    def _tell(self) -> None:
        """How much of the list is below, and all that there is to say of the row under the cursor."""
        rows, speak, shades = self.query_one(Rows), self.desk_app.speak, self.desk_app.shades
        below = len(self._commands) - int(rows.scroll_offset.y) - rows.size.height
        more = speak(say("{n} more below", n=below)) if below > 0 else ""
        self.query_one("#more", Static).update(Text(more, shades.quiet))
        if rows.here:
            self.query_one("#about", Static).update(self.prose(self._commands[rows.here][0].help))

    def _line(self, same: Sequence[Command], width: int, here: bool) -> Text:
        """An action with every key that does it."""
        command, keys = same[0], " ".join(key_name(one.key) for one in same)
        speak, shades = self.desk_app.speak, self.desk_app.shades
        return Text.assemble(
            (f"{shades.pointer if here else ' '} ", shades.here),
            (fit(keys, 8) + " ", shades.key),
            (fit(speak(command.title), 16) + " ", shades.here if here else ""),
            (clip(speak(command.help), width - 28), shades.quiet),
        )

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.dismiss(event.id)
