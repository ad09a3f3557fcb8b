"""Playbooks and regimes: which there are, whether one is right, what is in one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from runbook.cli.parts import Group
from runbook.cli.session import Session
from runbook.errors import BadContent, RunbookError
from runbook.opening import record_exists
from runbook.playbook import Playbook, Step
from runbook.regime import Force, Regime
from runbook.speech import Bilingual, Message, say


@click.group("playbook", cls=Group, help=say("List, check and show playbooks.").id)
def playbook() -> None:
    pass


@playbook.command("list", help=say("List the playbooks: edition, when last reviewed, when last drilled.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def list_all(session: Session, json: bool) -> None:
    content = session.content()
    found = []
    for name in content.playbooks():
        try:
            found.append(content.playbook(name))
        except BadContent:
            session.tell(say("The playbook “{name}” has mistakes; “runbook playbook check” names them.", name=name))
    drilled = _drilled(session)
    if json:
        session.json([_brief(one, drilled.get(one.id), session) for one in found])
        return
    for one in found:
        rehearsed = session.speak(_rehearsed(one, drilled.get(one.id)))
        session.out(f"{one.id}  {one.title.said(session.language)} ({one.edition})  {rehearsed}")


def _drilled(session: Session) -> dict[str, date]:
    """When each playbook was last drilled, as this record has it; a record that cannot be had is no reason to list
    none."""
    from runbook.drills.history import playbooks_drilled

    if not record_exists(session.db):
        return {}
    try:
        return playbooks_drilled(session.desk().cards())
    except RunbookError as failure:
        session.tell(failure.message)
        return {}


def _rehearsed(playbook: Playbook, drilled: date | None) -> Message:
    reviewed = playbook.reviewed or playbook.edition
    if drilled is None:
        return say("last reviewed {reviewed}, no drill in this record", reviewed=reviewed)
    return say("last reviewed {reviewed}, last drilled {drilled}", reviewed=reviewed, drilled=drilled.isoformat())


@playbook.command(
    "check",
    help=say("Name every mistake in the file of a playbook, a regime or the severity method, with its line.").id,
)
@click.argument("file", help=say("The file.").id)
@click.pass_obj
def check(session: Session, file: str) -> int:
    mistakes = session.content().check(Path(file))
    session.out(*(mistake.said for mistake in mistakes))
    if mistakes:
        session.tell(say("1 mistake.") if len(mistakes) == 1 else say("{n} mistakes.", n=len(mistakes)))
        return BadContent.exit_code
    session.tell(say("No mistakes."))
    return 0


@playbook.command("show", help=say("Print a playbook: phases, steps, fields, with their ids.").id)
@click.argument("name", help=say("The playbook's name; “runbook playbook list” shows them.").id)
@click.pass_obj
def show(session: Session, name: str) -> None:
    session.out(*_whole(session.content().playbook(name), session))


@playbook.command(
    "regimes", help=say("List the laws whose duties are known, by the names the fact “regimes” takes.").id
)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def regimes(session: Session, json: bool) -> None:
    found, unread = session.content().laws()
    for problem in unread:
        session.tell(say("This regime has mistakes and is left out: {problem}", problem=problem))
    if json:
        session.json([_law(one, session) for one in found])
    else:
        session.out(*(line for one in found for line in _law_lines(one, session)))


def _law(regime: Regime, session: Session) -> dict[str, object]:
    return {
        "id": regime.id,
        "title": regime.title.said(session.language),
        "as_of": regime.as_of,
        "default": regime.default,
        "in_force": _in_force(regime.force),
        "duties": [
            {
                "id": duty.id,
                "title": duty.title.said(session.language),
                "in_force": _in_force(regime.force if duty.force == Force() else duty.force),
            }
            for duty in regime.duties
        ],
    }


def _in_force(force: Force) -> dict[str, str | None]:
    return {"from": force.start or None, "until": force.end or None}


def _law_lines(regime: Regime, session: Session) -> Iterator[str]:
    def told(*parts: Message) -> str:
        return ("、" if session.language == "ja" else ", ").join(session.speak(part) for part in parts)

    asked = (
        say("asked unless the fact “regimes” names others")
        if regime.default
        else say("asked where the fact “regimes” names it")
    )
    yield f"{regime.id}  {regime.title.said(session.language)}"
    yield f"    {told(say('read on {day}', day=regime.as_of), *_times(regime.force), asked)}"
    for duty in regime.duties:
        own = "" if duty.force == Force() else told(*_times(duty.force))
        yield f"    {duty.id}  {duty.title.said(session.language)}" + (f" ({own})" if own else "")


def _times(force: Force) -> Iterator[Message]:
    if force.start:
        yield say("in force from {day}", day=force.start)
    if force.end:
        yield say("in force until {day}", day=force.end)


def _brief(playbook: Playbook, drilled: date | None, session: Session) -> dict[str, object]:
    return {
        "id": playbook.id,
        "edition": playbook.edition,
        "title": playbook.title.said(session.language),
        "steps": len(playbook.steps),
        "reviewed": playbook.reviewed or playbook.edition,
        "drilled": drilled.isoformat() if drilled else None,
    }


def _whole(playbook: Playbook, session: Session) -> Iterator[str]:
    def text(of: Bilingual) -> str:
        return of.said(session.language)

    yield f"{text(playbook.title)} ({playbook.edition})"
    yield text(playbook.about)
    for phase in playbook.phases:
        yield ""
        yield text(phase.title)
        for step in phase.steps:
            yield f"  {playbook.numbers[step.id]} {text(step.title)} [{step.id}]"
            yield from (f"      {line}" for line in _step(playbook, step, session))


def _step(playbook: Playbook, step: Step, session: Session) -> Iterator[str]:
    def text(of: Bilingual) -> str:
        return of.said(session.language)

    yield text(step.why)
    yield from (f"- {text(line)}" for line in step.lines)
    yield from (f"[ ] {text(check.title)} [{check.id}]" for check in step.checks)
    for field in step.fields:
        sets = f" → {field.fact}" if field.fact else ""
        needed = f" ({session.speak(say('required'))})" if field.required else ""
        yield f"{text(field.title)} [{field.id}{sets}]{needed}"
    yield from (f"! {text(playbook.warnings[id].title)} [{id}]" for id in step.warnings if id in playbook.warnings)


COMMANDS = (playbook,)
