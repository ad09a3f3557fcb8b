"""Where a case stands, and when what is due."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec
import pytest

from runbook.actions import facts, steps
from runbook.content import Content
from runbook.duties import deadlines, due_at, intervals
from runbook.moment import Moment, Precision
from runbook.playbook import Due
from runbook.progress import missing_fields, next_steps, open_facts, step_views, unread_warnings
from runbook.speech import speaker
from tests.making import START, TOKYO, both, done, later, opened_case, small_playbook

KNOWN = partial(facts.claim, name="known_at", typed="15:45")


def states(case) -> dict[str, str]:
    return {view.step.id: view.state for view in step_views(case)}


def todo(case) -> list[str]:
    return [view.step.id for view in next_steps(step_views(case))]


def test_states_of_a_new_case():
    assert states(opened_case()) == {"notice-what": "todo", "police": "blocked", "theft": "todo", "press": "todo"}


def test_an_uncertain_step_names_the_fact_that_would_settle_it_and_is_not_next():
    case = opened_case()
    theft = next(view for view in step_views(case) if view.step.id == "theft")
    assert theft.settles == ("cause",)
    assert [view.step.id for view in next_steps(step_views(case))] == ["notice-what", "press"]


def test_a_condition_that_is_false_takes_the_step_out_and_true_brings_it_in():
    lost = done(opened_case(), partial(facts.claim, name="cause", typed="loss"))
    assert states(lost)["theft"] == "not_applicable"
    stolen = done(lost, partial(facts.claim, name="cause", typed="theft"))
    assert states(stolen)["theft"] == "todo"


def test_overdue_comes_first_then_what_is_being_done():
    case = later(done(opened_case(), partial(steps.start, step="press")), minutes=31)
    assert [view.step.id for view in next_steps(step_views(case))] == ["notice-what", "press"]
    assert step_views(case)[0].overdue
    early = done(opened_case(), partial(steps.start, step="press"))
    assert [view.step.id for view in next_steps(step_views(early))] == ["press", "notice-what"]


def test_what_is_due_soon_comes_before_what_stands_earlier_and_has_a_day_left():
    case = done(opened_case(Content(None).playbook("lost-media")), KNOWN)
    order = list(case.playbook.steps)
    for id in order[: order.index("carry-out")]:
        case = done(case, partial(steps.skip, step=id, reason="done by another"))
    case = done(case, partial(steps.start, step="data-sets"))
    assert todo(case)[:2] == ["data-sets", "last-seen"]  # an hour from the opening, beside a day
    later_on = done(later(case, minutes=61), partial(steps.skip, step="last-seen", reason="done by another"))
    assert todo(later_on)[:3] == ["data-sets", "search-teams", "carry-out"]


def test_once_it_is_found_what_the_find_asks_for_comes_before_all_that_was_left_lying():
    case = later(done(opened_case(Content(None).playbook("lost-media")), KNOWN), days=2)
    case = done(case, partial(facts.claim, name="search_ongoing", typed="yes"))
    before = next_steps(step_views(case))
    assert before[0].step.id == "notice-what"
    assert before[0].overdue
    found = done(case, partial(facts.claim, name="found_at", typed="about 12:00"))
    assert [view.step.id for view in next_steps(step_views(found))][:2] == ["find-record", "notice-what"]
    noted = done(found, partial(steps.skip, step="find-record", reason="kept elsewhere"))
    assert [view.step.id for view in next_steps(step_views(noted))][:3] == ["find-custody", "find-tell", "notice-what"]


def test_missing_fields_warnings_and_open_facts():
    case = opened_case()
    assert [f.id for f in missing_fields(case, case.playbook.steps["notice-what"])] == ["noticed"]
    assert [w.id for w in unread_warnings(case, case.playbook.steps["press"])] == ["password"]
    assert open_facts(case) == ["noticed_at", "known_at", "police_station"]


def test_a_list_that_nobody_counted_fills_no_field_that_asks_for_counts():
    playbook = Content(None).playbook("lost-media")
    case, step = opened_case(playbook), playbook.steps["data-sets"]
    needed = [field.id for field in missing_fields(case, step)]
    assert "datasets" in needed
    for count, missing in ((None, needed), (80000, [id for id in needed if id != "datasets"])):
        case = done(case, partial(facts.record_dataset, name=f"list {count}", count=count, unit="persons"))
        assert [field.id for field in missing_fields(case, step)] == missing


def test_a_warning_whose_condition_nobody_can_judge_is_shown():
    book = small_playbook()
    warning = msgspec.structs.replace(book.warnings["password"], when="encrypted == no")
    case = opened_case(msgspec.structs.replace(book, warnings={"password": warning}))
    assert unread_warnings(case, book.steps["press"])
    settled = done(case, partial(facts.claim, name="encrypted", typed="yes"))
    assert not unread_warnings(settled, book.steps["press"])


def deadline(case, step: str):
    return next(d for d in deadlines(case) if d.step == step)


def test_a_due_time_runs_from_its_fact_and_says_how_it_was_computed():
    case = done(opened_case(), partial(facts.claim, name="known_at", typed="15:45"))
    police = deadline(case, "police")
    assert police.due_at == START + timedelta(hours=3)
    assert (police.id, police.regime, police.state, police.confidence) == ("step:police", None, "running", "official")
    assert police.basis == both("The law")
    assert "15:45" in str(police.derivation[0])
    assert "18:45" in str(police.derivation[1])


def test_days_are_counted_with_the_first_as_day_one_and_end_at_the_last_second():
    case = done(opened_case(), partial(facts.claim, name="known_at", typed="15:45"))
    assert deadline(case, "press").due_at == datetime(2022, 6, 26, 23, 59, 59, tzinfo=TOKYO)


def test_what_it_starts_from_is_not_known_yet():
    police = deadline(opened_case(), "police")
    assert (police.state, police.due_at) == ("unknown", None)
    assert "Known" in str(police.derivation[0])
    unknown = done(opened_case(), partial(facts.claim, name="known_at", typed="unknown"))
    assert deadline(unknown, "police").state == "unknown"


def test_met_overdue_and_not_applicable():
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="noticed", typed="03:00"))
    assert deadline(later(case, minutes=29), "notice-what").state == "running"
    assert deadline(later(case, minutes=31), "notice-what").state == "overdue"
    late = done(later(case, minutes=40), partial(steps.finish, step="notice-what"))
    assert deadline(late, "notice-what").state == "met"
    assert "after it was due" in str(deadline(late, "notice-what").derivation[2])
    skipped = done(case, partial(steps.skip, step="notice-what", reason="r"))
    assert deadline(skipped, "notice-what").state == "not_applicable"


def test_the_fact_that_tells_when_it_was_done_meets_the_clock_whenever_the_step_is_ticked_off():
    small = small_playbook()
    notice, *others = small.phases[0].steps
    timed = msgspec.structs.replace(notice, due=Due("opened", within="30min", met="known_at"))
    phase = msgspec.structs.replace(small.phases[0], steps=(timed, *others))
    case = later(opened_case(msgspec.structs.replace(small, phases=(phase, small.phases[1]))), minutes=40)
    assert deadline(case, "notice-what").state == "overdue"
    told = done(case, partial(facts.claim, name="known_at", typed=f"{START + timedelta(minutes=20):%H:%M}"))
    met = deadline(told, "notice-what")
    assert (met.state, met.met_at, met.in_time) == ("met", START + timedelta(minutes=20), True)
    assert not next(view for view in step_views(told) if view.step.id == "notice-what").overdue
    filled = done(told, partial(steps.fill, step="notice-what", field="noticed", typed="03:00"))
    ticked = done(later(filled, minutes=40), partial(steps.finish, step="notice-what"))
    assert deadline(ticked, "notice-what").met_at == START + timedelta(minutes=20)
    ahead = f"{case.now + timedelta(hours=1):%Y-%m-%d %H:%M}"
    planned = done(case, partial(facts.claim, name="known_at", typed=ahead))
    assert deadline(planned, "notice-what").state == "overdue"


def test_what_may_not_be_needed_is_not_overdue_once_its_time_has_passed():
    small = small_playbook()
    notice, police, theft = small.phases[0].steps
    timed = msgspec.structs.replace(theft, due=Due("opened", within="30min"))
    phase = msgspec.structs.replace(small.phases[0], steps=(notice, police, timed))
    case = opened_case(msgspec.structs.replace(small, phases=(phase, small.phases[1])))
    past = deadline(later(case, minutes=31), "theft")
    assert (past.applies, past.state) == (None, "unknown")
    assert str(past.derivation[-1]) == "Its time has passed, but whether this step is needed is not known yet."
    assert not next(view for view in step_views(later(case, minutes=31)) if view.step.id == "theft").overdue
    stolen = done(case, partial(facts.claim, name="cause", typed="theft"))
    assert deadline(later(stolen, minutes=31), "theft").state == "overdue"
    begun = done(case, partial(steps.start, step="theft"))
    assert deadline(later(begun, minutes=31), "theft").state == "overdue"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("15:45", "“Known” is 06-22 15:45."),
        ("~15:45", "“Known” is about 06-22 15:45."),
        ("2022-06-22", "“Known” is known by its day only: counted from the start of 06-22 00:00."),
    ],
)
def test_a_start_that_is_not_exact_is_said(typed: str, said: str):
    case = done(opened_case(), partial(facts.claim, name="known_at", typed=typed))
    assert speaker("en")(deadline(case, "police").derivation[0]) == said


@pytest.mark.parametrize(
    ("at", "precision", "said"),
    [
        (START, "exact", "Step 1-1 was finished 06-22 15:45."),
        (START, "about", "Step 1-1 was finished about 06-22 15:45."),
        (START.replace(hour=0, minute=0), "date", "Of step 1-1 only the day is known: counted from the start of 06-22"),
    ],
)
def test_the_end_of_a_step_that_is_not_exact_is_said(at: datetime, precision: Precision, said: str):
    small = small_playbook()
    notice, police, theft = small.phases[0].steps
    after = msgspec.structs.replace(police, due=Due("step:notice-what", within="3h"))
    phase = msgspec.structs.replace(small.phases[0], steps=(notice, after, theft))
    case = opened_case(msgspec.structs.replace(small, phases=(phase, small.phases[1])))
    case = done(case, partial(steps.fill, step="notice-what", field="noticed", typed="15:00"))
    case = done(case, partial(steps.finish, step="notice-what", moment=Moment(at, precision)))
    assert speaker("en")(deadline(case, "police").derivation[0]).startswith(said)


def test_soonest_first_and_settled_ones_last():
    case = done(opened_case(), partial(facts.claim, name="known_at", typed="15:45"))
    assert [d.step for d in deadlines(case)] == ["notice-what", "police", "press"]
    case = done(case, partial(steps.skip, step="notice-what", reason="r"))
    assert [d.step for d in deadlines(case)] == ["police", "press", "notice-what"]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_length_of_time_is_real_time_across_a_change_of_clocks(zone: str):
    """24 h after noon on the eve of the change is an hour off noon on the wall."""
    there = ZoneInfo(zone)
    eve = datetime(2026, 3, 28 if zone.startswith("Europe") else 7, 12, tzinfo=there)
    due = due_at(Due("x", within="24h"), eve)
    assert due.timestamp() - eve.timestamp() == 24 * 3600


def test_a_length_of_time_that_runs_backwards_is_none():
    case = done(opened_case(), partial(facts.claim, name="noticed_at", typed="15:00"))
    case = done(case, partial(facts.claim, name="known_at", typed="15:45"))
    assert [(one.start, one.end) for one in intervals(case)] == [("noticed_at", "known_at")]
    assert intervals(done(case, partial(facts.claim, name="known_at", typed="14:00"))) == []
