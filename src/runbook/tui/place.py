"""A place: what every full screen of the program has in common, and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from runbook.case import Case
from runbook.speech import Message
from runbook.tui.base import is_open
from runbook.tui.commands import EVERYWHERE, IN_CASE, Command, bindings
from runbook.tui.widgets.frame import ClockLine, DrillLine, KeyLine, TopLine

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp


class Place(Screen[None]):
    """A screen with the frame around it.

    A subclass says its `place` (the name `app.go` knows), `title_said`, what F1 says of it (`explains`) and its own
    `commands`; it yields its widgets from `body` and redraws from `show`. `in_case` is False for the two places that
    belong to no incident.
    """

    place: ClassVar[str] = ""
    title_said: ClassVar[Message]
    explains: ClassVar[Message]
    commands: ClassVar[tuple[Command, ...]] = ()
    in_case: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        cls.BINDINGS = list(bindings(command for command in cls.all_commands() if command not in EVERYWHERE))
        super().__init_subclass__()

    @classmethod
    def all_commands(cls) -> tuple[Command, ...]:
        """Every command that works here, the place's own first; a key it uses itself means nothing else there."""
        taken = {command.key for command in cls.commands}
        shared = (IN_CASE if cls.in_case else ()) + EVERYWHERE
        return cls.commands + tuple(command for command in shared if command.key not in taken)

    @property
    def desk_app(self) -> RunbookApp:
        from runbook.tui.app import RunbookApp

        assert isinstance(self.app, RunbookApp)
        return self.app

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="body"):
            yield from self.body()
        if self.in_case:
            yield DrillLine(there=self.place in ("incoming", "hotwash"))
            yield ClockLine()
        yield KeyLine(self.all_commands())

    def body(self) -> ComposeResult:
        """The place's own widgets, between the frame's lines."""
        raise NotImplementedError

    def show(self, case: Case | None) -> None:
        """Draw the place anew: the case, its minute, the language or the theme changed.

        What is being read stays where it is, and what is being typed as it is. `case` is None only outside of one.
        """
        raise NotImplementedError

    def arrive(self, where: str) -> None:
        """Look at something: someone was sent here to see it. Called after `show`.

        `where` is "step:ID", "phase:KEY", "field:STEP/FIELD" (to look at), "fill:STEP/FIELD" (to fill in at once),
        "fact:NAME" or "entry:SEQ"; a place minds what it knows.
        """

    @property
    def document(self) -> str:
        """The kind of notice that what is looked at here leads to; empty where it leads to none."""
        return ""

    def leave(self) -> None:
        """Escape: to the board, from there to the list of all incidents."""
        self.desk_app.go("board" if self.in_case and self.place != "board" else "home")

    def send(self, where: str) -> None:
        """Have the place `arrive` at something, now or once it is shown."""
        self._where = where
        if where and self.is_mounted and self.is_current:
            self._changed()

    def on_mount(self) -> None:
        for name in ("case", "language", "theme"):
            self.watch(self.app, name, self._changed, init=False)
        self._changed()

    def on_screen_resume(self) -> None:
        if self.is_mounted and (self._stale or self._where):
            self._changed()

    def again(self) -> None:
        """Show the place anew."""
        self._changed()

    _stale = False
    _where = ""

    def _changed(self) -> None:
        """Show the case now, or when this place is next looked at."""
        case = self.desk_app.case
        self._stale = self not in self.app.screen_stack
        if self._stale or not is_open(self) or (case is None and self.in_case):
            return
        self.show(case)
        if self._where:
            where, self._where = self._where, ""
            self.arrive(where)
