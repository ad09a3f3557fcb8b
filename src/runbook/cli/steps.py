"""Working a step: one command, one decision, one transaction, whatever options it is given."""

from __future__ import annotations

from functools import partial

import click
import msgspec

from runbook.actions import records, steps
from runbook.actions.deciding import By, Decision, find_step, together
from runbook.case import Case
from runbook.cli.parts import WHOLE, Command, OneOf
from runbook.cli.session import Session, pairs
from runbook.desk import Done
from runbook.drills.untold import why_of
from runbook.errors import BadContent
from runbook.events import Act, StepFinished
from runbook.moment import Moment
from runbook.progress import unread_warnings
from runbook.speech import say

_LAST = ("done", "skip")
"""Acts that come after what was filled in and ticked; the others come before it."""


class Wanted(msgspec.Struct, frozen=True):
    """What the command line asks for."""

    step: str
    act: str
    warnings: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    ticks: tuple[tuple[str, bool], ...]
    note: str
    reason: str
    to: str


@click.command("step", cls=Command, help=say("Work a step. All that is given is recorded at once, or nothing is.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("step", help=say("The step's id or number, such as 3-2.").id)
@click.argument(
    "act",
    type=OneOf(("start", "done", "skip", "reopen", "assign", "ack", "fill", "tick")),
    help=say("What to do with it. “ack” confirms that its warnings were read.").id,
)
@click.argument(
    "warnings", nargs=-1, metavar="[WARNING]...", help=say("With “ack”: which warnings; all of them otherwise.").id
)
@click.option(
    "--set", "fields", multiple=True, metavar="FIELD=VALUE", help=say("Fill in a field; an empty value empties it.").id
)
@click.option("--check", "checks", multiple=True, metavar="ID", help=say("Tick a check.").id)
@click.option("--uncheck", "unchecks", multiple=True, metavar="ID", help=say("Take a tick away.").id)
@click.option("--at", default="", metavar="TIME", help=say("When it really happened.").id)
@click.option("--note", default="", metavar="T", help=say("A note beside it.").id)
@click.option("--reason", default="", metavar="T", help=say("Why it is skipped or reopened.").id)
@click.option("--to", default="", metavar="NAME", help=say("Who is to do it.").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed the step after this entry.").id)
@click.pass_obj
def step(
    session: Session,
    incident: str,
    step: str,
    act: str,
    warnings: tuple[str, ...],
    fields: tuple[str, ...],
    checks: tuple[str, ...],
    unchecks: tuple[str, ...],
    at: str,
    note: str,
    reason: str,
    to: str,
    if_seq: int | None,
) -> None:
    case = session.case(incident)
    moment = session.moment(at, case) if at else None
    ticks = (*((id, True) for id in checks), *((id, False) for id in unchecks))
    wanted = Wanted(step, act, warnings, tuple(pairs(fields)), ticks, note, reason, to)
    if act == "ack":
        _show_warnings(session, case, step)
    _show_open_checks(session, session.do(case, decision(wanted, moment), if_seq))


def decision(wanted: Wanted, moment: Moment | None) -> Decision:
    """The one decision that the options amount to; everything in it happened at `moment`."""
    if wanted.warnings and wanted.act != "ack":
        raise BadContent(
            say("“{text}” is one word too many here.", text=wanted.warnings[0]),
            say("Put a text of several words in quotes: “…”."),
        )
    details: list[Decision] = [
        *(partial(steps.fill, step=wanted.step, field=field, typed=typed) for field, typed in wanted.fields),
        *(partial(steps.tick, step=wanted.step, check=check, on=on) for check, on in wanted.ticks),
    ]
    if wanted.act in ("fill", "tick") and not details:
        raise BadContent(say("There is nothing to fill in or tick."), say("Give --set FIELD=VALUE, or --check ID."))
    main = _main(wanted, moment)
    order = [*details, *main] if wanted.act in _LAST else [*main, *details]
    if wanted.note:
        order.append(partial(records.note, text=wanted.note, step=wanted.step))
    return together(*(_happened(part, moment) for part in order))


def _main(wanted: Wanted, moment: Moment | None) -> list[Decision]:
    step = wanted.step
    match wanted.act:
        case "start":
            return [_or_correct(partial(steps.start, step=step), step, "started", moment)]
        case "done":
            return [_or_correct(partial(steps.finish, step=step), step, "done", moment)]
        case "skip":
            return [partial(steps.skip, step=step, reason=wanted.reason)]
        case "reopen":
            return [partial(steps.reopen, step=step, reason=wanted.reason)]
        case "assign":
            return [partial(steps.assign, step=step, to=wanted.to)]
        case "ack" if wanted.warnings:
            return [partial(steps.acknowledge, warning=warning, step=step) for warning in wanted.warnings]
        case "ack":
            return [partial(_acknowledge_all, step=step)]
    return []


def _or_correct(act: Decision, step: str, mark: str, moment: Moment | None) -> Decision:
    """The act itself; on a step that has that time already, `--at` corrects it (rules.md 8)."""

    def decide(case: Case, by: By) -> list[Act]:
        own = case.incident.step(find_step(case, step).id)
        if moment is not None and own.state == "done" and mark == "done":
            return steps.correct_time(case, by, step, "done", moment)
        if moment is not None and own.state in ("active", "done") and mark == "started":
            return steps.correct_time(case, by, step, "started", moment)
        return act(case, by)

    return decide


def _acknowledge_all(case: Case, by: By, step: str) -> list[Act]:
    found = find_step(case, step)
    unread = unread_warnings(case, found)
    return [act for warning in unread for act in steps.acknowledge(case, by, found.id, warning.id)]


def _happened(decide: Decision, moment: Moment | None) -> Decision:
    """The same decision, its acts dated to when they really happened."""
    if moment is None:
        return decide

    def dated(case: Case, by: By) -> list[Act]:
        return [msgspec.structs.replace(act, moment=act.moment or moment) for act in decide(case, by)]

    return dated


def _show_warnings(session: Session, case: Case, step: str) -> None:
    for warning in unread_warnings(case, find_step(case, step)):
        session.tell(f"! {warning.title.said(session.language)} [{warning.id}]")
        why = session.speak(say("{what}", what=why_of(case, warning)))
        session.tell(f"  {warning.text.said(session.language)}", f"  {why}")


def _show_open_checks(session: Session, done: Done) -> None:
    for event in done.entries:
        if isinstance(event.data, StepFinished) and event.data.open_checks:
            checks = {check.id: check for check in done.case.playbook.steps[event.data.step].checks}
            session.tell(say("Finished with checks left open:"))
            session.tell(*(f"  [ ] {checks[id].title.said(session.language)} [{id}]" for id in event.data.open_checks))


COMMANDS = (step,)
