"""Drills: which there are, starting one, its console, its score. The rest of the family is in the modules beside.

Every command about a drill first lets arrive what is due by now, as open screens do by themselves: the record takes
each inject once, whichever seat is first.
"""

from __future__ import annotations

import click

from runbook.cards import Card
from runbook.case import Case
from runbook.cli import drill_telling as told
from runbook.cli import shapes, streams, telling
from runbook.cli.drill_auto import auto
from runbook.cli.drill_judging import JUDGING
from runbook.cli.drill_paper import PAPER
from runbook.cli.drill_parts import INCIDENT, JSON, drill_of, room_of
from runbook.cli.drill_running import RUNNING
from runbook.cli.parts import SEED, Group
from runbook.cli.session import Session
from runbook.opening import record_exists
from runbook.script import events_list
from runbook.speech import Language, say


@click.group("drill", cls=Group, help=say("Drills: rehearse a scenario on the real thing, score it, report on it.").id)
def drill() -> None:
    pass


@drill.command("list", help=say("List the scenarios, and the drills in the record.").id)
@JSON
@click.pass_obj
def list_all(session: Session, json: bool) -> None:
    from runbook.drills.history import scenarios_played
    from runbook.drills.room import playable

    cards = [card for card in session.desk().cards() if card.mode == "drill"] if record_exists(session.db) else []
    session.warn(telling.unreadable(cards))
    scenarios, last = playable(session.content()), scenarios_played(cards)
    if json:
        language = session.language
        found = [told.scenario_shape(name, one, last.get(name), language) for name, one in scenarios.items()]
        session.json({"scenarios": found, "drills": [_card(card, language) for card in cards]})
        return
    session.out(say("Scenarios:"))
    session.out(*(f"  {told.scenario_line(name, one, last.get(name), session)}" for name, one in scenarios.items()))
    if cards:
        session.out("", say("Drills in this record:"), *(f"  {line}" for line in telling.cards(cards, session)))


def _card(card: Card, language: Language) -> shapes.Shape:
    held = shapes.stamp(card.held_at)
    return {**shapes.card(card, language), "scenario": card.scenario or None, "held_at": held}


@drill.command(
    "start", help=say("Start a drill of a scenario and print its id. Its clock stands until it is let run.").id
)
@click.argument("scenario", metavar="SCENARIO", help=say("The scenario's name; “runbook drill list” shows them.").id)
@click.option("--speed", type=float, default=0.0, metavar="X", help=say("Let the clock run at once, at 1 to 120.").id)
@click.option("--seed", type=SEED, default="0", metavar="N", help=say("What a random scenario is made from.").id)
@click.option("--title", default="", metavar="T", help=say("What to call it; the scenario's title otherwise.").id)
@JSON
@click.pass_obj
def start(session: Session, scenario: str, speed: float, seed: int, title: str, json: bool) -> None:
    from runbook.drills.room import Room

    room = Room(session.desk(create=True))
    case = room.start(scenario, title, seed=seed, speed=speed, language=session.language)
    played, id = case.playbook.scenario, case.incident.id
    session.tell(telling.heading(case, session))
    session.tell(*(note.said(session.language) for note in played.notes) if played else ())
    session.tell(told.clock_words(case, session.desk().wall()))
    if not speed:
        session.tell(say("Once everyone is ready: “runbook drill clock {id} resume”.", id=id))
    session.tell(
        say("The team: “runbook”, and open it there. The facilitator: “runbook drill control {id}”.", id=id),
        say("Later: “runbook drill score {id}”, “runbook drill report {id} -o report.html”.", id=id),
    )
    if json:
        session.json({"id": id, "scenario": played.id if played else scenario, "seed": seed})
    else:
        session.out(id)


@drill.command("control", help=say("Open the facilitator's console of a drill.").id)
@INCIDENT
@click.pass_obj
def control(session: Session, incident: str) -> int | None:
    case = drill_of(session, incident)
    if streams.at_terminal():
        from runbook.cli.start import screens

        return screens(session, case.incident.id, "console")
    overview(session, case)
    return None


def overview(session: Session, case: Case) -> None:
    """The console's contents as text: the clock, the events list, the score."""
    session.out(telling.heading(case, session), told.clock_words(case, session.desk().wall()), "")
    session.out(*told.events_lines(events_list(case), case, session), "")
    session.out(*told.score_lines(room_of(session).score(case.incident.id), case, session))


@drill.command("score", help=say("The score so far, each item with its reason and the entries it rests on.").id)
@INCIDENT
@JSON
@click.pass_obj
def score(session: Session, incident: str, json: bool) -> None:
    from runbook.cli.drill_comparing import earlier_lines, earlier_shape

    case, room = drill_of(session, incident), room_of(session)
    found, beside = room.score(case.incident.id), room.compared(case.incident.id)
    if json:
        session.json({**told.score_shape(found, session.language), **earlier_shape(beside, session.language)})
        return
    session.out(telling.heading(case, session), *told.score_lines(found, case, session))
    session.out(*earlier_lines(beside, session))


for command in (*RUNNING, *JUDGING, *PAPER, auto):
    drill.add_command(command)
COMMANDS = (drill,)
