"""What every decision shares: who decides, what they had seen, and how decisions are put together.

An action is a pure function `(case, by, …) → list of acts`; it raises Refused, and then nothing is recorded. No acts
means there was nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

import msgspec

from runbook.case import Case
from runbook.errors import BadContent, Refused, meant
from runbook.events import Act, Event
from runbook.fold import evolve
from runbook.incident import touch_of
from runbook.moment import Moment
from runbook.playbook import Step
from runbook.progress import waits_for
from runbook.speech import Argument, Bilingual, Message, say
from runbook.touch import Touch


class By(msgspec.Struct, frozen=True):
    """Who acts. `seen` is the last entry their seat had shown when they decided; None never conflicts.

    `head` is the record's last entry when the decision is taken (set by the desk).
    """

    actor: str
    seen: int | None = None
    head: int = 0


Decision: TypeAlias = Callable[[Case, By], list[Act]]


def together(*decisions: Decision) -> Decision:
    """One decision made of several, each seeing what the ones before it decided. All are recorded, or none."""

    def decide(case: Case, by: By) -> list[Act]:
        acts: list[Act] = []
        more: list[Act] = []
        for decision in decisions:
            case = foresee(case, by, more) if more else case
            more = decision(case, by)
            acts += more
        return acts

    return decide


def foresee(case: Case, by: By, acts: Iterable[Act]) -> Case:
    """The case as it would be after these acts."""
    incident = case.incident
    for act in acts:
        moment = act.moment or Moment(case.now)
        event = Event(
            incident.id, incident.seq + 1, "", moment.at, moment.precision, case.now, case.now, by.actor, "", act.data
        )
        incident = evolve(incident, event, incident.hash)
    return msgspec.structs.replace(case, incident=incident)


def require_open(case: Case) -> None:
    """Refuse to work on a closed incident, or in a drill that is over."""
    require_not_over(case)
    if case.incident.closed_at is not None:
        raise Refused(
            say("This incident was closed {at}.", at=case.zoned(case.incident.closed_at)),
            say("Write a note, or undo the closing."),
        )


def require_not_over(case: Case) -> None:
    """Refuse what a team or its facilitator does in a drill that is over."""
    if case.incident.drill is not None and case.incident.drill.ended is not None:
        raise Refused(say("This drill is over."), say("Start another one."))


def require_unchanged(case: Case, by: By, subject: str, now: Argument = "") -> None:
    """Refuse an act decided on a state that someone has changed since (rules.md 6). `now` is what stands there, if it
    can be said: whoever decides next must have seen it."""
    touch = touch_of(case.incident, subject)
    if by.seen is not None and touch is not None and by.seen < touch.seq <= by.head:
        did_so = say("{did}; now: {value}", did=did(touch), value=now) if now else did(touch)
        raise Refused(
            say(
                "Meanwhile {actor} changed this at {at}: {did}.",
                actor=touch.actor,
                at=case.zoned(touch.at),
                did=did_so,
            ),
            say("Nothing was overwritten. Look at it again, then decide."),
        )


def require_past(case: Case, duty: Bilingual, when: Moment) -> None:
    """Raises BadContent for a duty said to have been met at a time that has not come yet."""
    if when.at is not None and when.at > case.now:
        raise BadContent(
            say("“{duty}” cannot have been met at a time that has not come yet.", duty=duty),
            say("Write when it was filed."),
        )


def find_step(case: Case, name: str) -> Step:
    """The step of that id or shown number; Refused with the nearest names where there is none."""
    step = case.playbook.find_step(name)
    if step is None:
        raise Refused(
            say("There is no step “{name}”.", name=name),
            meant(name, case.playbook.steps, say("“runbook status” lists the steps.")),
        )
    return step


def numbered(case: Case, id: str) -> Message:
    """A step as people call it: its number and title."""
    return say("{number} {title}", number=case.playbook.numbers[id], title=case.playbook.steps[id].title)


def require_not_waiting(case: Case, step: Step) -> None:
    """Refuse to start or finish a step before those it requires."""
    waits = waits_for(case, step)
    if waits:
        number = case.playbook.numbers[step.id]
        raise Refused(
            say("Step {step} waits for {other}.", step=number, other=numbered(case, waits[0])),
            say("Finish that one first, or skip it with a reason."),
        )


def did(touch: Touch) -> Message:
    """What kind of act it was, in two or three words."""
    return _DID.get(touch.type, say("changed"))


_DID: dict[str, Message] = {
    "step_started": say("started"),
    "step_finished": say("finished"),
    "step_skipped": say("skipped"),
    "step_reopened": say("reopened"),
    "step_assigned": say("given to someone"),
    "step_timed": say("time corrected"),
    "check_ticked": say("check ticked"),
    "field_filled": say("field filled"),
    "fact_recorded": say("fact recorded"),
    "dataset_recorded": say("data set recorded"),
    "row_recorded": say("row recorded"),
    "warning_acknowledged": say("warning acknowledged"),
    "notice_drafted": say("notice drafted"),
    "notice_submitted": say("notice submitted"),
    "finding_passed": say("warning passed"),
    "notice_approved": say("notice approved"),
    "notice_published": say("notice published"),
    "notice_corrected": say("notice corrected"),
    "notice_withdrawn": say("notice withdrawn"),
    "duty_filed": say("duty met"),
    "filing_withdrawn": say("filing withdrawn"),
    "duty_delayed": say("reason for a delay given"),
    "duty_overridden": say("decided by counsel"),
    "severity_judged": say("severity judged"),
    "act_undone": say("undone"),
}
