"""One `step` command is one act: all of it is recorded, at the time it really happened, or nothing is."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Clockwork, Runbook


def state(runbook: Runbook, incident: str, step: str) -> dict[str, Any]:
    status = runbook("status", incident, "--json").json
    found: dict[str, Any] = next(one for one in status["steps"] if one["id"] == step)
    return found


def types(runbook: Runbook, incident: str) -> list[str]:
    return [entry["type"] for entry in runbook("log", incident, "--json").json]


def test_everything_in_one_transaction(runbook: Runbook, incident: str, record: Path, clock: Clockwork) -> None:
    clock.forward(hours=1)
    said = runbook(
        *("step", incident, "1-1", "done", "--set", "noticed=12:00", "--set", "who=a guard", "--check", "asked"),
        *("--at", "12:17", "--note", "by telephone"),
    )
    assert types(runbook, incident)[1:] == [
        "step_started",
        "fact_recorded",
        "field_filled",
        "check_ticked",
        "step_finished",
        "note_written",
    ]
    with sqlite3.connect(record) as db:
        batches = {id.partition(":")[0] for (id,) in db.execute("SELECT event_id FROM events WHERE seq > 1")}
    db.close()
    assert len(batches) == 1
    assert said.out == ""
    assert "Time: 2022-06-22 12:17" in said.err
    assert said.err.splitlines()[-2:] == ["Finished with checks left open:", "  [ ] It is written as told [written]"]
    step = state(runbook, incident, "notice-what")
    assert (step["state"], step["started_at"], step["done_at"]) == (
        "done",
        "2022-06-22T12:17:00+09:00",
        "2022-06-22T12:17:00+09:00",
    )
    assert {entry["occurred_at"] for entry in runbook("log", incident, "--json", "--since", "1").json} == {
        "2022-06-22T12:17:00+09:00"
    }


def test_one_bad_part_and_nothing_is_recorded(runbook: Runbook, incident: str) -> None:
    refused = runbook("step", incident, "1-1", "done", "--set", "noticed=12:00", "--check", "nonsense", code=1)
    assert "nonsense" in refused.err
    runbook("step", incident, "1-1", "done", "--set", "who=a guard", code=1)
    runbook("step", incident, "1-1", "fill", "--set", "noticed=12:00", "--set", "who", code=2)
    assert types(runbook, incident) == ["incident_opened"]


def test_undo_takes_back_the_whole_command(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "1-1", "done", "--set", "noticed=12:00", "--check", "asked")
    runbook("undo", incident)
    assert state(runbook, incident, "notice-what")["state"] == "todo"
    assert runbook("fact", incident, "--json").json["noticed_at"]["value"] is None
    assert "undo" in runbook("undo", incident, code=1).err


def test_the_time_can_be_corrected(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    runbook("step", incident, "1-1", "start")
    runbook("step", incident, "1-1", "done", "--set", "noticed=12:00")
    clock.forward(hours=1)
    runbook("step", incident, "1-1", "start", "--at", "12:05")
    runbook("step", incident, "1-1", "done", "--at", "12:45")
    step = state(runbook, incident, "notice-what")
    assert step["started_at"] == "2022-06-22T12:05:00+09:00"
    assert step["done_at"] == "2022-06-22T12:45:00+09:00"
    assert "already" in runbook("step", incident, "1-1", "done", code=1).err


def test_skip_reopen_assign(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "theft", "skip", code=1)
    runbook("step", incident, "theft", "skip", "--reason", "no sign")
    runbook("step", incident, "2-2", "reopen", "--reason", "a witness")
    runbook("step", incident, "2-2", "assign", "--to", "yamada")
    assert state(runbook, incident, "theft")["owner"] == "yamada"
    assert types(runbook, incident)[1:] == ["step_skipped", "step_reopened", "step_assigned"]
    assert runbook("step", incident, "2-2", "assign", "--to", "yamada").err == "Nothing changed.\n"


def test_fill_and_tick(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "1-1", "fill", "--set", "who=a guard")
    runbook("step", incident, "1-1", "tick", "--check", "asked")
    runbook("step", incident, "1-1", "tick", "--uncheck", "asked")
    assert types(runbook, incident)[1:] == ["step_started", "field_filled", "check_ticked", "check_ticked"]
    runbook("step", incident, "1-1", "fill", code=2)


def test_a_guarded_field_takes_no_password(runbook: Runbook, incident: str, record: Path) -> None:
    runbook("step", incident, "1-1", "fill", "--set", "secret=it has thirteen characters", code=1)
    assert b"thirteen" not in record.read_bytes()


def test_a_warning_is_read_before_the_step_is_finished(runbook: Runbook, incident: str) -> None:
    assert "Do not say how long it is" in runbook("step", incident, "press", "done", code=1).err
    read = runbook("step", incident, "press", "ack")
    assert "Never describe the password." in read.err
    assert "A press conference once gave away its length." in read.err
    runbook("step", incident, "press", "done")
    assert types(runbook, incident)[1] == "warning_acknowledged"


def test_one_warning_by_its_name(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "press", "ack", "nonsense", code=1)
    runbook("step", incident, "press", "ack", "secret")
    runbook("step", incident, "press", "done", "secret", code=2)
    runbook("step", incident, "press", "done")


@pytest.mark.parametrize("act", ["start", "assign"])
def test_the_second_of_two_conflicting_acts_is_refused(runbook: Runbook, incident: str, act: str) -> None:
    runbook("--as", "suzuki", "step", incident, "1-1", "start", "--if-seq", "1")
    refused = runbook("--as", "tanaka", "step", incident, "1-1", act, "--to", "tanaka", "--if-seq", "1", code=1)
    assert "suzuki" in refused.err
    assert state(runbook, incident, "notice-what")["owner"] == "suzuki"
    runbook("--as", "tanaka", "step", incident, "press", "start", "--if-seq", "1")
    runbook("--as", "tanaka", "step", incident, "1-1", "assign", "--to", "tanaka", "--if-seq", "2")


def test_facts_conflict_only_where_a_number_is_given(runbook: Runbook, incident: str) -> None:
    runbook("--as", "suzuki", "fact", incident, "persons=100")
    runbook("--as", "tanaka", "fact", incident, "persons=200", "--if-seq", "1", code=1)
    runbook("--as", "tanaka", "fact", incident, "persons=200")
    runbook("--as", "suzuki", "dataset", incident, "residents", "--count", "9", "--unit", "persons")
    runbook("dataset", incident, "residents", "--count", "8", "--unit", "persons", "--if-seq", "1", code=1)
    runbook("--as", "suzuki", "row", incident, "custody", "--set", "tier=one")
    runbook("row", incident, "custody", "--strike", "one", "--if-seq", "1", code=1)


def test_several_facts_at_once_or_none(runbook: Runbook, incident: str) -> None:
    runbook("fact", incident, "persons=100", "cause=nonsense", code=2)
    assert types(runbook, incident) == ["incident_opened"]
    runbook("fact", incident, "persons=100", "cause=theft", "--as-of", "06-21", "--source", "list")
    facts = runbook("fact", incident, "--json").json
    assert [facts[name]["value"] for name in ("persons", "cause")] == [100, "theft"]
    assert facts["cause"]["as_of"] == "2022-06-21T00:00:00+09:00"
    runbook("fact", incident, "persons=", "--status", "withdrawn", "--source", "list")
    runbook("fact", incident, "cause", "--status", "withdrawn")
    assert runbook("status", incident, "--json").json["facts"]["cause"]["status"] == "withdrawn"


@pytest.mark.parametrize(
    ("typed", "count", "estimate", "said"),
    [
        (("--count", "460,517"), 460517, False, "460,517 persons"),
        (("--count", "約46万"), 460000, True, "about 460,000 persons"),
        (("--count", "1"), 1, False, "1 person"),
        (("--count", "about 80000"), 80000, True, "about 80,000 persons"),
        (("--count", "unknown"), None, False, "persons uncounted"),
        (("--count", "未確認"), None, False, "persons uncounted"),
        ((), None, False, "persons uncounted"),
    ],
)
def test_a_data_set_may_be_counted_about_right_or_not_at_all(
    runbook: Runbook, incident: str, typed: tuple[str, ...], count: int | None, estimate: bool, said: str
) -> None:
    runbook("dataset", incident, "residents", "--unit", "persons", *typed)
    (data,) = runbook("status", incident, "--json").json["datasets"]
    assert (data["count"], data["estimate"]) == (count, estimate)
    assert f"Data set residents: {said}\n" in runbook("status", incident).out
    assert runbook("log", incident).out.rstrip().endswith(f"Data set residents: {said}")


def test_a_newer_count_keeps_the_columns_until_others_are_given(runbook: Runbook, incident: str) -> None:
    def recorded(*typed: str) -> tuple[int | None, list[str], list[str], str | None]:
        runbook("dataset", incident, "allowance", "--unit", "persons", *typed)
        (data,) = runbook("status", incident, "--json").json["datasets"]
        return data["count"], data["fields"], data["sensitive"], data["source"]

    first = recorded("--fields", "name,address", "--sensitive", "account", "--source", "contractor")
    assert first == (None, ["name", "address"], ["account"], "contractor")
    now = recorded("--count", "1234")
    assert now[:3] == (1234, ["name", "address"], ["account"])
    assert not now[3]  # whoever said the old number has not said this one
    assert recorded("--count", "1234", "--fields", "name", "--sensitive", "")[1:3] == (["name"], [])


@pytest.mark.parametrize("typed", ["-3", "many", "約", "8万くらい以上"])
def test_a_data_sets_count_is_a_number_or_says_that_nobody_knows(runbook: Runbook, incident: str, typed: str) -> None:
    assert (
        "is not a number for" in runbook("dataset", incident, "x", f"--count={typed}", "--unit", "persons", code=2).err
    )
    assert runbook("status", incident, "--json").json["datasets"] == []


def test_a_fact_filled_in_at_a_step_says_so_by_the_step_s_name(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "1-1", "fill", "--set", "noticed=12:00")
    listed = runbook("fact", incident).out
    assert "source: step 1-1 What was noticed" in listed
    assert "step:" not in listed


def test_a_time_of_yesterday_is_echoed_with_its_date(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    clock.forward(hours=9)
    assert "Time: 2022-06-22 23:50" in runbook("note", incident, "heard", "--at", "23:50").err
    assert "Time: about 2022-06-22 15:40" in runbook("note", incident, "heard", "--at", "15:40頃").err
    assert "Time: time unknown" in runbook("note", incident, "heard", "--at", "unknown").err
    runbook("note", incident, "heard", "--at", "25:99", code=2)
