"""English: day before month, the 24-hour clock throughout (it cannot be misread at noon and midnight), short
lengths."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from runbook.moment import Moment
from runbook.wording.units import Unit, parts

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNITS: dict[Unit, tuple[str, str]] = {
    "persons": ("person", "people"),
    "records": ("record", "records"),
    "households": ("household", "households"),
}


def day(day: date) -> str:
    """23 June 2022."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_day(day: date) -> str:
    """23 June: a date whose year is plain from what stands around it."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def weekday(day: date) -> str:
    """Thursday."""
    return _WEEKDAYS[day.weekday()]


def time_of_day(clock: time) -> str:
    """15:45, 00:00; seconds dropped."""
    return f"{clock:%H:%M}"


def moment(moment: Moment, zone: ZoneInfo) -> str:
    """about 15:45 on 22 June 2022: a moment in its incident's zone, with no more precision than it has."""
    if moment.at is None:
        return "unknown"
    local = moment.at.astimezone(zone)
    if moment.precision == "date":
        return f"{day(local.date())} (time unknown)"
    about = "about " if moment.precision == "about" else ""
    return f"{about}{time_of_day(local.time())} on {day(local.date())}"


def number(n: int) -> str:
    """460,517."""
    return f"{n:,}"


def count(n: int, unit: Unit) -> str:
    """460,517 people."""
    one, many = _UNITS[unit]
    return f"{number(n)} {one if n == 1 else many}"


def duration(length: timedelta) -> str:
    """12 h 45 min, 32 h, 3 d 14 h (from 48 hours on), under 1 min."""
    days, hours, minutes = parts(length)
    named = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{n} {name}" for n, name in named if n) or "under 1 min"


def remaining(left: timedelta) -> str:
    """3 d 14 h left; 2 h 5 min overdue where the time is past."""
    return f"{duration(left)} {'overdue' if left < timedelta() else 'left'}"
