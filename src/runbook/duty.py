"""What the record says was done about one duty of a law, and what a person judged of the severity."""

from typing import Literal

import msgspec

from runbook.events import Prose
from runbook.moment import Moment
from runbook.touch import Touch, latest, standing


class Filing(msgspec.Struct, frozen=True):
    """That a duty was met: when, by whom, under which receipt number; why late. `withdrawn` where it was not so."""

    touch: Touch
    at: Moment
    by: str
    receipt: Prose | None = None
    reason: Prose | None = None
    withdrawn: Touch | None = None
    step: str = ""
    """The step whose finishing recorded it; empty where it was recorded by itself."""


class Delay(msgspec.Struct, frozen=True):
    """Why a duty is, or will be, late."""

    touch: Touch
    reason: Prose
    undone: bool = False


class Override(msgspec.Struct, frozen=True):
    """What counsel decided on whether a duty applies; "rule" gave it back to the rule."""

    touch: Touch
    applies: Literal["yes", "no", "rule"]
    counsel: str
    reason: Prose
    undone: bool = False


class DutyState(msgspec.Struct, frozen=True):
    """Everything that was done about a duty, oldest first."""

    filings: tuple[Filing, ...] = ()
    delays: tuple[Delay, ...] = ()
    overrides: tuple[Override, ...] = ()

    @property
    def filing(self) -> Filing | None:
        """The filing that counts."""
        return next((one for one in reversed(self.filings) if one.withdrawn is None), None)

    @property
    def delay(self) -> Delay | None:
        return standing(self.delays)

    @property
    def override(self) -> Override | None:
        """What counsel decided, as long as it was not given back to the rule."""
        found = standing(self.overrides)
        return None if found is None or found.applies == "rule" else found

    @property
    def touch(self) -> Touch | None:
        touches = [one.touch for part in (self.filings, self.delays, self.overrides) for one in part]
        touches += [one.withdrawn for one in self.filings if one.withdrawn]
        return max(touches, key=lambda touch: touch.seq, default=None)

    @property
    def rests_on(self) -> int:
        """The latest entry about it that was not undone."""
        kept = [touch.seq for one in self.filings for touch in (one.touch, one.withdrawn) if touch]
        return max(latest(self.delays), latest(self.overrides), *kept, 0)


class Judged(msgspec.Struct, frozen=True):
    """What a person chose on one line of the severity worksheet; no choice gave it back to the facts."""

    touch: Touch
    choice: str
    reason: Prose
    undone: bool = False
