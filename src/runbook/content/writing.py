"""From nodes back to YAML that reads to the same nodes, and the line each written line comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from runbook.content.nodes import Entries, Items, Node, Scalar

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]+")
"""What needs no quotes; in this program every scalar is a text, so that even `no` stays one."""
_BREAKS = re.compile("[\x85\u2028\u2029\ufeff]")
"""What YAML would take for a line's end, or for the file's beginning."""


def written(node: Node) -> Iterator[tuple[str, int]]:
    """The node's lines without their ends, each with the line its first value stood in."""
    match node:
        case Scalar(text=text, line=line):
            yield _quoted(text), line
        case Items(items=items):
            for item in items:
                yield from _item(item)
        case Entries(pairs=pairs):
            for key, value in pairs:
                yield from _entry(key, value)


def _item(item: Node) -> Iterator[tuple[str, int]]:
    if _empty(item):
        yield f"- {_empty(item)}", item.line
        return
    for number, (text, line) in enumerate(written(item)):
        yield ("- " if number == 0 else "  ") + text, line


def _entry(key: Scalar, value: Node) -> Iterator[tuple[str, int]]:
    start = f"{_quoted(key.text)}:"
    if isinstance(value, Scalar):
        yield f"{start} {_quoted(value.text)}", value.line
    elif _empty(value):
        yield f"{start} {_empty(value)}", key.line
    else:
        yield start, key.line
        yield from (("  " + text, line) for text, line in written(value))


def _empty(node: Node) -> str:
    match node:
        case Items(items=()):
            return "[]"
        case Entries(pairs=()):
            return "{}"
    return ""


def _quoted(text: str) -> str:
    if _BARE.fullmatch(text):
        return text
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
