"""Correcting a note by a new entry, or putting a remark on any other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from runbook.actions import records
from runbook.actions.deciding import Decision
from runbook.events import EntryAmended, NoteWritten
from runbook.speech import say
from runbook.tui.screens.asktext import AskText
from runbook.tui.screens.record.corrections import Line


def stands(line: Line) -> str:
    """The words of a note as they stand now, to be changed; nothing for any other entry."""
    datas = [by.event.data for by in reversed(line.amended)]
    if not isinstance(line.entry.event.data, NoteWritten):
        return ""
    latest = next((data for data in datas if isinstance(data, EntryAmended)), line.entry.event.data)
    return latest.text.text or ""


def question(line: Line) -> AskText:
    """How the entry should read."""
    entry = line.entry.event
    note = isinstance(entry.data, NoteWritten)
    return AskText(
        say("How should entry {seq} read?", seq=entry.seq) if note else say("Remark on entry {seq}", seq=entry.seq),
        say("The entry itself stays as it is; yours is put beside it."),
        value=stands(line),
        keep=f"record:amend('{entry.seq}')",
    )


def decision(line: Line) -> Callable[[str], Decision]:
    """What is recorded of the answer; nothing where nothing was changed."""

    def decide(typed: str) -> Decision:
        if typed.strip() == stands(line).strip():
            return lambda case, by: []
        return partial(records.amend, entry=line.entry.event, text=typed)

    return decide
