"""Handing something over: to the file that was asked for, or to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from runbook.cli.session import Session
from runbook.speech import say

OUT = "-"
"""Instead of a file: standard output."""


def to_file(session: Session, path: Path, data: str | bytes) -> Path:
    """Write it whole, print the file's real path, and say where another file had to make room. Raises BadContent."""
    from runbook.notices.files import is_there, write_whole

    there = is_there(path)
    real = write_whole(path, data)
    session.out(str(real))
    if there:
        session.tell(say("It takes the place of a file that was there."))
    return real


def to_output(session: Session, data: str | bytes, *, lines: bool) -> None:
    """Print it: text for people line by line, with nothing in it that could steer a terminal; else to the byte."""
    if lines:
        session.out(*(data if isinstance(data, str) else data.decode()).splitlines())
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode() if isinstance(data, str) else data)
