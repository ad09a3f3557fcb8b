"""`runbook drill auto`: a recorded team plays, and the same seed gives the same drill in any process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Runbook
from tests.drilling import SCENARIO

SCRIPT = """
id: small-team
playbook: lost-media
zone: Asia/Tokyo
title: {ja: 小さな訓練, en: A small drill}
acts:
  - {at: 2026-06-01T09:06, who: 佐藤, answer: call, text: 課長にすぐ報告します。}
  - {at: 2026-06-01T09:08, who: 佐藤, step: notice-what, verb: skip, reason: 訓練}
  - {at: 2026-06-01T09:09, who: 佐藤, step: stop-silence, verb: skip, reason: 訓練}
  - {at: 2026-06-01T09:12, who: 佐藤, step: report-head, set: {head_told_at: "09:12"}, verb: done}
  - {at: 2026-06-01T10:31, who: 田中, answer: reporter, text: 調べているところです。}
"""


@pytest.fixture
def script(record: Path) -> str:
    folder = record.parent / "content" / "playbooks" / "scenarios"
    folder.mkdir()
    (folder / "small-drill.yaml").write_text(SCENARIO.replace("id: small", "id: small-drill"), "utf-8")
    path = record.parent / "team.yaml"
    path.write_text(SCRIPT, "utf-8")
    return str(path)


def test_the_score_is_printed_and_nothing_is_left(script: str, runbook: Runbook, record: Path) -> None:
    said = runbook("drill", "auto", "small-drill", script).out
    assert "DRILL  小さな訓練" in said.splitlines()[0]
    assert "Score: 15 of 20" in said
    assert not record.exists()


def test_a_kept_drill_is_a_record_like_any_other(script: str, runbook: Runbook, tmp_path: Path) -> None:
    file = str(tmp_path / "kept.db")
    found = runbook("drill", "auto", "small-drill", script, "--keep", file, "--json").json
    assert (found["score"], found["max"], found["seed"]) == (15, 20, 1)
    kept = runbook("--db", file, "drill", "score", found["id"], "--json").json
    assert kept["items"] == found["items"]
    assert runbook("--db", file, "status", found["id"], "--json").json["head"]["hash"] == found["head"]
    assert "DRILL" in runbook("--db", file, "verify", found["id"]).out
    assert "is there already" in runbook("drill", "auto", "small-drill", script, "--keep", file, code=1).err


def test_the_report_is_the_same_to_the_byte_whoever_asks(script: str, runbook: Runbook, tmp_path: Path) -> None:
    pages = []
    for name in ("one.html", "two.html"):
        said = runbook("drill", "auto", "small-drill", script, "--report", str(tmp_path / name)).out
        assert str(tmp_path / f"DRILL-{name}") in said
        pages.append((tmp_path / f"DRILL-{name}").read_bytes())
    assert pages[0] == pages[1]


def test_many_seeds_give_a_line_each(script: str, runbook: Runbook) -> None:
    words = ("drill", "auto", "small-drill", script, "--seed", "5", "--times", "3")
    lines = [json.loads(line) for line in runbook(*words).out.splitlines()]
    assert [(one["seed"], one["score"], one["max"]) for one in lines] == [(5, 15, 20), (6, 15, 20), (7, 15, 20)]
    assert len({one["head"] for one in lines}) == 3


def test_another_process_and_language_give_the_same_head(script: str, runbook: Runbook) -> None:
    words = ("drill", "auto", "small-drill", script, "--seed", "3", "--json")
    env = os.environ | {"PYTHONHASHSEED": "77", "TZ": "UTC", "RUNBOOK_ACTOR": "somebody"}
    done = subprocess.run(
        [sys.executable, "-m", "runbook", "--lang", "ja", *words], env=env, capture_output=True, text=True, check=True
    )
    assert f'"head": "{runbook(*words).json["head"]}"' in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SCRIPT.replace("answer: reporter", "answer: nobody"), "Act 5 of the script (2026-06-01T10:31, 田中)"),
        (SCRIPT.replace("T10:31", "T08:31"), "order of time"),
    ],
)
def test_an_act_that_cannot_be_done_is_named(script: str, runbook: Runbook, text: str, says: str) -> None:
    Path(script).write_text(text, "utf-8")
    assert says in runbook("drill", "auto", "small-drill", script, code=1).err


def test_a_script_that_is_none_is_said(script: str, runbook: Runbook) -> None:
    Path(script).write_text("acts: [", "utf-8")
    assert runbook("drill", "auto", "small-drill", script, code=2).err
    assert "cannot be read" in runbook("drill", "auto", "small-drill", "missing.yaml", code=2).err
    assert "no script" in runbook("drill", "auto", "small-drill", "missing", code=2).err
    Path(script).write_text(SCRIPT, "utf-8")
    assert (
        "are for one drill"
        in runbook("drill", "auto", "small-drill", script, "--times", "2", "--keep", "x", code=2).err
    )


def test_a_drill_is_drawn_from_any_number_and_from_nothing_else(script: str, runbook: Runbook) -> None:
    for words in (("auto", "small-drill", script), ("start", "small-drill")):
        assert runbook("drill", *words, "--seed", "-5", "--json").json["seed"] == -5
        for typed in ("x", "1.5", "9" * 16):
            wrong = runbook("drill", *words, "--seed", typed, code=2)
            assert wrong.err == f"“{typed}” is not a whole number.\nWrite at most 15 digits, such as 12 or -12.\n"
