"""What the real case had done by now, and when the team had done the same. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from runbook.case import Case
from runbook.conditions import Happened, parse
from runbook.moment import after
from runbook.scenario import Ghost
from runbook.script import scenario_of


def done_by(ghost: Ghost) -> datetime:
    """From when on it may be said to have been done: of a day alone, once that day is over."""
    if ghost.precision != "date":
        return ghost.at
    return after(ghost.at.replace(hour=0, minute=0, second=0, microsecond=0), timedelta(days=1))


def ghosts(case: Case) -> list[Ghost]:
    """What the real case had done by now, the latest last."""
    scenario = scenario_of(case)
    known = scenario.ghost if scenario else ()
    return sorted((one for one in known if done_by(one) <= case.now), key=done_by)


def met_at(ghost: Ghost, case: Case) -> datetime | None:
    """When the team had done what this amounts to; None where it has not, or where that hangs on more than acts."""
    scenario = scenario_of(case)
    acts = [one for one in scenario.expected if one.id in ghost.meets] if scenario else []
    times = [_happened(text, case) for one in acts for text in one.evidence]
    done = [at for at in times if at is not None]
    return case.zoned(max(done)) if done and len(done) == len(times) else None


def _happened(condition: str, case: Case) -> datetime | None:
    asked = parse(condition)
    return case.happened(asked.word, asked.name) if isinstance(asked, Happened) else None
