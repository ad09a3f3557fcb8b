"""Legal duties on the other screens: the board, the facts, the record, the line of clocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from runbook.actions import duties as act
from runbook.content import Content
from runbook.desk import Desk
from runbook.duties import deadlines, nearest
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades, clock_line
from runbook.tui.screens.board import Board
from runbook.tui.screens.clocks import Clocks
from runbook.tui.screens.facts import Facts
from tests.tui.conftest import Clockwork
from tests.tui.lawful import lawful_content, look, press, record, under_the_law
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return lawful_content(tmp_path)


@pytest.fixture
def incident(desk: Desk) -> str:
    return under_the_law(desk)


async def test_a_step_lists_the_duties_it_meets_and_leads_to_their_clocks(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:tell")
        await settled(pilot)
        assert "? Tell the persons  Test Act article 1" in screen_text(app)
        assert "may apply  without delay  aim: 24 h" in screen_text(app)
        board = app.screen
        assert isinstance(board, Board)
        board.look_at("tell", "clock:zz.test.tell")
        await press(pilot, "enter")
        assert isinstance(app.screen, Clocks)
        assert app.screen._rows.here == "zz.test.tell"
        await press(pilot, "enter")
        assert isinstance(app.screen, Board)


async def test_a_step_says_that_its_duty_is_met_already_wherever_that_was_recorded(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")  # whether the step is needed is open
    desk.do(incident, partial(act.file, duty="zz.test.tell", receipt="R-7"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:tell")
        await settled(pilot)
        lines = [" ".join(line.split()) for line in screen_text(app).splitlines()]
        assert "❯ Is met ✓ Tell the persons" in lines
        assert "met 15:45, receipt R-7" in lines
        assert any(line.endswith("met 15:45") for line in lines)  # where else it is said when it is due
        assert sum("✓ Tell the persons" in line for line in lines) == 1  # and not once more among what is due
        assert "If It is not known yet" in "\n".join(lines)
        await press(pilot, "enter")
        assert isinstance(app.screen, Clocks)
        assert app.screen._rows.here == "zz.test.tell"


async def test_a_step_that_files_late_says_that_the_reason_is_missing(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    clock.forward(hours=2)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:file")
        await settled(pilot)
        assert "! Desk report" in screen_text(app)
        await press(pilot, "k")
        if "When was it really finished?" in screen_text(app):
            await press(pilot, "enter")
        assert desk.case(incident).incident.duty("zz.test.filed").filing is not None
        assert "What it filed was late" in said(app)


async def test_a_step_set_aside_although_its_duty_applies_is_doubted(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes", zz_told="no", malicious="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:tell")
        await settled(pilot)
        assert "One of the two is wrong." in " ".join(screen_text(app).split())
        clocks = await look(pilot)
        await press(pilot, "home")
        assert clocks._rows.here == "doubts"
        assert "“Tell the persons” applies by the rule" in " ".join(screen_text(app).split())


def test_the_line_of_clocks_marks_what_may_apply_and_what_is_our_own_target(desk: Desk, incident: str) -> None:
    line = clock_line(desk.case(incident), "en", Shades(), 300).plain
    assert "? Tell the persons target 06-23(Thu) 15:45 24 h left" in line
    assert "? Filing 06-25(Sat) 15:45 3 d left" in line


def test_what_the_law_asks_by_a_day_stands_before_our_own_aims_that_have_passed_and_a_mere_target_does_not(
    desk: Desk, incident: str, clock: Clockwork
) -> None:
    def first() -> list[str]:
        case = desk.case(incident)
        shown = nearest(deadlines(case), case.now)
        line = clock_line(case, "en", Shades(), 80).plain
        assert shown[0].what.en in line
        (card,) = desk.cards()
        assert card.next == shown[0]
        return [one.id for one in shown]

    everything = ["step:notice-what", "zz.test.filed", "step:police", "zz.test.tell", "zz.test.report"]
    assert first() == everything  # nothing is overdue: the soonest is first
    desk.do(incident, partial(act.file, duty="zz.test.filed"))
    clock.forward(minutes=40)  # an aim of ours has passed; for telling the persons the law gives no day
    assert first() == ["step:notice-what", "step:police", "zz.test.tell", "zz.test.report"]
    clock.forward(hours=20)
    record(desk, incident, zz_open="yes", zz_grave="no", contractor_known_at="06-22 15:00")
    assert first() == ["step:notice-what", "step:police", "zz.test.tell", "zz.test.report", "zz.test.theirs"]
    clock.forward(days=3)
    assert first() == ["zz.test.report", "step:notice-what", "step:police", "zz.test.tell", "zz.test.theirs"]


async def test_only_what_the_laws_in_question_ask_stands_among_the_facts(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("facts", "fact:zz_open")
        await settled(pilot)
        assert isinstance(app.screen, Facts)
        keys = app.screen._keys
        assert "group:laws" in keys
        laws = keys[keys.index("group:laws") + 1 :]
        assert {"fact:zz_open", "fact:zz_grave", "fact:zz_shut", "fact:zz_told"} == {
            key for key in laws if key.startswith("fact:zz_")
        }
        record(desk, incident, regimes="jp.appi.68")
        app.reload()
        await settled(pilot)
        app.screen.adopt()
        assert not [key for key in app.screen._keys if key.startswith("fact:zz_")]


async def test_the_record_leads_to_the_clock(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    desk.do(incident, partial(act.file, duty="zz.test.report"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "l", "end")
        assert "Duty met: Filing" in screen_text(app)
        await press(pilot, "g")
        assert isinstance(app.screen, Clocks)
        assert app.screen._rows.here == "zz.test.report"
