"""A record's file: who may open it, its connections, and its one writer.

Reading opens it read-only; writing holds the lock beside it for one transaction. sqlite_utils owns the schema and is
imported only where that is missing or old.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from runbook.errors import StoreUnreachable
from runbook.speech import say
from runbook.store.lock import PATIENCE, locked, open_private
from runbook.store.shares import network_share
from runbook.store.sqlite import schema
from runbook.store.sqlite.trouble import not_a_record, reaching

_CHECKPOINT_EVERY = 100
"""Writes of a program, the first among them. After a checkpoint the log is written over from its start: one that grows
takes half as long again to sync, and many short commands beside an open screen would let it grow for ever."""
_LONG_LOG = 4 * 2**20
"""Bytes to which the log is cut once it is written over."""
_FOREIGN_PATIENCE = 2.0
"""Seconds to wait for a program that locks the file without our lock, such as a database browser."""


class RecordFile:
    """The file at `path`, admitted as a record of this version; made where it is missing and `create` says so.

    `traces` is set where a text was just deleted: the writer then leaves no copy of it in the files.
    """

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path.expanduser().resolve()
        self.traces = False
        self._lock = self.beside(".lock")
        self._idle: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._synchronous = ""
        self._identity: tuple[int, int] | None = None
        self._written = -1
        try:
            with reaching(self.path):
                self._admit(create)
        except StoreUnreachable:
            self.close()
            raise

    def beside(self, suffix: str) -> Path:
        """The path of a file that belongs to this one."""
        return self.path.with_name(self.path.name + suffix)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()
        if self._writer is not None:
            # Closing the last connection checkpoints, which only the holder of the lock may do.
            with reaching(self.path), locked(self._lock):
                self._writer.close()
                self._writer = None

    def connect(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self.path.as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=_FOREIGN_PATIENCE,
        )

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """A reading connection nobody else uses meanwhile: as many are opened as threads ever read at once."""
        try:
            db = self._idle.pop()
        except IndexError:
            db = self.connect("ro")
        try:
            yield db
        finally:
            self._idle.append(db)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with reaching(self.path), self.borrowed() as db:
            yield db

    @contextmanager
    def writing(self, patience: float = PATIENCE, synchronous: str = "FULL") -> Iterator[sqlite3.Connection]:
        """The one writing connection, in a transaction, under the lock; committed where the block ends well."""
        with reaching(self.path), locked(self._lock, patience):
            db = self._writer = self._writer or self._open_writer()
            self._same_file()
            if self._synchronous != synchronous:
                db.execute(f"PRAGMA synchronous = {synchronous}")
                self._synchronous = synchronous
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
            self._tidy(db)

    def _open_writer(self) -> sqlite3.Connection:
        db = self.connect("rw")
        self._synchronous = ""
        pragmas = ["journal_mode = WAL", "wal_autocheckpoint = 0", f"journal_size_limit = {_LONG_LOG}"]
        for pragma in (*pragmas, "secure_delete = ON", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}").close()
        self._identity = self._seen_at_path()
        return db

    def _seen_at_path(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _same_file(self) -> None:
        """What is written to a file that was moved away or replaced would be lost in silence."""
        if self._identity != self._seen_at_path():
            raise StoreUnreachable(
                say(
                    "The file {path} was moved or replaced while it was open; nothing was recorded.",
                    path=str(self.path),
                ),
                say("End the program and start it again; it will then use the file that is there now."),
            )

    def _tidy(self, db: sqlite3.Connection) -> None:
        """Checkpoint now and then, and after a redaction leave no copy of the text in any corner of the files.

        What was to be recorded is: a failure here must not say otherwise, and the next write tries again.
        """
        self._written += 1
        with suppress(sqlite3.OperationalError):
            if self.traces:
                db.execute("VACUUM")
                busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                self.traces = bool(busy)
            elif self._written % _CHECKPOINT_EVERY == 0:
                db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _admit(self, create: bool) -> None:
        """Make sure that there is a record of this version at the path."""
        if not self.path.parent.is_dir():
            raise StoreUnreachable(
                say("The folder {folder} does not exist.", folder=str(self.path.parent)),
                say("Make the folder, or give another path with --db."),
            )
        if share := network_share(self.path):
            raise StoreUnreachable(
                say(
                    "{path} is on a network share ({kind}), where a record is not safe.",
                    path=str(self.path),
                    kind=share,
                ),
                say("Keep the record on a disk of this machine, and copy it with “runbook backup”."),
            )
        if not self.path.exists():
            if not create:
                raise StoreUnreachable(
                    say("There is no record at {path}.", path=str(self.path)),
                    say("Check the path given with --db, or open an incident first."),
                )
            os.close(open_private(self.path))
        with self.borrowed() as db:
            version = _version(db, self.path)
        if version is None and not create:
            raise not_a_record(self.path)
        if version is None or version < schema.VERSION:
            with locked(self._lock), closing(self._open_writer()) as db:
                _migrate(db)


def _version(db: sqlite3.Connection, path: Path) -> int | None:
    """The file's schema version, None if it is empty. Raises for a newer one and for anything but a record."""
    # In one statement, so that a file somebody is just making is seen as it was at one instant.
    application, version, used = db.execute(
        "SELECT application_id, user_version, EXISTS (SELECT 1 FROM sqlite_schema) "
        "FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != schema.APPLICATION:
        if used or application:
            raise not_a_record(path)
        return None
    if version > schema.VERSION:
        raise StoreUnreachable(
            say("{path} was written by a newer version of this program.", path=str(path)),
            say("Install the newer version on this machine."),
        )
    return int(version)


def _migrate(db: sqlite3.Connection) -> None:
    """Bring the file to today's schema; what it has already is left alone."""
    # Imported here: it takes 0.2 s, and only a new or an old file needs it.
    from sqlite_utils import Database, Migrations

    # First of all: from now on the file is known for what it is, even if the power fails before it has a table.
    db.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    migrations = Migrations("runbook")

    @migrations()
    def create(tables: Database) -> None:
        for statement in schema.CREATE:
            tables.execute(statement)

    migrations.apply(Database(db))
