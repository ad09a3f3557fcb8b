"""What a drill keeps to itself until it is over. Pure."""

from __future__ import annotations

from runbook.case import Case
from runbook.script import scenario_of


def untold(case: Case) -> frozenset[str]:
    """The sources that tell of the real case a drill is played after, by id: what became of that would give away what is
    to come."""
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is None or drill is None or drill.ended is not None:
        return frozenset()
    return frozenset(one.source for one in scenario.ghost)
