"""The after-action report of a drill, written from its screens: the facilitator's console, and the team's hot wash."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from runbook.case import Case
from runbook.drills.report_html import write_html
from runbook.drills.report_md import write_md
from runbook.drills.room import Room
from runbook.notices.files import write_whole
from runbook.notices.marks import marked_name
from runbook.speech import say
from runbook.tui.screens.asktext import AskLine

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp


def ask_report(app: RunbookApp, case: Case) -> None:
    """Ask for a file, write the report there, and say where it is. A report of an earlier hour has another name."""
    wall = app.desk.wall().astimezone(case.zone)
    name = marked_name(Path(f"report-{case.incident.id}-{wall:%m%d-%H%M}.html"), case.incident)
    hint = say("The folder is {folder}. A name that ends in .md is written as Markdown.", folder=str(Path.cwd()))
    asking = AskLine(say("Write the report to which file?"), hint, value=str(name))
    app.push_screen(asking, lambda typed: _write(app, case, typed.strip()) if typed and typed.strip() else None)


def _write(app: RunbookApp, case: Case, typed: str) -> None:
    target = marked_name(Path(typed), case.incident)

    def write() -> Path:
        made = Room(app.desk).report(case.incident.id)
        plain = target.suffix.lower() == ".md"
        return write_whole(target, (write_md if plain else write_html)(made, app.language))

    app.tell(say("The report is being written."))
    app.slow(write, lambda path: app.tell(say("The report is written: {file}", file=str(path))))
