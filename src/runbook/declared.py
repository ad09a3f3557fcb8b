"""What playbooks and regimes both declare: facts, and the sources their rules and stories come from."""

from typing import Literal, TypeAlias

import msgspec

from runbook.speech import Bilingual

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
IN_WORDS: tuple[FieldType, ...] = ("text", "person", "organisation", "file")
"""What is told in words. There a word for unknown tells nothing: of an hour, or of a yes, it is one of the answers."""
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
    case: str = ""
    """The real case it tells of, by a name that all its sources share."""

    @property
    def tells_of(self) -> str:
        return self.case or self.id


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
    ahead: bool = False
    """A time that is planned: an hour alone means the next one."""
