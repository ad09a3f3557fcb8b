"""A place where one walks through a list and reads about the row under the cursor: facts, record, clocks.

From a hundred columns on the text stands beside the list, below that under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.widget import Widget

from runbook.case import Case
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.pane import Pane, Piece

WIDE = 100
"""Columns from which there is room for the text beside the list; the app sets the class `-wide` there."""
BACK = Command("escape", "back", say("back"), say("Close what is open here; then back to the board."), footer=False)


class Reading(Place):
    """A list and a text. A subclass yields the list from `listing` and says the rest."""

    DEFAULT_CSS = """
    Reading #split { height: 1fr; layout: vertical; }
    Reading #list { height: 1fr; }
    Reading Pane { height: 45%; }
    Reading.-wide #split { layout: horizontal; }
    Reading.-wide #list { width: 3fr; height: 1fr; }
    Reading.-wide Pane { width: 2fr; height: 1fr; display: block; }
    """

    _case: Case | None = None

    def body(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Container(id="split"):
            yield self.listing()
            yield Pane()

    @property
    def wide(self) -> bool:
        return self.size.width >= WIDE

    @property
    def pane(self) -> Pane:
        return self.query_one(Pane)

    @property
    def teller(self) -> Teller:
        """How things are said of the case that is shown; the app may have left it meanwhile."""
        assert self._case is not None
        return Teller(self._case, self.desk_app.language, self.desk_app.shades)

    def show(self, case: Case | None) -> None:
        self._case = case

    def listing(self) -> Widget:
        """The list, with the id `list`."""
        raise NotImplementedError

    def headline(self, width: int) -> Text:
        """The line over the list."""
        raise NotImplementedError

    def read(self) -> None:
        """Say in the pane what there is to know about the row under the cursor."""
        raise NotImplementedError

    def unwind(self) -> bool:
        """Close or clear what stands between the whole list and its reader; False where there is nothing."""
        return False

    def tell_pane(self, subject: str, title: str, pieces: Sequence[Piece]) -> None:
        self.pane.tell(subject, title, pieces, self.desk_app.shades, beside=self.wide)

    def put_headline(self) -> None:
        """Draw the line over the list anew."""
        self.query_one("#headline", Drawn).put(lambda width: [self.headline(width)])

    def on_resize(self, event: Resize) -> None:
        if self.is_current and self._case is not None:
            self.call_after_refresh(self.read)

    def action_back(self) -> None:
        """One step back: from the text to the list, to the whole list, to the board."""
        if self.pane.has_focus:
            self.query_one("#list").focus()
        elif not self.unwind():
            self.desk_app.action_leave()


class Searched(Reading):
    """A reading place whose list is laid out anew by what is searched for: `_wanted`, empty for everything."""

    searching: ClassVar[Message]
    """The question of `/`."""

    _wanted = ""

    def adopt(self) -> None:
        """Lay the list out as it stands now, for what is wanted."""
        raise NotImplementedError

    def unwind(self) -> bool:
        if self._wanted:
            self.want("")
            return True
        return False

    def action_search(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        self.app.push_screen(
            AskLine(self.searching, say("An empty search shows everything."), value=self._wanted), self.want
        )

    def want(self, words: str | None) -> None:
        """Show what holds these words; None changes nothing."""
        if words is not None:
            self._wanted = words.strip()
            self.adopt()
