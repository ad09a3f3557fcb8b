"""One clock: a duty's or a step's deadline applied to a case, with how it came about."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

import msgspec

from runbook.declared import Source
from runbook.duties.reckoning import instant
from runbook.moment import Precision, between
from runbook.regime import Binding
from runbook.speech import Bilingual, Message, say

DeadlineState: TypeAlias = Literal["running", "met", "overdue", "not_applicable", "unknown"]
SOON = timedelta(hours=1)
"""How long before it falls due a step's deadline is shown as due soon."""


def is_past(due: datetime, now: datetime) -> bool:
    """Whether `due` has passed, in real time: in the hour that comes twice wall times would tell otherwise."""
    return between(due, now) > timedelta()


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether a time lies in the future; clocks of two machines may differ by two minutes."""
    return between(now, at) > timedelta(minutes=2)


def met_in_time(due: datetime | None, met: datetime | None, precision: Precision) -> bool | None:
    """Whether what was due was met in time; None where that is not known: of a day without its hour, any hour may be
    it."""
    if due is None or met is None:
        return None
    last = datetime.combine(met.date(), time(23, 59, 59), met.tzinfo) if precision == "date" else met
    return False if is_past(due, met) else None if is_past(due, last) else True


def missed(due: datetime, by: Literal["law", "guidance", "us"]) -> Message:
    """That a date has passed, stated plainly; whose date it was."""
    match by:
        case "law":
            return say("Missed: it was due {due}.", due=instant(due))
        case "guidance":
            return say("The days that guidance aims at ended {due}: report at once.", due=instant(due))
        case "us":
            return say("Our own target has passed: {due}.", due=instant(due))


class Read(msgspec.Struct, frozen=True):
    """One reading of a deadline that is still possible: when it falls, and what it hangs on (None: nothing)."""

    due_at: datetime
    on: Bilingual | None


class Deadline(msgspec.Struct, frozen=True):
    """One clock. Times are in the incident's zone; None where what it starts from is not known yet.

    `due_at` is the date worked to: the latest day of a target, the earliest of several readings, and None where the
    law names no date; `aim_at` is then our own internal target. `earliest` and `latest` bound it. `provisional` says
    that what it starts from is not recorded, so that it was counted from something that cannot be later.
    """

    id: str
    what: Bilingual
    to: tuple[Bilingual, ...]
    applies: bool | None
    state: DeadlineState
    starts_at: datetime | None
    due_at: datetime | None
    met_at: datetime | None
    target: bool
    basis: Bilingual | None
    derivation: tuple[Message, ...]
    confidence: str
    why: tuple[Message, ...] = ()
    """Those lines of the derivation that say whether it applies; they come first in it."""
    sources: tuple[Source, ...] = ()
    """What it rests on, each with how it was checked; `basis` is the first, `confidence` the mark of the least sure."""
    regime: str | None = None
    met_precision: Precision = "exact"
    """How precisely `met_at` is known."""
    step: str = ""
    """The step at which it is worked on; empty where the playbook has none."""
    aim_at: datetime | None = None
    earliest: datetime | None = None
    days: tuple[int, int] | None = None
    """As which days of its count `earliest` and `due_at` are counted, where it is a target of some days."""
    latest: datetime | None = None
    readings: tuple[Read, ...] = ()
    provisional: bool = False
    questions: tuple[str, ...] = ()
    """The facts whose answer would settle whether it applies, and by when."""
    party: Bilingual | None = None
    binding: Binding = "statute"
    law_as_of: date | None = None
    """The day whose law is applied."""
    read_on: date | None = None
    """The day the law's text was read."""
    late: Bilingual | None = None
    """What the law wants said where it is missed."""
    doubts: tuple[Message, ...] = ()
    """What makes this clock doubtful: facts that contradict each other."""
    alarms: tuple[timedelta, ...] = (SOON,)
    """How long before it falls due it is shown as due soon, and rings."""

    @property
    def called(self) -> Bilingual:
        """What is due, with whose it is where it is another party's: it must not read as this organisation's own."""
        if self.party is None:
            return self.what
        return Bilingual(f"{self.party.ja}：{self.what.ja}", f"{self.party.en}: {self.what.en}")

    @property
    def falls_at(self) -> datetime | None:
        """What it is ordered and counted down by: when it is due, or our own aim."""
        return self.due_at or self.aim_at

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done about it."""
        return self.state in ("running", "overdue", "unknown") and self.applies is not False

    @property
    def is_late(self) -> bool:
        """Whether it was missed: it is overdue, or was surely met after it was due."""
        return self.in_time is False if self.state == "met" else self.state == "overdue"

    @property
    def in_time(self) -> bool | None:
        """Whether it was met in time; None where it is not met, has no date, or the hour that would tell is missing."""
        return met_in_time(self.due_at, self.met_at, self.met_precision) if self.state == "met" else None

    def remaining(self, now: datetime) -> timedelta | None:
        falls = self.falls_at
        return None if falls is None else between(now, falls)

    def aim_passed(self, now: datetime) -> bool:
        """Whether our own aim has passed where the law names no date: no breach of the law, and never said as if it
        were."""
        left = self.remaining(now)
        return self.due_at is None and left is not None and left < timedelta()

    def soon(self, now: datetime) -> bool:
        """Whether it is open and one of its alarms has been passed, or the first day of a target has come."""
        left = self.remaining(now)
        if self.state not in ("running", "unknown") or left is None or self.applies is False:
            return False
        begun = self.target and self.earliest is not None and now.date() >= self.earliest.date()
        return begun or left <= max(self.alarms, default=timedelta())
