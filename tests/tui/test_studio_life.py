"""A notice's life from its submission on, by keys: who may do what, and what the screen says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from runbook.content import Content
from runbook.desk import Desk
from runbook.publications import Stage, stage
from runbook.store import open_store
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Confirm, Remark
from runbook.tui.screens.asktext import AskLine
from runbook.tui.screens.notice.sides import Kinds
from tests.tui.boarding import press, write
from tests.tui.conftest import Clockwork
from tests.tui.looking import said, screen_text, settled, until
from tests.tui.studying import (
    known,
    lost,
    place,
    point_at,
    points_text,
    reading,
    seen,
    studio,
    window,
    write_templates,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    write_templates(tmp_path / "content")
    return tmp_path


@pytest.fixture
def incident(desk: Desk) -> str:
    id = lost(desk)
    known(desk, id, contact_desk="企画管理課")
    return id


@pytest.fixture
def same_seat(tmp_path: Path, content: Content, clock: Clockwork) -> Iterator[Desk]:
    """鈴木, at 佐藤's seat."""
    desk = Desk(open_store(str(tmp_path / "runbook.db")), lambda: content, clock, "鈴木", "seat-1")
    yield desk
    desk.close()


def at(desk: Desk, incident: str) -> Stage | None:
    return stage(desk.case(incident).incident.notice("loss", "ja"))


def submitted(desk: Desk, incident: str) -> None:
    desk.studio().submit(incident, "loss", "ja")


def approved(desk: Desk, other: Desk, incident: str) -> None:
    submitted(desk, incident)
    other.studio().approve(incident, "loss", "ja")


def published(desk: Desk, other: Desk, incident: str) -> None:
    approved(desk, other, incident)
    other.studio().publish(incident, "loss", "ja", "ホームページ")


async def confirmed(pilot: Pilot[None], key: str) -> str:
    """Press a key that asks, and say yes; what it asked."""
    await press(pilot, key)
    app = pilot.app
    assert isinstance(app, RunbookApp)
    assert isinstance(app.screen, Confirm)
    asked = window(app)
    await press(pilot, "y")
    return asked


async def test_an_approval_on_the_same_seat_says_so_and_that_names_are_not_authenticated(
    incident: str, desk: Desk, same_seat: Desk
) -> None:
    submitted(desk, incident)
    app = RunbookApp(same_seat, "en", case=same_seat.case(incident))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await studio(pilot)
        while seen(app).drafting.written != "ja":
            await press(pilot, "g")
        await confirmed(pilot, "A")
        await until(pilot, lambda: seen(app).drafting.stage == "approved")
        await until(pilot, lambda: seen(app).same_seat)
        shown = screen_text(app)
        assert "approved on the same seat" in shown
        assert "Names are not authenticated." in shown


async def test_an_approval_on_another_seat_does_not_say_so(
    incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    approved(desk, seat("鈴木"), incident)
    app = RunbookApp(desk, "ja", case=desk.case(incident))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await studio(pilot)
        assert seen(app).drafting.stage == "approved"
        assert not seen(app).same_seat
        assert "佐藤" in screen_text(app)
        assert "鈴木" in screen_text(app)


async def test_what_was_submitted_anew_meanwhile_is_not_approved_unread(
    incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    """Approval acts on exactly what its approver saw."""
    other = seat("鈴木")
    submitted(desk, incident)
    app = RunbookApp(other, "ja", case=other.case(incident))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "A")
        assert isinstance(app.screen, Confirm)
        known(desk, incident, lost_place="丙駅")
        desk.studio().keep(incident, desk.studio().draft(incident, "loss", "ja", anew=True))
        submitted(desk, incident)
        app.reload()
        await settled(pilot)
        await press(pilot, "y")
        assert isinstance(app.screen, Remark)
        assert at(desk, incident) == "submitted"
        await press(pilot, "enter")
        await reading(pilot, "丙駅")
        await confirmed(pilot, "A")
        assert at(desk, incident) == "approved"


async def test_an_author_is_refused_the_approval_before_anything_is_asked(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    submitted(desk, incident)
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "A")
        assert isinstance(app.screen, Remark)
        assert "承認できません" in window(app)
    assert at(desk, incident) == "submitted"


async def test_what_is_missing_refuses_a_submission_before_anything_is_asked(
    open_app: Callable[..., RunbookApp], desk: Desk
) -> None:
    app = open_app(lost(desk))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "A")
        assert isinstance(app.screen, Remark)
        assert "まだ承認を求められません" in window(app)
        assert "担当課" in window(app)


async def test_a_fact_that_changed_since_the_submission_stops_the_approval_and_a_new_version_begins(
    incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    other = seat("鈴木")
    submitted(desk, incident)
    known(other, incident, lost_place="丙駅")
    app = RunbookApp(other, "ja", case=other.case(incident))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        assert "なくした場所" in points_text(app)
        await confirmed(pilot, "A")
        assert isinstance(app.screen, Remark)
        await press(pilot, "enter")
        await press(pilot, "e")  # what is frozen cannot be reworded
        assert "N" in said(app)
        await confirmed(pilot, "N")
        await reading(pilot, "丙駅")
        assert at(desk, incident) == "draft"


async def test_a_notice_that_came_out_since_is_told_of_before_an_approved_list_of_them_is_published(
    incident: str, desk: Desk, seat: Callable[..., Desk], folder: Path
) -> None:
    other, templates = seat("鈴木"), folder / "content" / "templates"
    loss, kinds = templates / "ja" / "loss.md.j2", templates / "kinds.yaml"
    word = "  - {id: D91, slug: word, audience: partners, public: yes, title: {ja: ひとこと, en: A word}}\n"
    kinds.write_text(kinds.read_text("utf-8") + word, "utf-8")
    (loss.parent / "word.md.j2").write_text(loss.read_text("utf-8"), "utf-8")
    loss.write_text(loss.read_text("utf-8") + "\n{% for one in history %}\n- {{ one.title }}\n{% endfor %}\n", "utf-8")
    approved(desk, other, incident)
    desk.studio().submit(incident, "word", "ja")
    other.studio().approve(incident, "word", "ja")
    other.studio().publish(incident, "word", "ja", "ホームページ")
    app = RunbookApp(desk, "en", case=desk.case(incident))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await studio(pilot)
        while seen(app).drafting.written != "ja":
            await press(pilot, "g")
        assert "“A word” came out since" in points_text(app)
        assert at(desk, incident) == "approved"


async def test_only_an_approved_text_can_be_published(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "P")
        assert "Only an approved text goes out." in said(app)


async def test_a_time_that_is_none_is_said_and_nothing_is_recorded(
    incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    approved(desk, seat("鈴木"), incident)
    app = RunbookApp(desk, "ja", case=desk.case(incident))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "P")
        await press(pilot, "ctrl+s")  # no channel yet
        assert at(desk, incident) == "approved"
        await write(pilot, "web")
        await press(pilot, "enter", "enter")
        await pilot.press("end", "ctrl+u")
        await write(pilot, "noon")
        await press(pilot, "ctrl+s")
        assert "noon" in window(app)
        await pilot.press("end", "ctrl+u")
        await write(pilot, "06-22 15:30")
        await press(pilot, "ctrl+s", "y")
        out = desk.case(incident).incident.notice("loss", "ja").publication
        assert out is not None
        assert out.at.at is not None
        assert f"{desk.case(incident).zoned(out.at.at):%m-%d %H:%M}" == "06-22 15:30"


@pytest.mark.parametrize(("key", "becomes"), [("C", "corrected"), ("W", "withdrawn")])
async def test_what_is_published_is_corrected_or_withdrawn_with_a_reason(
    incident: str, desk: Desk, seat: Callable[..., Desk], key: str, becomes: Stage
) -> None:
    published(desk, seat("鈴木"), incident)
    known(desk, incident, lost_place="丙駅")
    app = RunbookApp(desk, "ja", case=desk.case(incident))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        assert "甲市内" in points_text(app)
        await press(pilot, key)
        assert isinstance(app.screen, AskLine)
        await press(pilot, "enter")  # no reason
        assert at(desk, incident) == "published"
        await write(pilot, "wrong place")
        await press(pilot, "enter")
        await until(pilot, lambda: seen(app).drafting.stage == becomes)
        assert "丙駅" not in points_text(app)  # it is no longer one to correct


async def test_a_warning_is_answered_for_by_name_and_reason(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    drafting = desk.studio().draft(incident, "loss", "ja")
    text = drafting.text + "\nパスワードについてはお答えを控えます。\n"
    desk.studio().reword(incident, drafting, text)
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        found = seen(app).drafting.unanswered
        assert found
        n = seen(app).drafting.findings.index(found[0])
        await point_at(pilot, f"finding:{n}")
        await press(pilot, "r")
        if found[0].rule in ("G02", "G04"):  # its author cannot answer for it, and is not asked to
            assert isinstance(app.screen, Remark)
            assert found[0].rule in window(app)
        else:
            assert isinstance(app.screen, AskLine)
            await write(pilot, "asked by the press")
            await press(pilot, "enter")
            await until(pilot, lambda: "asked by the press" in points_text(app))


async def test_the_list_says_what_is_to_be_corrected(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    published(desk, seat("鈴木"), incident)
    known(desk, incident, lost_place="丙駅")
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "d")
        await until(pilot, lambda: app.screen.query_one(Kinds).here)
        assert app.screen.query_one(Kinds).here == "kind:loss"  # what must be corrected comes first
        row = next(line for line in screen_text(app).splitlines() if "媒体の紛失" in line)
        assert row.startswith("❯! ")
        assert not place(app).has_class("-open")
