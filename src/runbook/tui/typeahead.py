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
    """What was typed while something is being opened."""

    def __init__(self, app: App[None], give: Callable[[Typed], Awaitable[None]]) -> None:
        """`give` acts on a key or a paste."""
        self._app = app
        self._give = give
        self._typed: deque[Typed] = deque()
        self._opening = 0
        self._giving = False

    def holds(self, typed: Typed) -> bool:
        """Keep it back where something is being opened; the key that leaves the program never waits."""
        if not (self._opening or self._giving) or (isinstance(typed, Key) and typed.key == "ctrl+q"):
            return False
        self._typed.append(typed)
        return True

    def open(self) -> None:
        """Something is being opened."""
        self._opening += 1

    async def opened(self, well: bool) -> None:
        """It is there, or cannot be: then what was meant for it is dropped."""
        self._opening -= 1
        if not well:
            self._typed.clear()
        if self._giving or not self._typed:
            return
        self._giving = True
        await caught_up(self._app)
        while self._typed and not self._opening:  # a key may have opened something else
            self._app.call_later(self._give, self._typed.popleft())
            await caught_up(self._app)
        self._giving = False


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
