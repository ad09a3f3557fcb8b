"""A drill beside earlier ones, and whether what they were to improve got better."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec
import pytest

from runbook import events as e
from runbook.actions import drills, judging
from runbook.drills.comparing import Past, Verdict, compare, in_playbook
from runbook.drills.scoring import Score
from runbook.events import Improvement, Prose
from runbook.playbook import Playbook
from runbook.speech import Bilingual
from tests.drilling import Held
from tests.lawful import book
from tests.played import Played, expected, hazard, minute, scenario

NOTICED = "done(notice-what)"
LINE = Bilingual("市長室に一報を入れる。", "Ring the mayor's office.")


def scored(done: bool, leaked: bool = False, points: int = 10) -> Score:
    """A drill in which the act was done or not, and the password was told or not; the answer never came to be asked."""
    wanted = [expected("act", points, NOTICED), expected("reply", 5, "answered(reporter)")]
    drill = Played(scenario(wanted, hazards=[hazard("tripped(G01)", 4)]))
    drill.arrive(5)
    if done:
        drill.finish(10)
    if leaked:
        drill.answer(11, "13桁", "G01")
    drill.end(100)
    return drill.score()


def past(score: Score, *plans: Improvement, days_ago: int = 30) -> Past:
    return Past(f"d-{days_ago}", "Earlier", minute(-days_ago * 24 * 60), score, plans)


def plan(
    item: str = "act", add: Literal["", "line", "check"] = "", text: Bilingual = LINE, step: str = "notice-what"
) -> Improvement:
    ja, en = Prose(text=text.ja), Prose(text=text.en)
    return Improvement("i1", Prose(text="x"), Prose(text="y"), "suzuki", item=item, step=step, add=add, ja=ja, en=en)


def with_line(text: Bilingual = LINE) -> Playbook:
    """The playbook with one more line at its first step."""
    old = book()
    first = old.phases[0].steps[0]
    steps = (msgspec.structs.replace(first, lines=(*first.lines, text)), *old.phases[0].steps[1:])
    return msgspec.structs.replace(old, phases=(msgspec.structs.replace(old.phases[0], steps=steps), *old.phases[1:]))


@pytest.mark.parametrize(
    ("then", "now", "trend"), [(False, True, "better"), (True, True, "same"), (True, False, "worse")]
)
def test_each_item_and_the_whole_stand_beside_the_last_time(then: bool, now: bool, trend: str) -> None:
    found = compare(book(), scored(now), [past(scored(then))])
    assert found.trend == trend
    assert [(one.item.id, one.trend) for one in found.changes] == [("act", trend), ("reply", "new"), ("hazard", "same")]
    assert found.changes[0].before == ((10 if then else 0, 10),)


def test_the_trend_is_against_the_last_time_the_item_counted() -> None:
    earlier = [past(scored(False), days_ago=60), past(scored(True), days_ago=30)]
    [act, reply, _] = compare(book(), scored(True), earlier).changes
    assert (act.before, act.trend) == (((0, 10), (10, 10)), "same")
    assert (reply.before, reply.trend) == ((None, None), "new")


def test_an_edition_that_gives_an_item_more_points_is_compared_by_the_share() -> None:
    [act, *_] = compare(book(), scored(True, points=20), [past(scored(True, points=10))]).changes
    assert act.trend == "same"


def test_a_hazard_that_happened_only_the_last_time_is_better() -> None:
    [*_, password] = compare(book(), scored(True), [past(scored(True, leaked=True))]).changes
    assert (password.before, password.trend) == (((-4, 0),), "better")


def test_what_does_not_count_this_time_or_not_yet_is_not_compared() -> None:
    wanted = [expected("act", 10, NOTICED), expected("late", 10, NOTICED, since="call", within=timedelta(minutes=20))]
    drill = Played(scenario(wanted, hazards=[hazard("tripped(G01)", 4)]))
    drill.arrive(5)
    drill.finish(10)
    drill.end(100)
    last = past(drill.score())
    drill = Played(scenario(wanted, hazards=[hazard("tripped(G01)", 4)]))
    found = compare(book(), drill.score(), [last])  # it runs: all can come yet
    assert found.trend == "unsettled"
    assert {(one.now, one.trend) for one in found.changes} == {(None, "unsettled")}
    slow = Played(scenario([msgspec.structs.replace(wanted[1], late=4)]))
    slow.arrive(5)
    assert compare(book(), slow.score(40), [last]).changes[0].now is None  # though late, it can be won yet
    drill.end(100)  # the call never arrived
    act, late, password = compare(book(), drill.score(), [last]).changes
    assert [act.trend, late.trend, password.trend] == ["worse", "unsettled", "same"]
    assert [act.now, late.now, password.now] == [(0, 10), None, (0, 0)]


def test_an_improvement_is_not_judged_before_its_item_is_settled() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED)]))
    [verdict] = compare(with_line(), drill.score(), [past(scored(False), plan(add="line"))]).verdicts
    assert (verdict.outcome, verdict.now) == ("not_tested", None)


def test_a_first_drill_is_compared_with_nothing() -> None:
    found = compare(book(), scored(True), [])
    assert (found.past, found.trend, found.verdicts) == ((), "new", ())
    assert {one.trend for one in found.changes} == {"new"}


def test_a_drill_of_another_scenario_is_not_compared_but_its_improvements_are_judged() -> None:
    other = msgspec.structs.replace(scored(False), scenario="other")
    found = compare(with_line(), scored(True), [past(other, plan(add="line"))])
    assert (found.past, found.trend) == ((), "new")
    [verdict] = found.verdicts
    assert (verdict.outcome, verdict.taken) == ("not_tested", True)
    assert str(verdict.said) == "It is in the playbook, but was not tested this time."


def judged(playbook: Playbook, then: bool, now: bool, planned: Improvement) -> Verdict:
    [verdict] = compare(playbook, scored(now), [past(scored(then), planned)]).verdicts
    return verdict


@pytest.mark.parametrize(
    ("playbook", "then", "now", "planned", "outcome", "said"),
    [
        (with_line(), False, True, plan(add="line"), "worked", "It worked: 0 of 10, now 10 of 10."),
        (book(), False, True, plan(), "worked", "It worked: 0 of 10, now 10 of 10."),
        (
            *(with_line(), False, False, plan(add="line"), "no_better"),
            "It is in the playbook, but no better: 0 of 10, now 0 of 10.",
        ),
        (book(), True, False, plan(), "no_better", "No better: 10 of 10, now 0 of 10."),
        (
            *(book(), False, True, plan(add="line"), "not_in_playbook"),
            "Not in the playbook yet. Points: 0 of 10, now 10 of 10.",
        ),
        (book(), False, True, plan(item="reply"), "not_tested", "Not tested this time."),
        (book(), False, True, plan(item=""), "not_tested", "Not tested this time."),
        (book(), False, True, plan(item="", add="check"), "not_in_playbook", "Not in the playbook yet."),
    ],
)
def test_what_became_of_an_improvement(
    playbook: Playbook, then: bool, now: bool, planned: Improvement, outcome: str, said: str
) -> None:
    verdict = judged(playbook, then, now, planned)
    assert (verdict.outcome, str(verdict.said)) == (outcome, said)


def test_an_edit_is_in_the_playbook_in_its_step_and_as_what_it_was_meant() -> None:
    assert in_playbook(with_line(), plan(add="line"))
    assert in_playbook(with_line(Bilingual(LINE.ja, "put otherwise")), plan(add="line"))
    assert not in_playbook(with_line(), plan(add="check"))
    assert not in_playbook(with_line(), plan(add="line", step="police"))
    assert not in_playbook(with_line(), plan(add="line", step="gone"))
    assert in_playbook(book(), plan(add="check", text=Bilingual("Asked", "Asked")))
    gone = msgspec.structs.replace(plan(add="line"), ja=Prose(digest="0"), en=Prose(digest="1"))
    assert not in_playbook(with_line(), gone)


def test_earlier_drills_are_those_of_this_record_that_are_over(tmp_path: Path) -> None:
    held = Held(tmp_path)
    first = held.id
    held.play(6)
    planned = Improvement("i1", Prose(), Prose(), "suzuki", item="answered", due="30")
    day = held.wall.now.date()
    improve = partial(judging.plan, improvement=planned, issue="遅い", action="早く", today=day)
    dropped = partial(
        judging.plan,
        improvement=e.Improvement("i2", Prose(), Prose(), "x", dropped=True),
        issue="x",
        action="y",
        today=day,
    )
    held.desk.do(first, improve)
    held.desk.do(first, dropped)
    held.desk.do(first, drills.end)
    held.wall.forward(days=30)
    running = held.room.start("small").incident.id
    held.wall.forward(days=1)
    held.id = held.room.start("small", speed=10).incident.id
    held.play(95)
    held.room.answer(held.id, "reporter", "お答えできません。")
    held.desk.do(held.id, drills.end)
    assert [one.incident for one in held.room.earlier(held.id)] == [first]
    assert [one.incident for one in held.room.earlier(first)] == []
    assert [one.incident for one in held.room.earlier(running)] == [first]
    found = held.room.compared(held.id)
    assert [(one.incident, [plan.id for plan in one.plans]) for one in found.past] == [(first, ["i1"])]
    assert [(one.plan.id, one.outcome) for one in found.verdicts] == [("i1", "not_tested")]  # it never came up then
    held.desk.close()
