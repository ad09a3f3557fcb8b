"""What the console reads and reckons off the screen's thread."""

from __future__ import annotations

from runbook.desk import Desk
from runbook.drills.room import Room
from runbook.events import ACTS
from runbook.tui.screens.console.team import Seen

LAST = 100
"""How many of the latest entries are looked through for the team's."""


def look(desk: Desk, incident: str) -> Seen:
    """The team's last entries, the last on top, the score as it is now, and the entries it cites."""
    score = Room(desk).score(incident)
    end = desk.case(incident).incident.seq
    latest = desk.entries(incident, range(max(1, end - LAST + 1), end + 1))
    cited = desk.entries(incident, sorted({seq for item in score.items for seq in item.seqs}))
    team = tuple(one for one in reversed(latest) if one.event.type in ACTS)
    return Seen(team, score, {one.event.seq: one for one in cited})
