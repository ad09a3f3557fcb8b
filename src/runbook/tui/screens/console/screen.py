"""What the console shows, and how one moves about in it. What its keys decide is in `working`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.events import Resize

from runbook.case import Case
from runbook.drills.scoring import Item
from runbook.script import Line, events_list
from runbook.speech import say
from runbook.tui.commands import EVERYWHERE, Command
from runbook.tui.place import Place
from runbook.tui.screens.console import about, showing, team
from runbook.tui.screens.console.attending import Attendance
from runbook.tui.screens.console.looking import look
from runbook.tui.screens.console.team import Seen
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.frame import ClockLine, KeyLine, TopLine
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.pane import Pane, Piece
from runbook.tui.widgets.rows import Row, Rows

WIDE = 100
"""Columns from which both columns are shown; the app sets the class `-wide` there."""
REST = 0.4
"""Seconds without a new entry after which the score is reckoned anew."""


class Shown(Place):
    """The events list, and beside it what one looks at."""

    DEFAULT_CSS = """
    Shown #head { height: 2; }
    Shown #split { height: 1fr; layout: vertical; }
    Shown #right { display: none; }
    Shown.-over #list { display: none; }
    Shown.-over #right { display: block; }
    Shown #list { height: 1fr; }
    Shown #inner { height: 1fr; }
    Shown Pane { height: 1fr; }
    Shown #inner.-empty { display: none; }
    Shown.-wide #split { layout: horizontal; }
    Shown.-wide #list { width: 13fr; display: block; }
    Shown.-wide #right { width: 10fr; display: block; }
    """

    _case: Case | None = None
    _attendance: Attendance | None = None
    _view = "inject"
    _over = False
    """Whether the right column is shown where there is room for one only."""
    _lines: Sequence[Line] = ()
    _seen = Seen()
    _looked = 0
    _resting = False

    @classmethod
    def all_commands(cls) -> tuple[Command, ...]:
        """Its own, and those of every screen: the team's have no meaning here."""
        return cls.commands + tuple(one for one in EVERYWHERE if one.key not in {own.key for own in cls.commands})

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="body"):
            yield from self.body()
        yield ClockLine()
        yield KeyLine(self.all_commands())

    def body(self) -> ComposeResult:
        yield Drawn(id="head")
        yield Drawn(id="tabs")
        self._list = KeptRows(id="list")
        self._inner = Rows(id="inner")
        self._pane = Pane()
        with Container(id="split"):
            yield self._list
            with Vertical(id="right"):
                yield self._inner
                yield self._pane

    def on_mount(self) -> None:
        self.watch(self.app, "now", self._put_head, init=False)

    @property
    def wide(self) -> bool:
        return self.size.width >= WIDE

    @property
    def teller(self) -> Teller:
        """How things are said of the drill that is shown; the app may have left it meanwhile."""
        assert self._case is not None
        return Teller(self._case, self.desk_app.language, self.desk_app.shades)

    # Showing

    def show(self, case: Case | None) -> None:
        assert case is not None
        first, self._case = self._case is None, case
        if self._attendance is None:
            self._attendance = Attendance(self.desk_app.desk, case.incident.id)
        self._lines, tell = events_list(case), self.teller
        wide = showing.columns(self._lines, tell)
        rows = [Row(line.inject.id, partial(showing.event_row, line, tell, columns=wide)) for line in self._lines]
        self._list.set_rows(rows, showing.coming(self._lines, case) if first else "")
        if first:
            self._list.focus()
            self._list.here = self._list.here  # into view
        self._put_head()
        self.read()
        if case.incident.seq != self._looked and not self._resting:
            self._resting = True
            self.set_timer(REST, self._look)

    def _put_head(self) -> None:
        """The lines over the columns, once a second: real time goes on while the drill's clock stands."""
        if self._case is None or not self.is_mounted:
            return
        tell, wall = self.teller, self.desk_app.desk.wall()
        self.query_one("#head", Drawn).put(lambda width: showing.head(tell, wall, width))
        drill = tell.case.incident.drill
        notes = len(drill.observations) + len(drill.plans) if drill else 0
        score, wide, aside = self._seen.score, self.wide, self.aside
        self.query_one("#tabs", Drawn).put(
            lambda width: [showing.tabs(tell, self._view, self._lines, score, notes, width, wide=wide, aside=aside)]
        )

    def _look(self) -> None:
        """Read the team's entries and reckon the score, past what waits for the disk."""
        self._resting = False
        case = self._case
        if case is not None:
            self._looked = case.incident.seq
            self.desk_app.look(partial(look, self.desk_app.desk, case.incident.id), self._took, on=self)

    def _took(self, seen: Seen) -> None:
        self._seen = seen
        if self._case is not None:
            self._put_head()
            self.read()

    def read(self) -> None:
        """Say in the right column what there is to know, with what is read staying where it is."""
        if self._case is None:
            return
        tell, line = self.teller, self.line
        self._inner.set_class(self._view == "inject", "-empty")
        if self._view == "inject":
            if line is None:
                self._pane.tell("", "", (), tell.shades, beside=self.wide)
                return
            title = f"{line.inject.number} {tell(line.inject.title)}"
            self._tell(f"inject {line.inject.id}", title, list(about.about_inject(line, tell)))
            return
        rows = {"team": team.team_rows, "score": team.score_rows}.get(self._view)
        self._inner.set_rows(rows(self._seen, tell) if rows else team.note_rows(tell))
        here = self._inner.here
        if self._view == "score":
            item = self.item
            self._tell(
                here,
                tell(say("score item")) if item else "",
                list(team.about_item(item, self._seen, tell)) if item else [],
            )
        elif self._view == "team":
            name, pieces = team.about_team(here, self._seen, tell)
            self._tell(here, tell(name), pieces)
        else:
            name, pieces = team.about_note(here, tell)
            self._tell(here, tell(name), pieces)

    def _tell(self, subject: str, title: str, pieces: Sequence[Piece]) -> None:
        beside = self.wide and self._view == "inject"
        self._pane.tell(
            f"{self._view} {subject}", title.replace("\n", " "), pieces, self.desk_app.shades, beside=beside
        )

    # What one is at

    @property
    def line(self) -> Line | None:
        """The inject under the cursor of the list."""
        return next((line for line in self._lines if line.inject.id == self._list.here), None)

    @property
    def item(self) -> Item | None:
        """The item under the cursor of the score."""
        score, id = self._seen.score, self._inner.here.removeprefix("item:")
        return next((one for one in score.items if one.id == id), None) if score else None

    @property
    def aside(self) -> bool:
        """Whether one is in the right column."""
        return self._inner.has_focus or self._pane.has_focus

    def on_descendant_focus(self) -> None:
        self._put_head()

    def on_rows_moved(self) -> None:
        self.read()

    def on_resize(self, event: Resize) -> None:
        if self.is_current and self._case is not None:
            self.call_after_refresh(self._resized)

    def _resized(self) -> None:
        self._put_head()
        self.read()

    def action_view(self, view: str) -> None:
        """Show something else in the right column; where there is room for one column only, that."""
        self._view = view
        self._turn(over=True)

    def action_other(self) -> None:
        """To the other column."""
        self._turn(over=not self._over if not self.wide else not self.aside)

    def action_back(self) -> None:
        """To the events list; from there, leave the console."""
        if self._over or self.aside:
            self._turn(over=False)
        else:
            self.leave()

    def _turn(self, *, over: bool) -> None:
        """Go to the right column, or back to the list."""
        self._over = over
        self.set_class(over, "-over")
        self.read()
        self._put_head()
        target = self._list if not over else self._pane if self._view == "inject" else self._inner
        self.call_after_refresh(target.focus)

    # Coming and going

    def on_screen_resume(self) -> None:
        if self._attendance is None and self._case is None and self.desk_app.case is not None:
            self.show(self.desk_app.case)
        if self._attendance is not None:
            self.desk_app.slow(self._attendance.come, self._came)

    def _came(self, came: tuple[Case, bool]) -> None:
        case, died = came
        self.desk_app.take(case)
        if died and self in self.app.screen_stack:  # one may have left again meanwhile
            self.offer_to_go_on()

    def offer_to_go_on(self) -> None:
        """The console before this one died: say so."""
        raise NotImplementedError

    def on_screen_suspend(self) -> None:
        if self not in self.app.screen_stack:
            self._gone()

    def on_unmount(self) -> None:
        self._gone()

    def _gone(self) -> None:
        if self._attendance is not None:
            self.desk_app.slow(self._attendance.leave)
