"""A notice drafted from a case: rendered, marked, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from runbook.actions.deciding import By
from runbook.actions.notices import keep_draft
from runbook.case import Case
from runbook.errors import BadContent
from runbook.events import Act
from runbook.guardrails import Finding, findings
from runbook.notice_kinds import NoticeKind, find_kind
from runbook.notices.checking import current_rules, guarded_state
from runbook.notices.marks import marked
from runbook.notices.rendering import Missing, Rendering, render
from runbook.notices.templates import load_template
from runbook.speech import Language, Message, say

if TYPE_CHECKING:
    from runbook.content import Content


class Drafting(msgspec.Struct, frozen=True):
    """A notice as it can be written now.

    `text` is what is kept and, one day, approved; `shown` is the same with its marks, as it is shown and written to
    files, and what the lines of `findings` count in. `trouble` is what is wrong with the user's own template, where
    the program's was used instead.
    """

    kind: NoticeKind
    language: Language
    text: str
    shown: str
    facts: dict[str, int]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...]
    foreign: tuple[str, ...] = ()
    trouble: Message | None = None

    @property
    def blocked(self) -> bool:
        """Whether it could not be submitted as it stands (rules.md 25)."""
        return bool(self.missing) or any(finding.severity == "block" for finding in self.findings)

    def keep(self, case: Case, by: By) -> list[Act]:
        """The decision to keep this version, with the facts it rests on."""
        return keep_draft(case, by, self.kind.slug, self.language, self.text, self.facts)


def draft(case: Case, content: Content, kind: str, language: Language) -> Drafting:
    """Draft a notice from what a case knows. `kind` is a slug or D-number.

    A user's own template that is broken is not used. Raises BadContent where there is none that can be.
    """
    found = find_kind(content.kinds(), kind)
    if found is None:
        raise BadContent(
            say("There is no kind of notice “{kind}”.", kind=kind), say("“runbook notice kinds” lists them.")
        )
    rules = current_rules(content)

    def rendering(source: Content) -> Rendering:
        return render(load_template(source, found, language), case, language, rules)

    trouble = None
    try:
        rendered = rendering(content)
    except BadContent as broken:
        try:
            rendered = rendering(content.shipped())
        except BadContent:
            raise broken from None
        trouble = say("{problem} Until it is put right, the program's own template is used.", problem=broken.message)
    shown = marked(rendered.text, case.incident)
    return Drafting(
        found,
        language,
        rendered.text,
        shown,
        rendered.facts,
        rendered.missing,
        findings(shown, rules, guarded_state(case)),
        rendered.foreign,
        trouble,
    )
