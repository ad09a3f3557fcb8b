"""The guardrails as they apply to a case: which rules, and what they must know of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from runbook.case import Case
from runbook.content import GUARDRAILS, read_tree
from runbook.duties import owed
from runbook.duties.views import asked
from runbook.events import Prose, Value
from runbook.guardrails import (
    Changed,
    Counted,
    Earlier,
    Finding,
    Known,
    Plain,
    Rules,
    State,
    findings,
    read_rules,
    with_facts,
)
from runbook.incident import Fact, Incident, same_value
from runbook.moment import Moment
from runbook.notice_kinds import NoticeKind, Written, tongue
from runbook.notices.house import House
from runbook.notices.past import ChangeView
from runbook.notices.phrases import Tone
from runbook.notices.views import Used
from runbook.publications import Published, changes, public_changes, published, split_key, standing
from runbook.script import untold
from runbook.speech import Bilingual

if TYPE_CHECKING:
    from runbook.content import Content


def current_rules(content: Content) -> Rules:
    """The rules of today's guardrails.yaml. Raises BadContent."""
    path, text = content.text(GUARDRAILS)
    return _read(text, str(path))


@lru_cache(maxsize=2)
def _read(text: str, where: str) -> Rules:
    return read_rules(read_tree(text, where))


def judged(content: Content, text: str, rules: Rules, state: State) -> tuple[Finding, ...]:
    """What the rules of this content find in a text."""
    return content.once(
        ("findings", text, msgspec.msgpack.encode(state, order="deterministic")), lambda: findings(text, rules, state)
    )


def guarded_state(
    case: Case,
    kind: NoticeKind | None = None,
    named: frozenset[str] = frozenset(),
    written: Written = "ja",
    house: House | None = None,
    seen: Case | None = None,
) -> State:
    """What the rules must know of an incident, of the kind of notice and the rules its template names, and of the
    house's own telephone numbers. `seen` is the case as a notice sees it (`footing`), where that was looked at before.
    """
    seen = seen or case
    incident = case.incident
    filing = kind is not None and kind.filing
    state = State(
        kind=kind.slug if kind else "",
        audience=kind.audience if kind else None,
        tongue=tongue(written),
        named=named,
        now=case.zoned(case.now),
        datasets=tuple(
            Counted(
                data.name, data.count, data.unit, data.fields, data.sensitive, data.as_of, data.source, data.estimate
            )
            for data in incident.standing_datasets
        ),
        kinds_kept=_kept(incident) - {kind.slug if kind else ""},
        report_due=bool(named) and seen.once(_report_due),  # a law is applied only for a rule that may ask
        filing=filing,
        published=tuple(_earlier(one) for one in standing(incident) if filing or one.kind not in case.playbook.filings),
        changed=_changed(seen, filing),
        contact_was=_contact_was(case),
        untold=untold(case),
        quoted=_quoted(case, written) if filing and kind is not None and kind.audience == "staff" else frozenset(),
        numbers=(house.section_phone, *(desk.phone for desk in house.desks)) if house else (),
    )
    return with_facts(state, seen.once(_facts))


def _kept(incident: Incident) -> frozenset[str]:
    return frozenset(split_key(key)[0] for key, notice in incident.notices.items() if notice.draft)


def _report_due(case: Case) -> bool:
    return owed(case, case.playbook.reported)


def _facts(case: Case) -> dict[str, Known]:
    known = {name: _known(case, fact) for name, fact in case.incident.facts.items()}
    return {name: found for name, found in known.items() if found is not None}


def _quoted(case: Case, written: Written) -> frozenset[str]:
    """What the laws that are asked call their occasions and exemptions: the internal record says by which a duty
    applies."""
    laws = asked(case)
    titles = [one.title for law in laws for one in law.occasions.values()]
    titles += [one.title for law in laws for one in law.exemptions.values()]
    return frozenset(title.said(tongue(written)) for title in titles)


def _known(case: Case, fact: Fact) -> Known | None:
    """A fact's current claim with the sources that agree with it; None where none stands or it was redacted."""
    claim = fact.current
    value = _plain(case, claim.value) if claim is not None else None
    if claim is None or value is None:
        return None
    return Known(value, claim.status, fact.agreeing, claim.as_of, free=isinstance(claim.value, Prose))


def _plain(case: Case, value: Value | None) -> Plain | None:
    """A recorded value as the rules compare it: texts as text, times in the incident's zone."""
    match value:
        case Prose(text=text):
            return text
        case Moment(at=at, precision=precision) if at is not None:
            return Moment(case.zoned(at), precision)
    return value


def _earlier(one: Published) -> Earlier:
    publication = one.publication
    at = publication.at.at or publication.touch.at
    return Earlier(one.kind, at, publication.text.text or "", corrected=publication.corrected is not None)


def _changed(case: Case, filing: bool) -> tuple[Changed, ...]:
    """What standing publications say that is no longer right, in the words of either language; of filings, only for
    another filing."""
    told = []
    for change in changes(case) if filing else public_changes(case):
        views = [ChangeView(change, case, tone, Used(tone), ()) for tone in _tones(case)]
        fact, was, now = (Bilingual(*(str(getattr(view, of)) for view in views)) for of in ("title", "was", "now"))
        told.append(Changed(change.fact, change.of.kind, fact, was, now))
    return tuple(told)


def _tones(case: Case) -> tuple[Tone, Tone]:
    return Tone("ja", case.zone, case.now), Tone("en", case.zone, case.now)


def _contact_was(case: Case) -> str:
    """The hotline number of the latest publication that gave another one than is current; "" where there is none."""
    fact = case.incident.fact("hotline_number")
    by_entry = {claim.touch.seq: claim.value for claim in fact.claims}
    current = fact.current
    told = [by_entry.get(one.publication.facts.get("hotline_number", 0)) for one in published(case.incident)]
    other = [value for value in told if value is not None and current and not same_value(value, current.value)]
    plain = _plain(case, other[-1]) if other else None
    return plain if isinstance(plain, str) else ""
