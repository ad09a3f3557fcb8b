"""Moving an incident to another edition, by keys."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from runbook.content import Content
from runbook.desk import Desk
from runbook.store import open_store
from runbook.tui.app import RunbookApp
from tests.tui.conftest import TINY, Clockwork
from tests.tui.looking import screen_text, settled


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_another_edition_is_shown_before_one_moves_to_it(
    tmp_path: Path, clock: Clockwork, size: tuple[int, int]
) -> None:
    folder = tmp_path / "content"
    (folder / "playbooks").mkdir(parents=True)
    tiny = folder / "playbooks" / "tiny.yaml"
    tiny.write_text(TINY, "utf-8")
    with closing(Desk(open_store(str(tmp_path / "r.db")), lambda: Content(folder), clock, "佐藤", "seat")) as desk:
        id = desk.new("tiny", "USB").incident.id
        tiny.write_text(
            TINY.replace('edition: "2022-06-22"', 'edition: "2022-06-30"').replace("id: theft", "id: stolen"), "utf-8"
        )
        app = RunbookApp(desk, "en", case=desk.case(id))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.press("ctrl+l")
            await settled(pilot)
            assert "2022-06-22; then 2022-06-30" in screen_text(app)
            assert "Step that falls away: 2-2 Report a theft" in screen_text(app)
            await pilot.press("escape")
            await settled(pilot)
            assert desk.case(id).playbook.edition == "2022-06-22"
            await pilot.press("ctrl+l")
            await settled(pilot)
            await pilot.press("y")
            await settled(pilot)
            assert app.case is not None
            assert app.case.playbook.edition == "2022-06-30"
            assert "stolen" in app.case.playbook.steps
