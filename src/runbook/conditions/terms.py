"""What a condition is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, TypeAlias, get_args

import msgspec

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

RESERVED = frozenset({"and", "or", "not", "known", "confirmed", "done", "elapsed"})
"""Words that cannot name a fact."""


class Compared(msgspec.Struct, frozen=True):
    """`fact op value`. The value is kept as written; what it means follows from the fact's type."""

    fact: str
    op: Operator
    value: str


class Elapsed(msgspec.Struct, frozen=True):
    """`elapsed(fact) op length`: how long ago the fact's time was."""

    fact: str
    op: Operator
    length: timedelta


class Known(msgspec.Struct, frozen=True):
    """`known(fact)`: a value is claimed, and it is not "unknown". True or false."""

    fact: str


class Confirmed(msgspec.Struct, frozen=True):
    """`confirmed(fact)`. True or false."""

    fact: str


class Done(msgspec.Struct, frozen=True):
    """`done(step)`. True or false."""

    step: str


class Not(msgspec.Struct, frozen=True):
    part: Condition


class All(msgspec.Struct, frozen=True):
    """Parts joined by `and`."""

    parts: tuple[Condition, ...]


class Some(msgspec.Struct, frozen=True):
    """Parts joined by `or`."""

    parts: tuple[Condition, ...]


Leaf: TypeAlias = Compared | Elapsed | Known | Confirmed | Done
Condition: TypeAlias = Leaf | Not | All | Some


class Names(msgspec.Struct, frozen=True):
    """The facts and steps a condition speaks of, each once, in the order of their first use."""

    facts: tuple[str, ...]
    steps: tuple[str, ...]


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every single question in the condition, from left to right."""
    match condition:
        case Not(part):
            yield from leaves(part)
        case All(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Compared() | Elapsed() | Known() | Confirmed() | Done():
            yield condition


def names(condition: Condition) -> Names:
    """The facts and steps the condition depends on."""
    facts: dict[str, None] = {}
    steps: dict[str, None] = {}
    for leaf in leaves(condition):
        match leaf:
            case Done(step):
                steps[step] = None
            case Compared(fact) | Elapsed(fact) | Known(fact) | Confirmed(fact):
                facts[fact] = None
    return Names(tuple(facts), tuple(steps))
