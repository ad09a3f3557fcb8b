"""The frame of every screen, driven by keys."""

from __future__ import annotations

from runbook.tui.app import RunbookApp
from tests.tui.looking import screen_text, settled


async def test_a_new_incident_with_two_keys(app: RunbookApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n", "enter")
        await settled(pilot)
        assert app.case is not None
        assert app.case.incident.mode == "live"
        assert "LIVE" in screen_text(app)
