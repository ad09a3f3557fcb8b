"""What the record says was done about one kind of notice: drafted, submitted, passed, approved, published."""

from datetime import datetime

import msgspec

from runbook.events import Prose
from runbook.moment import Moment
from runbook.touch import Touch, latest, standing


class Draft(msgspec.Struct, frozen=True):
    """One version of a notice. `base` is what the template made of it, where people changed the wording by hand; `at`
    is the time it was made of the facts, which stands in it."""

    touch: Touch
    at: datetime
    text: Prose
    facts: dict[str, int]
    base: Prose | None = None
    undone: bool = False


class Submission(msgspec.Struct, frozen=True):
    """A text put up for approval, frozen."""

    touch: Touch
    text: Prose
    sha256: str
    facts: dict[str, int]
    undone: bool = False


class Pass(msgspec.Struct, frozen=True):
    """Who answers for a warning, and why. `mark` names the rule and the sentence."""

    touch: Touch
    rule: str
    mark: str
    reason: Prose
    undone: bool = False


class Approval(msgspec.Struct, frozen=True):
    """Who approved the text of this hash."""

    touch: Touch
    sha256: str
    seat: str


class Publication(msgspec.Struct, frozen=True):
    """What went out: the frozen text and the facts it rests on, when and where, and what became of it."""

    touch: Touch
    at: Moment
    text: Prose
    sha256: str
    facts: dict[str, int]
    channel: str
    address: str
    head: str
    corrected: Touch | None = None
    withdrawn: Touch | None = None


class Notice(msgspec.Struct, frozen=True):
    """A kind of notice in one writing, with all that ever happened to it, oldest first."""

    versions: tuple[Draft, ...] = ()
    submissions: tuple[Submission, ...] = ()
    passes: tuple[Pass, ...] = ()
    approvals: tuple[Approval, ...] = ()
    publications: tuple[Publication, ...] = ()

    @property
    def draft(self) -> Draft | None:
        """The version that counts."""
        return standing(self.versions)

    @property
    def submission(self) -> Submission | None:
        """The text that is up for approval or approved; None where a later version made it void."""
        found, draft = standing(self.submissions), self.draft
        return found if found and (draft is None or draft.touch.seq < found.touch.seq) else None

    @property
    def approval(self) -> Approval | None:
        """The approval of that text."""
        found = self.submission
        last = self.approvals[-1] if self.approvals else None
        return last if found and last and last.touch.seq > found.touch.seq and last.sha256 == found.sha256 else None

    @property
    def publication(self) -> Publication | None:
        """What was published last, whatever became of it."""
        return self.publications[-1] if self.publications else None

    @property
    def touch(self) -> Touch | None:
        """Who last did something to it."""
        parts = (self.versions, self.submissions, self.passes, self.approvals, self.publications)
        touches = [part[-1].touch for part in parts if part]
        for gone in self.publications:
            touches += [touch for touch in (gone.corrected, gone.withdrawn) if touch]
        return max(touches, key=lambda touch: touch.seq, default=None)

    @property
    def rests_on(self) -> int:
        """The latest entry about it that was not undone."""
        kept = [approval.touch.seq for approval in self.approvals]
        for publication in self.publications:
            touches = (publication.touch, publication.corrected, publication.withdrawn)
            kept += [touch.seq for touch in touches if touch]
        return max(latest(self.versions), latest(self.submissions), latest(self.passes), *kept)
