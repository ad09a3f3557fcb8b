"""From a rule and an instant to a date, line by line. Pure.

Days end at 23:59:59 in the regime's zone (rules.md 22); hours are real hours from the instant.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from runbook.conditions import read_length
from runbook.duties.closed import closed, next_open
from runbook.moment import after
from runbook.regime import (
    BusinessDays,
    Days,
    DaysAfter,
    DaysAfterYearEnd,
    Hours,
    Rule,
    TargetDays,
    WithoutDelay,
)
from runbook.speech import Bilingual, Message, say

_DAY_END = time(23, 59, 59)
_WEEKDAYS_JA = "月火水木金土日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Reckoned(msgspec.Struct, frozen=True):
    """What a rule gives. `due_at` is None where the law names no date; `aim_at` is our own target then."""

    due_at: datetime | None
    lines: tuple[Message, ...]
    earliest: datetime | None = None
    aim_at: datetime | None = None
    target: bool = False
    days: tuple[int, int] | None = None
    """Of a target that is a range of days: as which days of the count the first and the last are counted."""


def reckon(rule: Rule, start: datetime, zone: ZoneInfo, calendar: str = "") -> Reckoned:
    """When something is due by this rule that starts at `start`. Raises OverflowError past the calendar's end."""
    there = start.astimezone(zone)
    day = there.date()
    match rule:
        case Hours(hours):
            due = after(there, timedelta(hours=hours))
            line = say(
                "{hours} hours from {start}: {due}. Nights, weekends and holidays count.",
                hours=hours,
                start=instant(there),
                due=instant(due),
            )
            return Reckoned(due, (line,))
        case Days(days, rolls):
            last = day + timedelta(days=days - 1)
            lines = [_counted(day, days, last)]
            if rolls:
                last = _rolled(last, calendar, lines)
            return Reckoned(_end(last, zone), tuple(lines))
        case DaysAfter(days):
            last = day + timedelta(days=days)
            line = say(
                "{n} days after {start}, which is not counted: {due}.", n=days, start=dated(day), due=dated(last)
            )
            return Reckoned(_end(last, zone), (line,))
        case TargetDays(first, last_day):
            return _target(day, first, last_day, zone)
        case BusinessDays(days):
            last = day
            for _ in range(days):
                last = next_open(last + timedelta(days=1), calendar)
            line = say("{n} open days after {start}: {due}.", n=days, start=dated(day), due=dated(last))
            return Reckoned(_end(last, zone), (line,))
        case DaysAfterYearEnd(days):
            end = date(day.year, 12, 31)
            last = end + timedelta(days=days)
            line = say("{n} days after the end of the year, {start}: {due}.", n=days, start=dated(end), due=dated(last))
            return Reckoned(_end(last, zone), (line,))
        case WithoutDelay(aim):
            return _own_aim(there, read_length(aim))


def _target(day: date, first: int, last_day: int, zone: ZoneInfo) -> Reckoned:
    begin, last = day + timedelta(days=first - 1), day + timedelta(days=last_day - 1)
    line = say(
        "{start} is day 1; day {first} is {begin}, day {last} {due}. Closed days count, and nothing is moved.",
        start=dated(day),
        first=first,
        begin=dated(begin),
        last=last_day,
        due=dated(last),
    )
    aim = say("A target named by guidance, not a statute's day count; the law's word is promptly.")
    days = (first, last_day)
    return Reckoned(_end(last, zone), (line, aim), earliest=_end(begin, zone), target=True, days=days)


def _own_aim(start: datetime, length: timedelta) -> Reckoned:
    at = after(start, length)
    own = say(
        "Our own internal target: {length} from {start}, {due}.",
        length=spoken(length),
        start=instant(start),
        due=instant(at),
    )
    return Reckoned(None, (say("The law names no date: without delay."), own), aim_at=at, target=True)


def counted_in(rule: Rule, zone: ZoneInfo, here: ZoneInfo) -> ZoneInfo:
    """The zone a rule is counted in: the law's own where it counts days; for a length of real time, which no zone
    changes, the one people read their clocks in."""
    return here if isinstance(rule, Hours | WithoutDelay) else zone


def elsewhere(start: datetime, zone: ZoneInfo, here: ZoneInfo) -> list[Message]:
    """What the clock says where days are counted, if that is not what it says here."""
    there = start.astimezone(zone)
    if there.utcoffset() == start.astimezone(here).utcoffset():
        return []
    return [say("The days are those of {zone}; there it was {start}.", zone=zone.key, start=instant(there))]


def _rolled(last: date, calendar: str, lines: list[Message]) -> date:
    """The first open day from `last` on, with each closed one said."""
    why = closed(last, calendar)
    if why is None:
        lines.append(say("{day} is an open day: not moved.", day=dated(last)))
        return last
    while why is not None:
        lines.append(say("{day} is closed ({why}): the next day.", day=dated(last), why=why))
        last += timedelta(days=1)
        why = closed(last, calendar)
    lines.append(say("The next open day is {day}.", day=dated(last)))
    return last


def _counted(day: date, days: int, last: date) -> Message:
    return say(
        "{start} is day 1; day {n} is {due}. Closed days on the way are counted.",
        start=dated(day),
        n=days,
        due=dated(last),
    )


def _end(day: date, zone: ZoneInfo) -> datetime:
    """The last second of the day; of the two where clocks go back at midnight, as in Chile, the later one."""
    return datetime.combine(day, _DAY_END.replace(fold=1), zone)


def dated(day: date) -> Bilingual:
    """A day with its year and weekday, short: 2022-07-21（木）."""
    return Bilingual(f"{day}（{_WEEKDAYS_JA[day.weekday()]}）", f"{_WEEKDAYS_EN[day.weekday()]} {day}")


def ending(at: datetime) -> Bilingual:
    """When something is due: the day alone where it is the day's end."""
    return dated(at.date()) if at.time() == _DAY_END else instant(at)


def instant(at: datetime) -> Bilingual:
    """A day and its time: 2022-06-22（水） 15:45."""
    said = dated(at.date())
    return Bilingual(f"{said.ja} {at:%H:%M}", f"{said.en} {at:%H:%M}")


def spoken(length: timedelta) -> Message:
    """A whole length of time in its largest unit; one day is said as its 24 hours."""
    minutes = int(length.total_seconds()) // 60
    if minutes % 1440 == 0 and minutes > 1440:
        return say("{n} days", n=minutes // 1440)
    if minutes == 60:
        return say("1 hour")
    if minutes % 60 == 0:
        return say("{n} hours", n=minutes // 60)
    return say("{n} minutes", n=minutes)
