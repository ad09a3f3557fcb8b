"""The studio by keys: reading a notice, walking through the list, writing files; what others do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from runbook.desk import Desk
from runbook.events import NoticeDrafted
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades
from runbook.tui.screens.board import Board
from runbook.tui.screens.board.panel import StepPanel
from runbook.tui.screens.notice.history import Sheet, Versions
from runbook.tui.screens.notice.preview import Preview
from runbook.tui.screens.notice.sides import Kinds, Points
from tests.noticing import slipped
from tests.tui.boarding import press, write
from tests.tui.conftest import Clockwork
from tests.tui.looking import said, screen_text, settled, until
from tests.tui.studying import (
    HEAD,
    known,
    lost,
    place,
    point_at,
    reading,
    seen,
    studio,
    window,
    write_templates,
)

LONG = "{% if police_station.known %}届け先は{{ police_station }}です。\n\n{% endif %}" + "".join(
    f"{n}番目の段落です。\n\n" for n in range(1, 40)
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_templates(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def incident(desk: Desk) -> str:
    return lost(desk)


async def test_a_kept_draft_is_in_the_record_with_the_facts_it_rests_on(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        assert "下書き / DRAFT" in screen_text(app)
        await press(pilot, "k")
        kept = desk.case(incident).incident.notice("loss", "ja").draft
        assert kept is not None
        assert kept.text.text == seen(app).drafting.text
        last = desk.entry(incident, kept.touch.seq).event
        assert isinstance(last.data, NoticeDrafted)
        assert set(last.data.facts) == {"organization", "lost_place"}
        assert f"#{kept.touch.seq}" in screen_text(app)
        await press(pilot, "k")  # nothing changed since
        assert len(desk.case(incident).incident.notice("loss", "ja").versions) == 1


async def test_one_key_goes_through_the_writings_there_are(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        for words in ("# Notice of the loss", "# なくしました", "# 紛失のお知らせ"):
            await pilot.press("g")
            await reading(pilot, words)
        assert app.language == "ja"


async def test_it_follows_another_seat_without_moving_what_is_read(
    open_app: Callable[..., RunbookApp], incident: str, seat: Callable[..., Desk], folder: Path
) -> None:
    head = HEAD.format(title="紛失", requires="organization").replace("[lost_place]", "[lost_place, police_station]")
    (folder / "content" / "templates" / "ja" / "loss.md.j2").write_text(head + "# 紛失\n\n" + LONG, "utf-8")
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        text = app.screen.query_one(Preview)
        top = int(text.scroll_offset.y)
        before = text._lines[top].plain
        assert top > 10
        known(seat("鈴木"), incident, police_station="甲署")
        app.reload()
        await reading(pilot, "届け先は甲署です。")
        await until(pilot, lambda: int(text.scroll_offset.y) != top)
        assert text._lines[int(text.scroll_offset.y)].plain == before


async def test_a_password_in_a_fact_is_shown_as_stopping_it_with_its_line(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    desk.do(incident, partial(slipped, name="lost_place", text="駅前。パスワードは13桁の英数字です"))
    app = open_app(incident)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await studio(pilot)
        shown = screen_text(app)
        assert "! G01" in shown
        assert "! なくした場所は駅前。" in shown
        await point_at(pilot, "finding:0")
        await press(pilot, "enter")
        assert app.screen.query_one(Preview).has_focus


async def name(pilot: Pilot[None], typed: str, answer: str = "", down: int = 0) -> None:
    """Write a file: its format, its name, an answer if it is asked whether to replace one."""
    await press(pilot, "x", *["down"] * down, "enter")
    await pilot.press("ctrl+u", "ctrl+k")
    await write(pilot, typed)
    await press(pilot, "enter", *([answer] if answer else []))


async def test_a_drills_file_says_so_and_an_existing_one_is_asked_about(
    open_app: Callable[..., RunbookApp], desk: Desk, folder: Path
) -> None:
    drill = desk.new("lost-media", mode="drill").incident.id
    (folder / "DRILL-a.md").write_text("mine", "utf-8")
    app = open_app(drill, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await name(pilot, "a.md", "n")
        assert (folder / "DRILL-a.md").read_text("utf-8") == "mine"
        await name(pilot, "a.md", "y")
        await until(pilot, lambda: "DRILL-a.md" in said(app).replace("\n", ""))
        lines = (folder / "DRILL-a.md").read_text("utf-8").splitlines()
        assert lines[0] == lines[-1] == "**訓練 / DRILL**"
        assert not (folder / "a.md").exists()


async def test_a_file_in_another_format_says_the_same(
    open_app: Callable[..., RunbookApp], incident: str, folder: Path, desk: Desk
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await name(pilot, "a.html", down=1)
        await until(pilot, (folder / "a.html").exists)
        page = (folder / "a.html").read_text("utf-8")
        assert "<h1" in page
        assert "甲市" in page
        assert "DRAFT" in page
        assert len(desk.case(incident).incident.notice("loss", "en").versions) == 1  # what was written is kept too


async def test_a_target_that_cannot_be_written_is_a_sentence(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await name(pilot, "no/a.md")
        await until(pilot, lambda: "no/a.md" in said(app))
        assert "! no/a.md cannot be written: no such file or folder." in " ".join(said(app).split())
        assert desk.case(incident).incident.notice("loss", "en").draft is not None


async def test_the_clock_goes_on_and_the_draft_with_it(
    open_app: Callable[..., RunbookApp], incident: str, clock: Clockwork
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reading(pilot, "午後3時45分現在")
        clock.forward(minutes=15)
        app._tick()
        await reading(pilot, "午後4時現在")


@pytest.mark.parametrize(
    ("size", "language"), [((40, 10), "ja"), ((80, 24), "en"), ((80, 24), "ja"), ((200, 60), "en")]
)
async def test_it_can_be_read_and_walked_at_any_size(
    open_app: Callable[..., RunbookApp], incident: str, size: tuple[int, int], language: str
) -> None:
    app = open_app(incident, language, ascii=True)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await studio(pilot)
        await pilot.press("tab", "down", "end", "tab", "end", "pageup", "[", "down", "end", "home", "enter")
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        await pilot.resize_terminal(130, 20)
        await settled(pilot)
        assert app.screen.query_one(Points).here
        assert not set(screen_text(app)) & set("→─│❯✓")


async def test_the_line_below_the_notice_stays_however_far_one_walks_on_below_it(
    open_app: Callable[..., RunbookApp], desk: Desk, incident: str
) -> None:
    known(desk, incident, police_wishes="Say nothing of the way. " * 20)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot, "first-notice")
        side = app.screen.query_one(Points)
        await press(pilot, "tab")
        await until(pilot, lambda: side.has_focus)
        for key in ("down", "end"):
            await press(pilot, key)
            first, *below = screen_text(app).splitlines()[side.region.y : side.region.bottom]
            assert "To see to" in first
            here = [line for line in below if line.startswith(Shades().pointer)]
            assert len(here) == 1
        assert side.scroll_offset.y > 0


async def test_the_list_is_searched_and_comes_back_whole(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "d")
        await until(pilot, lambda: app.screen.query_one(Kinds).here)
        assert "広報紙の臨時号" in screen_text(app)
        await press(pilot, "slash")
        await write(pilot, "D90")
        await press(pilot, "enter")
        assert app.screen.query_one(Kinds).here == "kind:loss"
        assert "広報紙の臨時号" not in screen_text(app)
        await press(pilot, "escape")
        assert "広報紙の臨時号" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, Board)


async def test_one_comes_back_to_where_one_was(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "f", "d")
        assert place(app).has_class("-open")
        assert seen(app).drafting.kind.slug == "loss"
        await press(pilot, "escape")
        assert app.screen.query_one(Kinds).has_focus
        assert app.screen.query_one(Kinds).here == "kind:loss"


async def test_a_step_of_the_board_leads_to_its_notice_and_escape_back(
    open_app: Callable[..., RunbookApp], incident: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "field:first-notice")
        await settled(pilot)
        board = app.screen
        assert isinstance(board, Board)
        board.query_one(StepPanel).look_at("notice:first-notice")
        await press(pilot, "enter")
        await until(pilot, lambda: place(app).seen)
        assert seen(app).drafting.kind.slug == "first-notice"
        await press(pilot, "escape")
        assert isinstance(app.screen, Board)


async def test_the_key_of_the_documents_opens_the_one_the_step_is_about(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        app.go("board", "step:found-notice")
        await settled(pilot)
        await press(pilot, "d")
        await until(pilot, lambda: place(app).seen)
        assert seen(app).drafting.kind.slug == "found-notice"
        await press(pilot, "escape")
        assert isinstance(app.screen, Board)
        app.go("board", "step:first-notice")
        await settled(pilot)
        desk.studio().keep(incident, desk.studio().draft(incident, "short-notice", "ja"))
        app.reload()
        await settled(pilot)
        await press(pilot, "d")
        await until(pilot, lambda: place(app).seen)
        assert seen(app).drafting.kind.slug == "short-notice"
        app.go("board", "step:notice-what")
        await settled(pilot)
        await press(pilot, "d")  # it leads to none: as it was left
        assert seen(app).drafting.kind.slug == "short-notice"


async def test_versions_and_differences_are_read_in_windows(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "V")
        assert not isinstance(app.screen, Versions)  # there is nothing yet
        await press(pilot, "k")
        known(desk, incident, lost_place="丙駅")
        app.reload()
        await reading(pilot, "丙駅")
        await press(pilot, "k", "V")
        assert isinstance(app.screen, Versions)
        rows = [line for line in screen_text(app).splitlines() if "佐藤" in line and "│" in line]
        assert [row.rpartition("#")[2].strip(" │") for row in rows] == ["6", "4"]
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, Sheet)
        assert "甲市内" in window(app)
        await press(pilot, "escape", "escape", "D")
        assert isinstance(app.screen, Sheet)
        await press(pilot, "escape")
        assert window(app) == ""
