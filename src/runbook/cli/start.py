"""`runbook` without a command: the screens, or the overview where nobody sits at a terminal."""

from __future__ import annotations

import os

from runbook.cli import streams
from runbook.cli.incidents import overview
from runbook.cli.session import Session


def without_command(session: Session) -> int | None:
    """Open the screens; without a terminal at both ends print what `runbook list` prints."""
    if not streams.at_terminal():
        overview(session)
        return None
    return screens(session)


def screens(session: Session, incident: str = "", place: str = "board") -> int:
    """Open the screens, on one incident's board or other place if it is named. Gives the exit code."""
    from runbook.tui import run

    desk = session.desk(create=True)
    zone = session.zone or os.environ.get("RUNBOOK_TZ", "")
    return run(desk, session.language, incident=incident, place=place, zone=zone, ascii=session.ascii)
