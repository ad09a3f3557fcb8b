"""Choosing on the severity worksheet."""

from __future__ import annotations

from runbook import events as e
from runbook import severity
from runbook.actions.deciding import By, require_open, require_unchanged
from runbook.actions.steps import required_text
from runbook.actions.values import require_not_given_away
from runbook.case import Case
from runbook.errors import Refused, meant
from runbook.events import Act, Prose
from runbook.incident import same_value
from runbook.severity import Assessment, Line
from runbook.speech import say


def worksheet(case: Case) -> Assessment:
    """The worksheet as it stands. Raises Refused where the incident keeps no method."""
    found = severity.assess(case)
    if found is None:
        problem = case.playbook.method_unread
        raise Refused(
            say("This incident has no method for judging severity."),
            say("Its file could not be used: {problem}", problem=problem)
            if problem
            else say("It was opened with an edition that had none."),
        )
    return found


def judge(case: Case, by: By, element: str, choice: str, reason: str) -> list[Act]:
    """Choose on one line of the severity worksheet, with a reason; an empty choice gives it back to the facts.

    Choosing the same again, for the same reason, records nothing unless a fact changed since. Raises Refused for a line
    or choice that the method does not have, and without a reason.
    """
    require_open(case)
    line = find_line(case, element)
    ids = [one.id for one in line.element.choices]
    if choice and choice not in ids:
        raise Refused(
            say("“{text}” is not an answer to “{field}”.", text=choice, field=line.element.title),
            say("Choose one of: {options}.", options=", ".join(ids)),
        )
    require_unchanged(case, by, f"severity:{element}")
    last = line.judged
    if last is None and not choice:
        return []
    words = required_text(reason, say("Say why this is chosen.") if choice else say("Say why it is given back."))
    require_not_given_away(words, say("reason"))
    why = Prose(text=words)
    if last is not None and last.choice == choice and same_value(last.reason, why) and not line.moved:
        return []
    return [Act(e.SeverityJudged(element, choice, why))]


def find_line(case: Case, element: str) -> Line:
    """A line of the worksheet by its element's id. Raises Refused with those there are."""
    found = worksheet(case)
    line = found.line(element)
    if line is not None:
        return line
    ids = [one.element.id for one in found.lines]
    hint = meant(element, ids, say("Its lines are: {names}.", names=", ".join(ids)))
    raise Refused(say("The worksheet has no line “{name}”.", name=element), hint)
