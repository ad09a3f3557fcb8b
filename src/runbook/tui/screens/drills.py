"""Drills: the scenarios a drill can be started with, and what each is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.widgets import Static

from runbook.case import Case
from runbook.desk import Desk
from runbook.drills.history import scenarios_played
from runbook.drills.room import Room, seed_of
from runbook.scenario import Scenario
from runbook.speech import Argument, Bilingual, Language, Message, say, speaker
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.presenting import Shades, banner, fit, stamp
from runbook.tui.widgets.pane import Pane, Piece
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording import words
from runbook.wording.safe import for_terminal

BARE = "-"
"""The row for a drill without a scenario."""
WIDE = 150
"""Columns from which there is room for the text beside the list."""
_SEEDS = 100_000


class Drills(Place):
    """The scenarios, and the drill without one."""

    place = "drills"
    title_said = say("Start a drill")
    explains = say(
        "The scenarios of this program and your own. Enter opens the drill, and everything on the screens "
        "carries the mark; its clock stands until everyone is ready: i, then P. A scenario that is drawn asks for a "
        "number first; the same number gives the same drill again. A drill without a scenario is an incident like any "
        "other, with the mark."
    )
    in_case = False
    # A scenario's row is long: the text stands beside the list only where both have room.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "open", say("open"), say("Open a drill of the scenario under the cursor.")),
        Command("tab", "app.focus_next", say("text"), say("Between the list and the text.")),
    )
    DEFAULT_CSS = """
    Drills #what { height: 1; }
    Drills #split { height: 1fr; layout: vertical; }
    Drills Rows { height: 40%; }
    Drills Pane { height: 1fr; }
    Drills.-wide #split { layout: horizontal; }
    Drills.-wide Rows { width: 2fr; height: 1fr; }
    Drills.-wide Pane { width: 3fr; height: 1fr; }
    """

    _scenarios: Mapping[str, Scenario] | None = None
    _held: Mapping[str, datetime] = {}
    _opening = False

    def body(self) -> ComposeResult:
        yield Static(id="what")
        with Container(id="split"):
            yield Rows()
            yield Pane()

    def show(self, case: Case | None) -> None:
        app = self.desk_app
        line = banner(False, False, app.language, app.shades)
        self.query_one("#what", Static).update(line.append(f"  {app.speak(self.title_said)}", "bold"), layout=False)
        self._draw()
        read = app.slow if self._scenarios else app.fetch  # a key is for a list that is there
        read(partial(_known, app.desk), self._take, on=self)

    def arrive(self, where: str) -> None:
        self._opening = False

    def _take(self, known: tuple[Mapping[str, Scenario], Mapping[str, datetime]]) -> None:
        self._scenarios, self._held = known
        self._draw()

    def _draw(self) -> None:
        app, rows = self.desk_app, self.query_one(Rows)
        shown = [Row("", partial(_heads, language=app.language, shades=app.shades))]
        for name, scenario in (self._scenarios or {}).items():
            held = self._held.get(scenario.id)
            shown.append(
                Row(name, partial(_row, scenario, held, language=app.language, shades=app.shades, now=app.now))
            )
        if self._scenarios is None:
            shown.append(Row("", lambda _width, _here: Text(f"   {app.speak(say('Reading the record'))}")))
        else:
            shown.append(Row(BARE, partial(_bare, language=app.language, shades=app.shades)))
        rows.set_rows(shown)
        self._read()

    def _read(self) -> None:
        app, here = self.desk_app, self.query_one(Rows).here
        scenario = (self._scenarios or {}).get(here)
        wide = self.size.width >= WIDE
        if scenario is None:
            said = say("The same program over an empty incident, with the mark: nothing arrives by itself.")
            pieces = [Piece(Text(app.speak(said)))] if here == BARE else []
            title = app.speak(say("Without a scenario")) if here == BARE else ""
        else:
            title = _said(scenario.title, app.language)
            pieces = list(_about(scenario, self._held.get(scenario.id), app.language, app.shades))
        self.query_one(Pane).tell(here, title, pieces, app.shades, beside=wide)

    def on_resize(self, event: Resize) -> None:
        self.call_after_refresh(self._read)

    def on_rows_moved(self) -> None:
        self._read()

    def on_rows_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Start it, once."""
        here = self.query_one(Rows).here
        scenario = (self._scenarios or {}).get(here)
        if here == BARE:
            self.desk_app.go("new", "drill")
        elif scenario is not None and not self._opening:
            if scenario.drawn:
                self._ask_seed(here)
            else:
                self._start(here)

    def _ask_seed(self, name: str) -> None:
        from runbook.tui.screens.asktext import AskLine

        hint = say("The same number gives the same drill. Enter takes the one that stands here.")
        seed = int(self.desk_app.now.timestamp()) % _SEEDS

        def answered(typed: str | None) -> None:
            if typed is not None:
                self._start(name, typed)

        self.app.push_screen(AskLine(say("From which number is it drawn?"), hint, value=str(seed)), answered)

    def _start(self, name: str, seed: str = "0") -> None:
        self._opening = True
        app, language = self.desk_app, self.desk_app.language
        app.fetch(lambda: Room(app.desk).start(name, seed=seed_of(seed), language=language), self._started, self._again)

    def _started(self, case: Case) -> None:
        self._again()
        self.desk_app.enter(case)

    def _again(self) -> None:
        self._opening = False


def _known(desk: Desk) -> tuple[Mapping[str, Scenario], Mapping[str, datetime]]:
    """The scenarios, the shortest first, and when each was last played."""
    found = Room(desk).scenarios()
    return dict(sorted(found.items(), key=lambda one: (one[1].minutes, one[0]))), scenarios_played(desk.cards())


# Words


def _said(what: Argument, language: Language) -> str:
    if isinstance(what, Message):
        return speaker(language)(what)
    text = what.said(language) if isinstance(what, Bilingual) else str(what)
    return for_terminal(text, multiline=True)


def _columns(width: int, language: Language) -> tuple[int, int, int, int]:
    """Cells for title, playing time, objectives, last drilled; 0 where there is no room for the last two."""
    minutes, objectives, held = (8, 6, 12) if language == "ja" else (8, 11, 14)
    objectives = objectives if width >= 90 else 0
    held = held if width >= 44 else 0
    used = 3 + minutes + sum(column + 2 for column in (objectives, held) if column)
    return max(8, width - used - 3), minutes, objectives, held


def _line(cells: Sequence[str], width: int, language: Language) -> str:
    widths = _columns(width, language)
    return "  ".join(fit(text, column) for text, column in zip(cells, widths, strict=True) if column)


def _heads(width: int, _here: bool, *, language: Language, shades: Shades) -> Text:
    heads = (say("Scenario"), say("minutes"), say("objectives"), say("last drilled"))
    return Text(f"   {_line([_said(one, language) for one in heads], width, language)}", shades.quiet)


def _row(
    scenario: Scenario,
    held: datetime | None,
    width: int,
    here: bool,
    *,
    language: Language,
    shades: Shades,
    now: datetime,
) -> Text:
    when = f"{held.astimezone(now.tzinfo):%Y-%m-%d}" if held else _said(say("never"), language)
    cells = (_said(scenario.title, language), str(scenario.minutes), str(len(scenario.objectives)), when)
    text = Text.assemble((f" {shades.pointer if here else ' '} ", shades.here))
    return text.append(_line(cells, width, language), shades.here if here else "")


def _bare(width: int, here: bool, *, language: Language, shades: Shades) -> Text:
    text = Text.assemble((f" {shades.pointer if here else ' '} ", shades.here))
    return text.append(fit(_said(say("Without a scenario"), language), width - 4), shades.here if here else "")


def _about(scenario: Scenario, held: datetime | None, language: Language, shades: Shades) -> Iterator[Piece]:
    """What it is about, for whom, how long, what it is to show, what everyone is told before."""

    def speak(what: Argument) -> str:
        return _said(what, language)

    yield Piece(Text(speak(scenario.about)))
    yield Piece(Text(speak(scenario.audience)), speak(say("For")))
    yield Piece(Text(speak(say("{n} minutes", n=scenario.minutes))), speak(say("Takes")))
    for n, leg in enumerate(scenario.legs):
        length = words(language).duration(leg.end - leg.start)
        what = say(
            "{at}, {length} at {speed}x: {title}",
            at=f"{leg.start:%Y-}{stamp(leg.start, language)}",
            length=length,
            speed=f"{leg.speed:g}",
            title=leg.title,
        )
        yield Piece(Text(speak(what)), speak(say("Parts")) if n == 0 else " ")
    for n, objective in enumerate(scenario.objectives):
        yield Piece(
            Text(speak(objective.title)), f"{speak(say('Shows'))} {len(scenario.objectives)}" if n == 0 else " "
        )
    for n, note in enumerate(scenario.notes):
        yield Piece(Text(speak(note), shades.soon), speak(say("Note")) if n == 0 else " ")
    if held is not None:
        yield Piece(Text(f"{held:%Y-%m-%d}"), speak(say("last drilled")))
