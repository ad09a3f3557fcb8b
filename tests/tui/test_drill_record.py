"""What the facilitator writes stays out of the team's sight: the record's list, its search, the news; and the hot
wash."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from runbook.actions import drills, judging, records
from runbook.drills.room import Room
from runbook.drills.scoring import Score
from runbook.events import TEAM
from runbook.tui.drilling import written
from runbook.tui.screens.hotwash import Hotwash
from runbook.tui.screens.record import Record
from tests.drilling import Held
from tests.tui.boarding import press, write
from tests.tui.drilled import NARROW, WIDE, seat
from tests.tui.looking import said, screen_text, send, settled, until


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    held.play(6)
    held.desk.do(held.id, partial(judging.observe, text="nobody asked the porter"))
    held.desk.do(held.id, partial(drills.hold, inject="find"))
    yield held
    held.desk.close()


async def test_the_list_and_the_search_show_the_teams_entries_alone(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "l")
        assert "Arrived: 1 A call from a colleague" in screen_text(app)
        assert "porter" not in screen_text(app)
        assert "Held back" not in screen_text(app)
        await press(pilot, "slash")
        await write(pilot, "porter")
        await press(pilot, "enter")
        assert isinstance(app.screen, Record)
        assert list(app.screen._list.order) == []


async def test_the_board_ends_with_what_the_team_wrote(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await until(pilot, lambda: "Arrived: 1 A call from a colleague" in screen_text(app))
        assert "Held back" not in screen_text(app)
        assert "porter" not in screen_text(app)


async def test_the_kinds_one_can_choose_from_are_the_teams(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "l", "t")
        assert "the drill" in screen_text(app)
        assert "the facilitator" not in screen_text(app)


async def test_what_is_new_is_counted_without_the_facilitators_entries(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "l")
        other = held.seat("進行")
        other.do(held.id, partial(judging.observe, text="still nobody"))
        seen = other.case(held.id).incident.seq
        await until(pilot, lambda: app.case is not None and app.case.incident.seq == seen)
        await settled(pilot)
        assert "new, press End" not in screen_text(app)
        assert "進行" not in screen_text(app)
        other.do(held.id, partial(records.note, text="from the team"))
        await until(pilot, lambda: "+1 進行" in screen_text(app))
        await until(pilot, lambda: "1 new, press End" in screen_text(app))
        other.close()


def test_what_arrives_is_nobodys_writing(held: Held) -> None:
    seq = held.case.incident.seq
    held.play(30)
    assert held.case.incident.seq > seq
    assert written(held.desk, held.id, seq) == (0, "")
    held.desk.do(held.id, partial(records.note, text="x"))
    assert written(held.desk, held.id, seq) == (1, "佐藤")
    assert "inject_arrived" in TEAM
    assert "observation_noted" not in TEAM


async def test_the_score_is_read_only_once_the_drill_is_over(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        app.go("hotwash")
        await settled(pilot)
        assert "The score can be read once the drill is over." in screen_text(app)
        assert "The head was told" not in screen_text(app)
        held.desk.do(held.id, drills.end)
        await until(pilot, lambda: "The head was told" in screen_text(app))
        await settled(pilot)
        score = held.room.score(held.id)
        assert f"{score.points} of {score.max} points" in screen_text(app)
        assert isinstance(app.screen, Hotwash)


async def test_a_key_pressed_before_the_score_is_reckoned_says_so(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    held.desk.do(held.id, drills.end)
    reckoned, score = threading.Event(), Room.score

    def late(room: Room, incident: str) -> Score:
        reckoned.wait(10)
        return score(room, incident)

    monkeypatch.setattr(Room, "score", late)
    app = seat(held)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        try:
            app.go("hotwash")
            await send(app, "g")
            assert said(app) == "Reading…"
        finally:
            reckoned.set()


async def test_a_line_of_the_score_leads_to_the_entry_it_rests_on(held: Held) -> None:
    held.play(90)
    held.room.answer(held.id, "reporter", "パスワードは13桁の英数字です。")
    held.desk.do(held.id, drills.end)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "W")
        assert isinstance(app.screen, Hotwash)
        app.screen._rows.here = "password"
        app.screen.read()
        await settled(pilot)
        assert "A length helps whoever guesses." in screen_text(app)
        await press(pilot, "g")
        assert isinstance(app.screen, Record)
        item = next(one for one in held.room.score(held.id).items if one.id == "password")
        assert app.screen._list.here == item.seqs[0]


async def test_the_team_writes_the_report_from_the_hot_wash(
    held: Held, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    held.desk.do(held.id, drills.end)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "W")
        await until(pilot, lambda: "x write the report" in screen_text(app))
        await press(pilot, "x", "enter")
        await until(pilot, lambda: list(tmp_path.glob(f"DRILL-report-{held.id}-*.html")) != [])
