"""The record's screen, driven by its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from runbook import events as e
from runbook.actions import facts, records, steps
from runbook.chain import head_code
from runbook.desk import Desk
from runbook.events import Act, Prose
from runbook.moment import Moment
from runbook.tui.app import RunbookApp
from runbook.tui.screens.board import Board
from runbook.tui.screens.facts import Facts
from runbook.tui.screens.record import Record
from runbook.tui.widgets.record_list import HELD, RecordList
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import held_up, said, screen_text, send, settled, until

Open = Callable[..., RunbookApp]


def write(desk: Desk, incident: str, texts: Iterable[str], every: timedelta = timedelta()) -> None:
    """Notes, all recorded now; each happened `every` before the one before it."""
    acts = [Act(e.NoteWritten(Prose(text=text)), Moment(START - n * every)) for n, text in enumerate(texts)]
    desk.do(incident, lambda case, by: acts)


async def look(pilot: Pilot[None]) -> Record:
    """Go to the record."""
    await settled(pilot)
    await pilot.press("l")
    await settled(pilot)
    assert isinstance(pilot.app.screen, Record)
    return pilot.app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def rows(app: RunbookApp) -> list[str]:
    """The rows of the list that are on the screen."""
    width = app.screen.query_one(RecordList).size.width
    return [line[:width] for line in screen_text(app).splitlines() if line[:12].strip(" ❯>+").startswith("#")]


def here(app: RunbookApp) -> str:
    return next(line for line in screen_text(app).splitlines() if line.startswith("❯"))


async def test_it_opens_at_the_end_in_order_of_happening(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    write(desk, case.incident.id, ["lunch", "breakfast"], timedelta(hours=5))
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert [re.findall(r"#\d+", row)[0] for row in rows(app)] == ["#4", "#1", "#2", "#3"]
        assert "#3" in here(app)
        assert "entries: 4" in screen_text(app)
        await press(pilot, "s")
        assert "as it was written" in screen_text(app)
        assert [line for line in rows(app) if "breakfast" in line] == [rows(app)[-1]]


async def test_enter_opens_the_entry_with_its_times_and_its_head_code(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, ["first line\nsecond line"])
    entry = desk.entry(case.incident.id, 2)
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert "Wall clock" not in screen_text(app)
        await press(pilot, "enter")
        text = screen_text(app)
        assert " second line" in text
        assert "Happened      15:45 on 22 June 2022" in text
        assert "Written down  2022-06-22 15:45:00" in text
        assert "Wall clock    2022-06-22 15:45:00" in text
        assert head_code(entry.hash) in text
        assert "佐藤, at seat-1" in text
        await press(pilot, "enter", "escape")  # into the text, and out of it
        assert "Wall clock" in screen_text(app)
        await press(pilot, "escape")
        assert "Wall clock" not in screen_text(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, Record)


async def test_beside_the_list_the_text_follows_the_cursor(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, ["alpha alpha", "beta beta"])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look(pilot)
        await until(pilot, lambda: screen.pane.subject == "3")
        assert any("beta beta" in line.partition("│")[2] for line in screen_text(app).splitlines())
        await pilot.press("up")
        await until(pilot, lambda: screen.pane.subject == "2")
        assert any("alpha alpha" in line.partition("│")[2] for line in screen_text(app).splitlines())


async def test_search_by_keys_and_back(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, ["かばんを捜した", "電話を受けた", "かばんは無い"])
    app = open_app(case.incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "slash", *"かばん", "enter")
        assert [line.split("メモ：")[1].strip() for line in rows(app)] == ["かばんを捜した", "かばんは無い"]
        assert "/ かばん" in screen_text(app)
        await press(pilot, "escape")
        assert len(rows(app)) == 4
        assert "/ かばん" not in screen_text(app)


async def test_only_one_kind_only_one_person(desk: Desk, seat: Callable[..., Desk], open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    write(desk, case.incident.id, ["mine"])
    write(seat("鈴木"), case.incident.id, ["hers"])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "t", "down", "enter")
        assert ["mine" in rows(app)[0], "hers" in rows(app)[1], len(rows(app))] == [True, True, 2]
        assert "only notes" in screen_text(app)
        await press(pilot, "w")
        assert "only by 鈴木" in screen_text(app)
        assert [len(rows(app)), "hers" in rows(app)[0]] == [1, True]
        await press(pilot, "w")
        assert len(rows(app)) == 2
        await press(pilot, "escape")
        assert len(rows(app)) == 4


async def test_a_note_is_amended_by_a_key(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, ["one stick"])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "a", *"s, no: two", "enter")
        assert "[amended #3] Note: one sticks, no: two" in here(app)
        assert "1 new, press End" in screen_text(app)
        await press(pilot, "a", "enter")  # nothing changed, so nothing is recorded
        assert desk.case(case.incident.id).incident.seq == 3
        await press(pilot, "end")
        assert "+" in here(app)
        assert "#3" in here(app)
        await press(pilot, "a")  # an amendment is amended at what it amends
        assert "How should entry 2 read?" in screen_text(app)
        assert "one sticks, no: two" in screen_text(app)
        await press(pilot, *" or three", "escape", "b", "y")  # half-typed, and taken up again from anywhere
        assert "one sticks, no: two or three" in screen_text(app)


async def test_an_entry_that_is_no_note_gets_a_remark(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "end", "home", "a", *"by telephone", "enter", "enter")
        assert "[remark #3]" in here(app)
        assert "by telephone" in screen_text(app)


async def test_what_was_undone_or_removed_says_so(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    id = case.incident.id
    write(desk, id, ["a victim's name"])
    desk.redact(id, 2, "鈴木", "a name")
    desk.do(id, partial(steps.start, step="notice-what"))
    desk.do(id, records.undo)
    app = open_app(id, "en")
    async with app.run_test(size=(99, 24)) as pilot:
        await look(pilot)
        text = screen_text(app)
        assert "[text removed #3] Note: (text removed)" in text
        assert "[undone #5] 1-1 What was noticed: started" in text
        assert "victim" not in text


async def test_a_text_is_removed_for_ever_by_a_key_with_a_second_name_and_a_reason(desk: Desk, open_app: Open) -> None:
    id = desk.new("tiny", "USB").incident.id
    write(desk, id, ["a victim's name", "told: a victim's name"])
    app = open_app(id, "en")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await look(pilot)
        await press(pilot, "home", "down")
        assert "#2" in here(app)
        await press(pilot, "x")
        asked = " ".join(screen_text(app).split())
        assert "Remove the text of entry 2 for ever?" in asked
        assert "“a victim's name”" in asked
        assert "What stays: the entry, its time, who wrote it, and the text's digest" in asked
        assert "The same words still stand in #3." in asked
        await press(pilot, "ctrl+s")
        assert "Nobody is named as the second person." in screen_text(app)
        await press(pilot, *desk.actor, "enter", *"no", "enter")
        assert "must be someone else" in screen_text(app)
        await press(pilot, "escape", "x")  # left by a slip: what was typed stands here again
        await press(pilot, "end", *" B", "enter", "enter")
        assert " ".join(said(app).split()).startswith(
            "The text of entry 2 is gone for ever. The same words still stand in #3."
        )
        assert "[text removed #4] Note: (text removed)" in here(app)
        assert desk.typing(id) == {}
        await press(pilot, "x")
        assert said(app) == "! Entry 2 holds no free text."
        await press(pilot, "f1")
        assert "x        remove text" in screen_text(app)
    removed = desk.events(id)[-1].data
    assert isinstance(removed, e.EntryRedacted)
    assert (removed.redacts, removed.second, removed.reason.text) == (2, f"{desk.actor} B", "no")
    assert desk.verify(id).chain.ok


async def test_what_is_typed_while_an_entry_is_being_read_goes_into_its_window(
    desk: Desk, open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = desk.new("tiny", "USB").incident.id
    write(desk, id, ["a name"])
    app = open_app(id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        record = await look(pilot)
        with held_up(monkeypatch, desk, "echoes"):
            await send(app, "x", "s", "u", "z")  # on the list, s would sort and u undo
            assert app.screen is record
        await settled(pilot)
        assert app.screen.query_one(Input).value == "suz"
        assert record.view.by == "happened"
        assert desk.case(id).incident.seq == 2


async def test_what_others_write_is_announced_and_moves_nothing(
    desk: Desk, seat: Callable[..., Desk], open_app: Open, clock: Clockwork
) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, [f"note {n}" for n in range(40)])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "up", "up")
        before = rows(app)
        clock.forward(minutes=1)
        write(seat("鈴木"), case.incident.id, ["news", "older news", "oldest"], timedelta(days=1))
        app.reload()
        await settled(pilot)
        assert rows(app) == before
        assert "3 new, press End" in screen_text(app)
        await press(pilot, "end")
        assert "3 new" not in screen_text(app)
        assert "entries: 44" in screen_text(app)
        assert "news" in here(app)
        assert "+" in here(app)
        await press(pilot, "home")
        assert "oldest" in here(app)
        assert "+" in here(app)


async def test_who_comes_back_finds_the_new_entries(desk: Desk, seat: Callable[..., Desk], open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "b")
        write(seat("鈴木"), case.incident.id, ["meanwhile"])
        app.reload()
        await settled(pilot)
        await press(pilot, "l")
        assert "meanwhile" in screen_text(app)
        assert "press End" not in screen_text(app)
        assert "#1" in here(app)  # and is where they were


async def test_it_leads_to_what_an_entry_is_about(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "s", "end", "g")
        assert isinstance(app.screen, Facts)
        app.go("record", "entry:1")
        await settled(pilot)
        assert "#1" in here(app)


async def test_an_entry_hidden_by_a_filter_is_shown_when_sent_to(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    write(desk, case.incident.id, ["x"])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "t", "down", "enter")
        assert len(rows(app)) == 1
        app.go("record", "entry:2")
        await settled(pilot)
        assert "#2" in here(app)


async def test_five_thousand_entries_are_walked_and_never_held(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, [f"entry number {n}" for n in range(5000)], timedelta(minutes=1))
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot)
        list_ = screen.query_one(RecordList)
        assert "entries: 5,001" in screen_text(app)
        assert "Incident opened" in screen_text(app)
        await press(pilot, "home")
        assert "entry number 4999" in here(app)
        for n in range(1, 31):
            await press(pilot, "pagedown")
            assert f"entry number {4999 - n * (list_.size.height - 1)}" in here(app)
        for _ in range(12):
            list_.action_page(20)
            await settled(pilot)
            assert " .." not in here(app)
        assert len(list_._held) <= HELD
        await press(pilot, "end")
        assert "Incident opened" in screen_text(app)
        assert len(list_._strips) <= len(list_._held) <= HELD


async def test_a_key_draws_two_lines_and_asks_for_nothing(desk: Desk, open_app: Open) -> None:
    """What keeps walking as quick at a hundred thousand entries as at a thousand."""
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, [f"entry number {n}" for n in range(1000)])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot)
        list_ = screen.query_one(RecordList)
        await press(pilot, "up", "up")
        drawn: list[int] = []
        asked: list[int] = []
        draw = list_._draw

        def counted(seq: int, line: object, width: int, here: bool) -> object:
            drawn.append(seq)
            return draw(seq, line, width, here)

        list_._draw = counted  # type: ignore[assignment]
        list_._ask = asked.extend
        for _ in range(10):
            await press(pilot, "up")
        assert len(drawn) <= 2 * 10
        assert asked == []


async def test_what_is_not_read_yet_has_its_number(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    write(desk, case.incident.id, [f"entry number {n}" for n in range(1000)])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot)
        list_ = screen.query_one(RecordList)
        answered = list_._ask
        wanted: list[list[int]] = []
        list_._ask = wanted.append
        await press(pilot, "home")
        assert "#1 .." in here(app)
        assert len(wanted) == 1  # one question at a time, whatever the cursor does
        await press(pilot, "pagedown", "pagedown")
        assert len(wanted) == 1
        list_._ask = answered
        answered(wanted[0])
        await settled(pilot)
        assert "entry number" in here(app)


async def test_small_screens_both_languages_and_ascii(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    write(desk, case.incident.id, ["あ" * 300, "x\x1b[2J" * 50])
    for width, height in ((40, 10), (80, 24), (120, 40)):
        app = open_app(case.incident.id, "ja", ascii=True)
        async with app.run_test(size=(width, height)) as pilot:
            await look(pilot)
            await press(pilot, "up", "enter", "tab", "down", "f2", "f3")
            await pilot.resize_terminal(40, 10)
            await settled(pilot)
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            text = screen_text(app)
            assert "Record" in text
            assert "\x1b" not in text
            assert not set(text) & set("❯✓│─")
            assert said(app) == ""


async def test_a_fact_withdrawn_elsewhere_is_told_in_words(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    desk.do(case.incident.id, partial(facts.claim, name="noticed_at", typed="", status="withdrawn"))
    app = open_app(case.incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert "取り下げ" in screen_text(app)


async def test_what_is_answered_after_one_has_left_disturbs_nobody(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    other = desk.new("tiny", "Another")
    write(desk, case.incident.id, [f"entry number {n}" for n in range(1000)])
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        await pilot.press("home", "s", "o")  # the answers come while one is at home
        await settled(pilot)
        app.open_case(case.incident.id, "record")
        await settled(pilot)
        await pilot.press("up", "home", "s", "o")
        app.open_case(other.incident.id)  # the screen is gone when they come
        await settled(pilot)
        await pilot.pause(0.3)
        assert isinstance(app.screen, Board)
        assert said(app) == ""
        await press(pilot, "l")
        assert "entries: 1 " in screen_text(app)
