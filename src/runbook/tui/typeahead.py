"""Keys that come faster than what they are meant for: each waits until the one before it has done what it does.

What is typed while something that a key opens is still being read waits for it too, and goes to what was opened.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from textual.events import Callback, Key, Paste
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.app import App

Typed: TypeAlias = Key | Paste
ROUNDS = 40
HANDLED_BY = 0.5
"""How often, and for how many seconds at most, widgets are asked whether they have handled a key."""


class Typeahead:
    """What was typed while something is being opened, in order; a key that leaves the program too."""

    def __init__(self, app: App[None], give: Callable[[Typed], Awaitable[None]]) -> None:
        """`give` acts on a key or a paste."""
        self._app = app
        self._give = give
        self._typed: deque[Typed] = deque()
        self._opening = 0

    @property
    def is_opening(self) -> bool:
        """Whether what is typed now waits."""
        return self._opening > 0

    def holds(self, typed: Typed) -> bool:
        """Keep it back where something is being opened."""
        if self.is_opening:
            self._typed.append(typed)
        return self.is_opening

    def open(self) -> None:
        """Something is being opened."""
        self._opening += 1

    async def opened(self, shown: bool) -> None:
        """It is there, or is not to come: then what was meant for it is dropped. It counts as being opened until what
        was typed is given: what comes meanwhile stands in line."""
        if not shown:
            self._typed.clear()
        await caught_up(self._app)
        while self._typed and self._opening == 1:  # where a key opened something else, the rest is for that
            self._app.call_later(self._give, self._typed.popleft())
            await caught_up(self._app)
        self._opening -= 1


async def caught_up(app: App[None]) -> None:
    """Wait until all widgets have done what they were sent, and what came of that."""
    quiet = 0
    for _ in range(ROUNDS):
        if quiet == 2 or not app.is_running or not app.screen_stack:
            return
        pumps = [app, *app.screen.walk_children(with_self=True)]
        await _round(pumps)
        quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1


async def _round(pumps: Sequence[MessagePump]) -> None:
    """Wait until each has done what it was sent before now. One that is removed meanwhile is not waited for long."""
    asked, answered = 0, asyncio.Semaphore(0)

    def answer() -> None:
        answered.release()

    for pump in pumps:
        asked += pump.post_message(Callback(answer))  # `call_later` would look at the function's parameters each time
    with suppress(TimeoutError):
        async with asyncio.timeout(HANDLED_BY):
            for _ in range(asked):
                await answered.acquire()
