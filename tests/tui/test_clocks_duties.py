"""Legal duties on the clocks' screen: the list, and what is read of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from runbook.actions import duties as act
from runbook.actions import facts, records
from runbook.content import Content
from runbook.desk import Desk
from runbook.duties import deadlines
from runbook.moment import Moment
from runbook.progress import step_view
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades, deadline_words
from runbook.tui.screens.board.lines import head
from runbook.tui.screens.facts import Facts
from runbook.tui.teller import Teller
from tests.tui.conftest import Clockwork
from tests.tui.lawful import lawful_content, look, press, read, record, row, under_the_law
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return lawful_content(tmp_path)


@pytest.fixture
def incident(desk: Desk) -> str:
    return under_the_law(desk)


# The list


async def test_after_a_live_incident_was_closed_its_laws_clocks_go_on_and_the_playbooks_aims_do_not(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes")
    desk.do(incident, partial(records.close, explanation="the rest is done elsewhere"))
    clock.forward(minutes=90)
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Due  ! Desk report 06-22(Wed) 16:45 30 min overdue" in screen_text(app)
        assert "aim passed" not in screen_text(app)
        await press(pilot, "c")
        assert "closed 06-22 15:45; laws' clocks go on" in screen_text(app)
        assert "running" in row(app, " Filing")
        assert "1-1 What was noticed" not in screen_text(app)


async def test_a_law_stands_beside_its_duty_and_a_target_is_called_one(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes", contractor_known_at="14:00")
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        assert "1-1 What was noticed  target" in row(app, "1-1")
        assert "1-2 Report the loss to the police  due" in row(app, "1-2")
        theirs = " ".join(row(app, "Word to us").split())
        assert theirs == "^ soon 06-22(Wed) 18:00 2 h 15 min left The contractor: Word to us Test Act article 1"
        report = row(app, " Filing")
        assert "running" in report
        assert "06-25(Sat) 15:45" in report  # the earlier of two readings
        tell = row(app, "Tell the persons")
        assert "without delay" in tell
        assert "aim: 24 h" in tell
        assert "Test Act article 1" in tell
        assert "06-23" not in tell


async def test_what_may_apply_is_asked_for_and_answered_at_once(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.tell")
        assert row(app, "Tell the persons").startswith("❯ ? without delay")
        await press(pilot, "a")  # two questions: whether it was open, whether they were told
        assert "Was it open to anybody?" in screen_text(app)
        await press(pilot, "down", "enter")
        assert "Fact: Open" in screen_text(app)
        await press(pilot, "y", "ctrl+s")
        assert desk.case(incident).value("zz_open") == "yes"
        assert row(app, "Tell the persons").startswith("❯ ? without delay")
        await press(pilot, "a")  # the one that is left
        await press(pilot, "n", "ctrl+s")
        assert desk.case(incident).value("zz_told") == "no"
        assert row(app, "Tell the persons").startswith("❯ ^ without delay")
        await press(pilot, "a")
        assert said(app).startswith("No question is open here.")


async def test_what_does_not_apply_is_folded_away_and_found_again(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="no")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        assert "zz.test.tell" not in clocks._keys
        assert "Not needed: 2. Enter shows them." in screen_text(app)  # none of the occasions
        clocks._rows.here = "folded"
        clocks.read()
        await settled(pilot)
        assert "Tell the persons  Test Act article 1" in screen_text(app)
        await press(pilot, "enter")
        assert row(app, "Tell the persons").startswith("  . ")
        await press(pilot, "enter")
        assert "zz.test.tell" not in clocks._keys
        await look(pilot, "zz.test.tell")  # someone is sent here to see it
        assert clocks._rows.here == "zz.test.tell"
        await press(pilot, "slash", *"persons", "enter")
        assert clocks._keys == ["zz.test.tell"]


async def test_doubts_stand_on_top_and_beside_what_they_concern(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, noticed_at="15:45", zz_open="yes")
    desk.do(incident, partial(facts.claim, name="known_at", typed="15:40"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        assert "doubts: 2" in screen_text(app).splitlines()[1]  # known before noticed; regimes left out
        assert clocks._rows.here != "doubts"  # one begins at the clocks
        await press(pilot, "home")
        assert clocks._rows.here == "doubts"
        assert "Doubtful: 2. Read this first." in screen_text(app)
        assert "lies before" in screen_text(app)
        assert "leaves out what is asked otherwise" in screen_text(app)
        await press(pilot, "enter", "enter")  # of the two, the first
        assert isinstance(app.screen, Facts)
        assert app.screen._rows.here in ("fact:noticed_at", "fact:known_at")
    text = read(desk, incident, "zz.test.report")
    assert text.startswith("Doubtful: “Known to the organisation at” (Wed 2022-06-22 15:40) lies before")


async def test_another_days_law_is_said_so(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert "Computed with the law of" not in screen_text(app)
        record(desk, incident, law_as_of="2026-11-21")
        app.reload()
        await settled(pilot)
        assert screen_text(app).splitlines()[2] == (
            " Computed with the law of 2026-11-21, which is not that of the day of knowing."
        )
    text = read(desk, incident, "zz.test.report")
    assert "the law of 2026-11-21 is applied; its text was read on 2026-11-21" in text
    assert "Law: Computed with the law of 2026-11-21, which is not that of the day of knowing." in text


@pytest.mark.parametrize(("language", "over"), [("en", "1 h overdue"), ("ja", "1時間超過")])
async def test_what_is_overdue_never_reads_like_time_left(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork, language: Language, over: str
) -> None:
    clock.forward(hours=2)
    app = open_app(incident, language)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.filed")
        assert row(app, "Desk report" if language == "en" else "受理").startswith("❯ ! 06-22")
        assert over in row(app, "Desk report" if language == "en" else "受理")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_our_own_aim_that_has_passed_is_no_breach_of_the_law(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork, size: tuple[int, int]
) -> None:
    record(desk, incident, zz_open="yes", zz_told="no")
    clock.forward(hours=55)
    app = open_app(incident, "en")
    async with app.run_test(size=size) as pilot:
        await look(pilot, "zz.test.tell")
        assert row(app, "Tell the persons").startswith("❯ ^ ")
        assert "aim passed 31 h ago" in row(app, "Tell the persons")
        for line in (row(app, "Tell the persons"), read(desk, incident, "zz.test.tell")):
            assert "overdue" not in line
            assert "soon" not in line
    case = desk.case(incident)
    found = next(one for one in deadlines(case) if one.id == "zz.test.tell")
    shades = Shades(bad="red", soon="amber")
    said = deadline_words(found, case.now, "en", shades)
    assert (said.plain, said.style) == ("^ Tell the persons aim passed 31 h ago", "amber")
    view = step_view(case, "tell")
    _, state = head(view, Teller(case, "en", shades), 80)
    assert state.plain.rstrip().endswith("^ aim passed 31 h ago")


# The text


def test_the_text_says_whether_by_when_what_and_by_which_law(desk: Desk, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    text = read(desk, incident, "zz.test.report")
    for line in (
        "State: running  3 d left",
        "Applies: yes",
        "Why: Item 1: Open: yes.",
        "Ask: Grave (a answers)",
        "Due: 2022-06-25(Sat) 15:45",
        "Readings: 2022-06-25(Sat) 15:45: as the law stands otherwise\nReadings: 2022-06-26(Sun) 15:45: a grave case",
        "To: The authority",
        "Kind: set by law",
        "Report: What happened",
        "Report: Whom it concerns",
        "If late: Give the reason for the delay.",
        "Exempt if: it was shut",
        "Keep in mind: In writing.",
        "Keep in mind: If shut, by word of mouth.",
        "Source: Test Act article 1 (read in the official text)",
        "Source: Test guideline (from memory, doubtful)",
        "Law: Test Act article 1 (tests)",
        "Law: the law of 2022-06-22 is applied; its text was read on 2026-11-21",
    ):
        assert line in text, line
    record(desk, incident, zz_shut="no")
    assert "word of mouth" not in read(desk, incident, "zz.test.report")


def test_of_a_target_of_some_days_the_first_is_read_before_the_last(desk: Desk, incident: str) -> None:
    record(desk, incident, regimes="jp.appi.68", law_as_of="2026-11-21", organization_type="public_body", persons="500")
    text = read(desk, incident, "jp.appi.68.prelim")
    assert "From: 2022-06-24\nDue: 2022-06-26(Sun) 23:59\n" in text


def test_a_day_without_its_hour_is_called_neither_in_time_nor_late(desk: Desk, incident: str, clock: Clockwork) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=4)
    day = Moment(datetime(2022, 6, 25, tzinfo=ZoneInfo("Asia/Tokyo")), "date")
    desk.do(incident, partial(act.file, duty="zz.test.report", at=day))
    text = read(desk, incident, "zz.test.report")
    assert "State: ✓ met  hour unknown\n" in text
    assert "Met: 2022-06-25, hour unknown" in text
    assert "Whether that was in time is not known: the hour is missing." in text


def test_what_the_law_gives_no_date_for_shows_our_own_target_as_such(desk: Desk, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    text = read(desk, incident, "zz.test.tell")
    assert "Due: without delay: the law names no date" in text
    assert "Own target: 2022-06-23(Thu) 15:45" in text
    assert "Kind: owed by law; the time is our own target" in text


def test_another_partys_duty_says_whose_it_is(desk: Desk, incident: str) -> None:
    assert "Whose: The contractor; not this organisation's own" in read(desk, incident, "zz.test.theirs")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])
async def test_no_line_is_wider_than_the_screen_and_no_duty_is_cut_off(
    desk: Desk, open_app: Open, incident: str, language: Language, size: tuple[int, int]
) -> None:
    record(desk, incident, zz_open="yes", contractor_known_at="14:00")
    app = open_app(incident, language)
    async with app.run_test(size=size) as pilot:
        await look(pilot, "zz.test.report")
        text = screen_text(app)
        assert all(cell_len(line) <= size[0] for line in text.splitlines())
        titles = (
            ("届出", "本人通知", "委託先", "連絡") if language == "ja" else ("Filing", "Tell the persons", "Word to us")
        )
        for title in titles:
            assert title in text
        law = "試験法 第1条" if language == "ja" else "Test Act article 1"
        assert sum(law in line for line in text.splitlines()) >= (3 if size[0] > 80 else 2)
        await press(pilot, "f2", "tab", "end")
        assert all(cell_len(line) <= size[0] for line in screen_text(app).splitlines())
