"""What can be taken back (rules.md 7), and what an incident is once it was. Pure; a part of the fold."""

from __future__ import annotations

import msgspec

from runbook import events as e
from runbook.duty import Filing
from runbook.events import Event
from runbook.incident import Fact, Incident, StepState, Undoable, Version
from runbook.notice import Notice
from runbook.touch import Touch

_DEPTH = 20
_LEAVING = (
    e.NoticeApproved,
    e.NoticePublished,
    e.NoticeCorrected,
    e.NoticeWithdrawn,
    e.DutyFiled,
    e.InjectAnswered,
)


def batch_of(event: Event) -> str:
    """What the entries of one act share."""
    return event.event_id.partition(":")[0]


def remember(incident: Incident, event: Event, subject: str) -> dict[str, tuple[Undoable, ...]]:
    """What each actor may take back, after one more act."""
    before = incident.step(subject.removeprefix("step:")) if subject.startswith("step:") else None
    act = Undoable(event.seq, batch_of(event), subject, before, isinstance(event.data, _LEAVING))
    return {**incident.undoable, event.actor: (*incident.undoable.get(event.actor, ()), act)[-_DEPTH:]}


def undone(incident: Incident, actor: str, seq: int, touch: Touch) -> dict[str, object]:
    """What changes where an actor takes back their entry `seq`: its subject is as before. Nothing where they may
    not."""
    acts = incident.undoable.get(actor, ())
    change: dict[str, object] = {"undoable": {**incident.undoable, actor: tuple(act for act in acts if act.seq != seq)}}
    act = next((act for act in acts if act.seq == seq), None)
    if act is None:
        return {}
    kind, _, name = act.subject.partition(":")
    match kind:
        case "step":
            before = msgspec.structs.replace(act.step or StepState(), touch=touch)
            change["steps"] = {**incident.steps, name: before}
        case "fact":
            claims = tuple(
                msgspec.structs.replace(c, undone=True, undone_by=touch) if c.touch.seq == seq else c
                for c in incident.fact(name).claims
            )
            change["facts"] = {**incident.facts, name: Fact(claims)}
        case "dataset":
            change["datasets"] = {**incident.datasets, name: _without(incident.datasets.get(name, ()), seq)}
        case "row":
            register, _, key = name.partition(":")
            rows = incident.registers.get(register, {})
            change["registers"] = {**incident.registers, register: {**rows, key: _without(rows.get(key, ()), seq)}}
        case "notice":
            notice = incident.notices.get(name, Notice())
            change["notices"] = {
                **incident.notices,
                name: msgspec.structs.replace(
                    notice,
                    versions=_without(notice.versions, seq),
                    submissions=_without(notice.submissions, seq),
                    passes=_without(notice.passes, seq),
                ),
            }
        case "duty":
            duty = incident.duty(name)
            change["duties"] = {
                **incident.duties,
                name: msgspec.structs.replace(
                    duty,
                    filings=_restored(duty.filings, seq),
                    delays=_without(duty.delays, seq),
                    overrides=_without(duty.overrides, seq),
                ),
            }
        case "severity":
            change["severity"] = {**incident.severity, name: _without(incident.severity.get(name, ()), seq)}
        case "warning":
            change["acknowledged"] = {k: t for k, t in incident.acknowledged.items() if k != name}
        case "incident":
            change |= {"closed_at": None, "explanation": None}
    return change


def _without(versions: tuple[Version, ...], seq: int) -> tuple[Version, ...]:
    return tuple(msgspec.structs.replace(v, undone=True) if v.touch.seq == seq else v for v in versions)


def _restored(filings: tuple[Filing, ...], seq: int) -> tuple[Filing, ...]:
    """The filings as they stood before entry `seq` withdrew them."""
    return tuple(
        msgspec.structs.replace(one, withdrawn=None) if one.withdrawn and one.withdrawn.seq == seq else one
        for one in filings
    )
