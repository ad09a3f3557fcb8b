"""The rules as data (`playbooks/guardrails.yaml`), and what of an incident's state they depend on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, TypeAlias

import msgspec

from runbook.guardrails.canon import canonical
from runbook.playbook import Source
from runbook.speech import Bilingual

Severity: TypeAlias = Literal["block", "warn", "inform"]
"""block stops submission and approval; warn needs a second person's reason; inform is a hint."""


class State(msgspec.Struct, frozen=True):
    """What the rules must know of an incident. Without one the careful reading applies: lost, nothing examined."""

    lost: bool = True
    examined: bool = False
    approved: frozenset[str] = frozenset()
    """Further sentences on the secret released by two people in this incident, as written."""


def state_of(confirmed: Mapping[str, object], approved: frozenset[str] = frozenset()) -> State:
    """The state that an incident's *confirmed* facts (name → value) amount to.

    Only a confirmed `found_at` ends the loss and only a confirmed `forensic_result` ends the examination: hearsay and
    interim results release nothing.
    """

    def settled(name: str) -> bool:
        return confirmed.get(name) not in (None, "", "unknown")

    return State(not settled("found_at"), settled("forensic_result"), approved)


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that trips the rule or passes it, given these confirmed facts. Each one is run as a test."""

    text: str
    trips: Literal["yes", "no"]
    facts: dict[str, str] = {}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: what it says to the writer, and the real case (`source`) that is the reason for it."""

    id: str
    severity: Severity
    title: Bilingual
    message: Bilingual
    why: Bilingual
    source: str
    examples: tuple[Example, ...]


class Rules(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """All rules of one edition, and the sentences on the secret that may be used as they stand."""

    id: str
    edition: str
    sources: tuple[Source, ...]
    approved: tuple[Bilingual, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def released(self) -> frozenset[str]:
        """The approved sentences in canonical form."""
        return canonical("\n\n".join(text for sentence in self.approved for text in (sentence.ja, sentence.en)))
