"""Keys: each is declared once, and the bindings, the footer, the palette and F1 are made from it.

A place declares its own commands; those that work everywhere stand here.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from textual.binding import Binding

from runbook.speech import Message, say


class Command(msgspec.Struct, frozen=True):
    """A key and what it does.

    `action` is Textual's action string; without a prefix it is a method `action_…` of the place, with `app.` of the
    app. `footer` says whether it earns room in the footer, the more important ones first. `always` makes it work over
    open questions too.
    """

    key: str
    action: str
    title: Message
    help: Message
    footer: bool = True
    always: bool = False


IN_CASE: tuple[Command, ...] = (
    Command("n", "app.note", say("note"), say("Write a free entry into the record.")),
    Command("u", "app.undo", say("undo"), say("Take back your last act. It stays visible in the record.")),
    Command("b", "app.go('board')", say("board"), say("Phases and steps.")),
    Command("f", "app.go('facts')", say("facts"), say("Every fact, data set and register.")),
    Command("d", "app.documents", say("docs"), say("Draft a notice from the facts.")),
    Command("l", "app.go('record')", say("log"), say("The whole log.")),
    Command("c", "app.go('clocks')", say("clocks"), say("What the laws ask, and every due time.")),
    Command("o", "app.go('home')", say("home"), say("All incidents.")),
    Command("j", "app.go('severity')", say("severity"), say("How severe it is, line by line."), footer=False),
    Command("y", "app.resume", say("go on writing"), say("Take up a half-typed text again."), footer=False),
    Command("i", "app.incoming", say("incoming"), say("What reaches you in a drill, and your answers."), footer=False),
    Command("h", "app.phase('h')", say("hotline"), say("The hotline's steps on the board."), footer=False),
    Command("p", "app.phase('p')", say("press room"), say("The publishing steps on the board."), footer=False),
    Command("m", "app.phase('m')", say("committee"), say("The committee's steps on the board."), footer=False),
    Command("q", "app.phase('q')", say("quantify"), say("The counting steps on the board."), footer=False),
)
"""What works in every place inside an incident."""

EVERYWHERE: tuple[Command, ...] = (
    Command("f1", "app.help", say("help"), say("Explain this place.")),
    Command("question_mark", "app.help", say("help"), say("Explain this place."), footer=False),
    Command("f2", "app.language", say("日本語"), say("Switch between Japanese and English.")),
    Command("f3", "app.theme", say("theme"), say("Dark, light, high contrast."), footer=False, always=True),
    Command("ctrl+p", "app.palette", say("all commands"), say("Find any command by its name."), footer=False),
    Command("escape", "app.leave", say("back"), say("Back to where you came from."), footer=False),
    Command("ctrl+q", "app.quit", say("quit"), say("Leave the program. Everything is saved already."), always=True),
)
"""What works on every screen."""


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """Textual's bindings for commands."""
    return [
        Binding(command.key, command.action, str(command.title), show=False, priority=command.always)
        for command in commands
    ]


_KEY_NAMES = {
    "left_square_bracket": "[",
    "full_stop": ".",
    "slash": "/",
    "question_mark": "?",
    "escape": "esc",
    "f1": "F1",
    "f2": "F2",
    "f3": "F3",
    "f6": "F6",
    "f7": "F7",
    "f8": "F8",
    "f9": "F9",
    "plus": "+",
    "minus": "-",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key_name(key: str) -> str:
    """A key as it is written for people: `^p` for ctrl+p."""
    return _KEY_NAMES.get(key) or key.replace("ctrl+", "^")
