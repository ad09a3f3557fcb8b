"""The guardrails as they apply to a case: which rules, and what they must know of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from runbook.case import Case
from runbook.content import read_tree
from runbook.events import Prose
from runbook.guardrails import Counted, Known, Rules, State, read_rules, with_facts
from runbook.incident import same_value
from runbook.notice_kinds import NoticeKind, Written, tongue

if TYPE_CHECKING:
    from runbook.content import Content


def current_rules(content: Content) -> Rules:
    """The rules of today's guardrails.yaml. Raises BadContent."""
    path, text = content.text("playbooks/guardrails.yaml")
    return _read(text, str(path))


@lru_cache(maxsize=2)
def _read(text: str, where: str) -> Rules:
    return read_rules(read_tree(text, where))


def guarded_state(
    case: Case, kind: NoticeKind | None = None, named: frozenset[str] = frozenset(), written: Written = "ja"
) -> State:
    """What the rules must know of an incident, and of the kind of notice and the rules its template names."""
    incident = case.incident
    state = State(
        kind=kind.slug if kind else "",
        audience=kind.audience if kind else None,
        tongue=tongue(written),
        named=named,
        now=case.zoned(case.now),
        datasets=tuple(
            Counted(data.name, data.count, data.unit, data.fields, data.sensitive, data.as_of, data.source)
            for data in incident.standing_datasets
        ),
        kinds_kept=frozenset(name.partition("/")[0] for name in incident.notices),
    )
    known = {name: _known(case, name) for name in incident.facts}
    return with_facts(state, {name: found for name, found in known.items() if found is not None})


def _known(case: Case, name: str) -> Known | None:
    """A fact's current claim with the sources that agree with it; None where none stands or it was redacted."""
    claim = case.current(name)
    if claim is None:
        return None
    value = claim.value.text if isinstance(claim.value, Prose) else claim.value
    if value is None:
        return None
    agreeing = [live.source for live in case.incident.fact(name).live if same_value(live.value, claim.value)]
    return Known(value, claim.status, tuple(dict.fromkeys(filter(None, agreeing))), claim.as_of)
