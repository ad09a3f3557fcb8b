"""Japanese dates, times, numbers, lengths of time, and the order of the fifty sounds."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.moment import UNKNOWN, Moment
from runbook.wording import ja

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2022-06-23", "令和4年6月23日"),
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1868-01-25", "明治元年1月25日"),
        ("2020-01-01", "令和2年1月1日"),
    ],
)
def test_dates_with_an_era(day: str, said: str) -> None:
    assert ja.date_era(date.fromisoformat(day)) == said
    assert ja.day(date.fromisoformat(day)) == said


@pytest.mark.parametrize("day", ["1868-01-24", "0001-01-01"])
def test_before_the_meiji_era_there_is_none(day: str) -> None:
    with pytest.raises(BadContent) as refused:
        ja.date_era(date.fromisoformat(day))
    assert day in str(refused.value)


def test_the_western_calendar_and_the_weekday() -> None:
    assert ja.date_western(date(2022, 6, 3)) == "2022年6月3日"
    assert [ja.weekday(date(2022, 6, 20) + timedelta(days=n)) for n in range(7)] == [
        *("（月）", "（火）", "（水）", "（木）", "（金）", "（土）", "（日）")
    ]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("00:00", "午前0時"),
        ("00:05", "午前0時5分"),
        ("09:00", "午前9時"),
        ("11:59", "午前11時59分"),
        ("12:00", "正午"),
        ("12:05", "午後0時5分"),
        ("15:45", "午後3時45分"),
        ("15:45:59", "午後3時45分"),
        ("23:00", "午後11時"),
    ],
)
def test_times_of_day(clock: str, said: str) -> None:
    assert ja.time_of_day(time.fromisoformat(clock)) == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (Moment(datetime(2022, 6, 22, 6, 45, tzinfo=UTC)), "令和4年6月22日午後3時45分"),
        (Moment(datetime(2022, 6, 22, 6, 45, tzinfo=UTC), "about"), "令和4年6月22日午後3時45分頃"),
        (Moment(datetime(2022, 6, 22, 15, 0, tzinfo=UTC)), "令和4年6月23日午前0時"),
        (Moment(datetime(2022, 6, 24, 3, 0, tzinfo=UTC), "about"), "令和4年6月24日正午頃"),
        (Moment(datetime(2022, 6, 22, tzinfo=TOKYO), "date"), "令和4年6月22日（時刻不明）"),
        (UNKNOWN, "不明"),
    ],
)
def test_a_moment_has_its_zone_and_no_more_precision_than_it_has(moment: Moment, said: str) -> None:
    assert ja.moment(moment, TOKYO) == said


def test_a_moment_in_the_western_calendar() -> None:
    assert ja.moment(Moment(datetime(1867, 1, 1, 9, tzinfo=UTC)), ZoneInfo("UTC"), era=False) == "1867年1月1日午前9時"


@pytest.mark.parametrize(
    ("n", "with_comma", "without"),
    [
        (0, "0", "0"),
        (7, "7", "7"),
        (9_999, "9,999", "9999"),
        (10_000, "1万", "1万"),
        (10_001, "1万1", "1万1"),
        (74_767, "7万4,767", "7万4767"),
        (460_517, "46万517", "46万517"),
        (99_999_999, "9,999万9,999", "9999万9999"),
        (100_000_000, "1億", "1億"),
        (385_987_000, "3億8,598万7,000", "3億8598万7000"),
        (1_000_000_000_001, "1兆1", "1兆1"),
        (10**21, "100,000京", "100000京"),
        (-74_767, "-7万4,767", "-7万4767"),
    ],
)
def test_numbers(n: int, with_comma: str, without: str) -> None:
    assert ja.number(n) == with_comma
    assert ja.number(n, comma=False) == without


def test_counts() -> None:
    assert ja.count(460_517, "persons") == "46万517人"
    assert ja.count(360_573, "records") == "36万573件"
    assert ja.count(74_767, "households", comma=False) == "7万4767世帯"


@given(st.integers(0, 10**20 - 1))
def test_a_number_reads_back(n: int) -> None:
    value = 0
    rest = ja.number(n, comma=False)
    for name, size in (("京", 10**16), ("兆", 10**12), ("億", 10**8), ("万", 10**4)):
        if name in rest:
            figures, rest = rest.split(name)
            value += int(figures) * size
    assert value + int(rest or 0) == n


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(hours=11), "11時間"),
        (timedelta(hours=12, minutes=45), "12時間45分"),
        (timedelta(hours=32), "32時間"),
        (timedelta(hours=47, minutes=59, seconds=59), "47時間59分"),
        (timedelta(hours=48), "2日"),
        (timedelta(days=3, hours=14, minutes=20), "3日14時間"),
        (timedelta(minutes=20), "20分"),
        (timedelta(seconds=59), "1分未満"),
        (timedelta(), "1分未満"),
    ],
)
def test_lengths_of_time(length: timedelta, said: str) -> None:
    assert ja.duration(length) == said
    assert ja.remaining(length) == f"あと{said}"


def test_what_is_past_is_overdue() -> None:
    assert ja.remaining(-timedelta(hours=2, minutes=5)) == "2時間5分超過"
    assert ja.remaining(-timedelta(days=4)) == "4日超過"


ORDERED = (
    *("あさの", "いとう", "ヴァンス", "うえだ", "かーど", "かあど", "かい", "ガイ", "かいだ"),
    *("かき", "カキ", "かぎ", "がき", "きょう", "きよう"),
    *("さゝき", "ささき よしこ", "さと うめこ", "さとう あい", "さとう はな", "ざとう", "じどう"),
    *("ばん", "ぱん", "はんだ", "ハンダ", "ほった", "ほつた", "わだ", "ンドゥール"),
)
"""By JIS X 4061: family names first, plain before voiced, ー and small before large, hiragana before katakana."""


def test_the_order_of_the_fifty_sounds() -> None:
    mixed = random.Random(7).sample(ORDERED, len(ORDERED))
    assert sorted(mixed, key=ja.kana_key) == list(ORDERED)


def test_code_points_would_order_them_otherwise() -> None:
    assert sorted(ORDERED) != sorted(ORDERED, key=ja.kana_key)


def test_width_and_composition_do_not_count() -> None:
    assert ja.kana_key("ｶﾞｲ") == ja.kana_key("ガイ") == ja.kana_key("カ\u3099イ")
    assert ja.kana_key(" さとう　 はな ") == ja.kana_key("さとう はな")


@given(st.text(max_size=20))
def test_any_reading_has_a_key(reading: str) -> None:
    assert all(len({len(part) for part in word}) == 1 for word in ja.kana_key(reading))


def test_a_date_without_its_year() -> None:
    assert ja.month_day(date(2022, 6, 3)) == "6月3日"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ＵＳＢメモリー２本", "USBメモリー2本"),
        ("ﾃﾞｰﾀｾﾝﾀｰの｢台帳｣", "データセンターの「台帳」"),
        ("（株）甲・乙－丙〜丁", "（株）甲・乙－丙〜丁"),
        ("０６−４９５０", "06−4950"),
        ("①㈱㍿Ⅳ", "①㈱㍿Ⅳ"),
        ("髙橋 﨑", "髙橋 﨑"),
        ("", ""),
    ],
)
def test_letters_and_figures_are_half_width_and_katakana_is_full_width(typed: str, said: str) -> None:
    assert ja.widths(typed) == said


@given(st.text())
def test_widths_are_put_right_once(typed: str) -> None:
    assert ja.widths(ja.widths(typed)) == ja.widths(typed)
