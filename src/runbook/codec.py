"""The exact JSON form of the record's lines.

The envelope is fixed (rules.md 1): `{v, incident, seq, event_id, type, occurred_at, precision, recorded_at, wall_at,
actor, seat, data}`. Free text never enters a body: a `Prose` is written there as its digest only, and its text is kept
beside the record so that it can be redacted without breaking the chain (rules.md 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

import msgspec

from runbook.errors import BadContent
from runbook.events import DATA, Data, Event, Prose, map_prose
from runbook.moment import Precision
from runbook.speech import say

VERSION = 1


class _Envelope(msgspec.Struct):
    v: int
    incident: str
    seq: int
    event_id: str
    type: str
    occurred_at: datetime | None
    precision: Precision
    recorded_at: datetime
    wall_at: datetime
    actor: str
    seat: str
    data: msgspec.Raw


_ENCODER = msgspec.json.Encoder(order="deterministic")
_ENVELOPE = msgspec.json.Decoder(_Envelope)


@cache
def _decoder(type: str) -> msgspec.json.Decoder[Data]:
    """Made when the first entry of its type is read: all of them together would delay every start."""
    return msgspec.json.Decoder(DATA[type])


def write_event(event: Event) -> bytes:
    """The exact bytes that are hashed and stored. The event is sealed first: no free text enters them."""
    data = map_prose(event.data, lambda prose: Prose(prose.digest))
    return _ENCODER.encode(
        _Envelope(
            VERSION,
            event.incident,
            event.seq,
            event.event_id,
            event.type,
            event.occurred_at,
            event.precision,
            event.recorded_at,
            event.wall_at,
            event.actor,
            event.seat,
            msgspec.Raw(_ENCODER.encode(data)),
        )
    )


def read_event(body: bytes | str, texts: Mapping[str, str]) -> Event:
    """The event of a stored body, with those of its free texts that are still there.

    Raises BadContent for a body this version does not know: written by a newer one, or not by the runbook at all.
    """
    try:
        envelope = _ENVELOPE.decode(body)
        if envelope.v > VERSION or envelope.type not in DATA:
            raise BadContent(
                say("Entry {seq} was written by a newer version of this program.", seq=envelope.seq),
                say("Install the newer version on this machine."),
            )
        data = _decoder(envelope.type).decode(envelope.data)
    except msgspec.DecodeError as broken:
        raise BadContent(
            say("An entry of the record cannot be read: {why}", why=str(broken)),
            say("Run “runbook verify” to find out where the record was altered."),
        ) from broken
    if texts:
        data = map_prose(data, lambda prose: Prose(prose.digest, texts.get(prose.digest)))
    return Event(
        envelope.incident,
        envelope.seq,
        envelope.event_id,
        envelope.occurred_at,
        envelope.precision,
        envelope.recorded_at,
        envelope.wall_at,
        envelope.actor,
        envelope.seat,
        data,
    )
