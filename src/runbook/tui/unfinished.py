"""Half-typed texts: kept while one types, offered again after a crash, forgotten once they are recorded.

A text is kept under the action that asks for it, so that one key can go on with it: `app.note`, or a place and its
action, `board:skip('report-loss')`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.actions import ActionError, parse

from runbook.saying import joined
from runbook.speech import Message, say
from runbook.tui import places
from runbook.tui.commands import IN_CASE, Command

if TYPE_CHECKING:
    from runbook.tui.base import DeskApp


class Unfinished:
    """The half-typed texts of the person here in the open case."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._incident = ""
        self.texts: dict[str, str] = {}

    def open(self, incident: str, place: str = "") -> None:
        """Read what was left unfinished in an incident, and say so; at the facilitator's `place` nothing of the
        team's is taken up. Keys wait for it: a window opened without its text would write over that."""

        def found(texts: dict[str, str]) -> None:
            self.texts = texts
            if place != places.CONSOLE and (offered := self.offered()):
                names = joined(list({command.title.id: command.title for _, command in offered}.values()))
                self._app.tell(
                    say("Unfinished text from before: {where}.", where=names), say("Press y to go on with it.")
                )

        self._incident, self.texts = incident, {}
        self._app.fetch(partial(self._app.desk.typing, incident), found)

    def keep(self, place: str, text: str) -> None:
        """Keep a text as it stands now; an empty one is forgotten."""
        if place and text != self.texts.get(place, ""):
            self.texts[place] = text
            self._app.slow(partial(self._app.desk.keep_typing, self._incident, place, text))

    def forget(self, place: str) -> None:
        """The text was recorded or thrown away."""
        self.keep(place, "")
        self.texts.pop(place, None)

    def offered(self) -> list[tuple[str, Command]]:
        """The texts one can go on with, each with the command that asks for it."""
        found = [(place, _command(place)) for place, text in self.texts.items() if text.strip()]
        return [(place, command) for place, command in found if command is not None]

    def choices(self) -> list[tuple[str, Message]]:
        """The texts one can go on with, as they are listed."""
        begun = {place: text.strip().splitlines()[0] for place, text in self.texts.items() if text.strip()}
        return [  # of a form, without the name of its line
            (place, say("{command}: {text}", command=command.title, text=begun[place].partition("\t")[0]))
            for place, command in self.offered()
        ]


def parts(place: str) -> tuple[str, str]:
    """The place to go to (empty where it may be asked anywhere) and the action that asks for a text."""
    there, colon, action = place.partition(":")
    return (there, action) if colon and there in places.IN_CASE else ("", place)


def _command(place: str) -> Command | None:
    """The command that asks for a text; None where there is none (any more)."""
    there, action = parts(place)
    commands = places.find(there).commands if there else IN_CASE
    try:
        wanted = parse(action)[:2]
    except ActionError:
        return None
    return next((command for command in commands if parse(command.action)[:2] == wanted), None)
