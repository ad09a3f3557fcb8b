"""What a playbook is, once it has been read: frozen structs, and the few questions asked of them.

The YAML form is described in docs/playbook-format.md; `content` reads it and names every mistake by file and line.
Everything here is compiled content: conditions are kept as their text and parsed by `conditions` on first use.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, TypeAlias

import msgspec

from runbook.speech import Bilingual as Bilingual

FieldType: TypeAlias = Literal[
    "time",
    "text",
    "integer",
    "choice",
    "yesno",
    "date",
    "list",
    "person",
    "organisation",
    "telephone",
    "file",
    "register",
    "dataset",
]
ClaimStatus: TypeAlias = Literal["estimate", "claimed", "confirmed", "withdrawn"]
Verified: TypeAlias = Literal[
    "official", "secondary", "seed", "measured", "memory-high", "memory-medium", "memory-low", "inference"
]
"""How a source was checked; shipped and shown with it."""


class Source(msgspec.Struct, frozen=True):
    """Where a rule, warning or example comes from."""

    id: str
    title: Bilingual
    kind: Literal["case", "law", "guideline", "press", "practice"]
    verified: Verified
    date: str = ""
    url: str = ""


class FactSpec(msgspec.Struct, frozen=True):
    """A named, typed fact, and the question that settles it."""

    id: str
    type: FieldType
    title: Bilingual
    ask: Bilingual | None = None
    choices: dict[str, Bilingual] = {}
    guard: Literal["", "password"] = ""
    varies: bool = False
    """Its value goes with the time: a new one makes an older notice old, not wrong."""


class Field(msgspec.Struct, frozen=True):
    """One thing a step asks for. `fact` names the fact it sets, with `status` as the claim's status."""

    id: str
    type: FieldType
    title: Bilingual
    hint: Bilingual | None = None
    choices: dict[str, Bilingual] = {}
    fact: str = ""
    status: ClaimStatus = "confirmed"
    required: bool = False
    guard: Literal["", "password"] = ""
    register: str = ""


class Check(msgspec.Struct, frozen=True):
    """One box to tick."""

    id: str
    title: Bilingual


class Due(msgspec.Struct, frozen=True):
    """When a step should be done: a plain length after a fact, a finished step (`step:ID`), or `opened`.

    `within` is a length of time ("20min", "24h", "3d"); `by_day` counts calendar days with the starting day as
    day 1 and falls at 23:59:59 of the last. Exactly one of them is given. Neither moves for closed days.
    """

    start: str
    within: str = ""
    by_day: int = 0
    target: bool = False
    source: str = ""


class Seen(msgspec.Struct, frozen=True):
    """What a real case did at this step, and how long it took (minutes; None where no one knows)."""

    what: Bilingual
    source: str
    minutes: int | None = None


class Step(msgspec.Struct, frozen=True):
    """One thing to do: why, how, what to record, who does it."""

    id: str
    title: Bilingual
    why: Bilingual
    lines: tuple[Bilingual, ...]
    checks: tuple[Check, ...] = ()
    fields: tuple[Field, ...] = ()
    requires: tuple[str, ...] = ()
    when: str = ""
    due: Due | None = None
    warnings: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    sources: tuple[str, ...] = ()


class Phase(msgspec.Struct, frozen=True):
    """A named run of steps. `key` is the letter that opens it from anywhere (h hotline, p press room …)."""

    id: str
    title: Bilingual
    steps: tuple[Step, ...]
    key: str = ""


class Warning(msgspec.Struct, frozen=True):
    """Something to read before a step is finished, with the real case it comes from.

    Shown when `when` is not false (unknown counts as a reason to show it); acknowledged by name.
    """

    id: str
    title: Bilingual
    text: Bilingual
    why: Bilingual
    source: str
    when: str = ""


class Register(msgspec.Struct, frozen=True):
    """A list kept beside the facts: custody tiers, committee members, measures. Rows are named by their `key` column."""

    id: str
    title: Bilingual
    key: str
    columns: tuple[Field, ...]
    varies: bool = False
    """Its rows go with the time, as the state of a measure does."""


class Playbook(msgspec.Struct, frozen=True, dict=True):
    """A whole playbook: phases of steps, the facts they ask for, the warnings and registers they use."""

    id: str
    edition: str
    title: Bilingual
    about: Bilingual
    phases: tuple[Phase, ...]
    facts: dict[str, FactSpec]
    zone: str = "Asia/Tokyo"
    warnings: dict[str, Warning] = {}
    registers: dict[str, Register] = {}
    roles: dict[str, Bilingual] = {}
    notices: dict[str, Bilingual] = {}
    """Titles of the kinds of notice, by slug."""
    sources: dict[str, Source] = {}

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by its id, in order."""
        return {step.id: step for phase in self.phases for step in phase.steps}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number shown for each step ("3-2"), by id."""
        return {step.id: f"{p}-{s}" for p, phase in enumerate(self.phases, 1) for s, step in enumerate(phase.steps, 1)}

    def find_step(self, name: str) -> Step | None:
        """A step by its id or by its shown number."""
        if name in self.steps:
            return self.steps[name]
        return next((self.steps[id] for id, number in self.numbers.items() if number == name), None)
