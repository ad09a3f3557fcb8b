"""One writer at a time on this machine: a lock on a file beside the record, and the privacy of such files.

SQLite has locks of its own; this one comes first because it is fair enough among many seats, and because every SQLite
before 3.51.3 may damage a write-ahead log when one connection writes while another checkpoints.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 10.0
"""Seconds to wait for another writer before telling the user; an append takes a thousandth."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.0002, 0.005


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock on `path`, between threads too. Released by the system when the process dies.

    Raises TimeoutError after `patience` seconds (0: at once) and OSError where the file cannot be opened.
    """
    file = open_private(path)
    try:
        give_up, pause = time.monotonic() + patience, _FIRST_PAUSE
        while not _taken(file):
            if time.monotonic() >= give_up:
                raise TimeoutError(path)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        yield
    finally:
        os.close(file)


def open_private(path: Path) -> int:
    """A descriptor of the file at `path`, made for this user only (0600) if it is missing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)


def _taken(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def hold_shared(path: Path) -> int:
    """A descriptor that shares the lock on `path` until it is closed, or the process dies. Where locks cannot be shared
    the first holder has it alone."""
    file = open_private(path)
    if sys.platform == "win32":
        _taken(file)
    else:
        fcntl.flock(file, fcntl.LOCK_SH)
    return file


def is_held(path: Path) -> bool:
    """Whether any process that is alive holds or shares the lock on `path`."""
    try:
        file = os.open(path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        return False
    try:
        return not _taken(file)
    finally:
        os.close(file)
