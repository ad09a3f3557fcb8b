"""What the record says of a drill: what arrived, what was answered, and what the facilitator noted. `fold` makes it."""

from datetime import datetime

import msgspec

from runbook.events import Improvement, InjectChanged, Prose
from runbook.moment import Moment
from runbook.scenario import Rate, Unattended
from runbook.touch import Touch


class Arrival(msgspec.Struct, frozen=True):
    """That an inject arrived: by which entry, and when on the exercise's clock. `by_hand` where it was pushed."""

    touch: Touch
    at: datetime
    by_hand: bool = False


class Reply(msgspec.Struct, frozen=True):
    """What the team said to an inject. `rules` are the guardrails that object to it."""

    touch: Touch
    at: datetime
    text: Prose
    rules: tuple[str, ...] = ()


class InjectState(msgspec.Struct, frozen=True):
    """What became of one inject so far."""

    arrival: Arrival | None = None
    replies: tuple[Reply, ...] = ()
    held: bool = False
    changed: InjectChanged | None = None
    turned: datetime | None = None
    """When the facilitator last held it back, let it go or changed it."""


class Observation(msgspec.Struct, frozen=True):
    """What the facilitator saw, tied to a moment and, where given, to an entry, an inject and an objective."""

    touch: Touch
    moment: Moment
    text: Prose
    about: int = 0
    inject: str = ""
    objective: str = ""


class Rating(msgspec.Struct, frozen=True):
    touch: Touch
    rate: Rate
    reason: Prose


class Overruling(msgspec.Struct, frozen=True):
    """An evaluator's points in place of the machine's; None gave the item back to it."""

    touch: Touch
    points: int | None
    reason: Prose


class Planned(msgspec.Struct, frozen=True):
    """One item of the improvement plan, in its latest wording."""

    touch: Touch
    plan: Improvement


class DrillState(msgspec.Struct, frozen=True):
    """Everything a drill is besides an incident."""

    scenario: str
    seed: int
    starts: datetime
    """On the exercise's clock."""
    held_at: datetime
    """When it was really held."""
    unattended: Unattended
    begun: bool = False
    """Its clock has run: until then everyone gets ready, and nothing arrives."""
    attended: Touch | None = None
    """The facilitator who is at the console; None where nobody is."""
    abandoned: Touch | None = None
    """That the last console died; None once somebody is there again."""
    ended: Touch | None = None
    discussing: str = ""
    """The inject for whose discussion the clock stands."""
    injects: dict[str, InjectState] = {}
    milestones: dict[str, Touch] = {}
    observations: tuple[Observation, ...] = ()
    ratings: dict[str, Rating] = {}
    """By objective."""
    overruled: dict[str, Overruling] = {}
    """By the score's item."""
    plans: dict[str, Planned] = {}
    """By the improvement item's id."""

    def inject(self, id: str) -> InjectState:
        return self.injects.get(id, _NOTHING)


_NOTHING = InjectState()
