"""The score of a drill: a pure function of its record, each item with the entries it rests on.

`evidence` finds the entries, `marking` says what they bring; here the items are put together with what the scenario
says of them, what the real case did, and what an evaluator overruled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.drill import Overruling
from runbook.drills import marking
from runbook.drills.evidence import Walked, walk
from runbook.drills.phrases import apart, hour
from runbook.events import Event
from runbook.moment import Moment, between
from runbook.scenario import Expected, Ghost, Hazard, Order, Rate, Scenario
from runbook.script import telling
from runbook.speech import Bilingual, Message, say

Sort: TypeAlias = Literal["act", "clock", "order", "notice", "disclosure"]

SUGGESTED: tuple[tuple[float, Rate], ...] = ((0.9, "P"), (0.7, "S"), (0.4, "M"))
"""From which share of an objective's points on the machine suggests a rating; below the last it is U."""


class Item(msgspec.Struct, frozen=True):
    """One line of the score. `machine` are the points as reckoned, `points` those that count: the evaluator's where one
    overruled. `seqs` are the entries of the record it rests on. Times are the exercise's."""

    id: str
    objective: str
    sort: Sort
    title: Bilingual
    points: int
    max: int
    machine: int
    reason: Message
    seqs: tuple[int, ...] = ()
    at: datetime | None = None
    """When the team did it."""
    target: datetime | None = None
    """By when it counted in full."""
    ghost: datetime | None = None
    """When it was done in the real case."""
    tip: Bilingual | None = None
    really: Bilingual | None = None
    source: str = ""
    overruled: Overruling | None = None
    """The evaluator's word, as long as it was not given back to the machine."""
    open: bool = False
    """The drill runs, and the time for it is not over: nothing is lost yet."""
    still: int = 0
    """The points that can be won besides while the drill runs, also by what comes late."""
    compared: Message | None = None
    """How the team compares with the real case."""

    @property
    def is_pending(self) -> bool:
        """Whether nothing can be said of it yet: its time is not over, or what comes late still brings points."""
        return self.open or self.still > 0


class Score(msgspec.Struct, frozen=True):
    """`points` of `max`, never below zero; what the machine reckoned stands beside it.

    While the drill runs, `max` holds what may never come up as well: `still` are the points that can yet be won,
    `reached_max` is what could have been scored by now.
    """

    scenario: str
    points: int
    max: int
    machine: int
    items: tuple[Item, ...]
    reached_max: int = 0
    still: int = 0
    ended: bool = True

    @property
    def lost(self) -> int:
        """The points that cannot be won any more, as things stand."""
        return self.max - self.points - self.still

    def of(self, objective: str) -> tuple[int, int]:
        """The points and the most points of one objective; the former below zero where hazards cost more."""
        items = [item for item in self.items if item.objective == objective]
        return sum(item.points for item in items), sum(item.max for item in items)

    def item(self, id: str) -> Item | None:
        return next((one for one in self.items if one.id == id), None)


def score(case: Case, events: Sequence[Event]) -> Score:
    """The score of the drill that `events` are the record of; `case` is its state at their end, or later.

    Of the entries after the end of the exercise only what an evaluator overruled counts. Texts that were redacted
    cannot be asked any more what they said.
    """
    scenario, drill = telling(case).scenario, case.incident.drill
    if scenario is None or drill is None:
        return Score("", 0, 0, 0, ())
    walked = walk(case, events, marking.asked(scenario), [one.when for one in scenario.hazards])
    if walked is None:
        return Score(scenario.id, 0, 0, 0, ())
    items = tuple(_item(case, scenario, one, mark) for one, mark in _marks(walked, scenario))
    points = max(0, sum(item.points for item in items))
    return Score(
        scenario.id,
        points,
        sum(item.max for item in items),
        max(0, sum(item.machine for item in items)),
        items,
        sum(max(item.points, 0) if item.open else item.max for item in items),
        max(0, sum(item.points + item.still for item in items)) - points,
        walked.ended,
    )


def standing(score: Score) -> Message:
    """The score in a sentence. Of how many points it is, only the end of the drill tells: until then something may turn
    out never to come up."""
    if score.ended:
        return say("{points} of {max} points", points=score.points, max=score.max)
    return say(
        "{points} won so far, {lost} lost, {still} still to be won",
        points=score.points,
        lost=score.lost,
        still=score.still,
    )


def suggested(points: int, max: int) -> Rate | None:
    """The rating (HSEEP) that the points of an objective suggest; None where nothing could be scored. A suggestion
    only: an evaluator rates."""
    if max <= 0:
        return None
    return next((rate for share, rate in SUGGESTED if points >= share * max), "U")


_Line: TypeAlias = Expected | Order | Hazard


def _marks(walked: Walked, scenario: Scenario) -> Iterator[tuple[_Line, marking.Mark]]:
    for one in scenario.expected:
        yield one, marking.clock(walked, one) if one.clock else marking.act(walked, scenario, one)
    for kept in scenario.orders:
        yield kept, marking.order(walked, scenario, kept)
    for risk in scenario.hazards:
        yield risk, marking.hazard(walked, risk)


def _item(case: Case, scenario: Scenario, one: _Line, mark: marking.Mark) -> Item:
    overruled = case.incident.drill.overruled.get(one.id) if case.incident.drill else None
    given = overruled.points if overruled else None
    ghost = min((line for line in scenario.ghost if one.id in line.meets), key=lambda line: line.at, default=None)
    hazard = one if isinstance(one, Hazard) else None
    return Item(
        one.id,
        one.objective,
        _sort(one),
        one.title,
        mark.points if given is None else _within(given, mark, hazard),
        mark.max,
        mark.points,
        mark.reason,
        mark.seqs,
        mark.at,
        case.zoned(mark.target) if mark.target else None,
        ghost.at if ghost else None,
        one.tip,
        hazard.really if hazard else None,
        hazard.source if hazard else "",
        None if given is None else overruled,
        mark.open and given is None,
        mark.still if given is None else 0,
        _compared(scenario, ghost, mark.at) if ghost else None,
    )


def _within(given: int, mark: marking.Mark, hazard: Hazard | None) -> int:
    """An evaluator's points, within what the item can bring now."""
    return min(given, 0) if hazard else max(0, min(given, mark.max))


def _sort(one: _Line) -> Sort:
    match one:
        case Order():
            return "order"
        case Hazard():
            return "disclosure"
        case Expected(clock=clock) if clock:
            return "clock"
    return "notice" if one.notice else "act"


def _compared(scenario: Scenario, ghost: Ghost, at: datetime | None) -> Message:
    name, when = scenario.ghost_called, hour(Moment(ghost.at, ghost.precision))
    if at is None or ghost.precision == "date":
        return say("In {name}: {when}.", name=name, when=when)
    ahead = between(at, ghost.at)
    if not ahead:
        return say("In {name}: {when}, at the same time.", name=name, when=when)
    length = apart(abs(ahead), ghost.precision)
    if ahead > -ahead:
        return say("In {name}: {when}. You were {length} earlier.", name=name, when=when, length=length)
    return say("In {name}: {when}. You were {length} later.", name=name, when=when, length=length)
