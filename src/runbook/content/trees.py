"""YAML as a plain tree, for content whose shape its reader judges: guardrails, cases, the heads of templates."""

from __future__ import annotations

from runbook.content.mistakes import Mistake, Mistakes, cut
from runbook.content.nodes import Entries, Items, Node, plain, read_nodes
from runbook.speech import Message, say


def read_tree(data: str | bytes, where: str) -> object:
    """The dicts, lists and texts of a YAML document. Raises BadContent with every mistake by file and line."""
    mistakes: list[Mistake] = []

    def wrong(line: int, message: Message) -> None:
        mistakes.append(Mistake(where, line, message))

    node = read_nodes(data, wrong)
    if node is not None:
        for line, key, first in _doubled(node):
            wrong(line, say("“{key}” is given twice; first in line {line}.", key=cut(key), line=first))
    if node is None or mistakes:
        raise Mistakes(sorted(mistakes, key=lambda mistake: mistake.line))
    return plain(node)


def _doubled(node: Node) -> list[tuple[int, str, int]]:
    """Keys given again within one mapping: their line, the key, the line of the first."""
    found: list[tuple[int, str, int]] = []
    match node:
        case Items(items=items):
            for item in items:
                found += _doubled(item)
        case Entries(pairs=pairs):
            first: dict[str, int] = {}
            for key, value in pairs:
                if key.text in first:
                    found.append((key.line, key.text, first[key.text]))
                first.setdefault(key.text, key.line)
                found += _doubled(value)
    return found
