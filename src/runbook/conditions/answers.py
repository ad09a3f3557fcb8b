"""What a condition says about the facts as they stand: Kleene's three-valued logic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias, TypeVar

from runbook.conditions.terms import (
    After,
    All,
    Compared,
    Condition,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Leaf,
    Not,
    Operator,
    Some,
    Word,
)
from runbook.moment import after, between

Answer: TypeAlias = "int | str | list[str] | datetime | None"
"""A fact's value; None where nothing is claimed. Yes/no facts give "yes", "no" or "unknown"."""

NOT_KNOWN = "unknown"
"""The answer that is recorded but settles nothing: a fact that has it is not `known`."""


class View(Protocol):
    """What a condition may ask of an incident. Times are aware; a literal time without offset is in `now`'s zone."""

    @property
    def now(self) -> datetime: ...
    def value(self, fact: str) -> Answer: ...
    def is_confirmed(self, fact: str) -> bool: ...
    def happened(self, word: Word, name: str) -> datetime | None: ...


def evaluate(condition: Condition, view: View) -> bool | None:
    """Whether the condition holds; None where facts that nobody has answered could decide either way."""
    match condition:
        case Compared(fact, op, value):
            return _compared(view.value(fact), op, value, view.now)
        case Elapsed(fact, op, length):
            start = view.value(fact)
            return _holds(between(start, view.now), op, length) if isinstance(start, datetime) else None
        case Known(fact):
            return view.value(fact) not in (None, NOT_KNOWN)
        case Confirmed(fact):
            return view.is_confirmed(fact)
        case Happened(word, name):
            return view.happened(word, name) is not None
        case After(length, of):
            return _long_ago(view.happened(of.word, of.name), length, view.now)
        case Not(part):
            answer = evaluate(part, view)
            return None if answer is None else not answer
        case All(parts):
            return _joined(parts, view, False)
        case Some(parts):
            return _joined(parts, view, True)


def _joined(parts: Iterable[Condition], view: View, decides: bool) -> bool | None:
    """Parts joined by `and` or `or`: the first that has the answer `decides` decides, and no further one is asked."""
    answer: bool | None = not decides
    for part in parts:
        said = evaluate(part, view)
        if said is decides:
            return decides
        if said is None:
            answer = None
    return answer


def questions(condition: Condition, view: View) -> tuple[str, ...]:
    """The facts whose answer could settle a condition that is unknown now; none where it is settled."""
    if evaluate(condition, view) is not None:
        return ()
    match condition:
        case Compared(fact) | Elapsed(fact):
            return (fact,)
        case Not(part):
            return questions(part, view)
        case All(parts) | Some(parts):
            return tuple(dict.fromkeys(fact for part in parts for fact in questions(part, view)))
        case Known() | Confirmed() | Happened() | After():
            return ()


def instants(asked: Iterable[Leaf], view: View) -> Iterator[datetime]:
    """The instants at which time alone changes, or changed, the answer to one of these questions."""
    for leaf in asked:
        match leaf:
            case After(length, of):
                start: Answer = view.happened(of.word, of.name)
            case Elapsed(fact, _, length):
                start = view.value(fact)
            case _:
                continue
        if isinstance(start, datetime):
            yield after(start, length)


Outcomes: TypeAlias = frozenset[bool | None]
"""Every answer a condition can have, where its facts can be taken in several ways."""


def outcomes(condition: Condition, of: Callable[[Leaf], Outcomes]) -> Outcomes:
    """Every answer the condition can have, its single questions having the answers that `of` gives them."""
    match condition:
        case Not(part):
            return frozenset(None if one is None else not one for one in outcomes(part, of))
        case All(parts):
            return _together(parts, of, False)
        case Some(parts):
            return _together(parts, of, True)
        case leaf:
            return of(leaf)


def _together(parts: Iterable[Condition], of: Callable[[Leaf], Outcomes], decides: bool) -> Outcomes:
    """The outcomes of parts joined by `and` or `or`: one part that has the answer `decides` decides."""
    found: set[bool | None] = {not decides}
    for part in parts:
        more = outcomes(part, of)
        found = {decides if decides in (a, b) else None if None in (a, b) else not decides for a in found for b in more}
    return frozenset(found)


def deciding(condition: Condition, answer: bool | None, of: Callable[[Leaf], Outcomes]) -> tuple[str, ...]:
    """The facts because of which a condition can have an answer: of several parts, those that say the same."""
    match condition:
        case Not(part):
            return deciding(part, None if answer is None else not answer, of)
        case All(parts) | Some(parts):
            agreeing = [part for part in parts if answer in outcomes(part, of)]
            return tuple(dict.fromkeys(fact for part in agreeing for fact in deciding(part, answer, of)))
        case Happened() | After():
            return ()
        case leaf:
            return (leaf.fact,)


def _long_ago(at: datetime | None, length: timedelta, now: datetime) -> bool:
    return at is not None and between(at, now) >= length


_Ordered = TypeVar("_Ordered", int, str, datetime, timedelta)


def _holds(left: _Ordered, op: Operator, right: _Ordered) -> bool:
    match op:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case ">=":
            return left >= right


def _compared(claimed: Answer, op: Operator, wanted: str, now: datetime) -> bool | None:
    """A list equals a value when it holds it. A value that does not fit its fact (the check names it) is unknown."""
    if claimed is None or (claimed == NOT_KNOWN and wanted != NOT_KNOWN):
        return None
    if isinstance(claimed, str):
        return _holds(claimed, op, wanted)
    if isinstance(claimed, list):
        return (wanted in claimed) == (op == "==")
    try:
        if isinstance(claimed, int):
            return _holds(claimed, op, int(wanted))
        time = datetime.fromisoformat(wanted)
    except ValueError:
        return None
    return _holds(claimed, op, time if time.tzinfo else time.replace(tzinfo=now.tzinfo))
