"""What notices are written from: a case without the notices that nobody outside has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from runbook.case import Case
from runbook.incident import Incident

if TYPE_CHECKING:
    from runbook.content import Content


class _Last:
    """The footing that was stood on last."""

    case: Case | None = None


def footing(case: Case, content: Content) -> Case:
    """The case as a notice sees it: without notices that never went out, and without what every entry changes.

    Content that remembers gives the very same one again while nothing else changed, so that what was worked out of it
    (`Case.once`) serves again: a notice drafted, submitted, approved and published at one go is rendered once.
    """
    slot, seen = content.once(("footing",), _Last), _seen(case)
    last = slot.case
    if last is None or last.playbook is not case.playbook or last.now != case.now or last.incident != seen:
        last = slot.case = msgspec.structs.replace(case, incident=seen)
    return last


def _seen(case: Case) -> Incident:
    own = case.incident
    published = {key: notice for key, notice in own.notices.items() if notice.publications}
    # The last entry matters where a clock was set back.
    ahead = own.last if own.last and own.last.at > case.now else None
    return msgspec.structs.replace(own, notices=published, undoable={}, last=ahead, seq=0, hash="")
