"""Standard input and output as this program needs them: UTF-8, present, and quiet when a reader has left."""

from __future__ import annotations

import io
import os
import sys

from runbook.speech import Message, say


def prepare() -> Message | None:
    """Write UTF-8 to files and pipes. On a terminal of another encoding nothing fails, and the sentence says so."""
    narrow = ""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper) and not is_utf8(stream.encoding):
            if stream.isatty():
                narrow = stream.encoding
                stream.reconfigure(errors="backslashreplace")
            else:
                stream.reconfigure(encoding="utf-8")
    if narrow:
        return say(
            "This terminal is set to {encoding}; letters it lacks are shown as codes. Set LANG=ja_JP.UTF-8 to see them.",
            encoding=narrow,
        )
    return None


def is_utf8(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").replace("_", "") in ("utf8", "utf8sig", "cp65001")


def at_terminal() -> bool:
    """Whether a person sits at both ends."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def flush() -> None:
    """Raises OSError where the data cannot be written. Lost talk changes nothing about what was done."""
    sys.stdout.flush()


def let_go() -> None:
    """What can no longer be written goes nowhere, or Python would end with an exit code of its own (120)."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
