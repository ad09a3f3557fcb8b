"""New: opens at once, the clock running; everything else can be filled in later."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Input, Static

from runbook.case import Case
from runbook.events import Mode
from runbook.speech import Bilingual, say
from runbook.tui.commands import Command
from runbook.tui.place import Place
from runbook.tui.presenting import banner, stamp, zone_name
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording.safe import clip


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
    New Input { margin-bottom: 1; }
    New Rows { height: auto; max-height: 6; }
    """

    _mode: Mode = "live"
    _opening = False

    def body(self) -> ComposeResult:
        yield Static(id="what")
        yield Static(id="title_said")
        yield Input(id="title")
        yield Static(id="noticed_said")
        yield Input(id="noticed")
        yield Static(id="playbook_said")
        yield Rows(id="playbooks")
        yield Static(id="then")

    def on_mount(self) -> None:
        self.watch(self.app, "now", self._tick, init=False)
        self.query_one("#playbook_said").display = self.query_one(Rows).display = False
        self.desk_app.slow(self.desk_app.desk.playbooks, self._offer)

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
        """Begin anew: `where` is the mode."""
        self._mode = "drill" if where == "drill" else "live"
        self._opening = False
        for field in self.query(Input):
            field.value = ""
        self.query_one("#title").focus()
        self._tick()

    def _tick(self) -> None:
        app = self.desk_app
        line = banner(self._mode == "live", False, app.language, app.shades)
        line.append(f"  {app.speak(self.title_said if self._mode == 'live' else say('New drill'))}", "bold")
        line.append(f"   {stamp(app.now, app.language)}:{app.now:%S} {zone_name(app.now)}")
        self.query_one("#what", Static).update(line, layout=False)

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

        app.slow(open_it, app.enter, self._reopen)

    def _reopen(self) -> None:
        self._opening = False
