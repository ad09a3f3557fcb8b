"""A notice's life: drafted, submitted, approved by someone else, published, corrected or withdrawn.

What the guardrails find is handed in by the desk alone (rules.md 28), as the open points that stand in the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from runbook import events as e
from runbook.actions.deciding import By, require_open, require_unchanged
from runbook.actions.values import clean, require_not_given_away
from runbook.case import Case
from runbook.chain import head_code, sha256_text
from runbook.errors import BadContent, Refused
from runbook.events import Act, Prose
from runbook.guardrails import Finding
from runbook.moment import Moment
from runbook.notice import Approval, Notice, Publication, Submission
from runbook.notice_kinds import Written, tongue
from runbook.publications import changed, public_changes, published, stage
from runbook.speech import Argument, Bilingual, Message, say
from runbook.wording.safe import fold

SECOND_PERSON = ("G02", "G04")
"""Rules on the secret: their reason comes from someone other than the notice's authors (rules.md 29)."""
_NAMED = 5
"""Points named in a refusal; the rest are counted."""


class Subject(msgspec.Struct, frozen=True):
    """Which notice an act is about: its kind's slug and its writing."""

    kind: str
    written: Written

    @property
    def key(self) -> str:
        return f"notice:{self.kind}/{self.written}"

    def of(self, case: Case) -> Notice:
        return case.incident.notice(self.kind, self.written)


def mark_of(finding: Finding) -> str:
    """What a pass is for: the rule and the very words it found."""
    return sha256_text(f"{finding.rule}\0{finding.excerpt}")[:16]


def keep_draft(
    case: Case,
    by: By,
    subject: Subject,
    text: str,
    facts: dict[str, int],
    base: str | None = None,
    at: datetime | None = None,
    *,
    anew: bool = False,
) -> list[Act]:
    """Keep a version of a notice, with the facts it rests on; nothing where the text did not change (rules.md 26).

    `base` is the text as the template made it at `at` (just now, if not given), where the wording was changed by hand.
    `anew` keeps it all the same: a new version begins with what was published.
    """
    require_open(case)
    last = subject.of(case).draft
    if not anew and last is not None and last.text.text == text and base in (None, (last.base or last.text).text):
        return []  # a conflict settled for the wording by hand changes only what that stands over
    by_hand = None if base is None or base == text else Prose(text=base)
    made = None if at is None else Moment(at)
    return [Act(e.NoticeDrafted(subject.kind, subject.written, Prose(text=text), facts, by_hand), made)]


def submit(
    case: Case, by: By, subject: Subject, text: str, facts: dict[str, int], obstacles: Sequence[Message]
) -> list[Act]:
    """Put a text up for approval; from now on it is frozen. Refused while anything stands in its way."""
    require_open(case)
    require_unchanged(case, by, subject.key)
    if stage(subject.of(case)) in ("submitted", "approved"):
        raise Refused(
            say("This notice is submitted already."), say("Draft it anew to change it; that ends the submission.")
        )
    require_submittable(obstacles)
    return [Act(e.NoticeSubmitted(subject.kind, subject.written, Prose(text=text), sha256_text(text), facts))]


def require_submittable(obstacles: Sequence[Message]) -> None:
    """Raises Refused while anything stands in the way of a submission."""
    _refuse(obstacles, say("It cannot be submitted yet:"))


def pass_finding(case: Case, by: By, subject: Subject, finding: Finding, reason: str) -> list[Act]:
    """Answer for a warning by name. Those on the secret need someone other than the notice's authors (rules.md 29)."""
    require_open(case)
    require_may_pass(subject.of(case), by.actor, finding)
    words = clean(reason, say("reason"))
    if not words:
        raise BadContent(say("The reason is empty."), say("Write why this sentence may stand."))
    require_not_given_away(words, say("reason"))
    mark = mark_of(finding)
    if any(one.mark == mark and not one.undone for one in subject.of(case).passes):
        return []
    return [Act(e.FindingPassed(subject.kind, subject.written, finding.rule, mark, Prose(text=words)))]


def approve(case: Case, by: By, subject: Subject, obstacles: Sequence[Message]) -> list[Act]:
    """Approve exactly the submitted text. Refused to its authors, and while anything stands in its way."""
    require_open(case)
    require_unchanged(case, by, subject.key)
    notice, submission = subject.of(case), _submitted(case, subject)
    if notice.approval is not None:
        return []
    require_may_approve(notice, by.actor)
    _refuse([*obstacles, *outdated(case, submission.facts)], say("It cannot be approved:"))
    return [Act(e.NoticeApproved(subject.kind, subject.written, submission.sha256))]


def publish(
    case: Case,
    by: By,
    subject: Subject,
    channel: str,
    address: str,
    obstacles: Sequence[Message],
    moment: Moment | None = None,
) -> list[Act]:
    """Record that the approved text went out, where and when. What is not approved does not leave."""
    require_open(case)
    require_unchanged(case, by, subject.key)
    submission, approval = approved(case, subject)
    if moment is not None and moment.at is not None and moment.at > case.now:
        raise Refused(say("{at} is still to come.", at=case.zoned(moment.at)), say("Record it when it has gone out."))
    where = clean(channel, say("channel"))
    if not where:
        raise BadContent(say("Nobody said where it was published."), say("Name the channel: web page, press, letter."))
    _refuse([*obstacles, *outdated(case, submission.facts)], say("It cannot be published:"))
    data = e.NoticePublished(
        subject.kind,
        subject.written,
        approval.sha256,
        where,
        clean(address, say("address")),
        head_code(case.incident.hash),
    )
    return [Act(data, moment)]


def correct(case: Case, by: By, subject: Subject, reason: str, correction: int = 0) -> list[Act]:
    """Record that what was published was put right, by the publication of entry `correction` if there is one."""
    standing, words = _standing(case, subject, reason)
    if standing.corrected is not None:
        raise Refused(
            say("“{notice}” is marked as corrected already.", notice=_title(case, subject)),
            say("Publish a new version, or withdraw it."),
        )
    if correction and all(one.publication.touch.seq != correction for one in published(case.incident)):
        raise Refused(
            say("Entry {seq} is no publication.", seq=correction), say("“runbook notice versions” shows their numbers.")
        )
    return [Act(e.NoticeCorrected(subject.kind, subject.written, standing.touch.seq, Prose(text=words), correction))]


def corrected_by(case: Case, subject: Subject) -> list[Act]:
    """What follows from publishing a correction as the next entry: the notices of its language are put right."""
    reason = Prose(text=case.text("correction_reason"))
    stale = {(one.of.kind, one.of.written): one.of.publication.touch.seq for one in public_changes(case)}
    return [
        Act(e.NoticeCorrected(kind, written, seq, reason, case.incident.seq + 1))
        for (kind, written), seq in stale.items()
        if tongue(written) == tongue(subject.written)
    ]


def withdraw(case: Case, by: By, subject: Subject, reason: str) -> list[Act]:
    """Record that what was published no longer stands."""
    standing, words = _standing(case, subject, reason)
    return [Act(e.NoticeWithdrawn(subject.kind, subject.written, standing.touch.seq, Prose(text=words)))]


def approved(case: Case, subject: Subject) -> tuple[Submission, Approval]:
    """The approved text. Raises Refused where there is none."""
    if stage(subject.of(case)) in ("published", "corrected", "withdrawn"):
        called = _title(case, subject)
        filed, public = (
            say("“{notice}” is filed already.", notice=called),
            say("“{notice}” is published already.", notice=called),
        )
        raise Refused(filed if _is_filing(case, subject) else public, say("Begin a new version first."))
    notice, submission = subject.of(case), _submitted(case, subject)
    if notice.approval is None:
        raise Refused(
            say("“{notice}” is not approved.", notice=_title(case, subject)),
            say("Someone other than its authors approves it first."),
        )
    return submission, notice.approval


def outdated(case: Case, facts: dict[str, int]) -> list[Message]:
    """The facts a text rests on that are others by now, one sentence each."""
    return [
        say("“{fact}” changed since the text was submitted: draft it anew.", fact=fact_title(case, name))
        for name, _, _ in changed(case.incident, facts)
    ]


def fact_title(case: Case, name: str) -> Argument:
    """What a fact, a data set or a row is called."""
    kind, colon, rest = name.partition(":")
    if colon:
        return rest.partition(":")[2] if kind == "row" else rest
    spec = case.spec(name)
    return spec.title if spec else name


def _submitted(case: Case, subject: Subject) -> Submission:
    notice = subject.of(case)
    if notice.submission is None or stage(notice) not in ("submitted", "approved"):
        raise Refused(
            say("“{notice}” is not submitted for approval.", notice=_title(case, subject)),
            say("Draft it and submit it first."),
        )
    return notice.submission


def _standing(case: Case, subject: Subject, reason: str) -> tuple[Publication, str]:
    words = clean(reason, say("reason"))
    publication = subject.of(case).publication
    if publication is None or publication.withdrawn:
        notice = _title(case, subject)
        filed, public = (
            say("“{notice}” is not filed.", notice=notice),
            say("“{notice}” is not published.", notice=notice),
        )
        raise Refused(filed if _is_filing(case, subject) else public)
    if not words:
        raise BadContent(say("The reason is empty."), say("Write why."))
    return publication, words


def _is_filing(case: Case, subject: Subject) -> bool:
    """Whether it is filed, and not made public."""
    return subject.kind in case.playbook.filings


def _title(case: Case, subject: Subject) -> Bilingual | str:
    return case.playbook.notices.get(subject.kind, subject.kind)


def authors(notice: Notice) -> set[str]:
    """Who wrote the text that is being worked on: who kept the version, who worded one by hand since the last
    publication, and who submitted it."""
    since = notice.publication.touch.seq if notice.publication else 0
    standing = [one for one in notice.versions if not one.undone and one.touch.seq > since]
    names = {one.touch.actor for one in standing if one.base is not None}
    names |= {one.touch.actor for one in standing[-1:]}
    return names | ({notice.submission.touch.actor} if notice.submission else set())


def require_may_pass(notice: Notice, actor: str, finding: Finding) -> None:
    """Refuse what no reason lets pass, and to a notice's authors what needs someone else's."""
    if finding.severity != "warn":
        raise Refused(
            say("{rule} stops the notice; no reason lets it pass.", rule=finding.rule)
            if finding.severity == "block"
            else say("{rule} needs no reason: it only informs.", rule=finding.rule),
            say("Change the text."),
        )
    if finding.rule in SECOND_PERSON and _is_author(notice, actor):
        raise Refused(
            say("{actor} wrote this notice; {rule} needs a second person's reason.", actor=actor, rule=finding.rule),
            say("Let someone else answer for it, or change the sentence."),
        )


def require_may_approve(notice: Notice, actor: str) -> None:
    """Refuse an approval to whoever wrote or submitted the notice."""
    if _is_author(notice, actor):
        raise Refused(
            say("{actor} wrote or submitted this notice and cannot approve it.", actor=actor),
            say("Let someone else read and approve it."),
        )


def _is_author(notice: Notice, actor: str) -> bool:
    return fold(actor) in {fold(name) for name in authors(notice)}


def _refuse(obstacles: Sequence[Message], opening: Message) -> None:
    if obstacles:
        more = len(obstacles) - _NAMED
        listed: list[Message] = list(obstacles[:_NAMED])
        if more > 0:
            listed.append(say("and {n} more", n=more))
        told = opening
        for one in listed:
            told = say("{before} {point}", before=told, point=one)
        raise Refused(told, say("See to these first."))
