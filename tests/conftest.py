"""Every test runs as a stranger on a strange machine: own home, no settings, a zone that is not the incident's."""

from __future__ import annotations

import gc
import os
import signal
import time
from pathlib import Path

import pytest
from hypothesis import settings

# On CI the examples are always the same ones, so that a red run means a change and not bad luck.
settings.register_profile("house", deadline=None, max_examples=50, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("house")

# Textual reads this when it is imported.
os.environ["TEXTUAL_ANIMATIONS"] = "none"

SETTINGS = ("RUNBOOK_", "XDG_", "LC_", "TEXTUAL_", "PYTHON")
COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PY_COLORS", "COLUMNS", "LINES")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """For `-n auto`, two a core: tests of terminals, processes and files wait for these."""
    return 2 * (os.cpu_count() or 1)


def pytest_collection_finish() -> None:
    """The thousands of tests stay until the end: no collection of garbage need look at them, nor as often as it
    would."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def stranger(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own; gives it. Nothing of the developer's settings reaches a test or what it starts."""
    for name in list(os.environ):
        if name.startswith(SETTINGS) or name in COLOURS or name == "LANGUAGE":
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    return home


@pytest.fixture(autouse=True, scope="session")
def interrupts_are_heard() -> None:
    """Also where the tests were started in the background: what they start would ignore interrupts with them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def far_from_tokyo() -> None:
    """The machine's zone, half an hour off and twelve hours away: an incident's times must not depend on it."""
    os.environ["TZ"] = "America/St_Johns"
    if hasattr(time, "tzset"):
        time.tzset()
