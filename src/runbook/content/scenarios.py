"""A scenario from its YAML (docs/scenario-format.md), or all that is wrong with it. It is read against the playbook it is
played with: what it names there must exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from runbook.conditions import read_length
from runbook.content.mistakes import Mistake, Mistakes
from runbook.content.playbooks import read_sources
from runbook.content.reading import SLUG, WORD, Entry, Reader
from runbook.errors import BadContent
from runbook.moment import UNKNOWN, Moment, after, read_moment
from runbook.playbook import Playbook
from runbook.scenario import (
    DELIVERIES,
    FASTEST,
    INJECT_KINDS,
    UNATTENDED,
    Expected,
    Ghost,
    Hazard,
    Inject,
    Leg,
    Milestone,
    Objective,
    Order,
    Scenario,
)
from runbook.speech import say

_KEYS = "id edition title about audience playbook minutes objectives legs injects expected"
_MORE_KEYS = (
    "zone facts milestones orders hazards ghost ghost_name notes sponsor contact threat unattended drawn draws sources"
)
SCENARIO_KEYS = frozenset(f"{_KEYS} {_MORE_KEYS}".split())
_INJECT = "id number title text kind delivery from to"
_INJECT_MORE = "at when milestone depends_on hand expected controller attachments objective answer enabled"


def check_scenario(text: str | bytes, playbook: Playbook, where: str) -> list[Mistake]:
    """Every mistake of a scenario, in order of lines."""
    return _scan(text, playbook, where)[1]


def read_scenario(text: str, playbook: Playbook, where: str) -> Scenario:
    """The scenario. Raises Mistakes (a BadContent) with all that is wrong."""
    scenario, mistakes = _scan(text, playbook, where)
    if mistakes or scenario is None:
        raise Mistakes(mistakes)
    return scenario


def named_playbook(text: str | bytes) -> str:
    """The playbook a scenario names; empty where it cannot be told."""
    reader = Reader("", text)
    at = reader.entry(reader.root, "", "", " ".join(SCENARIO_KEYS))
    return at.text("playbook") if at else ""


def _scan(text: str | bytes, playbook: Playbook, where: str) -> tuple[Scenario | None, list[Mistake]]:
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, _KEYS, _MORE_KEYS)
    scenario = None if at is None else _scenario(at, playbook)
    return scenario, reader.mistakes


def _scenario(at: Entry, playbook: Playbook) -> Scenario:
    zone = ZoneInfo(at.zone("zone") or playbook.zone)
    legs = tuple(_legs(at, zone))
    start = legs[0].start if legs else datetime(2000, 1, 1, tzinfo=zone)
    sources = {source.id: source for source in read_sources(at)}
    return Scenario(
        id=at.name("id", SLUG),
        edition=at.day("edition"),
        title=at.bilingual("title"),
        about=at.bilingual("about"),
        audience=at.bilingual("audience"),
        playbook=at.text("playbook"),
        zone=zone.key,
        minutes=at.number("minutes") or 0,
        objectives=tuple(
            Objective(id, one.bilingual("title"), one.bilingual("capability"))
            for id, one in at.named_entries("objectives", WORD, "title capability")
        ),
        legs=legs,
        injects=tuple(_injects(at, start, zone, playbook)),
        expected=tuple(_expected(at)),
        facts={name: _plain(at, name) for name in at.lines("facts")},
        milestones=tuple(
            Milestone(id, one.bilingual("title"), one.text("when"))
            for id, one in at.named_entries("milestones", WORD, "title", "when")
        ),
        orders=tuple(
            Order(
                one.name("id", WORD),
                one.text("objective"),
                one.bilingual("title"),
                one.number("points") or 0,
                one.text("first"),
                one.text("then"),
                one.bilingual_if_any("tip"),
            )
            for one in at.entries("orders", "id objective title points first then", "tip")
        ),
        hazards=tuple(
            Hazard(
                one.name("id", WORD),
                one.text("objective"),
                one.bilingual("title"),
                one.number("points") or 0,
                one.text("when"),
                one.bilingual("really"),
                one.text("source"),
                one.number("times") or 1,
                one.bilingual_if_any("tip"),
            )
            for one in at.entries("hazards", "id objective title points when really", "source times tip")
        ),
        ghost=tuple(_ghost(at, start, zone)),
        ghost_name=at.bilingual("ghost_name"),
        notes=at.bilinguals("notes"),
        sponsor=at.bilingual_if_any("sponsor"),
        contact=at.text("contact"),
        threat=at.bilingual_if_any("threat"),
        unattended=at.one_of("unattended", UNATTENDED, "goes_on"),
        drawn=dict.fromkeys(at.lines("drawn"), ""),
        sources=sources,
    )


def _plain(at: Entry, name: str) -> str:
    facts = at.entry("facts", "", " ".join(at.lines("facts")))
    return facts.text(name) if facts else ""


def _legs(at: Entry, zone: ZoneInfo) -> Iterator[Leg]:
    for one in at.entries("legs", "from to speed title"):
        start, end = _time(one, "from", None, zone), _time(one, "to", None, zone)
        speed = one.number("speed") or 1
        if not 1 <= speed <= FASTEST:
            one.wrong("speed", say("“{key}” must be a whole number from 1 to {most}.", key="speed", most=FASTEST))
            speed = 1
        if start and end and start >= end:
            one.wrong("to", say("This part ends before it begins."))
        if start and end:
            yield Leg(start, end, speed, one.bilingual("title"))


def _injects(at: Entry, start: datetime, zone: ZoneInfo, playbook: Playbook) -> Iterator[Inject]:
    for one in at.entries("injects", _INJECT, _INJECT_MORE):
        yield Inject(
            id=one.name("id", SLUG),
            number=one.number("number") or 0,
            title=one.bilingual("title"),
            text=one.bilingual("text"),
            kind=one.one_of("kind", INJECT_KINDS, "informational"),
            delivery=one.one_of("delivery", DELIVERIES, "telephone"),
            sender=one.bilingual("from"),
            to=one.references("to", playbook.roles, say("role")),
            at=_time(one, "at", start, zone),
            when=one.text("when"),
            milestone=one.text("milestone"),
            depends_on=one.references("depends_on", None, say("inject")),
            hand=one.yes("hand"),
            expected=one.bilingual_if_any("expected"),
            controller=one.text("controller"),
            attachments=one.references("attachments", None, say("file")),
            objective=one.text("objective"),
            answer=one.yes("answer"),
            enabled=one.yes("enabled") if "enabled" in one else True,
        )


def _expected(at: Entry) -> Iterator[Expected]:
    optional = "evidence clock since within late notice tip"
    for one in at.entries("expected", "id objective title points", optional):
        yield Expected(
            id=one.name("id", WORD),
            objective=one.text("objective"),
            title=one.bilingual("title"),
            points=one.number("points") or 0,
            evidence=one.references("evidence", None, say("condition")),
            clock=one.text("clock"),
            since=one.text("since"),
            within=_length(one, "within"),
            late=one.number("late") or 0,
            notice=one.yes("notice"),
            tip=one.bilingual_if_any("tip"),
        )


def _ghost(at: Entry, start: datetime, zone: ZoneInfo) -> Iterator[Ghost]:
    for one in at.entries("ghost", "at what source", "meets"):
        moment = _moment(one, "at", start, zone)
        if moment.at is not None:
            yield Ghost(
                moment.at,
                moment.precision,
                one.bilingual("what"),
                one.text("source"),
                one.references("meets", None, say("expected action")),
            )


def _length(at: Entry, key: str) -> timedelta | None:
    text = at.text(key)
    try:
        return read_length(text) if text else None
    except BadContent as wrong:
        at.wrong(key, wrong.message)
        return None


def _time(at: Entry, key: str, start: datetime | None, zone: ZoneInfo) -> datetime | None:
    return _moment(at, key, start, zone).at if key in at else None


def _moment(at: Entry, key: str, start: datetime | None, zone: ZoneInfo) -> Moment:
    """A time as scenarios write it: 2022-06-22T15:45, or T+20min after the start."""
    text = at.text(key)
    try:
        return read_time(text, start, zone) if text else UNKNOWN
    except BadContent as wrong:
        at.wrong(key, wrong.message)
        return UNKNOWN


def read_time(text: str, start: datetime | None, zone: ZoneInfo) -> Moment:
    """A time of a scenario: ISO 8601 local to its zone, `~` before an approximate one, or T+20min after the start.

    Raises BadContent for anything else.
    """
    if start is not None and text.startswith("T+"):
        return Moment(after(start, read_length(text.removeprefix("T+"))))
    moment = read_moment(text, start or datetime(2000, 1, 1, tzinfo=zone), zone)
    if moment.at is None:
        raise BadContent(
            say("“{text}” is not a time of a scenario.", text=text), say("Write 2022-06-22T15:45 or T+20min.")
        )
    return moment
