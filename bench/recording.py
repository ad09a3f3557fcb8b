"""The desk and the record without a screen: appending, folding, verifying, and the guardrails over a long text."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bench.making import note
from bench.table import Row, against, beyond, middle, milliseconds, slowest
from runbook import chain
from runbook import events as e
from runbook.codec import read_event, write_event
from runbook.content import Content
from runbook.desk import Desk
from runbook.events import Event, Prose
from runbook.fold import replay
from runbook.guardrails import State, findings, read_rules
from runbook.store import Head, Sealed, open_store

ACTS = 400
_GUARDED = 0.020
"""Seconds that 10,000 letters may take, so that findings keep up with typing."""
_BLOCK = b"\0" * 4096


def appended(desk: Desk, incident: str, place: Path) -> list[Row]:
    """What recording one entry costs beside the least that anything durable costs on this disk."""
    store = open_store(str(place), create=False)
    file = os.open(place.with_name("floor"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sync = partial(_synced, file)

    def entry(n: int) -> Callable[[], object]:
        head = store.head(incident)
        return partial(store.append, incident, head, [_sealed(incident, head, n)])

    def act(n: int) -> Callable[[], object]:
        return partial(desk.do, incident, note(f"{n} {_TEXT}"))

    try:
        appends, beside_appends = _in_turns(entry, sync)
        acts, beside_acts = _in_turns(act, sync)
    finally:
        os.close(file)
        store.close()
    floor = "fdatasync 4 KiB"
    return [
        against("An entry appended by the store, durable: median", middle(appends), 1.5, floor, middle(beside_appends)),
        beyond("… 99th percentile", slowest(appends), floor, slowest(beside_appends)),
        beyond("A note recorded through the desk: median", middle(acts), floor, middle(beside_acts)),
    ]


def _in_turns(
    work: Callable[[int], Callable[[], object]], sync: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Times of some work and of the baseline. Which of the two comes first changes: a disk just asked is another
    disk."""
    ours: list[float] = []
    floor: list[float] = []
    for n in range(ACTS):
        turns = [(work(n), ours), (sync, floor)]
        for one, times in turns if n % 2 else reversed(turns):
            times.append(_timed(one))
    return ours, floor


def read_through(desk: Desk, incident: str, place: Path) -> list[Row]:
    """What the whole record costs to read, where no snapshot saves it."""
    store = open_store(str(place), create=False)
    entries = store.head(incident).seq
    texts = store.texts(incident)
    folded = _timed(lambda: replay((read_event(row.body, texts), row.hash) for row in store.rows(incident)))
    walked = _timed(lambda: chain.verify(store.rows(incident), None, incident))
    verified = _timed(lambda: desk.verify(incident))
    ordered = _timed(lambda: desk.order(incident))
    found = _timed(lambda: desk.order(incident, search="委託先"))
    store.close()
    return [
        Row(f"Folding {entries:,} entries", f"{entries / folded:,.0f} entries/s"),
        Row(f"Walking the chain of {entries:,} entries", f"{entries / walked:,.0f} entries/s"),
        Row("runbook verify, with every text and the snapshot", f"{entries / verified:,.0f} entries/s"),
        Row(f"The order of happening of {entries:,} entries", milliseconds(ordered)),
        Row(f"A search through {entries:,} entries", milliseconds(found)),
    ]


def guarded(folder: Path) -> list[Row]:
    """The guardrails over what this playbook says of passwords, notices and press conferences: 10,000 letters, which
    may take 20 ms, and a hundred times as many.
    """
    content = Content(folder)
    rules = read_rules(content.tree("playbooks/guardrails.yaml"))
    playbook = content.playbook("lost-media")
    said = [warning.text.ja for warning in playbook.warnings.values()] + [
        step.why.ja for step in playbook.steps.values()
    ]
    whole = "\n".join(said)
    text, long = ((whole * (size // len(whole) + 1))[:size] for size in (10_000, 1_000_000))
    short = middle([_timed(lambda: findings(text, rules, State())) for _ in range(15)])
    whole_time = middle([_timed(lambda: findings(long, rules, State())) for _ in range(3)])
    return [
        Row(
            "The guardrails over 10,000 letters: median",
            milliseconds(short),
            f"at most {milliseconds(_GUARDED)}",
            met=short <= _GUARDED,
        ),
        against("… over 1,000,000 letters, for 10,000 of them", whole_time / 100, 1.3, "10,000 letters", short),
    ]


def _sealed(incident: str, head: Head, n: int) -> Sealed:
    now = datetime.now(UTC)
    text, salt = f"{n} {_TEXT}", os.urandom(16)
    digest = chain.seal_text(text, salt)
    data = e.NoteWritten(Prose(digest, text))
    event = Event(incident, head.seq + 1, f"{os.urandom(16).hex()}:1", now, "exact", now, now, "bench", "bench", data)
    return Sealed(event.event_id, write_event(event), {digest: (salt, text)})


_TEXT = "委託先の担当者に電話で確認した。持ち出しの許可は記録に残っていない。"


def _synced(file: int) -> None:
    os.write(file, _BLOCK)
    getattr(os, "fdatasync", os.fsync)(file)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
