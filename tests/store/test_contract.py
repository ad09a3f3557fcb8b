"""What every store must keep. A new store joins by one line in conftest.py."""

from __future__ import annotations

import hashlib
import threading
import time
from pathlib import Path

import pytest

from runbook.chain import GENESIS, first_false_seal, link, seal_text, verify
from runbook.errors import ChainBroken, Refused
from runbook.store import Appended, Head, Known, Moved, Order, Snapshot, Store, open_store
from tests.store.entries import RECORDED, SALT, A, B, entry, fill, work


def snapshot(head: Head, state: bytes = b"state", incident: str = A) -> Snapshot:
    return Snapshot(incident, head.seq, head.hash, "fingerprint", "playbook hash", state, b"playbook")


# The chain


def test_an_empty_store(store: Store) -> None:
    assert store.incidents() == []
    assert store.heads() == {}
    assert store.head(A) == Head(0, "0" * 64)
    assert list(store.rows(A)) == []
    assert store.texts(A) == {}
    assert list(store.order(A)) == []
    assert store.snapshots() == []
    assert store.snapshot(A) is None


def test_entries_are_linked_and_kept_to_the_byte(store: Store) -> None:
    first, second = entry(1), entry(2, data={"name": '日本語 “\U00020bb7” \\ "'})
    outcome = store.append(A, Head(), [first, second])
    hash1 = hashlib.sha256(bytes(32) + first.body).hexdigest()
    hash2 = hashlib.sha256(bytes.fromhex(hash1) + second.body).hexdigest()
    assert outcome == Appended(Head(2, hash2))
    assert list(store.rows(A)) == [(1, first.body, GENESIS, hash1), (2, second.body, hash1, hash2)]
    assert store.head(A) == Head(2, hash2)
    assert verify(store.rows(A)).ok


def test_incidents_have_chains_of_their_own(store: Store) -> None:
    fill(store, [entry(1), entry(2)])
    b = fill(store, [entry(1, B)], B)
    a = fill(store, [entry(3)])
    assert store.incidents() == [A, B]
    assert store.heads() == {A: a, B: b}
    assert (a.seq, b.seq) == (3, 1)
    assert verify(store.rows(A)).ok
    assert verify(store.rows(B)).ok


def test_a_moved_head_writes_nothing_and_gives_the_tail(store: Store) -> None:
    head = fill(store, [entry(1)])
    fill(store, [entry(2), entry(3)])
    assert store.append(A, head, [entry(2, text="late")]) == Moved(tuple(store.rows(A, 1)))
    assert store.append(A, Head(), [entry(1)]) == Moved(tuple(store.rows(A)))
    assert store.head(A).seq == 3
    assert store.texts(A) == {}


def test_a_known_event_is_found_before_the_head_is_compared(store: Store) -> None:
    head = fill(store, [entry(1)])
    fill(store, [entry(2, event_id="twice")])
    assert store.append(A, head, [entry(2, event_id="twice")]) == Known(2)
    assert store.append(A, store.head(A), [entry(3), entry(4, event_id="twice")]) == Known(2)
    assert store.head(A).seq == 2


@pytest.mark.parametrize("expected", [Head(1, "ab" * 32), Head(9, "cd" * 32)])
def test_a_record_that_was_replaced_is_not_written_to(store: Store, expected: Head) -> None:
    fill(store, [entry(1), entry(2)])
    with pytest.raises(ChainBroken):
        store.append(A, expected, [entry(expected.seq + 1)])
    assert store.head(A).seq == 2


def test_rows_come_in_parts(store: Store) -> None:
    fill(store, [entry(seq) for seq in range(1, 2502)])
    assert [row.seq for row in store.rows(A)] == list(range(1, 2502))
    assert [row.seq for row in store.rows(A, 2499)] == [2500, 2501]
    assert [row.seq for row in store.rows(A, 1, 3)] == [2, 3, 4]
    assert len(list(store.rows(A, 0, 1500))) == 1500


def test_a_reader_in_the_middle_of_the_rows_stops_nobody(store: Store) -> None:
    fill(store, [entry(seq) for seq in range(1, 1502)])
    rows = store.rows(A)
    next(rows)
    fill(store, [entry(1502)])
    assert [row.seq for row in rows][-1] == 1502


def test_threads_share_one_store(store: Store) -> None:
    names = [f"thread {number}" for number in range(4)]
    seats = [threading.Thread(target=lambda name=name: list(work(store, name, 25))) for name in names]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()
    verdict = verify(store.rows(A), incident=A)
    assert verdict.ok
    assert verdict.entries == 100
    assert sorted(store.texts(A).values()) == sorted(f"{name} {turn}" for name in names for turn in range(25))


# Texts


def test_texts_are_kept_beside_the_chain(store: Store) -> None:
    fill(store, [entry(1, text="かばん"), entry(2), entry(3, text="two\nlines")])
    assert store.texts(A) == {seal_text("かばん", SALT): "かばん", seal_text("two\nlines", SALT): "two\nlines"}
    assert list(store.texts(A, 1).values()) == ["two\nlines"]
    assert "かばん".encode() not in b"".join(row.body for row in store.rows(A))
    assert [seal.seq for seal in store.seals(A)] == [1, 3]
    assert first_false_seal(store.seals(A)) is None


def test_all_seals_come(store: Store) -> None:
    fill(store, [entry(seq, text=f"text {seq}") for seq in range(1, 2102)])
    assert [seal.seq for seal in store.seals(A)] == list(range(1, 2102))


def test_forgetting_deletes_the_texts_and_keeps_the_chain(store: Store) -> None:
    head = fill(store, [entry(1, text="keep"), entry(2, text="a name")])
    store.keep_snapshot(snapshot(head, b"with a name"))
    fill(store, [entry(1, B, text="other")], B)
    outcome = store.append(A, head, [entry(3, text="reason", type="entry_redacted")], forget=[2])
    assert isinstance(outcome, Appended)
    assert sorted(store.texts(A).values()) == ["keep", "reason"]
    assert list(store.texts(B).values()) == ["other"]
    assert store.snapshot(A) is None
    assert verify(store.rows(A)).entries == 3


def test_nothing_is_forgotten_where_nothing_is_appended(store: Store) -> None:
    fill(store, [entry(1, event_id="one", text="a name"), entry(2)])
    assert isinstance(store.append(A, Head(), [entry(1)], forget=[1]), Moved)
    assert isinstance(store.append(A, store.head(A), [entry(3, event_id="one")], forget=[1]), Known)
    assert list(store.texts(A).values()) == ["a name"]


# The record as a list


def test_entries_are_listed_as_they_happened(store: Store) -> None:
    """Rule 14, with what each entry shows for its place in the list."""
    happened = [
        ("written first", "2022-06-22T16:00:00+09:00", "exact", RECORDED),
        ("first in time", "2022-06-21T23:59:59.999+09:00", "exact", RECORDED),
        ("that instant in another zone", "2022-06-22T07:00:00Z", "exact", RECORDED),
        ("midnight sharp", "2022-06-22T00:00:00+09:00", "about", RECORDED),
        ("some time that day", "2022-06-22T00:00:00+09:00", "date", RECORDED),
        ("unknown: where it was written", None, "unknown", "2022-06-22T15:00:00+09:00"),
        ("a bit later", "2022-06-22T16:00:00.250+09:00", "exact", RECORDED),
    ]
    fill(
        store,
        (
            entry(seq, text=text, occurred_at=occurred, precision=precision, recorded_at=recorded)
            for seq, (text, occurred, precision, recorded) in enumerate(happened, 1)
        ),
    )
    assert list(store.order(A)) == [2, 5, 4, 6, 1, 3, 7]
    assert list(store.order(A, "written")) == [1, 2, 3, 4, 5, 6, 7]
    assert list(store.order(A, "happened", "time")) == [2, 5]


def test_a_page_comes_in_the_order_asked_for(store: Store) -> None:
    fill(store, [entry(seq, text=f"text {seq}") for seq in range(1, 9)])
    fill(store, [entry(seq, B, text=f"other {seq}") for seq in range(1, 9)], B)
    page = store.page(A, [7, 2, 5, 99])
    assert [row.seq for row in page.rows] == [7, 2, 5]
    assert all(link(row.prev_hash, row.body) == row.hash for row in page.rows)
    assert sorted(page.texts.values()) == ["text 2", "text 5", "text 7"]
    assert store.page(A, []).rows == ()


def test_types_are_chosen(store: Store) -> None:
    fill(store, [entry(1, type="step_started"), entry(2), entry(3, type="fact_recorded"), entry(4)])
    assert list(store.order(A, types=["step_started", "fact_recorded"])) == [1, 3]
    assert list(store.order(A, "written", types=["no_such_type"])) == []


@pytest.mark.parametrize("by", ["happened", "written"])
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("usb", [1, 2]),
        ("ＵＳＢ", [1, 2]),
        ("カバン", [1]),
        ("ｶﾊﾞﾝ", [1]),
        ("100%", [3]),
        ("100_", []),
        ("lost_place", [4]),
        ('the "blue" bag', [4]),
        ("C:\\temp", [4]),
        ("山田", [1, 2, 4]),
        ("田中", [3]),
        ("step_started", [2]),
        ("value", []),  # the name of a field, not something that was recorded
        ("seat", []),
        (" usb ", [1, 2]),
        ("", [1, 2, 3, 4]),
        ("  ", [1, 2, 3, 4]),
    ],
)
def test_entries_are_found(store: Store, by: Order, search: str, found: list[int]) -> None:
    fill(
        store,
        [
            entry(1, text="USBメモリの入ったカバン"),
            entry(2, type="step_started", data={"step": "find-Ｕｓｂ"}),
            entry(3, text="100%", actor="田中"),
            entry(4, data={"name": "lost_place", "value": 'the "blue" bag in C:\\temp'}),
        ],
    )
    fill(store, [entry(1, B, text="USB")], B)
    assert list(store.order(A, by, search)) == found


def test_one_persons_entries_are_chosen(store: Store) -> None:
    fill(store, [entry(1), entry(2, actor="田中"), entry(3, actor="田中 一"), entry(4, actor="田中", text="山田")])
    assert list(store.order(A, actor="田中")) == [2, 4]
    assert list(store.order(A, "written", "山田", actor="田中")) == [4]
    assert list(store.order(A, actor="鈴木")) == []


def test_search_and_types_together(store: Store) -> None:
    fill(store, [entry(1, text="usb"), entry(2, text="usb", type="entry_amended"), entry(3, type="entry_amended")])
    assert list(store.order(A, search="usb", types=["entry_amended"])) == [2]


# What lies beside the record


def test_blobs_are_kept_by_their_digest(store: Store) -> None:
    digest = hashlib.sha256(b"content").hexdigest()
    assert store.get_blob(digest) is None
    assert store.put_blob(b"content") == digest == store.put_blob(b"content")
    assert store.get_blob(digest) == b"content"


def test_blobs_come_with_the_entry_that_names_them(store: Store) -> None:
    digest = hashlib.sha256(b"playbook").hexdigest()
    fill(store, [entry(1)])
    assert isinstance(store.append(A, Head(), [entry(1, blobs=(b"playbook",))]), Moved)
    assert store.get_blob(digest) is None
    fill(store, [entry(2, blobs=(b"playbook", b"more"))])
    assert store.get_blob(digest) == b"playbook"


def test_unfinished_texts(store: Store) -> None:
    store.scratch_put(A, "山田", "note", "half a sen")
    store.scratch_put(A, "山田", "note", "half a sentence")
    store.scratch_put(A, "山田", "field:lost-place", "駅")
    store.scratch_put(A, "田中", "note", "mine")
    store.scratch_put(B, "山田", "note", "elsewhere")
    assert store.scratch_all(A, "山田") == {"note": "half a sentence", "field:lost-place": "駅"}
    store.scratch_drop(A, "山田", "note")
    assert store.scratch_all(A, "山田") == {"field:lost-place": "駅"}
    assert store.scratch_all(A, "田中") == {"note": "mine"}
    assert store.incidents() == []


def test_a_snapshot_is_kept_only_of_the_head(store: Store) -> None:
    old = fill(store, [entry(1)])
    assert store.keep_snapshot(snapshot(old))
    head = fill(store, [entry(2)])
    assert store.snapshot(A) == snapshot(old)
    assert not store.keep_snapshot(snapshot(old, b"late"))
    assert not store.keep_snapshot(snapshot(Head(2, "ab" * 32)))
    assert store.keep_snapshot(snapshot(head, b"new"))
    b = fill(store, [entry(1, B)], B)
    assert store.keep_snapshot(snapshot(b, incident=B))
    assert store.snapshots() == [snapshot(head, b"new"), snapshot(b, incident=B)]


def test_a_backup_is_a_store(store: Store, tmp_path: Path) -> None:
    fill(store, [entry(1, text="one", blobs=(b"pinned",))])
    copy = tmp_path / "copy.db"
    store.backup(copy)
    fill(store, [entry(2)])
    restored = open_store(str(copy), create=False)
    assert restored.head(A).seq == 1
    assert list(restored.texts(A).values()) == ["one"]
    assert restored.get_blob(hashlib.sha256(b"pinned").hexdigest()) == b"pinned"
    fill(restored, [entry(2)])
    assert verify(restored.rows(A)).entries == 2
    restored.close()


def test_a_backup_overwrites_nothing(store: Store, tmp_path: Path) -> None:
    taken = tmp_path / "letter.txt"
    taken.write_text("dear")
    with pytest.raises(Refused):
        store.backup(taken)
    assert taken.read_text() == "dear"


# Watching


def test_a_watch_hears_of_a_write_once(store: Store) -> None:
    watch = store.watch()
    assert not watch.wait(0)
    fill(store, [entry(1)])
    assert watch.wait(60)
    assert not watch.wait(0)
    watch.close()


def test_a_closed_watch_lets_go_of_who_waits(store: Store) -> None:
    watch = store.watch()
    answers: list[bool] = []
    began = time.monotonic()
    waiter = threading.Thread(target=lambda: answers.append(watch.wait(120)))
    waiter.start()
    watch.close()
    waiter.join(60)
    assert answers == [False]
    assert time.monotonic() - began < 60
    assert not watch.wait(60)
    watch.close()


# Who is there


def test_somebody_is_there_until_they_leave(store: Store) -> None:
    assert not store.attended(A)
    one, other = store.attend(A), store.attend(A)
    assert store.attended(A)
    assert not store.attended(B)
    one.close()
    one.close()
    assert store.attended(A)
    other.close()
    assert not store.attended(A)
    back = store.attend(A)
    assert store.attended(A)
    back.close()


def test_who_is_there_stops_nobody_from_writing(store: Store) -> None:
    present = store.attend(A)
    fill(store, [entry(1)])
    assert store.head(A).seq == 1
    present.close()


def test_a_closed_store_opens_again(store: Store) -> None:
    fill(store, [entry(1)])
    store.close()
    fill(store, [entry(2)])
    assert store.head(A).seq == 2
