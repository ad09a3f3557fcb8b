"""The log of what must not happen: tracebacks go into a file for whoever repairs the program, never onto the screen."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def log_path() -> Path:
    """Where errors are written: `errors.log` in the user's state folder."""
    from platformdirs import user_state_path

    return user_state_path("runbook", appauthor=False) / "errors.log"


def write_down(failure: BaseException, at: datetime) -> Path | None:
    """Append a traceback to the log, readable by its owner only; where. None where even that cannot be written."""
    path = log_path()
    report = "".join(traceback.format_exception(failure))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(file, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{at.isoformat(timespec='seconds')}\n{report}\n")
    except OSError:
        return None
    return path


class Reported:
    """Hands whatever fails in another thread to the app, which ends with a sentence; a thread would print a
    traceback."""

    def __init__(self, app: App[None]) -> None:
        self._app = app

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> bool:
        if isinstance(failure, Exception):
            self._app.call_later(self._app._handle_exception, failure)
        return isinstance(failure, Exception)
