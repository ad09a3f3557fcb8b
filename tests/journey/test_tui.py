"""The whole case at the screens, by their keys alone, each act at its real time, by whoever did it.

Two tests, so that they can run side by side: from an empty record to the announcement, and from there to the closing.
The second begins with a record that commands made; the first shows that keys make the same one.
"""

from __future__ import annotations

import asyncio
from itertools import groupby
from pathlib import Path

import pytest

from runbook.journal import Journal, Line
from runbook.opening import open_desk
from runbook.progress import field_value
from runbook.tui.screens.board import Board
from runbook.tui.screens.clocks import Clocks
from runbook.tui.screens.facts import Facts
from runbook.tui.screens.record import Record
from tests.journey.commands import CommandLine
from tests.journey.expected import expect_announced, expect_closed, expect_notice
from tests.journey.keys import Player, sitting
from tests.journey.standing import standing
from tests.tui.conftest import Clockwork
from tests.tui.looking import screen_text

ANNOUNCED = "2022-06-23T11:00"
NARROW, WIDE = (80, 24), (110, 32)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pilot waits after every key until the machine has been idle; here what the key brings about is waited for."""

    async def at_once(*_: float) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", at_once)


@pytest.fixture
def clock(journal: Journal) -> Clockwork:
    return Clockwork(journal.instant(journal.opens))


@pytest.fixture
def typed(tmp_path: Path) -> CommandLine:
    """Commands at a record of its own, where the same case is led for comparison."""
    return CommandLine(tmp_path / "typed.db")


async def test_from_an_empty_record_to_the_announcement(
    journal: Journal,
    record: Path,
    clock: Clockwork,
    command_line: CommandLine,
    typed: CommandLine,
    tmp_path: Path,
) -> None:
    async with sitting(record, clock, "佐藤", NARROW) as lead:
        await lead.press("n", "enter")
        await lead.shows(Board)
        assert "本番 LIVE" in screen_text(lead.app).splitlines()[0]
        await lead.rename(journal.title.ja)
        incident = lead.case.incident.id

    lines = journal.until(journal.instant(ANNOUNCED))
    for who, acts in groupby(lines, _seat):
        async with sitting(record, clock, who, NARROW) as hands:
            await hands.press("enter")
            await hands.shows(Board)
            for line in acts:
                await hands.at(journal.instant(line.at))
                if line.who == who:
                    await _beside(hands, line)
                    await hands.act(line)
                else:
                    command_line.play(journal, incident, [line], tmp_path)
                    await _sees(hands, line)

    desk = open_desk(str(record), "監査", clock=clock)
    entries = command_line("log", incident, "--json", at=clock.now).json
    assert [entry["actor"] for entry in entries if entry["type"] == "act_undone"] == ["鈴木"] * 3
    expect_announced(command_line, incident, desk)
    draft = desk.case(incident).incident.notice("first-notice", "ja").draft
    assert draft is not None
    expect_notice(draft.text.text or "")
    desk.close()

    compared = typed.open(journal)
    typed.play(journal, compared, lines, tmp_path)
    assert standing(command_line, incident) == standing(typed, compared)


async def test_from_the_announcement_to_the_closing(
    journal: Journal,
    record: Path,
    clock: Clockwork,
    command_line: CommandLine,
    typed: CommandLine,
    tmp_path: Path,
) -> None:
    announced = journal.until(journal.instant(ANNOUNCED))
    incident = command_line.open(journal)
    command_line.play(journal, incident, announced, tmp_path)
    noted = command_line("status", incident, "--json").json["head"]

    for who, acts in groupby(journal.acts[len(announced) :], lambda line: line.who):
        async with sitting(record, clock, who, WIDE) as hands:
            await hands.press("enter")
            await hands.shows(Board)
            for line in acts:
                await hands.at(journal.instant(line.at))
                await _beside(hands, line)
                await hands.act(line)
            if line.close:
                await _look_back(hands)

    command_line("list", at=clock.now)
    desk = open_desk(str(record), "監査", clock=clock)
    expect_closed(command_line, incident, desk, noted)
    desk.close()

    compared = typed.open(journal)
    typed.play(journal, compared, journal.acts, tmp_path)
    assert standing(command_line, incident) == standing(typed, compared)


def _seat(line: Line) -> str:
    """Who sits at the screens. What the hotline's manager did on the first evening came in by a command."""
    return "鈴木" if line.who == "田中" and line.at < "2022-06-23" else line.who


async def _sees(hands: Player, line: Line) -> None:
    """What another seat does shows on the open board, without a key, and nothing else there moves."""
    here = hands.board.view.step.id
    await hands.until(lambda: hands.case.incident.step(line.step).owner == line.who)
    await hands.until(lambda: line.who in screen_text(hands.app).splitlines()[0])
    assert hands.board.view.step.id == here


async def _beside(hands: Player, line: Line) -> None:
    """What people do beside the acts: they slip and take it back, change the language, look what is missing."""
    if line.step == "notice-what" and "media_count" in line.set:
        await hands.go_to(line.step)
        await hands.fill("media_count", "3")
        assert hands.case.value("media_count") == 3
        await hands.record("u")
        assert hands.case.value("media_count") is None
    elif line.step == "told-by-contractor":
        await _fill_and_undo(hands, line.step, "written_report", "memo.pdf / 金庫")
    elif line.step == "committee-consult":
        await _fill_and_undo(hands, line.step, "report_by", "2022-11-30")
    elif line.step == "persons":
        await hands.go_to(line.step)
        await hands.press("f2")
        await hands.until(lambda: "Fill" in screen_text(hands.app) and "Due" in screen_text(hands.app))


async def _fill_and_undo(hands: Player, step: str, field: str, typed: str) -> None:
    """Something that nobody knew in the end: filled in, seen on the board, and taken back."""
    await hands.go_to(step)
    asked = next(one for one in hands.board.view.step.fields if one.id == field)
    await hands.fill(field, typed)
    assert field_value(hands.case, hands.board.view.step, asked) is not None
    await hands.record("u")
    assert field_value(hands.case, hands.board.view.step, asked) is None


async def _look_back(hands: Player) -> None:
    """The closed case on the screens: both affiliations, how long it all took, and the record as it happened."""
    await hands.press("f")
    await hands.shows(Facts)
    await hands.find("affiliation")
    shown = screen_text(hands.app)
    assert "協力会社からさらに" in shown
    assert "協力会社の社員" in shown
    await hands.press("c")
    await hands.shows(Clocks)
    await hands.press("end")
    await hands.until(lambda: "32時間" in screen_text(hands.app))
    shown = screen_text(hands.app)
    assert "11時間" in shown
    assert "12時間45分" in shown
    assert "19時間15分" in shown
    await hands.press("l")
    await hands.shows(Record)
    await hands.until(lambda: "事案を終結しました" in screen_text(hands.app))
    await hands.press("home")
    await hands.until(lambda: "定例会議" in screen_text(hands.app))
    meeting = next(line for line in screen_text(hands.app).splitlines() if "06-16" in line)
    assert "06-22 21:02" in meeting  # when it was written down
