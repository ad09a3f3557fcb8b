"""The facts' screen, driven by its keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.pilot import Pilot
from textual.widgets import Input

from runbook.actions import facts
from runbook.desk import Desk
from runbook.events import Prose
from runbook.moment import Moment
from runbook.tui.app import RunbookApp
from runbook.tui.screens.board import Board
from runbook.tui.screens.facts import Facts
from runbook.tui.widgets.rows import Rows
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import said, screen_text, settled, until

Open = Callable[..., RunbookApp]


async def look(pilot: Pilot[None], where: str = "") -> Facts:
    """Go to the facts, to one of them if named."""
    await settled(pilot)
    assert isinstance(pilot.app, RunbookApp)
    await pilot.press("f")
    pilot.app.go("facts", where)
    await settled(pilot)
    assert isinstance(pilot.app.screen, Facts)
    return pilot.app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


def here(app: RunbookApp) -> str:
    return next(line for line in screen_text(app).splitlines() if line.startswith("❯"))


async def test_a_fact_is_recorded_by_keys(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:persons")
        assert "not asked yet" in here(app)
        await press(pilot, "enter", *"460517", "enter", "backspace", *(["backspace"] * 20), "3", "enter")
        await press(pilot, *"resident register", "enter", *"~09:00", "enter")
        assert "460,517" in here(app)
        assert "estimate" in here(app)
        assert "~06-22 09:00" in here(app)
        claim = desk.case(case.incident.id).current("persons")
        assert claim is not None
        assert (claim.value, claim.status, claim.source) == (460517, "estimate", "resident register")
        assert claim.as_of == Moment(START.replace(hour=9, minute=0), "about")
        text = screen_text(app)
        assert "Told by" in text
        assert "resident register" in text
        assert "History" in text


async def test_what_is_left_as_it_was_stays_as_it_was(desk: Desk, open_app: Open, clock: Clockwork) -> None:
    case = desk.new("tiny", "USB")
    clock.forward(seconds=17.25)
    since = Moment(clock.now)
    desk.do(case.incident.id, partial(facts.claim, name="persons", typed="1", source="step:notice-what", as_of=since))
    app = open_app(case.incident.id, "ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:persons")
        await press(pilot, "e", "2", "ctrl+s")
        claim = desk.case(case.incident.id).current("persons")
        assert claim is not None
        assert (claim.value, claim.status, claim.source, claim.as_of) == (12, "confirmed", "step:notice-what", since)


async def test_a_number_older_than_the_one_it_replaces_is_questioned_at_once(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    newer = Moment(START.replace(hour=15, minute=0))
    desk.do(case.incident.id, partial(facts.claim, name="persons", typed="900", as_of=newer))
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await look(pilot, "fact:persons")
        await press(pilot, "e", *(["backspace"] * 3), *"700", "down", "down", "down", "end", *(["backspace"] * 20))
        await press(pilot, *"09:00", "ctrl+s")
        assert "is now 700" in said(app)
        assert "09:00" in said(app)
        assert desk.case(case.incident.id).value("persons") == 700  # questioned, not refused


async def test_a_wrong_value_stays_in_the_form_with_the_reason(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:persons")
        await press(pilot, "e", *"many", "ctrl+s")
        assert "is not a number" in screen_text(app)
        assert "many" in screen_text(app)
        await press(pilot, *(["backspace"] * 4), "ctrl+s")
        assert "has no value in this form" in screen_text(app)
        await press(pilot, "7", "tab", "x", "ctrl+s")
        assert "is not a status" in screen_text(app)
        assert desk.case(case.incident.id).current("persons") is None


async def test_a_choice_is_made_by_its_letter(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:encrypted")
        await press(pilot, "e")
        assert "y yes, n no, ? unknown" in screen_text(app)
        await press(pilot, "question_mark", "ctrl+s")
        claim = desk.case(case.incident.id).current("encrypted")
        assert claim is not None
        assert claim.value == "unknown"


async def test_a_choice_stands_in_the_form_by_its_words_and_is_read_back(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    desk.do(case.incident.id, partial(facts.claim, name="encrypted", typed="unknown"))
    app = open_app(case.incident.id, "ja")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:encrypted")
        await press(pilot, "e")
        assert app.screen.query(Input)[0].value == "不明"
        await press(pilot, "down", "down", *"職員", "ctrl+s")
        claim = desk.case(case.incident.id).current("encrypted")
        assert claim is not None
        assert (claim.value, claim.source) == ("unknown", "職員")


async def test_both_values_of_a_contested_fact_and_the_withdrawal_of_one(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    id = case.incident.id
    desk.do(id, partial(facts.claim, name="media_count", typed="2", source="contractor", status="claimed"))
    desk.do(id, partial(facts.claim, name="media_count", typed="1", source="city"))
    app = open_app(id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:media_count")
        assert "1 <> 2" in here(app)
        assert "contested" in here(app)
        assert "1 contested" in screen_text(app)
        await press(pilot, "w", "enter", "enter")
        assert "<>" not in here(app)
        assert [claim.source for claim in desk.case(id).incident.fact("media_count").live] == ["city"]
        await press(pilot, "w", "n")
        assert desk.case(id).current("media_count") is not None
        await press(pilot, "w", "y")
        assert desk.case(id).current("media_count") is None
        await press(pilot, "w")
        assert "nothing can be withdrawn" in said(app)


async def test_undo_takes_the_last_claim_back(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, "fact:persons")
        await press(pilot, "e", "7", "ctrl+s")
        await press(pilot, "u")
        assert "not asked yet" in here(app)
        assert "[undone] 7 (confirmed)" in screen_text(app)


async def test_a_data_set_is_added_and_counted_anew(desk: Desk, open_app: Open) -> None:
    case = desk.new("lost-media", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "a", "enter", *"residents", "enter", *"460517", "enter", "1", "ctrl+s")
        assert "460,517 persons" in here(app)
        assert "may overlap: never added up" in screen_text(app)
        await press(pilot, "e", *(["backspace"] * 3), *"000", "ctrl+s")
        assert "460,000 persons" in here(app)
        assert [data.count for data in desk.case(case.incident.id).incident.datasets["residents"]] == [460517, 460000]
        await press(pilot, "w")
        assert "newer count" in said(app)


async def test_the_custody_chain_grows_by_keys(desk: Desk, open_app: Open) -> None:
    case = desk.new("lost-media", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "left_square_bracket", "end", "up", "up", "up", "up", "up", "enter")
        assert "none yet" in here(app)
        assert "Custody chain" in screen_text(app)
        await press(pilot, "a", *"Contractor Ltd", "enter", "1", "ctrl+s")
        row = desk.case(case.incident.id).incident.rows("custody")["Contractor Ltd"]
        assert row.values["tier"] == 1
        assert "Contractor Ltd" in here(app)
        await press(pilot, "e", "backspace", "2", "ctrl+s")
        rows = desk.case(case.incident.id).incident.rows("custody")
        assert {key: row.values["tier"] for key, row in rows.items()} == {"Contractor Ltd": 2}
        await press(pilot, "w", "y")
        assert desk.case(case.incident.id).incident.rows("custody") == {}
        assert "Contractor Ltd" in here(app)
        assert "struck out" in here(app)
        assert "1 moved, press Home" in screen_text(app)


async def test_from_a_fact_to_the_step_that_asks_for_it(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:police_station")
        await press(pilot, "g")
        assert isinstance(app.screen, Board)
        assert "1-2" in screen_text(app)
        await look(pilot, "fact:persons")
        await press(pilot, "g")
        assert "No step" in said(app)


async def test_the_search_narrows_and_escape_widens(desk: Desk, open_app: Open) -> None:
    case = desk.new("tiny", "USB", noticed="03:00")
    app = open_app(case.incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        await press(pilot, "slash", *"警察署", "enter")
        assert "届け出た警察署" in here(app)
        assert "気づいた日時" not in screen_text(app)
        await press(pilot, "slash", *"のない言葉", "enter")
        assert "見つかりません" in screen_text(app)
        await press(pilot, "escape")
        assert "気づいた日時" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, Board)


async def test_what_others_record_changes_in_place_and_moves_nothing(
    desk: Desk, seat: Callable[..., Desk], open_app: Open
) -> None:
    case = desk.new("lost-media", "USB", noticed="03:00")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot)
        list_ = screen.query_one(Rows)
        await press(pilot, "down", "down")
        before = [line.split("  ")[1] for line in screen_text(app).splitlines()[3:12]]
        other = seat("鈴木")
        other.do(case.incident.id, partial(facts.claim, name="organization", typed="Amagasaki"))
        other.do(case.incident.id, partial(facts.record_dataset, name="x", count=1, unit="persons"))
        app.reload()
        await settled(pilot)
        assert [line.split("  ")[1] for line in screen_text(app).splitlines()[3:12]] == before
        assert "moved, press Home" in screen_text(app)
        await press(pilot, "home")
        assert "moved, press Home" not in screen_text(app)
        assert "Amagasaki" in screen_text(app).split("Who noticed")[0]
        assert list_.here == "fact:noticed_at"


async def test_half_typed_text_is_offered_again_but_not_of_a_guarded_fact(desk: Desk, open_app: Open) -> None:
    case = desk.new("lost-media", "USB")
    id = case.incident.id
    guarded = next(name for name, spec in case.playbook.facts.items() if spec.guard == "password")
    first = open_app(id, "en")
    async with first.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:lost_place")
        await press(pilot, "e", *"Suita st")
        await until(pilot, lambda: any("Suita st" in text for text in desk.typing(id).values()))
        second = open_app(id, "en")  # nothing was left properly: a new program takes its place
        async with second.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "b", "y")  # from anywhere
            assert "Suita st" in screen_text(second)
            await press(pilot, "ctrl+s")
            assert desk.typing(id) == {}
            await look(pilot, f"fact:{guarded}")
            await press(pilot, "e", *"eight digits", "escape")
            assert desk.typing(id) == {}
            await press(pilot, "e", *"eight digits", "ctrl+s")
            assert "may not describe a password" in screen_text(second)
            assert desk.case(id).current(guarded) is None


async def test_a_rival_claim_is_not_overwritten(desk: Desk, seat: Callable[..., Desk], open_app: Open) -> None:
    case = desk.new("tiny", "USB")
    app = open_app(case.incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "fact:lost_place")
        await press(pilot, "e", *"here")
        seat("鈴木").do(case.incident.id, partial(facts.claim, name="lost_place", typed="there"))
        app.reload()
        await settled(pilot)
        await press(pilot, "ctrl+s")
        assert "Meanwhile 鈴木 changed this" in screen_text(app)
        claim = desk.case(case.incident.id).current("lost_place")
        assert claim is not None
        assert isinstance(claim.value, Prose)
        assert claim.value.text == "there"


async def test_small_screens_both_languages_and_ascii(desk: Desk, open_app: Open) -> None:
    case = desk.new("lost-media", "USB", noticed="03:00")
    desk.do(case.incident.id, partial(facts.claim, name="lost_place", typed="x\x1b[2J" * 20, source="\x07"))
    for width, height in ((40, 10), (80, 24), (120, 40)):
        app = open_app(case.incident.id, "ja", ascii=True)
        async with app.run_test(size=(width, height)) as pilot:
            await look(pilot, "fact:lost_place")
            await press(pilot, "up", "tab", "down", "f2", "f3", "tab", "e", "escape", "end", "e", "escape")
            await pilot.resize_terminal(40, 10)
            await settled(pilot)
            await pilot.resize_terminal(width, height)
            await settled(pilot)
            text = screen_text(app)
            assert "Facts" in text
            assert "\x1b" not in text
            assert not set(text) & set("❯✓│─")
            assert said(app) == ""
