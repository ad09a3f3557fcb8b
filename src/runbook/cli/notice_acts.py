"""A notice's life on the command line: worded by hand, submitted, approved, published, corrected, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from runbook.cli import shapes
from runbook.cli.parts import WHOLE, Command, OneOf
from runbook.cli.session import Session
from runbook.cli.telling import drill_heading
from runbook.errors import BadContent, Refused
from runbook.notice_kinds import WRITTEN, Written
from runbook.publications import changes, is_filing, next_filings
from runbook.saying import STAGE_NAMES, held_words, moment_words, stage_words
from runbook.speech import Argument, Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from runbook.case import Case
    from runbook.notices.drafting import Drafting
    from runbook.notices.merging import Side
    from runbook.publications import Change, Held

_INCIDENT = click.argument("incident", metavar="INCIDENT", help=say("The incident's id, or the beginning of it.").id)
_KIND = click.argument("kind", metavar="KIND", help=say("The kind of notice: its slug or D-number.").id)
_LANG = click.option(
    "--lang",
    type=OneOf(WRITTEN),
    default=None,
    help=say("How it is written: ja, en, or easy (easy Japanese); else the program's language.").id,
)
_IF_SEQ = click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed the notice after this entry.").id)
_REASON = click.option("--reason", required=True, metavar="T", help=say("Why.").id)


def written_of(session: Session, lang: str | None) -> Written:
    """The writing asked for, else the program's language."""
    return next((known for known in WRITTEN if known == lang), session.language)


def _act(name: str, help: str, *options: Callable[..., object]) -> Callable[[Callable[..., None]], click.Command]:
    """A command on one notice of one incident."""

    def make(callback: Callable[..., None]) -> click.Command:
        done: Callable[..., None] = click.pass_obj(callback)
        for option in reversed((_INCIDENT, _KIND, *options, _LANG)):
            option(done)
        return click.command(name, cls=Command, help=help)(done)

    return make


@_act(
    "edit",
    say("Keep a wording changed by hand: the whole text, from a file or standard input.").id,
    click.argument("file", metavar="FILE|-", help=say("The text's file, or - for standard input.").id),
    click.option("--new", is_flag=True, help=say("Begin a new version of a text that is frozen.").id),
    _IF_SEQ,
)
def edit(
    session: Session, incident: str, kind: str, file: str, new: bool, if_seq: int | None, lang: str | None
) -> None:
    from runbook.cli.notices import text_of
    from runbook.notices.marks import unframed

    case, studio = session.case(incident), session.desk().studio()
    drafting = studio.draft(case.incident.id, kind, written_of(session, lang), anew=new)
    session.report(studio.reword(case.incident.id, drafting, unframed(text_of(file)), seen=if_seq))


@_act(
    "settle",
    say("Settle a conflict between a wording by hand and the facts as they are now.").id,
    click.argument("number", type=WHOLE, metavar="N", help=say("The conflict's number, as “notice diff” shows it.").id),
    click.argument("take", type=OneOf(("mine", "theirs")), help=say("The wording by hand, or that of the facts.").id),
)
def settle(session: Session, incident: str, kind: str, number: int, take: str, lang: str | None) -> None:
    case = session.case(incident)
    side: Side = "mine" if take == "mine" else "theirs"
    session.report(session.desk().studio().settle(case.incident.id, kind, written_of(session, lang), number - 1, side))


@_act("submit", say("Submit a notice for approval: from now on its text is frozen.").id, _IF_SEQ)
def submit(session: Session, incident: str, kind: str, if_seq: int | None, lang: str | None) -> None:
    case, studio, written = session.case(incident), session.desk().studio(), written_of(session, lang)
    session.report(studio.submit(case.incident.id, kind, written, seen=if_seq))
    _tell_half_translated(session, studio.draft(case.incident.id, kind, written))


@_act(
    "pass",
    say("Answer by name for a warning, so that the notice can be approved.").id,
    click.argument("rule", metavar="RULE", help=say("The rule that warns, such as G02.").id),
    click.option("--line", type=WHOLE, help=say("Which line, if the rule warns about several.").id),
    _REASON,
)
def pass_warning(
    session: Session, incident: str, kind: str, rule: str, line: int | None, reason: str, lang: str | None
) -> None:
    from runbook.actions.notices import mark_of

    case, studio = session.case(incident), session.desk().studio()
    written = written_of(session, lang)
    drafting = studio.draft(case.incident.id, kind, written)
    found = [one for one in drafting.findings if one.rule == rule.upper() and line in (None, one.line)]
    if not found:
        raise Refused(
            say("{rule} finds nothing there.", rule=rule.upper()),
            say("“runbook notice draft” shows what is found."),
        )
    if len({mark_of(one) for one in found}) > 1:
        lines = ", ".join(str(one.line) for one in found)
        raise BadContent(
            say("{rule} warns about several lines: {lines}.", rule=rule.upper(), lines=lines),
            say("Name the one with --line."),
        )
    session.report(studio.answer(case.incident.id, kind, written, mark_of(found[0]), reason))


@_act("approve", say("Approve exactly the submitted text; not by its authors.").id, _IF_SEQ)
def approve(session: Session, incident: str, kind: str, if_seq: int | None, lang: str | None) -> None:
    case, studio, written = session.case(incident), session.desk().studio(), written_of(session, lang)
    session.report(studio.approve(case.incident.id, kind, written, seen=if_seq))
    _tell_half_translated(session, studio.draft(case.incident.id, kind, written))
    session.tell(say("Names at the desk are not authenticated."))


@_act(
    "publish",
    say("Record that the approved text went out.").id,
    click.option("--channel", required=True, metavar="T", help=say("Where: web page, press, letter, mail.").id),
    click.option("--address", default="", metavar="T", help=say("The page's address, or to whom.").id),
    click.option("--at", default="", metavar="TIME", help=say("When it really went out.").id),
    _IF_SEQ,
)
def publish(
    session: Session,
    incident: str,
    kind: str,
    channel: str,
    address: str,
    at: str,
    if_seq: int | None,
    lang: str | None,
) -> None:
    from runbook.cli.deadlines import why_late
    from runbook.duties import deadlines, reason_wanted
    from runbook.notices.drafting import the_kind

    case = session.case(incident)
    moment = session.moment(at, case) if at else None
    written = written_of(session, lang)
    done = (
        session.desk().studio().publish(case.incident.id, kind, written, channel, address, moment=moment, seen=if_seq)
    )
    case = session.report(done).case
    files = the_kind(session.content(), kind).files
    for clock in deadlines(case):
        if clock.id in files and reason_wanted(case, clock):
            session.tell(*why_late(clock, case))


@_act(
    "correct",
    say("Record that what was published was put right.").id,
    _REASON,
    click.option("--by", type=WHOLE, default=0, metavar="N", help=say("The entry of the publication that did so.").id),
)
def correct(session: Session, incident: str, kind: str, reason: str, by: int, lang: str | None) -> None:
    case = session.case(incident)
    session.report(session.desk().studio().correct(case.incident.id, kind, written_of(session, lang), reason, by))


@_act("withdraw", say("Record that what was published no longer stands.").id, _REASON)
def withdraw(session: Session, incident: str, kind: str, reason: str, lang: str | None) -> None:
    case = session.case(incident)
    session.report(session.desk().studio().withdraw(case.incident.id, kind, written_of(session, lang), reason))


@_act("diff", say("What the text says otherwise than the one published last, and what was worded by hand.").id)
def diff(session: Session, incident: str, kind: str, lang: str | None) -> None:
    case, studio = session.case(incident), session.desk().studio()
    drafting = studio.draft(case.incident.id, kind, written_of(session, lang), anew=True)
    published = studio.differences(drafting, case)
    session.out(*drill_heading(case, session))
    if published is None:
        session.tell(say("Nothing of it was published yet."))
    for title, found in ((say("Since it was published:"), published or ()), (say("By hand:"), drafting.edits)):
        if found:
            session.out(title)
        for change in found:
            session.out(*(f"  - {line}" for line in change.was.splitlines() if line))
            session.out(*(f"  + {line}" for line in change.now.splitlines() if line))
    for n, conflict in enumerate(drafting.conflicts, 1):
        session.out(say("Conflict {n}, line {line}:", n=n, line=conflict.line))
        session.out(*(f"  mine    {line}" for line in conflict.mine.splitlines() if line))
        session.out(*(f"  theirs  {line}" for line in conflict.theirs.splitlines() if line))


@_act(
    "versions",
    say("Everything that happened to a notice, with the hash of each text.").id,
    click.option("--json", is_flag=True, help=say("Print JSON.").id),
)
def versions(session: Session, incident: str, kind: str, json: bool, lang: str | None) -> None:
    from runbook.notices.drafting import the_kind

    case = session.case(incident)
    of = the_kind(session.content(), kind)
    notice = case.incident.notice(of.slug, written_of(session, lang))
    found = shapes.notice_life(notice, case.zone)
    if json:
        session.json(found)
    if not json:
        session.out(*drill_heading(case, session))
    for line in () if json else found:
        known = next((known for known in STAGE_NAMES if known == line["what"]), None)
        stage = stage_words(known, of.filing) if known else say("warning passed")
        said = (
            f"#{line['seq']}",
            str(line["at"]),
            session.speak(stage),
            str(line["actor"]),
            str(line["sha256"] or "")[:12],
        )
        session.out("  ".join(part for part in said if part))
    if not found and not json:
        session.tell(say("Nothing was kept of it yet."))


@click.command(
    "stale", cls=Command, help=say("Published notices that rest on a fact that changed since. Exit code 1 if any.").id
)
@_INCIDENT
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def stale(session: Session, incident: str, json: bool) -> int:
    from runbook.actions.notices import fact_title

    case = session.case(incident)
    found = changes(case)
    if json:
        session.json([shapes.stale(change, case.zone) for change in found])
        return int(bool(found))
    session.out(*drill_heading(case, session))
    for change in found:
        values: dict[str, Argument] = {
            "kind": change.of.kind,
            "written": change.of.written,
            "seq": change.of.publication.touch.seq,
            "at": moment_words(change.of.publication.at, case.zone),
            "fact": fact_title(case, change.fact),
            "was": _said(case, change.fact, change.was),
            "now": _said(case, change.fact, change.now),
        }
        filed, public = (
            say("{kind}/{written} #{seq}, filed {at}: “{fact}” was {was}, is {now}", **values),
            say("{kind}/{written} #{seq}, published {at}: “{fact}” was {was}, is {now}", **values),
        )
        session.out(filed if is_filing(case, change.of) else public)
    session.tell(*_put_right(case, found))
    return int(bool(found))


def _put_right(case: Case, found: Sequence[Change]) -> Iterator[Message]:
    """How what is no longer right is put right: in public by a correction, for whoever got a filing by the next one."""
    id = case.incident.id
    filings = dict.fromkeys((one.of.kind, one.of.written) for one in found if is_filing(case, one.of))
    if not found:
        yield say("Nothing published rests on a fact that changed.")
    if any(not is_filing(case, one.of) for one in found):
        yield say("Publish a correction: “runbook notice draft {id} correction”.", id=id)
    if filings:
        yield say("What was filed is put right by the next filing, and not in public:")
    for kind, written in filings:
        for slug in next_filings(case, kind):
            command = f"runbook notice draft {id} {slug} --lang {written}" + (" --new" if slug == kind else "")
            title = case.playbook.notices.get(slug, slug)
            yield say("  {title}: {command}", title=title, command=command)


def _said(case: Case, fact: str, held: Held | None) -> Argument:
    spec = case.spec(fact)
    return held_words(held, spec.choices if spec else {}, case.zone)


def _tell_half_translated(session: Session, drafting: Drafting) -> None:
    if drafting.half_translated:
        session.tell(say("Japanese words are still in the text."))


ACTS = (edit, settle, submit, pass_warning, approve, publish, correct, withdraw, diff, versions, stale)
