"""Pictures of the screen, for the README: Textual's SVG, put right for Japanese and for reading offline.

Rich measures a run of text by its letters and not by its cells, which squeezes Japanese to half its width, and asks a
server on the network for its font. Here every letter stands at its own cell, in fonts of the reader's own machine.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from textual.app import App

_FONTS = "Menlo,Consolas,'DejaVu Sans Mono','Noto Sans Mono CJK JP','BIZ UDGothic','MS Gothic','Osaka-Mono',monospace"
_RUN = re.compile(r'(<text [^>]*?)x="([\d.]+)"([^>]*?) textLength="([\d.]+)"([^>]*>)([^<]*)(</text>)')
_REMOVED = re.compile(r"@font-face \{.*?\}|font-variant-east-asian: full-width;", re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;]+;")
_CELL = 12.2
"""Pixels: what Rich takes a cell to be wide."""


def export_svg(app: App[None], title: str = "runbook") -> str:
    """The screen as it stands, as an SVG that needs nothing from elsewhere."""
    svg = app.export_screenshot(title=title)
    return _FAMILY.sub(f"font-family: {_FONTS};", _REMOVED.sub("", _RUN.sub(_placed, svg)))


def _placed(run: re.Match[str]) -> str:
    """A run of text with the place of each of its letters."""
    text = unescape(run[6])
    starts = list(accumulate((cell_len(letter) for letter in text), initial=0))[:-1]
    places = " ".join(f"{float(run[2]) + _CELL * start:.1f}" for start in starts)
    shown = escape(text).replace("\u00a0", "&#160;")
    return f'{run[1]}x="{places}"{run[3]}{run[5]}{shown}{run[7]}'
