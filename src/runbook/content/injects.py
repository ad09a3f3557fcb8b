"""What can be wrong with one inject, whoever wrote it: an author in a file, a facilitator at the console or in a
sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from runbook.conditions import After, All, Condition, ConditionError, Happened, Not, Some, parse
from runbook.content.checks import Happenings, circles, condition_mistakes
from runbook.content.mistakes import cut, no_such
from runbook.content.reading import SLUG
from runbook.declared import FactSpec
from runbook.moment import between
from runbook.playbook import Playbook
from runbook.scenario import Inject, Milestone
from runbook.speech import Message, say

_ASIDE = "milestone:"
"""Before a milestone's id, where injects and milestones are named together."""


class Cast(msgspec.Struct, frozen=True):
    """What an inject may name, and the time it has. `start` and `end` are None where no leg could be read."""

    facts: Mapping[str, FactSpec]
    roles: Collection[str]
    objectives: Collection[str]
    happenings: Happenings
    start: datetime | None = None
    end: datetime | None = None

    def wrong_with(self, condition: str) -> Iterator[Message]:
        """What is wrong with a condition on the record; nothing with an empty one."""
        if condition:
            yield from condition_mistakes(condition, self.facts, self.happenings.steps, self.happenings)


def happenings_of(
    playbook: Playbook, injects: Collection[str], milestones: Collection[str], rules: Collection[str] | None = None
) -> Happenings:
    """What may be asked of the record of a drill with this playbook. A playbook that knows no titles of notices was
    compiled without them; one whose laws could not all be read does not know every duty."""
    return Happenings(
        steps={id: [check.id for check in step.checks] for id, step in playbook.steps.items()},
        warnings=playbook.warnings,
        registers=playbook.registers,
        injects=injects,
        milestones=milestones,
        kinds=playbook.notices or None,
        duties=None if playbook.unread else playbook.duties,
        rules=rules,
    )


def inject_mistakes(one: Inject, cast: Cast, others: Mapping[str, Inject]) -> Iterator[tuple[str, Message]]:
    """What is wrong with an inject among the others of its list, each with the key it is under."""
    if one.number < 1:
        yield "number", say("The first inject is number 1.")
    for role in one.to:
        if role not in cast.roles:
            yield "to", no_such(say("role"), role, cast.roles)
    if one.objective and one.objective not in cast.objectives:
        yield "objective", no_such(say("objective"), one.objective, cast.objectives)
    if one.answer and not one.to:
        yield "answer", say("Somebody must be there to answer: name a role that gets it.")
    for name in one.attachments:
        if not name.strip() or len(name.splitlines()) > 1:
            yield "attachments", say("An attachment has a name, on one line.")
    for name in {name for name in one.attachments if one.attachments.count(name) > 1}:
        yield "attachments", say("The attachment “{name}” is there twice.", name=cut(name))
    yield from _trigger_mistakes(one, cast, others)


def _trigger_mistakes(one: Inject, cast: Cast, others: Mapping[str, Inject]) -> Iterator[tuple[str, Message]]:
    waits = one.at is not None or bool(one.when or one.milestone or one.depends_on)
    if one.hand and waits:
        yield "hand", say("An inject that waits for the facilitator's hand waits for nothing else.")
    if not one.hand and not waits:
        yield (
            "at",
            say(
                "Nothing lets this inject arrive: give a time, a condition, a milestone, an inject, or the facilitator's hand."
            ),
        )
    if one.milestone and one.milestone not in cast.happenings.milestones:
        yield "milestone", no_such(say("milestone"), one.milestone, cast.happenings.milestones)
    for message in cast.wrong_with(one.when):
        yield "when", message
    for id in one.depends_on:
        other = others.get(id)
        if id not in cast.happenings.injects:
            yield "depends_on", no_such(say("inject"), id, cast.happenings.injects)
        elif one.at and other and other.at and between(one.at, other.at).total_seconds() > 0:
            yield "depends_on", say("“{inject}” arrives later, at {at}.", inject=id, at=other.at)
    if one.id in waits_of(one):
        yield "", say("Inject “{inject}” waits for itself.", inject=one.id)
    if one.at and cast.start and between(cast.start, one.at).total_seconds() < 0:
        yield "at", say("{at} is before the exercise begins.", at=f"{one.at:%Y-%m-%d %H:%M}")
    if one.at and cast.end and between(cast.end, one.at).total_seconds() > 0:
        yield "at", say("{at} is after the exercise ends.", at=f"{one.at:%Y-%m-%d %H:%M}")


def text_mistakes(one: Inject) -> Iterator[tuple[str, Message]]:
    """What is missing or unreadable in an inject that was not read from YAML."""
    if not re.fullmatch(SLUG.pattern, one.id):
        yield "id", say("“{name}” cannot be a name here; write it like “{like}”.", name=cut(one.id), like=SLUG.example)
    for key, text in (("title", one.title), ("text", one.text), ("from", one.sender), ("expected", one.expected)):
        if text is not None and not text.ja.strip():
            yield key, say("“{key}” has no Japanese text.", key=key)
        if text is not None and not text.en.strip():
            yield key, say("“{key}” has no English text.", key=key)


def waits_of(one: Inject | Milestone) -> list[str]:
    """The injects, and the milestones (`milestone:ID`), that must have been there before this one can be."""
    found = dict.fromkeys(_needs(one.when))
    if isinstance(one, Inject):
        found |= dict.fromkeys(one.depends_on)
        found |= {f"{_ASIDE}{one.milestone}": None} if one.milestone else {}
    return list(found)


def waiting_circles(injects: Iterable[Inject], milestones: Iterable[Milestone]) -> Iterator[list[str]]:
    """Injects and milestones that wait for each other, so that none ever comes. Milestones are `milestone:ID`."""
    waits = {one.id: waits_of(one) for one in injects} | {f"{_ASIDE}{one.id}": waits_of(one) for one in milestones}
    yield from circles({id: [other for other in others if other in waits] for id, others in waits.items()})


def circle_mistake(circle: Sequence[str]) -> Message:
    """That these wait for each other."""
    way = " → ".join([*circle, circle[0]])
    return say("These wait for each other, so that none of them ever comes: {way}.", way=way)


def _needs(text: str) -> set[str]:
    try:
        return _needed(parse(text)) if text else set()
    except ConditionError:
        return set()


def _needed(condition: Condition) -> set[str]:
    """What must have arrived or been reached for a condition to hold. A negation needs nothing."""
    match condition:
        case Happened(word, name) | After(_, Happened(word, name)):
            return {name} if word in ("fired", "answered") else {f"{_ASIDE}{name}"} if word == "reached" else set()
        case All(parts):
            return set().union(*map(_needed, parts))
        case Some(parts):
            return set.intersection(*map(_needed, parts))
        case Not(Not(part)):
            return _needed(part)
    return set()
