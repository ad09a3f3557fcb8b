"""Times as people type them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.moment import Moment, read_coming, read_moment, read_planned

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2022, 6, 23, 0, 30, tzinfo=TOKYO)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=TOKYO)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("23:50", Moment(at(2022, 6, 22, 23, 50))),
        ("00:30", Moment(at(2022, 6, 23, 0, 30))),
        ("00:31", Moment(at(2022, 6, 22, 0, 31))),
        ("15：45", Moment(at(2022, 6, 22, 15, 45))),
        ("~15:45", Moment(at(2022, 6, 22, 15, 45), "about")),
        ("15:45頃", Moment(at(2022, 6, 22, 15, 45), "about")),
        ("about 15:45", Moment(at(2022, 6, 22, 15, 45), "about")),
        ("15:45くらい", Moment(at(2022, 6, 22, 15, 45), "about")),
        ("およそ15時", Moment(at(2022, 6, 22, 15, 0), "about")),
        ("about now", Moment(at(2022, 6, 23, 0, 30), "about")),
        ("about unknown", Moment(None, "unknown")),
        ("06-21 17:00", Moment(at(2022, 6, 21, 17, 0))),
        ("12-31", Moment(at(2021, 12, 31), "date")),
        ("2022-06-22", Moment(at(2022, 6, 22), "date")),
        ("2022-06-22頃", Moment(at(2022, 6, 22), "date")),
        ("2022-06-22T15:45", Moment(at(2022, 6, 22, 15, 45))),
        ("2022-06-22 15:45", Moment(at(2022, 6, 22, 15, 45))),
        ("2022-06-22T06:45:00+00:00", Moment(at(2022, 6, 22, 15, 45))),
        ("unknown", Moment(None, "unknown")),
        ("不明", Moment(None, "unknown")),
        ("10時8分頃", Moment(at(2022, 6, 22, 10, 8), "about")),
        ("15時45分", Moment(at(2022, 6, 22, 15, 45))),
        ("午後3時", Moment(at(2022, 6, 22, 15, 0))),
        ("午後３時半ごろ", Moment(at(2022, 6, 22, 15, 30), "about")),
        ("午前0時", Moment(at(2022, 6, 23, 0, 0))),
        ("正午", Moment(at(2022, 6, 22, 12, 0))),
        ("6月22日午後3時45分", Moment(at(2022, 6, 22, 15, 45))),
        ("6月22日", Moment(at(2022, 6, 22), "date")),
        ("2022年6月22日 15:45", Moment(at(2022, 6, 22, 15, 45))),
        ("2022/6/22 15時", Moment(at(2022, 6, 22, 15, 0))),
        ("6/24 17:00", Moment(at(2022, 6, 24, 17, 0))),
    ],
)
def test_what_people_type(typed: str, moment: Moment):
    assert read_moment(typed, NOW, TOKYO) == moment


@pytest.mark.parametrize("typed", ["now", "Now", "今", "いま"])
def test_now_is_this_minute(typed: str):
    assert read_moment(typed, NOW + timedelta(seconds=42), TOKYO) == Moment(NOW)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "25:00",
        "2022-02-30",
        "2022-06",
        "午後15時",
        "25時",
        "02-30",
        "15:45:99",
        "~",
        "頃",
        "~" * 3_000 + "15:45",
        "15:45" + "頃" * 3_000,
        "1545",
        "２０２２",
    ],
)
def test_what_is_no_time_is_refused_with_a_hint(typed: str):
    with pytest.raises(BadContent) as refused:
        read_moment(typed, NOW, TOKYO)
    assert refused.value.hint


def test_a_local_time_the_clocks_skipped_is_refused():
    berlin = ZoneInfo("Europe/Berlin")
    with pytest.raises(BadContent):
        read_moment("2026-03-29T02:30", datetime(2026, 4, 1, tzinfo=berlin), berlin)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)), st.sampled_from(["exact", "about"]))
def test_what_is_shown_reads_back_as_the_same_moment(naive: datetime, precision: str):
    moment = Moment(naive.replace(microsecond=0, tzinfo=TOKYO), precision)  # type: ignore[arg-type]
    assert read_moment(moment.typed(TOKYO), NOW, TOKYO) == moment


@given(st.times(), st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)))
def test_an_hour_alone_is_the_latest_that_is_not_in_the_future(hour, naive: datetime):
    now = naive.replace(tzinfo=TOKYO)
    read = read_moment(f"{hour:%H:%M}", now, TOKYO).at
    assert read is not None
    assert now - timedelta(days=1) < read <= now


@pytest.mark.parametrize(
    ("typed", "coming"),
    [
        ("08:30", at(2022, 6, 23, 8, 30)),
        ("00:30", at(2022, 6, 24, 0, 30)),
        ("午後3時半", at(2022, 6, 23, 15, 30)),
        ("06-24 09:00", at(2022, 6, 24, 9)),
        ("2022-06-23T08:30", at(2022, 6, 23, 8, 30)),
    ],
)
def test_an_hour_to_go_on_to_is_the_next_one(typed: str, coming: datetime):
    assert read_coming(typed, NOW, TOKYO) == coming


@pytest.mark.parametrize("typed", ["2022-06-23", "unknown", "~08:30", "tomorrow"])
def test_what_is_no_hour_to_go_on_to_is_refused(typed: str):
    with pytest.raises(BadContent):
        read_coming(typed, NOW, TOKYO)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11:00", "2022-06-23T11:00"),  # the conference of today
        ("08:00", "2022-06-23T08:00"),  # half an hour ago: still today's
        ("05:30", "2022-06-24T05:30"),
        ("~11:00", "~2022-06-23T11:00"),
        ("16時", "2022-06-23T16:00"),
        ("06-22 11:00", "2022-06-22T11:00"),  # a day that is named is that day
    ],
)
def test_an_hour_of_something_planned_is_the_next_one(typed: str, meant: str):
    now = datetime(2022, 6, 23, 8, 33, tzinfo=ZoneInfo("Asia/Tokyo"))
    zone = ZoneInfo("Asia/Tokyo")
    assert read_planned(typed, now, zone) == read_moment(meant, now, zone)
