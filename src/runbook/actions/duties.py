"""What is done about legal duties: filed, delayed with a reason, overridden by counsel."""

from __future__ import annotations

from typing import Literal

from runbook import events as e
from runbook.actions.deciding import By, require_open, require_past, require_unchanged
from runbook.actions.facts import claim
from runbook.actions.steps import required_text
from runbook.actions.values import anew, clean, require_not_given_away
from runbook.case import Case
from runbook.errors import Refused, meant
from runbook.events import Act, Prose
from runbook.incident import same_value
from runbook.moment import Moment
from runbook.playbook import Files, Step
from runbook.regime import Duty
from runbook.speech import Message, say


def find_duty(case: Case, id: str) -> Duty:
    """A duty of the incident's regimes by its id. Raises Refused with the nearest ones."""
    found = case.playbook.duties.get(id)
    if found is None:
        raise Refused(
            say("There is no duty “{id}”.", id=id),
            meant(id, case.playbook.duties, say("“runbook clocks” lists the duties.")),
        )
    return found[1]


def file(
    case: Case, by: By, duty: str, at: Moment | None = None, *, receipt: str = "", who: str = "", reason: str = ""
) -> list[Act]:
    """Record that a duty was met: the report filed, those concerned told. A later filing stands in for an earlier one.

    `at` is when (just now, if not given), `who` filed it (the actor, if not given), `reason` why it was late. What is
    not given stays as an earlier filing said it, so that the receipt's number can be added later. What a step of the
    playbook would have recorded of it (time, receipt) is recorded too, unless somebody else said something of it.
    Raises BadContent for a time that has not come yet.
    """
    found = _open(case, by, duty)
    last = case.incident.duty(found.id).filing
    when = at or (last.at if last else Moment(case.now))
    require_past(case, found.title, when)
    name = clean(who, say("filed by")) or (last.by if last else by.actor)
    require_not_given_away(name, say("filed by"))
    number = _prose(receipt, say("receipt number")) or anew(last.receipt if last else None)
    why = _prose(reason, say("reason")) or anew(last.reason if last else None)
    if (
        last
        and (last.at, last.by) == (when, name)
        and same_value(last.receipt, number)
        and same_value(last.reason, why)
    ):
        return []
    return [Act(e.DutyFiled(found.id, name, number, why), when), *_recorded(case, by, found.id, when, receipt)]


def withdraw(case: Case, by: By, duty: str, reason: str) -> list[Act]:
    """Say that a duty was not met after all: it was recorded by mistake. Needs a reason. What was recorded with it as
    its step would have (time, receipt) is withdrawn too, as long as no other duty of that step is met."""
    found = _open(case, by, duty)
    if case.incident.duty(found.id).filing is None:
        raise Refused(say("“{duty}” is not recorded as met.", duty=found.title))
    gone = Act(e.FilingWithdrawn(found.id, _needed(reason, say("Say why it was not met after all."))))
    return [gone, *_unrecorded(case, by, found.id)]


def delay(case: Case, by: By, duty: str, reason: str) -> list[Act]:
    """Record why a duty is, or will be, late: laws ask for it with the report."""
    found = _open(case, by, duty)
    words = _needed(reason, say("Say why it is late."))
    last = case.incident.duty(found.id).delay
    return [] if last is not None and same_value(last.reason, words) else [Act(e.DutyDelayed(found.id, words))]


def override(
    case: Case, by: By, duty: str, applies: Literal["yes", "no", "rule"], counsel: str, reason: str
) -> list[Act]:
    """Record that counsel decided whether a duty applies, by name and with a reason; "rule" gives it back to the rule.
    The rule's own answer stays beside it."""
    found = _open(case, by, duty)
    if applies == "rule" and case.incident.duty(found.id).override is None:
        return []
    name = required_text(counsel, say("Say which counsel decided it."))
    require_not_given_away(name, say("counsel"))
    words = _needed(reason, say("Say why counsel decided so."))
    last = case.incident.duty(found.id).override
    if last and (last.applies, last.counsel) == (applies, name) and same_value(last.reason, words):
        return []
    return [Act(e.DutyOverridden(found.id, applies, name, words))]


def _open(case: Case, by: By, duty: str) -> Duty:
    require_open(case)
    found = find_duty(case, duty)
    require_unchanged(case, by, f"duty:{found.id}")
    return found


def _prose(typed: str, what: Message) -> Prose | None:
    text = clean(typed, what)
    require_not_given_away(text, what)
    return Prose(text=text) if text else None


def _needed(typed: str, sentence: Message) -> Prose:
    words = required_text(typed, sentence)
    require_not_given_away(words, say("reason"))
    return Prose(text=words)


def _recorded(case: Case, by: By, duty: str, at: Moment, receipt: str) -> list[Act]:
    """The facts that a step filing this duty asks for, as far as nobody but such a filing, or that step, claims
    them."""
    acts = []
    for step, files in _filing(case, duty):
        for field, typed in ((files.at, at.typed(case.zone)), (files.receipt, receipt)):
            fact, source = _fact(step, field), f"step:{step.id}"
            now = case.current(fact) if fact else None
            if fact and typed and (now is None or now.source == source):
                acts += claim(case, by, fact, typed, source=source)
    return acts


def _unrecorded(case: Case, by: By, duty: str) -> list[Act]:
    """The same facts withdrawn, where they tell of no other duty's filing."""
    acts = []
    for step, files in _filing(case, duty):
        others = [other for other in files.duties if other != duty and case.incident.duty(other).filing]
        for field in () if others else (files.at, files.receipt):
            fact, source = _fact(step, field), f"step:{step.id}"
            if fact and any(one.source == source for one in case.incident.fact(fact).live):
                acts += claim(case, by, fact, "", status="withdrawn", source=source)
    return acts


def _filing(case: Case, duty: str) -> list[tuple[Step, Files]]:
    """The steps that file this duty."""
    steps = case.playbook.steps.values()
    return [(step, step.files) for step in steps if step.files and duty in step.files.duties]


def _fact(step: Step, field: str) -> str:
    """The fact that a step's field sets; empty where it sets none."""
    return next((one.fact for one in step.fields if one.id == field), "")
