"""`notice draft`: to standard output or a file, kept in the record, its findings on standard error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Clockwork, Runbook


@pytest.fixture
def live(runbook: Runbook) -> str:
    return runbook("new", "lost-media", "--title", "USB").out.strip()


def test_to_standard_output_with_what_is_missing_on_the_side(runbook: Runbook, live: str) -> None:
    runbook("fact", live, "hotline_number=0120-746-370", "organization=Amagasaki City")
    said = runbook("notice", "draft", live, "D02", code=1)
    assert "G21 stops" in said.err
    assert said.out.startswith("**下書き / DRAFT – NOT APPROVED**\n\n# Loss of storage media")
    assert "- Telephone: 0120-746-370\n" in said.out
    assert "DRILL" not in said.out
    assert "Missing: Hotline hours (step 6-3, field hotline_hours).\n" in said.err
    assert "Hotline number" not in said.err


def test_the_notices_language_is_its_own(runbook: Runbook, live: str) -> None:
    said = runbook("notice", "draft", live, "first-notice", "--lang", "ja", code=1)
    assert "# 個人情報を含む媒体の紛失について（第1報）" in said.out
    assert "Missing: Hotline number" in said.err
    runbook("fact", live, "organization=尼崎市")
    assert "translated by hand: Organisation.\n" in runbook("notice", "draft", live, "D02", code=1).err


def test_it_is_kept_once_until_the_text_changes(runbook: Runbook, live: str, clock: Clockwork) -> None:
    def kept() -> list[int]:
        return [entry["seq"] for entry in runbook("log", live, "--json").json if entry["type"] == "notice_drafted"]

    runbook("notice", "draft", live, "D02", code=1)
    runbook("notice", "draft", live, "D02", code=1)
    assert len(kept()) == 1
    runbook("fact", live, "organization=Amagasaki City")
    runbook("notice", "draft", live, "D02", code=1)
    assert len(kept()) == 2
    (notice,) = runbook("status", live, "--json").json["notices"]
    assert notice == {
        "kind": "first-notice",
        "language": "en",
        "state": "draft",
        "stale": False,
        "seq": kept()[-1],
    }


def test_a_drills_file_gets_its_mark_and_the_real_path_is_printed(runbook: Runbook, tmp_path: Path) -> None:
    drill = runbook("new", "lost-media", "--drill").out.strip()
    said = runbook("notice", "draft", drill, "D02", "-o", str(tmp_path / "first.md"), code=1)
    path = tmp_path / "DRILL-first.md"
    assert said.out == f"{path}\n"
    lines = path.read_text("utf-8").splitlines()
    assert lines[0] == lines[-1] == "**訓練 / DRILL**"
    assert not (tmp_path / "first.md").exists()


def test_findings_are_named_by_line_and_the_draft_is_written_all_the_same(
    runbook: Runbook, live: str, tmp_path: Path
) -> None:
    runbook("fact", live, "lost_place=駅。情報の漏えいはありませんでした。")
    target = tmp_path / "first.md"
    said = runbook("notice", "draft", live, "D02", "-o", str(target), "--lang", "ja", code=1)
    line = next(n for n, text in enumerate(target.read_text("utf-8").splitlines(), 1) if "漏えいはありません" in text)
    assert f"{target}:{line}: G07 stops: " in said.err
    assert said.out == f"{target}\n"


def test_a_target_that_cannot_be_written_is_a_sentence_and_the_draft_is_kept(
    runbook: Runbook, live: str, tmp_path: Path
) -> None:
    said = runbook("notice", "draft", live, "D02", "-o", str(tmp_path / "no" / "first.md"), code=2)
    assert "cannot be written: no such file or folder." in said.err
    assert "notice_drafted" in runbook("log", live, "--json").out


def test_a_closed_incidents_text_is_written_but_not_kept(runbook: Runbook, live: str) -> None:
    runbook("close", live, "--explain", "over")
    said = runbook("notice", "draft", live, "D02", code=1)
    assert "DRAFT" in said.out
    assert "closed" in said.err
    assert "notice_drafted" not in runbook("log", live, "--json").out


def test_a_broken_template_of_ones_own_is_named_and_the_shipped_one_used(
    runbook: Runbook, live: str, tmp_path: Path
) -> None:
    own = tmp_path / "content" / "templates" / "en"
    own.mkdir(parents=True)
    (own / "first-notice.md.j2").write_text(
        "---\ntitle: Notice\nrequires: []\napprover: head\n---\n{{ nobody }}\n", "utf-8"
    )
    said = runbook("notice", "draft", live, "D02", code=1)
    assert f"{own / 'first-notice.md.j2'}:6: There is no" in said.err
    assert "# Loss of storage media" in said.out


@pytest.mark.parametrize("words", [("D99",), ("D02", "--format", "odt"), ("D02", "--lang", "fr")])
def test_what_cannot_be_drafted_is_wrong_usage(runbook: Runbook, live: str, words: tuple[str, ...]) -> None:
    said = runbook("notice", "draft", live, *words, code=2)
    assert said.out == ""
