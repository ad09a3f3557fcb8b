"""How things are said: dates, times, numbers and lengths of time in each language, and untrusted text made safe to
show.

`ja` and `en` are plain modules with the same functions; `words(language)` gives the one wanted. Nothing here reads a
file or a clock.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from runbook.moment import Moment
from runbook.speech import Language
from runbook.wording import en, ja
from runbook.wording.units import Unit


class Words(Protocol):
    """What every language can say."""

    def day(self, day: date, /) -> str: ...
    def month_day(self, day: date, /) -> str: ...
    def weekday(self, day: date, /) -> str: ...
    def time_of_day(self, clock: time, /) -> str: ...
    def moment(self, moment: Moment, zone: ZoneInfo, /) -> str: ...
    def number(self, n: int, /) -> str: ...
    def count(self, n: int, unit: Unit, /) -> str: ...
    def duration(self, length: timedelta, /) -> str: ...
    def remaining(self, left: timedelta, /) -> str: ...


def words(language: Language) -> Words:
    """The wording of `language`."""
    return ja if language == "ja" else en
