"""The decisions of a notice's life. Each drafts the notice anew on the case it is taken on, so that nobody can hand in
a text or a list of findings of their own (rules.md 28).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from runbook.actions import notices
from runbook.actions.deciding import By, Decision, require_unchanged
from runbook.actions.duties import file
from runbook.actions.duties import withdraw as unfile
from runbook.actions.facts import claim
from runbook.actions.notices import Subject, mark_of
from runbook.case import Case
from runbook.duties import deadlines_of
from runbook.duty import Filing
from runbook.errors import Refused
from runbook.events import Act
from runbook.moment import Moment
from runbook.notice import Publication
from runbook.notice_kinds import CORRECTION, NoticeKind, Written
from runbook.notices.drafting import Drafting, draft, settled, the_kind
from runbook.notices.merging import Conflict, Side
from runbook.publications import Stage
from runbook.speech import Message, say

if TYPE_CHECKING:
    from runbook.content import Content
    from runbook.journal import Line

Of: TypeAlias = tuple["Content", str, Written]
"""The templates, a kind's slug or D-number, and a writing."""


def keeping(of: Of, *, anew: bool = False) -> Decision:
    """Keep a version, if more than the time changed."""
    return lambda case, by: _drafted(case, of, anew).keep(case, by)


def rewording(drafting: Drafting, text: str) -> Decision:
    """Keep a wording changed by hand over this drafting. Raises Refused, BadContent."""
    worded = drafting.reworded(text)

    def decide(case: Case, by: By) -> list[Act]:
        require_unchanged(case, by, worded.subject.key)
        return worded.keep(case, by)

    return decide


def settling(of: Of, n: int, take: Side, shown: Conflict | None = None) -> Decision:
    """Settle the `n`-th conflict (from 0) between a wording by hand and the facts; if it is still the one `shown`."""

    def decide(case: Case, by: By) -> list[Act]:
        drafting = _drafted(case, of)
        last = drafting.subject.of(case).draft
        if last is None:
            raise Refused(say("Nothing was worded by hand here."))
        if shown is not None and shown not in drafting.conflicts[n : n + 1]:
            raise Refused(say("There is no such conflict any more."), say("Look at the notice again."))
        text, base = settled(drafting, last, n, take)
        return notices.keep_draft(case, by, drafting.subject, text, drafting.facts, base, last.at)

    return decide


def submitting(of: Of, shown: Drafting | None = None) -> Decision:
    """Put the notice up for approval: as it is now, or to the letter as it was `shown`, if that is still what the facts
    make of it."""

    def decide(case: Case, by: By) -> list[Act]:
        drafting = _drafted(case if shown is None else msgspec.structs.replace(case, now=case.zoned(shown.at)), of)
        if shown is not None and drafting.text != shown.text:
            raise Refused(say("The text has changed since you read it."), say("Read it again, then submit it."))
        against = drafting.obstacles("submitted")
        return drafting.keep(case, by) + notices.submit(
            case, by, drafting.subject, drafting.text, drafting.facts, against
        )

    return decide


def answering(of: Of, reason: str, *, mark: str = "", rule: str = "") -> Decision:
    """Answer by name for the warning of this mark, or for every one of this rule."""

    def decide(case: Case, by: By) -> list[Act]:
        drafting = _drafted(case, of)
        found = {mark_of(one): one for one in drafting.findings if one.rule == rule or mark_of(one) == mark}
        if not found:
            raise Refused(say("That warning is not there any more."), say("Look at the notice again."))
        return [
            act
            for finding in found.values()
            for act in notices.pass_finding(case, by, drafting.subject, finding, reason)
        ]

    return decide


def approving(of: Of) -> Decision:
    """Approve exactly the submitted text."""
    return _leaving(of, "approved", notices.approve)


def publishing(of: Of, channel: str, address: str = "", moment: Moment | None = None) -> Decision:
    """Record that the approved text went out, and the fact that says when it did, if nobody has. A correction puts
    right what it is about; a report to an authority is filed with it."""

    def act(case: Case, by: By, subject: Subject, against: Sequence[Message]) -> list[Act]:
        out = notices.publish(case, by, subject, channel, address, against, moment)
        out += notices.corrected_by(case, subject) if subject.kind == CORRECTION else []
        kind = the_kind(of[0], subject.kind)
        return out + _first_out(case, by, kind.out_at, moment) + _filed(case, by, kind, moment)

    return _leaving(of, "published", act)


def withdrawing(of: Of, reason: str) -> Decision:
    """Record that what was published no longer stands; nor do the filings of duties that its publication recorded. What
    somebody recorded of a duty since then stands."""
    content, kind, written = of
    found = the_kind(content, kind)

    def decide(case: Case, by: By) -> list[Act]:
        subject = Subject(found.slug, written)
        acts, out = notices.withdraw(case, by, subject, reason), subject.of(case).publication
        own = [duty for duty in found.files if out and _is_of(case.incident.duty(duty).filing, out)]
        for duty in own:
            alone = _unfiled(case, [other for other in own if other != duty])
            acts += [act for act in unfile(alone, by, duty, reason) if act not in acts]
        return acts

    return decide


def _is_of(filing: Filing | None, out: Publication) -> bool:
    """Whether a filing was recorded by the very act that recorded a publication."""
    return filing is not None and filing.touch.at == out.touch.at and filing.touch.seq > out.touch.seq


def _unfiled(case: Case, duties: Sequence[str]) -> Case:
    """The case as it is when these are not met, for they are withdrawn with another one of the same step."""
    states = case.incident.duties | {
        duty: msgspec.structs.replace(case.incident.duty(duty), filings=()) for duty in duties
    }
    return msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, duties=states))


def scripted(line: Line, content: Content) -> Decision:
    """What a line of a journal does with a notice."""
    of: Of = (content, line.notice, line.language)
    match line.act:
        case "submit":
            return submitting(of)
        case "pass":
            return answering(of, line.reason, rule=line.rule)
        case "approve":
            return approving(of)
        case "publish":
            return publishing(of, line.channel, line.address)
    return keeping(of, anew=True)


def _first_out(case: Case, by: By, fact: str, moment: Moment | None) -> list[Act]:
    """That the fact of a kind's first publication is known by it, as the step would record it that asks for it."""
    if case.spec(fact) is None or case.current(fact) is not None:
        return []
    asking = (step.id for step in case.playbook.steps.values() for field in step.fields if field.fact == fact)
    source = "".join(f"step:{step}" for step in islice(asking, 1))
    return claim(case, by, fact, (moment or Moment(case.now)).typed(case.zone), source=source)


def _filed(case: Case, by: By, kind: NoticeKind, moment: Moment | None) -> list[Act]:
    """That the duties of this kind which are still open are met by its publication; what the playbook would have
    recorded of it once, though several duties ask for it."""
    still_open = {one.id for one in deadlines_of(case, kind.files) if one.is_open}
    acts: list[Act] = []
    for duty in kind.files:
        if duty in still_open:
            acts += [act for act in file(case, by, duty, moment) if act not in acts]
    return acts


def _drafted(case: Case, of: Of, anew: bool = False) -> Drafting:
    content, kind, written = of
    return draft(case, content, kind, written, anew=anew)


def _leaving(of: Of, to: Stage, act: Callable[[Case, By, Subject, Sequence[Message]], list[Act]]) -> Decision:
    def decide(case: Case, by: By) -> list[Act]:
        drafting = _drafted(case, of)
        return act(case, by, drafting.subject, drafting.obstacles(to))

    return decide
