"""A regime from its YAML (docs/regime-format.md), or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from runbook.conditions import read_length
from runbook.content.fields import read_facts
from runbook.content.mistakes import Mistake, Mistakes, no_such
from runbook.content.nodes import Entries, Scalar
from runbook.content.playbooks import FACTS, read_sources
from runbook.content.reading import WORD, Entry, Reader
from runbook.content.steps import read_condition
from runbook.declared import FactSpec, Source
from runbook.errors import BadContent
from runbook.regime import (
    Addressee,
    Assumption,
    Binding,
    BusinessDays,
    Days,
    DaysAfter,
    DaysAfterYearEnd,
    Duty,
    Exemption,
    Force,
    Hours,
    Note,
    Occasion,
    Reading,
    Regime,
    Rule,
    TargetDays,
    WithoutDelay,
)
from runbook.speech import say

_BINDINGS: tuple[Binding, ...] = get_args(Binding)
_ARISES: tuple[Literal["any", "none", "always"], ...] = ("any", "none", "always")
_RULES = ("hours", "days", "days_after", "target_days", "business_days", "without_delay", "days_after_year_end")
_MOST_DAYS = 36_500


def check_regime(text: str | bytes, facts_text: str | bytes, where: str) -> list[Mistake]:
    """Every mistake of a regime, in order of lines. `where` is the file's name as it is shown."""
    return _read(text, facts_text, where)[1]


def read_regime(text: str | bytes, facts_text: str | bytes, where: str) -> Regime:
    """A regime. Raises Mistakes (a BadContent) with all that is wrong."""
    regime, mistakes = _read(text, facts_text, where)
    if mistakes or regime is None:
        raise Mistakes(mistakes)
    return regime


def _read(text: str | bytes, facts_text: str | bytes, where: str) -> tuple[Regime | None, list[Mistake]]:
    facts = Reader(FACTS, facts_text)
    at = facts.entry(facts.root, FACTS, "facts")
    shared = {fact.id: fact for fact in read_facts(at, ())} if at else {}
    reader = Reader(where, text)
    return _regime(reader, shared), facts.mistakes + reader.mistakes


def _regime(reader: Reader, shared: Mapping[str, FactSpec]) -> Regime | None:
    at = reader.entry(
        reader.root,
        reader.file,
        "id title as_of sources duties",
        "in_force zone calendar default facts assumes occasions exemptions items",
    )
    if at is None:
        return None
    own = {fact.id: fact for fact in read_facts(at, shared) if fact.id not in shared}
    known = _Known({**shared, **own}, {source.id: source for source in read_sources(at)})
    occasions = {one.id: one for one in _occasions(at, known)}
    exemptions = {one.id: one for one in _exemptions(at, known)}
    items = at.named_bilinguals("items", WORD)
    named = _Named(known, occasions, exemptions, items, _duty_ids(at))
    return Regime(
        id=at.name("id", WORD),
        title=at.bilingual("title"),
        as_of=_day(at, "as_of"),
        duties=tuple(_duties(at, named)),
        sources=known.sources,
        zone=_zone(at),
        calendar=_calendar(at),
        default=at.yes("default"),
        force=_force(at, known),
        facts=own,
        assumptions=tuple(_assumptions(at, known)),
        occasions=occasions,
        exemptions=exemptions,
        items=items,
    )


class _Known:
    """The facts and sources a regime may name."""

    def __init__(self, facts: Mapping[str, FactSpec], sources: dict[str, Source]) -> None:
        self.facts = facts
        self.sources = sources

    def source(self, at: Entry) -> str:
        return at.reference("source", self.sources, say("source"))

    def when(self, at: Entry) -> str:
        return read_condition(at, self.facts, ())


class _Named:
    """What a duty may name besides."""

    def __init__(
        self,
        known: _Known,
        occasions: Collection[str],
        exemptions: Collection[str],
        items: Collection[str],
        duties: Collection[str],
    ) -> None:
        self.known = known
        self.occasions = occasions
        self.exemptions = exemptions
        self.items = items
        self.duties = duties


def _duty_ids(at: Entry) -> list[str]:
    """The ids of all duties, before any of them is read: one may start with a later one."""
    pairs = [item.pairs for item in at.items("duties") if isinstance(item, Entries)]
    return [value.text for some in pairs for key, value in some if key.text == "id" and isinstance(value, Scalar)]


def _occasions(at: Entry, known: _Known) -> Iterator[Occasion]:
    for name, one in at.named_entries("occasions", WORD, "title when source"):
        yield Occasion(name, one.bilingual("title"), known.when(one), known.source(one))


def _exemptions(at: Entry, known: _Known) -> Iterator[Exemption]:
    for name, one in at.named_entries("exemptions", WORD, "title when source"):
        yield Exemption(name, one.bilingual("title"), known.when(one), known.source(one))


def _assumptions(at: Entry, known: _Known) -> Iterator[Assumption]:
    for one in at.entries("assumes", "fact value source"):
        yield Assumption(one.reference("fact", known.facts, say("fact")), one.text("value"), known.source(one))


def _duties(at: Entry, named: _Named) -> Iterator[Duty]:
    seen: dict[str, int] = {}
    required = "id title to from deadlines sources"
    optional = "when arises occasions items exemptions binding party in_force late notes"
    known = named.known
    for duty in at.entries("duties", required, optional):
        yield Duty(
            id=duty.name("id", WORD, seen),
            title=duty.bilingual("title"),
            to=tuple(Addressee(one.bilingual("name"), known.when(one)) for one in duty.entries("to", "name", "when")),
            start=_start(duty, named),
            deadlines=_deadlines(duty, known),
            sources=duty.references("sources", known.sources, say("source")),
            when=known.when(duty),
            arises=duty.one_of("arises", _ARISES, "any"),
            occasions=duty.references("occasions", named.occasions, say("occasion")),
            items=duty.references("items", named.items, say("item")),
            exemptions=duty.references("exemptions", named.exemptions, say("exemption")),
            binding=duty.one_of("binding", _BINDINGS, "statute"),
            party=duty.bilingual_if_any("party"),
            force=_force(duty, known),
            late=duty.bilingual_if_any("late"),
            notes=tuple(
                Note(one.bilingual("text"), known.source(one), known.when(one))
                for one in duty.entries("notes", "text source", "when")
            ),
        )


def _start(duty: Entry, named: _Named) -> str:
    start = duty.text("from")
    if start.startswith("duty:"):
        other = start.removeprefix("duty:")
        if other not in named.duties:
            duty.wrong("from", no_such(say("duty"), other, named.duties))
        elif other == duty.text("id"):
            duty.wrong("from", say("The duty “{duty}” starts with itself.", duty=other))
    elif start:
        times = [name for name, fact in named.known.facts.items() if fact.type == "time"]
        duty.reference("from", times, say("time fact"))
    return start


def _deadlines(duty: Entry, known: _Known) -> tuple[Reading, ...]:
    """The readings; only the last has no condition."""
    entries = list(duty.entries("deadlines", "source", " ".join((*_RULES, "rolls", "when", "title"))))
    found = []
    for n, one in enumerate(entries, 1):
        if n < len(entries) and "when" not in one:
            one.wrong("", say("Only the last of several deadlines may be without “when”."))
        if n == len(entries) and "when" in one:
            one.wrong("when", say("The last deadline counts where no other does: it has no “when”."))
        if "when" in one:
            one.need("title")
        rule = _rule(one)
        if rule is not None:
            found.append(Reading(rule, known.source(one), known.when(one), one.bilingual_if_any("title")))
    if not entries and "deadlines" in duty:
        duty.wrong("deadlines", say("“{key}” is empty.", key="deadlines"))
    return tuple(found)


def _rule(at: Entry) -> Rule | None:
    given = [name for name in _RULES if name in at]
    if len(given) != 1:
        at.wrong("", say("Give exactly one rule of: {rules}.", rules=", ".join(_RULES)))
        return None
    name = given[0]
    if "rolls" in at and name != "days":
        at.wrong("rolls", say("Only “days” can roll over closed days."))
    if name == "target_days":
        return _target(at)
    if name == "without_delay":
        try:
            read_length(at.text(name))
        except BadContent as wrong:
            at.wrong(name, wrong.message)
        return WithoutDelay(at.text(name))
    number = at.number(name)
    if number is None:
        return None
    if not 1 <= number <= _MOST_DAYS:
        at.wrong(name, say("“{key}” must be from 1 to {most}.", key=name, most=_MOST_DAYS))
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
    first, dash, last = at.text("target_days").partition("-")
    if dash and first.isdecimal() and last.isdecimal() and 1 <= int(first) <= int(last) <= _MOST_DAYS:
        return TargetDays(int(first), int(last))
    at.wrong("target_days", say("“{key}” must be two days such as {example}.", key="target_days", example="3-5"))
    return None


def _force(at: Entry, known: _Known) -> Force:
    one = at.entry("in_force", "source", "from until")
    if one is None:
        return Force()
    force = Force(_day(one, "from"), _day(one, "until"), known.source(one))
    if force.start and force.end and force.start > force.end:
        one.wrong("until", say("It ends before it begins."))
    return force


def _day(at: Entry, key: str) -> str:
    text = at.text(key)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        at.wrong(key, say("“{key}” must be a date such as {example}.", key=key, example="2026-11-21"))
        return ""


def _zone(at: Entry) -> str:
    zone = at.text("zone")
    try:
        ZoneInfo(zone or "UTC")
    except (LookupError, ValueError, OSError):
        at.wrong("zone", say("“{key}” must be a time zone such as {example}.", key="zone", example="Asia/Tokyo"))
        return ""
    return zone


def _calendar(at: Entry) -> str:
    calendar = at.text("calendar")
    if calendar and calendar != "JP":
        import holidays

        if calendar not in holidays.list_supported_countries():
            at.wrong("calendar", no_such(say("country"), calendar, holidays.list_supported_countries()))
    return calendar
