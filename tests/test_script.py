"""The script of a drill as it stands: what is due, what comes next, what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook.actions import drills, steps
from runbook.events import MilestoneReached
from runbook.scenario import Inject
from runbook.script import doer, due, events_list, injects, leg, next_change, still_open, waiting
from runbook.speech import Bilingual
from tests.drilling import SCENARIO, Held


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def stands(held: Held) -> dict[str, str]:
    return {line.inject.id: line.stand for line in events_list(held.case)}


def at(held: Held, minutes: float):
    return msgspec.structs.replace(held.case, now=held.case.now + timedelta(minutes=minutes))


def test_the_list_says_where_each_inject_stands(held: Held):
    assert stands(held) == {"call": "waits", "mayor": "waits", "reporter": "waits", "find": "waits"}
    held.desk.do(held.id, partial(drills.hold, inject="reporter"))
    held.play(6)
    assert stands(held) == {"call": "arrived", "mayor": "waits", "reporter": "held", "find": "waits"}


def test_an_inject_by_hand_never_comes_by_itself(held: Held):
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=at(held, 60 * 24).now))
    held.room.advance(held.id)
    assert stands(held)["find"] == "waits"
    held.desk.do(held.id, partial(drills.push, inject="find"))
    assert stands(held)["find"] == "arrived"


def test_what_waits_for_another_inject_comes_after_it(held: Held):
    held.desk.do(held.id, partial(drills.hold, inject="call"))
    held.play(100)
    assert stands(held)["reporter"] == "waits"
    held.desk.do(held.id, partial(drills.hold, inject="call", on=False))
    held.room.advance(held.id)
    assert stands(held)["reporter"] == "arrived"


def test_a_timed_inject_is_due_since_its_time_however_late_anyone_looks(held: Held):
    [first] = [one for one in due(at(held, 50)) if one.id == "call"]
    assert f"{first.at:%H:%M}" == "09:05"
    case = held.play(50)
    assert case.incident.drill is not None
    arrival = case.incident.drill.inject("call").arrival
    assert arrival is not None
    assert f"{case.zoned(arrival.at):%H:%M}" == "09:05"


def test_what_waits_for_another_too_is_due_since_the_last_of_them(held: Held):
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=at(held, 110).now))
    case = held.room.advance(held.id)
    came = {id: state.arrival for id, state in case.incident.drill.injects.items()}
    assert f"{case.zoned(came['reporter'].at):%H:%M}" == "10:30"  # its own hour; the call before it came at 09:05


def test_the_next_change_is_the_next_time_or_the_end_of_a_wait(held: Held):
    assert f"{next_change(still_open(held.case), held.case):%H:%M}" == "09:05"
    case = held.play(6)
    assert (
        f"{next_change(still_open(case), case):%H:%M}" == "09:25"
    )  # 20 minutes after the call, unless the head is told
    case = held.play(25)
    assert f"{next_change(still_open(case), case):%H:%M}" == "10:30"


def test_what_is_answered_waits_no_longer(held: Held):
    held.play(6)
    assert [one.id for one in waiting(held.case)] == ["call"]
    held.room.answer(held.id, "call", "場所と中身を聞いた。")
    assert waiting(held.case) == []


def test_a_milestone_is_reached_once_and_by_its_condition(held: Held):
    held.desk.do(held.id, partial(drills.reach, milestone="told", by_hand=True))
    seq = held.case.incident.seq
    held.room.advance(held.id)
    assert held.desk.do(held.id, partial(drills.reach, milestone="told")).entries == ()
    assert held.case.incident.seq == seq


def test_an_edited_inject_stands_in_for_the_scenarios_and_a_new_one_beside_it(held: Held):
    call = held.case.playbook.scenario.by_id["call"]
    assert call.at is not None
    later = msgspec.structs.replace(call, at=call.at + timedelta(minutes=30))
    held.desk.do(held.id, partial(drills.change, inject=later))
    said = Bilingual("新しい電話", "A new call")
    held.desk.do(
        held.id,
        partial(
            drills.change,
            inject=Inject("extra", 9, said, said, "informational", "police", said, ("lead",), when="fired(call)"),
        ),
    )
    held.play(6)
    assert stands(held)["call"] == "waits"
    held.play(30)
    assert stands(held) | {"call": "arrived", "extra": "arrived"} == stands(held)
    assert [one.number for one in injects(held.case)] == [1, 2, 3, 4, 9]
    [arrival] = [one for one in held.desk.events(held.id) if getattr(one.data, "inject", "") == "extra"][1:]
    assert str(held.desk.entry(held.id, arrival.seq).said) == "Arrived: 9 A new call"
    extra = injects(held.case)[-1]
    assert (extra.title, extra.when, extra.to) == (said, "fired(call)", ("lead",))


def test_nothing_is_due_in_a_drill_that_is_over(held: Held):
    held.desk.do(held.id, drills.end)
    assert due(at(held, 500)) == []
    assert next_change(still_open(held.case), held.case) is None


def test_nothing_arrives_before_the_clock_first_runs(tmp_path: Path):
    text = SCENARIO.replace("at: T+5min", "at: T+0min")
    held = Held(tmp_path, text)
    id = held.room.start("small").incident.id
    assert due(held.desk.case(id)) == []
    held.desk.do(id, partial(drills.resume, wall=held.wall()))
    assert [one.id for one in due(held.desk.case(id))] == ["call"]
    held.desk.do(id, partial(drills.pause, wall=held.wall()))
    assert [one.id for one in due(held.desk.case(id))] == ["call"]
    held.desk.close()


def test_legs_are_where_the_clock_is_and_what_comes_after(held: Held):
    here, following = leg(held.case)
    assert here is not None
    assert following is not None
    assert (here.title.en, following.title.en) == ("The morning", "The next morning")
    assert leg(at(held, 60 * 12))[0] is None


def test_a_step_finished_before_the_wait_is_over_brings_nothing(held: Held):
    held.play(6)
    for step in ("notice-what", "stop-silence"):
        held.desk.do(held.id, partial(steps.skip, step=step, reason="訓練"))
    held.desk.do(held.id, partial(steps.fill, step="report-head", field="head_told_at", typed="09:05"))
    held.desk.do(held.id, partial(steps.finish, step="report-head"))
    assert not any(one.id == "mayor" for one in due(at(held, 60)))


def test_what_the_facilitator_held_back_counts_from_when_it_was_let_go(held: Held):
    held.desk.do(held.id, partial(drills.hold, inject="call"))
    held.play(40)
    held.desk.do(held.id, partial(drills.hold, inject="call", on=False))
    arrival = held.play(1).incident.drill.inject("call").arrival  # not from 09:05, or the team would be late already
    assert f"{held.case.zoned(arrival.at):%H:%M}" == "09:40"


def test_an_inject_added_for_an_hour_that_is_over_arrives_when_it_was_added(held: Held):
    call = held.case.playbook.scenario.by_id["call"]
    held.play(40)
    held.desk.do(held.id, partial(drills.change, inject=msgspec.structs.replace(call, id="extra", number=9)))
    arrival = held.play(1).incident.drill.inject("extra").arrival
    assert f"{held.case.zoned(arrival.at):%H:%M}" == "09:40"


def test_what_was_due_is_judged_again_where_it_is_recorded(held: Held):
    held.wall.forward(minutes=3)
    arriving = partial(drills.arrive, inject="call")
    assert [one.id for one in due(held.case)] == ["call"]
    held.desk.do(held.id, partial(drills.hold, inject="call"))  # by another seat, just before
    assert held.desk.do(held.id, arriving).entries == ()
    held.desk.do(held.id, partial(drills.hold, inject="call", on=False))
    assert len(held.desk.do(held.id, arriving).entries) == 1
    assert held.desk.do(held.id, arriving).entries == ()
    assert held.desk.do(held.id, partial(drills.reach, milestone="told")).entries == ()  # nothing was published


def test_nobody_is_said_to_have_done_what_arrived_by_itself(held: Held):
    held.play(6)
    facilitator = held.seat("統制")
    facilitator.do(held.id, partial(drills.push, inject="find"))
    facilitator.close()
    arrived = [one for one in held.desk.events(held.id) if one.type == "inject_arrived"]
    assert [(one.actor, str(doer(one))) for one in arrived] == [("佐藤", "the scenario"), ("統制", "統制")]
    first = held.desk.events(held.id)[0]
    assert doer(first) == "佐藤"
    reached = [msgspec.structs.replace(first, data=MilestoneReached("told", by_hand)) for by_hand in (False, True)]
    assert [str(doer(one)) for one in reached] == ["the scenario", "佐藤"]
