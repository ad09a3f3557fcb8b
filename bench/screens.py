"""The program as its user meets it: starting, walking the record, hearing other seats. All in real terminals."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bench.making import MARK, desk_at, note
from bench.peers import Peer
from bench.table import Row, against, beyond, mebibytes, middle, milliseconds, slowest
from bench.terminal import NotPainted, Seat
from runbook.desk import Desk

STARTS = 11
KEYS = 600
ACTS = 100
UNWANTED = ("textual", "duckdb", "sqlite_utils", "jinja2")
"""What a short command must not import."""

_HERE = Path(__file__).parent
_RUNBOOK = str(Path(sys.executable).with_name("runbook"))
_UP, _DOWN, _PAGE_UP, _PAGE_DOWN, _END = "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "\x1b[F"
_WALK = [*[_PAGE_UP] * 3, *[_UP] * 6, *[_PAGE_UP] * 3, *[_DOWN] * 4, _PAGE_DOWN]
"""Some 150 entries towards the beginning."""
_CURSOR = re.compile(r"❯[ +]*#(\d+) +\d\d-\d\d")
_EMPTY = re.compile(r"#(\d+) \.\.")
_FULL = re.compile(r"#(\d+) +\d\d-\d\d")
"""Rows of the record: the one under the cursor, one whose entry is still being read, one that says its entry."""


def environment(home: Path) -> dict[str, str]:
    """A stranger's: nothing of the developer's settings reaches what is measured."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "RUNBOOK_LANG": "ja",
        "RUNBOOK_ACTOR": "bench",
    }


def seat(folder: Path, incident: str, env: Mapping[str, str]) -> Seat:
    """The screens, on the incident's board."""
    return Seat([sys.executable, str(_HERE / "seat.py"), str(folder / "runbook.db"), incident], env)


def board_marks(desk: Desk, incident: str) -> tuple[str, ...]:
    """Words that stand on the whole board: the title, and why and how of the step it opens on (see `making`)."""
    case = desk.case(incident)
    step = next(iter(case.playbook.steps.values()))
    return case.incident.title, step.title.ja, step.why.ja[:12], step.lines[0].ja[:12]


def started(folder: Path, incident: str, peers: Sequence[Peer], env: Mapping[str, str]) -> list[Row]:
    """First paints and a short command, in turns: each round runs all of them once."""
    marks = board_marks(desk_at(folder), incident)
    status = [_RUNBOOK, "--db", str(folder / "runbook.db"), "status", incident]
    ours = [sys.executable, str(_HERE / "seat.py"), str(folder / "runbook.db"), incident]
    runs: dict[str, Callable[[], float]] = {
        "minimal": partial(_first_paint, [sys.executable, str(_HERE / "minimal.py")], ("minimal",), env),
        "board": partial(_first_paint, ours, marks, env),
        "home": partial(_first_paint, [_RUNBOOK, "--db", str(folder / "runbook.db")], (marks[0],), env),
        "pass": partial(_ran, [sys.executable, "-c", "pass"], env),
        "status": partial(_ran, status, env),
    }
    for peer in peers:
        first = partial(_first_paint, peer.command, peer.marks, env)
        if _works(first):
            runs[peer.name] = first
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(1 + STARTS):
        for name, run in runs.items():
            times[name].append(run())
    # Without the first round, which warmed the caches.
    took = {name: middle(samples[1:]) for name, samples in times.items()}
    rows = [
        against(
            "First paint of an incident with 10,000 entries", took["board"], 1.4, "minimal Textual app", took["minimal"]
        )
    ]
    for peer in peers:
        what = f"… beside {peer.name}"
        if peer.name in took:
            rows.append(against(what, took["board"], 0.4, f"{peer.name} {peer.version}", took[peer.name]))
        else:
            rows.append(Row(what, milliseconds(took["board"]), "at most 0.4 x", f"{peer.name} could not be had"))
    rows += [
        against("runbook status of 10,000 entries", took["status"], 8, "python -c pass", took["pass"]),
        beyond(
            "First paint of the list of incidents, by the command", took["home"], "minimal Textual app", took["minimal"]
        ),
    ]
    return rows


def imported(env: Mapping[str, str]) -> Row:
    """What `runbook --version` imports of what it should not."""
    run = [sys.executable, "-X", "importtime", "-m", "runbook", "--version"]
    said = subprocess.run(run, env=dict(env), check=True, capture_output=True, text=True).stderr
    modules = {name.partition(".")[0] for name in re.findall(r"^import time:.*\| +(\S+)$", said, re.MULTILINE)}
    found = sorted(modules.intersection(UNWANTED))
    what = "runbook --version imports no Textual, DuckDB, sqlite_utils, Jinja2"
    return Row(what, ", ".join(found) or "none of them", "none", met=not found)


def walked(places: Mapping[int, tuple[Path, str]], env: Mapping[str, str]) -> list[Row]:
    """Keys in the record of a short and of a long incident, one key here, one key there."""
    (short, small_at), (long, large_at) = sorted(places.items())
    with seat(*small_at, env) as small, seat(*large_at, env) as large:
        walks = {short: _Walk(small, small_at), long: _Walk(large, large_at)}
        for n in range(KEYS):
            if n % (6 * len(_WALK)) == 0 and n:
                walks[short].back()  # the short record ends here; the long one goes on
            for walk in walks.values():
                walk.step(_WALK[n % len(_WALK)])
        memory = {entries: walk.seat.memory() for entries, walk in walks.items()}
    p99 = {entries: slowest(walk.times) for entries, walk in walks.items()}
    p50 = {entries: middle(walk.times) for entries, walk in walks.items()}
    what, beside = f"Key to paint in a record of {long:,} entries", f"{short:,} entries"
    return [
        against(f"{what}: 99th percentile", p99[long], 1.5, beside, p99[short]),
        beyond("… median", p50[long], beside, p50[short]),
        beyond("That record opened from its board", walks[long].opening, beside, walks[short].opening),
        Row(
            "Memory of a seat after that walk", mebibytes(memory[long]), baseline=f"{beside} {mebibytes(memory[short])}"
        ),
    ]


class _Walk:
    """A seat in the record of its incident, and how long each of its keys took."""

    def __init__(self, seat: Seat, place: tuple[Path, str]) -> None:
        self.seat = seat
        self.times: list[float] = []
        self._here = ""
        seat.painted(*board_marks(desk_at(place[0]), place[1]))
        seat.quiet()
        self.opening, painted = seat.press("l", self._there)
        self._here = _CURSOR.findall(painted)[-1]
        seat.quiet()

    def step(self, key: str) -> None:
        took, painted = self.seat.press(key, self._there)
        self.times.append(took)
        self._here = _CURSOR.findall(painted)[-1]

    def back(self) -> None:
        """To the end again, without counting it."""
        self.step(_END)
        self.times.pop()

    def _there(self, painted: str) -> bool:
        """Whether the cursor stands on another entry, and every row that was painted says its entry."""
        found = _CURSOR.findall(painted)
        return bool(found) and found[-1] != self._here and set(_EMPTY.findall(painted)) <= set(_FULL.findall(painted))


def heard(desk: Desk, folder: Path, incident: str, env: Mapping[str, str]) -> list[Row]:
    """A note recorded at one seat until it stands in the top line of another seat's board, from before it is
    written."""
    times = []
    with seat(folder, incident, env) as other:
        other.painted(*board_marks(desk, incident))
        other.quiet(1.0)
        for n in range(ACTS):
            began = time.perf_counter()
            done = desk.do(incident, note(f"{n}{MARK}"))
            times.append(other.painted(f"#{done.case.incident.seq}") - began)
            other.quiet(0.1)
    return [
        Row("A note recorded here, painted on another seat's board: median", milliseconds(middle(times))),
        Row("… 99th percentile", milliseconds(slowest(times))),
    ]


def _first_paint(command: Sequence[str], marks: Sequence[str], env: Mapping[str, str]) -> float:
    with Seat(command, env) as program:
        return program.painted(*marks) - program.began


def _works(first: Callable[[], float]) -> bool:
    """Whether another program can be had here: installed, and painting what it should."""
    try:
        first()
    except (NotPainted, OSError):
        return False
    return True


def _ran(command: Sequence[str], env: Mapping[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=dict(env), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began
