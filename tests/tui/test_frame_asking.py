"""Questions are values: what is typed or chosen comes back, None for escape."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from textual.widgets import Input

from runbook.desk import Desk
from runbook.errors import BadContent
from runbook.moment import UNKNOWN, Moment
from runbook.speech import say
from runbook.tui.app import RunbookApp
from runbook.tui.screens import asktext
from runbook.tui.screens.asking import Asking, Choose, Confirm
from runbook.tui.screens.asktext import AskLine, AskText, AskTime
from runbook.tui.screens.help import Help
from runbook.tui.widgets.rows import Rows
from tests.tui.conftest import START, TOKYO
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]
T = TypeVar("T")
NOTHING = object()


async def answer(app: RunbookApp, question: Asking[T], *keys: str) -> T | object | None:
    """What comes of pressing these keys; NOTHING while the question is still open."""
    came: list[T | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(question, came.append)
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
    return came[0] if came else NOTHING


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("a", "b", "enter"), "ab"),
        (("enter",), ""),
        (("escape",), None),
        (("a", "escape"), None),
        (("漢", "字", "enter"), "漢字"),
    ],
)
async def test_a_line(app: RunbookApp, keys: tuple[str, ...], value: str | None) -> None:
    assert await answer(app, AskLine(say("Title")), *keys) == value


@pytest.mark.parametrize(("keys", "value"), [((), "old"), (("n", "e", "w"), "new"), (("end", "e", "r"), "older")])
async def test_a_value_stands_there_and_typing_replaces_it(app: RunbookApp, keys: tuple[str, ...], value: str) -> None:
    assert await answer(app, AskLine(say("Title"), value="old"), *keys, "enter") == value


async def test_a_text_of_several_lines(app: RunbookApp) -> None:
    assert await answer(app, AskText(say("Note")), *"one", "ctrl+j", *"two", "enter") == "one\ntwo"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("15:10", Moment(START.replace(hour=15, minute=10))),
        ("~15:10", Moment(START.replace(hour=15, minute=10), "about")),
        ("unknown", UNKNOWN),
    ],
)
async def test_a_time(app: RunbookApp, typed: str, moment: Moment) -> None:
    assert await answer(app, AskTime(say("When?"), START, TOKYO), *typed, "enter") == moment


async def test_what_is_no_time_is_not_taken(app: RunbookApp) -> None:
    assert await answer(app, AskTime(say("When?"), START, TOKYO), *"soon", "enter") is NOTHING


async def test_a_time_is_echoed_with_its_day(app: RunbookApp) -> None:
    """23:50 typed at 15:45 is yesterday's: rules.md 13."""
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(AskTime(say("When?"), START, TOKYO))
        await pilot.press(*"23:50")
        await settled(pilot)
        assert "6月21日午後11時50分" in screen_text(app)


OPTIONS = [("a", say("yes")), ("b", say("no")), ("c", say("unknown"))]


@pytest.mark.parametrize(
    ("keys", "value"), [(("enter",), "b"), (("down", "enter"), "c"), (("home", "enter"), "a"), (("escape",), None)]
)
async def test_one_of_several(app: RunbookApp, keys: tuple[str, ...], value: str | None) -> None:
    assert await answer(app, Choose(say("Which?"), OPTIONS, "b"), *keys) == value


async def test_a_click_chooses(app: RunbookApp) -> None:
    came: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Choose(say("Which?"), OPTIONS), came.append)
        await settled(pilot)
        await pilot.click("Rows", offset=(2, 2))
        await settled(pilot)
    assert came == ["c"]


@pytest.mark.parametrize(("key", "value"), [("enter", True), ("y", True), ("ｙ", True), ("n", False), ("escape", None)])
async def test_yes_or_no(app: RunbookApp, key: str, value: bool | None) -> None:
    assert await answer(app, Confirm(say("Really?")), key) is value


async def test_a_guarded_text_is_not_kept_before_its_check(app: RunbookApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asktext, "KEEP_AFTER", 0.01)
    question = AskLine(say("Note"), keep="app.note", may_keep=lambda text: "8" not in text)
    await answer(app, question, *"it is 8 long", "escape")
    assert "8" not in app.unfinished.texts.get("app.note", "")


async def test_a_title_from_outside_cannot_steer_the_terminal(app: RunbookApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Choose(say("{text}", text="\x1b[2J"), [("a", say("{text}", text="\x1b]0;x\x07"))]))
        await settled(pilot)
        assert "\x1b" not in screen_text(app)
        assert "␛[2J" in screen_text(app)
        assert not app.screen.query(Input)


async def test_a_question_stays_open_until_its_answer_is_recorded(desk: Desk, open_app: Open) -> None:
    """An empty reason is refused in the box itself: message and hint, with no space between in Japanese."""
    incident = desk.new("tiny").incident.id
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.run_action("screen.skip('notice-what')")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        refused = next(line for line in screen_text(app).splitlines() if "! " in line)
        assert "。 " not in refused.rstrip(" │|")
        await pilot.press(*"done", "enter")
        await settled(pilot)
        assert not app.screen.is_modal
        assert desk.case(incident).incident.step("notice-what").state == "skipped"
        assert desk.typing(incident) == {}


async def test_an_empty_name_is_refused_where_it_is_typed(desk: Desk, open_app: Open) -> None:
    incident = desk.new("tiny", "USB").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+t", "backspace", "enter")
        await settled(pilot)
        assert isinstance(app.screen, AskLine)
        assert "! " in screen_text(app)
        app.screen.refuse(BadContent(say("{text}", text="あ" * 40)))
        await settled(pilot)
        assert f"! {'あ' * 34}" in screen_text(app)  # the sign never stands alone, though there is no space to break at
        await pilot.press(*"lost", "enter")
        await settled(pilot)
        assert desk.case(incident).incident.title == "lost"


async def test_f2_says_an_open_window_in_the_other_language_and_keeps_what_stands_in_it(
    open_app: Open, desk: Desk
) -> None:
    app = open_app(desk.new("tiny", "USB").incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n", *"half a word", "f2")
        await settled(pilot)
        assert "What happened" in screen_text(app)
        assert "half a word" in screen_text(app)
        await pilot.press("s", "enter")
        await settled(pilot)
        assert "half a words" in screen_text(app)
        await pilot.press("f1", "down", "down", "f2")
        await settled(pilot)
        window = next(one for one in app.screen_stack if isinstance(one, Help))
        assert "enter 実行" in screen_text(app)
        assert window.query_one(Rows).here == "press"
        assert window.query_one(Rows).has_focus


async def test_f2_in_a_form_says_that_it_keeps_its_language(open_app: Open, desk: Desk) -> None:
    app = open_app(desk.new("tiny", "USB").incident.id, "en")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("f")
        await settled(pilot)
        app.go("facts", "fact:persons")
        await settled(pilot)
        await pilot.press("e", "7", "f2")
        await settled(pilot)
        assert "keeps its language" in said(app)
        languages = [app.language]
        await pilot.press("ctrl+s", "f2")
        await settled(pilot)
        assert [*languages, app.language] == ["en", "ja"]
