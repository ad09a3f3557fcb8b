"""A scenario from its YAML (docs/scenario-format.md), or all that is wrong with it. It is read against the playbook it
is played with: what it names there must exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from runbook.content.aims import Aims, check_ghost
from runbook.content.checks import fits
from runbook.content.draws import template_mistakes
from runbook.content.injects import Cast, circle_mistake, happenings_of, inject_mistakes, waiting_circles
from runbook.content.mistakes import Mistake, Mistakes, cut, no_such, whole
from runbook.content.naming import name_unused
from runbook.content.nodes import Entries, Scalar
from runbook.content.playbooks import read_sources
from runbook.content.reading import SLUG, WORD, Entry, Reader
from runbook.content.times import read_time
from runbook.errors import BadContent
from runbook.moment import UNKNOWN, Moment, between, read_moment
from runbook.playbook import FactSpec, Playbook
from runbook.scenario import (
    DELIVERIES,
    FASTEST,
    INJECT_KINDS,
    UNATTENDED,
    Ghost,
    Inject,
    Leg,
    Milestone,
    Objective,
    Scenario,
)
from runbook.speech import Bilingual, say

_KEYS = "id edition title about audience playbook minutes objectives legs injects expected"
_MORE_KEYS = "zone facts milestones orders hazards ghost ghost_name notes sponsor contact threat unattended drawn draws recap called sources"
_INJECT = "id number title text kind delivery from to"
_INJECT_MORE = "at when milestone depends_on hand expected controller attachments objective answer enabled"
_LEG = "from to speed title"
_GHOST = "at what source"
_GHOST_MORE = "meets"
SCENARIO_KEYS = frozenset(f"{_KEYS} {_MORE_KEYS}".split())
INJECT_KEYS = frozenset(f"{_INJECT} {_INJECT_MORE}".split())
LEG_KEYS = frozenset(_LEG.split())
GHOST_KEYS = frozenset(f"{_GHOST} {_GHOST_MORE}".split())
_REACHED = re.compile(r"""\breached\(\s*"?([^\s()"]+)""")
"""The milestones a condition asks for, also one that cannot be read yet."""
_LAST_YEAR = 9000
"""Of an exercise: what is due years after it still has to be on the calendar."""
_TALK = 20
"""Minutes of discussion that even a short exercise may plan, beside as much again as it plays."""


def check_scenario(
    text: str | bytes, playbook: Playbook, where: str, rules: Collection[str] | None = None
) -> list[Mistake]:
    """Every mistake of a scenario, in order of lines; of one that is made from a seed, those of what a few seeds make
    of it. `rules` are the ids of the guardrails; None to leave them unchecked."""
    return template_mistakes(text, where, lambda made: _scan(made, playbook, where, rules)[1])


def read_scenario(text: str, playbook: Playbook, where: str, rules: Collection[str] | None = None) -> Scenario:
    """The scenario. Raises Mistakes (a BadContent) with all that is wrong."""
    scenario, mistakes = _scan(text, playbook, where, rules)
    if mistakes or scenario is None:
        raise Mistakes(mistakes)
    return scenario


def named_playbook(text: str | bytes) -> str:
    """The playbook a scenario names; empty where it cannot be told."""
    found = where_playbook(text)
    return found.text if found else ""


def where_playbook(text: str | bytes) -> Scalar | None:
    """The place where a scenario names its playbook."""
    root = Reader("", text).root
    pairs = root.pairs if isinstance(root, Entries) else ()
    return next((value for key, value in pairs if key.text == "playbook" and isinstance(value, Scalar)), None)


def without_playbook(text: str | bytes, where: str) -> list[Mistake]:
    """What can be told to be wrong with a scenario that names no playbook: at least that."""
    reader = Reader(where, text)
    reader.entry(reader.root, where, _KEYS, _MORE_KEYS)
    return reader.mistakes


def _scan(
    text: str | bytes, playbook: Playbook, where: str, rules: Collection[str] | None
) -> tuple[Scenario | None, list[Mistake]]:
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, _KEYS, _MORE_KEYS)
    scenario = None if at is None else _scenario(at, playbook, rules)
    return scenario, reader.mistakes


def _scenario(at: Entry, playbook: Playbook, rules: Collection[str] | None) -> Scenario:
    zone = _zone(at, playbook)
    before = len(at.reader.mistakes)
    legs = tuple(_legs(at, zone))
    legs_are_right = len(at.reader.mistakes) == before
    start = legs[0].start if legs else datetime(2000, 1, 1, tzinfo=zone)
    sources = {source.id: source for source in read_sources(at)}
    objectives = tuple(_objectives(at))
    milestones = list(_milestones(at))
    injects = list(_injects(at, start, zone))
    happenings = happenings_of(playbook, [one.id for _, one in injects], [one.id for _, one in milestones], rules)
    end = legs[-1].end if legs else None
    cast = Cast(
        playbook.facts, playbook.roles, [one.id for one in objectives], happenings, start if legs else None, end
    )
    aims = Aims(at, playbook, cast, sources)
    ghost = list(_ghost(at, start, zone))
    at.need_some("legs", "injects", "expected")
    scenario = Scenario(
        id=at.name("id", SLUG),
        edition=at.day("edition"),
        title=at.bilingual("title"),
        about=at.bilingual("about"),
        audience=at.bilingual("audience"),
        playbook=at.text("playbook"),
        zone=zone.key,
        minutes=at.number("minutes") or 0,
        objectives=objectives,
        legs=legs,
        injects=tuple(one for _, one in injects),
        expected=tuple(aims.expected()),
        facts=_facts(at),
        milestones=tuple(one for _, one in milestones),
        orders=tuple(aims.orders()),
        hazards=tuple(aims.hazards()),
        ghost=tuple(one for _, one in ghost),
        ghost_name=at.bilingual("ghost_name"),
        notes=at.bilinguals("notes"),
        sponsor=at.bilingual_if_any("sponsor"),
        contact=at.text("contact"),
        threat=at.bilingual_if_any("threat"),
        unattended=at.one_of("unattended", UNATTENDED, "goes_on"),
        drawn=_plain(at, "drawn"),
        recap=at.bilinguals("recap"),
        called=at.bilingual_if_any("called"),
        sources=sources,
    )
    _check_facts(at, scenario, playbook.facts, start)
    _check_milestones(milestones, cast)
    _check_injects(injects, cast)
    _check_circles(at, injects, milestones)
    check_ghost(ghost, [one.id for one in scenario.expected], sources)
    if legs_are_right:
        _check_minutes(at, scenario)
    _check_use(at, scenario)
    return scenario


def _zone(at: Entry, playbook: Playbook) -> ZoneInfo:
    name = at.zone("zone")
    try:
        return ZoneInfo(name or playbook.zone)
    except (LookupError, ValueError, OSError):
        return ZoneInfo(playbook.zone)  # named as a mistake already


def _legs(at: Entry, zone: ZoneInfo) -> Iterator[Leg]:
    before: datetime | None = None
    for one in at.entries("legs", _LEG):
        start, end = _time(one, "from", None, zone), _time(one, "to", None, zone)
        speed = one.number("speed") or 1
        if not 1 <= speed <= FASTEST or one.text("speed") == "0":
            one.wrong("speed", say("“{key}” must be a whole number from 1 to {most}.", key="speed", most=FASTEST))
            speed = 1
        title = one.bilingual("title")
        if start is None or end is None:
            continue
        if end.year > _LAST_YEAR:
            one.wrong("to", say("The year {year} is too far away; {most} is the last.", year=end.year, most=_LAST_YEAR))
            continue
        if between(start, end) <= timedelta():
            one.wrong("to", say("This part ends before it begins."))
            continue
        if before and between(before, start) < timedelta():
            one.wrong("from", say("This part begins before the one above it ends, at {at}.", at=before))
        before = end
        yield Leg(start, end, speed, title)


def _objectives(at: Entry) -> Iterator[Objective]:
    for id, one in at.named_entries("objectives", WORD, "title capability"):
        yield Objective(id, one.bilingual("title"), one.bilingual("capability"))


def _milestones(at: Entry) -> Iterator[tuple[Entry, Milestone]]:
    for id, one in at.named_entries("milestones", WORD, "title", "when"):
        yield one, Milestone(id, one.bilingual("title"), one.text("when"))


def _injects(at: Entry, start: datetime, zone: ZoneInfo) -> Iterator[tuple[Entry, Inject]]:
    ids: dict[str, int] = {}
    for one in at.entries("injects", _INJECT, _INJECT_MORE):
        yield (
            one,
            Inject(
                id=one.name("id", SLUG, ids),
                number=one.number("number") or 0,
                title=one.bilingual("title"),
                text=one.bilingual("text"),
                kind=one.one_of("kind", INJECT_KINDS, "informational"),
                delivery=one.one_of("delivery", DELIVERIES, "telephone"),
                sender=one.bilingual("from"),
                to=one.references("to", None, say("role")),
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
            ),
        )


def _ghost(at: Entry, start: datetime, zone: ZoneInfo) -> Iterator[tuple[Entry, Ghost]]:
    for one in at.entries("ghost", _GHOST, _GHOST_MORE):
        moment = _moment(one, "at", start, zone)
        read = one.bilingual("what"), one.text("source"), one.references("meets", None, say("expected action"))
        if moment.at is not None:
            yield one, Ghost(moment.at, moment.precision, *read)


def _plain(at: Entry, key: str) -> dict[str, str]:
    """A mapping of names to texts."""
    names = at.lines(key)
    one = at.entry(key, "", " ".join(names))
    return {name: one.text(name) for name in reversed(names)} if one else {}


def _facts(at: Entry) -> dict[str, str | Bilingual]:
    names = at.lines("facts")
    one = at.entry("facts", "", " ".join(names))
    if one is None:
        return {}
    return {
        name: one.bilingual(name) if isinstance(one.node(name), Entries) else one.text(name) for name in reversed(names)
    }


def _check_facts(at: Entry, scenario: Scenario, facts: Mapping[str, FactSpec], start: datetime) -> None:
    lines = at.lines("facts")
    for name, value in scenario.facts.items():
        if name not in facts:
            at.reader.wrong(lines[name], no_such(say("fact"), name, facts))
            continue
        type = facts[name].type
        for typed in dict.fromkeys((value,) if isinstance(value, str) else (value.ja, value.en)):
            if typed and not _can_be(typed, facts[name], start):
                message = say(
                    "“{fact}” can never be “{value}”: its type is “{type}”.", fact=name, value=cut(typed), type=type
                )
                at.reader.wrong(lines[name], message)


def _can_be(typed: str, fact: FactSpec, start: datetime) -> bool:
    """Whether what is typed can be the fact's value from the start."""
    zone = start.tzinfo
    try:
        if fact.type == "time":
            return isinstance(zone, ZoneInfo) and read_moment(typed, start, zone).at is not None
        return date.fromisoformat(typed) is not None if fact.type == "date" else fits(typed, fact)
    except (BadContent, ValueError):
        return False


def _check_milestones(pairs: Iterable[tuple[Entry, Milestone]], cast: Cast) -> None:
    for at, one in pairs:
        for message in cast.wrong_with(one.when):
            at.wrong("when", message)


def _check_injects(pairs: list[tuple[Entry, Inject]], cast: Cast) -> None:
    others = {one.id: one for _, one in reversed(pairs)}
    numbers: dict[int, int] = {}
    for at, one in pairs:
        for key, message in inject_mistakes(one, cast, others):
            unread = (key == "number" and at.text(key) != "0") or (key == "at" and key in at and one.at is None)
            if not unread:  # what could not be read is named already
                at.wrong(key, message)
        if one.number in numbers:
            at.wrong(
                "number",
                say("“{name}” is used twice; first in line {line}.", name=one.number, line=numbers[one.number]),
            )
        elif one.number:
            numbers[one.number] = at.line
    _check_order([(at, one) for at, one in pairs if one.number])


def _check_order(pairs: list[tuple[Entry, Inject]]) -> None:
    """Numbers go up down the list, and so do the times of those that have one."""
    for (_, before), (at, one) in pairwise(pairs):
        if one.number < before.number:
            message = say("Inject {number} stands after inject {other}.", number=one.number, other=before.number)
            at.wrong("number", message)
    timed = sorted(((at, one, one.at) for at, one in pairs if one.at), key=lambda line: line[1].number)
    for (_, before, earlier), (at, one, later) in pairwise(timed):
        if between(earlier, later) < timedelta():
            message = say(
                "Inject {number} arrives before inject {other}, which arrives at {at}: number them in the order of their times.",
                number=one.number,
                other=before.number,
                at=earlier,
            )
            at.wrong("at", message)


def _check_circles(at: Entry, injects: list[tuple[Entry, Inject]], milestones: list[tuple[Entry, Milestone]]) -> None:
    lines = {f"milestone:{one.id}": entry.line for entry, one in milestones}
    lines |= {one.id: entry.line for entry, one in reversed(injects)}
    for circle in waiting_circles([one for _, one in injects], [one for _, one in milestones]):
        at.reader.wrong(lines[circle[0]], circle_mistake(circle))


def _check_minutes(at: Entry, scenario: Scenario) -> None:
    """The planned time is what the legs take, and time to talk: as much again and a little more at most."""
    plays = round(scenario.plays / timedelta(minutes=1))
    most = plays * 2 + _TALK
    if scenario.minutes and scenario.legs and not plays <= scenario.minutes <= most:
        message = say(
            "Its parts take {plays} minutes to play; with time to talk, “minutes” is from {plays} to {most}.",
            plays=plays,
            most=most,
        )
        at.wrong("minutes", message)


def _check_use(at: Entry, scenario: Scenario) -> None:
    parts = (scenario.injects, scenario.expected, scenario.orders, scenario.hazards)
    name_unused(at, "objectives", {one.objective for part in parts for one in part}, say("objective"))
    reached = {one.milestone for one in scenario.injects}
    conditions = [one.when for one in scenario.injects]
    conditions += [one.when for one in scenario.milestones]
    conditions += [one.when for one in scenario.hazards]
    conditions += [condition for one in scenario.expected for condition in one.evidence]
    conditions += [condition for one in scenario.orders for condition in (one.first, one.then)]
    reached.update(name for condition in conditions for name in _REACHED.findall(condition))
    name_unused(at, "milestones", reached, say("milestone"))


def _time(at: Entry, key: str, start: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The exact time under `key`; None, and a mistake, where it is anything less."""
    moment = _moment(at, key, start, zone)
    if moment.at is not None and moment.precision != "exact":
        at.wrong(key, say("“{key}” needs an exact time.", key=key))
        return None
    return moment.at


def _moment(at: Entry, key: str, start: datetime | None, zone: ZoneInfo) -> Moment:
    text = at.text(key)
    try:
        return read_time(text, start, zone) if text else UNKNOWN
    except BadContent as wrong:
        at.wrong(key, whole(wrong))
        return UNKNOWN
