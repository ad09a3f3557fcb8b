"""What an after-action report holds: frozen structs, in no language yet. `report` makes them of a drill's record.

Times are the exercise's, aware and in the drill's zone, where nothing else is said; `#n` is an entry of the record.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from runbook.declared import Source
from runbook.drill import Observation, Planned, Rating
from runbook.drills.comparing import Comparison
from runbook.drills.scoring import Item, Score
from runbook.drills.timeline import Timeline
from runbook.duties import Deadline
from runbook.events import Prose
from runbook.moment import Moment
from runbook.scenario import Ghost, Inject, Objective, Rate, Scenario
from runbook.script import Stand
from runbook.speech import Argument, Bilingual, Message


class Cited(msgspec.Struct, frozen=True):
    """An entry of the record as evidence: when it happened by the exercise's clock, when it was really written down,
    and who did it (`script.doer`)."""

    seq: int
    moment: Moment
    wall_at: datetime
    actor: Argument
    said: Message


class Person(msgspec.Struct, frozen=True):
    """Somebody who wrote into the record, and how many entries."""

    name: str
    entries: int


class Rated(msgspec.Struct, frozen=True):
    """How an objective was met: what the machine suggests by the points, and what an evaluator said."""

    objective: Objective
    points: int
    max: int
    suggested: Rate | None
    rating: Rating | None


class Point(msgspec.Struct, frozen=True):
    """A strength or a gap: a line of the score with all that bears on it. `real` is what the real case did about it."""

    item: Item
    objective: Objective | None
    evidence: tuple[Cited, ...]
    real: tuple[Ghost, ...]
    source: Source | None
    seen: tuple[Observation, ...]


class Missed(msgspec.Struct, frozen=True):
    """A clock of the law that was missed, or met late, and brings no points either way: a gap all the same. `reason` is
    why, as the team recorded it."""

    clock: Deadline
    reason: Prose | None
    evidence: tuple[Cited, ...]


class Guard(msgspec.Struct, frozen=True):
    """A guardrail that objected, and the real case that is the reason for it. `warns`: it stops no notice."""

    id: str
    title: Bilingual | None = None
    why: Bilingual | None = None
    source: Source | None = None
    warns: bool = False


class Disclosure(msgspec.Struct, frozen=True):
    """What was said against a guardrail: the words, to whom (`to`: the organisation's own people as well), and what
    really happened where it was said. `words` is None of a notice where nobody answered for any words of it."""

    entry: Cited
    about: Argument
    asked: Bilingual | None
    words: Prose | None
    guards: tuple[Guard, ...]
    hazards: tuple[Point, ...]
    to: Argument = ""

    @property
    def only_warned(self) -> bool:
        """Whether nothing stops such words and they cost no points: to be looked at, but no fault by themselves."""
        return not self.hazards and all(guard.warns for guard in self.guards)


class Watched(msgspec.Struct, frozen=True):
    """An observation of the facilitator, and what it is tied to."""

    observation: Observation
    about: Cited | None
    inject: Argument
    objective: Objective | None


class Improving(msgspec.Struct, frozen=True):
    """An item of the improvement plan. Days are of the real calendar; `change` is what it would change in the playbook,
    as a diff."""

    planned: Planned
    item: Bilingual | None
    step: Argument
    follow_ups: tuple[date, ...]
    change: str


class Ran(msgspec.Struct, frozen=True):
    """A line of the events list as it ran."""

    inject: Inject
    stand: Stand
    edited: bool
    added: bool
    held: bool
    by_hand: bool
    arrived_at: datetime | None
    seqs: tuple[int, ...]
    answers: tuple[int, ...]
    waits: tuple[Message, ...]
    """What it waited for besides its hour."""
    talked_at: datetime | None
    """When the clock was stopped to discuss it, the first time."""
    talked: timedelta
    """For how long it was discussed in all, in real time."""


class Report(msgspec.Struct, frozen=True):
    """The whole report. `held` and `until` are by the wall's clock, in the drill's zone; `ended` tells whether it is
    over."""

    incident: str
    title: Argument
    """Of the exercise, in both languages unless somebody gave it a name of its own."""
    mark: str
    scenario: Scenario
    playbook: Bilingual
    edition: str
    seed: int
    starts: datetime
    stands: datetime
    held: datetime
    until: datetime
    ended: bool
    remark: Prose | None
    last: int
    zone: str
    team: tuple[Person, ...]
    facilitators: tuple[Person, ...]
    recorded: bool
    """A recorded team played it by itself: nobody took part, and its wall clock is made up."""
    led: bool
    """Whether anybody sat at the facilitator's console, or judged."""
    score: Score
    comparison: Comparison | None
    rated: tuple[Rated, ...]
    timeline: Timeline
    strengths: tuple[Point, ...]
    gaps: tuple[Point, ...]
    missed: tuple[Missed, ...]
    open: tuple[Point, ...]
    """What can still be done while the drill runs."""
    left_out: tuple[Point, ...]
    """What did not come up, or does not apply."""
    disclosures: tuple[Disclosure, ...]
    watched: tuple[Watched, ...]
    plans: tuple[Improving, ...]
    ran: tuple[Ran, ...]
    evidence: tuple[Cited, ...]
    """Every entry that anything in the report rests on, in order."""
