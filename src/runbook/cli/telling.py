"""What the commands print for people: lines of text made from values. No colours; every distinction has a sign or
word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from runbook.cards import Card
from runbook.case import Case
from runbook.chain import head_code
from runbook.cli.deadlines import due, short
from runbook.cli.session import Session
from runbook.desk import Entry
from runbook.duties import Deadline, other_law, still_due
from runbook.events import Mode
from runbook.incident import Claim, DataSet
from runbook.narrate import written_late
from runbook.progress import StepView, next_steps, open_facts, step_views
from runbook.publications import split_key, stage
from runbook.saying import count_words, moment_words, source_words, stage_words, value_words, with_status
from runbook.script import doer
from runbook.speech import Argument, Message, say

LATE = timedelta(minutes=5)
"""From when on "written down at" is shown beside the time it happened."""
UNREADABLE = say("cannot be read")
_NEXT = 3
_LEGAL = 5
_SIGNS = {"todo": " ", "active": "❯", "done": "✓", "skipped": "-", "blocked": "⧗", "not_applicable": "."}
_ASCII = {"active": ">", "done": "v", "blocked": "~"}


def cards(cards: list[Card], session: Session) -> Iterator[str]:
    """The list of incidents, one a line, with what is due next."""
    for card in cards:
        mark = session.speak(mode_name(card.mode, card.demo))
        if card.unreadable is not None:
            yield f"{card.id}  {mark}  ! {session.speak(UNREADABLE)}"
            continue
        steps = session.speak(say("{done} of {all} steps", done=card.done, all=card.steps))
        line = f"{card.id}  {mark}  {card.title}  {steps}"
        if card.closed_at:
            line += "  " + session.speak(say("closed {at}", at=_minute(card.closed_at)))
        if card.next:
            line += "  " + due(card.next, card.now, session)
        yield line


def unreadable(cards: list[Card]) -> Iterator[Message]:
    """What is wrong with the incidents of the list that cannot be read."""
    return (card.unreadable for card in cards if card.unreadable is not None)


def mode_name(mode: Mode, demo: bool) -> Message:
    """LIVE, DRILL or DEMO."""
    if demo:
        return say("DEMO")
    return say("DRILL") if mode == "drill" else say("LIVE")


def heading(case: Case, session: Session) -> str:
    """The first line of what is told of an incident."""
    own = case.incident
    return f"{own.id}  {session.speak(mode_name(own.mode, own.demo))}  {own.title}"


def drill_heading(case: Case, session: Session) -> tuple[str, ...]:
    """The same where what follows must not be taken for a real incident's; nothing for a real one."""
    return (heading(case, session),) if case.incident.mode == "drill" else ()


def status(case: Case, session: Session) -> Iterator[str]:
    """Where an incident stands: what to do, every step, what is due, what is not known."""
    speak, own = session.speak, case.incident
    views = step_views(case)
    yield heading(case, session)
    yield speak(
        say(
            "Opened {at}; it is now {now} ({zone}).",
            at=_minute(case.zoned(own.opened_at)),
            now=_minute(case.now),
            zone=own.zone,
        )
    )
    if own.closed_at:
        yield speak(say("Closed {at}.", at=_minute(case.zoned(own.closed_at))))
    yield speak(say("Head code #{seq}: {code}", seq=own.seq, code=head_code(own.hash)))
    if not own.closed_at:
        yield from _block(
            say("To do now"), [step_line(view, case, session) for view in next_steps(views)[:_NEXT]], session
        )
    phase = ""
    lines = []
    for view in views:
        if view.phase.id != phase:
            phase = view.phase.id
            lines.append(view.phase.title.said(session.language))
        lines.append("  " + step_line(view, case, session))
    yield from _block(say("Steps"), lines, session)
    found = [one for one in still_due(case) if one.is_open]
    yield from _block(say("Legal deadlines"), _nearest([one for one in found if one.regime], case, session), session)
    running = [one for one in found if one.falls_at is not None and not one.regime]
    yield from _block(say("Due"), [due(deadline, case.now, session) for deadline in running], session)
    facts = [fact_line(case, name, session) for name in own.facts if case.current(name)]
    yield from _block(say("Facts"), facts, session)
    yield from _block(say("Data sets"), [dataset_line(data, case, session) for data in own.standing_datasets], session)
    unknown = [fact_line(case, name, session) for name in open_facts(case)]
    yield from _block(say("Not known yet"), unknown, session)
    yield from _block(
        say("Notices"),
        [
            f"{key}  {speak(stage_words(state, split_key(key)[0] in case.playbook.filings))}"
            for key, notice in own.notices.items()
            if (state := stage(notice))
        ],
        session,
    )


def _nearest(legal: list[Deadline], case: Case, session: Session) -> list[str]:
    """The legal deadlines that come first, and how many more there are."""
    lines = [short(deadline, case, session) for deadline in legal[:_LEGAL]]
    if legal and (other := other_law(case)):
        lines.insert(0, session.speak(other))
    if (more := len(legal) - _LEGAL) > 0:
        command = f"runbook clocks {case.incident.id}"
        lines.append(session.speak(say("and {n} more: {command}", n=more, command=command)))
    return lines


def step_line(view: StepView, case: Case, session: Session) -> str:
    """One step: sign, number, title, and what is special about it."""
    speak = session.speak
    signs = _SIGNS | _ASCII if session.ascii else _SIGNS
    extras = []
    if view.own.owner:
        extras.append(view.own.owner)
    if view.deadline and view.deadline.is_open and view.deadline.falls_at:
        extras.append(speak(say("due {at}", at=_minute(view.deadline.falls_at))))
    if view.state == "blocked":
        numbers = ", ".join(case.playbook.numbers[id] for id in view.waits_for)
        extras.append(speak(say("waits for {steps}", steps=numbers)))
    if view.settles:
        titles = ", ".join(fact_title(case, name, session) for name in view.settles)
        extras.append(speak(say("may apply; depends on: {facts}", facts=titles)))
    sign = "!" if view.overdue else signs[view.state]
    line = f"{sign} {view.number} {view.step.title.said(session.language)} [{view.step.id}]"
    return line + (f" ({'; '.join(extras)})" if extras else "")


def fact_title(case: Case, name: str, session: Session) -> str:
    spec = case.spec(name)
    return spec.title.said(session.language) if spec else name


def fact_line(case: Case, name: str, session: Session) -> str:
    """A fact with its current value, and the claims that contradict it."""
    fact = case.incident.fact(name)
    line = f"{fact_title(case, name, session)} [{name}]"
    if fact.current is None:
        return line
    line += f": {claim_words(case, name, fact.current, session)}"
    for other in fact.contested:
        line += "  " + session.speak(say("but: {claim}", claim=claim_words(case, name, other, session)))
    return line


def fact_history(case: Case, name: str, session: Session) -> Iterator[str]:
    """A fact, and below it every claim ever made about it."""
    yield fact_line(case, name, session)
    for claim in case.incident.fact(name).claims:
        undone = f"  {session.speak(say('(undone)'))}" if claim.undone else ""
        said = claim_words(case, name, claim, session)
        yield f"    #{claim.touch.seq} {_minute(case.zoned(claim.touch.at))} {claim.touch.actor}: {said}{undone}"


def claim_words(case: Case, name: str, claim: Claim, session: Session) -> str:
    """One claim: its value, status, source and as-of time."""
    spec = case.spec(name)
    value: Argument = value_words(claim.value, spec.choices if spec else {}, case.zone) or "-"
    said = [session.speak(say("{text}", text=with_status(value, claim.value, claim.status)))]
    if claim.source:
        said.append(session.speak(say("source: {source}", source=source_words(claim.source, case.playbook))))
    if claim.as_of:
        said.append(session.speak(say("as of {at}", at=moment_words(claim.as_of, case.zone))))
    return ", ".join(said)


def dataset_line(data: DataSet, case: Case, session: Session) -> str:
    """A data set: what, how many, what is in it, as of when."""
    line = session.speak(say("Data set {name}: {count}", name=data.name, count=count_words(data)))
    if data.fields:
        line += " [" + ", ".join(f"{field}*" if field in data.sensitive else field for field in data.fields) + "]"
    if data.as_of:
        line += ", " + session.speak(say("as of {at}", at=moment_words(data.as_of, case.zone)))
    return line


def entry(entry: Entry, case: Case, session: Session) -> str:
    """One line of the record: number, when it happened, who, what; and when it was written, if later."""
    event = entry.event
    happened = session.speak(say("{what}", what=moment_words(event.moment, case.zone)))
    line = f"#{event.seq}  {happened}  {session.speak(say('{what}', what=doer(event)))}: {session.speak(entry.said)}"
    if written_late(event):
        line += "  " + session.speak(say("(written down at {at})", at=_minute(case.zoned(event.recorded_at))))
    return line


def _block(title: Message, lines: list[str], session: Session) -> Iterator[str]:
    if lines:
        yield ""
        yield session.speak(say("{title}:", title=title))
        yield from (f"  {line}" for line in lines)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
