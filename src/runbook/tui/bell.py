"""Hears what other seats write, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from runbook.desk import Desk
from runbook.errors import RunbookError
from runbook.tui import crash

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 1.0
"""Seconds between two looks at whether the program ends, and until a record out of reach is tried again."""


class Bell:
    """Calls `heard` in the app whenever anyone wrote."""

    def __init__(self, app: App[None], desk: Desk, heard: Callable[[], None]) -> None:
        self._app = app
        self._desk = desk
        self._heard = heard
        self._over = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._listen, name="doorbell", daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def _listen(self) -> None:
        with crash.Reported(self._app):
            while not self._over.is_set():
                with suppress(RunbookError):  # out of reach: whoever writes or reads next is told
                    self._follow()
                self._over.wait(PATIENCE)

    def _follow(self) -> None:
        watch = self._desk.watch()
        try:
            self._app.call_later(self._heard)  # what was written before anybody listened
            while not self._over.is_set():
                if watch.wait(PATIENCE):
                    self._app.call_later(self._heard)
        finally:
            watch.close()
