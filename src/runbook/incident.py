"""The incident: what the record says, as one frozen value. `fold` makes it; nothing changes it.

It knows no playbook: what a step's state means (waiting, not applicable, overdue) is asked in `progress`.
"""

from datetime import datetime
from functools import cached_property
from typing import Literal, TypeVar

import msgspec

from runbook.declared import IN_WORDS, ClaimStatus, FieldType
from runbook.drill import DrillState
from runbook.duty import Delay, DutyState, Judged, Override
from runbook.events import Mode, Prose, Unit, Value
from runbook.moment import Moment
from runbook.notice import Draft, Notice, Pass, Submission
from runbook.notice_kinds import Written
from runbook.touch import Touch, latest, standing


class Claim(msgspec.Struct, frozen=True):
    """One source's word on a fact."""

    touch: Touch
    value: Value | None
    status: ClaimStatus
    source: str = ""
    as_of: Moment | None = None
    undone: bool = False
    undone_by: Touch | None = None


class Fact(msgspec.Struct, frozen=True, dict=True):
    """Everything ever claimed about a fact, oldest first."""

    claims: tuple[Claim, ...] = ()

    @cached_property
    def live(self) -> list[Claim]:
        """The latest claim of each source that was not withdrawn or undone, oldest first."""
        latest: dict[str, Claim] = {}
        for claim in self.claims:
            if not claim.undone:
                latest.pop(claim.source, None)
                latest[claim.source] = claim
        return [claim for claim in latest.values() if claim.status != "withdrawn"]

    @cached_property
    def current(self) -> Claim | None:
        """The latest confirmed live claim, else the latest live one (rules.md 17)."""
        live = self.live
        return next((c for c in reversed(live) if c.status == "confirmed"), live[-1] if live else None)

    @cached_property
    def contested(self) -> list[Claim]:
        """Live claims that say something else than the current one. “Unknown” contradicts nobody."""
        current = self.current
        if current is None:
            return []
        return [one for one in self.live if is_answer(one.value) and not same_value(one.value, current.value)]

    @cached_property
    def agreeing(self) -> tuple[str, ...]:
        """The sources whose live claims say the same as the current one, each once."""
        current = self.current
        found = [one.source for one in self.live if current and one.source and same_value(one.value, current.value)]
        return tuple(dict.fromkeys(found))

    @cached_property
    def possible(self) -> list[Claim]:
        """The claims that may be true, the current one first: every live one until one is confirmed; then that one, and
        what has been said differently since."""
        current = self.current
        if current is None:
            return []
        after = current.touch.seq if current.status == "confirmed" else 0
        return [current, *(one for one in self.contested if one.touch.seq > after)]

    @property
    def touch(self) -> Touch | None:
        return self.claims[-1].touch if self.claims else None


class StepState(msgspec.Struct, frozen=True):
    """What was done at one step so far."""

    state: Literal["todo", "active", "done", "skipped"] = "todo"
    started: Moment | None = None
    done: Moment | None = None
    owner: str = ""
    ticked: tuple[str, ...] = ()
    fields: dict[str, Value] = {}
    reason: Prose | None = None
    touch: Touch | None = None
    rests_on: int = 0
    """The entry this state came from: unlike `touch`, an undo puts it back."""


class DataSet(msgspec.Struct, frozen=True):
    """One version of what is known about a data set. A `count` of None: nobody has counted."""

    touch: Touch
    name: str
    count: int | None
    unit: Unit
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    as_of: Moment | None = None
    source: str = ""
    estimate: bool = False
    undone: bool = False


class Row(msgspec.Struct, frozen=True):
    """One version of a register's row."""

    touch: Touch
    values: dict[str, Value]
    removed: bool = False
    undone: bool = False


class ClockSetting(msgspec.Struct, frozen=True):
    """The incident's own clock, where it is not the wall's (rules.md 15)."""

    shows: datetime
    wall_at: datetime
    speed: float
    until: datetime | None = None

    def now(self, wall: datetime) -> datetime:
        """The time on this clock when the wall's says `wall`; it never runs backwards past where it was set, and stands
        from `until` on."""
        shown = self.shows + max(wall - self.wall_at, wall - wall) * self.speed
        return shown if self.until is None else min(shown, self.until)

    def stands(self, wall: datetime) -> bool:
        """Whether it stands still."""
        return self.speed == 0 or self.ran_out(wall)

    def ran_out(self, wall: datetime) -> bool:
        """Whether it ran to `until`, and stands there."""
        return self.speed > 0 and self.until is not None and self.now(wall) >= self.until


class Undoable(msgspec.Struct, frozen=True):
    """An act that could be taken back: its entry, what it changed, and (for a step) the state before."""

    seq: int
    batch: str
    subject: str
    step: StepState | None = None
    left: bool = False
    """It left the house (approved, published): it stays (rules.md 7)."""


class Incident(msgspec.Struct, frozen=True):
    """The whole state of one incident. `seq` and `hash` say where in its chain this is."""

    id: str
    title: str
    playbook: str
    mode: Mode
    zone: str
    pins: dict[str, str]
    opened_at: datetime
    demo: bool = False
    closed_at: datetime | None = None
    explanation: Prose | None = None
    clock: ClockSetting | None = None
    drill: DrillState | None = None
    """Of a drill played from a scenario."""
    steps: dict[str, StepState] = {}
    facts: dict[str, Fact] = {}
    datasets: dict[str, tuple[DataSet, ...]] = {}
    registers: dict[str, dict[str, tuple[Row, ...]]] = {}
    acknowledged: dict[str, Touch] = {}
    """Warnings read, by "STEP:WARNING": the same warning matters anew at every step that carries it."""
    notices: dict[str, Notice] = {}
    """By "KIND/WRITING", such as "first-notice/ja"."""
    duties: dict[str, DutyState] = {}
    severity: dict[str, tuple[Judged, ...]] = {}
    """By the worksheet's element, oldest first."""
    undoable: dict[str, tuple[Undoable, ...]] = {}
    last: Touch | None = None
    seq: int = 0
    hash: str = ""

    def present(self, wall: datetime) -> datetime:
        """Its own present when the wall's clock says `wall`. A clock of its own never shows less than what was
        recorded, though the wall's was set back: it only goes forward (rules.md 15)."""
        if self.clock is None:
            return wall
        shown = self.clock.now(wall)
        return max(shown, self.last.at) if self.last else shown

    def step(self, id: str) -> StepState:
        return self.steps.get(id, _TODO)

    def fact(self, name: str) -> Fact:
        return self.facts.get(name, _NO_CLAIMS)

    def dataset(self, name: str) -> DataSet | None:
        return standing(self.datasets.get(name, ()))

    @property
    def standing_datasets(self) -> list[DataSet]:
        """The data sets as they stand, in the order they were first named."""
        return [data for data in map(standing, self.datasets.values()) if data is not None]

    def rows(self, register: str) -> dict[str, Row]:
        """A register's rows as they stand."""
        found = {key: standing(rows) for key, rows in self.registers.get(register, {}).items()}
        return {key: row for key, row in found.items() if row is not None and not row.removed}

    def notice(self, kind: str, language: Written) -> Notice:
        return self.notices.get(f"{kind}/{language}", _NO_NOTICE)

    def duty(self, id: str) -> DutyState:
        return self.duties.get(id, _NOTHING_DONE)

    def judged(self, element: str) -> Judged | None:
        """What a person chose on a line of the severity worksheet, as long as it was not given back to the facts."""
        found = standing(self.severity.get(element, ()))
        return found if found and found.choice else None


_TODO = StepState()
_NO_CLAIMS = Fact()
_NO_NOTICE = Notice()
_NOTHING_DONE = DutyState()
Version = TypeVar("Version", DataSet, Row, Draft, Submission, Pass, Delay, Override, Judged)


def same_value(one: Value | None, other: Value | None) -> bool:
    """Whether two recorded values say the same: free texts by their words, not by their salted digests."""
    if isinstance(one, Prose) and isinstance(other, Prose):
        return one.text == other.text if one.text is not None else one.digest == other.digest
    return one == other


def is_answer(value: object) -> bool:
    """Whether a recorded value tells anything: not that nobody knows, nor a text that was redacted."""
    match value:
        case Prose(text=text):
            return bool(text and text.strip())
        case Moment(at=at):
            return at is not None
        case _:
            return value is not None and value != "unknown"


def is_filled(value: Value | None, type: FieldType) -> bool:
    """Whether a value is what was asked for, where something must be."""
    return is_answer(value) if type in IN_WORDS else value is not None


def touch_of(incident: Incident, subject: str) -> Touch | None:
    """Who last changed a subject."""
    kind, _, name = subject.partition(":")
    match kind:
        case "step":
            return incident.step(name).touch
        case "fact":
            return incident.fact(name).touch
        case "dataset":
            versions = incident.datasets.get(name, ())
            return versions[-1].touch if versions else None
        case "row":
            register, _, key = name.partition(":")
            rows = incident.registers.get(register, {}).get(key, ())
            return rows[-1].touch if rows else None
        case "warning":
            return incident.acknowledged.get(name)
        case "notice":
            return incident.notices.get(name, _NO_NOTICE).touch
        case "duty":
            return incident.duty(name).touch
        case "severity":
            judged = incident.severity.get(name, ())
            return judged[-1].touch if judged else None
    return None


def rests_on(incident: Incident, subject: str) -> int:
    """The entry a subject's present state came from; 0 where there is none (any more)."""
    kind, _, name = subject.partition(":")
    match kind:
        case "step":
            return incident.step(name).rests_on
        case "fact":
            return max((claim.touch.seq for claim in incident.fact(name).claims if not claim.undone), default=0)
        case "dataset":
            return latest(incident.datasets.get(name, ()))
        case "row":
            register, _, key = name.partition(":")
            return latest(incident.registers.get(register, {}).get(key, ()))
        case "notice":
            return incident.notices.get(name, _NO_NOTICE).rests_on
        case "duty":
            return incident.duty(name).rests_on
        case "severity":
            return latest(incident.severity.get(name, ()))
        case "warning":
            touch = incident.acknowledged.get(name)
            return touch.seq if touch else 0
    return 0
