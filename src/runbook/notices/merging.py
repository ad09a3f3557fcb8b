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
    found = []
    shift = 0
    for hunk in _hunks(old, new):
        before, after = "".join(old[hunk.start : hunk.end]).strip(), "".join(hunk.now).strip()
        if before != after:
            found.append(Change(before, after, _line(new, hunk.start + shift)))
        shift += len(hunk.now) - (hunk.end - hunk.start)
    return tuple(found)


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
    conflicts (cut anew, where the same sentence stands several times); everything else is merged."""
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


class _Hunk(msgspec.Struct, frozen=True, order=True):
    """Sentences `start` to `end` of the base that one side made into others."""

    start: int
    end: int
    now: tuple[str, ...]


def _pieces(base: str, mine: str, theirs: str) -> Iterator[_Piece]:
    """The base cut into what nobody changed, what one side changed, and what both did. Changes that only touch each
    other are apart."""
    old = sentences(base)
    ours, others = _hunks(old, sentences(mine)), _hunks(old, sentences(theirs))
    done = 0
    while ours or others:
        here, there, start, end = _next(ours, others)
        yield from (_Piece(one, one, one) for one in old[done:start])
        yield _Piece("".join(old[start:end]), _applied(old, here, start, end), _applied(old, there, start, end))
        done = end
    yield from (_Piece(one, one, one) for one in old[done:])


def _next(ours: list[_Hunk], others: list[_Hunk]) -> tuple[list[_Hunk], list[_Hunk], int, int]:
    """Take the first change off the lists, with all on either side that overlap it; and what of the base they span."""
    first = min(hunks[0] for hunks in (ours, others) if hunks)
    start, end = first.start, first.end
    here: list[_Hunk] = []
    there: list[_Hunk] = []
    taken = True
    while taken:
        taken = False
        for hunks, into in ((ours, here), (others, there)):
            while hunks and _overlap(hunks[0], start, end):
                hunk = hunks.pop(0)
                into.append(hunk)
                end = max(end, hunk.end)
                taken = True
    return here, there, start, end


def _overlap(hunk: _Hunk, start: int, end: int) -> bool:
    """Whether they share a sentence, or both put something in at the same place."""
    return hunk.start < end or (hunk.start, hunk.end) == (start, end) or hunk.start == hunk.end == start


def _applied(old: Sequence[str], hunks: Sequence[_Hunk], start: int, end: int) -> str:
    parts: list[str] = []
    for hunk in hunks:
        parts += [*old[start : hunk.start], *hunk.now]
        start = hunk.end
    return "".join([*parts, *old[start:end]])


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    """What became of the base on one side; sentences changed one for one are apart."""
    found: list[_Hunk] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            found += [_Hunk(a + n, a + n + 1, (new[c + n],)) for n in range(b - a)]
        else:
            found.append(_Hunk(a, b, tuple(new[c:d])))
    return found


def _line(parts: Sequence[str], n: int) -> int:
    return "".join(parts[:n]).count("\n") + 1
