"""The bell: heard at once, in another process too, and no harm where it fails."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from runbook.store import doorbell
from runbook.store.doorbell import Doorbell, ring
from runbook.store.sqlite import SqliteStore
from tests.store.entries import A, entry, fill
from tests.store.test_sqlite import seat

AT_ONCE = 20.0
"""Seconds: far more than a ring needs on any machine, far less than the polls below are set to."""


@pytest.fixture
def no_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "linux":
        monkeypatch.setattr(doorbell, "_NET", 120.0)


@pytest.mark.usefixtures("no_polling")
def test_a_write_in_another_process_is_heard_at_once(path: Path) -> None:
    store = SqliteStore(path)
    watch = store.watch()
    began = time.monotonic()
    writer = seat(path, "other", 1)
    assert watch.wait(120)
    assert time.monotonic() - began < AT_ONCE
    assert store.head(A).seq == 1
    writer.communicate()
    watch.close()
    store.close()


@pytest.mark.usefixtures("no_polling")
def test_the_bell_wakes_who_waits_in_another_process(path: Path) -> None:
    store = SqliteStore(path)
    listen = (
        "import sys; from runbook.store import doorbell, open_store\n"
        "doorbell._NET = 120.0\n"
        "watch = open_store(sys.argv[1]).watch(); print('ready', flush=True); print(watch.wait(120)); watch.close()"
    )
    with subprocess.Popen([sys.executable, "-c", listen, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        began = time.monotonic()
        fill(store, [entry(1)])
        assert other.stdout.read() == "True\n"
    assert time.monotonic() - began < AT_ONCE
    store.close()


def test_a_ring_without_a_change_wakes_nobody(path: Path) -> None:
    bell = Doorbell(path, lambda: 7, lambda: None)
    ring(path)
    assert not bell.wait(0.05)
    bell.close()


def test_without_the_systems_help_it_looks_now_and_then(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorbell, "_inotify", lambda path: None)
    monkeypatch.setattr(doorbell, "POLL", 0.01)
    version = iter([1, 1, 1, 2, 2])
    bell = Doorbell(path, lambda: next(version), lambda: None)
    assert bell.wait(60)
    bell.close()


def test_a_bell_that_cannot_be_rung_is_no_failure(path: Path) -> None:
    ring(path.parent / "nowhere" / "bell")


def test_closing_twice_is_closing(path: Path) -> None:
    done: list[int] = []
    bell = Doorbell(path, lambda: 1, lambda: done.append(threading.get_ident()))
    bell.close()
    bell.close()
    assert len(done) == 1
