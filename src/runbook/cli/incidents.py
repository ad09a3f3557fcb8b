"""Incidents: open one, list them, see where one stands, name it, close it."""

from __future__ import annotations

import os
from functools import partial

import click

from runbook.actions import records
from runbook.cli import shapes, telling
from runbook.cli.parts import Command
from runbook.cli.session import Session
from runbook.duties import deadlines, doubts, set_aside
from runbook.events import Mode
from runbook.moment import Moment
from runbook.opening import record_exists
from runbook.saying import moment_words
from runbook.speech import say


@click.command("new", cls=Command, help=say("Open an incident and print its id. Everything else can follow.").id)
@click.argument("playbook", help=say("The playbook's name; “runbook playbook list” shows them.").id)
@click.option("--title", default="", metavar="T", help=say("What to call it; the playbook's title otherwise.").id)
@click.option("--noticed-at", default="", metavar="TIME", help=say("When the loss was noticed.").id)
@click.option("--drill", is_flag=True, help=say("An exercise: marked as one everywhere.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def new(session: Session, playbook: str, title: str, noticed_at: str, drill: bool, json: bool) -> None:
    desk = session.desk(create=True)
    zone = session.zone or os.environ.get("RUNBOOK_TZ", "")
    mode: Mode = "drill" if drill else "live"
    case = desk.new(playbook, title, mode=mode, zone=zone, noticed=noticed_at, language=session.language)
    noticed = case.current("noticed_at")
    if noticed and isinstance(noticed.value, Moment):
        session.tell(say("Time: {at}", at=moment_words(noticed.value, case.zone)))
    session.warn(one.message for one in doubts(case))
    if json:
        session.json({"id": case.incident.id})
    else:
        session.out(case.incident.id)


@click.command("list", cls=Command, help=say("List all incidents, the latest opened first.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def list_all(session: Session, json: bool) -> None:
    overview(session, json=json)


def overview(session: Session, *, json: bool = False) -> None:
    """Print all incidents. A record that was never begun has none, and is not made by looking."""
    cards = session.desk().cards() if record_exists(session.db) else []
    session.warn(telling.unreadable(cards))
    if json:
        session.json([shapes.card(card, session.language) for card in cards])
        return
    session.out(*telling.cards(cards, session))
    if not cards:
        session.tell(
            say("There are no incidents yet."),
            say("Open one: “runbook new lost-media”. Or look around: “runbook demo”."),
        )


@click.command("status", cls=Command, help=say("Show where an incident stands: steps, deadlines, open facts.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def status(session: Session, incident: str, json: bool) -> None:
    case = session.case(incident)
    session.warn([*(one.message for one in doubts(case)), *(said for _, said in set_aside(case, deadlines(case)))])
    if json:
        session.json(shapes.status(case, session.language))
    else:
        session.out(*telling.status(case, session))


@click.command("rename", cls=Command, help=say("Give an incident another title.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("title", help=say("Its new title.").id)
@click.pass_obj
def rename(session: Session, incident: str, title: str) -> None:
    session.do(session.case(incident), partial(records.rename, title=title))


@click.command("edition", cls=Command, help=say("Show what today's edition of playbook and laws would change.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option("--move", is_flag=True, help=say("Go by that edition from now on.").id)
@click.pass_obj
def edition(session: Session, incident: str, move: bool) -> None:
    from runbook import editions

    case = session.case(incident)
    found = editions.another(session.desk(), case)
    if found is None:
        session.tell(say("This incident goes by today's edition already."))
        return
    session.out(*telling.drill_heading(case, session), *editions.changes(case, found))
    if move:
        session.report(editions.move(session.desk(), case, found))


@click.command("close", cls=Command, help=say("Close an incident. Steps still open have to be explained.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option("--explain", default="", metavar="TEXT", help=say("Why it is closed with steps still open.").id)
@click.pass_obj
def close(session: Session, incident: str, explain: str) -> None:
    session.do(session.case(incident), partial(records.close, explanation=explain))


COMMANDS = (new, list_all, status, rename, edition, close)
