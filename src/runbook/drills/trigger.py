"""What an inject waits for, in words. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from runbook.case import Case
from runbook.conditions import (
    After,
    All,
    Compared,
    Condition,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Not,
    Some,
    Word,
    parse,
)
from runbook.duties.saying import title, word
from runbook.scenario import Inject
from runbook.script import inject as find_inject
from runbook.script import scenario_of
from runbook.speech import Argument, Bilingual, Message, say
from runbook.wording import words


def trigger(case: Case, one: Inject, at: str) -> Iterator[Message]:
    """Everything an inject waits for, all of which has to come true. `at` is its time in words, where it has one."""
    if at:
        yield say("at {at}", at=at)
    if one.when:
        yield say("once: {condition}", condition=condition_words(case, one.when))
    if one.milestone:
        yield _happened(case, Happened("reached", one.milestone))
    for other in one.depends_on:
        yield _happened(case, Happened("fired", other))
    if one.hand:
        yield say("by hand")


def condition_words(case: Case, condition: str) -> Argument:
    """A condition in words."""
    return in_words(case, parse(condition))


def in_words(case: Case, condition: Condition, yes: bool = True) -> Argument:
    """A condition, already read, in words; else (not `yes`) that it does not hold."""
    match condition:
        case Happened():
            return _happened(case, condition, yes)
        case After(length, of):
            long = words_of(length)
            since = _happened(case, of)
            if yes:
                return say("{length} or more since {what}", length=long, what=since)
            return say("less than {length} since {what}, or not yet", length=long, what=since)
        case Not(part):
            return in_words(case, part, not yes)
        case All(parts):
            return _row(case, parts, yes, yes)
        case Some(parts):
            listened = [one.name for one in parts if isinstance(one, Happened) and one.word == "says"]
            return _said(listened, yes) if len(listened) == len(parts) else _row(case, parts, yes, not yes)
        case Known(fact) if not yes:
            return say("“{fact}” is not known", fact=title(case, fact))
    what = _fact(case, condition)
    return what if yes else say("not ({what})", what=what)


def words_of(length: timedelta) -> Bilingual:
    """A length of time in both languages."""
    return Bilingual(words("ja").duration(length), words("en").duration(length))


def _row(case: Case, parts: tuple[Condition, ...], yes: bool, every: bool) -> Argument:
    said = [in_words(case, part, yes) for part in parts]
    result = said[-1]
    for one in reversed(said[:-1]):
        if every:
            result = say("{one}, and {others}", one=one, others=result)
        else:
            result = say("{one}, or {others}", one=one, others=result)
    return result


def _said(listened: list[str], yes: bool) -> Message:
    """Words that are listened for in both languages: each reader is told those of the own."""
    ja, en = [one for one in listened if not one.isascii()], [one for one in listened if one.isascii()]
    said = Bilingual(
        "または".join(f"「{one}」" for one in ja or listened), " or ".join(f"“{one}”" for one in en or listened)
    )
    return say("the team said {words}", words=said) if yes else say("the team did not say {words}", words=said)


def _fact(case: Case, condition: Compared | Elapsed | Known | Confirmed) -> Argument:
    fact = title(case, condition.fact)
    match condition:
        case Known():
            return say("“{fact}” is known", fact=fact)
        case Confirmed():
            return say("“{fact}” is confirmed", fact=fact)
        case Elapsed(_, op, length):
            return say("“{fact}” {op} {length} ago", fact=fact, op=op, length=words_of(length))
        case Compared(_, "==", value):
            return say("{fact}: {value}", fact=fact, value=word(case, condition.fact, value))
        case Compared(_, op, value):
            return say("{fact} {op} {value}", fact=fact, op=op, value=word(case, condition.fact, value))


def _words(name: Argument) -> dict[Word, tuple[Message, Message]]:
    """That each of what can happen did, and that it did not."""
    return {
        "started": (say("“{name}” was begun", name=name), say("“{name}” was not begun", name=name)),
        "done": (say("“{name}” is done", name=name), say("“{name}” is not done", name=name)),
        "ticked": (say("“{name}” is ticked", name=name), say("“{name}” is not ticked", name=name)),
        "read": (say("the warning “{name}” was read", name=name), say("the warning “{name}” was not read", name=name)),
        "rows": (say("something stands in “{name}”", name=name), say("nothing stands in “{name}”", name=name)),
        "drafted": (say("“{name}” was drafted", name=name), say("“{name}” was not drafted", name=name)),
        "submitted": (
            say("“{name}” was submitted for approval", name=name),
            say("“{name}” was not submitted for approval", name=name),
        ),
        "approved": (say("“{name}” was approved", name=name), say("“{name}” was not approved", name=name)),
        "published": (say("“{name}” went out", name=name), say("“{name}” did not go out", name=name)),
        "filed": (say("“{name}” was filed", name=name), say("“{name}” was not filed", name=name)),
        "fired": (say("inject “{name}” arrived", name=name), say("inject “{name}” did not arrive", name=name)),
        "answered": (
            say("inject “{name}” was answered", name=name),
            say("inject “{name}” was not answered", name=name),
        ),
        "reached": (
            say("milestone “{name}” was reached", name=name),
            say("milestone “{name}” was not reached", name=name),
        ),
        "tripped": (say("guardrail {name} objected", name=name), say("guardrail {name} did not object", name=name)),
        "says": (say("the team said “{name}”", name=name), say("the team did not say “{name}”", name=name)),
    }


def _happened(case: Case, what: Happened, yes: bool = True) -> Message:
    return _words(_name(case, what.word, what.name))[what.word][0 if yes else 1]


def _name(case: Case, word: Word, name: str) -> Argument:
    """What it is called where people see it."""
    playbook, scenario = case.playbook, scenario_of(case)
    match word:
        case "started" | "done" | "ticked":
            id, _, check = name.partition("/")
            step = playbook.steps.get(id)
            if step is None:
                return name
            found = next((one for one in step.checks if one.id == check), None)
            return found.title if found else say("{number} {title}", number=playbook.numbers[id], title=step.title)
        case "read":
            warning = playbook.warnings.get(name)
            return warning.title if warning else name
        case "drafted" | "submitted" | "approved" | "published":
            return playbook.notices.get(name, name)
        case "filed":
            duty = playbook.duties.get(name)
            return duty[1].title if duty else name
        case "fired" | "answered":
            one = find_inject(case, name)
            return say("{number} {title}", number=one.number, title=one.title) if one else name
        case "reached":
            known = scenario.milestones if scenario else ()
            return next((one.title for one in known if one.id == name), name)
        case _:
            return name
