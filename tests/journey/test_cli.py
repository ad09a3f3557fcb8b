"""The whole case through the command line, each act at its real time, by whoever did it."""

from __future__ import annotations

from pathlib import Path

from runbook.journal import Journal
from runbook.opening import open_desk
from tests.journey.commands import CommandLine
from tests.journey.expected import expect_announced, expect_closed, expect_notice


def test_the_case_is_led_by_commands(journal: Journal, command_line: CommandLine, record: Path, tmp_path: Path) -> None:
    incident = command_line.open(journal)
    announced = journal.instant("2022-06-23T11:00")
    before = journal.until(announced)
    desk = open_desk(str(record), "読む人", clock=lambda: announced)

    command_line.play(journal, incident, before, tmp_path)
    expect_announced(command_line, incident, desk)
    written = (tmp_path / "first-notice.md").read_text("utf-8")
    expect_notice(written)
    assert "協力会社の社員" in written  # what two had told, and was wrong
    assert written.startswith("**下書き / DRAFT")
    noted = command_line("status", incident, "--json").json["head"]

    command_line.play(journal, incident, journal.acts[len(before) :], tmp_path)
    expect_closed(command_line, incident, desk, noted)
    desk.close()
