"""Scenarios made from a seed: a template with `draws`, and the plain scenario that a seed makes of it.

A template is a scenario with tables of options under `draws`, placeholders in its texts, and entries that carry `only`
and are left out where something else was drawn (docs/scenario-format.md). It is worked on as nodes and written back
quoted, so that no word of an option can change what the file says.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from runbook.content.drawing import Drawing, Scope, Table, drawing, read_only, read_tables
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.nodes import Entries, Items, Node, Scalar
from runbook.content.reading import Reader
from runbook.content.writing import written
from runbook.speech import Language, say

CHECKED = range(20)
"""The seeds a template is checked with."""

_LANGUAGES: dict[str, Language] = {"ja": "ja", "en": "en"}


class Drawn(msgspec.Struct, frozen=True):
    """A plain scenario's text, and the line of the template that each of its lines comes from."""

    text: str
    lines: tuple[int, ...]

    def line(self, number: int) -> int:
        """The template's line (1-based) of a line of the text (1-based)."""
        return self.lines[min(max(number, 1), len(self.lines)) - 1]


def drawn(text: str, seed: int, where: str = "scenario.yaml") -> str:
    """The scenario's text with everything drawn that it leaves to the seed; one that leaves nothing comes back as it
    is.

    Raises Mistakes where its `draws` are not in order.
    """
    return draw(text, seed, where).text if leaves_draws(text) else text


def leaves_draws(text: str | bytes) -> bool:
    """Whether the scenario leaves something to a seed."""
    if not (b"draws" in text if isinstance(text, bytes) else "draws" in text):
        return False  # most scenarios need not be parsed for this
    root = Reader("", text).root
    return isinstance(root, Entries) and _draws(root) is not None


def draw(text: str | bytes, seed: int, where: str) -> Drawn:
    """What the seed makes of a template. Raises Mistakes."""
    reader, root, tables = _read(text, where)
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    drew = drawing(tables, seed)
    if isinstance(drew, Table):
        _name_stuck(reader, drew, seed)
        raise Mistakes(reader.mistakes)
    made = _made(root, drew, None) if root else None
    if not isinstance(made, Entries):
        raise Mistakes([Mistake(where, 1, say("The file must have keys of its own."))])
    lines = tuple(written(_named(made, drew)))
    return Drawn("".join(f"{line}\n" for line, _ in lines), tuple(number for _, number in lines))


def template_mistakes(text: str | bytes, where: str, check: Callable[[str | bytes], list[Mistake]]) -> list[Mistake]:
    """Every mistake of a scenario, in order of lines: of a template those of its tables, then those that `check` finds
    in what a few seeds make of it, at the lines they come from."""
    if not leaves_draws(text):
        return check(text)
    if wrong := draw_mistakes(text, where):
        return wrong
    found: dict[tuple[int, str], Mistake] = {}
    for seed in CHECKED:
        made = draw(text, seed, where)
        for one in check(made.text):
            line = made.line(one.line)
            found[line, str(one.message)] = Mistake(where, line, one.message)
    return [found[place] for place in sorted(found)]


def draw_mistakes(text: str | bytes, where: str) -> list[Mistake]:
    """What is wrong with a template's `draws`, its placeholders and its `only`, in order of lines; none in a scenario
    that leaves nothing to a seed."""
    if not leaves_draws(text):
        return []
    reader, _, tables = _read(text, where)
    if reader.mistakes:
        return reader.mistakes
    for seed in CHECKED:
        if isinstance(stuck := drawing(tables, seed), Table):
            _name_stuck(reader, stuck, seed)
            break
    return reader.mistakes


def _name_stuck(reader: Reader, table: Table, seed: int) -> None:
    message = say("None of “{draw}” fits what is drawn before it (seed {seed}).", draw=table.name, seed=seed)
    reader.wrong(table.line, message)


def _read(text: str | bytes, where: str) -> tuple[Reader, Entries | None, tuple[Table, ...]]:
    """The file, and its tables; what is wrong with either is with the reader."""
    reader = Reader(where, text)
    root = reader.root if isinstance(reader.root, Entries) else None
    node = _draws(root) if root else None
    tables = read_tables(reader, node) if node is not None else ()
    if root is not None:
        scope = Scope({table.name: table.options for table in tables})
        for key, value in root.pairs:
            if key.text != "draws":
                _check(reader, value, scope, None)
    return reader, root, tables


def _draws(root: Entries) -> Node | None:
    return next((value for key, value in root.pairs if key.text == "draws"), None)


def _check(reader: Reader, node: Node, scope: Scope, language: Language | None) -> None:
    match node:
        case Scalar(text=text):
            for message in scope.wrong(text, language):
                reader.wrong(node.line, message)
        case Items(items=items):
            for item in items:
                _check(reader, item, scope, language)
        case Entries(pairs=pairs):
            here = scope
            for key, value in pairs:
                if key.text == "only":
                    here = here.narrowed(read_only(reader, value, scope))
            for key, value in pairs:
                if key.text != "only":
                    _check(reader, value, here, _LANGUAGES.get(key.text, language))


def _made(node: Node, drew: Drawing, language: Language | None) -> Node | None:
    """The node with its words filled in; None where it belongs to something else than was drawn."""
    match node:
        case Scalar(text=text):
            return Scalar(drew.filled(text, language), node.line)
        case Items(items=items):
            return Items(tuple(made for item in items if (made := _made(item, drew, language))), node.line)
        case Entries(pairs=pairs):
            if not all(_fits(value, drew) for key, value in pairs if key.text == "only"):
                return None
            kept = tuple(
                (key, made)
                for key, value in pairs
                if key.text != "only" and (made := _made(value, drew, _LANGUAGES.get(key.text, language))) is not None
            )
            return Entries(kept, node.line)


def _fits(only: Node, drew: Drawing) -> bool:
    """Whether an `only`, already found in order, is met."""
    if not isinstance(only, Entries):
        return True
    wanted = {
        name.text: tuple(
            one.text for one in (value.items if isinstance(value, Items) else (value,)) if isinstance(one, Scalar)
        )
        for name, value in only.pairs
    }
    return drew.fits(wanted)


def _named(root: Entries, drew: Drawing) -> Entries:
    """The scenario with `drawn`, which names what was drawn: each option, and each number."""
    line = root.line
    numbers = {name: words.plain for name, words in drew.words.items() if words.plain and words.plain.isdigit()}
    names = {**drew.chosen, **numbers}
    rest = tuple(pair for pair in root.pairs if pair[0].text != "draws")
    told = tuple((Scalar(name, line), Scalar(value, line)) for name, value in names.items() if value)
    return Entries((*rest, (Scalar("drawn", line), Entries(told, line))), line)
