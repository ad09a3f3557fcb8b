"""By when a duty is owed: its deadlines, each with one rule of the closed set (`runbook.regime.Rule`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runbook.conditions import read_length
from runbook.content.mistakes import whole
from runbook.content.naming import Names
from runbook.content.reading import Entry
from runbook.errors import BadContent
from runbook.regime import (
    BusinessDays,
    Days,
    DaysAfter,
    DaysAfterYearEnd,
    Hours,
    Reading,
    Rule,
    TargetDays,
    WithoutDelay,
)
from runbook.speech import say

RULES = ("hours", "days", "days_after", "target_days", "business_days", "without_delay", "days_after_year_end")
_MOST = 36_500
"""The largest number of hours or days: a mistyped one must not leave the calendar."""


def read_deadlines(duty: Entry, known: Names) -> Iterator[Reading]:
    """The readings of a duty's deadline; all but the last have a condition."""
    entries = list(duty.entries("deadlines", "source", " ".join((*RULES, "rolls", "when", "title"))))
    for one in entries:
        is_last = one is entries[-1]
        if is_last and "when" in one:
            one.wrong("when", say("The last deadline counts where no other does: it has no “when”."))
        elif not is_last and "when" not in one:
            one.wrong("", say("Only the last of several deadlines may be without “when”."))
        elif "when" in one:
            one.need("title")
        rule, source, when = _rule(one), known.source(one), known.when(one)
        if rule is not None:
            yield Reading(rule, source, when, one.bilingual_if_any("title"))


def _rule(at: Entry) -> Rule | None:
    given = [name for name in RULES if name in at]
    if len(given) != 1:
        at.wrong("", say("Give exactly one rule of: {rules}.", rules=", ".join(RULES)))
        return None
    (name,) = given
    if "rolls" in at and name != "days":
        at.wrong("rolls", say("Only “days” can roll over closed days."))
    match name:
        case "target_days":
            return _target(at)
        case "without_delay":
            return _without_delay(at)
    number = at.number(name)
    if number is None:
        return None
    if not 1 <= number <= _MOST:
        at.wrong(name, say("“{key}” must be from {least} to {most}.", key=name, least=1, most=_MOST))
        return None
    match name:
        case "hours":
            return Hours(number)
        case "days":
            return Days(number, at.yes("rolls"))
        case "days_after":
            return DaysAfter(number)
        case "business_days":
            return BusinessDays(number)
        case _:
            return DaysAfterYearEnd(number)


def _target(at: Entry) -> Rule | None:
    text = at.text("target_days")
    days = re.fullmatch(r"([0-9]{1,5})-([0-9]{1,5})", text)
    if days and 1 <= int(days[1]) <= int(days[2]) <= _MOST:
        return TargetDays(int(days[1]), int(days[2]))
    if text:
        at.wrong("target_days", say("“{key}” must be two days such as {example}.", key="target_days", example="3-5"))
    return None


def _without_delay(at: Entry) -> Rule | None:
    aim = at.text("without_delay")
    try:
        read_length(aim or "1d")
    except BadContent as mistake:
        at.wrong("without_delay", whole(mistake))
    return WithoutDelay(aim)
