"""`runbook playbook check` and `regimes`: laws in a user's own folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Runbook
from tests.test_method_mistakes import RIGHT as METHOD
from tests.test_pinning import LAW
from tests.test_regime_mistakes import RIGHT


@pytest.fixture
def own(tmp_path: Path, record: Path) -> Path:
    """The user's folder of playbooks, with an empty one for regimes in it."""
    playbooks = tmp_path / "content" / "playbooks"
    (playbooks / "regimes").mkdir()
    return playbooks


def test_a_regime_is_checked_wherever_it_lies(runbook: Runbook, own: Path, tmp_path: Path) -> None:
    right = tmp_path / "xx.law.yaml"
    right.write_text(RIGHT, "utf-8")
    assert runbook("playbook", "check", str(right)).out == ""
    right.write_text(RIGHT.replace("target_days: 3-5", "target_day: 3-5"), "utf-8")
    said = runbook("playbook", "check", str(right), code=2)
    assert said.out.splitlines() == [
        f"{right}:51: Give exactly one rule of: hours, days, days_after, target_days, business_days, without_delay, "
        "days_after_year_end.",
        f"{right}:51: “target_day” is not known here. Did you mean “target_days”?",
    ]
    assert said.err == "2 mistakes.\n"
    right.write_text(RIGHT.replace("target_days: 3-5", "target_days: 5-3"), "utf-8")
    assert runbook("playbook", "check", str(right), code=2).err == "1 mistake.\n"


@pytest.mark.parametrize(
    ("place", "text", "first"),
    [
        ("regimes/xx.yaml", "title: x\n", "“as_of” is missing."),
        ("xx.yaml", "title: x\n", "“about” is missing."),
        ("xx.yaml", "title: x\nduties: []\n", "“as_of” is missing."),
        ("regimes/xx.yaml", "title: x\nphases: []\nedition: 2026-11-21\n", "“about” is missing."),
        ("severity.yaml", "title: x\n", "“as_of” is missing."),
        ("xx.yaml", "bands: []\n", "“as_of” is missing."),
    ],
)
def test_what_a_file_is_shows_by_its_keys_then_by_its_place(
    runbook: Runbook, own: Path, place: str, text: str, first: str
) -> None:
    (own / place).write_text(text, "utf-8")
    said = runbook("playbook", "check", str(own / place), code=2).out
    assert said.splitlines()[0] == f"{own / place}:1: {first}"


def test_the_severity_method_is_checked(runbook: Runbook, tmp_path: Path, record: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(METHOD, "utf-8")
    assert runbook("playbook", "check", str(mine)).err == "No mistakes.\n"
    mine.write_text(METHOD.replace("score: 50", "score: 51"), "utf-8")
    assert "“score” must be from 0 to 50." in runbook("playbook", "check", str(mine), code=2).out


def test_a_regime_is_checked_against_playbooks_and_other_regimes(runbook: Runbook, own: Path) -> None:
    """`small` declares no facts; `lost-media` has a text `commission_receipt`. The file itself is not another one."""
    law = own / "regimes" / "xx.law.yaml"
    law.write_text(LAW, "utf-8")
    (own / "regimes" / "xx.yaml").write_text(LAW.replace("id: xx.law\n", "id: xx\n"), "utf-8")
    claims = "facts:\n  commission_receipt: {type: yesno, title: {ja: 番号, en: Receipt}}\nduties:\n"
    law.write_text(LAW.replace("duties:\n", claims), "utf-8")
    assert runbook("playbook", "check", str(law), code=2).out.splitlines() == [
        f"{law}:8: The fact “commission_receipt” has the type “text”, not “yesno”.",
        f"{law}:10: The duty “xx.law.report” is in xx.yaml already.",
    ]


def test_a_playbook_is_checked_against_the_regimes(runbook: Runbook, own: Path) -> None:
    (own / "regimes" / "xx.law.yaml").write_text(RIGHT, "utf-8")
    small = own / "small.yaml"
    text = small.read_text("utf-8")
    step = "      - id: police\n"
    text = "".join(one for one in text.splitlines(keepends=True) if not one.startswith("        due:"))
    line = text.count("\n", 0, text.index(step)) + 2

    def checked(*keys: str) -> list[str]:
        small.write_text(text.replace(step, step + "".join(f"        {key}\n" for key in keys)), "utf-8")
        said = runbook("playbook", "check", str(small), code=2).out
        return [one.removeprefix(f"{small}:") for one in said.splitlines()]

    assert checked("due: {duties: [xx.law.frist]}", "files: {duties: [xx.law.frist], receipt: station}") == [
        f"{line}: There is no duty “xx.law.frist”. Did you mean “xx.law.first”?",
        f"{line + 1}: There is no duty “xx.law.frist”. Did you mean “xx.law.first”?",
    ]
    assert checked("due: {duties: [xx.law.first], from: opened}", "files: {duties: [], at: station, by: stat}") == [
        f"{line}: “from” does not go together with “duties”.",
        f"{line + 1}: There is no field for a name “stat”. Did you mean “station”?",
        f"{line + 1}: There is no time field “station”.",
        f"{line + 1}: “duties” is empty.",
    ]
    text += "facts:\n  serious: {type: text, title: {ja: 重大, en: Serious}}\n"
    assert checked("due: {duties: [xx.law.first]}") == [
        f"{text.count(chr(10)) + 1}: The fact “serious” has the type “yesno”, not “text”."
    ]


def test_the_regimes_there_are(runbook: Runbook, own: Path) -> None:
    (own / "regimes" / "xx.law.yaml").write_text(RIGHT, "utf-8")
    said = runbook("playbook", "regimes").out
    assert """\
xx.law  An invented law
    read on 2026-11-21, in force from 2020-04-01, in force until 2030-03-31, asked unless the fact “regimes” names others
    xx.law.first  First report
    xx.law.target  By the guidance (in force from 2027-01-01)
    xx.law.persons  The persons
""" in said  # fmt: skip
    assert "asked where the fact “regimes” names it" in said.split("eu.gdpr")[1].split("\n")[1]
    (law,) = (one for one in runbook("playbook", "regimes", "--json").json if one["id"] == "xx.law")
    always = {"from": "2020-04-01", "until": "2030-03-31"}
    assert law == {
        "id": "xx.law",
        "title": "An invented law",
        "as_of": "2026-11-21",
        "default": True,
        "in_force": always,
        "duties": [
            {"id": "xx.law.first", "title": "First report", "in_force": always},
            {"id": "xx.law.target", "title": "By the guidance", "in_force": {"from": "2027-01-01", "until": None}},
            {"id": "xx.law.persons", "title": "The persons", "in_force": always},
        ],
    }


def test_a_broken_regime_is_said_and_hides_no_other(runbook: Runbook, own: Path) -> None:
    (own / "regimes" / "xx.law.yaml").write_text("id: xx.law\nname: \x1b[31m\n", "utf-8")
    said = runbook("playbook", "regimes", "--json")
    assert said.err.startswith("This regime has mistakes and is left out: xx.law.yaml:2: There is a control character")
    assert "\x1b" not in said.err
    assert {"jp.appi.68", "eu.gdpr"} <= {law["id"] for law in said.json}


def test_clocks_say_which_law_is_missing(runbook: Runbook, own: Path) -> None:
    (own / "regimes" / "xx.law.yaml").write_text("id: xx.law\n", "utf-8")
    id = runbook("new", "lost-media").out.strip()
    said = runbook("clocks", id)
    assert "xx.law.yaml:1: “as_of” is missing. (and 3 more)" in said.out + said.err
    assert "jp.appi.68.prelim" in str(runbook("clocks", id, "--json").json)


def test_what_a_law_calls_itself_steers_no_terminal(runbook: Runbook, own: Path) -> None:
    (own / "regimes" / "xx.law.yaml").write_text(RIGHT.replace("en: An invented law", 'en: "a\\nb\u202ec"'), "utf-8")
    said = runbook("playbook", "regimes").out
    assert "\u202e" not in said
    assert "xx.law  a\n" not in said


def test_a_broken_method_is_said_where_severity_is_judged(runbook: Runbook, own: Path) -> None:
    (own / "severity.yaml").write_text("id: mine\n", "utf-8")
    id = runbook("new", "small").out.strip()
    said = runbook("severity", id, code=1).err
    assert "Its file could not be used: severity.yaml:1: “as_of” is missing." in said
