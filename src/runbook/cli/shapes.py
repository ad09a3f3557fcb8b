"""The JSON shapes other programs rely on: names and order of keys, one function a shape. Pure.

Times are ISO 8601 in the incident's zone, with its offset, to the second. What is absent is null.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runbook.case import Case
from runbook.chain import head_code
from runbook.duties import Deadline, set_aside, standing
from runbook.duty import Filing, Override
from runbook.events import Prose, Value
from runbook.incident import Claim, DataSet, Fact, Row
from runbook.moment import Moment
from runbook.notice import Notice
from runbook.notice_kinds import NoticeKind
from runbook.progress import StepView, next_steps, open_facts, step_views
from runbook.publications import Change, changes, split_key, stage, value_of
from runbook.speech import Language, speaker
from runbook.touch import Touch

if TYPE_CHECKING:
    from runbook.cards import Card
    from runbook.desk import Entry
    from runbook.guardrails import Finding

Shape = dict[str, object]
_APPLIES = {True: "yes", False: "no", None: "unknown"}


def card(card: Card, language: Language) -> Shape:
    """One incident of `list`; one that cannot be read says so."""
    broken = {} if card.unreadable is None else {"unreadable": speaker(language)(card.unreadable)}
    return {
        "id": card.id,
        "title": card.title,
        "playbook": card.playbook,
        "mode": card.mode,
        "demo": card.demo,
        "opened_at": stamp(card.opened_at),
        "closed_at": stamp(card.closed_at),
        "next_due_at": stamp(card.next.falls_at if card.next else None),
        **broken,
    }


def status(case: Case, language: Language) -> Shape:
    """All of one incident."""
    own, zone = case.incident, case.zone
    views, (at, clocks) = step_views(case), standing(case)
    stale = {(change.of.kind, change.of.written) for change in changes(case)}
    return {
        "id": own.id,
        "title": own.title,
        "playbook": own.playbook,
        "mode": own.mode,
        "demo": own.demo,
        "zone": own.zone,
        "now": stamp(case.now),
        "opened_at": stamp(own.opened_at, zone),
        "closed_at": stamp(own.closed_at, zone),
        "steps": [_step(view, zone) for view in views],
        "next": [] if own.closed_at else [view.step.id for view in next_steps(views)],
        "facts": {name: fact(held, zone) for name, held in own.facts.items() if _said(held)},
        "open_facts": open_facts(case),
        "datasets": [dataset(data, zone) for data in own.standing_datasets],
        "clocks": [clock(deadline, at, language) for deadline in clocks],
        "notices": [
            {
                "kind": kind,
                "language": written,
                "state": state,
                "stale": (kind, written) in stale,
                "seq": notice.touch.seq if notice.touch else None,
            }
            for key, notice in own.notices.items()
            for kind, written in [split_key(key)]
            if (state := stage(notice))
        ],
        "head": {"seq": own.seq, "hash": own.hash, "code": head_code(own.hash)},
    }


def _step(view: StepView, zone: ZoneInfo) -> Shape:
    started, done = view.own.started, view.own.done
    return {
        "id": view.step.id,
        "number": view.number,
        "phase": view.phase.id,
        "state": view.state,
        "started_at": stamp(started.at if started else None, zone),
        "done_at": stamp(done.at if done else None, zone),
        "due_at": stamp(view.deadline.due_at if view.deadline else None),
        "overdue": view.overdue,
        "owner": view.own.owner or None,
    }


def fact(fact: Fact, zone: ZoneInfo) -> Shape:
    """A fact as it stands; all null where nobody claimed anything."""
    current = fact.current or next((claim for claim in reversed(fact.claims) if not claim.undone), None)
    return {**_claim(current, zone), "contested": [_claim(claim, zone) for claim in fact.contested]}


def fact_history(held: Fact, zone: ZoneInfo) -> Shape:
    """A fact with every claim ever made about it, oldest first."""
    history = [
        {
            **_claim(claim, zone),
            "seq": claim.touch.seq,
            "actor": claim.touch.actor,
            "recorded_at": stamp(claim.touch.at, zone),
            "undone": claim.undone,
        }
        for claim in held.claims
    ]
    return {**fact(held, zone), "history": history}


def _said(fact: Fact) -> bool:
    return any(not claim.undone for claim in fact.claims)


def _claim(claim: Claim | None, zone: ZoneInfo) -> Shape:
    if claim is None:
        return {"value": None, "precision": None, "status": None, "as_of": None, "source": None}
    return {
        "value": value(claim.value, zone),
        "precision": claim.value.precision if isinstance(claim.value, Moment) else None,
        "status": claim.status,
        "as_of": stamp(claim.as_of.at if claim.as_of else None, zone),
        "source": claim.source or None,
    }


def dataset(data: DataSet, zone: ZoneInfo) -> Shape:
    """What is known about one data set; `count` is null where nobody has counted."""
    return {
        "name": data.name,
        "count": data.count,
        "unit": data.unit,
        "estimate": data.estimate,
        "fields": data.fields,
        "sensitive": data.sensitive,
        "as_of": stamp(data.as_of.at if data.as_of else None, zone),
        "source": data.source or None,
    }


def row(key: str, row: Row, columns: list[str], zone: ZoneInfo) -> Shape:
    """One row of a register, every column of it."""
    return {"key": key, **{column: value(row.values.get(column), zone) for column in columns}}


def clock(deadline: Deadline, case: Case, language: Language) -> Shape:
    """One deadline, with how it was computed in words. What makes it doubtful stands beside it."""
    speak, zone = speaker(language), case.zone
    own, found = case.incident.duty(deadline.id), case.playbook.duties.get(deadline.id)
    return {
        "id": deadline.id,
        "regime": deadline.regime,
        "law": found[0].title.said(language) if found else None,
        "to": ("・" if language == "ja" else ", ").join(to.said(language) for to in deadline.to) or None,
        "what": deadline.what.said(language),
        "applies": _APPLIES[deadline.applies],
        "starts_at": stamp(deadline.starts_at),
        "provisional": deadline.provisional,
        "due_at": stamp(deadline.due_at),
        "aim_at": stamp(deadline.aim_at),
        "earliest": stamp(deadline.earliest),
        "latest": stamp(deadline.latest),
        "readings": [
            {"due_at": stamp(one.due_at), "on": one.on.said(language) if one.on else None} for one in deadline.readings
        ],
        "state": deadline.state,
        "met_at": stamp(deadline.met_at, zone),
        "target": deadline.target,
        "basis": deadline.basis.said(language) if deadline.basis else None,
        "derivation": "\n".join(speak(line) for line in deadline.derivation),
        "confidence": deadline.confidence or None,
        "binding": deadline.binding if deadline.regime else None,
        "party": deadline.party.said(language) if deadline.party else None,
        "step": deadline.step or None,
        "questions": list(deadline.questions),
        "doubts": [speak(doubt) for doubt in (*deadline.doubts, *(said for _, said in set_aside(case, [deadline])))],
        "law_as_of": deadline.law_as_of.isoformat() if deadline.law_as_of else None,
        "read_on": deadline.read_on.isoformat() if deadline.read_on else None,
        "late": deadline.late.said(language) if deadline.late else None,
        "filings": [_filing(one, zone) for one in own.filings],
        "delay": _text(own.delay.reason) if own.delay else None,
        "override": _override(own.override, zone) if own.override else None,
    }


def _filing(filing: Filing, zone: ZoneInfo) -> Shape:
    return {
        "seq": filing.touch.seq,
        "at": stamp(filing.at.at, zone),
        "by": filing.by,
        "receipt": _text(filing.receipt),
        "reason": _text(filing.reason),
        "withdrawn": filing.withdrawn.seq if filing.withdrawn else None,
    }


def _override(override: Override, zone: ZoneInfo) -> Shape:
    return {
        "seq": override.touch.seq,
        "at": stamp(override.touch.at, zone),
        "applies": override.applies,
        "counsel": override.counsel,
        "reason": _text(override.reason),
    }


def _text(prose: Prose | None) -> str | None:
    """A free text; null where there is none, or where it was removed."""
    return prose.text if prose else None


def entry(entry: Entry, language: Language, zone: ZoneInfo) -> Shape:
    """One line of the record."""
    event = entry.event
    return {
        "seq": event.seq,
        "type": event.type,
        "occurred_at": stamp(event.occurred_at, zone),
        "precision": event.precision,
        "recorded_at": stamp(event.recorded_at, zone),
        "wall_at": stamp(event.wall_at, zone),
        "actor": event.actor,
        "summary": speaker(language)(entry.said),
        "hash": entry.hash,
    }


def finding(finding: Finding, language: Language) -> Shape:
    """What a guardrail found in a text."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message.said(language),
        "excerpt": finding.excerpt,
        "line": finding.line,
        "why": finding.why.said(language) if finding.why else None,
    }


def stale(change: Change, zone: ZoneInfo) -> Shape:
    """A fact that a publication rests on and that changed since."""
    return {
        "kind": change.of.kind,
        "language": change.of.written,
        "seq": change.of.publication.touch.seq,
        "fact": change.fact,
        "was": value(value_of(change.was), zone),
        "now": value(value_of(change.now), zone),
    }


def notice_life(notice: Notice, zone: ZoneInfo) -> list[Shape]:
    """Everything that happened to a notice, in the order of the record."""
    lines: list[Shape] = []

    def line(what: str, touch: Touch, at: datetime | None = None, **more: object) -> None:
        lines.append(
            {
                "seq": touch.seq,
                "what": what,
                "at": stamp(at or touch.at, zone),
                "actor": touch.actor,
                "sha256": None,
                "by_hand": None,
                "channel": None,
                "address": None,
                "head": None,
                "rule": None,
                **more,
            }
        )

    for version in notice.versions:
        if not version.undone:
            line("draft", version.touch, by_hand=version.base is not None)
    for submission in notice.submissions:
        if not submission.undone:
            line("submitted", submission.touch, sha256=submission.sha256)
    for one in notice.passes:
        if not one.undone:
            line("passed", one.touch, rule=one.rule)
    for approval in notice.approvals:
        line("approved", approval.touch, sha256=approval.sha256)
    for out in notice.publications:
        where = {"channel": out.channel, "address": out.address or None, "head": out.head}
        line("published", out.touch, out.at.at, sha256=out.sha256, **where)
        for what, touch in (("corrected", out.corrected), ("withdrawn", out.withdrawn)):
            if touch:
                line(what, touch, sha256=out.sha256)
    return sorted(lines, key=lambda shape: (shape["seq"],))


def notice_kind(kind: NoticeKind, language: Language) -> Shape:
    """One kind of notice."""
    return {"id": kind.id, "slug": kind.slug, "title": kind.title.said(language), "audience": kind.audience}


def value(value: Value | None, zone: ZoneInfo) -> object:
    """A recorded value: texts and numbers plainly, a time as ISO 8601, null for a time unknown or a text removed."""
    match value:
        case Prose(text=text):
            return text
        case Moment(at=at):
            return stamp(at, zone)
    return value


def stamp(at: datetime | None, zone: ZoneInfo | None = None) -> str | None:
    """A time to the second, in `zone` if one is given; None where there is none."""
    if at is None:
        return None
    return (at.astimezone(zone) if zone else at).isoformat(timespec="seconds")
