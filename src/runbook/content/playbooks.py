"""A playbook from its YAML (docs/playbook-format.md), or all that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from runbook.content.checks import step_mistakes
from runbook.content.elsewhere import NOTHING, Elsewhere
from runbook.content.fields import read_facts, read_fields, shared_facts
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.reading import SLUG, WORD, Entry, Reader
from runbook.content.steps import Known, read_condition, read_phases, step_ids
from runbook.notice_kinds import AUDIENCES, NoticeKind
from runbook.playbook import FactSpec, Playbook, Register, Source, Verified, Warning
from runbook.speech import say

_SourceKind: TypeAlias = Literal["case", "law", "guideline", "press", "practice"]
_SOURCE_KINDS: tuple[_SourceKind, ...] = get_args(_SourceKind)
_VERIFIED: tuple[Verified, ...] = get_args(Verified)
_KEYS = "id edition title about phases"
_MORE_KEYS = "zone reviewed roles sources facts registers warnings"
PLAYBOOK_KEYS = frozenset(f"{_KEYS} {_MORE_KEYS}".split())


def check_playbook(
    text: str | bytes,
    facts_text: str | bytes,
    kinds: Iterable[NoticeKind] | None,
    where: str,
    laws: Elsewhere | None = None,
) -> list[Mistake]:
    """Every mistake of a playbook, in order of lines, after those of the shared facts it builds on.

    `where` is the file's name as it is shown. `kinds` are the kinds of notice there are, `laws` what the regimes
    declare; None to leave them unchecked.
    """
    return _read(text, facts_text, kinds, where, laws)[1]


def read_playbook(
    text: str | bytes, facts_text: str | bytes, where: str, kinds: Iterable[NoticeKind] | None = None
) -> Playbook:
    """A playbook with its facts, the shared ones first. Raises Mistakes (a BadContent) with all that is wrong."""
    playbook, mistakes = _read(text, facts_text, kinds, where, None)
    if mistakes or playbook is None:
        raise Mistakes(mistakes)
    return playbook


def scan_playbook(text: str | bytes, facts_text: str | bytes, where: str) -> Playbook | None:
    """A playbook as far as it could be read."""
    return _read(text, facts_text, None, where, None)[0]


def read_kinds(text: str | bytes, where: str) -> tuple[NoticeKind, ...]:
    """The kinds of notice: `templates/kinds.yaml`. Raises Mistakes."""
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, "kinds")
    kinds = tuple(_kinds(at)) if at else ()
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return kinds


def _kinds(at: Entry) -> Iterator[NoticeKind]:
    seen: dict[str, int] = {}
    slugs: list[str] = []
    for kind in at.entries("kinds", "id slug title audience", "public report files follows out_at"):
        found = NoticeKind(
            id=kind.name("id", WORD, seen),
            slug=kind.name("slug", SLUG, seen),
            title=kind.bilingual("title"),
            audience=kind.one_of("audience", AUDIENCES, "citizens"),
            public=kind.yes("public"),
            report=kind.yes("report"),
            files=kind.references("files", None, say("duty")),
            follows=kind.references("follows", slugs, say("kind of notice")),
            out_at=kind.text("out_at"),
        )
        slugs.append(found.slug)
        yield found


def _read(
    text: str | bytes,
    facts_text: str | bytes,
    kinds: Iterable[NoticeKind] | None,
    where: str,
    laws: Elsewhere | None,
) -> tuple[Playbook | None, list[Mistake]]:
    shared, mistakes = shared_facts(facts_text)
    names = None if kinds is None else [name for kind in kinds for name in (kind.slug, kind.id)]
    reader = Reader(where, text)
    playbook = _playbook(reader, shared, names, laws)
    return playbook, [*mistakes, *reader.mistakes]


def _playbook(
    reader: Reader, shared: Mapping[str, FactSpec], kinds: Collection[str] | None, laws: Elsewhere | None
) -> Playbook | None:
    """The playbook as far as it could be read: worth something only where the reader found no mistake."""
    at = reader.entry(reader.root, reader.file, _KEYS, _MORE_KEYS)
    if at is None or reader.root is None:
        return None
    steps = step_ids(reader.root)
    own = read_facts(at, shared, (laws or NOTHING).facts)
    facts = {**shared, **{fact.id: fact for fact in own if fact.id not in shared}}
    sources = {source.id: source for source in read_sources(at)}
    registers = {register.id: register for register in _registers(at, facts)}
    roles = at.named_bilinguals("roles", WORD)
    warning_lines: dict[str, int] = {}
    warnings = {warning.id: warning for warning in _warnings(at, facts, sources, steps, warning_lines)}
    step_lines: dict[str, int] = {}
    duties = None if laws is None else laws.duties
    known = Known(facts, registers, roles, sources, steps, warnings, kinds, duties)
    playbook = Playbook(
        id=at.name("id", SLUG),
        edition=at.day("edition"),
        title=at.bilingual("title"),
        about=at.bilingual("about"),
        phases=tuple(read_phases(at, known, step_lines)),
        facts=facts,
        zone=at.zone("zone") or "Asia/Tokyo",
        reviewed=at.day("reviewed"),
        warnings=warnings,
        registers=registers,
        roles=roles,
        sources=sources,
    )
    steps_read = [step for phase in playbook.phases for step in phase.steps]
    for line, message in step_mistakes(steps_read, step_lines, facts):
        reader.wrong(line, message)
    used = {name for step in steps_read for name in step.warnings}
    for name in warnings.keys() - used:
        reader.wrong(warning_lines[name], say("No step uses the warning “{name}”.", name=name))
    return playbook


def read_sources(at: Entry) -> Iterator[Source]:
    """The `sources` of a file: where its rules and stories come from."""
    for name, source in at.named_entries("sources", WORD, "title kind verified", "date url case"):
        yield Source(
            id=name,
            title=source.bilingual("title"),
            kind=source.one_of("kind", _SOURCE_KINDS, "practice"),
            verified=source.one_of("verified", _VERIFIED, "inference"),
            date=source.text("date"),
            url=source.text("url"),
            case=source.text("case"),
        )


def _registers(at: Entry, facts: Mapping[str, FactSpec]) -> Iterator[Register]:
    for name, register in at.named_entries("registers", WORD, "title key columns", "varies"):
        columns = tuple(read_fields(register, "columns", facts, ()))
        key = register.reference("key", [column.id for column in columns], say("column"))
        yield Register(name, register.bilingual("title"), key, columns, register.yes("varies"))


def _warnings(
    at: Entry,
    facts: Mapping[str, FactSpec],
    sources: Collection[str],
    steps: Collection[str],
    lines: dict[str, int],
) -> Iterator[Warning]:
    for name, warning in at.named_entries("warnings", WORD, "title text why source", "when"):
        lines[name] = warning.line
        yield Warning(
            id=name,
            title=warning.bilingual("title"),
            text=warning.bilingual("text"),
            why=warning.bilingual("why"),
            source=warning.reference("source", sources, say("source")),
            when=read_condition(warning, facts, steps),
        )
