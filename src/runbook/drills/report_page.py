"""How an after-action report is laid out (HSEEP): sections of few sorts of blocks, in one language. Pure.

Both renderings write these blocks, so that they say the same. Nothing is escaped here: texts are as people wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from runbook.drills.timeline import Shape, Timeline
from runbook.speech import Argument, Language, say, speaker


class Entry(msgspec.Struct, frozen=True):
    """An entry of the record, with what it says."""

    seq: int
    said: str


class Text(msgspec.Struct, frozen=True):
    """Some lines, the entries of the record they rest on, and entries that are told in full."""

    lines: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()
    entries: tuple[Entry, ...] = ()


class Paragraph(msgspec.Struct, frozen=True):
    """`loud` for what has to be seen."""

    text: Text
    loud: bool = False


class Facts(msgspec.Struct, frozen=True):
    """Names, each with what is to be said of it."""

    rows: tuple[tuple[str, Text], ...]


class Table(msgspec.Struct, frozen=True):
    """The first column names its row. `anchors` has the number of the entry a row is, where it is one."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    anchors: tuple[int, ...] = ()


class Card(msgspec.Struct, frozen=True):
    """One finding: its title, its points, and what bears on it. `good` tells a strength from a gap."""

    title: str
    badge: str
    good: bool
    rows: tuple[tuple[str, Text], ...]
    words: str = ""
    """What was said, to the letter."""
    change: str = ""
    """What it would change in a file, as a diff."""


class Picture(msgspec.Struct, frozen=True):
    """The timeline; `key` says what its shapes mean, `note` what its lines do. Where there are no pictures, the table
    after it says the same."""

    timeline: Timeline
    key: tuple[tuple[Shape, str], ...]
    note: str


Block: TypeAlias = Paragraph | Facts | Table | Card | Picture


class Section(msgspec.Struct, frozen=True):
    """A chapter, or (`deeper`) a part of the one before it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    deeper: bool = False


class Page(msgspec.Struct, frozen=True):
    """The whole report as it is written out. `mark` is the mark of a drill, that has to stand on every page."""

    language: Language
    mark: str
    title: str
    sections: tuple[Section, ...]


class Writer:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._tell = speaker(language)

    def __call__(self, what: Argument) -> str:
        return self._tell(say("{what}", what=what))

    def text(self, *lines: Argument, cites: Iterable[int] = ()) -> Text:
        """Lines that are not empty."""
        return Text(tuple(said for line in lines if (said := self(line))), tuple(dict.fromkeys(cites)))

    def facts(self, *rows: tuple[Argument, Text]) -> Facts:
        """Rows that say something."""
        return Facts(self.rows(*rows))

    def rows(self, *rows: tuple[Argument, Text]) -> tuple[tuple[str, Text], ...]:
        return tuple((self(name), text) for name, text in rows if text != Text())

    def table(
        self, caption: Argument, head: Iterable[Argument], rows: Iterable[tuple[Text, ...]], anchors: Iterable[int] = ()
    ) -> Table:
        return Table(self(caption), tuple(map(self, head)), tuple(rows), tuple(anchors))

    def paragraph(self, *lines: Argument, loud: bool = False, cites: Iterable[int] = ()) -> Paragraph:
        return Paragraph(self.text(*lines, cites=cites), loud)

    def section(self, id: str, title: Argument, *blocks: Block, deeper: bool = False) -> Section:
        return Section(id, self(title), blocks, deeper)
