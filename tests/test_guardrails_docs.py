"""The pages on the guardrails list the rules as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.test_guardrails_rules import RULES

DOCS = Path(__file__).parents[1] / "docs"
SEVERITIES = {
    "en": {"block": "stops", "warn": "warns", "inform": "informs"},
    "ja": {"block": "不可", "warn": "要確認", "inform": "参考"},
}


@pytest.mark.parametrize(
    ("page", "language", "named"), [("guardrails.md", "en", "yes"), ("guardrails.ja.md", "ja", "○")]
)
def test_every_rule_stands_in_the_table(page: str, language, named: str) -> None:
    rows = re.findall(r"^\| (G\d\d) \| (.*?) \| (.*?) \| ?(.*?) ?\|$", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (
            rule.id,
            SEVERITIES[language][rule.severity],
            rule.title.said(language),
            named if rule.scope == "named" else "",
        )
        for rule in RULES.rules
    ]
