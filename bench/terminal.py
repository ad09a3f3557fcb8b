"""A program in a terminal of its own, timed as its user would: from the key, or from its start, to what is painted.

The terminal says that it can hold back a frame until it is whole (DEC mode 2026), as good terminals do, so that a
frame's end can be seen in the bytes. Times are seconds of the monotonic clock. POSIX only.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

ROWS, COLUMNS = 36, 120
PATIENCE = 60.0
"""Seconds to wait for something to be painted."""
_ENDS = b"\x1b[?2026l"
_BEGINS = b"\x1b[?2026h"
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[6n": b"\x1b[1;2R"}
"""What programs ask a terminal: whether it holds back frames, and where the cursor is after one letter."""
_CONTROL = re.compile(rb"\x1b\[[0-9;:?<=>$]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>78]")


class NotPainted(Exception):
    """A program ended, or did not paint what it should have."""


class Seat:
    """A program at a terminal. Use it in a `with`; it is ended there."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._end, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = time.perf_counter()
        self._program = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env=dict(environment), start_new_session=True
        )
        os.close(inner)

    def __enter__(self) -> Seat:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        os.close(self._end)

    def painted(self, *marks: str) -> float:
        """When a frame was whole by whose end all of `marks` had been painted since the last call of anything here."""
        seen = b""
        wanted = [mark.encode() for mark in marks]
        give_up = time.perf_counter() + PATIENCE
        while (left := give_up - time.perf_counter()) > 0:
            seen += self._read(left)
            now = time.perf_counter()
            if seen.count(_BEGINS) <= seen.count(_ENDS):
                words = _CONTROL.sub(b"", seen)
                if all(mark in words for mark in wanted):
                    return now
        missing = [mark for mark in marks if mark.encode() not in _CONTROL.sub(b"", seen)]
        raise NotPainted(f"{self._program.args!r}: {missing} not seen in {_CONTROL.sub(b'', seen)[-2000:].decode()!r}")

    def send(self, key: str) -> float:
        """Press a key, and say when."""
        now = time.perf_counter()
        os.write(self._end, key.encode())
        return now

    def press(self, key: str, settled: Callable[[str], bool]) -> tuple[float, str]:
        """Press a key: seconds to the end of the frame by which the text painted since is `settled`, and that text."""
        while self._read(0):
            pass  # what an earlier key set off late
        began = self.send(key)
        seen = b""
        while more := self._read(PATIENCE):
            seen += more
            if seen.count(_BEGINS) <= seen.count(_ENDS):  # more ends where an earlier frame was cut off above
                took = time.perf_counter() - began
                painted = _CONTROL.sub(b"", seen).decode(errors="replace")
                if settled(painted):
                    return took, painted
        raise NotPainted(f"{key!r} did not paint what it should: {_CONTROL.sub(b'', seen)[-2000:].decode()!r}")

    def quiet(self, seconds: float = 0.5) -> None:
        """Let it come to rest: nothing painted for so long."""
        give_up = time.perf_counter() + PATIENCE
        while self._read(seconds) and time.perf_counter() < give_up:
            pass

    def memory(self) -> int:
        """Bytes of memory the program holds now (resident), as `ps` knows it."""
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(self._program.pid)], check=True, capture_output=True)
        return int(said.stdout) * 1024

    def _read(self, seconds: float) -> bytes:
        """What is painted next; nothing if nothing is for so long."""
        if not select.select([self._end], [], [], seconds)[0]:
            return b""
        try:
            read = os.read(self._end, 1 << 16)
        except OSError:
            raise NotPainted(f"{self._program.args!r} ended") from None
        for asked, answer in _ANSWERS.items():
            if asked in read:
                os.write(self._end, answer)
        return read
