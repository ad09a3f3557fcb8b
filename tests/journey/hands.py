"""Somebody at the keyboard of the screens: presses keys, and looks before pressing the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from textual.events import Paste
from textual.pilot import Pilot

from runbook.case import Case
from runbook.tui.app import RunbookApp
from runbook.tui.screens.board import Board
from runbook.tui.typeahead import caught_up
from tests.tui.conftest import Clockwork
from tests.tui.looking import screen_text

PASTED = 12
"""Letters from which on a text is pasted instead of typed."""


class Hands:
    """Somebody at the keyboard."""

    def __init__(self, pilot: Pilot[None], clock: Clockwork) -> None:
        assert isinstance(pilot.app, RunbookApp)
        self.app = pilot.app
        self._pilot = pilot
        self.clock = clock

    # Keys, and what one waits for

    async def press(self, *keys: str) -> None:
        """Keys, each when the one before it is handled, as at a terminal."""
        for key in keys:
            await self._pilot.press(key)
            await self._done()

    async def write(self, text: str) -> None:
        """Into what has the focus: short texts letter by letter, long ones from the clipboard."""
        if len(text) < PASTED:
            await self._pilot.press(*text)
        else:
            self.app.post_message(Paste(text))
        await self._done()

    async def _done(self) -> None:
        """Wait until the last key is handled, and what it opens is there."""
        await caught_up(self.app)
        await self.until(lambda: not self.app.typeahead.is_opening)

    async def until(self, happened: Callable[[], object]) -> None:
        """Wait for what the last key brings about."""
        for _ in range(5000):
            if happened():
                return
            await asyncio.sleep(0.001)
        raise AssertionError(f"it did not happen; what stands there is:\n{screen_text(self.app)}")

    async def record(self, *keys: str) -> None:
        """Press keys that record something, and wait until it is on disk and shown."""
        before = self.case.incident.seq
        await self.press(*keys)
        await self.until(lambda: self.case.incident.seq > before and not self.app.saving)

    async def shows(self, *kinds: type) -> None:
        """Wait for a screen of one of these kinds."""
        await self.until(lambda: isinstance(self.app.screen, kinds))
        await caught_up(self.app)

    async def at(self, now: datetime) -> None:
        """The time goes on; the screen notices within a second."""
        self.clock.now = now
        self.app._tick()
        await caught_up(self.app)

    @property
    def case(self) -> Case:
        assert self.app.case is not None
        return self.app.case

    @property
    def board(self) -> Board:
        board = self.app.screen
        assert isinstance(board, Board), board
        return board
