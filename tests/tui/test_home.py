"""Home and New, driven by keys; the list's lines as pure functions."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Key

from runbook import events as e
from runbook.actions import records
from runbook.cards import Card
from runbook.case import Case
from runbook.desk import Desk
from runbook.duties import Deadline
from runbook.errors import ChainBroken, Refused
from runbook.events import Mode
from runbook.speech import LANGUAGES, Bilingual, say
from runbook.touch import Touch
from runbook.tui import listing
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades
from runbook.tui.screens.home import Home
from runbook.tui.screens.new import New
from runbook.tui.widgets.rows import Rows
from tests.tui.conftest import START, Clockwork
from tests.tui.looking import held_up, said, screen_text, send, settled, until

SIZE = (80, 24)


async def test_an_empty_record_says_how_to_begin(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "まだ事案はありません。物がなくなったら n、続けて enter を押します。" in screen_text(app)
        await pilot.press("enter", "up", "down", "pagedown", "home", "end")


async def test_two_keys_open_a_new_live_incident(app: RunbookApp, desk: Desk) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n", "enter")
        await settled(pilot)
        assert app.case is not None
        opened = desk.case(app.case.incident.id).incident
        assert (opened.mode, opened.opened_at, opened.seq) == ("live", START, 1)
        assert "本番 LIVE" in screen_text(app).splitlines()[0]


async def test_the_same_enter_pressed_twice_opens_one_incident(app: RunbookApp, desk: Desk) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n", "enter", "enter", "enter")
        await settled(pilot)
    assert len(desk.cards()) == 1


async def test_what_is_known_can_be_typed_at_once(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("t")
        await settled(pilot)
        await pilot.press("end", "enter", *"USB", "tab", *"~15:10", "enter")  # without a scenario
        await settled(pilot)
        assert app.case is not None
        assert (app.case.incident.title, app.case.incident.mode) == ("USB", "drill")
        assert app.case.value("noticed_at") == START.replace(hour=15, minute=10)


async def test_a_time_that_is_none_is_refused_and_can_be_put_right(app: RunbookApp, desk: Desk) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("n", *"USB", "tab", *"x", "enter")
        await settled(pilot)
        assert "「x」は時刻として読めません" in said(app)
        assert desk.cards() == []
        await pilot.press("backspace", "enter")
        await settled(pilot)
        assert app.case is not None
        assert app.case.incident.title == "USB"


async def test_a_playbook_can_be_chosen_where_there_are_several(app: RunbookApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await settled(pilot)
        assert "小さな手順書" in screen_text(app)
        await pilot.press("tab", "tab", "down", "enter")
        await settled(pilot)
        assert app.case is not None
        assert app.case.playbook.id == "tiny"


async def test_a_new_incident_can_be_thought_better_of(app: RunbookApp, desk: Desk) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n", *"abc", "escape")
        await settled(pilot)
        assert isinstance(app.screen, Home)
    assert desk.cards() == []


async def test_what_was_typed_of_a_new_incident_stands_there_again_until_it_is_opened(
    app: RunbookApp, desk: Desk
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("n", *"USB", "tab", *"15:1", "escape", "n")
        await settled(pilot)
        await pilot.press(*"-2", "tab", "end", "0", "enter")
        await settled(pilot)
        assert [card.title for card in desk.cards()] == ["USB-2"]
        assert app.case is not None
        assert app.case.value("noticed_at") == START.replace(hour=15, minute=10)
        await pilot.press("o", "n")
        await settled(pilot)
        assert "USB-2" not in screen_text(app)


async def test_live_drills_and_closed_stand_apart_with_what_matters(desk: Desk, clock: Clockwork) -> None:
    live = desk.new("tiny", "市民情報USBメモリー紛失").incident.id
    desk.new("tiny", "尼崎2022 第3回", mode="drill")
    closed = desk.new("tiny", "障がい福祉課USB").incident.id
    desk.do(closed, partial(records.close, explanation="見つかった"))
    clock.forward(minutes=12)
    desk.do(live, partial(records.note, text="CISOへ第1報"))
    app = RunbookApp(desk, "ja")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        lines = [line for line in screen_text(app).splitlines() if line.strip()]
    found = [
        next(n for n, line in enumerate(lines) if words in line) for words in ("USBメモリー", "第3回", "障がい福祉課")
    ]
    assert found == sorted(found)
    assert lines[found[0] - 1].startswith(" 進行中")
    assert "❯ 市民情報USBメモリー紛失" in lines[found[0]]
    assert "0/4  ^ あと18分 何に気づいたか" in lines[found[0]]
    assert lines[found[0]].endswith("15:57 佐藤")
    assert lines[found[1] - 1].startswith(" 訓練")
    assert lines[found[1]].lstrip().startswith("訓練")
    assert lines[found[2] - 1].startswith(" 終結")
    assert "終結 2022-06-22" in lines[found[2]]


async def test_an_incident_that_cannot_be_read_stands_among_the_others(
    desk: Desk, clock: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = desk.new("tiny", "Broken").incident.id
    clock.forward(minutes=1)
    sound = desk.new("tiny", "Sound").incident.id
    failure = ChainBroken(say("Entry 2 does not follow the one before it."))
    whole = desk.case

    def case(id: str) -> Case:
        if id == broken:
            raise failure
        return whole(id)

    monkeypatch.setattr(desk, "case", case)
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        line = next(line for line in screen_text(app).splitlines() if broken in line)
        assert "! cannot be read" in line
        assert app.screen.query_one(Rows).here == sound
        await pilot.press("down")
        await settled(pilot)
        assert app.screen.query_one(Rows).here == broken
        assert f"Run “runbook verify {broken}”." in " ".join(screen_text(app).split())


async def test_one_key_opens_the_one_worked_on_last(desk: Desk, clock: Clockwork) -> None:
    first = desk.new("tiny", "first").incident.id
    clock.forward(hours=1)
    desk.new("tiny", "second")
    desk.new("tiny", "a drill", mode="drill")
    clock.forward(hours=1)
    desk.do(first, partial(records.note, text="still looking"))
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert app.case is not None
        assert app.case.incident.id == first


async def test_enter_before_the_list_is_read_opens_the_incident_once_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "first").incident.id
    app = RunbookApp(desk, "en")
    with held_up(monkeypatch, desk, "cards") as let:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("enter")
            assert "Reading the record" in screen_text(app)
            let()
            await settled(pilot)
            assert app.case is not None
            assert app.case.incident.id == incident
            await pilot.press("o")
            await settled(pilot)
            assert app.case is None


async def test_keys_before_the_list_is_read_do_what_they_do_in_their_order(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "first").incident.id
    app = RunbookApp(desk, "en")
    with held_up(monkeypatch, desk, "cards") as let:
        async with app.run_test(size=SIZE) as pilot:
            await send(app, "enter", "n", *"new", "enter")
            let()
            await settled(pilot)
            assert app.case is not None
            assert app.case.incident.id == incident
            assert app.case.incident.last is not None
            assert app.case.incident.last.type == "note_written"
            assert len(desk.cards()) == 1  # n began no other incident


async def test_what_is_typed_while_an_incident_is_being_opened_goes_to_that_incident(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "first").incident.id
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        with held_up(monkeypatch, desk, "case"):
            await send(app, "enter", "n", *"new", "enter")
            assert isinstance(app.screen, Home)
        await settled(pilot)
        assert len(desk.cards()) == 1  # n begins no other incident
        noted = desk.events(incident)[-1].data
        assert isinstance(noted, e.NoteWritten)
        assert noted.text.text == "new"


async def test_who_leaves_while_an_incident_is_being_opened_leaves_once_what_was_typed_before_is_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "first").incident.id
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        with held_up(monkeypatch, desk, "case"):
            await send(app, "enter", "n", *"new", "enter")
            app.post_message(Key("ctrl+q", None))
        await until(pilot, lambda: not app.is_running)
    noted = desk.events(incident)[-1].data
    assert isinstance(noted, e.NoteWritten)
    assert noted.text.text == "new"


async def test_what_was_typed_for_an_incident_that_cannot_be_opened_does_nothing_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.new("tiny", "first")

    def fails(id: str) -> Case:
        raise Refused(say("It cannot be read."))

    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settled(pilot)
        monkeypatch.setattr(desk, "case", fails)
        with held_up(monkeypatch, desk, "case"):
            await send(app, "enter", "n", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Home)
        assert "It cannot be read." in said(app)
        assert len(desk.cards()) == 1
        await pilot.press("n")  # and keys do what they do again
        await settled(pilot)
        assert isinstance(app.screen, New)


async def test_the_cursor_stays_where_it_was_when_the_list_changes(desk: Desk, clock: Clockwork) -> None:
    for name in ("one", "two", "three"):
        desk.new("tiny", name)
        clock.forward(minutes=1)
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("down")
        here = app.screen.query_one(Rows).here
        desk.new("tiny", "four")
        app.reload()
        await settled(pilot)
        assert "four" in screen_text(app)
        assert app.screen.query_one(Rows).here == here


async def test_a_search_shows_only_what_fits_and_escape_all(desk: Desk) -> None:
    desk.new("tiny", "市民情報ＵＳＢメモリー")
    desk.new("tiny", "書類の誤送付")
    app = RunbookApp(desk, "ja")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("slash", *"usb", "enter")
        await settled(pilot)
        assert "書類の誤送付" not in screen_text(app)
        assert "市民情報" in screen_text(app)
        await pilot.press("escape")
        assert "書類の誤送付" in screen_text(app)


async def test_a_long_list_scrolls_to_the_cursor(desk: Desk, clock: Clockwork) -> None:
    for n in range(40):
        desk.new("tiny", f"incident {n}")
        clock.forward(minutes=1)
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.press("end")
        assert "incident 0 " in screen_text(app)
        await pilot.press("home")
        assert "incident 39" in screen_text(app)
        assert "Live" in screen_text(app)


# The lines


def card(
    title: str = "USB",
    mode: Mode = "live",
    *,
    actor: str = "佐藤",
    state: str = "running",
    minutes: int = 90,
    closed: bool = False,
    demo: bool = False,
) -> Card:
    due = Deadline(
        id="step:police",
        what=Bilingual("遺失届を出す", "Report the loss to the police"),
        to=(),
        applies=True,
        state=state,  # type: ignore[arg-type]
        starts_at=START,
        due_at=START + timedelta(minutes=minutes),
        met_at=None,
        target=False,
        basis=None,
        derivation=(),
        confidence="",
    )
    ended = START if closed else None
    return Card(
        "20220622-k7f3",
        title,
        "tiny",
        mode,
        demo,
        START,
        ended,
        7,
        46,
        due,
        Touch(3, actor, START, "note_written"),
        START,
    )


def test_a_closed_incident_whose_laws_go_on_shows_what_is_due() -> None:
    one = card(closed=True, minutes=-5, state="overdue")
    line = listing.card_line(one, 80, False, language="en", shades=Shades()).plain
    assert "! 5 min overdue Report t" in line
    told = listing.detail(one, "en", Shades(), 80).plain
    assert "closed 2022-06-22(Wed) 15:45" in told
    assert "Report the loss to the police" in told
    over = msgspec.structs.replace(one, next=None)
    assert "closed 2022-06-22" in listing.card_line(over, 80, False, language="en", shades=Shades()).plain


@pytest.mark.parametrize(
    ("one", "sign"),
    [(card(minutes=90), " "), (card(minutes=45), "^"), (card(minutes=-5, state="overdue"), "!")],
)
def test_what_is_due_soon_or_missed_has_a_sign(one: Card, sign: str) -> None:
    text = listing.card_line(one, 80, False, language="en", shades=Shades()).plain
    assert text.split("7/46")[1].strip("\n")[2] == sign


def test_the_name_of_who_watches_a_drill_does_not_stand_on_its_teams_list() -> None:
    whole = card("Drill", "drill", actor="Evaluator")
    assert whole.last is not None
    seen = msgspec.structs.replace(whole, last=msgspec.structs.replace(whole.last, type="observation_noted"))
    for one, shown in ((whole, True), (seen, False)):
        line = listing.card_line(one, 140, False, language="en", shades=Shades()).plain
        assert ("Evaluator" in line) is shown


@given(
    title=st.text(max_size=60),
    actor=st.text(max_size=30),
    width=st.integers(24, 140),
    mode=st.sampled_from(["live", "drill"]),
    language=st.sampled_from(LANGUAGES),
    here=st.booleans(),
    ascii=st.booleans(),
)
def test_a_line_is_one_line_and_never_too_wide(
    title: str, actor: str, width: int, mode: Mode, language: str, here: bool, ascii: bool
) -> None:
    draw: Callable[..., object] = partial(listing.card_line, card(title, mode, actor=actor))
    line = draw(width, here, language=language, shades=Shades(ascii=ascii))
    plain = line.plain  # type: ignore[attr-defined]
    assert cell_len(plain) <= width
    assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in plain)
    if ascii and title.isascii() and actor.isascii() and language == "en":
        assert "❯" not in plain


async def test_a_new_incident_shows_the_clock_its_times_are_read_by(
    monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    """The machine may stand elsewhere: 15:45 in Tokyo is 06:45 in UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        app = RunbookApp(desk, "en")
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            assert "15:45 JST" in screen_text(app).splitlines()[0]
            await pilot.press("n", "tab", *"15:10")
            await settled(pilot)
            text = screen_text(app)
            assert "15:45:00 JST" in text
            assert "15:10" in next(
                line for line in text.splitlines() if line.rstrip().endswith("JST") and "June" in line
            )
        app = RunbookApp(desk, "en", zone="Europe/Berlin")
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("n")
            await settled(pilot)
            assert "08:45:00 CEST" in screen_text(app)
    finally:
        monkeypatch.undo()
        time.tzset()


async def test_back_home_the_cursor_is_on_the_incident_just_left(desk: Desk) -> None:
    older = desk.new("tiny", "older").incident.id
    desk.new("tiny", "newer")
    app = RunbookApp(desk, "en")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for _ in range(2):
            app.open_case(older)
            await settled(pilot)
            await pilot.press("o")
            await settled(pilot)
            assert app.screen.query_one(Rows).here == older
        await pilot.press("n", "enter")
        await settled(pilot)
        assert app.case is not None
        started = app.case.incident.id
        await pilot.press("o")
        await settled(pilot)
        assert app.screen.query_one(Rows).here == started
