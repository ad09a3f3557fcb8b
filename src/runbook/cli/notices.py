"""Notices: which can be written, and what must not leave in one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from runbook.actions.notices import fact_title
from runbook.cli import shapes
from runbook.cli.handing import OUT, to_file, to_output
from runbook.cli.notice_acts import ACTS, written_of
from runbook.cli.parts import Group, OneOf
from runbook.cli.session import Session
from runbook.cli.telling import drill_heading
from runbook.errors import BadContent, Refused, reason
from runbook.guardrails import Finding, State, findings
from runbook.notice_kinds import WRITTEN
from runbook.notices.documents import FORMAT_NAMES, FormatName
from runbook.speech import Message, say

if TYPE_CHECKING:
    from runbook.case import Case
    from runbook.notices.documents import Document
    from runbook.notices.drafting import Drafting

_LARGEST = 20_000_000
"""Bytes of a text or document that is read."""


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
@click.option("--kind", default="", metavar="KIND", help=say("With --incident: as this kind of notice.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def check(session: Session, file: str, incident: str, kind: str, json: bool) -> int:
    from runbook.notices.checking import current_rules, guarded_state
    from runbook.notices.house import standing_house
    from runbook.notices.marks import unframed
    from runbook.notices.reading import read_foreign

    content, state = session.content(), State()
    text = read_foreign(_bytes_of(file), file)
    if not text.strip():
        raise BadContent(say("There is no text in {file}.", file=file), say("Give the text that is to be checked."))
    if kind and not incident:
        raise BadContent(say("--kind needs --incident."), say("Name the incident it is a notice of."))
    if incident and kind:
        studio, case = session.desk().studio(), session.case(incident)
        drafting = studio.draft(case.incident.id, kind, session.language, anew=True)
        found = studio.checked(case.incident.id, drafting, unframed(text)).findings
    else:
        if incident:
            state = guarded_state(session.case(incident), house=standing_house(content)[0])
        found = findings(text, current_rules(content), state)
    language = session.language
    if json:
        blocked = any(finding.severity == "block" for finding in found)
        session.json({"blocked": blocked, "findings": [shapes.finding(finding, language) for finding in found]})
    if incident and not json:
        session.out(*drill_heading(session.case(incident), session))
    for finding in () if json else found:
        session.out(*found_lines(session, file, finding))
    if not found:
        session.tell(say("No findings."))
    return int(any(finding.severity != "inform" for finding in found))


SEVERITIES: dict[str, Message] = {"block": say("stops"), "warn": say("warns"), "inform": say("informs")}


def found_lines(session: Session, where: str, finding: Finding) -> list[str]:
    """A finding in lines: what and where, the text there unless it is on the whole, and why it matters."""
    word, language = session.speak(SEVERITIES[finding.severity]), session.language
    said = f"{where}:{finding.line}: {finding.rule} {word}: {finding.message.said(language)}"
    why = finding.why.said(language) if finding.why else ""
    return [said, *(f"    {line}" for line in (finding.excerpt, why) if line)]


@notice.command(
    "draft",
    help=say("Draft a notice, keep it, and write it; marked until it is approved.").id,
)
@click.argument("incident", metavar="INCIDENT", help=say("The incident's id, or the beginning of it.").id)
@click.argument("kind", metavar="KIND", help=say("The kind of notice: its slug or D-number.").id)
@click.option(
    "--format",
    type=OneOf(FORMAT_NAMES),
    default=None,
    help=say("The format; else the one the file's name ends in, else md.").id,
)
@click.option("-o", "--output", default="-", metavar="FILE", help=say("The file to write; else standard output.").id)
@click.option(
    "--lang",
    type=OneOf(WRITTEN),
    default=None,
    help=say("How it is written: ja, en, or easy (easy Japanese); else the program's language.").id,
)
@click.option("--new", is_flag=True, help=say("Begin a new version of a text that is frozen.").id)
@click.option("--to", "recipient", default="", metavar="ADDRESS", help=say("The recipient of a mail, one.").id)
@click.option("--from", "sender", default="", metavar="ADDRESS", help=say("The sender of a mail.").id)
@click.pass_obj
def draft(
    session: Session,
    incident: str,
    kind: str,
    format: FormatName | None,
    output: str,
    lang: str | None,
    new: bool,
    recipient: str,
    sender: str,
) -> int:
    case, studio = session.case(incident), session.desk().studio()
    drafting = studio.draft(case.incident.id, kind, written_of(session, lang), anew=new)
    refusal = None
    try:
        if not drafting.frozen:
            session.do(case, drafting.keep)
    except Refused as refused:  # such as for a closed incident: the text is written all the same
        refusal = refused
    document = studio.document(drafting, case, recipient=recipient, sender=sender)
    where, before = _write(session, case, document, format or _format_of(output), output)
    _open_points(session, case, drafting)
    for finding in drafting.findings:
        session.tell(*found_lines(session, where, msgspec.structs.replace(finding, line=finding.line + before)))
    if refusal is not None:
        raise refusal
    return int(any(finding.severity != "inform" for finding in drafting.findings))


def _format_of(output: str) -> FormatName:
    """What a file's name ends in; Markdown where that is none of the formats."""
    return next((known for known in FORMAT_NAMES if Path(output).suffix.lower() == f".{known}"), "md")


def _write(session: Session, case: Case, document: Document, format: FormatName, output: str) -> tuple[str, int]:
    """Write the notice where it was asked for. Gives the name of that place, and how many lines of marks stand before
    the text there. Raises BadContent.
    """
    from runbook.notices.formats import write
    from runbook.notices.marks import marked_name

    data = write(document, format)
    before = data.decode()[: data.decode().find(document.markdown.strip())].count("\n") if format == "md" else 0
    if output == OUT and format in ("docx", "pdf") and sys.stdout.isatty():
        raise BadContent(
            say("A {format} file is not for the terminal.", format=format), say("Name a file with -o FILE.")
        )
    if output == OUT:
        to_output(session, data, lines=format in ("md", "txt"))
        return (output if format == "md" else document.stem), before
    path = to_file(session, marked_name(Path(output), case.incident), data)
    return (str(path) if format == "md" else document.stem), before


def _open_points(session: Session, case: Case, drafting: Drafting) -> None:
    """Say what is wrong with the template, and what the text still lacks."""
    from runbook.notices.missing import title_of

    if drafting.trouble is not None:
        session.tell(drafting.trouble)
    for missing in drafting.missing:
        if missing.step:
            number, field = case.playbook.numbers[missing.step], missing.field
            session.tell(
                say("Missing: {fact} (step {step}, field {field}).", fact=missing.title, step=number, field=field)
            )
        elif missing.duty:
            session.tell(missing.told)
        else:
            session.tell(say("Missing: {fact} (fact {name}).", fact=missing.title, name=missing.fact))
    for conflict in drafting.conflicts:
        session.tell(say("Line {line}: worded by hand, and the facts changed since.", line=conflict.line))
    for name in drafting.outdated:
        session.tell(say("“{fact}” changed since it was submitted.", fact=fact_title(case, name)))
    for overtaken in drafting.overtaken:
        session.tell(overtaken)
    if drafting.outdated and drafting.kind.filing and drafting.stage == "published":
        session.tell(say("The next filing says so; --new begins it."))
    if drafting.foreign:
        titles = ", ".join(title_of(case, name).said(session.language) for name in drafting.foreign)
        session.tell(say("Still in another language, to be translated by hand: {facts}.", facts=titles))


def text_of(file: str) -> str:
    """The text of a file or of standard input. Raises BadContent for what is none."""
    from runbook.notices.reading import read_text

    return read_text(_bytes_of(file), file)


def _bytes_of(file: str) -> bytes:
    """What is in a file or on standard input. Raises BadContent."""
    try:
        if file == "-":
            raw = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with Path(file).open("rb") as stream:
                raw = stream.read(_LARGEST + 1)
    except OSError as error:
        raise BadContent(
            say("{file} cannot be read: {reason}.", file=file, reason=reason(error)),
            say("Check the path and your rights to the file."),
        ) from None
    if len(raw) > _LARGEST:
        raise BadContent(say("{file} is larger than {size} MB.", file=file, size=_LARGEST // 1_000_000))
    return raw


for act in ACTS:
    notice.add_command(act)
COMMANDS = (notice,)
