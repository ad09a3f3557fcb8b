"""Filling in fields on the board: what is typed, refused, kept, and recorded by two at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from textual.widgets import Input, TextArea

from runbook.actions import facts, steps
from runbook.desk import Desk
from runbook.events import Prose, Value
from runbook.moment import UNKNOWN, Moment
from runbook.tui.app import RunbookApp
from runbook.tui.screens import asktext
from runbook.tui.screens.board.tables import RowForm
from tests.tui.boarding import asking, board, here, press, write
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import said, screen_text, settled, until

SIZE = (80, 24)
Open = Callable[..., RunbookApp]


@pytest.fixture
def tiny(desk: Desk) -> str:
    return desk.new("tiny", "USB").incident.id


@pytest.fixture
def whole(desk: Desk) -> str:
    """An incident with the shipped playbook."""
    return desk.new("lost-media", "USB").incident.id


def held(desk: Desk, incident: str, fact: str) -> Value | None:
    claim = desk.case(incident).current(fact)
    return claim.value if claim else None


@pytest.mark.parametrize(
    ("step", "field", "keys", "fact", "value"),
    [
        ("notice-what", "known_at", "unknown", "known_at", UNKNOWN),
        ("notice-what", "known_at", "15:45頃", "known_at", Moment(START, "about")),
        ("notice-what", "media_kind", "USB stick", "media_kind", "USB stick"),
        ("notice-what", "media_count", "２", "media_count", 2),
        ("hotline-open", "hotline_number", "0120-123-456", "hotline_number", "0120-123-456"),
        ("name-lead", "incident_lead", "佐藤 / さとう", "incident_lead", "佐藤 / さとう"),
        ("evidence-keep", "evidence_until", "2027-03-31", "evidence_until", "2027-03-31"),
    ],
)
async def test_what_can_be_typed(
    open_app: Open, desk: Desk, whole: str, step: str, field: str, keys: str, fact: str, value: Value
) -> None:
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action(f"fill({step!r}, {field!r})")
        await settled(pilot)
        await write(pilot, keys)
        await press(pilot, "enter")
        assert not asking(app)
    found = held(desk, whole, fact)
    assert (found.text if isinstance(found, Prose) else found) == value


async def test_e_on_a_check_fills_in_what_is_empty_what_is_required_first(
    open_app: Open, desk: Desk, tiny: str
) -> None:
    app = open_app(tiny, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "s")
        for field, typed in (("noticed", "15:30"), ("who", "Sato")):
            await press(pilot, "home")
            assert here(app) == "notice-what check:asked"
            await press(pilot, "e")
            assert asking(app)
            await write(pilot, typed)
            await press(pilot, "enter")
            assert here(app) == f"notice-what field:{field}"
        await press(pilot, "home", "e")
        assert not asking(app)
        assert "no field under the cursor" in said(app)


@pytest.mark.parametrize(("key", "value"), [("y", "yes"), ("n", "no"), ("question_mark", "unknown")])
async def test_a_yes_or_no_takes_one_letter(open_app: Open, desk: Desk, whole: str, key: str, value: str) -> None:
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('notice-what', 'contractor_involved')")
        await press(pilot, key)
        assert held(desk, whole, "contractor_involved") == value
        await press(pilot, "e", "minus")
        assert held(desk, whole, "contractor_involved") is None


async def test_a_choice_takes_its_number_or_the_arrows(open_app: Open, desk: Desk, whole: str) -> None:
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('contractor-duty', 'contractor_duty')")
        await press(pilot, "3")
        assert held(desk, whole, "contractor_duty") == "joint"
        await press(pilot, "e", "down", "enter")
        assert held(desk, whole, "contractor_duty") == "own"


async def test_a_bad_value_stays_to_be_put_right(open_app: Open, desk: Desk, tiny: str) -> None:
    app = open_app(tiny, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "enter")
        await write(pilot, "25:00")
        await press(pilot, "enter")
        assert asking(app)
        assert app.screen.query_one(Input).value == "25:00"
        assert "! “25:00” is not a time." in screen_text(app)
        await press(pilot, *["backspace"] * 5)
        await write(pilot, "15:00")
        await press(pilot, "enter")
        assert not asking(app)
        assert held(desk, tiny, "noticed_at") == Moment(START.replace(minute=0))


@pytest.mark.parametrize("typed", ["unknown", "未確認"])
async def test_a_word_for_unknown_says_how_it_is_read_and_is_no_text(
    open_app: Open, desk: Desk, whole: str, typed: str
) -> None:
    reading = "recorded as not known yet"
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('last-seen', 'lost_place')")
        await settled(pilot)
        await write(pilot, typed)
        assert reading in screen_text(app)
        await write(pilot, "?!")
        assert reading not in screen_text(app)
        await press(pilot, "backspace", "backspace", "enter")
        assert held(desk, whole, "lost_place") == "unknown"


async def test_leaving_a_field_as_it_was_records_nothing(open_app: Open, desk: Desk, tiny: str) -> None:
    desk.do(tiny, partial(facts.claim, name="noticed_at", typed="15:30", status="claimed", source="contractor"))
    app = open_app(tiny, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "e", "enter", "e", "escape", "down", "e", "enter")
        assert not asking(app)
    assert desk.case(tiny).incident.seq == 2


async def test_an_emptied_field_is_empty(open_app: Open, desk: Desk, tiny: str) -> None:
    desk.do(tiny, partial(steps.fill, step="notice-what", field="who", typed="山本"))
    app = open_app(tiny, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "down", "e", "backspace", "enter")
        assert desk.case(tiny).incident.step("notice-what").fields == {}


async def test_a_guarded_field_keeps_nothing_until_it_passes(
    monkeypatch: pytest.MonkeyPatch, open_app: Open, desk: Desk, whole: str
) -> None:
    monkeypatch.setattr(asktext, "KEEP_AFTER", 0.01)
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('encryption', 'encryption_evidence')")
        await settled(pilot)
        await write(pilot, "password has 8 digits")
        await press(pilot, "enter")
        assert asking(app)
        assert app.screen.query_one(TextArea).text == "password has 8 digits"
        assert "may not describe a password" in screen_text(app)
        await press(pilot, "escape")
        assert desk.typing(whole) == {}
        await board(app).run_action("fill('encryption', 'encryption_evidence')")
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == ""
        await write(pilot, "inventory 2022")
        await press(pilot, "enter")
        assert not asking(app)
        assert desk.typing(whole) == {}
    found = held(desk, whole, "encryption_evidence")
    assert isinstance(found, Prose)
    assert found.text == "inventory 2022"


async def test_two_seats_at_one_field_the_second_keeps_what_they_typed(
    open_app: Open, seat: Callable[..., Desk], desk: Desk, clock: Clockwork, tiny: str
) -> None:
    other, app = seat("鈴木"), open_app(tiny, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "e")
        await write(pilot, "15:30")
        clock.forward(minutes=2)
        other.do(tiny, partial(steps.fill, step="notice-what", field="noticed", typed="15:20"))
        await until(pilot, lambda: "#3" in screen_text(app))
        await press(pilot, "enter")
        assert asking(app)
        assert app.screen.query_one(Input).value == "15:30"
        shown = " ".join(screen_text(app).replace("│", " ").split())
        assert (
            "Meanwhile 鈴木 changed this at 06-22 15:47: fact recorded; now: 2022-06-22 15:20. Nothing was overwritten."
            in shown
        )
        assert held(desk, tiny, "noticed_at") == Moment(START.replace(minute=20))
        await press(pilot, "enter")  # having seen it, they decide
        assert not asking(app)
        assert held(desk, tiny, "noticed_at") == Moment(START.replace(minute=30))
    assert desk.typing(tiny) == {}


async def test_several_unfinished_texts_are_named_in_the_language_each_kind_once(
    open_app: Open, desk: Desk, whole: str
) -> None:
    for place in ("board:fill('freeze', 'bag_contents')", "board:fill('last-seen', 'route')", "app.note"):
        desk.keep_typing(whole, place, "two sti")
    app = open_app(whole, "ja")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        assert said(app).startswith("書きかけの文が残っています（メモ、記入）。")


async def test_what_is_half_typed_survives_the_program(
    monkeypatch: pytest.MonkeyPatch, open_app: Open, desk: Desk, whole: str
) -> None:
    monkeypatch.setattr(asktext, "KEEP_AFTER", 0.01)
    place = "board:fill('freeze', 'bag_contents')"
    first = open_app(whole, "en")
    async with first.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(first).run_action("fill('freeze', 'bag_contents')")
        await settled(pilot)
        await write(pilot, "two sti")
        await until(pilot, lambda: desk.typing(whole) == {place: "two sti"})
        # nothing is closed or left properly: a new app takes its place
        second = open_app(whole, "en")
        async with second.run_test(size=SIZE, notifications=True) as other:
            await settled(other)
            assert said(second).startswith("Unfinished text from before: fill.")
            await press(other, "y")
            assert second.screen.query_one(TextArea).text == "two sti"
            assert here(second) == "freeze field:bag_contents"
            await write(other, "cks")
            await press(other, "enter")
            assert not asking(second)
    assert desk.typing(whole) == {}
    found = held(desk, whole, "bag_contents")
    assert isinstance(found, Prose)
    assert found.text == "two sticks"


async def test_rows_of_a_register_are_added_changed_and_struck_out(open_app: Open, desk: Desk, whole: str) -> None:
    def rows() -> dict[str, dict[str, object]]:
        found = desk.case(whole).incident.rows("copies")
        return {
            key: {name: value.text if isinstance(value, Prose) else value for name, value in row.values.items()}
            for key, row in found.items()
        }

    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('freeze', 'copies')")
        await press(pilot, "enter")  # the line that adds a row
        for text in ("backup", "cellar", "", "x"):
            await write(pilot, text)
            await press(pilot, "enter")
        assert "is not an answer" in screen_text(app)  # and stays open
        await press(pilot, "backspace", "y", "enter")
        assert "backup / cellar / yes" in screen_text(app)
        assert (
            rows() == {"backup": {"what": Prose(text="backup"), "where": Prose(text="cellar"), "sealed": "yes"}} or True
        )
        assert rows() == {"backup": {"what": "backup", "where": "cellar", "sealed": "yes"}}
        await press(pilot, "up", "enter")  # the same row: its name stands fast, what stood there is replaced
        await press(pilot, "end")
        await write(pilot, " 2")
        await press(pilot, "ctrl+s")
        assert "backup / cellar 2 / yes" in screen_text(app)
        assert rows() == {"backup": {"what": "backup", "where": "cellar 2", "sealed": "yes"}}
        await press(pilot, "x")
        assert rows() == {}
        await press(pilot, "escape")
        assert here(app) == "freeze field:copies"


async def test_a_half_typed_row_is_offered_again(
    monkeypatch: pytest.MonkeyPatch, open_app: Open, desk: Desk, whole: str
) -> None:
    monkeypatch.setattr(asktext, "KEEP_AFTER", 0.01)
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('freeze', 'copies')")
        await press(pilot, "enter")
        await write(pilot, "backup")
        await press(pilot, "enter")
        await write(pilot, "cel")
        await until(pilot, lambda: "cel" in "".join(desk.typing(whole).values()))
        second = open_app(whole, "en")  # the first one was never left
        async with second.run_test(size=SIZE) as other:
            await settled(other)
            assert second.unfinished.choices()[0][1].values["text"] == "backup"
            await press(other, "y")
            assert [field.value for field in second.screen.query(Input)] == ["backup", "cel", "", ""]
            await press(other, "escape", "enter")  # left by a slip, and opened again
            assert [field.value for field in second.screen.query(Input)] == ["backup", "cel", "", ""]
            assert "It is not recorded yet." in screen_text(second)
            await press(other, "ctrl+s", "enter")
            assert [field.value for field in second.screen.query(Input)] == ["", "", "", ""]
    assert desk.typing(whole) == {}


async def test_a_form_left_half_typed_shows_what_was_typed_and_else_what_others_recorded_meanwhile(
    open_app: Open, desk: Desk, whole: str
) -> None:
    def row(sealed: str) -> None:
        typed = {"what": "backup", "where": "cellar", "sealed": sealed}
        desk.do(whole, partial(facts.record_row, register="copies", typed=typed))

    row("yes")
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('freeze', 'copies')")
        await press(pilot, "enter", "end")
        await write(pilot, " 2")
        await press(pilot, "escape")
        row("no")
        await until(pilot, lambda: "backup / cellar / no" in screen_text(app))
        await press(pilot, "enter")
        assert [field.value for field in app.screen.query(Input)] == ["backup", "cellar 2", "", "no"]
        await press(pilot, "backspace", "backspace", "escape", "enter")  # nothing is changed any more
        assert "It is not recorded yet." not in screen_text(app)
    assert desk.typing(whole) == {}


async def test_a_data_set_without_its_unit_is_sent_to_that_line_in_the_forms_words(open_app: Open, whole: str) -> None:
    app = open_app(whole)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter")
        await write(pilot, "a")
        await press(pilot, "down", "5", "ctrl+s")
        assert app.screen.query(Input)[2].has_focus
        shown = screen_text(app)
        assert "単位 *" in shown
        assert "1 人  2 件  3 世帯" in shown
        assert "次から選んでください：1 人、" in shown
        assert "persons" not in shown


async def test_a_wrong_line_of_a_data_set_is_gone_to_and_a_choice_shows_what_it_means(
    open_app: Open, desk: Desk, whole: str
) -> None:
    app = open_app(whole)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter")
        inputs = app.screen.query(Input)
        for text in ("名簿", "46万余り", "1"):
            await write(pilot, text)
            await press(pilot, "enter")
        assert inputs[2].value == "人"
        await press(pilot, "ctrl+s")
        assert inputs[1].has_focus
        assert "「46万余り」は「件数」の数として読めません。" in screen_text(app)
        await press(pilot, *["backspace"] * 5, *"460000", *["down"] * 4, *"soon", "ctrl+s")
        assert inputs[5].has_focus
        await press(pilot, *["backspace"] * 4, "ctrl+s")
        assert desk.case(whole).incident.dataset("名簿").unit == "persons"
        await press(pilot, "up", "enter")
        assert app.screen.query(Input)[2].value == "人"
        assert "persons" not in screen_text(app)


@pytest.mark.parametrize(
    ("typed", "kept", "said", "again"),
    [
        ("", (None, False), "名簿：人数不明", ""),
        ("不明", (None, False), "名簿：人数不明", ""),
        ("約8万", (80000, True), "名簿：約80,000 人", "~80000"),
        ("８００００", (80000, False), "名簿：80,000 人", "80000"),
        ("約８.５万人", (85000, True), "名簿：約85,000 人", "~85000"),
    ],
)
async def test_a_data_set_may_be_counted_about_right_or_not_at_all(
    open_app: Open, desk: Desk, whole: str, typed: str, kept: tuple[int | None, bool], said: str, again: str
) -> None:
    app = open_app(whole)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter")
        for text in ("名簿", typed, "１"):  # an input method may still be open
            await write(pilot, text)
            await press(pilot, "enter")
        await press(pilot, "ctrl+s")
        data = desk.case(whole).incident.dataset("名簿")
        assert (data.count, data.estimate) == kept
        assert said in screen_text(app)
        await press(pilot, "up", "enter")
        assert app.screen.query(Input)[1].value == again
        await press(pilot, "ctrl+s")  # what it shows says the same again
        assert desk.case(whole).incident.datasets["名簿"] == (data,)


@pytest.mark.parametrize(
    ("register", "typed", "wrong", "shown"),
    [
        ("teams", {"team": "1班", "from": "いつか"}, "from", {}),
        ("copies", {"what": "控え", "sealed": "y"}, "", {"sealed": "はい"}),
    ],
)
async def test_a_wrong_column_of_a_register_is_gone_to(
    open_app: Open, desk: Desk, whole: str, register: str, typed: dict[str, str], wrong: str, shown: dict[str, str]
) -> None:
    app = open_app(whole)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        found = desk.case(whole).playbook.registers[register]
        app.push_screen(RowForm(desk.case(whole), found, "", "ja", ""))
        await settled(pilot)
        columns = [column.id for column in found.columns]
        inputs = app.screen.query(Input)
        for column in columns:
            await write(pilot, typed.get(column, ""))
            await press(pilot, "down")
        assert {column: inputs[columns.index(column)].value for column in shown} == shown
        await press(pilot, "ctrl+s")
        assert bool(desk.case(whole).incident.rows(register)) is not bool(wrong)
        if wrong:
            assert inputs[columns.index(wrong)].has_focus
            assert "「いつか」は時刻として読めません。" in screen_text(app)


async def test_a_data_set_with_its_count_and_time(open_app: Open, desk: Desk, whole: str) -> None:
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter")
        for text in ("residents", "460,517", "1", "code, name", "", "15:00", "contractor"):
            await write(pilot, text)
            await press(pilot, "enter")
        assert "residents: 460,517 persons" in screen_text(app)
        await press(pilot, "escape")
        assert "residents 460,517 persons" in screen_text(app)
    data = desk.case(whole).incident.dataset("residents")
    assert data is not None
    assert (data.count, data.unit, data.fields, data.source) == (460_517, "persons", ("code", "name"), "contractor")
    assert data.as_of == Moment(START.replace(minute=0))


async def test_another_count_does_not_keep_the_time_and_the_source_of_the_old_one(
    open_app: Open, desk: Desk, whole: str
) -> None:
    at = Moment(START.replace(minute=0))
    told = partial(facts.record_dataset, name="residents", unit="persons", as_of=at, source="by telephone")
    desk.do(whole, partial(told, count=460_000, estimate=True))
    app = open_app(whole, "en")

    def standing() -> list[tuple[int | None, Moment | None, str]]:
        return [(one.count, one.as_of, one.source) for one in desk.case(whole).incident.standing_datasets]

    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter", "end", "ctrl+u")
        await write(pilot, "460517")
        await press(pilot, "ctrl+s")
        assert "It is 460,517 now." in screen_text(app)
        assert standing() == [(460_000, at, "by telephone")]
        await press(pilot, "ctrl+s")  # whoever presses it without reading makes no old hour one of the new number
        assert standing() == [(460_517, None, "")]
        await press(pilot, "enter", "end", "ctrl+u")
        await write(pilot, "460518")
        await press(pilot, "ctrl+s")
        assert standing() == [(460_518, None, "")]  # nothing was said of the old one


async def test_another_count_keeps_a_time_that_is_typed_for_it(open_app: Open, desk: Desk, whole: str) -> None:
    at = Moment(START.replace(minute=0))
    desk.do(whole, partial(facts.record_dataset, name="residents", count=460_000, unit="persons", as_of=at))
    app = open_app(whole, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await board(app).run_action("fill('data-sets', 'datasets')")
        await press(pilot, "enter", "end", "ctrl+u")
        await write(pilot, "460517")
        await press(pilot, "ctrl+s")
        await write(pilot, "15:00")  # the same time once more: the focus is there
        await press(pilot, "ctrl+s")
    assert [(one.count, one.as_of) for one in desk.case(whole).incident.standing_datasets] == [(460_517, at)]


async def test_a_half_typed_note_keeps_its_time_too(desk: Desk, open_app: Callable[..., RunbookApp]) -> None:
    incident = desk.new("tiny").incident.id
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "n", *"abc", "tab", *"15:10", "escape")
    assert sorted(desk.typing(incident).values()) == ["15:10", "abc"]
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "y")
        assert app.screen.query_one("#when", Input).value == "15:10"
        await press(pilot, "enter")
        assert not asking(app)
    assert desk.typing(incident) == {}
