"""The due times' screen: its words, and its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec
import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from runbook.actions import facts, records, steps
from runbook.case import Case
from runbook.desk import Desk
from runbook.duties import Deadline, at_its_end, deadlines
from runbook.progress import step_view
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.clock_words import left_words, sign, state_words
from runbook.tui.presenting import Shades
from runbook.tui.screens.board import Board
from runbook.tui.screens.clocks import Clocks
from runbook.tui.screens.clocks.about import about_clock
from runbook.tui.screens.clocks.showing import clock_row, columns, headline
from runbook.tui.screens.facts import Facts
from runbook.tui.teller import Teller
from tests.making import done, later, opened_case
from tests.tui.conftest import Clockwork
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]


def clock_of(case: Case, step: str) -> Deadline:
    return next(deadline for deadline in deadlines(case) if deadline.step == step)


def known(case: Case) -> Case:
    return done(case, partial(facts.claim, name="known_at", typed="15:45"))


def worked(case: Case) -> Case:
    for step in ("notice-what", "police"):
        case = done(case, partial(steps.skip, step=step, reason="x"))
    return case


def finished(case: Case) -> Case:
    case = done(case, partial(facts.claim, name="noticed_at", typed="15:00"))
    return done(case, partial(steps.finish, step="notice-what"))


@pytest.mark.parametrize(
    ("case", "step", "mark", "state", "left"),
    [
        (opened_case(), "notice-what", "^", "soon", "30 min left"),
        (known(opened_case()), "police", " ", "running", "3 h left"),
        (later(opened_case(), minutes=31), "notice-what", "!", "overdue", "1 min overdue"),
        (opened_case(), "police", "?", "no start yet", ""),
        (worked(opened_case()), "police", ".", "not needed", ""),
        (finished(opened_case()), "notice-what", "✓", "met", "in time"),
        (finished(later(opened_case(), minutes=48)), "notice-what", "✓", "met", "18 min late"),
    ],
)
def test_every_state_has_its_sign_and_its_words(case: Case, step: str, mark: str, state: str, left: str) -> None:
    deadline, tell = clock_of(case, step), Teller(case, "en", Shades())
    assert sign(deadline, tell)[0] == mark
    assert state_words(deadline, tell) == state
    assert left_words(deadline, tell) == left
    text = clock_row(deadline, tell, 100, False, columns([deadline], tell)).plain
    assert text.startswith(f"  {mark} {state} ")
    assert left.removesuffix(" overdue") in text


def test_only_what_is_overdue_is_red() -> None:
    shades = Shades(bad="red")
    for case, step in ((later(opened_case(), hours=9), "notice-what"), (opened_case(), "notice-what")):
        deadline = clock_of(case, step)
        tell = Teller(case, "en", shades)
        text = clock_row(deadline, tell, 80, False, columns([deadline], tell))
        styles = {span.style for span in text.spans}
        assert text.style == ""
        assert ("red" in styles) is (deadline.state == "overdue")


def test_a_clock_tells_how_it_was_computed_whom_it_concerns_and_where_the_rule_is_from() -> None:
    case = known(opened_case())
    tell = Teller(case, "en", Shades())
    pieces = about_clock(clock_of(case, "police"), step_view(case, "police"), tell)
    text = "\n".join(f"{piece.label}: {piece.text.plain}" for piece in pieces)
    assert "Due: 2022-06-22(Wed) 18:45" in text
    assert "Computed: “Known” is 06-22 15:45." in text
    assert "06-22 18:45." in text
    assert "To: Head" in text
    assert "Kind: set by law" in text
    assert "Source: The law (read in the official text)" in text
    aim = clock_of(case, "notice-what")
    text = "\n".join(p.text.plain for p in about_clock(aim, step_view(case, "notice-what"), tell))
    assert "not a day set by law" in text
    assert "set by law\n" not in text


def test_a_clock_that_may_not_apply_says_what_it_depends_on() -> None:
    case = opened_case()
    theft = msgspec.structs.replace(case.playbook.steps["theft"], due=case.playbook.steps["police"].due)
    phase = case.playbook.phases[0]
    phase = msgspec.structs.replace(phase, steps=(*phase.steps[:2], theft))
    case = known(msgspec.structs.replace(case, playbook=msgspec.structs.replace(case.playbook, phases=(phase,))))
    deadline, tell = clock_of(case, "theft"), Teller(case, "en", Shades())
    assert state_words(deadline, tell) == "may apply"
    text = "\n".join(piece.text.plain for piece in about_clock(deadline, step_view(case, "theft"), tell))
    assert "depends on: Cause" in text


def test_after_the_closing_no_clock_runs_on() -> None:
    case = done(later(opened_case(), minutes=40), partial(records.close, explanation="found"))
    closed = at_its_end(later(case, days=100))
    assert left_words(clock_of(closed, "notice-what"), Teller(closed, "en", Shades())) == "10 min overdue"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [30, 44, 60, 80, 130])
def test_a_row_fills_its_width(width: int, language: Language) -> None:
    case = known(opened_case())
    found, tell = deadlines(case), Teller(case, language, Shades())
    for deadline in found:
        assert cell_len(clock_row(deadline, tell, width, True, columns(found, tell)).plain) == width


@pytest.mark.parametrize(("language", "last"), [("en", "doubts: 2"), ("ja", "疑問点 2件")])
def test_no_count_is_cut_for_the_order_that_changed(language: Language, last: str) -> None:
    case = opened_case()
    one = clock_of(case, "notice-what")
    states = [("running", True)] * 12 + [("overdue", True)] * 11 + [("unknown", None)] * 25
    found = [msgspec.structs.replace(one, state=state, applies=applies) for state, applies in states]
    line = headline(found, 2, "", False, True, Teller(case, language, Shades()), 80).plain
    assert cell_len(line) == 80
    assert f" {last} " in line
    assert line.endswith("Home ")


# By keys


async def look(pilot: Pilot[None], wanted: str = "") -> Clocks:
    """The clocks, or those that hold `wanted`: the laws' duties stand before the steps'."""
    await settled(pilot)
    await pilot.press("c", *(["slash", *wanted, "enter"] if wanted else []))
    await settled(pilot)
    assert isinstance(pilot.app.screen, Clocks)
    return pilot.app.screen


def listed(app: RunbookApp) -> list[str]:
    return [line for line in screen_text(app).splitlines() if any(f" {n} " in line for n in ("1-1", "1-2"))]


async def test_soonest_first_and_enter_leads_to_the_step(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "1-")
        assert [line.split()[-3] for line in listed(app)[:2]] != []
        assert listed(app)[0].startswith("❯ ^ 06-22")
        assert "30 min left" in listed(app)[0]
        assert "1-2 Report the loss" in listed(app)[1]
        await pilot.press("down")
        await settled(pilot)
        assert "From the opening of this incident" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Board)
        assert "1-2 Report the loss" in screen_text(app)


async def test_time_goes_on_without_moving_the_list(desk: Desk, open_app: Open, clock: Clockwork) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "1-")
        clock.forward(minutes=31)
        app._tick()
        await settled(pilot)
        assert listed(app)[0].startswith("❯ ! 06-22")
        assert "! 1 overdue" in screen_text(app)
        assert "16:15 1 min " in listed(app)[0]


async def test_a_new_order_waits_until_it_is_asked_for(desk: Desk, seat: Callable[..., Desk], open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "1-")
        seat("鈴木").do(case.incident.id, partial(steps.skip, step="notice-what", reason="x"))
        app.reload()
        await settled(pilot)
        assert "1-1" in listed(app)[0]
        assert listed(app)[0].startswith("❯ .")
        assert "moved: Home" in screen_text(app)
        await pilot.press("home")
        await settled(pilot)
        assert "1-2" in listed(app)[0]
        assert "moved" not in screen_text(app)


async def test_what_the_laws_ask_stands_before_the_playbooks_own_due_times(desk: Desk, open_app: Open) -> None:
    case = desk.new("lost-media", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(120, 60)) as pilot:
        await look(pilot)
        lines = [line.strip() for line in screen_text(app).splitlines()]
        laws, own = lines.index("Owed by law or guideline"), lines.index("Due times of the playbook")
        assert laws < own
        assert all("may apply" in line for line in lines[laws + 1 : own])
        assert "1-1 Who noticed what, and when" in lines[own + 1]


async def test_the_intervals_of_amagasaki(desk: Desk, open_app: Open, clock: Clockwork) -> None:
    """11 hours, 12 hours 45 minutes, 32 hours: what the city's own report measured."""
    clock.forward(days=1)
    case = desk.new("lost-media", "USB", noticed="~2022-06-22 03:00")
    for name, at in (
        ("contractor_known_at", "~2022-06-22 14:00"),
        ("known_at", "~2022-06-22 15:45"),
        ("published_at", "2022-06-23 11:00"),
    ):
        desk.do(case.incident.id, partial(facts.claim, name=name, typed=at))
    app = open_app(case.incident.id, "ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await pilot.press("end")
        await settled(pilot)
        text = screen_text(app)
        lines = [" ".join(line.split()) for line in text.splitlines()]
        assert "11時間 気づいた日時から委託先が知った日時まで" in lines
        assert "12時間45分 気づいた日時から組織が知った日時まで" in lines
        assert "32時間 気づいた日時から公表した日時まで" in lines
        assert "2022-06-22 15:45 頃" in text.partition("─")[2]
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, Facts)


async def test_small_screens_both_languages_and_ascii(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    for width, height in ((40, 10), (80, 24), (120, 40)):
        app = open_app(case.incident.id, "ja", ascii=True)
        async with app.run_test(size=(width, height)) as pilot:
            await look(pilot)
            for key in ("down", "tab", "down", "f2", "f3", "tab", "end", "home"):
                await pilot.press(key)
            await settled(pilot)
            await pilot.resize_terminal(40, 10)
            await settled(pilot)
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            assert "Due times" in screen_text(app)
            assert not set(screen_text(app)) & set("❯✓│─")
            assert said(app) == ""


async def test_a_search_shows_only_what_fits_and_what_is_typed_runs_nothing(desk: Desk, open_app: Open) -> None:
    """`/` and a word once started a live incident: `o` and `n` ran as commands."""
    app = open_app(desk.new("tiny").incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        everything = list(clocks._keys)
        await pilot.press("slash", *"station", "space", *"on", "enter")
        await settled(pilot)
        assert app.screen is clocks
        assert "nothing found" in screen_text(app)
        await pilot.press("slash", *"LOSS", "enter")
        await settled(pilot)
        assert [clocks._deadlines[key].step for key in clocks._keys] == ["police"]
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen is clocks
        assert clocks._keys == everything


async def test_where_nothing_can_be_searched_what_is_typed_runs_nothing(desk: Desk, open_app: Open) -> None:
    app = open_app(desk.new("tiny").incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        app.go("board")
        await settled(pilot)
        before = app.screen
        await pilot.press("slash", *"onok")
        await settled(pilot)
        assert "There is nothing to search here." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen is before
    assert len(desk.cards()) == 1
