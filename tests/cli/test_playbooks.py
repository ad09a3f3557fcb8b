"""When a playbook was last reviewed and last drilled, on the list of playbooks."""

from __future__ import annotations

from tests.cli.conftest import Runbook


def of(listed: object, id: str) -> tuple[object, object]:
    assert isinstance(listed, list)
    [found] = [one for one in listed if one["id"] == id]
    return found["reviewed"], found["drilled"]


def test_a_playbook_says_when_it_was_last_drilled(runbook: Runbook) -> None:
    edition = next(one["edition"] for one in runbook("playbook", "list", "--json").json if one["id"] == "lost-media")
    assert of(runbook("playbook", "list", "--json").json, "lost-media") == (edition, None)
    assert f"last reviewed {edition}, no drill in this record" in runbook("playbook", "list").out
    runbook("drill", "start", "first-hour")
    day = of(runbook("playbook", "list", "--json").json, "lost-media")[1]
    assert day == runbook("drill", "list", "--json").json["drills"][0]["held_at"][:10]
    assert f"last reviewed {edition}, last drilled {day}" in runbook("playbook", "list").out
    assert of(runbook("playbook", "list", "--json").json, "small")[1] is None


def test_what_was_opened_without_a_scenario_is_no_drill(runbook: Runbook) -> None:
    runbook("new", "lost-media")
    runbook("new", "lost-media", "--drill")
    assert of(runbook("playbook", "list", "--json").json, "lost-media")[1] is None
