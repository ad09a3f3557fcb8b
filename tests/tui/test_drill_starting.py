"""Starting a drill from Home, and what Home says of drills that were held."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input

from runbook.actions import drills
from runbook.drills.history import scenarios_played
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.place import Place
from runbook.tui.screens import drills as drills_screen
from runbook.tui.screens.drills import Drills
from runbook.tui.widgets.rows import Rows
from tests.drilling import Held
from tests.tui.boarding import press
from tests.tui.drilled import NARROW, WIDE
from tests.tui.looking import held_up, said, screen_text, send, settled


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def shown(app: RunbookApp) -> str:
    assert isinstance(app.screen, Place)
    return app.screen.place


def go_to(app: RunbookApp, scenario: str) -> None:
    assert isinstance(app.screen, Drills)
    app.screen.query_one(Rows).here = scenario
    app.screen._read()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ja", ["小さな訓練", "一本のUSBメモリー。", "所管課", "すぐに報告する"]),
        (
            "en",
            ["A small drill", "One stick.", "The section in charge", "Report at once", "2026-11-22", "Without a scen"],
        ),
    ],
)
async def test_the_scenarios_are_listed_with_what_one_has_to_know(
    held: Held, language: Language, told: list[str]
) -> None:
    app = RunbookApp(held.desk, language)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        go_to(app, "small")
        await settled(pilot)
        for words in told:
            assert words in screen_text(app), words
        assert "DRILL" in screen_text(app)


async def test_enter_opens_the_drill_on_its_board_with_the_clock_standing(held: Held) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        go_to(app, "small")
        await press(pilot, "enter")
        assert shown(app) == "board"
        assert app.case is not None
        assert app.case.incident.id != held.id
        assert f"{app.case.now:%Y-%m-%d %H:%M}" == "2026-06-01 09:00"
        assert "clock stands" in screen_text(app)
        await press(pilot, "i", "P")
        assert "10x speed" in screen_text(app)


async def test_keys_pressed_before_the_scenarios_are_read_walk_the_list_and_lead_into_the_drill(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        with held_up(monkeypatch, drills_screen, "_known"):
            await send(app, "t", "home", "enter", "i")
            assert shown(app) == "drills"
            assert "Reading the record" in screen_text(app)
        await settled(pilot)
        assert shown(app) == "incoming"  # i, pressed while the drill was being started
        assert app.case is not None
        assert app.case.incident.id != held.id


async def test_a_drill_without_a_scenario_is_still_there(held: Held) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "t", "end", "enter")
        assert shown(app) == "new"
        await press(pilot, "enter")
        assert app.case is not None
        assert (app.case.incident.mode, app.case.incident.drill) == ("drill", None)
        await press(pilot, "i")
        assert shown(app) == "board"
        assert "no drill of a scenario" in said(app)


async def test_a_scenario_that_is_drawn_asks_for_its_number(held: Held) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        go_to(app, "random")
        await press(pilot, "enter")
        assert app.screen.query_one(Input).value.isdecimal()
        await press(pilot, *"12", "enter")
        assert app.case is not None
        text = held.desk.pinned(app.case.incident.id, "scenario")
        assert text == held.desk.content().scenario_text("random", 12)


async def test_a_drill_is_drawn_from_a_number_below_zero_too(held: Held) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        go_to(app, "random")
        await press(pilot, "enter", "minus", "７", "enter")
        assert app.case is not None
        assert app.case.incident.drill is not None
        assert app.case.incident.drill.seed == -7


async def test_a_number_that_is_none_starts_nothing(held: Held) -> None:
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        go_to(app, "random")
        await press(pilot, "enter", *"xy", "enter")
        assert "is not a whole number" in said(app)
        assert len(held.desk.cards()) == 1


async def test_home_lists_a_drill_that_is_over_with_its_score_and_the_day_it_was_really_held(held: Held) -> None:
    held.play(6)
    held.desk.do(held.id, partial(drills.end))
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        most = held.room.score(held.id).max
        [line] = [line for line in screen_text(app).splitlines() if "小さな訓練" in line and "held" in line]
        assert "DRILL" in line
        assert f"/{most} held 2026-11-22" in line


async def test_a_running_drill_leads_to_the_console_and_a_live_incident_does_not(held: Held) -> None:
    held.desk.new("lost-media")
    app = RunbookApp(held.desk, "en")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "home", "ctrl+g")
        assert shown(app) == "home"
        assert "no drill of a scenario" in said(app)


def test_a_scenario_was_last_drilled_when_it_was_really_held(held: Held) -> None:
    first = held.wall.now
    held.wall.forward(days=3)
    held.room.start("small")
    held.desk.new("lost-media", mode="drill")
    assert {id: at - first for id, at in scenarios_played(held.desk.cards()).items()}.keys() == {"small"}
    assert (scenarios_played(held.desk.cards())["small"] - first).days == 3
