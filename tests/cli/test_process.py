"""The command line as a process: its streams, its locale, what it loads, how it ends."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from runbook.cli import last_resort
from tests.cli.conftest import Runbook

COMMAND = [sys.executable, "-m", "runbook"]


def started(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *words], capture_output=True, check=False, env=os.environ | more, timeout=60)


def test_without_a_terminal_the_overview(incident: str) -> None:
    said = started("--lang", "en")
    assert said.returncode == 0
    assert said.stdout.decode() == started("--lang", "en", "list").stdout.decode()
    assert incident.encode() in said.stdout


def test_without_a_record_too(record: Path) -> None:
    said = started()
    assert (said.returncode, said.stdout) == (0, b"")
    assert b"runbook new" in said.stderr
    assert not record.exists()


@pytest.mark.parametrize("words", [["status", "ID"], ["log", "ID", "--json"], ["list"], ["verify", "ID"]])
def test_reading_a_record_loads_little(incident: str, words: list[str]) -> None:
    told = [incident if word == "ID" else word for word in words]
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "runbook", *told], capture_output=True, text=True, check=True
    )
    lines = [line for line in said.stderr.splitlines() if line.startswith("import time:")]
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}
    assert "runbook" in names
    heavy = {"textual", "rich", "sqlite_utils", "jinja2", "duckdb"} | ({"yaml"} if words[0] != "verify" else set())
    assert names & heavy == set()


def test_a_reader_who_leaves_is_no_trouble(runbook: Runbook, incident: str) -> None:
    for n in range(40):
        runbook("note", incident, f"{n} " + "long " * 2000)
    process = subprocess.Popen([*COMMAND, "log", incident], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


def test_a_dead_terminal_behind_the_screens_is_a_hang_up(record: Path) -> None:
    """Not a failure of the program: what it can no longer draw is no reason for another exit code."""
    terminal = pexpect.spawn(COMMAND[0], [*COMMAND[1:], "--lang", "en"], dimensions=(24, 80), timeout=20)
    terminal.expect("No incident yet")
    os.close(terminal.child_fd)
    terminal.ptyproc.fd = terminal.child_fd = os.open(os.devnull, os.O_RDWR)
    terminal.wait()
    assert terminal.exitstatus == 129


def test_a_facilitator_who_came_over_the_network_needs_a_terminal_and_nothing_else(record: Path) -> None:
    """As another login over SSH gives it: neither a locale nor a variable of this program."""
    started_drill = started("--lang", "en", "--db", str(record), "drill", "start", "first-hour")
    words = ["-m", "runbook", "--lang", "en", "--as", "suzuki", "--db", str(record), "drill", "control"]
    console = pexpect.spawn(
        sys.executable,
        [*words, started_drill.stdout.decode().strip()],
        env={"TERM": "xterm-256color", "HOME": str(record.parent)},
        dimensions=(30, 100),
        timeout=30,
    )
    console.expect("console: suzuki")
    console.send(" ")  # the clock runs
    console.expect("[0-9]x speed")
    console.send("\x11")
    console.expect(pexpect.EOF)
    console.wait()
    assert console.exitstatus == 0


def test_a_full_disk_behind_the_output_is_a_sentence(incident: str) -> None:
    with Path("/dev/full").open("wb") as full:
        said = subprocess.run(
            [*COMMAND, "--lang", "en", "log", incident], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert said.returncode == 1
    assert b"the disk is full" in said.stderr
    assert b"Traceback" not in said.stderr


def test_japanese_goes_through_any_locale(incident: str) -> None:
    for locale in ("C", "POSIX", "en_US.ISO-8859-1"):
        said = started("--lang", "ja", "status", incident, LC_ALL=locale)
        assert said.returncode == 0
        assert "手順" in said.stdout.decode("utf-8")
    said = started("--lang", "ja", "status", incident, PYTHONIOENCODING="ascii")
    assert "手順" in said.stdout.decode("utf-8")


def test_a_narrow_terminal_is_told(incident: str) -> None:
    above, below = pty.openpty()
    env = os.environ | {"PYTHONIOENCODING": "latin-1"}
    said = subprocess.run(
        [*COMMAND, "--lang", "ja", "list"], stdin=below, stdout=below, stderr=subprocess.PIPE, check=False, env=env
    )
    os.close(below)
    shown = os.read(above, 10_000)
    os.close(above)
    assert said.returncode == 0
    assert b"iso8859-1" in said.stderr.lower() or b"latin-1" in said.stderr.lower()
    assert b"\\u672c\\u756a" in shown


def test_an_interrupt_ends_with_130(record: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "text"
    os.mkfifo(fifo)
    process = subprocess.Popen([*COMMAND, "notice", "check", str(fifo)], stderr=subprocess.PIPE)
    with fifo.open("wb"):  # opens when the other end does: the command is reading, or about to
        for _ in range(30):
            process.send_signal(signal.SIGINT)
            try:
                _, said = process.communicate(timeout=2)
                break
            except subprocess.TimeoutExpired:
                continue  # it came between Python's last look for signals and the reading: press again
    assert b"Traceback" not in said
    assert process.returncode == 130


def test_closed_streams_are_no_trouble(incident: str) -> None:
    closed = " ".join([*COMMAND, "note", incident, "heard", "<&-", ">&-", "2>&-"])
    assert subprocess.run(["sh", "-c", closed], check=False).returncode == 0
    assert b"heard" in started("log", incident).stdout


def test_a_text_from_standard_input(record: Path) -> None:
    words = [*COMMAND, "--lang", "en", "notice", "check", "-"]
    said = subprocess.run(words, input="パスワードは13桁です。".encode(), capture_output=True, check=False)
    assert said.returncode == 1
    assert b"-:1: G01" in said.stdout
    said = subprocess.run(words, input=b"\x00\x80\xff\x81", capture_output=True, check=False)
    assert said.returncode == 2
    assert b"UTF-8" in said.stderr


def test_a_mistake_of_ours_is_a_sentence_and_a_file(
    stranger: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["runbook", "--lang", "en", "status"])
    try:
        raise ZeroDivisionError("secret detail")
    except ZeroDivisionError as failure:
        last_resort(type(failure), failure, failure.__traceback__)
    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "secret detail" not in said.err
    (log,) = (file for file in stranger.rglob("*") if file.is_file())
    assert str(log) in said.err
    assert "ZeroDivisionError: secret detail" in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_a_mistake_of_ours_ends_with_1(record: Path) -> None:
    broken = "import runbook.cli, runbook.__main__ as m; runbook.cli.main = lambda: 1 / 0; m.run()"
    said = subprocess.run([sys.executable, "-c", broken], capture_output=True, check=False)
    assert said.returncode == 1
    assert b"Traceback" not in said.stderr
    assert said.stderr.count(b"\n") == 2
