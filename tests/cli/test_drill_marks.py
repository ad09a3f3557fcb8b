"""Nothing a drill makes can be mistaken for real: every command over a drill, looked at for the mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from runbook.cli.root import root
from runbook.cli.session import Session
from runbook.clock import system_clock
from tests.cli.conftest import Clockwork, Runbook
from tests.drilling import SCENARIO

MARK = re.compile("DRILL|訓練")

WALK: tuple[tuple[str, ...], ...] = (
    ("list",),
    ("status", "ID"),
    ("rename", "ID", "Another title"),
    ("edition", "ID"),
    ("fact", "ID", "persons=300", "--source", "list"),
    ("fact", "ID"),
    ("dataset", "ID", "residents", "--count", "300", "--unit", "persons"),
    ("row", "ID", "custody", "--set", "tier=1", "--set", "organisation=BIPROGY"),
    ("row", "ID", "custody"),
    ("note", "ID", "a note"),
    ("amend", "ID", "9", "a better note"),
    ("undo", "ID"),
    ("redact", "ID", "12", "--second", "tanaka", "--reason", "a name"),
    ("log", "ID"),
    ("log", "ID", "--facilitator"),
    ("verify", "ID"),
    ("step", "ID", "notice-what", "start"),
    ("clocks", "ID"),
    ("duty", "ID", "jp.appi.68.report.prelim", "filed"),
    ("severity", "ID"),
    ("export", "ID", "ics", "-o", "DIR/deadlines.ics"),
    ("notice", "draft", "ID", "first-notice"),
    ("notice", "draft", "ID", "first-notice", "-o", "DIR/first.html"),
    ("notice", "diff", "ID", "first-notice"),
    ("notice", "versions", "ID", "first-notice"),
    ("notice", "submit", "ID", "first-notice"),
    ("notice", "check", "DIR/text.txt", "--incident", "ID"),
    ("notice", "stale", "ID"),
    ("drill", "list"),
    ("drill", "start", "small-drill"),
    ("drill", "control", "ID"),
    ("drill", "events", "ID"),
    ("drill", "advance", "ID"),
    ("drill", "push", "ID", "find"),
    ("drill", "hold", "ID", "reporter"),
    ("drill", "release", "ID", "reporter"),
    ("drill", "milestone", "ID", "told"),
    ("drill", "clock", "ID", "pause"),
    ("drill", "answer", "ID", "call", "はい。"),
    ("drill", "observe", "ID", "seen"),
    ("drill", "rate", "ID", "report", "S"),
    ("drill", "overrule", "ID", "head-told", "1", "--reason", "seen"),
    ("drill", "improve", "ID", "--issue", "a", "--action", "b", "--owner", "c"),
    ("drill", "score", "ID"),
    ("drill", "report", "ID", "-o", "DIR/report.md"),
    ("drill", "report", "ID", "-o", "DIR/report.html"),
    ("drill", "msel", "export", "ID", "-o", "DIR/list.csv"),
    ("drill", "msel", "import", "DIR/DRILL-list.csv", "--into", "ID"),
    ("drill", "end", "ID"),
    ("close", "ID", "--explain", "it is over"),
)
NOT_OF_ONE_DRILL = {
    "new", "backup", "demo", "playbook list", "playbook check", "playbook show", "playbook regimes", "notice kinds",
    "drill auto", "drill apply",
}  # fmt: skip
"""Commands that print nothing of a drill's record, or are looked at elsewhere."""


@pytest.fixture
def drill(record: Path, runbook: Runbook, clock: Clockwork) -> str:
    folder = record.parent / "content" / "playbooks" / "scenarios"
    folder.mkdir()
    (folder / "small-drill.yaml").write_text(SCENARIO.replace("id: small", "id: small-drill"), "utf-8")
    (record.parent / "text.txt").write_text("USBメモリーを紛失しました。", "utf-8")
    id = runbook("drill", "start", "small-drill", "--speed", "10").out.strip()
    clock.forward(minutes=1)
    return id


def test_every_command_over_a_drill_shows_the_mark(
    drill: str, record: Path, clock: Clockwork, capsys: pytest.CaptureFixture[str]
) -> None:
    from runbook.cli import main

    unmarked = []
    for words in WALK:
        typed = [word.replace("ID", drill).replace("DIR", str(record.parent)) for word in words]
        capsys.readouterr()
        code = main(["--lang", "en", *typed], clock=clock)
        out, talk = capsys.readouterr()
        assert code in (0, 1), (words, talk)
        said = out + talk
        if said.strip() not in ("", "Nothing changed.") and not MARK.search(said) and code == 0:
            unmarked.append((words, said))
        for line in out.splitlines():
            if (path := Path(line)).is_absolute() and path.is_file():
                assert path.name.startswith("DRILL-"), path
                assert MARK.search(path.read_bytes().decode("utf-8", "replace")), path
    assert unmarked == []


def _commands(command: click.Command, ctx: click.Context, name: str = "") -> Iterator[str]:
    if isinstance(command, click.Group):
        for word in command.list_commands(ctx):
            found = command.get_command(ctx, word)
            assert found is not None
            yield from _commands(found, ctx, f"{name} {word}".strip())
    else:
        yield name


def test_no_command_is_left_out_of_the_walk() -> None:
    """A new command has to be walked too, or named among those that show nothing of a drill."""
    ctx = click.Context(root, info_name="runbook", obj=Session("en", system_clock))
    walked = {" ".join(words[:size]) for words in WALK for size in (1, 2, 3)}
    named = set(_commands(root, ctx))
    acts = {"notice edit", "notice settle", "notice pass", "notice approve", "notice publish", "notice correct"}
    acts |= {"notice withdraw"}  # they say which entries they made, as “notice submit” does
    assert named - walked - NOT_OF_ONE_DRILL - acts == set()


@pytest.mark.parametrize("words", [("rename", "ID", "LIVE"), ("undo", "ID"), ("drill", "end", "ID")])
def test_nothing_makes_a_drill_a_live_incident(drill: str, runbook: Runbook, words: tuple[str, ...]) -> None:
    runbook("fact", drill, "persons=300", "--source", "list")  # what the scenario gave cannot be taken back
    runbook(*(word.replace("ID", drill) for word in words))
    assert runbook("status", drill, "--json").json["mode"] == "drill"
    assert "  DRILL  " in runbook("status", drill).out


def test_live_and_drill_stand_in_one_list_only_with_their_marks(drill: str, incident: str, runbook: Runbook) -> None:
    lines = runbook("list").out.splitlines()
    assert {line.split("  ")[0]: line.split("  ")[1] for line in lines} == {drill: "DRILL", incident: "LIVE"}
    assert {one["id"]: one["mode"] for one in runbook("list", "--json").json} == {drill: "drill", incident: "live"}
