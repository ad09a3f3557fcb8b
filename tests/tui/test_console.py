"""The facilitator's console: what it shows, who is at it, and what the other seats see of that."""

from __future__ import annotations

from functools import partial

import pytest

from runbook import events as e
from runbook.actions import drills, judging, records, steps
from runbook.drills.room import Room
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.commands import IN_CASE, key_name
from runbook.tui.screens.board import Board
from runbook.tui.screens.console import Console
from runbook.tui.screens.console.keys import COMMANDS
from runbook.tui.widgets.drawn import Drawn
from runbook.tui.widgets.rows import Rows
from tests.tui.consoling import Led, led, press, reckoned, seated, sit_down
from tests.tui.looking import said, screen_text, settled, until

__all__ = ["led"]


def row(app: RunbookApp, words: str) -> str:
    """The line of the screen that holds these words."""
    return next(line for line in screen_text(app).splitlines() if words in line)


def pane(app: RunbookApp) -> str:
    """The right column of a wide screen, its lines joined."""
    return "".join(line[60:].strip(" │") for line in screen_text(app).splitlines())


async def test_every_inject_stands_with_its_sign_and_the_cursor_is_on_the_next_one(led: Led) -> None:
    led.play(6)
    led.desk.do(led.id, partial(drills.hold, inject="find"))
    async with seated(led) as (app, _):
        assert row(app, "A call from a colleague").startswith("  ✓ 1 09:05 A call from a colleague")
        assert "unanswered" in row(app, "A call from a colleague")
        assert row(app, "mayor's office").startswith("    2 if")
        assert row(app, "❯").startswith("❯   3 10:30 A reporter asks")
        assert row(app, "It is found").startswith("  = 4 hand")
        assert "held back" in row(app, "It is found")


async def test_the_head_says_how_the_clock_goes_in_which_part_since_when_and_who_leads(led: Led) -> None:
    led.wall.forward(minutes=3)
    async with seated(led) as (app, pilot):
        text = screen_text(app)
        assert "10x, runs" in text
        assert "06-01(Mon) 09:30  10x, runs  part 1/2, until 11:00 The morning" in text
        assert "real time 00:03" in text
        assert "console: 進行" in text
        assert text.startswith(" DRILL ")
        led.wall.forward(minutes=60)
        app._tick()
        await settled(pilot)
        assert "stands: this part is over" in screen_text(app)
        assert "real time 01:03" in screen_text(app)


async def test_all_fields_of_an_inject_stand_beside_it(led: Led) -> None:
    async with seated(led, size=(120, 40)) as (app, pilot):
        text = screen_text(app)
        for words in (
            "The stick on my desk is gone.",
            "Ask what happened and report it",
            "Welfare section",
            "Incident lead",
            "telephone",
            "asks for a decision",
            "at 06-01(Mon) 09:05",
            "Report at once",
        ):
            assert words in text, words
        await press(pilot, "down")
        text = " ".join(screen_text(app).split())
        assert "once: 20 min or more since inject “1 A call from a colleague” arrived, and" in text.replace("│ ", "")


async def test_the_teams_acts_arrive_and_the_cursor_stays_on_its_inject(led: Led) -> None:
    app = led.console()
    async with app.run_test(size=(80, 24)) as pilot:
        console = await sit_down(pilot)
        await press(pilot, "end")
        assert console._list.here == "find"
        led.play(30)  # both calls arrive meanwhile
        await until(pilot, lambda: app.case is not None and "mayor" in app.case.incident.drill.injects)
        await settled(pilot)
        assert "✓ 2" in row(app, "mayor's office")
        assert console._list.here == "find"


async def test_what_is_due_arrives_without_any_other_seat(led: Led) -> None:
    async with seated(led) as (app, pilot):
        led.wall.forward(seconds=36)  # six minutes of the drill's
        app._tick()
        await until(pilot, lambda: led.drill.inject("call").arrival is not None)
        await settled(pilot)
        assert row(app, "A call from a colleague").lstrip("❯ ").startswith("✓ 1 09:05")


async def test_the_teams_view_says_what_it_does_and_leaves_out_the_facilitators_acts(led: Led) -> None:
    led.play(6)
    led.room.answer(led.id, "call", "パスワードは13桁の英数字です。")
    led.desk.do(led.id, partial(records.note, text="課長に伝えた"))
    led.desk.do(led.id, partial(judging.observe, text="慌てていた"))
    async with seated(led, "ja", size=(120, 40)) as (app, pilot):
        await press(pilot, "2")
        text = screen_text(app)
        assert "課長に伝えた" in text
        assert "G01" in text
        assert "慌てていた" not in text
        await press(pilot, "down", "down")
        assert "パスワードは13桁の英数字です。" in pane(app)


async def test_the_score_names_the_entries_it_rests_on(led: Led) -> None:
    led.play(6)
    led.room.answer(led.id, "call", "パスワードは13桁の英数字です。")
    async with seated(led) as (app, pilot):
        await press(pilot, "3", "end")
        assert row(app, "The password was described").startswith("❯ !")
        assert "-10" in row(app, "The password was described")
        await press(pilot, "enter")
        assert "rests on these entries" in screen_text(app)
        assert "#8 09:06 佐藤: Answer to" in screen_text(app)


async def test_the_score_follows_the_record(led: Led) -> None:
    led.play(6)
    async with seated(led) as (app, pilot):
        assert "score 0, lost 0" in screen_text(app)
        for step in ("notice-what", "stop-silence"):
            led.desk.do(led.id, partial(steps.skip, step=step, reason="訓練"))
        led.desk.do(led.id, partial(steps.fill, step="report-head", field="head_told_at", typed="09:05"))
        done = led.desk.do(led.id, partial(steps.finish, step="report-head"))
        await until(pilot, lambda: app.case is not None and app.case.incident.seq == done.case.incident.seq)
        await reckoned(pilot)
        assert "score 10, lost 0" in screen_text(app)


# Who is there


async def test_sitting_down_and_leaving_are_recorded(led: Led) -> None:
    async with seated(led) as (app, pilot):
        assert led.drill.attended is not None
        assert led.desk.attended(led.id)
        await press(pilot, "escape")
        assert "clock stands until somebody is here again" in " ".join(screen_text(app).split())
        await press(pilot, "n")
        assert isinstance(app.screen, Console)
        await press(pilot, "escape", "y")
        await until(pilot, lambda: led.drill.attended is None)
        assert not led.desk.attended(led.id)
        assert isinstance(led.desk.events(led.id)[-2].data, e.FacilitatorLeft)
        assert led.clock.endswith("x0")


async def test_quitting_leaves_the_console_properly(led: Led) -> None:
    async with seated(led) as (_, pilot):
        await pilot.press("ctrl+q")
    assert led.drill.attended is None
    assert led.drill.abandoned is None
    assert not led.desk.attended(led.id)


async def test_a_second_console_takes_nobody_away(led: Led) -> None:
    first = led.console()
    other = led.seat("補佐")
    async with first.run_test(size=(80, 24)) as pilot:
        await sit_down(pilot)
        second = RunbookApp(other, "en", case=other.case(led.id), place="console")
        async with second.run_test(size=(80, 24)) as beside:
            await settled(beside)
            await beside.press("ctrl+q")
        Room(led.desk).advance(led.id)
        assert led.drill.attended is not None
        assert led.clock.endswith("x10")
    other.close()


async def test_a_dead_console_stops_the_drill_and_the_next_one_offers_to_go_on(led: Led) -> None:
    dead = led.seat("前任")
    presence = dead.attend(led.id)
    dead.do(led.id, drills.come)
    led.play(10)
    dead.do(led.id, partial(judging.observe, text="落ち着いていた"))
    presence.close()  # as the system does for a process that died
    led.play(10)
    stood = led.clock
    assert stood.endswith("x0")
    app = led.console()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: "The console before this one died." in screen_text(app))
        assert "Let it run on?" in screen_text(app)
        await press(pilot, "y")
        await until(pilot, lambda: led.clock.endswith("x10"))
        assert led.clock[:11] == stood[:11]
        await press(pilot, "4")
        assert "落ち着いていた" in screen_text(app)
    dead.close()


async def test_team_and_console_see_each_others_acts(led: Led) -> None:
    team = RunbookApp(led.desk, "en", case=led.case)
    app = led.console()
    async with team.run_test(size=(80, 24)) as theirs:
        await settled(theirs)
        async with app.run_test(size=(80, 24)) as pilot:
            await sit_down(pilot)
            await press(pilot, "end", "enter", "y")
            await until(theirs, lambda: team.case is not None and "find" in team.case.incident.drill.injects)
            led.desk.do(led.id, partial(records.note, text="found it"))
            await until(pilot, lambda: app.case is not None and app.case.incident.seq == led.case.incident.seq)
            await reckoned(pilot)
            await press(pilot, "2")
            assert "found it" in screen_text(app)


# What is kept apart


async def test_the_teams_keys_do_nothing_here(led: Led) -> None:
    app = led.console()
    async with app.run_test(size=(80, 24)) as pilot:
        console = await sit_down(pilot)
        seq = led.case.incident.seq
        assert not {command.key for command in IN_CASE} & {command.key for command in console.all_commands()}
        await press(pilot, *"nubfdlcojyhpmqNPEWi")
        assert app.screen is console
        assert led.case.incident.seq == seq


async def test_no_place_of_the_team_leads_to_the_console(led: Led) -> None:
    team = RunbookApp(led.desk, "en", case=led.case)
    async with team.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"console")
        assert "acilitator" not in screen_text(team)


@pytest.mark.parametrize(("size", "language"), [((80, 24), "ja"), ((120, 40), "en"), ((80, 24), "en")])
async def test_every_key_has_room_in_help_and_nothing_is_cut(
    led: Led, language: Language, size: tuple[int, int]
) -> None:
    async with seated(led, language, size=size) as (app, pilot):
        text = screen_text(app)
        assert all(len(line) <= size[0] for line in text.splitlines())
        assert "F1" in text.splitlines()[-1]
        for title in (inject.title for inject in led.case.playbook.scenario.injects):
            assert title.said(language) in text
        for view in "1234":
            await press(pilot, view)
            assert ".." not in screen_text(app).splitlines()[1]


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_at_80_cells_every_key_that_a_running_drill_needs_is_named(led: Led, language: Language) -> None:
    async with seated(led, language, size=(80, 24)) as (app, _):
        footer = " ".join(screen_text(app).splitlines()[-2:])
        needed = ("run", "push", "hold", "add", "jump", "leg", "observe", "rate", "overrule", "report", "finish")
        keys = {one.action: key_name(one.key) for one in COMMANDS}
        assert [action for action in needed if f" {keys[action]}" not in f" {footer}"] == []


async def test_what_is_half_typed_for_the_team_is_not_offered_at_the_console(led: Led) -> None:
    led.play(6)
    led.facilitator.keep_typing(led.id, "incoming:answer('call')", "half an answer")
    app = led.console()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await sit_down(pilot)
        assert "Unfinished" not in said(app)
        await press(pilot, "escape", "enter", "enter")  # to the list, and on the same drill's board
        assert isinstance(app.screen, Board)
        assert "Unfinished text from before: answer." in said(app)


async def test_the_teams_clocks_do_not_ring_at_the_console(led: Led, monkeypatch: pytest.MonkeyPatch) -> None:
    console = led.console()
    rung: list[str] = []
    monkeypatch.setattr(console, "bell", lambda: rung.append("console"))
    async with console.run_test(size=(80, 24)) as pilot:
        await sit_down(pilot)
        led.wall.forward(minutes=0.6)  # 09:06: the first inject has arrived
        console._tick()
        await settled(pilot)
        rung.clear()
        led.wall.forward(minutes=0.6)  # 09:12: the first step is overdue
        console._tick()
        await settled(pilot)
        assert rung == []
        assert "was due" not in screen_text(console)


async def test_a_digit_goes_to_its_list_tab_to_the_other_side_and_one_sees_on_which_one_is(led: Led) -> None:
    async with seated(led, size=(120, 40)) as (app, pilot):

        def marked() -> list[str]:
            [line] = app.screen.query_one("#tabs", Drawn).draw(120)
            return [line.plain[span.start : span.end].strip() for span in line.spans if span.style == app.shades.here]

        assert marked() == ["events 0/4 arrived"]
        for keys, where in (
            ("3", "score 0, lost 0"),
            ("tab", "events 0/4 arrived"),
            ("tab", "score 0, lost 0"),
            ("2", "team now"),
        ):
            await press(pilot, keys)
            assert marked() == [where]
            assert isinstance(app.focused, Rows)
            assert (app.focused.id == "list") == (where == "events 0/4 arrived")
