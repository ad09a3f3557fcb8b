"""Someone sitting at a real terminal: `python -m tests.tui.sitting RECORD [INCIDENT]` opens the screens in English."""

from __future__ import annotations

import sys

from runbook.clock import system_clock
from runbook.content import Content
from runbook.desk import Desk
from runbook.errors import RunbookError
from runbook.store import open_store
from runbook.tui import run


def sit(record: str, incident: str = "") -> int:
    desk = Desk(open_store(record), lambda: Content(None), system_clock, "佐藤", "seat")
    try:
        return run(desk, "en", incident=incident)
    except RunbookError as failure:
        sys.stderr.write(f"{failure}\n")
        return failure.exit_code
    finally:
        desk.close()


if __name__ == "__main__":
    sys.exit(sit(*sys.argv[1:]))
