"""The two ways a law looks at the facts of a case.

What makes a duty need only be possible: any claim counts, a number at its largest, and some facts count as something
while nobody knows them. What takes a duty away, or gives more time, must be confirmed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

import msgspec

from runbook.case import Case
from runbook.conditions import (
    NOT_KNOWN,
    After,
    Answer,
    Compared,
    Happened,
    Leaf,
    Operator,
    Outcomes,
    Word,
    deciding,
    evaluate,
    outcomes,
    parse,
    questions,
)
from runbook.duties.deadline import is_ahead
from runbook.incident import DataSet
from runbook.regime import Assumption, Regime

_SETTLED_BY_LEAST: dict[Operator, bool] = {">": True, ">=": True, "<": False, "<=": False}
"""What a comparison stays, however much larger the number turns out."""


class Possible(msgspec.Struct, frozen=True, dict=True):
    """The facts as claimed, with what the unknown ones count as. Where sources differ, a number is the largest of
    theirs, and `taken` says whose word is taken on the rest."""

    case: Case
    assumptions: tuple[Assumption, ...] = ()
    taken: dict[str, str] = {}

    @property
    def now(self) -> datetime:
        return self.case.now

    def value(self, fact: str) -> Answer:
        answer = self.taken.get(fact) or self.case.value(fact)
        numbers = [one.value for one in self.case.incident.fact(fact).possible if isinstance(one.value, int)]
        if fact == "persons" and not self.case.is_confirmed(fact):
            numbers += [counted for counted in [counted_persons(self.case)] if counted is not None]
        if numbers:
            return max(numbers)
        return self.assumed(fact) if answer in (None, NOT_KNOWN) and self.assumed(fact) else answer

    @cached_property
    def _answered(self) -> dict[Leaf, Outcomes]:
        return {}

    def outcomes(self, leaf: Leaf) -> Outcomes:
        """What a single question can be answered, taking any of the differing words on its fact."""
        if leaf not in self._answered:  # the duties of a law ask the same questions
            self._answered[leaf] = self._asked(leaf)
        return self._answered[leaf]

    def _asked(self, leaf: Leaf) -> Outcomes:
        if isinstance(leaf, Compared) and self.is_least(leaf.fact):
            answer = evaluate(leaf, self)
            return frozenset({answer if answer is _SETTLED_BY_LEAST.get(leaf.op) else None})
        words = () if isinstance(leaf, Happened | After) else self._words(leaf.fact)
        if isinstance(leaf, Happened | After) or len(words) < 2:
            return frozenset({evaluate(leaf, self)})
        taken = (msgspec.structs.replace(self, taken={leaf.fact: word}) for word in words)
        return frozenset(evaluate(leaf, one) for one in taken)

    def _words(self, fact: str) -> list[str]:
        possible = self.case.incident.fact(fact).possible
        return list(dict.fromkeys(one.value for one in possible if isinstance(one.value, str)))

    def is_least(self, fact: str) -> bool:
        """Whether a number may turn out larger than any that is claimed."""
        return fact == "persons" and bool(uncounted(self.case))

    def assumed(self, fact: str) -> str | None:
        return next((one.value for one in self.assumptions if one.fact == fact), None)

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact)

    def happened(self, word: Word, name: str) -> datetime | None:
        return self.case.happened(word, name)


class Settled(msgspec.Struct, frozen=True):
    """The facts as far as they are confirmed and nobody has said otherwise since; the rest is unknown."""

    case: Case

    @property
    def now(self) -> datetime:
        return self.case.now

    def value(self, fact: str) -> Answer:
        return self.case.value(fact) if self.is_confirmed(fact) else None

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact) and len(self.case.incident.fact(fact).possible) == 1

    def happened(self, word: Word, name: str) -> datetime | None:
        return self.case.happened(word, name)


def asked(case: Case) -> list[Regime]:
    """The regimes that are asked: those the fact `regimes` names; with the default ones where it names none that there
    is, or none but such as are to be added: those beginning with “+”."""
    value, regimes = case.value("regimes"), case.playbook.regimes
    named = [name.replace("＋", "+") for name in value] if isinstance(value, list) else []
    plain = {regime.id for regime in regimes}.intersection(named)
    return [
        regime for regime in regimes if f"+{regime.id}" in named or (regime.id in plain if plain else regime.default)
    ]


def in_future(case: Case, at: datetime) -> bool:
    """Whether a time lay ahead even when the last entry was made: no date moves because a clock was set back, or
    because the clocks are asked for as they stood before."""
    last = case.incident.last
    return is_ahead(at, max(case.now, last.at) if last else case.now)


def counted_persons(case: Case) -> int | None:
    """The largest data set that was counted in persons: the number of persons, as long as nobody gave one."""
    counts = [data.count for data in case.incident.standing_datasets if data.unit == "persons"]
    return max((count for count in counts if count is not None), default=None)


def uncounted(case: Case) -> list[DataSet]:
    """The data sets of persons that nobody has counted: until the number of persons is confirmed, it is at least what
    is claimed."""
    sets = case.incident.standing_datasets
    return [data for data in sets if data.unit == "persons" and data.count is None and not case.is_confirmed("persons")]


def holds(condition: str, view: Possible | Settled) -> bool | None:
    """Whether a condition holds; an empty one does. Where sources differ, one whose word makes it hold is enough."""
    if not condition:
        return True
    parsed = parse(condition)
    return some(outcomes(parsed, view.outcomes)) if isinstance(view, Possible) else evaluate(parsed, view)


def open_questions(condition: str, view: Possible | Settled) -> tuple[str, ...]:
    """The facts that would settle a condition that is unknown."""
    if holds(condition, view) is not None:
        return ()
    parsed = parse(condition)
    return deciding(parsed, None, view.outcomes) if isinstance(view, Possible) else questions(parsed, view)


def deciding_facts(condition: str, view: Possible) -> tuple[str, ...]:
    """The facts because of which a condition holds or does not, by any word that makes it so."""
    return deciding(parse(condition), holds(condition, view), view.outcomes)


def every(answers: Collection[bool | None]) -> bool | None:
    """Kleene's “and”."""
    return False if False in answers else None if None in answers else True


def some(answers: Collection[bool | None]) -> bool | None:
    """Kleene's “or”."""
    return True if True in answers else None if None in answers else False
