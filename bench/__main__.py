"""`make bench`: measure everything, print the table, write it to RESULTS.md beside this file."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from bench import drafting, formats, playing, recording, screens
from bench.making import desk_at, make
from bench.peers import prepared
from bench.table import Row, markdown, plain

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_SCRATCH = _ROOT / "build" / "bench"
"""On the disk the repository is on: a temporary folder may be in memory, where nothing is durable."""

_HOW_TO_READ = """\
# What it takes

Written by `make bench`; run it again to see today's numbers on your machine. It takes five minutes.

- **Only ratios mean anything elsewhere.** A goal is always "at most so many times the baseline", and the baseline was
  measured in the same run, in turns with what it is compared with. Milliseconds are this machine's.
- Every program ran in a terminal of its own (a pty, 120 x 36), as its user would see it. *First paint* is the time from
  starting the process to the end of the first frame that holds all it should: for an incident the title, the step to
  work on, why and how; it is opened straight on its board (`seat.py`), without a command line to read. For other
  programs it is their first whole frame, even one that still says it is loading. Median of {starts} starts each.
- *Key to paint* is the time from the key's bytes to the end of the frame by which the cursor stands on another entry and
  no row is left that waits for its entry. {keys} keys (arrows, pages) go to a record of 1,000 entries and to one of
  100,000 in turns; the long one is walked on into what was never on the screen.
- *A letter typed* is timed from its key to the end of the frame that shows it, in turns with a bare Textual text area that
  holds the same text. {letters} letters; their milliseconds were a goal too, which a busy machine misses with the bare one.
- *Durable* means that the disk was told to keep it (`fdatasync`), as for its baseline: 4 KiB appended to a file.
  {acts} of each, in turns.
- *As docx* and the like: a notice of three pages, marked as a drill's draft, beside the library's own call on the same
  words without our styles, marks and checks.
- *Played by itself*: a recorded team's script on a record in memory, every decision taken and every text checked as at
  a desk; beside it, the same entries written, sealed, appended and folded with nothing decided. Processor time. What is
  made of the content alone (scenario, playbook, templates) is made once for all of them, and a text that was checked in
  the same state before, by any of them, is not checked again. For one that is played *alone* all of it is done.
- Medians unless it says otherwise. "missed" is a goal that was not met in this run; nothing is left out.
"""


def main() -> int:
    shutil.rmtree(_SCRATCH, ignore_errors=True)
    home = _SCRATCH / "home"
    home.mkdir(parents=True)
    env = screens.environment(home)
    peers = list(prepared(_ROOT / ".bench-venv"))
    print("Making records …", file=sys.stderr)
    made = {
        entries: (_SCRATCH / str(entries), make(_SCRATCH / str(entries), entries))
        for entries in (1000, 10_000, 100_000)
    }
    few, _, many = made.values()
    rows: list[Row] = []
    print("Starting programs …", file=sys.stderr)
    rows += screens.started(*made[10_000], peers, env)
    rows.append(screens.imported(env))
    print("Walking records …", file=sys.stderr)
    rows += screens.walked({1000: few, 100_000: many}, env)
    print("Wording a notice …", file=sys.stderr)
    rows += drafting.worded(*few, env)
    print("Recording …", file=sys.stderr)
    place, incident = made[10_000]
    desk = desk_at(place)
    rows += recording.appended(desk, incident, place / "runbook.db")
    rows += screens.heard(desk, place, incident, env)
    desk.close()
    rows += recording.read_through(desk_at(many[0]), many[1], many[0] / "runbook.db")
    rows += recording.guarded(home)
    print("Writing documents …", file=sys.stderr)
    rows += formats.written()
    print("Playing drills …", file=sys.stderr)
    rows += playing.played_often(home)
    print(*plain(rows), sep="\n")
    how = _HOW_TO_READ.format(starts=screens.STARTS, keys=screens.KEYS, letters=drafting.LETTERS, acts=recording.ACTS)
    page = [how, *markdown(rows), "", *_circumstances()]
    (_HERE / "RESULTS.md").write_text("\n".join(page) + "\n", encoding="utf-8")
    shutil.rmtree(_SCRATCH, ignore_errors=True)
    return 0


def _circumstances() -> list[str]:
    """The machine and the versions it was measured with."""
    packages = ("textual", "msgspec", "sqlite-utils", "jinja2", "click", "markdown-it-py", "pypandoc_binary", "typst")
    return [
        f"Measured {datetime.now().astimezone():%Y-%m-%d %H:%M %Z}, {_commit()}.",
        "",
        f"- {_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; {_file_system()}",
        f"- Load when it ended (other work on the same machine): {os.getloadavg()[0]:.1f}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        + ", ".join(f"{name} {version(name)}" for name in packages),
    ]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _file_system() -> str:
    try:
        lines = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "file system unknown"
    mounts = [(line[1], line[2]) for line in lines if _SCRATCH.is_relative_to(line[1])]
    return max(mounts, key=lambda mount: len(mount[0]))[1]


def _commit() -> str:
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=_ROOT, check=False, capture_output=True, text=True
    ).stdout
    return f"commit {said.strip()}" if said.strip() else "not in a repository"


sys.exit(main())
