"""The screens, opened straight on an incident's board. `python seat.py DB INCIDENT`."""

from __future__ import annotations

import gc
import sys


def main(db: str, incident: str) -> None:
    gc.set_threshold(100_000, 50, 50)  # as in runbook.__main__
    from runbook.opening import open_desk
    from runbook.tui import run

    sys.exit(run(open_desk(db), "ja", incident=incident))


main(*sys.argv[1:])
