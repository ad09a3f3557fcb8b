"""The clocks of laws: each duty of the regimes that are asked, applied to a case. Pure.

A duty applies, perhaps applies, or does not; each says why line by line, and which question would settle it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from runbook.case import Case
from runbook.conditions import NOT_KNOWN, facts_in, read_length
from runbook.declared import Verified
from runbook.duties.deadline import Deadline, DeadlineState, Read
from runbook.duties.doubts import Doubt, doubts
from runbook.duties.reckoning import Reckoned, counted_in, dated, elsewhere, ending, instant, reckon
from runbook.duties.views import Possible, Settled, asked, every, holds, open_questions, some
from runbook.errors import BadContent
from runbook.incident import DutyState
from runbook.moment import Moment
from runbook.narrate import YES_NO, joined, value_words
from runbook.regime import Duty, Force, Occasion, Regime, TargetDays, WithoutDelay
from runbook.speech import Argument, Bilingual, Message, say

ALARMS = (timedelta(hours=24), timedelta(hours=1))
"""How long before a legal deadline it is shown as due soon and rings, unless the fact `alarms` says otherwise."""

_SURENESS: tuple[Verified, ...] = (
    "official",
    "measured",
    "seed",
    "secondary",
    "memory-high",
    "memory-medium",
    "inference",
    "memory-low",
)
"""From sure to unsure: what rests on several sources is as sure as the least sure of them."""


class Start(msgspec.Struct, frozen=True):
    """What a clock starts from; `provisional` where that is not recorded."""

    at: datetime | None
    lines: tuple[Message, ...]
    provisional: bool = False
    question: str = ""


class Applied(msgspec.Struct, frozen=True):
    """Whether a duty applies, the lines that say why, and the facts that would settle it."""

    answer: bool | None
    lines: tuple[Message, ...]
    questions: tuple[str, ...] = ()


def legal_deadlines(case: Case, found: tuple[Doubt, ...] | None = None) -> list[Deadline]:
    """The clocks of every regime that is asked. `found` are the doubts, where they were looked for at another time."""
    found = doubts(case) if found is None else found
    return [_clock(case, regime, duty, found) for regime in asked(case) for duty in regime.duties]


def occasions(case: Case, regime: Regime) -> list[tuple[Occasion, bool | None]]:
    """The items of a law's list of what must be reported, each with whether it holds, by facts as they are claimed."""
    view = Possible(case, regime.assumptions)
    return [(one, holds(one.when, view)) for one in regime.occasions.values()]


def law_as_of(case: Case) -> date:
    """The day whose law is applied (rules.md 16): as recorded, else the day the organisation knew, else today."""
    recorded = case.value("law_as_of")
    if isinstance(recorded, str):
        return date.fromisoformat(recorded)
    known = case.value("known_at")
    return case.zoned(known if isinstance(known, datetime) else case.now).date()


def alarms(case: Case) -> tuple[timedelta, ...]:
    """How long before a legal deadline falls due it rings: the fact `alarms`, the longest first."""
    chosen = case.value("alarms")
    if not isinstance(chosen, list):
        return ALARMS
    lengths = []
    for text in chosen:
        try:
            lengths.append(read_length(text))
        except BadContent:
            continue  # the doubts name it
    return tuple(sorted(lengths, reverse=True)) or ALARMS


def unsure(regime: Regime, sources: tuple[str, ...]) -> Verified | None:
    """How sure the least sure of these sources is."""
    marks = [regime.sources[id].verified for id in sources if id in regime.sources]
    return max(marks, key=_SURENESS.index, default=None)


def _clock(case: Case, regime: Regime, duty: Duty, found: tuple[Doubt, ...]) -> Deadline:
    own = case.incident.duty(duty.id)
    day = law_as_of(case)
    applied = _overridden(case, own, _ruled(case, regime, duty, day))
    possible = Possible(case, regime.assumptions)
    start = _start(case, duty)
    readings, lines, questions = _readings(case, regime, duty, start, possible)
    first = min(readings, key=lambda one: one.falls, default=None)
    last = max(readings, key=lambda one: one.falls, default=None)
    due = case.zoned(first.due_at) if first and first.due_at else None
    aim = case.zoned(first.aim_at) if first and first.aim_at else None
    met = case.zoned(own.filing.at.at) if own.filing and own.filing.at.at else None
    state = _state(case, own, applied.answer, start, due)
    silent = state == "not_applicable"
    rested = {*_facts_of(duty, regime), duty.start}
    doubtful = () if silent else tuple(one.message for one in found if one.concerns(rested))
    asking = (
        () if silent or own.filing else (*applied.questions, *((start.question,) if start.question else ()), *questions)
    )
    basis = regime.sources.get(duty.sources[0]) if duty.sources else None
    return Deadline(
        id=duty.id,
        what=duty.title,
        to=_addressees(duty, possible),
        applies=applied.answer,
        state=state,
        starts_at=None if silent or start.at is None else case.zoned(start.at),
        due_at=None if silent else due,
        met_at=met,
        target=first.reckoned.target if first else isinstance(duty.deadlines[-1].rule, TargetDays | WithoutDelay),
        basis=basis.title if basis else None,
        derivation=(*applied.lines, *(() if silent else (*start.lines, *lines)), *_done(case, own, due, state)),
        confidence=unsure(regime, duty.sources) or "",
        why=applied.lines,
        regime=regime.id,
        step=case.playbook.steps_for.get(duty.id, ""),
        aim_at=None if silent else aim,
        earliest=None if silent or first is None else first.earliest(case),
        latest=None if silent or last is None or not last.due_at else case.zoned(last.due_at),
        readings=() if silent else tuple(Read(case.zoned(one.falls), one.on) for one in readings),
        provisional=start.provisional and not silent,
        questions=tuple(dict.fromkeys(asking)),
        party=duty.party,
        binding=duty.binding,
        law_as_of=day,
        read_on=date.fromisoformat(regime.as_of),
        late=duty.late,
        doubts=doubtful,
        alarms=alarms(case),
    )


def _state(case: Case, own: DutyState, answer: bool | None, start: Start, due: datetime | None) -> DeadlineState:
    if own.filing is not None:
        return "met"
    if answer is False:
        return "not_applicable"
    if answer is None or start.at is None or start.provisional:
        return "unknown"
    return "overdue" if due is not None and case.now > due else "running"


def _addressees(duty: Duty, view: Possible) -> tuple[Bilingual, ...]:
    """All who must, or may have to, be told."""
    answers = [(one.name, holds(one.when, view)) for one in duty.to]
    return tuple(name for name, answer in answers if answer is not False)


# Whether it applies


def _overridden(case: Case, own: DutyState, ruled: Applied) -> Applied:
    """What counsel decided, with the rule's own answer beside it; the rule's, where counsel decided nothing."""
    override = own.override
    if override is None:
        return ruled
    decided = say("counsel: it applies") if override.applies == "yes" else say("counsel: it does not apply")
    line = say(
        "{decided} ({counsel}, {at}): {reason}",
        decided=decided,
        counsel=override.counsel,
        at=instant(case.zoned(override.touch.at)),
        reason=override.reason.text or say("(text removed)"),
    )
    rule = say("By the rule: {answer}", answer=_ANSWERS[ruled.answer])
    return Applied(override.applies == "yes", (line, rule, *ruled.lines))


_ANSWERS: dict[bool | None, Message] = {
    True: say("applies"),
    False: say("does not apply"),
    None: say("may apply"),
}


def _out_of_force(regime: Regime, duty: Duty, day: date) -> Message | None:
    """Why the law of that day has no such duty."""
    force: Force = duty.force if duty.force != Force() else regime.force
    if force.start and day < date.fromisoformat(force.start):
        start = dated(date.fromisoformat(force.start))
        return say("In force from {start} only; the law of {day} is applied.", start=start, day=dated(day))
    if force.end and day > date.fromisoformat(force.end):
        end = dated(date.fromisoformat(force.end))
        return say("In force until {end} only; the law of {day} is applied.", end=end, day=dated(day))
    return None


def _ruled(case: Case, regime: Regime, duty: Duty, day: date) -> Applied:
    """What the rule says: whether it is in force, its scope, what exempts, and the occasions."""
    if not_in_force := _out_of_force(regime, duty, day):
        return Applied(False, (not_in_force,))
    view, settled = Possible(case, regime.assumptions), Settled(case)
    scope = holds(duty.when, view)
    if scope is False:
        return Applied(False, (say("Does not apply: {facts}.", facts=_stated(view, duty.when)),))
    lines = [*_assumed(case, regime, duty)]
    for exemption in (regime.exemptions[id] for id in duty.exemptions):
        if holds(exemption.when, settled):
            return Applied(False, (*lines, say("Exempt: {exemption}.", exemption=exemption.title)))
    ids = duty.occasions or tuple(regime.occasions)
    answers = {id: holds(regime.occasions[id].when, view) for id in ids}
    arises = some(list(answers.values())) if duty.arises != "always" and answers else True
    if duty.arises == "none":
        arises = None if arises is None else not arises
    answer = every([scope, arises])
    held = [id for id in ids if answers[id]] if duty.arises != "always" else []
    lines += [
        say("{occasion}: {facts}.", occasion=regime.occasions[id].title, facts=_stated(view, regime.occasions[id].when))
        for id in held
    ]
    if answer is False:
        lines.append(
            say("None of the occasions named by the law.")
            if duty.arises == "any"
            else say("Another duty of the same law covers it already.")
        )
        return Applied(False, tuple(lines))
    open_ids = [id for id in ids if answers[id] is None] if arises is None else []
    conditions = [duty.when, *(regime.occasions[id].when for id in open_ids)]
    asking = tuple(dict.fromkeys(name for text in conditions if text for name in open_questions(text, view)))
    if answer is None:
        lines.append(say("May apply; it hangs on: {facts}.", facts=_titles(case, asking)))
    for exemption in (regime.exemptions[id] for id in duty.exemptions):
        if holds(exemption.when, view) is True:
            lines.append(say("Not exempt yet, for it is not confirmed: {exemption}.", exemption=exemption.title))
    return Applied(answer, tuple(lines), asking)


def _assumed(case: Case, regime: Regime, duty: Duty) -> Iterator[Message]:
    asks = _facts_of(duty, regime)
    for one in regime.assumptions:
        if one.fact in asks and case.value(one.fact) in (None, NOT_KNOWN):
            yield say(
                "“{fact}” is not known: counted as {value}.",
                fact=_title(case, one.fact),
                value=_word(case, one.fact, one.value),
            )


def _facts_of(duty: Duty, regime: Regime) -> set[str]:
    """The facts that decide about a duty."""
    ids = () if duty.arises == "always" else duty.occasions or tuple(regime.occasions)
    texts = [duty.when, *(regime.occasions[id].when for id in ids)]
    texts += [reading.when for reading in duty.deadlines] + [regime.exemptions[id].when for id in duty.exemptions]
    return {fact for text in texts for fact in facts_in(text)}


# By when


class _Reading(msgspec.Struct, frozen=True):
    reckoned: Reckoned
    on: Bilingual | None
    falls: datetime

    @property
    def due_at(self) -> datetime | None:
        return self.reckoned.due_at

    @property
    def aim_at(self) -> datetime | None:
        return self.reckoned.aim_at

    def earliest(self, case: Case) -> datetime:
        return case.zoned(self.reckoned.earliest or self.falls)


def _readings(
    case: Case, regime: Regime, duty: Duty, start: Start, view: Possible
) -> tuple[list[_Reading], list[Message], tuple[str, ...]]:
    """The readings of its deadline that are still possible, how each is computed, and what would settle them.

    In their order, one that holds by confirmed facts ends the list; one that may hold stands beside those after it.
    """
    if start.at is None:
        return [], [], ()
    zone = ZoneInfo(regime.zone) if regime.zone else case.zone
    settled = Settled(case)
    found: list[_Reading] = []
    lines: list[Message] = []
    asking: list[str] = []
    for reading in duty.deadlines:
        sure = holds(reading.when, settled)
        if not sure and holds(reading.when, view) is False:
            continue
        try:
            there = counted_in(reading.rule, zone, case.zone)
            reckoned = reckon(reading.rule, start.at, there, regime.calendar)
        except OverflowError:
            lines.append(say("It falls past the end of the calendar."))
            continue
        falls = reckoned.due_at or reckoned.aim_at
        if falls is None:
            continue
        lines += [line for line in elsewhere(start.at, there, case.zone) if line not in lines]
        if reading.when and not sure:
            lines.append(say("Once confirmed, {on}:", on=reading.title or reading.when))
            asking += open_questions(reading.when, settled)
        elif reading.title:
            lines.append(say("{on}:", on=reading.title))
        lines += reckoned.lines
        found.append(_Reading(reckoned, None if sure else reading.title, falls))
        if sure:
            break
    if len(found) > 1:
        first = min(found, key=lambda one: one.falls)
        lines.append(say("Until it is settled, work to the earlier one, {due}.", due=ending(first.falls)))
    return found, lines, tuple(dict.fromkeys(asking))


def _start(case: Case, duty: Duty) -> Start:
    """What a duty's clock starts from. Where the organisation's own knowing is not recorded, it is counted from what
    cannot be later: the noticing, else the opening of the incident."""
    if duty.start.startswith("duty:"):
        other = duty.start.removeprefix("duty:")
        filing = case.incident.duty(other).filing
        title: Argument = case.playbook.duties[other][1].title if other in case.playbook.duties else other
        if filing is None or filing.at.at is None:
            return Start(None, (say("Starts when “{duty}” is met.", duty=title),))
        return Start(filing.at.at, (say("“{duty}” was met {at}.", duty=title, at=instant(case.zoned(filing.at.at))),))
    claim = case.current(duty.start)
    value = claim.value if claim else None
    fact = _title(case, duty.start)
    if isinstance(value, Moment) and value.at is not None:
        at = case.zoned(value.at)
        day = instant(at)
        if value.precision == "date":
            line = say("“{fact}” is known by its day only: counted from its beginning, {at}.", fact=fact, at=day)
        elif value.precision == "about":
            line = say("“{fact}” is about {at}.", fact=fact, at=day)
        else:
            line = say("“{fact}” is {at}.", fact=fact, at=day)
        return Start(value.at, (line,))
    missing = (
        say("“{fact}” is recorded without a time.", fact=fact) if value else say("“{fact}” is not recorded.", fact=fact)
    )
    if duty.start != "known_at":
        return Start(None, (missing,), question=duty.start)
    noticed, opened = case.value("noticed_at"), case.incident.opened_at
    at, what = (
        (noticed, say("the noticing"))
        if isinstance(noticed, datetime) and noticed < opened
        else (opened, say("the opening of this incident"))
    )
    line = say(
        "For now counted from {what}, {at}; record it to have the real date.", what=what, at=instant(case.zoned(at))
    )
    return Start(at, (missing, line), provisional=True, question=duty.start)


# What was done


def _done(case: Case, own: DutyState, due: datetime | None, state: DeadlineState) -> Iterator[Message]:
    filing = own.filing
    if filing is not None:
        at: Argument = instant(case.zoned(filing.at.at)) if filing.at.at else say("time unknown")
        if filing.receipt is not None:
            receipt = filing.receipt.text or say("(text removed)")
            yield say("Met {at} by {who}, receipt {receipt}.", at=at, who=filing.by, receipt=receipt)
        else:
            yield say("Met {at} by {who}; no receipt number is recorded.", at=at, who=filing.by)
        if due is not None and filing.at.at is not None and filing.at.at > due:
            yield say("That was after it was due.")
        if filing.reason is not None:
            yield say("Why late: {reason}", reason=filing.reason.text or say("(text removed)"))
    elif state == "overdue" and due is not None:
        yield say("Missed: it was due {due}.", due=instant(due))
    elif state == "unknown" and due is not None and case.now > due:
        yield say("By its earliest reading it is late already: it was due {due}.", due=instant(due))
    if own.delay is not None:
        yield say("Reason given for the delay: {reason}", reason=own.delay.reason.text or say("(text removed)"))


# Words


def _title(case: Case, fact: str) -> Argument:
    spec = case.spec(fact)
    return spec.title if spec else fact


def _titles(case: Case, facts: tuple[str, ...]) -> Bilingual:
    specs = [(fact, case.spec(fact)) for fact in facts]
    return Bilingual(
        "、".join(spec.title.ja if spec else fact for fact, spec in specs),
        ", ".join(spec.title.en if spec else fact for fact, spec in specs),
    )


def _word(case: Case, fact: str, value: str) -> Argument:
    spec = case.spec(fact)
    return (spec.choices.get(value) if spec else None) or YES_NO.get(value) or value


def _stated(view: Possible, condition: str) -> Argument:
    """The facts a condition speaks of that are known or counted as something, with what they count as."""
    facts = [name for name in facts_in(condition) if view.value(name) not in (None, NOT_KNOWN)]
    case = view.case
    return joined([say("{fact}: {value}", fact=_title(case, name), value=_counted(view, name)) for name in facts])


def _counted(view: Possible, fact: str) -> Argument:
    """What a fact counts as, in words: all that its sources say, where they differ; a number the largest."""
    case, answer = view.case, view.value(fact)
    if isinstance(answer, int):
        return f"{answer:,}"
    spec = case.spec(fact)
    told = [one.value for one in case.incident.fact(fact).possible if one.value != NOT_KNOWN]
    if not told and isinstance(answer, str):
        return _word(case, fact, answer)
    return joined([value_words(value, spec.choices if spec else {}, case.zone) for value in dict.fromkeys(told)])
