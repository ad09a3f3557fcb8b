"""What a drill keeps to itself until it is over. Pure."""

from __future__ import annotations

from runbook.case import Case
from runbook.playbook import Warning
from runbook.script import untold
from runbook.speech import Bilingual, Message, say

UNTOLD = say("The drill is played after this case: it is shown when the drill is over.")
"""What stands in place of what is not told yet."""


def hidden(case: Case, source: str) -> bool:
    """Whether what this source of the playbook tells would give away what is to come."""
    found = case.playbook.sources.get(source)
    return found is not None and found.tells_of in untold(case)


def why_of(case: Case, warning: Warning) -> Bilingual | Message:
    """Why a warning is there: what really happened once, unless a drill must not tell it yet."""
    return UNTOLD if hidden(case, warning.source) else warning.why
