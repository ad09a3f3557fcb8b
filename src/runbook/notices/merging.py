"""Wording changed by hand over a text that goes on changing: a three-way merge by sentences. Pure.

`base` is the text as the template made it when people last worked on it, `mine` what they made of it, `theirs` what
the template makes of the facts now. What only one side changed is taken over; where both changed the same sentences,
the people's wording stays and the conflict is shown until someone settles it: nothing is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

import msgspec

Side: TypeAlias = Literal["mine", "theirs"]


class Change(msgspec.Struct, frozen=True):
    """Sentences that read `was` and now read `now`; `line` counts from 1 in the text they now stand in."""

    was: str
    now: str
    line: int


class Conflict(msgspec.Struct, frozen=True):
    """Sentences both sides changed: as they were, as people worded them, as the facts would have them now."""

    base: str
    mine: str
    theirs: str
    line: int


class Merged(msgspec.Struct, frozen=True):
    """The merged text, in which conflicts read as people worded them."""

    text: str
    conflicts: tuple[Conflict, ...]


class Settled(msgspec.Struct, frozen=True):
    """A text after one conflict was settled, and the base it now differs from."""

    text: str
    base: str


def sentences(text: str) -> list[str]:
    """The sentences of a text: they end with 。, with a line, or with a full stop before a space; together they are
    the whole text."""
    found: list[str] = []
    start = 0
    for end in re.finditer(r"。|\n|[.!?](?= )", text):
        found.append(text[start : end.end()])
        start = end.end()
    return [*found, text[start:]] if start < len(text) else found


def changes(was: str, now: str) -> tuple[Change, ...]:
    """The sentences in which two texts differ, in order."""
    old, new = sentences(was), sentences(now)
    return tuple(
        Change("".join(old[a:b]).strip(), "".join(new[c:d]).strip(), _line(new, c))
        for tag, a, b, c, d in _matcher(old, new).get_opcodes()
        if tag != "equal" and "".join(old[a:b]).strip() != "".join(new[c:d]).strip()
    )


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What people worded over what the facts make of it now."""
    out: list[str] = []
    conflicts: list[Conflict] = []
    for piece in _pieces(base, mine, theirs):
        if piece.conflict:
            conflicts.append(Conflict(piece.base, piece.mine, piece.theirs, "".join(out).count("\n") + 1))
        out.append(piece.chosen)
    return Merged("".join(out), tuple(conflicts))


def settle(base: str, mine: str, theirs: str, n: int, take: Side) -> Settled:
    """Settle the `n`-th conflict (from 0): the people's wording stands, or that of the facts. Other conflicts stay
    conflicts; everything else is merged."""
    text, ground = [], []
    at = -1
    for piece in _pieces(base, mine, theirs):
        if not piece.conflict:
            text.append(piece.chosen)
            ground.append(piece.theirs)
            continue
        at += 1
        text.append(piece.theirs if at == n and take == "theirs" else piece.mine)
        ground.append(piece.theirs if at == n else piece.base)
    return Settled("".join(text), "".join(ground))


class _Piece(msgspec.Struct, frozen=True):
    base: str
    mine: str
    theirs: str

    @property
    def conflict(self) -> bool:
        return self.base != self.mine != self.theirs != self.base

    @property
    def chosen(self) -> str:
        return self.theirs if self.mine == self.base else self.mine


def _pieces(base: str, mine: str, theirs: str) -> Iterator[_Piece]:
    """The three texts cut at the sentences all of them share: between two such places at least one side differs."""
    a, b, c = sentences(base), sentences(mine), sentences(theirs)
    in_mine, in_theirs = _kept(a, b), _kept(a, c)
    i = j = k = 0
    for n, sentence in enumerate(a):
        if n in in_mine and n in in_theirs:
            if (n, in_mine[n], in_theirs[n]) != (i, j, k):
                yield _piece(a[i:n], b[j : in_mine[n]], c[k : in_theirs[n]])
            yield _Piece(sentence, sentence, sentence)
            i, j, k = n + 1, in_mine[n] + 1, in_theirs[n] + 1
    if (i, j, k) != (len(a), len(b), len(c)):
        yield _piece(a[i:], b[j:], c[k:])


def _piece(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> _Piece:
    return _Piece("".join(base), "".join(mine), "".join(theirs))


def _kept(old: list[str], new: list[str]) -> dict[int, int]:
    """Where each sentence of `old` that is still there stands in `new`."""
    return {block.a + n: block.b + n for block in _matcher(old, new).get_matching_blocks() for n in range(block.size)}


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _line(parts: Sequence[str], n: int) -> int:
    return "".join(parts[:n]).count("\n") + 1
