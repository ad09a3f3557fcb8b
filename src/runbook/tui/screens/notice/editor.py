"""A person's own editor over a wording: a private file for as long as it takes, and nothing typed is ever lost."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from runbook.actions.values import MAX_TEXT
from runbook.errors import BadContent, Refused, reason
from runbook.speech import say

LOOK = 0.3
"""Seconds between two looks at what was saved in the editor meanwhile."""


def command() -> list[str]:
    """The editor of this person: VISUAL, else EDITOR. Raises Refused where none is set or it is not there."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(said)
    except ValueError:
        words = []
    if not words:
        raise Refused(
            say("No editor is set (VISUAL or EDITOR)."),
            say("Set one before starting the program, such as EDITOR=nano, or reword it here with e."),
        )
    if shutil.which(words[0]) is None:
        raise Refused(
            say("The editor “{editor}” is not there.", editor=words[0]), say("Set VISUAL or EDITOR to one that is.")
        )
    return words


def edited(words: list[str], name: str, text: str, saved: Callable[[str], None]) -> str:
    """The text as it is after the editor was left. `saved` gets it whenever it was saved, so that it outlives both the
    editor and this program. The file is private, and removed in the end.

    Raises Refused where the editor cannot be run or fails, BadContent where what it left is no text.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="runbook-"))  # readable by its owner alone
    except OSError as error:
        raise Refused(
            say("No file can be made for the editor: {reason}.", reason=reason(error)), say("Reword it here with e.")
        ) from None
    try:
        path = folder / name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        _run(words, path, text, saved)
        return _read(path)
    except OSError as error:
        raise Refused(
            say("The editor could not be used: {reason}.", reason=reason(error)), say("Reword it here with e.")
        ) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(words: list[str], path: Path, text: str, saved: Callable[[str], None]) -> None:
    """Run it, keeping what is saved in it meanwhile."""
    last = text
    with subprocess.Popen([*words, str(path)]) as editor:
        while True:
            try:
                code = editor.wait(LOOK)
            except subprocess.TimeoutExpired:
                code = None
            now = _tolerant(path, last)
            if now != last:
                last = now
                saved(now)
            if code is not None:
                break
    if code != 0:
        raise Refused(
            say("The editor ended with an error ({code}).", code=code),
            say("What was saved in it is kept as unfinished: e goes on with it."),
        )


def _tolerant(path: Path, last: str) -> str:
    """What the file holds now, as far as it can be read: half of a save is not what counts."""
    try:
        return path.read_bytes()[: 4 * MAX_TEXT].decode("utf-8", "replace") or last
    except OSError:
        return last


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadContent(
            say("What the editor left is no text in UTF-8."),
            say("It is kept as unfinished as far as it could be read: e goes on with it."),
        ) from None
