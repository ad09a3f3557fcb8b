"""Words that several places need: a time that fits into a column."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from runbook.moment import Moment
from runbook.speech import Language, say, speaker

WHEN = 13
"""Cells of a column of times."""


def column_time(moment: Moment, zone: ZoneInfo, language: Language) -> str:
    """A time in at most `WHEN` cells, with no more precision than it has; exact ones stand in one column."""
    speak = speaker(language)
    if moment.at is None:
        return speak(say("no time"))
    at = moment.at.astimezone(zone)
    if moment.precision == "about":
        return speak(say("~{at}", at=minute(at)))
    shown = f"{at:%m-%d} --:--" if moment.precision == "date" else minute(at)
    return shown if language == "ja" else f" {shown}"  # where “about” stands in front of the time, the others make room


def minute(at: datetime) -> str:
    """06-22 15:45."""
    return f"{at:%m-%d %H:%M}"
