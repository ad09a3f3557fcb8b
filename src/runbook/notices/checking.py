"""The guardrails as they apply to a case: which rules, and what they must know of it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from runbook.case import Case
from runbook.content import read_tree
from runbook.guardrails import Rules, State, read_rules, state_of

if TYPE_CHECKING:
    from runbook.content import Content


def current_rules(content: Content) -> Rules:
    """The rules of today's guardrails.yaml. Raises BadContent."""
    path, text = content.text("playbooks/guardrails.yaml")
    return _read(text, str(path))


@lru_cache(maxsize=2)
def _read(text: str, where: str) -> Rules:
    return read_rules(read_tree(text, where))


def guarded_state(case: Case) -> State:
    """What the rules must know of an incident: its confirmed facts."""
    return state_of({name: case.value(name) for name in case.incident.facts if case.is_confirmed(name)})
