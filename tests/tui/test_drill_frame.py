"""What stands on every screen of a drill: the mark, how its clock goes, what the real case had done; and leading it
where nobody is at the facilitator's console."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import TextArea

from runbook.actions import drills, steps
from runbook.case import Case
from runbook.drills.ghosts import done_by, ghosts
from runbook.moment import Moment
from runbook.scenario import Ghost
from runbook.speech import LANGUAGES, Bilingual, Language, speaker
from runbook.tui import places
from runbook.tui.app import MARK, RunbookApp
from runbook.tui.drill_words import clock_state, drill_lines, ghost_line
from runbook.tui.presenting import Shades
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.incoming.showing import about_ghost
from runbook.tui.teller import Teller
from tests.drilling import SCENARIO, Held
from tests.tui.boarding import press, write
from tests.tui.drilled import NARROW, WIDE, frame, play, seat
from tests.tui.looking import said, screen_text, settled, until

MODALS = ["n", "ctrl+p", "f1", "slash"]
PLACES = sorted(places.IN_CASE, key=lambda place: place == "record")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def state(held: Held, language: Language = "en") -> str:
    message = clock_state(held.case, held.wall())
    return "" if message is None else speaker(language)(message)


def ghost(case: Case, width: int = 200) -> str:
    return ghost_line(Teller(case, "en", Shades()), width).plain.strip()


# The mark


@pytest.mark.parametrize(("size", "language"), [(NARROW, "ja"), (WIDE, "en")])
async def test_every_place_and_every_question_of_a_drill_carries_the_mark(
    held: Held, language: Language, size: tuple[int, int]
) -> None:
    held.play(6)
    held.desk.do(held.id, partial(drills.end))
    app = seat(held, language)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for name in PLACES:
            app.go(name)
            await settled(pilot)
            assert marked(app), name
        for key in MODALS:  # the last place has a search
            await press(pilot, key)
            assert isinstance(app.screen, Asking), key
            assert marked(app), key
            await press(pilot, "escape")


def marked(app: RunbookApp) -> bool:
    """Whether the first line has the mark, on a ground of its own."""
    top = app.screen._compositor.render_strips()[0]
    style = next((segment.style for segment in top if "DRILL" in segment.text), None)
    return style is not None and style.bgcolor is not None


async def test_what_is_copied_in_a_drill_begins_with_the_mark(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    app, left = seat(held), list[str]()
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", left.append)
        app.copy_to_clipboard("住民")
        [written] = left
        assert _copied(written) == f"{MARK} 住民"
        assert MARK == "【訓練 DRILL】"


async def test_within_the_drill_it_is_pasted_as_it_was_and_elsewhere_with_the_mark(held: Held) -> None:
    live = held.desk.new("lost-media").incident.id
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.copy_to_clipboard("住民")
        assert app.clipboard == "住民"
        await press(pilot, "o")
        app.open_case(live)
        await settled(pilot)
        assert app.clipboard == f"{MARK} 住民"
        app.copy_to_clipboard("本物")
        assert app.clipboard == "本物"


def _copied(sequence: str) -> str:
    import base64

    return base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\a")).decode()


# The clock


def test_how_the_clock_goes_is_said_in_a_word(held: Held) -> None:
    assert state(held) == "10x speed"
    held.desk.do(held.id, partial(drills.pause, wall=held.wall()))
    assert state(held) == "clock stands"
    held.desk.do(held.id, partial(drills.resume, wall=held.wall()))
    held.play(6)
    held.desk.do(held.id, partial(drills.pause, wall=held.wall(), inject="call"))
    assert state(held) == "discussing inject 1"
    held.desk.do(held.id, partial(drills.resume, wall=held.wall(), speed=1))
    assert state(held) == ""
    held.desk.do(held.id, partial(drills.resume, wall=held.wall(), speed=120))
    held.play(500)
    assert state(held) == "waits for the next part"
    held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
    held.play(500)
    assert state(held) == "last part over"
    held.desk.do(held.id, drills.end)
    assert state(held) == "drill over"


def test_a_clock_that_ran_on_to_where_a_part_begins_stands_there_and_runs_on_in_it(held: Held) -> None:
    last = held.case.playbook.scenario.legs[-1]
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=last.start - timedelta(minutes=5)))
    held.play(500)
    assert held.case.now == last.start
    assert state(held) == "clock stands"
    held.desk.do(held.id, partial(drills.resume, wall=held.wall()))
    assert held.case.incident.clock.until == last.end
    held.play(500)
    assert state(held) == "last part over"


async def test_a_team_without_a_facilitator_goes_on_and_ends_the_drill_itself(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, held, 500)
        app.fresh = ""  # what arrived last is named first, for a while
        assert "waits for the next part" in screen_text(app).splitlines()[0]
        assert "i, then N goes on" in frame(app)[0]
        await press(pilot, "i")
        assert "i, then" not in frame(app)[0]  # here they are, among the keys
        assert "Part over" in frame(app)[0]
        await press(pilot, "N")
        assert f"{held.case.now:%m-%d %H:%M}" == "06-02 08:30"
        await play(pilot, held, 500)
        app.fresh = ""
        await press(pilot, "b")
        assert "i, then E ends the drill" in frame(app)[0]
        await press(pilot, "i", "W")
        drill = held.case.incident.drill
        assert drill is not None
        assert drill.ended is None
        await press(pilot, "E", "enter")
        assert held.case.incident.drill is not None
        assert held.case.incident.drill.ended is not None
        assert "Hot wash" in screen_text(app)
        assert frame(app)[0] == "The drill is over."  # here is the score
        await press(pilot, "b")
        assert frame(app)[0] == "The drill is over. i, then W: the score"


async def test_once_a_drill_is_over_nothing_is_due_and_the_board_leads_to_its_report(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, held, 45)
        assert "overdue" in screen_text(app)
        held.desk.do(held.id, drills.end)
        app.reload()
        await settled(pilot)
        board = screen_text(app)
        assert "overdue" not in board
        assert "s start" not in " ".join(board.splitlines()[:6])  # nothing is started any more
        assert "Nothing is due." in board
        assert "This drill ended 2026-06-01 09:45. Its report: i, then W, then x." in board
        await press(pilot, "i", "W", "x")
        assert "Write the report to which file?" in screen_text(app)


async def test_a_part_that_is_not_over_is_left_only_when_that_was_said_twice(held: Held) -> None:
    """N is a slip away from n, which writes a note, and the clock does not go back."""
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, held, 1)
        before = held.case.now
        await press(pilot, "i", "N")
        assert "This part is not over." in screen_text(app)
        await press(pilot, "escape")
        assert held.case.now - before < timedelta(minutes=30)
        await press(pilot, "N", "enter")
        assert f"{held.case.now:%m-%d %H:%M}" == "06-02 08:30"


async def test_where_somebody_is_at_the_console_the_team_does_not_lead(held: Held) -> None:
    console = held.seat("進行")
    presence = console.attend(held.id)
    console.do(held.id, drills.come)
    held.wall.forward(minutes=60)
    app = seat(held)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settled(pilot)
        app._tick()
        await settled(pilot)
        app.fresh = ""
        assert "the facilitator goes on" in frame(app)[0]
        for key in "NPE":
            await press(pilot, "i", key)
            assert "A facilitator is at the console" in said(app)
        assert f"{held.case.now:%H:%M}" == "11:00"
    presence.close()
    console.close()


async def test_the_clock_is_stopped_and_let_go_from_the_palette(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for words in ("clock stands", "10x speed"):
            await pilot.press("ctrl+p")
            await write(pilot, "pause")
            await press(pilot, "enter")
            assert words in screen_text(app).splitlines()[0]


async def test_a_console_that_died_is_noticed_by_the_team(held: Held) -> None:
    console = held.seat("進行")
    presence = console.attend(held.id)
    console.do(held.id, drills.come)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        presence.close()
        for _ in range(6):
            await play(pilot, held, 0.01)
        drill = held.case.incident.drill
        assert drill is not None
        assert (drill.attended, drill.abandoned is not None) == (None, True)
        assert "clock stands" in screen_text(app).splitlines()[0]
        assert "console was left, and the drill's clock stands.\nThe team leads it now: i, then P" in said(app)
        app.clear_notifications()
        held.desk.do(held.id, partial(drills.resume, wall=held.wall()))
        await play(pilot, held, 1)
        assert said(app) == ""  # once
    console.close()


async def test_a_console_that_is_left_while_the_clock_runs_says_that_the_drill_goes_on(tmp_path: Path) -> None:
    held = Held(tmp_path, SCENARIO.replace("unattended: pauses", "unattended: goes_on"))
    console = held.seat("進行")
    console.do(held.id, drills.come)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        console.do(held.id, partial(drills.leave, wall=held.wall()))
        await play(pilot, held, 0.1)
        await until(pilot, lambda: said(app))
        assert "console was left; the drill goes on." in said(app)
    console.close()
    held.desk.close()


# The real case


async def test_the_ghost_line_stands_on_every_place_and_never_tells_what_is_to_come(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert frame(app)[1] == "By this hour, Sample city had done nothing that is known."
        await play(pilot, held, 45)
        for key in "bfdlci":
            await press(pilot, key)
            assert frame(app)[1] == "By this hour, Sample city: 09:40 told the section's head"
        await play(pilot, held, 40)
        assert frame(app)[1] == "By this hour, Sample city: about 10:20 told the mayor"


async def test_no_line_of_a_drill_stands_in_an_incident(held: Held) -> None:
    app = seat(held)
    app.case = held.desk.new("lost-media")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "By this hour" not in screen_text(app)
        assert "unanswered" not in screen_text(app)


def test_a_day_alone_counts_from_its_end_and_shows_no_hour(tmp_path: Path) -> None:
    text = SCENARIO.replace("at: 2026-06-01T09:40", "at: 2026-06-01")
    held = Held(tmp_path, text)
    try:
        held.play(70)
        assert "section's head" not in ghost(held.case)
        held.play(30)
        assert ghost(held.case) == "By this hour, Sample city: about 10:20 told the mayor"
        held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
        assert ghost(held.case) == "By this hour, Sample city: 06-01 told the section's head"
    finally:
        held.desk.close()


def test_where_there_is_little_room_the_ghost_line_is_shorter(held: Held) -> None:
    case = held.play(45)
    assert ghost(case, 50) == "Sample city: 09:40 told the section's head"


def test_a_ghost_is_done_from_its_time_on(held: Held) -> None:
    at = held.case.now.replace(hour=17)
    exact = Ghost(at, "exact", Bilingual("a", "a"), "sample")
    day = Ghost(at, "date", Bilingual("a", "a"), "sample")
    assert done_by(exact) == at
    assert f"{done_by(day):%m-%d %H:%M}" == "06-02 00:00"
    assert ghosts(held.case) == []


async def test_typing_goes_on_while_the_clock_runs_at_full_speed(held: Held) -> None:
    held.desk.do(held.id, partial(drills.resume, wall=held.wall(), speed=120))
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "n")
        for letter in "abcdefgh":
            await write(pilot, letter)
            await play(pilot, held, 2)
        assert app.screen.query_one(TextArea).text == "abcdefgh"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("attended", [True, False])
def test_what_the_team_has_to_know_is_never_cut_at_eighty_columns(
    held: Held, language: Language, attended: bool
) -> None:
    """Beside two unanswered calls, which is as much as stands there at once."""
    if attended:
        presence = held.desk.attend(held.id)
        held.desk.do(held.id, drills.come)
    wall = held.wall
    held.play(95)
    told = [_first_line(held, language)]
    held.desk.do(held.id, partial(drills.pause, wall=wall()))
    told.append(_first_line(held, language))
    held.desk.do(held.id, partial(drills.pause, wall=wall(), inject="call"))
    told.append(_first_line(held, language))
    held.desk.do(held.id, partial(drills.resume, wall=wall()))
    held.play(500)
    told.append(_first_line(held, language))
    held.desk.do(held.id, partial(drills.next_leg, wall=wall()))
    held.play(500)
    told.append(_first_line(held, language))
    held.desk.do(held.id, drills.end)
    told.append(_first_line(held, language))
    assert len(set(told)) == 6, told
    assert [line for line in told if ".." in line] == []
    if attended:
        presence.close()


def _first_line(held: Held, language: Language) -> str:
    return drill_lines(Teller(held.case, language, Shades()), held.wall(), "", 80)[0].plain.strip()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("10:05", "The team: 10:05, 15 min sooner"), ("10:25", "The team: 10:25, 5 min later")],
)
def test_what_the_team_did_too_is_set_beside_the_real_case(held: Held, typed: str, told: str) -> None:
    held.play(90)
    assert told not in _real_case(held.case)
    held.desk.do(held.id, partial(steps.skip, step="notice-what", reason="x"))
    held.desk.do(held.id, partial(steps.skip, step="stop-silence", reason="x"))
    held.desk.do(held.id, partial(steps.fill, step="report-head", field="head_told_at", typed=typed))
    at = Moment(held.case.now.replace(hour=int(typed[:2]), minute=int(typed[3:])))
    held.desk.do(held.id, partial(steps.finish, step="report-head", moment=at))
    assert told in _real_case(held.case)


def _real_case(case: Case) -> list[str]:
    assert case.playbook.scenario is not None
    return [piece.text.plain for piece in about_ghost(case.playbook.scenario, Teller(case, "en", Shades()))]


# What i leads to


async def test_i_leads_to_what_came_since_the_last_look(held: Held) -> None:
    held.play(6)
    held.desk.do(held.id, partial(drills.answer, inject="call", text="Please report it at once."))
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i")
        assert "❯ ✓ 09:05" in screen_text(app)
        await press(pilot, "b")
        held.play(25)
        await play(pilot, held, 0)
        await press(pilot, "i")
        assert "❯ -" in screen_text(app)
        assert "The mayor has not been told." in screen_text(app)
