"""How one seat hears at once that another wrote: a byte written to a file beside the record.

The write-ahead log itself is no good for this: it is touched before the commit can be seen. The bell is rung after it,
and whoever hears it asks SQLite whether something changed; a slow look every so often is the net below.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from runbook.store.lock import open_private

POLL = 0.25
"""Seconds between two looks where the system cannot wake us."""
_NET = 2.0
"""The same where it can, against a ring that got lost."""
_IN_MODIFY = 0x2


def ring(path: Path) -> None:
    """Tell everybody who watches. What was to be told is on disk already, so a bell that fails is no failure."""
    with contextlib.suppress(OSError):
        file = open_private(path)
        try:
            os.write(file, b"!")
        finally:
            os.close(file)


class Doorbell:
    """A `Watch` on the bell at `path`. `version` is asked whether the store changed: any value that then differs.

    `version` is called, and `done` at the end, by one thread at a time but not always the same.
    """

    def __init__(self, path: Path, version: Callable[[], int], done: Callable[[], None]) -> None:
        import socket  # only who listens needs it; every append rings

        self._version = version
        self._done = done
        self._ears = _inotify(path)
        self._waker, self._woken = socket.socketpair()
        self._closed = threading.Event()
        self._waiting = threading.Lock()
        self._seen = version()

    def wait(self, timeout: float) -> bool:
        give_up = time.monotonic() + timeout
        with self._waiting:
            while not self._closed.is_set():
                if (now := self._version()) != self._seen:
                    self._seen = now
                    return True
                left = give_up - time.monotonic()
                if left <= 0:
                    break
                self._listen(min(left, POLL if self._ears is None else _NET))
        return False

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        self._waker.send(b"!")
        with self._waiting:
            self._waker.close()
            self._woken.close()
            if self._ears is not None:
                os.close(self._ears)
            self._done()

    def _listen(self, seconds: float) -> None:
        ears = [] if self._ears is None else [self._ears]
        heard, _, _ = select.select([self._woken.fileno(), *ears], [], [], seconds)
        for ear in ears:
            if ear in heard:
                os.read(ear, 4096)


def _inotify(path: Path) -> int | None:
    """A descriptor that becomes readable when the file at `path` is written to; None where that cannot be had."""
    ears = -1
    if sys.platform == "linux":
        # Imported here: only those who watch need it.
        import ctypes

        os.close(open_private(path))
        libc = ctypes.CDLL(None)
        ears = int(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        if ears >= 0 and libc.inotify_add_watch(ears, os.fsencode(path), _IN_MODIFY) < 0:
            os.close(ears)
            ears = -1
    return ears if ears >= 0 else None
