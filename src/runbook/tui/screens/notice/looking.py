"""What the studio asks of the desk, off the screen's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runbook.notice_kinds import Written
from runbook.tui.screens.notice.listing import Listed
from runbook.tui.screens.notice.points import Seen
from runbook.tui.screens.notice.standing import written_by

if TYPE_CHECKING:
    from runbook.desk import Desk


def kinds(desk: Desk) -> tuple[Listed, ...]:
    """Every kind of notice, with the writings there are templates for."""
    studio = desk.studio()
    return tuple(Listed(kind, tuple(studio.written(kind.slug))) for kind in studio.kinds())


def look(desk: Desk, incident: str, kind: str, written: Written) -> Seen:
    """A notice as it can be written now. Raises BadContent where there is no template that can be used."""
    case = desk.case(incident)  # before it is drafted: what comes between counts as not seen
    drafting = desk.studio().draft(incident, kind, written)
    return Seen(drafting, case.incident.seq, _same_seat(desk, incident, kind, written))


def _same_seat(desk: Desk, incident: str, kind: str, written: Written) -> bool:
    """Whether it was approved where it was written or submitted (rules.md 29)."""
    notice = desk.case(incident).incident.notice(kind, written)
    if notice.approval is None:
        return False
    return any(entry.event.seat == notice.approval.seat for entry in desk.entries(incident, written_by(notice)))
