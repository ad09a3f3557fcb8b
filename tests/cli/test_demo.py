"""`runbook demo`: a record of its own, marked as a demo, gone afterwards or kept on purpose."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runbook.cli import main


def clock() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


def test_without_a_terminal_it_prints_the_overview_and_leaves_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert main(["--lang", "en", "demo"], clock=clock) == 0
    out, talk = capsys.readouterr()
    assert "DEMO" in out
    assert "Amagasaki" in out
    assert "made up" in talk
    assert "2022" in talk
    assert list(tmp_path.iterdir()) == []


def test_a_kept_demo_is_a_drill_on_its_own_clock(tmp_path, capsys):
    file = tmp_path / "demo.db"
    assert main(["demo", "--keep", str(file)], clock=clock) == 0
    capsys.readouterr()
    assert main(["--db", str(file), "list", "--json"], clock=clock) == 0
    (card,) = json.loads(capsys.readouterr().out)
    assert (card["mode"], card["demo"], card["playbook"]) == ("drill", True, "lost-media")
    main(["--db", str(file), "status", card["id"], "--json"], clock=clock)
    status = json.loads(capsys.readouterr().out)
    assert status["now"] == "2022-06-23T09:00:00+09:00"
    assert status["facts"]["persons"]["value"] == 460517
    assert main(["demo", "--keep", str(file)], clock=clock) == 1
    with sqlite3.connect(file) as db:
        assert db.execute("select count(*) from events").fetchone()[0] == status["head"]["seq"]
    db.close()


@pytest.mark.parametrize("name", ["no/such/folder/demo.db"])
def test_a_place_that_cannot_be_written_is_said(name, tmp_path: Path, capsys):
    assert main(["--lang", "en", "demo", "--keep", str(tmp_path / name)], clock=clock) == 3
    assert "Traceback" not in capsys.readouterr().err
