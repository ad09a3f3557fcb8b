"""The rules as data (`playbooks/guardrails.yaml`)."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TypeAlias

import msgspec

from runbook.guardrails.canon import canonical
from runbook.guardrails.examples import Example
from runbook.guardrails.shape import Check
from runbook.guardrails.terms import Spellings, Term, drifting, unglossed
from runbook.playbook import Source
from runbook.speech import Bilingual

Severity: TypeAlias = Literal["block", "warn", "inform"]
"""block stops submission and approval; warn needs a second person's reason; inform is a hint."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: what it says to the writer, and the real case (`source`) that is the reason for it.

    `scope`: "any" text, or only notices of kinds whose template names the rule ("named": completeness).
    """

    id: str
    severity: Severity
    title: Bilingual
    message: Bilingual
    why: Bilingual
    source: str
    examples: tuple[Example, ...]
    scope: Literal["any", "named"] = "any"


class Rules(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """All rules of one edition, and the sentences on the secret that may be used as they stand."""

    id: str
    edition: str
    sources: tuple[Source, ...]
    approved: tuple[Bilingual, ...]
    rules: tuple[Rule, ...]
    terms: tuple[Term, ...] = ()
    spellings: tuple[Spellings, ...] = ()

    @cached_property
    def cases(self) -> dict[str, str]:
        """The real case each source tells of."""
        return {source.id: source.tells_of for source in self.sources}

    @cached_property
    def listed(self) -> dict[str, Check]:
        """The checks that go by the lists of this edition."""
        return {"G34": unglossed(self.terms), "G39": drifting(self.spellings)}

    @cached_property
    def released(self) -> frozenset[str]:
        """The approved sentences in canonical form."""
        return canonical("\n\n".join(text for sentence in self.approved for text in (sentence.ja, sentence.en)))
