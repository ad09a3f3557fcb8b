"""What the command line prints of deadlines for people: one short line each, or everything about each. No colours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from runbook.case import Case
from runbook.cli.session import Session
from runbook.conditions import names, parse
from runbook.duties import Deadline, notes, other_law, reason_wanted
from runbook.duties.saying import title
from runbook.regime import Binding
from runbook.saying import VERIFIED, joined, moment_words, value_words
from runbook.saying import words as free_text
from runbook.speech import Argument, Message, say
from runbook.wording import words

STATES: dict[str, Message] = {
    "running": say("running"),
    "met": say("met"),
    "overdue": say("overdue"),
    "not_applicable": say("does not apply"),
    "unknown": say("not known yet"),
}
_BINDING: dict[Binding, Message] = {
    "guideline": say("Asked for by an authority's guideline, not by statute."),
    "effort": say("Something to strive for, not an obligation."),
}
_PLACES = {"time": "TIME", "integer": "N", "date": "DATE"}
_CHOICES = {"yesno": ("yes", "no", "unknown")}


def due(deadline: Deadline, now: datetime, session: Session) -> str:
    """A deadline short: sign, when, how long, what."""
    return _line(deadline, deadline.called.said(session.language), now, session)


def short(deadline: Deadline, case: Case, session: Session) -> str:
    """The same with the law it comes from, its id, and whether it applies."""
    line = _line(deadline, deadline.called.said(session.language), case.now, session)
    return f"{line}  [{deadline.id}] {session.speak(state_words(deadline))}"


def every(found: list[Deadline], case: Case, session: Session) -> Iterator[str]:
    """Every deadline with all that is known of it; at the end, in short, those that do not apply."""
    if other := other_law(case):
        yield session.speak(other)
    for deadline in found:
        if deadline.state != "not_applicable":
            yield short(deadline, case, session)
            yield from (f"    {line}" for line in _details(deadline, case, session))
    away = [one for one in found if one.state == "not_applicable"]
    if away:
        yield session.speak(say("Does not apply:"))
    for deadline in away:
        why = "; ".join(session.speak(line).rstrip(".。") for line in _why_not(deadline, case))
        yield f"  . {deadline.called.said(session.language)} [{deadline.id}]: {why}"


def state_words(deadline: Deadline) -> Message:
    """Whether a duty applies, and how it stands."""
    if deadline.regime is None or deadline.state in ("met", "not_applicable"):
        return STATES[deadline.state]
    if deadline.applies is None:
        return say("may apply")
    if deadline.state == "unknown":
        return say("applies; its start is not known yet")
    return say("applies; {state}", state=STATES[deadline.state])


def why_late(deadline: Deadline, case: Case) -> tuple[Message, Message]:
    """The sentences that ask for the reason, and say how to give it."""
    command = f"runbook duty {case.incident.id} {deadline.id} delayed --reason TEXT"
    wanted = (
        say("It is late. {late}", late=deadline.late)
        if deadline.late
        else say("It is late, and no reason is recorded.")
    )
    return wanted, say("Say why: {command}", command=command)


def _line(deadline: Deadline, title: str, now: datetime, session: Session) -> str:
    """When, how long, what. What is settled or has no date comes without a time."""
    left, falls = deadline.remaining(now), deadline.falls_at
    if not deadline.is_open or left is None or falls is None:
        return title
    over = left < timedelta() and not deadline.aim_passed(now)
    sign = "! " if over else "^ " if deadline.soon(now) else ""
    at, remaining = f"{falls:%Y-%m-%d %H:%M}", words(session.language).remaining(left)
    if deadline.aim_passed(now):
        when = say("without delay; aim passed {length} ago", length=words(session.language).duration(-left))
    elif deadline.due_at is None:
        when = say("without delay, own target {at} ({left})", at=at, left=remaining)
    elif deadline.days and deadline.earliest:
        (first, last), days = deadline.days, (deadline.earliest, deadline.due_at)
        begin, end = (f"{day:%m-%d}" for day in days)
        when = say(
            "day {first} {begin} to day {last} {end} (target), {left}",
            first=first,
            begin=begin,
            last=last,
            end=end,
            left=remaining,
        )
    elif deadline.target:
        when = say("{at} ({left}), a target", at=at, left=remaining)
    else:
        when = say("{at} ({left})", at=at, left=remaining)
    return f"{sign}{session.speak(when)}  {title}"


def _details(deadline: Deadline, case: Case, session: Session) -> Iterator[str]:
    """All that is known of a deadline, line by line."""
    speak = session.speak
    if deadline.to:
        to = ("、" if session.language == "ja" else ", ").join(one.said(session.language) for one in deadline.to)
        yield speak(say("To: {names}", names=to))
    if deadline.party:
        yield speak(say("A duty of another party: {party}.", party=deadline.party))
    if deadline.regime and deadline.binding in _BINDING:
        yield speak(_BINDING[deadline.binding])
    yield from (speak(line) for line in _questions(deadline, case))
    if len(deadline.readings) > 1:
        yield speak(say("Readings: {readings}", readings=joined(_readings(deadline))))
    yield from (speak(line) for line in deadline.derivation)
    yield from (speak(line) for line in _withdrawn(deadline, case))
    yield from (note.text.said(session.language) for note in notes(case, deadline.id))
    if reason_wanted(case, deadline):
        yield from (speak(line) for line in why_late(deadline, case))
    for source in deadline.sources:
        yield speak(say("Basis: {source} ({checked})", source=source.title, checked=VERIFIED[source.verified]))
    if deadline.law_as_of and deadline.read_on:
        law, read = deadline.law_as_of.isoformat(), deadline.read_on.isoformat()
        yield speak(say("The law of {law} is applied, as its text was read on {read}.", law=law, read=read))


def _questions(deadline: Deadline, case: Case) -> Iterator[Message]:
    """What would settle a duty: the first question with the command that answers it, and the facts after it."""
    if not deadline.questions:
        return
    first, *others = deadline.questions
    spec = case.spec(first)
    place, options = "VALUE", ""
    if spec is not None:
        yield say("Question: {question}", question=spec.ask or spec.title)
        place = _PLACES.get(spec.type, place)
        options = ", ".join(_CHOICES.get(spec.type, tuple(spec.choices)))
    command = f"runbook fact {case.incident.id} {first}={place}"
    if options:
        yield say("Answer: {command} ({options})", command=command, options=options)
    else:
        yield say("Answer: {command}", command=command)
    if others:
        named = [say("{fact} [{name}]", fact=title(case, name), name=name) for name in others]
        yield say("Open as well: {facts}", facts=joined(named))


def _readings(deadline: Deadline) -> list[Message]:
    """When it falls, by each way to read the rule that is still possible, the earliest first."""
    return [
        say("{at} once confirmed: {on}", at=f"{one.due_at:%Y-%m-%d %H:%M}", on=one.on)
        if one.on
        else say("{at} as things stand", at=f"{one.due_at:%Y-%m-%d %H:%M}")
        for one in sorted(deadline.readings, key=lambda one: one.due_at)
    ]


def _withdrawn(deadline: Deadline, case: Case) -> Iterator[Message]:
    for one in case.incident.duty(deadline.id).filings:
        if one.withdrawn is not None:
            at = moment_words(one.at, case.zone)
            yield say("Entry {seq} recorded it as met {at}; that was taken back.", seq=one.touch.seq, at=at)


def _why_not(deadline: Deadline, case: Case) -> tuple[Message, ...]:
    """Why a deadline does not apply: a duty's own lines; of a step, who skipped it or what its condition found."""
    step = case.playbook.steps.get(deadline.step)
    if deadline.regime or step is None:
        return deadline.derivation
    own = case.incident.step(step.id)
    if own.state == "skipped":
        return (say("skipped ({reason})", reason=free_text(own.reason)),)
    facts = [_claimed(case, name) for name in names(parse(step.when)).facts if case.current(name)]
    return (say("by what is recorded: {facts}", facts=joined(facts)) if facts else say("its occasion has not come"),)


def _claimed(case: Case, name: str) -> Message:
    claim, spec = case.current(name), case.spec(name)
    value = value_words(claim.value if claim else None, spec.choices if spec else {}, case.zone)
    title: Argument = spec.title if spec else name
    return say("{fact}: {value}", fact=title, value=value)
