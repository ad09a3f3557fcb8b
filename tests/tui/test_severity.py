"""The severity worksheet on the screen: its rows in both languages, and its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from runbook.actions import facts
from runbook.actions.severity import judge
from runbook.case import Case
from runbook.desk import Desk
from runbook.severity import Assessment, Line, assess
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades
from runbook.tui.screens.asking import Choose
from runbook.tui.screens.asktext import AskText
from runbook.tui.screens.facts import Facts
from runbook.tui.screens.severity import Severity, showing
from runbook.tui.teller import Teller
from tests.making import done, opened_case
from tests.noticing import SHIPPED
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def opening() -> Case:
    return opened_case(SHIPPED.playbook("lost-media"))


def sheet(case: Case) -> Assessment:
    found = assess(case)
    assert found is not None
    return found


def line_of(case: Case, element: str) -> Line:
    found = sheet(case).line(element)
    assert found is not None
    return found


def every_line() -> Iterator[Line]:
    """Every line with every choice it can have, and open."""
    for line in sheet(opening()).lines:
        yield line
        for choice in line.element.choices:
            yield msgspec.structs.replace(line, chosen=choice)


# Rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_the_list_is_cut_off_at_80_columns(language: Language) -> None:
    found, tell = sheet(opening()), Teller(opening(), language, Shades())
    for line in every_line():
        one = msgspec.structs.replace(found, lines=(line,))
        text = showing.row(f"line:{line.element.id}", one, tell, 79, True).plain
        assert ".." not in text
        assert text.split()[1] != ""
    for answer in (True, False, None):
        flags = tuple(msgspec.structs.replace(flag, answer=answer) for flag in found.flags)
        one = msgspec.structs.replace(found, flags=flags)
        for flag in flags:
            assert ".." not in showing.row(f"flag:{flag.flag.id}", one, tell, 79, True).plain
    wide = msgspec.structs.replace(found, cb=msgspec.structs.replace(found.cb, low=25, high=175))
    assert ".." not in showing.row(showing.RESULT, wide, tell, 79, True).plain
    for key in showing.layout(found):
        assert len(showing.row(key, found, tell, 79, False).plain) <= 79


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_says_the_widest_result_and_that_it_is_no_law(language: Language) -> None:
    case = done(opening(), partial(judge, element="malicious", choice="intent", reason="x"))
    case = done(case, partial(facts.claim, name="malicious", typed="no"))
    found, tell = sheet(case), Teller(case, language, Shades())
    assert sum(bool(line.moved) for line in found.lines) == 1
    text = showing.headline(found, tell, 80)
    assert text.cell_len == 80
    assert tell(showing.NO_LAW) in text.plain
    assert text.plain.rstrip().startswith(f" {tell(Severity.title_said)}")
    assert "^" in text.plain
    assert text.plain.endswith(" ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_line_has_every_choice_with_score_wording_and_example(language: Language) -> None:
    tell = Teller(opening(), language, Shades())
    found = sheet(opening())
    for line in found.lines:
        pieces = showing.about(f"line:{line.element.id}", found, tell)
        text = "\n".join(f"{piece.label} {piece.text.plain}" for piece in pieces)
        assert tell(line.element.ask) in text
        for choice in line.element.choices:
            assert tell(choice.title) in text
            assert choice.text is None or tell(choice.text) in text
            assert choice.example is None or tell(choice.example) in text
            assert tell(found.method.sources[choice.source].title) in text


def test_only_what_must_be_looked_at_again_is_coloured() -> None:
    line = line_of(opening(), "financial")
    tell = Teller(opening(), "en", Shades())
    assert showing.sign(line, tell).plain == "?"
    choice = line.element.choices[1]
    suggested = msgspec.structs.replace(line, chosen=choice, suggested=choice)
    assert showing.sign(suggested, tell).plain == " "
    case = done(opening(), partial(judge, element="financial", choice="little", reason="x"))
    judged = line_of(case, "financial")
    assert showing.sign(judged, tell).plain == "✓"
    assert showing.sign(judged, Teller(case, "en", Shades(ascii=True))).plain == "v"
    moved = msgspec.structs.replace(judged, moved=("financial_risk",))
    assert (showing.sign(moved, tell).plain, str(showing.sign(moved, tell).style)) == ("^", Shades().soon)


# Journeys


@pytest.fixture
def incident(desk: Desk) -> str:
    return desk.new("tiny").incident.id


async def at_worksheet(app: RunbookApp, pilot, where: str = "") -> Severity:
    app.go("severity", where)
    await settled(pilot)
    place = app.screen
    assert isinstance(place, Severity)
    return place


async def test_a_line_is_chosen_with_a_reason(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot)
        assert "0.25 to 6.00, low to very high" in screen_text(app)
        assert "a help, not law" in screen_text(app)
        await pilot.press("down", "down", "down", "e")
        await settled(pilot)
        assert isinstance(app.screen, Choose)
        assert "4 All that fraud needs, or a full picture" in screen_text(app)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, AskText)
        await pilot.press(*"cards", "enter")
        await settled(pilot)
        assert isinstance(app.screen, Severity)
        assert "1.00 to 6.00" in screen_text(app)  # DPC 4, EI 0.25 to 1, CB 0 to 2
        row = next(line for line in screen_text(app).splitlines() if "Financial data" in line)
        assert row.startswith("❯ ✓ Financial data            4  All that fraud needs")
        assert "佐藤" in screen_text(app)
        assert "cards" in screen_text(app)
        judged = app.desk.case(incident).incident.judged("financial")
        assert (judged.choice, judged.reason.text) == ("full", "cards")


async def test_a_reason_must_be_given(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot, "severity:financial")
        for _ in range(3):  # to the line's choices, the first of them, and no reason
            await pilot.press("enter")
            await settled(pilot)
        assert "Say why this is chosen." in screen_text(app)
        assert app.desk.case(incident).incident.judged("financial") is None
        await pilot.press(*"mine", "enter")
        await settled(pilot)
        assert app.desk.case(incident).incident.judged("financial").reason.text == "mine"


async def test_what_another_chose_meanwhile_is_not_overwritten_and_the_reason_stays(
    open_app: Open, incident: str, seat: Callable[..., Desk]
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot, "severity:financial")
        for _ in range(2):
            await pilot.press("enter")
            await settled(pilot)
        seat("鈴木").do(incident, partial(judge, element="financial", choice="full", reason="x"))
        await pilot.press(*"mine", "enter")
        await settled(pilot)
        assert "鈴木" in screen_text(app)
        assert isinstance(app.screen, AskText)
        assert app.screen.text == "mine"
        assert app.desk.case(incident).incident.judged("financial").choice == "full"
        await pilot.press("enter")  # having read it, one may choose all the same
        await settled(pilot)
        assert app.desk.case(incident).incident.judged("financial").choice == "none"


async def test_a_half_typed_reason_is_taken_up_again(open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot, "severity:financial")
        await pilot.press("e")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press(*"half", "escape")
        await settled(pilot)
        await pilot.press("b")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert isinstance(app.screen, AskText)
        assert app.screen.text == "half"
        assert "Financial data: 0 Not in the data. Why?" in screen_text(app)


async def test_a_choice_is_given_back_to_the_facts(open_app: Open, incident: str, desk: Desk) -> None:
    desk.do(incident, partial(facts.claim, name="financial_risk", typed="yes"))
    desk.do(incident, partial(judge, element="financial", choice="full", reason="cards"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot, "severity:financial")
        await pilot.press("w")
        await settled(pilot)
        await pilot.press(*"no", "enter")
        await settled(pilot)
        assert app.desk.case(incident).incident.judged("financial") is None
        row = next(line for line in screen_text(app).splitlines() if "❯" in line)
        assert row.startswith("❯   Financial data            3  Income")
        assert "Financial risk: yes" in screen_text(app)
        await pilot.press("w")
        await settled(pilot)
        assert "nothing to take back" in said(app)


async def test_a_fact_that_changed_since_marks_the_choice(open_app: Open, incident: str, desk: Desk) -> None:
    desk.do(incident, partial(judge, element="malicious", choice="accident", reason="it fell out"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot, "severity:malicious")
        assert "^ 1 to judge again" not in screen_text(app)
        desk.do(incident, partial(facts.claim, name="malicious", typed="yes"))
        app.reload()
        await settled(pilot)
        text = screen_text(app)
        assert "^ 1 to judge again" in text
        row = next(line for line in text.splitlines() if "❯" in line)
        assert row.startswith("❯ ^ Malicious intent          0  Error, accident or defect")
        assert "Malicious purpose: yes" in text


async def test_from_the_result_to_the_first_open_line_and_from_a_flag_to_its_fact(
    open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "Does it hold simple data" in screen_text(app)
        await pilot.press("g")
        await settled(pilot)
        assert "a person chooses" in said(app)
        await pilot.press("end", "up", "enter")
        await settled(pilot)
        assert "follows from the facts" in said(app)
        await pilot.press("g")
        await settled(pilot)
        assert isinstance(app.screen, Facts)
        assert "Persons affected" in next(line for line in screen_text(app).splitlines() if "❯" in line)


async def test_escape_goes_back_to_the_board(open_app: Open, incident: str) -> None:
    app = open_app(incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_worksheet(app, pilot)
        await pilot.press("tab", "escape")
        await settled(pilot)
        assert isinstance(app.screen, Severity)  # from the text to the list first
        await pilot.press("escape")
        await settled(pilot)
        assert app.screen.place == "board"


async def test_the_history_tells_how_the_result_came_to_be(open_app: Open, incident: str, desk: Desk) -> None:
    desk.do(incident, partial(facts.claim, name="cause", typed="loss"))
    desk.do(incident, partial(judge, element="identification", choice="maximum", reason="names and addresses"))
    app = open_app(incident, "en")
    async with app.run_test(size=(100, 40)) as pilot:
        place = await at_worksheet(app, pilot)
        text = "\n".join(piece.text.plain for piece in place.pane._pieces)
        # loss: integrity, confidentiality and malice add nothing, availability is open; then EI is 1
        assert "Ease of identification: 1.00 to 4.50, low to very high  佐藤 #3" in text
        assert "Cause: 0.25 to 4.50, low to very high  佐藤 #2" in text


@pytest.mark.parametrize("width", [80, 100, 131, 132])
async def test_what_is_chosen_is_never_cut_off(open_app: Open, incident: str, desk: Desk, width: int) -> None:
    desk.do(incident, partial(judge, element="behavioural", choice="basic", reason="x"))
    app = open_app(incident, "en")
    async with app.run_test(size=(width, 30)) as pilot:
        await at_worksheet(app, pilot)
        assert "2  Location, traffic data, preferences, habits" in screen_text(app)


async def test_an_incident_without_a_method_says_so(open_app: Open, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "content" / "playbooks" / "severity.yaml").write_text("nothing: here", "utf-8")
    app = open_app(desk.new("tiny").incident.id, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        place = await at_worksheet(app, pilot)
        (why,) = place.pane._pieces
        assert "severity.yaml:1: " in why.text.plain
        await pilot.press("e", "w", "g", "enter")
        await settled(pilot)
        assert "no method for judging severity" in screen_text(app)
