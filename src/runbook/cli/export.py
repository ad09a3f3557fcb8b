"""Handing over: an incident in a format that other programs read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from runbook.cli.handing import OUT, to_file, to_output
from runbook.cli.parts import Command, OneOf
from runbook.cli.session import Session
from runbook.errors import BadContent
from runbook.export import FORMATS
from runbook.speech import say


@click.command("export", cls=Command, help=say("Write an incident's deadlines in a format for other programs.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("format", type=OneOf(tuple(FORMATS)), help=say("ics: a calendar of the deadlines, without names.").id)
@click.option("-o", "--output", default="-", metavar="FILE", help=say("The file to write; else standard output.").id)
@click.pass_obj
def export(session: Session, incident: str, format: str, output: str) -> None:
    from runbook.notices.marks import marked_name

    case = session.case(incident)
    if output == OUT and sys.stdout.isatty():
        raise BadContent(
            say("A {format} file is not for the terminal.", format=format), say("Name a file with -o FILE.")
        )
    data = FORMATS[format](case, session.language)
    if output == OUT:
        to_output(session, data, lines=False)
    else:
        to_file(session, marked_name(Path(output), case.incident), data)


COMMANDS = (export,)
