"""The application: one desk, one case at a time, and what all places share.

Slow work goes through `slow` and `act`: one thread, in order, and every failure a sentence on the screen. No widget
calls the desk itself.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.events import Event, Key
from textual.keys import _character_to_key
from textual.reactive import reactive

from runbook.actions import records
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.desk import Desk, Done
from runbook.errors import RunbookError
from runbook.speech import Language, Message, Speaker, say, speaker
from runbook.tui import crash, places, terminal
from runbook.tui.commands import EVERYWHERE, bindings
from runbook.tui.place import Place
from runbook.tui.presenting import Shades
from runbook.tui.themes import MONO, MONO_THEME, THEMES, shades_of
from runbook.tui.unfinished import Unfinished

if TYPE_CHECKING:
    from runbook.tui.screens.asking import Asking

T = TypeVar("T")


class RunbookApp(App[None]):
    """The runbook's screens over one desk."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings(EVERYWHERE)  # type: ignore[assignment]

    case: reactive[Case | None] = reactive(None)
    """The case being worked on, as last read from the record, at its clock's present minute."""
    now: reactive[datetime] = reactive(datetime.min.replace(tzinfo=UTC))
    """The wall clock, once a second, in the machine's zone: only for what belongs to no incident."""
    language: reactive[Language] = reactive("ja")
    saving: reactive[int] = reactive(0)
    """How many acts are on their way to the disk."""
    news: reactive[str] = reactive("")
    """What others wrote a moment ago, for the top line: “+2 name”."""

    def __init__(self, desk: Desk, language: Language, *, case: Case | None = None, ascii: bool = False) -> None:
        mono = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if mono else None)
        self.desk = desk
        self.ascii = ascii
        self._work = ThreadPoolExecutor(1, "desk")
        self._over = threading.Event()
        self.unfinished = Unfinished(self)
        self.set_reactive(RunbookApp.language, language)
        self.set_reactive(RunbookApp.now, desk.wall().astimezone())
        self.set_reactive(RunbookApp.case, case)
        for theme in (*THEMES, MONO_THEME):
            self.register_theme(theme)
        self.theme = MONO if mono else THEMES[0].name

    @property
    def speak(self) -> Speaker:
        return speaker(self.language)

    @property
    def shades(self) -> Shades:
        return shades_of(self.theme, ascii=self.ascii)

    def on_mount(self) -> None:
        self.push_screen(self._place("home" if self.case is None else "board"))
        if self.case is not None:
            self.unfinished.open(self.case.incident.id)
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        """After the first paint: what could wait until now."""
        threading.Thread(target=self._listen, name="doorbell", daemon=True).start()
        gc.collect()
        gc.freeze()

    def on_unmount(self) -> None:
        self._over.set()
        self._work.shutdown(wait=True)

    # Work

    def slow(self, work: Callable[[], T], then: Callable[[T], None] | None = None) -> None:
        """Do something off the screen's thread; `then` gets what came of it, a failure becomes a sentence."""
        self.run_worker(self._outcome(work, then or _nothing), exit_on_error=True)

    def act(self, decision: Decision, then: Callable[[Done], None] | None = None, *, typed: str = "") -> None:
        """Record a decision on the open case, judged against what this screen shows.

        `typed` is the name of the half-typed text it is made of (see `unfinished`), forgotten once it is recorded.
        """
        if self.case is None:
            return
        own = self.case.incident

        def recorded(done: Done) -> None:
            self.take(done.case)
            self.unfinished.forget(typed)
            if then is not None:
                then(done)

        async def record() -> None:
            self.saving += 1
            done = await self._outcome(partial(self.desk.do, own.id, decision, seen=own.seq), recorded)
            self.saving -= 1
            if not done:
                self.reload()

        self.run_worker(record(), exit_on_error=True)

    def ask(
        self, asking: Asking[T], decide: Callable[[T], Decision], then: Callable[[Done], None] | None = None
    ) -> None:
        """Ask, and record what is decided from the answer. Escape decides nothing."""

        def answered(answer: T | None) -> None:
            if answer is not None:
                self.act(decide(answer), then, typed=getattr(asking, "keep", ""))

        self.push_screen(asking, answered)

    async def _outcome(self, work: Callable[[], T], then: Callable[[T], None]) -> bool:
        future = asyncio.wrap_future(self._work.submit(work))
        await asyncio.wait([future])
        failure = future.exception()
        if failure is None:
            then(future.result())
        elif isinstance(failure, RunbookError):
            self.tell(failure.message, failure.hint, bad=True)
        else:
            self.tell(*self._unforeseen(failure), bad=True)
        return failure is None

    def _unforeseen(self, failure: BaseException) -> tuple[Message, Message]:
        path = crash.write_down(failure, self.desk.wall())
        return (
            say("Something went wrong in the program itself ({error}).", error=type(failure).__name__),
            say("What is marked as saved is saved. Details: {path}", path=str(path or "-")),
        )

    def open_case(self, incident: str, place: str = "board") -> None:
        """Open an incident on one of its places."""

        def opened(case: Case) -> None:
            if self.case is None or self.case.incident.id != case.incident.id:
                self._forget_places()
            self.case = case
            self.unfinished.open(case.incident.id)
            self.go(place)

        self.slow(partial(self.desk.case, incident), opened)

    def take(self, case: Case) -> None:
        """Show a newer reading of the case; an older one that arrives late is left."""
        mine = self.case
        if mine is not None and mine.incident.id == case.incident.id and mine.incident.seq <= case.incident.seq:
            self.case = case

    def reload(self) -> None:
        """Read the open case again."""
        if self.case is not None:
            self.slow(partial(self.desk.case, self.case.incident.id), self.take)

    def tell(self, message: Message, hint: Message | None = None, *, bad: bool = False) -> None:
        """Say something to whoever sits here."""
        text = self.speak(message) + (f"\n{self.speak(hint)}" if hint else "")
        self.notify(text, severity="error" if bad else "information", markup=False, timeout=12 if bad else 4)

    def _listen(self) -> None:
        watch = self.desk.watch()
        self.call_later(self.reload)
        while not self._over.is_set():
            if watch.wait(1.0):
                self.call_later(self.reload)
        watch.close()

    def _tick(self) -> None:
        self.now = self.desk.wall().astimezone()
        if self.case is not None:
            fresh = self.desk.at(self.case)
            if fresh.now.replace(second=0, microsecond=0) != self.case.now.replace(second=0, microsecond=0):
                self.case = fresh

    # Places

    def go(self, place: str, where: str = "") -> None:
        """Show a place, as it was left; `where` is what to look at there (see `Place.arrive`)."""
        if place == "home":
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
        for name in places.IN_CASE:
            if self.is_screen_installed(name):
                place = self.get_screen(name)
                self.uninstall_screen(name)
                place.remove()

    # Keys

    async def on_event(self, event: Event) -> None:
        """What an open input method sends counts as the half-width key, outside of text fields."""
        if isinstance(event, Key) and not event.is_forwarded:
            half = terminal.half_width(event.character)
            focused = self.focused
            if half and not (focused and focused.check_consume_key(event.key, event.character)):
                event = Key(_character_to_key(half), half)
        await super().on_event(event)

    def action_go(self, place: str) -> None:
        self.go(place)

    def action_phase(self, key: str) -> None:
        self.go("board", f"phase:{key}")

    def action_leave(self) -> None:
        """Back: to the board, from there home."""
        place = self.screen.place if isinstance(self.screen, Place) else "home"
        if place != "home":
            self.go("board" if self.case is not None and place != "board" else "home")

    def action_note(self) -> None:
        from runbook.tui.screens.asking import AskText

        self.ask(
            AskText(say("Note"), say("What happened, what was decided, what was said."), keep="app.note"),
            lambda text: partial(records.note, text=text),
        )

    def action_undo(self) -> None:
        self.act(records.undo, lambda _: self.tell(say("Undone. It stays visible in the record.")))

    def action_resume(self) -> None:
        from runbook.tui.screens.asking import Choose

        choices = self.unfinished.choices()
        if len(choices) == 1:
            self.unfinished.go_on(choices[0][0])
        elif choices:
            self.push_screen(Choose(say("Go on with which text?"), choices), lambda id: self.unfinished.go_on(id or ""))
        else:
            self.tell(say("There is no unfinished text."))

    def action_help(self) -> None:
        from runbook.tui.screens.help import Help

        if isinstance(place := self.screen, Place):
            self.push_screen(Help(place), partial(self._run_at, place))

    def action_palette(self) -> None:
        from runbook.tui.screens.palette import Palette

        if isinstance(place := self.screen, Place):
            self.push_screen(Palette(place.all_commands()), partial(self._run_at, place))

    def _run_at(self, place: Place, action: str | None) -> None:
        if action is not None:
            self.call_next(self.run_action, action, place)

    def action_language(self) -> None:
        self.language = "en" if self.language == "ja" else "ja"

    def action_theme(self) -> None:
        names = [theme.name for theme in THEMES]
        if self.theme in names:
            self.theme = names[(names.index(self.theme) + 1) % len(names)]


def _nothing(_: object) -> None:
    pass
