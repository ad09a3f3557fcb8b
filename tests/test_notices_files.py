"""What leaves the program: marked, under a marked name, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from runbook.errors import BadContent
from runbook.events import Mode
from runbook.notices.files import write_own, write_whole
from runbook.notices.marks import marked, marked_name
from tests.making import opened_case

OWN = opened_case().incident
DRAFT = "**下書き / DRAFT – NOT APPROVED**"


@pytest.mark.parametrize(
    ("mode", "demo", "expected"),
    [
        ("live", False, [DRAFT, "# A", "b"]),
        ("drill", False, ["**訓練 / DRILL**", DRAFT, "# A", "b", "**訓練 / DRILL**"]),
        (
            *("drill", True),
            ["**訓練 / DRILL（見本 / DEMO）**", DRAFT, "# A", "b", "**訓練 / DRILL（見本 / DEMO）**"],
        ),
    ],
)
def test_a_draft_says_so_and_a_drill_says_so_at_both_ends(mode: Mode, demo: bool, expected: list[str]) -> None:
    incident = msgspec.structs.replace(OWN, mode=mode, demo=demo)
    text = marked("# A\n\nb\n", incident)
    assert text == "\n\n".join(expected) + "\n"


@pytest.mark.parametrize(
    ("name", "mode", "expected"),
    [
        ("a.md", "live", "a.md"),
        ("a.md", "drill", "DRILL-a.md"),
        ("DRILL-a.md", "drill", "DRILL-a.md"),
        ("訓練 第1報.md", "drill", "訓練 第1報.md"),
        ("DRILL/a.md", "drill", "DRILL/DRILL-a.md"),
    ],
)
def test_a_drills_file_has_the_mark_in_its_name(name: str, mode: Mode, expected: str) -> None:
    assert marked_name(Path(name), msgspec.structs.replace(OWN, mode=mode)) == Path(expected)


def test_it_is_written_whole_in_place_of_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "第1報.md"
    target.write_text("old", "utf-8")
    assert write_whole(target, "新しい\n") == target
    assert target.read_bytes() == "新しい\n".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["第1報.md"]


def test_the_real_path_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    assert write_whole(Path("link/a.md"), "x") == tmp_path / "real" / "a.md"


@pytest.mark.parametrize("target", ["nowhere/a.md", "folder", "file/a.md", "a\0.md", "x" * 300 + ".md", "loop/a.md"])
def test_what_cannot_be_written_is_a_sentence_and_leaves_nothing_behind(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(BadContent) as refused:
        write_whole(tmp_path / target, "x")
    assert refused.value.hint is not None
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_no_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(BadContent):
        write_whole(pipe, "x")
    assert pipe.is_fifo()


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.md"
    target.write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadContent, match="the disk is full"):
        write_whole(target, "new")
    assert target.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_link_is_replaced_and_not_what_it_leads_to(tmp_path: Path) -> None:
    """Or a drill's document would lie under a name without its mark."""
    (tmp_path / "first-notice.md").write_text("the real one", "utf-8")
    link = tmp_path / "DRILL-first-notice.md"
    link.symlink_to(tmp_path / "first-notice.md")
    assert write_whole(link, b"drill") == link
    assert not link.is_symlink()
    assert link.read_bytes() == b"drill"
    assert (tmp_path / "first-notice.md").read_text("utf-8") == "the real one"


def test_the_users_own_copy_gets_its_folder_and_follows_a_link(tmp_path: Path) -> None:
    own = write_own(tmp_path / "mine", "playbooks/lost-media.yaml", "id: lost-media\n")
    assert own == tmp_path / "mine" / "playbooks" / "lost-media.yaml"
    assert own.parent.stat().st_mode & 0o077 == 0
    link = own.with_name("link.yaml")
    link.symlink_to(own)
    assert write_own(tmp_path / "mine", "playbooks/link.yaml", "id: other\n") == own
    assert link.is_symlink()
    assert own.read_text() == "id: other\n"
    with pytest.raises(BadContent, match="cannot be written"):
        write_own(own, "playbooks/lost-media.yaml", "")
