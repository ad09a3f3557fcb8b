"""Where records are kept: the contract every store keeps, and the values that cross it. Only the desk calls it.

A store knows bytes, sequence numbers and hashes, not what an event means. SQLite is the one there is; tests/store
holds any other to the same contract.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

import msgspec

from runbook.chain import GENESIS, Row
from runbook.errors import StoreUnreachable
from runbook.speech import say

__all__ = [
    "MEMORY",
    "Appended",
    "Head",
    "Known",
    "Moved",
    "Order",
    "Page",
    "Presence",
    "Row",
    "Seal",
    "Sealed",
    "Snapshot",
    "Store",
    "Watch",
    "open_store",
]

Order: TypeAlias = Literal["happened", "written"]


class Head(msgspec.Struct, frozen=True):
    """The last entry of an incident's chain; the default is the head of an incident that has none."""

    seq: int = 0
    hash: str = GENESIS


class Sealed(msgspec.Struct, frozen=True):
    """One event ready to be appended.

    `body` already holds its sequence number. `texts` maps the digest standing in the body to (salt, text) of the free
    text it seals; `blobs` are contents the body names by their sha256, such as the pinned playbook.
    """

    event_id: str
    body: bytes
    texts: Mapping[str, tuple[bytes, str]] = {}
    blobs: tuple[bytes, ...] = ()


class Appended(msgspec.Struct, frozen=True):
    """The entries are on disk; `head` is the last of them."""

    head: Head


class Moved(msgspec.Struct, frozen=True):
    """Nothing was written: others appended `rows` after the head that was expected."""

    rows: tuple[Row, ...]


class Known(msgspec.Struct, frozen=True):
    """Nothing was written: an event of this id is there already, at `seq`; a retry after a crash."""

    seq: int


class Seal(NamedTuple):
    """A free text with the salt and the digest it must agree with (`chain.seal_text`)."""

    seq: int
    digest: str
    salt: bytes
    text: str


class Page(msgspec.Struct, frozen=True):
    """Entries in the order asked for, with the free texts they still have, by digest."""

    rows: tuple[Row, ...]
    texts: dict[str, str]


class Snapshot(msgspec.Struct, frozen=True):
    """A folded incident at one head, as a cache (rules.md 10). `state` and `playbook` are the desk's own bytes."""

    incident: str
    seq: int
    hash: str
    fingerprint: str
    playbook_hash: str
    state: bytes
    playbook: bytes


class Watch(Protocol):
    """One seat's ear on the store, usable from a thread of its own. It notices changes from when it was made."""

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds; True as soon as anything was written since the last True, by anyone.

        At once False when closed. A true answer need not concern the incident one looks at: ask for its head.
        """

    def close(self) -> None:
        """End it; a `wait` in another thread returns."""


class Presence(Protocol):
    """That somebody is at an incident: seen by others for as long as they live."""

    def close(self) -> None:
        """Leave."""


class Store(Protocol):
    """The contract. Safe to share among threads. Every method may raise StoreUnreachable, which changed nothing."""

    @property
    def lasting(self) -> bool:
        """Whether it outlives the program: only then is it worth keeping what makes the next opening quick."""

    def append(
        self, incident: str, expected: Head, entries: Sequence[Sealed], forget: Collection[int] = ()
    ) -> Appended | Moved | Known:
        """Append all `entries` after `expected`, or none: durable when it returns Appended.

        An event id that is there already is found before the head is compared. In the same transaction the free texts
        of the entries in `forget` are deleted, leaving no trace in the store, and with them the incident's snapshot.

        Raises ChainBroken where the store's entry at `expected` is another one: the record was replaced.
        """

    def incidents(self) -> list[str]:
        """The ids of all incidents, sorted."""

    def heads(self) -> dict[str, Head]:
        """The head of every incident, in one read."""

    def head(self, incident: str) -> Head:
        """The incident's head; the default one where it has no entries."""

    def rows(self, incident: str, after_seq: int = 0, limit: int | None = None) -> Iterator[Row]:
        """Entries after `after_seq`, in sequence. Holds no lock between two of them."""

    def texts(self, incident: str, after_seq: int = 0) -> dict[str, str]:
        """The free texts, by digest, of the entries after `after_seq`; redacted ones are missing."""

    def seals(self, incident: str) -> Iterator[Seal]:
        """All free texts of an incident with what proves them, in sequence; for verifying."""

    def order(
        self, incident: str, by: Order = "happened", search: str = "", types: Collection[str] = (), actor: str = ""
    ) -> Sequence[int]:
        """The sequence numbers of the entries to list, in order of happening (rules.md 14) or of writing.

        `types` keeps only those event types, `actor` only what that person recorded. `search` keeps the entries that
        hold it in a recorded value, a free text, the actor's name or the type, whatever the case and width.
        """

    def page(self, incident: str, seqs: Sequence[int]) -> Page:
        """These entries, in the order asked for; unknown numbers are left out."""

    def put_blob(self, content: bytes) -> str:
        """Keep a content; its sha256 in hex."""

    def get_blob(self, sha256: str) -> bytes | None:
        """The content of that digest, if it is kept."""

    def scratch_put(self, incident: str, actor: str, place: str, text: str) -> None:
        """Keep an unfinished text; it survives the program's death, not necessarily the machine's."""

    def scratch_all(self, incident: str, actor: str) -> dict[str, str]:
        """The unfinished texts of a person in an incident, by place."""

    def scratch_drop(self, incident: str, actor: str, place: str) -> None:
        """Forget an unfinished text."""

    def snapshot(self, incident: str) -> Snapshot | None:
        """The snapshot kept of an incident."""

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, in one read."""

    def keep_snapshot(self, snapshot: Snapshot) -> bool:
        """Keep it if it is still of the head and nobody is writing; False, and nothing else, if not."""

    def backup(self, path: Path) -> None:
        """Write a copy of everything to `path`, safe while others write; the name appears once it is complete.

        Raises Refused where `path` exists.
        """

    def watch(self) -> Watch:
        """A new watch on this store."""

    def attend(self, incident: str) -> Presence:
        """Be present at an incident, until it is closed or the process dies. Several may be at once."""

    def attended(self, incident: str) -> bool:
        """Whether anybody who is alive is present at an incident."""

    def close(self) -> None:
        """Let go of the store; using it again opens it again."""


MEMORY = "memory:"
"""The place of a store that is gone with the program."""


def open_store(place: str, *, create: bool = True, lasting: bool = True) -> Store:
    """The store at `place`, a path; made if it is missing and `create` says so. At MEMORY a new one, in memory. One
    that is only to be looked at is opened without `lasting` (see `Store.lasting`).

    Raises StoreUnreachable where it cannot be had.
    """
    if place == MEMORY:
        from runbook.store.memory import MemoryStore

        return MemoryStore()
    if "://" in place:
        raise StoreUnreachable(
            say("A record at an address ({place}) is not supported yet.", place=place),
            say("Give the path of a file on this machine with --db."),
        )
    # Imported here: the contract itself costs no database.
    from runbook.store.sqlite import SqliteStore

    return SqliteStore(Path(place), create=create, lasting=lasting)
