"""The board, driven by its keys over a real record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from rich.cells import cell_len

from runbook.actions import records, steps
from runbook.desk import Desk
from runbook.moment import Moment
from runbook.speech import LANGUAGES, Language, speaker
from runbook.tui.app import RunbookApp
from runbook.tui.screens.board import Board
from runbook.tui.screens.board.panel import StepPanel
from tests.tui.boarding import asking, board, here, press, write
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import said, screen_text, settled, until

SIZE = (80, 24)
Open = Callable[..., RunbookApp]


@pytest.fixture
def incident(desk: Desk) -> str:
    return desk.new("tiny", "USB").incident.id


async def test_a_step_from_start_to_finish(open_app: Open, desk: Desk, clock: Clockwork, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        assert here(app) == "notice-what check:asked"
        await press(pilot, "s", "space", "down", "space", "down", "e")
        await write(pilot, "~15:30")
        await settled(pilot)
        assert "about 2022-06-22 15:30" in screen_text(app)
        await press(pilot, "enter")
        assert not asking(app)
        assert "about 2022-06-22 15:30" in screen_text(app)
        clock.forward(minutes=5)
        await press(pilot, "k")
        assert said(app) == "Step 1-1 is finished.\nNext: 1-2 Report the loss to the police"
        state = desk.case(incident).incident.step("notice-what")
        assert (state.state, state.owner, state.ticked) == ("done", "佐藤", ("asked", "written"))
        assert state.done == Moment(START.replace(minute=50))
        await press(pilot, "full_stop")
        assert here(app) == "police field:station"


async def test_finishing_leads_to_what_is_missing_and_says_so(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "s", "k")
        assert here(app) == "notice-what field:noticed"
        assert "still needs" in said(app)
        await press(pilot, "p", "k")
        assert here(app) == "press warning:secret"
        assert "Read this warning first" in said(app)
        assert desk.case(incident).incident.step("press").state == "todo"


async def test_open_checks_are_listed_and_confirmed_with_the_time_it_ended(
    open_app: Open, desk: Desk, incident: str
) -> None:
    app = open_app(incident, "en")
    desk.do(incident, partial(steps.fill, step="notice-what", field="noticed", typed="15:30"))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "s", "space", "k")
        shown = screen_text(app)
        assert "Finish 1-1" in shown
        assert "[ ] It is written as told" in shown
        await press(pilot, "escape")
        assert desk.case(incident).incident.step("notice-what").state == "active"
        await press(pilot, "k")
        await write(pilot, "25:00")
        await press(pilot, "enter")
        assert asking(app)
        assert "is not a time" in screen_text(app)
        await press(pilot, *["backspace"] * 5)
        await write(pilot, "15:44")
        await press(pilot, "enter")
        assert not asking(app)
        state = desk.case(incident).incident.step("notice-what")
        assert (state.state, state.ticked) == ("done", ("asked",))
        assert state.done == Moment(START.replace(minute=44))


async def test_a_late_step_is_asked_when_it_was_really_finished(
    open_app: Open, desk: Desk, clock: Clockwork, incident: str
) -> None:
    app = open_app(incident, "en")
    desk.do(incident, partial(steps.fill, step="notice-what", field="noticed", typed="15:30"))
    for check in ("asked", "written"):
        desk.do(incident, partial(steps.tick, step="notice-what", check=check))
    clock.forward(hours=2)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: "overdue" in screen_text(app))
        await settled(pilot)
        assert "overdue" in screen_text(app)
        await press(pilot, "k")
        assert "When was it really finished?" in screen_text(app)
        await write(pilot, "16:01")
        await press(pilot, "enter")
        assert desk.case(incident).incident.step("notice-what").done == Moment(START.replace(hour=16, minute=1))


async def test_skip_with_a_reason_reopen_and_give(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "x")
        await write(pilot, "known already")
        await press(pilot, "enter")
        assert "skipped: known already" in screen_text(app)
        await press(pilot, "r")
        assert desk.case(incident).incident.step("notice-what").state == "todo"
        await press(pilot, "a")
        await write(pilot, "鈴木")
        await press(pilot, "enter")
        assert desk.case(incident).incident.step("notice-what").owner == "鈴木"


async def test_the_real_times_of_a_step(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        await write(pilot, "15:40")
        await press(pilot, "enter")
        assert desk.case(incident).incident.step("notice-what").started == Moment(START.replace(minute=40))
        await press(pilot, "t", "enter")  # asked which of the two
        await write(pilot, "15:35")  # what stood there is replaced
        await press(pilot, "enter")
        assert desk.case(incident).incident.step("notice-what").started == Moment(START.replace(minute=35))
        assert "since 15:35" in screen_text(app)


async def test_warnings_show_their_case_and_are_acknowledged_by_name(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "p")
        assert "Read!  ! Do not say how long it is" in screen_text(app)
        await press(pilot, "s")  # a step that has warnings begins with them
        shown = screen_text(app)
        for part in (
            "Never describe the password.",
            "A press conference once gave away",
            "Practice",
            "佐藤 has read it",
        ):
            assert part in shown
        await press(pilot, "escape")
        assert desk.case(incident).incident.acknowledged == {}
        await press(pilot, "w", "enter")
        assert not asking(app)
        assert desk.case(incident).incident.acknowledged["press:secret"].actor == "佐藤"
        assert "Read!" not in screen_text(app)
        assert screen_text(app).splitlines()[4].startswith("  Why")  # what one reads next, and not the end
        await press(pilot, "k")
        assert desk.case(incident).incident.step("press").state == "done"


async def test_undo_takes_back_the_last_act(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "s", "space")
        assert "[x] They were asked" in screen_text(app)
        await press(pilot, "u")
        assert "[ ] They were asked" in screen_text(app)
        assert desk.case(incident).incident.step("notice-what").state == "active"


async def test_keys_pressed_faster_than_the_disk_do_not_conflict_with_themselves(
    open_app: Open, desk: Desk, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("s", "space", "down", "space", "down", "e", *"15:30", "enter")
        await settled(pilot)
        assert said(app) == ""
        incident_now = desk.case(incident).incident
        assert incident_now.step("notice-what").ticked == ("asked", "written")
        assert incident_now.fact("noticed_at").current is not None


async def test_a_note_with_its_time_and_its_step(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "s", "n")
        assert "[x] belongs to step 1-1" in screen_text(app)  # for a step one is at
        await write(pilot, "the mayor called")
        await press(pilot, "tab")
        await write(pilot, "15:41")
        await press(pilot, "enter")
        entry = desk.entry(incident, 3).event
        assert (entry.occurred_at, entry.data.step) == (START.replace(minute=41), "notice-what")  # type: ignore[attr-defined]
        assert "Note: the mayor called" in screen_text(app)
        await press(pilot, "n", "ctrl+t")
        await write(pilot, "unrelated")
        await press(pilot, "enter")
        assert desk.entry(incident, 4).event.data.step == ""  # type: ignore[attr-defined]


async def test_renaming_and_closing(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+t")
        await write(pilot, "Lost stick")
        await press(pilot, "enter")
        assert "Lost stick" in screen_text(app).splitlines()[0]
        await press(pilot, "ctrl+e")
        assert "4 steps are still open" in screen_text(app)
        await press(pilot, "enter")  # without an explanation it is refused
        assert desk.case(incident).incident.closed_at is None
        await press(pilot, "ctrl+e")
        await write(pilot, "handed over")
        await press(pilot, "enter")
        assert desk.case(incident).incident.closed_at is not None
        assert "This incident was closed 2022-06-22 15:45" in screen_text(app)
        await press(pilot, "u")
        assert desk.case(incident).incident.closed_at is None


async def test_the_question_that_settles_whether_a_step_is_needed(open_app: Open, desk: Desk) -> None:
    incident = desk.new("lost-media").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        board(app).look_at("told-by-contractor")
        await settled(pilot)
        assert here(app) == "told-by-contractor ask:contractor_involved"
        await press(pilot, "enter", "n")
        assert "does not apply" in screen_text(app)
        assert here(app).startswith("told-by-contractor")


async def test_what_a_step_waits_for_is_one_key_away(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "right", "s")
        assert "waits for 1-1" in said(app)
        assert here(app) == "police wait:notice-what"
        await press(pilot, "enter")
        assert here(app).startswith("notice-what")


@pytest.mark.parametrize(("key", "number"), [("q", "4-1"), ("h", "6-1"), ("p", "7-2"), ("m", "8-1")])
async def test_phases_have_their_letters_from_anywhere(open_app: Open, desk: Desk, key: str, number: str) -> None:
    app = open_app(desk.new("lost-media").incident.id, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "f", key)
        assert app.screen is board(app)
        assert board(app).view.number == number  # what can be started first in it


async def test_sent_to_a_field_the_board_shows_it(open_app: Open, desk: Desk) -> None:
    app = open_app(desk.new("lost-media").incident.id, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "f")
        app.go("board", "field:first-notice/where")
        await settled(pilot)
        assert here(app) == "first-notice field:where"
        assert any(row.startswith("❯ ") for row in screen_text(app).splitlines()[4:18])


async def test_the_list_folds_at_eighty_columns_and_opens_with_a_bracket(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "[ 1 First minutes 0/2" in screen_text(app)
        await press(pilot, "left_square_bracket")
        assert asking(app)
        assert "2 Publishing" in screen_text(app)
        await press(pilot, "end", "enter")  # the phase opens
        assert asking(app)
        await press(pilot, "enter")
        assert here(app).startswith("press ")
        await press(pilot, "left_square_bracket", "escape")
        assert here(app).startswith("press ")


async def test_the_list_stands_beside_the_step_from_a_hundred_columns(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "left_square_bracket", "down")
        assert here(app).startswith("police ")
        await press(pilot, "enter", "down", "e")
        assert asking(app)
        await press(pilot, "escape")
        await pilot.resize_terminal(*SIZE)
        await settled(pilot)
        assert here(app) == "police field:station"
        assert "[ 1 First minutes" in screen_text(app)


async def test_another_seats_acts_appear_without_moving_what_one_reads(
    open_app: Open, seat: Callable[..., Desk], desk: Desk
) -> None:
    incident = desk.new("lost-media").incident.id
    other = seat("鈴木")
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "p", *["down"] * 9)
        panel = board(app).query_one(StepPanel)
        assert "check:" in here(app)
        shown, top, cursor = screen_text(app).splitlines(), panel.scroll_offset.y, here(app)
        assert top > 0
        # what is above is answered and grows shorter; what is read stays where it is
        other.do(incident, partial(steps.acknowledge, step="press-prepare", warning="press-password"))
        other.do(incident, partial(steps.start, step="notice-what"))
        await until(pilot, lambda: "#3" in screen_text(app))
        await settled(pilot)
        after = screen_text(app).splitlines()
        assert here(app) == cursor
        assert after[4:18] == shown[4:18]
        assert "鈴木 1-1 Who noticed what, and when: started" in screen_text(app)
        # and what is ticked elsewhere shows in place
        other.do(incident, partial(steps.tick, step="press-prepare", check=cursor.partition("check:")[2]))
        await until(pilot, lambda: "#5" in screen_text(app))
        await settled(pilot)
        changed = [
            (before, now)
            for before, now in zip(after[4:18], screen_text(app).splitlines()[4:18], strict=True)
            if before != now
        ]
        assert [(before.replace("[ ]", "[x]"), now) for before, now in changed] == [(now, now) for _, now in changed]
        assert len(changed) == 1


async def test_two_seats_at_one_step_the_second_is_told_who_was_first(
    open_app: Open, seat: Callable[..., Desk], desk: Desk, clock: Clockwork, incident: str
) -> None:
    app, other = open_app(incident, "en"), seat("鈴木")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "a")
        await write(pilot, "山本")
        clock.forward(minutes=1)
        other.do(incident, partial(steps.assign, step="notice-what", to="鈴木"))
        await until(pilot, lambda: "#2" in screen_text(app))
        await press(pilot, "enter")
        assert "! Meanwhile 鈴木 changed this at 06-22 15:46: given to someone." in screen_text(app)
        assert desk.case(incident).incident.step("notice-what").owner == "鈴木"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_longest_step_is_shown_whole(
    open_app: Open, desk: Desk, language: Language, size: tuple[int, int]
) -> None:
    """Paging down through it one reads every word, and no line is wider than the screen."""
    app = open_app(desk.new("lost-media").incident.id, language)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        board(app).look_at("first-notice")
        await settled(pilot)
        rows: list[str] = []
        for _ in range(6):
            shown = screen_text(app).splitlines()
            assert all(cell_len(row) <= size[0] for row in shown)
            rows += [row for row in shown if row not in rows]
            await press(pilot, "pagedown")
        step = board(app).view.step
        seen = "".join("".join(row.split()) for row in rows)
        for text in (*step.lines, *(check.title for check in step.checks), *(field.title for field in step.fields)):
            for word in text.said(language).split() if language == "en" else [text.said(language)[:12]]:
                assert word in seen, word


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_key_of_the_board_stands_in_its_footer_at_eighty_columns(
    open_app: Open, incident: str, language: Language
) -> None:
    app = open_app(incident, language)
    speak = speaker(language)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        footer = " ".join(screen_text(app).splitlines()[-2:])
        for command in Board.all_commands():
            if command.key in {"full_stop", "s", "space", "e", "k", "x", "r", "a", "t", "w", "n", "u", "f1", "f2"}:
                assert speak(command.title) in footer, command.key


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (1, 1)])
async def test_small_screens_do_no_harm(open_app: Open, desk: Desk, size: tuple[int, int]) -> None:
    app = open_app(desk.new("lost-media").incident.id, "ja")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "s", "down", "down", "p", "w", "escape", "e", "escape", "n", "escape")
        for other in ((120, 40), size):
            await pilot.resize_terminal(*other)
            await settled(pilot)


async def test_the_language_changes_in_place(open_app: Open, incident: str) -> None:
    app = open_app(incident, "ja")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "down")
        before = here(app)
        assert "本人に聞いた" in screen_text(app)
        await press(pilot, "f2")
        assert "They were asked" in screen_text(app)
        assert here(app) == before


async def test_a_closed_incident_takes_notes_only(open_app: Open, desk: Desk, incident: str) -> None:
    desk.do(incident, partial(records.close, explanation="over"))
    desk.do(incident, partial(records.note, text="after"))
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "s")
        assert "This incident was closed" in said(app)
        assert desk.case(incident).incident.step("notice-what").state == "todo"


async def test_enter_on_a_check_goes_on_and_records_nothing(open_app: Open, desk: Desk, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "n", "x", "enter", "enter")  # a note, and one enter too many
        assert here(app) == "notice-what check:written"
        own = desk.case(incident).incident
        assert (own.seq, own.step("notice-what").ticked) == (2, ())
        await press(pilot, "enter", "enter")
        assert asking(app)  # a field opens
