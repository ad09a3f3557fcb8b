"""What tests of drills on the team's screens share."""

from __future__ import annotations

from textual.pilot import Pilot

from runbook.speech import Language
from runbook.tui.app import RunbookApp
from tests.drilling import Held
from tests.tui.looking import screen_text, settled

NARROW, WIDE = (80, 24), (120, 40)


def seat(held: Held, language: Language = "en") -> RunbookApp:
    """The app of the desk the drill is held at, on its board."""
    return RunbookApp(held.desk, language, case=held.case)


async def play(pilot: Pilot[None], held: Held, minutes: float) -> None:
    """Let so many minutes of the exercise pass, and the app notice, as it does every second."""
    app = pilot.app
    assert isinstance(app, RunbookApp)
    clock = held.case.incident.clock
    assert clock is not None
    held.wall.forward(minutes=minutes / (clock.speed or 1))
    app._tick()
    await settled(pilot)


def frame(app: RunbookApp) -> tuple[str, str]:
    """The two lines of the frame about the drill: what waits for the team, and the real case."""
    lines = screen_text(app).splitlines()
    height = app.screen.query_one("DrillLine").region
    first, second = lines[height.y : height.y + 2]
    return first.strip(), second.strip()
