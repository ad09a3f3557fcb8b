"""What a test of the screens does with them: wait until they are settled, and read what stands there."""

from __future__ import annotations

from textual.pilot import Pilot

from runbook.tui.app import RunbookApp


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked of the desk is answered and shown."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


def screen_text(app: RunbookApp) -> str:
    """What stands on the screen, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
