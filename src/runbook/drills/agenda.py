"""What a drill waits for, asked again and again: only what changed since the last look is asked anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import is_
from typing import TypeAlias

from runbook.case import Case
from runbook.conditions import Happened, Leaf, evaluate, leaves, parse
from runbook.drill import DrillState
from runbook.incident import Incident
from runbook.script import Due, Open, due_of, next_change, still_open


class Agenda:
    """What is due in one drill, and when to look again: what `script.due` and `script.next_change` say, sooner.

    An incident is never changed but replaced, part by part. A part that is the very object it was at the last look says
    the same, whatever was recorded, undone or removed meanwhile; so an answer is kept as long as all it rests on is.
    """

    def __init__(self) -> None:
        self._drill: DrillState | None = None
        self._open = Open((), ())
        self._incident: Incident | None = None
        self._said: Sequence[object] = ()
        self._answers: dict[str, tuple[Sequence[object], bool | None]] = {}

    def due(self, case: Case) -> list[Due]:
        """What should arrive or be reached now, the earliest first."""
        if case.incident is not self._incident:
            self._incident, said = case.incident, _said(case.incident)
            self._said = self._said if _same(said, self._said) else said
        return due_of(self._waits(case), case, lambda text: self._holds(text, case))

    def next_change(self, case: Case) -> datetime | None:
        """The next instant at which something may become due by the clock alone; None where nothing waits for it."""
        return next_change(self._waits(case), case)

    def _waits(self, case: Case) -> Open:
        if self._drill is None or case.incident.drill is not self._drill:
            self._drill, self._open = case.incident.drill, case.once(still_open)
        return self._open

    def _holds(self, text: str, case: Case) -> bool | None:
        rests = [part(case, self._said) for part in _parts(text)]
        known = self._answers.get(text)
        if known is None or not _same(known[0], rests):
            known = self._answers[text] = rests, evaluate(parse(text), case)
        return known[1]


def _said(incident: Incident) -> list[object]:
    """Everything that was said to others, in the objects that hold it."""
    said: list[object] = (
        [reply for one in incident.drill.injects.values() for reply in one.replies] if incident.drill else []
    )
    said += [notice for notice in incident.notices.values() if notice.publications]
    return said


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


_Part: TypeAlias = Callable[[Case, object], object]
"""Of a case, and of what was said to others in it, the part that an answer rests on."""


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[_Part, ...]:
    """What the answer to a condition rests on, each once: several words that are listened for are one."""
    return tuple(dict.fromkeys(map(_part, leaves(parse(text)))))


def _part(leaf: Leaf) -> _Part:
    """What the answer to a question rests on: the whole incident and the time, where it is not asked often."""
    match leaf:
        case Happened("done", step):
            return lambda case, said: case.incident.steps.get(step)
        case Happened("says" | "tripped"):
            return _what_was_said
        case Happened("published"):
            return lambda case, said: case.incident.notices
        case Happened("fired", name):
            return lambda case, said: case.incident.drill and case.incident.drill.injects.get(name)
    return lambda case, said: case


def _what_was_said(_: Case, said: object) -> object:
    return said
