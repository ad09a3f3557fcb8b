"""What a drill keeps to itself until it is over. Pure."""

from __future__ import annotations

from runbook.case import Case
from runbook.playbook import Warning
from runbook.script import scenario_of
from runbook.speech import Bilingual, Message, say

UNTOLD = say("The drill is played after this case: it is shown when the drill is over.")
"""What stands in place of what is not told yet."""


def untold(case: Case) -> frozenset[str]:
    """The sources that tell of the real case a drill is played after, by id: what became of that would give away what is
    to come."""
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is None or drill is None or drill.ended is not None:
        return frozenset()
    return frozenset(one.source for one in scenario.ghost)


def why_of(case: Case, warning: Warning) -> Bilingual | Message:
    """Why a warning is there: what really happened once, unless a drill must not tell it yet."""
    return UNTOLD if warning.source in untold(case) else warning.why
