"""The whole Amagasaki series as it left the house: each text is compared with one that people have read."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.publications import published, stage
from tests.noticing import amagasaki

GOLDEN = Path(__file__).parent / "golden" / "amagasaki"
END = "2022-11-28T15:00"
SERIES = [
    ("first-notice", "2022-06-23 11:00"),
    ("scam-caution", "2022-06-23 17:00"),
    ("found-notice", "2022-06-24 13:00"),
    ("correction", "2022-06-27 11:30"),
    ("committee-notice", "2022-07-01 14:00"),
    ("city-page", "2022-07-04 17:00"),
    ("final-press", "2022-11-28 13:00"),
]


def test_what_was_published_and_when() -> None:
    case = amagasaki(END)
    found = [(one.kind, one.publication.at.at) for one in published(case.incident)]
    assert [(kind, f"{case.zoned(at):%Y-%m-%d %H:%M}") for kind, at in found if at] == SERIES
    assert stage(case.incident.notice("first-notice", "ja")) == "corrected"


@pytest.mark.parametrize("kind", [kind for kind, _ in SERIES])
def test_each_text_is_the_one_that_was_read(kind: str) -> None:
    publication = amagasaki(END).incident.notice(kind, "ja").publication
    assert publication is not None
    assert publication.text.text == (GOLDEN / f"{kind}.ja.md").read_text("utf-8")


def test_the_wrong_employer_stood_for_four_days_and_its_correction_says_what_was_said_what_is_right_and_why() -> None:
    texts = {one.kind: one.publication.text.text or "" for one in published(amagasaki(END).incident)}
    assert "協力会社の社員" in texts["first-notice"]
    correction = texts["correction"]
    row = next(line for line in correction.splitlines() if line.startswith("| 第1報"))
    assert "6月23日" in row
    assert row.index("協力会社の社員") < row.index("協力会社からさらに委託を受けた会社の社員")
    assert "聞き取り" in correction
    assert "訂正" in next(line for line in texts["city-page"].splitlines() if "第1報" in line)
