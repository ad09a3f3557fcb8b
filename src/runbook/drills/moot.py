"""What of a scenario cannot be done in a drill, and of what that is not known yet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from runbook.case import Case
from runbook.conditions import (
    After,
    All,
    Compared,
    Condition,
    Elapsed,
    Happened,
    Leaf,
    Outcomes,
    Some,
    evaluate,
    leaves,
    outcomes,
    parse,
)
from runbook.drills.evidence import Walked
from runbook.drills.phrases import inject_called
from runbook.duties import Deadline
from runbook.scenario import Scenario
from runbook.speech import Message, say


def moot(walked: Walked, scenario: Scenario, condition: Condition) -> Message | None:
    """Why a condition could not come true: a step in it does not apply, an inject did not arrive before the end."""
    match condition:
        case All(parts):
            return next((why for part in parts if (why := moot(walked, scenario, part))), None)
        case Some(parts):
            whys = [moot(walked, scenario, part) for part in parts]
            return whys[0] if None not in whys else None
        case Happened("fired" | "answered", name):
            drill = walked.case.incident.drill
            if drill and drill.ended and drill.inject(name).arrival is None:
                return say("{inject} never arrived.", inject=inject_called(scenario, name))
        case After(_, of):
            return moot(walked, scenario, of)
        case Happened():
            return _of_step(walked, _step_in(condition))
    return None


def _step_in(leaf: Leaf) -> str:
    """The step a question is about; empty where it is about none."""
    match leaf:
        case After(_, of):
            return _step_in(of)
        case Happened("started" | "done" | "ticked", name):
            return name.partition("/")[0]
    return ""


def _of_step(walked: Walked, id: str) -> Message | None:
    case = walked.case
    step = case.playbook.steps.get(id)
    if step is None or not step.when or case.incident.step(id).state != "todo":
        return None
    if outcomes(parse(step.when), partial(_answers, case)) != {False}:
        return None
    return say("step {number} does not apply.", number=case.playbook.numbers[id])


def clock_moot(walked: Walked, found: Deadline) -> bool:
    """Whether a clock does not apply, and will not."""
    step = found.id.removeprefix("step:")
    return found.applies is False if step == found.id else _of_step(walked, step) is not None


def _answers(case: Case, leaf: Leaf) -> Outcomes:
    """What a question may yet be answered, if what is recorded stands: what has not come so far may still come, and is
    no reason to leave a step out."""
    answer = evaluate(leaf, case)
    settled = isinstance(leaf, Compared) or (answer is True and not isinstance(leaf, Elapsed))
    return frozenset([answer]) if settled else frozenset([True, False])


def unsettled(walked: Walked, parts: Sequence[str]) -> list[str]:
    """The numbers of steps still to be done of which it may yet turn out that they do not apply; none after the end."""
    case = walked.case
    asked = [_step_in(leaf) for text in parts if walked.now(text) is None for leaf in leaves(parse(text))]
    steps = [case.playbook.steps[id] for id in dict.fromkeys(asked) if id in case.playbook.steps]
    open_ones = [
        one.id for one in steps if case.incident.step(one.id).state == "todo" and case.applies(one) is not True
    ]
    return [] if walked.ended else [case.playbook.numbers[id] for id in open_ones]
