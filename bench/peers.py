"""Other Textual programs that people start many times a day, each installed into an environment of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """A program, how it is started, and words of its first whole frame."""

    name: str
    version: str
    command: Sequence[str]
    marks: tuple[str, ...]


_PEERS = (
    # Newer versions of tree-sitter end it at its start.
    ("posting", ("posting==2.11.1", "tree-sitter==0.25.2"), (), ("Collection", "Headers")),
    # Without a locale it would wait on a question.
    ("harlequin", ("harlequin==2.17.0",), ("--locale", "C"), ("Data Catalog", "Query Results")),
)


def prepared(folder: Path) -> Iterator[Peer]:
    """The peers, installed in `folder` if they are not there yet."""
    for name, wanted, options, marks in _PEERS:
        program = folder / name / "bin" / name
        version = wanted[0].partition("==")[2]
        if not program.exists():
            print(f"Installing {name} {version} to compare with; this happens once.", file=sys.stderr)
            _install(folder / name, wanted)
        yield Peer(name, version, (str(program), *options), marks)


def _install(place: Path, wanted: Sequence[str]) -> None:
    quietly = ("-qq", "--disable-pip-version-check", "--no-input")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=False)
    subprocess.run([str(place / "bin" / "python"), "-m", "pip", "install", *quietly, *wanted], check=False)
