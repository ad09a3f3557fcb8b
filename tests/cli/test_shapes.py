"""The JSON shapes, written down by hand: other programs rely on every key."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.cli.conftest import Clockwork, Runbook

OPENED = "2022-06-22T15:45:00+09:00"
CODE = r"[2-9A-Y]{4}(-[2-9A-Y]{4}){5}"


def log(runbook: Runbook, incident: str) -> list[Any]:
    entries: list[Any] = runbook("log", incident, "--json").json
    return entries


def test_new(runbook: Runbook) -> None:
    made = runbook("new", "small", "--json").json
    assert list(made) == ["id"]
    assert re.fullmatch(r"20220622-[2-9a-z]{4}", made["id"])


@pytest.mark.parametrize(("language", "title"), [("en", "Small playbook"), ("ja", "小さな手順書")])
def test_an_incident_without_a_title_is_called_like_its_playbook(runbook: Runbook, language: str, title: str) -> None:
    runbook("--lang", language, "new", "small")
    assert runbook("list", "--json").json[0]["title"] == title


def test_list(runbook: Runbook, incident: str) -> None:
    assert runbook("list", "--json").json == [
        {
            "id": incident,
            "title": "USB",
            "playbook": "small",
            "mode": "live",
            "demo": False,
            "opened_at": OPENED,
            "closed_at": None,
            "next_due_at": "2022-06-22T16:15:00+09:00",
        }
    ]


def test_list_of_nothing(runbook: Runbook) -> None:
    assert runbook("list", "--json").out == "[]\n"


def step(id: str, number: str, phase: str, **more: object) -> dict[str, object]:
    todo = {"state": "todo", "started_at": None, "done_at": None, "due_at": None, "overdue": False, "owner": None}
    return {"id": id, "number": number, "phase": phase, **todo, **more}


SILENT: dict[str, object] = {
    "law": None,
    "provisional": False,
    "aim_at": None,
    "readings": [],
    "binding": None,
    "party": None,
    "questions": [],
    "doubts": [],
    "law_as_of": None,
    "read_on": None,
    "late": None,
    "filings": [],
    "delay": None,
    "override": None,
}
"""What the clock of a step says nothing of."""
AIM = {
    **SILENT,
    "id": "step:notice-what",
    "step": "notice-what",
    "regime": None,
    "to": None,
    "what": "What was noticed",
    "applies": "yes",
    "starts_at": OPENED,
    "due_at": "2022-06-22T16:15:00+09:00",
    "earliest": None,
    "latest": None,
    "state": "running",
    "met_at": None,
    "target": True,
    "basis": None,
    "confidence": None,
}
DUTY = {
    **SILENT,
    "id": "step:police",
    "step": "police",
    "regime": None,
    "to": "the head, the press office",
    "what": "Report the loss",
    "applies": "yes",
    "starts_at": None,
    "due_at": None,
    "earliest": None,
    "latest": None,
    "state": "unknown",
    "met_at": None,
    "target": False,
    "basis": "The Test Act",
    "confidence": "official",
}


def of_steps(clocks: list[Any]) -> list[Any]:
    """Without those of the laws that are always asked: test_clocks.py has a law of its own for them."""
    return [clock for clock in clocks if clock["regime"] is None]


def derivations(clocks: list[Any]) -> list[str]:
    """What the clocks say of how they were computed; taken out, so that the rest can be compared as it is."""
    return [clock.pop("derivation") for clock in clocks]


def test_status_of_a_new_incident(runbook: Runbook, incident: str) -> None:
    status = runbook("status", incident, "--json").json
    status["clocks"] = of_steps(status["clocks"])
    last = log(runbook, incident)[-1]
    assert re.fullmatch(CODE, status["head"].pop("code"))
    assert "15:45" in (aim := derivations(status["clocks"])[0])
    assert "16:15" in aim
    assert status == {
        "id": incident,
        "title": "USB",
        "playbook": "small",
        "mode": "live",
        "demo": False,
        "zone": "Asia/Tokyo",
        "now": OPENED,
        "opened_at": OPENED,
        "closed_at": None,
        "steps": [
            step("notice-what", "1-1", "first", due_at="2022-06-22T16:15:00+09:00"),
            step("police", "1-2", "first", state="blocked"),
            step("press", "2-1", "publish"),
            step("theft", "2-2", "publish"),
        ],
        "next": ["notice-what", "press"],
        "facts": {},
        "open_facts": ["noticed_at", "police_station"],
        "datasets": [],
        "clocks": [AIM, DUTY],
        "notices": [],
        "head": {"seq": 1, "hash": last["hash"]},
    }


def test_status_of_an_incident_under_way(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    runbook("step", incident, "1-1", "start")
    clock.forward(minutes=45)
    runbook("--as", "suzuki", "fact", incident, "persons=460517", "--status", "estimate", "--source", "list")
    runbook("--as", "tanaka", "fact", incident, "persons=46万", "--source", "count", "--as-of", "2022-06-20")
    runbook("dataset", incident, "residents", "--count", "460,517", "--unit", "persons", "--fields", "name, address")
    runbook("step", incident, "theft", "skip", "--reason", "no sign of one")
    runbook("step", incident, "press", "assign", "--to", "yamada")
    status = runbook("status", incident, "--json").json
    assert status["steps"] == [
        step(
            "notice-what",
            "1-1",
            "first",
            state="active",
            started_at=OPENED,
            due_at="2022-06-22T16:15:00+09:00",
            overdue=True,
            owner="sato",
        ),
        step("police", "1-2", "first", state="blocked"),
        step("press", "2-1", "publish", owner="yamada"),
        step("theft", "2-2", "publish", state="skipped"),
    ]
    assert status["facts"] == {
        "persons": {
            "value": 460000,
            "precision": None,
            "status": "confirmed",
            "as_of": "2022-06-20T00:00:00+09:00",
            "source": "count",
            "contested": [{"value": 460517, "precision": None, "status": "estimate", "as_of": None, "source": "list"}],
        }
    }
    assert status["datasets"] == [
        {
            "name": "residents",
            "count": 460517,
            "unit": "persons",
            "estimate": False,
            "fields": ["name", "address"],
            "sensitive": [],
            "as_of": None,
            "source": None,
        }
    ]
    clocks = of_steps(status["clocks"])
    derivations(clocks)
    assert clocks == [{**AIM, "state": "overdue"}, DUTY]
    assert status["next"] == ["notice-what", "press"]


def test_facts_with_their_history(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    runbook("fact", incident, "noticed_at=~15:40", "--source", "guard")
    clock.forward(minutes=5)
    runbook("fact", incident, "noticed_at=", "--source", "guard")
    facts = runbook("fact", incident, "--json").json
    claim = {
        "value": "2022-06-22T15:40:00+09:00",
        "precision": "about",
        "status": "confirmed",
        "as_of": None,
        "source": "guard",
    }
    gone = {"value": None, "precision": None, "status": "withdrawn", "as_of": None, "source": "guard"}
    assert facts["noticed_at"] == {
        **gone,
        "contested": [],
        "history": [
            {**claim, "seq": 2, "actor": "sato", "recorded_at": OPENED, "undone": False},
            {**gone, "seq": 3, "actor": "sato", "recorded_at": "2022-06-22T15:50:00+09:00", "undone": False},
        ],
    }
    nothing = {"value": None, "precision": None, "status": None, "as_of": None, "source": None}
    assert facts["persons"] == {**nothing, "contested": [], "history": []}


def test_log(runbook: Runbook, incident: str, clock: Clockwork) -> None:
    clock.forward(minutes=30)
    runbook("note", incident, "bag\x1b[2Jgone", "--at", "~15:40")
    entries = log(runbook, incident)
    assert [len(entry.pop("hash")) for entry in entries] == [64, 64]
    assert entries == [
        {
            "seq": 1,
            "type": "incident_opened",
            "occurred_at": OPENED,
            "precision": "exact",
            "recorded_at": OPENED,
            "wall_at": OPENED,
            "actor": "sato",
            "summary": "Incident opened: USB",
        },
        {
            "seq": 2,
            "type": "note_written",
            "occurred_at": "2022-06-22T15:40:00+09:00",
            "precision": "about",
            "recorded_at": "2022-06-22T16:15:00+09:00",
            "wall_at": "2022-06-22T16:15:00+09:00",
            "actor": "sato",
            "summary": "Note: bag\x1b[2Jgone",
        },
    ]
    assert [entry["seq"] for entry in runbook("log", incident, "--json", "--since", "1").json] == [2]
    assert runbook("log", incident, "--json", "--since", "2").json == []


def test_clocks(runbook: Runbook, incident: str) -> None:
    runbook("fact", incident, "noticed_at=12:00")
    asked = runbook("clocks", incident, "--json", "--now", "2022-06-22T17:00")
    assert asked.err == "Time: 2022-06-22 17:00\n"
    started = {"starts_at": "2022-06-22T12:00:00+09:00", "due_at": "2022-06-22T15:00:00+09:00", "state": "overdue"}
    clocks = of_steps(asked.json)
    assert ["12:00" in said and "15:00" in said for said in derivations(clocks)] == [True, False]
    assert clocks == [{**DUTY, **started}, {**AIM, "state": "overdue"}]
    now = of_steps(runbook("clocks", incident, "--json").json)
    assert [clock["state"] for clock in now] == ["overdue", "running"]


def test_clocks_in_japanese(runbook: Runbook, incident: str) -> None:
    duty = next(
        clock for clock in runbook("--lang", "ja", "clocks", incident, "--json").json if clock["id"] == "step:police"
    )
    assert (duty["to"], duty["what"], duty["basis"]) == ("首長・広報", "遺失届を出す", "試験法")
    assert re.search("[ぁ-ん]", duty["derivation"])


def test_rows(runbook: Runbook, incident: str) -> None:
    runbook("row", incident, "custody", "--set", "tier=BIPROGY", "--set", "approved=はい")
    runbook("row", incident, "custody", "--set", "tier=second")
    assert runbook("row", incident, "custody", "--json").json == [
        {"key": "BIPROGY", "tier": "BIPROGY", "approved": "yes"},
        {"key": "second", "tier": "second", "approved": None},
    ]
    struck = runbook("row", incident, "custody", "--strike", "second", "--json").json
    assert [row["key"] for row in struck] == ["BIPROGY"]


def test_kinds_of_notice(runbook: Runbook) -> None:
    kinds = runbook("notice", "kinds", "--json").json
    assert {"id": "D02", "slug": "first-notice", "title": "First notice", "audience": "citizens"} in kinds


def test_findings_in_a_text(runbook: Runbook, tmp_path: Any) -> None:
    text = tmp_path / "draft.md"
    text.write_text("We are sorry.\n\nThe password has thirteen characters.\n", "utf-8")
    found = runbook("notice", "check", str(text), "--json", code=1).json
    assert list(found) == ["blocked", "findings"]
    assert found["blocked"] is True
    finding = found["findings"][0]
    assert list(finding) == ["rule", "severity", "message", "excerpt", "line", "why"]
    assert (finding["rule"], finding["severity"], finding["line"]) == ("G01", "block", 3)
    assert "thirteen characters" in finding["excerpt"]


def test_a_text_without_findings(runbook: Runbook, tmp_path: Any) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("We are sorry.", "utf-8")
    assert runbook("notice", "check", str(draft), "--json").json == {"blocked": False, "findings": []}


def test_playbooks(runbook: Runbook) -> None:
    listed = runbook("playbook", "list", "--json").json
    small = {"id": "small", "edition": "2022-06-22", "title": "Small playbook", "steps": 4}
    assert {**small, "reviewed": "2022-06-22", "drilled": None} in listed
    assert "lost-media" in [playbook["id"] for playbook in listed]


def test_a_bad_playbook_hides_no_other(runbook: Runbook, tmp_path: Any) -> None:
    (tmp_path / "content" / "playbooks" / "bad.yaml").write_text("id: bad\n", "utf-8")
    said = runbook("playbook", "list")
    assert "bad" in said.err
    assert "small" in said.out


def test_no_character_in_json_can_steer_a_terminal(runbook: Runbook, incident: str) -> None:
    runbook("note", incident, "a\x9b2Jb\u202ec\U000e0041d")
    said = runbook("log", incident, "--json")
    assert said.json[-1]["summary"] == "Note: a\x9b2Jb\u202ec\U000e0041d"
    assert not set("\x9b\u202e\U000e0041") & set(said.out)
