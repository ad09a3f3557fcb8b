"""What the SQLite store promises beyond the contract: nothing acknowledged is lost, nothing is changed unseen."""

from __future__ import annotations

import errno
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from runbook.chain import Fault, first_false_seal, verify
from runbook.errors import ChainBroken, StoreUnreachable
from runbook.store import Appended, Head, Snapshot, open_store, shares
from runbook.store.lock import locked
from runbook.store.sqlite import SqliteStore, schema
from runbook.store.sqlite import file as record_file
from runbook.store.sqlite.trouble import reaching
from tests.store.entries import A, B, entry, fill

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    yield store
    store.close()


def raw(path: Path) -> closing[sqlite3.Connection]:
    """The file as any program may open it."""
    return closing(sqlite3.connect(path, isolation_level=None))


def seat(path: Path, name: str, times: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.entries", str(path), name, str(times)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


# Nothing recorded is lost


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    """Thirty seats killed in the middle of writing, three at a time, so that others were writing then too."""
    SqliteStore(path).close()
    chance = random.Random(1)
    acknowledged: list[int] = []
    for turn in range(10):
        seats = [seat(path, f"seat {turn}.{number}", 100_000) for number in range(3)]
        for writer in seats:
            assert writer.stdout is not None
            acknowledged += [int(writer.stdout.readline()) for _ in range(chance.randint(1, 12))]
            writer.kill()
        for writer in seats:
            assert writer.stdout is not None
            acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
            writer.stdout.close()
            writer.wait()
    with raw(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store = SqliteStore(path)
    verdict = verify(store.rows(A))
    assert verdict.ok
    assert len(acknowledged) == len(set(acknowledged))
    assert set(acknowledged) <= {row.seq for row in store.rows(A)}
    # A seat dies after its commit and before its word at most once.
    assert 0 <= verdict.entries - len(acknowledged) <= 30
    assert len(store.texts(A)) == verdict.entries
    fill(store, [entry(verdict.entries + 1)])
    store.close()


def test_unfinished_text_survives_kill_9(path: Path) -> None:
    SqliteStore(path).close()
    write = (
        "import sys, os, signal; from runbook.store import open_store\n"
        "open_store(sys.argv[1]).scratch_put('a', 'me', 'note', 'half a sen'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", write, str(path)], check=False)
    assert run.returncode != 0
    store = SqliteStore(path)
    assert store.scratch_all("a", "me") == {"note": "half a sen"}
    store.close()


def test_seats_in_four_processes_make_one_chain(path: Path) -> None:
    SqliteStore(path).close()
    seats = [seat(path, f"seat {number}", 50) for number in range(4)]
    said = [writer.communicate()[0].split() for writer in seats]
    assert [writer.returncode for writer in seats] == [0, 0, 0, 0]
    store = SqliteStore(path)
    verdict = verify(store.rows(A))
    assert verdict.ok
    assert verdict.entries == 200
    assert sorted(int(seq) for lines in said for seq in lines) == list(range(1, 201))
    with raw(path) as db:
        (names,) = db.execute("SELECT count(DISTINCT event_id) FROM events").fetchone()
    assert names == 200
    store.close()


def test_a_full_disk_is_a_sentence_and_loses_nothing(store: SqliteStore, path: Path) -> None:
    head = fill(store, [entry(1, text="before")])
    with store._file.writing() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnreachable, match=r"full.*Free some space"):
        store.append(A, head, [entry(2, event_id="big", text="x" * 100_000)])
    assert verify(store.rows(A)).entries == 1
    with store._file.writing() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    assert isinstance(store.append(A, head, [entry(2, event_id="big", text="x" * 100_000)]), Appended)


def test_a_file_moved_away_while_open_takes_nothing_more(store: SqliteStore, path: Path) -> None:
    head = fill(store, [entry(1)])
    path.rename(path.with_name("moved.db"))
    with pytest.raises(StoreUnreachable, match="moved or replaced"):
        store.append(A, head, [entry(2)])
    with raw(path):
        pass
    with pytest.raises(StoreUnreachable, match="moved or replaced"):
        store.append(A, head, [entry(2)])
    path.unlink()
    path.with_name("moved.db").rename(path)


@pytest.mark.parametrize("by_commands", [False, True])
def test_a_checkpoint_keeps_the_log_small(path: Path, monkeypatch: pytest.MonkeyPatch, by_commands: bool) -> None:
    """Whoever writes: a screen that stays open, or commands that come and go beside it."""
    monkeypatch.setattr(record_file, "_CHECKPOINT_EVERY", 10)
    store = SqliteStore(path)
    fill(store, [entry(1, text="x" * 2000)])
    for seq in range(2, 100):
        with closing(SqliteStore(path)) as command:
            fill(command if by_commands else store, [entry(seq, text="x" * 2000)])
    assert Path(f"{path}-wal").stat().st_size < 400_000
    store.close()
    assert not Path(f"{path}-wal").exists()


# Nothing recorded is changed unseen


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE events SET body = replace(body, '山田', '田中') WHERE seq = 2",
        "UPDATE events SET hash = prev_hash WHERE seq = 3",
        "UPDATE events SET actor = 'somebody else' WHERE seq = 2",
        "DELETE FROM events WHERE seq = 3",
        "DELETE FROM events",
        "INSERT INTO events (body, prev_hash, hash) SELECT body, prev_hash, hash FROM events WHERE seq = 2",
        "INSERT OR REPLACE INTO events (body, prev_hash, hash) SELECT body, prev_hash, hash FROM events WHERE seq = 2",
        # A proper next entry, which would take the place of another by its id or its row.
        "INSERT OR REPLACE INTO events (body, prev_hash, hash) SELECT "
        "json_set(body, '$.seq', 4), hash, hash FROM events WHERE seq = 3",
        "INSERT OR REPLACE INTO events (rowid, body, prev_hash, hash) SELECT "
        "1, json_set(body, '$.seq', 4, '$.event_id', 'new'), hash, hash FROM events WHERE seq = 3",
        # Not the next.
        "INSERT INTO events (body, prev_hash, hash) SELECT "
        "json_set(body, '$.seq', 5, '$.event_id', 'new'), hash, hash FROM events WHERE seq = 3",
        "INSERT INTO events (body, prev_hash, hash) SELECT "
        "json_set(body, '$.seq', 4, '$.event_id', 'new'), prev_hash, hash FROM events WHERE seq = 3",
        "INSERT INTO events (body, prev_hash, hash) SELECT body, prev_hash, hash FROM events WHERE seq = 2 "
        "ON CONFLICT DO UPDATE SET hash = 'x'",
        "UPDATE texts SET text = 'something else'",
    ],
)
def test_the_file_refuses_changes(store: SqliteStore, path: Path, change: str) -> None:
    fill(store, [entry(seq, text=f"text {seq}") for seq in (1, 2, 3)])
    before = list(store.rows(A)), store.texts(A)
    with raw(path) as db, pytest.raises(sqlite3.Error, match=r"record|generated column"):
        db.execute(change)
    assert (list(store.rows(A)), store.texts(A)) == before


def test_the_file_takes_the_next_entry_from_anybody(store: SqliteStore, path: Path) -> None:
    """Or the refusals above would prove nothing."""
    fill(store, [entry(seq) for seq in (1, 2, 3)])
    with raw(path) as db:
        db.execute(
            "INSERT INTO events (body, prev_hash, hash) SELECT "
            "json_set(body, '$.seq', 4, '$.event_id', 'new'), hash, hash FROM events WHERE seq = 3"
        )
    assert store.head(A).seq == 4


@pytest.mark.parametrize(
    ("tamper", "at", "what"),
    [
        (["UPDATE events SET body = replace(body, '山田', '田中') WHERE seq = 3"], 3, "edited"),
        (["UPDATE events SET body = body || ' ' WHERE seq = 3"], 3, "edited"),
        (["UPDATE events SET hash = prev_hash WHERE seq = 4"], 4, "edited"),
        (["DELETE FROM events WHERE seq = 3"], 3, "deleted"),
        (["DELETE FROM events WHERE seq <= 2"], 1, "deleted"),
        (
            [
                "UPDATE events SET body = json_set(body, '$.seq', -1) WHERE seq = 2",
                "UPDATE events SET body = json_set(body, '$.seq', 2) WHERE seq = 4",
                "UPDATE events SET body = json_set(body, '$.seq', 4) WHERE seq = -1",
            ],
            2,
            "reordered",
        ),
        (
            [
                "DROP INDEX events_place",
                "INSERT INTO events (body, prev_hash, hash) SELECT "
                "json_set(body, '$.event_id', 'new'), prev_hash, hash FROM events WHERE seq = 3",
            ],
            3,
            "inserted",
        ),
    ],
)
def test_tampering_is_found_and_named(store: SqliteStore, path: Path, tamper: list[str], at: int, what: Fault) -> None:
    fill(store, [entry(seq) for seq in range(1, 7)])
    with raw(path) as db:
        for trigger in ("events_only_next", "events_never_change", "events_never_go"):
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in tamper:
            db.execute(statement)
    verdict = verify(store.rows(A), incident=A)
    assert (verdict.broken_at, verdict.what) == (at, what)


def test_a_changed_text_is_found(store: SqliteStore, path: Path) -> None:
    fill(store, [entry(1, text="one"), entry(2, text="two")])
    with raw(path) as db:
        db.execute("DROP TRIGGER texts_never_change")
        db.execute("UPDATE texts SET text = 'three' WHERE seq = 2")
    assert first_false_seal(store.seals(A)) == 2


def test_a_changed_pinned_content_is_found(store: SqliteStore, path: Path) -> None:
    digest = store.put_blob(b"playbook")
    with raw(path) as db:
        db.execute("UPDATE blobs SET content = x'00'")
    with pytest.raises(ChainBroken):
        store.get_blob(digest)


# A redacted text leaves no trace


def traces(folder: Path, text: str) -> list[str]:
    return [file.name for file in folder.iterdir() if text.encode() in file.read_bytes()]


def test_a_redacted_text_is_in_no_file(store: SqliteStore, path: Path) -> None:
    chance = random.Random(2)
    texts = {seq: f"#{seq:06d}#" + "あ" * chance.choice([5, 90, 700, 3000]) for seq in range(1, 400)}
    for seq, text in texts.items():
        store.scratch_put(A, "山田", f"note {seq % 7}", text[: len(text) * 2 // 3])
        fill(store, [entry(seq, text=text)])
    for place in store.scratch_all(A, "山田"):
        store.scratch_drop(A, "山田", place)
    head = store.head(A)
    store.keep_snapshot(Snapshot(A, head.seq, head.hash, "f", "p", "".join(texts.values()).encode(), b""))
    gone = chance.sample(sorted(texts), 40)
    assert all(traces(path.parent, f"#{seq:06d}#") for seq in gone)
    outcome = store.append(A, head, [entry(400, type="entry_redacted")], forget=gone)
    assert isinstance(outcome, Appended)
    assert [traces(path.parent, f"#{seq:06d}#") for seq in gone] == [[]] * 40
    assert len(store.texts(A)) == 399 - 40
    assert verify(store.rows(A)).entries == 400
    # SQLite may leave copies behind where it moved a text between pages; nothing that is not in use is kept.
    with raw(path) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)


def test_a_dropped_text_is_wiped_not_just_unlinked(path: Path) -> None:
    store = SqliteStore(path)
    store.scratch_put(A, "山田", "note", "a victim's name" * 1000)
    store.scratch_drop(A, "山田", "note")
    store.close()
    assert traces(path.parent, "a victim's name") == []


def test_a_trace_that_a_reader_holds_goes_with_the_next_write(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_file, "_FOREIGN_PATIENCE", 0.0)
    head = fill(store, [entry(1, text="a victim's name")])
    with raw(path) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM texts").fetchall()
        outcome = store.append(A, head, [entry(2)], forget=[1])
        assert isinstance(outcome, Appended)
        assert traces(path.parent, "a victim's name")
    fill(store, [entry(3)])
    assert traces(path.parent, "a victim's name") == []


# Where it is kept


def test_files_are_the_users_alone(path: Path) -> None:
    old = os.umask(0)
    try:
        store = SqliteStore(path)
        fill(store, [entry(1)])
        store.backup(path.with_name("copy.db"))
    finally:
        os.umask(old)
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert set(modes) >= {"runbook.db", "runbook.db-wal", "runbook.db.lock", "runbook.db.bell", "copy.db"}
    assert set(modes.values()) == {0o600}
    store.close()


def test_reading_an_existing_file_needs_no_sqlite_utils(path: Path) -> None:
    store = SqliteStore(path)
    fill(store, [entry(1)])
    store.close()
    read = (
        "import sys; from runbook.store import open_store\n"
        "store = open_store(sys.argv[1]); print(store.head(sys.argv[2]).seq, 'sqlite_utils' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", read, str(path), A], capture_output=True, text=True, check=True)
    assert run.stdout == "1 False\n"


def test_the_contract_alone_loads_no_database() -> None:
    read = "import sys, runbook.store; print('sqlite3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True).stdout == "False\n"


def test_many_programs_may_make_the_file_at_once(tmp_path: Path) -> None:
    for turn in range(20):
        path, together, stores = tmp_path / f"{turn}.db", threading.Barrier(4), list[SqliteStore]()

        def make(path: Path = path, together: threading.Barrier = together, stores: list[SqliteStore] = stores) -> None:
            together.wait(60)
            stores.append(SqliteStore(path))

        makers = [threading.Thread(target=make) for _ in range(4)]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert len(stores) == 4
        fill(stores[0], [entry(1)])
        assert [store.head(A).seq for store in stores] == [1, 1, 1, 1]
        for store in stores:
            store.close()


def test_a_file_whose_making_was_cut_short_is_finished(path: Path) -> None:
    with raw(path) as db:
        db.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    store = SqliteStore(path, create=False)
    fill(store, [entry(1)])
    store.close()


def refusal(path: Path | str, create: bool = True) -> str:
    with pytest.raises(StoreUnreachable) as refused:
        open_store(str(path), create=create)
    assert refused.value.exit_code == 3
    assert refused.value.hint is not None
    return str(refused.value)


def test_a_missing_folder(path: Path) -> None:
    assert "folder" in refusal(path.parent / "nowhere" / "runbook.db")
    assert not (path.parent / "nowhere").exists()


def test_a_folder_in_place_of_a_file(path: Path) -> None:
    path.mkdir()
    refusal(path)


def test_a_missing_record_is_not_made_unasked(path: Path) -> None:
    assert "no record" in refusal(path, create=False)
    assert list(path.parent.iterdir()) == []


def test_an_address(path: Path) -> None:
    assert "not supported" in refusal("postgresql://localhost/runbook")


@pytest.mark.parametrize("create", [True, False])
def test_a_file_of_another_kind_is_left_alone(path: Path, create: bool) -> None:
    path.write_text("Dear Sir or Madam,\n" * 100)
    before = path.read_bytes()
    assert "not a runbook's record" in refusal(path, create)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_empty_file_is_not_made_a_record_unasked(path: Path) -> None:
    path.touch()
    assert "not a runbook's record" in refusal(path, create=False)
    assert path.stat().st_size == 0


def test_somebody_elses_database_is_left_alone(path: Path) -> None:
    with raw(path) as db:
        db.execute("CREATE TABLE events (seq)")
    before = path.read_bytes()
    assert "not a runbook's record" in refusal(path)
    assert path.read_bytes() == before


def test_a_newer_record_is_left_alone(path: Path) -> None:
    SqliteStore(path).close()
    with raw(path) as db:
        db.execute("PRAGMA user_version = 99")
    assert "newer version" in refusal(path)


def test_a_damaged_file_is_a_sentence(path: Path) -> None:
    store = SqliteStore(path)
    fill(store, [entry(seq, text="x" * 500) for seq in range(1, 200)])
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + os.urandom(len(whole) - 8192))
    damaged = SqliteStore(path)
    with pytest.raises(StoreUnreachable):
        damaged.texts(A)
    damaged.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says so in this way")
def test_a_network_share_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = path.with_name("mountinfo")
    mounts.write_text(f"22 1 0:1 / / rw - ext4 /dev/vda rw\n23 22 0:2 / {path.parent} rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(shares, "_MOUNTS", mounts)
    assert "network share (nfs4)" in refusal(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/a/x.db", "ext4"),
        ("/home/a/share/x.db", "nfs4"),
        ("/home/a/share2/x.db", "ext4"),
        ("/home/a/share/usb/x.db", "vfat"),
        ("/home/a/my files/x.db", "cifs"),
        ("/home/a/over/x.db", "fuse.sshfs"),
    ],
)
def test_the_mount_nearest_to_the_file_counts(place: str, kind: str) -> None:
    mounts = r"""
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 22 0:50 / /home/a/share rw shared:9 master:2 - nfs4 server:/x rw,vers=4
41 40 8:1 / /home/a/share/usb rw - vfat /dev/sda1 rw
42 22 0:51 / /home/a/my\040files rw - cifs //server/x rw
43 22 0:52 / /home/a/over rw - tmpfs tmpfs rw
44 43 0:53 / /home/a/over rw - fuse.sshfs a@b: rw
""".strip()
    assert shares.filesystem(Path(place), mounts) == kind


# Trouble


def test_a_lock_that_is_held_is_a_sentence(store: SqliteStore, path: Path) -> None:
    head = fill(store, [entry(1)])
    with locked(store._file.beside(".lock"), 0):
        with pytest.raises(StoreUnreachable, match="locked"), store._file.writing(patience=0):
            pass
        assert not store.keep_snapshot(Snapshot(A, head.seq, head.hash, "f", "p", b"", b""))
    assert store.keep_snapshot(Snapshot(A, head.seq, head.hash, "f", "p", b"", b""))


def test_a_database_browser_that_holds_the_file_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_file, "_FOREIGN_PATIENCE", 0.0)
    store = SqliteStore(path)
    with raw(path) as browser:
        browser.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnreachable, match="locked"):
            store.append(A, Head(), [entry(1)])
    fill(store, [entry(1)])
    store.close()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EDQUOT, "full"),
        (errno.EACCES, "may not write"),
        (errno.EROFS, "may not write"),
        (errno.EIO, "cannot be used: Input/output error"),
    ],
)
def test_what_the_system_says_is_a_sentence(path: Path, number: int, words: str) -> None:
    with pytest.raises(StoreUnreachable, match=words), reaching(path):
        raise OSError(number, os.strerror(number))


def test_a_file_that_may_only_be_read_is_a_sentence(path: Path) -> None:
    SqliteStore(path).close()
    with (
        pytest.raises(StoreUnreachable, match="may not write"),
        reaching(path),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db,
    ):
        db.execute("DELETE FROM scratch")


# Backup


def test_a_backup_while_others_write_is_whole(path: Path, tmp_path: Path) -> None:
    store = SqliteStore(path)
    with seat(path, "busy", 100_000) as writer:
        assert writer.stdout is not None
        for number in range(5):
            sure = [int(writer.stdout.readline()) for _ in range(20)][-1]
            copy = tmp_path / f"copy {number}.db"
            store.backup(copy)
            with raw(copy) as db:
                assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            restored = SqliteStore(copy, create=False)
            verdict = verify(restored.rows(A))
            assert verdict.ok
            assert verdict.entries >= sure
            restored.close()
        writer.kill()
    assert not [file for file in tmp_path.iterdir() if re.search(r"\.part|copy.*-(wal|shm)", file.name)]
    store.close()


def test_a_backup_that_fails_leaves_nothing(store: SqliteStore, tmp_path: Path) -> None:
    fill(store, [entry(1)])
    with pytest.raises(StoreUnreachable):
        store.backup(tmp_path / "nowhere" / "copy.db")
    assert not (tmp_path / "nowhere").exists()


# Many entries


def test_the_heads_of_large_incidents_cost_no_more(store: SqliteStore) -> None:
    fill(store, [entry(seq) for seq in range(1, 3000)])
    fill(store, [entry(1, B)], B)
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    store._file._idle[-1].set_progress_handler(count, 1)
    assert {incident: head.seq for incident, head in store.heads().items()} == {A: 2999, B: 1}
    assert 0 < steps[0] < 1000


def test_who_was_there_is_gone_when_their_process_is_killed(path: Path) -> None:
    store = SqliteStore(path)
    sits = "import sys, time; from runbook.store import open_store\n"
    sits += "held = open_store(sys.argv[1]).attend(sys.argv[2]); print('here', flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", sits, str(path), A], stdout=subprocess.PIPE, text=True) as console:
        assert console.stdout is not None
        assert console.stdout.readline() == "here\n"
        assert store.attended(A)
        assert not store.attended(B)
        console.kill()
        console.wait()
    assert not store.attended(A)
    store.close()
