"""Deadlines as a calendar file (iCalendar, RFC 5545): of each a task; of a law's, an all-day entry on its day besides.

A calendar is seen by many: nothing anyone typed is in it, no name, title, note or receipt number; only what the
playbook and the laws' regimes say, dates, and the incident's id. It depends on the record alone and not on when it is
written: the same record gives the same bytes, and every entry of the record raises SEQUENCE, so that a calendar takes
the newer file for an update. What no longer applies is cancelled, so that a calendar drops it. Some programs show what
is cancelled: so a day that is no more, and a step that is none or has no date, is in it only if an earlier file can
have had it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from runbook.case import Case
from runbook.duties import Deadline, Read, deadlines
from runbook.duties.saying import titles
from runbook.moment import Moment
from runbook.notices.marks import DRILLS, drill_of
from runbook.regime import Duty
from runbook.saying import VERIFIED
from runbook.speech import Language, Message, Speaker, say, speaker
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    from icalendar import Component

Value: TypeAlias = "str | int | datetime"
_PRODUCT = "-//lost-media-runbook//runbook//"


def write(case: Case, language: Language) -> bytes:
    """The calendar of every deadline of a case: of its laws and of its playbook's steps."""
    from icalendar import Calendar, Event, Todo  # 0.1 s: only where a calendar is written

    own, speak = case.incident, speaker(language)
    # As of its last entry, or the same record would give another file a minute later.
    last = own.last.at if own.last else own.opened_at
    case = msgspec.structs.replace(case, now=case.zoned(last))
    calendar = Calendar()
    name = _marked(case, speak(say("Deadlines of incident {id}", id=own.id)))
    for key, value in (
        ("VERSION", "2.0"),
        ("PRODID", f"{_PRODUCT}{language.upper()}"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
    ):
        calendar.add(key, value)
    for id, summary, about, one in _entries(case, speak):
        shared: dict[str, Value] = {
            "SUMMARY": _marked(case, summary),
            "DESCRIPTION": for_terminal(about, multiline=True),
            "DTSTAMP": last.astimezone(UTC),
            "LAST-MODIFIED": last.astimezone(UTC),
            "SEQUENCE": own.seq,
            "CLASS": "PRIVATE",
        }
        uid = f"{own.id}.{id.replace(':', '.')}"
        task = _filled(Todo(), {"UID": f"{uid}.task@runbook", **shared, **_task(one)})
        rings = own.mode == "live" and _still_due(id, one)
        if rings:
            task.add_component(_reminder(shared["SUMMARY"], timedelta(days=-1), {"RELATED": "END"}))
        calendar.add_component(task)
        if _own(id) or (_falls(one) is None and not _ever_started(case, id)):
            continue
        event = _filled(Event(), {"UID": f"{uid}.day@runbook", **shared, **_day(one), "TRANSP": "TRANSPARENT"})
        # Where there is no day (any more) the entry is cancelled, but the format wants one.
        event.add("DTSTART", case.zoned(_falls(one) or own.opened_at).date())
        if rings:
            event.add_component(_reminder(shared["SUMMARY"], timedelta(hours=-15), {}))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _entries(case: Case, speak: Speaker) -> Iterator[tuple[str, str, str, Deadline | None]]:
    """Id, summary and description of every deadline; without a deadline, a duty of a law that is asked no more."""
    found = deadlines(case)
    for one in sorted(found, key=lambda one: one.id):
        if _own(one.id) and not _ever_started(case, one.id):
            continue
        about = "\n".join(speak(line) for line in _about(one, case))
        yield one.id, speak(_summary(one)), about, one
    known = {one.id for one in found}
    for duty in _asked_before(case):
        if duty.id not in known:
            yield duty.id, speak(say("Does not apply: {title}", title=duty.title)), speak(_of_incident(case)), None


def _own(id: str) -> bool:
    """Whether it is an aim of the playbook's own, at a step. They are many: on a day they would hide what the law
    wants."""
    return id.startswith("step:")


def _asked_before(case: Case) -> Iterator[Duty]:
    """The duties that may be in a calendar from an earlier file: of the laws asked by themselves, or ever named."""
    named = {
        name.lstrip("+＋")
        for claim in case.incident.fact("regimes").claims
        if isinstance(claim.value, tuple)
        for name in claim.value
    }
    for regime, duty in case.playbook.duties.values():
        if regime.default or regime.id in named:
            yield duty


def _ever_started(case: Case, id: str) -> bool:
    """Whether an earlier file can have had a date for it: it was met once, or what its clock starts from was recorded
    once. What was taken back still counts; where a law counts from the knowing, there is a day from the opening on."""
    own, playbook = case.incident, case.playbook
    if id in playbook.duties:
        start = playbook.duties[id][1].start
        ever = start == "known_at" or bool(own.duty(id).filings)
    else:
        step = playbook.steps[id.removeprefix("step:")]
        start = step.due.start if step.due else ""
        ever = start == "opened" or own.step(step.id).touch is not None
    if ever:
        return True
    kind, _, other = start.rpartition(":")
    if kind == "duty":
        return bool(own.duty(other).filings)
    if kind == "step":
        return own.step(other).touch is not None
    return any(isinstance(claim.value, Moment) for claim in own.fact(start).claims)


def _task(one: Deadline | None) -> dict[str, Value]:
    if one is None or one.state == "not_applicable":
        return {"STATUS": "CANCELLED"}
    due: dict[str, Value] = {"DUE": one.falls_at.astimezone(UTC)} if one.falls_at else {}
    if one.state != "met":
        return {**due, "STATUS": "NEEDS-ACTION", "PERCENT-COMPLETE": 0}
    done: dict[str, Value] = {"COMPLETED": one.met_at.astimezone(UTC)} if one.met_at else {}
    return {**due, **done, "STATUS": "COMPLETED", "PERCENT-COMPLETE": 100}


def _day(one: Deadline | None) -> dict[str, Value]:
    if one is None or one.state == "not_applicable" or _falls(one) is None:
        return {"STATUS": "CANCELLED"}
    return {"STATUS": "TENTATIVE" if one.state == "unknown" else "CONFIRMED"}


def _still_due(id: str, one: Deadline | None) -> bool:
    """Whether a reminder is worth a sound: of a law's day that is still to come."""
    return not _own(id) and one is not None and one.state == "running" and one.falls_at is not None


def _reminder(summary: Value, before: timedelta, of: dict[str, str]) -> Component:
    """The day before, of a whole day at nine in the morning; a drill's calendar rings nobody."""
    from icalendar import Alarm

    alarm = _filled(Alarm(), {"ACTION": "DISPLAY", "DESCRIPTION": summary})
    alarm.add("TRIGGER", before, parameters=of)
    return alarm


def _falls(one: Deadline | None) -> datetime | None:
    return (one.falls_at or one.met_at) if one else None


def _summary(one: Deadline) -> Message:
    """The title with what must not be mistaken: whose it is, whether it is law or an aim, whether it is settled."""
    title: Message = say("{title}", title=one.what)
    if one.party:
        title = say("{title} (duty of: {party})", title=title, party=one.party)
    if one.state == "not_applicable":
        return say("Does not apply: {title}", title=title)
    if one.state == "met":
        return say("Done: {title}", title=title)
    if one.falls_at is None:
        title = say("No date yet: {title}", title=title)
    elif one.target or one.due_at is None:
        title = say("Target: {title}", title=title)
    return say("May apply: {title}", title=title) if one.regime and one.applies is None else title


def _about(one: Deadline, case: Case) -> Iterator[Message]:
    """What it rests on, line by line. Only titles: a fact's value may be a free text, a line of its derivation holds
    one."""
    yield _of_incident(case)
    if one.state == "not_applicable":
        return
    yield _by_when(one, case)
    if len(one.readings) > 1:
        yield from (_otherwise(other) for other in one.readings if other.due_at != one.falls_at)
    if one.provisional:
        yield say("Counted provisionally: what it starts from is not known.")
    facts = tuple(name for name in one.questions if case.spec(name))
    if facts and one.regime and one.applies is None:
        yield say("It depends on: {fact}", fact=titles(case, facts))
    yield from (say("To: {names}", names=name) for name in one.to)
    for source in one.sources:
        yield say("Basis: {source} ({checked})", source=source.title, checked=VERIFIED[source.verified])
    if one.law_as_of and one.read_on:
        law, read = one.law_as_of.isoformat(), one.read_on.isoformat()
        yield say("The law of {law} is applied, as its text was read on {read}.", law=law, read=read)


def _by_when(one: Deadline, case: Case) -> Message:
    zone = case.incident.zone
    if one.due_at is None and one.aim_at is None:
        return say("It has no date yet.")
    if one.due_at is None:
        at = _at(one.aim_at)
        return say("The law names no date: without delay. Our own target is {at} ({zone}).", at=at, zone=zone)
    if one.target:
        return say("A target, not a day set by law: {at} ({zone}).", at=_at(one.due_at), zone=zone)
    return say("Due {at} ({zone}).", at=_at(one.due_at), zone=zone)


def _otherwise(other: Read) -> Message:
    if other.on:
        return say("Once confirmed, {on}: {at}.", on=other.on, at=_at(other.due_at))
    return say("Otherwise: {at}.", at=_at(other.due_at))


def _of_incident(case: Case) -> Message:
    """Where it comes from. An id and a number say nothing of anyone."""
    command = f"runbook clocks {case.incident.id}"
    return say(
        "Incident {id}, entry {seq}; shown by: {command}", id=case.incident.id, seq=case.incident.seq, command=command
    )


def _marked(case: Case, text: str) -> str:
    """What stands first on a calendar, on one line, with the mark of a drill before it (rules.md 25)."""
    return for_terminal(f"{DRILLS[drill_of(case.incident)]} {text}".strip())


def _filled(component: Component, values: dict[str, Value]) -> Component:
    for key, value in values.items():
        component.add(key, value)
    return component


def _at(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
