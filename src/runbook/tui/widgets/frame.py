"""What stands on every screen: the top line, the nearest clocks, and the footer of keys.

These lines are drawn from the app's reactive values only; none of them reads a store or a clock. Each is painted again
only where its words changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.geometry import Size

from runbook.tui import presenting
from runbook.tui.commands import Command
from runbook.tui.widgets.lined import Few

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp


class FrameLine(Few):
    """A line of the frame."""

    DEFAULT_CSS = "FrameLine { height: 1; width: 1fr; }"
    SHOWS: tuple[str, ...] = ("case", "language", "now", "saving", "news", "theme")

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
        return [presenting.top_line(app.case, app.now, app.saving, app.news, app.language, app.shades, width)]


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
