"""What a playbook is, once it has been read: frozen structs, and the few questions asked of them.

The YAML form is described in docs/playbook-format.md; `content` reads it and names every mistake by file and line.
Everything here is compiled content: conditions are kept as their text and parsed by `conditions` on first use.
"""

from functools import cached_property
from typing import Literal

import msgspec

from runbook.declared import ClaimStatus as ClaimStatus
from runbook.declared import FactSpec as FactSpec
from runbook.declared import FieldType as FieldType
from runbook.declared import Source as Source
from runbook.declared import Verified as Verified
from runbook.method import Method
from runbook.regime import Duty, Regime
from runbook.scenario import Scenario
from runbook.speech import Bilingual as Bilingual


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
    ahead: bool = False
    """A time that is planned: an hour alone means the next one."""


class Check(msgspec.Struct, frozen=True):
    """One box to tick."""

    id: str
    title: Bilingual


class Due(msgspec.Struct, frozen=True):
    """When a step should be done: a plain length after a fact, a finished step (`step:ID`), or `opened`.

    `within` is a length of time ("20min", "24h", "3d"); `by_day` counts calendar days with the starting day as
    day 1 and falls at 23:59:59 of the last. Exactly one of them is given, and neither moves for closed days; or
    `duties` names the legal duties whose clocks the step goes by, and nothing else is given. `first` says that the step
    goes before all others once its clock has begun: what a find asks for cannot wait for what was left lying. `met` is
    the time fact that tells when the thing itself was done: it meets the clock, whenever the step is ticked off.
    """

    start: str = ""
    within: str = ""
    by_day: int = 0
    duties: tuple[str, ...] = ()
    target: bool = False
    source: str = ""
    first: bool = False
    met: str = ""


class Files(msgspec.Struct, frozen=True):
    """What finishing a step files: `duties` that apply are met at the time in the field `at`, by whom the field `by`
    names, with the receipt in the field `receipt`."""

    duties: tuple[str, ...]
    at: str = ""
    by: str = ""
    receipt: str = ""


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
    files: Files | None = None
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
    """A list kept beside the facts: custody tiers, committee members, measures. Rows are named by their `key`
    column."""

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
    filings: dict[str, tuple[str, ...]] = {}
    """The kinds of notice that are filings (`NoticeKind.filing`), each with the kinds it supplements."""
    reported: tuple[str, ...] = ()
    """The duties that are met by a report to an authority."""
    sources: dict[str, Source] = {}
    regimes: tuple[Regime, ...] = ()
    """The laws it was compiled with; their facts are among `facts`."""
    method: Method | None = None
    """How severity is judged."""
    unread: tuple[Bilingual, ...] = ()
    """What is wrong with regimes that could not be used: said wherever clocks are shown."""
    method_unread: Bilingual | None = None
    """What is wrong with a method that could not be used: said where severity is judged."""
    reviewed: str = ""
    """The day it was last reviewed; its edition's where it does not say."""
    scenario: Scenario | None = None
    """The scenario of the drill it was compiled for."""

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by its id, in order."""
        return {step.id: step for phase in self.phases for step in phase.steps}

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number shown for each step ("3-2"), by id."""
        return {step.id: f"{p}-{s}" for p, phase in enumerate(self.phases, 1) for s, step in enumerate(phase.steps, 1)}

    @cached_property
    def duties(self) -> dict[str, tuple[Regime, Duty]]:
        """Every duty by its id, with its regime, in their order."""
        return {duty.id: (regime, duty) for regime in self.regimes for duty in regime.duties}

    @cached_property
    def steps_for(self) -> dict[str, str]:
        """The step at which each duty is worked on, by the duty's id: the first that goes by its clock or files it."""
        found: dict[str, str] = {}
        for step in self.steps.values():
            for id in (*(step.due.duties if step.due else ()), *(step.files.duties if step.files else ())):
                found.setdefault(id, step.id)
        return found

    def find_step(self, name: str) -> Step | None:
        """A step by its id or by its shown number."""
        if name in self.steps:
            return self.steps[name]
        return next((self.steps[id] for id, number in self.numbers.items() if number == name), None)
