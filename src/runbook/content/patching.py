"""Adding one line of instruction or one check to a step, in a playbook's own text: every other byte stays.

Nodes that are read for their meaning forget where they end; here the places are kept. What comes out is read again, and
handed on only where it says what it said before and the new item: an alias shared by two steps is refused, not guessed.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Literal, TypeAlias

import msgspec
import yaml

from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.nodes import events_of, plain, read_nodes
from runbook.errors import BadContent, Refused
from runbook.speech import Bilingual, say

Part: TypeAlias = Literal["do", "checks"]
_Tree: TypeAlias = "dict[str, object]"


class _Place(msgspec.Struct):
    """A node and where it lies in the text, in characters. A mapping's children are key, value, key, value …"""

    sort: Literal["text", "alias", "list", "map"]
    start: int
    end: int
    text: str = ""
    flow: bool = False
    children: list[_Place] = []

    def pair(self, key: str) -> tuple[_Place, _Place] | None:
        pairs = zip(self.children[::2], self.children[1::2], strict=True) if self.sort == "map" else ()
        return next((pair for pair in pairs if pair[0].text == key), None)

    def value(self, key: str) -> _Place | None:
        found = self.pair(key)
        return found[1] if found else None

    def items(self, key: str) -> list[_Place]:
        found = self.value(key)
        return found.children if found is not None and found.sort == "list" else []

    @property
    def last(self) -> int:
        """Where its last word ends: a block ends for YAML only where the next thing begins."""
        return self.end if self.flow or not self.children else self.children[-1].last


def with_item(text: str, step: str, part: Part, said: Bilingual, id: str, day: date) -> str:
    """The playbook's `text` with `said` as the last of the step's lines (`do`) or checks; a check is called `id`, or
    like it where that name is taken. Its edition becomes `day`, where that is later.

    Raises Refused where the step says so already, BadContent where the text cannot be read or has no such step.
    """
    before = _tree(text)
    found = _step(_located(text), step)
    if found is None:
        raise BadContent(
            say("The playbook has no step “{name}”.", name=step), say("Check the step of the improvement.")
        )
    said = Bilingual(*(" ".join(one.split()) for one in (said.ja, said.en)))
    there = _step_of(before, step).get(part, [])
    held = there if isinstance(there, list) else []
    if any(_says(one, said, id if part == "checks" else "") for one in held):
        raise Refused(say("The step “{name}” says this already.", name=step), say("Nothing was changed."))
    item = {"ja": said.ja, "en": said.en}
    if part == "checks":
        item = {"id": _free(id, {str(one.get("id")) for one in held if isinstance(one, dict)}), **item}
    after = _inserted(text, found, part, item)
    after, edition = _dated(after, day)
    _step_of(before, step)[part] = [*held, item]
    if edition:
        before["edition"] = edition
    if _tree(after) != before:
        raise _by_hand(step)
    return after


def _by_hand(step: str) -> BadContent:
    return BadContent(
        say("The step “{name}” is written in a way that cannot be added to by the program.", name=step),
        say("Open the playbook in an editor and add the line yourself."),
    )


def _tree(text: str) -> _Tree:
    """The text as a plain tree. Raises Mistakes."""
    mistakes: list[Mistake] = []
    node = read_nodes(text, lambda line, message: mistakes.append(Mistake("playbook", line, message)))
    tree = None if node is None else plain(node)
    if mistakes or not isinstance(tree, dict):
        raise Mistakes(mistakes or [Mistake("playbook", 1, say("The file must have keys of its own."))])
    return tree


def _step_of(tree: object, step: str) -> _Tree:
    """The step's mapping in a plain tree; an empty one where there is none."""
    phases = tree.get("phases", []) if isinstance(tree, dict) else []
    for phase in phases if isinstance(phases, list) else []:
        steps = phase.get("steps", []) if isinstance(phase, dict) else []
        for one in steps if isinstance(steps, list) else []:
            if isinstance(one, dict) and one.get("id") == step:
                return one
    return {}


def _says(one: object, said: Bilingual, id: str) -> bool:
    if not isinstance(one, dict):
        return False
    return (bool(id) and one.get("id") == id) or (one.get("ja"), one.get("en")) == (said.ja, said.en)


def _free(id: str, taken: set[str]) -> str:
    names = [id, *(f"{id}-{n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


# Where things lie


def _located(text: str) -> _Place:
    """The text's nodes with their places; it has been read before, so that its depth and size are bounded."""
    whole = _Place("list", 0, 0)
    open_ones = [whole]
    for event in events_of(text):
        start, end = (mark.index if mark else 0 for mark in (event.start_mark, event.end_mark))
        match event:
            case yaml.ScalarEvent():
                open_ones[-1].children.append(_Place("text", start, end, event.value))
            case yaml.AliasEvent():
                open_ones[-1].children.append(_Place("alias", start, end))
            case yaml.CollectionStartEvent():
                begun = _Place("map" if isinstance(event, yaml.MappingStartEvent) else "list", start, end)
                begun.flow = bool(event.flow_style)
                open_ones[-1].children.append(begun)
                open_ones.append(begun)
            case yaml.CollectionEndEvent():
                open_ones.pop().end = end
    return whole.children[0]


def _step(root: _Place, id: str) -> _Place | None:
    steps = (step for phase in root.items("phases") for step in phase.items("steps"))
    return next((step for step in steps if (named := step.value("id")) is not None and named.text == id), None)


# Writing


def _inserted(text: str, step: _Place, part: Part, item: dict[str, str]) -> str:
    written = "{" + ", ".join(f"{key}: {_scalar(said)}" for key, said in item.items()) + "}"
    there = step.value(part)
    if there is not None and there.sort == "list" and there.flow:
        at, glue = (there.children[-1].end, ", ") if there.children else (there.end - 1, "")
        return text[:at] + glue + written + text[at:]
    if there is not None and there.sort == "list":
        column = _dash(text, there)
        return _below(text, there, column, [f"{' ' * column}- {written}"])
    do = step.pair("do")
    if there is not None or do is None:
        raise BadContent(
            say("“{key}” of this step is not a list.", key=part),
            say("“runbook playbook check” names the mistakes of the file."),
        )
    if step.flow:
        return text[: do[1].end] + f", {part}: [{written}]" + text[do[1].end :]
    column = _column(text, do[0].start)
    deeper = 2 if do[1].flow or do[1].sort != "list" else _dash(text, do[1]) - column
    return _below(text, do[1], column, [f"{' ' * column}{part}:", f"{' ' * (column + deeper)}- {written}"])


def _below(text: str, node: _Place, column: int, new: list[str]) -> str:
    """The text with new lines below those of `node`, whose items stand at `column`: above blank lines, and above
    comments that belong to what follows."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    at = text.find("\n", max(node.last - 1, 0)) + 1
    if not at:
        return text + line_end + line_end.join(new)
    while (start := text.rfind("\n", node.start, at - 1) + 1) and _follows(text[start:at], column):
        at = start
    return text[:at] + "".join(one + line_end for one in new) + text[at:]


def _follows(line: str, column: int) -> bool:
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip()) <= column)


def _dash(text: str, block: _Place) -> int:
    """The column of a block list's dashes."""
    return _column(text, block.start if text[block.start] == "-" else text.rfind("-", 0, block.children[0].start))


def _column(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at) - 1


_PLAIN = re.compile(r"[^\W\d_]([\w、。・「」『』（）〜／ .-]*[\w、。」』）.])?")
"""Texts that need no quotes: none of their letters means anything to YAML."""


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _dated(text: str, day: date) -> tuple[str, str]:
    """The text with its edition raised to `day`, and that edition; where it is as late already, as it was and ""."""
    edition = _located(text).value("edition")
    if edition is None or edition.sort != "text" or edition.text >= day.isoformat():
        return text, ""
    old = text[edition.start : edition.end]
    return text[: edition.start] + old.replace(edition.text, day.isoformat(), 1) + text[edition.end :], day.isoformat()
