"""The desk over a real file: what is acked is there, conflicts are refused, snapshots are only a cache."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from runbook.actions import facts, records, steps
from runbook.actions.deciding import together
from runbook.chain import head_code
from runbook.clock import Clock
from runbook.content import Content
from runbook.desk import Desk
from runbook.errors import BadContent, ChainBroken, Refused
from runbook.events import Act, FactRecorded, NoteWritten, Prose
from runbook.moment import Moment
from runbook.store import open_store

START = datetime(2022, 6, 22, 6, 45, tzinfo=UTC)


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(None)


class Wall:
    """A wall clock a test sets."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def seat(tmp_path: Path, content: Content, wall: Clock) -> Iterator[Callable[[str], Desk]]:
    """Opens a desk for a name at one and the same record, each with a store of its own, as two programs have."""
    with ExitStack() as leaving:

        def opened(actor: str) -> Desk:
            store = leaving.enter_context(closing(open_store(str(tmp_path / "r.db"))))
            return Desk(store, lambda: content, wall, actor, f"{actor}'s seat")

        yield opened


def test_an_incident_is_open_at_once_and_everything_else_comes_later(seat, wall):
    case = seat("sato").new("lost-media", noticed="~03:00")
    assert case.incident.id.startswith("20220622-")
    assert case.incident.opened_at == START
    assert case.now.tzname() == "JST"
    noticed = case.current("noticed_at")
    assert noticed
    assert noticed.value.precision == "about"
    assert case.incident.seq == 2


def test_the_same_case_serves_again_until_anyone_records_something_or_time_goes_on(seat, wall):
    """What was worked out of it (`Case.once`) is not worked out twice at one instant, and never kept too long."""
    desk, other = seat("sato"), seat("suzuki")
    id = desk.new("lost-media").incident.id
    first = desk.case(id)
    assert desk.case(id) is first
    other.do(id, partial(records.note, text="電話があった。"))
    second = desk.case(id)
    assert (first.incident.seq, second.incident.seq) == (1, 2)
    wall.now += timedelta(seconds=1)
    assert desk.case(id).now == second.now + timedelta(seconds=1)
    another = desk.new("lost-media").incident.id
    assert (desk.case(another).incident.id, desk.case(id).incident.id) == (another, id)


def test_a_wrong_zone_or_time_records_nothing(seat):
    desk = seat("sato")
    with pytest.raises(BadContent):
        desk.new("lost-media", zone="Asia/Atlantis")
    with pytest.raises(BadContent):
        desk.new("lost-media", noticed="the day before")
    with pytest.raises(BadContent):
        desk.new("lost-medium")
    assert desk.cards() == []


def test_an_id_is_found_by_a_unique_beginning(seat):
    desk = seat("sato")
    one, two = desk.new("lost-media").incident.id, desk.new("lost-media").incident.id
    assert desk.find(one) == one
    assert desk.find(two[:12]) == two
    with pytest.raises(Refused):
        desk.find("2022")
    with pytest.raises(Refused):
        desk.find("2023")


def test_acts_of_several_decisions_are_one_entry_group_and_undone_together(seat):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    done = desk.do(
        id,
        together(
            partial(steps.fill, step="1-1", field="noticed_at", typed="03:00"),
            partial(steps.fill, step="1-1", field="known_at", typed="15:45"),
            partial(steps.finish, step="1-1"),
        ),
    )
    assert [e.type for e in done.entries] == ["step_started", "fact_recorded", "fact_recorded", "step_finished"]
    undone = desk.do(id, records.undo)
    assert len(undone.entries) == 4
    assert undone.case.current("known_at") is None
    assert undone.case.incident.step("notice-what").state == "todo"


def test_another_seat_reads_what_was_recorded_and_the_snapshot_spares_it_the_whole_record(seat, monkeypatch):
    first = seat("sato")
    id = first.new("lost-media", "USB").incident.id
    for n in range(60):
        first.do(id, partial(records.note, text=f"note {n}"))
    first.close()
    second = seat("suzuki")

    def refolded(*given: object) -> None:
        raise AssertionError("an entry was read although the snapshot is at the head")

    monkeypatch.setattr("runbook.loading.read_event", refolded)
    case = second.case(id)
    assert (case.incident.title, case.incident.seq) == ("USB", 61)


def test_a_snapshot_of_another_fold_is_thrown_away(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media", "USB").incident.id
    desk.close()
    with sqlite3.connect(tmp_path / "r.db") as db:
        db.execute("update snapshots set fingerprint = 'older', state = x'00'")
    db.close()
    assert seat("suzuki").case(id).incident.title == "USB"


def test_a_falsified_snapshot_is_found_by_verify_and_replaced(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media", "USB").incident.id
    desk.close()
    with sqlite3.connect(tmp_path / "r.db") as db:
        (state,) = db.execute("select state from snapshots").fetchone()
        db.execute("update snapshots set state = ?", (state.replace(b"USB", b"UBS"),))
    db.close()
    other = seat("suzuki")
    assert other.case(id).incident.title == "UBS"
    verified = other.verify(id)
    assert verified.chain.ok
    assert not verified.snapshot
    assert other.case(id).incident.title == "USB"
    assert seat("tanaka").case(id).incident.title == "USB"


def test_the_second_of_two_conflicting_acts_is_refused_and_nothing_is_overwritten(seat):
    sato, suzuki = seat("sato"), seat("suzuki")
    id = sato.new("lost-media").incident.id
    seen = suzuki.case(id).incident.seq
    sato.do(id, partial(facts.claim, name="persons", typed="460517"), seen=seen)
    with pytest.raises(Refused) as refused:
        suzuki.do(id, partial(facts.claim, name="persons", typed="46000"), seen=seen)
    assert "sato" in str(refused.value)
    assert suzuki.case(id).value("persons") == 460517
    suzuki.do(id, partial(records.note, text="counted again"), seen=seen)


def test_many_seats_at_once_lose_nothing(seat):
    id = seat("sato").new("lost-media").incident.id
    failures = []

    def work(actor: str) -> None:
        desk = seat(actor)
        try:
            for n in range(15):
                desk.do(id, partial(records.note, text=f"{actor} {n}"))
        except Exception as failure:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b", "c", "d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    desk = seat("sato")
    verified = desk.verify(id)
    assert verified.chain.ok
    assert verified.chain.entries == 61
    texts = [
        e.event.data.text.text for e in desk.entries(id, desk.order(id, "written")) if e.event.type == "note_written"
    ]
    assert sorted(texts) == sorted(f"{name} {n}" for name in "abcd" for n in range(15))


def test_a_retry_of_an_act_whose_answer_was_lost_is_not_recorded_twice(seat):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    desk.do(id, partial(records.note, text="once"), retry="r1")
    again = seat("sato").do(id, partial(records.note, text="once"), retry="r1")
    assert again.entries == ()
    assert again.case.incident.seq == 2


def test_an_incident_keeps_the_playbook_it_was_opened_with(tmp_path, content, wall):
    folder = tmp_path / "own"
    (folder / "playbooks").mkdir(parents=True)
    mine = folder / "playbooks" / "lost-media.yaml"
    _, text = content.playbook_text("lost-media")
    mine.write_text(text, "utf-8")

    def desk() -> closing[Desk]:
        return closing(Desk(open_store(str(tmp_path / "r.db")), lambda: Content(folder), wall, "sato", "seat"))

    with desk() as first:
        id = first.new("lost-media").incident.id
    mine.write_text(text.replace("- id: stop-silence", "- id: renamed-step"), "utf-8")
    with sqlite3.connect(tmp_path / "r.db") as db:
        db.execute("delete from snapshots")
    db.close()
    with desk() as second:
        assert "stop-silence" in second.case(id).playbook.steps


def test_redaction_leaves_no_word_behind_and_the_chain_verifies(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    secret = "a-resident-called-Yamada"
    desk.do(id, partial(facts.claim, name="lost_place", typed=secret))
    desk.do(id, partial(records.note, text=f"met {secret}"))
    code = head_code(desk.case(id).incident.hash)
    with pytest.raises(Refused):
        desk.redact(id, 2, "sato", "by mistake")
    desk.redact(id, 2, "suzuki", "by mistake")
    desk.redact(id, 3, "suzuki", "by mistake")
    desk.close()
    for file in tmp_path.iterdir():
        assert secret.encode() not in file.read_bytes(), file.name
    other = seat("tanaka")
    verified = other.verify(id, code)
    assert verified.chain.ok
    assert verified.chain.matched == 3
    current = other.case(id).current("lost_place")
    assert current
    assert isinstance(current.value, Prose)
    assert current.value.text is None
    note = other.entry(id, 3).event.data
    assert isinstance(note, NoteWritten)
    assert note.text.text is None
    with pytest.raises(Refused):
        other.redact(id, 3, "suzuki", "again")


def without_triggers(path: Path) -> sqlite3.Connection:
    """The file as someone opens it who means to falsify it."""
    db = sqlite3.connect(path)
    for (name,) in db.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        db.execute(f"drop trigger {name}")
    return db


def test_a_text_changed_behind_its_seal_is_found(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    desk.do(id, partial(records.note, text="told the head at once"))
    desk.close()
    db = without_triggers(tmp_path / "r.db")
    db.execute("update texts set text = 'told nobody' where text = 'told the head at once'")
    assert db.execute("select changes()").fetchone() == (1,)
    db.commit()
    db.close()
    verdict = seat("suzuki").verify(id).chain
    assert (verdict.what, verdict.broken_at) == ("text_changed", 2)


def test_a_text_that_is_gone_without_a_redaction_is_found(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    desk.do(id, partial(records.note, text="told the head at once"))
    desk.do(id, partial(records.note, text="told the police"))
    desk.close()
    db = without_triggers(tmp_path / "r.db")
    db.execute("delete from texts where text = 'told the head at once'")
    db.commit()
    db.close()
    verdict = seat("suzuki").verify(id).chain
    assert (verdict.what, verdict.broken_at) == ("text_changed", 2)


def test_a_record_that_was_cut_while_open_is_noticed(seat, tmp_path):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    desk.do(id, partial(records.note, text="one"))
    desk.do(id, partial(records.note, text="two"))
    code = head_code(desk.case(id).incident.hash)
    db = without_triggers(tmp_path / "r.db")
    db.execute("delete from events where json_extract(body, '$.seq') = 3")
    db.commit()
    db.close()
    with pytest.raises(ChainBroken):
        desk.case(id)
    verdict = seat("suzuki").verify(id, code).chain
    assert not verdict.ok


def test_a_late_entry_keeps_all_three_times(seat, wall):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    wall.now = START + timedelta(hours=2)
    done = desk.do(id, partial(steps.start, step="stop-silence"))
    (event,) = done.entries
    assert event.recorded_at == event.wall_at == START + timedelta(hours=2)
    called = desk.do(id, partial(records.note, text="a call", moment=Moment(START, "about")))
    (note,) = called.entries
    assert (note.occurred_at, note.precision) == (START, "about")
    assert note.recorded_at == START + timedelta(hours=2)
    assert [entry.event.seq for entry in desk.entries(id, desk.order(id, "happened"))] == [1, 3, 2]


def test_a_drills_clock_keeps_exercise_and_wall_time_apart(seat, wall):
    desk = seat("sato")
    id = desk.new("lost-media", mode="drill").incident.id
    shows = datetime(2022, 6, 23, 0, 0, tzinfo=UTC)
    desk.set_clock(id, shows, 30.0)
    wall.now = START + timedelta(minutes=2)
    (event,) = desk.do(id, partial(records.note, text="n")).entries
    assert event.recorded_at == shows + timedelta(hours=1)
    assert event.wall_at == START + timedelta(minutes=2)
    with pytest.raises(Refused):
        desk.set_clock(id, shows)


def test_half_typed_texts_are_kept_per_person_until_they_are_empty(seat):
    sato, suzuki = seat("sato"), seat("suzuki")
    id = sato.new("lost-media").incident.id
    sato.keep_typing(id, "note", "half a sen")
    assert suzuki.typing(id) == {}
    assert seat("sato").typing(id) == {"note": "half a sen"}
    sato.keep_typing(id, "note", " ")
    assert sato.typing(id) == {}


def test_an_incident_that_cannot_be_read_hides_no_other(seat, tmp_path, content):
    desk = seat("sato")
    broken, garbled, sound = (desk.new("lost-media", name, mode="drill").incident.id for name in "abc")
    scenario = content.scenario_text("first-hour", 0)
    drill = desk.new("lost-media", "d", scenario=scenario).incident.id
    for id in (broken, garbled, sound):
        desk.do(id, partial(records.note, text="one"))
    desk.close()
    db = without_triggers(tmp_path / "r.db")
    db.execute("delete from snapshots")
    db.execute("update events set prev_hash = hash where incident_id = ? and seq = 2", (broken,))
    db.execute("update events set body = json_remove(body, '$.actor') where incident_id = ? and seq = 1", (garbled,))
    db.execute("update blobs set content = x'78' where content = ?", (scenario.encode(),))
    db.commit()
    db.close()
    desk = seat("suzuki")
    cards = {card.id: card for card in desk.cards()}
    assert cards.keys() == {broken, garbled, sound, drill}
    assert (cards[sound].title, cards[sound].unreadable) == ("c", None)
    for id in (broken, garbled, drill):
        assert cards[id].title == id
        assert str(cards[id].unreadable).startswith(f"{id} cannot be read. ")
        assert str(cards[id].unreadable).endswith(f"Run “runbook verify {id}”.")
    assert cards[broken].mode == cards[drill].mode == "drill"
    with pytest.raises(ChainBroken):
        desk.case(broken)


def test_the_list_shows_each_incident_with_its_next_due_time_and_last_act(seat, wall):
    desk = seat("sato")
    live = desk.new("lost-media", "live one").incident.id
    wall.now = START + timedelta(minutes=5)
    drill = desk.new("lost-media", "rehearsal", mode="drill").incident.id
    desk.do(live, partial(steps.skip, step="stop-silence", reason="done by the contractor"))
    cards = {card.id: card for card in desk.cards()}
    assert list(cards) == [drill, live]
    card = cards[live]
    assert (card.mode, card.done) == ("live", 1)
    assert card.next
    assert card.next.step == "notice-what"
    assert card.last
    assert card.last.actor == "sato"


def test_the_list_counts_only_the_steps_that_apply_as_the_board_does(seat):
    desk = seat("sato")
    id = desk.new("lost-media").incident.id
    (before,) = desk.cards()
    case = desk.do(id, partial(facts.claim, name="contractor_involved", typed="no")).case
    (card,) = desk.cards()
    left_out = [step for step in case.playbook.steps.values() if case.applies(step) is False]
    assert left_out
    assert card.steps == len(case.playbook.steps) - len(left_out) < before.steps


def test_a_number_no_snapshot_can_hold_is_read_from_the_record_each_time(seat):
    desk = seat("佐藤")
    id = desk.new("lost-media", "USB").incident.id
    desk.do(id, lambda case, by: [Act(FactRecorded("persons", 10**20))])
    desk.close()
    assert seat("鈴木").case(id).value("persons") == 10**20
