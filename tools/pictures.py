"""The pictures of the READMEs: the demo's screens, exported by the app itself. `python -m tools.pictures`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from runbook.clock import Clock
from runbook.content import Content
from runbook.demo import play
from runbook.desk import Desk
from runbook.journal import read_journal
from runbook.opening import open_desk
from runbook.speech import LANGUAGES, Language
from runbook.tui.app import RunbookApp
from runbook.tui.picture import export_svg

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CASE = "playbooks/cases/amagasaki-2022.yaml"
SIZE = (100, 30)
SHOTS = {
    "home": (),
    "board": ("down", "enter"),
    "clocks": ("down", "enter", "c", "down", "down"),
    "severity": ("down", "enter", "j", "down"),
    "notice": ("down", "enter", "d", "enter"),
}
"""What is pressed from the list of incidents: the first is the live one, the second the demo."""
LIVE = {"ja": "障がい福祉課のUSBメモリー", "en": "USB stick, welfare office"}
SETTLED = 1.0
"""Seconds until a screen has drawn all it has."""


def wall() -> datetime:
    return datetime(2026, 11, 22, 0, 5, tzinfo=UTC)


async def shoot(language: Language, db: str) -> None:
    """Draw every picture in one language."""

    def seat(who: str, clock: Clock) -> Desk:
        return open_desk(db, who, seat="demo", clock=clock, create=True)

    play(read_journal(Content(None).tree(CASE), CASE), seat, wall, language)
    desk = seat("佐藤", wall)
    desk.new("lost-media", LIVE[language])
    for name, keys in SHOTS.items():
        app = RunbookApp(desk, language)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(SETTLED)
            for key in keys:
                await pilot.press(key)
                await pilot.pause(SETTLED)
            file = FOLDER / (f"{name}.svg" if language == "en" else f"{name}.{language}.svg")
            file.write_text(export_svg(app), "utf-8")


def main() -> None:
    os.environ["TZ"] = "Asia/Tokyo"  # the list of incidents shows the machine's own clock
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(shoot(language, str(Path(folder) / "r.db")))


if __name__ == "__main__":
    main()
