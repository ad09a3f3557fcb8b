"""The words in one XML part of a Word document, read as a stream by expat, which expands nothing and fetches
nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

import msgspec

from runbook.speech import say


class NotRead(Exception):
    """Why a part cannot be read: a Message."""


class Gathered(msgspec.Struct):
    """What a part says: its lines, and what no reader of the page sees."""

    lines: list[str] = []
    deleted: list[str] = []
    described: list[str] = []
    fields: list[str] = []
    links: list[str] = []

    def with_hidden(self, other: Gathered) -> Gathered:
        """With what is hidden in another part too."""
        return Gathered(
            [],
            self.deleted + other.deleted,
            self.described + other.described,
            self.fields + other.fields,
            self.links + other.links,
        )

    def hidden_lines(self) -> list[str]:
        """What is hidden, each kind under its name."""
        titled = (
            ("― 削除した文字 / deleted words ―", self.deleted),
            ("― 図の説明 / descriptions of pictures ―", self.described),
            ("― フィールド / fields ―", self.fields),
            ("― リンク先 / addresses of links ―", self.links),
        )
        return [line for title, found in titled if found for line in ("", title, *dict.fromkeys(found))]


_BROKEN = say("its XML is broken")
_DTD = say("its XML declares entities, as no Office program does")
_NO_WORDS = frozenset({"HeadingPairs", "created", "modified", "revision", "lastPrinted", "version", "language"})
_APP = frozenset({"Company", "Manager", "HyperlinkBase"})


def gather(data: bytes, headings: Mapping[str, int]) -> Gathered:
    """The words of a part. `headings` has the levels of the styles that are for headings. Raises NotRead."""
    reader = _Body(headings)
    _parse(data, reader)
    return reader.found


def properties(data: bytes) -> list[str]:
    """The texts among a document's properties, without dates and counts. Raises NotRead."""
    reader = _Properties()
    _parse(data, reader)
    return reader.found.lines


def heading_styles(data: bytes) -> dict[str, int]:
    """The ids of the styles that are for headings, with their levels: "1" may be one in Japanese. Raises NotRead."""
    reader = _Styles()
    _parse(data, reader)
    return reader.levels


def link_targets(data: bytes) -> list[str]:
    """Where the links of a part lead outside the document. Raises NotRead."""
    reader = _Links()
    _parse(data, reader)
    return reader.found.links


def _parse(data: bytes, reader: _Reader) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
        reader.finish()
    except expat.ExpatError:
        raise NotRead(_BROKEN) from None


def _refuse(*_: object) -> NoReturn:
    raise NotRead(_DTD)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


class _Reader:
    """What is done with each tag and text; `found` is the result."""

    def __init__(self) -> None:
        self.found = Gathered()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """At a tag."""

    def end(self, name: str) -> None:
        """At its end."""

    def text(self, said: str) -> None:
        """At text between tags."""

    def finish(self) -> None:
        """After the last tag."""


class _Links(_Reader):
    def start(self, name: str, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External" and not target.startswith("tel:"):
            self.found.links.append(target)


_HEADING = re.compile(r"heading ([1-6])")


class _Styles(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.levels: dict[str, int] = {}
        self._id = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        values = {_local(key): value for key, value in attributes.items()}
        if _local(name) == "style":
            self._id = values.get("styleId", "")
        elif _local(name) == "name" and (named := _HEADING.fullmatch(values.get("val", "").lower())):
            self.levels[self._id] = int(named[1])


class _Properties(_Reader):
    """Each property on a line: all of core and custom, of app only those with names in them."""

    def __init__(self) -> None:
        super().__init__()
        self._path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(_local(name))
        if self._path[-1] == "property" and attributes.get("name"):
            self.found.lines.append(attributes["name"])

    def end(self, name: str) -> None:
        self._path.pop()

    def text(self, said: str) -> None:
        counted = len(self._path) == 2 and self._path[0] == "Properties" and self._path[1] not in _APP
        if said.strip() and not counted and not _NO_WORDS.intersection(self._path):
            self.found.lines.append(said.strip())


class _Body(_Reader):
    """Paragraphs and rows as lines, headings as Markdown's; a text box inside a paragraph comes after it. A reading
    (ruby) is no part of its word: it stands before it in the file and would tear the words apart.
    """

    def __init__(self, headings: Mapping[str, int]) -> None:
        super().__init__()
        self._headings = headings
        self._level = 0
        self._line: list[str] = []
        self._outer: list[tuple[list[str], int]] = []
        self._boxes: list[str] = []
        self._into: list[str] | None = None
        self._cells = 0
        self._fallback = 0
        self._readings = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "Fallback":
                self._fallback += 1
            case "txbxContent":
                self._outer.append((self._line, self._cells))
                self._line, self._cells = [], 0
            case "tc":
                self._cells += 1
            case "pStyle" if not self._cells:
                self._level = next((self._headings.get(value, 0) for value in attributes.values()), 0)
            case "rt":
                self._readings += 1
            case "t" | "v":  # v: what a chart shows
                self._into = self.found.described if self._readings else self._line
            case "noBreakHyphen":
                self._line.append("-")
            case "delText":
                self._into = self.found.deleted
            case "instrText":
                self._into = self.found.fields
            case "tab" | "br" | "cr" if self._fallback == 0:
                self._line.append(" ")
        self.found.described += [
            said for key, said in attributes.items() if _local(key) in ("descr", "title", "alt") and said.strip()
        ]

    def end(self, name: str) -> None:
        match _local(name):
            case "Fallback":
                self._fallback -= 1
            case "rt":
                self._readings -= 1
            case "t" | "delText" | "instrText":
                self._into = None
            case "v":
                self._into = None
                self._line.append(" ")
            case "p" if self._fallback == 0:
                if self._cells:
                    self._line.append(" ")
                else:
                    self._ended()
            case "tc":
                self._cells -= 1
                self._line.append("| ")
            case "tr" if not self._cells:
                self._ended()
            case "txbxContent":
                self._line, self._cells = self._outer.pop()

    def text(self, said: str) -> None:
        if self._into is not None and self._fallback == 0:
            self._into.append(said)

    def finish(self) -> None:
        if "".join(self._line).strip():
            self._ended()

    def _ended(self) -> None:
        line = "".join(self._line).strip()
        if line and self._level:
            line = f"{'#' * self._level} {line}"
        self._line.clear()
        self._level = 0
        if self._outer:
            self._boxes += [line] if line else []
            return
        self.found.lines += [line, *self._boxes]
        self._boxes.clear()
