"""A notice's life, as far as it goes in this edition: drafts, each version kept."""

from __future__ import annotations

from runbook import events as e
from runbook.actions.deciding import By, require_open
from runbook.case import Case
from runbook.events import Act, Prose
from runbook.speech import Language


def keep_draft(case: Case, by: By, kind: str, language: Language, text: str, facts: dict[str, int]) -> list[Act]:
    """Keep a version of a notice, with the facts it rests on; nothing where the text did not change (rules.md 26)."""
    require_open(case)
    last = case.incident.draft(kind)
    if last and last.language == language and last.text.text == text:
        return []
    return [Act(e.NoticeDrafted(kind, language, Prose(text=text), facts))]
