"""What may be decided in a drill, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook import events as e
from runbook.actions import drills, facts, judging, records, steps
from runbook.errors import BadContent, Refused
from runbook.events import FACILITATORS, Prose
from runbook.narrate import narrate
from runbook.opening import open_desk
from runbook.script import course, injects
from runbook.speech import Bilingual
from tests.drilling import Held, Wall

PLAN = e.Improvement("i1", Prose(), Prose(), "総務課")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def clock(held: Held) -> str:
    return f"{held.case.now:%m-%d %H:%M}"


def said(held: Held, seq: int) -> str:
    """What the record says in an entry."""
    return str(narrate(held.desk.entry(held.id, seq).event, held.case.playbook, held.case.zone))


def test_a_live_incident_is_no_drill_and_never_becomes_one(tmp_path: Path):
    desk = open_desk(str(tmp_path / "live.db"), "佐藤", clock=Wall(), user_folder=tmp_path, create=True)
    id = desk.new("lost-media").incident.id
    for decide in (drills.end, drills.come, partial(drills.begin, seed=0, wall=desk.wall())):
        with pytest.raises(Refused):
            desk.do(id, decide)
    assert desk.case(id).incident.mode == "live"
    desk.close()


def test_a_drill_stays_a_drill_whatever_is_done(held: Held):
    held.desk.do(held.id, drills.end)
    assert held.case.incident.mode == "drill"
    with pytest.raises(Refused, match="over"):
        held.desk.do(held.id, partial(facts.claim, name="persons", typed="1"))


def test_a_drill_is_ended_not_closed(held: Held):
    with pytest.raises(Refused, match="ended, not closed"):
        held.desk.do(held.id, partial(records.close, explanation="over"))
    held.play(6)
    assert held.room.answer(held.id, "call", "場所を聞いた。").entries


def test_nothing_is_taken_back_once_a_drill_is_over(held: Held):
    held.desk.do(held.id, partial(steps.start, step="notice-what"))
    held.desk.do(held.id, drills.end)
    with pytest.raises(Refused, match="over"):
        held.desk.do(held.id, records.undo)


def test_what_was_said_to_others_is_not_taken_back_nor_what_was_done_before_it_instead(held: Held):
    held.desk.do(held.id, partial(steps.start, step="notice-what"))
    held.play(6)
    held.room.answer(held.id, "call", "場所を聞いた。")
    with pytest.raises(Refused, match="what was said is said") as refused:
        held.desk.do(held.id, records.undo)
    assert refused.value.hint is not None
    assert "answer the same inject again" in refused.value.hint.id
    assert held.case.incident.step("notice-what").state == "active"


def test_the_clock_never_goes_back_though_the_walls_was_set_back(held: Held):
    held.play(30)
    held.desk.do(held.id, partial(records.note, text="09:30"))
    held.wall.forward(hours=-1)
    assert clock(held) == "06-01 09:30"
    assert held.desk.at(held.case).now == held.case.now
    held.desk.do(held.id, partial(drills.resume, wall=held.wall()))  # and runs on from there
    held.play(10)
    assert clock(held) == "06-01 09:40"


def test_a_remark_on_what_the_facilitator_wrote_never_reaches_the_team(held: Held):
    [entry] = held.desk.do(held.id, partial(judging.observe, text="市長への報告が遅い")).entries
    with pytest.raises(Refused, match="facilitator"):
        held.desk.amend(held.id, entry.seq, "9時半に市長室から電話が入るはず")


def test_nobody_jumps_to_where_the_calendar_ends(held: Held):
    far = held.case.now.replace(year=9999)
    with pytest.raises(Refused, match="long after"):
        held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=far))
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=held.case.now + timedelta(days=300)))
    assert clock(held) == "03-28 09:00"


def test_the_clock_stands_until_everyone_is_ready(held: Held):
    id = held.room.start("small").incident.id
    held.wall.forward(hours=1)
    assert f"{held.desk.case(id).now:%m-%d %H:%M}" == "06-01 09:00"
    held.desk.do(id, partial(drills.resume, wall=held.wall()))
    held.wall.forward(minutes=1)
    assert f"{held.desk.case(id).now:%m-%d %H:%M}" == "06-01 09:10"  # its part's own speed


def test_a_jump_to_the_end_of_the_last_part_ends_it_and_one_beyond_leaves_the_clock_standing(held: Held):
    scenario = held.case.playbook.scenario
    assert scenario is not None
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=scenario.ends))
    assert course(held.case, held.wall()) == "last part over"
    held.wall.forward(minutes=5)
    assert held.case.now == scenario.ends
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=scenario.ends + timedelta(hours=1)))
    held.wall.forward(minutes=5)
    assert held.case.now == scenario.ends + timedelta(hours=1)
    assert course(held.case, held.wall()) == "stands"


def test_the_clock_stands_runs_and_jumps_only_forward(held: Held):
    held.play(10)
    held.desk.do(held.id, partial(drills.pause, wall=held.wall()))
    held.wall.forward(hours=5)
    assert clock(held) == "06-01 09:10"
    held.desk.do(held.id, partial(drills.resume, wall=held.wall(), speed=60))
    held.wall.forward(minutes=1)
    assert clock(held) == "06-01 10:10"
    with pytest.raises(Refused, match="forward"):
        held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=held.case.now - timedelta(minutes=1)))
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=held.case.now + timedelta(hours=23)))
    assert clock(held) == "06-02 09:10"
    last = held.case.incident.last
    assert last is not None
    assert said(held, last.seq) == "The clock was put forward from 06-01 10:10 to 06-02 09:10; it runs 10x."
    held.wall.forward(minutes=1)
    assert clock(held) == "06-02 09:20"  # the speed of the part it came to


def test_an_inject_is_told_as_added_or_as_changed(held: Held):
    known = next(one for one in injects(held.case) if one.id == "reporter")
    title = Bilingual("もう一度", "Again")
    new = msgspec.structs.replace(known, id="added-9", number=9, title=title)
    for one, told in (
        (new, "Inject 9, added: もう一度"),
        (msgspec.structs.replace(new, answer=not new.answer), "Inject 9, added: もう一度"),
        (msgspec.structs.replace(known, title=title), "Inject 3 changed: もう一度"),
    ):
        [entry] = held.desk.do(held.id, partial(drills.change, inject=one)).entries
        assert said(held, entry.seq) == told


@pytest.mark.parametrize("speed", [0.5, 121, -1])
def test_no_clock_runs_faster_or_slower_than_anyone_can_follow(held: Held, speed: float):
    with pytest.raises(BadContent):
        held.desk.do(held.id, partial(drills.resume, wall=held.wall(), speed=speed))


def test_a_clock_that_reached_the_end_of_its_part_is_not_pushed_over_it(held: Held):
    held.play(500)
    with pytest.raises(Refused, match="part is over"):
        held.desk.do(held.id, partial(drills.resume, wall=held.wall()))
    held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
    held.play(500)
    with pytest.raises(Refused, match="No part comes after"):
        held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))


def test_the_clock_stands_while_an_inject_is_talked_about(held: Held):
    held.desk.do(held.id, partial(drills.pause, wall=held.wall(), inject="reporter"))
    assert held.case.incident.drill.discussing == "reporter"
    held.desk.do(held.id, partial(drills.resume, wall=held.wall()))
    assert held.case.incident.drill.discussing == ""


def test_every_entry_keeps_both_times(held: Held):
    held.play(30)
    held.desk.do(held.id, partial(records.note, text="捜した"))
    last = held.desk.events(held.id)[-1]
    assert f"{held.case.zoned(last.recorded_at):%Y-%m-%d %H:%M}" == "2026-06-01 09:30"
    assert f"{last.wall_at:%Y-%m-%d %H:%M}" == "2026-11-22 01:03"


def test_what_arrived_is_neither_pushed_nor_changed_nor_held_again(held: Held):
    held.play(6)
    call = held.case.playbook.scenario.by_id["call"]
    for decide in (
        partial(drills.push, inject="call"),
        partial(drills.hold, inject="call"),
        partial(drills.change, inject=msgspec.structs.replace(call, controller="x")),
    ):
        with pytest.raises(Refused, match="arrived already"):
            held.desk.do(held.id, decide)


def test_two_injects_never_have_one_number(held: Held):
    call = held.case.playbook.scenario.by_id["call"]
    with pytest.raises(Refused, match="inject 3 already"):
        held.desk.do(held.id, partial(drills.change, inject=msgspec.structs.replace(call, id="new", number=3)))


def test_nobody_answers_what_has_not_arrived(held: Held):
    with pytest.raises(Refused, match="not arrived"):
        held.room.answer(held.id, "reporter", "お答えできません。")


def test_nobody_answers_what_only_tells_something(held: Held):
    held.play(5)
    held.desk.do(held.id, partial(drills.push, inject="find"))
    with pytest.raises(Refused, match="“It is found” is for information: it waits for no answer"):
        held.room.answer(held.id, "find", "ありがとうございます。")
    held.play(25)
    assert not held.desk.case(held.id).playbook.scenario.injects[1].answer
    held.room.answer(held.id, "mayor", "いま報告します。")
    assert held.desk.case(held.id).incident.drill.inject("mayor").replies


def test_what_a_facilitator_does_is_of_the_facilitators_types(held: Held):
    at = held.desk.wall()
    for decide in (
        drills.come,
        partial(drills.hold, inject="find"),
        partial(judging.observe, text="声が小さい", objective="report"),
        partial(judging.rate, objective="report", rating="S", reason="遅い"),
        partial(judging.overrule, item="head-told", points=3, reason="口頭で伝えていた", most=10),
        partial(judging.plan, improvement=PLAN, issue="遅い", action="練習する", today=date(2026, 11, 22)),
        partial(drills.reach, milestone="told", by_hand=True),
        partial(drills.leave, wall=at),
    ):
        made = held.desk.do(held.id, decide).entries
        assert made[0].type in FACILITATORS
    drill = held.case.incident.drill
    assert drill.ratings["report"].rate == "S"
    assert drill.overruled["head-told"].points == 3
    assert drill.observations[0].objective == "report"


@pytest.mark.parametrize(
    ("typed", "day"), [("30", "2026-12-22"), ("60", "2027-01-21"), ("90", "2027-02-20"), ("2027-03-01", "2027-03-01")]
)
def test_an_improvement_is_due_in_so_many_days_or_on_a_day(held: Held, typed: str, day: str):
    item = msgspec.structs.replace(PLAN, due=typed)
    held.desk.do(held.id, partial(judging.plan, improvement=item, issue="x", action="y", today=date(2026, 11, 22)))
    plan = held.case.incident.drill.plans["i1"].plan
    assert (plan.start, plan.due) == ("2026-11-22", day)


@pytest.mark.parametrize(
    "wrong",
    [{"id": ""}, {"id": "two words"}, {"id": "\udc80"}, {"id": "a" * 61}, {"id": "<b>"}, {"owner": "\udc80"},
     {"contact": "a" * 1_000_000}, {"ja": Prose(text="\udc80")}],
)  # fmt: skip
def test_an_improvement_holds_only_what_a_record_can_hold(held: Held, wrong: dict):
    with pytest.raises(BadContent):
        held.desk.do(
            held.id,
            partial(
                judging.plan,
                improvement=msgspec.structs.replace(PLAN, **wrong),
                issue="遅れた",
                action="先に伝える",
                today=date(2026, 11, 22),
            ),
        )


@pytest.mark.parametrize(
    "wrong", [{"due": "soon"}, {"step": "no-such-step"}, {"item": "no-such-item"}, {"issue": ""}, {"action": " "}]
)
def test_an_improvement_names_what_exists(held: Held, wrong: dict):
    words = {"issue": "x", "action": "y"} | {key: wrong[key] for key in ("issue", "action") if key in wrong}
    item = msgspec.structs.replace(PLAN, **{key: wrong[key] for key in wrong if key not in words})
    with pytest.raises((Refused, BadContent)):
        held.desk.do(held.id, partial(judging.plan, improvement=item, today=date(2026, 11, 22), **words))


def test_an_overruling_needs_a_reason_and_stays_within_the_item(held: Held):
    with pytest.raises(Refused, match="reason"):
        held.desk.do(held.id, partial(judging.overrule, item="head-told", points=3, reason=" ", most=10))
    with pytest.raises(BadContent, match="at most"):
        held.desk.do(held.id, partial(judging.overrule, item="head-told", points=11, reason="x", most=10))


def test_a_console_left_properly_leaves_no_trace_of_a_death(held: Held):
    presence = held.desk.attend(held.id)
    held.desk.do(held.id, drills.come)
    assert held.desk.attended(held.id)
    held.desk.do(held.id, partial(drills.leave, wall=held.wall()))
    presence.close()
    assert not held.desk.attended(held.id)
    case = held.play(10)
    assert case.incident.drill.abandoned is None
    assert clock(held) == "06-01 09:00"  # this scenario pauses where nobody is at its console


def test_a_redacted_answer_keeps_the_guardrail_it_broke(held: Held):
    held.play(95)
    seq = held.room.answer(held.id, "reporter", "パスワードは13桁です。").entries[0].seq
    case = held.desk.redact(held.id, seq, "鈴木", "訓練でも残さない").case
    [reply] = case.incident.drill.inject("reporter").replies
    assert reply.text.text is None
    assert "G01" in reply.rules


def test_what_the_scenario_gave_cannot_be_taken_back_by_whoever_opened_the_drill(held: Held):
    with pytest.raises(Refused, match="left to undo"):
        held.desk.do(held.id, records.undo)
    assert held.case.value("organization") is not None
    held.desk.do(held.id, partial(facts.claim, name="persons", typed="300"))
    held.desk.do(held.id, records.undo)
    assert held.case.value("persons") is None
