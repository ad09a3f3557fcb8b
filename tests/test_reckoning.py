"""From a rule and an instant to a date: the reckoning that every legal clock rests on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.duties.closed import closed, next_open
from runbook.duties.reckoning import Reckoned, counted_in, dated, elsewhere, instant, reckon, spoken
from runbook.moment import between
from runbook.regime import BusinessDays, Days, DaysAfter, DaysAfterYearEnd, Hours, Rule, TargetDays, WithoutDelay
from runbook.speech import Bilingual, speaker

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SANTIAGO = ZoneInfo("America/Santiago")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")
HONOLULU = ZoneInfo("Pacific/Honolulu")
FINAL_30, FINAL_60 = Days(30, rolls=True), Days(60, rolls=True)


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def wall(moment: datetime | None) -> str:
    """Day and time as a clock on the wall there shows them, with its distance from UTC."""
    assert moment is not None
    return moment.isoformat(timespec="minutes")


def last_day(rule: Rule, start: datetime, zone: ZoneInfo = TOKYO, calendar: str = "JP") -> str:
    """The day on which it falls due; that it is the day's end is checked on the way."""
    due = reckon(rule, start, zone, calendar).due_at
    assert due is not None
    assert (due.strftime("%H:%M:%S"), due.tzinfo) == ("23:59:59", zone)
    return due.date().isoformat()


def told(reckoned: Reckoned, language: str = "en") -> str:
    return "\n".join(map(speaker("ja" if language == "ja" else "en"), reckoned.lines))


# Closed days


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-20", None),
        ("2026-11-21", "Saturday"),
        ("2026-11-22", "Sunday"),
        ("2026-11-23", "a national holiday"),  # 勤労感謝の日
        ("2026-12-28", None),
        ("2026-12-29", "year end, 29 December to 3 January"),
        ("2026-12-31", "year end, 29 December to 3 January"),
        ("2027-01-01", "year end, 29 December to 3 January"),
        ("2028-01-03", "year end, 29 December to 3 January"),
        ("2027-01-04", None),
        ("2026-04-29", "a national holiday"),
        ("2026-04-30", None),
        ("2026-05-06", "a national holiday"),  # a substitute for Sunday the 3rd, behind two other holidays
        ("2026-05-07", None),
        ("2025-02-24", "a national holiday"),  # the Monday after a holiday on Sunday
        ("2026-09-22", "a national holiday"),  # a day between two holidays
        ("2019-05-01", "a national holiday"),  # the accession, that one year only
        ("2026-05-01", None),
    ],
)
def test_an_office_in_japan_is_closed_on_weekends_holidays_and_around_new_year(day: str, why: str | None) -> None:
    found = closed(date.fromisoformat(day), "JP")
    assert (found.en if found else None) == why


def test_a_closed_day_says_which_holiday_it_is() -> None:
    assert closed(date(2026, 11, 23), "JP") == Bilingual("祝日（勤労感謝の日）", "a national holiday")
    assert closed(date(2026, 10, 3), "DE") == Bilingual("土曜日", "Saturday"), "a holiday on a weekend"


@pytest.mark.parametrize("language", ["C", "de_DE.UTF-8", "C.UTF-8", "pt_BR.UTF-8"])
def test_a_holiday_is_named_alike_on_every_machine(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", language)
    for calendar in ("DE", "BR", "US"):
        why = Bilingual("休日（Christmas Day）", "a public holiday (Christmas Day)")
        assert closed(date(2026, 12, 25), calendar) == why


def test_other_countries_have_their_own_holidays_and_none_has_only_weekends() -> None:
    thanksgiving, new_year = date(2026, 11, 26), date(2027, 1, 1)
    assert [bool(closed(thanksgiving, calendar)) for calendar in ("US", "JP", "")] == [True, False, False]
    assert [bool(closed(new_year, calendar)) for calendar in ("US", "BR", "")] == [True, True, False]
    assert closed(date(2026, 7, 3), "US"), "the 4th of July 2026 is a Saturday and kept on Friday"
    assert closed(date(2026, 11, 21), "")


@pytest.mark.parametrize(
    ("day", "open_day"),
    [
        ("2026-12-20", "2026-12-21"),
        ("2026-12-30", "2027-01-04"),
        ("2026-05-02", "2026-05-07"),  # Saturday, Sunday, three holidays and a substitute
        ("2026-09-19", "2026-09-24"),
        ("2026-11-20", "2026-11-20"),
    ],
)
def test_closures_are_chained(day: str, open_day: str) -> None:
    assert next_open(date.fromisoformat(day), "JP") == date.fromisoformat(open_day)


# Japan: the day of knowing is day 1


@pytest.mark.parametrize(
    ("known", "day_3", "day_5", "day_30", "day_60"),
    [
        ("2026-11-21", "2026-11-23", "2026-11-25", "2026-12-21", "2027-01-19"),
        ("2026-12-04", "2026-12-06", "2026-12-08", "2027-01-04", "2027-02-01"),
        ("2026-12-01", "2026-12-03", "2026-12-05", "2027-01-04", "2027-01-29"),
        ("2022-06-22", "2022-06-24", "2022-06-26", "2022-07-21", "2022-08-22"),  # day 60 is Saturday 20 August
        ("2026-04-03", "2026-04-05", "2026-04-07", "2026-05-07", "2026-06-01"),  # day 30 in the golden week
        ("2026-04-02", "2026-04-04", "2026-04-06", "2026-05-01", "2026-06-01"),  # day 60 is Sunday 31 May
        ("2026-08-21", "2026-08-23", "2026-08-25", "2026-09-24", "2026-10-19"),  # five closed days in September
        ("2025-01-25", "2025-01-27", "2025-01-29", "2025-02-25", "2025-03-25"),  # Sunday's holiday moves to Monday
        ("2024-01-31", "2024-02-02", "2024-02-04", "2024-02-29", "2024-04-01"),  # a leap day; day 60 a Saturday
        ("2023-01-31", "2023-02-02", "2023-02-04", "2023-03-01", "2023-03-31"),  # none in 2023
        ("2026-10-31", "2026-11-02", "2026-11-04", "2026-11-30", "2027-01-04"),  # day 60 is 29 December: closed
        ("2026-11-29", "2026-12-01", "2026-12-03", "2026-12-28", "2027-01-27"),  # 28 December is open
    ],
)
def test_reports_in_japan(known: str, day_3: str, day_5: str, day_30: str, day_60: str) -> None:
    for time in ("00:00", "10:00", "23:59"):
        start = at(f"{known}T{time}")
        prelim = reckon(TargetDays(3, 5), start, TOKYO, "JP")
        assert prelim.earliest == at(f"{day_3}T23:59:59")
        assert prelim.due_at == at(f"{day_5}T23:59:59")
        assert last_day(FINAL_30, start) == day_30
        assert last_day(FINAL_60, start) == day_60


def test_one_minute_decides_which_day_is_day_1() -> None:
    before, after = at("2026-11-21T23:59"), at("2026-11-22T00:00")
    assert last_day(TargetDays(3, 5), before) == "2026-11-25"
    assert last_day(TargetDays(3, 5), after) == "2026-11-26"
    assert last_day(FINAL_60, before) == "2027-01-19"
    assert last_day(FINAL_60, after) == "2027-01-20"


def test_only_a_rule_that_rolls_leaves_a_closed_day() -> None:
    start = at("2026-11-21T10:00")
    assert last_day(Days(30), start) == "2026-12-20"
    assert last_day(Days(30, rolls=True), start) == "2026-12-21"
    assert last_day(Days(30, rolls=True), start, calendar="") == "2026-12-21"
    assert last_day(TargetDays(1, 2), start) == "2026-11-22"


def test_a_rolled_day_says_every_closed_day_it_passed() -> None:
    told_en = told(reckon(FINAL_30, at("2026-12-01T10:00"), TOKYO, "JP"))
    assert told_en.splitlines() == [
        "Tue 2026-12-01 is day 1; day 30 is Wed 2026-12-30. Closed days on the way are counted.",
        "Wed 2026-12-30 is closed (year end, 29 December to 3 January): the next day.",
        "Thu 2026-12-31 is closed (year end, 29 December to 3 January): the next day.",
        "Fri 2027-01-01 is closed (year end, 29 December to 3 January): the next day.",
        "Sat 2027-01-02 is closed (Saturday): the next day.",
        "Sun 2027-01-03 is closed (Sunday): the next day.",
        "The next open day is Mon 2027-01-04.",
    ]
    assert "Thu 2022-07-21 is an open day: not moved." in told(reckon(FINAL_30, at("2022-06-22T15:45"), TOKYO, "JP"))


def test_a_target_says_that_it_is_no_statutory_number_of_days() -> None:
    prelim = reckon(TargetDays(3, 5), at("2026-11-21T10:00"), TOKYO, "JP")
    assert prelim.target
    assert "not a statute's day count" in told(prelim)
    assert not reckon(FINAL_30, at("2026-11-21T10:00"), TOKYO, "JP").target


# Hours


@pytest.mark.parametrize(
    ("start", "zone", "hours", "due"),
    [
        ("2026-11-20T17:40", BERLIN, 72, "2026-11-23T17:40+01:00"),  # over a weekend
        ("2026-03-27T17:40", BERLIN, 72, "2026-03-30T18:40+02:00"),  # clocks go forward on Sunday
        ("2026-10-23T17:40", BERLIN, 72, "2026-10-26T16:40+01:00"),  # and back
        ("2026-03-06T12:00", NEW_YORK, 72, "2026-03-09T13:00-04:00"),
        ("2026-10-30T12:00", NEW_YORK, 72, "2026-11-02T11:00-05:00"),
        ("2026-12-31T23:30", BERLIN, 1, "2027-01-01T00:30+01:00"),
        ("2028-02-28T12:00", BERLIN, 24, "2028-02-29T12:00+01:00"),
        ("2026-05-01T18:00", TOKYO, 72, "2026-05-04T18:00+09:00"),  # a holiday moves nothing
        ("2026-10-25T02:30", BERLIN, 1, "2026-10-25T02:30+01:00"),  # the same hour once more
    ],
)
def test_hours_are_real_hours(start: str, zone: ZoneInfo, hours: int, due: str) -> None:
    found = reckon(Hours(hours), at(start, zone), zone, "JP")
    assert wall(found.due_at) == due
    assert not found.target


def test_hours_that_start_in_the_second_of_two_equal_hours() -> None:
    second = at("2026-10-25T02:30", BERLIN).replace(fold=1)
    assert wall(reckon(Hours(24), second, BERLIN).due_at) == "2026-10-26T02:30+01:00"
    assert wall(reckon(Hours(24), second.replace(fold=0), BERLIN).due_at) == "2026-10-26T01:30+01:00"


# Days elsewhere


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        (DaysAfter(3), "2026-12-31T09:00", "2027-01-03"),  # a Sunday, and it stays
        (DaysAfter(30), "2024-01-30T09:00", "2024-02-29"),
        (DaysAfter(60), "2026-11-21T09:00", "2027-01-20"),
        (Days(30), "2026-11-21T09:00", "2026-12-20"),
        (DaysAfterYearEnd(60), "2026-11-21T09:00", "2027-03-01"),
        (DaysAfterYearEnd(60), "2026-12-31T23:59", "2027-03-01"),
        (DaysAfterYearEnd(60), "2027-01-01T00:00", "2028-02-29"),  # sixty days into a leap year
        (DaysAfterYearEnd(60), "2024-02-29T00:00", "2025-03-01"),
    ],
)
def test_days_that_are_never_moved(rule: Rule, start: str, due: str) -> None:
    assert last_day(rule, at(start, NEW_YORK), NEW_YORK, "US") == due


@pytest.mark.parametrize(
    ("days", "start", "calendar", "due"),
    [
        (3, "2026-11-20", "BR", "2026-11-25"),  # from a holiday on a Friday
        (3, "2026-11-19", "BR", "2026-11-25"),
        (3, "2026-12-23", "BR", "2026-12-29"),
        (1, "2026-11-21", "BR", "2026-11-23"),
        (1, "2026-12-28", "JP", "2027-01-04"),
        (2, "2026-05-01", "JP", "2026-05-08"),
        (1, "2026-12-31", "", "2027-01-01"),
        (5, "2026-11-20", "", "2026-11-27"),
    ],
)
def test_business_days_begin_on_the_next_open_day(days: int, start: str, calendar: str, due: str) -> None:
    assert last_day(BusinessDays(days), at(f"{start}T15:00"), TOKYO, calendar) == due


def test_days_end_by_the_clock_of_the_place_also_where_clocks_change() -> None:
    assert wall(reckon(Days(2), at("2026-03-28T12:00", BERLIN), BERLIN).due_at) == "2026-03-29T23:59+02:00"
    assert wall(reckon(Days(2), at("2026-10-24T12:00", BERLIN), BERLIN).due_at) == "2026-10-25T23:59+01:00"
    assert wall(reckon(Days(3), at("2026-10-31T12:00", NEW_YORK), NEW_YORK).due_at) == "2026-11-02T23:59-05:00"


def test_a_day_whose_last_hour_comes_twice_ends_with_the_second() -> None:
    due = reckon(Days(2), at("2026-04-03T12:00", SANTIAGO), SANTIAGO).due_at
    assert wall(due) == "2026-04-04T23:59-04:00"
    assert due is not None
    assert due.astimezone(UTC) == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


# Where the incident's day is not the regime's


@pytest.mark.parametrize(
    ("start", "own", "theirs", "due"),
    [
        ("2026-11-21T00:30", TOKYO, BERLIN, "2026-11-24"),  # still the 20th in Berlin
        ("2026-11-21T08:30", TOKYO, BERLIN, "2026-11-25"),
        ("2026-11-21T23:30", NEW_YORK, TOKYO, "2026-11-26"),  # already the 22nd in Tokyo
        ("2026-11-21T09:59", NEW_YORK, TOKYO, "2026-11-25"),
        ("2026-11-21T10:00", NEW_YORK, TOKYO, "2026-11-26"),
        ("2026-01-01T12:00", KIRITIMATI, HONOLULU, "2026-01-04"),  # a whole day apart: 31 December there
    ],
)
def test_the_days_are_those_of_the_laws_own_zone(start: str, own: ZoneInfo, theirs: ZoneInfo, due: str) -> None:
    assert last_day(TargetDays(3, 5), at(start, own), theirs) == due


def test_the_year_is_that_of_the_laws_own_zone() -> None:
    new_year_in_tokyo = at("2027-01-01T08:00")
    assert last_day(DaysAfterYearEnd(60), new_year_in_tokyo, NEW_YORK) == "2027-03-01"
    assert last_day(DaysAfterYearEnd(60), new_year_in_tokyo, TOKYO) == "2028-02-29"


def test_days_are_counted_by_the_law_and_real_time_by_the_clock_people_read() -> None:
    by_clock: list[Rule] = [Hours(72), WithoutDelay("24h")]
    assert all(counted_in(rule, BERLIN, TOKYO) is TOKYO for rule in by_clock)
    for rule in (FINAL_30, DaysAfter(3), TargetDays(3, 5), BusinessDays(3), DaysAfterYearEnd(60)):
        assert counted_in(rule, BERLIN, TOKYO) is BERLIN


def test_where_days_are_counted_elsewhere_it_is_said_what_the_clock_shows_there() -> None:
    start = at("2026-11-21T00:30")
    assert list(map(speaker("en"), elsewhere(start, BERLIN, TOKYO))) == [
        "The days are those of Europe/Berlin; there it was Fri 2026-11-20 16:30."
    ]
    assert elsewhere(start, ZoneInfo("Asia/Seoul"), TOKYO) == [], "the same hour is not worth a line"


# Without delay


def test_without_delay_there_is_no_date_but_an_aim_of_our_own() -> None:
    found = reckon(WithoutDelay("72h"), at("2026-11-20T17:40"), TOKYO, "JP")
    assert found.due_at is None
    assert found.target
    assert found.earliest is None
    assert wall(found.aim_at) == "2026-11-23T17:40+09:00"
    assert told(found).splitlines() == [
        "The law names no date: without delay.",
        "Our own internal target: 3 days from Fri 2026-11-20 17:40, Mon 2026-11-23 17:40.",
    ]
    assert "3日" in told(found, "ja")
    assert "30 minutes" in told(reckon(WithoutDelay("30min"), at("2026-11-20T17:40"), TOKYO))


def test_an_aim_is_a_real_length_of_time_too() -> None:
    assert wall(reckon(WithoutDelay("24h"), at("2026-03-28T12:00", BERLIN), BERLIN).aim_at) == "2026-03-29T13:00+02:00"


# The ends of the calendar, and words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (20, "20 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (180, "3 hours"),
        (1440, "24 hours"),
        (2160, "36 hours"),
        (4320, "3 days"),
    ],
)
def test_a_length_is_said_in_its_largest_whole_unit(minutes: int, words: str) -> None:
    assert str(spoken(timedelta(minutes=minutes))) == words


@pytest.mark.parametrize(
    "rule",
    [FINAL_30, TargetDays(3, 5), DaysAfter(3), BusinessDays(9), DaysAfterYearEnd(60), Hours(240), WithoutDelay("240h")],
)
def test_past_the_end_of_the_calendar_there_is_no_date(rule: Rule) -> None:
    with pytest.raises(OverflowError):
        reckon(rule, datetime(9999, 12, 30, 12, tzinfo=TOKYO), TOKYO, "JP")


def test_days_and_instants_carry_their_weekday() -> None:
    assert dated(date(2022, 7, 21)) == Bilingual("2022-07-21（木）", "Thu 2022-07-21")
    assert instant(at("2022-06-22T15:45")) == Bilingual("2022-06-22（水） 15:45", "Wed 2022-06-22 15:45")


# Properties

ZONES = (TOKYO, BERLIN, NEW_YORK, SANTIAGO, KIRITIMATI, HONOLULU, ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC"))
CALENDARS = ("", "JP", "BR", "DE", "US")
zones = st.sampled_from(ZONES)
calendars = st.sampled_from(CALENDARS)
numbers = st.integers(1, 120)
starts = st.datetimes(datetime(2005, 1, 1), datetime(2060, 1, 1), timezones=zones).map(
    lambda one: one.astimezone(UTC).replace(microsecond=0).astimezone(one.tzinfo)
)
targets = st.tuples(st.integers(1, 40), st.integers(0, 40)).map(lambda pair: TargetDays(pair[0], sum(pair)))
rules: st.SearchStrategy[Rule] = st.one_of(
    numbers.map(Hours),
    st.builds(Days, numbers, st.booleans()),
    numbers.map(DaysAfter),
    targets,
    st.integers(1, 25).map(BusinessDays),
    numbers.map(DaysAfterYearEnd),
    numbers.map(lambda hours: WithoutDelay(f"{hours}h")),
)


@given(rules, starts, zones, calendars)
def test_nothing_falls_due_before_it_starts(rule: Rule, start: datetime, zone: ZoneInfo, calendar: str) -> None:
    found = reckon(rule, start, zone, calendar)
    falls = found.due_at or found.aim_at
    assert falls is not None
    assert between(start, falls) >= timedelta()
    if found.earliest is not None:
        assert timedelta() <= between(start, found.earliest) <= between(start, falls)
    assert (found.due_at is None) == isinstance(rule, WithoutDelay)
    assert found.target == isinstance(rule, WithoutDelay | TargetDays)
    assert found.lines
    assert all(speaker("ja")(line) and speaker("en")(line) for line in found.lines)


@given(rules, starts, zones, zones, calendars)
def test_only_the_instant_counts_not_the_zone_it_was_written_in(
    rule: Rule, start: datetime, elsewhere: ZoneInfo, zone: ZoneInfo, calendar: str
) -> None:
    assert reckon(rule, start, zone, calendar) == reckon(rule, start.astimezone(elsewhere), zone, calendar)


@given(numbers, starts, zones)
def test_hours_and_aims_are_exact_in_real_time(hours: int, start: datetime, zone: ZoneInfo) -> None:
    due, aim = reckon(Hours(hours), start, zone).due_at, reckon(WithoutDelay(f"{hours}h"), start, zone).aim_at
    assert due is not None
    assert between(start, due) == timedelta(hours=hours)
    assert aim is not None
    assert between(start, aim) == timedelta(hours=hours)


@given(numbers, starts, zones, calendars)
def test_a_rolled_day_is_open_and_passed_no_open_day(days: int, start: datetime, zone: ZoneInfo, calendar: str) -> None:
    due = reckon(Days(days, rolls=True), start, zone, calendar).due_at
    plain = reckon(Days(days), start, zone, calendar).due_at
    assert due is not None
    assert plain is not None
    assert not closed(due.date(), calendar)
    assert plain.date() == start.astimezone(zone).date() + timedelta(days=days - 1)
    passed = [plain.date() + timedelta(days=n) for n in range((due.date() - plain.date()).days)]
    assert all(closed(day, calendar) for day in passed)


@given(targets, starts, zones, calendars)
def test_targets_never_move(rule: TargetDays, start: datetime, zone: ZoneInfo, calendar: str) -> None:
    found, day_1 = reckon(rule, start, zone, calendar), start.astimezone(zone).date()
    assert found.due_at is not None
    assert found.earliest is not None
    assert found.due_at.date() == day_1 + timedelta(days=rule.last - 1)
    assert found.earliest.date() == day_1 + timedelta(days=rule.first - 1)


@given(st.integers(1, 25), starts, zones, calendars)
def test_business_days_are_counted_on_open_days(days: int, start: datetime, zone: ZoneInfo, calendar: str) -> None:
    due, day = reckon(BusinessDays(days), start, zone, calendar).due_at, start.astimezone(zone).date()
    assert due is not None
    assert not closed(due.date(), calendar)
    after = (day + timedelta(days=n) for n in range(1, (due.date() - day).days + 1))
    assert sum(not closed(one, calendar) for one in after) == days


@given(st.one_of(numbers.map(Days), numbers.map(DaysAfter), targets), starts, zones)
def test_a_day_ends_one_second_before_the_next(rule: Rule, start: datetime, zone: ZoneInfo) -> None:
    due = reckon(rule, start, zone).due_at
    assert due is not None
    next_second = (due.astimezone(UTC) + timedelta(seconds=1)).astimezone(zone)
    assert next_second.date() == due.date() + timedelta(days=1)


@given(st.integers(1, 119), starts, zones, calendars)
def test_one_day_more_is_never_sooner(days: int, start: datetime, zone: ZoneInfo, calendar: str) -> None:
    for rule in (Days, DaysAfter, BusinessDays, Hours, lambda n: Days(n, rolls=True)):
        sooner, later = (reckon(rule(n), start, zone, calendar).due_at for n in (days, days + 1))
        assert sooner is not None
        assert later is not None
        assert between(sooner, later) >= timedelta()
