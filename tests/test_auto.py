"""A recorded team that plays by itself: each act at its time, whatever is due at its own, and always the same
record."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.cli.drill_auto import played, script_of
from runbook.content import Content
from runbook.desk import Desk
from runbook.drills.auto import SEAT, Player, Wall, drawn_from
from runbook.drills.room import Room
from runbook.errors import BadContent, Refused, RunbookError
from runbook.events import ClockSet, Event, InjectAnswered, InjectArrived
from runbook.guardrails import Finding, Rules, State, findings
from runbook.journal import Journal, Line
from runbook.opening import IN_MEMORY, open_content, open_desk
from runbook.speech import Bilingual
from tests.drilling import SCENARIO

ACTS = (
    Line("2026-06-01T09:06", "佐藤", answer="call", text="状況を聞きました。上に報告します。"),
    Line("2026-06-01T09:08", "佐藤", step="notice-what", verb="skip", reason="訓練"),
    Line("2026-06-01T09:09", "佐藤", step="stop-silence", verb="skip", reason="訓練"),
    Line("2026-06-01T09:12", "佐藤", step="report-head", set={"head_told_at": "09:12"}, verb="done"),
    Line("2026-06-01T09:40", "鈴木", fact={"media_count": "1"}, source="所管課"),
    Line("2026-06-01T10:31", "田中", answer="3", text="パスワードは13桁の英数字です。"),
    Line("2026-06-01T15:00", "田中", note="昼を過ぎた。"),
    Line("2026-06-02T09:00", "進行役", push="find"),
    Line("2026-06-02T09:10", "鈴木", notice="first-notice"),
)
NOBODY = (Line("2026-06-01T09:50", "佐藤", note="まだ何もしていない。"),)
ROOT = Path(__file__).parents[1]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return content_of(tmp_path, SCENARIO)


def content_of(folder: Path, scenario: str) -> Content:
    scenarios = folder / "playbooks" / "scenarios"
    scenarios.mkdir(parents=True, exist_ok=True)
    (scenarios / "small.yaml").write_text(scenario, "utf-8")
    return open_content(folder)


def script(*acts: Line) -> Journal:
    return Journal("small-team", "lost-media", "Asia/Tokyo", Bilingual("小さな訓練", "A small drill"), acts)


def play(content: Content, journal: Journal, seed: int = 1, db: str = IN_MEMORY) -> tuple[Desk, str]:
    wall = Wall(content.scenario("small", seed).starts)
    desk = open_desk(db, "x", seat=SEAT, clock=wall, content=content, entropy=drawn_from(seed, "small"), create=True)
    return desk, Player(desk, wall, journal).play("small", seed).incident.id


def times(events: list[Event], of: type) -> dict[str, str]:
    """When each inject arrived or was answered, on the drill's clock."""
    return {
        event.data.inject: f"{event.recorded_at:%m-%d %H:%M:%S.%f}".removesuffix(".000000")
        for event in events
        if isinstance(event.data, InjectArrived | InjectAnswered) and isinstance(event.data, of)
    }


def test_each_act_is_done_at_its_time_by_whoever_did_it(content: Content) -> None:
    desk, id = play(content, script(*ACTS))
    events = desk.events(id)
    said = {(f"{one.recorded_at:%m-%d %H:%M}", one.actor, one.type) for one in events}
    assert {
        ("06-01 09:06", "佐藤", "inject_answered"),
        ("06-01 09:08", "佐藤", "step_skipped"),
        ("06-01 09:12", "佐藤", "step_finished"),
        ("06-01 09:40", "鈴木", "fact_recorded"),
        ("06-01 15:00", "田中", "note_written"),
        ("06-02 09:00", "進行役", "inject_arrived"),
        ("06-02 09:10", "鈴木", "notice_drafted"),
    } <= said
    assert {one.seat for one in events} == {SEAT}
    assert events[-1].type == "drill_ended"
    assert f"{events[-1].recorded_at:%m-%d %H:%M}" == "06-02 10:30"
    assert desk.verify(id).chain.ok


def test_what_is_due_arrives_at_its_own_instant_between_the_acts(content: Content) -> None:
    desk, id = play(content, script(*NOBODY))
    # Nobody told the head: the mayor calls 20 minutes after the first call, to the second.
    assert times(desk.events(id), InjectArrived) == {
        "call": "06-01 09:05:00",
        "mayor": "06-01 09:25:00",
        "reporter": "06-01 10:30:00",
    }


def test_the_clock_stands_at_a_parts_end_and_goes_on_with_the_next(content: Content) -> None:
    desk, id = play(content, script(*ACTS))
    set_to = [
        (f"{one.recorded_at:%d %H:%M}", f"{one.data.shows:%d %H:%M}", one.data.speed)
        for one in desk.events(id)
        if isinstance(one.data, ClockSet)
    ]
    # The note at 15:00 lies between the two parts.
    assert [one for one in set_to if one[2]] == [
        ("01 09:00", "01 09:00", 10.0),
        ("01 11:00", "01 15:00", 1.0),
        ("02 08:30", "02 08:30", 10.0),
    ]


def test_an_answer_is_checked_as_any_text(content: Content) -> None:
    desk, id = play(content, script(*ACTS))
    drill = desk.case(id).incident.drill
    assert drill is not None
    [reply] = drill.inject("reporter").replies
    assert reply.rules == ("G01",)
    assert Room(desk).score(id).points == 5  # the head was told (10), answered (5), and the password cost 10


def test_a_notice_that_is_drafted_submitted_approved_and_published_is_checked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def counted(text: str, rules: Rules, state: State) -> tuple[Finding, ...]:
        checked.append(text)
        return findings(text, rules, state)

    monkeypatch.setattr("runbook.notices.checking.findings", counted)
    content = open_content(tmp_path).remembered()
    desk, id = played(content, "amagasaki-2022", script_of(content, "amagasaki-2022-as-it-was"), 1)
    out = [one.text.text for notice in desk.case(id).incident.notices.values() for one in notice.publications]
    assert len(out) == 7
    assert [checked.count(text) for text in out if text] == [1] * 7


def test_one_part_may_begin_as_the_other_ends(tmp_path: Path) -> None:
    text = SCENARIO.replace("2026-06-02T08:30, to: 2026-06-02T10:30", "2026-06-01T11:00, to: 2026-06-01T12:00")
    desk, id = play(content_of(tmp_path, text), script(Line("2026-06-01T11:30", "佐藤", note="x")))
    assert [f"{one.data.shows:%H:%M}" for one in desk.events(id) if isinstance(one.data, ClockSet)] == [
        "09:00",
        "09:00",
        "11:00",
    ]
    assert f"{desk.case(id).now:%H:%M}" == "12:00"


@settings(max_examples=15)
@given(speed=st.integers(1, 120))
def test_at_any_speed_what_is_due_by_the_clock_alone_is_due_when_it_says(
    tmp_path_factory: pytest.TempPathFactory, speed: int
) -> None:
    text = SCENARIO.replace("speed: 10", f"speed: {speed}").replace("minutes: 30", f"minutes: {240 // speed + 10}")
    desk, id = play(content_of(tmp_path_factory.mktemp("own"), text), script(*NOBODY))
    due = {
        one.data.inject: f"{one.occurred_at:%H:%M:%S.%f}"
        for one in desk.events(id)
        if isinstance(one.data, InjectArrived) and one.occurred_at
    }
    assert due["call"] == "09:05:00.000000"
    assert due["mayor"].startswith("09:25:00.000")


# Always the same


def test_the_same_seed_gives_the_same_record_to_the_byte(content: Content) -> None:
    (one, id), (again, same) = play(content, script(*ACTS)), play(content, script(*ACTS))
    assert id == same
    assert one.events(id) == again.events(same)
    assert one.case(id) == again.case(same)
    assert Room(one).score(id) == Room(again).score(same)


def test_another_seed_gives_other_ids_and_the_same_score(content: Content) -> None:
    (one, id), (other, another) = play(content, script(*ACTS)), play(content, script(*ACTS), seed=2)
    assert id != another
    assert {event.event_id for event in one.events(id)}.isdisjoint(event.event_id for event in other.events(another))
    assert Room(one).score(id) == Room(other).score(another)


_PLAY = """
import sys
from pathlib import Path
from runbook.content import Content
from tests.test_auto import ACTS, content_of, play, script
from tests.drilling import SCENARIO
desk, id = play(content_of(Path(sys.argv[1]), SCENARIO), script(*ACTS))
for seq in range(1, desk.case(id).incident.seq + 1):
    print(desk.entry(id, seq).hash)
"""


def test_it_is_the_same_in_another_process_whatever_its_hashes_are_made_from(tmp_path: Path) -> None:
    def run(hashes: str, zone: str) -> str:
        env = os.environ | {"PYTHONHASHSEED": hashes, "TZ": zone, "PYTHONPATH": str(ROOT)}
        place = tmp_path / hashes
        done = subprocess.run(
            [sys.executable, "-c", _PLAY, str(place)], env=env, capture_output=True, text=True, check=True
        )
        return done.stdout

    first = run("1", "UTC")
    assert len(first.splitlines()) > 20
    assert first == run("4711", "America/New_York")


def test_it_is_the_same_in_a_file_as_in_memory_and_in_a_copy_of_it(content: Content, tmp_path: Path) -> None:
    desk, id = play(content, script(*ACTS))
    desk.backup(tmp_path / "kept.db")
    kept = open_desk(str(tmp_path / "kept.db"), "visitor", content=content)
    file, _ = play(content, script(*ACTS), db=str(tmp_path / "played.db"))
    assert kept.events(id) == desk.events(id) == file.events(id)
    assert kept.verify(id).chain == desk.verify(id).chain == file.verify(id).chain
    kept.close()
    file.close()


# What cannot be played


@pytest.mark.parametrize(
    ("acts", "kind", "says"),
    [
        ((Line("2026-06-01T09:01", "佐藤", answer="call", text="はい"),), Refused, "Act 1 of the script"),
        ((*NOBODY, Line("2026-06-01T09:51", "佐藤", answer="nobody", text="はい")), Refused, "Act 2 of the script"),
        ((*NOBODY, Line("2026-06-01T09:49", "佐藤", note="early")), Refused, "order of time"),
        ((Line("noon", "佐藤", note="x"),), BadContent, "“noon” is not a time"),
        ((Line("2026-06-01T09:05", "佐藤", step="no-such-step", verb="done"),), Refused, "no-such-step"),
        ((Line("2026-06-01T09:05", "佐藤", fact={"persons": "many"}),), BadContent, "Act 1 of the script"),
    ],
)
def test_an_act_that_is_refused_stops_with_its_number(
    content: Content, acts: tuple[Line, ...], kind: type[RunbookError], says: str
) -> None:
    with pytest.raises(kind) as wrong:
        play(content, script(*acts))
    assert says in str(wrong.value)
