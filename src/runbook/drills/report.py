"""The after-action report of a drill (HSEEP): everything it says, taken from the record and the score alone. Pure.

It is written out by `report_html` and `report_md`; both say what `report_page` lays out. Whatever it claims carries the
entries it rests on. A drill that is still running is reported on as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from runbook import events as e
from runbook.actions.drills import scenario_in
from runbook.case import Case
from runbook.declared import Source
from runbook.drill import Arrival, DrillState, Observation, Planned
from runbook.drills.comparing import Comparison
from runbook.drills.report_marks import jumps, marked, met_by, was_played
from runbook.drills.report_parts import (
    Cited,
    Disclosure,
    Guard,
    Improving,
    Missed,
    Person,
    Point,
    Ran,
    Rated,
    Report,
    Watched,
)
from runbook.drills.scoring import Item, Score, suggested
from runbook.drills.timeline import Timeline
from runbook.drills.trigger import trigger
from runbook.duties import deadlines
from runbook.errors import Refused
from runbook.events import Event, Prose
from runbook.guardrails import Rules
from runbook.moment import Moment, between
from runbook.narrate import narrate
from runbook.notice import Pass
from runbook.notice_kinds import Written
from runbook.notices.marks import DRILLS, drill_of
from runbook.scenario import Inject, Objective, Scenario
from runbook.script import doer, events_list, telling
from runbook.script import inject as find_inject
from runbook.speech import Argument, Bilingual, say

_BY_ITSELF = "auto"
"""The seat at which a recorded team plays (`drills.auto`)."""
FOLLOW_UPS = (30, 60, 90)
"""After how many days it is asked what became of an improvement (HSEEP)."""


def report(
    case: Case,
    events: Sequence[Event],
    score: Score,
    comparison: Comparison | None = None,
    *,
    rules: Rules | None = None,
    changes: Mapping[str, str] | None = None,
    passed: Mapping[str, str] | None = None,
) -> Report:
    """The report on the drill `events` are the record of; `case` is its state at their end.

    `rules` are the guardrails it was played under, for why they object; `changes` are diffs of the playbook, by the
    improvement item that would make them; `passed` are the words of published notices that a guardrail objected to, by
    the mark under which somebody answered for them. Raises Refused for what is no drill from a scenario.
    """
    scenario, record = scenario_in(case), _Record(case, events)
    drill, closing = record.drill, record.drill.ended
    stands = case.zoned(closing.at if closing else case.now)
    points = [_point(item, scenario, record) for item in score.items]
    played = tuple(was_played(leg, events) for leg in scenario.legs)
    made = Report(
        incident=case.incident.id,
        title=scenario.drill_title if case.incident.title in _both(scenario.drill_title) else case.incident.title,
        mark=DRILLS[drill_of(case.incident)],
        scenario=scenario,
        playbook=case.playbook.title,
        edition=case.playbook.edition,
        seed=drill.seed,
        starts=case.zoned(drill.starts),
        stands=stands,
        held=case.zoned(drill.held_at),
        until=case.zoned(record.by_seq[closing.seq].wall_at if closing else events[-1].wall_at),
        ended=closing is not None,
        remark=next((one.data.remark for one in events if isinstance(one.data, e.DrillEnded)), None),
        last=events[-1].seq,
        zone=case.incident.zone,
        team=_team(events, scenario),
        facilitators=_facilitators(events, scenario),
        recorded=events[0].seat == _BY_ITSELF,
        led=any(_leads(one.data) for one in events),
        score=score,
        comparison=comparison,
        rated=tuple(_rated(one, score, drill) for one in scenario.objectives),
        timeline=Timeline(
            scenario.legs, played, stands, marked(case, score, record.by_seq), tuple(jumps(case, events))
        ),
        strengths=tuple(one for one in points if _is_strength(one.item)),
        gaps=tuple(one for one in points if one.item.points < one.item.max and not one.item.is_pending),
        missed=tuple(_missed(case, scenario, record)),
        open=tuple(one for one in points if one.item.is_pending),
        left_out=tuple(one for one in points if one.item.max == 0 and one.item.sort != "disclosure"),
        disclosures=tuple(_disclosures(record, points, rules, passed or {})),
        watched=tuple(_watched(one, scenario, record) for one in drill.observations),
        plans=tuple(_improving(planned, scenario, case, changes or {}) for planned in drill.plans.values()),
        ran=tuple(_ran(case, events, drill)),
        evidence=(),
    )
    return msgspec.structs.replace(made, evidence=record.cited(sorted(_rests_on(made))))


def _rests_on(made: Report) -> Iterator[int]:
    """The entries that anything in the report cites."""
    for point in (*made.strengths, *made.gaps, *made.open, *made.left_out):
        yield from (entry.seq for entry in point.evidence)
    yield from (entry.seq for one in made.missed for entry in one.evidence)
    for rated in made.rated:
        yield from [rated.rating.touch.seq] if rated.rating else []
    yield from (one.entry.seq for one in made.disclosures)
    for watched in made.watched:
        yield watched.observation.touch.seq
        yield from [watched.about.seq] if watched.about else []
    yield from (one.planned.touch.seq for one in made.plans)
    for ran in made.ran:
        yield from (*ran.seqs, *ran.answers)
    for mark in made.timeline.marks:
        yield from mark.seqs
    yield from (jump.seq for jump in made.timeline.jumps)


def _both(text: Bilingual) -> tuple[str, str]:
    return text.ja, text.en


class _Record:
    """The record by its numbers, each entry with its sentence."""

    def __init__(self, case: Case, events: Sequence[Event]) -> None:
        if case.incident.drill is None or not events:
            raise Refused(say("This is no drill that was started from a scenario."))
        self.case = case
        self.drill: DrillState = case.incident.drill
        self.by_seq = {event.seq: event for event in events}

    def cited(self, seqs: Iterable[int]) -> tuple[Cited, ...]:
        """These entries, as far as there are such."""
        return tuple(self._entry(self.by_seq[seq]) for seq in dict.fromkeys(seqs) if seq in self.by_seq)

    def source(self, scenario: Scenario, name: str) -> Source | None:
        return scenario.sources.get(name) or self.case.playbook.sources.get(name)

    def inject(self, id: str) -> Inject | None:
        return find_inject(self.case, id)

    def passed(self, kind: str, written: Written, seq: int) -> list[Pass]:
        """The warnings of guardrails that somebody answered for in what entry `seq` published."""
        notice = self.case.incident.notice(kind, written)
        earlier = max((one.touch.seq for one in notice.publications if one.touch.seq < seq), default=0)
        return [one for one in notice.passes if not one.undone and earlier < one.touch.seq < seq]

    def _entry(self, event: Event) -> Cited:
        case = self.case
        moment = Moment(case.zoned(event.occurred_at) if event.occurred_at else None, event.precision)
        said = narrate(event, telling(case), case.zone)
        return Cited(event.seq, moment, case.zoned(event.wall_at), doer(event), said)


# Who


def _team(events: Sequence[Event], scenario: Scenario) -> tuple[Person, ...]:
    """Whoever did something at the incident itself, with how many entries of that sort are theirs."""
    return _people(one.actor for one in events if _acts(one, scenario))


def _facilitators(events: Sequence[Event], scenario: Scenario) -> tuple[Person, ...]:
    """Whoever led or judged the drill; one who only set its clock counts where he did nothing else."""
    team = {one.name for one in _team(events, scenario)}
    return _people(one.actor for one in events if _leads(one.data) or (one.actor not in team and _runs(one.data)))


def _people(actors: Iterable[str]) -> tuple[Person, ...]:
    return tuple(Person(name, count) for name, count in Counter(actors).items())


def _leads(data: e.Data) -> bool:
    by_itself = isinstance(data, e.MilestoneReached) and not data.by_hand
    return (
        isinstance(data, e.OfFacilitator) and not by_itself and not (isinstance(data, e.FacilitatorLeft) and data.died)
    )


def _runs(data: e.Data) -> bool:
    return isinstance(data, e.ClockSet | e.DrillStarted | e.DrillEnded)


def _acts(one: e.Event, scenario: Scenario) -> bool:
    given = isinstance(one.data, e.FactRecorded) and one.data.source == scenario.id
    return one.type in e.ACTS and not given


# How it went


def _rated(objective: Objective, score: Score, drill: DrillState) -> Rated:
    points, most = score.of(objective.id)
    open = any(item.is_pending for item in score.items if item.objective == objective.id)
    return Rated(objective, points, most, None if open else suggested(points, most), drill.ratings.get(objective.id))


def _is_strength(item: Item) -> bool:
    return item.points >= item.max and (item.max > 0 or item.sort == "disclosure")


def _point(item: Item, scenario: Scenario, record: _Record) -> Point:
    seen = [
        one
        for one in record.drill.observations
        if one.about in item.seqs or (one.inject and _since(item, scenario) == one.inject)
    ]
    real = tuple(one for one in scenario.ghost if item.id in one.meets)
    seqs = (*item.seqs, *([item.overruled.touch.seq] if item.overruled else []))
    source = record.source(scenario, item.source) if item.source else None
    return Point(item, scenario.objective(item.objective), record.cited(seqs), real, source, tuple(seen))


def _missed(case: Case, scenario: Scenario, record: _Record) -> Iterator[Missed]:
    """The organisation's own obligations by law that it missed, but for those that are scored. What another party owes
    is no gap of the team's."""
    scored = {one.clock for one in scenario.expected}
    for one in deadlines(case):
        owed = one.regime is not None and one.binding != "effort" and one.party is None and one.applies
        if owed and one.is_late and one.id not in scored:
            own, touch = case.incident.duty(one.id), met_by(case, one)
            said = own.delay or own.filing
            touches = [part for part in (touch, own.delay and own.delay.touch) if part]
            yield Missed(one, said.reason if said else None, record.cited([part.seq for part in touches]))


def _since(item: Item, scenario: Scenario) -> str:
    return next((one.since for one in scenario.expected if one.id == item.id), "")


# What was said


def _disclosures(
    record: _Record, points: Sequence[Point], rules: Rules | None, words: Mapping[str, str]
) -> Iterator[Disclosure]:
    """Answers a guardrail objected to, and every entry a penalty for a disclosure rests on."""
    known = {rule.id: rule for rule in rules.rules} if rules else {}
    sources = {source.id: source for source in rules.sources} if rules else {}

    def guard(id: str) -> Guard:
        rule = known.get(id)
        if rule is None:
            return Guard(id)
        return Guard(id, rule.title, rule.why, sources.get(rule.source), rule.severity == "warn")

    broken = [point for point in points if point.item.sort == "disclosure" and point.item.machine < 0]
    seqs = {seq for point in broken for seq in point.item.seqs}
    for event in record.by_seq.values():
        data = event.data
        hazards = tuple(point for point in broken if event.seq in point.item.seqs)
        [entry] = record.cited([event.seq])
        if isinstance(data, e.InjectAnswered) and (data.rules or hazards):
            inject = record.inject(data.inject)
            about: Argument = inject.title if inject else data.inject
            asked = inject.text if inject else None
            to: Argument = inject.sender if inject else ""
            yield Disclosure(entry, about, asked, data.text, tuple(map(guard, data.rules)), hazards, to)
        elif event.seq in seqs and isinstance(data, e.OfNotice):
            title: Argument = record.case.playbook.notices.get(data.kind, data.kind)
            passes = record.passed(data.kind, data.language, event.seq)
            guards = dict.fromkeys(one.rule for one in passes)
            said = "\n".join(dict.fromkeys(words[one.mark] for one in passes if words.get(one.mark)))
            yield Disclosure(entry, title, None, Prose(text=said) if said else None, tuple(map(guard, guards)), hazards)


def _watched(one: Observation, scenario: Scenario, record: _Record) -> Watched:
    inject = record.inject(one.inject) if one.inject else None
    about = next(iter(record.cited([one.about])), None)
    at = one.moment.at
    seen = msgspec.structs.replace(one.moment, at=record.case.zoned(at) if at else None)
    one = msgspec.structs.replace(one, moment=seen)
    return Watched(one, about, inject.title if inject else one.inject, scenario.objective(one.objective))


# The events list, and what is to become better


def _ran(case: Case, events: Sequence[Event], drill: DrillState) -> Iterator[Ran]:
    scenario = scenario_in(case)
    touched: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event.data, e.InjectHeld | e.InjectChanged):
            touched.setdefault(event.data.inject, []).append(event)
    talks = list(_talks(events))
    for line in events_list(case):
        id, state = line.inject.id, drill.inject(line.inject.id)
        arrival: Arrival | None = state.arrival
        by_facilitator, talked = touched.get(id, []), [talk for talk in talks if talk[0].inject == id]
        yield Ran(
            inject=line.inject,
            stand=line.stand,
            edited=line.edited and id in scenario.by_id,
            added=id not in scenario.by_id,
            held=any(isinstance(one.data, e.InjectHeld) for one in by_facilitator),
            by_hand=arrival is not None and arrival.by_hand,
            arrived_at=case.zoned(arrival.at) if arrival else None,
            seqs=(
                *(one.seq for one in by_facilitator),
                *([arrival.touch.seq] if arrival else []),
                *(seq for _, seq, _ in talked),
            ),
            answers=tuple(reply.touch.seq for reply in state.replies),
            waits=tuple(trigger(case, line.inject, "")),
            talked_at=case.zoned(talked[0][0].shows) if talked else None,
            talked=sum((length for _, _, length in talked), timedelta()),
        )


def _talks(events: Sequence[Event]) -> Iterator[tuple[e.ClockSet, int, timedelta]]:
    """Each time the clock was stopped to discuss an inject: how it was set, by which entry, and for how long really."""
    clocks = [one for one in events if isinstance(one.data, e.ClockSet | e.DrillEnded)]
    for one, then in zip(clocks, [*clocks[1:], events[-1]], strict=True):
        if isinstance(one.data, e.ClockSet) and one.data.inject:
            yield one.data, one.seq, between(one.wall_at, then.wall_at)


def _improving(planned: Planned, scenario: Scenario, case: Case, changes: Mapping[str, str]) -> Improving:
    plan = planned.plan
    step = case.playbook.steps.get(plan.step)
    name: Argument = (
        say("{number} {title}", number=case.playbook.numbers[step.id], title=step.title) if step else plan.step
    )
    days = () if plan.dropped else follow_ups(plan.start)
    return Improving(planned, scenario.scored.get(plan.item), name, days, changes.get(plan.id, ""))


def follow_ups(start: str) -> tuple[date, ...]:
    """The days on which to ask what became of an improvement that starts on `start` (an ISO day of the real
    calendar)."""
    try:
        begun = date.fromisoformat(start)
    except ValueError:
        return ()
    return tuple(begun + timedelta(days=days) for days in FOLLOW_UPS)
