"""The record from the command line: read, corrected, proved, redacted, copied, closed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Clockwork, Runbook


def tamper(record: Path, *statements: str) -> None:
    """Change the file behind the program's back."""
    with closing(sqlite3.connect(record)) as db:
        db.executescript(";".join(["DROP TRIGGER events_never_change", "DROP TRIGGER events_never_go", *statements]))


def head_code(runbook: Runbook, incident: str) -> str:
    code: str = runbook("status", incident, "--json").json["head"]["code"]
    return code


def test_a_whole_record_verifies(runbook: Runbook, incident: str) -> None:
    runbook("note", incident, "one")
    early = head_code(runbook, incident)
    runbook("note", incident, "two")
    said = runbook("verify", incident)
    assert "3 entries" in said.out
    assert f"#3: {head_code(runbook, incident)}" in said.out
    assert "any head code written down earlier finds it" in said.err
    assert "matches #2 of 3" in runbook("verify", incident, "--head", early.lower().replace("-", " ")).out


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE events SET body = replace(body, 'sato', 'kato') WHERE seq = 2", "#2 was edited"),
        ("DELETE FROM events WHERE seq = 2", "#2 was deleted"),
        (
            "DROP TRIGGER texts_never_change; UPDATE texts SET text = 'nothing' WHERE seq = 3",
            "text of entry #3 was changed",
        ),
    ],
)
def test_tampering_is_named(runbook: Runbook, incident: str, record: Path, statement: str, finding: str) -> None:
    for text in ("one", "two", "three"):
        runbook("note", incident, text)
    tamper(record, statement)
    said = runbook("verify", incident, code=4)
    assert finding in said.out
    assert said.err


def test_a_cut_tail_is_found_by_a_head_code(runbook: Runbook, incident: str, record: Path) -> None:
    runbook("note", incident, "one")
    code = head_code(runbook, incident)
    runbook("verify", incident, "--head", code)
    tamper(record, "DELETE FROM events WHERE seq = 2", "DELETE FROM snapshots")
    runbook("verify", incident)
    assert "No entry has this head code" in runbook("verify", incident, "--head", code, code=4).out


def test_a_redacted_text_is_gone_and_the_chain_holds(runbook: Runbook, incident: str, record: Path) -> None:
    runbook("note", incident, "victim Yamada Hanako")
    runbook("redact", incident, "2", "--second", " Sato ", "--reason", "a victim's name", code=1)
    runbook("redact", incident, "2", "--second", "suzuki", code=1)
    said = runbook("redact", incident, "#2", "--second", "suzuki", "--reason", "a victim's name")
    assert "suzuki" in said.err
    log = runbook("log", incident).out
    assert "Yamada" not in log
    assert "suzuki: a victim's name" in log
    assert "whole" in runbook("verify", incident).out
    assert [file.name for file in record.parent.glob("runbook.db*") if b"Yamada" in file.read_bytes()] == []


def test_a_redaction_names_the_other_entries_with_the_same_words(runbook: Runbook, incident: str) -> None:
    runbook("note", incident, "A-77, Yamada")
    runbook("note", incident, "the clerk gave us A-77, Yamada by telephone")
    runbook("note", incident, "A-77")
    runbook("fact", incident, "police_station=A-77, Yamada")
    both = ("--second", "suzuki", "--reason", "a victim's name")
    assert "The same words still stand in #3, #5." in runbook("redact", incident, "2", *both).err
    assert "The same words" not in runbook("redact", incident, "3", *both).err
    assert "The same words" not in runbook("redact", incident, "5", *both).err


def test_a_redaction_names_what_holds_the_same_words_where_they_cannot_be_removed(
    runbook: Runbook, incident: str
) -> None:
    runbook("dataset", incident, "Yamada.csv", "--unit", "records")
    runbook("fact", incident, "cause=theft", "--source", "Yamada")
    runbook("rename", incident, "The bag of Yamada")
    runbook("note", incident, "Yamada")
    runbook("note", incident, "not Yamada")
    assert (
        "stays: record the right one" in runbook("redact", incident, "2", "--second", "s", "--reason", "r", code=1).err
    )
    refused = runbook("redact", incident, "5", "--second", "s", "--reason", "the name YAMADA", code=1).err
    assert "The reason repeats the text that is to go." in refused
    told = runbook("redact", incident, "5", "--second", "s", "--reason", "a victim's name").err
    assert "The same words still stand in #6." in told
    assert "The same words stay in #2, #3, #4, in a name, a source or a title." in told
    assert "The same words" not in runbook("redact", incident, "6", "--second", "s", "--reason", "the same").err


def test_an_amended_note_keeps_its_history(runbook: Runbook, incident: str) -> None:
    runbook("note", incident, "a red bag")
    runbook("amend", incident, "2", "a blue bag")
    assert ["a red bag" in line for line in runbook("log", incident).out.splitlines()] == [False, True, False]
    assert "Entry 2 amended: a blue bag" in runbook("log", incident).out


def test_the_log_is_told_as_it_happened(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    runbook("note", incident, "called", "--at", "12:17")
    runbook("note", incident, "that day", "--at", "2022-06-21")
    clock.forward(minutes=4)
    runbook("note", incident, "just now", "--at", "15:45")
    lines = runbook("log", incident).out.splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["#3", "#2", "#1", "#4"]
    assert "2022-06-21, hour unknown  sato: Note: that day  (written down at 2022-06-22 15:45)" in lines[0]
    assert ["written down" in line for line in lines] == [True, True, False, False]
    assert runbook("log", incident, "--since", "3").out.startswith("#4")


def test_a_long_log_comes_whole(runbook: Runbook, incident: str) -> None:
    from runbook.actions import records
    from runbook.actions.deciding import together
    from runbook.opening import open_desk

    with closing(open_desk()) as desk:
        many = [lambda case, by, n=n: records.note(case, by, f"note {n}") for n in range(1100)]
        desk.do(incident, together(*many))
    entries = runbook("log", incident, "--json").json
    assert [entry["seq"] for entry in entries] == list(range(1, 1102))
    assert entries[-1]["summary"] == "Note: note 1099"


def test_closing_needs_an_explanation_while_steps_are_open(runbook: Runbook, incident: str) -> None:
    assert "explain" in runbook("close", incident, code=1).err
    runbook("close", incident, "--explain", "moved to another office")
    assert runbook("list", "--json").json[0]["closed_at"] == "2022-06-22T15:45:00+09:00"
    assert "closed 2022-06-22 15:45" in runbook("list").out
    runbook("step", incident, "1-1", "start", code=1)
    runbook("note", incident, "still allowed")
    runbook("undo", incident)
    runbook("undo", incident)
    assert runbook("status", incident, "--json").json["closed_at"] is None


def test_rename(runbook: Runbook, incident: str) -> None:
    runbook("rename", incident, "Two sticks")
    runbook("rename", incident, "  ", code=2)
    assert runbook("list", "--json").json[0]["title"] == "Two sticks"


def test_an_incident_moves_to_another_edition_only_when_told_to(runbook: Runbook, incident: str, record: Path) -> None:
    assert "today's edition already" in runbook("edition", incident).err
    file = record.parent / "content" / "playbooks" / "small.yaml"
    text = file.read_text("utf-8").replace('edition: "2022-06-22"', 'edition: "2022-06-30"')
    file.write_text(text.replace("Report the loss}", "Report it}").replace("id: theft", "id: stolen"), "utf-8")
    shown = runbook("edition", incident).out.splitlines()
    assert shown == [
        "Edition of the playbook: 2022-06-22; then 2022-06-30",
        "New step: 2-2 Report a theft",
        "Step that falls away: 2-2 Report a theft",
        "Steps with other words or aims: 1-2",
    ]
    assert "Report the loss" in runbook("status", incident).out
    moved = runbook("edition", incident, "--move")
    assert moved.out.splitlines() == shown
    assert "Moved to the playbook's edition 2022-06-30" in moved.err
    assert "Report it" in runbook("status", incident).out
    assert "whole: 2 entries" in runbook("verify", incident).out
    assert "today's edition already" in runbook("edition", incident, "--move").err
    file.write_text(text.replace('edition: "2022-06-30"', 'edition: "2022-06-01"'), "utf-8")
    assert "older than the incident's own" in runbook("edition", incident, "--move", code=1).err


def test_an_incident_that_cannot_be_read_is_on_the_list_with_its_id(
    runbook: Runbook, incident: str, record: Path
) -> None:
    other = runbook("new", "small", "--title", "Sound").out.strip()
    runbook("note", incident, "one")
    cut = f"UPDATE events SET prev_hash = hash WHERE incident_id = '{incident}' AND seq = 2"
    tamper(record, "DELETE FROM snapshots", cut)
    said = runbook("list")
    assert f"{incident}  LIVE  ! cannot be read" in said.out.splitlines()
    assert any(line.startswith(f"{other}  LIVE  Sound  ") for line in said.out.splitlines())
    assert f"! {incident} cannot be read." in said.err
    assert f"Run “runbook verify {incident}”." in said.err
    rows = {row["id"]: row for row in runbook("list", "--json").json}
    assert rows[incident]["title"] == incident
    assert rows[incident]["unreadable"].startswith(f"{incident} cannot be read.")
    assert rows[incident].keys() - rows[other].keys() == {"unreadable"}
    assert rows[other].keys() <= rows[incident].keys()
    runbook("status", incident, code=4)
    runbook("verify", incident, code=4)


def test_a_backup_is_a_record(runbook: Runbook, incident: str, tmp_path: Path) -> None:
    runbook("note", incident, "one")
    copy = tmp_path / "copy.db"
    assert str(copy) in runbook("backup", str(copy)).err
    runbook("backup", str(copy), code=1)
    assert "2 entries" in runbook("--db", str(copy), "verify", incident).out


def test_a_file_that_was_handed_over_is_verified_and_left_as_it_is(
    runbook: Runbook, incident: str, tmp_path: Path, record: Path
) -> None:
    runbook("note", incident, "one")
    code = head_code(runbook, incident)
    other = runbook("new", "small", "--title", "Other").out.strip()
    copy = tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    runbook("backup", str(copy))
    runbook("note", incident, "two")
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("DELETE FROM snapshots")
    before = copy.read_bytes()
    said = runbook("verify", str(copy)).out
    assert incident in said.splitlines()
    assert other in said.splitlines()
    assert "whole: 2 entries" in said
    assert f"#2: {code}" in said
    said = runbook("verify", str(copy), "--head", code).out
    assert "matches #2 of 2" in said
    assert "whole: 1 entries" in said  # the other incident has codes of its own
    runbook("verify", str(copy), "--head", head_code(runbook, incident), code=4)  # written down after the copy was made
    assert copy.read_bytes() == before
    assert [file.name for file in copy.parent.iterdir()] == ["copy.db"]
    tamper(
        copy,
        "DELETE FROM snapshots",
        f"UPDATE events SET body = replace(body, 'sato', 'kato') WHERE incident_id = '{incident}' AND seq = 2",
    )
    assert "#2 was edited" in runbook("verify", str(copy), code=4).out


def test_a_file_copied_while_in_use_says_what_it_may_lack(runbook: Runbook, tmp_path: Path) -> None:
    runbook("--db", str(tmp_path / "new.db"), "new", "small")
    copy = tmp_path / "copy.db"
    runbook("--db", str(tmp_path / "new.db"), "backup", str(copy))
    tamper(copy, "DELETE FROM snapshots", "DELETE FROM events")
    said = runbook("verify", str(copy), code=1).err
    assert "holds no incident" in said
    assert "runbook backup FILE" in said


def test_a_file_that_is_no_record_cannot_be_verified(runbook: Runbook, tmp_path: Path) -> None:
    foreign = tmp_path / "log.txt"
    foreign.write_text("a log\n")
    assert "not a runbook's record" in runbook("verify", str(foreign), code=3).err
    assert runbook("verify", str(tmp_path / "missing.db"), code=3).err


def test_looking_makes_no_record(runbook: Runbook, record: Path) -> None:
    said = runbook("list")
    assert said.out == ""
    assert "runbook new" in said.err
    runbook("status", "x", code=3)
    assert not record.exists()


def test_the_default_record_is_the_users_alone(
    runbook: Runbook, stranger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RUNBOOK_DB")
    assert runbook("list", "--json").json == []
    runbook("new", "small")
    (file,) = stranger.rglob("runbook.db")
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(runbook("list", "--json").json) == 1


def test_a_damaged_or_foreign_file_is_a_sentence(runbook: Runbook, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_text("not a database, but long enough to look at\n" * 50)
    assert str(foreign) in runbook("--db", str(foreign), "list", code=3).err
    runbook("--db", str(tmp_path), "new", "small", code=3)
