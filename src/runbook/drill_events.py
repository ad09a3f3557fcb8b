"""The lines of the record that belong to a drill alone. They are named with all others in `events`."""

from datetime import datetime
from typing import Literal

from runbook.prose import Data, Prose
from runbook.scenario import Delivery, InjectKind, Rate, Unattended


class OfDrill(Data, frozen=True):
    """What belongs to a drill alone."""


class OfFacilitator(OfDrill, frozen=True):
    """What the team's screens and the log do not show (rules.md 37)."""


class DrillStarted(OfDrill, frozen=True):
    """A drill of this scenario begins. `starts` is the exercise's time; `seed` is what a random one was made from."""

    scenario: str
    starts: datetime
    seed: int = 0
    unattended: Unattended = "goes_on"


class DrillEnded(OfDrill, frozen=True):
    """The exercise is over: its clock stands, and the team's record is closed. What is said about it may follow."""

    remark: Prose


class InjectArrived(OfDrill, frozen=True):
    """An inject reached the team. The envelope's moment is when it was due."""

    inject: str
    by_hand: bool = False


class InjectAnswered(OfDrill, frozen=True):
    """What the team said to an inject; `rules` are the guardrails that objected to it when it was said."""

    inject: str
    text: Prose
    rules: tuple[str, ...] = ()


class InjectHeld(OfFacilitator, frozen=True):
    """The facilitator holds an inject back, or lets it go again."""

    inject: str
    on: bool = True


class InjectChanged(OfFacilitator, frozen=True):
    """An inject as the facilitator wrote it while the drill ran, whole: an edited one, or one that is new."""

    inject: str
    number: int
    title_ja: Prose
    title_en: Prose
    text_ja: Prose
    text_en: Prose
    kind: InjectKind
    delivery: Delivery
    sender_ja: Prose
    sender_en: Prose
    to: tuple[str, ...] = ()
    at: datetime | None = None
    when: str = ""
    milestone: str = ""
    depends_on: tuple[str, ...] = ()
    hand: bool = False
    expected_ja: Prose | None = None
    expected_en: Prose | None = None
    controller: str = ""
    attachments: tuple[str, ...] = ()
    objective: str = ""
    answer: bool = False
    enabled: bool = True


class MilestoneReached(OfFacilitator, frozen=True):
    milestone: str
    by_hand: bool = False


class FacilitatorCame(OfFacilitator, frozen=True):
    """Somebody sits at the console."""


class FacilitatorLeft(OfFacilitator, frozen=True):
    """Nobody sits at the console any more; `died` where another seat found that it was gone."""

    died: bool = False


class ObservationNoted(OfFacilitator, frozen=True):
    """What was seen at the envelope's moment: at entry `about`, at an inject, on an objective, each where given."""

    text: Prose
    about: int = 0
    inject: str = ""
    objective: str = ""


class ObjectiveRated(OfFacilitator, frozen=True):
    objective: str
    rate: Rate
    reason: Prose


class PointsOverruled(OfFacilitator, frozen=True):
    """An evaluator's points for an item of the score, in place of the machine's; None gives it back."""

    item: str
    reason: Prose
    points: int | None = None


class Improvement(OfFacilitator, frozen=True):
    """One item of the improvement plan (HSEEP appendix A), whole. Days are ISO dates of the real calendar.

    `item` is the item of the score that it is to better. `step` and `add` are what it would change in the playbook:
    a line of instruction or a check (`check`) for that step, in both languages.
    """

    id: str
    issue: Prose
    action: Prose
    owner: str
    contact: str = ""
    start: str = ""
    due: str = ""
    item: str = ""
    step: str = ""
    add: Literal["", "line", "check"] = ""
    ja: Prose | None = None
    en: Prose | None = None
    dropped: bool = False
