"""A case as a script: the acts of a real or made-up case, each at its time, for the demo and for rehearsals.

A journal is YAML beside the playbooks (`playbooks/cases/`; of recorded teams, which drills are played with, in
`playbooks/scripts/`); its lines become the same decisions that keys and commands make, so that a replayed case is
recorded exactly as a lived one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from runbook.actions import drills, duties, facts, records, steps
from runbook.actions.deciding import By, Decision, together
from runbook.actions.values import read_estimate
from runbook.case import Case
from runbook.errors import BadContent
from runbook.events import Act, Unit
from runbook.moment import Moment, read_moment
from runbook.notice_kinds import Written
from runbook.playbook import ClaimStatus
from runbook.speech import Bilingual, Language, say


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One act. `at` is when it was done at the desk, `happened` when the thing itself happened, both as people type
    times, local to the journal's zone. What it does is said by the first of the groups below that is filled in.
    """

    at: str
    who: str
    happened: str = ""
    step: str = ""
    set: dict[str, str] = {}
    check: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    verb: Literal["", "start", "done", "skip"] = ""

    fact: dict[str, str] = {}
    status: ClaimStatus = "confirmed"

    dataset: str = ""
    count: str = ""
    """As people type it: 460517, about 80000; nothing where nobody has counted."""
    unit: Unit = "records"
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()

    row: str = ""
    values: dict[str, str] = {}

    duty: str = ""
    receipt: str = ""

    answer: str = ""
    """Of a drill: the inject that is answered, by id or number, with `text`."""
    text: str = ""
    push: str = ""
    """Of a drill: the inject that its facilitator lets arrive now."""

    note: str = ""
    notice: str = ""
    language: Written = "ja"
    act: Literal["draft", "submit", "pass", "approve", "publish"] = "draft"
    rule: str = ""
    reason: str = ""
    channel: str = ""
    address: str = ""

    close: str = ""

    source: str = ""
    as_of: str = ""


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole case, in order of time. `opens` is when the incident is opened, `demo_until` where the demo stops; a
    drill's script needs neither."""

    id: str
    playbook: str
    zone: str
    title: Bilingual
    acts: tuple[Line, ...]
    opens: str = ""
    demo_until: str = ""
    language: Language = "ja"
    """Of the incident's title."""
    facilitator: str = "進行役"
    """Who lets arrive what is due in a drill that is played by itself, and ends it."""
    remark: Bilingual | None = None
    """What its report must say of it, such as that hours are guesses: said at the drill's end, in `language`."""

    def instant(self, typed: str) -> datetime:
        """An ISO time of this journal as an aware datetime."""
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(self.zone))

    def until(self, end: datetime) -> list[Line]:
        """The acts up to and including `end`."""
        return [line for line in self.acts if self.instant(line.at) <= end]


def read_journal(tree: object, where: str) -> Journal:
    """The journal of a parsed YAML file, all of whose scalars are text. Raises BadContent naming the place in it."""
    try:
        return msgspec.convert(tree, Journal, strict=False)
    except msgspec.ValidationError as wrong:
        raise BadContent(
            say("{file} is not a journal: {why}.", file=where, why=str(wrong)),
            say("Correct it or use the shipped one."),
        ) from None


def decision(line: Line) -> Decision:
    """What a line decides. What is done with a notice needs the templates: `notices.life.scripted`; an answer needs the
    guardrails: `drills.room`."""

    def decide_at(make: Callable[[Moment | None, Moment | None], Iterable[Decision]]) -> Decision:
        def decide(case: Case, by: By) -> list[Act]:
            def moment(typed: str) -> Moment | None:
                return read_moment(typed, case.now, case.zone) if typed else None

            return together(*make(moment(line.happened), moment(line.as_of)))(case, by)

        return decide

    if line.step:
        return decide_at(lambda happened, _: _worked(line, happened))
    if line.fact:
        return decide_at(
            lambda happened, as_of: [
                partial(
                    facts.claim,
                    name=name,
                    typed=typed,
                    status=line.status,
                    source=line.source,
                    as_of=as_of,
                    moment=happened,
                )
                for name, typed in line.fact.items()
            ]
        )
    if line.dataset:
        number, estimate = read_estimate(line.count, say("count"), line.unit)
        return decide_at(
            lambda happened, as_of: [
                partial(
                    facts.record_dataset,
                    name=line.dataset,
                    count=number,
                    estimate=estimate,
                    unit=line.unit,
                    fields=line.fields,
                    sensitive=line.sensitive,
                    as_of=as_of,
                    source=line.source,
                    moment=happened,
                )
            ]
        )
    if line.row:
        return decide_at(
            lambda happened, _: [partial(facts.record_row, register=line.row, typed=line.values, moment=happened)]
        )
    if line.duty:
        return decide_at(lambda happened, _: [partial(duties.file, duty=line.duty, at=happened, receipt=line.receipt)])
    if line.push:
        return partial(drills.push, inject=line.push)
    if line.close:
        return partial(records.close, explanation=line.close)
    return decide_at(lambda happened, _: [partial(records.note, text=line.note, moment=happened)])


def _worked(line: Line, happened: Moment | None) -> Iterable[Decision]:
    """A step is started where the line says so, then filled, ticked and read, then finished or skipped."""
    if line.verb == "start":
        yield partial(steps.start, step=line.step, moment=happened)
    for field, typed in line.set.items():
        yield partial(steps.fill, step=line.step, field=field, typed=typed)
    for check in line.check:
        yield partial(steps.tick, step=line.step, check=check)
    for warning in line.warnings:
        yield partial(steps.acknowledge, step=line.step, warning=warning)
    if line.verb == "done":
        yield partial(steps.finish, step=line.step, moment=happened)
    if line.verb == "skip":
        yield partial(steps.skip, step=line.step, reason=line.reason)
