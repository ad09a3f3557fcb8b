"""docs/regime-format.md: its example is a right regime, its dates are those of the program, it names every key."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from runbook.content import Content, check_regime, read_regime
from runbook.content.regimes import DUTY_KEYS, REGIME_KEYS
from runbook.content.rules import RULES
from runbook.content.severity import METHOD_KEYS
from runbook.declared import Verified
from runbook.duties.reckoning import reckon
from runbook.method import Band, Choice, Element, Flag
from runbook.regime import WithoutDelay
from tests.test_regime_mistakes import changed, read

PAGE = (Path(__file__).parents[1] / "docs" / "regime-format.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
ROWS = re.findall(r"^\| `([a-z_]+: [^`]+)` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
START = datetime(2026, 11, 20, 17, 40, tzinfo=ZoneInfo("Asia/Tokyo"))
FACTS = Content(None).facts_text()


def test_the_example_is_a_right_regime() -> None:
    assert [str(mistake.said) for mistake in check_regime(EXAMPLE, FACTS, "xx.privacy.yaml")] == []
    regime = read_regime(EXAMPLE, FACTS, "xx.privacy.yaml")
    assert [duty.id for duty in regime.duties] == ["xx.privacy.report", "xx.privacy.persons"]


def test_every_rule_has_an_example() -> None:
    assert {written.partition(":")[0] for written, _ in ROWS} == set(RULES)


@pytest.mark.parametrize(("written", "due"), ROWS)
def test_the_worked_dates(written: str, due: str) -> None:
    rule = read(changed(("target_days: 3-5", written))).duties[1].deadlines[0].rule
    reckoned = reckon(rule, START, ZoneInfo("Asia/Tokyo"), "JP")
    times = [datetime.fromisoformat(one) for one in re.findall(r"[\d-]{10}(?: [\d:]{5})?", due)]
    last = reckoned.aim_at if isinstance(rule, WithoutDelay) else reckoned.due_at
    assert last is not None
    assert (reckoned.due_at is None) == due.strip().startswith("aim")
    if times[-1].hour:
        assert last == times[-1].replace(tzinfo=START.tzinfo)
    else:
        assert f"{last:%Y-%m-%d %H:%M:%S}" == f"{times[-1]:%Y-%m-%d} 23:59:59"
    if len(times) == 2:
        assert reckoned.earliest is not None
        assert reckoned.earliest.date() == times[0].date()


def test_the_examples_start_on_the_day_it_says() -> None:
    assert "Friday 2026-11-20 at 17:40 in Tokyo" in PAGE
    assert date(2026, 11, 20).strftime("%A") == "Friday"
    assert date(2026, 12, 19).strftime("%A") == "Saturday"


@pytest.mark.parametrize("key", sorted(REGIME_KEYS | DUTY_KEYS | METHOD_KEYS | set(RULES) | {"rolls"}))
def test_the_page_names_every_key(key: str) -> None:
    assert f"`{key}`" in PAGE or f"`{key}:" in PAGE or f" {key}: " in PAGE


@pytest.mark.parametrize("struct", [Element, Choice, Flag, Band], ids=lambda struct: struct.__name__)
def test_the_page_names_every_key_of_the_method(struct: type) -> None:
    severity = PAGE.split("## Severity")[1]
    listed = [set(re.split(r", |\n *", keys)) for keys in re.findall(r"`\{(id,[^}]*)\}`", severity)]
    assert set(struct.__struct_fields__) in listed  # type: ignore[attr-defined]


def test_the_page_names_every_mark_a_law_may_have() -> None:
    assert all(f"`{mark}`" in PAGE for mark in get_args(Verified) if mark not in ("seed", "measured"))
