"""A notice from its draft to its correction, by commands, with a kind and a template of one's own."""

from __future__ import annotations

import email
import hashlib
from email import policy
from pathlib import Path

import pytest

from runbook.content import Content
from runbook.notices.documents import FORMAT_NAMES
from tests.cli.conftest import Clockwork, Runbook

TEMPLATE = """---
title: A word on the loss
requires: [organization, lost_place]
uses: [police_station]
approver: the press officer
---
# A word on the loss

{{ organization }}, as of {{ issued }}

{{ organization }} is sorry. It was lost in {{ lost_place }}. It was reported to {{ police_station }}.

Please ask at the town hall.
"""
KIND = "  - {id: X01, slug: own-word, audience: citizens, title: {ja: ひとこと, en: A word}}\n"


@pytest.fixture
def live(runbook: Runbook, record: Path) -> str:
    templates = record.parent / "content" / "templates"
    for language in ("ja", "en"):
        (templates / language).mkdir(parents=True)
        (templates / language / "own-word.md.j2").write_text(TEMPLATE, "utf-8")
    shipped = Content(None).file("templates/kinds.yaml").read_text("utf-8")
    (templates / "kinds.yaml").write_text(shipped.rstrip("\n") + "\n" + KIND, "utf-8")
    id = runbook("new", "lost-media", "--title", "USB").out.strip()
    runbook("fact", id, "organization=Koshi City", "police_station=North Station")
    return id


def acted(runbook: Runbook, who: str, *words: str, code: int = 0) -> str:
    return runbook("--as", who, "notice", *words, code=code).err


def published(runbook: Runbook, live: str) -> None:
    runbook("fact", live, "lost_place=Suita")
    acted(runbook, "tanaka", "submit", live, "own-word")
    acted(runbook, "sato", "approve", live, "own-word")
    acted(runbook, "tanaka", "publish", live, "own-word", "--channel", "web page", "--address", "https://koshi.example")


def state(runbook: Runbook, live: str) -> dict[str, object]:
    (notice,) = runbook("status", live, "--json").json["notices"]
    return {name: notice[name] for name in ("kind", "language", "state", "stale")}


def test_it_is_refused_until_it_is_complete_then_approved_by_someone_else(runbook: Runbook, live: str) -> None:
    assert "Missing: Place of the loss." in acted(runbook, "tanaka", "submit", live, "X01", code=1)
    runbook("fact", live, "lost_place=Suita")
    assert "Notice submitted for approval" in acted(runbook, "tanaka", "submit", live, "X01")
    assert "cannot approve it" in acted(runbook, "tanaka", "approve", live, "X01", code=1)
    assert "not approved" in acted(runbook, "tanaka", "publish", live, "X01", "--channel", "web", code=1)
    assert "not authenticated" in acted(runbook, "sato", "approve", live, "X01")
    assert state(runbook, live) == {"kind": "own-word", "language": "en", "state": "approved", "stale": False}


def test_the_file_carries_the_drafts_mark_until_it_is_approved_and_then_exactly_the_approved_bytes(
    runbook: Runbook, live: str, tmp_path: Path, clock: Clockwork
) -> None:
    target = tmp_path / "word.md"
    published(runbook, live)
    runbook("notice", "versions", live, "own-word")
    lines = runbook("notice", "versions", live, "own-word", "--json").json
    assert [line["what"] for line in lines] == ["draft", "submitted", "approved", "published"]
    assert (lines[-1]["channel"], lines[-1]["address"]) == ("web page", "https://koshi.example")
    assert len(lines[-1]["head"].split("-")) == 6 or len(lines[-1]["head"].split()) == 6
    clock.forward(hours=3)
    runbook("notice", "draft", live, "own-word", "-o", str(target))
    text = target.read_bytes()
    assert hashlib.sha256(text).hexdigest() == lines[-1]["sha256"]
    assert b"DRAFT" not in text
    runbook("fact", live, "lost_place=Osaka")
    said = runbook("notice", "draft", live, "own-word", "--new", "-o", str(target), code=1)
    assert "G10" in said.err  # what was published is wrong now, and this text does not say so
    assert "DRAFT – NOT APPROVED" in target.read_text("utf-8")
    assert state(runbook, live)["state"] == "draft"


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_a_drill_leaves_in_no_format_without_its_mark(runbook: Runbook, live: str, tmp_path: Path, format: str) -> None:
    drill = runbook("new", "lost-media", "--drill").out.strip()
    runbook("fact", drill, "organization=Koshi City", "police_station=North Station")
    published(runbook, drill)
    said = runbook("notice", "draft", drill, "own-word", "--format", format, "-o", str(tmp_path / f"word.{format}"))
    path = Path(said.out.strip())
    assert path.name == f"DRILL-word.{format}"
    assert not (tmp_path / f"word.{format}").exists()
    if format in ("md", "txt", "html"):
        assert "訓練 / DRILL" in path.read_text("utf-8")
    if format == "eml":
        assert "DRILL" in str(email.message_from_bytes(path.read_bytes(), policy=policy.default)["subject"])


def test_a_wording_by_hand_stays_and_is_shown(runbook: Runbook, live: str, tmp_path: Path) -> None:
    runbook("fact", live, "lost_place=Suita")
    file = tmp_path / "word.md"
    runbook("notice", "draft", live, "own-word", "-o", str(file))
    file.write_text(file.read_text("utf-8").replace("is sorry.", "is deeply sorry."), "utf-8")
    acted(runbook, "yamamoto", "edit", live, "own-word", str(file))
    runbook("fact", live, "police_station=South Station")
    shown = runbook("notice", "draft", live, "own-word").out
    assert "is deeply sorry." in shown
    assert "reported to South Station." in shown
    assert shown.count("DRAFT") == 1
    assert "+ Koshi City is deeply sorry." in runbook("notice", "diff", live, "own-word").out


def test_a_conflict_is_named_and_settled(runbook: Runbook, live: str, tmp_path: Path) -> None:
    runbook("fact", live, "lost_place=Suita")
    file = tmp_path / "word.md"
    runbook("notice", "draft", live, "own-word", "-o", str(file))
    file.write_text(file.read_text("utf-8").replace("It was lost in Suita.", "It was lost near Suita."), "utf-8")
    runbook("notice", "edit", live, "own-word", str(file))
    runbook("fact", live, "lost_place=Osaka")
    said = runbook("notice", "draft", live, "own-word")
    assert "It was lost near Suita." in said.out
    assert "worded by hand, and the facts changed since" in said.err
    assert "worded by hand" in acted(runbook, "tanaka", "submit", live, "own-word", code=1)
    out = runbook("notice", "diff", live, "own-word").out
    assert "mine     It was lost near Suita." in out
    assert "theirs   It was lost in Osaka." in out
    runbook("notice", "settle", live, "own-word", "1", "theirs")
    assert "It was lost in Osaka." in runbook("notice", "draft", live, "own-word").out
    assert "no such conflict" in runbook("notice", "settle", live, "own-word", "1", "mine", code=1).err


def test_a_changed_fact_makes_the_publication_stale_until_it_is_corrected(runbook: Runbook, live: str) -> None:
    assert runbook("notice", "stale", live).out == ""
    published(runbook, live)
    runbook("fact", live, "lost_place=Osaka")
    (line,) = runbook("notice", "stale", live, "--json", code=1).json
    assert {name: line[name] for name in ("kind", "language", "fact", "was", "now")} == {
        "kind": "own-word",
        "language": "en",
        "fact": "lost_place",
        "was": "Suita",
        "now": "Osaka",
    }
    said = runbook("notice", "stale", live, code=1)
    assert "was Suita, is Osaka" in said.out
    assert "correction" in said.err
    assert state(runbook, live)["stale"] is True
    runbook("notice", "correct", live, "own-word", "--reason", "We had misheard.")
    assert state(runbook, live) == {"kind": "own-word", "language": "en", "state": "corrected", "stale": False}
    runbook("notice", "withdraw", live, "own-word", "--reason", "Replaced by the page.")
    assert state(runbook, live)["state"] == "withdrawn"
    assert "not published" in runbook("notice", "withdraw", live, "own-word", "--reason", "again", code=1).err


def test_a_notice_that_came_out_since_is_told_of_and_keeps_an_approved_list_of_them_in(
    runbook: Runbook, live: str, record: Path
) -> None:
    template = record.parent / "content" / "templates" / "en" / "own-word.md.j2"
    (template.parent / "discipline.md.j2").write_text(TEMPLATE, "utf-8")
    template.write_text(TEMPLATE + "\n{% for one in history %}\n- {{ one.title }}\n{% endfor %}\n", "utf-8")
    runbook("fact", live, "lost_place=Suita")
    for kind in ("own-word", "discipline"):
        acted(runbook, "tanaka", "submit", live, kind)
        acted(runbook, "sato", "approve", live, kind)
    acted(runbook, "tanaka", "publish", live, "discipline", "--channel", "web page")
    left_out = "“Notice of disciplinary action” came out since this was submitted"
    assert left_out in runbook("notice", "draft", live, "own-word", "-o", "-").err
    assert left_out in acted(runbook, "tanaka", "publish", live, "own-word", "--channel", "web page", code=1)


def test_a_warning_needs_a_second_persons_reason(runbook: Runbook, live: str, record: Path) -> None:
    template = record.parent / "content" / "templates" / "en" / "own-word.md.j2"
    template.write_text(TEMPLATE + "\nThe stick has a password.\n", "utf-8")
    runbook("fact", live, "lost_place=Suita")
    acted(runbook, "tanaka", "submit", live, "own-word")
    assert "G02" in acted(runbook, "sato", "approve", live, "own-word", code=1)
    assert "second person" in acted(runbook, "tanaka", "pass", live, "own-word", "g02", "--reason", "known", code=1)
    acted(runbook, "suzuki", "pass", live, "own-word", "g02", "--reason", "The council was told.")
    acted(runbook, "sato", "approve", live, "own-word")
    assert "Warning G02 passed" in runbook("log", live).out
    assert "finds nothing" in acted(runbook, "suzuki", "pass", live, "own-word", "G99", "--reason", "x", code=1)


def test_an_act_decided_on_an_older_state_is_refused(runbook: Runbook, live: str) -> None:
    runbook("fact", live, "lost_place=Suita")
    runbook("notice", "draft", live, "own-word")
    seen = runbook("status", live, "--json").json["head"]["seq"]
    acted(runbook, "tanaka", "submit", live, "own-word")
    said = acted(runbook, "sato", "approve", live, "own-word", "--if-seq", str(seen), code=1)
    assert "Meanwhile tanaka changed this" in said


def test_each_writing_has_a_life_of_its_own(runbook: Runbook, live: str) -> None:
    published(runbook, live)
    runbook("notice", "draft", live, "own-word", "--lang", "ja")
    states = {one["language"]: one["state"] for one in runbook("status", live, "--json").json["notices"]}
    assert states == {"en": "published", "ja": "draft"}


def test_the_files_name_says_its_format(runbook: Runbook, live: str, tmp_path: Path) -> None:
    runbook("fact", live, "lost_place=Suita")
    runbook("notice", "draft", live, "own-word", "-o", str(tmp_path / "word.pdf"))
    assert (tmp_path / "word.pdf").read_bytes().startswith(b"%PDF")
    runbook("notice", "draft", live, "own-word", "-o", str(tmp_path / "word.note"))
    assert (tmp_path / "word.note").read_text("utf-8").startswith("**下書き")


def test_a_text_is_checked_as_a_kind_of_notice(runbook: Runbook, live: str, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("# Notice\n\nKoshi City apologises.\n", "utf-8")
    assert "G21" not in runbook("notice", "check", str(file), "--incident", live).out
    assert "G21" in runbook("notice", "check", str(file), "--incident", live, "--kind", "D02", code=1).out
    assert "needs --incident" in runbook("notice", "check", str(file), "--kind", "D02", code=2).err
    file.write_text(" \n", "utf-8")
    assert "no text" in runbook("notice", "check", str(file), code=2).err


def test_whoever_submits_and_approves_is_told_of_words_that_are_not_translated(runbook: Runbook, live: str) -> None:
    runbook("fact", live, "lost_place=吹田市")
    assert "Japanese words are still in the text." in acted(runbook, "tanaka", "submit", live, "own-word")
    assert "Japanese words are still in the text." in acted(runbook, "sato", "approve", live, "own-word")
    runbook("fact", live, "lost_place=Suita")
    runbook("notice", "draft", live, "own-word", "--new")
    assert "Japanese words" not in acted(runbook, "tanaka", "submit", live, "own-word")


def test_a_report_is_filed_and_withdrawing_it_takes_its_filing_back(runbook: Runbook, live: str) -> None:
    runbook("fact", live, "organization_type=public_body", "persons=460517", "law_as_of=2026-10-03", "known_at=15:30")
    kind = "commission-preliminary"
    acted(runbook, "tanaka", "submit", live, kind)
    acted(runbook, "sato", "approve", live, kind)
    acted(runbook, "tanaka", "publish", live, kind, "--channel", "the commission's form")
    assert f"{kind}/en  filed\n" in runbook("status", live).out
    assert "  filed  tanaka" in runbook("notice", "versions", live, kind).out
    assert filed(runbook, live)
    acted(runbook, "tanaka", "withdraw", live, kind, "--reason", "sent for another incident")
    assert not filed(runbook, live)
    log = runbook("log", live).out
    assert "Filed notice withdrawn: Preliminary report to the commission (in English): sent for another incident" in log


def filed(runbook: Runbook, live: str) -> bool:
    """Whether the commission's preliminary report counts as filed."""
    found = {clock["id"]: clock for clock in runbook("clocks", live, "--json").json}
    return bool(found["jp.appi.68.prelim"]["state"] == "met")
