"""What can go wrong, as sentences with a next step. Nothing here knows how they are shown.

Exit codes are the command line's contract: 1 refused, 2 wrong usage or bad content, 3 store unreachable,
4 chain broken.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable

from runbook.speech import Message, say


class RunbookError(Exception):
    """A failure a user can read: `message` says what is wrong, `hint` what to do next."""

    exit_code = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else str(self.message)


class Refused(RunbookError):
    """A decision the incident's state or a rule forbids. Nothing was recorded."""


class BadContent(RunbookError):
    """Content or input that cannot be used: a value, a playbook, a template."""

    exit_code = 2


class StoreUnreachable(RunbookError):
    """The record can be neither read nor written where it was asked for."""

    exit_code = 3


class ChainBroken(RunbookError):
    """The record was altered, or does not lead to the head code it was checked against."""

    exit_code = 4


_REASONS: dict[int, Message] = {
    errno.ENOENT: say("no such file or folder"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("a part of the path is no folder"),
    errno.EACCES: say("you have no right to it"),
    errno.EPERM: say("you have no right to it"),
    errno.EROFS: say("the disk is read-only"),
    errno.ENOSPC: say("the disk is full"),
    errno.EEXIST: say("it is there already"),
    errno.ENAMETOOLONG: say("the name is too long"),
}


def reason(failure: Exception) -> Message | str:
    """Why the system refused something, in the user's language where it is one of the usual reasons."""
    if not isinstance(failure, OSError):
        return type(failure).__name__
    return _REASONS.get(failure.errno or 0, failure.strerror or type(failure).__name__)


def meant(name: str, known: Iterable[str], otherwise: Message) -> Message:
    """The hint about a name that nothing has: the known ones most like it; `otherwise` where none is."""
    from difflib import get_close_matches  # only where someone mistyped

    near = get_close_matches(name, list(known), 3, 0.5)
    return say("Did you mean: {names}?", names=", ".join(near)) if near else otherwise
