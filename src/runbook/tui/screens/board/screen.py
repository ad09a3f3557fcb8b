"""What the board shows, and how one moves about on it. What its keys decide is in `working`."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from runbook.case import Case
from runbook.desk import Desk, Entry
from runbook.events import TEAM
from runbook.progress import StepView, next_steps, step_views
from runbook.publications import stale
from runbook.tui.place import Place
from runbook.tui.screens.board import lines
from runbook.tui.screens.board.panel import StepPanel
from runbook.tui.screens.board.showing import Block, panel
from runbook.tui.screens.board.sidelist import StepList, first_of, rows
from runbook.tui.teller import Teller
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.rows import Rows

WIDE = 100
"""Columns from which the list of steps stands beside the step."""


class Shown(Place):
    """Phases and steps at the left, the chosen step at the right, what is next and what was last below."""

    DEFAULT_CSS = """
    Shown #sides { height: 1fr; }
    Shown #step { width: 1fr; }
    Shown StepList { border-right: solid $panel; }
    Shown #head { height: 2; background: $panel; }
    Shown #last { height: 2; }
    """

    AUTO_FOCUS = "StepPanel"

    def __init__(self) -> None:
        super().__init__()
        self._step = ""
        self._views: list[StepView] = []
        self._entries: list[Entry] = []
        self._last = 0

    def body(self) -> ComposeResult:
        yield Drawn(id="path")
        with Horizontal(id="sides"):
            yield StepList(id="list")
            with Vertical(id="step"):
                yield Drawn(id="head")
                yield StepPanel(id="panel")
        yield Drawn(id="stale")
        yield Drawn(id="next")
        yield Drawn(id="last")

    # Showing

    @property
    def case(self) -> Case:
        """The case shown."""
        case = self.desk_app.case
        assert case is not None
        return case

    @property
    def tell(self) -> Teller:
        """How the case is told now."""
        app = self.desk_app
        return Teller(self.case, app.language, app.shades)

    @property
    def view(self) -> StepView:
        """The step shown."""
        return next(view for view in self._views if view.step.id == self._step)

    def show(self, case: Case | None) -> None:
        assert case is not None
        if not self._views:
            self._fit(*self.app.size)  # before the first paint, so that it need not be done again
        self._views = step_views(case)
        if self._step not in case.playbook.steps:
            self._step = (next_steps(self._views) or self._views)[0].step.id
        self._draw()
        if case.incident.seq != self._last:
            self._last = case.incident.seq
            app = self.desk_app
            app.slow(partial(_newest, app.desk, case), self._written, on=self)

    def _written(self, entries: list[Entry]) -> None:
        self._entries = entries
        if self.desk_app.case is not None:  # one may have left meanwhile
            self._draw_lines()

    def _draw(self, anew: bool = False) -> None:
        tell, view = self.tell, self.view
        side = self.query_one(StepList)
        side.set_rows(rows(self._views, self._step, tell), "" if side.has_focus else f"step:{self._step}")

        def build(width: int) -> list[Block]:
            return panel(view, tell, width)

        self.query_one(StepPanel).show(build, tell.shades, anew=anew)
        self._draw_lines()

    def _draw_lines(self) -> None:
        tell, view, actor = self.tell, self.view, self.desk_app.desk.actor
        views, entries = self._views, self._entries
        upcoming = lines.next_for(views, actor, self._step)
        wrong, badge = stale(tell.case), self.query_one("#stale", Drawn)
        badge.display = bool(wrong)
        badge.put(lambda width: [lines.stale_line(wrong, tell, width)])
        self.query_one("#path", Drawn).put(lambda width: [lines.path_line(view, views, tell, width)])
        self.query_one("#head", Drawn).put(partial(lines.head, view, tell))
        left = view.state in ("todo", "active")
        self.query_one("#next", Drawn).put(lambda width: [lines.next_line(upcoming, tell, width, left)])
        self.query_one("#last", Drawn).put(lambda width: lines.entry_lines(entries, actor, tell, width))

    def on_resize(self) -> None:
        self._fit(*self.size)
        if self.size.width < WIDE:
            self.query_one(StepPanel).focus()

    def _fit(self, width: int, height: int) -> None:
        """Choose what there is room for: the step itself keeps at least half of a small screen."""
        wide = width >= WIDE
        side = self.query_one(StepList)
        side.display = wide
        side.styles.width = 38 + max(0, min(10, (width - 100) // 2))
        self.query_one("#path").display = not wide and height >= 12
        self.query_one("#next").display = height >= 10
        self.query_one("#head").styles.height = 2 if height >= 12 else 1
        last = self.query_one("#last")
        last.styles.height = 3 if height >= 32 else 2 if height >= 20 else 1
        last.display = height >= 16

    # Moving

    def arrive(self, where: str) -> None:
        kind, _, name = where.partition(":")
        if kind == "phase":
            phase = next((phase.id for phase in self.case.playbook.phases if phase.key == name), "")
            if view := first_of(self._views, phase):
                self.look_at(view.step.id)
        elif kind in ("step", "field"):
            step, _, field = name.partition("/")
            self.look_at(step, f"field:{field}" if field else "")

    def look_at(self, step: str, block: str = "") -> None:
        """Show a step, from its top or at something in it."""
        if step not in self.case.playbook.steps:
            return
        if step != self._step:
            self._step = step
            self._draw(anew=True)
        panel = self.query_one(StepPanel)
        panel.focus()
        if block:
            panel.look_at(block)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        kind, _, id = event.id.partition(":")
        if kind == "step" and id != self._step:
            self._step = id
            self._draw(anew=True)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        kind, _, id = event.id.partition(":")
        view = first_of(self._views, id) if kind == "phase" else None
        self.look_at(view.step.id if view else id)

    def action_next(self) -> None:
        if view := lines.next_for(self._views, self.desk_app.desk.actor, self._step):
            self.look_at(view.step.id)

    def action_turn(self, by: int) -> None:
        steps = list(self.case.playbook.steps)
        self.look_at(steps[max(0, min(steps.index(self._step) + by, len(steps) - 1))])

    def action_steps(self) -> None:
        side = self.query_one(StepList)
        if not side.display:
            from runbook.tui.screens.board.steplist import Steps

            self.app.push_screen(Steps(self._views, self._step), lambda id: self.look_at(id or ""))
        elif side.has_focus:
            self.query_one(StepPanel).focus()
        else:
            side.focus()


def _newest(desk: Desk, case: Case) -> list[Entry]:
    """The last entries, the latest first; of a drill those of its team alone (rules.md 37)."""
    incident = case.incident
    if incident.drill is None:
        return desk.entries(incident.id, range(incident.seq, max(0, incident.seq - 3), -1))
    return desk.entries(incident.id, desk.order(incident.id, "written", types=TEAM)[:-4:-1])
