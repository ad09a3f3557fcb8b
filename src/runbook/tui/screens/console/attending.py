"""Being at the console: the lock that dies with the process, and the entries that say who came and left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from runbook.actions import drills
from runbook.case import Case
from runbook.desk import Desk
from runbook.drills.room import Room


class Attendance:
    """One console at one drill. Both acts reach the record: they are done off the screen's thread, in turn."""

    def __init__(self, desk: Desk, incident: str) -> None:
        self._desk = desk
        self._incident = incident
        self._let_go: Callable[[], None] | None = None

    def come(self) -> tuple[Case, bool]:
        """Sit down. Gives the drill, and whether the console before this one died."""
        before = Room(self._desk).advance(self._incident)  # where it died and nobody noticed yet, it is noted first
        if self._let_go is not None:
            return before, False
        died = before.incident.drill is not None and before.incident.drill.abandoned is not None
        self._let_go = self._desk.attend(self._incident).close
        return self._desk.do(self._incident, drills.come).case, died

    def leave(self) -> None:
        """Leave, unless that was done. Where another console is open, nobody has left the drill."""
        let_go, self._let_go = self._let_go, None
        if let_go is None:
            return
        let_go()
        if not self._desk.attended(self._incident):
            self._desk.do(self._incident, partial(drills.leave, wall=self._desk.wall()))
