"""`runbook severity`: the worksheet as text and JSON, choosing on it, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Clockwork, Runbook

GOLDEN = Path(__file__).parents[1] / "golden" / "severity.en.txt"


@pytest.fixture
def worked(runbook: Runbook, incident: str, clock: Clockwork) -> str:
    """A lost stick with accounts: two lines chosen, one of them overtaken by a fact."""
    runbook("fact", incident, "cause=loss", "financial_risk=yes", "persons=460517")
    clock.forward(minutes=10)
    why = "names with dates of birth and addresses"
    runbook("severity", incident, "--set", "identification=maximum", "--set", "simple=basic", "--reason", why)
    runbook("severity", incident, "--set", "confidentiality=unknown", "--reason", "it lay in the street")
    clock.forward(minutes=10)
    runbook("fact", incident, "cause=misdelivery")
    return incident


def test_the_worksheet_as_people_read_it(runbook: Runbook, worked: str) -> None:
    assert runbook("severity", worked).out == GOLDEN.read_text("utf-8")


def test_it_is_written_in_japanese_too(runbook: Runbook, worked: str) -> None:
    out = runbook("--lang", "ja", "severity", worked).out
    assert "財産に関する情報" in out
    assert "法律上の基準ではありません" in out
    assert "非常に高い" in out


def test_json_has_every_line_with_its_choices(runbook: Runbook, worked: str) -> None:
    found = runbook("severity", worked, "--json").json
    # DPC 3 (financial, by the facts) to 4; EI 1; CB 0.5 chosen, an error adds nothing, two lines open: 0.5 to 1.5
    assert (found["method"], found["low"], found["high"]) == ("enisa-2013", 3.5, 5.5)
    assert (found["dpc"], found["ei"]) == ({"low": 3.0, "high": 4.0}, {"low": 1.0, "high": 1.0})
    assert found["cb"] == {"low": 0.5, "high": 1.5}
    assert (found["band"], found["bands"]) == (None, ["high", "very-high"])
    lines = {line["id"]: line for line in found["lines"]}
    assert len(lines) == 9
    assert (lines["financial"]["choice"], lines["financial"]["score"], lines["financial"]["judged"]) == (
        "basic",
        3.0,
        None,
    )
    chosen = lines["confidentiality"]
    assert (chosen["choice"], chosen["suggested"], chosen["judge_again"]) == ("unknown", "known", ["cause"])
    assert chosen["judged"] == {
        "choice": "unknown",
        "reason": "it lay in the street",
        "actor": "sato",
        "recorded_at": "2022-06-22T15:55:00+09:00",
        "seq": 7,
    }
    assert [choice["score"] for choice in chosen["choices"]] == [0.0, 0.25, 0.5]
    assert chosen["choices"][1]["score_confidence"] == "secondary"
    assert chosen["choices"][1]["text_confidence"] == "memory-high"
    assert [(one["id"], one["raised"]) for one in found["flags"]] == [("persons", "yes"), ("unintelligible", "no")]
    assert [(one["seq"], one["subject"]) for one in found["history"]][-1] == (8, "fact:cause")


def test_choosing_prints_what_comes_of_it(runbook: Runbook, incident: str) -> None:
    said = runbook("severity", incident, "--set", "identification=negligible", "--reason", "no key")
    assert said.out.splitlines()[:2] == [
        "Severity: 0.25 to 3.00, low to high",
        "    DPC (1 to 4) x EI 0.25 + CB (0 to 2) = 0.25 to 3.00",
    ]
    assert "not a test of law" in said.out
    assert "Simple data" not in said.out


def test_a_choice_is_given_back_to_the_facts(runbook: Runbook, worked: str) -> None:
    runbook("severity", worked, "--clear", "confidentiality", "--reason", "only the recipients had it")
    line = next(one for one in runbook("severity", worked, "--json").json["lines"] if one["id"] == "confidentiality")
    assert (line["choice"], line["score"], line["judged"], line["judge_again"]) == ("known", 0.25, None, [])
    assert "only the recipients had it" in runbook("log", worked).out


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--set", "financial=huge", "--reason", "x"), 1, "Choose one of: none, little, limited, basic, full."),
        (("--set", "financal=full", "--reason", "x"), 1, "Did you mean: financial?"),
        (("--set", "financial=full"), 1, "Say why this is chosen."),
        (("--set", "financial", "--reason", "x"), 2, "not of the form NAME=VALUE"),
        (("--set", "financial=", "--reason", "x"), 2, "Use --clear financial"),
        (("--clear", "confidentiality"), 1, "Say why it is given back."),
        (("--reason", "x"), 2, "A reason belongs to a choice."),
    ],
)
def test_what_cannot_be_chosen_is_said_and_nothing_recorded(
    runbook: Runbook, worked: str, words: tuple[str, ...], code: int, sentence: str
) -> None:
    before = runbook("log", worked).out
    assert sentence in runbook("severity", worked, *words, code=code).err
    assert runbook("log", worked).out == before


def test_one_wrong_choice_of_two_records_neither(runbook: Runbook, incident: str) -> None:
    two = ("--set", "financial=full", "--set", "simple=huge", "--reason", "x")
    runbook("severity", incident, *two, code=1)
    assert runbook("severity", incident, "--json").json["lines"][2]["choice"] is None


def test_a_choice_meanwhile_made_by_another_is_not_overwritten(runbook: Runbook, incident: str) -> None:
    runbook("--as", "suzuki", "severity", incident, "--set", "financial=full", "--reason", "cards")
    said = runbook("severity", incident, "--set", "financial=basic", "--reason", "x", "--if-seq", "1", code=1)
    assert "suzuki" in said.err


def test_an_incident_without_a_method_says_so(runbook: Runbook, record: Path) -> None:
    (record.parent / "content" / "playbooks" / "severity.yaml").write_text("nothing: here", "utf-8")
    bare = runbook("new", "small").out.strip()
    assert "no method for judging severity" in runbook("severity", bare, code=1).err
