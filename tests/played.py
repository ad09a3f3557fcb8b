"""Records of drills written by hand, entry by entry, and their scores: no store, no clock, no file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from runbook import events as e
from runbook.case import Case
from runbook.drills.scoring import Item, Score, score
from runbook.events import Data, Event, Prose
from runbook.fold import evolve
from runbook.moment import Moment, Precision
from runbook.playbook import Playbook
from runbook.scenario import Expected, Ghost, Hazard, Inject, Leg, Objective, Order, Scenario
from tests.lawful import book
from tests.making import START, both

KNOWN = timedelta(hours=1)
"""When the organisation knew, before the start: 14:45."""


def minute(after_start: float) -> datetime:
    """That many minutes after the start of the exercise, 15:45."""
    return START + timedelta(minutes=after_start)


def expected(id: str = "act", points: int = 10, *evidence: str, **more) -> Expected:
    return Expected(id, "report", both(id), points, evidence, **more)


def order(first: str, then: str, points: int = 5) -> Order:
    return Order("order", "report", both("order"), points, first, then)


def hazard(when: str, points: int = 10, times: int = 1) -> Hazard:
    return Hazard("hazard", "words", both("hazard"), points, when, both("really"), "source", times, both("tip"))


def overruled(points: int | None, item: str = "act") -> e.PointsOverruled:
    return e.PointsOverruled(item, Prose(text="見ていた"), points)


def ghost(after_start: float, *meets: str, precision: Precision = "exact") -> Ghost:
    return Ghost(minute(after_start), precision, both("did it"), "source", meets)


def scenario(
    wanted: Sequence[Expected] = (),
    orders: Sequence[Order] = (),
    hazards: Sequence[Hazard] = (),
    real: Sequence[Ghost] = (),
) -> Scenario:
    names = ("call", "reporter")
    return Scenario(
        id="made-up",
        edition="2026-11-22",
        title=both("Made up"),
        about=both("about"),
        audience=both("all"),
        playbook="small",
        zone="Asia/Tokyo",
        minutes=60,
        objectives=tuple(Objective(id, both(id), both(id)) for id in ("report", "words")),
        legs=(Leg(START, minute(600), 10, both("all")),),
        injects=tuple(
            Inject(id, n, both(f"The {id}"), both("text"), "decision", "telephone", both("x"), ("head",))
            for n, id in enumerate(names, 1)
        ),
        expected=tuple(wanted),
        orders=tuple(orders),
        hazards=tuple(hazards),
        ghost=tuple(real),
        ghost_name=both("Sample city"),
    )


class Played:
    """A drill as its record tells it. Times are minutes after its start, 15:45 on 22 June 2022 in Tokyo."""

    def __init__(self, script: Scenario, playbook: Playbook | None = None) -> None:
        self.playbook = msgspec.structs.replace(playbook or book(), scenario=script)
        opened = e.IncidentOpened("Drill", "small", "drill", "Asia/Tokyo", {})
        self.events: list[Event] = []
        self.add(0, opened)
        self.add(0, e.DrillStarted(script.id, START))
        self.fact(0, "known_at", Moment(START - KNOWN))

    def add(
        self, at: float, data: Data, happened: float | None = None, precision: Precision = "exact", actor: str = "sato"
    ) -> int:
        """Record an entry; `happened` is when it says it was done, where that is another time."""
        seq, now = len(self.events) + 1, minute(at)
        then = None if precision == "unknown" else minute(at if happened is None else happened)
        self.events.append(Event("d-1", seq, f"b{seq}:1", then, precision, now, now, actor, "seat", data))
        return seq

    def fact(self, at: float, name: str, value: e.Value) -> int:
        return self.add(at, e.FactRecorded(name, value))

    def arrive(self, at: float, inject: str = "call", happened: float | None = None) -> int:
        return self.add(at, e.InjectArrived(inject), happened)

    def finish(self, at: float, step: str = "notice-what", happened: float | None = None, **more) -> int:
        return self.add(at, e.StepFinished(step), happened, **more)

    def answer(self, at: float, text: str = "はい", *rules: str, inject: str = "call") -> int:
        return self.add(at, e.InjectAnswered(inject, Prose(text=text), rules))

    def publish(self, at: float, text: str = "お知らせ", *rules: str, kind: str = "first-notice") -> int:
        """Submit a notice, pass the findings of `rules`, approve and publish it."""
        self.add(at, e.NoticeSubmitted(kind, "ja", Prose(text=text), text, {}))
        for rule in rules:
            self.add(at, e.FindingPassed(kind, "ja", rule, f"{rule}:{text}", Prose(text="見た")), actor="suzuki")
        self.add(at, e.NoticeApproved(kind, "ja", text), actor="suzuki")
        return self.add(at, e.NoticePublished(kind, "ja", text, "web", "", ""))

    def end(self, at: float) -> int:
        return self.add(at, e.DrillEnded(Prose(text="")))

    def case(self, now: float | None = None) -> Case:
        incident = None
        for event in self.events:
            incident = evolve(incident, event)
        assert incident is not None
        return Case(incident, self.playbook, self.events[-1].recorded_at if now is None else minute(now))

    def score(self, now: float | None = None) -> Score:
        return score(self.case(now), self.events)

    def item(self, now: float | None = None) -> Item:
        """The only item, or the first."""
        return self.score(now).items[0]
