"""Closed days: those on which no filing can be made, by calendar.

Japan (Act on Holidays of Administrative Organs, art. 1): Saturdays, Sundays, national holidays, 29 December to
3 January. Elsewhere: Saturdays, Sundays and the public holidays of the country.
"""

from __future__ import annotations

from datetime import date, timedelta

from runbook.speech import Bilingual

_SATURDAY = Bilingual("土曜日", "Saturday")
_SUNDAY = Bilingual("日曜日", "Sunday")
_YEAR_END = Bilingual("年末年始（12月29日～1月3日）", "year end, 29 December to 3 January")


def closed(day: date, calendar: str) -> Bilingual | None:
    """Why the day is closed; None for an open one. `calendar` is "JP", another country's code, or "" for weekends
    only."""
    if day.weekday() >= 5:
        return _SATURDAY if day.weekday() == 5 else _SUNDAY
    if calendar == "JP":
        if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
            return _YEAR_END
        import jpholiday  # only where a deadline may fall on a holiday

        japanese = jpholiday.is_holiday_name(day)
        return Bilingual(f"祝日（{japanese}）", "a national holiday") if japanese else None
    if not calendar:
        return None
    import holidays  # only for business days elsewhere

    # In English wherever this runs: of itself the library goes by the machine's language.
    name = holidays.country_holidays(calendar, years=day.year, language="en_US").get(day)
    return Bilingual(f"休日（{name}）", f"a public holiday ({name})") if name else None


def next_open(day: date, calendar: str) -> date:
    """The day itself, or the first open one after it."""
    while closed(day, calendar):
        day += timedelta(days=1)
    return day
