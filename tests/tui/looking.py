"""What a test of the screens does with them: wait until they are settled, and read what stands there."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from textual._context import active_app
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from runbook.tui.app import RunbookApp
from runbook.tui.typeahead import caught_up

AT_REST_BY = 1.0
"""Seconds after which it is not waited any longer, as Textual does: a test may hold up an answer by intent."""


async def at_rest(*_: float) -> None:
    """Wait until nothing is left to do but to wait, for a key or for a time.

    Stands in for Textual's waiting, which takes a process that slept for 20 ms to be at rest: that is slow, and on a
    busy machine not even true. Here the event loop itself says whether a task could go on, and what would be painted
    with the next frame is painted now.
    """
    app = active_app.get()
    ready = vars(asyncio.get_running_loop())["_ready"]
    until = monotonic() + AT_REST_BY
    while monotonic() < until:
        await asyncio.sleep(0)
        if ready:
            continue
        if app._resize_timer is not None:
            app._check_resize()
        elif frames := [screen for screen in app.screen_stack if _is_due(screen)]:
            for screen in frames:
                screen._on_timer_update()
        elif all(worker.is_finished for worker in app.workers):
            return
        else:
            await asyncio.sleep(0.001)


def _is_due(screen: Screen[object]) -> bool:
    """Whether something of a screen waits for its next frame."""
    running: bool = screen._update_timer._active.is_set()
    return running


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked of the desk is answered and shown."""
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def send(app: RunbookApp, *keys: str) -> None:
    """Press keys as the terminal's driver gives them on: nothing is waited for that another thread brings about."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
        await caught_up(app)


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, of: object, name: str) -> Iterator[Callable[[], None]]:
    """What `of` answers by `name` is held up until what is given is called, or the block is left."""
    free, answer = threading.Event(), getattr(of, name)

    def late(*asked: object) -> object:
        free.wait(10)
        return answer(*asked)

    monkeypatch.setattr(of, name, late)
    try:
        yield free.set
    finally:
        free.set()


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
