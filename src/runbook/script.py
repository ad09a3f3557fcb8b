"""The script of a drill as it stands: its injects with the facilitator's edits, what is due now, and what is next.
Pure.

Any open seat may let arrive what is due: the record takes each inject once (rules.md 15).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.conditions import After, Elapsed, Leaf, instants, leaves, parse
from runbook.drill import DrillState, InjectState
from runbook.events import Event, InjectArrived, InjectChanged, MilestoneReached, Prose
from runbook.playbook import Playbook
from runbook.saying import words
from runbook.scenario import Inject, Leg, Milestone, Scenario, place_of
from runbook.speech import Argument, Bilingual, Language, Message, say, speaker

Course: TypeAlias = Literal["runs", "stands", "part over", "last part over", "over"]
Stand: TypeAlias = Literal["waits", "due", "arrived", "held", "off"]
STAND_NAMES: dict[Stand, Message] = {
    "waits": say("waits"),
    "due": say("due now"),
    "arrived": say("arrived"),
    "held": say("held back"),
    "off": say("switched off"),
}


class Line(msgspec.Struct, frozen=True):
    """One line of the events list as it stands."""

    inject: Inject
    stand: Stand
    edited: bool = False
    arrived_at: datetime | None = None
    answered: bool = False


class Due(msgspec.Struct, frozen=True):
    """An inject or a milestone whose turn has come, and since when."""

    id: str
    at: datetime
    milestone: bool = False


def scenario_of(case: Case) -> Scenario | None:
    """The scenario the drill is played from."""
    return case.playbook.scenario if case.incident.drill is not None else None


def untold(case: Case) -> frozenset[str]:
    """The real cases a drill is played after, until it is over: what became of them would give away what is to come
    (`Source.tells_of`)."""
    scenario, drill = scenario_of(case), case.incident.drill
    return scenario.real_cases if scenario and drill and drill.ended is None else frozenset()


def doer(event: Event) -> Argument:
    """Who did what an entry says. What was due arrived by itself: the seat that happened to notice it did nothing."""
    by_itself = isinstance(event.data, InjectArrived | MilestoneReached) and not event.data.by_hand
    return say("the scenario") if by_itself else event.actor


def injects(case: Case) -> list[Inject]:
    """The injects as they stand, by number: the scenario's, with what the facilitator changed or added."""
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is None or drill is None:
        return []
    changed = {id: _changed(state.changed, case) for id, state in drill.injects.items() if state.changed is not None}
    if not changed:
        return list(scenario.in_order)
    return sorted({**scenario.by_id, **changed}.values(), key=place_of)


def telling(case: Case) -> Playbook:
    """The playbook by whose names the record is told: of its scenario, the injects as they stand."""
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is None or drill is None or all(one.changed is None for one in drill.injects.values()):
        return case.playbook
    return msgspec.structs.replace(
        case.playbook, scenario=msgspec.structs.replace(scenario, injects=tuple(injects(case)))
    )


def inject(case: Case, id: str) -> Inject | None:
    """The inject of that id, or number."""
    return next((one for one in injects(case) if id in (one.id, str(one.number))), None)


def events_list(case: Case) -> list[Line]:
    """Every inject with where it stands (the master scenario events list)."""
    drill = case.incident.drill
    if drill is None:
        return []
    ready = {one.id for one in due(case)}
    lines = []
    for one in injects(case):
        state = drill.inject(one.id)
        stand: Stand = "waits"
        if state.arrival is not None:
            stand = "arrived"
        elif not one.enabled:
            stand = "off"
        elif state.held:
            stand = "held"
        elif one.id in ready:
            stand = "due"
        arrived = state.arrival.at if state.arrival else None
        lines.append(Line(one, stand, state.changed is not None, arrived, bool(state.replies)))
    return lines


def waiting(case: Case) -> list[Inject]:
    """What arrived and waits for an answer, the first to arrive first."""
    drill = case.incident.drill
    if drill is None:
        return []
    open_ones = [
        (state.arrival.touch.seq, one)
        for one in injects(case)
        if one.answer and (state := drill.inject(one.id)).arrival is not None and not state.replies
    ]
    return [one for _, one in sorted(open_ones, key=lambda pair: pair[0])]


class Open(msgspec.Struct, frozen=True):
    """What has not come yet and needs no hand: only time, conditions and each other keep it back."""

    milestones: tuple[Milestone, ...]
    injects: tuple[tuple[Inject, InjectState], ...]


def still_open(case: Case) -> Open:
    """What may still come by itself. It hangs on what became of the drill (`incident.drill`) and on nothing else."""
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is None or drill is None or drill.ended is not None:
        return Open((), ())
    states = ((one, drill.inject(one.id)) for one in injects(case) if one.enabled and not one.hand)
    return Open(
        tuple(one for one in scenario.milestones if one.when and one.id not in drill.milestones),
        tuple((one, state) for one, state in states if state.arrival is None),
    )


def due(case: Case) -> list[Due]:
    """What should arrive or be reached now, the earliest first; nothing in a drill that has not begun, or is over.

    One thing can bring about the next: whoever acts on it asks again.
    """
    return due_of(still_open(case), case, case.holds)


def coming(case: Case, id: str, *, milestone: bool = False) -> Due | None:
    """This one inject or milestone, if it is due now."""
    waits = case.once(still_open)
    alone = Open(
        tuple(one for one in waits.milestones if milestone and one.id == id),
        tuple(pair for pair in waits.injects if not milestone and pair[0].id == id),
    )
    return next(iter(due_of(alone, case, case.holds)), None)


def due_of(waits: Open, case: Case, holds: Callable[[str], bool | None]) -> list[Due]:
    """Of what is open, what is due now; `holds` answers its conditions."""
    drill, now = case.incident.drill, case.now
    if drill is None or not drill.begun:
        return []
    found = [Due(one.id, now, milestone=True) for one in waits.milestones if holds(one.when)]
    found += [
        Due(one.id, _came(one, state, drill, now))
        for one, state in waits.injects
        if not state.held
        and (one.at is None or one.at <= now)
        and _may_come(one, drill)
        and (not one.when or holds(one.when))
    ]
    return sorted(found, key=lambda one: (one.at, not one.milestone))


def next_change(waits: Open, case: Case) -> datetime | None:
    """The next instant at which something of what is open may become due by the clock alone; None where nothing waits
    for it."""
    times = [one.at for one, _ in waits.injects if one.at is not None]
    texts = [one.when for one in waits.milestones] + [one.when for one, _ in waits.injects if one.when]
    times += [at for text in texts if (asked := _timed(text)) for at in instants(asked, case)]
    now = case.now
    return min([at for at in times if at > now], default=None)


def leg(case: Case) -> tuple[Leg | None, Leg | None]:
    """The leg the clock is in, and the one after it. Where one ends as the next begins, it is in the first as long as
    it stands at its end."""
    scenario, clock = scenario_of(case), case.incident.clock
    if scenario is None:
        return None, None
    inside = [one for one in scenario.legs if one.start <= case.now <= one.end]
    over = clock is not None and clock.until == case.now
    here = None if not inside else inside[0 if over else -1]
    return here, next((one for one in scenario.legs if one.start >= case.now and one not in (here, *inside[:-1])), None)


def course(case: Case, wall: datetime) -> Course:
    """How a drill goes when the wall's clock says `wall`. Where its own clock ran on to where a part begins, it
    stands."""
    drill, clock, scenario = case.incident.drill, case.incident.clock, scenario_of(case)
    if drill is not None and drill.ended is not None:
        return "over"
    if clock is None or clock.speed == 0:
        return "stands"
    if not clock.ran_out(wall):
        return "runs"
    if scenario is None or all(one.end != clock.until for one in scenario.legs):
        return "stands"
    return "part over" if leg(case)[1] else "last part over"


@lru_cache(maxsize=256)
def _timed(text: str) -> tuple[Leaf, ...]:
    """The questions of a condition that time alone may answer otherwise."""
    return tuple(leaf for leaf in leaves(parse(text)) if isinstance(leaf, After | Elapsed))


def _may_come(one: Inject, drill: DrillState) -> bool:
    """Whether the milestone and the injects it waits for have come."""
    return (not one.milestone or one.milestone in drill.milestones) and all(
        drill.inject(other).arrival is not None for other in one.depends_on
    )


def _came(one: Inject, state: InjectState, drill: DrillState, now: datetime) -> datetime:
    """Since when an inject is due: since the last of what it waited for came, or the facilitator let it go; since
    nobody knows when, where it hangs on a condition."""
    if one.when:
        return now
    arrivals = [drill.inject(other).arrival for other in one.depends_on]
    came = [one.at, state.turned, *(arrival.at for arrival in arrivals if arrival)]
    if one.milestone in drill.milestones:
        came.append(drill.milestones[one.milestone].at)
    return max((at for at in came if at is not None), default=now)


def _changed(one: InjectChanged, case: Case) -> Inject:
    return Inject(
        id=one.inject,
        number=one.number,
        title=_both(one.title_ja, one.title_en),
        text=_both(one.text_ja, one.text_en),
        kind=one.kind,
        delivery=one.delivery,
        sender=_both(one.sender_ja, one.sender_en),
        to=one.to,
        at=case.zoned(one.at) if one.at else None,
        when=one.when,
        milestone=one.milestone,
        depends_on=one.depends_on,
        hand=one.hand,
        expected=_both(one.expected_ja, one.expected_en) if one.expected_ja and one.expected_en else None,
        controller=one.controller,
        attachments=one.attachments,
        objective=one.objective,
        answer=one.answer,
        enabled=one.enabled,
    )


def _both(ja: Prose, en: Prose) -> Bilingual:
    """A text in both languages; where it was removed, that it was."""

    def said(prose: Prose, language: Language) -> str:
        return speaker(language)(say("{what}", what=words(prose)))

    return Bilingual(said(ja, "ja"), said(en, "en"))
