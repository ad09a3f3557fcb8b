"""Every store there is, each new and empty."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runbook.store import MEMORY, Store, open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runbook.db"


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, path: Path) -> Iterator[Store]:
    store = open_store({"sqlite": str(path), "memory": MEMORY}[request.param])
    yield store
    store.close()
