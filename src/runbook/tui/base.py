"""What the app does at the desk: slow work off the screen's thread, recording, and saying what came of it.

One thread does it all, in order. Every failure becomes a sentence on the screen; one that nobody foresaw also a
traceback in a log.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from rich.text import Text
from textual.app import App
from textual.driver import Driver
from textual.reactive import reactive
from textual.widget import Widget
from textual.worker import Worker, WorkerFailed

from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.desk import Desk, Done
from runbook.duties.doubts import raised
from runbook.errors import RunbookError
from runbook.speech import Language, Message, Speaker, say, speaker
from runbook.tui import crash
from runbook.tui.typeahead import Typeahead, Typed
from runbook.tui.unfinished import Unfinished
from runbook.tui.wrapping import wrap
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    from runbook.tui.screens.asking import Asking

T = TypeVar("T")
Work: TypeAlias = Callable[[int], Done]
"""What records something, given the last entry that was shown; runs off the screen's thread."""
GIVING = "giving"
"""The group of the workers that give on what was typed while something was being opened."""


class DeskApp(App[None]):
    """An app over one desk, with one case at a time."""

    case: reactive[Case | None] = reactive(None)
    """The case being worked on, as last read from the record, at its clock's present minute."""
    language: reactive[Language] = reactive("ja")
    saving: reactive[int] = reactive(0)
    """How many acts are on their way to the disk."""

    def __init__(self, desk: Desk, language: Language, driver: type[Driver] | None, ansi: bool | None) -> None:
        super().__init__(driver_class=driver, ansi_color=ansi)
        self.desk = desk
        self.unfinished = Unfinished(self)
        self.typeahead = Typeahead(self, self.take_typed)
        self._work = ThreadPoolExecutor(1, "desk")
        self._reading = ThreadPoolExecutor(1, "reading")
        self._turn = asyncio.Lock()
        self._mine: set[tuple[str, int]] = set()
        self.set_reactive(DeskApp.language, language)

    @property
    def speak(self) -> Speaker:
        return speaker(self.language)

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._unheard)

    def on_unmount(self) -> None:
        self._reading.shutdown(wait=False, cancel_futures=True)
        self._work.shutdown(wait=True)

    def slow(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[], None] | None = None,
        *,
        on: Widget | None = None,
    ) -> None:
        """Do something off the screen's thread; `then` gets what came of it. A failure becomes a sentence, and `failed`
        puts right what waits for it. It is done even where the program ends meanwhile. `on` is the window that `then`
        draws on: where that was closed meanwhile, what came of it is dropped."""
        self._wait(self._work.submit(work), then, failed, on)

    def fetch(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[], None] | None = None,
        *,
        on: Widget | None = None,
    ) -> None:
        """As `slow`, for what a key opens: what is typed meanwhile waits, and goes to what `then` shows."""
        self.typeahead.open()
        self._wait(self._work.submit(work), then, failed, on, opens=True)

    def look(
        self, work: Callable[[], T], then: Callable[[T], None], *, on: Widget | None = None, opens: bool = False
    ) -> None:
        """Read or reckon something off the screen's thread, past what waits for the disk; `then` and `on` as in `slow`.
        Where the program ends meanwhile, it is left. What a key `opens` is waited for as by `fetch`."""
        if opens:
            self.typeahead.open()
        self._wait(self._reading.submit(work), then, None, on, opens=opens)

    def _wait(
        self,
        future: Future[T],
        then: Callable[[T], None] | None,
        failed: Callable[[], None] | None,
        on: Widget | None,
        *,
        opens: bool = False,
    ) -> None:
        shown = False

        def came(result: T) -> None:
            nonlocal shown
            shown = on is None or is_open(on)
            if then is not None and shown:
                then(result)

        async def run() -> None:
            if not await self._outcome(future, came) and failed is not None:
                failed()
            if opens:
                self.give_typed(shown)

        self._begin(run)

    def give_typed(self, shown: bool) -> None:
        """Give on what was typed while something was being opened, where that is shown; else drop it."""
        self._begin(partial(self.typeahead.opened, shown), GIVING)

    def act(
        self,
        decision: Decision,
        then: Callable[[Done], None] | None = None,
        *,
        typed: str = "",
        seen: int | None = None,
        refused: Callable[[RunbookError], None] | None = None,
    ) -> None:
        """Record a decision on the open case; see `carry`."""
        self.carry(self.doing(decision), then, typed=typed, seen=seen, refused=refused)

    def doing(self, decision: Decision) -> Work:
        """What records a decision on the open case."""
        own = self.case.incident.id if self.case else ""
        return lambda seen: self.desk.do(own, decision, seen=seen)

    def carry(
        self,
        work: Work,
        then: Callable[[Done], None] | None = None,
        *,
        typed: str = "",
        seen: int | None = None,
        refused: Callable[[RunbookError], None] | None = None,
    ) -> None:
        """Do something that records in the open case, judged against what this screen showed when it was begun.

        `typed` is the name of the half-typed text it is made of (see `unfinished`), forgotten once it is recorded.
        `seen` is the last entry shown when one began to decide (now, if not given); what this seat wrote since counts
        as seen. `refused` is told what is wrong in place of the person.
        """
        if self.case is None:
            return
        own = self.case.incident
        shown = own.seq if seen is None else seen

        def recorded(done: Done) -> None:
            self._mine.update((own.id, entry.seq) for entry in done.entries)
            before = self.case
            self.take(done.case)
            self.unfinished.forget(typed)
            if then is not None:
                then(done)
            if before is not None and done.entries and (new := raised(before, done.case)):
                self.tell(*new[:2], bad=True)

        async def record() -> None:
            self.saving += 1
            async with self._turn:
                last = shown
                while (own.id, last + 1) in self._mine:
                    last += 1
                future = self._work.submit(partial(work, last))
                done = await self._outcome(future, recorded, refused)
            self.saving -= 1
            if not done:
                self.reload()

        self._begin(record)

    def ask(
        self, asking: Asking[T], decide: Callable[[T], Decision], then: Callable[[Done], None] | None = None
    ) -> None:
        """Ask, and record what is decided from the answer; see `ask_for`."""
        self.ask_for(asking, lambda answer: self.doing(decide(answer)), then)

    def ask_for(
        self,
        asking: Asking[T],
        work: Callable[[T], Work],
        then: Callable[[Done], None] | None = None,
        *,
        seen: int | None = None,
    ) -> None:
        """Ask, and do with the answer what records something. Escape does nothing.

        Where something is typed, the question stays open until that is recorded, and says itself what is refused.
        """
        keep = getattr(asking, "keep", "")
        if seen is None and self.case is not None:
            seen = self.case.incident.seq

        def answered(answer: T | None) -> None:
            if answer is not None and answer is not False:
                self.carry(work(answer), then, typed=keep, seen=seen)

        def recorded(done: Done) -> None:
            asking.finished()
            if then is not None:
                then(done)

        def record(answer: T) -> None:
            nonlocal seen
            self.carry(work(answer), recorded, typed=keep, seen=seen, refused=asking.refuse)
            seen = None  # the next try is judged against what the record says by then

        self.push_screen(asking, None if asking.stay(record) else answered)

    def _begin(self, work: Callable[[], Coroutine[None, None, None]], group: str = "desk") -> Worker[None]:
        """Run it beside the screens. Not begun before: one that is ended with the program first leaves no complaint."""
        return self.run_worker(work, group=group, exit_on_error=True)

    async def _outcome(
        self,
        work: Future[T],
        then: Callable[[T], None],
        refused: Callable[[RunbookError], None] | None = None,
    ) -> bool:
        future = asyncio.wrap_future(work)
        await asyncio.wait([future])
        failure = future.exception()
        if failure is None:
            then(future.result())
        elif isinstance(failure, RunbookError):
            if refused is not None:
                refused(failure)
            else:
                self.tell(failure.message, failure.hint, bad=True)
        else:
            self.tell(*self._unforeseen(failure), bad=True)
        return failure is None

    def sentences(self, failure: RunbookError) -> str:
        """What is wrong and what to do, in a row: with a space between only where the language writes one."""
        said = [self.speak(part) for part in (failure.message, failure.hint) if part is not None]
        return ("" if self.language == "ja" else " ").join(said)

    def take(self, case: Case) -> None:
        """Show a newer reading of the case; an older one that arrives late is left."""
        mine = self.case
        if mine is not None and mine.incident.id == case.incident.id and mine.incident.seq < case.incident.seq:
            self.case = case

    def reload(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    async def take_typed(self, typed: Typed) -> None:
        """Act on a key or a paste."""
        raise NotImplementedError

    def tell(self, message: Message, hint: Message | None = None, *, bad: bool = False) -> None:
        """Say something to whoever sits here, in place of what was said before."""
        text = ("! " if bad else "") + self.speak(message) + (f"\n{self.speak(hint)}" if hint else "")
        severity: Literal["error", "information"] = "error" if bad else "information"
        lines = wrap(Text(for_terminal(text, multiline=True)), self.size.width - 4)
        self.clear_notifications()
        self.notify("\n".join(line.plain for line in lines), severity=severity, markup=False, timeout=12 if bad else 5)

    # What must not happen

    def _unforeseen(self, failure: BaseException | None) -> tuple[Message, Message]:
        path = failure and crash.write_down(failure, self.desk.wall())
        return (
            say("Something went wrong in the program itself ({error}).", error=type(failure).__name__),
            say("What was marked as saved is saved. Details for whoever looks after it: {path}", path=str(path or "-")),
        )

    def _unheard(self, _: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        failure = context.get("exception")
        if isinstance(failure, Exception):
            self._handle_exception(failure)

    def _fatal_error(self) -> None:
        """The program's end after a failure nobody foresaw: one sentence and where the rest is, no traceback."""
        failure = self._exception
        message, hint = self._unforeseen(failure.error if isinstance(failure, WorkerFailed) else failure)
        self.panic(f"{self.speak(message)}\n{self.speak(hint)}")


def is_open(screen: Widget) -> bool:
    """Whether a place or a window can be drawn on. One that is being closed has lost what stands on it before it is
    gone itself, which Textual's `is_attached` and `is_mounted` do not tell; its `display` does."""
    return screen.app.is_running and screen.is_attached and screen.display
