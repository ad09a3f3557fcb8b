"""The pictures of the READMEs: the demo's screens, exported by the app itself. `python -m tools.pictures`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from runbook.actions import drills
from runbook.clock import Clock
from runbook.content import Content
from runbook.demo import play
from runbook.desk import Desk
from runbook.drills.room import Room
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
DRILL = {"incoming": ("down", "enter", "i"), "console": ("down", "ctrl+g", "3")}
"""The same with a drill in place of the demo."""
PRESS = datetime(2022, 6, 23, 11, 12, tzinfo=ZoneInfo("Asia/Tokyo"))
ANSWERS = {
    "ja": "パスワードの中身に関わることは、悪用を防ぐためお答えできません。",
    "en": "To prevent misuse we say nothing that describes the password.",
}
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
    await draw(desk, language, SHOTS)


async def rehearse(language: Language, db: str) -> None:
    """Draw the pictures of a drill, in the middle of its press conference."""
    desk = open_desk(db, "佐藤", seat="demo", clock=wall, create=True)
    room = Room(desk)
    id = room.start("amagasaki-2022", language=language).incident.id
    desk.do(id, partial(drills.jump, wall=wall(), to=PRESS))
    room.advance(id)
    desk.do(id, partial(drills.pause, wall=wall()))
    room.answer(id, "password-question", ANSWERS[language])
    desk.new("lost-media", LIVE[language])
    await draw(desk, language, DRILL)


async def draw(desk: Desk, language: Language, shots: Mapping[str, tuple[str, ...]]) -> None:
    """Draw each of these: press its keys, then keep what the screen shows."""
    for name, keys in shots.items():
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
            asyncio.run(rehearse(language, str(Path(folder) / "drill.db")))


if __name__ == "__main__":
    main()
