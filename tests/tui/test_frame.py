"""The frame of every screen, driven by keys."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea
from textual.widgets._toast import Toast

from runbook.actions import records, steps
from runbook.actions.deciding import By
from runbook.case import Case
from runbook.desk import Desk
from runbook.errors import Refused, StoreUnreachable
from runbook.events import Act
from runbook.speech import LANGUAGES, Language, say, speaker
from runbook.store import Watch
from runbook.tui import bell
from runbook.tui.app import RunbookApp
from runbook.tui.place import Place
from runbook.tui.screens import asktext
from runbook.tui.themes import MONO, THEMES
from runbook.tui.widgets.frame import ClockLine, KeyLine
from runbook.tui.widgets.rows import Rows
from tests.tui.looking import said, screen_text, settled, until

SIZE = (80, 24)


@pytest.fixture
def incident(desk: Desk) -> str:
    return desk.new("tiny", "市民情報USBメモリー紛失").incident.id


async def test_a_letter_typed_in_a_text_field_is_text(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n", *"ntq?", "ｎ")
        assert app.screen.query_one("#title", Input).value == "ntq?ｎ"


@pytest.mark.parametrize("key", ["ｎ", "ん"])
async def test_keys_from_an_open_input_method_count(app: RunbookApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press(key)
        assert place(app) == "new"


async def test_f2_changes_the_language_of_everything(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "新しい事案を始める" in screen_text(app)
        await pilot.press("f2")
        await settled(pilot)
        assert "Start a new incident" in screen_text(app)
        assert "新規" not in screen_text(app)
        await pilot.press("f1", "f2", "escape", "f1")
        assert "すべての事案です" in screen_text(app)


async def test_f3_changes_the_theme_and_no_meaning(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        before, shades = screen_text(app), {app.shades}
        for _ in THEMES:
            await pilot.press("f3")
            shades.add(app.shades)
        await settled(pilot)
        assert len(shades) == len(THEMES)
        assert screen_text(app) == before


async def test_no_color_takes_the_theme_without_any(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f3")
        assert app.theme == MONO


async def test_ascii_covers_signs_and_frames(open_app: Callable[..., RunbookApp], incident: str) -> None:
    """Characters of a terminal's own choice of width: box lines and blocks, and the pretty signs."""
    app = open_app(incident, "en", ascii=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for key in ("b", "s", "f", "c", "d", "l", "f1", "escape", "ctrl+p", "escape", "n", "escape", "o"):
            await pilot.press(key)
            await settled(pilot)
            assert not [char for char in screen_text(app) if "\u2500" <= char <= "\u25ff" or char in "❯✓⧗…·"], key


@pytest.mark.parametrize("language", LANGUAGES)
async def test_f1_explains_the_place_and_lists_all_its_keys(desk: Desk, language: Language) -> None:
    app = RunbookApp(desk, language)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        home = app.screen
        assert isinstance(home, Place)
        await pilot.press("f1")
        shown = screen_text(app)
        speak = speaker(language)
        assert speak(home.explains)[:20] in shown
        for command in home.all_commands():
            assert speak(command.title) in shown


async def test_a_command_can_be_run_from_the_help(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("f1", "down", "enter")
        await settled(pilot)
        assert place(app) == "new"


@pytest.mark.parametrize("words", ["drill", "DRILL scenario"])
async def test_the_palette_finds_a_command_by_its_words_and_runs_it(desk: Desk, words: str) -> None:
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await pilot.press(*("space" if letter == " " else letter for letter in words), "enter")
        await settled(pilot)
        assert place(app) == "drills"
        assert "DRILL" in screen_text(app)


async def test_the_palette_speaks_japanese(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *"訓練", "enter")
        await settled(pilot)
        assert place(app) == "drills"
        assert "訓練 DRILL" in screen_text(app)


@pytest.mark.parametrize(
    ("mode", "demo", "words"),
    [("live", False, "本番 LIVE"), ("drill", False, "訓練 DRILL"), ("drill", True, "見本 DEMO")],
)
async def test_the_mode_stands_on_every_screen_and_over_questions(
    desk: Desk, open_app: Callable[..., RunbookApp], mode: str, demo: bool, words: str
) -> None:
    app = open_app(desk.new("tiny", mode=mode, demo=demo).incident.id)  # type: ignore[arg-type]
    async with app.run_test(size=SIZE) as pilot:
        for key in "bfcdl":
            await pilot.press(key)
            await settled(pilot)
            assert words in screen_text(app).splitlines()[0]
        await pilot.press("n")
        assert words in screen_text(app).splitlines()[0]


async def test_what_is_not_on_disk_says_so(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app, go_on = open_app(incident, "en"), threading.Event()

    def slowly(case: Case, by: By) -> list[Act]:
        go_on.wait(5)
        return records.note(case, by, "first report")

    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "* #1" in screen_text(app)
        app.act(slowly)
        await until(pilot, lambda: "saving" in screen_text(app))
        go_on.set()
        await settled(pilot)
        assert "* #2" in screen_text(app)


async def test_what_another_seat_writes_shows_at_once(
    open_app: Callable[..., RunbookApp], seat: Callable[..., Desk], incident: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seat("鈴木").do(incident, partial(records.note, text="CISOへ第1報"))
        await until(pilot, lambda: "#2" in screen_text(app))
        assert "+1 鈴木" in screen_text(app).splitlines()[0]


async def test_a_record_out_of_reach_for_a_while_is_listened_to_again(
    open_app: Callable[..., RunbookApp],
    seat: Callable[..., Desk],
    desk: Desk,
    incident: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bell, "PATIENCE", 0.01)
    watch, failures = desk.watch, [say("The record cannot be read.")] * 2

    def unreachable_at_first() -> Watch:
        if failures:
            raise StoreUnreachable(failures.pop())
        return watch()

    monkeypatch.setattr(desk, "watch", unreachable_at_first)
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await until(pilot, lambda: not failures)
        seat("鈴木").do(incident, partial(records.note, text="CISOへ第1報"))
        await until(pilot, lambda: "#2" in screen_text(app))


async def test_a_new_incident_of_another_seat_shows_on_home(app: RunbookApp, seat: Callable[..., Desk]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        seat("鈴木").new("tiny", "書類の紛失")
        await until(pilot, lambda: "書類の紛失" in screen_text(app))


async def test_a_refusal_is_a_sentence_with_a_next_step(app: RunbookApp) -> None:
    def refuse() -> None:
        raise Refused(
            say("Step {step} waits for {other}.", step="3-2", other="3-1"),
            say("Finish that one first, or skip it with a reason."),
        )

    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.action_language()
        app.slow(refuse)
        await settled(pilot)
        assert said(app) == "! Step 3-2 waits for 3-1.\nFinish that one first, or skip it with a reason."


async def test_what_nobody_foresaw_is_a_sentence_and_a_traceback_in_a_file(app: RunbookApp, stranger: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.slow(lambda: 1 // 0)
        await settled(pilot)
        assert "ZeroDivisionError" in said(app)
        assert "Traceback" not in said(app)
    logs = list(stranger.rglob("errors.log"))
    assert len(logs) == 1
    assert "Traceback" in logs[0].read_text("utf-8")
    assert logs[0].stat().st_mode & 0o077 == 0


async def test_after_a_failed_act_what_was_typed_is_still_there(
    open_app: Callable[..., RunbookApp], desk: Desk, incident: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("c", "n", "space", "enter")  # an empty note is refused
        await settled(pilot)
        assert type(app.screen) is asktext.AskText
        assert "! メモが空です。" in screen_text(app)
        await pilot.press(*"abc", "enter")
        await settled(pilot)
        assert not app.screen.is_modal
        assert desk.typing(incident) == {}
        assert desk.case(incident).incident.seq == 2


async def test_half_typed_text_is_offered_again(
    monkeypatch: pytest.MonkeyPatch, open_app: Callable[..., RunbookApp], desk: Desk, incident: str
) -> None:
    monkeypatch.setattr(asktext, "KEEP_AFTER", 0.01)
    first = open_app(incident)
    async with first.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("c", "n", *"half")
        await until(pilot, lambda: desk.typing(incident) == {"app.note": "half"})
        # nothing is closed or left properly: a new app takes its place
        second = open_app(incident)
        async with second.run_test(size=SIZE, notifications=True) as other:
            await settled(other)
            assert "メモ" in said(second)
            await other.press("y")
            await settled(other)
            assert second.screen.query_one(TextArea).text == "half"
            await other.press(*" done", "enter")
            await settled(other)
    assert desk.typing(incident) == {}
    assert desk.case(incident).incident.seq == 2


async def test_leaving_at_once_loses_nothing(open_app: Callable[..., RunbookApp], desk: Desk, incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for word in ("one", "two"):
            app.act(partial(records.note, text=word))
        await pilot.press("c", "n", *"three", "ctrl+q")
    assert desk.case(incident).incident.seq == 3
    assert desk.typing(incident) == {"app.note": "three"}


async def test_escape_keeps_what_was_typed(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("c", "n", *"abc", "escape")
        await settled(pilot)
        await pilot.press("n")
        assert app.screen.query_one(TextArea).text == "abc"


async def test_ctrl_c_says_how_to_leave(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        await settled(pilot)
        assert said(app) == "終わるときは ctrl+q を押してください。"


async def test_control_sequences_in_a_paste_are_shown(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n")
        app.post_message(Paste("a\x1b[2Jb\u202e"))
        await settled(pilot)
        assert app.screen.query_one("#title", Input).value == "a␛[2Jb<U+202E>"


async def test_several_lines_are_not_pasted_as_their_first(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("n")
        app.post_message(Paste("80\n000"))
        await settled(pilot)
        assert app.screen.query_one("#title", Input).value == ""
        assert said(app)
        app.post_message(Paste("80,000\n"))
        await settled(pilot)
        assert app.screen.query_one("#title", Input).value == "80,000"


@pytest.mark.parametrize("keys", [[], ["n"], ["f1"], ["ctrl+p"], ["enter"], ["enter", "n"], ["enter", "f1"]])
async def test_any_size_will_do(app: RunbookApp, incident: str, keys: list[str]) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press(*keys)
        for size in ((40, 10), (1, 1), (20, 5), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)


async def test_escape_leads_back_to_home(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("l", "escape")
        assert place(app) == "board"
        await pilot.press("escape")
        await settled(pilot)
        assert place(app) == "home"
        assert app.case is None


def place(app: RunbookApp) -> str:
    assert isinstance(app.screen, Place)
    return app.screen.place


@pytest.mark.parametrize(("where", "language"), [("board", "ja"), ("facts", "en"), ("clocks", "ja")])
async def test_the_help_can_be_walked_to_its_end_on_a_small_screen(
    open_app: Callable[..., RunbookApp], incident: str, where: str, language: Language
) -> None:
    """An action with two keys is one row: with a row each, down led from the second back to the first."""
    app = open_app(incident, language)
    async with app.run_test(size=SIZE) as pilot:
        app.go(where)
        await settled(pilot)
        place = app.screen
        assert isinstance(place, Place)
        actions = {command.action for command in place.all_commands()}
        await pilot.press("f1")
        await settled(pilot)
        speak = speaker(language)
        assert speak(say("enter do it   arrows choose   esc back")) in screen_text(app)
        assert "下に" in screen_text(app) or "more below" in screen_text(app)
        rows, seen = app.screen.query_one(Rows), set[str]()
        for _ in actions:
            seen.add(rows.here)
            await pilot.press("down")
        await settled(pilot)
        assert seen == actions
        assert "more below" not in screen_text(app)
        last = place.all_commands()[-1]
        assert speak(last.help)[:20] in screen_text(app)


async def test_undo_names_what_it_took_back(open_app: Callable[..., RunbookApp], desk: Desk, incident: str) -> None:
    desk.do(incident, partial(steps.assign, step=next(iter(desk.case(incident).playbook.steps)), to="Tanaka"))
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("u")
        await settled(pilot)
        assert said(app).startswith("Undone: ")
        assert "Tanaka" in said(app)


async def test_f1_explains_an_open_question_which_stays(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("c", "n", *"abc", "f1")
        await settled(pilot)
        assert "Write the answer; enter takes it." in screen_text(app)
        await pilot.press("f1")
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == "abc"


async def test_nothing_said_before_covers_a_question(open_app: Callable[..., RunbookApp], incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(say("Title"), bad=True)
        await settled(pilot)
        assert said(app)
        await pilot.press("n")
        await settled(pilot)
        assert said(app) == ""


@pytest.mark.parametrize("word", ["終結", "閉じ", "終了"])
async def test_the_palette_finds_the_closing_by_any_word_for_it(
    open_app: Callable[..., RunbookApp], incident: str, word: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p", *word)
        await settled(pilot)
        rows = app.screen.query_one(Rows)
        assert "close" in [row.id for row in rows._rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_the_program_says_hides_keys_and_nothing_else(
    desk: Desk, open_app: Callable[..., RunbookApp], size: tuple[int, int]
) -> None:
    app = open_app(desk.new("tiny", "USB").incident.id)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        app.tell(say("There is no act of yours left to undo."), bad=True)
        await settled(pilot)
        toast = app.screen.query_one(Toast).region
        assert toast.height > 0
        assert toast.y >= app.screen.query_one(KeyLine).region.y > app.screen.query_one(ClockLine).region.y


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["f", "i", "d", "c", "l"])
async def test_no_edge_of_a_pane_cuts_a_wide_letter_out_of_what_the_program_says(
    desk: Desk, open_app: Callable[..., RunbookApp], key: str, size: tuple[int, int]
) -> None:
    app = open_app(desk.new("tiny", "USB").incident.id)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        for shift in ("", "1"):  # one of the two would lie across an edge
            app.tell(say("{text}", text=shift + "鯖" * 56), say("{text}", text=shift + "鯛" * 70))
            await settled(pilot)
            shown = "".join(screen_text(app).splitlines()[-5:])
            assert (shown.count("鯖"), shown.count("鯛")) == (56, 70)
