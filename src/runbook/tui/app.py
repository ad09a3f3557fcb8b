"""The application: which place is shown, the clock and the bell, and the keys that work everywhere."""

from __future__ import annotations

import gc
import os
from datetime import UTC, datetime
from functools import partial

import msgspec
from textual.binding import Binding
from textual.events import Event, Key, Paste
from textual.reactive import reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from runbook.actions import records
from runbook.actions.values import MAX_TEXT
from runbook.case import Case
from runbook.desk import Desk, Done, Entry, zone_of
from runbook.events import ActUndone
from runbook.script import scenario_of
from runbook.speech import Language, say
from runbook.tui import alarms, places, terminal, unfinished
from runbook.tui.base import GIVING, DeskApp
from runbook.tui.bell import Bell
from runbook.tui.commands import EVERYWHERE, bindings
from runbook.tui.drilling import COMMANDS as IN_DRILL
from runbook.tui.drilling import Drilling, no_drill, written
from runbook.tui.place import Place
from runbook.tui.presenting import Shades
from runbook.tui.themes import MONO, MONO_THEME, THEMES, shades_of
from runbook.tui.typeahead import Typed
from runbook.tui.widgets.bars import use_plain_bars
from runbook.wording.safe import clip, for_terminal

MARK = "【訓練 DRILL】"
"""What every text begins with that is copied from a drill."""
NEWS_FOR = 10.0
"""Seconds that the top line names what others wrote."""


class RunbookApp(DeskApp):
    """The runbook's screens over one desk."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    # Classes every screen has by its size. Not ClassVar: Textual declares them as it does.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]  # noqa: RUF012
    # A place with a list has its own "/". Elsewhere what is typed after it must not run as commands.
    BINDINGS = [*bindings(EVERYWHERE), Binding("slash", "no_search", show=False)]  # noqa: RUF012

    now: reactive[datetime] = reactive(datetime.min.replace(tzinfo=UTC))
    """The wall clock, once a second, in the zone a new incident gets unless its playbook has another: only for what
    belongs to no incident."""
    news: reactive[str] = reactive("")
    """What others wrote a moment ago, for the top line: “+2 name”."""

    fresh: reactive[str] = reactive("")
    """The inject that arrived a moment ago, for the frame of a drill."""

    def __init__(
        self,
        desk: Desk,
        language: Language,
        *,
        case: Case | None = None,
        place: str = "board",
        zone: str = "",
        ascii: bool = False,
        early: bytes = b"",
    ) -> None:
        """`case` is what to open on, if anything, and `place` where there; `zone` that of incidents opened here, if not
        their playbook's; `early` what was typed while the program was being loaded."""
        mono = bool(os.environ.get("NO_COLOR"))
        self._first = place
        super().__init__(desk, language, terminal.driver(), True if mono else None)
        self.zone = zone
        self.early = early
        self.ascii = ascii
        self._bell = Bell(self, desk, self.reload)
        self._alarms = alarms.Alarms()
        self._drilling = Drilling(self)
        self._copied = ("", "")
        self.set_reactive(RunbookApp.now, self._wall())
        self.set_reactive(RunbookApp.case, case)
        for theme in (*THEMES, MONO_THEME):
            self.register_theme(theme)
        if mono:
            self.theme = MONO
        else:
            self._begin_with(THEMES[0])
        self.set_class(ascii, "-ascii")
        use_plain_bars()

    def _begin_with(self, theme: Theme) -> None:
        """Take a theme before anything is styled: set as usual, it would have every style read twice."""
        self.set_reactive(RunbookApp.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.add_class(f"-theme-{theme.name}", "-dark-mode" if theme.dark else "-light-mode")

    @property
    def shades(self) -> Shades:
        return shades_of(self.theme, ascii=self.ascii)

    def get_default_screen(self) -> Screen[None]:
        """The first place, at once: an empty screen before it would cost a paint."""
        first = self._place("home" if self.case is None else self._first)
        first._push_result_callback(self, None)  # which Textual does only for screens that are pushed
        self._load_screen_css(first)
        return first

    def on_mount(self) -> None:
        terminal.end_cleanly(self)
        if self.case is not None:
            self.unfinished.open(self.case.incident.id, self._first)
        self.set_interval(1.0, self._tick)
        self.typeahead.open()  # keys wait for the first place, too
        self.give_typed(True)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """After the first paint: what could wait until now."""
        self._bell.start()
        if not self.is_headless:
            gc.freeze()
            gc.set_threshold(20_000, 50, 1_000)  # the old generation's collections would be felt between two keys
            gc.enable()

    def on_unmount(self) -> None:
        self._bell.stop()

    # The case

    def open_case(self, incident: str, place: str = "board") -> None:
        """Open an incident on one of its places."""
        self.fetch(partial(self.desk.case, incident), partial(self.enter, place=place))

    def enter(self, case: Case, place: str = "board") -> None:
        """Show a case that was just read, on one of its places."""
        if self.case is None or self.case.incident.id != case.incident.id:
            self._forget_places()
            self.unfinished.open(case.incident.id, place)
        self.case = case
        self.go(place)

    def reload(self) -> None:
        """Read again what is shown: someone wrote."""
        if self.case is not None:
            self.slow(partial(self.desk.case, self.case.incident.id), self._heard)
        for place in self.screen_stack:
            if isinstance(place, Place) and not place.in_case:
                place.again()

    def _heard(self, case: Case) -> None:
        """Take a reading that others may have written to, and say so in the top line for a while."""
        mine, last = self.case, case.incident.last
        if mine is None or mine.incident.id != case.incident.id:
            return
        more = case.incident.seq - mine.incident.seq
        if more > 0 and case.incident.drill is not None:
            since = mine.incident.seq
            self.look(partial(written, self.desk, case.incident.id, since), lambda found: self._tell_news(*found))
        elif last is not None:
            self._tell_news(more, last.actor)
        self.take(case)

    def _tell_news(self, more: int, actor: str) -> None:
        if more > 0:
            self.news = f"+{more} {clip(for_terminal(actor), 12)}"
            self.set_timer(NEWS_FOR, partial(self._old_news, self.news))

    def _old_news(self, news: str) -> None:
        if self.news == news:
            self.news = ""

    def _wall(self) -> datetime:
        return self.desk.wall().astimezone(zone_of(self.zone))

    def _tick(self) -> None:
        self.now = self._wall()
        if self.case is not None:
            fresh = self.desk.at(self.case)
            if fresh.now.replace(second=0, microsecond=0) != self.case.now.replace(second=0, microsecond=0):
                self.case = fresh
        self._ring()
        self._drilling.tick()

    def watch_case(self, before: Case | None, now: Case | None) -> None:
        self._drilling.seen(before, now)
        self.set_class(now is not None and scenario_of(now) is not None, "-drill")

    def _ring(self) -> None:
        """Ring once, and name the most urgent clock, where time has just passed an alarm or a due time. The clocks are
        the team's: none rings at the facilitator's console."""
        case = self.case
        led = any(isinstance(screen, Place) and screen.place == places.CONSOLE for screen in self.screen_stack)
        if (passed := self._alarms.passed(case)) and case is not None and not led:
            said, others = alarms.sentence(passed, case.now)
            self.bell()
            self.tell(said, others, bad=not passed[0].before)

    # Places

    def go(self, place: str, where: str = "") -> None:
        """Show a place, as it was left; `where` is what to look at there (see `Place.arrive`)."""
        if place == "home" and self.case is not None:
            where = where or f"incident:{self.case.incident.id}"
            self.case = None
        there = self._place(place)
        there.send(where)
        if self.screen is not there:
            self.switch_screen(there)

    def _place(self, name: str) -> Place:
        if not self.is_screen_installed(name):
            self.install_screen(places.find(name)(), name)
        place = self.get_screen(name)
        assert isinstance(place, Place)
        return place

    def _forget_places(self) -> None:
        for name in (*places.IN_CASE, places.CONSOLE):
            if self.is_screen_installed(name):
                place = self.get_screen(name)
                self.uninstall_screen(name)
                place.remove()

    # The clipboard: what leaves a drill is marked; within the same drill it is pasted as it was

    def copy_to_clipboard(self, text: str) -> None:
        case = self.case
        if case is None or case.incident.mode != "drill":
            super().copy_to_clipboard(text)
            return
        self._copied = (case.incident.id, text)
        super().copy_to_clipboard(f"{MARK} {text}")

    @property
    def clipboard(self) -> str:
        incident, text = self._copied
        whole = super().clipboard
        at_home = self.case is not None and self.case.incident.id == incident
        return text if at_home and whole == f"{MARK} {text}" else whole

    # Keys

    async def on_event(self, event: Event) -> None:
        """Keys and pastes wait while something is being opened for them."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif not self.typeahead.holds(event):
            await self.take_typed(event)

    async def take_typed(self, typed: Typed) -> None:
        """Keys and pastes are taken as they are meant (see `terminal`)."""
        if isinstance(typed, Key):
            focused = self.focused
            if not (focused and focused.check_consume_key(typed.key, typed.character)):
                typed = terminal.key_meant(typed)
        elif isinstance(self.focused, Input) and len(typed.text.strip().splitlines()) > 1:
            self.tell(*terminal.several_lines(), bad=True)
            return
        elif len(typed.text) > MAX_TEXT:
            self.tell(*terminal.too_long(), bad=True)
            return
        else:
            typed = Paste(terminal.safe_paste(typed.text))
        await super().on_event(typed)

    def action_go(self, place: str) -> None:
        self.go(place)

    def action_documents(self) -> None:
        """The documents as they were left; from what leads to one, that one."""
        slug = self.screen.document if isinstance(self.screen, Place) else ""
        self.go("notice", f"kind:{slug}" if slug else "")

    def action_phase(self, key: str) -> None:
        self.go("board", f"phase:{key}")

    def action_leave(self) -> None:
        if isinstance(self.screen, Place):
            self.screen.leave()

    def action_note(self) -> None:
        from runbook.tui.screens.asktext import AskText

        self.ask(
            AskText(say("Note"), say("What happened, what was decided, what was said."), keep="app.note"),
            lambda text: partial(records.note, text=text),
        )

    async def action_quit(self) -> None:
        """Leave once everything that was asked for is done: an act on its way to the disk too. Not once every key is
        given: the next one waits for this one."""
        await self.workers.wait_for_complete(one for one in self.workers if one.group != GIVING)
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C, by habit."""
        self.tell(say("Press ctrl+q to leave the program."))

    def action_undo(self) -> None:
        self.act(records.undo, self._undone)

    def _undone(self, done: Done) -> None:
        """Name what was taken back."""
        seq = next((entry.data.undoes for entry in done.entries if isinstance(entry.data, ActUndone)), None)
        if seq is not None:
            self.slow(partial(self.desk.entry, done.case.incident.id, seq), self._tell_undone)

    def _tell_undone(self, entry: Entry) -> None:
        self.tell(say("Undone: {what}", what=entry.said), say("It stays visible in the record."))

    def action_resume(self) -> None:
        from runbook.tui.screens.asking import Choose

        choices = self.unfinished.choices()
        if len(choices) == 1:
            self._resume(choices[0][0])
        elif choices:
            self.push_screen(Choose(say("Go on with which text?"), choices), self._resume)
        else:
            self.tell(say("There is no unfinished text."))

    def _resume(self, kept: str | None) -> None:
        place, action = unfinished.parts(kept or "")
        if place:
            self.go(place)
        if action:
            self.call_after_refresh(self.run_action, action, self.screen)

    def action_help(self) -> None:
        from runbook.tui.screens.help import Help

        if isinstance(place := self.screen, Place):
            self.push_screen(Help(place), partial(self._run_at, place))

    def action_palette(self) -> None:
        from runbook.tui.screens.palette import Palette

        if isinstance(place := self.screen, Place):
            shown = place.all_commands()
            ours = place.place in places.IN_CASE and IN_DRILL[0] not in shown
            if ours and self.case is not None and scenario_of(self.case) is not None:
                shown += tuple(msgspec.structs.replace(one, key="") for one in IN_DRILL)
            self.push_screen(Palette(shown), partial(self._run_at, place))

    def _run_at(self, place: Place, action: str | None) -> None:
        if action is not None:
            self.call_next(self.run_action, action, place)

    def action_incoming(self) -> None:
        if self.case is None or scenario_of(self.case) is None:
            self.tell(*no_drill())
        else:
            self.go("incoming", "waiting")

    def action_drill_next(self) -> None:
        self._drilling.next()

    def action_drill_pause(self) -> None:
        self._drilling.pause()

    def action_drill_end(self) -> None:
        self._drilling.end()

    def action_drill_score(self) -> None:
        self._drilling.score()

    def action_no_search(self) -> None:
        from runbook.tui.screens.asking import Remark

        self.push_screen(Remark(say("There is nothing to search here.")))

    def action_language(self) -> None:
        self.language = "en" if self.language == "ja" else "ja"

    def action_theme(self) -> None:
        names = [theme.name for theme in THEMES]
        if self.theme in names:
            self.theme = names[(names.index(self.theme) + 1) % len(names)]
