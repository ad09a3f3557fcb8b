"""A notice worded by hand, as its writer feels it: from the key to the letter, and to the preview beside it."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench.making import desk_at
from bench.screens import board_marks, seat
from bench.table import Row, against, beyond, middle, milliseconds, slowest
from bench.terminal import Seat

LETTERS = 240
"""Letters typed; every fourth is followed into the preview."""
ECHO, PREVIEW = 0.035, 0.25
"""The goals, in seconds."""

_HERE = Path(__file__).parent
_PAUSES = (0.0, 0.05, 0.12, 0.135, 0.15, 0.3)
"""Between two letters: some come just when the text is being looked at."""
_LINE = 16
_FIRST = 0x3400
"""Every letter is another one, and a rare one that stands nowhere else, so that one can see in a terminal's output
which were painted: whatever paints the whole screen paints again what stood there."""


def worded(folder: Path, incident: str, env: Mapping[str, str]) -> list[Row]:
    """Letters typed into the first notice, with its live preview beside it and the guardrails looking; in turns with
    letters typed into a bare text area that holds the same text."""
    text = desk_at(folder).studio().draft(incident, "first-notice", "ja").text
    page = folder / "notice.md"
    page.write_text(text, encoding="utf-8")
    bare, echoes, previews = [], [], []
    with Seat([sys.executable, str(_HERE / "area.py"), str(page)], env) as plain, seat(folder, incident, env) as writer:
        plain.painted(text.strip().splitlines()[-1][:4])
        _open(writer, folder, incident)
        for n, letter in enumerate(map(chr, range(_FIRST, _FIRST + LETTERS))):
            if n % _LINE == 0:
                _begin_line(plain, writer)
            bare.append(_echo(plain, letter))
            if n % 4 == 3:
                previews.append(_preview(writer, letter))
            else:
                echoes.append(_echo(writer, letter))
            time.sleep(_PAUSES[n % len(_PAUSES)])
    return [
        against(
            "A letter typed into a notice beside its live preview: 99th percentile",
            slowest(echoes),
            1.5,
            "bare text area",
            slowest(bare),
        ),
        beyond("… median", middle(echoes), "bare text area", middle(bare)),
        _under("… 99th percentile, in milliseconds", slowest(echoes), ECHO),
        _under("… until preview and findings have followed it: 99th percentile", slowest(previews), PREVIEW),
        Row("… median", milliseconds(middle(previews))),
    ]


def _begin_line(*seats: Seat) -> None:
    """Another item of a list, to type letters into."""
    for one in seats:
        one.send("\r- ")
    for one in seats:
        one.quiet(0.3)


def _echo(writer: Seat, letter: str) -> float:
    return writer.press(letter, lambda painted: letter in painted)[0]


def _preview(writer: Seat, letter: str) -> float:
    shown = re.compile(rf"-  [^ ]*{letter}")  # the preview sets lists off by one blank more
    return writer.press(letter, lambda painted: bool(shown.search(painted)))[0]


def _open(writer: Seat, folder: Path, incident: str) -> None:
    """The first notice, with the cursor at the end of its text."""
    writer.painted(*board_marks(desk_at(folder), incident))
    writer.quiet(0.3)
    for key, mark in (("d", "第1報"), ("\r", "DRAFT"), ("e", "^s")):
        writer.send(key)
        writer.painted(mark)
        writer.quiet(0.3)
    writer.send("\x1b[1;5F")  # ctrl+end
    writer.quiet(0.3)


def _under(what: str, measured: float, most: float) -> Row:
    return Row(what, milliseconds(measured), f"at most {milliseconds(most)}", met=measured <= most)
