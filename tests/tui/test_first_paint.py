"""The board's very first paint: what one has to do next stands there, before anything was laid out again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runbook.desk import Desk
from runbook.tui.app import RunbookApp
from runbook.tui.screens.board import Board
from tests.tui.looking import screen_text, settled


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_first_paint_is_whole(
    open_app: Callable[..., RunbookApp], desk: Desk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    app = open_app(desk.new("tiny", "USB").incident.id, "en")
    paints: list[str] = []
    widths: list[int] = []
    paint = Board._compositor_refresh

    def watched(board: Board) -> None:
        paints.append(screen_text(app))
        widths.append(board.query_one("#panel").size.width)
        paint(board)

    monkeypatch.setattr(Board, "_compositor_refresh", watched)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
    first = paints[0]
    assert all(words in first for words in ("USB", "What was noticed", "Deadlines run from here."))
    assert len(set(widths)) == 1  # nothing is seen to move
