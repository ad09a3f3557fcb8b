"""Whether, and when first, something happened in an incident: what the conditions of scenarios ask. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache

from runbook.conditions import Word
from runbook.incident import Incident
from runbook.moment import Moment
from runbook.notice import Notice
from runbook.touch import Touch


def happened(incident: Incident, word: Word, name: str) -> datetime | None:
    """When what `word` asks of `name` happened first, on the incident's clock; None where it did not, or not any more.

    Of a day alone, or an unknown hour, it is when it was written down.
    """
    match word:
        case "started" | "done" | "ticked":
            return _worked(incident, word, name)
        case "read":
            read = (touch.at for key, touch in incident.acknowledged.items() if key.partition(":")[2] == name)
            return min(read, default=None)
        case "rows":
            return min(_rows(incident, name), default=None)
        case "filed":
            filing = incident.duty(name).filing
            return None if filing is None else _at(filing.at, filing.touch)
        case "drafted" | "submitted" | "approved" | "published":
            return min(_noticed(incident, word, name), default=None)
        case "fired" | "answered" | "reached":
            return _drilled(incident, word, name)
        case "tripped":
            return min((at for at, rules in _objections(incident) if name in rules), default=None)
        case "says":
            wanted = folded(name)
            return min((at for at, text in _outward(incident) if wanted in folded(text)), default=None)


def _worked(incident: Incident, word: Word, name: str) -> datetime | None:
    id, _, check = name.partition("/")
    step = incident.step(id)
    if word == "ticked":
        return step.touch.at if step.touch and check in step.ticked else None
    if word == "done":
        return _at(step.done, step.touch) if step.state == "done" else None
    return _at(step.started, step.touch) if step.state in ("active", "done") else None


def _rows(incident: Incident, register: str) -> Iterator[datetime]:
    if register == "datasets":
        yield from (data.touch.at for data in incident.standing_datasets if data.count is not None)
    yield from (row.touch.at for row in incident.rows(register).values())


def _notices(incident: Incident, kind: str) -> Iterator[Notice]:
    """A kind of notice in each writing it was begun in."""
    return (notice for key, notice in incident.notices.items() if key.rpartition("/")[0] == kind)


def _noticed(incident: Incident, word: Word, kind: str) -> Iterator[datetime]:
    for notice in _notices(incident, kind):
        match word:
            case "drafted":
                yield from (one.touch.at for one in notice.versions if not one.undone)
            case "submitted":
                yield from (one.touch.at for one in notice.submissions if not one.undone)
            case "approved":
                yield from (one.touch.at for one in notice.approvals)
            case _:
                yield from (found for one in notice.publications if (found := _at(one.at, one.touch)))


def _drilled(incident: Incident, word: Word, name: str) -> datetime | None:
    drill = incident.drill
    if drill is None:
        return None
    if word == "reached":
        return drill.milestones[name].at if name in drill.milestones else None
    state = drill.inject(name)
    if word == "fired":
        return state.arrival.at if state.arrival else None
    return state.replies[0].at if state.replies else None


def _objections(incident: Incident) -> Iterator[tuple[datetime, Iterable[str]]]:
    """The guardrails that objected to what was said, and those passed in what was published."""
    injects = incident.drill.injects.values() if incident.drill else ()
    yield from ((reply.at, reply.rules) for state in injects for reply in state.replies)
    for notice in incident.notices.values():
        for out in notice.publications:
            passed = {one.rule for one in notice.passes if not one.undone and one.touch.seq < out.touch.seq}
            yield out.at.at or out.touch.at, passed


def _outward(incident: Incident) -> Iterator[tuple[datetime, str]]:
    """What was said to others: answers, and notices as they were published."""
    injects, notices = incident.drill.injects.values() if incident.drill else (), incident.notices.values()
    yield from ((reply.at, reply.text.text or "") for state in injects for reply in state.replies)
    yield from ((out.at.at or out.touch.at, out.text.text or "") for one in notices for out in one.publications)


def _at(moment: Moment | None, touch: Touch | None) -> datetime | None:
    if moment is not None and moment.at is not None and moment.precision in ("exact", "about"):
        return moment.at
    return touch.at if touch else None


@lru_cache(maxsize=256)
def folded(text: str) -> str:
    """A text as it is searched: whatever its width, case and spaces. The same few are asked for again and again."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
