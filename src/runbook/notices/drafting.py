"""A notice drafted from a case: rendered, merged with what people worded by hand, marked, checked."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from runbook.actions.deciding import By
from runbook.actions.notices import Subject, keep_draft, mark_of
from runbook.actions.values import clean
from runbook.case import Case
from runbook.errors import BadContent, Refused
from runbook.events import Act
from runbook.guardrails import Finding
from runbook.notice import Draft, Submission
from runbook.notice_kinds import NoticeKind, Written, find_kind
from runbook.notices.checking import current_rules, guarded_state, judged
from runbook.notices.footing import footing
from runbook.notices.house import House, standing_house
from runbook.notices.marks import marked
from runbook.notices.merging import Change, Conflict, Side, changes, merge, settle
from runbook.notices.missing import Missing
from runbook.notices.past import LISTING, overtaken
from runbook.notices.rendering import Rendering, render
from runbook.notices.templates import Head, Template, load_head, load_template
from runbook.notices.views import JAPANESE
from runbook.publications import Stage, changed, stage
from runbook.saying import stage_words
from runbook.speech import Message, say

if TYPE_CHECKING:
    from runbook.content import Content
    from runbook.guardrails import Rules


class Drafting(msgspec.Struct, frozen=True):
    """A notice as it can be written now; from its submission on, as it was frozen.

    `text` is what is kept and approved; `shown` is the same with its marks, as it is shown and written to files; the
    lines of `findings` count in `text`. `at` is when the text was made. `rendered` is what the template alone makes of
    the facts. `head` is the template's. `edits` are the sentences worded by hand, `conflicts` those whose facts changed
    since. `outdated` names the facts a frozen text rests on that are others by now, `overtaken` says which earlier
    notices its list of them leaves out, until it is out itself. `passed` are the marks of the
    warnings someone answered for. `trouble` is what is wrong with the user's own template, where the program's was used
    instead.
    """

    kind: NoticeKind
    written: Written
    at: datetime
    stage: Stage | None
    frozen: bool
    head: Head
    rendered: str
    text: str
    shown: str
    facts: dict[str, int]
    missing: tuple[Missing, ...]
    findings: tuple[Finding, ...]
    edits: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    outdated: tuple[str, ...] = ()
    overtaken: tuple[Message, ...] = ()
    passed: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()
    trouble: Message | None = None
    unchanged: bool = False
    """Nothing but the time differs from the version kept last."""
    ground: str = ""
    """What the template makes of the facts now, as of the time of the version kept last."""

    @property
    def subject(self) -> Subject:
        return Subject(self.kind.slug, self.written)

    @property
    def may_leave(self) -> bool:
        """Whether exactly this text was approved: until then it leaves marked as a draft (rules.md 25)."""
        return self.frozen and self.stage != "submitted"

    @property
    def half_translated(self) -> bool:
        """Whether Japanese words stand in an English text: facts are typed in one language, and translated by hand."""
        return self.written == "en" and JAPANESE.search(self.text) is not None

    @property
    def stopping(self) -> list[Finding]:
        """The findings no reason lets pass."""
        return [finding for finding in self.findings if finding.severity == "block"]

    @property
    def unanswered(self) -> list[Finding]:
        """The warnings nobody has answered for yet."""
        return [one for one in self.findings if one.severity == "warn" and mark_of(one) not in self.passed]

    @property
    def blocked(self) -> bool:
        """Whether it could not be submitted as it stands (rules.md 25)."""
        return bool(self.missing or self.conflicts or self.stopping)

    def obstacles(self, to: Stage) -> list[Message]:
        """What stands in the way of this stage, one sentence each (rules.md 25, 29)."""
        told = [_finding(finding) for finding in self.stopping]
        told += [missing.told for missing in self.missing]
        told += [
            say("Line {line}: worded by hand, and the facts changed since.", line=conflict.line)
            for conflict in self.conflicts
        ]
        told += self.overtaken
        if to == "approved":
            told += [say("{finding} Nobody has answered for it.", finding=_finding(one)) for one in self.unanswered]
        return told

    def keep(self, case: Case, by: By) -> list[Act]:
        """The decision to keep this version, with the facts it rests on.

        None is kept over a conflict: it would settle it unseen. The version kept last holds the words by hand; a new
        version after a frozen text begins with it.
        """
        last = self.subject.of(case).draft
        begins = self.stage not in (None, "draft")  # after a frozen text, any version is a new one
        if self.frozen or self.unchanged:
            return []
        if self.conflicts:
            if not begins or last is None or last.text.text is None or last.base is None:
                return []
            return keep_draft(case, by, self.subject, last.text.text, last.facts, last.base.text, last.at, anew=True)
        return keep_draft(case, by, self.subject, self.text, self.facts, self.rendered, self.at, anew=begins)

    def reworded(self, text: str) -> Drafting:
        """The same with a wording changed by hand, to be kept. Raises Refused, BadContent."""
        if self.frozen:
            raise Refused(
                say(
                    "This text is {stage}; it cannot be changed.",
                    stage=stage_words(self.stage or "draft", self.kind.filing),
                ),
                say("Begin a new version first; that ends its submission."),
            )
        if self.conflicts:
            raise Refused(
                say("The facts changed under {n} sentences worded by hand.", n=len(self.conflicts)),
                say("Settle these first: keep your wording, or take the new one."),
            )
        words = clean(text.replace("\r\n", "\n"), say("text"))
        if not words:
            raise BadContent(say("The text is empty."), say("Leave it as it was, or write it anew."))
        return msgspec.structs.replace(self, text=words + "\n", unchanged=False)


def draft(case: Case, content: Content, kind: str, written: Written, *, anew: bool = False) -> Drafting:
    """Draft a notice from what a case knows. `kind` is a slug or D-number.

    From its submission on the frozen text is given, unless `anew` asks for a new version. A user's own template that is
    broken is not used. Raises BadContent where there is none that can be.
    """
    found = the_kind(content, kind)
    rules = current_rules(content)
    house, unstyled = standing_house(content)
    notice = case.incident.notice(found.slug, written)
    submission = None if anew else notice.submission
    if submission is not None and submission.text.text is not None:
        frozen = _frozen(case, content, found, written, submission, submission.text.text)
        return _checked(case, content, rules, frozen)
    seen = footing(case, content)
    source, head, trouble, now = seen.once(
        lambda at: _source(at, content, found, written, rules, house), (_source, found.slug, written)
    )
    last = notice.draft if notice.draft and notice.draft.text.text is not None else None

    def rendering(at: datetime) -> Rendering:
        if at == case.now:
            return now
        then = msgspec.structs.replace(seen, now=case.zoned(at))
        return render(load_template(source, found, written), then, written, rules, house)

    base, mine = _bottom(last), last.text.text if last else None
    then = rendering(last.at).text if last else None
    merged, text = None, now.text
    if last and last.base and base is not None and mine is not None and then is not None:
        # What the facts changed can conflict with a wording by hand; that time goes on cannot.
        merged = merge(base, mine, then)
        text = merge(then, merged.text, now.text).text
    drafting = Drafting(
        found,
        written,
        case.now,
        stage(notice),
        False,
        head,
        now.text,
        text,
        "",
        now.facts,
        now.missing,
        (),
        changes(now.text, text) if merged else (),
        merged.conflicts if merged else (),
        foreign=now.foreign,
        trouble=trouble or unstyled,
        unchanged=then is not None and then == base and stage(notice) == "draft",
        ground=then or now.text,
    )
    return _checked(case, content, rules, drafting)


def _frozen(
    case: Case, content: Content, kind: NoticeKind, written: Written, submission: Submission, text: str
) -> Drafting:
    """What was submitted, as it was: only whether its facts still hold is looked up anew."""
    template, trouble = _template(content, kind, written)
    at, seq = stage(case.incident.notice(kind.slug, written)), submission.touch.seq
    lists = at in ("submitted", "approved") and template is not None and template.program.asks & LISTING
    return Drafting(
        kind,
        written,
        submission.touch.at,
        at,
        True,
        template.head if template else Head(requires=()),  # the frozen text stands by itself
        text,
        text,
        "",
        submission.facts,
        (),
        (),
        outdated=tuple(name for name, _, _ in changed(case.incident, submission.facts)),
        overtaken=tuple(overtaken(kind, written, case, content.kinds(), seq)) if lists else (),
        trouble=trouble,
    )


def checked(case: Case, content: Content, drafting: Drafting, text: str) -> Drafting:
    """The same with another text, and with what the guardrails find in that. Raises BadContent."""
    return _checked(case, content, current_rules(content), msgspec.structs.replace(drafting, text=text))


def settled(drafting: Drafting, last: Draft, n: int, take: Side) -> tuple[str, str]:
    """The text and the base, both as of the last version's time, after the `n`-th conflict was settled.

    Raises Refused where there is no such conflict.
    """
    base, mine = _bottom(last), last.text.text
    if base is None or mine is None or not 0 <= n < len(drafting.conflicts):
        raise Refused(say("There is no such conflict any more."), say("Look at the notice again."))
    done = settle(base, mine, drafting.ground, n, take)
    return done.text, done.base


def the_kind(content: Content, kind: str) -> NoticeKind:
    """The kind of that slug or D-number. Raises BadContent."""
    found = find_kind(content.kinds(), kind)
    if found is None:
        raise BadContent(
            say("There is no kind of notice “{kind}”.", kind=kind), say("“runbook notice kinds” lists them.")
        )
    return found


def _finding(finding: Finding) -> Message:
    return say("{rule}, line {line}: {message}", rule=finding.rule, line=finding.line, message=finding.message)


def _named(content: Content, drafting: Drafting) -> frozenset[str]:
    """The rules of completeness: a user's own template can add some to the program's, and leave none out."""
    named = set(drafting.head.guardrails)
    with suppress(BadContent):  # a kind, or a writing, that only the user's own folder has
        named |= set(load_head(content.shipped(), drafting.kind, drafting.written).guardrails)
    return frozenset(named)


def _checked(case: Case, content: Content, rules: Rules, drafting: Drafting) -> Drafting:
    """With its marks, and with what the guardrails find in the text."""
    notice = drafting.subject.of(case)
    house = standing_house(content)[0]
    state = guarded_state(
        case, drafting.kind, _named(content, drafting), drafting.written, house, footing(case, content)
    )
    state = msgspec.structs.replace(state, rests_on=frozenset(drafting.facts))
    return msgspec.structs.replace(
        drafting,
        shown=marked(drafting.text, case.incident, draft=not drafting.may_leave),
        findings=judged(content, drafting.text, rules, state),
        passed=frozenset(one.mark for one in notice.passes if not one.undone),
    )


def _bottom(last: Draft | None) -> str | None:
    """What the template made of the last version."""
    return None if last is None else (last.base or last.text).text


def _template(content: Content, kind: NoticeKind, written: Written) -> tuple[Template | None, Message | None]:
    """The template a frozen text was written by, if there is one that can be read."""
    try:
        return load_template(content, kind, written), None
    except BadContent as broken:
        with suppress(BadContent):
            return load_template(content.shipped(), kind, written), _in_use(broken)
        return None, broken.message


def _source(
    case: Case, content: Content, kind: NoticeKind, written: Written, rules: Rules, house: House
) -> tuple[Content, Head, Message | None, Rendering]:
    """Whose template is used, and what it makes of the case: the user's own if it can be rendered, else the
    program's."""
    try:
        template = load_template(content, kind, written)
        return content, template.head, None, render(template, case, written, rules, house)
    except BadContent as broken:
        try:
            template = load_template(content.shipped(), kind, written)
        except BadContent:
            raise broken from None
        return content.shipped(), template.head, _in_use(broken), render(template, case, written, rules, house)


def _in_use(broken: BadContent) -> Message:
    return say("{problem} Until it is put right, the program's own template is used.", problem=broken.message)
