"""What a condition is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, TypeAlias, get_args

import msgspec

Operator: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

Word: TypeAlias = Literal[
    "started",
    "done",
    "ticked",
    "read",
    "rows",
    "drafted",
    "submitted",
    "approved",
    "published",
    "filed",
    "fired",
    "answered",
    "reached",
    "tripped",
    "says",
]
"""What a scenario may ask whether it happened: a step was started or done; a check (STEP/CHECK) ticked; a warning read;
a row of a register or, for `datasets`, a data set counted; a kind of notice drafted, submitted, approved or published;
a duty filed; an inject fired or answered; a milestone reached; a guardrail tripped by what was said or published; words
(in quotes) said in an answer or a published notice."""
HAPPENINGS: tuple[Word, ...] = tuple(word for word in get_args(Word) if word != "done")

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


class Happened(msgspec.Struct, frozen=True):
    """`done(step)`, `published(first-notice)`: something that the record shows happened. True or false; all but the
    first only for scenarios."""

    word: Word
    name: str


class After(msgspec.Struct, frozen=True):
    """`after(20min, fired(first-call))`: it happened at least that long ago. True or false; only for scenarios."""

    length: timedelta
    of: Happened


class Not(msgspec.Struct, frozen=True):
    part: Condition


class All(msgspec.Struct, frozen=True):
    """Parts joined by `and`."""

    parts: tuple[Condition, ...]


class Some(msgspec.Struct, frozen=True):
    """Parts joined by `or`."""

    parts: tuple[Condition, ...]


Leaf: TypeAlias = Compared | Elapsed | Known | Confirmed | Happened | After
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
        case leaf:
            yield leaf


def names(condition: Condition) -> Names:
    """The facts and steps the condition depends on."""
    facts: dict[str, None] = {}
    steps: dict[str, None] = {}
    for leaf in leaves(condition):
        match leaf:
            case Happened("done", step):
                steps[step] = None
            case Compared(fact) | Elapsed(fact) | Known(fact) | Confirmed(fact):
                facts[fact] = None
    return Names(tuple(facts), tuple(steps))
