"""The record: free entries, reading it, correcting it, proving it, copying it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import click

from runbook.actions import records
from runbook.chain import PROMISE, finding, head_code
from runbook.cli import shapes, telling
from runbook.cli.parts import WHOLE, Command
from runbook.cli.session import Session
from runbook.desk import Desk, Entry
from runbook.errors import ChainBroken, Refused
from runbook.events import TEAM
from runbook.speech import say

_PAGE = 500
"""Entries read at a time, so that a long record is printed without holding it all."""


@click.command("note", cls=Command, help=say("Write a free entry.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("text", help=say("What happened.").id)
@click.option("--at", default="", metavar="TIME", help=say("When it really happened.").id)
@click.pass_obj
def note(session: Session, incident: str, text: str, at: str) -> None:
    case = session.case(incident)
    moment = session.moment(at, case) if at else None
    session.do(case, partial(records.note, text=text, moment=moment))


@click.command("log", cls=Command, help=say("Print the record: as it happened, or with --json as it was written.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.option("--since", type=WHOLE, default=0, metavar="SEQ", help=say("Only the entries after this one.").id)
@click.option("--facilitator", is_flag=True, help=say("Of a drill: with the entries of its facilitator.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def log(session: Session, incident: str, since: int, facilitator: bool, json: bool) -> None:
    case = session.case(incident)
    hides = case.incident.drill is not None and not facilitator  # a courtesy, no wall (rules.md 37)
    types = TEAM if hides else ()
    order = session.desk().order(case.incident.id, "written" if json else "happened", types=types)
    entries = _entries(session, case.incident.id, (seq for seq in order if seq > since))
    if json:
        session.json_lines(shapes.entry(entry, session.language, case.zone) for entry in entries)
    else:
        session.out(*telling.drill_heading(case, session))
        for entry in entries:
            session.out(telling.entry(entry, case, session))


def _entries(session: Session, incident: str, seqs: Iterator[int]) -> Iterator[Entry]:
    while page := list(islice(seqs, _PAGE)):
        yield from session.desk().entries(incident, page)


@click.command("amend", cls=Command, help=say("Correct a note by a new entry, or put a remark on any other entry.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("seq", type=WHOLE, metavar="SEQ", help=say("The number of the entry.").id)
@click.argument("text", help=say("How it should read.").id)
@click.pass_obj
def amend(session: Session, incident: str, seq: int, text: str) -> None:
    desk = session.desk()
    session.report(desk.amend(desk.find(incident), seq, text))


@click.command("undo", cls=Command, help=say("Take back your last act by a new entry.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.pass_obj
def undo(session: Session, incident: str) -> None:
    session.do(session.case(incident), records.undo)


@click.command(
    "redact", cls=Command, help=say("Remove the free texts of an entry for good. Two people and a reason.").id
)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("seq", type=WHOLE, metavar="SEQ", help=say("The number of the entry.").id)
@click.option("--second", default="", metavar="NAME", help=say("The second person.").id)
@click.option("--reason", default="", metavar="TEXT", help=say("Why the text must not be there.").id)
@click.pass_obj
def redact(session: Session, incident: str, seq: int, second: str, reason: str) -> None:
    desk = session.desk()
    id = desk.find(incident)
    echoes = desk.echoes(id, seq)
    session.report(desk.redact(id, seq, second, reason))
    if also := echoes.said():
        session.tell(also)


@click.command("verify", cls=Command, help=say("Check that nothing recorded was changed, here or in a file.").id)
@click.argument(
    "incident",
    metavar="INCIDENT|FILE",
    help=say("The incident's id, or the beginning of it; or a file with a record, such as a backup.").id,
)
@click.option("--head", default="", metavar="CODE", help=say("A head code written down earlier.").id)
@click.pass_obj
def verify(session: Session, incident: str, head: str) -> int:
    given = Path(incident).is_file()
    desk = session.given(Path(incident)) if given else session.desk()
    wanted = _of_all(desk, head, incident) if given else {desk.find(incident): head}
    found = {id: desk.verify(id, code or None) for id, code in wanted.items()}
    for id, one in found.items():
        session.out(*([id] if given else []), *(telling.drill_heading(desk.case(id), session) if one.chain.ok else ()))
        session.out(finding(one.chain))
        if one.chain.ok:
            session.out(say("Head code #{seq}: {code}", seq=one.chain.entries, code=head_code(one.chain.head)))
        if not one.snapshot and not given:
            session.tell(say("The quick copy of the incident said something else; it was made anew from the record."))
    if all(one.chain.ok for one in found.values()):
        session.tell(PROMISE)
        return 0
    session.tell(say("Keep this file as it is for those who will look into it, and compare it with a backup."))
    return ChainBroken.exit_code


def _of_all(desk: Desk, head: str, file: str) -> dict[str, str]:
    """Every incident of a file, with the head code to look for in it: in the one that has it, or, if none has, in
    all."""
    ids = [card.id for card in desk.cards()]
    if not ids:
        raise Refused(
            say("{file} holds no incident.", file=file),
            say("Copied while in use, a record lacks what was written last: copy it with “runbook backup FILE”."),
        )
    having = [id for id in ids if head and desk.verify(id, head).chain.matched] or ids
    return {id: head if id in having else "" for id in ids}


@click.command("backup", cls=Command, help=say("Copy the whole record to a new file, safely while in use.").id)
@click.argument("file", help=say("The new file.").id)
@click.pass_obj
def backup(session: Session, file: str) -> None:
    session.desk().backup(Path(file))
    session.tell(say("Copied to {file}.", file=file))


COMMANDS = (note, log, amend, undo, redact, verify, backup)
