"""Someone sitting at a real terminal: `python -m tests.tui.sitting RECORD [INCIDENT]` opens the screens in English."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from runbook.cli.streams import let_go
from runbook.clock import system_clock
from runbook.desk import Desk
from runbook.errors import RunbookError
from runbook.store import open_store
from runbook.tui import run

if TYPE_CHECKING:
    from runbook.content import Content


def content() -> Content:
    """The shipped content; reading it waits until an incident is opened, as in the program itself."""
    from runbook.content import Content

    return Content(None)


def sit(record: str, incident: str = "") -> int:
    desk = Desk(open_store(record), content, system_clock, "佐藤", "seat")
    try:
        return run(desk, "en", incident=incident)
    except RunbookError as failure:
        sys.stderr.write(f"{failure}\n")
        return failure.exit_code
    finally:
        desk.close()


if __name__ == "__main__":
    code = sit(*sys.argv[1:])
    let_go()
    sys.exit(code)
