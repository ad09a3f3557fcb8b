"""Filings on the command line: why one is late, and what the next one puts right."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Clockwork, Runbook

FACTS = (
    "organization=Otsuyama Learning",
    "organization_type=business",
    "regimes=eu.gdpr",
    "gdpr_risk=yes",
    "my_number=no",
    "known_at=2022-06-22T10:00",
    "persons=4057",
)
LATE = "delayed --reason"


@pytest.fixture
def live(runbook: Runbook) -> str:
    id = runbook("new", "lost-media", "--title", "USB").out.strip()
    runbook("fact", id, *FACTS)
    return id


def acted(runbook: Runbook, who: str, *words: str, code: int = 0) -> str:
    return runbook("--as", who, "notice", *words, code=code).err


def approved(runbook: Runbook, live: str, kind: str) -> None:
    acted(runbook, "tanaka", "submit", live, kind)
    acted(runbook, "sato", "approve", live, kind)


def test_a_late_notification_is_stopped_until_the_reason_is_recorded(
    runbook: Runbook, live: str, clock: Clockwork
) -> None:
    clock.forward(hours=72)
    command = f"runbook duty {live} eu.gdpr.33 {LATE} TEXT"
    drafted = runbook("notice", "draft", live, "gdpr-notification").err
    assert "Missing: why “Notice to authority (GDPR)” is late." in drafted
    assert command in drafted
    assert command in acted(runbook, "tanaka", "submit", live, "gdpr-notification", code=1)
    runbook("duty", live, "eu.gdpr.33", "delayed", "--reason", "The scope had to be traced first.")
    assert "submitted for approval" in acted(runbook, "tanaka", "submit", live, "gdpr-notification")


@pytest.mark.parametrize("hours", [1, 72])
def test_publishing_asks_why_where_it_was_late(runbook: Runbook, live: str, clock: Clockwork, hours: int) -> None:
    approved(runbook, live, "gdpr-notification")
    clock.forward(hours=hours)
    said = acted(runbook, "tanaka", "publish", live, "gdpr-notification", "--channel", "web form")
    assert "Notice filed" in said
    assert ("It is late." in said, LATE in said) == (hours == 72, hours == 72)


def test_a_data_set_that_was_counted_again_is_told_with_its_unit(runbook: Runbook, live: str) -> None:
    runbook("dataset", live, "Tax", "--count", "70000", "--unit", "persons")
    approved(runbook, live, "commission-preliminary")
    acted(runbook, "tanaka", "publish", live, "commission-preliminary", "--channel", "web form")
    runbook("dataset", live, "Tax", "--count", "about 80000", "--unit", "persons")
    assert "was 70,000 persons, is about 80,000 persons" in runbook("notice", "stale", live, code=1).out


def test_what_was_filed_is_put_right_by_the_next_filing_and_not_in_public(runbook: Runbook, live: str) -> None:
    approved(runbook, live, "commission-preliminary")
    acted(runbook, "tanaka", "publish", live, "commission-preliminary", "--channel", "web form")
    runbook("fact", live, "persons=4060")
    said = runbook("notice", "stale", live, code=1)
    assert "filed 2022-06-22" in said.out
    assert "was 4,057, is 4,060" in said.out
    assert said.err.splitlines() == [
        "What was filed is put right by the next filing, and not in public:",
        f"  Preliminary report to the commission: runbook notice draft {live} commission-preliminary --lang en --new",
        f"  Final report to the commission: runbook notice draft {live} commission-final --lang en",
    ]
    assert "correction" not in said.err
    drafted = runbook("notice", "draft", live, "commission-preliminary").err
    assert "The next filing says so; --new begins it." in drafted
    again = runbook("notice", "draft", live, "commission-preliminary", "--new").out
    assert "- Filing: 2" in again
