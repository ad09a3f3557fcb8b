"""What a method for judging severity is, once it has been read: elements, their choices, and the bands of the result.

Scores are whole hundredths, so that sums are exact. The YAML form stands in playbooks/severity.yaml.
"""

from typing import Literal, TypeAlias

import msgspec

from runbook.declared import Source
from runbook.speech import Bilingual

Part: TypeAlias = Literal["dpc", "ei", "cb"]
"""Data processing context, ease of identification, circumstances of the breach."""


class Choice(msgspec.Struct, frozen=True):
    """One answer: a short title, its score in hundredths, the method's wording and an example. `when` is the condition
    under which facts suggest it; of several that hold the first does. `source` is where the score comes from, `worded`
    where the wording and the example do, if that is another place."""

    id: str
    title: Bilingual
    score: int
    source: str
    text: Bilingual | None = None
    example: Bilingual | None = None
    worded: str = ""
    when: str = ""


class Element(msgspec.Struct, frozen=True):
    """One line of the worksheet. Elements of the part `dpc` are categories of data, of which the highest counts."""

    id: str
    part: Part
    title: Bilingual
    ask: Bilingual
    choices: tuple[Choice, ...]
    source: str

    def choice(self, id: str) -> Choice | None:
        return next((one for one in self.choices if one.id == id), None)


class Flag(msgspec.Struct, frozen=True):
    """Something raised beside the score, while its condition holds."""

    id: str
    title: Bilingual
    text: Bilingual
    when: str
    source: str


class Band(msgspec.Struct, frozen=True):
    """A level of the result: from `start` hundredths on, up to where the next begins."""

    id: str
    start: int
    title: Bilingual
    meaning: Bilingual
    source: str = ""


class Method(msgspec.Struct, frozen=True):
    """SE = DPC × EI + CB, a formula from `source`. `note` says what the result is and is not."""

    id: str
    title: Bilingual
    as_of: str
    note: Bilingual
    elements: tuple[Element, ...]
    flags: tuple[Flag, ...]
    bands: tuple[Band, ...]
    sources: dict[str, Source]
    source: str = ""

    def element(self, id: str) -> Element | None:
        return next((one for one in self.elements if one.id == id), None)
