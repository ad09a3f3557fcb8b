"""The store in memory: the same contract for what is thrown away afterwards, such as a drill that is played by itself.

Nothing in it outlives the process, and only this process sees it: what is durable elsewhere is merely there.
"""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from runbook.chain import Row, link, sha256_of
from runbook.errors import ChainBroken
from runbook.speech import say
from runbook.store import Appended, Head, Known, Moved, Order, Page, Presence, Seal, Sealed, Snapshot, Watch
from runbook.store.searching import Search


class _Envelope(msgspec.Struct):
    """What a list of entries is made from."""

    event_id: str
    type: str
    actor: str
    recorded_at: datetime
    precision: str
    data: msgspec.Raw
    occurred_at: datetime | None = None

    @property
    def key(self) -> int:
        """The instant it happened in half milliseconds, a date alone before anything else of its day (rules.md 14)."""
        at = self.occurred_at or self.recorded_at
        return round(at.timestamp() * 1000) * 2 - (self.precision == "date")


class _Chain:
    """One incident: its rows, in sequence, and the free texts they still have."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.texts: dict[int, dict[str, tuple[bytes, str]]] = {}
        self.head = Head()


class MemoryStore:
    """A `Store` in memory."""

    lasting = False

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._rung = threading.Condition(self._lock)
        self._version = 0
        self._chains: dict[str, _Chain] = {}
        self._seqs: dict[str, int] = {}
        self._blobs: dict[str, bytes] = {}
        self._scratch: dict[tuple[str, str], dict[str, str]] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._present: Counter[str] = Counter()

    # Writing

    def append(
        self, incident: str, expected: Head, entries: Sequence[Sealed], forget: Collection[int] = ()
    ) -> Appended | Moved | Known:
        with self._lock:
            known = next((self._seqs[one.event_id] for one in entries if one.event_id in self._seqs), None)
            if known is not None:
                return Known(known)
            chain = self._chains.get(incident) or _Chain()
            if chain.head != expected:
                return _moved(chain, expected)
            self._chains[incident] = chain
            for entry in entries:
                self._add(chain, entry)
            for seq in forget:
                chain.texts.pop(seq, None)
            if forget:
                self._snapshots.pop(incident, None)
            self._changed()
            return Appended(chain.head)

    def _add(self, chain: _Chain, entry: Sealed) -> None:
        seq, last = chain.head.seq + 1, chain.head.hash
        chain.head = Head(seq, link(last, entry.body))
        chain.rows.append(Row(seq, entry.body, last, chain.head.hash))
        self._seqs[entry.event_id] = seq
        if entry.texts:
            chain.texts[seq] = dict(entry.texts)
        for blob in entry.blobs:
            self._keep(blob)

    def put_blob(self, content: bytes) -> str:
        with self._lock:
            self._changed()
            return self._keep(content)

    def _keep(self, content: bytes) -> str:
        digest = sha256_of(content)
        self._blobs.setdefault(digest, content)
        return digest

    def scratch_put(self, incident: str, actor: str, place: str, text: str) -> None:
        with self._lock:
            self._scratch.setdefault((incident, actor), {})[place] = text
            self._changed()

    def scratch_drop(self, incident: str, actor: str, place: str) -> None:
        with self._lock:
            self._scratch.get((incident, actor), {}).pop(place, None)
            self._changed()

    def keep_snapshot(self, snapshot: Snapshot) -> bool:
        with self._lock:
            if self.head(snapshot.incident) != Head(snapshot.seq, snapshot.hash):
                return False
            self._snapshots[snapshot.incident] = snapshot
            return True

    def _changed(self) -> None:
        self._version += 1
        self._rung.notify_all()

    # Reading

    def incidents(self) -> list[str]:
        return sorted(self._chains)

    def heads(self) -> dict[str, Head]:
        with self._lock:
            return {incident: self._chains[incident].head for incident in self.incidents()}

    def head(self, incident: str) -> Head:
        chain = self._chains.get(incident)
        return chain.head if chain else Head()

    def rows(self, incident: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Row]:
        chain = self._chains.get(incident)
        if chain is None:
            return
        end = None if limit is None else after_seq + limit
        at = after_seq
        while at < len(chain.rows) and (end is None or at < end):
            yield chain.rows[at]  # an entry's place in the list is its number less one
            at += 1

    def texts(self, incident: str, after_seq: int = 0) -> dict[str, str]:
        return {seal.digest: seal.text for seal in self._sealed(incident, after_seq)}

    def seals(self, incident: str) -> Iterator[Seal]:
        return iter(self._sealed(incident))

    def _sealed(self, incident: str, after_seq: int = 0) -> list[Seal]:
        with self._lock:
            chain = self._chains.get(incident) or _Chain()
            return [
                Seal(seq, digest, salt, text)
                for seq in range(after_seq + 1, len(chain.rows) + 1)
                for digest, (salt, text) in sorted(chain.texts.get(seq, {}).items())
            ]

    def order(
        self, incident: str, by: Order = "happened", search: str = "", types: Collection[str] = (), actor: str = ""
    ) -> Sequence[int]:
        wanted = Search(search)
        texts = {seal.seq for seal in self._sealed(incident) if wanted.in_text(seal.text)} if wanted else set()
        found = []
        for row in self.rows(incident):
            entry = msgspec.json.decode(row.body, type=_Envelope)
            if (types and entry.type not in types) or actor not in ("", entry.actor):
                continue
            said = bytes(entry.data).decode()
            if not wanted or row.seq in texts or wanted.in_entry(entry.actor, entry.type, said):
                found.append((entry.key if by == "happened" else 0, row.seq))
        return [seq for _, seq in sorted(found)]

    def page(self, incident: str, seqs: Sequence[int]) -> Page:
        with self._lock:
            chain = self._chains.get(incident) or _Chain()
            rows = tuple(chain.rows[seq - 1] for seq in seqs if 0 < seq <= len(chain.rows))
            texts = {digest: text for row in rows for digest, (_, text) in chain.texts.get(row.seq, {}).items()}
            return Page(rows, texts)

    def get_blob(self, sha256: str) -> bytes | None:
        return self._blobs.get(sha256)

    def scratch_all(self, incident: str, actor: str) -> dict[str, str]:
        with self._lock:
            return dict(self._scratch.get((incident, actor), {}))

    def snapshot(self, incident: str) -> Snapshot | None:
        return self._snapshots.get(incident)

    def snapshots(self) -> list[Snapshot]:
        with self._lock:
            return [self._snapshots[incident] for incident in sorted(self._snapshots)]

    # The store as a whole

    def backup(self, path: Path) -> None:
        """A record's file, as any other: what was played here can be opened there."""
        # Imported here: what is thrown away afterwards costs no database.
        from runbook.store.sqlite import SqliteStore

        with self._lock, tempfile.TemporaryDirectory(prefix="runbook-") as folder:
            file = SqliteStore(Path(folder) / "record.db")
            try:
                for incident, chain in self._chains.items():
                    file.append(incident, Head(), [self._entry(chain, row) for row in chain.rows])
                for blob in self._blobs.values():
                    file.put_blob(blob)
                for (incident, actor), texts in self._scratch.items():
                    for place, text in texts.items():
                        file.scratch_put(incident, actor, place, text)
                for snapshot in self._snapshots.values():
                    file.keep_snapshot(snapshot)
                file.backup(path)
            finally:
                file.close()

    def _entry(self, chain: _Chain, row: Row) -> Sealed:
        event_id = msgspec.json.decode(row.body, type=_Envelope).event_id
        return Sealed(event_id, row.body, chain.texts.get(row.seq, {}))

    def watch(self) -> Watch:
        return _Ear(self._rung, lambda: self._version)

    def attend(self, incident: str) -> Presence:
        with self._lock:
            self._present[incident] += 1
        return _Present(lambda: self._left(incident))

    def attended(self, incident: str) -> bool:
        return self._present[incident] > 0

    def _left(self, incident: str) -> None:
        with self._lock:
            self._present[incident] -= 1

    def close(self) -> None:
        """Nothing to let go of: it lasts as long as somebody holds it."""


class _Present:
    """Somebody who is there."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave: Callable[[], None] | None = leave

    def close(self) -> None:
        leave, self._leave = self._leave, None
        if leave is not None:
            leave()


class _Ear:
    """A `Watch` on a store in this process."""

    def __init__(self, rung: threading.Condition, version: Callable[[], int]) -> None:
        self._rung = rung
        self._version = version
        self._seen = version()
        self._closed = False

    def wait(self, timeout: float) -> bool:
        with self._rung:
            self._rung.wait_for(lambda: self._closed or self._version() != self._seen, timeout)
            if self._closed or self._version() == self._seen:
                return False
            self._seen = self._version()
            return True

    def close(self) -> None:
        with self._rung:
            self._closed = True
            self._rung.notify_all()


def _moved(chain: _Chain, expected: Head) -> Moved:
    """What others wrote after `expected`. Raises ChainBroken where that entry is another one here."""
    there = chain.rows[expected.seq - 1].hash if 0 < expected.seq <= len(chain.rows) else None
    if expected.seq and there != expected.hash:
        raise ChainBroken(
            say("The record on disk is not the one that was read; nothing was recorded."),
            say("Close the incident and run “runbook verify” with a head code written down earlier."),
        )
    return Moved(tuple(chain.rows[expected.seq :]))
