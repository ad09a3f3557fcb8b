"""docs/duties.md: the duties of worked cases are what the program computes of them today."""

from __future__ import annotations

from datetime import datetime
from functools import cache

import pytest

from runbook.case import Case
from runbook.duties import Deadline, deadlines
from runbook.speech import LANGUAGES, Language
from tools.duty_tables import PLACES, case_of, examples, page, shipped


@cache
def cases() -> dict[str, Case]:
    playbook = shipped()
    return {one.id: case_of(one, playbook) for one in examples()}


def clock(case: str, duty: str) -> Deadline:
    return next(one for one in deadlines(cases()[case]) if one.id == duty)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_up_to_date(language: Language) -> None:
    assert PLACES[language].read_text("utf-8") == page(language), "run “python -m tools.duty_tables”"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_duty_of_every_case_stands_in_its_table(language: Language) -> None:
    sections = page(language).split("\n## ")[1:]
    for example, section in zip(examples(), sections, strict=False):
        asked = [one for one in deadlines(cases()[example.id]) if one.regime]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert len(rows) == len(asked)
        assert {row.split("`")[1] for row in rows} == {one.id for one in asked}
        assert all(row.count(" | ") == 6 for row in rows)
        assert all("[" in row.rsplit(" | ", 1)[1] for row in rows), "a source without its mark"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is(language: Language) -> None:
    head = page(language).split("\n## ")[0]
    assert {"en": "not legal advice", "ja": "法律上の助言ではありません"}[language] in head
    assert all(f"| {mark} |" in head for mark in ("V", "V2", "M1", "M2", "J"))
    assert head.count("](#") == len(examples()) == page(language).count('<a id="')


# Written by hand, from the worked dates of the law's facts and a calendar: the page must never follow a mistake.
@pytest.mark.parametrize(
    ("case", "duty", "applies", "due", "latest"),
    [
        ("amagasaki-loss", "jp.appi.68.prelim", True, "2022-06-26", "2022-06-26"),
        ("amagasaki-loss", "jp.appi.68.final", True, "2022-07-21", "2022-07-21"),
        ("amagasaki-loss", "jp.appi.68.subjects", True, None, None),
        ("amagasaki-loss", "jp.appi.26.entrustor", True, "2022-06-26", "2022-06-26"),
        ("amagasaki-loss", "jp.appi.26.final", False, None, None),
        ("amagasaki-loss", "jp.mynumber.prelim", False, None, None),
        ("amagasaki-perhaps-theft", "jp.appi.68.prelim", True, "2022-06-26", "2022-06-26"),
        ("amagasaki-perhaps-theft", "jp.appi.68.final", True, "2022-07-21", "2022-08-22"),
        ("amagasaki-theft", "jp.appi.68.final", True, "2022-08-22", "2022-08-22"),
        ("amagasaki-law-of-2022", "jp.appi.68.prelim", False, None, None),
        ("amagasaki-law-of-2022", "jp.appi.68.final", False, None, None),
        ("amagasaki-law-of-2022", "jp.appi.26.entrustor", True, "2022-06-26", "2022-06-26"),
        ("mutsu", "jp.appi.68.prelim", True, "2022-10-03", "2022-10-03"),
        ("mutsu", "jp.appi.68.final", True, "2022-10-28", "2022-11-28"),
        ("mutsu", "jp.mynumber.final", True, "2022-10-28", "2022-11-28"),
        ("business-1000", "jp.appi.26.prelim", False, None, None),
        ("business-1001", "jp.appi.26.prelim", True, "2026-11-25", "2026-11-25"),
        ("business-1001", "jp.appi.26.final", True, "2026-12-21", "2026-12-21"),
        ("public-hospital", "jp.appi.26.final", True, "2026-12-21", "2026-12-21"),
        ("public-hospital", "jp.appi.68.final", False, None, None),
        ("business-unknown", "jp.appi.26.final", None, "2026-12-21", "2026-12-21"),
        ("encrypted-all-known", "jp.appi.68.prelim", False, None, None),
        ("encrypted-one-unknown", "jp.appi.68.prelim", True, "2026-11-25", "2026-11-25"),
        ("year-end-friday", "jp.appi.68.prelim", True, "2026-12-08", "2026-12-08"),
        ("year-end-friday", "jp.appi.68.final", True, "2027-01-04", "2027-02-01"),
        ("year-end-tuesday", "jp.appi.68.final", True, "2027-01-04", "2027-01-29"),
        ("mynumber-few", "jp.mynumber.guideline_report", True, None, None),
        ("mynumber-few", "jp.mynumber.prelim", False, None, None),
        ("assembly", "jp.assembly.ordinance", True, None, None),
        ("assembly", "jp.appi.68.prelim", False, None, None),
        ("gdpr-friday", "eu.gdpr.33", None, "2026-11-23T17:40", "2026-11-23T17:40"),
        ("korea", "kr.pipa.report", True, "2026-11-23T10:00", "2026-11-23T10:00"),
        ("singapore", "sg.pdpa", True, "2026-11-23", "2026-11-23"),
        ("brazil", "br.lgpd", True, "2026-11-24", "2026-11-27"),
        ("usa", "us.hipaa.404", True, "2027-01-01", "2027-01-01"),
        ("usa", "us.ca.1798_82.ag", True, "2026-12-10", "2026-12-10"),
        ("india-before", "in.dpdp.details", False, None, None),
        ("india-after", "in.dpdp.details", True, "2027-06-04T10:00", "2027-06-04T10:00"),
    ],
)
def test_the_dates_of_the_page(case: str, duty: str, applies: bool | None, due: str | None, latest: str | None) -> None:
    one = clock(case, duty)
    assert one.applies is applies
    assert (_shown(one.due_at), _shown(one.latest)) == (due, latest)


def _shown(at: datetime | None) -> str | None:
    """A day, or the very minute where it does not end with its day."""
    if at is None:
        return None
    return f"{at:%Y-%m-%d}" if f"{at:%H:%M:%S}" == "23:59:59" else f"{at:%Y-%m-%dT%H:%M}"
