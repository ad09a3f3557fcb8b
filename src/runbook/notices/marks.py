"""What a document carries until it may leave: that it is a draft, and that it comes from a drill (rules.md 25, 27).

The marks are no part of the text: a template cannot leave them out, and an approved text is exactly what was approved.
They are in both languages, so that whoever finds the paper understands them.
"""

from __future__ import annotations

import re
from pathlib import Path

from runbook.incident import Incident
from runbook.notices.documents import Document, Drill

DRAFT = "下書き / DRAFT – NOT APPROVED"
DRILLS: dict[Drill, str] = {"": "", "drill": "訓練 / DRILL", "demo": "訓練 / DRILL（見本 / DEMO）"}

_NAMED = re.compile(r"DRILL(?![A-Za-z0-9])|訓練(?!\w)")
"""How a marked name begins. Elsewhere in a name the words may mean something else: 避難訓練, MANDRILL."""


def drill_of(incident: Incident) -> Drill:
    """Which mark of a drill an incident's documents carry."""
    if incident.mode != "drill":
        return ""
    return "demo" if incident.demo else "drill"


def signs(document: Document) -> tuple[str, ...]:
    """The marks a document must show on every page, the drill's first; none once it may leave."""
    drill = DRILLS[document.drill]
    return (*([drill] if drill else []), *([DRAFT] if document.draft else []))


def framed(text: str, drill: Drill, draft: bool) -> str:
    """The Markdown of a document between its marks; without any it is given back to the letter."""
    top, bottom = _bold([DRILLS[drill], DRAFT if draft else ""]), _bold([DRILLS[drill]])
    return "\n\n".join([*top, text.strip("\n"), *bottom]) + "\n" if top else text


def unframed(text: str) -> str:
    """The text of a document without the marks around it, for a file that was worked on elsewhere and comes back."""
    marks = {f"**{mark}**" for mark in (DRAFT, *DRILLS.values())}
    lines = text.splitlines()
    while lines and (not lines[0].strip() or lines[0].strip() in marks):
        del lines[0]
    while lines and (not lines[-1].strip() or lines[-1].strip() in marks):
        del lines[-1]
    return "\n".join(lines) + "\n" if lines else ""


def _bold(marks: list[str]) -> list[str]:
    return [f"**{mark}**" for mark in marks if mark]


def marked(text: str, incident: Incident, *, draft: bool = True) -> str:
    """A notice's Markdown as it is shown and written to files."""
    return framed(text, drill_of(incident), draft)


def marked_name(path: Path, incident: Incident) -> Path:
    """The file a document of this incident goes to, its name marked where that is a drill."""
    return drill_name(path) if incident.mode == "drill" else path


def drill_name(path: Path) -> Path:
    """The file that something of a drill goes to: its name begins with DRILL- unless it begins with the mark
    already."""
    if not path.name or _NAMED.match(path.name):
        return path
    return path.with_name(f"DRILL-{path.name}")
