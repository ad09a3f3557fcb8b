"""What the terminal rings for: an alarm of an open clock, or its due time, that time has just passed.

Only time passing rings: neither opening an incident nor recording something that puts an alarm into the past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from runbook.case import Case
from runbook.duties import Deadline, still_due
from runbook.moment import after, between
from runbook.speech import Bilingual, Message, say
from runbook.wording import words


class Crossed(msgspec.Struct, frozen=True):
    """A clock with what was passed of it: so long before it falls due; zero is the due time itself."""

    deadline: Deadline
    before: timedelta


def crossed(found: Iterable[Deadline], since: datetime, now: datetime) -> list[Crossed]:
    """What time passed between two instants, at most the last of each open clock; what fell due comes first.

    An alarm is passed once its instant has come, a due time once it is over, as everywhere.
    """
    passed = []
    for one in found:
        falls = one.falls_at
        if falls is None or not one.is_open:
            continue
        if since <= falls < now:
            passed.append(Crossed(one, timedelta()))
        elif falls >= now and (length := _alarm(one.alarms, falls, since, now)):
            passed.append(Crossed(one, length))
    return sorted(passed, key=lambda one: one.before)


def _alarm(alarms: Sequence[timedelta], falls: datetime, since: datetime, now: datetime) -> timedelta | None:
    return next((length for length in sorted(alarms) if since < after(falls, -length) <= now), None)


class Alarms:
    """Looks at the clocks of the case one is in, from one minute to the next."""

    def __init__(self) -> None:
        self._incident = ""
        self._since: datetime | None = None

    def passed(self, case: Case | None) -> list[Crossed]:
        """What was passed since the minute of the last look; nothing at the first look at an incident."""
        incident, since = self._incident, self._since
        if case is None or case.incident.id != incident or since is None:
            self._incident, self._since = (case.incident.id, case.now) if case else ("", None)
            return []
        if case.now.replace(second=0, microsecond=0) <= since:
            return []
        self._since = case.now
        return crossed(still_due(case), since, case.now)


def sentence(passed: Sequence[Crossed], now: datetime) -> tuple[Message, Message | None]:
    """One sentence that names the most urgent clock, and how many others there are. `passed` holds at least one."""
    clock = passed[0].deadline
    others = say("And {n} more due times; c lists them.", n=len(passed) - 1) if len(passed) > 1 else None
    falls = clock.falls_at or now
    left = between(now, falls)
    length = Bilingual(words("ja").duration(abs(left)), words("en").duration(abs(left)))
    if clock.due_at is None:
        said = say("“{duty}”: our own target, {at}, has come.", duty=clock.called, at=falls)
        if passed[0].before:
            said = say(
                "“{duty}”: {length} left until our own target, {at}.", duty=clock.called, length=length, at=falls
            )
    elif passed[0].before:
        said = say("“{duty}” is due in {length}, {at}.", duty=clock.called, length=length, at=falls)
    else:
        said = say("“{duty}” was due {at}.", duty=clock.called, at=falls)
    return (said if clock.applies is not None else say("{sentence} It may apply.", sentence=said)), others
