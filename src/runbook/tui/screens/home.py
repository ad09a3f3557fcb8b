"""Home: every incident, live ones and drills apart, and how to start one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from runbook.cards import Card
from runbook.case import Case
from runbook.speech import say
from runbook.tui import listing
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.widgets.rows import Row, Rows, heading
from runbook.wording.safe import fold

if TYPE_CHECKING:
    from runbook.desk import Desk
    from runbook.drills.scoring import Score

REFRESH = 30.0
"""Seconds after which what is left of the time until the next deadlines is counted anew."""


class Home(Place):
    """The list of all incidents."""

    place = "home"
    title_said = say("Home")
    explains = say(
        "All incidents of this record: live ones first, then drills, then what is closed. n and enter start a new one "
        "at once; its clock runs, and everything else can be filled in later. The incident worked on last is under "
        "the cursor already."
    )
    in_case = False
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "open", say("open"), say("Open the incident under the cursor.")),
        Command("n", "new('live')", say("new incident"), say("Start a new incident; the clock runs at once.")),
        Command("t", "drill", say("drill"), say("Start a drill: of a scenario, or without one.")),
        Command(
            "ctrl+g", "console", say("console"), say("Lead the drill under the cursor: the facilitator's console.")
        ),
        Command("slash", "search", say("search"), say("Show only the incidents with certain words in their title.")),
    )
    DEFAULT_CSS = """
    Home #starts { height: auto; }
    Home #detail { height: 2; }
    Home.-short #starts, Home.-short #detail { display: none; }
    """

    _cards: Sequence[Card] | None = None
    _wanted = ""
    _left = ""

    def __init__(self) -> None:
        super().__init__()
        self._scores: dict[str, tuple[int, Score]] = {}

    def body(self) -> ComposeResult:
        yield Static(id="starts")
        yield Rows()
        yield Static(id="detail")

    def on_mount(self) -> None:
        self.set_interval(REFRESH, self.again)

    def show(self, case: Case | None) -> None:
        self._draw()
        read = self.desk_app.fetch if self._cards is None else self.desk_app.slow  # a key is for a list that is there
        read(self.desk_app.desk.cards, self._take, on=self)

    def _take(self, cards: Sequence[Card]) -> None:
        first, self._cards = self._cards is None, cards
        here, self._left = self._left, ""
        self._draw(here or (listing.latest(cards) if first else ""))
        self._reckon(cards)

    def arrive(self, where: str) -> None:
        """`where` is "incident:ID": the one worked on until now."""
        self._left = where.removeprefix("incident:")

    def _draw(self, here: str = "") -> None:
        app = self.desk_app
        self.query_one("#starts", Static).update(
            listing.starts(app.language, app.shades, self.size.width), layout=False
        )
        rows = self.query_one(Rows)
        rows.set_rows(self._rows(), here)
        self._detail(rows.here)

    def _rows(self) -> list[Row]:
        language, shades = self.desk_app.language, self.desk_app.shades
        if self._cards is None:
            return [heading(listing.remark(say("Reading the record"), language, shades))]
        wanted = fold(self._wanted)
        found = [card for card in self._cards if wanted in fold(card.title)]
        rows: list[Row] = []
        for name, cards in listing.groups(found):
            rows.append(Row("", partial(listing.group_line, name, not rows, language=language, shades=shades)))
            rows += [Row(card.id, partial(self._line, card)) for card in cards]
            rows.append(heading())
        if self._wanted:
            rows.append(
                heading(listing.remark(say("Only “{words}”. esc shows all.", words=self._wanted), language, shades))
            )
        elif not rows:
            rows.append(
                heading(
                    listing.remark(say("No incident yet. When something is missing: n, then enter."), language, shades)
                )
            )
        return rows

    def _line(self, card: Card, width: int, here: bool) -> Text:
        app, scored = self.desk_app, self._scores.get(card.id)
        score = scored[1] if scored else None
        return listing.card_line(card, width, here, language=app.language, shades=app.shades, score=score)

    def _reckon(self, cards: Sequence[Card]) -> None:
        """Have the scores of drills that are over reckoned, off the screen's thread; again only where more was
        recorded."""
        app = self.desk_app
        for card in cards:
            seq = card.last.seq if card.last else 0
            if card.closed_at is not None and card.scenario and self._scores.get(card.id, (0, None))[0] != seq:
                app.look(partial(_score, app.desk, card.id), partial(self._scored, card.id, seq), on=self)

    def _scored(self, id: str, seq: int, score: Score) -> None:
        self._scores[id] = (seq, score)
        self.query_one(Rows).refresh()

    @property
    def _card(self) -> Card | None:
        here = self.query_one(Rows).here
        return next((card for card in self._cards or () if card.id == here), None)

    def _detail(self, id: str) -> None:
        card = next((card for card in self._cards or () if card.id == id), None)
        app = self.desk_app
        text = listing.detail(card, app.language, app.shades, self.size.width) if card else Text()
        self.query_one("#detail", Static).update(text, layout=False)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        self._detail(event.id)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.desk_app.open_case(event.id)

    def action_open(self) -> None:
        self.query_one(Rows).action_choose()

    def action_new(self, mode: str) -> None:
        self.desk_app.go("new", mode)

    def action_drill(self) -> None:
        self.desk_app.go("drills", "now")

    def action_console(self) -> None:
        """The facilitator's console of the drill under the cursor."""
        card = self._card
        if card is not None and card.scenario:
            self.desk_app.open_case(card.id, "console")
        else:
            self.desk_app.tell(say("This is no drill of a scenario."))

    def action_search(self) -> None:
        from runbook.tui.screens.asktext import AskLine

        self.app.push_screen(AskLine(say("Search incidents"), value=self._wanted), self._want)

    def leave(self) -> None:
        self._want("")

    def _want(self, words: str | None) -> None:
        if words is not None:
            self._wanted = words.strip()
            self._draw()


def _score(desk: Desk, incident: str) -> Score:
    from runbook.drills.room import Room  # only where a drill that is over stands on the list

    return Room(desk).score(incident)
