"""Lengths of time, and what evidence consists of, in words a team reads. Pure."""

from __future__ import annotations

from datetime import timedelta

from runbook.case import Case
from runbook.conditions import All, Compared, Condition, Confirmed, Happened, Known, Word
from runbook.drills.trigger import in_words
from runbook.duties import Deadline
from runbook.duties.saying import word as answer
from runbook.moment import Moment, Precision
from runbook.saying import joined
from runbook.scenario import Scenario
from runbook.speech import Argument, Message, say


def lasting(length: timedelta) -> Message:
    """A length of time as people say it: minutes, from two hours on hours and minutes, from two days on days and
    hours."""
    minutes = int(length.total_seconds()) // 60
    if minutes < 120:
        return say("{n} min", n=minutes)
    hours, rest = divmod(minutes, 60)
    if hours < 48:
        return say("{hours} h {minutes} min", hours=hours, minutes=rest) if rest else say("{n} h", n=hours)
    days, rest = divmod(hours, 24)
    return say("{days} d {hours} h", days=days, hours=rest) if rest else say("{n} d", n=days)


def apart(length: timedelta, precision: Precision) -> Argument:
    """How far apart the team and the real case were: no more exactly than the real case's hour is known."""
    return say("about {length}", length=lasting(length)) if precision == "about" else lasting(length)


def hour(moment: Moment) -> Argument:
    """When it was, no more exactly than is known."""
    if moment.at is None:
        return say("time unknown")
    if moment.precision == "date":
        return say("{day}, hour unknown", day=f"{moment.at:%m-%d}")
    return say("about {at}", at=moment.at) if moment.precision == "about" else moment.at


def due_words(found: Deadline) -> Message | None:
    """By when, and by whose word: neither an aim nor a guideline's date is said as if it were the law's."""
    due, aim = found.due_at, found.aim_at
    if due is None:
        return None if aim is None else say("the law names no date, our own aim was {at}", at=aim)
    if found.target:
        return say("the aim was {at}", at=due) if found.regime is None else say("the guideline's date was {at}", at=due)
    return say("it was due {at}", at=due)


def inject_called(scenario: Scenario, id: str) -> Message:
    """An inject by its title, in quotes unless it is a quotation itself."""
    found = scenario.by_id.get(id)
    title: Argument = found.title if found else id
    quoted = found is not None and found.title.ja.startswith("「")
    return say("{title}", title=title) if quoted else say("“{title}”", title=title)


def share(points: int, most: int) -> Message:
    """The points of an item; what can only cost points has no most."""
    return say("{points} of {max}", points=points, max=most) if most else say("{points} points", points=points)


def described(case: Case, scenario: Scenario, condition: Condition) -> Argument:
    """What a condition asks for, in the playbook's words."""
    match condition:
        case All(parts):
            return joined([described(case, scenario, part) for part in parts])
        case Compared(fact, "==", value):
            spec = case.spec(fact)
            return say(
                "“{name}” recorded as {value}", name=spec.title if spec else fact, value=answer(case, fact, value)
            )
        case Known(fact) | Confirmed(fact):
            spec = case.spec(fact)
            return say("“{name}” recorded", name=spec.title if spec else fact)
        case Happened(word, name):
            return _happening(case, scenario, word, name) or in_words(case, condition)
    return in_words(case, condition)


def _happening(case: Case, scenario: Scenario, word: Word, name: str) -> Argument | None:
    playbook = case.playbook
    match word:
        case "done" | "started":
            return _step(case, name)
        case "answered":
            return say("an answer to {inject}", inject=inject_called(scenario, name))
        case "published" | "approved" | "submitted" | "drafted":
            kind = playbook.notices.get(name, name)
            match word:
                case "published":
                    return say("{kind} published", kind=kind)
                case "approved":
                    return say("{kind} approved", kind=kind)
            return say("{kind} written", kind=kind)
        case "filed" if name in playbook.duties:
            return say("“{name}” filed", name=playbook.duties[name][1].title)
        case "rows" if name in playbook.registers:
            return say("“{name}” filled in", name=playbook.registers[name].title)
        case "rows" if name == "datasets":
            return say("what data was on it")
        case "read" if name in playbook.warnings:
            return say("“{name}” read", name=playbook.warnings[name].title)
        case "ticked":
            id, _, check = name.partition("/")
            step = playbook.steps.get(id)
            found = next((one.title for one in step.checks if one.id == check), None) if step else None
            return None if found is None else say("“{name}” ticked", name=found)
    return None


def _step(case: Case, id: str) -> Argument:
    step = case.playbook.steps.get(id)
    return say("step {number} “{title}”", number=case.playbook.numbers[id], title=step.title) if step else id
