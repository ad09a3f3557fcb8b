"""What a drill's scenario is, once it has been read: frozen structs, and the few questions asked of them.

The YAML form is described in docs/scenario-format.md; `content` reads it and names every mistake by file and line.
The words are those of the field (HSEEP): an inject is one push from the script, the events list (MSEL) is all of
them, an evaluator rates each objective P, S, M or U. Conditions are kept as their text, as in a playbook.
"""

from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, Self, TypeAlias, get_args
from zoneinfo import ZoneInfo

import msgspec

from runbook.declared import Source
from runbook.moment import Precision, between
from runbook.speech import Bilingual, Message, say

InjectKind: TypeAlias = Literal["informational", "decision", "media", "contingency"]
Delivery: TypeAlias = Literal["telephone", "mail", "in_person", "news", "social_media", "police", "contractor"]
Rate: TypeAlias = Literal["P", "S", "M", "U"]
"""Performed without challenges, with some, with major challenges, unable to be performed (HSEEP)."""
Unattended: TypeAlias = Literal["goes_on", "pauses"]
INJECT_KINDS: tuple[InjectKind, ...] = get_args(InjectKind)
DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)
RATES: tuple[Rate, ...] = get_args(Rate)
UNATTENDED: tuple[Unattended, ...] = get_args(Unattended)
KIND_NAMES: dict[InjectKind, Message] = {
    "informational": say("for information"),
    "decision": say("asks for a decision"),
    "media": say("media"),
    "contingency": say("only if needed"),
}
DELIVERY_NAMES: dict[Delivery, Message] = {
    "telephone": say("telephone"),
    "mail": say("mail"),
    "in_person": say("in person"),
    "news": say("news"),
    "social_media": say("social media"),
    "police": say("police"),
    "contractor": say("contractor"),
}
RATE_NAMES: dict[Rate, Message] = {
    "P": say("performed without challenges"),
    "S": say("performed with some challenges"),
    "M": say("performed with major challenges"),
    "U": say("unable to be performed"),
}

FASTEST = 120
"""The highest speed of a drill's clock; 1 is the slowest, and it may stand."""


class Inject(msgspec.Struct, frozen=True):
    """One push from the script. It arrives once everything it names holds: its time `at` has come, its condition
    `when` is true, its `milestone` was reached, the injects it `depends_on` have arrived. One that is by `hand`
    waits for the facilitator."""

    id: str
    number: int
    title: Bilingual
    text: Bilingual
    kind: InjectKind
    delivery: Delivery
    sender: Bilingual
    to: tuple[str, ...]
    """Roles of the playbook."""
    at: datetime | None = None
    """On the exercise's clock, aware."""
    when: str = ""
    milestone: str = ""
    depends_on: tuple[str, ...] = ()
    hand: bool = False
    expected: Bilingual | None = None
    controller: str = ""
    """Who plays it."""
    attachments: tuple[str, ...] = ()
    """What is handed over with it, by name."""
    objective: str = ""
    answer: bool = False
    """Somebody waits for an answer."""
    enabled: bool = True

    @property
    def answerable(self) -> bool:
        """Whether what is said to it may be recorded: to all but what only tells something."""
        return self.answer or self.kind != "informational"


class Milestone(msgspec.Struct, frozen=True):
    """A turn of the exercise that unlocks injects: reached once its condition holds, or by the facilitator's hand."""

    id: str
    title: Bilingual
    when: str = ""


class Objective(msgspec.Struct, frozen=True):
    """What the exercise is to show, and the capability it belongs to; rated P, S, M or U."""

    id: str
    title: Bilingual
    capability: Bilingual


class Expected(msgspec.Struct, frozen=True):
    """What a good team does. `points` are shared among the parts of `evidence`, conditions on the record, or hang on
    the clock of this id being met.

    With `within`, an act counts in full that long after `since` (an inject's id, else the start), then less in a
    straight line down to `late` points at twice that time and ever after.
    """

    id: str
    objective: str
    title: Bilingual
    points: int
    evidence: tuple[str, ...] = ()
    clock: str = ""
    since: str = ""
    within: timedelta | None = None
    late: int = 0
    notice: bool = False
    """It is about what the team's own notices say."""
    tip: Bilingual | None = None
    """What to do better where it was missed."""


class Order(msgspec.Struct, frozen=True):
    """Two things of which the first has to come first: conditions on the record."""

    id: str
    objective: str
    title: Bilingual
    points: int
    first: str
    then: str
    tip: Bilingual | None = None


class Hazard(msgspec.Struct, frozen=True):
    """What must not happen: each entry that brings its condition about costs `points`, at most `times` times."""

    id: str
    objective: str
    title: Bilingual
    points: int
    when: str
    really: Bilingual
    """What really happened, and why it matters."""
    source: str = ""
    times: int = 1
    tip: Bilingual | None = None


class Ghost(msgspec.Struct, frozen=True):
    """What the real case had done by then; `meets` are the expected acts it amounts to."""

    at: datetime
    precision: Precision
    what: Bilingual
    source: str
    meets: tuple[str, ...] = ()


class Leg(msgspec.Struct, frozen=True):
    """A stretch of the exercise's time played at one speed; between two of them the clock jumps."""

    start: datetime
    end: datetime
    speed: float
    title: Bilingual

    @property
    def plays(self) -> timedelta:
        """How long it takes in real time."""
        return between(self.start, self.end) / self.speed


class Scenario(msgspec.Struct, frozen=True, dict=True):
    """A whole scenario. Times are aware, in its zone."""

    id: str
    edition: str
    title: Bilingual
    about: Bilingual
    audience: Bilingual
    playbook: str
    zone: str
    minutes: int
    """How long it is meant to take, in real time."""
    objectives: tuple[Objective, ...]
    legs: tuple[Leg, ...]
    injects: tuple[Inject, ...]
    expected: tuple[Expected, ...]
    facts: dict[str, str | Bilingual] = {}
    """What the record holds from the start, as people type it; a text in both languages in that of the drill."""
    milestones: tuple[Milestone, ...] = ()
    orders: tuple[Order, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    ghost: tuple[Ghost, ...] = ()
    ghost_name: Bilingual = Bilingual("", "")
    """Whose case the ghost is, as in “at this hour … had”."""
    notes: tuple[Bilingual, ...] = ()
    """What everyone is told before it starts, such as that due times follow today's law."""
    sponsor: Bilingual | None = None
    contact: str = ""
    threat: Bilingual | None = None
    unattended: Unattended = "goes_on"
    """What the clock does where the facilitator's console dies."""
    drawn: dict[str, str] = {}
    """What was drawn for it, where it is made from a seed."""
    recap: tuple[Bilingual, ...] = ()
    """The same in words, for the report."""
    called: Bilingual | None = None
    """What a drill of it is called, where not like the scenario: by what was drawn, to tell it from the next."""
    sources: dict[str, Source] = {}

    @property
    def drill_title(self) -> Bilingual:
        """What a drill of it is called unless somebody names it."""
        return self.called or self.title

    @property
    def starts(self) -> datetime:
        return self.legs[0].start

    @property
    def ends(self) -> datetime:
        return self.legs[-1].end

    @property
    def ghost_called(self) -> Bilingual | Message:
        """Whose case the ghost is; where it has no name, just the real case."""
        return self.ghost_name if self.ghost_name.en else say("the real case")

    def zoned(self) -> Self:
        """The same with its times in its zone, from where they came in another (a snapshot keeps them in UTC)."""
        zone = ZoneInfo(self.zone)

        def here(at: datetime) -> datetime:
            return at.astimezone(zone)

        return msgspec.structs.replace(
            self,
            legs=tuple(msgspec.structs.replace(one, start=here(one.start), end=here(one.end)) for one in self.legs),
            injects=tuple(msgspec.structs.replace(one, at=here(one.at)) if one.at else one for one in self.injects),
            ghost=tuple(msgspec.structs.replace(one, at=here(one.at)) for one in self.ghost),
        )

    @property
    def plays(self) -> timedelta:
        """How long its legs take in real time."""
        return sum((leg.plays for leg in self.legs), timedelta())

    @cached_property
    def by_id(self) -> dict[str, Inject]:
        return {inject.id: inject for inject in self.injects}

    @cached_property
    def in_order(self) -> tuple[Inject, ...]:
        """Its injects by number."""
        return tuple(sorted(self.injects, key=place_of))

    @cached_property
    def real_cases(self) -> frozenset[str]:
        """The cases it is played after (`Source.tells_of`)."""
        return frozenset(self.sources[one.source].tells_of for one in self.ghost if one.source in self.sources)

    @cached_property
    def scored(self) -> dict[str, Bilingual]:
        """The title of everything that brings or costs points, by its id."""
        return {one.id: one.title for part in (self.expected, self.orders, self.hazards) for one in part}

    def objective(self, id: str) -> Objective | None:
        return next((one for one in self.objectives if one.id == id), None)


def place_of(inject: Inject) -> tuple[int, str]:
    """Where an inject stands on the events list."""
    return inject.number, inject.id
