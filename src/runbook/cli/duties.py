"""What is done about a legal duty: filed, late with a reason, decided by counsel, taken back."""

from __future__ import annotations

from functools import partial
from typing import Literal

import click

from runbook.actions import duties
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.cli.deadlines import why_late
from runbook.cli.parts import WHOLE, Command, OneOf
from runbook.cli.session import Session
from runbook.duties import deadlines, reason_wanted
from runbook.errors import BadContent, Refused
from runbook.speech import say

_TAKES = {
    "filed": ("--at", "--receipt", "--by", "--reason"),
    "delayed": ("--reason",),
    "override": ("--applies", "--counsel", "--reason"),
    "withdraw": ("--reason",),
}
"""The acts, and the options that belong to each."""


@click.command("duty", cls=Command, help=say("Record what was done about a legal duty.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument(
    "duty", metavar="ID", help=say("The duty's id, such as jp.appi.68.final; “runbook clocks” shows it.").id
)
@click.argument(
    "act",
    type=OneOf(tuple(_TAKES)),
    help=say("filed: it was met. delayed: why it is late. override: counsel decided. withdraw: it was not met.").id,
)
@click.option("--at", default="", metavar="TIME", help=say("With “filed”: when; just now otherwise.").id)
@click.option("--receipt", default="", metavar="T", help=say("With “filed”: the receipt number.").id)
@click.option("--by", default="", metavar="NAME", help=say("With “filed”: who filed it; you otherwise.").id)
@click.option(
    "--applies",
    type=OneOf(("yes", "no", "rule")),
    default=None,
    help=say("With “override”: whether it applies, or “rule” to go by the rule again.").id,
)
@click.option("--counsel", default="", metavar="NAME", help=say("With “override”: which counsel decided it.").id)
@click.option("--reason", default="", metavar="T", help=say("Why it is late, was decided so, or is taken back.").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed the duty after this entry.").id)
@click.pass_obj
def duty(
    session: Session,
    incident: str,
    duty: str,
    act: str,
    at: str,
    receipt: str,
    by: str,
    applies: Literal["yes", "no", "rule"] | None,
    counsel: str,
    reason: str,
    if_seq: int | None,
) -> None:
    given = {
        "--at": at,
        "--receipt": receipt,
        "--by": by,
        "--applies": applies,
        "--counsel": counsel,
        "--reason": reason,
    }
    _require_fitting(act, [option for option, value in given.items() if value])
    case = session.case(incident)
    _require_duty(case, duty)
    decision: Decision
    match act:
        case "filed":
            when = session.moment(at, case) if at else None
            decision = partial(duties.file, duty=duty, at=when, receipt=receipt, who=by, reason=reason)
        case "delayed":
            decision = partial(duties.delay, duty=duty, reason=reason)
        case "withdraw":
            decision = partial(duties.withdraw, duty=duty, reason=reason)
        case _:
            if applies is None:
                raise BadContent(
                    say("Say what counsel decided."), say("Give --applies yes, no, or rule to go by the rule again.")
                )
            decision = partial(duties.override, duty=duty, applies=applies, counsel=counsel, reason=reason)
    case = session.do(case, decision, if_seq).case
    clock = next((one for one in deadlines(case) if one.id == duty), None)
    if act in ("filed", "delayed") and clock is not None and clock.applies is False:
        session.tell(say("By the rule this duty does not apply here; it is recorded all the same."))
    if act == "filed" and clock is not None and reason_wanted(case, clock):
        session.tell(*why_late(clock, case))


def _require_duty(case: Case, id: str) -> None:
    """Raises Refused for an id that is no duty's, before a time is echoed: it is the commoner mistake."""
    step = id.removeprefix("step:")
    if step != id and step in case.playbook.steps:
        command = f"runbook step {case.incident.id} {step} done"
        raise Refused(
            say("“{id}” is the deadline of a step.", id=id), say("Finish the step: {command}", command=command)
        )
    duties.find_duty(case, id)


def _require_fitting(act: str, given: list[str]) -> None:
    """Raises BadContent for an option that says nothing about this act: it would be dropped in silence."""
    for option in given:
        if option not in _TAKES[act]:
            raise BadContent(
                say("{option} does not go with “{act}”.", option=option, act=act),
                say("It takes: {options}.", options=", ".join(_TAKES[act])),
            )


COMMANDS = (duty,)
