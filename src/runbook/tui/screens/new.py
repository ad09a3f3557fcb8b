"""New: opens at once, the clock running; everything else can be filled in later."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from runbook.case import Case
from runbook.events import Mode
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.place import Place


class New(Place):
    """The few questions a new incident may be opened with, all of them optional."""

    place = "new"
    title_said = say("New incident")
    explains = say("Opens an incident at once.")
    in_case = False
    commands: ClassVar[tuple[Command, ...]] = (Command("enter", "open", say("open"), say("Open the incident now.")),)
    mode: Mode = "live"

    def body(self) -> ComposeResult:
        yield Input(id="title")

    def show(self, case: Case | None) -> None:
        pass

    def arrive(self, where: str) -> None:
        self.mode = "drill" if where == "drill" else "live"

    def on_input_submitted(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        app = self.desk_app
        title = self.query_one("#title", Input).value
        app.slow(lambda: app.desk.new("lost-media", title, mode=self.mode).incident.id, app.open_case)
