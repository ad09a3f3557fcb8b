"""Everything that is recorded about legal duties by keys, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook.actions import duties as act
from runbook.content import Content
from runbook.desk import Desk
from runbook.tui.app import RunbookApp
from runbook.tui.screens.facts.claiming import ClaimForm
from tests.tui.conftest import Clockwork
from tests.tui.lawful import lawful_content, look, pane, press, read, record, row, under_the_law
from tests.tui.looking import said, screen_text

Open = Callable[..., RunbookApp]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return lawful_content(tmp_path)


@pytest.fixture
def incident(desk: Desk) -> str:
    return under_the_law(desk)


async def test_a_duty_without_a_step_is_recorded_as_met(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        clock.forward(hours=2)
        await press(pilot, "enter")
        assert "Met: Filing" in screen_text(app)
        assert "why late" not in screen_text(app)
        await press(pilot, *"16:30", "enter", "enter", *"R-7", "enter")
        filing = desk.case(incident).incident.duty("zz.test.report").filing
        assert filing is not None
        assert (f"{desk.case(incident).zoned(filing.at.at or clock.now):%H:%M}", filing.by) == ("16:30", "佐藤")
        assert filing.receipt is not None
        assert filing.receipt.text == "R-7"
        assert said(app).startswith("Recorded as met: Filing")
        assert "x records it" not in said(app)
        assert row(app, " Filing").startswith("❯ ✓ ")
        assert "in time" in row(app, " Filing")


async def test_what_is_refused_stays_typed_and_is_said(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", *"2022-06-23 09:00", "enter", "enter", *"R-7", "enter")
        assert "cannot have been met at a time that has not come yet" in " ".join(screen_text(app).split())
        assert "2022-06-23 09:00" in screen_text(app)
        assert "R-7" in screen_text(app)
        assert desk.case(incident).incident.duty("zz.test.report").filing is None


async def test_a_missed_duty_is_said_plainly_and_its_reason_is_asked_for(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=3, hours=1)
    text = read(desk, incident, "zz.test.report")
    assert "State: ! overdue  1 h overdue" in text
    assert "State: Missed: it was due Sat 2022-06-25 15:45." in text
    assert "State: No reason for the delay is recorded yet; x records it." in text
    assert text.count("Missed:") == 1
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        assert "! 4 overdue" in screen_text(app)  # with two steps, and what is filed at the desk
        await press(pilot, "x")
        assert "Why is “Filing” late?" in screen_text(app)
        assert "Give the reason for the delay." in screen_text(app)
        await press(pilot, *"the count took three days", "enter")
        delay = desk.case(incident).incident.duty("zz.test.report").delay
        assert delay is not None
        assert delay.reason.text == "the count took three days"
        assert "x records it" not in read(desk, incident, "zz.test.report")
        await press(pilot, "r")
        assert "It was due 06-25 15:45." in screen_text(app)
        await press(pilot, "enter", "enter", "enter")
        assert "A reason is recorded already" in screen_text(app)
        await press(pilot, "enter")
        assert "late" in row(app, " Filing")
        assert "x records it" not in said(app)


def test_a_reason_is_asked_for_also_where_the_law_has_no_words_for_lateness(
    desk: Desk, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=3, hours=1)
    case = desk.case(incident)
    (regime,) = (one for one in case.playbook.regimes if one.id == "zz.test")
    silent = msgspec.structs.replace(
        regime, duties=tuple(msgspec.structs.replace(one, late=None) for one in regime.duties)
    )
    case = msgspec.structs.replace(case, playbook=msgspec.structs.replace(case.playbook, regimes=(silent,)))
    assert "State: No reason for the delay is recorded yet; x records it." in pane(case, "zz.test.report")


async def test_met_late_without_a_reason_says_so(desk: Desk, open_app: Open, incident: str, clock: Clockwork) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=4)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", "ctrl+s")
        assert "It was late, and no reason is recorded; x records it." in said(app).replace("\n", " ")
        assert "x records it" in read(desk, incident, "zz.test.report")


async def test_counsels_decision_stands_for_ever(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot, "zz.test.report")
        await press(pilot, "v")
        assert "1 it applies, 2 it does not apply" in screen_text(app)
        assert "the rule decides again" not in screen_text(app)
        await press(pilot, "2", "ctrl+s")
        assert "Say which counsel decided it." in screen_text(app)
        await press(pilot, "tab", *"Mori", "enter", *"no danger", "enter")
        assert row(app, " Filing").startswith("❯ . ")
        assert "[counsel] Filing" in row(app, " Filing")
        clocks.adopt()
        assert "zz.test.report" in clocks._keys  # in sight, although it is not needed
        await press(pilot, "v", *"3", "enter", *"Mori", "enter", *"new facts", "enter")
        assert row(app, " Filing").startswith("❯ ? 06-25")
        assert "counsel" not in row(app, " Filing")
    text = read(desk, incident, "zz.test.report")
    assert "Counsel: 06-22 15:45 Mori: it does not apply. no danger" in text
    assert "Counsel: 06-22 15:45 Mori: the rule decides again. new facts" in text


async def test_the_receipt_is_added_to_what_was_filed(desk: Desk, open_app: Open, incident: str) -> None:
    """The form shows what was recorded; what is left in it stays."""
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", *"15:30", "enter", "enter", *"R-1", "enter")
        before = desk.case(incident).incident.duty("zz.test.report").filing
        await press(pilot, "r", "enter", "enter", *"2", "enter")
    kept = desk.case(incident).incident.duty("zz.test.report").filing
    assert before
    assert kept
    assert (kept.at, kept.by) == (before.at, before.by)
    assert [one.receipt.text for one in (before, kept) if one.receipt] == ["R-1", "R-12"]


async def test_a_filing_recorded_by_mistake_is_withdrawn_and_stays_to_be_read(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "w")
        assert said(app) == "“Filing” is not recorded as met."
        await press(pilot, "r", "ctrl+s")
        await press(pilot, "w", *"wrong case", "enter")
        assert desk.case(incident).incident.duty("zz.test.report").filing is None
        assert row(app, " Filing").startswith("❯   06-25")
    assert "Before: met 2022-06-22 15:45, by 佐藤; withdrawn 06-22 15:45 by 佐藤" in read(
        desk, incident, "zz.test.report"
    )


async def test_after_anything_is_recorded_the_text_begins_with_the_state(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot, "zz.test.report")
        for keys in (
            ["r", "ctrl+s"],
            ["w", *"wrong case", "enter"],
            ["v", *"1", "enter", *"Mori", "enter", *"x", "enter"],
        ):
            clocks.pane.focus()
            await press(pilot, "end")
            assert clocks.pane.scroll_offset.y > 0
            await press(pilot, *keys)
            assert clocks.pane.scroll_offset.y == 0
            assert any(line.lstrip().startswith("State") for line in screen_text(app).splitlines())


async def test_a_conflict_is_said_and_what_was_typed_stays(
    desk: Desk, seat: Callable[..., Desk], open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", "enter", "enter", *"R-7")
        seat("鈴木").do(incident, partial(act.file, duty="zz.test.report", receipt="R-6"))
        await press(pilot, "enter")
        assert "Meanwhile 鈴木 changed this" in " ".join(screen_text(app).split())
        assert "R-7" in screen_text(app)
        await press(pilot, "enter")
        filing = desk.case(incident).incident.duty("zz.test.report").filing
        assert filing is not None
        assert filing.receipt is not None
        assert filing.receipt.text == "R-7"


async def test_a_half_typed_reason_is_there_again(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "x", *"the count", "escape")
        await press(pilot, "home", "b")
        await press(pilot, "y")
        assert "Why is “Filing” late?" in screen_text(app)
        assert "the count" in screen_text(app)


async def test_a_steps_own_clock_is_no_legal_duty_and_severity_is_near(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "step:notice-what")
        for key in "rxvw":
            await press(pilot, key)
            assert said(app).startswith("This is not a legal duty.")
        await press(pilot, "s")
        assert getattr(app.screen, "place", "") == "severity"


@pytest.mark.parametrize(
    ("fact", "status"), [("zz_shut", "claimed"), ("zz_grave", "claimed"), ("zz_open", "confirmed")]
)
async def test_what_frees_from_a_duty_or_gives_more_time_is_not_confirmed_by_an_enter_too_many(
    desk: Desk, open_app: Open, incident: str, fact: str, status: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        app.push_screen(ClaimForm(fact, clocks.teller, ""))
        await press(pilot)
        said_so = "Confirm only what is proven" in " ".join(screen_text(app).split())
        assert said_so is (status == "claimed")
        await press(pilot, *"yes", "ctrl+s")
        claim = desk.case(incident).current(fact)
        assert claim is not None
        assert claim.status == status
        # what somebody proved stays so when it is written anew
        record(desk, incident, **{fact: "no"})
        app.reload()
        await press(pilot)
        app.push_screen(ClaimForm(fact, clocks.teller, ""))
        await press(pilot, "ctrl+a", *"yes", "ctrl+s")
        claim = desk.case(incident).current(fact)
        assert claim is not None
        assert claim.status == "confirmed"
