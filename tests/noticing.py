"""For tests of notices: the Amagasaki case as it stood when it was announced, and templates of a few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from hashlib import sha256

import msgspec

from runbook.actions.deciding import By
from runbook.actions.facts import claim, record_dataset
from runbook.case import Case
from runbook.content import Content
from runbook.events import Act, FactRecorded, NoticeApproved, NoticePublished, NoticeSubmitted, Prose
from runbook.guardrails import Rules
from runbook.incident import rests_on
from runbook.journal import Journal, Line, decision, read_journal
from runbook.moment import Moment
from runbook.notice_kinds import Written, find_kind
from runbook.notices.checking import current_rules
from runbook.notices.life import scripted
from runbook.notices.rendering import Rendering, render
from runbook.notices.rows import LISTS
from runbook.notices.sandbox import Source, compile_template
from runbook.notices.templates import Head, Template
from runbook.playbook import ClaimStatus
from tests.making import done, opened_case

SHIPPED = Content(None).remembered()


@cache
def amagasaki(until: str = "") -> Case:
    """The real case up to a time of its own zone; as its people drafted the first notice, if none is given."""
    journal = _journal()
    case = opened_case(SHIPPED.playbook(journal.playbook), journal.instant(journal.opens))
    return _played(case, journal.acts, until)


def onward(case: Case, until: str) -> Case:
    """A case that was `amagasaki()` and to which something was added, as the real one went on from there."""
    lines = _journal().acts
    first = next(n for n, line in enumerate(lines) if line.notice)
    return _played(case, lines[first:], until)


def _played(case: Case, lines: Sequence[Line], until: str) -> Case:
    journal = _journal()
    end = datetime.fromisoformat(until).replace(tzinfo=journal.instant(journal.opens).tzinfo) if until else None
    for line in lines:
        at = journal.instant(line.at)
        if at > end if end else line.notice:
            break
        act = scripted(line, SHIPPED) if line.notice else decision(line)
        case = done(msgspec.structs.replace(case, now=at), act, line.who)
    return case


@cache
def _journal() -> Journal:
    return read_journal(SHIPPED.tree("playbooks/cases/amagasaki-2022.yaml"), "amagasaki-2022.yaml")


@cache
def rules() -> Rules:
    return current_rules(SHIPPED)


def told(
    case: Case,
    name: str,
    typed: str,
    *,
    status: ClaimStatus = "confirmed",
    source: str = "",
    as_of: Moment | None = None,
) -> Case:
    """The case after someone claimed something about a fact."""
    return done(case, partial(claim, name=name, typed=typed, status=status, source=source, as_of=as_of))


def slipped(case: Case, by: By, *, name: str, text: str) -> list[Act]:
    """A fact as a record may hold it that was kept before entry refused what gives a password away."""
    return [Act(FactRecorded(name, Prose(text=text), "confirmed", "", None))]


def published(
    case: Case,
    kind: str,
    facts: tuple[str, ...] = (),
    *,
    writing: Written = "ja",
    text: str = "100人です。",
    channel: str = "web",
) -> Case:
    """The case after a notice that rests on these facts went out."""
    seqs = {name: rests_on(case.incident, name if ":" in name else f"fact:{name}") for name in facts}
    digest = sha256(text.encode()).hexdigest()

    def out(case: Case, by: By) -> list[Act]:
        return [
            Act(NoticeSubmitted(kind, writing, Prose(text=text), digest, seqs)),
            Act(NoticeApproved(kind, writing, digest)),
            Act(NoticePublished(kind, writing, digest, channel, "", "")),
        ]

    return done(case, out)


def counted(
    case: Case,
    name: str,
    count: int | None,
    unit: str = "records",
    *,
    estimate: bool = False,
    fields: tuple[str, ...] = (),
    as_of: Moment | None = None,
    source: str = "",
) -> Case:
    """The case after someone counted a data set."""
    about = partial(record_dataset, name=name, count=count, unit=unit, estimate=estimate)
    return done(case, partial(about, fields=fields, as_of=as_of, source=source))


def template(
    body: str, *, requires: tuple[str, ...] = (), uses: tuple[str, ...] = (), kind: str = "", **blocks: str
) -> Template:
    """A template of this body; its head is line 0, so that lines count in the body."""
    facts = tuple(name for name in (*requires, *uses) if name not in LISTS)
    kinds = SHIPPED.kinds()
    sources = tuple((name, Source(f"{name}.j2", text)) for name, text in blocks.items())
    program = compile_template(Source("own.j2", body), sources, facts)
    return Template(Head(requires, uses, tuple(blocks)), program, find_kind(kinds, kind), kinds)


def written(
    case: Case,
    body: str,
    writing: Written = "ja",
    *,
    requires: tuple[str, ...] = (),
    uses: tuple[str, ...] = (),
    kind: str = "",
) -> Rendering:
    """What a template of this body writes."""
    return render(template(body, requires=requires, uses=uses, kind=kind), case, writing, rules())
