"""From nodes to values. Whatever does not fit becomes a mistake with its line, and a harmless value in its place, so
that reading goes on and all mistakes are named at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from runbook.content.mistakes import Mistake, cut, nearest, no_such
from runbook.content.nodes import Entries, Items, Node, Scalar, read_nodes
from runbook.speech import Bilingual, Message, say

_Word = TypeVar("_Word", bound=str)


class Shape(msgspec.Struct, frozen=True):
    """How names of one sort are written."""

    pattern: str
    example: str


SLUG = Shape(r"[a-z][a-z0-9-]*", "report-loss")
FACT = Shape(r"[a-z][a-z0-9_]*", "known_at")
WORD = Shape(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "S0")
LETTER = Shape(r"[a-z]", "h")


class Reader:
    """One file being read, and what is wrong with it so far."""

    def __init__(self, file: str, data: str | bytes) -> None:
        self.file = file
        self._mistakes: dict[tuple[int, str], Mistake] = {}
        self.root = read_nodes(data, self.wrong)

    @property
    def mistakes(self) -> list[Mistake]:
        """In order of lines; what an alias repeats is there once."""
        return [self._mistakes[place] for place in sorted(self._mistakes)]

    def wrong(self, line: int, message: Message) -> None:
        self._mistakes[line, str(message)] = Mistake(self.file, line, message)

    def name(self, node: Scalar, shape: Shape, seen: dict[str, int] | None = None) -> str:
        """A name of the right shape; one that is already in `seen` is a mistake, a new one is added there."""
        name = cut(node.text)
        if not re.fullmatch(shape.pattern, name):
            self.wrong(
                node.line, say("“{name}” cannot be a name here; write it like “{like}”.", name=name, like=shape.example)
            )
        elif seen is not None and name in seen:
            self.wrong(node.line, say("“{name}” is used twice; first in line {line}.", name=name, line=seen[name]))
        elif seen is not None:
            seen[name] = node.line
        return name

    def entry(self, node: Node | None, what: str, required: str, optional: str = "") -> Entry | None:
        """A mapping, read by the keys it may have; None, and a mistake, where the node is none.

        `what` is the key or list it stands under. `required` and `optional` are keys, separated by spaces.
        """
        if isinstance(node, Entries):
            return Entry(self, node, what, required, optional)
        if node is self.root and node is not None:
            self.wrong(node.line, say("The file must have keys of its own."))  # a mistake tells its file already
        elif node is not None:
            self.wrong(node.line, say("“{key}” must have keys of its own.", key=what))
        return None

    def bilingual(self, node: Node, what: str) -> Bilingual:
        if not isinstance(node, Entries):
            self.wrong(node.line, say("“{key}” must be in both languages, under “ja” and “en”.", key=what))
            return Bilingual("", "")
        return Entry(self, node, what, "", "ja en").translated()


class Entry:
    """One mapping of the file, read by its keys. Unknown, repeated and missing keys are named at once."""

    def __init__(self, reader: Reader, node: Entries, what: str, required: str, optional: str) -> None:
        self.reader = reader
        self._what = what
        self.line = node.line
        self._values = dict(self._allowed(node, f"{required} {optional}".split()))
        for key in required.split():
            self.need(key)

    def _allowed(self, node: Entries, allowed: list[str]) -> Iterator[tuple[str, Node]]:
        for key, value in _pairs(self.reader, node):
            if key.text in allowed:
                yield key.text, value
            elif near := nearest(key.text, allowed):
                message = say("“{key}” is not known here. Did you mean “{near}”?", key=cut(key.text), near=near)
                self.reader.wrong(key.line, message)
            else:
                self.reader.wrong(key.line, say("“{key}” is not known here.", key=cut(key.text)))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def node(self, key: str) -> Node | None:
        return self._values.get(key)

    def need(self, key: str) -> None:
        """Name `key` as missing if it is not there."""
        if key not in self._values:
            self.reader.wrong(self.line, say("“{key}” is missing.", key=key))

    def wrong(self, key: str, message: Message) -> None:
        """A mistake in the value of `key`; in the whole where there is none."""
        node = self._values.get(key)
        self.reader.wrong(node.line if node else self.line, message)

    def text(self, key: str) -> str:
        """A text that is not empty; "" where it is missing."""
        node = self._values.get(key)
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            self.wrong(key, say("“{key}” must be a text.", key=key))
            return ""
        if not node.text.strip():
            self.wrong(key, say("“{key}” is empty.", key=key))
        return node.text.strip()

    def name(self, key: str, shape: Shape, seen: dict[str, int] | None = None) -> str:
        text = self.text(key)
        node = self._values.get(key)
        return self.reader.name(node, shape, seen) if text and isinstance(node, Scalar) else ""

    def number(self, key: str) -> int | None:
        text = self.text(key)
        if text and not re.fullmatch(r"[0-9]{1,9}", text):
            self.wrong(key, say("“{key}” must be a whole number.", key=key))
            return None
        return int(text) if text else None

    def yes(self, key: str) -> bool:
        """`yes`, `no`, `true` or `false`; no where it is missing."""
        text = self.text(key).lower()
        if text not in ("", "yes", "no", "true", "false"):
            self.wrong(key, say("“{key}” must be yes or no.", key=key))
        return text in ("yes", "true")

    def day(self, key: str) -> str:
        """A day as ISO 8601; "" where it is missing."""
        text = self.text(key)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            self.wrong(key, say("“{key}” must be a date such as {example}.", key=key, example="2026-11-21"))
            return ""

    def zone(self, key: str) -> str:
        """The name of a time zone; "" where it is missing."""
        zone = self.text(key)
        try:
            ZoneInfo(zone or "UTC")
        except (LookupError, ValueError, OSError):
            self.wrong(key, say("“{key}” must be a time zone such as {example}.", key=key, example="Asia/Tokyo"))
        return zone

    def one_of(self, key: str, options: Collection[_Word], otherwise: _Word) -> _Word:
        """One of `options`; `otherwise` where it is missing."""
        text = self.text(key)
        chosen = next((option for option in options if option == text), None)
        if text and chosen is None:
            can = ", ".join(options)
            self.wrong(key, say("“{key}” cannot be “{value}”, only: {options}.", key=key, value=cut(text), options=can))
        return chosen or otherwise

    def reference(self, key: str, known: Collection[str], sort: Message) -> str:
        """The name of something of this sort that exists."""
        text = self.text(key)
        if text and text not in known:
            self.wrong(key, no_such(sort, text, known))
        return text

    def references(self, key: str, known: Collection[str] | None, sort: Message) -> tuple[str, ...]:
        """A list of such names; any names where nobody knows which exist."""
        names = []
        for node in self.items(key):
            if not isinstance(node, Scalar):
                self.reader.wrong(node.line, say("“{key}” must be a list of names.", key=key))
            elif known is not None and node.text not in known:
                self.reader.wrong(node.line, no_such(sort, node.text, known))
            else:
                names.append(node.text)
        return tuple(names)

    def items(self, key: str) -> tuple[Node, ...]:
        node = self._values.get(key)
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.wrong(key, say("“{key}” must be a list.", key=key))
            return ()
        return node.items

    def need_some(self, *keys: str) -> None:
        """Name each of these lists that is there and empty."""
        for key in keys:
            node = self.node(key)
            if isinstance(node, Items) and not node.items:
                self.wrong(key, say("“{key}” is empty.", key=key))

    def entries(self, key: str, required: str, optional: str = "") -> Iterator[Entry]:
        """The mappings of a list."""
        for node in self.items(key):
            if entry := self.reader.entry(node, key, required, optional):
                yield entry

    def entry(self, key: str, required: str, optional: str = "") -> Entry | None:
        return self.reader.entry(self._values.get(key), key, required, optional)

    def named_entries(self, key: str, shape: Shape, required: str, optional: str = "") -> Iterator[tuple[str, Entry]]:
        """The mappings in a mapping whose keys are names."""
        for name, node in self._named(key, shape):
            if entry := self.reader.entry(node, name, required, optional):
                yield name, entry

    def lines(self, key: str) -> dict[str, int]:
        """The line of each name in a mapping whose keys are names."""
        node = self.node(key)
        return {name.text: name.line for name, _ in reversed(node.pairs)} if isinstance(node, Entries) else {}

    def named_bilinguals(self, key: str, shape: Shape) -> dict[str, Bilingual]:
        return {name: self.reader.bilingual(node, name) for name, node in self._named(key, shape)}

    def _named(self, key: str, shape: Shape) -> Iterator[tuple[str, Node]]:
        node = self._values.get(key)
        if isinstance(node, Entries):
            for name, value in _pairs(self.reader, node):
                yield self.reader.name(name, shape), value
        elif node:
            self.wrong(key, say("“{key}” must have keys of its own.", key=key))

    def bilingual(self, key: str) -> Bilingual:
        return self.bilingual_if_any(key) or Bilingual("", "")

    def bilingual_if_any(self, key: str) -> Bilingual | None:
        node = self._values.get(key)
        return None if node is None else self.reader.bilingual(node, key)

    def bilinguals(self, key: str) -> tuple[Bilingual, ...]:
        return tuple(self.reader.bilingual(node, key) for node in self.items(key))

    def translated(self) -> Bilingual:
        """The `ja` and `en` of this mapping itself."""
        return Bilingual(
            self._translation("ja", say("“{key}” has no Japanese text.", key=self._what)),
            self._translation("en", say("“{key}” has no English text.", key=self._what)),
        )

    def _translation(self, language: str, missing: Message) -> str:
        node = self._values.get(language)
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            self.reader.wrong(node.line if node else self.line, missing)
            return ""
        return self.text(language)


def _pairs(reader: Reader, node: Entries) -> Iterator[tuple[Scalar, Node]]:
    """The keys and values of a mapping; a repeated key is a mistake, and its first value counts."""
    first: dict[str, int] = {}
    for key, value in node.pairs:
        if key.text in first:
            message = say("“{key}” is given twice; first in line {line}.", key=cut(key.text), line=first[key.text])
            reader.wrong(key.line, message)
        else:
            first[key.text] = key.line
            yield key, value
