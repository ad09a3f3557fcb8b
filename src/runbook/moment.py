"""When something happened, and how precisely anyone knows it.

A `Moment` is a value people can type, print and compare; it never guesses. Times are aware and in the zone of their
incident (rules: zone fixed per incident).
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

from runbook.errors import BadContent
from runbook.speech import say

Precision: TypeAlias = Literal["exact", "about", "date", "unknown"]


class Moment(msgspec.Struct, frozen=True, tag="moment", tag_field="is"):
    """A time and its precision. `at` is None only for "unknown"; a date-only moment carries its day's midnight."""

    at: datetime | None
    precision: Precision = "exact"

    def typed(self, zone: ZoneInfo) -> str:
        """The text `read_moment` reads back to the same moment: ISO 8601, `~` before an approximate time."""
        if self.at is None:
            return "unknown"
        local = self.at.astimezone(zone)
        if self.precision == "date":
            return local.date().isoformat()
        return ("~" if self.precision == "about" else "") + local.isoformat(timespec="seconds")


UNKNOWN = Moment(None, "unknown")
_UNKNOWN_WORDS = frozenset({"unknown", "不明", "時刻不明"})
_NOW_WORDS = frozenset({"now", "今", "いま", "現在"})
# Compiled by `re` itself when a time is first read, and kept by it: most commands read none.
_ABOUT = (
    r"(?i)(?:[~〜～]|(?:about|approx\.?|approximately|around|roughly|perhaps) +|約|およそ|おおよそ|だいたい|おそらく) *(?P<a>.+)"
    r"|(?P<b>.+?) *(?:頃|ごろ|ころ|ほど|くらい|ぐらい|前後)"
)
_JA_HOUR = r"\s*(?P<half>午前|午後)?\s*(?P<h>\d{1,2})時(?P<m>半|(?P<n>\d{1,2})分)?"
_HOUR = r"^(\d{1,2}):(\d{2})$"
_MONTH_DAY = r"^(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$"


def between(start: datetime, end: datetime) -> timedelta:
    """The real time from `start` to `end`. Plain subtraction within one zone forgets that clocks were changed."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def after(start: datetime, length: timedelta) -> datetime:
    """The instant a real `length` of time after `start`, in `start`'s zone."""
    return (start.astimezone(UTC) + length).astimezone(start.tzinfo)


def about(typed: str) -> str:
    """What is said to be only about right, without the word that says so (15:45頃, 約46万); "" of any other text."""
    found = re.fullmatch(_ABOUT, half_width(typed).strip())
    return found["a"] or found["b"] if found else ""


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> Moment:
    """Read a time as people type it.

    ISO 8601 (with offset, or local to `zone`), `HH:MM` (the latest such instant not after `now`, so 23:50 typed at
    00:30 is yesterday), `MM-DD [HH:MM]` (in the year that brings it nearest to `now`: plans lie ahead), `~15:45`,
    `15:45頃`, `about 15:45`, a date alone, `now` (its minute), `unknown`. 6月22日午後3時45分 and 6/22 are read as well,
    and full-width digits and colons count as their half-width ones.

    Raises BadContent where it is none of these, or names a local time that does not exist (daylight saving).
    """
    typed = _typed(text)
    bare = about(typed) or typed
    if bare.lower() in _UNKNOWN_WORDS:
        return UNKNOWN
    local = now.astimezone(zone)
    try:
        moment = (
            Moment(local.replace(second=0, microsecond=0)) if bare.lower() in _NOW_WORDS else _read(bare, local, zone)
        )
    except (ValueError, OverflowError):  # the latter at the ends of the calendar
        raise BadContent(
            say("“{text}” is not a time.", text=text),
            say("Write 15:45, 06-22 15:45, 2022-06-22T15:45, ~15:45, a date alone, now, or unknown."),
        ) from None
    return Moment(moment.at, "about") if bare != typed and moment.precision == "exact" else moment


def read_coming(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a time to go on to: as `read_moment` does, but `HH:MM` is the next such instant after `now`.

    Raises BadContent where it is no time, or no hour is said.
    """
    moment = read_moment(text, now, zone)
    if moment.at is None or moment.precision != "exact":
        raise BadContent(
            say("“{text}” is not a time to go on to.", text=text), say("Write 08:30, or 2022-06-23T08:30.")
        )
    if re.match(_HOUR, _typed(text)):
        local = now.astimezone(zone)
        wanted = moment.at.astimezone(zone).time()
        day = local.date()
        while (at := _skipping(datetime.combine(day, wanted), zone)) is None or at <= now:
            day += timedelta(days=1)
        return at
    return moment.at


_STILL_TODAY = timedelta(hours=3)


def read_planned(text: str, now: datetime, zone: ZoneInfo) -> Moment:
    """Read the time of something that is planned: as `read_moment` does, but `HH:MM` is the next such instant after
    `now`, unless it was no more than three hours ago. Raises BadContent."""
    moment = read_moment(text, now, zone)
    typed = _typed(text)
    bare = about(typed) or typed
    if moment.at is None or not re.match(_HOUR, bare) or between(moment.at, now) <= _STILL_TODAY:
        return moment
    return Moment(read_coming(bare, now, zone), moment.precision)


def _skipping(naive: datetime, zone: ZoneInfo) -> datetime | None:
    """`naive` in `zone`; None for a time the clocks skipped."""
    with suppress(ValueError):
        return _local(naive, zone)
    return None


def _read(typed: str, now: datetime, zone: ZoneInfo) -> Moment:
    if hour := re.match(_HOUR, typed):
        wanted = time(int(hour[1]), int(hour[2]))
        day = now.date()
        if _local(datetime.combine(day, wanted), zone) > now:
            day -= timedelta(days=1)
        return Moment(_local(datetime.combine(day, wanted), zone))
    if short := re.match(_MONTH_DAY, typed):
        day = _nearest(int(short[1]), int(short[2]), now.date())
        if short[3] is None:
            return Moment(_local(datetime.combine(day, time()), zone), "date")
        return Moment(_local(datetime.combine(day, time(int(short[3]), int(short[4]))), zone))
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
        return Moment(_local(datetime.combine(date.fromisoformat(typed), time()), zone), "date")
    if not re.match(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", typed):
        raise ValueError(typed)
    whole = datetime.fromisoformat(typed)
    return Moment(_local(whole, zone) if whole.tzinfo is None else whole.astimezone(zone))


def _nearest(month: int, day: int, today: date) -> date:
    """The day of that name nearest to `today`; ValueError where no year around has one."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    return min(found, key=lambda one: abs(one - today))


def _typed(text: str) -> str:
    return _plain(half_width(text).strip())


def _plain(typed: str) -> str:
    """Japanese ways of writing days and hours, as numbers: 6月22日午後3時45分 → 06-22 15:45."""

    def hour(said: re.Match[str]) -> str:
        half_day, hours, minutes = said["half"], int(said["h"]), said["m"]
        if half_day and hours > 12:
            raise BadContent(
                say("“{text}” is not a time.", text=typed), say("After 午前 or 午後 the hour goes from 0 to 12.")
            )
        shift = 12 if half_day == "午後" and hours < 12 else 0
        return f" {hours + shift:02d}:{30 if minutes == '半' else int(said['n'] or 0):02d}"

    plain = re.sub(_JA_HOUR, hour, typed.replace("正午", "12:00"))
    plain = re.sub(r"(?:(\d{4})[年/])?(\d{1,2})[月/](\d{1,2})日?", _as_date, plain)
    return re.sub(r"\s+", " ", plain).strip()


def _as_date(said: re.Match[str]) -> str:
    year = f"{said[1]}-" if said[1] else ""
    return f"{year}{int(said[2]):02d}-{int(said[3]):02d}"


def _local(naive: datetime, zone: ZoneInfo) -> datetime:
    """`naive` in `zone`; ValueError for a time the clocks skipped. The earlier of two is meant when they repeat."""
    there = naive.replace(tzinfo=zone)
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive and naive.time() != time():
        raise ValueError(naive)
    return there


_HALF_WIDTH = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) != "～"} | {"\u3000": " "}
)


def half_width(text: str) -> str:
    """Full-width letters, digits and signs as their half-width ones. Nothing else is changed: ² is no 2."""
    return text.translate(_HALF_WIDTH)
