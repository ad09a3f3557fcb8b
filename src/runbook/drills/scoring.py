"""The score of a drill: a pure function of its record, each item with the entries it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.drill import Overruling
from runbook.events import Event
from runbook.speech import Bilingual, Message

Sort: TypeAlias = Literal["act", "clock", "order", "notice", "disclosure"]


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


class Score(msgspec.Struct, frozen=True):
    """`points` of `max`, never below zero; what the machine reckoned stands beside it."""

    scenario: str
    points: int
    max: int
    machine: int
    items: tuple[Item, ...]

    def of(self, objective: str) -> tuple[int, int]:
        """The points and the most points of one objective."""
        items = [item for item in self.items if item.objective == objective]
        return sum(item.points for item in items), sum(item.max for item in items)


def score(case: Case, events: Sequence[Event]) -> Score:
    """The score of the drill that `events` are the record of; `case` is its state at their end."""
    scenario = case.incident.drill.scenario if case.incident.drill and events else ""
    return Score(scenario, 0, 0, 0, ())
