"""Free texts, kept apart from the entries they belong to (rules.md 2): sealed as they are written, looked through
later."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from runbook import chain
from runbook import events as e
from runbook.codec import read_event, write_event
from runbook.events import Event, Prose, map_prose, prose_of
from runbook.saying import joined
from runbook.speech import Message, say
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


class Echoes(NamedTuple):
    """Where else the words of an entry stand: in `texts` that can be removed too, and in what cannot be, the `names`,
    sources and titles that are part of the chain."""

    texts: list[int]
    names: list[int]

    def said(self) -> Message | None:
        """What whoever removes the words must be told of it."""
        texts, names = (joined([f"#{seq}" for seq in seqs]) for seqs in self)
        there = say("The same words still stand in {entries}. Redact them there too.", entries=texts)
        stay = say("The same words stay in {entries}, in a name, a source or a title.", entries=names)
        if self.texts and self.names:
            return say("{hint}\n{also}", hint=there, also=stay)
        return there if self.texts else stay if self.names else None


def echoes(store: Store, incident: str, seq: int) -> Echoes:
    """Where the words of this entry stand besides: a receipt stands in the filing and in the fact, a fact in a
    notice, a name in a note and as a source."""
    seals = [seal for seal in store.seals(incident) if seal.text.strip()]
    words = [seal.text for seal in seals if seal.seq == seq]
    texts = sorted({one.seq for one in seals if one.seq != seq and any(text in one.text for text in words)})
    if not words:
        return Echoes(texts, [])
    rows = ((row.seq, _strings(msgspec.json.decode(row.body)["data"])) for row in store.rows(incident))
    return Echoes(texts, [at for at, held in rows if any(text in one for one in held for text in words)])


def _strings(value: object) -> list[str]:
    """The words in an entry's own body; a digest has none."""
    match value:
        case str():
            return [] if re.fullmatch("[0-9a-f]{64}", value) else [value]
        case list():
            return [one for part in value for one in _strings(part)]
        case dict():
            return [one for part in value.values() for one in _strings(part)]
    return []
