"""What the terminal rings for: what time has passed, once, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.actions import facts, records
from runbook.desk import Desk
from runbook.duties import Deadline, DeadlineState
from runbook.speech import Bilingual
from runbook.tui.alarms import Alarms, crossed, sentence
from runbook.tui.app import RunbookApp
from tests.making import done, later, opened_case
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import said, settled

DAY, HOUR = timedelta(hours=24), timedelta(hours=1)
DUE = START + timedelta(days=3)


def clock(
    *,
    id: str = "jp.x.report",
    due: datetime | None = DUE,
    aim: datetime | None = None,
    applies: bool | None = True,
    state: DeadlineState = "running",
) -> Deadline:
    what = Bilingual("速報", "Preliminary report")
    return Deadline(id, what, (), applies, state, START, due, None, False, None, (), "", aim_at=aim, alarms=(DAY, HOUR))


@pytest.mark.parametrize(
    ("since", "now", "passed"),
    [
        (DUE - 30 * HOUR, DUE - 25 * HOUR, None),
        (DUE - 25 * HOUR, DUE - DAY, DAY),
        (DUE - DAY, DUE - 23 * HOUR, None),
        (DUE - 2 * HOUR, DUE - timedelta(minutes=59), HOUR),
        (DUE - timedelta(minutes=59), DUE, None),
        (DUE, DUE + timedelta(minutes=1), timedelta()),
        (DUE - timedelta(minutes=1), DUE + timedelta(minutes=1), timedelta()),
        (DUE + timedelta(minutes=1), DUE + timedelta(minutes=2), None),
        (DUE - 30 * HOUR, DUE - timedelta(minutes=5), HOUR),
        (START, DUE + DAY, timedelta()),
    ],
)
def test_each_alarm_and_the_due_time_are_passed_once(since: datetime, now: datetime, passed: timedelta | None) -> None:
    found = crossed([clock()], since, now)
    assert [one.before for one in found] == ([] if passed is None else [passed])


@given(st.lists(st.integers(1, 60 * 30), max_size=40))
def test_however_time_is_cut_each_alarm_is_passed_at_most_once_and_the_due_time_always(minutes: list[int]) -> None:
    at, rung = START, []
    for length in [*(timedelta(minutes=n) for n in minutes), DUE + DAY * 60 - START]:
        rung += [one.before for one in crossed([clock()], at, at + length)]
        at += length
    assert rung == sorted(set(rung), reverse=True)
    assert rung[-1] == timedelta()


def test_a_minute_at_a_time_every_alarm_is_heard() -> None:
    at, rung = START, []
    while at < DUE + HOUR:
        rung += [one.before for one in crossed([clock()], at, at + timedelta(minutes=1))]
        at += timedelta(minutes=1)
    assert rung == [DAY, HOUR, timedelta()]


@pytest.mark.parametrize(
    "quiet",
    [
        clock(applies=False, state="not_applicable"),
        clock(state="met"),
        clock(due=None, state="unknown"),
    ],
    ids=["does not apply", "met", "no start yet"],
)
def test_what_is_not_open_or_has_no_time_rings_for_nothing(quiet: Deadline) -> None:
    assert crossed([quiet], START, DUE + DAY) == []


def test_our_own_target_and_what_may_apply_ring_and_say_so() -> None:
    aim = crossed([clock(due=None, aim=DUE)], DUE - 2 * HOUR, DUE - HOUR)
    assert str(sentence(aim, DUE - HOUR)[0]) == "“Preliminary report”: 1 h left until our own target, 06-25 15:45."
    perhaps = crossed([clock(applies=None, state="unknown")], DUE - 2 * HOUR, DUE - HOUR)
    assert str(sentence(perhaps, DUE - HOUR)[0]) == "“Preliminary report” is due in 1 h, 06-25 15:45. It may apply."


def test_of_several_the_missed_one_is_named_and_the_others_are_counted() -> None:
    found = crossed([clock(id="a", due=DUE + DAY), clock(id="b")], DUE - HOUR, DUE + HOUR)
    assert [one.deadline.id for one in found] == ["b", "a"]
    named, others = sentence(found, DUE + HOUR)
    assert str(named) == "“Preliminary report” was due 06-25 15:45."
    assert str(others) == "And 1 more due times; c lists them."


def test_neither_opening_nor_recording_rings_and_a_closed_incident_is_silent() -> None:
    case, alarms = opened_case(), Alarms()
    assert alarms.passed(later(case, hours=5)) == []  # opened long after its aims
    assert alarms.passed(later(case, hours=5, seconds=20)) == []
    told = done(later(case, hours=5), partial(facts.claim, name="known_at", typed="15:46"))
    assert alarms.passed(later(told, seconds=90)) == []  # due 18:46: long past when it was recorded
    closed = done(later(case, minutes=1), partial(records.close, explanation="found"))
    assert alarms.passed(closed) == []
    assert alarms.passed(later(closed, days=9)) == []


async def test_the_terminal_rings_once_when_a_due_time_is_passed(
    desk: Desk, open_app: Callable[..., RunbookApp], clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step's due time is 16:15; an hour before it the incident was not open yet."""
    app = open_app(desk.new("tiny", "USB").incident.id, "en")
    rung: list[datetime] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(clock.now))
    async with app.run_test(size=(80, 24)) as pilot:
        for minutes in (0, 10, 19, 1):
            clock.forward(minutes=minutes)
            app._tick()
        await settled(pilot)
        assert rung == []
        clock.forward(minutes=1)
        app._tick()
        await settled(pilot)
        assert len(rung) == 1
        assert said(app) == "! “What was noticed” was due 06-22 16:15."
        clock.forward(minutes=1)
        app._tick()
        assert len(rung) == 1
        clock.forward(days=40)  # a drill's clock that runs fast: many at once
        app._tick()
        await settled(pilot)
        assert len(rung) == 2
        assert "was due" in said(app)


async def test_leaving_an_incident_and_coming_back_rings_for_nothing(
    desk: Desk, open_app: Callable[..., RunbookApp], clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "USB").incident.id
    app = open_app(incident, "ja")
    rung: list[datetime] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(clock.now))
    async with app.run_test(size=(80, 24)) as pilot:
        app._tick()
        app.go("home")
        await settled(pilot)
        clock.forward(hours=9)
        app._tick()
        app.open_case(incident)
        await settled(pilot)
        app._tick()
        assert rung == []
