"""The store in one SQLite file: plain sqlite3 on the hot path. How the file is opened and locked is in `file`."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from runbook.chain import Row, link, sha256_of
from runbook.errors import ChainBroken, Refused, StoreUnreachable
from runbook.speech import say
from runbook.store import Appended, Head, Known, Moved, Order, Page, Presence, Seal, Sealed, Snapshot
from runbook.store.doorbell import Doorbell, ring
from runbook.store.lock import hold_shared, is_held
from runbook.store.searching import Search
from runbook.store.sqlite.file import RecordFile
from runbook.store.sqlite.trouble import reaching

_CHUNK = 1000
_ROW = "SELECT seq, CAST(body AS BLOB), prev_hash, hash FROM events"


class _Present:
    """A lock that the system lets go of when its process dies."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            os.close(file)


class SqliteStore:
    """A `Store` in the file at `path`, with its lock (`.lock`) and its bell (`.bell`) beside it.

    Raises StoreUnreachable where the file is missing (and not to be created), is no record, was written by a newer
    version, lies on a network share, or cannot be opened.
    """

    def __init__(self, path: Path, *, create: bool = True, lasting: bool = True) -> None:
        """Without `lasting` nothing that is only there for speed is written to it."""
        self.lasting = lasting
        self._file = RecordFile(path, create=create)
        self._bell = self._file.beside(".bell")

    # Writing

    def append(
        self, incident: str, expected: Head, entries: Sequence[Sealed], forget: Collection[int] = ()
    ) -> Appended | Moved | Known:
        with self._file.writing() as db:
            outcome = _append(db, incident, expected, entries)
            if forget and isinstance(outcome, Appended):
                gone = _array(forget)
                db.execute(
                    "DELETE FROM texts WHERE incident_id = ? AND seq IN (SELECT value FROM json_each(?))",
                    (incident, gone),
                )
                db.execute("DELETE FROM snapshots WHERE incident_id = ?", (incident,))
                self._file.traces = True
        if isinstance(outcome, Appended):
            ring(self._bell)
        return outcome

    def put_blob(self, content: bytes) -> str:
        with self._file.writing() as db:
            return _put_blob(db, content)

    def scratch_put(self, incident: str, actor: str, place: str, text: str) -> None:
        with self._file.writing(synchronous="NORMAL") as db:
            db.execute("INSERT OR REPLACE INTO scratch VALUES (?, ?, ?, ?)", (incident, actor, place, text))

    def scratch_drop(self, incident: str, actor: str, place: str) -> None:
        with self._file.writing(synchronous="NORMAL") as db:
            db.execute("DELETE FROM scratch WHERE (incident_id, actor, place) = (?, ?, ?)", (incident, actor, place))

    def keep_snapshot(self, snapshot: Snapshot) -> bool:
        # Only at the head: an older state may still hold a text that has been redacted since.
        try:
            with self._file.writing(patience=0, synchronous="NORMAL") as db:
                if _head(db, snapshot.incident) != Head(snapshot.seq, snapshot.hash):
                    return False
                db.execute(
                    "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        snapshot.incident,
                        snapshot.seq,
                        snapshot.hash,
                        snapshot.fingerprint,
                        snapshot.playbook_hash,
                        snapshot.state,
                        snapshot.playbook,
                    ),
                )
        except StoreUnreachable:
            return False
        return True

    # Reading

    def incidents(self) -> list[str]:
        return list(self.heads())

    def heads(self) -> dict[str, Head]:
        with self._file.reading() as db:
            # One step of the index an incident, however many entries each has.
            found = db.execute(
                "WITH RECURSIVE ids(id) AS (SELECT min(incident_id) FROM events UNION ALL "
                "SELECT (SELECT min(incident_id) FROM events WHERE incident_id > id) FROM ids WHERE id IS NOT NULL) "
                "SELECT id, seq, hash FROM ids JOIN events ON incident_id = id "
                "AND seq = (SELECT max(seq) FROM events WHERE incident_id = id)"
            ).fetchall()
        return {incident: Head(seq, hash) for incident, seq, hash in found}

    def head(self, incident: str) -> Head:
        with self._file.reading() as db:
            return _head(db, incident)

    def rows(self, incident: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Row]:
        while limit is None or limit > 0:
            chunk = _CHUNK if limit is None else min(_CHUNK, limit)
            with self._file.reading() as db:
                rows = _rows(db, incident, after_seq, chunk)
            yield from rows
            if len(rows) < chunk:
                return
            after_seq = rows[-1].seq
            limit = None if limit is None else limit - chunk

    def texts(self, incident: str, after_seq: int = 0) -> dict[str, str]:
        with self._file.reading() as db:
            return dict(
                db.execute("SELECT digest, text FROM texts WHERE incident_id = ? AND seq > ?", (incident, after_seq))
            )

    def seals(self, incident: str) -> Iterator[Seal]:
        last: tuple[int, str] = (0, "")
        while True:
            with self._file.reading() as db:
                found = db.execute(
                    "SELECT seq, digest, salt, text FROM texts WHERE incident_id = ? AND (seq, digest) > (?, ?) "
                    "ORDER BY seq, digest LIMIT ?",
                    (incident, *last, _CHUNK),
                ).fetchall()
            for seq, digest, salt, text in found:
                yield Seal(seq, digest, salt, text)
            if len(found) < _CHUNK:
                return
            last = found[-1][0], found[-1][1]

    def order(
        self, incident: str, by: Order = "happened", search: str = "", types: Collection[str] = (), actor: str = ""
    ) -> Sequence[int]:
        query = "SELECT seq FROM events WHERE incident_id = :incident"
        if types:
            query += " AND type IN (SELECT value FROM json_each(:types))"
        if actor:
            query += " AND actor = :actor"
        wanted = Search(search)
        if wanted:
            query += (
                " AND (entry_holds(actor, type, json_extract(body, '$.data')) OR seq IN"
                " (SELECT seq FROM texts WHERE incident_id = :incident AND text_holds(text)))"
            )
        query += " ORDER BY occurred_key, seq" if by == "happened" else " ORDER BY seq"
        with self._file.reading() as db:
            _teach_search(db, wanted)
            found = db.execute(query, {"incident": incident, "types": _array(types), "actor": actor})
            return array("q", (seq for (seq,) in found))

    def page(self, incident: str, seqs: Sequence[int]) -> Page:
        place = (incident, _array(seqs))
        among = "WHERE incident_id = ? AND seq IN (SELECT value FROM json_each(?))"
        with self._file.reading() as db:
            rows = {row[0]: Row(*row) for row in db.execute(f"{_ROW} {among}", place)}
            texts = dict(db.execute(f"SELECT digest, text FROM texts {among}", place))
        return Page(tuple(rows[seq] for seq in seqs if seq in rows), texts)

    def get_blob(self, sha256: str) -> bytes | None:
        with self._file.reading() as db:
            found = db.execute("SELECT content FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
        if found is None:
            return None
        content: bytes = found[0]
        if sha256_of(content) != sha256:
            raise ChainBroken(
                say("A content that the record pins by its digest was altered: {digest}.", digest=sha256),
                say("Go on with the latest backup, and keep this file as it is for those who will look into it."),
            )
        return content

    def scratch_all(self, incident: str, actor: str) -> dict[str, str]:
        with self._file.reading() as db:
            return dict(
                db.execute("SELECT place, text FROM scratch WHERE (incident_id, actor) = (?, ?)", (incident, actor))
            )

    def snapshot(self, incident: str) -> Snapshot | None:
        with self._file.reading() as db:
            found = db.execute("SELECT * FROM snapshots WHERE incident_id = ?", (incident,)).fetchone()
        return Snapshot(*found) if found else None

    def snapshots(self) -> list[Snapshot]:
        with self._file.reading() as db:
            return [Snapshot(*found) for found in db.execute("SELECT * FROM snapshots ORDER BY incident_id")]

    # The store as a whole

    def backup(self, path: Path) -> None:
        import tempfile

        path = path.expanduser().absolute()
        if path.exists():
            raise Refused(
                say("{path} exists already; a backup overwrites nothing.", path=str(path)),
                say("Give a name that is not taken."),
            )
        with reaching(path), self._file.borrowed() as source:
            file, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
            try:
                with closing(sqlite3.connect(name, isolation_level=None)) as copy:
                    source.backup(copy)
                    # One self-contained file, readable from a medium that cannot be written to.
                    copy.execute("PRAGMA journal_mode = DELETE")
                os.fsync(file)
                Path(name).replace(path)
            finally:
                os.close(file)
                Path(name).unlink(missing_ok=True)

    def watch(self) -> Doorbell:
        def version() -> int:
            with reaching(self._file.path):
                return int(ear.execute("PRAGMA data_version").fetchone()[0])

        with reaching(self._file.path):
            ear = self._file.connect("ro")
            return Doorbell(self._bell, version, ear.close)

    def attend(self, incident: str) -> Presence:
        with reaching(self._file.path):
            return _Present(hold_shared(self._console(incident)))

    def attended(self, incident: str) -> bool:
        with reaching(self._file.path):
            return is_held(self._console(incident))

    def _console(self, incident: str) -> Path:
        return self._file.beside(f".{incident}.console")

    def close(self) -> None:
        self._file.close()


def _append(
    db: sqlite3.Connection, incident: str, expected: Head, entries: Sequence[Sealed]
) -> Appended | Moved | Known:
    for entry in entries:
        if known := db.execute("SELECT seq FROM events WHERE event_id = ?", (entry.event_id,)).fetchone():
            return Known(known[0])
    if _head(db, incident) != expected:
        same = "SELECT 1 FROM events WHERE (incident_id, seq, hash) = (?, ?, ?)"
        if expected.seq and not db.execute(same, (incident, expected.seq, expected.hash)).fetchone():
            raise ChainBroken(
                say("The record on disk is not the one that was read; nothing was recorded."),
                say("Close the incident and run “runbook verify” with a head code written down earlier."),
            )
        return Moved(tuple(_rows(db, incident, expected.seq, -1)))
    seq, last = expected.seq, expected.hash
    for entry in entries:
        seq, prev, last = seq + 1, last, link(last, entry.body)
        db.execute("INSERT INTO events (body, prev_hash, hash) VALUES (?, ?, ?)", (entry.body.decode(), prev, last))
        for digest, (salt, text) in entry.texts.items():
            db.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?)", (incident, seq, digest, salt, text))
        for blob in entry.blobs:
            _put_blob(db, blob)
    return Appended(Head(seq, last))


def _put_blob(db: sqlite3.Connection, content: bytes) -> str:
    digest = sha256_of(content)
    db.execute("INSERT OR IGNORE INTO blobs VALUES (?, ?)", (digest, content))
    return digest


def _head(db: sqlite3.Connection, incident: str) -> Head:
    found = db.execute(
        "SELECT seq, hash FROM events WHERE incident_id = ? ORDER BY seq DESC LIMIT 1", (incident,)
    ).fetchone()
    return Head(*found) if found else Head()


def _rows(db: sqlite3.Connection, incident: str, after_seq: int, limit: int) -> list[Row]:
    """Entries after `after_seq`, at most `limit` of them; all if that is negative."""
    query = f"{_ROW} WHERE incident_id = ? AND seq > ? ORDER BY seq LIMIT ?"
    return [Row(*row) for row in db.execute(query, (incident, after_seq, limit))]


def _array(values: Collection[int] | Collection[str]) -> str:
    """A list as one parameter, for `json_each`."""
    return msgspec.json.encode(list(values)).decode()


def _teach_search(db: sqlite3.Connection, search: Search) -> None:
    """Give `db` the two functions of a search."""
    functions: list[tuple[str, int, Callable[..., bool]]] = [
        ("entry_holds", 3, search.in_entry),
        ("text_holds", 1, search.in_text),
    ]
    for name, arguments, function in functions:
        db.create_function(name, arguments, function, deterministic=True)
