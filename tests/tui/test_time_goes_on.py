"""A window stays open while somebody talks on the telephone: what is typed then is read by the clock of then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runbook.desk import Desk
from runbook.moment import Moment
from runbook.tui.app import RunbookApp
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import screen_text, settled

LATER = Moment(START.replace(hour=16, minute=2))
OpenApp = Callable[..., RunbookApp]


@pytest.mark.parametrize(
    ("opens", "then"),
    [
        (["n"], [*"a call", "tab", *"16:02", "enter"]),
        (["s", "t"], ["ctrl+u", *"16:02", "enter"]),
        (["k"], [*"16:02", "enter"]),
    ],
    ids=["note", "time", "finish"],
)
async def test_an_hour_after_the_window_opened_is_todays(
    desk: Desk, open_app: OpenApp, clock: Clockwork, opens: list[str], then: list[str]
) -> None:
    incident = desk.new("tiny", noticed="15:30").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        for key in opens:
            await pilot.press(key)
            await settled(pilot)
        if "t" in opens:
            await pilot.press("enter")  # when it was started
            await settled(pilot)
        clock.at(16, 5)
        await pilot.press(*then)
        await settled(pilot)
        entry = desk.entry(incident, desk.case(incident).incident.seq).event
        assert entry.moment == LATER, screen_text(app)


async def test_a_count_is_as_of_the_hour_typed(desk: Desk, open_app: OpenApp, clock: Clockwork) -> None:
    incident = desk.new("lost-media").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f", "a")
        await settled(pilot)
        await pilot.press("enter")  # a data set
        await settled(pilot)
        await pilot.press(*"register", "enter", *"12", "enter", "1", "enter", "enter", "enter", *"16:02")
        clock.at(16, 5)
        await pilot.press("ctrl+s")
        await settled(pilot)
        data = desk.case(incident).incident.dataset("register")
        assert data is not None, screen_text(app)
        assert data.as_of == LATER


async def test_a_half_typed_text_that_is_saved_draws_nothing_anew(
    desk: Desk, open_app: OpenApp, clock: Clockwork
) -> None:
    """It rings the bell like any writing; the second that has passed is no news."""
    incident = desk.new("tiny").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        shown = app.case
        desk.keep_typing(incident, "app.note", "half")
        clock.forward(seconds=1)
        app.reload()
        await settled(pilot)
        assert app.case is shown
