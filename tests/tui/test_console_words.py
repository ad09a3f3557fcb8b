"""What the console says of an inject's trigger and reads of a time ahead: plain functions of plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from runbook.actions import drills, judging
from runbook.drills.trigger import condition_words, trigger
from runbook.errors import BadContent
from runbook.script import events_list, injects
from runbook.speech import Bilingual, Language, Message
from runbook.tui.presenting import Shades
from runbook.tui.screens.console import showing, team
from runbook.tui.screens.console.ahead import read_ahead
from runbook.tui.teller import Teller
from tests.drilling import Held

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2022, 6, 23, 17, 40, tzinfo=TOKYO)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def tell(held: Held, language: Language = "en") -> Teller:
    return Teller(held.case, language, Shades())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("08:30", "06-24 08:30"),  # the next morning
        ("17:41", "06-23 17:41"),
        ("17:40", "06-24 17:40"),
        ("翌朝 08:30", "06-24 08:30"),
        ("明日 18:00", "06-24 18:00"),
        ("明日の8時半", "06-24 08:30"),
        ("tomorrow 08:30", "06-24 08:30"),
        ("Tomorrow 00:00", "06-24 00:00"),
        ("明後日 09:00", "06-25 09:00"),
        ("今日 17:50", "06-23 17:50"),
        ("+30min", "06-23 18:10"),
        ("30分後", "06-23 18:10"),
        ("+2h", "06-23 19:40"),
        ("07-20 10:00", "07-20 10:00"),
    ],
)
def test_an_hour_means_the_next_one(typed: str, meant: str) -> None:
    assert f"{read_ahead(typed, NOW, TOKYO):%m-%d %H:%M}" == meant


@pytest.mark.parametrize("typed", ["", "soon", "unknown", "2022-06-24", "30", "明日", "25:00"])
def test_what_is_no_time_ahead_is_refused(typed: str) -> None:
    with pytest.raises(BadContent):
        read_ahead(typed, NOW, TOKYO)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("fired(call)", "inject “1 A call from a colleague” arrived"),
        ("not answered(reporter)", "inject “3 A reporter asks” was not answered"),
        (
            "after(20min, fired(call)) and not reached(told)",
            "20 min or more since inject “1 A call from a colleague” arrived, and milestone “Announced” was not reached",
        ),
        ('tripped(G01) or says("13桁")', "guardrail G01 objected, or the team said “13桁”"),
        (
            "not (tripped(G01) or reached(told))",
            "guardrail G01 did not object, and milestone “Announced” was not reached",
        ),
        ("done(no-longer-there)", "“no-longer-there” is done"),
        ("not known(head_told_at)", "“Head told at” is not known"),
    ],
)
def test_a_condition_is_said_in_words(held: Held, condition: str, said: str) -> None:
    words = condition_words(held.case, condition)
    assert tell(held)(words) == said


def test_a_step_and_a_notice_go_by_what_people_call_them(held: Held) -> None:
    playbook = held.case.playbook
    step = tell(held)(condition_words(held.case, "done(report-head)"))
    assert step == f"“{playbook.numbers['report-head']} {playbook.steps['report-head'].title.en}” is done"
    notice = condition_words(held.case, "not published(first-notice)")
    assert playbook.notices["first-notice"].en in tell(held)(notice)


def test_every_word_of_a_condition_can_be_said_both_ways(held: Held) -> None:
    from runbook.conditions import HAPPENINGS

    for word in HAPPENINGS:
        name = '"x"' if word == "says" else "G01" if word == "tripped" else "first-notice"
        for condition in (f"{word}({name})", f"not {word}({name})"):
            assert isinstance(condition_words(held.case, condition), Message), condition


def test_a_trigger_names_everything_it_waits_for(held: Held) -> None:
    reporter = held.case.playbook.scenario.by_id["reporter"]
    assert [str(one) for one in trigger(held.case, reporter, "10:30")] == [
        "at 10:30",
        "inject “1 A call from a colleague” arrived",
    ]


def test_what_a_jump_passes_is_what_the_clock_brings_and_nothing_else(held: Held) -> None:
    lines = events_list(held.case)
    to = datetime(2026, 6, 2, 8, 30, tzinfo=TOKYO)
    assert [line.inject.id for line in showing.between_now_and(lines, held.case, to)] == ["call", "reporter"]
    assert showing.between_now_and(lines, held.case, held.case.now) == []


def test_what_hangs_on_a_condition_that_does_not_hold_is_not_announced(held: Held) -> None:
    known = held.case.playbook.scenario.by_id["call"]
    at = held.case.now + timedelta(minutes=6)
    later = msgspec.structs.replace(known, id="later", number=9, at=at, when="not fired(call)")
    held.desk.do(held.id, partial(drills.change, inject=later))
    held.play(5)
    lines = events_list(held.case)
    assert "later" not in [line.inject.id for line in showing.between_now_and(lines, held.case, at)]
    assert showing.coming(lines, held.case) != "later"
    held.play(7)
    [line] = [line for line in events_list(held.case) if line.inject.id == "later"]
    assert (line.stand, [one.id for one in showing.remarks(line, held.case)]) == (
        "waits",
        ["condition not met", "edited"],
    )


def test_the_next_one_is_what_is_due_then_the_earliest_then_what_waits(held: Held) -> None:
    assert showing.coming(events_list(held.case), held.case) == "call"
    held.play(6)
    assert showing.coming(events_list(held.case), held.case) == "reporter"
    held.play(100)
    assert showing.coming(events_list(held.case), held.case) == "find"


@pytest.mark.parametrize("width", [40, 54, 80, 120])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_row_fits_its_width_and_keeps_its_remark(held: Held, language: Language, width: int) -> None:
    case = held.play(30)
    teller = Teller(case, language, Shades())
    lines = events_list(case)
    wide = showing.columns(lines, teller)
    for line in lines:
        row = showing.event_row(line, teller, width, False, wide)
        assert row.cell_len == width
        for remark in showing.remarks(line, case):
            assert teller(remark) in row.plain


def test_a_note_names_an_inject_that_was_added(held: Held) -> None:
    more = msgspec.structs.replace(injects(held.case)[0], id="more", number=5, title=Bilingual("追加", "One more call"))
    held.desk.do(held.id, partial(drills.change, inject=more))
    held.desk.do(held.id, partial(judging.observe, text="all calm", inject="more"))
    _, pieces = team.about_note("seen:0", tell(held))
    assert "One more call" in [piece.text.plain for piece in pieces]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_head_names_what_comes_next_in_whichever_language_the_drill_was_started(
    held: Held, language: Language
) -> None:
    assert held.case.incident.title == "小さな訓練"
    _, second = showing.head(tell(held, language), held.wall(), 80)
    assert second.plain.startswith({"ja": " 次：1 ", "en": " next: 1 "}[language])
    assert second.cell_len == 80


def test_what_comes_next_is_cut_with_a_mark(held: Held) -> None:
    _, second = showing.head(tell(held), held.wall(), 54)
    assert ".." in second.plain.split("  ")[0]
