"""Notices: which can be written, and what must not leave in one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from runbook.case import Case
from runbook.cli import shapes
from runbook.cli.parts import Group
from runbook.cli.session import Session
from runbook.errors import BadContent
from runbook.guardrails import State, findings, read_rules, state_of
from runbook.speech import Message, say

_LARGEST = 20_000_000
"""Bytes of a text to check."""


@click.group("notice", cls=Group, help=say("Notices: which there are, drafting one, checking a text.").id)
def notice() -> None:
    pass


@notice.command("kinds", help=say("List the kinds of notice that can be written.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def kinds(session: Session, json: bool) -> None:
    found = session.content().kinds()
    if json:
        session.json([shapes.notice_kind(kind, session.language) for kind in found])
    else:
        session.out(*(f"{kind.id}  {kind.slug}  {kind.title.said(session.language)}" for kind in found))


@notice.command("check", help=say("Check any text against the guardrails. Exit code 1 where one stops or warns.").id)
@click.argument("file", metavar="FILE|-", help=say("The text's file, or - for standard input.").id)
@click.option("--incident", default="", metavar="INCIDENT", help=say("Judge it by what this incident confirmed.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def check(session: Session, file: str, incident: str, json: bool) -> int:
    state = guarded_state(session.case(incident)) if incident else State()
    rules = read_rules(session.content().tree("playbooks/guardrails.yaml"))
    found = findings(_text(file), rules, state)
    language = session.language
    if json:
        blocked = any(finding.severity == "block" for finding in found)
        session.json({"blocked": blocked, "findings": [shapes.finding(finding, language) for finding in found]})
    for finding in () if json else found:
        word = session.speak(SEVERITIES[finding.severity])
        session.out(f"{file}:{finding.line}: {finding.rule} {word}: {finding.message.said(language)}")
        session.out(f"    {finding.excerpt}", f"    {finding.why.said(language)}")
    if not found:
        session.tell(say("No findings."))
    return int(any(finding.severity != "inform" for finding in found))


SEVERITIES: dict[str, Message] = {"block": say("stops"), "warn": say("warns"), "inform": say("informs")}


def guarded_state(case: Case) -> State:
    """What the rules must know of an incident: its confirmed facts."""
    return state_of({name: case.value(name) for name in case.incident.facts if case.is_confirmed(name)})


def _text(file: str) -> str:
    """The text of a file or of standard input. Raises BadContent for what is none."""
    name = "-" if file == "-" else str(Path(file))
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise BadContent(
            say("{file} cannot be read: {reason}.", file=name, reason=error.strerror or type(error).__name__),
            say("Check the path and your rights to the file."),
        ) from None
    if len(raw) > _LARGEST:
        raise BadContent(say("{file} is larger than {size} MB.", file=name, size=_LARGEST // 1_000_000))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadContent(
            say("{file} is no text in UTF-8.", file=name), say("Save it as plain text in UTF-8, or as HTML.")
        ) from None


COMMANDS = (notice,)
