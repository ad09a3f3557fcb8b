"""One small wrong thing in a right file: what the tables of mistakes of every sort of content are checked with."""

from __future__ import annotations

from collections.abc import Iterable

from runbook.content import Mistake


def replaced(right: str, *changes: tuple[str, str]) -> str:
    """The right file with each `old` replaced by `new`; `old` must be there exactly once."""
    text = right
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def by_line(mistakes: Iterable[Mistake]) -> list[tuple[int, str]]:
    """Each mistake with the line it names."""
    return [(mistake.line, str(mistake.message)) for mistake in mistakes]


def line_of(right: str, old: str, new: str) -> int:
    """The line a mistake must name: that which ends in “#!” in what was changed, else the one where `old` stood."""
    marked = [n for n, line in enumerate(replaced(right, (old, new)).splitlines(), 1) if line.endswith("#!")]
    return marked[0] if marked else right[: right.index(old)].count("\n") + 1
