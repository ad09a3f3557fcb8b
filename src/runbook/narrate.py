"""One sentence for each line of the record. The log, the record's screen and the notices of others' acts all say it."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from runbook import events as e
from runbook.events import Event
from runbook.playbook import Playbook
from runbook.saying import WRITTEN_NAMES, count_words, value_words, with_status, words
from runbook.speech import Argument, Message, say

LATE = timedelta(minutes=5)
"""An entry written down later than this after it happened says so."""


def written_late(event: Event) -> bool:
    """Whether to say when an entry was written down: it was late, or the hour at which it happened is not known."""
    return event.occurred_at is None or event.recorded_at - event.occurred_at > LATE


def narrate(event: Event, playbook: Playbook, zone: ZoneInfo) -> Message:
    """What an event says, with the playbook's words for what it is about. Times in `zone`."""
    match data := event.data:
        case e.IncidentOpened(title=title):
            return say("Incident opened: {title}", title=title)
        case e.IncidentRenamed(title=title):
            return say("Renamed: {title}", title=title)
        case e.EditionMoved(edition=edition):
            return say("Moved to the playbook's edition {edition}, with its laws.", edition=edition)
        case e.IncidentClosed(explanation=explanation):
            return say("Incident closed. {explanation}", explanation=words(explanation))
        case e.ClockSet() as clock:
            return _clock(clock, playbook, zone)
        case e.NoteWritten(text=text):
            return say("Note: {text}", text=words(text))
        case e.EntryAmended(amends=seq, text=text):
            return say("Entry {seq} amended: {text}", seq=seq, text=words(text))
        case e.EntryRedacted(redacts=seq, second=second, reason=reason):
            return say(
                "A text of entry {seq} was removed by {actor} and {second}: {reason}",
                seq=seq,
                actor=event.actor,
                second=second,
                reason=words(reason),
            )
        case e.ActUndone(undoes=seq):
            return say("Entry {seq} was undone.", seq=seq)
    return _known(data, playbook, zone)


def _known(data: e.Data, playbook: Playbook, zone: ZoneInfo) -> Message:
    match data:
        case e.FactRecorded() as said:
            return _fact(said, playbook, zone)
        case e.DatasetRecorded(name=name) as found:
            return say("Data set {name}: {count}", name=name, count=count_words(found))
        case e.RowRecorded() as row:
            return _row(row, playbook)
        case e.WarningAcknowledged(warning=id):
            warning = playbook.warnings.get(id)
            return say("Warning read and acknowledged: {warning}", warning=warning.title if warning else id)
    if isinstance(data, e.OfDuty):
        return _duty(data, playbook)
    if isinstance(data, e.OfDrill):
        return _drill(data, playbook)
    if isinstance(data, e.SeverityJudged):
        return _severity(data, playbook)
    if isinstance(data, e.NoticePublished | e.NoticeCorrected | e.NoticeWithdrawn) and data.kind in playbook.filings:
        return _filing(data, playbook)
    if isinstance(data, e.OfNotice):
        return _notice(data, playbook.notices.get(data.kind, data.kind), WRITTEN_NAMES[data.language])
    return _step(data, playbook, zone)


def _notice(data: e.OfNotice, kind: Argument, written: Message) -> Message:
    match data:
        case e.NoticeDrafted(base=None):
            return say("Notice drafted: {kind} ({written})", kind=kind, written=written)
        case e.NoticeDrafted():
            return say("Notice drafted, worded by hand: {kind} ({written})", kind=kind, written=written)
        case e.NoticeSubmitted(sha256=sha256):
            return say(
                "Notice submitted for approval: {kind} ({written}), text {hash}",
                kind=kind,
                written=written,
                hash=sha256[:12],
            )
        case e.FindingPassed(rule=rule, reason=reason):
            return say(
                "Warning {rule} passed in {kind} ({written}): {reason}",
                rule=rule,
                kind=kind,
                written=written,
                reason=words(reason),
            )
        case e.NoticeApproved(sha256=sha256):
            return say("Notice approved: {kind} ({written}), text {hash}", kind=kind, written=written, hash=sha256[:12])
        case e.NoticePublished() as out:
            where = f"{out.channel} {out.address}".strip()
            return say("Notice published: {kind} ({written}), {where}", kind=kind, written=written, where=where)
        case e.NoticeCorrected(reason=reason):
            return say(
                "Published notice corrected: {kind} ({written}): {reason}",
                kind=kind,
                written=written,
                reason=words(reason),
            )
        case e.NoticeWithdrawn(reason=reason):
            return say(
                "Published notice withdrawn: {kind} ({written}): {reason}",
                kind=kind,
                written=written,
                reason=words(reason),
            )
    raise ValueError(f"no sentence for {type(data).__name__}")


def _filing(data: e.NoticePublished | e.NoticeCorrected | e.NoticeWithdrawn, playbook: Playbook) -> Message:
    """What became of a notice that is filed, and not made public."""
    kind, written = playbook.notices.get(data.kind, data.kind), WRITTEN_NAMES[data.language]
    match data:
        case e.NoticePublished() as out:
            where = f"{out.channel} {out.address}".strip()
            return say("Notice filed: {kind} ({written}), {where}", kind=kind, written=written, where=where)
        case e.NoticeCorrected(reason=reason):
            return say(
                "Filed notice corrected: {kind} ({written}): {reason}", kind=kind, written=written, reason=words(reason)
            )
    return say(
        "Filed notice withdrawn: {kind} ({written}): {reason}", kind=kind, written=written, reason=words(data.reason)
    )


def _clock(clock: e.ClockSet, playbook: Playbook, zone: ZoneInfo) -> Message:
    at = clock.shows.astimezone(zone)
    if clock.inject:
        return say("The clock stands at {at}, to talk about “{inject}”.", at=at, inject=_inject(clock.inject, playbook))
    if clock.speed == 0:
        return say("The clock stands at {at}.", at=at)
    if clock.jumped_from is not None:
        left, speed = clock.jumped_from.astimezone(zone), f"{clock.speed:g}"
        return say("The clock was put forward from {left} to {at}; it runs {speed}x.", left=left, at=at, speed=speed)
    if clock.speed == 1:
        return say("The incident's clock was set to {at}.", at=at)
    return say("The clock runs from {at}, {speed} times as fast.", at=at, speed=f"{clock.speed:g}")


def _inject(id: str, playbook: Playbook) -> Argument:
    found = playbook.scenario.by_id.get(id) if playbook.scenario else None
    return say("{number} {title}", number=found.number, title=found.title) if found else id


def _the_inject(id: str, playbook: Playbook) -> Argument:
    """An inject within a sentence: titles are sentences themselves now and then."""
    found = playbook.scenario.by_id.get(id) if playbook.scenario else None
    return say("inject {number} ({title})", number=found.number, title=found.title) if found else id


def _drill(data: e.OfDrill, playbook: Playbook) -> Message:
    match data:
        case e.DrillStarted(scenario=scenario):
            title: Argument = playbook.scenario.title if playbook.scenario else scenario
            return say("DRILL begins: {scenario}", scenario=title)
        case e.DrillEnded(remark=remark):
            return say("The drill is over. {remark}", remark=words(remark))
        case e.InjectArrived(inject=id):
            return say("Arrived: {inject}", inject=_inject(id, playbook))
        case e.InjectAnswered(inject=id, text=text, rules=()):
            return say("Answer to {inject}: {text}", inject=_the_inject(id, playbook), text=words(text))
        case e.InjectAnswered(inject=id, text=text, rules=rules):
            one = _the_inject(id, playbook)
            return say(
                "Answer to {inject}, against {rules}: {text}", inject=one, rules=", ".join(rules), text=words(text)
            )
    if isinstance(data, e.OfFacilitator):
        return _facilitator(data, playbook)
    raise ValueError(f"no sentence for {type(data).__name__}")


def _facilitator(data: e.OfFacilitator, playbook: Playbook) -> Message:
    match data:
        case e.InjectHeld(inject=id, on=True):
            return say("Held back: {inject}", inject=_inject(id, playbook))
        case e.InjectHeld(inject=id):
            return say("No longer held back: {inject}", inject=_inject(id, playbook))
        case e.InjectChanged(inject=id) if playbook.scenario and id not in playbook.scenario.by_id:
            return say("Inject {number}, added: {title}", number=data.number, title=words(data.title_ja))
        case e.InjectChanged():
            return say("Inject {number} changed: {title}", number=data.number, title=words(data.title_ja))
        case e.MilestoneReached(milestone=id):
            known = playbook.scenario.milestones if playbook.scenario else ()
            name: Argument = next((one.title for one in known if one.id == id), id)
            return say("Milestone reached: {milestone}", milestone=name)
        case e.FacilitatorCame():
            return say("Somebody is at the facilitator's console.")
        case e.FacilitatorLeft(died=died):
            return say("The facilitator's console died.") if died else say("The facilitator's console was left.")
    return _judged(data, playbook)


def _judged(data: e.OfFacilitator, playbook: Playbook) -> Message:
    scored = playbook.scenario.scored if playbook.scenario else {}
    match data:
        case e.ObservationNoted(text=text):
            return say("Observed: {text}", text=words(text))
        case e.ObjectiveRated(objective=id, rate=rate, reason=reason):
            objective = playbook.scenario.objective(id) if playbook.scenario else None
            title: Argument = objective.title if objective else id
            return say("Rated {rate}: {objective}. {reason}", rate=rate, objective=title, reason=words(reason))
        case e.PointsOverruled(item=item, points=None, reason=reason):
            return say("Points of “{item}”: as reckoned. {reason}", item=scored.get(item, item), reason=words(reason))
        case e.PointsOverruled(item=item, points=points, reason=reason):
            said = {"item": scored.get(item, item), "points": points or 0, "reason": words(reason)}
            return say("Points of “{item}”: {points}. {reason}", **said)
        case e.Improvement(dropped=True, id=id):
            return say("Improvement {id} dropped.", id=id)
        case e.Improvement(id=id, action=action):
            return say("Improvement {id}: {action}", id=id, action=words(action))
    raise ValueError(f"no sentence for {type(data).__name__}")


def _duty(data: e.OfDuty, playbook: Playbook) -> Message:
    found = playbook.duties.get(data.duty)
    duty: Argument = say("{duty} ({regime})", duty=found[1].title, regime=found[0].title) if found else data.duty
    match data:
        case e.DutyFiled(by=by, receipt=None):
            return say("Duty met: {duty}, by {who}", duty=duty, who=by)
        case e.DutyFiled(by=by, receipt=receipt):
            return say("Duty met: {duty}, by {who}, receipt {receipt}", duty=duty, who=by, receipt=words(receipt))
        case e.FilingWithdrawn(reason=reason):
            return say("Duty not met after all: {duty}: {reason}", duty=duty, reason=words(reason))
        case e.DutyDelayed(reason=reason):
            return say("Reason for a delay: {duty}: {reason}", duty=duty, reason=words(reason))
        case e.DutyOverridden(applies="yes") as ruled:
            said = say("Counsel {counsel}: the duty applies: {duty}: {reason}", **_ruling(ruled, duty))
        case e.DutyOverridden(applies="no") as ruled:
            said = say("Counsel {counsel}: the duty does not apply: {duty}: {reason}", **_ruling(ruled, duty))
        case e.DutyOverridden() as ruled:
            said = say("Counsel {counsel}: the rule decides again: {duty}: {reason}", **_ruling(ruled, duty))
        case _:
            raise ValueError(f"no sentence for {type(data).__name__}")
    return said


def _ruling(ruled: e.DutyOverridden, duty: Argument) -> dict[str, Argument]:
    return {"counsel": ruled.counsel, "duty": duty, "reason": words(ruled.reason)}


def _severity(judged: e.SeverityJudged, playbook: Playbook) -> Message:
    element = playbook.method.element(judged.element) if playbook.method else None
    name: Argument = element.title if element else judged.element
    if not judged.choice:
        return say("Severity, {element}: as the facts suggest: {reason}", element=name, reason=words(judged.reason))
    choices = {choice.id: choice.title for choice in element.choices} if element else {}
    chosen: Argument = choices.get(judged.choice) or judged.choice
    return say("Severity, {element}: {choice}: {reason}", element=name, choice=chosen, reason=words(judged.reason))


def _fact(said: e.FactRecorded, playbook: Playbook, zone: ZoneInfo) -> Message:
    spec = playbook.facts.get(said.name)
    name: Argument = spec.title if spec else said.name
    if said.value is None:
        return say("Fact withdrawn: {name}", name=name)
    value = value_words(said.value, spec.choices if spec else {}, zone)
    return say("{name}: {value}", name=name, value=with_status(value, said.value, said.status))


def _row(row: e.RowRecorded, playbook: Playbook) -> Message:
    register = playbook.registers.get(row.register)
    name: Argument = register.title if register else row.register
    if row.removed:
        return say("{register}: {row} struck out", register=name, row=row.row)
    return say("{register}: {row}", register=name, row=row.row)


def _step(data: e.Data, playbook: Playbook, zone: ZoneInfo) -> Message:
    id = getattr(data, "step", "")
    step = playbook.steps.get(id)
    name: Argument = say("{number} {title}", number=playbook.numbers[id], title=step.title) if step else id
    match data:
        case e.StepStarted():
            return say("{step}: started", step=name)
        case e.StepFinished(open_checks=open_checks) if open_checks:
            return say("{step}: finished; checks left open: {n}", step=name, n=len(open_checks))
        case e.StepFinished():
            return say("{step}: finished", step=name)
        case e.StepSkipped(reason=reason):
            return say("{step}: skipped ({reason})", step=name, reason=words(reason))
        case e.StepReopened():
            return say("{step}: reopened", step=name)
        case e.StepAssigned(to=to):
            return say("{step}: given to {to}", step=name, to=to)
        case e.StepTimed(mark="started"):
            return say("{step}: time of start corrected", step=name)
        case e.StepTimed():
            return say("{step}: time of finishing corrected", step=name)
        case e.CheckTicked(check=check, on=on):
            titles = {c.id: c.title for c in step.checks} if step else {}
            title = titles.get(check, check)
            return say("Ticked: {check}", check=title) if on else say("Unticked: {check}", check=title)
        case e.FieldFilled(field=field, value=value):
            fields = {f.id: f for f in step.fields} if step else {}
            known = fields.get(field)
            return say(
                "{field}: {value}",
                field=known.title if known else field,
                value=value_words(value, known.choices if known else {}, zone),
            )
    raise ValueError(f"no sentence for {type(data).__name__}")
