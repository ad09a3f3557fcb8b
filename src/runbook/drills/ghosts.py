"""What the real case had done by now, and when the team had done the same. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from runbook.case import Case
from runbook.conditions import All, Condition, Happened, Known, Some, evaluate, parse
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
    times = [_since(parse(text), case) for one in acts for text in one.evidence]
    done = [at for at in times if at is not None]
    return case.zoned(max(done)) if done and len(done) == len(times) else None


def _since(condition: Condition, case: Case) -> datetime | None:
    """Since when a condition holds, by what happened and what was recorded."""
    match condition:
        case Happened(word, name):
            return case.happened(word, name)
        case Known(fact) if evaluate(condition, case) and (claim := case.current(fact)):
            return claim.touch.at
        case Some(parts):
            return min((at for part in parts if (at := _since(part, case))), default=None)
        case All(parts):
            times = [at for part in parts if (at := _since(part, case))]
            return max(times) if len(times) == len(parts) else None
    return None
