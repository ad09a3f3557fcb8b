"""The clocks of laws: each duty of the regimes that are asked, applied to a case. Pure.

A duty applies, perhaps applies, or does not; each says why line by line, and which question would settle it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from runbook.case import Case
from runbook.conditions import read_length
from runbook.declared import Verified
from runbook.duties.applying import applied, applies, facts_of
from runbook.duties.deadline import Deadline, DeadlineState, Read, is_past, met_in_time, missed
from runbook.duties.doubts import Doubt, doubts
from runbook.duties.reckoning import instant
from runbook.duties.starting import Start, readings, start_of
from runbook.duties.views import Possible, asked, holds, in_future
from runbook.duty import DutyState
from runbook.errors import BadContent
from runbook.regime import Duty, Note, Occasion, Regime, TargetDays, WithoutDelay
from runbook.saying import moment_words
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


def legal_deadlines(case: Case, found: tuple[Doubt, ...] | None = None) -> list[Deadline]:
    """The clocks of every regime that is asked. `found` are the doubts, where they were looked for at another time."""
    if found is None:
        return list(case.once(_legal))
    return [
        _clock(view, regime, duty, found)
        for regime in asked(case)
        for view in [Possible(case, regime.assumptions)]
        for duty in regime.duties
    ]


def legal_deadline(case: Case, id: str) -> Deadline | None:
    """The clock of one duty, whatever makes it doubtful; None where no regime that is asked has it."""
    found = case.playbook.duties.get(id)
    if found is None or found[0] not in asked(case):
        return None
    return _clock(Possible(case, found[0].assumptions), *found, ())


def deadlines_of(case: Case, ids: Collection[str]) -> list[Deadline]:
    """The clocks of these duties, as far as a regime that is asked has them, whatever makes them doubtful."""
    return [
        _clock(view, regime, duty, ())
        for regime in asked(case)
        for view in [Possible(case, regime.assumptions)]
        for duty in regime.duties
        if duty.id in ids
    ]


def _legal(case: Case) -> list[Deadline]:
    return legal_deadlines(case, doubts(case))


def owed(case: Case, ids: Collection[str]) -> bool:
    """Whether the organisation itself owes any of these duties; by when is not reckoned."""
    day = law_as_of(case)
    return any(
        applies(view, regime, duty, day)
        for regime in asked(case)
        for view in [Possible(case, regime.assumptions)]
        for duty in regime.duties
        if duty.id in ids and duty.party is None
    )


def occasions(case: Case, regime: Regime) -> list[tuple[Occasion, bool | None]]:
    """The items of a law's list of what must be reported, each with whether it holds, by facts as they are claimed."""
    view = Possible(case, regime.assumptions)
    return [(one, holds(one.when, view)) for one in regime.occasions.values()]


def law_as_of(case: Case) -> date:
    """The day whose law is applied (rules.md 16): as recorded, else the day the organisation knew, else today."""
    recorded = case.value("law_as_of")
    if isinstance(recorded, str):
        return date.fromisoformat(recorded)
    return _known(case)


def _known(case: Case) -> date:
    """The day the organisation knew; today while that is not recorded, or lies in the future."""
    known = case.value("known_at")
    return case.zoned(known if isinstance(known, datetime) and not in_future(case, known) else case.now).date()


def other_law(case: Case) -> Message | None:
    """That another day's law is applied than that of the day of knowing (rules.md 16); None where it is the same."""
    day = law_as_of(case)
    if day == _known(case):
        return None
    return say("Computed with the law of {day}, which is not that of the day of knowing.", day=f"{day}")


def notes(case: Case, id: str) -> list[Note]:
    """What the author of a law's file wants kept in mind about a duty, as far as it may concern this case."""
    if id not in case.playbook.duties:
        return []
    regime, duty = case.playbook.duties[id]
    view = Possible(case, regime.assumptions)
    return [note for note in duty.notes if holds(note.when, view) is not False]


def reason_wanted(case: Case, one: Deadline) -> bool:
    """Whether a duty was missed and nobody said why: laws want that said."""
    own = case.incident.duty(one.id)
    given = own.delay is not None or (own.filing is not None and own.filing.reason is not None)
    return one.regime is not None and one.is_late and not given


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


def _clock(possible: Possible, regime: Regime, duty: Duty, found: tuple[Doubt, ...]) -> Deadline:
    case = possible.case
    own = case.incident.duty(duty.id)
    day = law_as_of(case)
    ruled = applied(possible, regime, duty, day)
    start = start_of(case, duty)
    found_readings, lines, questions = readings(case, regime, duty, start, possible)
    first = min(found_readings, key=lambda one: one.falls, default=None)
    last = max(found_readings, key=lambda one: one.falls, default=None)
    due = case.zoned(first.due_at) if first and first.due_at else None
    aim = case.zoned(first.aim_at) if first and first.aim_at else None
    met = case.zoned(own.filing.at.at) if own.filing and own.filing.at.at else None
    state = _state(case, own, ruled.answer, start, due)
    silent = state == "not_applicable"
    aimed = first.reckoned.target if first else isinstance(duty.deadlines[-1].rule, TargetDays | WithoutDelay)
    rested = {*facts_of(duty, regime), duty.start}
    doubtful = () if silent else tuple(one.message for one in found if one.concerns(rested))
    asking = (
        () if silent or own.filing else (*ruled.questions, *((start.question,) if start.question else ()), *questions)
    )
    basis = regime.sources.get(duty.sources[0]) if duty.sources else None
    return Deadline(
        id=duty.id,
        what=duty.title,
        to=_addressees(duty, possible),
        applies=ruled.answer,
        state=state,
        starts_at=None if silent or start.at is None else case.zoned(start.at),
        due_at=None if silent else due,
        met_at=met,
        target=aimed,
        basis=basis.title if basis else None,
        derivation=(*ruled.lines, *(() if silent else (*start.lines, *lines)), *_done(case, own, due, state, aimed)),
        confidence=unsure(regime, duty.sources) or "",
        sources=tuple(regime.sources[id] for id in duty.sources if id in regime.sources),
        why=ruled.lines,
        regime=regime.id,
        met_precision=own.filing.at.precision if own.filing else "exact",
        step=case.playbook.steps_for.get(duty.id, ""),
        aim_at=None if silent else aim,
        earliest=None if silent or first is None else first.earliest(case),
        days=None if silent or first is None else first.reckoned.days,
        latest=None if silent or last is None or not last.due_at else case.zoned(last.due_at),
        readings=() if silent else tuple(Read(case.zoned(one.falls), one.on) for one in found_readings),
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
    return "overdue" if due is not None and is_past(due, case.now) else "running"


def _addressees(duty: Duty, view: Possible) -> tuple[Bilingual, ...]:
    """All who must, or may have to, be told."""
    answers = [(one.name, holds(one.when, view)) for one in duty.to]
    return tuple(name for name, answer in answers if answer is not False)


def _done(case: Case, own: DutyState, due: datetime | None, state: DeadlineState, target: bool) -> Iterator[Message]:
    filing = own.filing
    if filing is not None:
        at: Argument = moment_words(filing.at, case.zone)
        if filing.at.at and filing.at.precision == "exact":
            at = instant(case.zoned(filing.at.at))
        if filing.receipt is not None:
            receipt = filing.receipt.text or say("(text removed)")
            yield say("Met {at} by {who}, receipt {receipt}.", at=at, who=filing.by, receipt=receipt)
        else:
            yield say("Met {at} by {who}; no receipt number is recorded.", at=at, who=filing.by)
        met = None if filing.at.at is None else case.zoned(filing.at.at)
        in_time = met_in_time(due, met, filing.at.precision)
        if in_time is False:
            yield say("That was after it was due.")
        elif in_time is None and due is not None and met is not None:
            yield say("Whether that was in time is not known: the hour is missing.")
        if filing.reason is not None:
            yield say("Why late: {reason}", reason=filing.reason.text or say("(text removed)"))
    elif state == "overdue" and due is not None:
        yield missed(due, "guidance" if target else "law")
    elif state == "unknown" and due is not None and is_past(due, case.now):
        yield say("By its earliest reading it is late already: it was due {due}.", due=instant(due))
    if own.delay is not None:
        yield say("Reason given for the delay: {reason}", reason=own.delay.reason.text or say("(text removed)"))
