"""Watching and judging a drill: observations, ratings, an evaluator's points, the end, the report, the plan."""

from __future__ import annotations

from functools import partial
from typing import Literal

import click
import msgspec

from runbook import events as e
from runbook.actions import drills, judging
from runbook.cli.drill_parts import INCIDENT, act, drill_of, room_of
from runbook.cli.parts import WHOLE, Command, OneOf
from runbook.cli.session import Session
from runbook.errors import BadContent, Refused
from runbook.events import Prose
from runbook.scenario import RATES, Rate
from runbook.speech import say

_REASON = click.option("--reason", default="", metavar="T", help=say("Why.").id)


@click.command("observe", cls=Command, help=say("Note what you saw, at a moment; the team does not see it.").id)
@INCIDENT
@click.argument("text", metavar="TEXT", help=say("What you saw.").id)
@click.option("--at", default="", metavar="TIME", help=say("When, on the drill's clock; now otherwise.").id)
@click.option("--about", type=WHOLE, default=0, metavar="SEQ", help=say("The entry of the record it is about.").id)
@click.option("--inject", default="", metavar="INJECT", help=say("The inject it is about.").id)
@click.option("--objective", default="", metavar="NAME", help=say("The objective it is about.").id)
@click.pass_obj
def observe(session: Session, incident: str, text: str, at: str, about: int, inject: str, objective: str) -> None:
    case = drill_of(session, incident)
    moment = session.moment(at, case) if at else None
    seen = partial(judging.observe, text=text, moment=moment, about=about, inject=inject, objective=objective)
    act(session, case, seen)


@click.command("rate", cls=Command, help=say("Rate an objective: P, S, M or U (HSEEP).").id)
@INCIDENT
@click.argument("objective", metavar="OBJECTIVE", help=say("The objective's name.").id)
@click.argument(
    "rating",
    metavar="|".join(RATES),
    type=OneOf(RATES),
    help=say("Performed without challenges, with some, with major ones; unable to be performed.").id,
)
@_REASON
@click.pass_obj
def rate(session: Session, incident: str, objective: str, rating: Rate, reason: str) -> None:
    case = drill_of(session, incident)
    act(session, case, partial(judging.rate, objective=objective, rating=rating, reason=reason))


@click.command(
    "overrule",
    cls=Command,
    context_settings={"ignore_unknown_options": True},
    help=say("Put your points for an item of the score in the place of the reckoned ones, with a reason.").id,
)
@INCIDENT
@click.argument("item", metavar="ITEM", help=say("The item, as “drill score” names it.").id)
@click.argument("points", metavar="POINTS|-", help=say("Your points; - gives the item back to the reckoning.").id)
@_REASON
@click.pass_obj
def overrule(session: Session, incident: str, item: str, points: str, reason: str) -> None:
    case = drill_of(session, incident)
    items = {one.id: one for one in room_of(session).score(case.incident.id).items}
    if item not in items:
        raise Refused(
            say("The score has no item “{name}”.", name=item), say("There are: {names}.", names=", ".join(items))
        )
    said = None if points == "-" else _points(points)
    act(session, case, partial(judging.overrule, item=item, points=said, reason=reason, most=items[item].max))


def _points(typed: str) -> int:
    digits = typed.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 7:
        return int(typed)
    raise BadContent(say("“{text}” is not a whole number.", text=typed), say("Write digits only, such as 12."))


@click.command("end", cls=Command, help=say("End a drill: its clock stands, and the team records nothing more.").id)
@INCIDENT
@click.option("--remark", default="", metavar="T", help=say("What is to be said about it.").id)
@click.pass_obj
def end(session: Session, incident: str, remark: str) -> None:
    case = drill_of(session, incident)
    act(session, case, partial(drills.end, remark=remark))
    id = case.incident.id
    session.tell(say("Its score: “runbook drill score {id}”.", id=id))


@click.command("improve", cls=Command, help=say("Put an item on the improvement plan, or change the one named.").id)
@INCIDENT
@click.option("--id", "name", default="", metavar="NAME", help=say("The item to change, or a new one's name.").id)
@click.option("--issue", default="", metavar="T", help=say("What went wrong.").id)
@click.option("--action", default="", metavar="T", help=say("The corrective action.").id)
@click.option("--owner", default="", metavar="NAME", help=say("Who sees to it.").id)
@click.option("--contact", default="", metavar="T", help=say("How to reach them.").id)
@click.option("--due", default="", metavar="30|60|90|DATE", help=say("By when: days from today, or a date.").id)
@click.option("--item", default="", metavar="ITEM", help=say("The item of the score it is to better.").id)
@click.option("--step", default="", metavar="STEP", help=say("The step of the playbook it changes.").id)
@click.option("--line", "add", flag_value="line", default="", help=say("It adds a line of instruction there.").id)
@click.option("--check", "add", flag_value="check", help=say("It adds a check there.").id)
@click.option("--ja", default="", metavar="T", help=say("What it adds, in Japanese.").id)
@click.option("--en", default="", metavar="T", help=say("What it adds, in English.").id)
@click.option("--drop", is_flag=True, help=say("Take it off the plan.").id)
@click.pass_obj
def improve(
    session: Session,
    incident: str,
    name: str,
    issue: str,
    action: str,
    owner: str,
    contact: str,
    due: str,
    item: str,
    step: str,
    add: Literal["", "line", "check"],
    ja: str,
    en: str,
    drop: bool,
) -> None:
    case = drill_of(session, incident)
    plans = case.incident.drill.plans if case.incident.drill else {}
    if drop and name not in plans:
        raise Refused(say("The plan has no item “{name}”.", name=name), say("Name one with --id."))
    was = plans[name].plan if name in plans else e.Improvement(name or judging.free_name(case), Prose(), Prose(), "")
    new = msgspec.structs.replace(
        was,
        owner=owner or was.owner,
        contact=contact or was.contact,
        due=due or was.due,
        item=item or was.item,
        step=step or was.step,
        add=add or was.add,
        ja=_again(ja, was.ja),
        en=_again(en, was.en),
        dropped=drop,
    )
    today = session.desk().wall().astimezone(case.zone).date()
    why, does = issue or was.issue.text or "", action or was.action.text or ""
    act(session, case, partial(judging.plan, improvement=new, issue=why, action=does, today=today))
    session.out(new.id)


def _again(typed: str, was: Prose | None) -> Prose | None:
    """A free text for a new entry: what was typed, else what stood there."""
    text = typed or (was.text if was else "")
    return Prose(text=text) if text else None


JUDGING = (observe, rate, overrule, end, improve)
