"""The two ways a law looks at the facts of a case.

What makes a duty need only be possible: any claim counts, a number at its largest, and some facts count as something
while nobody knows them. What takes a duty away, or gives more time, must be confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product

import msgspec

from runbook.case import Case
from runbook.conditions import NOT_KNOWN, Answer, deciding, evaluate, facts_in, parse, questions
from runbook.regime import Assumption, Regime


class Possible(msgspec.Struct, frozen=True):
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

    def each(self, facts: Iterable[str]) -> Iterator[Possible]:
        """This view, once for every way in which one of the differing words on each fact can be taken."""
        told = {fact: self._words(fact) for fact in facts}
        differing = {fact: words for fact, words in told.items() if len(words) > 1}
        for chosen in product(*differing.values()):
            yield msgspec.structs.replace(self, taken=dict(zip(differing, chosen, strict=True)))

    def _words(self, fact: str) -> list[str]:
        possible = self.case.incident.fact(fact).possible
        return list(dict.fromkeys(one.value for one in possible if isinstance(one.value, str)))

    def assumed(self, fact: str) -> str | None:
        return next((one.value for one in self.assumptions if one.fact == fact), None)

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact)

    def is_done(self, step: str) -> bool:
        return self.case.is_done(step)


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

    def is_done(self, step: str) -> bool:
        return self.case.is_done(step)


def asked(case: Case) -> list[Regime]:
    """The regimes that are asked: those the fact `regimes` names; the default ones where it names none that there is."""
    named, regimes = case.value("regimes"), case.playbook.regimes
    found = [regime for regime in regimes if isinstance(named, list) and regime.id in named]
    return found or [regime for regime in regimes if regime.default]


def counted_persons(case: Case) -> int | None:
    """The largest data set that was counted in persons: the number of persons, as long as nobody gave one."""
    return max((data.count for data in case.incident.standing_datasets if data.unit == "persons"), default=None)


def holds(condition: str, view: Possible | Settled) -> bool | None:
    """Whether a condition holds; an empty one does. Where sources differ, one whose word makes it hold is enough."""
    if not condition:
        return True
    parsed = parse(condition)
    if isinstance(view, Settled):
        return evaluate(parsed, view)
    return some([evaluate(parsed, one) for one in view.each(facts_in(condition))])


def open_questions(condition: str, view: Possible | Settled) -> tuple[str, ...]:
    """The facts that would settle a condition that is unknown."""
    parsed = parse(condition) if condition else None
    if parsed is None or isinstance(view, Settled):
        return questions(parsed, view) if parsed else ()
    views = view.each(facts_in(condition))
    return tuple(dict.fromkeys(fact for one in views for fact in questions(parsed, one)))


def deciding_facts(condition: str, view: Possible) -> tuple[str, ...]:
    """The facts because of which a condition holds or does not, by any word that makes it so."""
    parsed, answer = parse(condition), holds(condition, view)
    views = [one for one in view.each(facts_in(condition)) if evaluate(parsed, one) is answer]
    return tuple(dict.fromkeys(fact for one in views for fact in deciding(parsed, one)))


def every(answers: list[bool | None]) -> bool | None:
    """Kleene's “and”."""
    return False if False in answers else None if None in answers else True


def some(answers: list[bool | None]) -> bool | None:
    """Kleene's “or”."""
    return True if True in answers else None if None in answers else False
