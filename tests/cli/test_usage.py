"""Exit codes, complaints about usage, help: in both languages, and never a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from runbook.cli import main
from runbook.cli.helping import help_text
from runbook.cli.language import language_of
from runbook.cli.root import root
from runbook.cli.session import Session
from runbook.clock import system_clock
from runbook.speech import LANGUAGES, Language
from runbook.wording.safe import cells
from tests.cli.conftest import Runbook

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["list"], 0),
        (["--version"], 0),
        (["--help"], 0),
        (["status", "--help"], 0),
        (["status", "ID"], 0),
        (["status", "20220622"], 0),
        (["status", "1999"], 1),
        (["step", "ID", "no-such-step", "start"], 1),
        (["fact", "ID", "no_such_fact=1"], 1),
        (["row", "ID", "no-such-register"], 1),
        (["undo", "ID"], 0),
        (["close", "ID"], 1),
        (["redact", "ID", "1", "--second", "suzuki", "--reason", "name"], 1),
        (["amend", "ID", "99", "text"], 1),
        (["status"], 2),
        (["status", "ID", "more"], 2),
        (["statsu"], 2),
        (["status", "--jason", "ID"], 2),
        (["log", "ID", "--since"], 2),
        (["log", "ID", "--since", "x"], 2),
        (["log", "ID", "--json=yes"], 2),
        (["step", "ID", "1-1", "finish"], 2),
        (["--lang", "fr", "list"], 2),
        (["--tz", "Asia/Tokio", "new", "small"], 2),
        (["new", "no-such-playbook"], 2),
        (["fact", "ID", "persons"], 2),
        (["fact", "ID", "persons=many"], 2),
        (["dataset", "ID", "residents"], 2),
        (["dataset", "ID", "residents", "--unit", "sheep", "--count", "1"], 2),
        (["row", "ID", "custody", "--set", "tier=1", "--strike", "1"], 2),
        (["clocks", "ID", "--now", "unknown"], 2),
        (["playbook"], 2),
        (["playbook", "show", "no-such-playbook"], 2),
        (["playbook", "check", "no-such-file.yaml"], 2),
        (["notice", "check", "no-such-file.md"], 2),
        (["verify", "ID", "--head", "ABC"], 2),
        (["--db", "/no/such/folder/runbook.db", "list"], 3),
        (["--db", "no-such-file.db", "status", "x"], 3),
        (["--db", "postgresql://host/runbook", "list"], 3),
    ],
)
def test_exit_codes(runbook: Runbook, incident: str, words: list[str], code: int, tmp_path: Path) -> None:
    runbook("note", incident, "something to undo")
    said = runbook(*(incident if word == "ID" else word for word in words), code=code)
    assert "Traceback" not in said.out + said.err
    assert bool(said.err.strip()) == (code != 0 or words[0] == "undo")


USAGE = [
    (["statsu"], ["statsu", "status"]),
    (["status"], ["INCIDENT", "runbook status"]),
    (["status", "--jason"], ["--jason", "runbook status"]),
    (["log", "x", "--since"], ["--since", "runbook log"]),
    (["log", "x", "--json=1"], ["--json", "runbook log"]),
    (["note", "x", "two", "words"], ["words"]),
    (["step", "x", "1-1", "finish"], ["finish", "start, done, skip, reopen, assign, ack, fill, tick"]),
    (["dataset", "x", "residents"], ["--unit"]),
    (["log", "x", "--since", "yesterday"], ["yesterday"]),
    (["notice", "chekc"], ["chekc", "check"]),
    (["zzzz"], ["zzzz", "runbook --help"]),
]


@pytest.mark.parametrize(("words", "named"), USAGE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_complaints_about_usage(runbook: Runbook, words: list[str], named: list[str], language: Language) -> None:
    said = runbook("--lang", language, *words, code=2)
    assert said.out == ""
    assert [name for name in named if name not in said.err] == []
    assert [bool(JAPANESE.search(line)) for line in said.err.splitlines()] == [language == "ja"] * 2


def every_command(ctx: click.Context) -> list[click.Context]:
    found = [ctx]
    if isinstance(ctx.command, click.Group):
        for name in ctx.command.list_commands(ctx):
            command = ctx.command.get_command(ctx, name)
            assert command is not None
            found += every_command(click.Context(command, info_name=name, parent=ctx))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_explains_itself(language: Language) -> None:
    contexts = every_command(click.Context(root, info_name="runbook", obj=Session(language, system_clock)))
    assert len(contexts) > 20
    for ctx in contexts:
        lines = help_text(ctx).splitlines()
        said = [line.rpartition("  ")[2] for line in lines if line.startswith("  ") and line[-1] not in "}]"]
        assert said
        assert [line for line in said if bool(JAPANESE.search(line)) != (language == "ja")] == []
        assert [line for line in lines if cells(line) > 110] == []
        assert all(
            param.help for param in ctx.command.get_params(ctx) if isinstance(param, click.Option | click.Argument)
        )


def test_the_commands_of_this_edition_are_there(runbook: Runbook) -> None:
    wanted = (
        "new list status step fact dataset note log amend undo redact close clocks duty export notice verify backup "
        "playbook row"
    )
    listed = runbook("--help").out.partition("Commands:")[2]
    assert [name for name in wanted.split() if f"\n  {name} " not in listed] == []
    assert "kinds" in runbook("notice", "--help").out


@pytest.mark.parametrize(
    ("args", "environ", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ([], {"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "RUNBOOK_LANG": "ja"}, "ja"),
        (["--lang", "en", "list"], {"RUNBOOK_LANG": "ja"}, "en"),
        (["--lang=ja"], {}, "ja"),
        (["--db", "--lang", "--as", "x", "--lang", "ja", "list"], {}, "ja"),
        (["--ascii", "--lang", "ja"], {}, "ja"),
        (["notice", "draft", "x", "D02", "--lang", "ja"], {}, "en"),
        (["--lang", "fr"], {"LANG": "ja_JP.UTF-8"}, "ja"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language(args: list[str], environ: dict[str, str], language: str) -> None:
    assert language_of(args, environ) == language


def test_the_variable_speaks_japanese(runbook: Runbook, monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    monkeypatch.setenv("RUNBOOK_LANG", "ja")
    assert main(["status"]) == 2
    assert isinstance(capsys, pytest.CaptureFixture)
    assert JAPANESE.search(capsys.readouterr().err)


def test_the_name_at_the_desk(runbook: Runbook, incident: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runbook("--as", " 佐藤\u3000花子 ", "note", incident, "one")
    runbook("note", incident, "two")
    monkeypatch.delenv("RUNBOOK_ACTOR")
    monkeypatch.setenv("LOGNAME", "tanaka")
    runbook("note", incident, "three")
    actors = [entry["actor"] for entry in runbook("log", incident, "--json", "--since", "1").json]
    assert actors == ["佐藤 花子", "sato", "tanaka"]
    runbook("--as", "   ", "note", incident, "four", code=2)
    runbook("--as", "\udcff", "note", incident, "five", code=2)


def test_the_zone_of_an_incident(runbook: Runbook, monkeypatch: pytest.MonkeyPatch) -> None:
    berlin = runbook("--tz", "Europe/Berlin", "new", "small", "--noticed-at", "06:50")
    assert "Time: 2022-06-22 06:50" in berlin.err
    status = runbook("status", berlin.out.strip(), "--json").json
    assert (status["opened_at"], status["zone"]) == ("2022-06-22T08:45:00+02:00", "Europe/Berlin")
    assert status["facts"]["noticed_at"]["value"] == "2022-06-22T06:50:00+02:00"
    monkeypatch.setenv("RUNBOOK_TZ", "Pacific/Auckland")
    assert runbook("status", runbook("new", "small").out.strip(), "--json").json["opened_at"].endswith("+12:00")


def test_a_drill_is_marked(runbook: Runbook) -> None:
    drill = runbook("new", "small", "--drill").out.strip()
    assert runbook("status", drill, "--json").json["mode"] == "drill"
    assert "DRILL" in runbook("status", drill).out.splitlines()[0]
    assert "DRILL" in runbook("list").out
    assert "訓練" in runbook("--lang", "ja", "list").out


def test_a_text_cannot_steer_the_terminal_or_forge_a_line(runbook: Runbook, incident: str) -> None:
    runbook("note", incident, "gone\x1b[2J\n#99  2022-06-22 15:45  head: all is well\u202e")
    runbook("rename", incident, "USB\x9b31m")
    for words in (["log", incident], ["status", incident], ["list"]):
        said = runbook(*words).out
        assert not set("\x1b\x9b\u202e") & set(said)
        assert "\n#99" not in said
    assert "␊#99" in runbook("log", incident).out
    assert "\x1b" not in runbook("note", incident, "x", "--at", "\x1b[2J", code=2).err


def test_status_says_what_matters_by_word_or_sign(runbook: Runbook, incident: str) -> None:
    runbook("step", incident, "1-1", "done", "--set", "noticed=12:00")
    said = runbook("--ascii", "status", incident).out
    assert "! 1-2 Report the loss [police] (due 2022-06-22 15:00)" in said
    assert "v 1-1 What was noticed [notice-what] (sato)" not in said.split("Steps:")[0]
    assert "v 1-1 What was noticed [notice-what]" in said
    assert "2-2 Report a theft [theft] (may apply; depends on: " in said
    assert "2022-06-22 15:00 (45 min overdue)  Report the loss" in said
    assert said.isascii()
    assert "✓ 1-1 何に気づいたか" in runbook("--lang", "ja", "status", incident).out


def test_a_bad_playbook_names_every_mistake(runbook: Runbook, tmp_path: Path) -> None:
    text = (tmp_path / "content" / "playbooks" / "small.yaml").read_text("utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        text.replace("requires: [notice-what]", "requires: [nobody]").replace("when: malicious", "whne: x"), "utf-8"
    )
    said = runbook("playbook", "check", str(bad), code=2)
    lines = [text.count("\n", 0, text.index(key)) + 1 for key in ("requires: [notice-what]", "when: malicious")]
    assert [line.split(": ")[0] for line in said.out.splitlines()] == [f"{bad}:{line}" for line in lines]
    assert runbook("playbook", "check", str(tmp_path / "content" / "playbooks" / "small.yaml")).out == ""
    shown = runbook("playbook", "show", "small").out
    assert "[asked]" in shown
    assert "[noticed → noticed_at] (required)" in shown
