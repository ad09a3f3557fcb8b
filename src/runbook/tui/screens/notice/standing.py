"""Where a notice is in its life: its headline, who did what, what an approval is asked for. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from rich.cells import cell_len
from rich.text import Text

from runbook.actions.notices import authors
from runbook.chain import sha256_text
from runbook.moment import Moment
from runbook.notice import Notice
from runbook.notice_kinds import CORRECTION
from runbook.publications import standing
from runbook.saying import STAGE_NAMES, WRITTEN_NAMES, stage_words
from runbook.speech import Message, say
from runbook.touch import Touch
from runbook.tui.presenting import spread
from runbook.tui.teller import Teller

if TYPE_CHECKING:
    from runbook.notices.drafting import Drafting
    from runbook.tui.screens.notice.points import Seen

NAMES = say("Names are not authenticated.")
"""What the screen says until identities are secured (rules.md 29)."""
SHORT = 12
"""Letters of a hash that are shown."""


class Past(msgspec.Struct, frozen=True):
    """One thing that happened to a notice: what, by whom and when, and the text it was done to. What went out went out
    `at` the time it was given, whenever that was written down."""

    what: Message
    touch: Touch
    text: str | None
    note: Message | None = None
    at: Moment | None = None

    @property
    def hash(self) -> str:
        """The beginning of its text's hash."""
        return sha256_text(self.text)[:SHORT] if self.text is not None else ""


def headline(seen: Seen, tell: Teller, width: int) -> list[Text]:
    """The notice's name and writing, its stage, what stops it; below, who did what, as much as there is room for."""
    drafting, shades = seen.drafting, tell.shades
    left = Text(f" {tell(drafting.kind.title)} ", "bold").append(f"{drafting.kind.id}  ", shades.quiet)
    left.append(tell(WRITTEN_NAMES[drafting.written]))
    right = Text()
    for n, sign, style, words in (
        (len(drafting.conflicts), "!", shades.bad, say("{n} conflicts", n=len(drafting.conflicts))),
        (len(drafting.stopping), "!", shades.bad, say("stopped by {n}", n=len(drafting.stopping))),
        (len(drafting.unanswered), "^", shades.soon, say("{n} warn", n=len(drafting.unanswered))),
        (len(drafting.missing), "!", shades.bad, say("missing facts: {n}", n=len(drafting.missing))),
    ):
        if n:
            right.append(f"{sign} {tell(words)}  ", style)
    return [spread(left, right, width), _below(seen, tell, width)]


def _below(seen: Seen, tell: Teller, width: int) -> Text:
    kept = seen.drafting.subject.of(tell.case).draft
    drafting = seen.drafting
    stage = stage_words(drafting.stage, drafting.kind.filing) if drafting.stage else say("unwritten")
    line = Text(f" {tell(stage)}", "bold")
    if seen.drafting.stage in (None, "draft"):
        line.append(f"  {tell(_kept(kept.touch.seq if kept else 0))}", tell.shades.quiet)
    done = life(seen, tell)
    for part in (*done, *([tell(NAMES)] if done else [])):
        if line.cell_len + cell_len(part) + 3 > width:
            break
        line.append(f"  {part}", tell.shades.quiet)
    return line


def _kept(kept: int) -> Message:
    return say("kept: #{seq}", seq=kept) if kept else say("not kept yet")


def life(seen: Seen, tell: Teller) -> list[str]:
    """Who submitted, approved and published the text, and when, a sentence each."""
    notice, found = seen.drafting.subject.of(tell.case), list[str]()

    def add(what: Message, touch: Touch, at: Moment | None = None) -> None:
        happened = tell.moment(at or Moment(touch.at))
        found.append(tell(say("{what} {at} {actor}", what=what, at=happened, actor=touch.actor)))

    if not seen.drafting.frozen:
        return found
    if notice.submission is not None:
        add(say("put up for approval"), notice.submission.touch)
    if notice.approval is not None:
        same = say("approved on the same seat") if seen.same_seat else STAGE_NAMES["approved"]
        add(same, notice.approval.touch)
    out = notice.publication
    if out is not None and seen.drafting.stage in ("published", "corrected", "withdrawn"):
        filed, public = say("filed, {channel}:", channel=out.channel), say("published, {channel}:", channel=out.channel)
        add(filed if seen.drafting.kind.filing else public, out.touch, out.at)
        if out.corrected is not None:
            add(STAGE_NAMES["corrected"], out.corrected)
        if out.withdrawn is not None:
            add(STAGE_NAMES["withdrawn"], out.withdrawn)
    return found


def written_by(notice: Notice) -> list[int]:
    """The entries by which the text that was approved came to be: its authors' versions and the submission."""
    names, since = authors(notice), notice.publications[-2].touch.seq if len(notice.publications) > 1 else 0
    versions = [one.touch for one in notice.versions if not one.undone and one.touch.seq > since]
    found = [touch.seq for touch in versions if touch.actor in names]
    return found + ([notice.submission.touch.seq] if notice.submission else [])


def passed(drafting: Drafting) -> int:
    """How many warnings someone answered for."""
    return sum(one.severity == "warn" for one in drafting.findings) - len(drafting.unanswered)


def approval(seen: Seen, tell: Teller) -> tuple[Message, Message]:
    """What one approves, named."""
    drafting = seen.drafting
    submission = drafting.subject.of(tell.case).submission
    by = submission.touch.actor if submission else ""
    question = say("Approve “{kind}” {written}?", kind=drafting.kind.title, written=WRITTEN_NAMES[drafting.written])
    hint = say(
        "Text {hash}, submitted by {actor}. Warnings passed with a reason: {n}. You approve exactly this text; if one "
        "character of it changes, the approval is void.",
        hash=sha256_text(drafting.text)[:SHORT],
        actor=by,
        n=passed(drafting),
    )
    return question, _translated(hint, drafting)


def submission(drafting: Drafting) -> tuple[Message, Message]:
    """What one submits, named."""
    question = say(
        "Submit “{kind}” {written} for approval?", kind=drafting.kind.title, written=WRITTEN_NAMES[drafting.written]
    )
    hint = say(
        "Text {hash}. Warnings nobody has answered for yet: {n}. From then on the text is frozen, and someone other "
        "than its authors approves it.",
        hash=sha256_text(drafting.text)[:SHORT],
        n=len(drafting.unanswered),
    )
    return question, _translated(hint, drafting)


def _translated(hint: Message, drafting: Drafting) -> Message:
    return say("{hint} Japanese words are still in the text.", hint=hint) if drafting.half_translated else hint


def correction_after(seen: Seen, tell: Teller) -> int:
    """The entry of the correction that was published after this notice in the same writing; 0 where there is none."""
    out = seen.drafting.subject.of(tell.case).publication
    found = [
        one.publication.touch.seq
        for one in standing(tell.case.incident)
        if (one.kind, one.written) == (CORRECTION, seen.drafting.written)
    ]
    return max((seq for seq in found if out is not None and seq > out.touch.seq), default=0)


def past(notice: Notice, filing: bool = False) -> Sequence[Past]:
    """Everything that happened to a notice, the latest first; to one that is filed, and not made public, if
    `filing`."""
    found = [
        Past(
            say("worded by hand") if one.base is not None else say("drafted"),
            one.touch,
            one.text.text,
            _undone(one.undone),
        )
        for one in notice.versions
    ]
    found += [
        Past(say("put up for approval"), one.touch, one.text.text, _undone(one.undone)) for one in notice.submissions
    ]
    texts = {one.sha256: one.text.text for one in notice.submissions}
    found += [Past(STAGE_NAMES["approved"], one.touch, texts.get(one.sha256)) for one in notice.approvals]
    for out in notice.publications:
        where = say("{channel} {address}", channel=out.channel, address=out.address)
        found.append(Past(stage_words("published", filing), out.touch, out.text.text, where, out.at))
        if out.corrected is not None:
            found.append(Past(STAGE_NAMES["corrected"], out.corrected, out.text.text))
        if out.withdrawn is not None:
            found.append(Past(STAGE_NAMES["withdrawn"], out.withdrawn, out.text.text))
    return sorted(found, key=lambda one: one.touch.seq, reverse=True)


def _undone(undone: bool) -> Message | None:
    return say("undone") if undone else None
