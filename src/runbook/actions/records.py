"""Acts on the record itself: notes, amendments, undo, redaction, naming, closing, the incident's clock."""

from __future__ import annotations

from datetime import datetime

from runbook import events as e
from runbook.actions.deciding import By, did, find_step, foresee, numbered, require_not_over, require_open
from runbook.actions.values import clean
from runbook.case import Case
from runbook.errors import BadContent, Refused
from runbook.events import Act, Event, Prose, prose_of
from runbook.incident import rests_on, touch_of
from runbook.moment import Moment
from runbook.progress import step_views
from runbook.speech import say
from runbook.wording.safe import cells, fold


def note(case: Case, by: By, text: str, moment: Moment | None = None, step: str = "") -> list[Act]:
    """A free entry. Never conflicts, and is taken even after the closing."""
    words = clean(text, say("note"))
    if not words:
        raise BadContent(say("The note is empty."), say("Write what happened."))
    return [Act(e.NoteWritten(Prose(text=words), find_step(case, step).id if step else ""), moment)]


def amend(case: Case, by: By, entry: Event, text: str) -> list[Act]:
    """Correct a note, or put a remark on any other entry; the old words stay in the history (rules.md 8)."""
    words = clean(text, say("text"))
    if not words:
        raise BadContent(say("The new text is empty."), say("Write how it should read."))
    if entry.type in e.FACILITATORS:  # the remark would stand on the team's screens
        raise Refused(say("Entry {seq} is the facilitator's.", seq=entry.seq), say("Note another observation instead."))
    return [Act(e.EntryAmended(entry.seq, Prose(text=words)))]


def undo(case: Case, by: By) -> list[Act]:
    """Take back this actor's last act, all of its entries. Refused where someone built on it since (rules.md 7)."""
    require_not_over(case)
    acts = case.incident.undoable.get(by.actor, ())
    if not acts:
        raise Refused(say("There is no act of yours left to undo."))
    gone = [act for act in acts if act.batch == acts[-1].batch and act.left]
    if gone and all(act.subject.startswith("inject:") for act in gone):
        raise Refused(
            say("Your last act is an answer; what was said is said."),
            say("To add to it, answer the same inject again."),
        )
    if gone:
        hint = say("Correct or withdraw it by a new act.")
        if all(act.subject.startswith("duty:") for act in gone):
            hint = say("If it was not filed after all, withdraw it with w on the clocks.")
        raise Refused(say("Your last act has left the house and cannot be taken back."), hint)
    undone: list[Act] = []
    for act in reversed([act for act in acts if act.batch == acts[-1].batch]):
        state = rests_on(case.incident, act.subject)
        touch = touch_of(case.incident, act.subject)
        if act.subject not in ("note", "incident") and state != act.seq and touch is not None:
            raise Refused(
                say(
                    "Meanwhile {actor} changed this at {at}: {did}.",
                    actor=touch.actor,
                    at=case.zoned(touch.at),
                    did=did(touch),
                ),
                say("Correct it by a new entry instead."),
            )
        more = [Act(e.ActUndone(act.seq))]
        undone += more
        case = foresee(case, by, more)
    return undone


_TELLING = 4
"""Cells from which a text is not in another by chance: two Japanese characters, four letters."""


def redact(case: Case, by: By, entry: Event, second: str, reason: str) -> list[Act]:
    """Remove the free texts of an entry that must not be there. Two different people and a reason (rules.md 2).

    The entry, its time and its actor stay; only the words go, and the chain still verifies.
    """
    words = clean(reason, say("reason"))
    other = clean(second, say("second person"))
    if not words or not other:
        raise Refused(
            say("Removing a text needs a second person's name and a reason."),
            say("Give both: --second NAME --reason TEXT."),
        )
    if fold(other) == fold(by.actor):
        raise Refused(say("The second person must be someone else than {actor}.", actor=by.actor))
    gone = [fold(text) for text in require_words(entry)]
    if any(cells(text) >= _TELLING and text in fold(words) for text in gone):
        raise Refused(say("The reason repeats the text that is to go."), say("Say why without the words themselves."))
    standing = tuple(prose.digest for prose in prose_of(entry.data) if prose.text is not None)
    return [Act(e.EntryRedacted(entry.seq, other, Prose(text=words), standing))]


def require_words(entry: Event) -> list[str]:
    """The free texts that an entry still holds and that can be removed. Raises Refused where there are none."""
    proses = list(prose_of(entry.data))
    found = [prose.text for prose in proses if prose.text]
    if not found:
        stays = say("A name, a source or a title is part of what proves the record, and stays: record the right one.")
        raise Refused(say("Entry {seq} holds no free text.", seq=entry.seq), None if proses else stays)
    return found


def rename(case: Case, by: By, title: str) -> list[Act]:
    """Give the incident another name."""
    require_open(case)
    name = clean(title, say("title"))
    if not name:
        raise BadContent(say("The title is empty."), say("Write a short name for the incident."))
    return [] if name == case.incident.title else [Act(e.IncidentRenamed(name))]


def move(case: Case, by: By, edition: str, pins: dict[str, str]) -> list[Act]:
    """Have the incident go by other texts from here on; `edition` is the playbook's (rules.md 12)."""
    require_open(case)
    require_movable(case)
    return [] if pins == case.incident.pins else [Act(e.EditionMoved(edition, pins))]


def require_movable(case: Case) -> None:
    """Refuse another edition to a drill of a scenario: its steps and points are those it was begun with."""
    if case.incident.drill is not None:
        raise Refused(say("A drill is played to its end by the edition it was begun with."))


def close(case: Case, by: By, explanation: str = "") -> list[Act]:
    """Close the incident. What is still open has to be explained. A drill is ended instead, or its clock would go
    on."""
    require_open(case)
    if case.incident.drill is not None and case.playbook.scenario is not None:
        raise Refused(say("This is a drill: it is ended, not closed."), say("“runbook drill end” ends it."))
    words = clean(explanation, say("explanation"))
    still = [view for view in step_views(case) if view.state in ("todo", "active", "blocked")]
    if still and not words:
        raise Refused(
            say("{n} steps are still open, the first is {step}.", n=len(still), step=numbered(case, still[0].step.id)),
            say("Finish or skip them, or explain why the incident is closed all the same."),
        )
    return [Act(e.IncidentClosed(Prose(text=words), tuple(view.step.id for view in still)))]


def set_clock(case: Case, by: By, shows: datetime, wall_at: datetime, speed: float = 1.0) -> list[Act]:
    """Put a drill's or demo's own clock forward (rules.md 15). Refused on a live incident, and backwards."""
    if case.incident.mode == "live":
        raise Refused(say("A live incident runs on the wall clock; it cannot be set."))
    if case.incident.clock is not None and shows < case.now:
        raise Refused(say("A drill's clock only goes forward."))
    return [Act(e.ClockSet(shows, wall_at, speed))]
