"""Other injects in the place of a scenario's, in its own text: every byte outside of that block stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from runbook.content.draws import leaves_draws
from runbook.content.mistakes import Mistakes
from runbook.content.nodes import Entries, Items, Node, Scalar, plain
from runbook.content.reading import Reader
from runbook.content.scenarios import write_time
from runbook.content.writing import written
from runbook.errors import BadContent
from runbook.scenario import Inject
from runbook.speech import Bilingual, say

_KEY = "injects"
_LINES = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
"""Lines as YAML counts them, with their ends."""


def with_injects(text: str, injects: Iterable[Inject], zone: ZoneInfo) -> str:
    """The scenario's `text` with these injects in the place of its own; times local to `zone`. Comments among the old
    ones are gone with them.

    Raises Mistakes where the text cannot be read, BadContent where its injects are made from a seed, or cannot be
    replaced alone. Whether they fit the rest is for the check to say.
    """
    require_plain(text)
    before = _top(text)
    lines = _LINES.findall(text)
    starts = sorted(key.line for key, _ in before.pairs)
    start = next((key.line for key, _ in before.pairs if key.text == _KEY), 0)
    end = next((line for line in starts if line > start), len(lines) + 1)
    while end - 1 > start and re.fullmatch(r"\s*|#.*\s*", lines[end - 2]):
        end -= 1  # blank lines and remarks before the next key belong to it
    newline = "\r\n" if "\r\n" in text else "\n"
    block = newline.join([f"{_KEY}:", *(f"  {line}" for line, _ in written(_items(injects, zone)))]) + newline
    head, tail = "".join(lines[: start - 1]), "".join(lines[end - 1 :])
    result = f"{head}{block}{tail}"
    if start == 0 or _others(before) != _others(_top(result)):
        raise BadContent(
            say("The injects of this file cannot be replaced alone."),
            say("Write “injects:” on a line of its own, with the list under it."),
        )
    return result


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
