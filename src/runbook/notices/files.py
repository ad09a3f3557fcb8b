"""Writing a document to a file: whole, or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from runbook.errors import BadContent, reason
from runbook.speech import say


def write_whole(target: Path, data: str | bytes) -> Path:
    """Write a text or the bytes of a document to `target` and give its real path. The final name never holds half of
    it: it is written under another one first. What was there before is replaced, a link too and not what it leads to:
    that may have another name, without the mark of a drill. Raises BadContent where it cannot be written.
    """
    try:
        path = target.expanduser()
        path = path.parent.resolve() / path.name
        if path.exists() and not path.is_file():
            raise BadContent(
                say("{file} is not a file that can be written.", file=str(target)), say("Give the name of a file.")
            )
        _replace(path, data.encode() if isinstance(data, str) else data)
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a home nobody has, a NUL in the name
        raise _unwritable(target, error) from None
    return path


def write_own(folder: Path, relative: str, text: str) -> Path:
    """Write the user's own copy of a file of content, whole or not at all, in a folder made for this user only, and
    give its real path: a link is followed. Raises BadContent where it cannot be written."""
    target = folder / relative
    try:
        own = target.expanduser()
        own.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        own = own.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise _unwritable(target, error) from None
    return write_whole(own, text)


def _unwritable(target: Path, error: Exception) -> BadContent:
    return BadContent(
        say("{file} cannot be written: {reason}.", file=str(target), reason=reason(error)),
        say("Check the folder, your rights and the space left on the disk, or give another name."),
    )


def is_there(target: Path) -> bool:
    """Whether writing to `target` would replace a file."""
    try:
        return target.expanduser().is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _replace(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
