"""Wording a notice by hand: the text area and what stands beside it, one's own editor, and what is never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from runbook.desk import Desk
from runbook.errors import BadContent, Refused
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asking import Confirm, Remark
from runbook.tui.screens.notice import editor
from runbook.tui.screens.notice.editing import Editing
from runbook.tui.screens.notice.sides import Points
from tests.tui.boarding import press, write
from tests.tui.looking import said, screen_text, settled, until
from tests.tui.studying import known, lost, place, points_text, reading, seen, studio, write_templates

KEY = "notice:edit('loss', 'ja')"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    write_templates(tmp_path / "content")
    return tmp_path


@pytest.fixture
def incident(desk: Desk) -> str:
    return lost(desk)


async def reword(pilot: Pilot[None], words: str) -> Editing:
    """Begin to reword the notice, with words at the end of its text."""
    await press(pilot, "e")
    app = pilot.app
    await until(pilot, lambda: isinstance(app.screen, Editing))
    assert isinstance(app.screen, Editing)
    await pilot.press("ctrl+end")
    await write(pilot, words)
    return app.screen


def found(screen: Editing) -> str:
    """What stands beside the text."""
    return "".join(row.draw(60, False).plain.strip() for row in screen.query_one(Points)._rows)


async def test_what_is_found_stands_there_before_a_letter_is_typed(
    open_app: Callable[..., RunbookApp], incident: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "e")
        await until(pilot, lambda: isinstance(app.screen, Editing))
        editing = app.screen
        assert isinstance(editing, Editing)
        await until(pilot, lambda: found(editing))
        assert "媒体の紛失" in screen_text(app).splitlines()[1]


async def test_findings_follow_the_typing_and_lead_to_their_line(
    open_app: Callable[..., RunbookApp], incident: str
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        editing = await reword(pilot, "パスワードは13桁です")
        await until(pilot, lambda: "G01" in found(editing))
        await pilot.press("ctrl+home", "tab", "enter")
        await settled(pilot)
        area = editing.query_one(TextArea)
        assert area.has_focus
        assert "13桁" in area.document.get_line(area.cursor_location[0])


async def test_what_is_kept_replaces_what_was_half_typed(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reword(pilot, "つづき")
        await until(pilot, lambda: KEY in desk.typing(incident))
        await press(pilot, "ctrl+s")
        await reading(pilot, "つづき")
        assert desk.typing(incident) == {}
        assert place(app).query_one("#text").has_focus


async def test_escape_keeps_it_unfinished_and_e_goes_on_with_it(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reword(pilot, "つづ")
        await press(pilot, "escape")
        assert desk.case(incident).incident.notice("loss", "ja").draft is None
        assert desk.typing(incident)[KEY].endswith("つづ")
        assert "(e)" in points_text(app) or "（e" in points_text(app)
        await reword(pilot, "き")
        await press(pilot, "ctrl+s")
        await reading(pilot, "つづき")


async def test_it_can_be_thrown_away(open_app: Callable[..., RunbookApp], incident: str, desk: Desk) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reword(pilot, "つづき")
        await press(pilot, "ctrl+r")
        assert isinstance(app.screen, Confirm)
        await press(pilot, "n")
        assert isinstance(app.screen, Editing)
        await press(pilot, "ctrl+r", "y")
        assert not isinstance(app.screen, Editing)
        assert desk.typing(incident) == {}


async def test_a_fact_that_changes_while_one_types_is_merged_even_after_the_program_died(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk, seat: Callable[..., Desk]
) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        editing = await reword(pilot, "つづき")
        await until(pilot, lambda: KEY in desk.typing(incident))
        known(seat("鈴木"), incident, organization="乙市")
        app.reload()
        await until(pilot, lambda: app.case and app.case.incident.seq == 4)
        await settled(pilot)
        spec = desk.case(incident).spec("organization")
        assert spec is not None
        assert spec.title.ja in found(editing)  # that it changed is said
        assert "甲市は" in editing.text  # what one types into does not move
    again = open_app(incident)  # the program was ended in the middle of it
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await reading(pilot, "乙市は、媒体を")
        editing = await reword(pilot, "。")
        assert "甲市は" in editing.text
        await press(pilot, "ctrl+s")
        await reading(pilot, "つづき")
        text = seen(again).drafting.text
        assert "乙市は、媒体を" in text
        assert "甲市は、媒体を" not in text


async def test_a_rival_wording_is_not_overwritten_unseen(
    open_app: Callable[..., RunbookApp], incident: str, seat: Callable[..., Desk]
) -> None:
    other = seat("鈴木")
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        editing = await reword(pilot, "つづき")
        rival = other.studio().draft(incident, "loss", "ja")
        other.studio().reword(incident, rival, rival.text.replace("おわびします", "深くおわびします"))
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Remark)
        assert "鈴木" in screen_text(app)
        await press(pilot, "enter")
        assert editing.text.endswith("つづき")
        assert (
            other.case(incident).incident.notice("loss", "ja").draft.text.text.endswith("深くおわびします。\n") is False
        )


def rival_text(desk: Desk, incident: str) -> str:
    """The version of the notice that is in the record."""
    kept = desk.case(incident).incident.notice("loss", "ja").draft
    return (kept.text.text if kept else None) or ""


async def test_words_that_are_unfinished_are_offered_by_the_key_for_them(
    open_app: Callable[..., RunbookApp], incident: str, desk: Desk
) -> None:
    desk.keep_typing(incident, KEY, "# 紛失のお知らせ\n\n半分")
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, Editing))
        assert app.screen.query_one(TextArea).text.endswith("半分")


# One's own editor


def script(folder: Path, body: str) -> list[str]:
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o700)
    return [str(path)]


def test_the_editor_gets_a_private_file_that_is_gone_afterwards(folder: Path) -> None:
    words = script(folder, f'stat -c %a "$1" > {folder}/mode; echo "$1" > {folder}/path; printf more >> "$1"')
    kept: list[str] = []
    assert editor.edited(words, "a.md", "text ", kept.append) == "text more"
    assert (folder / "mode").read_text().strip() == "600"
    assert not Path((folder / "path").read_text().strip()).parent.exists()


def test_what_is_saved_is_kept_while_the_editor_is_still_open(folder: Path) -> None:
    words = script(folder, 'printf half > "$1"; sleep 1; printf whole > "$1"')
    kept: list[str] = []
    assert editor.edited(words, "a.md", "text", kept.append) == "whole"
    assert kept[0] == "half"
    assert kept[-1] == "whole"


def test_an_editor_that_dies_loses_nothing(folder: Path) -> None:
    kept: list[str] = []
    with pytest.raises(Refused, match="ended with an error"):
        editor.edited(script(folder, 'printf half > "$1"; kill -9 $$'), "a.md", "text", kept.append)
    assert kept == ["half"]


def test_what_is_no_text_is_refused_and_kept_as_far_as_it_can_be_read(folder: Path) -> None:
    kept: list[str] = []
    with pytest.raises(BadContent, match="UTF-8"):
        editor.edited(script(folder, r'printf "ab\377" > "$1"'), "a.md", "text", kept.append)
    assert kept == ["ab�"]


@pytest.mark.parametrize("said", ["", "  ", "'", "no-such-editor-anywhere -w"])
def test_without_an_editor_there_is_a_sentence(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", said)
    with pytest.raises(Refused) as refusal:
        editor.command()
    assert refusal.value.hint is not None


def test_visual_goes_before_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "sh -x")
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert editor.command() == ["sh", "-x"]


async def test_no_editor_is_a_sentence_on_the_screen(
    open_app: Callable[..., RunbookApp], incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await studio(pilot)
        await press(pilot, "E")
        assert "No editor is set" in said(app)
