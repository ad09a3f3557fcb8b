"""Facts, and the fields that set them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, get_args

from runbook.conditions import RESERVED
from runbook.content.mistakes import Mistake
from runbook.content.reading import FACT, WORD, Entry, Reader
from runbook.playbook import ClaimStatus, FactSpec, Field, FieldType
from runbook.speech import Bilingual, say

FACTS = "playbooks/facts.yaml"

_TYPES: tuple[FieldType, ...] = get_args(FieldType)
_FACT_TYPES = tuple(type for type in _TYPES if type not in ("register", "dataset"))
_STATUSES: tuple[ClaimStatus, ...] = ("confirmed", "estimate", "claimed")
_GUARDS: tuple[Literal["", "password"], ...] = ("password",)


@lru_cache(maxsize=2)
def shared_facts(text: str | bytes) -> tuple[Mapping[str, FactSpec], tuple[Mistake, ...]]:
    """The facts every playbook shares, from their file's text, and what is wrong with it.

    Remembered: a playbook, each law and the severity method ask for the same ones when an incident is opened.
    """
    reader = Reader(FACTS, text)
    at = reader.entry(reader.root, FACTS, "facts")
    facts = {fact.id: fact for fact in read_facts(at, ())} if at else {}
    return MappingProxyType(facts), tuple(reader.mistakes)


def read_facts(
    at: Entry, shared: Collection[str], elsewhere: Mapping[str, FactSpec] = MappingProxyType({})
) -> Iterator[FactSpec]:
    """The facts under `facts`; none may have the name of a shared one, or be other than one declared `elsewhere`."""
    for name, fact in at.named_entries("facts", FACT, "type title", "ask choices guard varies ahead"):
        if name in shared:
            fact.wrong("", say("“{name}” is a fact of every playbook already; leave it out.", name=name))
        if name in RESERVED:
            fact.wrong("", say("“{name}” is a word of conditions; give the fact another name.", name=name))
        type = fact.one_of("type", _FACT_TYPES, "text")
        choices = fact.named_bilinguals("choices", WORD)
        _check_choices(fact, type, choices)
        if name in elsewhere and name not in shared:
            _check_against(elsewhere[name], fact, type, choices)
        yield FactSpec(
            id=name,
            type=type,
            title=fact.bilingual("title"),
            ask=fact.bilingual_if_any("ask"),
            choices=choices,
            guard=fact.one_of("guard", _GUARDS, ""),
            varies=fact.yes("varies"),
            ahead=_ahead(fact, type),
        )


def read_fields(at: Entry, key: str, facts: Mapping[str, FactSpec], registers: Collection[str]) -> Iterator[Field]:
    """The fields of the list `key`. One that sets a fact takes what it leaves out from the fact."""
    seen: dict[str, int] = {}
    for field in at.entries(key, "id", "type title hint choices fact status required guard register ahead"):
        yield _field(field, facts, registers, seen)


def _field(at: Entry, facts: Mapping[str, FactSpec], registers: Collection[str], seen: dict[str, int]) -> Field:
    fact = facts.get(at.reference("fact", facts, say("fact")))
    type = at.one_of("type", _TYPES, fact.type if fact else "text")
    choices = at.named_bilinguals("choices", WORD)
    if fact:
        _check_against(fact, at, type, choices)
    elif "fact" not in at:
        at.need("type")
        at.need("title")
        _check_choices(at, type, choices)
    if (type == "register") != ("register" in at):
        at.wrong("type", say("The type “register” goes together with the key “register”."))
    return Field(
        id=at.name("id", WORD, seen),
        type=type,
        title=at.bilingual_if_any("title") or (fact.title if fact else Bilingual("", "")),
        hint=at.bilingual_if_any("hint"),
        choices=choices or (fact.choices if fact else {}),
        fact=at.text("fact"),
        status=at.one_of("status", _STATUSES, "confirmed"),
        required=at.yes("required"),
        guard=at.one_of("guard", _GUARDS, fact.guard if fact else ""),
        register=at.reference("register", registers, say("register")),
        ahead=_ahead(at, type) or (fact is not None and fact.ahead),
    )


def _ahead(at: Entry, type: FieldType) -> bool:
    ahead = at.yes("ahead")
    if ahead and type != "time":
        at.wrong("ahead", say("Only a time can lie ahead."))
    return ahead


def _check_choices(at: Entry, type: FieldType, choices: Collection[str]) -> None:
    if type == "choice" and not choices:
        at.need("choices")
    if type != "choice" and choices:
        at.wrong("choices", say("Only the type “choice” has choices."))


def _check_against(fact: FactSpec, at: Entry, type: FieldType, choices: Collection[str]) -> None:
    if type != fact.type:
        message = say(
            "The fact “{fact}” has the type “{theirs}”, not “{ours}”.", fact=fact.id, theirs=fact.type, ours=type
        )
        at.wrong("type", message)
    for choice in choices:
        if choice not in fact.choices:
            at.wrong("choices", say("The fact “{fact}” has no choice “{value}”.", fact=fact.id, value=choice))
