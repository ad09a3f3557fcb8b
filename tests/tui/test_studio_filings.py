"""Filings in the studio, by keys: why one is late, and what the next one puts right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runbook.desk import Desk
from runbook.tui.app import RunbookApp
from runbook.tui.screens.clocks import Clocks
from tests.tui.boarding import press, write
from tests.tui.conftest import Clockwork
from tests.tui.looking import said, settled, until
from tests.tui.studying import known, place, point_at, reading, seen

KIND = "gdpr-notification"


@pytest.fixture
def incident(desk: Desk) -> str:
    id = desk.new("lost-media", "USB").incident.id
    known(desk, id, organization="Otsuyama Learning", organization_type="business", regimes="eu.gdpr", gdpr_risk="yes")
    known(desk, id, known_at="2022-06-22T10:00", persons="4057", my_number="no")
    return id


async def test_a_missing_reason_leads_to_the_clock_where_it_is_recorded(
    open_app: Callable[..., RunbookApp], incident: str, clock: Clockwork
) -> None:
    clock.forward(hours=72)
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("notice", f"kind:{KIND}/en")
        await reading(pilot, "That time has passed.")
        await point_at(pilot, "missing:0")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Clocks))
        clocks = app.screen
        assert isinstance(clocks, Clocks)
        assert clocks._rows.here == "eu.gdpr.33"


@pytest.mark.parametrize("hours", [1, 72])
async def test_what_went_out_late_without_a_reason_asks_for_it(
    open_app: Callable[..., RunbookApp],
    incident: str,
    desk: Desk,
    seat: Callable[..., Desk],
    clock: Clockwork,
    hours: int,
) -> None:
    desk.studio().submit(incident, KIND, "en")
    seat("鈴木").studio().approve(incident, KIND, "en")
    clock.forward(hours=hours)
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("notice", f"kind:{KIND}/en")
        await until(pilot, lambda: place(app).seen)
        await press(pilot, "P")
        await write(pilot, "web form")
        await press(pilot, "enter", "enter", "enter", "y")
        await until(pilot, lambda: seen(app).drafting.stage == "published")
        await settled(pilot)
        assert ("It was late, and no reason is recorded: c, then x." in said(app)) == (hours == 72)


async def test_from_a_filing_that_is_no_longer_right_one_comes_to_the_final_report(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    desk.studio().submit(incident, "commission-preliminary", "en")
    seat("鈴木").studio().approve(incident, "commission-preliminary", "en")
    desk.studio().publish(incident, "commission-preliminary", "en", "web form")
    known(desk, incident, persons="4060")
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        app.go("notice", "kind:commission-preliminary/en")
        await until(pilot, lambda: place(app).seen)
        await settled(pilot)
        await point_at(pilot, "next:commission-final")
        await press(pilot, "enter")
        await until(pilot, lambda: place(app).seen and seen(app).drafting.kind.slug == "commission-final")
