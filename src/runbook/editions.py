"""Another edition of what an incident goes by: what it would change, and the move to it (rules.md 12)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec

from runbook.actions import records
from runbook.case import Case
from runbook.chain import pins_of
from runbook.desk import Desk, Done
from runbook.duties import Deadline, deadlines
from runbook.duties.reckoning import instant
from runbook.errors import Refused
from runbook.playbook import Playbook
from runbook.speech import Argument, Message, say


class Edition(msgspec.Struct, frozen=True):
    """A playbook with its laws and rules as they lie there today: compiled, and the texts that an incident pins."""

    playbook: Playbook
    texts: dict[str, str]

    @property
    def pins(self) -> dict[str, str]:
        return pins_of(self.texts)


def another(desk: Desk, case: Case) -> Edition | None:
    """Today's edition of what an incident goes by; None where that is its own. Raises BadContent where it has mistakes,
    Refused in a drill of a scenario, and where the playbook here is the older one: two seats must not move an incident
    to and fro."""
    records.require_movable(case)
    content = desk.content()
    path, texts = content.edition(case.incident.playbook)
    found = Edition(content.compiled(texts, str(path)), texts)
    if found.playbook.edition < case.playbook.edition:
        raise Refused(
            say(
                "The playbook here is of {here}, older than the incident's own of {own}.",
                here=found.playbook.edition,
                own=case.playbook.edition,
            ),
            say("There is nothing to do: the incident keeps the newer one."),
        )
    return None if found.pins == case.incident.pins else found


def move(desk: Desk, case: Case, to: Edition) -> Done:
    """Record that the incident goes by this edition from here on, and keep its texts."""
    decide = partial(records.move, edition=to.playbook.edition, pins=to.pins)
    return desk.do(case.incident.id, decide, blobs=[text.encode() for text in to.texts.values()])


def changes(case: Case, to: Edition) -> Iterator[Message]:
    """What the move would change, a line each: steps, clocks, rules. What is recorded stays in any case."""
    before, after = case.playbook, to.playbook
    yield say("Edition of the playbook: {before}; then {after}", before=before.edition, after=after.edition)
    for id, step in after.steps.items():
        if id not in before.steps:
            yield say("New step: {number} {title}", number=after.numbers[id], title=step.title)
    for id, step in before.steps.items():
        if id not in after.steps:
            yield say("Step that falls away: {number} {title}", number=before.numbers[id], title=step.title)
    other = [after.numbers[id] for id, step in after.steps.items() if id in before.steps and before.steps[id] != step]
    if other:
        yield say("Steps with other words or aims: {steps}", steps=", ".join(other))
    yield from _clocks(case, msgspec.structs.replace(case, playbook=after))
    for part, said in _PARTS.items():
        if to.pins.get(part) != case.incident.pins.get(part):
            yield said


_PARTS: dict[str, Message] = {
    "facts": say("The questions that settle facts change"),
    "guardrails": say("The guardrails for notices change"),
    "severity": say("The method of judging severity changes"),
}


def _clocks(before: Case, after: Case) -> Iterator[Message]:
    old, new = ({one.id: one for one in deadlines(case)} for case in (before, after))
    for id, one in new.items():
        if id not in old:
            yield say("New clock: {what}, {when}", what=one.what, when=_when(after, one))
        elif _when(before, old[id]) != (when := _when(after, one)):
            yield say("Clock: {what}, {before}; then {after}", what=one.what, before=_when(before, old[id]), after=when)
    for id, one in old.items():
        if id not in new:
            yield say("Clock that falls away: {what}, {when}", what=one.what, when=_when(before, one))


def _when(case: Case, one: Deadline) -> Argument:
    if one.applies is False:
        return say("does not apply")
    at = one.met_at if one.state == "met" else one.falls_at
    said: Argument = instant(case.zoned(at)) if at else say("no date yet")
    if one.state == "met":
        return say("met {at}", at=said)
    return say("may apply, {at}", at=said) if one.applies is None else said
