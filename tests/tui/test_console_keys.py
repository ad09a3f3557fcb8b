"""Every control of the facilitator's console by its keys, and what is recorded then."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from runbook import events as e
from runbook.actions import facts, judging
from runbook.tui.app import RunbookApp
from runbook.tui.screens.console.injecting import InjectForm
from runbook.tui.screens.form import packed
from tests.drilling import SCENARIO
from tests.tui.consoling import Led, led, press, reckoned, seated
from tests.tui.looking import said, screen_text, settled

__all__ = ["led"]


def told(app: RunbookApp) -> str:
    """What stands on the screen in one line, without the frames of windows."""
    return " ".join(screen_text(app).replace("│", " ").split())


def go_to(app: RunbookApp, line: str) -> Input:
    """The cursor goes to a line of the inject that is open."""
    form = app.screen
    assert isinstance(form, InjectForm)
    field = next(one for spec, one in zip(form._lines, form._inputs, strict=True) if spec.id == line)
    field.focus()
    return field


# The events list


async def test_push_names_the_inject_and_lets_it_arrive_only_once_confirmed(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "end", "enter")
        assert "Let inject 4 “It is found” arrive now?" in screen_text(app)
        await press(pilot, "escape")
        assert led.drill.inject("find").arrival is None
        await press(pilot, "enter", "enter")
        arrival = led.drill.inject("find").arrival
        assert arrival is not None
        assert arrival.by_hand
        await press(pilot, "enter")
        assert "has arrived already" in said(app)


async def test_what_is_held_back_stays_away_until_it_is_let_go(led: Led) -> None:
    async with seated(led) as (_, pilot):
        await press(pilot, "home", "ctrl+k")
        assert led.drill.inject("call").held
        led.play(6)
        assert led.drill.inject("call").arrival is None
        await press(pilot, "ctrl+k")
        assert not led.drill.inject("call").held
        led.play(1)
        assert led.drill.inject("call").arrival is not None


async def test_an_inject_is_edited_and_says_that_it_was(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "end", "ctrl+e")
        assert "Inject 4: edit" in screen_text(app)
        await press(pilot, "down", Paste(" again"), "ctrl+s")
        assert led.drill.inject("find").changed is not None
        assert "It is found again" in screen_text(app)
        assert "edited" in screen_text(app)
        changed = led.last
        assert isinstance(changed, e.InjectChanged)
        assert changed.title_ja.text == "見つかった"
        assert changed.text_ja.text == "書庫にありました。"
        assert changed.hand


async def test_a_half_typed_inject_stands_in_its_own_lines_in_the_other_language_too(led: Led) -> None:
    async with seated(led, "ja") as (app, pilot):
        await press(pilot, "ctrl+n", "down", Paste("二度目の電話"), "escape", "f2", "ctrl+n")
        assert go_to(app, "title_ja").value == "二度目の電話"
        assert go_to(app, "title_en").value == ""


async def test_what_arrived_is_not_edited_any_more(led: Led) -> None:
    led.play(6)
    async with seated(led) as (app, pilot):
        await press(pilot, "home", "ctrl+e")
        assert "Add another one instead." in said(app)


async def test_an_inject_is_added_while_the_drill_runs_and_arrives(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+n", "down", Paste("A second call"), "down", "down", Paste("They search the cellar."))
        await press(pilot, "down", "down", Paste("Archive"))
        go_to(app, "at")
        await press(pilot, Paste("09:20"), "ctrl+s")
        added = led.last
        assert isinstance(added, e.InjectChanged), screen_text(app)
        assert added.number == 5
        assert (added.title_ja.text, added.title_en.text) == ("A second call", "A second call")
        assert added.at is not None
        led.play(21)
        assert led.drill.inject(added.inject).arrival is not None


async def test_a_choice_by_number_shows_its_words(led: Led) -> None:
    async with seated(led, "ja") as (app, pilot):
        await press(pilot, "ctrl+n")
        form = app.screen
        assert isinstance(form, InjectForm)
        lines = {line.id: one for line, one in zip(form._lines, form._inputs, strict=True)}
        for id, typed, words in (
            ("objective", "2", "語ってよいことを語る"),
            ("to", "2, 3", "対応責任者, 記録係"),
            ("kind", "3", "報道"),
            ("answer", "1", "はい"),
        ):
            lines[id].value = ""
            lines[id].focus()
            await press(pilot, *typed)
            await press(pilot, "down")
            assert lines[id].value == words


def test_no_number_of_a_choice_stands_apart_from_its_words() -> None:
    hint = "1 第一報を聞き取り、待たずに上へ報告する  2 中身と件数を確かめ、証拠を残す  3 公表する  4 " + "長い" * 20
    assert packed(hint, 70).plain.splitlines() == [
        "1 第一報を聞き取り、待たずに上へ報告する",
        "2 中身と件数を確かめ、証拠を残す  3 公表する",
        "4 " + "長い" * 17,
        "長い" * 3,
    ]


async def test_bad_input_is_named_and_loses_nothing(led: Led) -> None:
    async with seated(led) as (app, pilot):
        seq = led.case.incident.seq
        await press(pilot, "ctrl+n", "down", Paste("A title"), "down", "down", Paste("A text"), "down", "down")
        await press(pilot, Paste("Someone"))
        form = app.screen
        for line, text, says in (
            ("number", "5x", "“5x” is not a number."),
            ("number", "3", "There is an inject 3 already."),
            ("at", "soon", "“soon” is not a time."),
            ("when", "done(no-such-step)", "no-such-step"),
            ("when", "done(", "done("),
            ("depends_on", "99", "There is no inject “99”."),
            ("kind", "!", "is none of these"),
            ("answer", "yes", "“wants an answer”: Somebody must be there to answer: name a role that gets it."),
        ):
            field = go_to(app, line)
            before = field.value
            await press(pilot, "end", "ctrl+u", Paste(text), "ctrl+s")
            assert app.screen is form
            assert field.has_focus, line
            assert says in told(app)
            assert isinstance(form, InjectForm)
            assert form.text.count("A title") == 1
            assert "A text" in form.text
            assert led.case.incident.seq == seq
            await press(pilot, "end", "ctrl+u", Paste(before))


async def test_a_milestone_is_reached_by_hand(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "f6")
        assert "Announced" in screen_text(app)
        await press(pilot, "enter")
        assert "told" in led.drill.milestones
        await press(pilot, "f6")
        assert "no milestone left" in said(app)


# The clock


async def test_space_stops_the_clock_and_lets_it_run_on_as_fast_as_before(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "plus")
        assert led.clock == "06-01 09:00 x12"
        await press(pilot, "space")
        assert led.clock == "06-01 09:00 x0"
        assert " stands " in screen_text(app)
        led.wall.forward(hours=1)
        await press(pilot, "space")
        assert led.clock == "06-01 09:00 x12"
        await press(pilot, "minus", "minus")
        assert led.clock == "06-01 09:00 x5"


async def test_a_drill_that_was_just_opened_is_let_run_at_its_own_speed(led: Led) -> None:
    led.id = led.room.start("small").incident.id
    async with seated(led) as (app, pilot):
        assert led.clock == "06-01 09:00 x0"
        await press(pilot, "plus")
        assert "The clock stands." in said(app)
        await press(pilot, "space")
        assert led.clock == "06-01 09:00 x10"


async def test_the_speed_is_typed_and_refused_beyond_what_a_clock_does(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+x", Paste("500"), "enter")
        assert "The clock cannot run" in told(app)
        await press(pilot, "ctrl+u", Paste("45x"), "enter")
        assert led.clock == "06-01 09:00 x45"


async def test_a_jump_names_its_date_and_what_it_passes_before_it_is_made(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+g", Paste("08:30"))
        assert "06-02(Tue) 08:30; injects in between: 2." in screen_text(app)
        await press(pilot, "enter")
        text = told(app)
        assert "Put the clock forward to 06-02(Tue) 08:30?" in text
        assert "1 A call from a colleague, 3 A reporter asks" in text
        await press(pilot, "n")
        assert led.clock == "06-01 09:00 x10"
        await press(pilot, "ctrl+g", Paste("08:30"), "enter", "y")
        assert led.clock == "06-02 08:30 x10"


async def test_a_jump_names_the_laws_own_deadlines_it_passes(led: Led) -> None:
    for name, typed in (("known_at", "09:00"), ("persons", "460517"), ("cause", "loss")):
        led.desk.do(led.id, partial(facts.claim, name=name, typed=typed))
    async with seated(led, size=(120, 40)) as (app, pilot):
        await press(pilot, "ctrl+g", Paste("06-01 10:00"), "enter")
        assert "Legal deadlines" not in told(app)
        await press(pilot, "n", "ctrl+g", Paste("06-08 09:00"), "enter")
        assert "Legal deadlines that fall in between: 2. Preliminary report (art. 68) 06-05(Fri) 23:59, " in told(app)


async def test_a_part_that_adjoins_is_begun_with_no_time_put_forward(tmp_path: Path) -> None:
    adjoining = "2026-06-01T11:00, to: 2026-06-01T12:00"
    led = Led(tmp_path, SCENARIO.replace("2026-06-02T08:30, to: 2026-06-02T10:30", adjoining))
    led.play(500)
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+l")
        assert "Begin the next part, “The next morning”?" in told(app)
        assert "Put the clock forward" not in told(app)
        await press(pilot, "y")
        assert led.clock == "06-01 11:00 x10"
        last = led.last
        assert isinstance(last, e.ClockSet)
        assert (last.jumped_from, last.until is None) == (None, False)
    led.close()


async def test_a_jump_to_no_time_says_so_and_stays(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+g", Paste("breakfast"), "enter")
        assert "“breakfast” is not a time." in told(app)
        assert led.clock == "06-01 09:00 x10"


async def test_the_next_part_is_jumped_to_also_by_space_where_one_is_over(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+l")
        assert "Put the clock forward to 06-02(Tue) 08:30?" in screen_text(app)
        await press(pilot, "escape")
        led.play(500)
        app._tick()
        await settled(pilot)
        await press(pilot, "space", "y")
        assert led.clock == "06-02 08:30 x10"
        await press(pilot, "ctrl+l")
        assert "No part comes after this one." in said(app)


async def test_the_clock_stands_while_an_inject_is_discussed(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+d")
        assert led.drill.discussing == "call"
        assert "stands, to discuss inject 1" in screen_text(app)
        await press(pilot, "space")
        assert led.drill.discussing == ""


async def test_the_drill_is_ended_once_that_was_confirmed_and_can_still_be_judged(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "f9", "escape")
        assert led.drill.ended is None
        await press(pilot, "f9", "y")
        assert led.drill.ended is not None
        assert "drill over" in screen_text(app)
        await press(pilot, "ctrl+r", "enter", *"S", "enter", Paste("slow"), "enter")
        assert led.drill.ratings["report"].rate == "S"


# Watching and judging


async def test_a_note_is_tied_to_this_moment_or_to_what_is_chosen(led: Led) -> None:
    async with seated(led) as (_, pilot):
        await press(pilot, "ctrl+o", "enter", Paste("all calm"), "enter")
        assert led.drill.observations[-1].text.text == "all calm"
        assert led.drill.observations[-1].inject == ""
        await press(pilot, "ctrl+o", "down", "enter", Paste("they waited"), "enter")
        assert led.drill.observations[-1].inject == "call"
        await press(pilot, "ctrl+o", "end", "enter", Paste("well said"), "enter")
        assert led.drill.observations[-1].objective == "words"


async def test_a_note_is_tied_to_an_entry_the_score_cites(led: Led) -> None:
    led.play(6)
    led.room.answer(led.id, "call", "パスワードは13桁の英数字です。")
    seq = led.case.incident.seq
    async with seated(led) as (_, pilot):
        await press(pilot, "3", "end", "enter", "enter", Paste("said it in a hurry"), "enter")
        assert led.drill.observations[-1].about == seq


async def test_a_half_typed_note_is_kept_and_offered_first(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+o", "down", "enter", Paste("they are wai"), "escape")
        assert not any(isinstance(event.data, e.ObservationNoted) for event in led.desk.events(led.id))
        await press(pilot, "ctrl+o")
        assert "half typed: they are wai" in screen_text(app)
        await press(pilot, "enter", Paste("ting"), "enter")
        assert led.drill.observations[-1].text.text == "they are waiting"
        assert led.drill.observations[-1].inject == "call"


async def test_an_objective_is_rated_with_a_reason_and_nothing_else_than_psmu(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "ctrl+r", "down", "enter", "ctrl+s")
        refused = screen_text(app)
        assert "Nothing is chosen here." in refused
        assert refused.count("1 P: ") == 2  # the line and the refusal name the answers alike
        await press(pilot, *"X", "ctrl+s")
        assert "is none of these" in screen_text(app)
        await press(pilot, "backspace", *"p", "enter", Paste("plain words"), "enter")
        rating = led.drill.ratings["words"]
        assert (rating.rate, rating.reason.text) == ("P", "plain words")


async def test_points_are_overruled_with_a_reason_and_given_back(led: Led) -> None:
    async with seated(led) as (app, pilot):
        await press(pilot, "3", "ctrl+t", *"7", "ctrl+s")
        assert "Overruling a score needs a reason." in told(app)
        await press(pilot, "down", Paste("told by telephone"), "ctrl+s")
        assert led.drill.overruled["head-told"].points == 7
        await reckoned(pilot)
        assert "evaluator 7/10" in screen_text(app)
        assert "told by telephone" in screen_text(app)
        await press(pilot, "ctrl+t", "backspace", "down", Paste("it counts after all"), "ctrl+s")
        await reckoned(pilot)
        assert "evaluator 7/10" not in screen_text(app)


async def test_an_improvement_with_an_edit_of_the_playbook_is_planned_and_changed(led: Led) -> None:
    number = led.case.playbook.numbers["report-head"]
    async with seated(led) as (app, pilot):
        await press(
            pilot,
            "f7",
            Paste("late report"),
            "down",
            Paste("put it on the card"),
            "down",
            Paste("Archive section"),
            "down",
        )
        await press(pilot, "down", *["backspace"] * 2, *"60", "down", "down", *number, "ctrl+s")
        assert "needs a step, a line or check" in told(app)
        await press(pilot, *"2", "down", Paste("told?"), "down", Paste("told?"), "ctrl+s")
        plan = led.drill.plans["i1"].plan
        assert (plan.issue.text, plan.action.text, plan.owner) == (
            "late report",
            "put it on the card",
            "Archive section",
        )
        assert (plan.due, plan.step, plan.add) == ("2027-01-21", "report-head", "check")
        await press(pilot, "f7", "end", "enter", "down", Paste(" now"), "ctrl+s")
        assert led.drill.plans["i1"].plan.action.text == "put it on the card now"


async def test_the_report_is_written_to_a_file_that_bears_the_mark(
    led: Led, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with seated(led) as (app, pilot):
        await press(pilot, "f8", "enter")
        await settled(pilot)
        [page] = tmp_path.glob("*.html")
        assert page.name.startswith("DRILL-")
        assert page.name in said(app).replace("\n", "")
        assert "DRILL" in page.read_text("utf-8")
        await press(pilot, "f8", "ctrl+u", Paste("mine.md"), "enter")
        assert "A small drill" in (tmp_path / "DRILL-mine.md").read_text("utf-8")


async def test_ratings_notes_and_improvements_are_listed(led: Led) -> None:
    for decide in (
        partial(judging.observe, text="all calm"),
        partial(judging.rate, objective="words", rating="M", reason="too many words"),
    ):
        led.desk.do(led.id, decide)
    async with seated(led) as (app, pilot):
        await press(pilot, "4")
        assert "all calm" in screen_text(app)
        await press(pilot, "end")
        assert "too many words" in screen_text(app)
        assert "performed with major challenges" in screen_text(app)
