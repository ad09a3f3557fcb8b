"""What a drill leaves on paper: the after-action report, the improvements in the playbook, the events list as a
sheet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import click

from runbook.cli.drill_parts import INCIDENT, act, drill_of
from runbook.cli.handing import OUT, to_file, to_output
from runbook.cli.parts import Command, Group, OneOf
from runbook.cli.session import Session
from runbook.errors import BadContent, Refused, reason
from runbook.speech import say

if TYPE_CHECKING:
    from datetime import datetime

    from runbook.case import Case
    from runbook.desk import Desk
    from runbook.drills.editing import Brought
    from runbook.drills.msel import Sheet

_OF = click.argument("of", metavar="SCENARIO|INCIDENT", help=say("A scenario's name, or a drill's id.").id)
_LARGEST = 20_000_000
_REPORTS = ("html", "htm", "md", "markdown", "txt")


@click.command("report", cls=Command, help=say("Write the after-action report, and print the file's real name.").id)
@INCIDENT
@click.option("--format", "form", type=OneOf(("md", "html")), help=say("The format; else by the file's name.").id)
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help=say("The file to write; - for standard output, in Markdown.").id,
)
@click.pass_obj
def report(session: Session, incident: str, form: Literal["md", "html"] | None, output: str) -> None:
    case = drill_of(session, incident)
    write_report(session, session.desk(), case, output, form)


def write_report(session: Session, desk: Desk, case: Case, output: str, form: str | None = None) -> None:
    """The report of a drill in a file that is marked by its name, or printed. Raises BadContent."""
    from runbook.drills.report_html import write_html
    from runbook.drills.report_md import write_md
    from runbook.drills.room import Room
    from runbook.notices.marks import marked_name

    kind = form or ("md" if output == OUT else Path(output).suffix.lower().removeprefix(".") or "html")
    if kind not in _REPORTS:
        raise BadContent(
            say("A report is written as HTML or Markdown, not as “{kind}”.", kind=kind),
            say("Give a name in .html or .md, or --format; a browser prints HTML to PDF."),
        )
    write = write_html if kind in ("html", "htm") else write_md
    text = write(Room(desk).report(case.incident.id), session.language)
    if output == OUT:
        to_output(session, text, lines=write is write_md)
    else:
        to_file(session, marked_name(Path(output), case.incident), text)


@click.command(
    "apply", cls=Command, help=say("Put an improvement into your own copy of the playbook, and show the change.").id
)
@INCIDENT
@click.argument("item", metavar="ITEM", help=say("The item of the improvement plan.").id)
@click.pass_obj
def apply(session: Session, incident: str, item: str) -> None:
    from runbook.drills import improving
    from runbook.opening import content_folder

    case, content = drill_of(session, incident), session.content()
    plans = case.incident.drill.plans if case.incident.drill else {}
    if item not in plans:
        raise Refused(say("The plan has no item “{name}”.", name=item), say("“runbook drill improve” puts one on it."))
    name, today = case.incident.playbook, session.desk().wall().astimezone(case.zone).date()
    old = content.playbook_text(name)[1]
    path = improving.apply(content, content_folder(), name, plans[item].plan, today)
    session.out(*improving.diff(old, session.content().playbook_text(name)[1], f"playbooks/{name}.yaml").splitlines())
    session.tell(say("The next drill of this playbook shows whether it worked. Changed: {file}", file=str(path)))


@click.group("msel", cls=Group, help=say("The events list (MSEL) as a sheet: XLSX or CSV, out and in again.").id)
def msel() -> None:
    pass


@msel.command("export", help=say("Write the events list of a scenario, or of a drill as it stands.").id)
@_OF
@click.option("-o", "--output", required=True, metavar="FILE", help=say("The file: .xlsx or .csv.").id)
@click.pass_obj
def export(session: Session, of: str, output: str) -> None:
    from runbook.drills.msel import sheet_of, write_csv
    from runbook.drills.msel_xlsx import write_xlsx
    from runbook.notices.marks import drill_name, marked_name
    from runbook.script import injects, scenario_of

    path, content = Path(output), session.content()
    write = write_xlsx if _is_xlsx(path) else write_csv
    if of in content.scenarios():
        to_file(session, drill_name(path), write(sheet_of(content.scenario(of))))
        return
    case = drill_of(session, of)
    scenario, drill = scenario_of(case), case.incident.drill
    if scenario is not None and drill is not None:
        sheet = sheet_of(scenario, injects(case), case.zoned(drill.held_at).date().isoformat())
        to_file(session, marked_name(path, case.incident), write(sheet))


@msel.command("import", help=say("Bring the changed and the new injects of a sheet into a scenario or a drill.").id)
@click.argument("file", metavar="FILE", help=say("The sheet: .xlsx or .csv.").id)
@click.option("--into", "of", required=True, metavar="SCENARIO|INCIDENT", help=say("What it goes into.").id)
@click.pass_obj
def bring(session: Session, file: str, of: str) -> None:
    from runbook.actions import drills
    from runbook.drills.editing import brought, imported
    from runbook.script import injects

    if of in session.content().scenarios():
        _into_scenario(session, file, of)
        return
    case = drill_of(session, of)
    starts = case.incident.drill.starts if case.incident.drill else None
    new = imported(case, _sheet(session, file, case.zone, starts))
    act(session, case, partial(drills.change_all, new=new))
    _tell_brought(session, brought(injects(case), new))


def _tell_brought(session: Session, made: Brought) -> None:
    """Say what a sheet did to the list."""
    for what, injects in (
        (say("New"), made.new),
        (say("Changed"), made.changed),
        (say("Switched off"), made.off),
        (say("Switched on"), made.on),
    ):
        for one in injects:
            session.tell(say("{what}: inject {number}, {title}", what=what, number=one.number, title=one.title))


def _into_scenario(session: Session, sheet_file: str, name: str) -> None:
    """The user's own copy of the scenario, with what the sheet says otherwise."""
    from runbook.content.find import SCENARIOS
    from runbook.content.replacing import remarks_lost
    from runbook.content.scenarios import read_scenario
    from runbook.drills.editing import brought, rewritten
    from runbook.notices.files import write_own
    from runbook.opening import content_folder

    content = session.content()
    scenario = content.scenario(name)
    file = f"{SCENARIOS}/{name}.yaml"
    text = content.text(file)[1]  # with its tables, where it is made from a seed
    sheet = _sheet(session, sheet_file, ZoneInfo(scenario.zone), scenario.starts)
    playbook = content.playbook(scenario.playbook)
    new = rewritten(text, sheet, playbook, f"{name}.yaml")
    if new == text:
        session.tell(say("Nothing changed."))
        return
    for remark in remarks_lost(text, new):
        session.tell(say("This comment stands in an inject that changes, and is not kept: {text}", text=remark))
    session.out(str(write_own(content_folder(), file, new)))
    _tell_brought(session, brought(scenario.injects, read_scenario(new, playbook, f"{name}.yaml").injects))


def _sheet(session: Session, file: str, zone: ZoneInfo, start: datetime | None) -> Sheet:
    """The sheet in a file. Raises BadContent with all that is wrong in it, by row and column."""
    from runbook.drills.msel import read_csv
    from runbook.drills.msel_xlsx import read_xlsx

    path = Path(file).expanduser()
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST)
    except OSError as error:
        raise BadContent(
            say("{file} cannot be read: {reason}.", file=file, reason=reason(error)),
            say("Check the path and your rights to the file."),
        ) from None
    sheet = (read_xlsx if _is_xlsx(path) else read_csv)(data, zone, start)
    for note in sheet.notes:
        session.tell(note)
    return sheet


def _is_xlsx(path: Path) -> bool:
    """Whether a file is a workbook. Raises BadContent where its name tells neither."""
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise BadContent(
            say("“{file}” is neither a workbook nor a CSV.", file=str(path)), say("Give a name in .xlsx or .csv.")
        )
    return suffix == ".xlsx"


PAPER = (report, apply, msel)
