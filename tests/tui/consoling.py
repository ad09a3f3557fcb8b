"""Someone at the facilitator's console of the small drill (tests.drilling), by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from runbook.desk import Desk
from runbook.drill import DrillState
from runbook.events import Data
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.screens.console import Console
from tests.drilling import SCENARIO, Held
from tests.tui.looking import settled, until


class Led(Held):
    """The drill, with the facilitator's own desk beside the team's."""

    def __init__(self, folder: Path, text: str = SCENARIO) -> None:
        super().__init__(folder, text)
        self.facilitator: Desk = self.seat("進行")

    def console(self, language: Language = "en") -> RunbookApp:
        """The console's screens."""
        return RunbookApp(self.facilitator, language, case=self.facilitator.case(self.id), place="console")

    @property
    def drill(self) -> DrillState:
        drill = self.case.incident.drill
        assert drill is not None
        return drill

    @property
    def last(self) -> Data:
        """What was recorded last."""
        return self.desk.events(self.id)[-1].data

    @property
    def clock(self) -> str:
        """The drill's clock now, and how fast it runs."""
        clock = self.case.incident.clock
        assert clock is not None
        return f"{self.case.now:%m-%d %H:%M} x{clock.speed:g}"

    def close(self) -> None:
        self.facilitator.close()
        self.desk.close()


@pytest.fixture
def led(tmp_path: Path) -> Iterator[Led]:
    led = Led(tmp_path)
    yield led
    led.close()


async def press(pilot: Pilot[None], *keys: str | Paste) -> None:
    """Press keys; a text in one go, as a paste: the letters of one are no test of their own, and each takes its
    time."""
    for key in keys:
        if isinstance(key, Paste):
            pilot.app.post_message(key)
            await pilot.pause()
        else:
            await pilot.press(key)
    await settled(pilot)


async def sit_down(pilot: Pilot[None]) -> Console:
    """Wait until the console is there, and the score was reckoned."""
    await settled(pilot)
    await reckoned(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, Console)
    return screen


@asynccontextmanager
async def seated(
    led: Led, language: Language = "en", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[RunbookApp, Pilot[None]]]:
    """The facilitator at the console, with the score reckoned."""
    app = led.console(language)
    async with app.run_test(size=size) as pilot:
        await sit_down(pilot)
        yield app, pilot


async def reckoned(pilot: Pilot[None]) -> None:
    """Wait until the team's entries and the score are those of the record as it is."""
    app = pilot.app
    assert isinstance(app, RunbookApp)
    console = app.get_screen("console")
    assert isinstance(console, Console)
    await until(pilot, lambda: app.case is not None and console._looked == app.case.incident.seq)
    await settled(pilot)
