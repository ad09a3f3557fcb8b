"""The notice by keys: drafted from the facts, what is missing filled, kept, turned into English, written to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from runbook.actions.facts import claim, record_dataset
from runbook.desk import Desk
from runbook.events import NoticeDrafted
from runbook.tui.app import RunbookApp
from runbook.tui.screens.notice.preview import Preview
from runbook.tui.screens.notice.screen import Notice, Points
from tests.noticing import slipped
from tests.tui.boarding import asking, here
from tests.tui.conftest import Clockwork
from tests.tui.looking import said, screen_text, settled, until

FACTS = {
    "organization": "尼崎市",
    "noticed_at": "~2022-06-22T03:00",
    "known_at": "2022-06-22T15:45",
    "media_kind": "USBメモリー",
    "media_count": "2",
    "persons": "460517",
    "my_number": "no",
    "contact_desk": "企画管理課",
    "hotline_hours": "毎日9時から19時まで",
}


@pytest.fixture
def incident(desk: Desk) -> str:
    """Everything the notice requires is known but the hotline's number and the time of the next news."""
    id = desk.new("lost-media", "USB").incident.id
    for name, typed in FACTS.items():
        desk.do(id, partial(claim, name=name, typed=typed))
    desk.do(id, partial(record_dataset, name="住民基本台帳", count=460517, unit="persons", fields=("氏名", "住所")))
    return id


def place(app: RunbookApp) -> Notice:
    assert isinstance(app.screen, Notice)
    return app.screen


async def drafted(pilot: Pilot[None], words: str) -> None:
    """Wait until these words stand in the draft."""
    app = pilot.app
    assert isinstance(app, RunbookApp)

    def there() -> bool:
        notice = place(app)._drafting
        return notice is not None and words in notice.text

    await until(pilot, there)
    await settled(pilot)


async def test_from_a_missing_fact_to_a_kept_draft(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "【専用電話の番号：確認中】")
        shown = screen_text(app)
        assert "下書き / DRAFT" in shown
        assert "個人情報を含む媒体の紛失について（第1報）" in shown
        assert "専用電話の番号" in shown

        await pilot.press("tab", "enter")  # the first missing fact: its field on the board, ready to be typed into
        await settled(pilot)
        assert here(app) == "hotline-open field:hotline_number"
        assert asking(app)
        await pilot.press(*"0120-746-370", "enter")
        await settled(pilot)
        assert not asking(app)
        await pilot.press("escape")  # back to where one came from
        await drafted(pilot, "電話：0120-746-370")

        await pilot.press("k")
        await settled(pilot)
        kept = desk.case(incident).incident.notice("first-notice", "ja").draft
        assert kept is not None
        assert kept.text.text == place(app)._drafting.text
        assert f"#{kept.touch.seq}" in screen_text(app).splitlines()[1]
        last = desk.entry(incident, kept.touch.seq).event
        assert isinstance(last.data, NoticeDrafted)
        assert last.data.facts["hotline_number"] == kept.touch.seq - 1

        await pilot.press("g")
        await drafted(pilot, "# Loss of storage media")
        assert app.language == "ja"

        await pilot.press("x")
        await settled(pilot)
        await pilot.press("ctrl+u", "ctrl+k", *"first.md", "enter")
        await settled(pilot)
        await until(pilot, lambda: said(app))
        written = (tmp_path / "first.md").read_text("utf-8")
        assert written.startswith("**下書き / DRAFT – NOT APPROVED**\n\n# Loss of storage media")
        assert str(tmp_path / "first.md") in said(app).replace("\n", "")
        assert (
            len(desk.case(incident).incident.notice("first-notice", "ja").versions) == 2
        )  # what was written is kept too


async def test_it_follows_another_seat_without_moving_what_is_read(
    open_app: Callable[..., RunbookApp], incident: str, seat: Callable[..., Desk]
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "捜索の状況は確認中です")
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        text = app.screen.query_one(Preview)
        before = text._lines[int(text.scroll_offset.y)].plain
        top = int(text.scroll_offset.y)
        assert top > 10
        other = seat("鈴木")
        other.do(incident, partial(claim, name="police_reported_at", typed="2022-06-22T15:00"))
        other.do(incident, partial(claim, name="contractor_known_at", typed="2022-06-22T14:00"))
        await drafted(pilot, "遺失届を提出")
        await until(pilot, lambda: int(text.scroll_offset.y) != top)
        assert int(text.scroll_offset.y) > top  # two lines more stand above it
        assert text._lines[int(text.scroll_offset.y)].plain == before


async def test_a_password_in_a_fact_is_shown_as_stopping_it_with_its_line(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    desk.do(incident, partial(slipped, name="lost_place", text="駅前。パスワードは13桁の英数字です"))
    app = open_app(incident)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "13桁")
        shown = screen_text(app)
        assert "! G01" in shown
        assert "! 媒体がなくなった場所：駅前。" in shown
        await pilot.press("home", "enter")
        await settled(pilot)
        assert app.screen.query_one(Preview).has_focus


async def test_a_drills_file_says_so_and_an_existing_one_is_asked_about(
    open_app: Callable[..., RunbookApp], desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drill = desk.new("lost-media", mode="drill").incident.id
    (tmp_path / "DRILL-a.md").write_text("mine", "utf-8")
    app = open_app(drill, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "first notice")
        assert "DRILL" in screen_text(app)

        async def name(answer: str) -> None:
            await pilot.press("x")
            await settled(pilot)
            await pilot.press("ctrl+u", "ctrl+k", *"a.md", "enter")
            await settled(pilot)
            await pilot.press(answer)
            await settled(pilot)

        await name("n")
        assert (tmp_path / "DRILL-a.md").read_text("utf-8") == "mine"
        await name("y")
        await until(pilot, lambda: "Written" in said(app))
        lines = (tmp_path / "DRILL-a.md").read_text("utf-8").splitlines()
        assert lines[0] == lines[-1] == "**訓練 / DRILL**"
        assert not (tmp_path / "a.md").exists()


async def test_a_target_that_cannot_be_written_is_a_sentence(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "first notice")
        await pilot.press("x")
        await settled(pilot)
        await pilot.press("ctrl+u", "ctrl+k", *"no/a.md", "enter")
        await settled(pilot)
        await until(pilot, lambda: said(app))
        assert "! no/a.md cannot be written: no such file or folder." in " ".join(said(app).split())
        assert desk.case(incident).incident.notice("first-notice", "ja").draft is not None


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 60)])
async def test_it_can_be_read_and_walked_at_any_size(
    open_app: Callable[..., RunbookApp], incident: str, size: tuple[int, int]
) -> None:
    app = open_app(incident, ascii=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "第1報")
        await pilot.press("tab", "down", "end", "tab", "end", "pageup")
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        points = app.screen.query_one(Points)
        assert points.here
        assert not set(screen_text(app)) & set("→─│❯✓")


async def test_the_clock_goes_on_and_the_draft_with_it(
    open_app: Callable[..., RunbookApp], incident: str, clock: Clockwork
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("d")
        await drafted(pilot, "午後3時45分現在")
        clock.forward(minutes=15)
        app._tick()
        await drafted(pilot, "尼崎市 令和4年6月22日（水）午後4時現在")
