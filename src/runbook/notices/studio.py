"""The studio: a notice's life at a desk. Both front ends do everything with notices through it.

Findings are computed here, on the case an act is decided on, and never handed in (rules.md 28).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from runbook.actions import notices
from runbook.actions.notices import Subject
from runbook.case import Case
from runbook.content import GUARDRAILS
from runbook.errors import BadContent
from runbook.moment import Moment
from runbook.notice_kinds import WRITTEN, NoticeKind, Written, tongue
from runbook.notices import life
from runbook.notices.checking import current_rules
from runbook.notices.documents import Document
from runbook.notices.drafting import Drafting, checked, draft, the_kind
from runbook.notices.house import standing_house
from runbook.notices.marks import drill_of
from runbook.notices.merging import Change, Conflict, Side, changes

if TYPE_CHECKING:
    from runbook.content import Content
    from runbook.desk import Desk, Done


REFERENCE = "templates/reference.docx"
"""The Word document whose styles are taken."""


class Studio:
    """A desk's notices. `seen` is, as at the desk, the last entry that the seat had shown."""

    def __init__(self, desk: Desk, content: Content) -> None:
        self._desk = desk
        self._content = content

    def kinds(self) -> tuple[NoticeKind, ...]:
        """The kinds of notice that can be written."""
        return self._content.kinds()

    def written(self, kind: str) -> list[Written]:
        """The writings there are templates for. Raises BadContent for an unknown kind."""
        slug = the_kind(self._content, kind).slug
        return [one for one in WRITTEN if self._content.has(f"templates/{one}/{slug}.md.j2")]

    def draft(self, incident: str, kind: str, written: Written, *, anew: bool = False) -> Drafting:
        """A notice as it can be written from the facts now, with what is missing and what the guardrails find in it;
        from its submission on the frozen text, unless `anew`.

        `kind` is a slug or D-number. Raises BadContent where there is no template that can be used.
        """
        return draft(self._desk.case(incident), self.rulebook(incident), kind, written, anew=anew)

    def keep(self, incident: str, drafting: Drafting) -> Done:
        """Keep a draft as a version, if more than the time changed."""
        return self._desk.do(incident, drafting.keep)

    def reword(self, incident: str, drafting: Drafting, text: str, *, seen: int | None = None) -> Done:
        """Keep a wording changed by hand over this drafting. Raises Refused where someone else changed it meanwhile."""
        return self._desk.do(incident, life.rewording(drafting, text), seen=seen)

    def checked(self, incident: str, drafting: Drafting, text: str) -> Drafting:
        """The drafting as it would read with this text, with what the guardrails find in it. Nothing is kept."""
        return checked(self._desk.case(incident), self.rulebook(incident), drafting, text)

    def settle(
        self, incident: str, kind: str, written: Written, n: int, take: Side, *, shown: Conflict | None = None
    ) -> Done:
        """Settle the `n`-th conflict (from 0): keep the wording by hand ("mine"), or take that of the facts.

        `shown` is the conflict as it was seen: raises Refused where it is another one by now.
        """
        return self._desk.do(incident, life.settling(self._of(incident, kind, written), n, take, shown))

    def submit(
        self, incident: str, kind: str, written: Written, *, seen: int | None = None, shown: Drafting | None = None
    ) -> Done:
        """Put the notice up for approval: as it is now, or to the letter as it was `shown`. Raises Refused, naming what
        stops it.
        """
        return self._desk.do(incident, life.submitting(self._of(incident, kind, written), shown), seen=seen)

    def answer(self, incident: str, kind: str, written: Written, mark: str, reason: str) -> Done:
        """Answer by name for the warning of this mark (`notices.mark_of`). Raises Refused."""
        return self._desk.do(incident, life.answering(self._of(incident, kind, written), reason, mark=mark))

    def approve(self, incident: str, kind: str, written: Written, *, seen: int | None = None) -> Done:
        """Approve exactly the submitted text. Raises Refused, naming what stops it."""
        return self._desk.do(incident, life.approving(self._of(incident, kind, written)), seen=seen)

    def publish(
        self,
        incident: str,
        kind: str,
        written: Written,
        channel: str,
        address: str = "",
        *,
        moment: Moment | None = None,
        seen: int | None = None,
    ) -> Done:
        """Record that the approved text went out; a correction puts right what it is about.

        Raises Refused where it is not approved or no longer true.
        """
        of = self._of(incident, kind, written)
        return self._desk.do(incident, life.publishing(of, channel, address, moment), seen=seen)

    def correct(self, incident: str, kind: str, written: Written, reason: str, correction: int = 0) -> Done:
        """Record that what was published was put right; `correction` is the entry of the publication that did so."""
        return self._desk.do(
            incident,
            partial(notices.correct, subject=self._subject(kind, written), reason=reason, correction=correction),
        )

    def withdraw(self, incident: str, kind: str, written: Written, reason: str) -> Done:
        """Record that what was published no longer stands, and what it filed neither."""
        return self._desk.do(incident, life.withdrawing((self._content, kind, written), reason))

    def document(self, drafting: Drafting, case: Case, *, recipient: str = "", sender: str = "") -> Document:
        """The notice as it leaves, for any format (`formats.write`). A mail has at most one recipient."""
        house, _ = standing_house(self._content)
        title = drafting.head.title or drafting.kind.title.said(tongue(drafting.written))
        return Document(
            markdown=drafting.text,
            written=drafting.written,
            title=title,
            stem=f"{drafting.kind.slug}-{drafting.written}",
            issued=case.zoned(drafting.at),
            organization=house.name.said(tongue(drafting.written)) or case.text("organization"),
            draft=not drafting.may_leave,
            drill=drill_of(case.incident),
            sender=sender,
            recipient=recipient,
            reference=self._content.file(REFERENCE) if self._content.has(REFERENCE) else None,
            logo=_picture(house.logo),
        )

    def differences(self, drafting: Drafting, case: Case) -> tuple[Change, ...] | None:
        """What this text says otherwise than the one published last; None where nothing was published."""
        publication = drafting.subject.of(case).publication
        if publication is None or publication.text.text is None:
            return None
        return changes(publication.text.text, drafting.text)

    def rulebook(self, incident: str) -> Content:
        """The content with the guardrails this incident was opened with, if this program can still read them."""
        text = self._desk.pinned(incident, "guardrails")
        held = self._content if text is None else self._content.holding(GUARDRAILS, text)
        try:
            current_rules(held)
        except BadContent:
            return self._content
        return held

    def _of(self, incident: str, kind: str, written: Written) -> life.Of:
        return self.rulebook(incident), kind, written

    def _subject(self, kind: str, written: Written) -> Subject:
        return Subject(the_kind(self._content, kind).slug, written)


def _picture(logo: Path | None) -> bytes:
    """The house's logo; nothing where it cannot be had, for a notice must not wait for it."""
    try:
        return logo.read_bytes() if logo else b""
    except OSError:
        return b""
