"""The hot wash: the score of a drill that is over, line by line, to be talked over right afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from rich.text import Text

from runbook.case import Case
from runbook.drills.room import Room
from runbook.drills.scoring import Item, Score, standing
from runbook.saying import words as prose_words
from runbook.script import scenario_of
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.presenting import fit, spread
from runbook.tui.screens.reading import BACK, Reading
from runbook.tui.screens.reporting import ask_report
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece
from runbook.tui.widgets.rows import Row, Rows, heading
from runbook.wording.safe import clip


class Hotwash(Reading):
    """The items of the score, by objective, beside why each has its points."""

    place = "hotwash"
    title_said = say("Hot wash")
    explains = say(
        "The score of this drill, by objective: what it was reckoned from, and the entries of the record it rests on; "
        "g goes to the first of them. What an evaluator overruled says so, with the reason. x writes the report, with "
        "everything that went well and what to improve."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("g", "follow", say("go there"), say("Go to the entry this line rests on.")),
        Command("x", "report", say("write the report"), say("Write the after-action report.")),
        BACK,
    )

    _score: Score | None = None
    _seq = 0

    def listing(self) -> Rows:
        self._rows = Rows(id="list")
        return self._rows

    def show(self, case: Case | None) -> None:
        assert case is not None
        super().show(case)
        drill = case.incident.drill
        if drill is None or drill.ended is None:
            self._score = None
            self._put()
            return
        self._put()
        if self._seq != case.incident.seq:
            self._seq = case.incident.seq
            app = self.desk_app
            app.look(partial(Room(app.desk).score, case.incident.id), self._take, on=self)

    def _take(self, score: Score) -> None:
        self._score = score
        self._put()

    def _put(self) -> None:
        tell, score = self.teller, self._score
        rows: list[Row] = []
        scenario = scenario_of(tell.case)
        if score is None or scenario is None:
            said = say("Reading…") if self._over else say("The score can be read once the drill is over.")
            rows.append(heading(Text(f"   {tell(said)}", tell.shades.quiet)))
        else:
            for objective in scenario.objectives:
                items = [item for item in score.items if item.objective == objective.id]
                if items:
                    points, most = score.of(objective.id)
                    rows.append(heading(Text(f" {tell(objective.title)}  {points}/{most}", "bold")))
                    rows += [Row(item.id, partial(_row, item, tell)) for item in items]
        self._rows.set_rows(rows)
        self.put_headline()
        self.read()

    @property
    def _over(self) -> bool:
        drill = self.teller.case.incident.drill
        return drill is not None and drill.ended is not None

    def headline(self, width: int) -> Text:
        tell, score = self.teller, self._score
        left = Text.assemble((f" {tell(self.title_said)}", "bold"))
        if score is not None:
            left.append(f"  {tell(standing(score))}", "bold")
        key = Text.assemble(("x", tell.shades.key), f" {tell(say('write the report'))} ")
        return spread(left, key if self._over else Text(), width)

    @property
    def _item(self) -> Item | None:
        return next((one for one in self._score.items if one.id == self._rows.here), None) if self._score else None

    def read(self) -> None:
        item = self._item
        if item is None:
            self.tell_pane("", "", ())
        else:
            self.tell_pane(item.id, self.teller(item.title), list(_about(item, self.teller)))

    def on_rows_moved(self) -> None:
        self.read()

    def action_follow(self) -> None:
        if (item := self._item) is not None and item.seqs:
            self.desk_app.go("record", f"entry:{item.seqs[0]}")
        elif item is None and self._over:
            self.desk_app.tell(say("Reading…"))
        else:
            self.desk_app.tell(say("This line rests on no entry."))

    def action_report(self) -> None:
        """Write the after-action report, once the drill is over."""
        if self._over:
            ask_report(self.desk_app, self.teller.case)
        else:
            self.desk_app.tell(say("The score can be read once the drill is over."))

    def on_rows_chosen(self) -> None:
        self.action_follow()


def _row(item: Item, tell: Teller, width: int, here: bool) -> Text:
    """One line: its points and what it is."""
    shades, lost = tell.shades, item.points < item.max or item.points < 0
    text = Text.assemble((f" {shades.pointer if here else ' '} ", shades.here))
    of = f"{item.points}/{item.max}" if item.max > 0 else str(item.points)
    style = shades.bad if item.points <= 0 and lost else shades.soon if lost else shades.good
    text.append(fit(of, 7), style).append(" * " if item.overruled else "   ", shades.soon)
    text.append(clip(tell(item.title), max(1, width - text.cell_len)), shades.here if here else "")
    return text


def _about(item: Item, tell: Teller) -> Iterator[Piece]:
    """Why it has its points, what it rests on, what really happened."""
    quiet = tell.shades.quiet
    yield Piece(Text(tell(say("{points} of {max} points", points=item.points, max=item.max)), "bold"), " ")
    yield Piece(Text(tell(item.reason)), tell(say("Why")))
    if item.overruled is not None:
        by = say(
            "{who} instead of {points} by the machine: {reason}",
            who=item.overruled.touch.actor,
            points=item.machine,
            reason=prose_words(item.overruled.reason),
        )
        yield Piece(Text(tell(by), tell.shades.soon), tell(say("Evaluator")))
    for label, at in ((say("Done"), item.at), (say("Target"), item.target), (say("Real case"), item.ghost)):
        if at is not None:
            yield Piece(Text(tell.short(at)), tell(label))
    if item.seqs:
        yield Piece(Text(tell.list(f"#{seq}" for seq in item.seqs)), tell(say("Entries")))
    if item.really is not None:
        yield Piece(Text(tell(item.really)), tell(say("Really")))
    if item.tip is not None:
        yield Piece(Text(tell(item.tip), quiet), tell(say("Better")))
