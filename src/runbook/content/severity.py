"""The method severity is judged by, from its YAML, or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from runbook.content.fields import read_facts
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.playbooks import FACTS, read_sources
from runbook.content.reading import WORD, Entry, Reader
from runbook.content.steps import read_condition
from runbook.declared import FactSpec, Source
from runbook.method import Band, Choice, Element, Flag, Method, Part
from runbook.speech import say

_PARTS: tuple[Part, ...] = get_args(Part)


def read_method(text: str | bytes, facts_text: str | bytes, where: str) -> Method:
    """The method. Raises Mistakes (a BadContent) with all that is wrong."""
    method, mistakes = _read(text, facts_text, where)
    if mistakes or method is None:
        raise Mistakes(mistakes)
    return method


def _read(text: str | bytes, facts_text: str | bytes, where: str) -> tuple[Method | None, list[Mistake]]:
    facts = Reader(FACTS, facts_text)
    head = facts.entry(facts.root, FACTS, "facts")
    shared = {fact.id: fact for fact in read_facts(head, ())} if head else {}
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, "id title as_of note elements flags bands sources")
    if at is None:
        return None, reader.mistakes
    sources = {source.id: source for source in read_sources(at)}
    method = Method(
        id=at.name("id", WORD),
        title=at.bilingual("title"),
        as_of=at.text("as_of"),
        note=at.bilingual("note"),
        elements=tuple(_elements(at, sources, shared)),
        flags=tuple(_flags(at, sources, shared)),
        bands=tuple(_bands(at)),
        sources=sources,
    )
    return method, facts.mistakes + reader.mistakes


def _elements(at: Entry, sources: dict[str, Source], facts: dict[str, FactSpec]) -> Iterator[Element]:
    seen: dict[str, int] = {}
    for one in at.entries("elements", "id part title ask choices source"):
        yield Element(
            id=one.name("id", WORD, seen),
            part=one.one_of("part", _PARTS, "cb"),
            title=one.bilingual("title"),
            ask=one.bilingual("ask"),
            choices=tuple(_choices(one, sources, facts)),
            source=one.reference("source", sources, say("source")),
        )


def _choices(at: Entry, sources: dict[str, Source], facts: dict[str, FactSpec]) -> Iterator[Choice]:
    seen: dict[str, int] = {}
    for one in at.entries("choices", "id title score source", "example when"):
        yield Choice(
            id=one.name("id", WORD, seen),
            title=one.bilingual("title"),
            score=one.number("score") or 0,
            source=one.reference("source", sources, say("source")),
            example=one.bilingual_if_any("example"),
            when=read_condition(one, facts, ()),
        )


def _flags(at: Entry, sources: dict[str, Source], facts: dict[str, FactSpec]) -> Iterator[Flag]:
    seen: dict[str, int] = {}
    for one in at.entries("flags", "id title text when source"):
        yield Flag(
            id=one.name("id", WORD, seen),
            title=one.bilingual("title"),
            text=one.bilingual("text"),
            when=read_condition(one, facts, ()),
            source=one.reference("source", sources, say("source")),
        )


def _bands(at: Entry) -> Iterator[Band]:
    seen: dict[str, int] = {}
    for one in at.entries("bands", "id start title meaning"):
        yield Band(
            one.name("id", WORD, seen), one.number("start") or 0, one.bilingual("title"), one.bilingual("meaning")
        )
