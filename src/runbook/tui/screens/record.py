"""A stub, until its owner builds it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from runbook.case import Case
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.place import Place


class Record(Place):
    place = "record"
    title_said = say("Record")
    explains = say("Record")
    commands: ClassVar[tuple[Command, ...]] = ()

    def body(self) -> ComposeResult:
        yield Static(id="stub")

    def show(self, case: Case | None) -> None:
        assert case is not None
        self.query_one("#stub", Static).update(f"{self.place}: {case.incident.title} {case.now}", layout=False)
