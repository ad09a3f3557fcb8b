"""Entries to append, made the way the desk makes them, and a seat that writes them in a process of its own."""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterable

from runbook.chain import seal_text
from runbook.store import Appended, Head, Known, Moved, Sealed, Store, open_store

A, B = "20220622-k7f3", "20220701-b2m9"
SALT = bytes(range(16))
RECORDED = "2022-06-23T09:00:00+09:00"


def entry(
    seq: int,
    incident: str = A,
    *,
    event_id: str = "",
    text: str = "",
    blobs: tuple[bytes, ...] = (),
    data: dict[str, object] | None = None,
    **envelope: object,
) -> Sealed:
    """One entry; `text` becomes its sealed free text, `envelope` replaces fields of its envelope."""
    event_id = event_id or str(uuid.uuid4())
    digest = seal_text(text, SALT)
    body = {
        "v": 1,
        "incident": incident,
        "seq": seq,
        "event_id": event_id,
        "type": "note_written",
        "occurred_at": RECORDED,
        "precision": "exact",
        "recorded_at": RECORDED,
        "wall_at": RECORDED,
        "actor": "山田",
        "seat": "desk-1",
        "data": data if data is not None else {"text": {"is": "prose", "digest": digest}},
        **envelope,
    }
    return Sealed(
        event_id, json.dumps(body, ensure_ascii=False).encode(), {digest: (SALT, text)} if text else {}, blobs
    )


def fill(store: Store, entries: Iterable[Sealed], incident: str = A) -> Head:
    """Append `entries`, numbered on from the head; gives the new head."""
    outcome = store.append(incident, store.head(incident), list(entries))
    assert isinstance(outcome, Appended)
    return outcome.head


def work(store: Store, name: str, times: int) -> Iterable[int]:
    """Append as a seat does: at the head last seen, and again after what others wrote; gives each entry's number."""
    head = store.head(A)
    for turn in range(times):
        event_id = f"{name}-{turn}"
        while True:
            outcome = store.append(A, head, [entry(head.seq + 1, event_id=event_id, actor=name, text=f"{name} {turn}")])
            match outcome:
                case Moved(rows):
                    head = Head(rows[-1].seq, rows[-1].hash)
                    continue
                case Appended(head):
                    yield head.seq
                case Known(seq):
                    raise AssertionError(f"{event_id} was there already, at {seq}")
            break


def main(path: str, name: str, times: str) -> None:
    """A seat: write, and say the number of each entry once it is acknowledged."""
    store = open_store(path, create=False)
    for seq in work(store, name, int(times)):
        sys.stdout.write(f"{seq}\n")
        sys.stdout.flush()
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
