"""English dates, times, numbers and lengths of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from runbook.moment import UNKNOWN, Moment
from runbook.wording import en, words

TOKYO = ZoneInfo("Asia/Tokyo")


def test_dates_and_weekdays() -> None:
    assert en.day(date(2022, 6, 23)) == "23 June 2022"
    assert en.day(date(1989, 1, 7)) == "7 January 1989"
    assert en.weekday(date(2022, 6, 23)) == "Thursday"
    assert en.weekday(date(2022, 6, 26)) == "Sunday"
    assert [en.day(date(2022, month, 1)).split()[1] for month in (4, 12)] == ["April", "December"]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (Moment(datetime(2022, 6, 22, 6, 45, tzinfo=UTC)), "15:45 on 22 June 2022"),
        (Moment(datetime(2022, 6, 22, 6, 45, tzinfo=UTC), "about"), "about 15:45 on 22 June 2022"),
        (Moment(datetime(2022, 6, 22, 15, 0, tzinfo=UTC)), "00:00 on 23 June 2022"),
        (Moment(datetime(2022, 6, 22, tzinfo=TOKYO), "date"), "22 June 2022 (time unknown)"),
        (UNKNOWN, "unknown"),
    ],
)
def test_a_moment_has_its_zone_and_no_more_precision_than_it_has(moment: Moment, said: str) -> None:
    assert en.moment(moment, TOKYO) == said


def test_the_clock_has_24_hours() -> None:
    assert [en.time_of_day(time(*clock)) for clock in ((0, 0), (9, 5), (12, 0), (15, 45, 59))] == [
        *("00:00", "09:05", "12:00", "15:45")
    ]


@pytest.mark.parametrize(
    ("n", "unit", "said"),
    [
        (460_517, "persons", "460,517 people"),
        (360_573, "records", "360,573 records"),
        (74_767, "households", "74,767 households"),
        (1, "persons", "1 person"),
        (1, "records", "1 record"),
        (0, "households", "0 households"),
    ],
)
def test_counts(n: int, unit, said: str) -> None:
    assert en.count(n, unit) == said


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=11), "11 h"),
        (timedelta(hours=12, minutes=45), "12 h 45 min"),
        (timedelta(hours=32), "32 h"),
        (timedelta(days=3, hours=14, minutes=59), "3 d 14 h"),
        (timedelta(seconds=30), "under 1 min"),
    ],
)
def test_lengths_of_time(length: timedelta, said: str) -> None:
    assert en.duration(length) == said
    assert en.remaining(length) == f"{said} left"
    assert en.remaining(-length) == f"{said} overdue"


def test_both_languages_are_asked_in_the_same_way() -> None:
    ja_words, en_words = words("ja"), words("en")
    assert (ja_words.day(date(2022, 6, 23)), en_words.day(date(2022, 6, 23))) == ("令和4年6月23日", "23 June 2022")
    assert (ja_words.count(3, "records"), en_words.count(3, "records")) == ("3件", "3 records")
    assert (ja_words.remaining(timedelta(hours=5)), en_words.remaining(timedelta(hours=5))) == ("あと5時間", "5 h left")


def test_a_date_without_its_year() -> None:
    assert en.month_day(date(2022, 6, 23)) == "23 June"
