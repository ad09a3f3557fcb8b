"""Other injects in the place of a scenario's, in its own text: every byte outside of those that differ stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from zoneinfo import ZoneInfo

import msgspec
import yaml

from runbook.content.draws import leaves_draws
from runbook.content.mistakes import Mistakes
from runbook.content.nodes import Entries, Items, Node, Scalar, events_of, plain
from runbook.content.reading import Reader
from runbook.content.times import write_time
from runbook.content.writing import written
from runbook.errors import BadContent
from runbook.scenario import Inject
from runbook.speech import Bilingual, say

_KEY = "injects"
_LINES = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
"""Lines as YAML counts them, with their ends."""


def with_injects(text: str, injects: Sequence[Inject], zone: ZoneInfo, kept: Collection[str] = ()) -> str:
    """The scenario's `text` with these injects in the place of its own; times local to `zone`. The lines of those whose
    ids are in `kept` stay as they are, and so do remarks above an inject; those inside one that is written anew are
    gone with it (`remarks_lost`).

    Raises Mistakes where the text cannot be read, BadContent where its injects are made from a seed, or cannot be
    replaced alone. Whether they fit the rest is for the check to say.
    """
    require_plain(text)
    if kept:
        with suppress(BadContent):  # what refers to another inject, or only looks like a remark, is written anew
            result = _replaced(text, injects, zone, kept)
            if _stayed(_top(text), _top(result), kept):
                return result
    return _replaced(text, injects, zone, ())


def _replaced(text: str, injects: Sequence[Inject], zone: ZoneInfo, kept: Collection[str]) -> str:
    before = _top(text)
    lines = _LINES.findall(text)
    starts = sorted(key.line for key, _ in before.pairs)
    start = next((key.line for key, _ in before.pairs if key.text == _KEY), 0)
    end = next((line for line in starts if line > start), len(lines) + 1)
    while end - 1 > start and re.fullmatch(r"\s*|#.*\s*", lines[end - 2]):
        end -= 1  # blank lines and remarks before the next key belong to it
    newline = "\r\n" if "\r\n" in text else "\n"
    old = _taken_apart(lines, before, start, end) if kept else None
    column = old.column if old else 2
    block = lines[start - 1] if old else f"{_KEY}:{newline}"
    for one in injects:
        above, own = old.parts.get(one.id, ("", "")) if old else ("", "")
        if one.id not in kept or not own:
            own = "".join(f"{' ' * column}{line}{newline}" for line, _ in written(_items([one], zone)))
        block += above + (own if own.endswith(("\r", "\n")) else own + newline)
    head, tail = "".join(lines[: start - 1]), "".join(lines[end - 1 :])
    result = f"{head}{block}{tail}"
    if start == 0 or _others(before) != _others(_top(result)):
        raise BadContent(
            say("The injects of this file cannot be replaced alone."),
            say("Write “injects:” on a line of its own, with the list under it."),
        )
    return result


def remarks_lost(before: str, after: str) -> list[str]:
    """The comments of a text that are not in the other one any more. Both can be read."""
    return list((Counter(_remarks(before)) - Counter(_remarks(after))).elements())


def require_plain(text: str) -> None:
    """Raises BadContent for a scenario whose injects are made from a seed: what was drawn must not take its place."""
    if leaves_draws(text):
        raise BadContent(
            say("The injects of this scenario are made from a seed; a sheet cannot take their place."),
            say("Change its file itself."),
        )


def _top(text: str) -> Entries:
    reader = Reader("scenario.yaml", text)
    if isinstance(reader.root, Entries) and not reader.mistakes:
        return reader.root
    reader.entry(reader.root, "scenario.yaml", "")
    raise Mistakes(reader.mistakes)


def _others(root: Entries) -> list[tuple[str, object]]:
    return [(key.text, plain(value)) for key, value in root.pairs if key.text != _KEY]


class _Apart(msgspec.Struct, frozen=True):
    """A list of injects as it is written: the column of its dashes, and by id what stands above an inject and the lines
    of its own."""

    column: int
    parts: dict[str, tuple[str, str]]


def _taken_apart(lines: Sequence[str], root: Entries, first: int, end: int) -> _Apart | None:
    """The list whose key is in line `first`, up to line `end`; None where it is not one inject under the other."""
    items = _injects(root)
    columns = {len(dash[0]) if (dash := re.match(" *(?=- )", lines[one.line - 1])) else -1 for one in items.values()}
    if len(columns) != 1 or -1 in columns:
        return None
    starts = []
    for one in items.values():
        start = one.line
        while start - 1 > first and re.fullmatch(r"\s*(#.*)?\s*", lines[start - 2]):
            start -= 1
        starts.append(start)
    parts = {}
    for (id, one), start, over in zip(items.items(), starts, [*starts[1:], end], strict=True):
        parts[id] = "".join(lines[start - 1 : one.line - 1]), "".join(lines[one.line - 1 : over - 1])
    return _Apart(columns.pop(), parts)


def _injects(root: Entries) -> dict[str, Entries]:
    """The injects of a file by their ids, as far as they have one."""
    listed = next((value for key, value in root.pairs if key.text == _KEY), None)
    found = [one for one in listed.items if isinstance(one, Entries)] if isinstance(listed, Items) else []
    ids = [next((value for key, value in one.pairs if key.text == "id"), None) for one in found]
    return {id.text: one for id, one in zip(ids, found, strict=True) if isinstance(id, Scalar)}


def _stayed(before: Entries, after: Entries, kept: Collection[str]) -> bool:
    """Whether the injects that were kept say what they said."""
    old, new = _injects(before), _injects(after)
    return all(id in new and plain(new[id]) == plain(old[id]) for id in kept if id in old)


def _remarks(text: str) -> list[str]:
    between, at = "", 0
    for event in events_of(text):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            between += text[at : event.start_mark.index]
            at = event.end_mark.index
    return [found.strip() for found in re.findall("#.*", between + text[at:])]


def _items(injects: Iterable[Inject], zone: ZoneInfo) -> Items:
    return Items(tuple(_inject(one, zone) for one in injects), 1)


def _inject(one: Inject, zone: ZoneInfo) -> Entries:
    """An inject as a file has it, without what goes without saying."""
    values: dict[str, object] = {
        "id": one.id,
        "number": str(one.number),
        "title": one.title,
        "text": one.text,
        "kind": one.kind,
        "delivery": one.delivery,
        "from": one.sender,
        "to": one.to,
        "at": write_time(one.at, zone) if one.at else None,
        "when": one.when or None,
        "milestone": one.milestone or None,
        "depends_on": one.depends_on or None,
        "hand": "yes" if one.hand else None,
        "expected": one.expected,
        "controller": one.controller or None,
        "attachments": one.attachments or None,
        "objective": one.objective or None,
        "answer": "yes" if one.answer else None,
        "enabled": None if one.enabled else "no",
    }
    return Entries(tuple((Scalar(key, 1), _node(value)) for key, value in values.items() if value is not None), 1)


def _node(value: object) -> Node:
    match value:
        case Bilingual(ja, en):
            return Entries(((Scalar("ja", 1), Scalar(ja, 1)), (Scalar("en", 1), Scalar(en, 1))), 1)
        case tuple():
            return Items(tuple(Scalar(str(one), 1) for one in value), 1)
    return Scalar(str(value), 1)
