"""Working a step: start, tick, fill, finish, skip, reopen, assign, correct a time, acknowledge a warning."""

from __future__ import annotations

from typing import Literal

from runbook import events as e
from runbook.actions.deciding import (
    By,
    find_step,
    foresee,
    numbered,
    require_not_waiting,
    require_open,
    require_past,
    require_unchanged,
)
from runbook.actions.facts import claim
from runbook.actions.values import anew, clean, read_value
from runbook.case import Case
from runbook.duties import deadlines_of
from runbook.duty import Filing
from runbook.errors import Refused
from runbook.events import Act, Prose
from runbook.incident import StepState, same_value
from runbook.moment import Moment
from runbook.playbook import Field, Step
from runbook.progress import field_value, missing_fields, unread_warnings, waits_for
from runbook.speech import Message, say


def start(case: Case, by: By, step: str, moment: Moment | None = None) -> list[Act]:
    """Begin a step; whoever starts it owns it until it is given to someone."""
    found, state = _open(case, by, step)
    if state.state in ("active", "done"):
        raise Refused(
            say("Step {step} is {state} already.", step=numbered(case, found.id), state=_STATES[state.state]),
            say("Reopen it if it has to be done again.") if state.state == "done" else None,
        )
    require_not_waiting(case, found)
    return [Act(e.StepStarted(found.id), moment)]


def finish(case: Case, by: By, step: str, moment: Moment | None = None) -> list[Act]:
    """Finish a step. Refused while a required field is empty or a warning unread (rules.md 18).

    Checks left open do not refuse it: they are written into the entry, and the front end has shown them before.
    """
    found, state = _open(case, by, step)
    if state.state == "done":
        raise Refused(
            say("Step {step} is {state} already.", step=numbered(case, found.id), state=_STATES["done"]),
            say("Reopen it if it has to be done again."),
        )
    require_not_waiting(case, found)
    if missing := missing_fields(case, found):
        raise Refused(
            say("Step {step} still needs “{field}”.", step=numbered(case, found.id), field=missing[0].title),
            say("Fill it in; if no one knows it yet, skip the step with a reason and come back."),
        )
    if unread := unread_warnings(case, found):
        raise Refused(
            say("Read this warning first: {warning}", warning=unread[0].title),
            say("Acknowledge it with w on the board, or “step … ack {id}”.", id=unread[0].id),
        )
    ticked = case.incident.step(found.id).ticked
    open_checks = tuple(check.id for check in found.checks if check.id not in ticked)
    return [Act(e.StepFinished(found.id, open_checks), moment), *_filed(case, by, found, moment)]


def _filed(case: Case, by: By, step: Step, moment: Moment | None) -> list[Act]:
    """The duties that finishing a step meets: those it files, as far as they apply or may apply and are not met yet;
    and those it met when it was finished before, where its fields say something else now."""
    files = step.files
    if files is None:
        return []
    fields = {field.id: field_value(case, step, field) for field in step.fields}
    at, who, receipt = (fields.get(name) for name in (files.at, files.by, files.receipt))
    when = at if isinstance(at, Moment) else None
    name = who.text if isinstance(who, Prose) and who.text else ""
    number = Prose(text=receipt.text) if isinstance(receipt, Prose) and receipt.text else None
    acts = []
    for one in deadlines_of(case, files.duties):
        last = case.incident.duty(one.id).filing
        if one.is_open:
            acts.append(Act(e.DutyFiled(one.id, name or by.actor, number), when or moment))
        elif last is not None and last.step == step.id:
            again = e.DutyFiled(one.id, name or last.by, number, anew(last.reason))
            if not _says(case, last, again, when or last.at):
                acts.append(Act(again, when or last.at))
        else:
            continue
        require_past(case, one.what, when or moment or Moment(case.now))
    return acts


def _says(case: Case, filing: Filing, again: e.DutyFiled, at: Moment) -> bool:
    """Whether a filing says the same already. The fact that tells its time has it to the second; a number that was
    redacted is not put back."""
    same_time = filing.at.typed(case.zone) == at.typed(case.zone)
    redacted = filing.receipt is not None and filing.receipt.text is None
    return same_time and filing.by == again.by and (redacted or same_value(filing.receipt, again.receipt))


def skip(case: Case, by: By, step: str, reason: str) -> list[Act]:
    """Leave a step out, saying why."""
    found, state = _open(case, by, step)
    if state.state in ("done", "skipped"):
        raise Refused(say("Step {step} is {state} already.", step=numbered(case, found.id), state=_STATES[state.state]))
    return [Act(e.StepSkipped(found.id, Prose(text=required_text(reason, say("A reason is needed to skip a step.")))))]


def reopen(case: Case, by: By, step: str, reason: str = "") -> list[Act]:
    """Take up a finished or skipped step again."""
    found, state = _open(case, by, step)
    if state.state not in ("done", "skipped"):
        raise Refused(say("Step {step} is not finished.", step=numbered(case, found.id)))
    text = clean(reason, say("reason"))
    return [Act(e.StepReopened(found.id, Prose(text=text) if text else None))]


def assign(case: Case, by: By, step: str, to: str) -> list[Act]:
    """Give a step to someone by name."""
    found, state = _open(case, by, step)
    name = required_text(to, say("Say who is to do it."))
    return [] if state.owner == name else [Act(e.StepAssigned(found.id, name))]


def tick(case: Case, by: By, step: str, check: str, on: bool = True) -> list[Act]:
    """Tick a check, or untick it. Ticking something on a step nobody started starts it."""
    found, state = _open(case, by, step)
    if check not in {c.id for c in found.checks}:
        raise Refused(
            say("Step {step} has no check “{check}”.", step=numbered(case, found.id), check=check),
            say("Its checks are: {checks}.", checks=", ".join(c.id for c in found.checks) or "-"),
        )
    if (check in state.ticked) == on:
        return []
    return [*_begun(case, found, state), Act(e.CheckTicked(found.id, check, on))]


def fill(case: Case, by: By, step: str, field: str, typed: str, as_of: Moment | None = None) -> list[Act]:
    """Fill in a step's field; empty text empties it. A field that sets a fact claims it (rules.md 18).

    Filling in something on a step nobody started starts it. On a finished step that filed duties, what is filled in
    goes to their filings too.
    """
    found = find_step(case, step)
    asked = find_field(case, found, field)
    acts = _filled(case, by, found, asked, typed, as_of)
    files = found.files
    if not acts or files is None or asked.id not in (files.at, files.by, files.receipt):
        return acts
    if case.incident.step(found.id).state != "done":
        return acts
    return [*acts, *_filed(foresee(case, by, acts), by, found, None)]


def _filled(case: Case, by: By, found: Step, asked: Field, typed: str, as_of: Moment | None) -> list[Act]:
    if asked.fact:
        require_open(case)
        acts = claim(case, by, asked.fact, typed, status=asked.status, source=f"step:{found.id}", as_of=as_of)
        return [*_begun(case, found, case.incident.step(found.id)), *acts] if acts else []
    _, state = _open(case, by, found.id)
    old = state.fields.get(asked.id)
    if not typed.strip():
        return [] if old is None else [Act(e.FieldFilled(found.id, asked.id))]
    value = read_value(case, asked, typed)
    if old is not None and same_value(old, value):
        return []
    return [*_begun(case, found, state), Act(e.FieldFilled(found.id, asked.id, value))]


def correct_time(case: Case, by: By, step: str, mark: Literal["started", "done"], moment: Moment) -> list[Act]:
    """Say when a step was really started or finished."""
    found, state = _open(case, by, step)
    if (state.started if mark == "started" else state.done) is None:
        raise Refused(
            say("Step {step} was not started or finished yet.", step=numbered(case, found.id)),
            say("Start or finish it first; you can give the time there, too."),
        )
    return [Act(e.StepTimed(found.id, mark), moment)]


def acknowledge(case: Case, by: By, step: str, warning: str) -> list[Act]:
    """Confirm, by name, that a step's warning was read."""
    require_open(case)
    found = find_step(case, step)
    if warning not in found.warnings:
        raise Refused(
            say("Step {step} has no warning “{name}”.", step=numbered(case, found.id), name=warning),
            say("Its warnings are: {names}.", names=", ".join(found.warnings) or "-"),
        )
    if f"{found.id}:{warning}" in case.incident.acknowledged:
        return []
    return [Act(e.WarningAcknowledged(found.id, warning))]


def find_field(case: Case, step: Step, name: str) -> Field:
    """A step's field by its id; Refused with the ones there are."""
    for field in step.fields:
        if field.id == name:
            return field
    raise Refused(
        say("Step {step} has no field “{field}”.", step=numbered(case, step.id), field=name),
        say("Its fields are: {fields}.", fields=", ".join(field.id for field in step.fields) or "-"),
    )


def required_text(typed: str, sentence: Message) -> str:
    """Text that may not be empty; Refused with `sentence` where it is."""
    text = clean(typed, sentence)
    if not text:
        raise Refused(sentence)
    return text


_STATES = {"active": say("being done"), "done": say("done"), "skipped": say("skipped")}


def _open(case: Case, by: By, step: str) -> tuple[Step, StepState]:
    require_open(case)
    found = find_step(case, step)
    require_unchanged(case, by, f"step:{found.id}")
    return found, case.incident.step(found.id)


def _begun(case: Case, step: Step, state: StepState) -> list[Act]:
    """The start that a first tick or field implies; none for a step that still waits for another."""
    if state.state != "todo" or case.applies(step) is False or waits_for(case, step):
        return []
    return [Act(e.StepStarted(step.id))]
