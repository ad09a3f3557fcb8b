"""What the drill commands share: their arguments, and the drill they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from runbook.case import Case
from runbook.cli.session import Session
from runbook.speech import say

if TYPE_CHECKING:
    from runbook.actions.deciding import Decision
    from runbook.drills.room import Room

INCIDENT = click.argument("incident", metavar="INCIDENT", help=say("The drill's id, or the beginning of it.").id)
INJECT = click.argument("inject", metavar="INJECT", help=say("The inject's number or name.").id)
JSON = click.option("--json", is_flag=True, help=say("Print JSON.").id)


def room_of(session: Session) -> Room:
    from runbook.drills.room import Room

    return Room(session.desk())


def drill_of(session: Session, incident: str) -> Case:
    """The drill of that id, with everything arrived that is due. Raises Refused for what is no drill of a scenario."""
    from runbook.actions.drills import scenario_in

    desk = session.desk()
    id = desk.find(incident)
    scenario_in(desk.case(id))
    return room_of(session).advance(id)


def act(session: Session, case: Case, decision: Decision) -> Case:
    """Record a decision, let arrive what it brings about, and say what was recorded. Gives the case after it all."""
    from runbook.desk import Done

    desk, id = session.desk(), case.incident.id
    done = desk.do(id, decision)
    after = room_of(session).advance(id)
    seen = done.entries[-1].seq if done.entries else case.incident.seq
    more = tuple(entry.event for entry in desk.entries(id, range(seen + 1, after.incident.seq + 1)))
    session.report(Done(after, (*done.entries, *more)))
    return after
