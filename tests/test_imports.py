"""What the program must not load before it needs it: a quick `--version`, and a `status` that scripts can call
often."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "difflib",
    "duckdb",
    "hashlib",
    "icalendar",
    "jinja2",
    "markdown_it",
    "pypandoc",
    "rich",
    "sqlite_utils",
    "textual",
    "typst",
    "yaml",
}


def loaded(*command: str) -> set[str]:
    """The top-level names of all modules that `python COMMAND` imports."""
    run = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    lines = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


def test_the_version_costs_nothing_heavy() -> None:
    names = loaded("-m", "runbook", "--version")
    assert "runbook" in names
    assert names & HEAVY == set()


@pytest.mark.parametrize("module", ["cli", "desk", "incident", "actions", "duties", "export", "guardrails"])
def test_a_module_loads_nothing_heavy_by_itself(module: str) -> None:
    assert loaded("-c", f"import runbook.{module}") & HEAVY == set()


@pytest.mark.parametrize("name", sorted(HEAVY - {"duckdb"}))
def test_the_probe_sees_a_heavy_module(name: str) -> None:
    """Or the tests above would pass for the wrong reason."""
    assert name in loaded("-c", f"import {name}")


def test_the_first_screens_load_no_content_and_no_guardrails() -> None:
    """A drill's tick, its score on the list: what they need is loaded once there is something to do."""
    first = "from runbook.tui import app, places; places.find('home'); places.find('board'); import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", first], capture_output=True, text=True, check=True)
    names = set(run.stdout.split())
    assert "runbook.tui.app" in names
    assert names & {"yaml", "jinja2", "runbook.content", "runbook.guardrails", "runbook.drills.room"} == set()
