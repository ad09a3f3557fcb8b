"""What `make bench` measures with: its records are real ones, and its table tells a goal met from one missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import formats, playing
from bench.making import desk_at, make
from bench.table import Row, against, beyond, markdown, plain


def test_a_record_is_as_long_as_asked_for_and_whole(tmp_path: Path) -> None:
    incident = make(tmp_path / "made", 300)
    desk = desk_at(tmp_path / "made")
    case = desk.case(incident)
    assert case.incident.seq == 300
    assert desk.verify(incident).chain.ok
    assert {"note_written", "fact_recorded", "check_ticked"} <= {
        entry.event.type for entry in desk.entries(incident, range(1, 301))
    }
    first, *_ = case.playbook.steps
    assert case.incident.step(first).state == "active"
    desk.close()


def test_the_table_says_what_was_missed() -> None:
    rows = [
        against("quick", 0.0123, 1.5, "floor", 0.01),
        against("slow", 0.02, 1.5, "floor", 0.01),
        beyond("aside", 2.5, "floor", 0.5),
        Row("absent", "", "at most 0.4 x"),
    ]
    lines = [line.split("  ") for line in plain(rows)][1:]
    assert [line[-1].strip() for line in lines] == ["ok", "missed", "5.00 x", "not measured"]
    assert "| slow | at most 1.5 x | 20 ms | floor 10 ms | 2.00 x | **missed** |" in list(markdown(rows))


def test_every_format_is_measured_beside_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_TIMES", 1)
    rows = list(formats.written())
    assert [row.what.split(" as ")[1] for row in rows] == [
        f"{name}: median" for name in ("md", "txt", "html", "eml", "docx", "pdf")
    ]
    assert all(row.ratio for row in rows)


def test_drills_are_played_and_come_out_the_same(tmp_path: Path) -> None:
    drill, alone, growth, same = playing.played_often(tmp_path, (5, 10))
    assert "entries" in drill.what
    assert drill.ratio
    assert alone.ratio
    assert alone.ratio > drill.ratio
    assert not alone.goal
    assert growth.ratio
    assert (same.measured, same.met) == ("identical", True)
