"""The times of a scenario, as its file and its events list write them."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from runbook.conditions import read_length
from runbook.content.mistakes import cut
from runbook.errors import BadContent
from runbook.moment import Moment, after, read_moment
from runbook.speech import say

_DATED = re.compile(r"~?[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_time(text: str, start: datetime | None, zone: ZoneInfo) -> Moment:
    """A time of a scenario: ISO 8601 local to its zone, a day alone, `~` before an approximate one, or T+20min after
    the start.

    Raises BadContent for anything else.
    """
    if start is not None and text.startswith("T+"):
        return Moment(after(start, read_length(text.removeprefix("T+"))))
    if not _DATED.match(text):
        raise BadContent(
            say("“{text}” is not a time of a scenario.", text=cut(text)), say("Write 2022-06-22T15:45 or T+20min.")
        )
    return read_moment(text, start or datetime(2000, 1, 1, tzinfo=zone), zone)


def write_time(at: datetime, zone: ZoneInfo, separator: str = "T") -> str:
    """A time as `read_time` reads it, local to the zone; with its offset where the clocks show that hour twice."""
    local = at.astimezone(zone)
    precise = "minutes" if local.second == local.microsecond == 0 else "auto"
    unique = local.replace(fold=0).utcoffset() == local.utcoffset()
    return (local.replace(tzinfo=None) if unique else local).isoformat(separator, precise)
