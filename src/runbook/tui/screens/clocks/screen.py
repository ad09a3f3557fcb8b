"""What the clocks' screen shows, and how one moves about in it. What its keys decide is in `working`."""

from __future__ import annotations

from functools import partial

from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval, intervals, other_law, standing
from runbook.progress import StepView, step_view
from runbook.speech import Message, say
from runbook.tui import clock_words
from runbook.tui.screens.clocks import about, showing
from runbook.tui.screens.reading import Searched
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.pane import Piece
from runbook.tui.widgets.rows import Row
from runbook.wording.safe import clip

LAWS = "group:laws"
OWN = "group:own"
INTERVALS = "group:intervals"
HEADS: dict[str, Message] = {
    LAWS: say("Owed by law or guideline"),
    OWN: say("Due times of the playbook"),
    INTERVALS: say("How long it really took"),
}
FOLDED = "folded"
DOUBTS = "doubts"
WIDE = 150
"""Columns from which there is room for the text beside the list."""


class Listed(Searched):
    """The due times and how long things took, beside all about the one under the cursor."""

    # A clock's row is long: the text stands beside the list only where both have room.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._other_order = False
        self._returning = True
        self._unfolded = False
        self._deadlines: dict[str, Deadline] = {}
        self._intervals: dict[str, Interval] = {}
        self._doubts: list[tuple[str, Message]] = []
        self._columns = showing.Columns()
        self._other_law: Message | None = None

    @property
    def wide(self) -> bool:
        return self.size.width >= WIDE

    def listing(self) -> KeptRows:
        self._rows = KeptRows(id="list")
        return self._rows

    def on_screen_resume(self) -> None:
        self._returning = self._stale

    # What is shown

    def show(self, case: Case | None) -> None:
        assert case is not None
        case, found = standing(case)
        super().show(case)
        first = not self._keys
        self._deadlines = {deadline.id: deadline for deadline in found}
        self._intervals = {f"interval:{one.start}:{one.end}": one for one in intervals(case)}
        self._doubts = showing.doubtful(case, found)
        self._other_law = other_law(case)
        if self._returning or first:
            self._keys, self._returning = self._order(), False
        self._other_order = self._order() != self._keys
        self._put(next((key for key in self._keys if key in self._deadlines), "") if first else "")

    def _order(self) -> list[str]:
        """The keys to list: doubts, the laws' duties, the playbook's own due times, what is not needed (folded away),
        and what it took."""
        found = showing.holding(self._wanted, self._deadlines, self._intervals, self.teller)
        clocks = [key for key in found if key in self._deadlines]
        times = [key for key in found if key in self._intervals]
        needless = [] if self._wanted else [key for key in clocks if self._needless(key)]
        needed = [key for key in clocks if key not in needless]
        laws = [key for key in needed if self._deadlines[key].regime]
        own = [key for key in needed if key not in laws]
        return [
            *([DOUBTS] if self._doubts and not self._wanted else []),
            *([LAWS, *laws, OWN] if laws and own else laws),
            *own,
            *([FOLDED] if needless else []),
            *(needless if self._unfolded else []),
            *([INTERVALS, *times] if times else []),
        ]

    def _needless(self, key: str) -> bool:
        """Whether it is not needed; what counsel decided on stays in sight."""
        decided = self.teller.case.incident.duty(key).override is not None
        return self._deadlines[key].state == "not_applicable" and not decided

    def adopt(self) -> None:
        """Show everything in its proper place."""
        self._keys, self._other_order = self._order(), False
        self._put()

    def _put(self, here: str = "") -> None:
        tell = self.teller
        self._columns = showing.columns((self._deadlines[key] for key in self._keys if key in self._deadlines), tell)
        rows = [Row("" if key in HEADS else key, partial(self._row, key, tell)) for key in self._keys]
        self._rows.set_rows(rows, here)
        self.put_headline()
        self.read()

    def _row(self, key: str, tell: Teller, width: int, here: bool) -> Text:
        if key in HEADS:
            return Text(tell(HEADS[key]), "bold")
        if key == DOUBTS:
            return showing.doubts_row(len(self._doubts), tell, width, here)
        if key == FOLDED:
            count = sum(map(self._needless, self._deadlines))
            return showing.folded_row(count, self._unfolded, tell, width, here)
        if key in self._deadlines:
            return showing.clock_row(self._deadlines[key], tell, width, here, self._columns)
        if key in self._intervals:
            return showing.interval_row(self._intervals[key], tell, width, here)
        return Text()

    def put_headline(self) -> None:
        """One line; a second where another day's law is applied than that of the day of knowing."""
        tell, other = self.teller, self._other_law
        counts = partial(
            showing.headline,
            self._deadlines.values(),
            len(self._doubts),
            self._wanted,
            not self._keys,
            self._other_order,
            tell,
        )
        drawn = self.query_one("#headline", Drawn)
        drawn.styles.height = 1 if other is None else 2
        drawn.put(
            lambda width: [counts(width), *([Text(clip(f" {tell(other)}", width), tell.shades.soon)] if other else [])]
        )

    def read(self) -> None:
        key, tell = self._rows.here, self.teller
        if deadline := self._deadlines.get(key):
            title = clock_words.title(deadline, tell)
            if deadline.regime is not None:
                number = tell.case.playbook.numbers.get(deadline.step, "")
                title = f"{number} {title}  {tell(clock_words.law(deadline, tell.case))}".strip()
            # Once more is recorded about it, its state is read first: the text begins at its top again.
            touch = tell.case.incident.duty(key).touch
            subject = f"{key} #{touch.seq}" if touch else key
            self.tell_pane(subject, title, list(about.about_clock(deadline, self._view(deadline), tell)))
        elif interval := self._intervals.get(key):
            self.tell_pane(
                key, tell(showing.interval_name(interval, tell.case)), list(about.about_interval(interval, tell))
            )
        elif key == DOUBTS:
            pieces = [Piece(Text(tell(one), tell.shades.soon), f"{n}") for n, (_, one) in enumerate(self._doubts, 1)]
            self.tell_pane(key, tell(say("Doubtful")), pieces)
        elif key == FOLDED:
            needless = [one for one in self._deadlines.values() if self._needless(one.id)]
            said = [f"{clock_words.title(one, tell)}  {tell(clock_words.law(one, tell.case))}" for one in needless]
            self.tell_pane(key, tell(say("Not needed")), [Piece(Text(text, tell.shades.quiet)) for text in said])
        else:
            self.tell_pane("", "", ())

    def _view(self, deadline: Deadline) -> StepView | None:
        return step_view(self.teller.case, deadline.step) if deadline.step else None

    # Moving

    def arrive(self, where: str) -> None:
        key = where.removeprefix("duty:")
        if key in self._deadlines:
            self._unfolded = self._unfolded or self._needless(key)
            if key not in self._keys:
                self.want("")
            self._rows.here = key
            self.read()

    def on_rows_moved(self) -> None:
        self.read()

    def on_kept_rows_at_edge(self) -> None:
        if self._other_order:
            self.adopt()
            self._rows.action_edge(0)

    def fold(self) -> None:
        """Show what is not needed, or hide it again."""
        self._unfolded = not self._unfolded
        self.adopt()
