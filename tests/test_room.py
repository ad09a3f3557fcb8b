"""A drill from its start: what arrives when, what it brings about, and what is said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook import events as e
from runbook.actions import drills, facts, records, steps
from runbook.actions.deciding import By
from runbook.case import Case
from runbook.chain import sha256_text
from runbook.content.scenarios import check_scenario
from runbook.drills.room import Room
from runbook.errors import BadContent, Refused
from runbook.events import Act, Prose
from runbook.playbook import Playbook
from runbook.scenario import Scenario
from runbook.script import injects
from runbook.speech import LANGUAGES, Bilingual, say, speaker
from tests.drilling import SCENARIO, Held


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Held]:
    held = Held(tmp_path)
    yield held
    held.desk.close()


def arrived(held: Held) -> list[str]:
    assert held.case.incident.drill is not None
    states = held.case.incident.drill.injects.items()
    return sorted(id for id, state in states if state.arrival is not None)


def test_a_drill_opens_on_the_scenarios_clock_with_its_facts(held: Held) -> None:
    case = held.case
    assert case.incident.mode == "drill"
    assert f"{case.now:%Y-%m-%d %H:%M}" == "2026-06-01 09:00"
    assert case.value("organization") == "見本市"


def test_an_inject_arrives_at_its_time_and_what_nobody_did_brings_the_next(held: Held) -> None:
    assert arrived(held) == []
    held.play(6)
    assert arrived(held) == ["call"]
    held.play(20)
    assert arrived(held) == ["call", "mayor"]


def test_what_was_done_in_time_keeps_the_mayor_quiet(held: Held) -> None:
    held.play(6)
    for step in ("notice-what", "stop-silence"):
        held.desk.do(held.id, partial(steps.skip, step=step, reason="訓練"))
    held.desk.do(held.id, partial(steps.fill, step="report-head", field="head_told_at", typed="09:05"))
    held.desk.do(held.id, partial(steps.finish, step="report-head"))
    held.play(30)
    assert arrived(held) == ["call"]


def test_another_seat_lets_nothing_arrive_twice(held: Held) -> None:
    held.play(6)
    seq = held.case.incident.seq
    other = held.seat("鈴木")
    Room(other).advance(held.id)
    assert other.case(held.id).incident.seq == seq
    other.close()


def test_an_answer_that_describes_the_password_is_recorded_with_the_guardrail_it_broke(held: Held) -> None:
    held.play(95)
    done = held.room.answer(held.id, "reporter", "パスワードは13桁の英数字です。")
    assert done.case.incident.drill is not None
    [reply] = done.case.incident.drill.inject("reporter").replies
    assert "G01" in reply.rules


def test_an_answer_waits_for_no_correction_unless_it_says_again_what_is_wrong(held: Held) -> None:
    held.play(95)
    claim = partial(facts.claim, name="persons")
    held.desk.do(held.id, partial(claim, typed="74767"))

    def out(case: Case, by: By) -> list[Act]:
        now = case.current("persons")
        assert now is not None
        text, rests = "対象となる方は7万4,767人です。", {"persons": now.touch.seq}
        digest = sha256_text(text)
        return [
            Act(e.NoticeSubmitted("first-notice", "ja", Prose(text=text), digest, rests)),
            Act(e.NoticeApproved("first-notice", "ja", digest)),
            Act(e.NoticePublished("first-notice", "ja", digest, "web", "", "")),
        ]

    held.desk.do(held.id, out)
    held.desk.do(held.id, partial(claim, typed="74776"))

    def rules(text: str) -> set[str]:
        return {one.rule for one in held.room.checked(held.id, text, "reporter")}

    assert "G10" not in rules("番号は庁内のもので、マイナンバーとは別のものです。")
    assert "G10" in rules("午前9時現在、対象となる方は74,767人です。")
    assert "G10" not in rules("午前9時現在、74,767人とお伝えしましたが、正しくは7万4,776人です。")


def test_the_clock_stands_where_its_part_ends_and_goes_on_with_the_next(held: Held) -> None:
    assert f"{held.play(500).now:%H:%M}" == "11:00"
    done = held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
    assert f"{done.case.now:%m-%d %H:%M}" == "06-02 08:30"


def test_a_console_that_died_stops_the_clock_where_the_scenario_says_so(held: Held) -> None:
    console = held.seat("訓練")
    presence = console.attend(held.id)
    console.do(held.id, drills.come)
    held.play(10)
    presence.close()
    case = held.play(10)
    assert case.incident.drill is not None
    assert case.incident.drill.abandoned is not None
    stood = case.now
    assert held.play(60).now == stood
    console.close()


def test_the_scenarios_hours_are_its_own_zones_after_a_snapshot_too(held: Held) -> None:
    held.desk.close()  # which keeps one
    again = held.seat("鈴木")
    script = again.case(held.id).playbook.scenario
    assert script == held.case.playbook.scenario
    assert script is not None
    assert [f"{leg.start:%H:%M}" for leg in script.legs] == ["09:00", "08:30"]
    again.close()


def test_a_drill_whose_scenario_cannot_be_read_any_more_keeps_its_record_and_no_list_fails(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = held.desk.new("lost-media").incident.id
    held.desk.close()
    with closing(sqlite3.connect(held.db)) as db, db:
        db.execute("delete from snapshots")

    def newer(text: str, playbook: Playbook, where: str) -> Scenario:
        raise BadContent(say("a key of a newer form"))

    monkeypatch.setattr("runbook.content.compiling.read_scenario", newer)
    again = held.seat("鈴木")
    assert {card.id for card in again.cards()} == {held.id, live}
    assert again.case(held.id).incident.mode == "drill"
    assert again.verify(held.id).chain.ok
    with pytest.raises(Refused):
        again.do(held.id, drills.come)
    again.do(held.id, partial(records.close, explanation="nobody can play it any more"))
    again.close()


def test_the_city_of_a_drill_is_called_in_its_language(held: Held) -> None:
    for name, seed in (("random", 1), ("random", 2), ("first-hour", 0), ("mutsu-2022", 0), ("amagasaki-2022", 0)):
        ja, en = (held.room.start(name, seed=seed, language=one).value("organization") for one in LANGUAGES)
        assert str(ja).endswith("市"), name
        assert str(en).endswith(" city"), name


def test_a_starting_fact_in_both_languages_is_checked_in_both(held: Held) -> None:
    text = SCENARIO.replace(
        "organization: 見本市,", 'organization: {ja: 見本市, en: Sample city}, persons: {ja: "3", en: x},'
    )
    assert [str(one.message) for one in check_scenario(text, held.case.playbook, "s.yaml")] == [
        "“persons” can never be “x”: its type is “integer”."
    ]


@pytest.mark.parametrize("seed", [10**15, -(10**15), 10**30])
def test_no_drill_is_drawn_from_a_number_the_record_cannot_hold(held: Held, seed: int) -> None:
    with pytest.raises(BadContent):
        held.room.start("small", seed=seed)
    assert len(held.desk.cards()) == 1


def test_the_score_names_an_inject_as_the_facilitator_wrote_it(held: Held) -> None:
    other = msgspec.structs.replace(injects(held.case)[0], title=Bilingual("別の電話", "Another call"))
    held.desk.do(held.id, partial(drills.change, inject=other))
    item = held.room.score(held.id).item("head-told")
    assert item is not None
    assert speaker("en")(item.reason) == "“Another call” has not arrived yet."
