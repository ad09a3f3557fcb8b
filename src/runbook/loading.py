"""From the record to a case: the snapshot, and what was recorded since, folded on top.

A snapshot is a cache and nothing else (rules.md 10): one of another version of the fold is thrown away, and losing it
loses nothing. Opening an incident from one reads neither YAML nor the whole record.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from runbook import __version__, chain, fold
from runbook.case import Case
from runbook.clock import Clock
from runbook.codec import read_event
from runbook.errors import BadContent, ChainBroken, Refused
from runbook.events import IncidentOpened
from runbook.incident import Incident
from runbook.playbook import Playbook
from runbook.speech import say
from runbook.store import Snapshot, Store

if TYPE_CHECKING:
    from runbook.content import Content

_KEEP_AFTER = 50
"""Entries folded on top of a snapshot before a new one is kept."""


class _Loaded(msgspec.Struct, frozen=True):
    incident: Incident
    playbook: Playbook
    kept: int
    """The entry the stored snapshot stands at; 0 where there is none."""


class Loader:
    """Cases by incident id, each read as far as the record goes. Safe to call from several threads."""

    def __init__(self, store: Store, clock: Clock, content: Callable[[], Content]) -> None:
        self._store = store
        self._clock = clock
        self._content = content
        self._loaded: dict[str, _Loaded] = {}
        self._last: Case | None = None
        self._lock = threading.RLock()

    def case(self, id: str) -> Case:
        """The incident as it stands in the record now, at its own clock.

        Raises Refused where there is no such incident, ChainBroken where the record does not continue what was read.
        """
        with self._lock:
            loaded = self._follow(id)
            now = loaded.incident.present(self._clock())
            last = self._last
            if last is None or last.incident is not loaded.incident or last.now != now:
                last = Case(loaded.incident, loaded.playbook, now.astimezone(ZoneInfo(loaded.incident.zone)))
                self._last = last  # asked for again before anything changed, what was worked out of it serves again
            return last

    def opened(self, id: str, compiled: Playbook) -> Case:
        """The case of an incident opened just now, without compiling its playbook again."""
        with self._lock:
            self._loaded[id] = self._kept(self._fold(None, id, compiled=compiled))
        return self.case(id)

    def keep(self, id: str = "") -> None:
        """Keep snapshots of what was read (or of one incident), so that the next opening is quick."""
        with self._lock:
            for known, loaded in list(self._loaded.items()):
                if id in ("", known) and loaded.kept < loaded.incident.seq:
                    self._loaded[known] = self._kept(loaded)

    def agrees(self, id: str) -> bool:
        """Whether the snapshot says what a fresh fold says; one that does not is replaced."""
        snapshot = self._store.snapshot(id)
        if snapshot is None or snapshot.fingerprint != _fingerprint():
            return True
        with self._lock:
            fresh = self._fold(None, id, upto=snapshot.seq)
            if msgspec.msgpack.encode(fresh.incident) == snapshot.state:
                return True
            self._loaded[id] = self._kept(self._fold(fresh, id))
            return False

    def _follow(self, id: str) -> _Loaded:
        """The incident with everything folded that was recorded since it was last looked at."""
        loaded = self._loaded.get(id) or self._from_snapshot(id)
        head = self._store.head(id)
        if loaded is None:
            loaded = self._fold(None, id)
        elif head.seq > loaded.incident.seq:
            loaded = self._fold(loaded, id)
        elif head.hash != loaded.incident.hash:
            raise ChainBroken(
                say("The record of {id} was replaced or cut while it was open.", id=id),
                say("Close the program and run “runbook verify {id}” with a head code written down earlier.", id=id),
            )
        if loaded.kept == 0 or loaded.incident.seq - loaded.kept >= _KEEP_AFTER:
            loaded = self._kept(loaded)
        self._loaded[id] = loaded
        return loaded

    def _fold(
        self, start: _Loaded | None, id: str, upto: int | None = None, compiled: Playbook | None = None
    ) -> _Loaded:
        """What is recorded after `start`, folded on top of it. `compiled` is the playbook it goes by, where that is
        known."""
        state = start.incident if start else None
        after, previous = (state.seq, state.hash) if state else (0, chain.GENESIS)
        texts = self._store.texts(id, after)
        for row in self._store.rows(id, after, upto):
            if row.prev_hash != previous:
                raise ChainBroken(
                    say("Entry {seq} of {id} does not follow the one before it.", seq=row.seq, id=id),
                    say("Run “runbook verify {id}” to see where the record was altered.", id=id),
                )
            event = read_event(row.body, texts)
            if state is None and not isinstance(event.data, IncidentOpened):
                raise ChainBroken(say("The record of {id} does not begin with its opening.", id=id))
            state, previous = fold.evolve(state, event, row.hash), row.hash
        if state is None:
            raise _no_such(id)
        if compiled is None and start is not None and start.incident.pins == state.pins:
            compiled = start.playbook
        compiled = compiled or self._pinned(state)
        return _Loaded(state, compiled, start.kept if start else 0)

    def _from_snapshot(self, id: str) -> _Loaded | None:
        snapshot = self._store.snapshot(id)
        if snapshot is None or snapshot.fingerprint != _fingerprint():
            return None
        try:
            state = msgspec.msgpack.decode(snapshot.state, type=Incident)
            compiled = msgspec.msgpack.decode(snapshot.playbook, type=Playbook)
        except msgspec.DecodeError:
            return None
        if compiled.scenario is not None:
            compiled = msgspec.structs.replace(compiled, scenario=compiled.scenario.zoned())
        return _Loaded(state, compiled, snapshot.seq)

    def _pinned(self, incident: Incident) -> Playbook:
        """The playbook of the edition an incident goes by (rules.md 12)."""
        texts = {part: self._store.get_blob(digest) for part, digest in incident.pins.items()}
        held = {part: text.decode() for part, text in texts.items() if text is not None}
        if "playbook" not in held or "facts" not in held:
            raise BadContent(
                say("The playbook this incident was opened with is missing from the record."),
                say("Restore the file from a backup."),
            )
        return self._content().kept(held, incident.playbook)

    def _kept(self, loaded: _Loaded) -> _Loaded:
        if not self._store.lasting:
            return loaded
        try:
            state = msgspec.msgpack.encode(loaded.incident)
        except OverflowError:  # a number of over 19 digits, recorded before such were refused: folded anew each time
            return loaded
        snapshot = Snapshot(
            loaded.incident.id,
            loaded.incident.seq,
            loaded.incident.hash,
            _fingerprint(),
            loaded.incident.pins.get("playbook", ""),
            state,
            msgspec.msgpack.encode(loaded.playbook),
        )
        if not self._store.keep_snapshot(snapshot):
            return loaded
        return msgspec.structs.replace(loaded, kept=loaded.incident.seq)


def _no_such(id: str) -> Refused:
    return Refused(say("There is no incident “{id}”.", id=id), say("“runbook list” shows them all."))


@cache
def _fingerprint() -> str:
    """Of the code whose change makes a folded incident or its compiled playbook stale (rules.md 10): the version, and
    each file of what they consist of, of what folds, and of what compiles content."""
    here = Path(__file__).parent
    return "\n".join((__version__, *_files(here), *_files(here / "content")))


def _files(folder: Path) -> list[str]:
    """Name, size and time of each module in a folder: to open them all would be felt in every command."""
    with os.scandir(folder) as files:
        found = [(file.name, file.stat()) for file in files if file.name.endswith(".py")]
    return sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in found)
