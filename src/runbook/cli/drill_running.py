"""A drill while it runs: what arrived and what is coming, the facilitator's hand on both, the clock, the answers."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import click

from runbook.actions import drills
from runbook.cli import drill_telling as told
from runbook.cli import telling
from runbook.cli.drill_parts import INCIDENT, INJECT, JSON, act, drill_of, room_of
from runbook.cli.parts import Command, OneOf
from runbook.cli.session import Session
from runbook.errors import BadContent
from runbook.moment import read_coming
from runbook.script import events_list, waiting
from runbook.speech import say

if TYPE_CHECKING:
    from datetime import datetime

    from runbook.actions.deciding import Decision
    from runbook.case import Case

ClockAct: TypeAlias = Literal["pause", "resume", "jump", "next", "speed", "freeze"]
CLOCK_ACTS: tuple[ClockAct, ...] = get_args(ClockAct)
_TAKES: dict[str, str] = {"jump": "TIME", "speed": "X", "freeze": "INJECT"}


@click.command("events", cls=Command, help=say("The facilitator's events list: what arrived and what is coming.").id)
@INCIDENT
@JSON
@click.pass_obj
def events(session: Session, incident: str, json: bool) -> None:
    case = drill_of(session, incident)
    lines = events_list(case)
    if json:
        session.json([told.event_shape(line, session.language, case) for line in lines])
        return
    session.out(telling.heading(case, session), told.clock_words(case, session.desk().wall()))
    session.out(*told.events_lines(lines, case, session))


@click.command(
    "advance",
    cls=Command,
    help=say("Let arrive what is due by now (every drill command does), and show what is to be answered.").id,
)
@INCIDENT
@click.pass_obj
def advance(session: Session, incident: str) -> None:
    case = drill_of(session, incident)
    session.out(telling.heading(case, session), told.clock_words(case, session.desk().wall()))
    for one in waiting(case):
        session.out(*told.arrived_lines(one, case, session))
    if not waiting(case):
        session.tell(say("Nobody waits for an answer."))


def _by_hand(name: str, help: str, decide: Callable[[str], Decision]) -> click.Command:
    """A command that does one thing with one inject."""

    def do(session: Session, incident: str, inject: str) -> None:
        act(session, drill_of(session, incident), decide(inject))

    return click.command(name, cls=Command, help=help)(INCIDENT(INJECT(click.pass_obj(do))))


push = _by_hand(
    "push", say("Let an inject arrive now, whatever it waits for.").id, lambda id: partial(drills.push, inject=id)
)
hold = _by_hand("hold", say("Hold an inject back.").id, lambda id: partial(drills.hold, inject=id))
release = _by_hand(
    "release", say("Let an inject go that was held back.").id, lambda id: partial(drills.hold, inject=id, on=False)
)


@click.command("milestone", cls=Command, help=say("Reach a milestone by hand; it unlocks what waits for it.").id)
@INCIDENT
@click.argument("name", metavar="NAME", help=say("The milestone's name.").id)
@click.pass_obj
def milestone(session: Session, incident: str, name: str) -> None:
    act(session, drill_of(session, incident), partial(drills.reach, milestone=name, by_hand=True))


@click.command(
    "clock", cls=Command, help=say("The drill's clock: let it stand, run on, jump forward, run faster or slower.").id
)
@INCIDENT
@click.argument(
    "what",
    metavar="ACT",
    type=OneOf(CLOCK_ACTS),
    help=say("pause, resume, jump, next (part), speed, or freeze (while an inject is talked about).").id,
)
@click.argument(
    "value",
    metavar="[TIME|X|INJECT]",
    required=False,
    default="",
    help=say("For jump a time, 08:30 being the next one; for speed 1 to 120; for freeze the inject.").id,
)
@click.pass_obj
def clock(session: Session, incident: str, what: ClockAct, value: str) -> None:
    if bool(value) != (what in _TAKES):
        word = _TAKES.get(what, "")
        raise BadContent(
            say("“{what}” needs one thing more: {value}.", what=what, value=word)
            if word
            else say("“{what}” takes nothing more.", what=what)
        )
    case = drill_of(session, incident)
    case = act(session, case, _clock(what, value, case, session.desk().wall()))
    session.tell(told.clock_words(case, session.desk().wall()))


def _clock(what: ClockAct, value: str, case: Case, wall: datetime) -> Decision:
    match what:
        case "pause":
            return partial(drills.pause, wall=wall)
        case "resume":
            return partial(drills.resume, wall=wall)
        case "next":
            return partial(drills.next_leg, wall=wall)
        case "jump":
            return partial(drills.jump, wall=wall, to=read_coming(value, case.now, case.zone))
        case "speed":
            return partial(drills.resume, wall=wall, speed=_number(value))
        case "freeze":
            return partial(drills.pause, wall=wall, inject=value)


def _number(typed: str) -> float:
    try:
        number = float(typed)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or number <= 0:
        raise BadContent(say("“{text}” is not a speed.", text=typed), say("Give a number from 1 to 120."))
    return number


@click.command(
    "answer",
    cls=Command,
    help=say("Record what was said to an inject. Exit code 1 where a guardrail stops or warns.").id,
)
@INCIDENT
@INJECT
@click.argument("text", metavar="TEXT", help=say("What was said.").id)
@click.pass_obj
def answer(session: Session, incident: str, inject: str, text: str) -> int:
    from runbook.cli.notices import found_lines

    case, room = drill_of(session, incident), room_of(session)
    found = room.checked(case.incident.id, text, inject)
    session.report(room.answer(case.incident.id, inject, text))
    for finding in found:
        session.tell(*found_lines(session, session.speak(say("answer")), finding))
    room.advance(case.incident.id)
    return int(any(finding.severity != "inform" for finding in found))


RUNNING = (events, advance, push, hold, release, milestone, clock, answer)
