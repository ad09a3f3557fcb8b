"""The program in a real terminal: how it ends, and what it refuses to start in."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
from pathlib import Path

import pexpect
import pytest

from runbook.store import open_store

ROOT = Path(__file__).parents[2]
LEAVES_FULL_SCREEN, SHOWS_CURSOR = "\x1b[?1049l", "\x1b[?25h"


def sit_down(
    record: Path, environment: dict[str, str] | None = None, *, ignoring: signal.Signals | None = None
) -> pexpect.spawn:
    """A terminal of 80 by 24 with the program in it, on Home."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "tests.tui.sitting", str(record)],
        cwd=str(ROOT),
        env={**os.environ, **(environment or {})},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
        preexec_fn=(lambda: signal.signal(ignoring, signal.SIG_IGN)) if ignoring else None,
    )


def ended(terminal: pexpect.spawn) -> int:
    """What the program still wrote is in `before`; its exit code."""
    terminal.expect(pexpect.EOF)
    terminal.wait()
    return int(terminal.exitstatus)


def cooked(terminal: pexpect.spawn) -> bool:
    """Whether the terminal echoes what is typed and waits for whole lines, as a shell needs it."""
    flags = termios.tcgetattr(terminal.child_fd)[3]
    return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "runbook.db"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_with_the_terminal_put_right(record: Path, number: signal.Signals) -> None:
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    assert not cooked(terminal)
    terminal.kill(number)
    assert ended(terminal) == 128 + number
    assert LEAVES_FULL_SCREEN in terminal.before
    assert SHOWS_CURSOR in terminal.before


def test_the_quit_key_ends_it_with_the_terminal_put_right(record: Path) -> None:
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    terminal.send("\x11")
    assert ended(terminal) == 0
    assert LEAVES_FULL_SCREEN in terminal.before


@pytest.mark.parametrize("ignoring", [None, signal.SIGHUP])
def test_a_closed_terminal_ends_it(record: Path, ignoring: signal.Signals | None) -> None:
    """Where hanging up is ignored (nohup), Textual would go on reading nothing for ever."""
    terminal = sit_down(record, ignoring=ignoring)
    terminal.expect("No incident yet")
    os.close(terminal.child_fd)
    terminal.ptyproc.fd = terminal.child_fd = os.open(os.devnull, os.O_RDWR)
    terminal.wait()
    assert terminal.exitstatus == 129


@pytest.mark.parametrize(("column", "frame"), [(2, "────"), (3, "----")])
def test_frames_are_ascii_where_box_lines_are_two_cells_wide(record: Path, column: int, frame: str) -> None:
    terminal = sit_down(record)
    terminal.expect_exact("\x1b[6n")
    terminal.send(f"\x1b[1;{column}R")
    terminal.expect("No incident yet")
    terminal.send("?")
    terminal.expect_exact(frame)
    terminal.send("\x11")
    assert ended(terminal) == 0


def test_a_key_pressed_while_it_loads_counts(record: Path) -> None:
    terminal = sit_down(record)
    terminal.expect_exact("\x1b[6n")
    terminal.send("n")
    terminal.expect("Noticed at")
    terminal.send("\x11")
    assert ended(terminal) == 0


def test_half_typed_text_survives_kill_9(record: Path) -> None:
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    terminal.send("n")
    terminal.expect("Noticed at")
    terminal.send("\r")
    terminal.expect("#1")
    terminal.send("c")
    terminal.send("n")
    terminal.expect("What happened")
    terminal.send("CISO told")
    store = open_store(str(record))
    incident = store.incidents()[0]
    for _ in range(100):
        if store.scratch_all(incident, "佐藤") == {"app.note": "CISO told"}:
            break
        terminal.expect(pexpect.TIMEOUT, timeout=0.05)  # what the screen shows meanwhile is read off
    store.close()
    terminal.kill(signal.SIGKILL)
    terminal.expect(pexpect.EOF)
    again = sit_down(record)
    again.expect("next due")
    again.send("\r")
    again.expect("Unfinished text")
    again.send("y")
    again.expect("CISO told")
    again.send("\x11")
    assert ended(again) == 0


BREAKS = """
import sys
from runbook.tui.screens.home import Home
from tests.tui.sitting import sit
Home.action_search = lambda self: 1 // 0
sys.exit(sit(sys.argv[1]))
"""


def test_a_failure_of_the_program_ends_it_with_a_sentence(record: Path, stranger: Path) -> None:
    terminal = pexpect.spawn(
        sys.executable, ["-c", BREAKS, str(record)], cwd=str(ROOT), dimensions=(24, 80), encoding="utf-8", timeout=20
    )
    terminal.expect("No incident yet")
    terminal.send("/")
    assert ended(terminal) == 1
    last_words = terminal.before.rpartition(LEAVES_FULL_SCREEN)[2]
    assert "Something went wrong in the program itself (ZeroDivisionError)." in last_words
    assert "errors.log" in last_words.replace("\r\n", "")  # the terminal folds a long path
    assert "Traceback" not in terminal.before
    assert "ZeroDivisionError" in next(stranger.rglob("errors.log")).read_text("utf-8")


def test_bytes_that_are_no_text_do_not_end_it(record: Path) -> None:
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    os.write(terminal.child_fd, b"\x8e\xff\xfe")
    terminal.send("n")
    terminal.expect("Noticed at")
    terminal.send("\x11")
    assert ended(terminal) == 0


def test_a_paste_of_ten_megabytes_is_refused(record: Path) -> None:
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    terminal.send("n")
    terminal.expect("Noticed at")
    paste = b"\x1b[200~" + b"x" * 10_000_000 + b"\x1b[201~"
    while paste:
        paste = paste[os.write(terminal.child_fd, paste[:4096]) :]
    terminal.expect("too much to paste")
    terminal.send("\x11")
    assert ended(terminal) == 0


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"TERM": "dumb"}, "cannot show full screens"),
        ({"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "not UTF-8"),
    ],
)
def test_it_refuses_a_terminal_it_cannot_draw_in(record: Path, environment: dict[str, str], words: str) -> None:
    terminal = sit_down(record, environment)
    assert ended(terminal) == 1
    assert words in terminal.before
    assert "\x1b" not in terminal.before


def test_it_refuses_to_draw_into_a_file(record: Path, tmp_path: Path) -> None:
    command = f"exec {sys.executable} -m tests.tui.sitting {record} 2>{tmp_path / 'drawn'}"
    terminal = pexpect.spawn("/bin/sh", ["-c", command], cwd=str(ROOT), timeout=20)
    assert ended(terminal) == 1
    assert "not a terminal" in (tmp_path / "drawn").read_text("utf-8")


def test_without_colours_no_colour_is_sent(record: Path) -> None:
    """Bold, reverse and underline only; 39 and 49 are the terminal's own two colours."""
    terminal = sit_down(record, {"NO_COLOR": "1"})
    painted = ""
    for key, words in (
        ("", "No incident yet"),
        ("n", "Noticed at"),
        ("x\r", "#1"),
        ("n", "What happened"),
        ("\x1b", "#1"),
    ):
        terminal.send(key)
        terminal.expect(words)
        painted += terminal.before + terminal.after
    terminal.send("\x11")
    assert ended(terminal) == 0
    coloured = set(range(30, 50)) | set(range(90, 108))
    assert numbers(painted) & coloured <= {39, 49}
    assert 7 in numbers(painted)


def numbers(painted: str) -> set[int]:
    """Every number of every sequence that says how the letters after it look."""
    return {int(code) for codes in re.findall(r"\x1b\[([\d;]*)m", painted) for code in codes.split(";") if code}


def test_the_kitty_protocol_is_not_asked_for(record: Path) -> None:
    """It loses what Japanese input methods send in several terminals."""
    terminal = sit_down(record)
    terminal.expect("No incident yet")
    assert "\x1b[>" not in terminal.before.replace("\x1b[>c", "")
    terminal.send("\x11")
    ended(terminal)
