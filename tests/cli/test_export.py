"""`export`: a file or standard output, the mark of a drill, and what cannot be written is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.cli.conftest import Runbook

NAMES = ("山田", "Tanaka", "sato", "A-77", "USB")


@pytest.fixture
def many(runbook: Runbook, act: str) -> str:
    """The Test Act's incident, with its duties certain: 200 persons."""
    runbook("fact", act, "persons=200")
    return act


def calendar(path: Path) -> Any:
    return Calendar.from_ical(path.read_bytes())


def test_to_a_file_whose_path_is_printed(runbook: Runbook, many: str, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    said = runbook("export", many, "ics", "-o", str(path))
    assert said == (0, f"{path}\n", "")
    todo = next(one for one in calendar(path).walk("VTODO") if "test.act.notify" in one["UID"])
    assert str(todo["UID"]) == f"{many}.test.act.notify.task@runbook"
    assert str(todo["SUMMARY"]) == "Telling the authority"
    assert todo["SEQUENCE"] == 4


def test_its_lines_end_as_the_format_wants(runbook: Runbook, many: str, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    runbook("export", many, "ics", "-o", str(path))
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


@pytest.mark.parametrize("words", [[], ["-o", "-"]])
def test_standard_output_is_the_same_file(runbook: Runbook, many: str, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "due.ics"
    runbook("export", many, "ics", "-o", str(path))
    said = runbook("export", many, "ics", *words)
    assert said.out.replace("\r\n", "\n") == path.read_text("utf-8")
    assert said.err == ""


def test_it_is_not_poured_over_a_terminal(runbook: Runbook, many: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    said = runbook("export", many, "ics", code=2)
    assert "Name a file with -o FILE." in said.err
    assert said.out == ""


def test_a_drills_file_begins_with_the_mark(runbook: Runbook, act: str, tmp_path: Path) -> None:
    drill = runbook("new", "small", "--drill").out.strip()
    runbook("fact", drill, "regimes=test.act", "known_at=15:45", "persons=200")
    said = runbook("export", drill, "ics", "-o", str(tmp_path / "due.ics"))
    path = tmp_path / "DRILL-due.ics"
    assert said.out == f"{path}\n"
    assert not (tmp_path / "due.ics").exists()
    assert all(str(one["SUMMARY"]).startswith("訓練 / DRILL ") for one in calendar(path).walk("VTODO"))


def test_the_language_is_the_programs(runbook: Runbook, many: str, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    runbook("--lang", "ja", "export", many, "ics", "-o", str(path))
    titles = [str(one["SUMMARY"]) for one in calendar(path).walk("VEVENT")]
    assert "当局への通知" in titles
    assert any(title.startswith("目安：速報") for title in titles)


def test_a_change_raises_the_sequence_and_keeps_the_uids(runbook: Runbook, many: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1.ics", tmp_path / "2.ics"
    runbook("export", many, "ics", "-o", str(first))
    runbook("duty", many, "test.act.notify", "filed", "--receipt", "A-77", "--by", "Tanaka")
    runbook("rename", many, "山田さんのUSB")
    runbook("export", many, "ics", "-o", str(second))
    before, after = (
        {str(one["UID"]): one["SEQUENCE"] for one in calendar(path).walk() if "UID" in one} for path in (first, second)
    )
    assert list(before) == list(after)
    assert (set(before.values()), set(after.values())) == ({4}, {6})
    text = second.read_bytes().replace(b"\r\n ", b"").decode()
    assert [name for name in NAMES if name in text] == []


def test_writing_it_records_nothing(runbook: Runbook, many: str, tmp_path: Path) -> None:
    before = runbook("log", many, "--json").out
    runbook("export", many, "ics", "-o", str(tmp_path / "due.ics"))
    assert runbook("log", many, "--json").out == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["ID", "xlsx"], 2, "Choose one of: ics."),
        (["ID"], 2, "is missing."),
        (["1999", "ics"], 1, "There is no incident “1999”."),
        (["ID", "ics", "-o", "/no/such/folder/due.ics"], 2, "/no/such/folder/due.ics cannot be written"),
        (["ID", "ics", "-o", "."], 2, "is not a file that can be written."),
        (["ID", "ics", "due.ics"], 2, "“due.ics” is one word too many here."),
    ],
)
def test_what_cannot_be_written_is_said(
    runbook: Runbook, many: str, words: list[str], code: int, sentence: str
) -> None:
    said = runbook("export", *(many if word == "ID" else word for word in words), code=code)
    assert sentence in said.err
    assert "Traceback" not in said.err


def test_facts_that_cannot_be_right_do_not_stop_it(runbook: Runbook, act: str, tmp_path: Path) -> None:
    for fact in ("known_at=2030-01-01T10:00", "known_at=unknown", "regimes=nonsense", "law_as_of=1900-01-01"):
        runbook("fact", act, fact)
        runbook("export", act, "ics", "-o", str(tmp_path / "due.ics"))
        assert calendar(tmp_path / "due.ics").walk("VTODO")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_help(runbook: Runbook, language: str) -> None:
    said = runbook("--lang", language, "export", "--help").out
    assert "ics" in said
    assert "--output" in said
