"""What stands on every screen: the top line, the nearest clocks, and the footer of keys.

These lines are drawn from the app's reactive values only; none of them reads a store or a clock. Each is painted again
only where its words changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.geometry import Size

from runbook.script import inject as find_inject
from runbook.script import scenario_of
from runbook.tui import presenting
from runbook.tui.commands import Command
from runbook.tui.drill_words import arrival_words, clock_state, drill_lines
from runbook.tui.teller import Teller
from runbook.tui.widgets.lined import Few
from runbook.wording.safe import clip, for_terminal

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp


ARRIVAL = 34
"""Cells of the top line for what arrived while a question is open."""


class FrameLine(Few):
    """A line of the frame."""

    DEFAULT_CSS = "FrameLine { height: 1; width: 1fr; }"
    SHOWS: tuple[str, ...] = ("case", "language", "now", "saving", "news", "fresh", "theme")

    @property
    def desk_app(self) -> RunbookApp:
        from runbook.tui.app import RunbookApp

        assert isinstance(self.app, RunbookApp)
        return self.app

    def on_mount(self) -> None:
        for name in self.SHOWS:
            self.watch(self.app, name, self.changed, init=False)


class TopLine(FrameLine):
    """Mode, incident, incident clock, and whether what is shown is on disk. Over questions too."""

    DEFAULT_CSS = "TopLine { dock: top; background: $background; }"

    def draw(self, width: int) -> Sequence[Text]:
        app = self.desk_app
        state = clock_state(app.case, app.desk.wall()) if app.case else None
        news = self._arrival() or app.news
        return [presenting.top_line(app.case, app.now, app.saving, news, app.language, app.shades, width, state)]

    def _arrival(self) -> str:
        """What arrived a moment ago, where an open question hides the line that says so."""
        app = self.desk_app
        came = find_inject(app.case, app.fresh) if app.case and self.screen.is_modal else None
        return "" if came is None else clip(for_terminal(app.speak(arrival_words(came))), ARRIVAL)


class DrillLine(FrameLine):
    """In a drill of a scenario: what waits for the team, and what the real case had done by now. `there` is whether it
    stands on a place that its keys lead to."""

    DEFAULT_CSS = "DrillLine { height: 2; display: none; }"
    SHOWS = ("case", "language", "now", "fresh", "theme")

    def __init__(self, *, there: bool = False) -> None:
        super().__init__()
        self._there = there

    def on_mount(self) -> None:
        super().on_mount()
        self.changed()

    def changed(self) -> None:
        case = self.desk_app.case
        self.display = case is not None and scenario_of(case) is not None
        super().changed()

    def draw(self, width: int) -> Sequence[Text]:
        app = self.desk_app
        if app.case is None or not self.display:
            return []
        tell = Teller(app.case, app.language, app.shades)
        return drill_lines(tell, app.desk.wall(), app.fresh, width, there=self._there)


class ClockLine(FrameLine):
    """The nearest deadlines."""

    SHOWS = ("case", "language", "theme")

    def draw(self, width: int) -> Sequence[Text]:
        app = self.desk_app
        return [presenting.clock_line(app.case, app.language, app.shades, width)]


class KeyLine(FrameLine):
    """The keys that work here, on one line or two."""

    DEFAULT_CSS = "KeyLine { height: auto; }"
    SHOWS = ("language", "theme")

    def __init__(self, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.commands = commands

    def changed(self) -> None:
        super().changed()
        self.refresh(layout=True)

    def draw(self, width: int) -> Sequence[Text]:
        app = self.desk_app
        return presenting.key_lines(self.commands, app.language, app.shades, width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self.rows(width))
