"""What arrives in a drill: said without getting in anyone's way, read and answered by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from runbook.actions import drills
from runbook.drill import Reply
from runbook.events import NoteWritten
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.base import is_open
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.incoming import Incoming
from runbook.tui.screens.incoming.answering import AskAnswer, Objection
from tests.drilling import Held
from tests.tui.boarding import press, write
from tests.tui.drilled import NARROW, WIDE, frame, play, seat
from tests.tui.looking import said, screen_text, settled, until

PASSWORD = "パスワードは13桁の英数字です。"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def told(held: Held, inject: str) -> list[Reply]:
    assert held.case.incident.drill is not None
    return list(held.case.incident.drill.inject(inject).replies)


def typed(app: RunbookApp, text: str) -> None:
    """Type a text of wide letters."""
    app.screen.query_one(TextArea).insert(text)


@asynccontextmanager
async def asked(
    held: Held, language: Language = "en", size: tuple[int, int] = NARROW
) -> AsyncIterator[tuple[RunbookApp, Pilot[None]]]:
    """The reporter asked for the password's length, and one is about to answer."""
    held.play(30)
    held.play(65)
    app = seat(held, language)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "i", "home", "enter")
        yield app, pilot


async def test_what_is_due_arrives_by_itself_and_is_named(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert frame(app)[0] == "arrived: 0 i reads"
        await play(pilot, held, 6)
        first = frame(app)[0]
        assert "! 1 unanswered" in first
        assert "telephone Welfare section: A call from a colleague" in first
        assert first.endswith("i answers")


async def test_it_rings_once_and_for_nothing_that_was_there_before(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    held.play(6)
    app, rung = seat(held), list[int]()
    monkeypatch.setattr(app, "bell", lambda: rung.append(1))
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await play(pilot, held, 1)
        assert rung == []
        await play(pilot, held, 100)  # the mayor's office and the reporter
        assert len(rung) in (1, 2)
        rung.clear()
        await play(pilot, held, 1)
        assert rung == []


async def test_while_a_note_is_typed_nothing_is_lost_and_the_question_stays(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await write(pilot, "half a")
        asking = app.screen
        assert isinstance(asking, Asking)
        await play(pilot, held, 6)
        assert app.screen is asking
        assert isinstance(app.focused, TextArea)
        assert "telephone Welfare section" in screen_text(app).splitlines()[0]
        await write(pilot, " note")
        await press(pilot, "enter")
        notes = [entry.data for entry in held.desk.events(held.id) if isinstance(entry.data, NoteWritten)]
        assert [note.text.text for note in notes] == ["half a note"]


async def test_what_another_seat_lets_arrive_is_named_here_too(held: Held) -> None:
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        held.wall.forward(minutes=0.6)
        other = held.seat("鈴木")
        type(held.room)(other).advance(held.id)
        await until(pilot, lambda: "A call from a colleague" in frame(app)[0])
        assert "+1" not in screen_text(app).splitlines()[0]
        other.close()


async def test_i_leads_to_what_waits_and_shows_all_of_it(held: Held) -> None:
    held.play(30)
    held.play(65)
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "i")
        text = screen_text(app)
        assert isinstance(app.screen, Incoming)
        for words in (
            "The stick on my desk is gone.",
            "Welfare section",
            "waits for an answer",
            "Incident lead",
            "09:05",
        ):
            assert words in text, words
        assert "! 2 unanswered" in text
        await press(pilot, "home")
        assert "How long is the password?" in screen_text(app)


async def test_an_answer_is_recorded_as_it_was_said_and_another_one_after_it(held: Held) -> None:
    held.play(6)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "enter")
        await write(pilot, "we look for it")
        await press(pilot, "enter")
        assert [reply.text.text for reply in told(held, "call")] == ["we look for it"]
        assert "unanswered" not in frame(app)[0]
        assert "we look for it" in screen_text(app)
        await press(pilot, "enter")
        assert "This was answered already." in screen_text(app)
        await write(pilot, "found")
        await press(pilot, "ctrl+s")
        assert [reply.text.text for reply in told(held, "call")] == ["we look for it", "found"]


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_a_password_is_found_while_one_types_and_asked_about_before_it_is_recorded(
    held: Held, language: Language
) -> None:
    async with asked(held, language) as (app, pilot):
        typed(app, PASSWORD)
        await until(pilot, lambda: "! G01" in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Objection))
        assert "13桁" in screen_text(app)
        assert told(held, "reporter") == []
        await press(pilot, "enter")  # to change it: twice the same key records nothing
        assert isinstance(app.screen, AskAnswer)
        assert app.screen.text == PASSWORD
        assert told(held, "reporter") == []
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Objection))
        await press(pilot, "y")  # it was said all the same
        [reply] = told(held, "reporter")
        assert (reply.text.text, "G01" in reply.rules) == (PASSWORD, True)
        assert isinstance(app.screen, Incoming)
        assert "G01" in screen_text(app)


@pytest.mark.parametrize(
    ("text", "rule", "asks"),
    [
        ("パスワードについては調べています。", "^ G02", "A guardrail warns of this"),
        ("13", "! G01", "A guardrail would have stopped this"),
    ],
)
async def test_a_warning_is_asked_about_too_with_what_may_be_said_instead(
    held: Held, text: str, rule: str, asks: str
) -> None:
    """“13” alone says something only in answer to the question for the password's length."""
    async with asked(held, size=WIDE) as (app, pilot):
        typed(app, text)
        await until(pilot, lambda: rule in screen_text(app))
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Objection))
        shown = " ".join(screen_text(app).split())
        assert asks in shown
        assert rule in shown
        assert "These may be said as they stand:" in shown
        assert "we do not answer questions about passwords." in shown
        assert told(held, "reporter") == []
        await press(pilot, "y")
        [reply] = told(held, "reporter")
        assert rule.split()[1] in reply.rules


async def test_an_approved_sentence_is_recorded_without_being_asked_about(held: Held) -> None:
    async with asked(held) as (app, pilot):
        typed(app, "パスワードに関するご質問には、悪用を防ぐためお答えしておりません。")
        await press(pilot, "enter")
        await until(pilot, lambda: bool(told(held, "reporter")))
        [reply] = told(held, "reporter")
        assert reply.rules == ()


async def test_the_key_line_names_what_leads_the_drill_only_while_it_does(held: Held) -> None:
    held.play(6)
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "i")
        keys = " ".join(screen_text(app).splitlines()[-2:])
        assert "N next part" in keys
        assert "E end the drill" in keys
        assert "W score" not in keys
        app.take(held.desk.do(held.id, drills.end).case)
        await settled(pilot)
        keys = " ".join(screen_text(app).splitlines()[-2:])
        assert "W score" in keys
        assert "next part" not in keys
        assert "end the drill" not in keys


async def test_a_half_typed_answer_stands_there_again(held: Held) -> None:
    held.play(6)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "enter")
        assert "What you say, as you say it" in screen_text(app)
        assert "This was answered" not in screen_text(app)
        await write(pilot, "half")
        assert "What you say, as you say it" not in screen_text(app)
        await press(pilot, "escape", "b", "y")
        assert isinstance(app.screen, AskAnswer)
        assert app.screen.text == "half"


async def test_what_was_half_typed_to_one_never_stands_in_the_answer_to_another(held: Held) -> None:
    held.play(6)
    held.desk.do(held.id, partial(drills.push, inject="reporter"))
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for inject, text in (("call", "half"), ("reporter", "")):
            await press(pilot, "i", "home", *(["down"] if inject == "call" else []), "enter")
            assert isinstance(app.screen, AskAnswer)
            assert (app.screen.keep, app.screen.text) == (f"incoming:answer('{inject}')", "")
            await write(pilot, text)
            await press(pilot, "escape")


async def test_a_window_that_is_being_closed_is_given_nothing_to_draw(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the guardrails found may come just then: its lines are gone before the window is."""
    held.play(6)
    app, drawn = seat(held), list[bool]()

    def closing(window: AskAnswer) -> None:
        assert window.is_attached
        assert not window.query("#findings")
        drawn.append(is_open(window))

    monkeypatch.setattr(AskAnswer, "on_unmount", closing, raising=False)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "enter")
        assert is_open(app.screen)
        await press(pilot, "escape")
        assert drawn == [False]


async def test_an_empty_answer_is_refused_and_stays(held: Held) -> None:
    held.play(6)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "enter", "enter")
        assert isinstance(app.screen, AskAnswer)
        assert "The answer is empty." in screen_text(app)
        assert told(held, "call") == []


async def test_the_last_row_tells_what_the_real_case_had_done_and_nothing_still_to_come(held: Held) -> None:
    held.play(45)
    app = seat(held)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "i", "end")
        assert "told the section's head" in screen_text(app)
        assert "told the mayor" not in screen_text(app)


async def test_enter_on_the_line_about_the_real_case_answers_what_waits_longest(held: Held) -> None:
    """Who looks in before anything arrived has the cursor on that line when the first call comes."""
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i", "enter")
        assert "There is nothing to answer here." in said(app)
        await play(pilot, held, 6)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskAnswer)
        await write(pilot, "Keep looking.")
        await press(pilot, "enter")
        assert len(told(held, "call")) == 1
        assert "answered" in screen_text(app)
        await press(pilot, "end", "enter")
        assert not isinstance(app.screen, AskAnswer)


async def test_u_takes_back_neither_what_arrived_nor_what_the_facilitator_did(held: Held) -> None:
    held.desk.do(held.id, partial(drills.hold, inject="find"))
    held.play(6)
    app = seat(held)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settled(pilot)
        seq = held.case.incident.seq
        for _ in range(6):
            await press(pilot, "u")
        types = [event.type for event in held.desk.events(held.id) if event.seq > seq]
        assert set(types) <= {"act_undone"}
        state = held.case.incident.drill
        assert state is not None
        assert state.inject("find").held
        assert state.inject("call").arrival is not None
        assert said(app)


async def test_what_asks_for_no_answer_says_so_and_takes_none(held: Held) -> None:
    held.desk.do(held.id, partial(drills.push, inject="find"))
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "unanswered" not in frame(app)[0]
        await press(pilot, "i")
        assert "for information" in screen_text(app)
        await press(pilot, "enter")
        assert not isinstance(app.screen, AskAnswer)
        assert "for information: it waits for no answer" in said(app)
        assert told(held, "find") == []


async def test_after_the_end_nothing_waits_for_an_answer_any_more(held: Held) -> None:
    held.play(6)
    held.desk.do(held.id, drills.end)
    app = seat(held)
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        await press(pilot, "i")
        text = screen_text(app)
        assert "was not answered" in text
        assert "waits for an answer" not in text
        assert "enter answer" not in text
        await press(pilot, "enter")
        assert not isinstance(app.screen, AskAnswer)
        assert said(app) == "The drill is over; nothing more is answered. W shows the score."
        assert told(held, "call") == []
