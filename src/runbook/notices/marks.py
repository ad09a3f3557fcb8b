"""What a document carries until it may leave: that it is a draft, and that it comes from a drill (rules.md 25, 27).

The marks are no part of the text: a template cannot leave them out, and an approved text is exactly what was approved.
"""

from __future__ import annotations

from pathlib import Path

from runbook.incident import Incident

_DRAFT = "**下書き / DRAFT – NOT APPROVED**"
_DRILL = "**訓練 / DRILL**"
_DEMO = "**訓練 / DRILL（見本 / DEMO）**"


def marked(text: str, incident: Incident) -> str:
    """A draft's Markdown as it is shown and written to files."""
    top = [_DRAFT]
    bottom = []
    if incident.mode == "drill":
        drill = _DEMO if incident.demo else _DRILL
        top.insert(0, drill)
        bottom.append(drill)
    return "\n\n".join([*top, text.strip("\n"), *bottom]) + "\n"


def marked_name(path: Path, incident: Incident) -> Path:
    """The file a document goes to: a drill's name begins with DRILL- unless it carries the mark already."""
    if incident.mode != "drill" or not path.name or "DRILL" in path.name or "訓練" in path.name:
        return path
    return path.with_name(f"DRILL-{path.name}")
