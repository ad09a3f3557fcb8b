"""The clocks: every due time, soonest first, each with how it was computed; and how long things really took."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval, deadlines, intervals
from runbook.progress import step_view
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.presenting import spread
from runbook.tui.screens.clocks import showing
from runbook.tui.screens.reading import BACK, Searched
from runbook.tui.teller import Teller
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.rows import Row
from runbook.wording.safe import clip, for_terminal

INTERVALS = "group:intervals"


class Clocks(Searched):
    """The due times."""

    place = "clocks"
    title_said = say("Due times")
    explains = say(
        "Every due time of this incident, the soonest first: ! overdue, ^ soon, ✓ met, ? its start is not known yet, "
        ". does not apply. The text tells how it was computed and where the rule comes from. At the end of the list: "
        "how long things really took."
    )
    searching = say("Search the due times")
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "follow", say("to the step"), say("Go to the step that meets this due time.")),
        Command("slash", "search", say("search"), say("Show only what holds certain words.")),
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._other_order = False
        self._returning = True
        self._deadlines: dict[str, Deadline] = {}
        self._intervals: dict[str, Interval] = {}

    def listing(self) -> KeptRows:
        self._rows = KeptRows(id="list")
        return self._rows

    def on_screen_resume(self) -> None:
        self._returning = self._stale

    def show(self, case: Case | None) -> None:
        assert case is not None
        case = showing.at_its_end(case)
        super().show(case)
        self._deadlines = {deadline.id: deadline for deadline in deadlines(case)}
        self._intervals = {f"interval:{one.start}:{one.end}": one for one in intervals(case)}
        if self._returning or not self._keys:
            self._keys, self._returning = self._order(), False
        self._other_order = self._order() != self._keys
        self._put()

    def _order(self) -> list[str]:
        found = showing.holding(self._wanted, self._deadlines, self._intervals, self.teller)
        times = [key for key in found if key in self._intervals]
        return [*(key for key in found if key in self._deadlines), *([INTERVALS, *times] if times else [])]

    def adopt(self) -> None:
        """Show everything in its proper place."""
        self._keys, self._other_order = self._order(), False
        self._put()

    def _put(self) -> None:
        tell = self.teller
        self._rows.set_rows([Row("" if key == INTERVALS else key, partial(self._row, key, tell)) for key in self._keys])
        self.put_headline()
        self.read()

    def _row(self, key: str, tell: Teller, width: int, here: bool) -> Text:
        if key == INTERVALS:
            return Text(tell(say("How long it really took")), "bold")
        if key in self._deadlines:
            return showing.clock_row(self._deadlines[key], tell, width, here)
        if key in self._intervals:
            return showing.interval_row(self._intervals[key], tell, width, here)
        return Text()

    def headline(self, width: int) -> Text:
        tell, shades = self.teller, self.desk_app.shades
        left = Text.assemble((f" {tell(self.title_said)}  ", "bold"))
        states = [deadline.state for deadline in self._deadlines.values()]
        left.append(tell(say("{n} running", n=states.count("running"))))
        if overdue := states.count("overdue"):
            left.append(f"  ! {tell(say('{n} overdue', n=overdue))}", shades.bad)
        if (closed := tell.case.incident.closed_at) is not None:
            left.append(f"  {tell(say('as at the closing, {at}', at=tell.case.zoned(closed)))}", shades.quiet)
        if not states:
            left.append(f"  {tell(say('This playbook sets no due times.'))}")
        if self._wanted:
            left.append(f"  / {clip(for_terminal(self._wanted), 24)}", shades.here)
            if not self._keys:
                left.append(f"  {tell(say('nothing found; esc shows all'))}")
        right = Text(f" {tell(say('The order changed, press Home'))} ", shades.here)
        return spread(left, right if self._other_order else Text(), width)

    def read(self) -> None:
        key, tell = self._rows.here, self.teller
        if deadline := self._deadlines.get(key):
            view = step_view(tell.case, deadline.step) if deadline.step else None
            number = f"{view.number} " if view else ""
            self.tell_pane(key, f"{number}{tell(deadline.what)}", list(showing.about_clock(deadline, view, tell)))
        elif interval := self._intervals.get(key):
            self.tell_pane(
                key, tell(showing.interval_name(interval, tell.case)), list(showing.about_interval(interval, tell))
            )
        else:
            self.tell_pane("", "", ())

    def arrive(self, where: str) -> None:
        if where in self._deadlines:
            if where not in self._keys:
                self.want("")
            self._rows.here = where
            self.read()

    def on_rows_moved(self) -> None:
        self.read()

    def on_rows_chosen(self) -> None:
        self.action_follow()

    def on_kept_rows_at_edge(self) -> None:
        if self._other_order:
            self.adopt()
            self._rows.action_edge(0)

    def action_follow(self) -> None:
        key = self._rows.here
        if deadline := self._deadlines.get(key):
            if deadline.step:
                self.desk_app.go("board", f"step:{deadline.step}")
        elif interval := self._intervals.get(key):
            self.desk_app.go("facts", f"fact:{interval.end}")
