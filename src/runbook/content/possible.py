"""Whether any state of the facts makes a condition true: found by trying them.

Each fact needs only the few values that its comparisons can tell apart: all choices, a number and its neighbours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from math import prod

import msgspec

from runbook.conditions import (
    After,
    Answer,
    Compared,
    Condition,
    Confirmed,
    Elapsed,
    Happened,
    Word,
    evaluate,
    leaves,
    names,
)
from runbook.playbook import FactSpec

_NOW = datetime(2100, 1, 1, tzinfo=UTC)
_MOST = 20_000
"""States tried; a condition with more is taken to be possible."""


class _State(msgspec.Struct, frozen=True):
    """One state of the facts, and of what is confirmed and happened."""

    values: dict[str, Answer]
    yes: frozenset[tuple[str, str]]
    now: datetime = _NOW

    def value(self, fact: str) -> Answer:
        return self.values[fact]

    def is_confirmed(self, fact: str) -> bool:
        return self.values[fact] is not None and ("confirmed", fact) in self.yes

    def happened(self, word: Word, name: str) -> datetime | None:
        return self.now if (word, name) in self.yes else None


def can_hold(condition: Condition, facts: Mapping[str, FactSpec]) -> bool:
    """Whether the condition can be true. All its facts are in `facts`, and its values fit them."""
    asked = list(leaves(condition))
    if any(isinstance(leaf, After) for leaf in asked):
        return True  # how long ago something happened is not tried
    domains: dict[str, list[Answer]] = {}
    for fact in names(condition).facts:
        compared = [leaf.value for leaf in asked if isinstance(leaf, Compared) and leaf.fact == fact]
        lengths = [leaf.length for leaf in asked if isinstance(leaf, Elapsed) and leaf.fact == fact]
        if (compared and lengths) or (facts[fact].type == "list" and len(compared) > 8):
            return True  # more than the values below can tell
        domains[fact] = [None, *_values(facts[fact], dict.fromkeys(compared), lengths)]
    asides = [("confirmed", leaf.fact) for leaf in asked if isinstance(leaf, Confirmed)]
    asides += [(leaf.word, leaf.name) for leaf in asked if isinstance(leaf, Happened)]
    asides = list(dict.fromkeys(asides))
    if prod(len(domain) for domain in domains.values()) * 2 ** len(asides) > _MOST:
        return True
    return any(
        evaluate(condition, _State(dict(zip(domains, values, strict=True)), yes))
        for yes in _subsets(asides)
        for values in product(*domains.values())
    )


def _subsets(things: list[tuple[str, str]]) -> Iterator[frozenset[tuple[str, str]]]:
    for size in range(len(things) + 1):
        yield from (frozenset(some) for some in combinations(things, size))


def _values(fact: FactSpec, compared: Collection[str], lengths: Collection[timedelta]) -> Iterator[Answer]:
    """Values of the fact, at least one on either side of everything it is compared with."""
    match fact.type:
        case "yesno":
            yield from ("yes", "no", "unknown")
        case "choice":
            yield from fact.choices
        case "integer":
            yield 0
            for number in map(int, compared):
                yield from (number - 1, number, number + 1)
        case "time" | "date":
            step = timedelta(seconds=1) if fact.type == "time" else timedelta(days=1)
            yield _NOW
            yield from _around(compared, step)
            for length in lengths:
                yield from _later(_NOW, -length, step)
        case "list":
            for size in range(len(compared) + 1):
                yield from (list(some) for some in combinations(compared, size))
        case _:
            yield from compared
            yield "".join(compared) + "…"


def _around(compared: Collection[str], step: timedelta) -> Iterator[datetime]:
    for text in compared:
        time = datetime.fromisoformat(text)
        yield from _later(time if time.tzinfo else time.replace(tzinfo=UTC), timedelta(), step)


def _later(time: datetime, length: timedelta, step: timedelta) -> Iterator[datetime]:
    """`time` + `length`, and its neighbours, as far as the calendar reaches."""
    for change in (length - step, length, length + step):
        try:
            yield time + change
        except OverflowError:
            continue
