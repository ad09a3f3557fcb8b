"""New: opens at once, the clock running; everything else can be filled in later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, Static

from runbook.case import Case
from runbook.errors import RunbookError
from runbook.events import Mode
from runbook.moment import read_moment
from runbook.speech import Bilingual, say
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.presenting import banner, stamp, zone_name
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording import words
from runbook.wording.safe import clip, for_terminal


class New(Place):
    """The few questions a new incident may be opened with, all of them optional."""

    place = "new"
    title_said = say("New incident")
    explains = say(
        "Enter opens the incident now, as it is. A title and the time of noticing help, but nothing here is needed: "
        "everything can be filled in or put right on the board."
    )
    in_case = False
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "open", say("open it now"), say("Open the incident; its clock runs from now.")),
        Command("tab", "app.focus_next", say("next field"), say("Go to the next field.")),
        Command("escape", "app.leave", say("back"), say("Back to where you came from.")),
    )
    DEFAULT_CSS = """
    New #body { padding: 1 2; }
    New Static { height: auto; }
    New #what { margin-bottom: 1; }
    New #title { margin-bottom: 1; }
    New #echo { height: 2; }
    New Rows { height: auto; max-height: 6; }
    """

    _mode: Mode = "live"
    _opening = False
    _zones: Mapping[str, ZoneInfo] = MappingProxyType({})

    def body(self) -> ComposeResult:
        yield Static(id="what")
        yield Static(id="title_said")
        yield Input(id="title", select_on_focus=False)
        yield Static(id="noticed_said")
        yield Input(id="noticed", select_on_focus=False)
        yield Static(id="echo")
        yield Static(id="playbook_said")
        yield Rows(id="playbooks")
        yield Static(id="then")

    def on_mount(self) -> None:
        self.watch(self.app, "now", self._tick, init=False)
        self.query_one("#playbook_said").display = self.query_one(Rows).display = False
        app = self.desk_app
        app.slow(app.desk.playbooks, self._offer, on=self)
        app.slow(partial(app.desk.zones, app.zone), self._know_zones, on=self)

    def _know_zones(self, zones: dict[str, ZoneInfo]) -> None:
        self._zones = zones
        self._tick()

    @property
    def _now(self) -> datetime:
        """The wall clock in the zone the incident would get."""
        now = self.desk_app.now
        zone = self._zones.get(self.query_one(Rows).here) or next(iter(self._zones.values()), None)
        return now.astimezone(zone) if zone else now

    def show(self, case: Case | None) -> None:
        self._tick()
        speak, shades = self.desk_app.speak, self.desk_app.shades
        fields = (
            ("#title_said", say("Title"), say("may stay empty")),
            ("#noticed_said", say("Noticed at"), say("may stay empty; 15:45, ~15:45, 06-22 15:45, or unknown")),
            ("#playbook_said", say("Playbook"), say("arrows choose")),
        )
        for id, name, hint in fields:
            text = Text.assemble((speak(name), "bold"), "  ", (speak(hint), shades.quiet))
            self.query_one(id, Static).update(text, layout=False)
        then = speak(say("Enter opens it now. Everything can be filled in or put right later."))
        self.query_one("#then", Static).update(then, layout=False)

    def arrive(self, where: str) -> None:
        """Begin, or go on with what was typed here before: `where` is the mode."""
        self._mode = "drill" if where == "drill" else "live"
        self._opening = False
        self.query_one("#title").focus()
        self._tick()

    def _tick(self) -> None:
        app = self.desk_app
        line = banner(self._mode == "live", False, app.language, app.shades)
        line.append(f"  {app.speak(self.title_said if self._mode == 'live' else say('New drill'))}", "bold")
        now = self._now
        line.append(f"   {stamp(now, app.language)}:{now:%S} {zone_name(now)}")
        self.query_one("#what", Static).update(line, layout=False)
        self._echo(now)

    def _echo(self, now: datetime) -> None:
        """How the time of noticing is read."""
        app, text, zone = self.desk_app, self.query_one("#noticed", Input).value, now.tzinfo
        said = Text()
        if text.strip() and isinstance(zone, ZoneInfo):
            try:
                moment = read_moment(text, now, zone)
                said = Text(words(app.language).moment(moment, zone), app.shades.here)
                said.append(f" {zone_name(now)}")
            except RunbookError as wrong:
                said = Text(for_terminal(app.speak(wrong.message)), app.shades.quiet)
        self.query_one("#echo", Static).update(said, layout=False)

    def on_input_changed(self) -> None:
        self._tick()

    def on_rows_moved(self) -> None:
        self._tick()

    def _offer(self, playbooks: dict[str, Bilingual]) -> None:
        """Let one choose the playbook, where there is a choice."""
        rows = self.query_one(Rows)
        rows.set_rows([Row(name, partial(self._playbook, title)) for name, title in playbooks.items()])
        self.query_one("#playbook_said").display = rows.display = len(playbooks) > 1

    def _playbook(self, title: Bilingual, width: int, here: bool) -> Text:
        app = self.desk_app
        pointer = app.shades.pointer if here else " "
        return Text(f"{pointer} {clip(title.said(app.language), width - 2)}", app.shades.here if here else "")

    def on_input_submitted(self) -> None:
        self.action_open()

    def on_rows_chosen(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open it, once."""
        if self._opening:
            return
        self._opening = True
        app = self.desk_app
        title, noticed = self.query_one("#title", Input).value, self.query_one("#noticed", Input).value
        playbook, mode, language = self.query_one(Rows).here, self._mode, app.language

        def open_it() -> Case:
            name = playbook or next(iter(app.desk.playbooks()), "")
            return app.desk.new(name, title, mode=mode, zone=app.zone, noticed=noticed, language=language)

        app.fetch(open_it, self._opened, self._reopen)

    def _opened(self, case: Case) -> None:
        for field in self.query(Input):
            field.value = ""
        self.desk_app.enter(case)

    def _reopen(self) -> None:
        self._opening = False
