"""`duty`: what was done about a duty is recorded in one line; what is late, wrong or unknown is said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Clockwork, Runbook

NOTIFY, FINAL = "test.act.notify", "test.act.final"


@pytest.fixture
def many(runbook: Runbook, act: str) -> str:
    """The Test Act's incident, with its duties certain: 200 persons."""
    runbook("fact", act, "persons=200")
    return act


def clock(runbook: Runbook, incident: str, id: str) -> Any:
    return next(one for one in runbook("clocks", incident, "--json").json if one["id"] == id)


def types(runbook: Runbook, incident: str) -> list[str]:
    return [entry["type"] for entry in runbook("log", incident, "--json").json]


def test_filed_with_everything(runbook: Runbook, many: str) -> None:
    runbook("fact", many, "known_at=15:30")
    said = runbook("duty", many, NOTIFY, "filed", "--at", "15:40", "--receipt", "A-77", "--by", "Tanaka")
    assert said.out == ""
    assert said.err == (
        "Time: 2022-06-22 15:40\n* #6 Duty met: Telling the authority (The Test Act), by Tanaka, receipt A-77\n"
    )
    met = clock(runbook, many, NOTIFY)
    assert (met["state"], met["met_at"]) == ("met", "2022-06-22T15:40:00+09:00")
    (entry,) = [entry for entry in runbook("log", many, "--json").json if entry["seq"] == 6]
    assert (entry["actor"], entry["occurred_at"]) == ("sato", "2022-06-22T15:40:00+09:00")


def test_filed_just_now_by_who_types(runbook: Runbook, many: str) -> None:
    runbook("duty", many, NOTIFY, "filed")
    met = clock(runbook, many, NOTIFY)
    assert (met["met_at"], met["filings"][0]["by"], met["filings"][0]["receipt"]) == (
        "2022-06-22T15:45:00+09:00",
        "sato",
        None,
    )


def test_the_same_filing_twice_is_one(runbook: Runbook, many: str) -> None:
    for _ in range(2):
        said = runbook("duty", many, NOTIFY, "filed", "--at", "15:40", "--receipt", "A-77")
    assert said.err.endswith("Nothing changed.\n")
    assert types(runbook, many).count("duty_filed") == 1


def test_late_without_a_reason_is_recorded_and_the_reason_asked_for(
    runbook: Runbook, many: str, clock_at: Clockwork
) -> None:
    clock_at.forward(hours=73)
    said = runbook("duty", many, NOTIFY, "filed")
    assert "* #5 Duty met" in said.err
    assert said.err.endswith(
        "It is late. The reasons for the delay go with it (article 1).\n"
        f"Say why: runbook duty {many} {NOTIFY} delayed --reason TEXT\n"
    )
    runbook("duty", many, NOTIFY, "delayed", "--reason", "the office was flooded")
    late = clock(runbook, many, NOTIFY)
    assert (late["state"], late["delay"]) == ("met", "the office was flooded")
    assert "Say why" not in runbook("clocks", many).out.partition("Telling the authority")[2].partition("\n\n")[0]


def test_late_with_a_reason_asks_nothing(runbook: Runbook, many: str, clock_at: Clockwork) -> None:
    clock_at.forward(hours=73)
    said = runbook("duty", many, NOTIFY, "filed", "--reason", "the office was flooded")
    assert "Say why" not in said.err
    assert clock(runbook, many, NOTIFY)["filings"][0]["reason"] == "the office was flooded"


def test_in_time_asks_nothing(runbook: Runbook, many: str, clock_at: Clockwork) -> None:
    clock_at.forward(hours=72)
    assert "late" not in runbook("duty", many, NOTIFY, "filed").err


def test_that_it_does_not_apply_is_said_and_recorded_all_the_same(runbook: Runbook, many: str) -> None:
    runbook("duty", many, NOTIFY, "override", "--applies", "no", "--counsel", "Mori", "--reason", "no leak")
    said = runbook("duty", many, NOTIFY, "filed")
    assert "this duty does not apply here; it is recorded all the same." in said.err
    assert clock(runbook, many, NOTIFY)["state"] == "met"


def test_a_filing_taken_back(runbook: Runbook, many: str) -> None:
    runbook("duty", many, NOTIFY, "withdraw", "--reason", "not so", code=1)
    runbook("duty", many, NOTIFY, "filed")
    said = runbook("duty", many, NOTIFY, "withdraw", "--reason", "it was another incident's")
    assert "* #6 Duty not met after all: Telling the authority (The Test Act): it was another incident's" in said.err
    assert clock(runbook, many, NOTIFY)["state"] == "running"


def test_counsels_word_counts_and_the_rule_can_have_it_back(runbook: Runbook, many: str) -> None:
    said = runbook("duty", many, FINAL, "override", "--applies", "no", "--counsel", "Mori", "--reason", "sealed bag")
    assert "* #5 Counsel Mori: the duty does not apply: Final report (The Test Act): sealed bag" in said.err
    assert clock(runbook, many, FINAL)["state"] == "not_applicable"
    runbook("duty", many, FINAL, "override", "--applies", "rule", "--counsel", "Mori", "--reason", "the bag was open")
    again = clock(runbook, many, FINAL)
    assert (again["state"], again["override"]) == ("running", None)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ([NOTIFY, "finished"], 2, "“finished” is not possible here."),
        ([NOTIFY], 2, "{filed|delayed|override|withdraw} is missing."),
        ([NOTIFY, "delayed"], 1, "Say why it is late."),
        ([NOTIFY, "delayed", "--reason", "  "], 1, "Say why it is late."),
        ([NOTIFY, "filed", "--counsel", "Mori"], 2, "--counsel does not go with “filed”."),
        ([NOTIFY, "withdraw", "--receipt", "A-1"], 2, "It takes: --reason."),
        ([NOTIFY, "override", "--counsel", "Mori", "--reason", "r"], 2, "Give --applies yes, no, or rule"),
        ([NOTIFY, "override", "--applies", "maybe", "--counsel", "M", "--reason", "r"], 2, "yes, no, rule"),
        ([NOTIFY, "override", "--applies", "no", "--reason", "r"], 1, "Say which counsel decided it."),
        ([NOTIFY, "override", "--applies", "no", "--counsel", "Mori"], 1, "Say why counsel decided so."),
        ([NOTIFY, "filed", "--at", "later"], 2, "“later” is not a time."),
        ([NOTIFY, "filed", "--at", "2022-06-23T09:00"], 2, "a time that has not come yet"),
        ([NOTIFY, "filed", "--if-seq", "x"], 2, "“x” is not a whole number."),
        ([NOTIFY, "filed", "more"], 2, "“more” is one word too many here."),
        (["test.act.notfy", "filed"], 1, "Did you mean: test.act.notify"),
        (["nonsense", "filed"], 1, "“runbook clocks” lists the duties."),
        (["step:police", "filed"], 1, "“step:police” is the deadline of a step."),
        ([NOTIFY, "delayed", "--reason", "the password has 13 characters"], 1, "may not describe a password"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    runbook: Runbook, many: str, words: list[str], code: int, sentence: str
) -> None:
    before = types(runbook, many)
    said = runbook("duty", many, *words, code=code)
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert types(runbook, many) == before


def test_a_rival_act_since_then_is_refused(runbook: Runbook, many: str) -> None:
    runbook("--as", "suzuki", "duty", many, NOTIFY, "filed", "--receipt", "A-1")
    said = runbook("duty", many, NOTIFY, "filed", "--receipt", "A-2", "--if-seq", "4", code=1)
    assert "suzuki" in said.err
    runbook("duty", many, NOTIFY, "filed", "--receipt", "A-2", "--if-seq", "5")


def test_a_closed_incident_is_refused(runbook: Runbook, many: str) -> None:
    runbook("close", many, "--explain", "over")
    runbook("duty", many, NOTIFY, "filed", code=1)


def test_a_duty_of_a_law_not_asked_can_still_be_filed(runbook: Runbook, act: str) -> None:
    """What was done is recorded whether or not the rule would have asked for it."""
    said = runbook("duty", act, "jp.appi.68.prelim", "filed")
    assert "Duty met" in said.err


@pytest.mark.parametrize("language", ["en", "ja"])
def test_help_names_every_act(runbook: Runbook, language: str) -> None:
    said = runbook("--lang", language, "duty", "--help").out
    for word in ("filed", "delayed", "override", "withdraw", "--at", "--receipt", "--by", "--applies", "--counsel"):
        assert word in said


@pytest.fixture
def clock_at(clock: Clockwork) -> Clockwork:
    """The machine's clock, by another name: `clock` here is a duty's."""
    return clock
