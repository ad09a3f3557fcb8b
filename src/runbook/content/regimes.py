"""A regime from its YAML (docs/regime-format.md), or all that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal, get_args

import msgspec

from runbook.conditions import NOT_KNOWN
from runbook.content.checks import circles, fits
from runbook.content.elsewhere import NOTHING, Elsewhere
from runbook.content.fields import read_facts, shared_facts
from runbook.content.mistakes import Mistake, Mistakes, cut, no_such
from runbook.content.naming import Names, name_unused
from runbook.content.nodes import Entries, Scalar
from runbook.content.playbooks import read_sources
from runbook.content.reading import WORD, Entry, Reader
from runbook.content.rules import read_deadlines
from runbook.declared import FactSpec
from runbook.regime import Addressee, Assumption, Binding, Duty, Exemption, Force, Note, Occasion, Regime
from runbook.speech import say

_BINDINGS: tuple[Binding, ...] = get_args(Binding)
_ARISES: tuple[Literal["any", "none", "always"], ...] = ("any", "none", "always")
_KEYS = "id title as_of sources duties"
_MORE_KEYS = "in_force zone calendar default facts assumes occasions exemptions items"
_DUTY_KEYS = "id title to from deadlines sources"
_MORE_DUTY_KEYS = "when arises occasions items exemptions binding party in_force late notes"
REGIME_KEYS = frozenset(f"{_KEYS} {_MORE_KEYS}".split())
DUTY_KEYS = frozenset(f"{_DUTY_KEYS} {_MORE_DUTY_KEYS}".split())


class _Parts(msgspec.Struct, frozen=True):
    """What a duty may name."""

    names: Names
    regime: str
    """The regime's id; empty where that is wrong itself."""
    occasions: Mapping[str, Occasion]
    exemptions: Collection[str]
    items: Collection[str]
    duties: Collection[str]
    elsewhere: Mapping[str, str]


def check_regime(
    text: str | bytes, facts_text: str | bytes, where: str, elsewhere: Elsewhere = NOTHING
) -> list[Mistake]:
    """Every mistake of a regime, in order of lines, after those of the shared facts it builds on.

    `where` is the file's name as it is shown; `elsewhere` is what playbooks and other regimes declare.
    """
    return scan_regime(text, facts_text, where, elsewhere)[1]


def read_regime(text: str | bytes, facts_text: str | bytes, where: str, elsewhere: Elsewhere = NOTHING) -> Regime:
    """A regime. Raises Mistakes (a BadContent) with all that is wrong."""
    regime, mistakes = scan_regime(text, facts_text, where, elsewhere)
    if mistakes or regime is None:
        raise Mistakes(mistakes)
    return regime


def scan_regime(
    text: str | bytes, facts_text: str | bytes, where: str, elsewhere: Elsewhere = NOTHING
) -> tuple[Regime | None, list[Mistake]]:
    """A regime as far as it could be read, and all that is wrong with it."""
    shared, mistakes = shared_facts(facts_text)
    reader = Reader(where, text)
    return _regime(reader, shared, elsewhere), [*mistakes, *reader.mistakes]


def _regime(reader: Reader, shared: Mapping[str, FactSpec], elsewhere: Elsewhere) -> Regime | None:
    at = reader.entry(reader.root, reader.file, _KEYS, _MORE_KEYS)
    if at is None:
        return None
    own = {fact.id: fact for fact in read_facts(at, shared, elsewhere.facts) if fact.id not in shared}
    names = Names({**shared, **own}, {source.id: source for source in read_sources(at)})
    occasions = {one.id: one for one in _occasions(at, names)}
    exemptions = {one.id: one for one in _exemptions(at, names)}
    items = at.named_bilinguals("items", WORD)
    id = _id(at)
    lines: dict[str, int] = {}
    called = id if Path(at.reader.file).name == f"{id}.yaml" else ""
    parts = _Parts(names, called, occasions, exemptions, items, _duty_ids(at), elsewhere.duties)
    at.need_some("duties")
    regime = Regime(
        id=id,
        title=at.bilingual("title"),
        as_of=at.day("as_of"),
        duties=tuple(_duties(at, parts, lines)),
        sources=dict(names.sources),
        zone=at.zone("zone"),
        calendar=_calendar(at),
        default=at.yes("default"),
        force=_force(at, names),
        facts=own,
        assumptions=tuple(_assumptions(at, names)),
        occasions=occasions,
        exemptions=exemptions,
        items=items,
    )
    _check_starts(at, regime, lines)
    _check_use(at, regime, names)
    return regime


def _id(at: Entry) -> str:
    """The id, which is the file's name too: a file of the same name stands in for a shipped one."""
    id = at.name("id", WORD)
    if re.fullmatch(WORD.pattern, id) and Path(at.reader.file).name != f"{id}.yaml":
        at.wrong("id", say("This file must be called {name}, like its id.", name=f"{id}.yaml"))
    return id


def _duty_ids(at: Entry) -> list[str]:
    """The ids of all duties, before any of them is read: one may start with a later one."""
    pairs = [item.pairs for item in at.items("duties") if isinstance(item, Entries)]
    return [value.text for some in pairs for key, value in some if key.text == "id" and isinstance(value, Scalar)]


def _occasions(at: Entry, names: Names) -> Iterator[Occasion]:
    for name, one in at.named_entries("occasions", WORD, "title when source"):
        yield Occasion(name, one.bilingual("title"), names.when(one), names.source(one))


def _exemptions(at: Entry, names: Names) -> Iterator[Exemption]:
    for name, one in at.named_entries("exemptions", WORD, "title when source"):
        yield Exemption(name, one.bilingual("title"), names.when(one), names.source(one))


def _assumptions(at: Entry, names: Names) -> Iterator[Assumption]:
    seen: dict[str, int] = {}
    facts = {name: fact for name, fact in names.facts.items() if fact.type in ("yesno", "choice")}
    for one in at.entries("assumes", "fact value source"):
        name, value = one.reference("fact", facts, say("yes-or-no or choice fact")), one.text("value")
        if name in seen:
            one.wrong("fact", say("“{name}” is used twice; first in line {line}.", name=name, line=seen[name]))
        seen.setdefault(name, one.line)
        if value and name in facts and (value == NOT_KNOWN or not fits(value, facts[name])):
            one.wrong("value", say("“{fact}” cannot count as “{value}”.", fact=name, value=cut(value)))
        yield Assumption(name, value, names.source(one))


def _duties(at: Entry, parts: _Parts, lines: dict[str, int]) -> Iterator[Duty]:
    names = parts.names
    for duty in at.entries("duties", _DUTY_KEYS, _MORE_DUTY_KEYS):
        duty.need_some("to", "deadlines", "sources")
        yield Duty(
            id=_duty_id(duty, parts, lines),
            title=duty.bilingual("title"),
            to=tuple(Addressee(one.bilingual("name"), names.when(one)) for one in duty.entries("to", "name", "when")),
            start=_start(duty, parts),
            deadlines=tuple(read_deadlines(duty, names)),
            sources=names.sources_of(duty),
            when=names.when(duty),
            arises=_arises(duty, parts),
            occasions=duty.references("occasions", parts.occasions, say("occasion")),
            items=duty.references("items", parts.items, say("item")),
            exemptions=duty.references("exemptions", parts.exemptions, say("exemption")),
            binding=duty.one_of("binding", _BINDINGS, "statute"),
            party=duty.bilingual_if_any("party"),
            force=_force(duty, names),
            late=duty.bilingual_if_any("late"),
            notes=tuple(
                Note(one.bilingual("text"), names.source(one), names.when(one))
                for one in duty.entries("notes", "text source", "when")
            ),
        )


def _duty_id(duty: Entry, parts: _Parts, lines: dict[str, int]) -> str:
    id, regime = duty.name("id", WORD, lines), parts.regime
    if id and regime and id != regime and not id.startswith(f"{regime}."):
        duty.wrong("id", say("A duty's id is that of its regime, or begins with “{regime}.”.", regime=regime))
    if id in parts.elsewhere:
        duty.wrong("id", say("The duty “{duty}” is in {file} already.", duty=id, file=parts.elsewhere[id]))
    return id


def _arises(duty: Entry, parts: _Parts) -> Literal["any", "none", "always"]:
    arises = duty.one_of("arises", _ARISES, "any")
    if arises == "always" and "occasions" in duty:
        duty.wrong("occasions", say("A duty that always arises goes by no occasions."))
    if arises == "none" and not parts.occasions:
        duty.wrong("arises", say("This regime has no occasions that could be missing."))
    return arises


def _start(duty: Entry, parts: _Parts) -> str:
    start = duty.text("from")
    if start.startswith("duty:"):
        other = start.removeprefix("duty:")
        if other not in parts.duties:
            duty.wrong("from", no_such(say("duty"), other, parts.duties))
        elif other == duty.text("id"):
            duty.wrong("from", say("The duty “{duty}” starts with itself.", duty=other))
    elif start:
        times = [name for name, fact in parts.names.facts.items() if fact.type == "time"]
        duty.reference("from", times, say("time fact"))
    return start


def _force(at: Entry, names: Names) -> Force:
    one = at.entry("in_force", "source", "from until")
    if one is None:
        return Force()
    force = Force(one.day("from"), one.day("until"), names.source(one))
    if force.start and force.end and force.start > force.end:
        one.wrong("until", say("It ends before it begins."))
    return force


def _calendar(at: Entry) -> str:
    calendar = at.text("calendar")
    if calendar and calendar != "JP":
        from holidays.registry import COUNTRIES  # only for the few laws with open days of another country

        codes = [code for names in COUNTRIES.values() for code in names[1:] if len(code) == 2]
        at.reference("calendar", codes, say("country"))
    return calendar


def _check_starts(at: Entry, regime: Regime, lines: Mapping[str, int]) -> None:
    waits = {duty.id: [duty.start.removeprefix("duty:")] for duty in reversed(regime.duties) if duty.id in lines}
    for circle in circles({id: [other for other in waits[id] if other in waits] for id in lines if id in waits}):
        way = " → ".join([*circle, circle[0]])
        at.reader.wrong(lines[circle[0]], say("These duties start with each other: {way}.", way=way))


def _check_use(at: Entry, regime: Regime, names: Names) -> None:
    occasions = {id for duty in regime.duties if duty.arises != "always" for id in (duty.occasions or regime.occasions)}
    name_unused(at, "occasions", occasions, say("occasion"))
    name_unused(at, "exemptions", {id for duty in regime.duties for id in duty.exemptions}, say("exemption"))
    name_unused(at, "items", {id for duty in regime.duties for id in duty.items}, say("item"))
    name_unused(at, "sources", names.cited, say("source"))
