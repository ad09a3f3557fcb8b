"""What can only be seen by looking at conditions and steps together: wrong names and values, circles, dead ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from graphlib import CycleError, TopologicalSorter

import msgspec

from runbook.conditions import (
    After,
    Compared,
    ConditionError,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Leaf,
    Word,
    leaves,
    parse,
)
from runbook.content.mistakes import cut, no_such
from runbook.content.possible import can_hold
from runbook.playbook import FactSpec, Step
from runbook.speech import Message, say

_ORDERED = ("integer", "time", "date")
_CIRCLES = 20
"""As many are named at once; further ones show when these are mended."""


class Happenings(msgspec.Struct, frozen=True):
    """What may be asked of a drill's record, by name. Guardrails, kinds of notice and duties are None where nobody
    knows which there are. `steps` have the ids of their checks."""

    steps: Mapping[str, Collection[str]]
    warnings: Collection[str]
    registers: Collection[str]
    injects: Collection[str]
    milestones: Collection[str]
    kinds: Collection[str] | None = None
    duties: Collection[str] | None = None
    rules: Collection[str] | None = None


def condition_mistakes(
    text: str, facts: Mapping[str, FactSpec], steps: Collection[str], happenings: Happenings | None = None
) -> Iterator[Message]:
    """What is wrong with a condition; in a scenario, `happenings` are what it may ask besides facts."""
    try:
        condition = parse(text)
    except ConditionError as mistake:
        yield mistake.message
        return
    for leaf in leaves(condition):
        match leaf:
            case Happened("done", step):
                if step not in steps:
                    yield no_such(say("step"), step, steps)
            case Happened() | After() if happenings is None:
                yield say("What happened in a drill can only be asked in a scenario.")
            case Happened(word, name) | After(_, Happened(word, name)):
                yield from _never_happens(word, name, happenings)
            case Compared(fact) | Elapsed(fact) | Known(fact) | Confirmed(fact):
                if fact not in facts:
                    yield no_such(say("fact"), fact, facts)
                elif message := _misused(leaf, facts[fact]):
                    yield message


def _never_happens(word: Word, name: str, there: Happenings | None) -> Iterator[Message]:
    """What is wrong with the name of something that is to happen."""
    if there is None or word == "says":
        return
    step, _, check = name.partition("/")
    known: Collection[str] | None
    match word:
        case "started" | "done" | "ticked":
            sort, name, known = say("step"), step if word == "ticked" else name, there.steps
        case "read":
            sort, known = say("warning"), there.warnings
        case "rows":
            sort, known = say("register"), [*there.registers, "datasets"]
        case "drafted" | "submitted" | "approved" | "published":
            sort, known = say("kind of notice"), there.kinds
        case "filed":
            sort, known = say("duty"), there.duties
        case "tripped":
            sort, known = say("guardrail"), there.rules
        case "reached":
            sort, known = say("milestone"), there.milestones
        case "fired" | "answered":
            sort, known = say("inject"), there.injects
    if known is not None and name not in known:
        yield no_such(sort, name, known)
    elif word == "ticked" and check not in there.steps[name]:
        yield no_such(say("check"), check, there.steps[name])


def _misused(leaf: Leaf, fact: FactSpec) -> Message | None:
    match leaf:
        case Elapsed() if fact.type != "time":
            return say("elapsed() needs a time; “{fact}” is none.", fact=fact.id)
        case Compared(_, op, _) if op not in ("==", "!=") and fact.type not in _ORDERED:
            return say("“{fact}” can only be compared with == and !=.", fact=fact.id)
        case Compared(_, _, value) if not fits(value, fact):
            if fact.type == "choice":
                return no_such(say("choice"), value, fact.choices)
            return say(
                "“{fact}” can never be “{value}”: its type is “{type}”.", fact=fact.id, value=cut(value), type=fact.type
            )
    return None


def fits(value: str, fact: FactSpec) -> bool:
    """Whether a value as it is written in conditions can be one of the fact's."""
    try:
        match fact.type:
            case "yesno":
                return value in ("yes", "no", "unknown")
            case "choice":
                return value in fact.choices
            case "integer":
                return re.fullmatch(r"-?[0-9]{1,18}", value) is not None
            case "time":
                datetime.fromisoformat(value)
            case "date":
                date.fromisoformat(value)
    except ValueError:
        return False
    return True


def step_mistakes(
    read: Iterable[Step], lines: Mapping[str, int], facts: Mapping[str, FactSpec]
) -> Iterator[tuple[int, Message]]:
    """Steps nobody can ever come to, with their lines: circles, impossible conditions, and what waits for those.

    `lines` has the ids that can be used; of two steps with one id the first counts.
    """
    steps: dict[str, Step] = {}
    for step in read:
        if step.id in lines:
            steps.setdefault(step.id, step)
    dead = {id for id, step in steps.items() if id in step.requires}
    for id, step in steps.items():
        if step.when and never_holds(step.when, facts, steps):
            dead.add(id)
            yield lines[id], say("Step “{step}” can never be reached: its condition is never true.", step=id)
    for circle in circles({id: step.requires for id, step in steps.items()}):
        dead.update(circle)
        way = " → ".join([*circle, circle[0]])
        yield lines[circle[0]], say("These steps wait for each other: {way}.", way=way)
    behind: defaultdict[str, list[str]] = defaultdict(list)
    for id, step in steps.items():
        for required in step.requires:
            behind[required].append(id)
    queue = list(dead)
    for other in queue:
        for id in behind[other]:
            if id not in dead:
                dead.add(id)
                queue.append(id)
                yield lines[id], say("Step “{step}” can never be reached: it requires “{other}”.", step=id, other=other)


def never_holds(text: str, facts: Mapping[str, FactSpec], steps: Collection[str]) -> bool:
    """Whether a condition that has no other mistake can never be true."""
    return not any(condition_mistakes(text, facts, steps)) and not can_hold(parse(text), facts)


def circles(waits: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Names that wait for each other in a circle, each before the one it waits for; the first of `waits` comes first.

    One that waits for itself is none.
    """
    places = {id: place for place, id in enumerate(waits)}
    graph = {id: [other for other in others if other != id] for id, others in waits.items()}
    for _ in range(_CIRCLES):
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as found:
            circle: list[str] = found.args[1][:0:-1]
            start = min(range(len(circle)), key=lambda at: places[circle[at]])
            yield circle[start:] + circle[:start]
            for id in circle:
                graph[id] = []
        else:
            return
