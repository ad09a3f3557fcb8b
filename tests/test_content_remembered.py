"""Content that remembers: what was read once is read no more; the plain one sees every change of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.content import Content
from runbook.errors import BadContent
from tests.drilling import SCENARIO


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "playbooks" / "scenarios").mkdir(parents=True)
    _write(tmp_path, SCENARIO)
    return tmp_path


def _write(own: Path, text: str) -> None:
    (own / "playbooks" / "scenarios" / "small.yaml").write_text(text, "utf-8")


def test_only_the_plain_one_sees_that_a_file_changed(own: Path) -> None:
    plain = Content(own)
    remembering = plain.remembered()
    before = remembering.scenario("small")
    assert before == plain.scenario("small")
    _write(own, SCENARIO.replace("A small drill", "Another drill"))
    assert plain.scenario("small").title.en == "Another drill"
    assert remembering.scenario("small") is before


def test_what_was_wrong_is_looked_at_again(own: Path) -> None:
    remembering = Content(own).remembered()
    _write(own, "id: small\n")
    with pytest.raises(BadContent):
        remembering.scenario_text("no-such-scenario")
    with pytest.raises(BadContent):
        remembering.scenario("small")


def test_what_one_asks_for_and_changes_stays_ones_own(own: Path) -> None:
    remembering = Content(own).remembered()
    _, texts = remembering.edition("lost-media")
    texts["scenario"] = "mine"
    assert "scenario" not in remembering.edition("lost-media")[1]


def test_an_edition_that_is_held_is_another_content(own: Path) -> None:
    remembering = Content(own).remembered()
    text = remembering.text("playbooks/guardrails.yaml")[1]
    held = remembering.holding("playbooks/guardrails.yaml", text + "# mine\n")
    assert held.text("playbooks/guardrails.yaml")[1].endswith("# mine\n")
    assert remembering.text("playbooks/guardrails.yaml")[1] == text
    assert remembering.holding("playbooks/guardrails.yaml", text + "# mine\n") is held
