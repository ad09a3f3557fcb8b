"""A case: an incident together with the playbook it is worked with, seen at one moment.

Everything that reads a case (progress, clocks, actions, notices, screens) is handed this one frozen value.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import msgspec

from runbook.conditions import Answer, Word, evaluate, parse, questions
from runbook.events import Prose
from runbook.happening import happened
from runbook.incident import Claim, Incident
from runbook.moment import Moment
from runbook.playbook import FactSpec, Playbook, Step
from runbook.touch import Touch

_T = TypeVar("_T")


class Case(msgspec.Struct, frozen=True, dict=True):
    """`now` is the incident's clock, in the incident's zone. It is the view conditions are judged against."""

    incident: Incident
    playbook: Playbook
    now: datetime

    @cached_property
    def _worked_out(self) -> dict[Hashable, object]:
        return {}

    def once(self, work: Callable[[Case], _T], key: Hashable = None) -> _T:
        """What a pure function makes of this case. It is worked out on first use: a case never changes. `key` tells
        apart functions that are made anew for each use."""
        known = work if key is None else key
        if known not in self._worked_out:
            self._worked_out[known] = work(self)
        return cast(_T, self._worked_out[known])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.incident.zone)

    def current(self, fact: str) -> Claim | None:
        """The claim that counts for a fact, if there is one."""
        return self.incident.fact(fact).current

    def spec(self, fact: str) -> FactSpec | None:
        return self.playbook.facts.get(fact)

    def value(self, fact: str) -> Answer:
        """A fact's value as conditions compare it; None where nothing is claimed."""
        claim = self.current(fact)
        if claim is None:
            return None
        match claim.value:
            case Prose(text=text):
                return text or ""
            case Moment(at=at):
                return at
            case tuple() as several:
                return list(several)
            case value:
                return value

    def text(self, fact: str) -> str:
        """The words of a fact that is told in words; "" where nobody knows them."""
        claim = self.current(fact)
        return claim.value.text or "" if claim and isinstance(claim.value, Prose) else ""

    def told(self, step: str) -> tuple[Moment, Touch] | None:
        """When what a step is for was done itself, by the fact that tells it (`Due.met`), and who wrote that down; None
        where no fact does, its hour is not known, or it still lies ahead."""
        found = self.playbook.steps.get(step)
        claim = self.current(found.due.met) if found and found.due and found.due.met else None
        told = claim.value if claim else None
        if claim is None or not isinstance(told, Moment) or told.at is None or told.at > self.now:
            return None
        return told, claim.touch

    def is_confirmed(self, fact: str) -> bool:
        claim = self.current(fact)
        return claim is not None and claim.status == "confirmed"

    def happened(self, word: Word, name: str) -> datetime | None:
        return happened(self.incident, word, name)

    def holds(self, condition: str) -> bool | None:
        """A condition of the playbook; an empty one always holds, None is “may apply”."""
        return True if not condition else evaluate(parse(condition), self)

    def open_questions(self, condition: str) -> list[str]:
        """The unknown facts that would settle a condition."""
        return list(questions(parse(condition), self)) if condition else []

    def zoned(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    def applies(self, step: Step) -> bool | None:
        return self.holds(step.when)
