"""From YAML to plain nodes with line numbers. The only place that knows yaml.

All scalars are text. Built from the parser's events rather than by its composer, which overflows the C stack on deep
nesting; here depth, size and what aliases multiply are bounded, and a tag is refused, never obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

import msgspec
import yaml

from runbook.content.mistakes import cut
from runbook.speech import Message, say

LARGEST = 10_000_000
"""Bytes of a file of content."""

_DEEPEST = 32
_MOST = 200_000
"""Values in a file, each alias counted with all it stands for."""

_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def events_of(text: str) -> Iterator[yaml.Event]:
    """What YAML finds in a text, one after the other, every scalar as text. Raises as `yaml.parse` does."""
    return yaml.parse(text, Loader=_LOADER)


class Scalar(msgspec.Struct, frozen=True):
    """A text as written. Lines are 1-based."""

    text: str
    line: int


class Items(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Node, ...]
    line: int


class Entries(msgspec.Struct, frozen=True):
    """Keys with values, in order; a key may still be there twice. Its line is that of the key it is the value of."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int


Node: TypeAlias = Scalar | Items | Entries
Complaint: TypeAlias = Callable[[int, Message], None]


class _Stop(Exception):
    """Nothing after this line can be read."""

    def __init__(self, line: int, message: Message) -> None:
        self.line = line
        self.message = message


def read_text(data: str | bytes, wrong: Complaint) -> str | None:
    """The file's text; None, and a word to `wrong`, where it is too large or no plain UTF-8 text."""
    if len(data) > LARGEST:
        wrong(1, say("The file is larger than {size} MB.", size=LARGEST // 1_000_000))
        return None
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        wrong(line, say("This is not UTF-8; save the file as UTF-8."))
        return None
    if found := _CONTROL.search(text):
        wrong(text.count("\n", 0, found.start()) + 1, _control(found[0]))
        return None
    return text


def read_nodes(data: str | bytes, wrong: Complaint) -> Node | None:
    """The file's one document; None where it cannot be read at all. Mistakes go to `wrong` with their line."""
    text = read_text(data, wrong)
    if text is None:
        return None
    try:
        return _Composer(wrong).whole(text)
    except _Stop as stop:
        wrong(stop.line, stop.message)
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        problem = error.problem if isinstance(error, yaml.MarkedYAMLError) else None
        wrong(
            mark.line + 1 if mark else 1, say("This is not YAML: {problem}.", problem=problem or type(error).__name__)
        )
    return None


def plain(node: Node) -> object:
    """The node as dicts, lists and texts; of a repeated key the last value stands."""
    match node:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return [plain(item) for item in items]
        case Entries(pairs=pairs):
            return {key.text: plain(value) for key, value in pairs}


def _control(character: str) -> Message:
    return say("There is a control character here (U+{code}).", code=f"{ord(character):04X}")


class _Open:
    """A list or mapping that has begun and not ended. A mapping's children are key, value, key, value …"""

    def __init__(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.anchor = event.anchor
        self.line = line
        self.children: list[Node] = []
        self.size = 1

    def closed(self) -> Node:
        if not self.is_mapping:
            return Items(tuple(self.children), self.line)
        pairs = []
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise _Stop(key.line, say("A key must be a single word."))
            pairs.append((key, value))
        return Entries(tuple(pairs), self.line)


class _Composer:
    """Puts events together. Anchors are known only once they are complete, so nothing can hold itself."""

    def __init__(self, wrong: Complaint) -> None:
        self._wrong = wrong
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._whole: Node | None = None

    def whole(self, text: str) -> Node:
        for event in events_of(text):
            self._take(event, event.start_mark.line + 1 if event.start_mark else 1)
        if self._whole is None:
            raise _Stop(1, say("The file is empty."))
        return self._whole

    def _take(self, event: yaml.Event, line: int) -> None:
        match event:
            case yaml.DocumentStartEvent() if self._whole is not None:
                raise _Stop(line, say("A second document begins here; a file holds one."))
            case yaml.ScalarEvent():
                self._untagged(event.tag, line)
                if found := _CONTROL.search(event.value):  # written as an escape
                    self._wrong(line, _control(found[0]))
                self._keep(event.anchor, Scalar(event.value, line), 1)
            case yaml.CollectionStartEvent():
                self._untagged(event.tag, line)
                self._begin(event, line)
            case yaml.CollectionEndEvent():
                ended = self._open.pop()
                self._keep(ended.anchor, ended.closed(), ended.size)
            case yaml.AliasEvent():
                if event.anchor not in self._anchors:
                    raise _Stop(line, say("“{name}” is not defined before this line.", name=cut(f"*{event.anchor}")))
                self._place(*self._anchors[event.anchor], line)

    def _untagged(self, tag: str | None, line: int) -> None:
        if tag not in _PLAIN_TAGS:
            self._wrong(line, say("The tag “{tag}” is not allowed: every value is plain text.", tag=cut(str(tag))))

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        if len(self._open) == _DEEPEST:
            raise _Stop(line, say("Lists and keys are nested too deeply."))
        if self._open and self._open[-1].is_mapping and len(self._open[-1].children) % 2:
            line = self._open[-1].children[-1].line
        self._open.append(_Open(event, line))

    def _keep(self, anchor: str | None, node: Node, size: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = node, size
        self._place(node, size, node.line)

    def _place(self, node: Node, size: int, line: int) -> None:
        if not self._open:
            self._whole = node
            return
        self._open[-1].children.append(node)
        self._open[-1].size += size
        if self._open[-1].size > _MOST:
            raise _Stop(line, say("The file holds more than {count} values.", count=_MOST))
