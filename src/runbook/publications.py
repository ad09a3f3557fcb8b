"""What has been published and still stands, and what of it is no longer right. Pure.

A publication remembers which facts it used at which value (design promise 6): when one changes, every document that
rests on it is listed until it is corrected, withdrawn, or published anew.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from runbook.case import Case
from runbook.events import Value
from runbook.incident import Claim, DataSet, Incident, Row, same_value
from runbook.notice import Notice, Publication
from runbook.notice_kinds import WRITTEN, Written

Stage: TypeAlias = Literal["draft", "submitted", "approved", "published", "corrected", "withdrawn"]
Held: TypeAlias = Claim | DataSet | Row
"""What a notice can rest on: a claim about a fact, a version of a data set or of a register's row."""


class Published(msgspec.Struct, frozen=True):
    """A publication, with what it is of."""

    kind: str
    written: Written
    publication: Publication


class Change(msgspec.Struct, frozen=True):
    """A fact (`dataset:NAME`, `row:REGISTER:KEY`) that a standing publication rests on and that changed since: what it
    was then, and what it is now (None where nothing is claimed any more)."""

    of: Published
    fact: str
    was: Held | None
    now: Held | None


def stage(notice: Notice) -> Stage | None:
    """Where a notice is in its life; None where nothing was ever kept."""
    draft, submission, out = notice.draft, notice.submission, notice.publication
    latest = max(draft.touch.seq if draft else 0, submission.touch.seq if submission else 0)
    if out is not None and out.touch.seq > latest:
        return "withdrawn" if out.withdrawn else "corrected" if out.corrected else "published"
    if submission is not None:
        return "approved" if notice.approval else "submitted"
    return "draft" if draft else None


def split_key(key: str) -> tuple[str, Written]:
    """ "first-notice/ja" as kind and writing."""
    kind, _, written = key.rpartition("/")
    return kind, next(one for one in WRITTEN if one == written)


def published(incident: Incident) -> list[Published]:
    """Every publication, in the order in which they were recorded."""
    found = [
        Published(*split_key(key), publication)
        for key, notice in incident.notices.items()
        for publication in notice.publications
    ]
    return sorted(found, key=lambda one: one.publication.touch.seq)


def standing(incident: Incident) -> list[Published]:
    """What the public can read now: of each kind and writing the latest publication, unless it was withdrawn."""
    latest = {(one.kind, one.written): one for one in published(incident)}
    return [one for one in latest.values() if not one.publication.withdrawn]


def changes(case: Case) -> list[Change]:
    """What standing publications say that is no longer what is known; without those already corrected or supplemented,
    and without what goes with the time: that the search was on at eleven is old by the evening, and not wrong."""
    return list(case.once(_changes))


def _changes(case: Case) -> list[Change]:
    return [
        Change(one, fact, was, now)
        for one in standing(case.incident)
        if not one.publication.corrected and not _supplemented(case, one)
        for fact, was, now in changed(case.incident, one.publication.facts)
        if not _varies(case, fact) and not _uncounted(one, was, now)
    ]


def _uncounted(one: Published, was: Held, now: Held | None) -> bool:
    """Whether only the count of a data set is another one, and the document counts nothing: it asked what is in the
    data set, as the caution against scams does."""
    from runbook.guardrails.numbers import figures  # many patterns, and few changes are of this kind

    if not isinstance(was, DataSet) or not isinstance(now, DataSet):
        return False
    text, recount = one.publication.text.text, msgspec.structs.replace(was, count=now.count, estimate=now.estimate)
    return text is not None and _same(recount, now) and not figures(text)


def public_changes(case: Case) -> list[Change]:
    """Those of them that must be corrected in public: of a filing the authority is told by the next one."""
    return [change for change in changes(case) if not is_filing(case, change.of)]


def is_filing(case: Case, one: Published) -> bool:
    """Whether it was filed, and not made public."""
    return one.kind in case.playbook.filings


def next_filings(case: Case, kind: str) -> tuple[str, ...]:
    """The kinds by which whoever got a filing of this kind is told what changed: itself once more, or one that
    supplements it."""
    return (kind, *(slug for slug, told in case.playbook.filings.items() if kind in told and slug != kind))


def _supplemented(case: Case, one: Published) -> bool:
    """Whether a later filing told the same authority what is known now: the final report after the preliminary one."""
    return any(
        other.publication.touch.seq > one.publication.touch.seq
        for other in published(case.incident)
        if one.kind in case.playbook.filings.get(other.kind, ())
    )


def _varies(case: Case, fact: str) -> bool:
    kind, _, rest = fact.partition(":")
    if kind == "row":
        register = case.playbook.registers.get(rest.partition(":")[0])
        return register is not None and register.varies
    spec = case.spec(fact)
    return spec is not None and spec.varies


def stale(case: Case) -> list[Published]:
    """The published documents that say what is no longer right, each once."""
    return list({(change.of.kind, change.of.written): change.of for change in changes(case)}.values())


def changed(incident: Incident, facts: dict[str, int]) -> list[tuple[str, Held, Held | None]]:
    """Of these facts, as of the entries given, those whose value is another one now: name, then, now."""
    found = []
    for name, seq in facts.items():
        now = current(incident, name)
        if now is not None and now.touch.seq == seq:
            continue
        was = _then(incident, name, seq)
        if was is not None and (now is None or not _same(was, now)):
            found.append((name, was, now))
    return found


def _then(incident: Incident, name: str, seq: int) -> Held | None:
    return next((held for held in _versions(incident, name) if held.touch.seq == seq), None)


def _versions(incident: Incident, name: str) -> tuple[Held, ...]:
    kind, _, rest = name.partition(":")
    match kind:
        case "dataset":
            return incident.datasets.get(rest, ())
        case "row":
            register, _, key = rest.partition(":")
            return incident.registers.get(register, {}).get(key, ())
    return incident.fact(name).claims


def current(incident: Incident, name: str) -> Held | None:
    """What counts now: a fact's claim, a data set (`dataset:NAME`), a row (`row:REGISTER:KEY`)."""
    kind, _, rest = name.partition(":")
    match kind:
        case "dataset":
            return incident.dataset(rest)
        case "row":
            register, _, key = rest.partition(":")
            return incident.rows(register).get(key)
    return incident.fact(name).current


def _same(one: Held, other: Held) -> bool:
    """Whether what was said still holds. That a count was not known yet, or was about so many, is not made wrong by the
    count."""
    match one, other:
        case Claim(value=int(about), status="estimate"), Claim(value=int(now)):
            return _is_about(now, about)
        case Claim(), Claim():
            return same_value(one.value, other.value)
        case DataSet(), DataSet():
            counted = one.count in (None, other.count)
            if one.estimate and one.count is not None and other.count is not None:
                counted = _is_about(other.count, one.count)
            return counted and (one.unit, set(one.fields)) == (other.unit, set(other.fields))
        case Row(), Row():
            return one.values.keys() == other.values.keys() and all(
                same_value(value, other.values[name]) for name, value in one.values.items()
            )
    return False


_ABOUT = 20
"""A number that was said to be about right may be wrong by one part in so many."""


def _is_about(n: int, said: int) -> bool:
    """Whether a number was rightly said to be about so many: as far as that is rounded, and never far from it."""
    step = 10 ** (len(str(said)) - len(str(said).rstrip("0")))
    return abs(n - said) * 2 <= step and abs(n - said) * _ABOUT <= said


def value_of(held: Held | None) -> Value | None:
    """The value of a claim; a data set's count."""
    match held:
        case Claim(value=value):
            return value
        case DataSet(count=count):
            return count
    return None
