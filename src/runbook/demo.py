"""The demo: the Amagasaki case as it stood on 23 June 2022 at 09:00, replayed into a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from typing import TypeAlias

from runbook.clock import Clock
from runbook.desk import Desk
from runbook.journal import Journal, decision
from runbook.speech import Language

Seat: TypeAlias = Callable[[str, Clock], Desk]
"""A desk for a person, on a clock."""


def play(journal: Journal, seat: Seat, wall: Clock, language: Language) -> str:
    """Replay `journal` up to where its demo stops, then let the incident's clock run on from there.

    `wall` is the real clock: from now on the incident's clock shows the journal's time and keeps pace with it. Gives
    the incident's id. Notices are left to whoever looks around.
    """
    shown = [journal.instant(journal.opens).astimezone(UTC)]
    desks: dict[str, Desk] = {}

    def scripted() -> datetime:
        return shown[0]

    with ExitStack() as leaving:

        def desk_of(who: str) -> Desk:
            if who not in desks:
                desks[who] = leaving.enter_context(closing(seat(who, scripted)))
            return desks[who]

        lead = journal.acts[0].who
        title = journal.title.said(language)
        id = desk_of(lead).new(journal.playbook, title, mode="drill", zone=journal.zone, demo=True).incident.id
        end = journal.instant(journal.demo_until)
        for line in journal.until(end):
            shown[0] = journal.instant(line.at).astimezone(UTC)
            if not line.notice:
                desk_of(line.who).do(id, decision(line))
        shown[0] = end.astimezone(UTC)
        desk_of(lead).set_clock(id, end, wall_at=wall())
    return id
