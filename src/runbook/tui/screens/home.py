"""Home: every incident, live ones and drills apart, and how to start one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult

from runbook.case import Case
from runbook.desk import Card
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.widgets.rows import Row, Rows, heading


class Home(Place):
    """The list of all incidents."""

    place = "home"
    title_said = say("Home")
    explains = say(
        "All incidents of this record. Start a new one at once with n and enter: its clock runs, and everything else "
        "can be filled in later. The incident worked on last is under the cursor already: enter opens it."
    )
    in_case = False
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "open", say("open"), say("Open the incident under the cursor.")),
        Command("n", "new('live')", say("new incident"), say("Start a new incident; the clock runs at once.")),
        Command("t", "new('drill')", say("drill"), say("Start a drill: the same program, marked DRILL.")),
        Command("slash", "search", say("search"), say("Show only the incidents with these words in their title.")),
    )

    def body(self) -> ComposeResult:
        yield Rows()

    def show(self, case: Case | None) -> None:
        self.desk_app.slow(self.desk_app.desk.cards, self._list)

    def _list(self, cards: list[Card]) -> None:
        rows = [heading(card.title) if not card.id else Row(card.id, partial(self._line, card)) for card in cards]
        self.query_one(Rows).set_rows(rows)

    def _line(self, card: Card, width: int, here: bool) -> Text:
        return Text(f" {card.title}")

    def action_open(self) -> None:
        self.query_one(Rows).action_choose()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.desk_app.open_case(event.id)

    def action_new(self, mode: str) -> None:
        self.desk_app.go("new", mode)
