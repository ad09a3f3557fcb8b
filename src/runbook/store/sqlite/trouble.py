"""What SQLite and the system say when something goes wrong, as sentences."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runbook.errors import StoreUnreachable, reason
from runbook.speech import Message, say


@contextmanager
def reaching(path: Path) -> Iterator[None]:
    """Turn whatever SQLite and the system say about the file at `path` into StoreUnreachable."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(error, path) from error
    except TimeoutError as error:
        raise _busy(path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise _full(path) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise _forbidden(path) from error
        raise _shut(path, reason(error)) from error


def _of_sqlite(error: sqlite3.Error, path: Path) -> StoreUnreachable:
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _busy(path)
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return _forbidden(path)
        case sqlite3.SQLITE_NOTADB:
            return not_a_record(path)
        case sqlite3.SQLITE_CORRUPT:
            return StoreUnreachable(
                say("{path} is damaged.", path=str(path)),
                say("Copy the file before doing anything else, then go on with the latest backup."),
            )
    return _shut(path, str(error))


def _busy(path: Path) -> StoreUnreachable:
    return StoreUnreachable(
        say("Another program keeps {path} locked; nothing was recorded.", path=str(path)),
        say("Try again; if it stays so, end other programs that have the file open."),
    )


def _full(path: Path) -> StoreUnreachable:
    return StoreUnreachable(
        say("The disk that holds {path} is full; nothing was recorded.", path=str(path)),
        say("Free some space and do it again. Everything recorded before is safe."),
    )


def _forbidden(path: Path) -> StoreUnreachable:
    return StoreUnreachable(
        say("You may not write to {path} or its folder; nothing was recorded.", path=str(path)),
        say("Have the permission given to you, or give another path with --db."),
    )


def not_a_record(path: Path) -> StoreUnreachable:
    return StoreUnreachable(
        say("{path} is not a runbook's record.", path=str(path)),
        say("Give the path of another file with --db."),
    )


def _shut(path: Path, why: Message | str) -> StoreUnreachable:
    return StoreUnreachable(
        say("{path} cannot be used: {why}.", path=str(path), why=why),
        say("Check that the disk is there and that you may read the file and its folder."),
    )
