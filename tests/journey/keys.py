"""The case at the screens: a line of the journal as the keys that somebody presses for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from textual.widgets import Input

from runbook.actions.values import read_value
from runbook.events import UNITS
from runbook.journal import Line
from runbook.moment import read_moment
from runbook.notice_kinds import Written
from runbook.opening import open_desk
from runbook.playbook import Field
from runbook.progress import field_value
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Choose, Confirm
from runbook.tui.screens.asktext import AskLine, AskTime
from runbook.tui.screens.board import Board
from runbook.tui.screens.board.ending import Finish, Note
from runbook.tui.screens.board.filling import Fill, Pick
from runbook.tui.screens.board.panel import StepPanel
from runbook.tui.screens.board.reading import Reader
from runbook.tui.screens.board.steplist import Steps
from runbook.tui.screens.board.tables import ADD, Table
from runbook.tui.screens.facts import Facts
from runbook.tui.screens.facts.claiming import STATUSES
from runbook.tui.screens.form import Form
from runbook.tui.screens.notice import Notice
from runbook.tui.screens.notice.publishing import Publishing
from runbook.tui.screens.notice.sides import Kinds, Points
from runbook.tui.typeahead import caught_up
from runbook.tui.widgets.rows import Rows
from tests.journey.hands import Hands
from tests.tui.conftest import Clockwork
from tests.tui.looking import screen_text

NEAR = 3
"""Steps one turns to by the arrow keys; to those further off one goes by the list."""


@asynccontextmanager
async def sitting(record: Path, clock: Clockwork, who: str, size: tuple[int, int]) -> AsyncIterator[Player]:
    """Somebody sits down at the program, on Home, and leaves it in the end."""
    desk = open_desk(str(record), who, clock=clock, create=True)
    app = RunbookApp(desk, "ja")
    async with app.run_test(size=size) as pilot:
        hands = Player(pilot, clock)
        await hands.until(lambda: not any(not worker.is_finished for worker in app.workers))
        yield hands
        await hands.press("ctrl+q")
    desk.close()


class Player(Hands):
    """Somebody who does at the screens what the journal says."""

    async def act(self, line: Line) -> None:
        """Do what a line of the journal says."""
        if line.step:
            await self._work(line)
        elif line.fact:
            for name, typed in line.fact.items():
                await self._claim(name, typed, line)
        elif line.dataset:
            await self._dataset(line)
        elif line.row:
            await self._row(line)
        elif line.notice:
            await self.notice(line)
        elif line.close:
            await self._close(line.close)
        else:
            await self.note(line.note, line.happened)

    async def _work(self, line: Line) -> None:
        """A step: start it, fill it in, tick it, read its warnings, finish it."""
        await self.go_to(line.step)
        if line.verb == "start":
            await self.record("s")
            if isinstance(self.app.screen, Reader):  # a step that has warnings begins with them
                await self.press("escape")
            if line.happened:
                await self._really("started", line.happened)
        for field, typed in line.set.items():
            await self.fill(field, typed)
        for check in line.check:
            await self.tick(check)
        if line.warnings:
            await self._read_warnings()
        if line.verb == "done":
            await self._finish(line.happened)

    async def go_to(self, step: str) -> None:
        """Go to a step of the board: by the arrow keys if it is near, else by the list of steps."""
        if not isinstance(self.app.screen, Board):
            await self.press("b")
            await self.shows(Board)
        order = list(self.case.playbook.steps)
        away = order.index(step) - order.index(self.board.view.step.id)
        if abs(away) > NEAR:
            await self._go_to_phase(step)
            away = order.index(step) - order.index(self.board.view.step.id)
        await self.press(*(["right"] * away or ["left"] * -away))
        await self.until(lambda: self.board.view.step.id == step)

    async def _go_to_phase(self, step: str) -> None:
        """By the list: beside the step where there is room, else over it, where a step of the phase is chosen, too."""
        phases = self.case.playbook.phases
        wanted = next(n for n, phase in enumerate(phases) if step in {one.id for one in phase.steps})
        here = next(n for n, phase in enumerate(phases) if phase.id == self.board.view.phase.id)
        await self.press("[")
        rows = self.app.focused
        assert isinstance(rows, Rows)
        if wanted != here:
            await self._walk(rows, f"phase:{phases[wanted].id}", "up" if wanted < here else "down")
            await self.press("enter")
        if isinstance(self.app.screen, Steps) or self.app.focused is rows:
            await self.press("enter")
        await self.shows(Board)

    async def _walk(self, rows: Rows, id: str, way: str) -> None:
        for _ in range(60):
            if rows.here == id:
                return
            await self.press(way)
        raise AssertionError(f"there is no {id}:\n{screen_text(self.app)}")

    async def _point_at(self, block: str) -> None:
        """Put the cursor of the step on a check or field."""
        step = self.board.view.step
        order = [*(f"check:{check.id}" for check in step.checks), *(f"field:{field.id}" for field in step.fields)]
        panel = self.board.query_one(StepPanel)
        for _ in range(80):
            if panel.here == block:
                return
            here = order.index(panel.here) if panel.here in order else -1
            await self.press("down" if order.index(block) > here else "up")
        raise AssertionError(f"there is no {block}:\n{screen_text(self.app)}")

    async def tick(self, check: str) -> None:
        await self._point_at(f"check:{check}")
        await self.record("space")

    async def fill(self, name: str, typed: str) -> None:
        """A field of the step shown: a letter for a choice, a text for all others. What publishing a notice recorded
        already need not be typed again."""
        step = self.board.view.step
        field = next(field for field in step.fields if field.id == name)
        if field_value(self.case, step, field) == read_value(self.case, field, typed):
            return
        await self._point_at(f"field:{name}")
        await self.press("e")
        await self.shows(Fill, Pick)
        if isinstance(self.app.screen, Pick):
            await self.record(letter(field, typed))
        else:
            if field_value(self.case, step, field) is not None:
                await self.press("end", "ctrl+u")
            await self.write(self._time(typed) if field.type == "time" else typed)
            await self.record("enter")
        await self.shows(Board)

    async def _read_warnings(self) -> None:
        """Each is acknowledged by name, until none is left unread."""
        await self.press("w")
        await self.shows(Reader)
        while isinstance(self.app.screen, Reader):
            await self.record("enter")
        await self.shows(Board)

    async def _finish(self, happened: str) -> None:
        step = self.board.view.step.id
        await self.press("k")
        await self.until(lambda: isinstance(self.app.screen, Finish) or self.case.incident.step(step).state == "done")
        if isinstance(self.app.screen, Finish):
            await self.write(self._time(happened))
            await self.record("enter")
            await self.shows(Board)
        elif happened:
            await self._really("done", happened)
        await self.until(lambda: self.board.view.state == "done")

    async def _really(self, mark: str, typed: str) -> None:
        """When the step shown was really started or finished."""
        await self.press("t")
        await self.shows(Choose)
        await self._walk(self.app.screen.query_one(Rows), mark, "down" if mark == "done" else "up")
        await self.press("enter")
        await self.shows(AskTime)
        await self.press("end", "ctrl+u")
        await self.write(self._time(typed))
        await self.record("enter")
        await self.shows(Board)

    async def note(self, text: str, happened: str = "") -> None:
        await self.press("n")
        await self.shows(Note)
        await self.write(text)
        if happened:
            await self.press("tab")
            await self.write(self._time(happened))
        await self.record("enter")
        await self.shows(Board)

    async def _row(self, line: Line) -> None:
        """A row of a register, at the step that keeps it."""
        register = self.case.playbook.registers[line.row]
        await self._open_table(line.row)
        key = line.values[register.key]
        await self._open_row(key if key in self.case.incident.rows(register.id) else "")
        typed = {}
        for column in register.columns:
            text = line.values.get(column.id, "")
            meant = column.type in ("choice", "yesno") and text
            typed[column.id] = letter(column, text) if meant else self._time(text) if column.type == "time" else text
        await self._fill_form([typed[column.id] for column in register.columns])
        await self._leave_table()

    async def _dataset(self, line: Line) -> None:
        await self._open_table("")
        await self._open_row(line.dataset if self.case.incident.dataset(line.dataset) else "")
        unit = str(UNITS.index(line.unit) + 1)
        listed = ", ".join(line.fields), ", ".join(line.sensitive)
        await self._fill_form([line.dataset, str(line.count), unit, *listed, self._time(line.as_of), line.source])
        await self._leave_table()

    async def _open_table(self, register: str) -> None:
        """Open the rows of a register, or the data sets, where a step first asks for them."""
        fields = ((step.id, field) for step in self.case.playbook.steps.values() for field in step.fields)
        kinds = ("register", "dataset")
        step, field = next((s, f) for s, f in fields if f.type in kinds and f.register == register)
        await self.go_to(step)
        await self._point_at(f"field:{field.id}")
        await self.press("enter")
        await self.shows(Table)

    async def _open_row(self, key: str) -> None:
        """The row of that key; without one, the line that adds a row."""
        await self.press("home")
        await self._walk(self.app.screen.query_one(Rows), f"row:{key}" if key else ADD, "down")
        await self.press("enter")
        await self.shows(Form)

    async def _fill_form(self, typed: list[str]) -> None:
        """Line by line; what is given in advance stays, and so does what has nothing to be typed."""
        inputs = list(self.app.screen.query(Input))
        for line, text in zip(inputs, typed, strict=True):
            if line.disabled:
                continue
            await self.until(partial(getattr, line, "has_focus"))
            if text and line.value:
                await self.press("end", "ctrl+u")
            await self.write(text)
            if line is not inputs[-1]:
                await self.press("enter")
        await self.record("ctrl+s")

    async def _leave_table(self) -> None:
        await self.shows(Table)
        await self.press("escape")
        await self.shows(Board)

    async def _claim(self, name: str, typed: str, line: Line) -> None:
        """What a source says of a fact, on the facts' screen."""
        await self.press("f")
        await self.shows(Facts)
        await self.find(name)
        await self.press("e")
        await self.shows(Form)
        await self._fill_form([typed, str(STATUSES.index(line.status) + 1), line.source, self._time(line.as_of)])
        await self.shows(Facts)
        await self.press("escape", "b")
        await self.shows(Board)

    async def find(self, name: str) -> None:
        """Search the facts for one, and go there."""
        await self.press("slash")
        await self.until(lambda: isinstance(self.app.focused, Input))
        await self.press("end", "ctrl+u")
        await self.write(name)
        await self.press("enter")
        await self.shows(Facts)
        await self.press("home")
        await self._walk(self.app.screen.query_one(Rows), f"fact:{name}", "down")

    async def rename(self, title: str) -> None:
        await self.press("ctrl+t")
        await self.shows(AskLine)
        await self.press("end", "ctrl+u")
        await self.write(title)
        await self.record("enter")

    async def notice(self, line: Line) -> None:
        """A notice: drafted, submitted, its warnings answered for, approved, published."""
        studio = await self._open_notice(line.notice, line.language)
        match line.act:
            case "draft":
                seen = studio.seen
                await (self._sure("N") if seen and seen.drafting.frozen else self.press("k"))
            case "pass":
                await self._answer(studio, line)
            case "publish":
                await self.press("P")
                await self.shows(Publishing)
                await self.write(line.channel)
                await self.press("enter")
                await self.write(line.address)
                await self._sure("ctrl+s")
            case _:
                await self._sure("A")
        await self.until(lambda: not self.app.saving)
        await self.press("b")
        await self.shows(Board)

    async def _open_notice(self, kind: str, written: Written) -> Notice:
        """By the list of notices, and the key that goes through its writings."""
        await self.press("d")
        await self.shows(Notice)
        studio = self.app.screen
        assert isinstance(studio, Notice)
        rows = studio.query_one(Kinds)
        await self.until(lambda: rows.here)
        await caught_up(self.app)  # the notice that the board led to takes the focus
        if not rows.has_focus:
            await self.press("[")
        await self.press("home")
        await self._walk(rows, f"kind:{kind}", "down")
        await self.press("enter")
        await self.until(lambda: studio.seen)
        while studio.written != written:
            await self.press("g")
        await self.until(lambda: studio.seen and studio.seen.seq == self.case.incident.seq)
        return studio

    async def _sure(self, key: str) -> None:
        """A key that asks whether one is sure, and yes; the question names what it is about."""
        await self.press(key)
        await self.shows(Confirm)
        await self.record("y")
        await self.shows(Notice)

    async def _answer(self, studio: Notice, line: Line) -> None:
        """Answer by name for every warning of a rule."""
        seen = studio.seen
        assert seen is not None
        for n, finding in enumerate(seen.drafting.findings):
            if finding.rule == line.rule:
                points = studio.query_one(Points)
                if not points.has_focus:
                    await self.press("tab")
                await self.press("home")
                await self._walk(points, f"finding:{n}", "down")
                await self.press("r")
                await self.shows(AskLine)
                await self.write(line.reason)
                await self.record("enter")
                await self.shows(Notice)

    async def _close(self, explanation: str) -> None:
        await self.press("ctrl+e")
        await self.until(lambda: self.app.screen is not self.app.get_screen("board"))
        await self.write(explanation)
        await self.record("enter")

    def _time(self, typed: str) -> str:
        """A time as somebody would type it: no year, and no day where it is today's, if it still means the same."""
        if not typed or typed == "unknown":
            return typed
        now, zone = self.clock.now, self.case.zone
        meant = read_moment(typed, now, zone)
        assert meant.at is not None
        about = "~" if meant.precision == "about" else ""
        shorter = ["%m-%d"] if meant.precision == "date" else ["%H:%M", "%m-%d %H:%M"]
        for form in shorter:
            short = about + meant.at.strftime(form)
            if read_moment(short, now, zone) == meant:
                return short
        return typed


def letter(field: Field, typed: str) -> str:
    """The key that picks an answer."""
    if field.type == "yesno":
        return {"yes": "y", "no": "n", "unknown": "?"}[typed]
    return str(list(field.choices).index(typed) + 1)
