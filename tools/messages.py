"""`make messages`: brings the sentences of the source into the Japanese catalogue, and compiles it.

Babel's own extractor does not look into f-strings on every Python, so the sentences are read from the syntax tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from hatch_build import compile_catalogues

ROOT = Path(__file__).parents[1]
JAPANESE = ROOT / "src/runbook/locale/ja.po"


def calls(source: str) -> list[ast.Call]:
    """Every call of `say` in Python source, from top to bottom."""
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
    ]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def sentence_of(call: ast.Call) -> str | None:
    """The sentence of a call of `say`, where it is written out in the call itself."""
    match call.args:
        case [ast.Constant(value=str(sentence))]:
            return sentence
    return None


def every_call() -> Iterator[tuple[Path, ast.Call]]:
    """All calls of `say` in the program, with the file each stands in."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for call in calls(path.read_text("utf-8")):
            yield path.relative_to(ROOT), call


def main() -> None:
    """New sentences come in untranslated, those no longer said are dropped, translations are left alone."""
    said = Catalog()
    for path, call in every_call():
        if sentence := sentence_of(call):
            said.add(sentence, locations=[(path.as_posix(), 0)])
    with JAPANESE.open("rb") as po:
        catalogue = read_po(po, locale="ja")
    catalogue.update(said, no_fuzzy_matching=True, update_creation_date=False)
    # Written whole or not at all: the translations exist nowhere else.
    new = JAPANESE.with_suffix(".po.new")
    with new.open("wb") as po:
        write_po(po, catalogue, width=0, ignore_obsolete=True, include_lineno=False)
    new.replace(JAPANESE)
    compile_catalogues(ROOT)


if __name__ == "__main__":
    main()
