"""Who last changed a thing, and which of its versions stands. Pure."""

from datetime import datetime
from typing import Protocol, TypeVar

import msgspec


class Touch(msgspec.Struct, frozen=True):
    """Who last changed a thing, when, and by which entry."""

    seq: int
    actor: str
    at: datetime
    type: str


class _Versioned(Protocol):
    @property
    def touch(self) -> Touch: ...
    @property
    def undone(self) -> bool: ...


_Version = TypeVar("_Version", bound=_Versioned)


def standing(versions: tuple[_Version, ...]) -> _Version | None:
    """The latest version that was not undone."""
    for version in reversed(versions):
        if not version.undone:
            return version
    return None


def latest(versions: tuple[_Versioned, ...]) -> int:
    """The entry of that version; 0 where none stands."""
    found = standing(versions)
    return found.touch.seq if found else 0
