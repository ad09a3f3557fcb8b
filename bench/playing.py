"""Drills that play by themselves: what one takes beside the bare cost of its record, and whether it is always the
same."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from bench.table import Row, against, beyond, middle
from runbook import chain
from runbook.cli.drill_auto import played, script_of
from runbook.codec import read_event, write_event
from runbook.content import Content
from runbook.desk import Desk
from runbook.drills.room import Room
from runbook.drills.scoring import Score
from runbook.events import Event, Prose, map_prose
from runbook.fold import evolve
from runbook.incident import Incident
from runbook.opening import open_content
from runbook.store import Appended, Head, Sealed
from runbook.store.memory import MemoryStore

SCENARIO, SCRIPT = "amagasaki-2022", "amagasaki-2022-as-it-was"
DRILLS = (100, 300, 1000)
_MOST = 3.0
_GROWTH = 1.1
_EVERY = 10
"""Drills between two measurements of the bare cost, and between two that are played again with their seed."""
_ALONE = 11


def played_often(home: Path, drills: Sequence[int] = DRILLS) -> Iterator[Row]:
    """So many drills with a seed each; processor time, for other work on the machine is none of theirs. They share one
    content, as those of `drill auto --times` do: what was made of it, and what it found in a text, serves the next."""
    content = open_content(home / "own").remembered()
    script = script_of(content, SCRIPT)
    desk, id = played(content, SCENARIO, script, 0)
    entries = desk.case(id).incident.seq
    takes: list[float] = []
    bare: list[float] = []
    same = True
    for seed in range(1, drills[-1] + 1):
        began = time.process_time()
        desk, id = played(content, SCENARIO, script, seed)
        score = Room(desk).score(id)
        takes.append(time.process_time() - began)
        if seed % _EVERY == 0:
            events = desk.events(id)
            began = time.process_time()
            _bare(id, events)
            bare.append(time.process_time() - began)
            same = same and _said(desk, id, score) == _again(content, seed)
    what = f"An Amagasaki drill played by itself and scored, {entries} entries: median of {drills[-1]:,}"
    yield against(what, middle(takes), _MOST, "its entries appended and folded", middle(bare))
    alone = middle([_alone(home, seed) for seed in range(_ALONE)])
    yield beyond("… alone, with the content read and every text checked", alone, "the same", middle(bare))
    few = sum(takes[: drills[0]]) / drills[0]
    for many in drills[1:]:
        each = sum(takes[:many]) / many
        yield against(f"… of {many:,} drills, each", each, _GROWTH, f"of {drills[0]}, each", few)
    alike = "identical" if same else "different"
    yield Row("… score and record of a seed that is played again", alike, "identical", met=same)


def _alone(home: Path, seed: int) -> float:
    began = time.process_time()
    content = open_content(home / "own").remembered()
    desk, id = played(content, SCENARIO, script_of(content, SCRIPT), seed)
    Room(desk).score(id)
    return time.process_time() - began


def _again(content: Content, seed: int) -> tuple[str, Score]:
    desk, id = played(content, SCENARIO, script_of(content, SCRIPT), seed)
    return _said(desk, id, Room(desk).score(id))


def _said(desk: Desk, id: str, score: Score) -> tuple[str, Score]:
    """The head of the record, which proves every byte of it, and the score."""
    return desk.case(id).incident.hash, score


def _bare(id: str, events: Sequence[Event]) -> Incident | None:
    """The floor: each entry written, sealed and appended to a store in memory, then read and folded. Nothing is drawn,
    decided or scored, and nobody asks what the incident is like in between."""
    store, head = MemoryStore(), Head()
    state: Incident | None = None
    for event in events:
        texts: dict[str, tuple[bytes, str]] = {}

        def seal(prose: Prose, texts: dict[str, tuple[bytes, str]] = texts) -> Prose:
            if prose.text is None:
                return prose
            digest = chain.seal_text(prose.text, bytes(16))
            texts[digest] = bytes(16), prose.text
            return Prose(digest, prose.text)

        whole = msgspec.structs.replace(event, data=map_prose(event.data, seal))
        outcome = store.append(id, head, [Sealed(event.event_id, write_event(whole), texts)])
        assert isinstance(outcome, Appended)
        [row] = store.rows(id, head.seq)
        held = {digest: text for digest, (_, text) in texts.items()}
        state, head = evolve(state, read_event(row.body, held), row.hash), outcome.head
    return state
