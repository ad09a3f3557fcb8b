"""The lines of the record: what happened or was decided, each a frozen struct. `codec` has their exact JSON form."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal, TypeAlias, get_args

import msgspec

from runbook.drill_events import (
    DrillEnded,
    DrillStarted,
    FacilitatorCame,
    FacilitatorLeft,
    Improvement,
    InjectAnswered,
    InjectArrived,
    InjectChanged,
    InjectHeld,
    MilestoneReached,
    ObjectiveRated,
    ObservationNoted,
    OfDrill,
    OfFacilitator,
    PointsOverruled,
)
from runbook.moment import Moment, Precision
from runbook.notice_kinds import Written
from runbook.playbook import ClaimStatus
from runbook.prose import Data, Prose, Value, map_prose, prose_of

# What an event is made of, and those of drills, come from below and are to be had here with the others.
__all__ = [
    "Data",
    "DrillEnded",
    "DrillStarted",
    "FacilitatorCame",
    "FacilitatorLeft",
    "Improvement",
    "InjectAnswered",
    "InjectArrived",
    "InjectChanged",
    "InjectHeld",
    "MilestoneReached",
    "ObjectiveRated",
    "ObservationNoted",
    "OfDrill",
    "OfFacilitator",
    "PointsOverruled",
    "Prose",
    "Value",
    "map_prose",
    "prose_of",
]

Mode: TypeAlias = Literal["live", "drill"]
Unit: TypeAlias = Literal["persons", "records", "households"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class IncidentOpened(Data, frozen=True):
    title: str
    playbook: str
    mode: Mode
    zone: str
    pins: dict[str, str]
    """sha256 of the playbook's and the shared facts' text; the incident keeps using those (rules.md 12)."""
    demo: bool = False


class IncidentRenamed(Data, frozen=True):
    title: str


class IncidentClosed(Data, frozen=True):
    explanation: Prose
    open_steps: tuple[str, ...] = ()


class EditionMoved(Data, frozen=True):
    """From here on the incident goes by other texts than before (rules.md 12): `pins` as in the opening. `edition` is
    that of the playbook."""

    edition: str
    pins: dict[str, str]


class ClockSet(Data, frozen=True):
    """From `wall_at` on, this incident's clock shows `shows` and runs `speed` times as fast (rules.md 15).

    At speed 0 it stands; it comes to stand by itself at `until`. `inject` is what is discussed meanwhile. `jumped_from`
    is what it showed before, where it was put forward.
    """

    shows: datetime
    wall_at: datetime
    speed: float = 1.0
    until: datetime | None = None
    inject: str = ""
    jumped_from: datetime | None = None


class OfStep(Data, frozen=True):
    """What is done at one step of the playbook."""

    step: str


class StepStarted(OfStep, frozen=True):
    """Somebody began with it."""


class StepFinished(OfStep, frozen=True):
    open_checks: tuple[str, ...] = ()


class StepSkipped(OfStep, frozen=True):
    reason: Prose


class StepReopened(OfStep, frozen=True):
    reason: Prose | None = None


class StepAssigned(OfStep, frozen=True):
    to: str


class StepTimed(OfStep, frozen=True):
    """Corrects when a step was really started or finished; the moment is the envelope's."""

    mark: Literal["started", "done"]


class CheckTicked(OfStep, frozen=True):
    check: str
    on: bool = True


class FieldFilled(OfStep, frozen=True):
    """A step's field that sets no fact. None empties it."""

    field: str
    value: Value | None = None


class WarningAcknowledged(Data, frozen=True):
    """Someone confirmed by name that they read a warning, at the step where it matters."""

    step: str
    warning: str


class FactRecorded(Data, frozen=True):
    """A claim about a fact by one source; `value` is None only for a withdrawn one."""

    name: str
    value: Value | None = None
    status: ClaimStatus = "confirmed"
    source: str = ""
    as_of: Moment | None = None


class DatasetRecorded(Data, frozen=True):
    """What was on the medium: counts and column names, never a cell's value. A `count` of None: nobody has counted."""

    name: str
    count: int | None
    unit: Unit
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    as_of: Moment | None = None
    source: str = ""
    estimate: bool = False
    """The count is only about right."""


class RowRecorded(Data, frozen=True):
    """One row of a register, whole; `removed` strikes it out."""

    register: str
    row: str
    values: dict[str, Value] = msgspec.field(default_factory=dict)
    removed: bool = False


class NoteWritten(Data, frozen=True):
    text: Prose
    step: str = ""


class EntryAmended(Data, frozen=True):
    """Replaces a note's text; a remark on anything else (rules.md 8)."""

    amends: int
    text: Prose


class EntryRedacted(Data, frozen=True):
    """Two people had the free texts of an entry removed; `digests` are the texts that are gone."""

    redacts: int
    second: str
    reason: Prose
    digests: tuple[str, ...]


class ActUndone(Data, frozen=True):
    undoes: int


class OfNotice(Data, frozen=True):
    """What is done with one kind of notice, in one writing."""

    kind: str
    language: Written

    @property
    def key(self) -> str:
        """What the incident holds the notice under: first-notice/ja."""
        return f"{self.kind}/{self.language}"


class NoticeDrafted(OfNotice, frozen=True):
    """A version of a notice. `facts` are the facts it rests on, by name (`dataset:NAME` for a data set,
    `row:REGISTER:KEY` for a row), with the sequence number of each claim.

    `base` is the text as the template made it, where people changed the wording by hand: what they changed is the
    difference.
    """

    text: Prose
    facts: dict[str, int] = msgspec.field(default_factory=dict)
    base: Prose | None = None


class NoticeSubmitted(OfNotice, frozen=True):
    """A version is put up for approval: its text is frozen, date included (rules.md 26). `sha256` is that of its
    UTF-8."""

    text: Prose
    sha256: str
    facts: dict[str, int]


class FindingPassed(OfNotice, frozen=True):
    """Someone answers for a warning in a notice: `mark` names the rule and the very sentence."""

    rule: str
    mark: str
    reason: Prose


class NoticeApproved(OfNotice, frozen=True):
    """Someone other than its authors approves exactly the text of this hash."""

    sha256: str


class NoticePublished(OfNotice, frozen=True):
    """The approved text went out: where, and the head code of the record at that moment. The time is the envelope's."""

    sha256: str
    channel: str
    address: str
    head: str


class NoticeCorrected(OfNotice, frozen=True):
    """What was published as entry `publication` was put right; `by` is the entry of the publication that did so, or
    0."""

    publication: int
    reason: Prose
    by: int = 0


class NoticeWithdrawn(OfNotice, frozen=True):
    """What was published as entry `publication` no longer stands."""

    publication: int
    reason: Prose


class OfDuty(Data, frozen=True):
    """What is done about one duty of a law, by the duty's id."""

    duty: str


class DutyFiled(OfDuty, frozen=True):
    """The duty was met: the report was filed, or those concerned were told. The envelope's moment is when; `by` is who
    filed it, `receipt` the authority's number, `reason` why it was late."""

    by: str = ""
    receipt: Prose | None = None
    reason: Prose | None = None


class FilingWithdrawn(OfDuty, frozen=True):
    """The duty was not met after all: what was recorded as its filing was a mistake, and no filing before this entry
    counts any more."""

    reason: Prose


class DutyDelayed(OfDuty, frozen=True):
    """Why a duty is, or will be, late."""

    reason: Prose


class DutyOverridden(OfDuty, frozen=True):
    """Counsel decided whether a duty applies; "rule" gives it back to what the rule says."""

    applies: Literal["yes", "no", "rule"]
    counsel: str
    reason: Prose


class SeverityJudged(Data, frozen=True):
    """One line of the severity worksheet was chosen by a person, or given back to what the facts suggest (no
    choice)."""

    element: str
    choice: str
    reason: Prose


DATA: dict[str, type[Data]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", data.__name__).lower(): data
    for data in (
        *(IncidentOpened, IncidentRenamed, IncidentClosed, EditionMoved, ClockSet),
        *(StepStarted, StepFinished, StepSkipped, StepReopened),
        *(StepAssigned, StepTimed, CheckTicked, FieldFilled, WarningAcknowledged),
        *(FactRecorded, DatasetRecorded, RowRecorded),
        *(NoteWritten, EntryAmended, EntryRedacted, ActUndone),
        *(NoticeDrafted, NoticeSubmitted, FindingPassed, NoticeApproved),
        *(NoticePublished, NoticeCorrected, NoticeWithdrawn),
        *(DutyFiled, FilingWithdrawn, DutyDelayed, DutyOverridden, SeverityJudged),
        *(DrillStarted, DrillEnded, InjectArrived, InjectAnswered, InjectHeld, InjectChanged),
        *(MilestoneReached, FacilitatorCame, FacilitatorLeft, ObservationNoted, ObjectiveRated),
        *(PointsOverruled, Improvement),
    )
}
"""Every type of event, by its name in the envelope."""
FACILITATORS = frozenset(name for name, data in DATA.items() if issubclass(data, OfFacilitator))
"""The types of event that team views do not show (rules.md 37)."""
TEAM = frozenset(DATA) - FACILITATORS
"""The types of event that they do show."""
ACTS = TEAM - {"incident_opened", "drill_started", "drill_ended", "clock_set", "inject_arrived"}
"""What somebody of a drill's team did as such: any seat lets arrive what is due."""
_TYPE: dict[type[Data], str] = {data: name for name, data in DATA.items()}


class Act(msgspec.Struct, frozen=True):
    """What an action decides: an event before it has its place in the record. No moment means: just now."""

    data: Data
    moment: Moment | None = None


class Event(msgspec.Struct, frozen=True):
    """One line of the record. `occurred_at` is None where the hour is unknown; all times carry their offset."""

    incident: str
    seq: int
    event_id: str
    occurred_at: datetime | None
    precision: Precision
    recorded_at: datetime
    wall_at: datetime
    actor: str
    seat: str
    data: Data

    @property
    def type(self) -> str:
        return _TYPE[type(self.data)]

    @property
    def moment(self) -> Moment:
        return Moment(self.occurred_at, self.precision)
