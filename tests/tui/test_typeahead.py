"""What is typed while something is being opened, where what is opened comes or does not come."""

from __future__ import annotations

import threading

import pytest
from textual.events import Key
from textual.widgets import Input, TextArea

from runbook.desk import Desk
from runbook.speech import say
from runbook.tui.app import RunbookApp
from runbook.tui.screens.asktext import AskLine
from runbook.tui.screens.home import Home
from tests.tui.looking import held_up, send, settled, until

SIZE = (80, 24)


async def test_a_window_opened_before_the_half_typed_texts_are_read_still_has_its_own(
    desk: Desk, app: RunbookApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = desk.new("tiny", "first").incident.id
    desk.keep_typing(incident, "board:note('notice-what')", "half")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        with held_up(monkeypatch, desk, "typing"):
            await send(app, "enter")
            await until(pilot, lambda: app.case)
            await send(app, "n", *" done")
        await settled(pilot)
        assert app.screen.query_one(TextArea).text == "half done"


async def test_what_is_typed_as_a_window_opens_waits_until_it_can_take_it(app: RunbookApp) -> None:
    window = AskLine(say("Note"))

    def show(_: None) -> None:
        app.push_screen(window)
        for key in "nc":
            app.post_message(Key(key, key))

    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        app.fetch(lambda: None, show)
        await settled(pilot)
        assert app.screen is window
        assert window.query_one(Input).value == "nc"


async def test_what_was_typed_for_a_window_that_was_closed_meanwhile_does_nothing_here(app: RunbookApp) -> None:
    window, read, shown = AskLine(say("Note")), threading.Event(), list[bool]()

    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        await app.push_screen(window)
        try:
            app.fetch(lambda: read.wait(10), shown.append, on=window)
            await send(app, "n")
            await window.dismiss()
        finally:
            read.set()
        await settled(pilot)
        assert not shown
        assert isinstance(app.screen, Home)
        await pilot.press("slash", "n")  # and keys do what they do again
        assert app.screen.query_one(Input).value == "n"
