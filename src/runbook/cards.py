"""Incidents as the list of all of them shows them. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from runbook.case import Case
from runbook.duties import Deadline, nearest, still_due
from runbook.errors import RunbookError
from runbook.events import Event, IncidentOpened, Mode
from runbook.progress import step_views
from runbook.speech import Message, say
from runbook.touch import Touch


class Card(msgspec.Struct, frozen=True):
    """An incident on the list of all: `done` of the `steps` that apply are settled."""

    id: str
    title: str
    playbook: str
    mode: Mode
    demo: bool
    opened_at: datetime
    closed_at: datetime | None
    done: int
    steps: int
    next: Deadline | None
    last: Touch | None
    now: datetime
    scenario: str = ""
    """Of a drill played from one."""
    held_at: datetime | None = None
    """When a drill was really held, by the wall's clock."""
    unreadable: Message | None = None
    """Why it cannot be read; all but its id is then a guess."""


def card(case: Case) -> Card:
    """The card of an incident."""
    own = case.incident
    # On the list a closed incident is over, unless a law surely asks for something yet.
    due = [one for one in still_due(case) if one.applies or not own.closed_at]
    states = [view.state for view in step_views(case) if view.state != "not_applicable"]
    return Card(
        own.id,
        own.title,
        own.playbook,
        own.mode,
        own.demo,
        case.zoned(own.opened_at),
        case.zoned(own.closed_at) if own.closed_at else None,
        sum(state in ("done", "skipped") for state in states),
        len(states),
        next(iter(nearest(due, case.now)), None),
        own.last,
        case.now,
        own.drill.scenario if own.drill else "",
        case.zoned(own.drill.held_at) if own.drill else None,
    )


def unreadable(id: str, why: RunbookError, opening: Event | None, now: datetime) -> Card:
    """The card of an incident that cannot be read, called by its id, so that it does not hide the others. From its
    first entry, where that can be read, come when it was opened and whether it is a drill."""
    said = say("{id} cannot be read. {what} Run “runbook verify {id}”.", id=id, what=why.message)
    found = opening.data if opening else None
    opened = found if isinstance(found, IncidentOpened) else None
    return Card(
        id=id,
        title=id,
        playbook=opened.playbook if opened else "",
        mode=opened.mode if opened else "live",
        demo=opened.demo if opened else False,
        opened_at=opening.recorded_at if opening else now,
        closed_at=None,
        done=0,
        steps=0,
        next=None,
        last=None,
        now=now,
        unreadable=said,
    )
