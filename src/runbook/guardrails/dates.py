"""The days a text names, in Japanese and English. G19: dates with a weekday, and whether that day was one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import NamedTuple

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import spot
from runbook.speech import Bilingual
from runbook.wording import en, ja

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?:,? (?P<year>1[89]\d\d|2\d{3})(?![\d,:]))?"
_DATES_EN = tuple(
    re.compile(pattern)
    for pattern in (rf"(?:the )?{_DAY}(?: day)?(?: of)? {_MONTH}{_YEAR}", rf"{_MONTH} (?:the )?{_DAY}{_YEAR}")
)
_WEEKDAY_EN = re.compile(
    r"(?<![a-z])(?P<open>\(?)(?P<name>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?(?![a-z])\.?(?P<close>\)?),? ?"
)
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_WEEKDAY_JA = re.compile(
    r"\((?P<a>[月火水木金土日])(?:曜日?)?(?:[・、]?[祝祭休振][^()]{0,6})?\)|(?<=[日\d])(?P<b>[月火水木金土日])曜"
)
_DATE_JA = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|大正|明治)(?P<of>元|\d{1,2})|(?P<year>\d{4}))年)?(?:(?<!\d)(?P<month>\d{1,2})月)?(?<!\d)(?P<day>\d{1,2})日\Z"
    r"|(?<![\d/.\-])(?:(?P<y>\d{4})[/.\-])?(?P<m>\d{1,2})[/.\-](?P<d>\d{1,2})\Z"
)
_ERA_YEAR = re.compile(r"(?P<era>令和|平成|昭和|大正|明治)(?P<of>元|\d{1,2})年(?!度)")
_FOUR = re.compile(r"(?<![\d,.])(?:1[89]|2\d)\d\d(?=年(?!度)|[/.\-]\d{1,2}[/.\-]\d|(?P<bare>(?![\d年,:])))")
_MONTH_BEFORE = re.compile(
    r"(?<![a-z])(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*(?: \d{1,2}(?:st|nd|rd|th)?)?,? \Z"
)

_DAY_JA = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|大正|明治)(?P<of>元|\d{1,2})|(?P<year>\d{4}))年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)


class Day(NamedTuple):
    """A day as a text has it: from where to where, and which it is."""

    start: int
    end: int
    date: date


class _Dated(NamedTuple):
    """A date with a weekday as a text has it. `year` is None where it is not said."""

    at: int
    year: int | None
    month: int
    day: int
    weekday: int


def days_in(text: str, now: datetime | None) -> Iterator[Day]:
    """Every day in a canonical text. One without a year is the nearest to `now`, and none without a present."""
    for found in _DAY_JA.finditer(text) if "月" in text else ():
        year = _era(found["era"], found["of"]) if found["era"] else int(found["year"]) if found["year"] else None
        yield from _named_day(found, year, int(found["month"]), now)
    for pattern in _DATES_EN if any(month in text for month in _MONTHS) else ():
        for found in pattern.finditer(text):
            year = int(found["year"]) if found["year"] else None
            yield from _named_day(found, year, _MONTHS.index(found["month"][:3]) + 1, now)


def _named_day(found: re.Match[str], year: int | None, month: int, now: datetime | None) -> Iterator[Day]:
    if year is None and now is None:
        return
    years = (year,) if year is not None else tuple(now.year + by for by in (0, 1, -1)) if now else ()
    days = [day for one in years if (day := _calendar(one, month, int(found["day"])))]
    if days:
        nearest = min(days, key=lambda day: abs(day - now.date())) if now and year is None else days[0]
        yield Day(found.start(), found.end(), nearest)


def wrong_weekdays(page: Page, state: State) -> Iterator[Spot]:
    """Every date whose weekday is wrong.

    A year that is not said is the one now, the one that brings the day nearest to now, or the one last named before;
    without a present, the only one named in the text. A weekday is wrong if it is wrong in all of them.
    """
    found = sorted([*_japanese(page.text), *_english(page.text)])
    named = _named(page.text) if any(dated.year is None for dated in found) else []
    for dated in found:
        years = [dated.year] if dated.year is not None else _years(dated, named, state)
        days = [day for year in years if (day := _day(year, dated))]
        if all(day.weekday() != dated.weekday for day in days) and (days or dated.year is not None):
            yield spot(page, dated.at, _right(days[0]) if days else None)


def _right(day: date) -> Bilingual:
    return Bilingual(
        f"{ja.date_western(day)}は{ja.weekday(day)[1:-1]}曜日です。", f"{en.day(day)} is a {en.weekday(day)}."
    )


def _day(year: int, dated: _Dated) -> date | None:
    return _calendar(year, dated.month, dated.day)


def _calendar(year: int, month: int, day: int) -> date | None:
    """That day; None where there is none such."""
    with suppress(ValueError):
        return date(year, month, day)
    return None


def _years(dated: _Dated, named: list[tuple[int, int]], state: State) -> list[int]:
    """The years that a date without one may lie in, the likeliest first."""
    if state.now is None:
        years = {year for _, year in named}
        return sorted(years) if len(years) == 1 else []
    now = state.now.date()
    around = [(abs(day - now), day.year) for y in (-1, 0, 1) if (day := _day(now.year + y, dated))]
    before = [year for at, year in named if at <= dated.at][-1:]
    return list(dict.fromkeys([*before, now.year, *(year for _, year in sorted(around)[:1])]))


def _named(text: str) -> list[tuple[int, int]]:
    """The calendar years named in a text and where; a fiscal year (年度) is none."""
    years = [
        (found.start(), int(found[0]))
        for found in _FOUR.finditer(text)
        if found["bare"] is None or _MONTH_BEFORE.search(text[max(0, found.start() - 20) : found.start()])
    ]
    if any(era in text for era in _ERAS):
        years += [(found.start(), _era(found["era"], found["of"])) for found in _ERA_YEAR.finditer(text)]
    return sorted(years)


def _era(era: str, year: str) -> int:
    return _ERAS[era] + (1 if year == "元" else int(year))


def _japanese(text: str) -> Iterator[_Dated]:
    month: int | None = None
    year: int | None = None
    last = 0
    for weekday in _WEEKDAY_JA.finditer(text):
        head = text[max(0, weekday.start() - 16) : weekday.start()]
        written = _DATE_JA.search(head)
        if not written:
            continue
        # 6月22日(水)から23日(木): the second takes its month and year from the first, within one sentence.
        if any(mark in text[last : weekday.start()] for mark in "。\n"):
            month = year = None
        last = weekday.end()
        if written["month"] or written["m"]:
            month = int(written["month"] or written["m"])
            said = written["year"] or written["y"]
            year = _era(written["era"], written["of"]) if written["era"] else int(said) if said else None
        if month is not None:
            day = int(written["day"] or written["d"])
            at = weekday.start() - len(head) + written.start()
            yield _Dated(at, year, month, day, "月火水木金土日".index(weekday["a"] or weekday["b"]))


def _english(text: str) -> Iterator[_Dated]:
    if not any(
        name in text for name in ("day", *(f"({name}" for name in _WEEKDAYS_EN), *(f"{n} " for n in _WEEKDAYS_EN))
    ):
        return
    for weekday in _WEEKDAY_EN.finditer(text):
        name = _WEEKDAYS_EN.index(weekday["name"])
        if dated := _after(text, weekday, name) or _before(text, weekday, name):
            yield dated


def _after(text: str, weekday: re.Match[str], name: int) -> _Dated | None:
    """Thursday 23 June 2022, Thursday, June 23."""
    for pattern in _DATES_EN:
        if not weekday["open"] and (found := pattern.match(text, weekday.end(), weekday.end() + 40)):
            return _dated(found, weekday.start(), name)
    return None


def _before(text: str, weekday: re.Match[str], name: int) -> _Dated | None:
    """23 June 2022 (Thu), June 23 (Thursday), 2022-06-23 (Thu)."""
    if not (weekday["open"] and weekday["close"]):
        return None
    head = text[max(0, weekday.start() - 32) : weekday.start()].rstrip()
    for pattern in _DATES_EN:
        for found in pattern.finditer(head):
            if found.end() == len(head):
                return _dated(found, weekday.start() - 1, name)
    if written := re.search(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)\Z", head):
        return _Dated(weekday.start(), int(written[1]), int(written[2]), int(written[3]), name)
    return None


def _dated(found: re.Match[str], at: int, name: int) -> _Dated:
    year = int(found["year"]) if found["year"] else None
    return _Dated(at, year, _MONTHS.index(found["month"][:3]) + 1, int(found["day"]), name)


CHECKS: dict[str, Check] = {"G19": wrong_weekdays}
