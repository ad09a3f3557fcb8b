"""The two ways a law looks at the facts of a case.

What makes a duty need only be possible: any claim counts, a number at its largest, and some facts count as something
while nobody knows them. What takes a duty away, or gives more time, must be confirmed.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from runbook.case import Case
from runbook.conditions import NOT_KNOWN, Answer, evaluate, parse, questions
from runbook.regime import Assumption, Regime


class Possible(msgspec.Struct, frozen=True):
    """The facts as claimed, with what the unknown ones count as."""

    case: Case
    assumptions: tuple[Assumption, ...] = ()

    @property
    def now(self) -> datetime:
        return self.case.now

    def value(self, fact: str) -> Answer:
        answer = self.case.value(fact)
        if isinstance(answer, int) and not self.case.is_confirmed(fact):
            answer = max(
                (one.value for one in self.case.incident.fact(fact).live if isinstance(one.value, int)), default=answer
            )
        if answer is None and fact == "persons":
            answer = counted_persons(self.case)
        return self.assumed(fact) if answer in (None, NOT_KNOWN) and self.assumed(fact) else answer

    def assumed(self, fact: str) -> str | None:
        return next((one.value for one in self.assumptions if one.fact == fact), None)

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact)

    def is_done(self, step: str) -> bool:
        return self.case.is_done(step)


class Settled(msgspec.Struct, frozen=True):
    """The facts as far as they are confirmed; the rest is unknown."""

    case: Case

    @property
    def now(self) -> datetime:
        return self.case.now

    def value(self, fact: str) -> Answer:
        return self.case.value(fact) if self.case.is_confirmed(fact) else None

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact)

    def is_done(self, step: str) -> bool:
        return self.case.is_done(step)


def asked(case: Case) -> list[Regime]:
    """The regimes that are asked: those the fact `regimes` names; the playbook's own default where it names none."""
    named = case.value("regimes")
    if isinstance(named, list) and named:
        return [regime for regime in case.playbook.regimes if regime.id in named]
    return [regime for regime in case.playbook.regimes if regime.default]


def counted_persons(case: Case) -> int | None:
    """The largest data set that was counted in persons: the number of persons, as long as nobody gave one."""
    return max((data.count for data in case.incident.standing_datasets if data.unit == "persons"), default=None)


def holds(condition: str, view: Possible | Settled) -> bool | None:
    """Whether a condition holds; an empty one does."""
    return True if not condition else evaluate(parse(condition), view)


def open_questions(condition: str, view: Possible | Settled) -> tuple[str, ...]:
    """The facts that would settle a condition that is unknown."""
    return questions(parse(condition), view) if condition else ()


def every(answers: list[bool | None]) -> bool | None:
    """Kleene's “and”."""
    return False if False in answers else None if None in answers else True


def some(answers: list[bool | None]) -> bool | None:
    """Kleene's “or”."""
    return True if True in answers else None if None in answers else False
