"""The Amagasaki case of June 2022, lived through from an empty record: what its journeys share."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.content import Content
from runbook.journal import Journal, read_journal
from tests.journey.commands import CommandLine

CASE = "playbooks/cases/amagasaki-2022.yaml"


@pytest.fixture(scope="session")
def content() -> Content:
    """The shipped content."""
    return Content(None)


@pytest.fixture(scope="session")
def journal(content: Content) -> Journal:
    """The whole case as acts, each with its time and whoever did it."""
    return read_journal(content.tree(CASE), CASE)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The record's file. Nobody has made it yet."""
    return tmp_path / "runbook.db"


@pytest.fixture
def command_line(record: Path) -> CommandLine:
    """Commands typed at that record."""
    return CommandLine(record)
