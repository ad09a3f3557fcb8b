"""The score of a drill: clocks met, orders kept, and hazards."""

from __future__ import annotations

import pytest

from runbook import events as e
from runbook.duties import deadline, deadlines
from runbook.events import Prose
from runbook.moment import Precision
from runbook.speech import speaker
from tests.played import Played, expected, hazard, minute, order, scenario

# Clocks


def clocked(id: str, points: int = 10) -> Played:
    return Played(scenario([expected("clock", points, clock=id)]))


@pytest.mark.parametrize(("done_at", "points"), [(30, 10), (31, 5)])
def test_a_steps_clock_brings_all_in_time_and_half_late(done_at: float, points: int) -> None:
    drill = clocked("step:notice-what")  # 30 minutes from the opening
    assert drill.item(done_at).still == points
    seq = drill.finish(done_at)
    drill.end(100)
    item = drill.item()
    assert (item.points, item.max, item.sort, item.seqs) == (points, 10, "clock", (seq,))
    assert item.target == minute(30)


def test_a_clock_that_was_not_met_brings_nothing_and_says_whether_there_was_time_left() -> None:
    for end, said in (
        (100, "Not met; the aim was 06-22 16:15."),
        (20, "Not met when the drill ended; the aim was 06-22 16:15."),
    ):
        drill = clocked("step:notice-what")
        drill.end(end)
        assert (drill.item().points, drill.item().max, str(drill.item().reason)) == (0, 10, said)


def test_what_the_law_or_the_playbook_requires_is_said_to_be_due() -> None:
    drill = clocked("step:police")  # 3 hours from 14:45
    drill.finish(100, "police")
    assert str(drill.item().reason) == "Met 06-22 17:25, in time: it was due 06-22 17:45."


def test_a_duty_met_in_time_late_and_by_a_day_without_its_hour() -> None:
    # 72 hours from 14:45 on the 22nd: 14:45 on the 25th, minute 4260
    cases: tuple[tuple[float, Precision, int], ...] = (
        (4000, "exact", 10),
        (4300, "exact", 5),
        (4000, "date", 5),  # the 25th, before or after 14:45
        (2500, "date", 10),  # the 24th, whatever the hour
    )
    for happened, precision, points in cases:
        drill = clocked("act.every")
        drill.fact(0, "organization_type", "public_body")
        drill.add(5000, e.DutyFiled("act.every"), happened=happened, precision=precision)
        assert drill.item().points == points
    drill = clocked("act.every")
    drill.fact(0, "organization_type", "public_body")
    drill.add(4200, e.DutyFiled("act.every"), precision="unknown")
    assert drill.item().points == 10  # written down in time: it cannot have been later


def test_a_duty_that_does_not_apply_is_left_out() -> None:
    drill = clocked("act.prelim")
    drill.fact(0, "organization_type", "business")
    drill.end(100)
    assert (drill.item().max, str(drill.item().reason)) == (
        0,
        "Left out: by what is recorded, this clock does not apply.",
    )


def test_a_duty_that_was_met_counts_though_it_does_not_apply() -> None:
    drill = clocked("act.prelim")
    drill.fact(0, "organization_type", "business")
    drill.add(10, e.DutyFiled("act.prelim"))
    assert (drill.item().points, drill.item().max) == (10, 10)


def test_a_clock_of_a_law_nobody_asked_is_left_out() -> None:
    drill = clocked("other.law")
    drill.end(100)
    assert drill.item().max == 0


def test_a_step_judged_unnecessary_by_hand_does_not_stop_its_clock() -> None:
    drill = clocked("step:notice-what")
    drill.add(5, e.StepSkipped("notice-what", Prose(text="x")))
    drill.end(100)
    assert (drill.item().points, drill.item().max) == (0, 10)


def test_where_the_law_names_no_date_our_own_aim_halves_it() -> None:
    # without delay, our aim 72 hours: minute 4260
    own = "the law names no date, our own aim was 06-25 14:45."
    for filed, points, said in (
        (4200, 10, f"Met 06-25 13:45, in time: {own}"),
        (4300, 5, f"Met 06-25 15:25, late: {own}"),
    ):
        drill = clocked("act.subjects")
        drill.fact(0, "organization_type", "public_body")
        drill.fact(0, "persons", 300)
        drill.add(filed, e.DutyFiled("act.subjects"))
        assert (drill.item().points, str(drill.item().reason)) == (points, said)


def test_a_filing_that_was_withdrawn_does_not_meet_a_clock() -> None:
    drill = clocked("act.every")
    drill.add(10, e.DutyFiled("act.every"))
    drill.add(20, e.FilingWithdrawn("act.every", Prose(text="x")))
    drill.end(6000)
    assert drill.item().points == 0


def test_a_clock_asked_for_by_itself_is_the_one_in_the_list() -> None:
    drill = clocked("act.every")
    drill.fact(0, "organization_type", "public_body")
    drill.fact(0, "persons", 300)
    drill.add(10, e.DutyFiled("act.prelim"))
    case = drill.case()
    found = deadlines(case, ())
    assert {one.id for one in found} >= {"act.every", "act.after", "step:police"}
    assert [deadline(case, one.id) for one in found] == found
    assert deadline(case, "step:theft") is None


# Orders


def ordered() -> Played:
    return Played(scenario(orders=[order("done(police)", "published(first-notice)")]))


def test_an_order_is_kept_where_the_first_came_first() -> None:
    drill = ordered()
    first, then = drill.finish(10, "police"), drill.publish(20)
    item = drill.item()
    assert (item.points, item.max, item.sort, item.seqs) == (5, 5, "order", (first, then))


def test_an_order_is_broken_where_the_second_came_first_or_alone() -> None:
    drill = ordered()
    then = drill.publish(10)
    assert (drill.item().points, drill.item().seqs, drill.item().open) == (0, (then,), False)
    first = drill.finish(20, "police")
    assert (drill.item().points, drill.item().seqs) == (0, (then, first))
    assert str(drill.item().reason) == (
        "Out of order: first-notice published came 06-22 15:55, step 1-2 “Police report” only 06-22 16:05."
    )


def test_what_was_done_first_and_noted_later_came_first() -> None:
    drill = ordered()
    drill.publish(10)
    drill.finish(20, "police", happened=5)
    assert drill.item().points == 5


def test_an_order_kept_by_somebodys_word_alone_says_so() -> None:
    drill = ordered()
    drill.publish(10)
    drill.finish(20, "police", happened=5)
    word = "The hour is the team's own word: entry 7 was written down only 06-22 16:05."
    assert str(drill.item().reason).endswith(word)
    drill = ordered()
    drill.finish(9, "police", happened=5)
    drill.publish(10)
    assert "own word" not in str(drill.item().reason)


def test_a_clock_met_by_somebodys_word_alone_says_so() -> None:
    drill = clocked("step:police")  # 3 hours from 14:45
    drill.finish(130, "police", happened=100)
    assert (drill.item().points, str(drill.item().reason)) == (
        10,
        "Met 06-22 17:25, in time: it was due 06-22 17:45. "
        "The hour is the team's own word: entry 4 was written down only 06-22 17:55.",
    )
    drill = clocked("step:police")
    drill.finish(130, "police", happened=125)
    assert "own word" not in str(drill.item().reason)


def test_an_order_is_open_until_its_second_part_comes() -> None:
    drill = ordered()
    assert (drill.item().points, drill.item().open, drill.item().still) == (0, True, 5)
    drill.end(100)
    assert (drill.item().points, drill.item().max) == (0, 5)
    drill = ordered()
    drill.finish(10, "police")
    assert (drill.item().points, drill.item().max, drill.item().open, drill.item().still) == (0, 5, True, 5)
    assert drill.score().reached_max == 0
    assert str(drill.item().reason) == (
        "In order so far: step 1-2 “Police report” 06-22 15:55; this has not come: first-notice published."
    )
    drill.publish(20)
    assert (drill.item().points, drill.item().open, drill.score().reached_max) == (5, False, 5)


def test_an_order_that_was_never_put_to_the_test_is_no_strength() -> None:
    drill = ordered()
    drill.finish(10, "police")
    drill.end(100)
    assert (drill.item().points, drill.item().max, drill.item().at) == (0, 0, None)
    assert str(drill.item().reason) == (
        "Left out: step 1-2 “Police report” was 06-22 15:55, but this never came: first-notice published."
    )


def test_a_first_step_that_is_reopened_and_done_again_was_still_first() -> None:
    drill = ordered()
    drill.finish(10, "police")
    drill.publish(20)
    drill.add(30, e.StepReopened("police"))
    assert drill.item().points == 0
    drill.finish(40, "police")
    assert drill.item().points == 5


def test_what_was_taken_back_before_the_second_came_was_not_first() -> None:
    drill = ordered()
    drill.finish(10, "police")
    drill.add(15, e.StepReopened("police"))
    drill.publish(20)
    drill.finish(40, "police")
    assert drill.item().points == 0


@pytest.mark.parametrize(
    ("first", "then"), [("done(theft)", "published(first-notice)"), ("done(police)", "done(theft)")]
)
def test_an_order_of_a_step_that_does_not_apply_is_left_out_where_the_first_did_not_come(first: str, then: str) -> None:
    drill = Played(scenario(orders=[order(first, then)]))
    drill.fact(5, "cause", "loss")
    drill.end(100)
    assert drill.item().max == 0
    assert str(drill.item().reason) == "Left out: step 1-3 does not apply."


def test_what_is_missing_is_said_in_words_whatever_its_condition() -> None:
    wanted = expected(
        "act", 10, "answered(call)", 'answered(reporter) and not tripped(G01) and (says("a") or says("b"))'
    )
    drill = Played(scenario([wanted]))
    drill.arrive(5)
    drill.answer(6)
    assert str(drill.item().reason) == (
        "1 of 2 done; missing: an answer to “The reporter”, guardrail G01 did not object, the team said “a” or “b”. "
        "Still open."
    )


def test_of_words_listened_for_in_both_languages_each_reader_is_told_those_of_the_own() -> None:
    drill = Played(
        scenario([expected("act", 10, "done(notice-what)", 'says("2本") or says("二本") or says("two sticks")')])
    )
    drill.finish(6)
    reason = drill.item().reason
    assert "the team said “two sticks”. " in speaker("en")(reason)
    japanese = speaker("ja")(reason)
    assert "「2本」または「二本」" in japanese
    assert "two sticks" not in japanese


def test_what_a_guardrail_has_made_impossible_is_not_open_any_more() -> None:
    drill = Played(scenario([expected("act", 10, "answered(call) and not tripped(G01)")]))
    drill.arrive(5)
    assert (drill.item().points, drill.item().open) == (0, True)
    drill.answer(6, "13桁です", "G01")
    item = drill.item()
    assert (item.points, item.max, item.open, item.seqs) == (0, 10, False, (5,))
    assert str(item.reason) == "Guardrail G01 objects to what was said in entry 5; what was said stays said."
    assert drill.score().reached_max == 10


def test_where_something_was_given_away_the_score_says_so_and_cites_the_right_answer_beside_it() -> None:
    parts = (
        'answered(call) and not tripped(G01) and says("no answer")',
        "answered(reporter) and not tripped(G01)",
    )
    drill = Played(scenario([expected("act", 10, *parts)]))
    drill.arrive(5)
    drill.arrive(5, "reporter")
    given_away = drill.answer(6, "13桁です", "G01")
    right = drill.answer(8, "no answer", inject="reporter")
    for ended in (False, True):
        item = drill.item()
        assert (item.points, item.seqs) == (0, (given_away, right)), ended
        assert str(item.reason) == (
            f"Guardrail G01 objects to what was said in entry {given_away}; what was said stays said. "
            f"The answer in entry {right} does not make up for it."
        )
        drill.end(20)


# Hazards


def test_a_hazard_that_did_not_happen_is_listed_with_what_really_happened() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G01)")]))
    assert str(drill.item().reason) == "It has not happened so far."
    drill.end(100)
    item = drill.item()
    assert (item.points, item.max, item.sort, item.seqs) == (0, 0, "disclosure", ())
    assert str(item.reason) == "It did not happen."
    assert (item.really.en, item.tip.en, item.source) == ("really", "tip", "source")


def test_each_disclosure_costs_its_points_at_most_so_often() -> None:
    drill = Played(scenario([expected("act", 60, "known(known_at)")], hazards=[hazard("tripped(G01)", 10, 3)]))
    drill.arrive(5)
    seqs = []
    for n, points in enumerate((-10, -20, -30, -30)):
        seqs.append(drill.answer(10 + n, "13桁です", "G01", "G05"))
        drill.answer(10 + n, "お答えできません", "G05")
        item = drill.score().items[1]
        assert (item.points, item.seqs) == (points, tuple(seqs))
    assert drill.score().points == 30
    assert item.at == minute(10)


def test_a_notice_that_went_out_past_a_warning_is_a_disclosure_once() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G07)", 5, 9)]))
    first = drill.publish(10, "住民の皆様", "G07")
    second = drill.publish(20, "住民の皆様へ")
    assert drill.item().seqs == (first,)
    third = drill.publish(30, "住民の皆様、", "G07")
    assert drill.item().seqs == (first, third)
    assert second not in drill.item().seqs


def test_what_is_said_again_counts_again() -> None:
    drill = Played(scenario(hazards=[hazard('says("13桁")', 5, 9)]))
    drill.arrive(5)
    seqs = (drill.answer(10, "１３桁です"), drill.publish(11, "パスワードは13桁"))
    drill.answer(12, "はい")
    assert drill.item().seqs == seqs


def test_an_entry_counts_again_only_where_it_brings_about_the_whole() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G01) and tripped(G05)", 5, 9)]))
    drill.arrive(5)
    seqs = (drill.answer(10, "x", "G01", "G05"), drill.answer(12, "x", "G05", "G01"))
    drill.answer(13, "x", "G01")
    assert drill.item().seqs == seqs


def test_another_condition_counts_each_time_it_comes_true() -> None:
    drill = Played(scenario(hazards=[hazard('published(first-notice) and not says("お詫び")', 5, 9)]))
    seq = drill.publish(10, "お知らせ")
    drill.arrive(11)
    drill.answer(12, "はい")
    assert drill.item().seqs == (seq,)
    drill.answer(13, "お詫びします")
    assert drill.item().seqs == (seq,)
    drill = Played(scenario(hazards=[hazard("persons < 100", 5, 9)]))
    turns = [drill.fact(at, "persons", value) for at, value in ((1, 50), (2, 60), (3, 500), (4, 50))]
    assert drill.item().seqs == (turns[0], turns[3])


def test_the_whole_is_never_below_zero() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G01)")]))
    drill.arrive(5)
    drill.answer(10, "13桁", "G01")
    score = drill.score()
    assert (score.points, score.max, score.machine, score.of("words")) == (0, 0, 0, (-10, 0))
