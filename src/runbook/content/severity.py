"""The method severity is judged by, from its YAML (docs/regime-format.md), or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from runbook.content.fields import shared_facts
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.naming import Names, name_unused
from runbook.content.playbooks import read_sources
from runbook.content.reading import WORD, Entry, Reader
from runbook.method import Band, Choice, Element, Flag, Method, Part
from runbook.speech import say

_PARTS: tuple[Part, ...] = get_args(Part)
_SCORES: dict[Part, tuple[int, int]] = {"dpc": (0, 400), "ei": (25, 100), "cb": (0, 50)}
"""The least and the most that a choice of each part can score, in hundredths; a category without data scores 0."""
_KEYS = "id title as_of note elements flags bands sources"
METHOD_KEYS = frozenset((*_KEYS.split(), "source"))


def check_method(text: str | bytes, facts_text: str | bytes, where: str) -> list[Mistake]:
    """Every mistake of a method, in order of lines, after those of the shared facts it builds on."""
    return _scan(text, facts_text, where)[1]


def read_method(text: str | bytes, facts_text: str | bytes, where: str) -> Method:
    """The method. Raises Mistakes (a BadContent) with all that is wrong."""
    method, mistakes = _scan(text, facts_text, where)
    if mistakes or method is None:
        raise Mistakes(mistakes)
    return method


def _scan(text: str | bytes, facts_text: str | bytes, where: str) -> tuple[Method | None, list[Mistake]]:
    shared, mistakes = shared_facts(facts_text)
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, _KEYS, "source")
    method = None if at is None else _method(at, Names(shared, {source.id: source for source in read_sources(at)}))
    return method, [*mistakes, *reader.mistakes]


def _method(at: Entry, names: Names) -> Method:
    method = Method(
        id=at.name("id", WORD),
        title=at.bilingual("title"),
        as_of=at.day("as_of"),
        note=at.bilingual("note"),
        elements=tuple(_elements(at, names)),
        flags=tuple(_flags(at, names)),
        bands=tuple(_bands(at, names)),
        sources=dict(names.sources),
        source=names.source(at),
    )
    name_unused(at, "sources", names.cited, say("source"))
    return method


def _elements(at: Entry, names: Names) -> Iterator[Element]:
    seen: dict[str, int] = {}
    parts = set()
    for one in at.entries("elements", "id part title ask choices source"):
        one.need_some("choices")
        part = one.one_of("part", _PARTS, "dpc")
        parts.add(part)
        yield Element(
            id=one.name("id", WORD, seen),
            part=part,
            title=one.bilingual("title"),
            ask=one.bilingual("ask"),
            choices=tuple(_choices(one, part, names)),
            source=names.source(one),
        )
    for missing in (part for part in _PARTS if part not in parts and "elements" in at):
        at.wrong("elements", say("No element is of the part “{part}”.", part=missing))


def _choices(at: Entry, part: Part, names: Names) -> Iterator[Choice]:
    seen: dict[str, int] = {}
    least, most = _SCORES[part]
    for one in at.entries("choices", "id title score source", "text example worded when"):
        score = one.number("score")
        if score is not None and not least <= score <= most:
            one.wrong("score", say("“{key}” must be from {least} to {most}.", key="score", least=least, most=most))
        yield Choice(
            id=one.name("id", WORD, seen),
            title=one.bilingual("title"),
            score=score or 0,
            source=names.source(one),
            text=one.bilingual_if_any("text"),
            example=one.bilingual_if_any("example"),
            worded=names.source(one, "worded"),
            when=names.when(one),
        )


def _flags(at: Entry, names: Names) -> Iterator[Flag]:
    seen: dict[str, int] = {}
    for one in at.entries("flags", "id title text when source"):
        yield Flag(
            id=one.name("id", WORD, seen),
            title=one.bilingual("title"),
            text=one.bilingual("text"),
            when=names.when(one),
            source=names.source(one),
        )


def _bands(at: Entry, names: Names) -> Iterator[Band]:
    seen: dict[str, int] = {}
    before = -1
    at.need_some("bands")
    for one in at.entries("bands", "id start title meaning", "source"):
        start = one.number("start")
        if start is not None and before < 0 < start:
            one.wrong("start", say("The first band starts at 0."))
        elif start is not None and start <= before:
            one.wrong("start", say("Each band starts above the one before it."))
        before = max(before, start or 0)
        id, source = one.name("id", WORD, seen), names.source(one)
        yield Band(id, start or 0, one.bilingual("title"), one.bilingual("meaning"), source)
