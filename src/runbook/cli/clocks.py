"""Deadlines, soonest first, each with how it was computed."""

from __future__ import annotations

import click
import msgspec

from runbook.cli import deadlines as telling
from runbook.cli import shapes
from runbook.cli.parts import Command
from runbook.cli.session import Session
from runbook.cli.telling import drill_heading
from runbook.duties import closing, doubts, set_aside, standing
from runbook.errors import BadContent
from runbook.speech import say


@click.command("clocks", cls=Command, help=say("Show every deadline with how it was computed.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option("--now", default="", metavar="TIME", help=say("As they stand at this time; nothing else changes.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def clocks(session: Session, incident: str, now: str, json: bool) -> None:
    case = session.case(incident)
    doubtful = doubts(case)  # as of the real time: at another one, the machine's clock would seem to be wrong
    if now:
        at = session.moment(now, case).at
        if at is None:
            raise BadContent(say("Deadlines need a time to be judged at."), say("Write --now 2022-06-23T09:00."))
        case = msgspec.structs.replace(case, now=case.zoned(at))
    case, found = standing(case, doubtful)
    session.warn([*(one.message for one in doubtful), *(said for _, said in set_aside(case, found))])
    if json:
        session.json([shapes.clock(deadline, case, session.language) for deadline in found])
    else:
        said = [session.speak(over)] if (over := closing(case)) else []
        session.out(*drill_heading(case, session), *said, *telling.every(found, case, session))


COMMANDS = (clocks,)
