"""Free texts, kept apart from the entries they belong to (rules.md 2): sealed as they are written, looked through
later."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from runbook import chain
from runbook import events as e
from runbook.codec import read_event, write_event
from runbook.events import Event, Prose, map_prose, prose_of
from runbook.store import Sealed, Store

_SALT = 16
"""Bytes."""


def sealed(event: Event, entropy: Callable[[int], bytes]) -> tuple[Sealed, Event]:
    """The event's bytes with its free texts apart, and the event with its texts' digests."""
    texts: dict[str, tuple[bytes, str]] = {}

    def seal(prose: Prose) -> Prose:
        if prose.text is None or prose.digest:
            return prose
        salt = entropy(_SALT)
        digest = chain.seal_text(prose.text, salt)
        texts[digest] = (salt, prose.text)
        return Prose(digest, prose.text)

    whole = msgspec.structs.replace(event, data=map_prose(event.data, seal))
    return Sealed(event.event_id, write_event(whole), texts), whole


def first_false(store: Store, incident: str) -> int | None:
    """The first entry with a free text that is not the one it sealed, or that is gone without a redaction."""
    if (false := chain.first_false_seal(store.seals(incident))) is not None:
        return false
    kept = {seal.digest for seal in store.seals(incident)}
    gone: dict[str, int] = {}
    for row in store.rows(incident):
        data = read_event(row.body, {}).data
        gone |= {prose.digest: row.seq for prose in prose_of(data) if prose.digest not in kept}
        if isinstance(data, e.EntryRedacted):
            gone = {digest: seq for digest, seq in gone.items() if digest not in data.digests}
    return min(gone.values(), default=None)


def echoes(store: Store, incident: str, seq: int) -> list[int]:
    """The other entries that hold the words of this one: a receipt stands in the filing and in the fact, a fact in a
    notice."""
    seals = [seal for seal in store.seals(incident) if seal.text.strip()]
    words = [seal.text for seal in seals if seal.seq == seq]
    return sorted({one.seq for one in seals if one.seq != seq and any(text in one.text for text in words)})
