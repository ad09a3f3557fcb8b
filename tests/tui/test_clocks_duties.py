"""Legal duties on the screens: what is read of them, and everything that is recorded about them by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from runbook.actions import duties as act
from runbook.actions import facts
from runbook.content import Content
from runbook.desk import Desk
from runbook.duties import deadlines
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades, clock_line
from runbook.tui.screens.board import Board
from runbook.tui.screens.clocks import Clocks
from runbook.tui.screens.clocks.about import about_clock
from runbook.tui.screens.facts import Facts
from runbook.tui.teller import Teller
from tests.tui.conftest import TINY, Clockwork
from tests.tui.looking import said, screen_text, settled

Open = Callable[..., RunbookApp]
LAW = """
id: zz.test
title: {ja: 試験法 第1条（試験）, en: Test Act article 1 (tests)}
as_of: "2026-11-21"
default: no
sources:
  act:
    title: {ja: 試験法 第1条, en: Test Act article 1}
    kind: law
    verified: official
  guide:
    title: {ja: 試験指針, en: Test guideline}
    kind: guideline
    verified: memory-low
facts:
  zz_open: {type: yesno, title: {ja: 公開, en: Open}, ask: {ja: 公開でしたか。, en: Was it open to anybody?}}
  zz_grave: {type: yesno, title: {ja: 重大, en: Grave}, ask: {ja: 重大ですか。, en: Is it grave?}}
  zz_shut: {type: yesno, title: {ja: 閉鎖, en: Shut}, ask: {ja: 閉じましたか。, en: Is it shut?}}
  zz_told: {type: yesno, title: {ja: 了知, en: Told}, ask: {ja: 知らせましたか。, en: Were they told?}}
occasions:
  "1":
    title: {ja: 1号, en: Item 1}
    when: zz_open == yes
    source: act
exemptions:
  shut:
    title: {ja: 閉鎖した, en: it was shut}
    when: zz_shut == yes
    source: act
items:
  what: {ja: 何が起きたか, en: What happened}
  whom: {ja: 誰に関わるか, en: Whom it concerns}
duties:
  - id: zz.test.report
    title: {ja: 届出, en: Filing}
    to:
      - name: {ja: 監督庁, en: The authority}
    from: known_at
    deadlines:
      - hours: 96
        when: zz_grave == yes
        title: {ja: 重大な場合, en: a grave case}
        source: act
      - {hours: 72, source: act}
    items: [what, whom]
    exemptions: [shut]
    late: {ja: 遅れた理由を付ける。, en: Give the reason for the delay.}
    notes:
      - text: {ja: 書面で。, en: In writing.}
        source: guide
      - text: {ja: 閉鎖なら口頭で。, en: "If shut, by word of mouth."}
        when: zz_shut == yes
        source: guide
    sources: [act, guide]
  - id: zz.test.tell
    title: {ja: 本人通知, en: Tell the persons}
    to:
      - name: {ja: 本人, en: The persons}
    when: zz_told != yes
    from: known_at
    deadlines:
      - {without_delay: 24h, source: act}
    sources: [act]
  - id: zz.test.filed
    title: {ja: 受理, en: Desk report}
    to:
      - name: {ja: 窓口, en: The desk}
    arises: always
    from: known_at
    deadlines:
      - {hours: 1, source: act}
    late: {ja: 理由を書く。, en: Say why.}
    sources: [act]
  - id: zz.test.theirs
    title: {ja: 連絡, en: Word to us}
    to:
      - name: {ja: 当方, en: Us}
    party: {ja: 委託先, en: The contractor}
    arises: always
    from: contractor_known_at
    deadlines:
      - {hours: 4, source: act}
    sources: [act]
"""
STEP = """
  - id: reports
    title: {ja: 報告, en: Reporting}
    steps:
      - id: tell
        title: {ja: 知らせる, en: Tell them}
        why: {ja: 法律上の義務です。, en: The law wants it.}
        do:
          - {ja: 電話する。, en: Telephone.}
        when: malicious != yes
        due: {duties: [zz.test.tell]}
        files: {duties: [zz.test.tell]}
      - id: file
        title: {ja: 届け出る, en: File it}
        why: {ja: 法律上の義務です。, en: The law wants it.}
        do:
          - {ja: 窓口へ。, en: At the desk.}
        files: {duties: [zz.test.filed]}
"""


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """The shipped content, with a small playbook that meets a duty of a small law."""
    folder = tmp_path / "content" / "playbooks"
    (folder / "regimes").mkdir(parents=True)
    (folder / "tiny.yaml").write_text(TINY + STEP, "utf-8")
    (folder / "regimes" / "zz.test.yaml").write_text(LAW, "utf-8")
    return Content(folder.parent)


@pytest.fixture
def incident(desk: Desk) -> str:
    """Under the small law alone, known at 15:45; the first of its occasions is open."""
    case = desk.new("tiny", "USB")
    assert case.playbook.unread == ()
    for name, typed in (("regimes", "zz.test"), ("known_at", "15:45"), ("law_as_of", "2022-06-22")):
        desk.do(case.incident.id, partial(facts.claim, name=name, typed=typed))
    return case.incident.id


def record(desk: Desk, incident: str, **known: str) -> None:
    for name, typed in known.items():
        desk.do(incident, partial(facts.claim, name=name, typed=typed))


async def look(pilot: Pilot[None], duty: str = "") -> Clocks:
    app = pilot.app
    assert isinstance(app, RunbookApp)
    await settled(pilot)
    app.go("clocks", f"duty:{duty}" if duty else "")
    await settled(pilot)
    assert isinstance(app.screen, Clocks)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def row(app: RunbookApp, words: str) -> str:
    """The line of the list that holds these words."""
    return next(line for line in screen_text(app).splitlines() if words in line and not line.startswith("─"))


def read(desk: Desk, incident: str, duty: str, language: Language = "en") -> str:
    """All that the pane says of a duty, a line each."""
    case = desk.case(incident)
    found = next(one for one in deadlines(case) if one.id == duty)
    label, lines = "", []
    for piece in about_clock(found, None, Teller(case, language, Shades())):
        label = piece.label.strip() or label
        lines.append(f"{label}: {piece.text.plain}")
    return "\n".join(lines)


# The list


async def test_a_law_stands_beside_its_duty_and_a_target_is_called_one(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes", contractor_known_at="14:00")
    app = open_app(incident, "en")
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot)
        assert "1-1 What was noticed  target" in row(app, "1-1")
        assert "1-2 Report the loss to the police  due" in row(app, "1-2")
        theirs = " ".join(row(app, "Word to us").split())
        assert theirs == "^ soon 06-22(Wed) 18:00 2 h 15 min left The contractor: Word to us Test Act article 1"
        report = row(app, " Filing")
        assert "running" in report
        assert "06-25(Sat) 15:45" in report  # the earlier of two readings
        tell = row(app, "Tell the persons")
        assert "without delay" in tell
        assert "aim: 24 h" in tell
        assert "Test Act article 1" in tell
        assert "06-23" not in tell


async def test_what_may_apply_is_asked_for_and_answered_at_once(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.tell")
        assert row(app, "Tell the persons").startswith("❯ ? may apply")
        await press(pilot, "a")  # two questions: whether it was open, whether they were told
        assert "Was it open to anybody?" in screen_text(app)
        await press(pilot, "down", "enter")
        assert "Fact: Open" in screen_text(app)
        await press(pilot, "y", "ctrl+s")
        assert desk.case(incident).value("zz_open") == "yes"
        assert row(app, "Tell the persons").startswith("❯ ? may apply")
        await press(pilot, "a")  # the one that is left
        await press(pilot, "n", "ctrl+s")
        assert desk.case(incident).value("zz_told") == "no"
        assert row(app, "Tell the persons").startswith("❯ ^ soon")
        await press(pilot, "a")
        assert said(app).startswith("No question is open here.")


async def test_what_does_not_apply_is_folded_away_and_found_again(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="no")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        assert "zz.test.tell" not in clocks._keys
        assert "Not needed: 2. Enter shows them." in screen_text(app)  # none of the occasions
        clocks._rows.here = "folded"
        clocks.read()
        await settled(pilot)
        assert "Tell the persons  Test Act article 1" in screen_text(app)
        await press(pilot, "enter")
        assert row(app, "Tell the persons").startswith("  . not needed")
        await press(pilot, "enter")
        assert "zz.test.tell" not in clocks._keys
        await look(pilot, "zz.test.tell")  # someone is sent here to see it
        assert clocks._rows.here == "zz.test.tell"
        await press(pilot, "slash", *"persons", "enter")
        assert clocks._keys == ["zz.test.tell"]


async def test_doubts_stand_on_top_and_beside_what_they_concern(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, noticed_at="15:45", zz_open="yes")
    desk.do(incident, partial(facts.claim, name="known_at", typed="15:40"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        clocks = await look(pilot)
        assert "doubts: 2" in screen_text(app).splitlines()[1]  # known before noticed; regimes left out
        assert clocks._rows.here != "doubts"  # one begins at the clocks
        await press(pilot, "home")
        assert clocks._rows.here == "doubts"
        assert "Doubtful: 2. Read this first." in screen_text(app)
        assert "lies before" in screen_text(app)
        assert "leaves out what is asked otherwise" in screen_text(app)
        await press(pilot, "enter", "enter")  # of the two, the first
        assert isinstance(app.screen, Facts)
        assert app.screen._rows.here in ("fact:noticed_at", "fact:known_at")
    text = read(desk, incident, "zz.test.report")
    assert text.startswith("Doubtful: “Known to the organisation at” (Wed 2022-06-22 15:40) lies before")


async def test_another_days_law_is_said_so(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot)
        assert "Computed with the law of" not in screen_text(app)
        record(desk, incident, law_as_of="2026-11-21")
        app.reload()
        await settled(pilot)
        assert screen_text(app).splitlines()[2] == (
            " Computed with the law of 2026-11-21, which is not that of the day of knowing."
        )
    assert "the law of 2026-11-21 is applied; its text was read on 2026-11-21" in read(desk, incident, "zz.test.report")


# The text


def test_the_text_says_whether_by_when_what_and_by_which_law(desk: Desk, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    text = read(desk, incident, "zz.test.report")
    for line in (
        "State: running  3 d left",
        "Applies: yes",
        "Why: Item 1: Open: yes.",
        "Ask: Grave (a answers)",
        "Due: 2022-06-25(Sat) 15:45",
        "Readings: 2022-06-26(Sun) 15:45: a grave case",
        "Readings: 2022-06-25(Sat) 15:45: as the law stands otherwise",
        "To: The authority",
        "Kind: set by law",
        "Report: What happened",
        "Report: Whom it concerns",
        "If late: Give the reason for the delay.",
        "Exempt if: it was shut",
        "Keep in mind: In writing.",
        "Keep in mind: If shut, by word of mouth.",
        "Source: Test Act article 1 (read in the official text)",
        "Source: Test guideline (from memory, doubtful)",
        "Law: Test Act article 1 (tests)",
        "Law: the law of 2022-06-22 is applied; its text was read on 2026-11-21",
    ):
        assert line in text, line
    record(desk, incident, zz_shut="no")
    assert "word of mouth" not in read(desk, incident, "zz.test.report")


def test_what_the_law_gives_no_date_for_shows_our_own_target_as_such(desk: Desk, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    text = read(desk, incident, "zz.test.tell")
    assert "Due: without delay: the law names no date" in text
    assert "Own target: 2022-06-23(Thu) 15:45" in text
    assert "Kind: owed by law; the time is our own target" in text


def test_another_partys_duty_says_whose_it_is(desk: Desk, incident: str) -> None:
    assert "Whose: The contractor; not this organisation's own" in read(desk, incident, "zz.test.theirs")


# Keys


async def test_a_duty_without_a_step_is_recorded_as_met(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        clock.forward(hours=2)
        await press(pilot, "enter")
        assert "Met: Filing" in screen_text(app)
        assert screen_text(app).count("why late") == 1  # in the footer
        await press(pilot, *"16:30", "enter", "enter", *"R-7", "enter")
        filing = desk.case(incident).incident.duty("zz.test.report").filing
        assert filing is not None
        assert (f"{desk.case(incident).zoned(filing.at.at or clock.now):%H:%M}", filing.by) == ("16:30", "佐藤")
        assert filing.receipt is not None
        assert filing.receipt.text == "R-7"
        assert said(app).startswith("Recorded as met: Filing")
        assert "x records it" not in said(app)
        assert row(app, " Filing").startswith("❯ ✓ met")
        assert "in time" in row(app, " Filing")


async def test_what_is_refused_stays_typed_and_is_said(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", *"2022-06-23 09:00", "enter", "enter", *"R-7", "enter")
        assert "cannot have been met at a time that has not come yet" in " ".join(screen_text(app).split())
        assert "2022-06-23 09:00" in screen_text(app)
        assert "R-7" in screen_text(app)
        assert desk.case(incident).incident.duty("zz.test.report").filing is None


async def test_a_missed_duty_is_said_plainly_and_its_reason_is_asked_for(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=3, hours=1)
    text = read(desk, incident, "zz.test.report")
    assert "State: ! overdue  1 h overdue" in text
    assert "State: Missed: it was due Sat 2022-06-25 15:45." in text
    assert "State: No reason for the delay is recorded yet; x records it." in text
    assert text.count("Missed:") == 1
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        assert "! 4 overdue" in screen_text(app)  # with two steps, and what is filed at the desk
        await press(pilot, "x")
        assert "Why is “Filing” late?" in screen_text(app)
        assert "Give the reason for the delay." in screen_text(app)
        await press(pilot, *"the count took three days", "enter")
        delay = desk.case(incident).incident.duty("zz.test.report").delay
        assert delay is not None
        assert delay.reason.text == "the count took three days"
        assert "x records it" not in read(desk, incident, "zz.test.report")
        await press(pilot, "r")
        assert "It was due 06-25 15:45." in screen_text(app)
        await press(pilot, "enter", "enter", "enter")
        assert "A reason is recorded already" in screen_text(app)
        await press(pilot, "enter")
        assert "late" in row(app, " Filing")
        assert "x records it" not in said(app)


async def test_met_late_without_a_reason_says_so(desk: Desk, open_app: Open, incident: str, clock: Clockwork) -> None:
    record(desk, incident, zz_open="yes", zz_grave="no")
    clock.forward(days=4)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", "ctrl+s")
        assert "It was late, and no reason is recorded; x records it." in said(app).replace("\n", " ")
        assert "x records it" in read(desk, incident, "zz.test.report")


async def test_counsels_decision_stands_for_ever(desk: Desk, open_app: Open, incident: str) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "v")
        assert "1 it applies, 2 it does not apply" in screen_text(app)
        assert "the rule decides again" not in screen_text(app)
        await press(pilot, "2", "ctrl+s")
        assert "Say which counsel decided it." in screen_text(app)
        await press(pilot, "tab", *"Mori", "enter", *"no danger", "enter")
        assert row(app, " Filing").startswith("❯ . not needed")
        await press(pilot, "v", *"3", "enter", *"Mori", "enter", *"new facts", "enter")
        assert row(app, " Filing").startswith("❯ ? may apply")
    text = read(desk, incident, "zz.test.report")
    assert "Counsel: 06-22 15:45 Mori: it does not apply. no danger" in text
    assert "Counsel: 06-22 15:45 Mori: the rule decides again. new facts" in text


async def test_a_filing_recorded_by_mistake_is_withdrawn_and_stays_to_be_read(
    desk: Desk, open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "w")
        assert said(app) == "“Filing” is not recorded as met."
        await press(pilot, "r", "ctrl+s")
        await press(pilot, "w", *"wrong case", "enter")
        assert desk.case(incident).incident.duty("zz.test.report").filing is None
        assert row(app, " Filing").startswith("❯   running")
    assert "Before: met 2022-06-22 15:45, by 佐藤; withdrawn 06-22 15:45 by 佐藤" in read(
        desk, incident, "zz.test.report"
    )


async def test_a_conflict_is_said_and_what_was_typed_stays(
    desk: Desk, seat: Callable[..., Desk], open_app: Open, incident: str
) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "r", "enter", "enter", *"R-7")
        seat("鈴木").do(incident, partial(act.file, duty="zz.test.report", receipt="R-6"))
        await press(pilot, "enter")
        assert "Meanwhile 鈴木 changed this" in " ".join(screen_text(app).split())
        assert "R-7" in screen_text(app)
        await press(pilot, "enter")
        filing = desk.case(incident).incident.duty("zz.test.report").filing
        assert filing is not None
        assert filing.receipt is not None
        assert filing.receipt.text == "R-7"


async def test_a_half_typed_reason_is_there_again(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "zz.test.report")
        await press(pilot, "x", *"the count", "escape")
        await press(pilot, "home", "b")
        await press(pilot, "y")
        assert "Why is “Filing” late?" in screen_text(app)
        assert "the count" in screen_text(app)


async def test_a_steps_own_clock_is_no_legal_duty_and_severity_is_near(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, "step:notice-what")
        for key in "rxvw":
            await press(pilot, key)
            assert said(app).startswith("This is not a legal duty.")
        await press(pilot, "s")
        assert getattr(app.screen, "place", "") == "severity"


# Elsewhere


async def test_a_step_lists_the_duties_it_meets_and_leads_to_their_clocks(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:tell")
        await settled(pilot)
        assert "? Tell the persons  Test Act article 1" in screen_text(app)
        assert "may apply  without delay  aim: 24 h" in screen_text(app)
        board = app.screen
        assert isinstance(board, Board)
        board.look_at("tell", "clock:zz.test.tell")
        await press(pilot, "enter")
        assert isinstance(app.screen, Clocks)
        assert app.screen._rows.here == "zz.test.tell"
        await press(pilot, "enter")
        assert isinstance(app.screen, Board)


async def test_a_step_that_files_late_says_that_the_reason_is_missing(
    desk: Desk, open_app: Open, incident: str, clock: Clockwork
) -> None:
    clock.forward(hours=2)
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:file")
        await settled(pilot)
        assert "! Desk report" in screen_text(app)
        await press(pilot, "k")
        if "When was it really finished?" in screen_text(app):
            await press(pilot, "enter")
        assert desk.case(incident).incident.duty("zz.test.filed").filing is not None
        assert "What it filed was late" in said(app)


async def test_a_step_set_aside_although_its_duty_applies_is_doubted(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes", zz_told="no", malicious="yes")
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("board", "step:tell")
        await settled(pilot)
        assert "One of the two is wrong." in " ".join(screen_text(app).split())
        clocks = await look(pilot)
        await press(pilot, "home")
        assert clocks._rows.here == "doubts"
        assert "“Tell the persons” applies by the rule" in " ".join(screen_text(app).split())


def test_the_line_of_clocks_marks_what_may_apply_and_what_is_our_own_target(desk: Desk, incident: str) -> None:
    line = clock_line(desk.case(incident), "en", Shades(), 300).plain
    assert "? Tell the persons target 06-23(Thu) 15:45 24 h left" in line
    assert "? Filing 06-25(Sat) 15:45 3 d left" in line


async def test_only_what_the_laws_in_question_ask_stands_among_the_facts(
    desk: Desk, open_app: Open, incident: str
) -> None:
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.go("facts", "fact:zz_open")
        await settled(pilot)
        assert isinstance(app.screen, Facts)
        keys = app.screen._keys
        assert "group:laws" in keys
        laws = keys[keys.index("group:laws") + 1 :]
        assert {"fact:zz_open", "fact:zz_grave", "fact:zz_shut", "fact:zz_told"} == {
            key for key in laws if key.startswith("fact:zz_")
        }
        record(desk, incident, regimes="jp.appi.68")
        app.reload()
        await settled(pilot)
        app.screen.adopt()
        assert not [key for key in app.screen._keys if key.startswith("fact:zz_")]


async def test_the_record_leads_to_the_clock(desk: Desk, open_app: Open, incident: str) -> None:
    record(desk, incident, zz_open="yes")
    desk.do(incident, partial(act.file, duty="zz.test.report"))
    app = open_app(incident, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "l", "end")
        assert "Duty met: Filing" in screen_text(app)
        await press(pilot, "g")
        assert isinstance(app.screen, Clocks)
        assert app.screen._rows.here == "zz.test.report"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 45)])
async def test_no_line_is_wider_than_the_screen_and_no_duty_is_cut_off(
    desk: Desk, open_app: Open, incident: str, language: Language, size: tuple[int, int]
) -> None:
    record(desk, incident, zz_open="yes", contractor_known_at="14:00")
    app = open_app(incident, language)
    async with app.run_test(size=size) as pilot:
        await look(pilot, "zz.test.report")
        text = screen_text(app)
        assert all(cell_len(line) <= size[0] for line in text.splitlines())
        titles = (
            ("届出", "本人通知", "委託先", "連絡") if language == "ja" else ("Filing", "Tell the persons", "Word to us")
        )
        for title in titles:
            assert title in text
        law = "試験法 第1条" if language == "ja" else "Test Act article 1"
        assert sum(law in line for line in text.splitlines()) >= (3 if size[0] > 80 else 2)
        await press(pilot, "f2", "tab", "end")
        assert all(cell_len(line) <= size[0] for line in screen_text(app).splitlines())
