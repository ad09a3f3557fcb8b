"""What later entries say about earlier ones: amended, undone, with a text removed. Read off the screen's thread."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from runbook import events as e
from runbook.desk import Desk, Entry

TYPES = ("entry_amended", "act_undone", "entry_redacted")
_CHUNK = 200
_SEEN = 50


class Corrections(msgspec.Struct, frozen=True):
    """Entries that were corrected, each with the entries that did it; `upto` is the last of those that was read."""

    upto: int = 0
    amended: dict[int, tuple[int, ...]] = {}
    undone: dict[int, int] = {}
    removed: dict[int, int] = {}

    def by(self, seq: int) -> list[int]:
        """The entries that correct this one."""
        others = [table[seq] for table in (self.undone, self.removed) if seq in table]
        return [*self.amended.get(seq, ()), *others]


class Line(msgspec.Struct, frozen=True):
    """An entry of the record with what was said about it later."""

    entry: Entry
    amended: tuple[Entry, ...] = ()
    undone: Entry | None = None
    removed: Entry | None = None


def follow(desk: Desk, incident: str, known: Corrections) -> Corrections:
    """The corrections as the record has them now, read on from those that are known."""
    new = [seq for seq in desk.order(incident, "written", types=TYPES) if seq > known.upto]
    if not new:
        return known
    amended, undone, removed = dict(known.amended), dict(known.undone), dict(known.removed)
    for start in range(0, len(new), _CHUNK):
        for entry in desk.entries(incident, new[start : start + _CHUNK]):
            seq = entry.event.seq
            match entry.event.data:
                case e.EntryAmended(amends=target):
                    amended[target] = (*amended.get(target, ()), seq)
                case e.ActUndone(undoes=target):
                    undone[target] = seq
                case e.EntryRedacted(redacts=target):
                    removed[target] = seq
    return Corrections(new[-1], amended, undone, removed)


def changed(before: Corrections, after: Corrections) -> set[int]:
    """The entries that read differently now."""
    tables = ((before.amended, after.amended), (before.undone, after.undone), (before.removed, after.removed))
    return {seq for old, new in tables for seq in new if old.get(seq) != new[seq]}


def around(order: Sequence[int], here: int) -> Sequence[int]:
    """The entries that are seen first with the cursor on `here`, or on the last where that is not listed."""
    n = order.index(here) if here and here in order else len(order) - 1
    return order[max(0, n - _SEEN) : n + _SEEN]


def lines(desk: Desk, incident: str, seqs: Sequence[int], corrections: Corrections) -> dict[int, Line]:
    """These entries, each with what corrects it."""
    more = [by for seq in seqs for by in corrections.by(seq)]
    found = {entry.event.seq: entry for entry in desk.entries(incident, list(dict.fromkeys([*seqs, *more])))}
    return {
        seq: Line(
            found[seq],
            tuple(found[by] for by in corrections.amended.get(seq, ()) if by in found),
            found.get(corrections.undone.get(seq, 0)),
            found.get(corrections.removed.get(seq, 0)),
        )
        for seq in seqs
        if seq in found
    }
