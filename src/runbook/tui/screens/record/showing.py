"""An entry of the record in words: its row in the list, and everything about it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, TypeAlias

import msgspec
from rich.cells import cell_len
from rich.text import Text

from runbook import events as e
from runbook.chain import head_code
from runbook.desk import Entry
from runbook.events import Event
from runbook.fold import subject_of
from runbook.moment import Moment, between
from runbook.narrate import narrate, written_late
from runbook.saying import moment_words, source_words, value_words
from runbook.saying import words as prose_words
from runbook.script import doer
from runbook.speech import Argument, Message, say
from runbook.tui.presenting import fit
from runbook.tui.screens.record.corrections import Line
from runbook.tui.teller import Teller
from runbook.tui.telling import WHEN, column_time, minute
from runbook.tui.widgets.pane import Piece
from runbook.wording import words

By: TypeAlias = Literal["happened", "written"]

FACILITATOR = "facilitator"
"""The kind that only the console shows (rules.md 37)."""
KINDS: dict[str, tuple[Message, tuple[str, ...]]] = {
    "notes": (say("notes"), ("note_written",)),
    "facts": (say("facts and data"), ("fact_recorded", "dataset_recorded", "row_recorded", "field_filled")),
    "steps": (
        say("steps"),
        (
            "step_started",
            "step_finished",
            "step_skipped",
            "step_reopened",
            "step_assigned",
            "step_timed",
            "check_ticked",
        ),
    ),
    "warnings": (say("warnings read"), ("warning_acknowledged",)),
    "notices": (
        say("notices"),
        (
            "notice_drafted",
            "notice_submitted",
            "finding_passed",
            "notice_approved",
            "notice_published",
            "notice_corrected",
            "notice_withdrawn",
        ),
    ),
    "duties": (
        say("duties and severity"),
        ("duty_filed", "filing_withdrawn", "duty_delayed", "duty_overridden", "severity_judged"),
    ),
    "corrections": (say("corrections"), ("entry_amended", "entry_redacted", "act_undone")),
    "incident": (
        say("the incident itself"),
        ("incident_opened", "incident_renamed", "incident_closed", "edition_moved", "clock_set"),
    ),
    "drill": (say("the drill"), ("drill_started", "drill_ended", "inject_arrived", "inject_answered")),
    FACILITATOR: (say("the facilitator"), tuple(sorted(e.FACILITATORS))),
}
"""What the record can be narrowed to: each kind with its types of event."""


def kind_of(event: Event) -> Message:
    """What kind of entry it is."""
    return next(name for name, types in KINDS.values() if event.type in types)


# The row


def row(line: Line, by: By, fresh: bool, digits: int, tell: Teller, width: int, here: bool) -> Text:
    """One line of the list: number, time, who, what; at its end the other time, where that matters."""
    event, shades = line.entry.event, tell.shades
    text = _start(event.seq, digits, fresh, tell, width, here)
    at = event.moment if by == "happened" else Moment(event.recorded_at)
    text.append(f" {fit(column_time(at, tell.case.zone, tell.language), WHEN)} ", shades.quiet)
    if width >= 46:
        text.append(fit(tell(doer(event)), 8 if width < 90 else 12) + " ")
    room = width - text.cell_len
    other = _other_time(event, by, tell)
    if other and room - cell_len(other) < 12:
        other = ""
    mark = tell(_mark(line))
    said = tell(_now(line, tell))[: 4 * width].replace("\n", " ")
    style = shades.here if here else shades.quiet if line.undone else ""
    text.append(f"{mark} " if mark else "", "bold" if not line.undone else style)
    text.append(fit(said, max(0, width - text.cell_len - cell_len(other))), style)
    text.append(other, shades.quiet)
    text.truncate(width, pad=True)
    return text


def blank_row(seq: int, digits: int, tell: Teller, width: int, here: bool) -> Text:
    """A row while its entry is being read."""
    return _start(seq, digits, False, tell, width, here).append(" ..", tell.shades.quiet)


def _start(seq: int, digits: int, fresh: bool, tell: Teller, width: int, here: bool) -> Text:
    shades = tell.shades
    text = Text.assemble((shades.pointer if here else " ", shades.here))
    text.append("+" if fresh else " ", shades.here)
    if width >= 60:
        text.append(f"#{seq}".rjust(digits + 1), shades.here if here else shades.quiet)
    return text


def _other_time(event: Event, by: By, tell: Teller) -> str:
    if not written_late(event):
        return ""
    zone = tell.case.zone
    if by == "written":
        return " " + tell(say("happened {at}", at=column_time(event.moment, zone, tell.language).strip()))
    written = event.recorded_at.astimezone(zone)
    same = event.occurred_at is not None and event.occurred_at.astimezone(zone).date() == written.date()
    return " " + tell(say("written down {at}", at=f"{written:%H:%M}" if same else minute(written)))


def _mark(line: Line) -> Argument:
    """What was said of it later, in a word."""
    if line.undone:
        return say("[undone #{seq}]", seq=line.undone.event.seq)
    if line.removed:
        return say("[text removed #{seq}]", seq=line.removed.event.seq)
    if line.amended:
        last = line.amended[-1].event.seq
        note = isinstance(line.entry.event.data, e.NoteWritten)
        return say("[amended #{seq}]", seq=last) if note else say("[remark #{seq}]", seq=last)
    return ""


def _now(line: Line, tell: Teller) -> Message:
    """What the entry says now: a note with its latest words."""
    event = line.entry.event
    latest = next((by.event.data for by in reversed(line.amended)), None)
    if isinstance(event.data, e.NoteWritten) and isinstance(latest, e.EntryAmended):
        event = msgspec.structs.replace(event, data=msgspec.structs.replace(event.data, text=latest.text))
        return narrate(event, tell.case.playbook, tell.case.zone)
    return line.entry.said


# All about it


def about(line: Line, tell: Teller) -> list[Piece]:
    """Everything the record holds of an entry."""
    event = line.entry.event
    pieces = [Piece(Text(tell(_mark(line)), "bold"))] if _mark(line) else []
    pieces += [Piece(Text(tell(_now(line, tell)))), Piece(Text())]
    for label, said in _particulars(event.data, tell):
        pieces.append(Piece(Text(tell(said)), tell(label)))
    pieces += _corrected(line, tell)
    for label, said in (*_times(event, tell), *_proof(line.entry)):
        pieces.append(Piece(Text(tell(said)), tell(label)))
    return pieces


def _times(event: Event, tell: Teller) -> Iterator[tuple[Message, Argument]]:
    zone = tell.case.zone
    yield say("Happened"), words(tell.language).moment(event.moment, zone)
    written = f"{event.recorded_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    late = between(event.occurred_at, event.recorded_at) if event.occurred_at else timedelta()
    if written_late(event) and event.precision in ("exact", "about"):
        after = words(tell.language).duration(late)
        yield say("Written down"), say("{at}, {length} later", at=written, length=after)
    else:
        yield say("Written down"), written
    yield say("Wall clock"), f"{event.wall_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    yield say("By"), say("{actor}, at {seat}", actor=event.actor, seat=event.seat)


def _proof(entry: Entry) -> Iterator[tuple[Message, Argument]]:
    yield say("Hash"), f"{entry.hash[:16]}.."
    yield say("Head code"), head_code(entry.hash)


def _corrected(line: Line, tell: Teller) -> Iterator[Piece]:
    """What later entries say of this one, and what it said before."""
    if line.amended and isinstance(line.entry.event.data, e.NoteWritten):
        yield Piece(Text(tell(prose_words(line.entry.event.data.text)), tell.shades.quiet), tell(say("Before")))
    for by in line.amended:
        if isinstance(by.event.data, e.EntryAmended):
            label = say("Amended") if isinstance(line.entry.event.data, e.NoteWritten) else say("Remark")
            yield Piece(_by(by, tell).append(f"\n{tell(prose_words(by.event.data.text))}"), tell(label))
    for label, entry in ((say("Undone"), line.undone), (say("Text removed"), line.removed)):
        if entry:
            text = _by(entry, tell)
            if isinstance(entry.event.data, e.EntryRedacted):
                text.append(f"\n{tell(entry.said)}")
            yield Piece(text, tell(label))


def _by(entry: Entry, tell: Teller) -> Text:
    event = entry.event
    at = minute(event.recorded_at.astimezone(tell.case.zone))
    return Text(f"#{event.seq}  {at}  {tell(doer(event))}")


def _particulars(data: e.Data, tell: Teller) -> Iterator[tuple[Argument, Argument]]:
    """What the sentence of an entry leaves out."""
    case = tell.case
    match data:
        case e.FactRecorded() | e.DatasetRecorded() | e.RowRecorded():
            yield from _known(data, tell)
        case e.NoteWritten(step=step) if step in case.playbook.steps:
            yield say("Step"), source_words(f"step:{step}", case.playbook)
        case e.StepFinished(step=step, open_checks=left) if left and step in case.playbook.steps:
            titles = {check.id: check.title.said(tell.language) for check in case.playbook.steps[step].checks}
            yield say("Left open"), "\n".join(titles.get(id, id) for id in left)
        case e.StepReopened(reason=reason) if reason:
            yield say("Reason"), prose_words(reason)
        case e.IncidentClosed(open_steps=left) if left:
            yield say("Left open"), tell.list(case.playbook.numbers.get(id, id) for id in left)
        case e.NoticeDrafted(text=text) | e.NoticeSubmitted(text=text):
            yield say("Text"), prose_words(text)
        case e.DutyFiled(reason=reason) if reason:
            yield say("Why late"), prose_words(reason)
        case e.NoticePublished(sha256=sha256, head=head):
            yield say("Text's sha256"), sha256
            yield say("Head code before it"), head


def _known(
    data: e.FactRecorded | e.DatasetRecorded | e.RowRecorded, tell: Teller
) -> Iterator[tuple[Argument, Argument]]:
    case, zone = tell.case, tell.case.zone
    if isinstance(data, e.RowRecorded):
        register = case.playbook.registers.get(data.register)
        columns = {column.id: column for column in register.columns} if register else {}
        for name, value in data.values.items():
            column = columns.get(name)
            yield column.title if column else name, value_words(value, column.choices if column else {}, zone)
        return
    if isinstance(data, e.DatasetRecorded):
        if data.fields:
            yield say("Columns"), tell.list(data.fields)
        if data.sensitive:
            yield say("Sensitive"), tell.list(data.sensitive)
    if data.as_of:
        yield say("As of"), moment_words(data.as_of, zone)
    if data.source:
        yield say("Told by"), source_words(data.source, case.playbook)


def goal(event: Event) -> tuple[str, str]:
    """The place that shows what an entry is about, and where there; an empty place is the record itself."""
    match event.data:
        case e.EntryAmended(amends=seq) | e.EntryRedacted(redacts=seq) | e.ActUndone(undoes=seq):
            return "", f"entry:{seq}"
        case e.NoteWritten(step=step) | e.WarningAcknowledged(step=step) if step:
            return "board", f"step:{step}"
    subject = subject_of(event.data)
    if subject.startswith("notice:"):
        return "notice", f"kind:{subject.removeprefix('notice:').partition('/')[0]}"
    if subject.startswith("step:"):
        return "board", subject
    if subject.startswith("duty:"):
        return "clocks", subject
    if subject.startswith("severity:"):
        return "severity", subject
    if subject.partition(":")[0] in ("fact", "dataset", "row"):
        return "facts", subject
    return "board", ""
