"""A time that lies ahead on a drill's clock, as a facilitator types it. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from runbook.moment import after, read_coming

_DAYS = {"今日": 0, "本日": 0, "today": 0, "明日": 1, "あす": 1, "翌日": 1, "tomorrow": 1, "明後日": 2, "あさって": 2}
_NEXT = ("翌朝", "next morning")
_LENGTH = re.compile(r"(?P<plus>\+)? ?(?P<n>\d{1,4}) ?(?P<unit>min|m|分|h|時間|d|日)(?P<later>後)?", re.IGNORECASE)
_MINUTES = {"min": 1, "m": 1, "分": 1, "h": 60, "時間": 60, "d": 1440, "日": 1440}


def read_ahead(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The next instant after `now` that was typed: as `read_coming` reads it, and besides `明日 08:30`, `tomorrow
    08:30`, `翌朝 8時半`, and a length from now, `+30min`, `30分後`. Raises BadContent.
    """
    typed = " ".join(text.split())
    length = _LENGTH.fullmatch(typed)
    if length and (length["plus"] or length["later"]):
        return after(now, timedelta(minutes=int(length["n"]) * _MINUTES[length["unit"].lower()]))
    for word in _NEXT:
        typed = typed.removeprefix(word).strip()
    for word, days in _DAYS.items():
        if typed.lower().startswith(word):
            midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=days), datetime.min.time(), zone)
            # The next such hour after the last minute of the day before.
            return read_coming(typed[len(word) :].removeprefix("の").strip(), midnight - timedelta(minutes=1), zone)
    return read_coming(typed, now, zone)
