"""The score of a drill: what each rule of it brings, and which entries it rests on."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from runbook import events as e
from runbook.drills.scoring import Score, score, standing, suggested
from runbook.events import Prose
from runbook.moment import UNKNOWN, Moment
from runbook.playbook import Due
from runbook.speech import speaker
from tests.lawful import book
from tests.played import Played, expected, ghost, hazard, minute, order, overruled, scenario

HALF_AN_HOUR = timedelta(minutes=30)
NOTICED = "done(notice-what)"


def after_call(*evidence: str, points: int = 10, late: int = 4, **more) -> Played:
    """A drill in which the call arrives at minute 5 (entry 4), and an act counts in full until minute 35."""
    wanted = expected("act", points, *(evidence or (NOTICED,)), since="call", within=HALF_AN_HOUR, late=late, **more)
    drill = Played(scenario([wanted]))
    drill.arrive(5)
    return drill


# Acts and their time


@pytest.mark.parametrize(
    ("done_at", "points"),
    [
        (6, 10),
        (35, 10),  # to the minute
        (36, 10),  # 9.8, to the nearest point
        (50, 7),  # half way from 10 down to 4
        (64, 4),
        (65, 4),  # twice the time
        (500, 4),  # and ever after
    ],
)
def test_an_act_counts_in_full_in_its_time_then_less_down_to_late(done_at: float, points: int) -> None:
    drill = after_call()
    seq = drill.finish(done_at)
    drill.end(600)
    item = drill.item()
    assert (item.points, item.max, item.seqs, item.at) == (points, 10, (seq,), minute(done_at))
    assert item.target == minute(35)


def test_an_act_that_is_not_done_brings_nothing() -> None:
    drill = after_call()
    drill.end(100)
    item = drill.item()
    assert (item.points, item.max, item.seqs, item.at, item.open) == (0, 10, (), None, False)
    assert str(item.reason) == "Not done; the aim was 06-22 16:20."


def test_the_reason_says_how_long_it_took_and_what_the_aim_was() -> None:
    drill = after_call()
    drill.finish(40)
    assert str(drill.item().reason) == "Done 06-22 16:25, 35 min after “The call”: late, the aim was 30 min."


def test_what_was_done_before_the_call_counts_in_full() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    drill.finish(2)
    drill.arrive(5)
    assert drill.item().points == 10
    assert str(drill.item().reason) == "Done 06-22 15:47, before “The call”."


def test_the_time_counts_from_when_the_inject_was_due_not_from_when_a_seat_noticed() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    drill.arrive(20, happened=5)
    drill.finish(40)
    assert drill.item().points == 8  # 35 minutes after minute 5: 10 · (1 - 5/30) = 8.3
    assert "reached the team" not in str(drill.item().reason)


def test_an_inject_over_which_the_clock_was_put_forward_is_said_to_have_been_read_late() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    drill.arrive(200, happened=5)
    assert "It reached the team only" in str(drill.item().reason)  # an evaluator can overrule it
    drill.finish(210)
    assert "It reached the team only" in str(drill.item().reason)


@pytest.mark.parametrize(
    ("happened", "precision", "at"),
    [(30, "exact", 30), (30, "about", 30), (30, "date", 50), (None, "unknown", 50), (55, "exact", 50)],
)
def test_what_is_said_to_have_been_done_then_counts_then_where_the_hour_is_known_and_past(
    happened: float | None, precision, at: float
) -> None:
    drill = after_call()
    drill.finish(50, happened=happened, precision=precision)
    item = drill.item()
    assert item.at == minute(at)
    assert item.points == (10 if at == 30 else 7)


def test_the_points_are_shared_among_the_parts_and_the_sum_is_exact() -> None:
    parts = (NOTICED, "known(persons)", "started(press)")
    for done, points in ((0, 0), (1, 3), (2, 7), (3, 10)):
        drill = after_call(*parts)
        entries = (
            lambda drill=drill: drill.finish(10),
            lambda drill=drill: drill.fact(11, "persons", 300),
            lambda drill=drill: drill.add(12, e.StepStarted("press")),
        )
        seqs = tuple(entry() for entry in entries[:done])
        drill.end(100)
        assert (drill.item().points, drill.item().seqs) == (points, seqs)


def test_an_entry_that_shows_several_parts_is_cited_once() -> None:
    drill = after_call("published(first-notice)", 'says("お詫び")')
    seq = drill.publish(10, "お詫びします")
    assert drill.item().seqs == (seq,)


def test_a_delay_too_small_to_cost_a_point_is_said_to_be_so() -> None:
    drill = after_call()
    drill.finish(36)
    assert str(drill.item().reason) == (
        "Done 06-22 16:21, 31 min after “The call”. The aim was 30 min; "
        "the delay costs less than half a point, so none is lost."
    )


def test_what_came_as_late_as_can_be_never_counts_in_full_for_all_the_rounding() -> None:
    drill = after_call(NOTICED, "known(persons)", "started(press)", points=3, late=2)
    drill.finish(6)
    drill.fact(7, "persons", 300)
    drill.add(35 + 30 - 1, e.StepStarted("press"))  # a third of 3 - 2 points less: 2.7, to the nearest point
    assert drill.item().points == 3
    drill = after_call(NOTICED, "known(persons)", "started(press)", points=3, late=2)
    drill.finish(6)
    drill.fact(7, "persons", 300)
    drill.add(6000, e.StepStarted("press"))
    item = drill.item()
    assert item.points == 2
    assert "d 3 h after “The call”: late, the aim was 30 min." in str(item.reason)


def test_where_lateness_is_said_to_cost_nothing_it_costs_nothing() -> None:
    drill = after_call(points=3, late=3)
    drill.finish(6000)
    assert drill.item().points == 3


def test_what_was_done_of_several_says_how_much_of_it_was_late() -> None:
    drill = after_call(NOTICED, "known(persons)", "started(press)")
    drill.finish(10)
    drill.fact(40, "persons", 300)
    drill.end(100)
    said = str(drill.item().reason)
    assert said.startswith("2 of 3 done, 1 late; missing: "), said


def test_half_a_point_is_none() -> None:
    drill = after_call(NOTICED, "known(persons)", points=5)
    drill.finish(10)
    assert drill.item().points == 2
    assert str(drill.item().reason) == "1 of 2 done; missing: “Persons” recorded. Still open until 06-22 16:20."


def test_what_is_missing_is_named_by_the_playbooks_words() -> None:
    drill = after_call(NOTICED, "known(persons)", "done(police)")
    drill.finish(10)
    drill.end(100)
    said = str(drill.item().reason)
    assert said == ("1 of 3 done; missing: “Persons” recorded, step 1-2 “Police report”. The aim was 06-22 16:20.")


def test_a_wrong_number_is_not_taken_for_none() -> None:
    drill = after_call(NOTICED, "persons == 300", "cause == theft")
    drill.fact(6, "persons", 30)
    drill.finish(10)
    drill.end(100)
    said = "1 of 3 done; missing: “Persons” recorded as 300, “Cause” recorded as theft. The aim was 06-22 16:20."
    assert str(drill.item().reason) == said


def test_without_a_time_of_its_own_an_act_counts_whenever_it_is_done() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED)]))
    drill.finish(500)
    assert drill.item().points == 10


def test_a_step_that_was_reopened_is_not_done_until_it_is_done_again() -> None:
    drill = after_call()
    first = drill.finish(10)
    reopened = drill.add(20, e.StepReopened("notice-what"))
    item = drill.item()
    assert (item.points, item.at, item.seqs) == (0, None, (first, reopened))
    again = drill.finish(50)
    assert (drill.item().points, drill.item().seqs) == (7, (again,))


def test_an_act_that_was_undone_is_not_done() -> None:
    drill = after_call("known(persons)")
    seq = drill.fact(10, "persons", 300)
    drill.add(11, e.ActUndone(seq))
    drill.end(100)
    item = drill.item()
    assert (item.points, item.seqs) == (0, (seq, seq + 1))
    assert "taken back by entry 6" in str(item.reason)


def test_doing_more_at_a_step_that_is_done_changes_nothing() -> None:
    drill = after_call()
    seq = drill.finish(10)
    drill.add(60, e.CheckTicked("notice-what", "asked"))
    assert (drill.item().seqs, drill.item().at) == ((seq,), minute(10))


def test_an_hour_that_was_put_right_counts_and_is_cited_and_undoing_that_takes_it_back() -> None:
    drill = after_call()
    seq = drill.finish(50)
    right = drill.add(55, e.StepTimed("notice-what", "done"), happened=20)
    assert (drill.item().points, drill.item().at, drill.item().seqs) == (10, minute(20), (seq, right))
    drill.add(56, e.ActUndone(right))
    assert (drill.item().points, drill.item().at) == (7, minute(50))


def test_an_hour_put_right_to_one_ahead_is_the_hour_it_was_written_down() -> None:
    drill = after_call()
    drill.finish(50)
    drill.add(55, e.StepTimed("notice-what", "done"), happened=90)
    assert drill.item().at == minute(55)


OWN_WORD = "The hour is the team's own word: entry {} was written down only 06-22 {}."


def test_an_hour_that_only_somebodys_word_makes_early_enough_counts_and_is_pointed_out() -> None:
    drill = after_call()
    drill.finish(50, happened=30)
    item = drill.item()
    assert (item.points, item.at, item.seqs) == (10, minute(30), (5,))
    assert str(item.reason).endswith(f"the aim was 30 min. {OWN_WORD.format(5, '16:35')}")
    drill = after_call(NOTICED, "known(persons)")
    drill.finish(50, happened=30)
    assert OWN_WORD.format(5, "16:35") in str(drill.item().reason)
    drill = after_call()
    drill.finish(50)
    drill.add(55, e.StepTimed("notice-what", "done"), happened=20)
    assert str(drill.item().reason).endswith(OWN_WORD.format("5, 6", "16:35"))


def test_an_hour_that_changes_nothing_is_not_pointed_out() -> None:
    for done_at, happened in ((34, 10), (500, 400), (36, 36)):
        drill = after_call()
        drill.finish(done_at, happened=happened)
        assert "own word" not in str(drill.item().reason)


def test_what_is_dated_before_the_call_that_asks_for_it_counts_and_is_pointed_out() -> None:
    drill = after_call()
    drill.finish(6, happened=3)
    item = drill.item()
    assert (item.points, item.seqs) == (10, (5,))
    assert str(item.reason) == f"Done 06-22 15:48, before “The call”. {OWN_WORD.format(5, '15:51')}"


def test_what_is_dated_before_the_exercise_counts_from_when_it_was_written_down() -> None:
    said = "Entry {} dates it 06-22 15:35, before the exercise: what counts is when it was written down."
    for precision in ("exact", "about"):
        drill = after_call()
        drill.finish(50, happened=-10, precision=precision)
        item = drill.item()
        assert (item.points, item.at, item.seqs) == (7, minute(50), (5,))
        assert str(item.reason).endswith(said.format(5))
    drill = after_call()
    drill.finish(50)
    right = drill.add(55, e.StepTimed("notice-what", "done"), happened=-10)
    item = drill.item()
    assert (item.points, item.at, item.seqs) == (7, minute(50), (5, right))
    assert str(item.reason).endswith(said.format(right))
    drill.add(56, e.ActUndone(right))
    assert "before the exercise" not in str(drill.item().reason)


def told_by_fact() -> Played:
    """As `after_call`, with a fact that tells when what the step is for was done."""
    first = (small := book()).phases[0]
    due = Due("opened", within="30min", met="published_at")
    phase = msgspec.structs.replace(first, steps=(msgspec.structs.replace(first.steps[0], due=due), *first.steps[1:]))
    wanted = expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR, late=4)
    drill = Played(scenario([wanted]), msgspec.structs.replace(small, phases=(phase, *small.phases[1:])))
    drill.arrive(5)
    return drill


def test_a_step_counts_from_the_hour_its_fact_tells_not_from_when_it_was_ticked_off() -> None:
    drill = told_by_fact()
    fact = drill.fact(48, "published_at", Moment(minute(30)))
    drill.finish(50)
    item = drill.item()
    assert (item.points, item.at, item.seqs) == (10, minute(30), (fact,))
    assert str(item.reason).endswith(OWN_WORD.format(fact, "16:33"))


def test_a_fact_that_is_told_after_the_step_was_ticked_off_puts_its_hour_right_until_it_is_taken_back() -> None:
    drill = told_by_fact()
    seq = drill.finish(50)
    fact = drill.fact(55, "published_at", Moment(minute(20), "about"))
    assert (drill.item().points, drill.item().at, drill.item().seqs) == (10, minute(20), (seq, fact))
    drill.add(56, e.ActUndone(fact))
    assert (drill.item().points, drill.item().at) == (7, minute(50))


def test_a_fact_that_tells_no_hour_changes_nothing() -> None:
    for told in (Moment(minute(-900), "date"), Moment(minute(80)), UNKNOWN):
        drill = told_by_fact()
        drill.fact(48, "published_at", told)
        assert drill.item().at is None
        drill.finish(50)
        assert drill.item().at == minute(50)


def test_an_hour_before_the_exercise_that_a_fact_tells_counts_from_when_it_was_written_down() -> None:
    drill = told_by_fact()
    fact = drill.fact(8, "published_at", Moment(minute(-30)))
    drill.finish(50)
    assert (drill.item().points, drill.item().at) == (10, minute(8))
    assert f"Entry {fact} dates it 06-22 15:15, before the exercise" in str(drill.item().reason)


def test_a_minute_that_costs_no_point_is_not_pointed_out() -> None:
    drill = after_call()
    drill.finish(37, happened=36)
    assert drill.item().points == 10
    assert "own word" not in str(drill.item().reason)


def test_what_is_said_twice_was_done_the_first_time() -> None:
    drill = after_call('says("お詫び")')
    seq = drill.answer(10, "お詫びします")
    drill.answer(50, "重ねてお詫びします")
    assert (drill.item().seqs, drill.item().points) == ((seq,), 10)


def test_the_same_step_assigned_or_started_is_not_done() -> None:
    drill = after_call()
    drill.add(6, e.StepStarted("notice-what"))
    drill.add(7, e.StepAssigned("notice-what", "suzuki"))
    assert drill.item().points == 0


@pytest.mark.parametrize(
    ("condition", "data"),
    [
        ("ticked(notice-what/asked)", e.CheckTicked("notice-what", "asked")),
        ("read(password)", e.WarningAcknowledged("press", "password")),
        ("rows(members)", e.RowRecorded("members", "a", {"name": Prose(text="a")})),
        ("rows(datasets)", e.DatasetRecorded("list", 300, "persons")),
        ("answered(call)", e.InjectAnswered("call", Prose(text="はい"))),
        ("drafted(first-notice)", e.NoticeDrafted("first-notice", "ja", Prose(text="x"))),
        ("submitted(first-notice)", e.NoticeSubmitted("first-notice", "ja", Prose(text="x"), "x", {})),
        ("filed(act.prelim)", e.DutyFiled("act.prelim")),
        ("reached(told)", e.MilestoneReached("told")),
        ("persons == 300", e.FactRecorded("persons", 300)),
        ("confirmed(persons)", e.FactRecorded("persons", 300)),
        ('says("はい")', e.InjectAnswered("call", Prose(text="は い"))),
        ("tripped(G01)", e.InjectAnswered("call", Prose(text="x"), ("G01",))),
        ("fired(reporter)", e.InjectArrived("reporter")),
        ("known(persons) and known(known_at)", e.FactRecorded("persons", 300)),
    ],
)
def test_every_kind_of_evidence_is_seen_at_the_entry_that_brings_it(condition: str, data: e.Data) -> None:
    drill = after_call(condition)
    drill.add(6, e.NoteWritten(Prose(text="x")))
    seq = drill.add(10, data)
    drill.add(11, e.NoteWritten(Prose(text="y")))
    assert (drill.item().points, drill.item().seqs) == (10, (seq,))


def test_a_data_set_that_nobody_counted_wins_nothing_until_it_is_counted() -> None:
    drill = after_call("rows(datasets)")
    drill.add(6, e.DatasetRecorded("list", None, "persons"))
    assert drill.item().points == 0
    seq = drill.add(10, e.DatasetRecorded("list", 300, "persons"))
    assert (drill.item().points, drill.item().seqs) == (10, (seq,))


def test_publishing_is_seen_at_its_entry() -> None:
    drill = after_call("approved(first-notice)", "published(first-notice)")
    published = drill.publish(20)
    assert drill.item().seqs == (published - 1, published)


def test_what_time_alone_brings_about_counts_from_that_instant() -> None:
    late = hazard("after(20min, fired(call)) and not done(notice-what)")
    drill = Played(scenario(hazards=[late], wanted=[expected("other", 1, "known(persons)")]))
    call = drill.arrive(5)
    drill.fact(6, "persons", 300)
    drill.finish(40)
    item = drill.score().items[1]
    assert (item.points, item.seqs, item.at) == (-10, (call,), minute(25))


def test_what_was_done_just_in_time_keeps_it_from_happening() -> None:
    drill = Played(scenario(hazards=[hazard("after(20min, fired(call)) and not done(notice-what)")]))
    drill.arrive(5)
    drill.finish(25)
    drill.end(100)
    assert drill.item().points == 0


def test_time_alone_brings_it_about_where_nothing_more_is_recorded() -> None:
    drill = Played(scenario(hazards=[hazard("elapsed(known_at) > 90min")]))  # known at 14:45
    assert drill.item(now=29).points == 0
    assert (drill.item(now=31).points, drill.item(now=31).at) == (-10, minute(30))


# What is left out


def test_an_act_whose_inject_never_arrived_is_left_out() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    drill.finish(20)
    drill.end(100)
    item = drill.item()
    assert (item.points, item.max) == (0, 0)
    assert str(item.reason) == "Left out: “The call” never arrived."


def test_an_answer_to_what_never_arrived_is_left_out() -> None:
    drill = Played(scenario([expected("act", 10, "answered(call)")]))
    assert (drill.item().max, drill.item().open) == (10, True)
    drill.end(100)
    assert drill.item().max == 0


def test_a_step_that_does_not_apply_is_left_out_and_the_other_parts_share_its_points() -> None:
    for cause, most in (("loss", 0), ("theft", 10)):
        drill = after_call("done(theft)")
        drill.fact(6, "cause", cause)
        drill.end(100)
        assert drill.item().max == most
    assert after_call("done(theft)").item().max == 10  # nobody knows yet
    drill = after_call("done(theft)", NOTICED)
    drill.fact(6, "cause", "loss")
    drill.finish(10)
    assert (drill.item().points, drill.item().max) == (10, 10)


@pytest.mark.parametrize("when", ["known(found_at)", "done(police) and cause != loss", "elapsed(known_at) > 90h"])
def test_a_step_whose_turn_has_not_come_yet_is_not_left_out(when: str) -> None:
    first = (small := book()).phases[0]
    theft = msgspec.structs.replace(first.steps[2], when=when, due=Due("opened", within="30min"))
    phase = msgspec.structs.replace(first, steps=(*first.steps[:2], theft))
    later = msgspec.structs.replace(small, phases=(phase,))
    wanted = expected("act", 10, NOTICED, "done(theft)", since="call", within=HALF_AN_HOUR)
    drill = Played(scenario([wanted, expected("clock", 5, clock="step:theft")]), later)
    drill.arrive(5)
    drill.finish(10)
    score = drill.score()
    assert (score.points, score.reached_max, score.max) == (5, 5, 15)  # and not all of the act
    assert str(score.items[0].reason) == (
        "1 of 2 done; missing: step 1-3 “Theft report”. Still open until 06-22 16:20. "
        "Whether step 1-3 applies is not known yet."
    )
    drill.end(100)
    assert (drill.score().points, drill.score().max) == (5, 15)  # the team did not bring it about
    assert "not known" not in str(drill.item().reason)


def test_what_is_known_not_to_apply_is_left_out_whatever_is_still_to_come() -> None:
    first = (small := book()).phases[0]
    gone = msgspec.structs.replace(first.steps[2], when="known(found_at) and cause == theft")
    phase = msgspec.structs.replace(first, steps=(*first.steps[:2], gone))
    drill = Played(scenario([expected("act", 10, "done(theft)")]), msgspec.structs.replace(small, phases=(phase,)))
    assert (drill.item().max, drill.item().open) == (10, True)
    drill.fact(5, "cause", "loss")
    assert (drill.item().max, str(drill.item().reason)) == (0, "Left out: step 1-3 does not apply.")


def test_a_step_that_was_done_counts_though_it_does_not_apply_any_more() -> None:
    drill = after_call("done(theft)")
    drill.fact(6, "cause", "theft")
    drill.finish(10, "theft")
    drill.fact(11, "cause", "loss")
    assert (drill.item().points, drill.item().max) == (10, 10)


def test_one_of_several_ways_is_left_out_only_with_all_of_them() -> None:
    drill = after_call("done(theft) or done(police)")
    drill.fact(6, "cause", "loss")
    drill.end(100)
    assert drill.item().max == 10


# The evaluator


def test_an_evaluators_points_count_and_the_machines_stand_beside_them() -> None:
    drill = after_call()
    drill.end(100)
    drill.add(100, overruled(6))  # after the end: that is when it is talked over
    score = drill.score()
    [item] = score.items
    assert (item.points, item.machine, score.points, score.machine) == (6, 0, 6, 0)
    assert item.overruled.points == 6
    drill.add(101, overruled(None))
    [item] = drill.score().items
    assert (item.points, item.machine, item.overruled) == (0, 0, None)


def test_an_evaluators_points_stay_within_what_the_item_can_bring() -> None:
    drill = after_call()
    drill.add(10, overruled(-3))
    assert drill.item().points == 0
    drill = Played(scenario([expected("act", 10, "answered(call)")], hazards=[hazard("tripped(G01)")]))
    drill.add(10, overruled(8))
    drill.add(10, overruled(-4, "hazard"))
    drill.end(100)  # the call never arrived: the item is left out
    assert [item.points for item in drill.score().items] == [0, -4]


def test_an_item_that_an_evaluator_settled_is_not_open() -> None:
    drill = after_call()
    assert drill.item().open
    drill.add(10, overruled(6))
    assert not drill.item().open


# While it runs, and after


def test_while_the_drill_runs_nothing_is_lost_before_its_time_is_over() -> None:
    drill = after_call()
    assert (drill.item(now=35).open, str(drill.item(now=35).reason)) == (True, "Still open until 06-22 16:20.")
    score = drill.score(now=35)
    assert (score.points, score.reached_max, score.max) == (0, 0, 10)
    score = drill.score(now=36)
    assert (score.items[0].open, score.points, score.reached_max, score.max) == (False, 0, 10, 10)
    assert str(score.items[0].reason) == "Not done yet; the aim was 06-22 16:20."


@pytest.mark.parametrize(("now", "still"), [(4, 10), (35, 10), (50, 7), (200, 4)])
def test_what_can_still_be_won_is_what_doing_it_at_once_would_bring(now: float, still: int) -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR, late=4)]))
    if now >= 5:
        drill.arrive(5)
    score = drill.score(now)
    assert (score.points, score.lost, score.still) == (0, 10 - still, still)
    assert speaker("en")(standing(score)) == f"0 won so far, {10 - still} lost, {still} still to be won"
    if now >= 5:
        drill.finish(now)
        assert drill.score().points == still
    drill.end(300)
    over = drill.score()
    assert speaker("en")(standing(over)) == f"{over.points} of {over.max} points"


def test_what_was_given_away_or_done_late_is_lost_and_a_penalty_eats_what_is_still_to_come() -> None:
    drill = Played(
        scenario(
            [
                expected("said", 10, "answered(call) and not tripped(G01)"),
                expected("half", 10, NOTICED, "known(persons)", since="call", within=HALF_AN_HOUR, late=0),
            ],
            hazards=[hazard("tripped(G01)", 4)],
        )
    )
    drill.arrive(5)
    assert (drill.score().points, drill.score().lost, drill.score().still) == (0, 0, 20)
    drill.answer(6, "13桁です", "G01")
    assert (drill.score().points, drill.score().lost, drill.score().still) == (0, 14, 6)
    drill.finish(50)  # half of a half
    assert (drill.item(60).still, drill.score().items[1].points) == (0, 2)


def test_what_was_reached_of_an_open_item_counts_on_both_sides() -> None:
    drill = after_call(NOTICED, "known(persons)")
    drill.finish(10)
    score = drill.score()
    assert (score.points, score.reached_max, score.max) == (5, 5, 10)


def test_an_act_whose_inject_is_still_to_come_is_open() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    item = drill.item()
    assert (item.open, item.max, str(item.reason)) == (True, 10, "“The call” has not arrived yet.")


def test_what_is_recorded_after_the_end_does_not_count() -> None:
    drill = after_call()
    drill.end(20)
    drill.finish(21)
    assert drill.item().points == 0


def test_a_record_that_went_on_since_the_case_was_read_is_scored_whole() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED, since="call", within=HALF_AN_HOUR)]))
    read = drill.case()
    drill.arrive(5)
    drill.finish(10)
    assert score(read, drill.events).points == 10


def test_what_the_scenario_says_stands_with_the_item_and_how_the_real_case_compares() -> None:
    wanted = expected("act", 10, NOTICED)
    drill = Played(scenario([wanted], real=[ghost(90, "act"), ghost(60, "act", precision="about"), ghost(1)]))
    assert str(drill.item().compared) == "In Sample city: about 06-22 16:45."
    drill.finish(20)
    item = drill.item()
    assert item.ghost == minute(60)
    assert str(item.compared) == "In Sample city: about 06-22 16:45. You were about 40 min earlier."
    drill = Played(scenario([wanted], real=[ghost(60, "act")]))
    drill.finish(200)
    assert str(drill.item().compared) == "In Sample city: 06-22 16:45. You were 2 h 20 min later."


def test_each_item_has_its_sort() -> None:
    wanted = [
        expected("act", 1, NOTICED),
        expected("says", 1, 'says("x")', notice=True),
        expected("clock", 1, clock="step:police"),
    ]
    drill = Played(scenario(wanted, [order(NOTICED, "done(police)")], [hazard("tripped(G01)")]))
    assert [item.sort for item in drill.score().items] == ["act", "notice", "clock", "order", "disclosure"]


def test_an_incident_that_is_no_drill_has_no_score() -> None:
    drill = Played(scenario([expected("act", 10, NOTICED)]))
    live = msgspec.structs.replace(drill.case(), incident=msgspec.structs.replace(drill.case().incident, drill=None))
    assert score(live, drill.events) == Score("", 0, 0, 0, ())


@pytest.mark.parametrize(
    ("points", "most", "rate"),
    [(10, 10, "P"), (9, 10, "P"), (8, 10, "S"), (7, 10, "S"), (6, 10, "M"), (4, 10, "M"), (3, 10, "U"), (-5, 10, "U")],
)
def test_the_machine_suggests_a_rating(points: int, most: int, rate: str) -> None:
    assert suggested(points, most) == rate
    assert suggested(0, 0) is None
