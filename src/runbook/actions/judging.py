"""Decisions of those who watch a drill: what they saw, how they rate and score it, what is to be done better."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count

import msgspec

from runbook import events as e
from runbook.actions.deciding import By
from runbook.actions.drills import known_inject, scenario_in
from runbook.actions.values import clean
from runbook.case import Case
from runbook.errors import BadContent, Refused
from runbook.events import Act, Prose
from runbook.moment import Moment
from runbook.scenario import Rate
from runbook.speech import say

_NAME_LENGTH = 60
_NAME = re.compile(rf"[\w.-]{{1,{_NAME_LENGTH}}}")


def observe(
    case: Case,
    by: By,
    text: str,
    moment: Moment | None = None,
    *,
    about: int = 0,
    inject: str = "",
    objective: str = "",
) -> list[Act]:
    """Note what was seen, at a moment (now, where none is given), an entry, an inject, an objective."""
    scenario_in(case)
    words = clean(text, say("observation"))
    if not words:
        raise BadContent(say("The observation is empty."), say("Write what you saw."))
    if not 0 <= about <= case.incident.seq:
        raise Refused(say("The record has no entry {seq}.", seq=about))
    about_inject = known_inject(case, inject).id if inject else ""
    return [Act(e.ObservationNoted(Prose(text=words), about, about_inject, _objective(case, objective)), moment)]


def rate(case: Case, by: By, objective: str, rating: Rate, reason: str = "") -> list[Act]:
    """Rate an objective P, S, M or U (HSEEP)."""
    id = _objective(case, objective)
    return [Act(e.ObjectiveRated(id, rating, Prose(text=clean(reason, say("reason")))))]


def overrule(case: Case, by: By, item: str, points: int | None, reason: str, most: int) -> list[Act]:
    """Put an evaluator's points in the place of the machine's, with a reason; None gives the item back to it.

    `most` is what the item can bring at most; a hazard brings 0 at most.
    """
    scenario_in(case)
    words = clean(reason, say("reason"))
    if not words:
        raise Refused(say("Overruling a score needs a reason."), say("Write what you saw."))
    if points is not None and points > most:
        raise BadContent(say("This item brings {most} points at most.", most=most), say("Give fewer points."))
    return [Act(e.PointsOverruled(item, Prose(text=words), points))]


def plan(case: Case, by: By, improvement: e.Improvement, issue: str, action: str, today: date) -> list[Act]:
    """Put an item on the improvement plan, or a new wording of the one of its id. `today` is a day of the real
    calendar.

    The due day is an ISO date, or 30, 60 or 90: so many days from today.
    """
    scenario = scenario_in(case)
    words, does = clean(issue, say("issue")), clean(action, say("corrective action"))
    if not words or not does:
        raise BadContent(
            say("An improvement needs an issue and a corrective action."), say("Write both, in a sentence each.")
        )
    if improvement.step and improvement.step not in case.playbook.steps:
        raise Refused(say("There is no step “{name}”.", name=improvement.step))
    if improvement.item and improvement.item not in scenario.scored:
        raise Refused(say("The score has no item “{name}”.", name=improvement.item))
    if not _NAME.fullmatch(improvement.id):
        raise BadContent(
            say("“{name}” is no name for an improvement.", name=improvement.id),
            say("Write up to {most} letters, digits and hyphens, without blanks.", most=_NAME_LENGTH),
        )
    whole = msgspec.structs.replace(
        improvement,
        owner=clean(improvement.owner, say("owner")),
        contact=clean(improvement.contact, say("contact")),
        ja=_cleaned(improvement.ja),
        en=_cleaned(improvement.en),
        issue=Prose(text=words),
        action=Prose(text=does),
        start=improvement.start or today.isoformat(),
        due=_day(improvement.due, today),
    )
    return [Act(whole)]


def free_name(case: Case) -> str:
    """A name that no item of the improvement plan has yet: i1, i2 …"""
    plans = case.incident.drill.plans if case.incident.drill else {}
    return next(name for n in count(1) if (name := f"i{n}") not in plans)


def _cleaned(added: Prose | None) -> Prose | None:
    """What is new in the plan, without blanks around it; what the record has already stays as it is sealed."""
    if added is None or added.text is None or added.digest:
        return added
    return Prose(text=clean(added.text, say("text")))


def _day(typed: str, today: date) -> str:
    if typed in ("30", "60", "90"):
        return (today + timedelta(days=int(typed))).isoformat()
    try:
        return date.fromisoformat(typed).isoformat() if typed else ""
    except ValueError:
        raise BadContent(
            say("“{text}” is not a day.", text=typed), say("Write 30, 60 or 90 (days from today), or a date.")
        ) from None


def _objective(case: Case, id: str) -> str:
    known = [one.id for one in scenario_in(case).objectives]
    if id and id not in known:
        raise Refused(
            say("There is no objective “{name}”.", name=id), say("There are: {names}.", names=", ".join(known))
        )
    return id
