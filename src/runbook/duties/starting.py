"""What a duty's clock starts from, and every reading of its deadline that is still possible. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from runbook.case import Case
from runbook.duties.reckoning import Reckoned, counted_in, elsewhere, ending, instant, reckon
from runbook.duties.saying import title
from runbook.duties.views import Possible, Settled, holds, in_future, open_questions
from runbook.moment import Moment
from runbook.regime import Duty, Regime
from runbook.saying import moment_words
from runbook.speech import Argument, Bilingual, Message, say


class Start(msgspec.Struct, frozen=True):
    """What a clock starts from; `provisional` where that is not recorded."""

    at: datetime | None
    lines: tuple[Message, ...]
    provisional: bool = False
    question: str = ""


class Falling(msgspec.Struct, frozen=True):
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


def readings(
    case: Case, regime: Regime, duty: Duty, start: Start, view: Possible
) -> tuple[list[Falling], list[Message], tuple[str, ...]]:
    """The readings of its deadline that are still possible, how each is computed, and what would settle them.

    In their order, one that holds by confirmed facts ends the list; one that may hold stands beside those after it.
    """
    if start.at is None:
        return [], [], ()
    zone = ZoneInfo(regime.zone) if regime.zone else case.zone
    settled = Settled(case)
    found: list[Falling] = []
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
        found.append(Falling(reckoned, None if sure else reading.title, falls))
        if sure:
            break
    if len(found) > 1:
        first = min(found, key=lambda one: one.falls)
        lines.append(say("Until it is settled, work to the earlier one, {due}.", due=ending(first.falls)))
    return found, lines, tuple(dict.fromkeys(asking))


def start_of(case: Case, duty: Duty) -> Start:
    """What a duty's clock starts from. Where the organisation's own knowing is not recorded, or recorded in the future,
    it is counted from what cannot be later: the noticing, else the opening of the incident."""
    if duty.start.startswith("duty:"):
        other = duty.start.removeprefix("duty:")
        filing = case.incident.duty(other).filing
        called: Argument = case.playbook.duties[other][1].title if other in case.playbook.duties else other
        if filing is None or filing.at.at is None:
            return Start(None, (say("Starts when “{duty}” is met.", duty=called),))
        return Start(filing.at.at, (say("“{duty}” was met {at}.", duty=called, at=instant(case.zoned(filing.at.at))),))
    claim = case.current(duty.start)
    value = claim.value if claim else None
    fact = title(case, duty.start)
    wrong = isinstance(value, Moment) and value.at is not None and in_future(case, value.at)
    if isinstance(value, Moment) and value.at is not None and not (wrong and duty.start == "known_at"):
        at = case.zoned(value.at)
        day = instant(at)
        if value.precision == "date":
            line = say("“{fact}” is known by its day only: counted from its beginning, {at}.", fact=fact, at=day)
        elif value.precision == "about":
            line = say("“{fact}” is about {at}.", fact=fact, at=day)
        else:
            line = say("“{fact}” is {at}.", fact=fact, at=day)
        return Start(value.at, (line,))
    missing = say("“{fact}” is not recorded.", fact=fact)
    if isinstance(value, Moment):
        recorded = moment_words(value, case.zone)
        missing = (
            say("“{fact}” is recorded as {at}, which lies in the future.", fact=fact, at=recorded)
            if wrong
            else say("“{fact}” is recorded without a time.", fact=fact)
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
