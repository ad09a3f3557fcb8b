"""What is counted, and how a length of time is broken up: the same in every language."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["persons", "records", "households"]

_DAYS_FROM = timedelta(hours=48)


def parts(length: timedelta) -> tuple[int, int, int]:
    """Days, hours and minutes of a length of time, seconds dropped; its sign is ignored.

    Up to 48 hours there are no days ("32 hours" is how people speak of a first night); from there on minutes are
    dropped. Everything is rounded down, so that no one is promised more time than there is.
    """
    whole = abs(length)
    minutes = whole // timedelta(minutes=1)
    if whole < _DAYS_FROM:
        return 0, minutes // 60, minutes % 60
    return minutes // 1440, minutes % 1440 // 60, 0
