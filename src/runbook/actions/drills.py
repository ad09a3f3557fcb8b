"""Decisions of a drill: what arrives, what the team answers, how its clock goes. None on a live incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from runbook import events as e
from runbook.actions import facts
from runbook.actions.deciding import By, foresee, require_not_over, require_open
from runbook.actions.values import clean
from runbook.case import Case
from runbook.errors import BadContent, Refused
from runbook.events import Act, Prose
from runbook.moment import Moment, between
from runbook.scenario import FASTEST, Inject, Scenario
from runbook.script import coming, injects, leg, scenario_of
from runbook.script import inject as find_inject
from runbook.speech import Language, say

_BEYOND = timedelta(days=366)
"""How far past the last part the clock may be put: a year's duties can be looked at, the calendar never runs out."""


def scenario_in(case: Case) -> Scenario:
    """The scenario of the drill. Raises Refused for anything else."""
    scenario = scenario_of(case)
    if scenario is None and case.incident.drill is not None:
        raise Refused(
            say("The scenario of this drill is missing from the record, or cannot be read by this program."),
            say("Restore the file from a backup, or use a newer program. Its log can still be read."),
        )
    if scenario is None:
        raise Refused(
            say("This is no drill that was started from a scenario."), say("“runbook drill start” starts one.")
        )
    return scenario


def known_inject(case: Case, id: str) -> Inject:
    """The inject of that id or number; Refused where the drill has none."""
    scenario_in(case)
    found = find_inject(case, id)
    if found is None:
        raise Refused(say("There is no inject “{name}”.", name=id), say("The events list shows them all."))
    return found


def begin(case: Case, by: By, seed: int, wall: datetime, speed: float = 0.0, language: Language = "ja") -> list[Act]:
    """Begin the drill the case was opened for: its starting facts recorded, in `language` where they are texts in both;
    its clock at the beginning of the first leg.

    There it stands until everyone is ready and somebody lets it run (`resume`), unless a `speed` (1 to 120) is given.
    """
    scenario = case.playbook.scenario
    if scenario is None:
        raise Refused(say("This is no drill that was started from a scenario."))
    first = scenario.legs[0]
    acts = [
        Act(e.DrillStarted(scenario.id, scenario.starts, seed, scenario.unattended)),
        Act(e.ClockSet(first.start, wall, _speed(speed) if speed else 0.0, first.end)),
    ]
    case = foresee(case, by, acts)
    for name, value in scenario.facts.items():
        typed = value if isinstance(value, str) else value.said(language)
        more = facts.claim(case, by, name, typed, source=scenario.id)
        acts += more
        case = foresee(case, by, more)
    return acts


def end(case: Case, by: By, remark: str = "") -> list[Act]:
    """End the exercise: its clock stands from now on, and the team records nothing more."""
    scenario_in(case)
    if case.incident.drill is not None and case.incident.drill.ended is not None:
        return []
    return [Act(e.DrillEnded(Prose(text=clean(remark, say("remark")))))]


# What reaches the team


def arrive(case: Case, by: By, inject: str) -> list[Act]:
    """Let an inject arrive at the time it was due; nothing where it is not due, or not any more: meanwhile another seat
    may have let it arrive, or the facilitator have held it back."""
    one = known_inject(case, inject)
    _require_running(case)
    due = coming(case, one.id)
    return [Act(e.InjectArrived(one.id), Moment(due.at))] if due else []


def reach(case: Case, by: By, milestone: str, *, by_hand: bool = False) -> list[Act]:
    """Reach a milestone; nothing where it was reached already, or its turn has not come and no hand does it."""
    scenario = scenario_in(case)
    _require_running(case)
    if not any(one.id == milestone for one in scenario.milestones):
        raise Refused(say("There is no milestone “{name}”.", name=milestone))
    if case.incident.drill and milestone in case.incident.drill.milestones:
        return []
    if not by_hand and coming(case, milestone, milestone=True) is None:
        return []
    return [Act(e.MilestoneReached(milestone, by_hand))]


def answer(case: Case, by: By, inject: str, text: str, rules: tuple[str, ...] = ()) -> list[Act]:
    """Record what was said to an inject. `rules` are the guardrails that object to it: only the desk reckons them."""
    require_open(case)
    one = known_inject(case, inject)
    if not (case.incident.drill and case.incident.drill.inject(one.id).arrival):
        raise Refused(say("“{title}” has not arrived yet.", title=one.title))
    if not one.answerable:
        raise Refused(
            say("“{title}” is for information: it waits for no answer.", title=one.title),
            say("Write a note of what you do about it."),
        )
    words = clean(text, say("answer"))
    if not words:
        raise BadContent(say("The answer is empty."), say("Write what was said."))
    return [Act(e.InjectAnswered(one.id, Prose(text=words), rules))]


# The facilitator's events list


def push(case: Case, by: By, inject: str) -> list[Act]:
    """Let an inject arrive now, whatever it waits for."""
    one = known_inject(case, inject)
    _require_running(case)
    if case.incident.drill and case.incident.drill.inject(one.id).arrival is not None:
        raise Refused(say("“{title}” has arrived already.", title=one.title))
    return [Act(e.InjectArrived(one.id, by_hand=True))]


def hold(case: Case, by: By, inject: str, *, on: bool = True) -> list[Act]:
    """Hold an inject back until it is let go, or let it go."""
    one = known_inject(case, inject)
    _require_running(case)
    state = case.incident.drill.inject(one.id) if case.incident.drill else None
    if state is None or state.held == on:
        return []
    if state.arrival is not None:
        raise Refused(say("“{title}” has arrived already.", title=one.title))
    return [Act(e.InjectHeld(one.id, on))]


def change(case: Case, by: By, inject: Inject) -> list[Act]:
    """Put an inject, edited or new, in the place of the one of its id. One that arrived cannot be changed any more.

    Whether its names and its condition are right is checked where it is read (`drills.editing`).
    """
    return change_all(case, by, (inject,))


def change_all(case: Case, by: By, new: Sequence[Inject]) -> list[Act]:
    """The same for several at once: their numbers are judged as all of them are changed, so that two may swap them."""
    _require_running(case)
    before = {one.id: one for one in injects(case)}
    numbered = {one.number: one.id for one in {**before, **{one.id: one for one in new}}.values() if one not in new}
    for one in new:
        if numbered.setdefault(one.number, one.id) != one.id:
            raise Refused(
                say("There is an inject {number} already.", number=one.number), say("Give it a number of its own.")
            )
        if case.incident.drill and case.incident.drill.inject(one.id).arrival is not None:
            raise Refused(say("“{title}” has arrived already.", title=one.title), say("Add another one instead."))
    return [Act(_changed(one)) for one in new if before.get(one.id) != one]


def _changed(inject: Inject) -> e.InjectChanged:
    expected = inject.expected
    return e.InjectChanged(
        inject.id,
        inject.number,
        Prose(text=clean(inject.title.ja, say("title"))),
        Prose(text=clean(inject.title.en, say("title"))),
        Prose(text=clean(inject.text.ja, say("text"))),
        Prose(text=clean(inject.text.en, say("text"))),
        inject.kind,
        inject.delivery,
        Prose(text=clean(inject.sender.ja, say("sender"))),
        Prose(text=clean(inject.sender.en, say("sender"))),
        inject.to,
        inject.at,
        inject.when,
        inject.milestone,
        inject.depends_on,
        inject.hand,
        Prose(text=clean(expected.ja, say("expected action"))) if expected else None,
        Prose(text=clean(expected.en, say("expected action"))) if expected else None,
        inject.controller,
        inject.attachments,
        inject.objective,
        inject.answer,
        inject.enabled,
    )


# The clock. `wall` is the wall's time; the case stands at the drill's own present.


def pause(case: Case, by: By, wall: datetime, *, inject: str = "") -> list[Act]:
    """Stop the clock; with `inject`, to talk about it."""
    _require_running(case)
    about = known_inject(case, inject).id if inject else ""
    return [Act(e.ClockSet(case.now, wall, 0.0, None, about))]


def resume(case: Case, by: By, wall: datetime, speed: float = 0.0) -> list[Act]:
    """Let the clock run on: at `speed` (1 to 120), else at its leg's."""
    _require_running(case)
    here, following = leg(case)
    if following is not None and following.start == case.now:
        here = following
    if here is not None and here.end == case.now and following is not None:
        raise Refused(
            say("This part is over: the clock stands at {at}.", at=case.now),
            say("Jump to the next part, {at}.", at=following.start),
        )
    if here is not None and here.end == case.now:
        here = None
    until = here.end if here else (following.start if following else None)
    return [Act(e.ClockSet(case.now, wall, _speed(speed or (here.speed if here else 1.0)), until))]


def jump(case: Case, by: By, wall: datetime, to: datetime, speed: float = 0.0) -> list[Act]:
    """Put the clock forward to `to`, where it runs at `speed`, else at the speed of the leg there; at the end of the
    last one it is over, and after it the clock stands unless a speed is given."""
    _require_running(case)
    scenario = scenario_in(case)
    if to < case.now:
        raise Refused(say("A drill's clock only goes forward; it shows {at}.", at=case.now), say("Give a later time."))
    if between(scenario.ends, to) > _BEYOND:
        raise Refused(
            say("{at} is long after the exercise, which ends {end}.", at=to, end=scenario.ends),
            say("Give an earlier time."),
        )
    last = scenario.legs[-1]
    there = last if to == last.end else next((one for one in scenario.legs if one.start <= to < one.end), None)
    following = next((one for one in scenario.legs if one.start > to), None)
    until = there.end if there else (following.start if following else None)
    jumped = case.now if to > case.now else None
    goes = there.speed if there else 1.0 if following else 0.0
    return [Act(e.ClockSet(to, wall, _speed(speed) if speed else goes, until, jumped_from=jumped))]


def next_leg(case: Case, by: By, wall: datetime) -> list[Act]:
    """Jump to where the next leg begins."""
    scenario_in(case)
    following = leg(case)[1]
    if following is None:
        raise Refused(say("No part comes after this one."), say("End the drill when everyone is ready."))
    return jump(case, by, wall, following.start)


# The console


def come(case: Case, by: By) -> list[Act]:
    """Sit down at the console."""
    scenario_in(case)
    return [Act(e.FacilitatorCame())]


def leave(case: Case, by: By, wall: datetime, *, died: bool = False) -> list[Act]:
    """Leave the console, or note that it died; the clock then stands where the scenario says so."""
    drill = case.incident.drill
    if drill is None or drill.attended is None:
        return []
    acts = [Act(e.FacilitatorLeft(died))]
    clock = case.incident.clock
    if drill.unattended == "pauses" and drill.ended is None and clock is not None and not clock.stands(wall):
        acts.append(Act(e.ClockSet(case.now, wall, 0.0)))
    return acts


def _speed(speed: float) -> float:
    if 1 <= speed <= FASTEST:
        return speed
    raise BadContent(
        say("The clock cannot run {speed} times as fast.", speed=f"{speed:g}"),
        say("Give a number from 1 to {most}.", most=FASTEST),
    )


def _require_running(case: Case) -> None:
    scenario_in(case)
    require_not_over(case)
