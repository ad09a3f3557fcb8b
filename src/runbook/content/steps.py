"""Phases, and the steps in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import msgspec

from runbook.conditions import read_length
from runbook.content.checks import condition_mistakes
from runbook.content.fields import read_fields
from runbook.content.mistakes import no_such, whole
from runbook.content.nodes import Entries, Items, Node, Scalar
from runbook.content.reading import LETTER, SLUG, WORD, Entry
from runbook.errors import BadContent
from runbook.playbook import Check, Due, FactSpec, Field, Files, Phase, Seen, Step
from runbook.speech import Message, say

_STEP_KEYS = "checks fields requires when due files warnings does told notices seen sources"


class Known(msgspec.Struct, frozen=True):
    """What a step may refer to by name. `kinds` and `duties` are None where kinds of notice and duties are not to be
    checked."""

    facts: Mapping[str, FactSpec]
    registers: Collection[str]
    roles: Collection[str]
    sources: Collection[str]
    steps: Collection[str]
    warnings: Collection[str]
    kinds: Collection[str] | None
    duties: Collection[str] | None = None


def step_ids(root: Node) -> frozenset[str]:
    """The ids of all steps, before any of them is read: steps and warnings may speak of later ones."""

    def under(node: Node, key: str) -> Iterator[Node]:
        pairs = node.pairs if isinstance(node, Entries) else ()
        return (value for name, value in pairs if name.text == key)

    def items(node: Node, key: str) -> Iterator[Node]:
        return (item for value in under(node, key) if isinstance(value, Items) for item in value.items)

    return frozenset(
        id.text
        for phase in items(root, "phases")
        for step in items(phase, "steps")
        for id in under(step, "id")
        if isinstance(id, Scalar)
    )


def read_phases(at: Entry, known: Known, lines: dict[str, int]) -> Iterator[Phase]:
    """The phases; `lines` learns where each step begins."""
    ids: dict[str, int] = {}
    keys: dict[str, int] = {}
    for phase in at.entries("phases", "id title steps", "key"):
        yield Phase(
            id=phase.name("id", SLUG, ids),
            title=phase.bilingual("title"),
            key=phase.name("key", LETTER, keys),
            steps=tuple(_step(step, known, lines) for step in phase.entries("steps", "id title why do", _STEP_KEYS)),
        )


def _step(at: Entry, known: Known, lines: dict[str, int]) -> Step:
    id = at.name("id", SLUG, lines)
    requires = at.references("requires", known.steps, say("step"))
    if id in requires:
        at.wrong("requires", say("The step “{step}” requires itself.", step=id))
    fields = tuple(read_fields(at, "fields", known.facts, known.registers))
    return Step(
        id=id,
        title=at.bilingual("title"),
        why=at.bilingual("why"),
        lines=at.bilinguals("do"),
        checks=tuple(_checks(at)),
        fields=fields,
        requires=requires,
        when=read_condition(at, known.facts, known.steps),
        due=_due(at, known),
        files=_files(at, known, fields),
        warnings=at.references("warnings", known.warnings, say("warning")),
        does=at.references("does", known.roles, say("role")),
        told=at.references("told", known.roles, say("role")),
        notices=at.references("notices", known.kinds, say("kind of notice")),
        seen=tuple(_seen(at, known)),
        sources=at.references("sources", known.sources, say("source")),
    )


def read_condition(at: Entry, facts: Mapping[str, FactSpec], steps: Collection[str]) -> str:
    """The text under `when`; "" where there is none."""
    text = at.text("when")
    for message in condition_mistakes(text, facts, steps) if text else ():
        at.wrong("when", message)
    return text


def _checks(at: Entry) -> Iterator[Check]:
    seen: dict[str, int] = {}
    for check in at.entries("checks", "id", "ja en"):
        yield Check(check.name("id", WORD, seen), check.translated())


def _seen(at: Entry, known: Known) -> Iterator[Seen]:
    for seen in at.entries("seen", "what source", "minutes"):
        source = seen.reference("source", known.sources, say("source"))
        yield Seen(seen.bilingual("what"), source, seen.number("minutes"))


def _due(at: Entry, known: Known) -> Due | None:
    due = at.entry("due", "", "from within by_day duties target first met source")
    if due is None:
        return None
    if "duties" in due:
        for key in ("from", "within", "by_day", "target", "first", "met", "source"):
            if key in due:
                due.wrong(key, say("“{key}” does not go together with “duties”.", key=key))
        due.need_some("duties")
        return Due(duties=due.references("duties", known.duties, say("duty")))
    due.need("from")
    within = due.text("within")
    if ("within" in due) == ("by_day" in due):
        due.wrong("", say("Give either “within” or “by_day”."))
    if within:
        try:
            read_length(within)
        except BadContent as mistake:
            due.wrong("within", whole(mistake))
    if due.number("by_day") == 0:
        due.wrong("by_day", say("The first day is day 1."))
    return Due(
        start=_start(due, known),
        within=within,
        by_day=due.number("by_day") or 0,
        target=due.yes("target"),
        first=due.yes("first"),
        met=due.reference("met", _times(known), say("time fact")),
        source=due.reference("source", known.sources, say("source")),
    )


def _files(at: Entry, known: Known, fields: Collection[Field]) -> Files | None:
    files = at.entry("files", "duties", "at by receipt")
    if files is None:
        return None
    files.need_some("duties")

    def field(key: str, types: tuple[str, ...], sort: Message) -> str:
        return files.reference(key, [field.id for field in fields if field.type in types], sort)

    return Files(
        duties=files.references("duties", known.duties, say("duty")),
        at=field("at", ("time",), say("time field")),
        by=field("by", ("person", "organisation", "text"), say("field for a name")),
        receipt=field("receipt", ("text",), say("text field")),
    )


def _start(due: Entry, known: Known) -> str:
    start = due.text("from")
    if start.startswith("step:"):
        step = start.removeprefix("step:")
        if step not in known.steps:
            due.wrong("from", no_such(say("step"), step, known.steps))
    elif start and start != "opened":
        due.reference("from", _times(known), say("time fact"))
    return start


def _times(known: Known) -> list[str]:
    return [name for name, fact in known.facts.items() if fact.type == "time"]
