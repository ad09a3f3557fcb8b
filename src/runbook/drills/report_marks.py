"""What stands on the timeline of an after-action report: injects, acts, clocks, and the real case. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from runbook import events as e
from runbook.actions.drills import scenario_in
from runbook.case import Case
from runbook.drills.phrases import due_words
from runbook.drills.scoring import Item, Score
from runbook.drills.timeline import Jump, Mark, Shape
from runbook.duties import Deadline, deadlines
from runbook.events import Event
from runbook.moment import between
from runbook.scenario import Ghost, Leg, Scenario
from runbook.script import events_list
from runbook.speech import Argument, Message, say
from runbook.touch import Touch

_LATER = timedelta(hours=1)
"""How long after the hour it gives an entry tells that it was written down only then."""


def was_played(leg: Leg, events: Sequence[Event]) -> bool:
    """Whether the clock ran in a part; it may have been jumped over, also from its very beginning."""
    clocks = [one.data for one in events if isinstance(one.data, e.ClockSet)]
    later = [*clocks[1:], None]
    ran = [one.shows for one, then in zip(clocks, later, strict=False) if one.speed and _went_on(one, then)]
    return any(leg.start <= shows < leg.end for shows in ran)


def _went_on(clock: e.ClockSet, then: e.ClockSet | None) -> bool:
    """Whether a clock showed any later time before it was set again."""
    return then is None or (then.jumped_from or then.shows) > clock.shows


def jumps(case: Case, events: Sequence[Event]) -> Iterator[Jump]:
    """Each time the clock was put forward, within a part or from one to another."""
    for one in events:
        if isinstance(one.data, e.ClockSet) and one.data.jumped_from is not None:
            yield Jump(case.zoned(one.data.jumped_from), case.zoned(one.data.shows), one.seq)


def marked(case: Case, score: Score, by_seq: Mapping[int, Event]) -> tuple[Mark, ...]:
    """Everything on the timeline, numbered within its lane by time; injects keep their own numbers."""
    scenario = scenario_in(case)
    marks = [*_acted(score, by_seq), *_clocks(case, scenario), *(_real(one) for one in scenario.ghost)]
    numbers: Counter[str] = Counter()
    numbered = list(_arrived(case))
    for mark in sorted(marks, key=lambda one: one.at):
        numbers[mark.lane] += 1
        numbered.append(msgspec.structs.replace(mark, number=numbers[mark.lane], at=case.zoned(mark.at)))
    return tuple(sorted(numbered, key=lambda one: one.at))


def _arrived(case: Case) -> Iterator[Mark]:
    for line in events_list(case):
        one, drill = line.inject, case.incident.drill
        arrival = drill.inject(one.id).arrival if drill else None
        if arrival is not None:
            yield Mark("inject", one.number, case.zoned(arrival.at), one.title, "arrived", seqs=(arrival.touch.seq,))


def _acted(score: Score, by_seq: Mapping[int, Event]) -> Iterator[Mark]:
    for item in score.items:
        if item.sort == "disclosure" and item.machine < 0:
            for seq in item.seqs:
                event = by_seq[seq]
                at = event.occurred_at or event.recorded_at
                yield Mark("team", 0, at, item.title, "broken", seqs=(seq,), sign=say("penalty"))
        elif item.at is not None and item.sort != "disclosure":
            shape: Shape = "full" if item.points >= item.max else "part"
            sign = _falls_short(item, item.at) if shape == "part" else ""
            yield Mark("team", 0, item.at, item.title, shape, seqs=item.seqs, joins=(item.id,), sign=sign)


def _falls_short(item: Item, at: datetime) -> Message:
    if item.sort == "order":
        return say("out of order")
    return say("late") if item.target is not None and at > item.target else say("not in full")


def _clocks(case: Case, scenario: Scenario) -> Iterator[Mark]:
    """Clocks met or missed: the law's and those that are scored; where there are none, the playbook's own aims."""
    scored = {one.clock for one in scenario.expected if one.clock}
    told = [one for one in deadlines(case) if one.applies is not False and one.state in ("met", "overdue")]
    for one in [one for one in told if one.regime or one.id in scored] or told:
        at = one.met_at if one.state == "met" else one.due_at
        if at is not None:
            touch = met_by(case, one)
            words = _clock_words(one)
            if touch and one.met_precision in ("exact", "about") and between(at, touch.at) >= _LATER:
                words = say("{what} (written down only {at})", what=words, at=case.zoned(touch.at))
            shape: Shape = "missed" if one.is_late else "met"
            yield Mark("clock", 0, at, words, shape, seqs=(touch.seq,) if touch else ())


def met_by(case: Case, one: Deadline) -> Touch | None:
    """Who wrote down that a clock was met, where it is met."""
    if one.state != "met":
        return None
    step, filing = one.id.removeprefix("step:"), case.incident.duty(one.id).filing
    if step == one.id:
        return filing.touch if filing else None
    told = case.told(step)
    return told[1] if told else case.incident.step(step).touch


def _clock_words(one: Deadline) -> Argument:
    due, what = due_words(one), one.called
    if due is None:
        return say("{what}: met", what=what)
    if one.state == "overdue":
        return say("{what}: missed, {due}", what=what, due=due)
    return (
        say("{what}: met, late: {due}", what=what, due=due)
        if one.is_late
        else say("{what}: met, {due}", what=what, due=due)
    )


def _real(one: Ghost) -> Mark:
    return Mark("real", 0, one.at, one.what, "real", precision=one.precision, joins=one.meets)
