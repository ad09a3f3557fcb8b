"""A notice worded by hand, as its writer feels it: from the key to the letter, and to the preview beside it."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from bench.making import desk_at
from bench.screens import board_marks, seat
from bench.table import Row, middle, milliseconds, slowest
from bench.terminal import Seat

LETTERS = 240
"""Letters typed; every fourth is followed into the preview."""
ECHO, PREVIEW = 0.035, 0.25
"""The goals, in seconds."""

_HERE = Path(__file__).parent
_PAUSES = (0.0, 0.05, 0.12, 0.135, 0.15, 0.3)
"""Between two letters: some come just when the text is being looked at."""
_LINE = 16
_FIRST = 0x4E00
"""Every letter is another one, so that one can see in a terminal's output which were painted."""


def worded(folder: Path, incident: str, env: Mapping[str, str]) -> list[Row]:
    """Letters typed into the first notice, with its live preview beside it and the guardrails looking; beside letters
    typed into a bare text area that holds the same text."""
    text = desk_at(folder).studio().draft(incident, "first-notice", "ja").text
    page = folder / "notice.md"
    page.write_text(text, encoding="utf-8")
    with Seat([sys.executable, str(_HERE / "area.py"), str(page)], env) as plain:
        plain.painted(text.strip().splitlines()[-1][:4])
        plain.quiet(0.3)
        bare = [_echo(plain, letter) for letter in _typed(plain)]
    echoes, previews = [], []
    with seat(folder, incident, env) as writer:
        _open(writer, folder, incident)
        for n, letter in enumerate(_typed(writer)):
            if n % 4 == 3:
                previews.append(_preview(writer, letter))
            else:
                echoes.append(_echo(writer, letter))
    base = f"bare text area {milliseconds(slowest(bare))}, median {milliseconds(middle(bare))}"
    return [
        _under("A letter typed into a notice beside its live preview: 99th percentile", slowest(echoes), ECHO, base),
        Row("… median", milliseconds(middle(echoes))),
        _under("… until preview and findings have followed it: 99th percentile", slowest(previews), PREVIEW),
        Row("… median", milliseconds(middle(previews))),
    ]


def _typed(writer: Seat) -> Iterator[str]:
    """Letters to type, a line of a list for every few of them, at the pace of someone who writes."""
    for n, letter in enumerate(islice(map(chr, range(_FIRST, 0x9FFF)), LETTERS)):
        if n % _LINE == 0:
            writer.send("\r- ")
            writer.quiet(0.3)
        yield letter
        time.sleep(_PAUSES[n % len(_PAUSES)])


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


def _under(what: str, measured: float, most: float, baseline: str = "") -> Row:
    return Row(what, milliseconds(measured), f"at most {milliseconds(most)}", baseline, met=measured <= most)
