"""Records to measure with: incidents of any length over the shipped playbook, the same ones every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from runbook import events as e
from runbook.actions import records
from runbook.actions.deciding import Decision
from runbook.case import Case
from runbook.desk import Desk
from runbook.events import Act, Prose
from runbook.moment import Moment
from runbook.opening import open_desk
from runbook.playbook import Field, FieldType, Step

PLAYBOOK = "lost-media"
ACTORS = ("佐藤", "鈴木", "高橋", "田中", "伊藤")
MARK = "件目"
"""Stands behind its number in every note, so that one can see in a terminal's output which notes were painted."""

_BATCH = 1000
_SAID = (
    "委託先の担当者に電話で確認した。持ち出しの許可は記録に残っていない。",
    "通った道をもう一度歩いて探したが、見つかっていない。",
    "窓口に問い合わせがあった。紛失の経緯と、暗号化されているかを尋ねられた。",
    "対応責任者に報告し、次の連絡は30分後と決めた。",
    "The hotline took a call; the caller asked whether their own data was on the stick.",
)


def desk_at(folder: Path) -> Desk:
    """A desk at the record in `folder`, made if it is missing; nothing of the user's own content is read."""
    return open_desk(str(folder / "runbook.db"), ACTORS[0], seat="bench", user_folder=folder, create=True)


def make(folder: Path, entries: int) -> str:
    """Make a record of one incident with so many entries in `folder`; its id. Its snapshot is kept at its head."""
    folder.mkdir(parents=True)
    desk = desk_at(folder)
    case = desk.new(PLAYBOOK, f"USBメモリーの紛失 {entries:,}", noticed="08:00")
    more = _acts(case, random.Random(entries))
    while (left := entries - case.incident.seq) > 0:
        desk.actor = ACTORS[left % len(ACTORS)]
        batch = list(islice(more, min(left, _BATCH)))
        case = desk.do(case.incident.id, _decided(batch)).case
    desk.close()
    return case.incident.id


def note(text: str) -> Decision:
    """A single note."""
    return partial(records.note, text=text)


def _decided(acts: list[Act]) -> Decision:
    return lambda case, by: acts


def _acts(case: Case, chance: random.Random) -> Iterator[Act]:
    """What a busy desk records: notes above all, ticks, facts, fields, steps worked and opened again, drafts,
    corrections.

    Most happened when they were written; some are entered hours later.
    """
    first, *steps = case.playbook.steps.values()
    yield Act(e.StepStarted(first.id))  # and stays so: the board opens on it
    n = 3
    while True:
        n += 1
        late = timedelta(minutes=chance.randrange(0, 600)) if chance.random() < 0.1 else timedelta()
        yield Act(_data(case, steps, chance, n), Moment(case.now - late) if late else None)


def _data(case: Case, steps: list[Step], chance: random.Random, n: int) -> e.Data:
    kind, step = chance.random(), chance.choice(steps)
    if kind < 0.15 and step.checks:
        return e.CheckTicked(step.id, chance.choice(step.checks).id, chance.random() < 0.8)
    if kind < 0.25:
        fact = chance.choice([fact for fact in case.playbook.facts.values() if fact.type in _VALUES])
        return e.FactRecorded(fact.id, _value(fact.type, chance), "claimed", chance.choice(ACTORS))
    if kind < 0.30 and (fields := [field for field in step.fields if _plain(field)]):
        field = chance.choice(fields)
        return e.FieldFilled(step.id, field.id, _value(field.type, chance))
    if kind < 0.40:
        reason = Prose(text="やり直すため")
        return chance.choice((e.StepStarted(step.id), e.StepFinished(step.id), e.StepReopened(step.id, reason)))
    if kind < 0.41 and step.warnings:
        return e.WarningAcknowledged(step.id, step.warnings[0])
    if kind < 0.411 and step.notices:
        return e.NoticeDrafted(step.notices[0], "ja", Prose(text=chance.choice(_SAID) * 40))
    if 0.411 <= kind < 0.416:
        return e.EntryAmended(chance.randrange(3, n), Prose(text=chance.choice(_SAID)))
    return e.NoteWritten(Prose(text=f"{n}{MARK} {chance.choice(_SAID)}"), step.id if kind > 0.9 else "")


_VALUES: tuple[FieldType, ...] = ("yesno", "integer", "text", "person", "organisation")


def _plain(field: Field) -> bool:
    return not field.fact and field.type in _VALUES


def _value(type: FieldType, chance: random.Random) -> e.Value:
    if type == "yesno":
        return chance.choice(("yes", "no", "unknown"))
    if type == "integer":
        return chance.randrange(460_000)
    return Prose(text=chance.choice(_SAID)[:20])
