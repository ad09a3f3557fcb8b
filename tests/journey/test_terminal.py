"""The real program in real terminals: a process that is killed, a terminal that shrinks, pastes, two seats at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from runbook.clock import system_clock
from runbook.desk import Desk
from runbook.events import NoteWritten
from runbook.opening import open_desk

PASTE, END_OF_PASTE = "\x1b[200~", "\x1b[201~"
QUIT = "\x11"
HALF = "The contractor says there is a second st"


@pytest.fixture
def desk(record: Path) -> Iterator[Desk]:
    """What sato would find in the record, read beside the terminals."""
    desk = open_desk(str(record), "sato", clock=system_clock, create=True)
    yield desk
    desk.close()


Sit = Callable[..., pexpect.spawn]


@pytest.fixture
def sit(record: Path) -> Iterator[Sit]:
    """Opens terminals of 80 by 24, each with the program in it, on Home."""
    terminals: list[pexpect.spawn] = []

    def start(who: str = "sato") -> pexpect.spawn:
        words = ["-m", "runbook", "--db", str(record), "--lang", "en", "--as", who]
        terminal = pexpect.spawn(
            sys.executable, words, env=dict(os.environ), dimensions=(24, 80), encoding="utf-8", timeout=20
        )
        terminals.append(terminal)
        terminal.expect("Incident runbook")
        return terminal

    yield start
    for terminal in terminals:
        terminal.close(force=True)


@pytest.fixture
def board(sit: Sit) -> pexpect.spawn:
    """A terminal on the board of an incident that two keys have opened."""
    terminal = sit()
    terminal.expect("No incident yet")
    terminal.send("n")
    terminal.expect("Noticed at")
    terminal.send("\r")
    terminal.expect("LIVE")
    terminal.expect("1-1 ")
    return terminal


def leave(terminal: pexpect.spawn) -> str:
    """Leave the program by its key; what it painted meanwhile."""
    terminal.send(QUIT)
    terminal.expect(pexpect.EOF)
    terminal.wait()
    assert terminal.exitstatus == 0
    return terminal.before or ""


def notes(desk: Desk) -> list[str]:
    """The notes in the record of the one incident there is."""
    (card,) = desk.cards()
    entries = desk.entries(card.id, list(desk.order(card.id, "written")))
    return [entry.event.data.text.text or "" for entry in entries if isinstance(entry.event.data, NoteWritten)]


def wait_for(terminal: pexpect.spawn, happened: Callable[[], object]) -> None:
    """Read what the terminal is sent until something has happened on the disk."""
    for _ in range(400):
        if happened():
            return
        terminal.expect([pexpect.TIMEOUT, "(?s).+"], timeout=0.05)
    raise AssertionError("it did not happen")


def begin_note(terminal: pexpect.spawn, desk: Desk) -> None:
    """Type half a note, and wait until that much is kept on the disk."""
    (card,) = desk.cards()
    terminal.send("n")
    terminal.expect("What happened")
    terminal.send(HALF)
    wait_for(terminal, lambda: HALF in desk.typing(card.id).values())


def go_on(terminal: pexpect.spawn, desk: Desk) -> None:
    """Open the program's last incident again, where the half-typed text is offered, and finish it."""
    terminal.send("\r")
    terminal.expect("Unfinished text")
    terminal.send("y")
    terminal.expect(HALF)
    terminal.send("ick.\r")
    terminal.expect("#2 ")
    leave(terminal)
    assert notes(desk) == [f"{HALF}ick."]


def test_half_a_note_survives_the_kill_of_its_program(board: pexpect.spawn, sit: Sit, desk: Desk) -> None:
    begin_note(board, desk)
    board.kill(signal.SIGKILL)
    board.wait()
    assert notes(desk) == []
    go_on(sit(), desk)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_half_a_note_survives_the_end_of_its_terminal(
    board: pexpect.spawn, sit: Sit, desk: Desk, number: signal.Signals
) -> None:
    begin_note(board, desk)
    board.kill(number)
    board.expect(pexpect.EOF)
    board.wait()
    assert board.exitstatus == 128 + number
    go_on(sit(), desk)


def test_a_terminal_may_shrink_to_nearly_nothing_and_grow_again(board: pexpect.spawn, desk: Desk) -> None:
    for rows, columns in ((10, 40), (24, 80), (3, 12), (50, 200), (24, 80)):
        board.setwinsize(rows, columns)
        board.expect("LIVE")
    board.send("s")
    board.expect("#2 ")
    leave(board)
    (card,) = desk.cards()
    assert desk.case(card.id).incident.step("notice-what").owner == "sato"


def test_ten_megabytes_pasted_into_a_note_are_refused_and_the_note_goes_on(board: pexpect.spawn, desk: Desk) -> None:
    board.send("n")
    board.expect("What happened")
    board.send("before ")
    paste = f"{PASTE}{'x' * 10_000_000}{END_OF_PASTE}".encode()
    while paste:
        paste = paste[os.write(board.child_fd, paste[:4096]) :]
        board.expect([pexpect.TIMEOUT, "(?s).+"], timeout=0)
    board.expect("too much to paste")
    board.send("and after\r")
    board.expect("#2 ")
    leave(board)
    assert notes(desk) == ["before and after"]


def test_control_sequences_in_a_paste_are_letters(board: pexpect.spawn, desk: Desk) -> None:
    board.send("n")
    board.expect("What happened")
    board.send(f"{PASTE}one\x1b]0;owned\x07 two\x1b[2J three\x9b31m{END_OF_PASTE}")
    board.expect("three")
    painted = str(board.before) + str(board.after)
    board.send("\r")
    board.expect("#2 ")
    painted += str(board.before)
    board.send("l")
    board.expect("owned")
    painted += str(board.before) + leave(board)
    assert "\x1b]0;owned" not in painted
    assert "\x1b[2J" not in painted
    (note,) = notes(desk)
    assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in note)
    assert "]0;owned" in note
    assert "[2J three" in note


def test_what_arrives_at_once_is_handled_key_by_key(board: pexpect.spawn, desk: Desk) -> None:
    """Over a slow line a key that opens a window, the text for it and enter may come in one piece."""
    board.send("nThe call came at 15:45.\r")
    board.expect("#2 ")
    leave(board)
    assert notes(desk) == ["The call came at 15:45."]


def test_an_act_at_one_terminal_shows_at_the_other_without_a_key(board: pexpect.spawn, sit: Sit, desk: Desk) -> None:
    other = sit("suzuki")
    other.send("\r")
    other.expect("1-1 ")
    other.send("nBag not found yet\r")
    board.expect("suzuki")
    board.expect("Bag not found")
    leave(other)
    leave(board)
    assert notes(desk) == ["Bag not found yet"]


def test_half_a_wording_survives_the_kill_of_its_program(board: pexpect.spawn, sit: Sit, desk: Desk) -> None:
    """A notice that is being reworded when the program is killed is offered again, and can be kept."""
    board.send("d")
    board.expect("To citizens")
    board.send("\r")
    board.expect("DRAFT")
    board.send("e")
    board.expect("leave unfinished")
    board.send(HALF)
    (card,) = desk.cards()
    wait_for(board, lambda: any(HALF in text for text in desk.typing(card.id).values()))
    board.kill(signal.SIGKILL)
    board.wait()
    assert desk.case(card.id).incident.notices == {}

    terminal = sit()
    terminal.send("\r")
    terminal.expect("Unfinished text")
    terminal.send("y")
    terminal.expect("leave unfinished")
    terminal.send("\x13")
    terminal.expect("#2 ")
    leave(terminal)
    assert any(
        (draft := notice.draft) is not None and HALF in (draft.text.text or "")
        for notice in desk.case(card.id).incident.notices.values()
    )


def test_ones_own_editor_takes_the_terminal_and_gives_it_back(
    record: Path, desk: Desk, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\necho EDITING\nsleep 0.5\nprintf "\\nfrom the editor\\n" >> "$1"\n', "utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    terminal = sit()
    terminal.send("n")
    terminal.expect("Noticed at")
    terminal.send("\r")
    terminal.expect("1-1 ")
    terminal.send("d")
    terminal.expect("To citizens")
    terminal.send("\r")
    terminal.expect("DRAFT")
    terminal.send("E")
    terminal.expect("EDITING")
    terminal.expect("#2 ")
    leave(terminal)
    (card,) = desk.cards()
    (notice,) = desk.case(card.id).incident.notices.values()
    assert notice.draft is not None
    assert "from the editor" in (notice.draft.text.text or "")
    assert desk.typing(card.id) == {}
