"""The studio by keys: a notice's whole life, as two people press it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runbook.desk import Desk
from runbook.publications import stage
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Confirm, Remark
from runbook.tui.screens.board import Board
from runbook.tui.screens.form import Form
from runbook.tui.screens.notice import looking
from runbook.tui.screens.notice.editing import Editing
from runbook.tui.screens.notice.sides import Kinds
from tests.tui.boarding import asking, here, press, write
from tests.tui.looking import held_up, screen_text, send, settled, until
from tests.tui.studying import known, lost, place, point_at, points_text, reading, seen, studio, window, write_templates


@pytest.fixture(autouse=True)
def templates(tmp_path: Path) -> None:
    write_templates(tmp_path / "content")


@pytest.fixture
def incident(desk: Desk) -> str:
    return lost(desk)


async def test_keys_typed_before_the_list_and_the_notice_are_there_wait_for_them(
    open_app: Callable[..., RunbookApp], incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with held_up(monkeypatch, looking, "look"), held_up(monkeypatch, looking, "kinds"):
            await send(app, "d", "end", "enter", "e")
        await until(pilot, lambda: isinstance(app.screen, Editing))
        kinds = place(app).query_one(Kinds)
        opened = kinds.here
        kinds.action_edge(-1)  # it is the last one already
        assert kinds.here == opened


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_whole_life_of_a_notice(  # noqa: PLR0915  one story, from its first word to its correction
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, seat: Callable[..., Desk], size: tuple[int, int]
) -> None:
    other = seat("鈴木")
    app = open_app(incident)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reading(pilot, "【問い合わせの担当課：確認中】")

        # Worded by hand, over a sentence that holds a fact.
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, Editing))
        await pilot.press("ctrl+home", *["down"] * 4, "end", "left")
        await write(pilot, "調査中")
        await press(pilot, "ctrl+s")
        await reading(pilot, "甲市内です調査中。")
        kept = desk.case(incident).incident.notice("loss", "ja").draft
        assert kept is not None
        assert kept.base is not None
        assert "手直し" in points_text(app) or "Worded by hand: 1" in points_text(app)

        # A fact elsewhere in it changes: it is merged.
        known(other, incident, organization="乙市")
        app.reload()
        await reading(pilot, "乙市は、媒体をなくした")
        assert "甲市内です調査中。" in seen(app).drafting.text

        # The fact under the sentence changes: both stand there until someone settles it.
        known(other, incident, lost_place="丙駅")
        app.reload()
        await until(pilot, lambda: seen(app).drafting.conflicts)
        await settled(pilot)
        assert "なくした場所は丙駅です。" in points_text(app)
        await press(pilot, "A", "y")
        assert isinstance(app.screen, Remark)
        await press(pilot, "enter")
        assert stage(desk.case(incident).incident.notice("loss", "ja")) == "draft"
        await point_at(pilot, "conflict:0")
        await press(pilot, "2")
        await reading(pilot, "なくした場所は丙駅です。")
        assert not seen(app).drafting.conflicts

        # What is missing stops it; one key leads to its field, and esc back.
        await press(pilot, "A", "y")
        assert "問い合わせの担当課" in window(app)
        await press(pilot, "enter")
        await point_at(pilot, "missing:0")
        await press(pilot, "enter")
        assert here(app) == "hotline-open field:contact_desk"
        assert asking(app)
        await pilot.press(*"kikaku", "enter")
        await settled(pilot)
        await press(pilot, "escape")
        await reading(pilot, "kikaku")

        await press(pilot, "A")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "y")
        await until(pilot, lambda: seen(app).drafting.stage == "submitted")
        await press(pilot, "A", "y")  # its author cannot approve it
        assert isinstance(app.screen, Remark)
        await press(pilot, "enter")
        assert stage(desk.case(incident).incident.notice("loss", "ja")) == "submitted"

    colleague = RunbookApp(other, "ja", case=other.case(incident))
    async with colleague.run_test(size=size) as pilot:
        await settled(pilot)
        await studio(pilot)
        text = seen(colleague).drafting.text
        await press(pilot, "A")
        submission = other.case(incident).incident.notice("loss", "ja").submission
        assert submission is not None
        assert submission.sha256[:12] in window(colleague)
        await press(pilot, "y")
        await until(pilot, lambda: seen(colleague).drafting.stage == "approved")
        assert "下書き" not in "".join(screen_text(colleague).splitlines()[3:8])

        await press(pilot, "P")
        assert isinstance(colleague.screen, Form)
        await write(pilot, "ホームページ")
        await press(pilot, "enter")
        await write(pilot, "https://example.lg.jp/")
        await press(pilot, "enter", "enter")
        assert isinstance(colleague.screen, Confirm)
        assert submission.sha256[:12] in window(colleague)
        await press(pilot, "y")
        await until(pilot, lambda: seen(colleague).drafting.stage == "published")
        out = other.case(incident).incident.notice("loss", "ja").publication
        assert out is not None
        assert (out.channel, out.address, out.text.text) == ("ホームページ", "https://example.lg.jp/", text)

        # What it says is no longer right: the board says so, and one key leads to the correction.
        known(other, incident, lost_place="丁公園")
        colleague.reload()
        await press(pilot, "b")
        assert isinstance(colleague.screen, Board)
        badge = "Published documents to correct: 1 (d)", "公表済み文書 1件に訂正が要ります (d)"
        assert any(words in screen_text(colleague) for words in badge)
        await press(pilot, "d")
        await until(pilot, lambda: "丁公園" in points_text(colleague))
        assert "丙駅" in points_text(colleague)
        await point_at(pilot, "correct")
        await press(pilot, "enter")
        await until(pilot, lambda: place(colleague).seen and seen(colleague).drafting.kind.slug == "correction")
