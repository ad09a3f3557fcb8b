"""Between recorded values and what people type: pure functions."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from runbook.actions.values import COUNTERS
from runbook.events import UNITS, Prose, Value
from runbook.moment import Moment, half_width
from runbook.playbook import Field, FieldType
from runbook.speech import Argument, Message, say


def as_typed(value: Value | None, zone: ZoneInfo) -> str:
    """A value as one would type it, to change it."""
    match value:
        case None:
            return ""
        case Prose(text=text):
            return text or ""
        case Moment(at=at, precision=precision) if at is not None and precision != "date":
            local = at.astimezone(zone)
            seconds = ":%S" if local.second else ""
            return ("~" if precision == "about" else "") + f"{local:%Y-%m-%d %H:%M}{local.strftime(seconds)}"
        case Moment() as moment:
            return moment.typed(zone)
        case tuple() as several:
            return ", ".join(several)
    return str(value)


TIME = say("15:45, 06-22 15:45, ~15:45, now, a date alone, or unknown")
"""How to type a time."""
COUNT = say("A number, such as 460517; an estimate as “about 460000”; empty as long as it is not known")
"""How to type a number."""
_HOW: dict[FieldType, Message] = {
    "time": TIME,
    "date": say("A date, such as 2022-06-23"),
    "integer": COUNT,
    "list": say("Several, separated by commas"),
    "person": say("name / reading / role / affiliation; leave out what is not known"),
    "telephone": say("Digits and hyphens, such as 0120-000-000"),
    "file": say("The file's name, and where it is kept"),
    "yesno": say("y yes, n no, ? unknown"),
}


def how(field: Field) -> Message | None:
    """How to type a field's value."""
    if field.guard == "password":
        return say(
            "Of a password, say only that there is one: no length, kinds, make-up or hint. This text is not kept while you "
            "type."
        )
    return _HOW.get(field.type)


def choices(field: Field) -> list[tuple[str, str, Argument]]:
    """The answers to choose from: the letter that picks it, its id, its words."""
    if field.type == "yesno":
        return [("y", "yes", say("yes")), ("n", "no", say("no")), ("?", "unknown", say("unknown"))]
    return [(str(n), id, said) for n, (id, said) in enumerate(field.choices.items(), 1)]


def meant(field: Field, typed: str) -> str:
    """A typed answer, with the letter of a choice replaced by the choice."""
    return next((id for letter, id, _ in choices(field) if half_width(typed).strip() == letter), typed)


def unit(typed: str) -> str:
    """A unit by its number, the beginning of its name, or its Japanese name; anything else stays as it was typed."""
    numbers = {str(n): unit for n, unit in enumerate(UNITS, 1)}
    text = half_width(typed).strip().lower()
    return {**COUNTERS, **numbers}.get(text) or next((u for u in UNITS if text and u.startswith(text)), typed.strip())


def several(typed: str) -> tuple[str, ...]:
    """Items separated by commas."""
    return tuple(item for part in re.split(r"[,、，\n]", typed) if (item := part.strip()))
