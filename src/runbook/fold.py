"""The fold: events in, incident out. Pure; every event type is handled here and nowhere else.

`replay(events)` gives the state of a whole record; `evolve(incident, event)` adds one event.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from runbook import events as e
from runbook import undoing
from runbook.drill import Arrival, DrillState, Observation, Overruling, Planned, Rating, Reply
from runbook.duty import Delay, DutyState, Filing, Judged, Override
from runbook.events import Event
from runbook.incident import Claim, ClockSetting, DataSet, Fact, Incident, Row, StepState, Version
from runbook.notice import Approval, Draft, Notice, Pass, Publication, Submission
from runbook.touch import Touch

_Change: TypeAlias = dict[str, object]


def subject_of(data: e.Data) -> str:
    """What an event changes, as one word: conflicts and undo are judged per subject (rules.md 6)."""
    match data:
        case e.FactRecorded(name=name):
            return f"fact:{name}"
        case e.DatasetRecorded(name=name):
            return f"dataset:{name}"
        case e.RowRecorded(register=register, row=row):
            return f"row:{register}:{row}"
        case e.WarningAcknowledged(warning=warning, step=step):
            return f"warning:{step}:{warning}"
        case e.OfNotice() as done:
            return f"notice:{done.key}"
        case e.OfDuty(duty=duty):
            return f"duty:{duty}"
        case e.SeverityJudged(element=element):
            return f"severity:{element}"
        case e.InjectAnswered(inject=inject):
            return f"inject:{inject}"
        case e.NoteWritten():
            return "note"
        case e.IncidentClosed():
            return "incident"
        case e.OfStep(step=step):
            return f"step:{step}"
    return ""


def replay(recorded: Iterable[tuple[Event, str]]) -> Incident | None:
    """The incident of a whole record, given as events with their hashes; None for an empty one."""
    incident: Incident | None = None
    for event, hash in recorded:
        incident = evolve(incident, event, hash)
    return incident


def evolve(incident: Incident | None, event: Event, hash: str = "") -> Incident:
    """The incident after one more event."""
    touch = Touch(event.seq, event.actor, event.recorded_at, event.type)
    data = event.data
    if isinstance(data, e.IncidentOpened):
        return Incident(
            event.incident,
            data.title,
            data.playbook,
            data.mode,
            data.zone,
            data.pins,
            event.occurred_at or event.recorded_at,
            demo=data.demo,
            last=touch,
            seq=event.seq,
            hash=hash,
        )
    if incident is None:
        raise ValueError("a record begins with the opening of its incident")
    change = _changed(incident, event, touch)
    if isinstance(data, e.EntryRedacted):
        incident = _scrubbed(incident, frozenset(data.digests))
    elif not isinstance(data, e.ActUndone) and not _given(incident, data) and (subject := subject_of(data)):
        change["undoable"] = undoing.remember(incident, event, subject)
    return msgspec.structs.replace(incident, **change, last=touch, seq=event.seq, hash=hash)


def _given(incident: Incident, data: e.Data) -> bool:
    """Whether a drill's scenario says it: whoever opened the drill did not, and cannot take it back."""
    drill = incident.drill
    return drill is not None and isinstance(data, e.FactRecorded) and data.source == drill.scenario


def _changed(incident: Incident, event: Event, touch: Touch) -> _Change:
    match event.data:
        case e.IncidentRenamed(title=title):
            return {"title": title}
        case e.EditionMoved(pins=pins):
            return {"pins": pins}
        case e.IncidentClosed(explanation=explanation):
            return {"closed_at": event.occurred_at or event.recorded_at, "explanation": explanation}
        case e.FactRecorded() as said:
            claim = Claim(touch, said.value, said.status, said.source, said.as_of)
            fact = Fact((*incident.fact(said.name).claims, claim))
            return {"facts": {**incident.facts, said.name: fact}}
        case e.DatasetRecorded() as found:
            version = DataSet(
                touch,
                found.name,
                found.count,
                found.unit,
                found.fields,
                found.sensitive,
                found.as_of,
                found.source,
                found.estimate,
            )
            return {"datasets": _appended(incident.datasets, found.name, version)}
        case e.RowRecorded(register=register, row=key, values=values, removed=removed):
            rows = _appended(incident.registers.get(register, {}), key, Row(touch, values, removed))
            return {"registers": {**incident.registers, register: rows}}
        case e.WarningAcknowledged(warning=warning, step=step):
            return {"acknowledged": {**incident.acknowledged, f"{step}:{warning}": touch}}
        case e.ActUndone(undoes=seq):
            return undoing.undone(incident, event.actor, seq, touch)
    return _changed_part(incident, event, touch)


def _changed_part(incident: Incident, event: Event, touch: Touch) -> _Change:
    """What an event changes that is about one step, notice, duty or line of the worksheet, or about the drill."""
    match event.data:
        case e.ClockSet() | e.OfDrill():
            return _changed_drill(incident, event, touch)
        case e.OfDuty(duty=id):
            return {"duties": {**incident.duties, id: _duty_after(incident, id, event, touch)}}
        case e.SeverityJudged(element=element, choice=choice, reason=reason):
            return {"severity": _appended(incident.severity, element, Judged(touch, choice, reason))}
        case e.OfStep(step=step):
            return {"steps": {**incident.steps, step: _step_after(incident.step(step), event, touch)}}
        case e.OfNotice() as done:
            notice = _notice_after(incident.notice(done.kind, done.language), event, touch)
            return {"notices": {**incident.notices, done.key: notice}}
    return {}


def _changed_drill(incident: Incident, event: Event, touch: Touch) -> _Change:
    drill = incident.drill
    match event.data:
        case e.ClockSet(shows=shows, wall_at=wall_at, speed=speed, until=until, inject=inject):
            clock = ClockSetting(shows, wall_at, speed, until)
            begun = drill is not None and (drill.begun or speed > 0)
            return {"clock": clock, "drill": drill and msgspec.structs.replace(drill, discussing=inject, begun=begun)}
        case e.DrillStarted(scenario=scenario, starts=starts, seed=seed, unattended=unattended):
            return {"drill": DrillState(scenario, seed, starts, event.wall_at, unattended)}
        case e.DrillEnded(remark=remark):
            return {
                "clock": ClockSetting(event.recorded_at, event.wall_at, 0.0),
                "closed_at": incident.closed_at or event.recorded_at,
                "explanation": remark,
                "drill": drill and msgspec.structs.replace(drill, ended=touch, discussing=""),
            }
    return {"drill": drill and _drill_after(drill, event, touch)}


def _drill_after(drill: DrillState, event: Event, touch: Touch) -> DrillState:
    change: _Change = {}
    match event.data:
        case e.InjectArrived(inject=id, by_hand=by_hand):
            arrival = Arrival(touch, event.occurred_at or event.recorded_at, by_hand)
            change = _inject_with(drill, id, arrival=arrival, held=False)
        case e.InjectAnswered(inject=id, text=text, rules=rules):
            reply = Reply(touch, event.occurred_at or event.recorded_at, text, rules)
            change = _inject_with(drill, id, replies=(*drill.inject(id).replies, reply))
        case e.InjectHeld(inject=id, on=on):
            change = _inject_with(drill, id, held=on, turned=event.recorded_at)
        case e.InjectChanged(inject=id) as changed:
            change = _inject_with(drill, id, changed=changed, turned=event.recorded_at)
        case e.MilestoneReached(milestone=id):
            change["milestones"] = {**drill.milestones, id: touch}
        case e.FacilitatorCame():
            change = {"attended": touch, "abandoned": None}
        case e.FacilitatorLeft(died=died):
            change = {"attended": None, "abandoned": touch if died else None}
        case e.ObservationNoted() as seen:
            noted = Observation(touch, event.moment, seen.text, seen.about, seen.inject, seen.objective)
            change["observations"] = (*drill.observations, noted)
        case e.ObjectiveRated(objective=id, rate=rate, reason=reason):
            change["ratings"] = {**drill.ratings, id: Rating(touch, rate, reason)}
        case e.PointsOverruled(item=id, points=points, reason=reason):
            change["overruled"] = {**drill.overruled, id: Overruling(touch, points, reason)}
        case e.Improvement(id=id) as plan:
            change["plans"] = {**drill.plans, id: Planned(touch, plan)}
    return msgspec.structs.replace(drill, **change)


def _inject_with(drill: DrillState, id: str, **what: object) -> _Change:
    return {"injects": {**drill.injects, id: msgspec.structs.replace(drill.inject(id), **what)}}


def _duty_after(incident: Incident, id: str, event: Event, touch: Touch) -> DutyState:
    duty = incident.duty(id)
    change: _Change = {}
    match event.data:
        case e.DutyFiled() as filed:
            who, step = filed.by or event.actor, _finished_with(incident, event)
            filing = Filing(touch, event.moment, who, filed.receipt, filed.reason, step=step)
            change["filings"] = (*duty.filings, filing)
        case e.FilingWithdrawn():
            change["filings"] = tuple(
                one if one.withdrawn else msgspec.structs.replace(one, withdrawn=touch) for one in duty.filings
            )
        case e.DutyDelayed(reason=reason):
            change["delays"] = (*duty.delays, Delay(touch, reason))
        case e.DutyOverridden(applies=applies, counsel=counsel, reason=reason):
            change["overrides"] = (*duty.overrides, Override(touch, applies, counsel, reason))
    return msgspec.structs.replace(duty, **change)


def _finished_with(incident: Incident, event: Event) -> str:
    """The step that was worked by the same act; empty where none was."""
    acts = incident.undoable.get(event.actor, ())
    batch = undoing.batch_of(event)
    same = (act.subject for act in acts if batch and act.batch == batch)
    return next((subject.removeprefix("step:") for subject in same if subject.startswith("step:")), "")


def _notice_after(notice: Notice, event: Event, touch: Touch) -> Notice:
    change: _Change = {}
    match event.data:
        case e.NoticeDrafted(text=text, facts=facts, base=base):
            change["versions"] = (
                *notice.versions,
                Draft(touch, event.occurred_at or event.recorded_at, text, facts, base),
            )
        case e.NoticeSubmitted(text=text, sha256=sha256, facts=facts):
            change["submissions"] = (*notice.submissions, Submission(touch, text, sha256, facts))
        case e.FindingPassed(rule=rule, mark=mark, reason=reason):
            change["passes"] = (*notice.passes, Pass(touch, rule, mark, reason))
        case e.NoticeApproved(sha256=sha256):
            change["approvals"] = (*notice.approvals, Approval(touch, sha256, event.seat))
        case e.NoticePublished() as out if notice.submissions:
            frozen = next(one for one in reversed(notice.submissions) if one.sha256 == out.sha256)
            publication = Publication(
                touch, event.moment, frozen.text, out.sha256, frozen.facts, out.channel, out.address, out.head
            )
            change["publications"] = (*notice.publications, publication)
        case e.NoticeCorrected(publication=seq):
            change["publications"] = _marked(notice.publications, seq, corrected=touch)
        case e.NoticeWithdrawn(publication=seq):
            change["publications"] = _marked(notice.publications, seq, withdrawn=touch)
    return msgspec.structs.replace(notice, **change)


def _marked(publications: tuple[Publication, ...], seq: int, **what: Touch) -> tuple[Publication, ...]:
    return tuple(msgspec.structs.replace(one, **what) if one.touch.seq == seq else one for one in publications)


def _step_after(state: StepState, event: Event, touch: Touch) -> StepState:
    change: _Change = {}
    match event.data:
        case e.StepStarted():
            change = {"state": "active", "started": event.moment, "done": None, "owner": state.owner or event.actor}
        case e.StepFinished():
            change = {"state": "done", "done": event.moment, "started": state.started or event.moment, "reason": None}
            change["owner"] = state.owner or event.actor
        case e.StepSkipped(reason=reason):
            change = {"state": "skipped", "done": None, "reason": reason}
        case e.StepReopened(reason=reason):
            change = {"state": "active" if state.started else "todo", "done": None, "reason": reason}
        case e.StepAssigned(to=to):
            change = {"owner": to}
        case e.StepTimed(mark=mark):
            change = {mark: event.moment}
        case e.CheckTicked(check=check, on=on):
            others = tuple(c for c in state.ticked if c != check)
            change = {"ticked": (*others, check) if on else others}
        case e.FieldFilled(field=field, value=value):
            rest = {name: kept for name, kept in state.fields.items() if name != field}
            change = {"fields": rest if value is None else {**rest, field: value}}
    return msgspec.structs.replace(state, **change, touch=touch, rests_on=touch.seq)


def _appended(versions: dict[str, tuple[Version, ...]], name: str, version: Version) -> dict[str, tuple[Version, ...]]:
    added: tuple[Version, ...] = (version,)
    return {**versions, name: versions[name] + added if name in versions else added}


def _scrubbed(incident: Incident, gone: frozenset[str]) -> Incident:
    """The incident without the words of redacted texts, wherever they stood."""

    def scrub(tree: object) -> object:
        if isinstance(tree, dict):
            if tree.get("is") == "prose" and tree.get("digest") in gone:
                return {"is": "prose", "digest": tree["digest"]}
            return {key: scrub(value) for key, value in tree.items()}
        if isinstance(tree, (list, tuple)):
            return [scrub(value) for value in tree]
        return tree

    return msgspec.convert(scrub(msgspec.to_builtins(incident)), Incident)
