"""What a test of the screens does with them: wait until they are settled, and read what stands there."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

from runbook.tui.app import RunbookApp


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked of the desk is answered and shown."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def until(pilot: Pilot[None], happened: Callable[[], object]) -> None:
    """Wait for something that another thread or process brings about."""
    for _ in range(500):
        if happened():
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen within five seconds")


def said(app: RunbookApp) -> str:
    """What the app last told the user; empty where it told nothing."""
    messages = [notification.message for notification in app._notifications]
    return messages[-1] if messages else ""


def screen_text(app: RunbookApp) -> str:
    """What stands on the screen, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
