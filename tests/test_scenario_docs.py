"""docs/scenario-format.md: its examples are right, it names every key and every question, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runbook.conditions import HAPPENINGS
from runbook.content import Content
from runbook.content.aims import EXPECTED_KEYS, HAZARD_KEYS, ORDER_KEYS
from runbook.content.scenarios import GHOST_KEYS, INJECT_KEYS, LEG_KEYS, SCENARIO_KEYS, check_scenario
from runbook.scenario import DELIVERIES, FASTEST, INJECT_KINDS, UNATTENDED

PAGE = (Path(__file__).parents[1] / "docs" / "scenario-format.md").read_text("utf-8")
EXAMPLE, DRAWS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
COMMON = {"id", "objective", "title", "points", "tip"}
"""What every item of the score has; named above its tables."""


def table(heading: str) -> set[str]:
    """The keys in the first column of the table with this heading."""
    rows = PAGE.split(f"\n| {heading} | what |\n")[1].split("\n\n")[0]
    return {key for row in rows.splitlines()[1:] for key in re.findall(r"`([a-z_]+)`", row.split("|")[1])}


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def wrong(text: str) -> list[str]:
    return [str(one.said) for one in check_scenario(text, Content(None).playbook("lost-media"), "drawer.yaml")]


def test_the_example_is_a_right_scenario() -> None:
    assert wrong(EXAMPLE) == []


def test_the_tables_to_draw_from_are_right() -> None:
    template = EXAMPLE.replace("USBメモリーが見当たりません。", '"{city}の{medium}です。{medium.persons}人分です。"')
    assert template != EXAMPLE
    assert wrong(template.replace("organization: 見本市", "organization: '{city.ja}'") + DRAWS) == []
    assert wrong(template + DRAWS.replace("only: {city: [aobano]}", "only: {city: [nowhere]}"))


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("key of a leg", LEG_KEYS),
        ("key of `expected`", EXPECTED_KEYS - COMMON),
        ("key of `orders`", ORDER_KEYS - COMMON),
        ("key of `hazards`", HAZARD_KEYS - COMMON),
    ],
)
def test_a_table_names_just_the_keys_there_are(heading: str, keys: frozenset[str]) -> None:
    assert table(heading) == keys


@pytest.mark.parametrize(("heading", "keys"), [("Top level", SCENARIO_KEYS), ("An inject", INJECT_KEYS)])
def test_a_section_s_table_names_just_the_keys_there_are(heading: str, keys: frozenset[str]) -> None:
    rows = re.findall(r"^\| (`.*?) \|", section(heading), re.MULTILINE)
    assert {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)} == keys


def test_the_page_names_what_all_items_share_and_what_the_ghost_has() -> None:
    assert all(f"`{key}`" in section("What is scored").split("\n|")[0] for key in COMMON)
    assert "{" + ", ".join(sorted(GHOST_KEYS, key=["at", "what", "source", "meets"].index)) + "}" in PAGE


def test_the_page_names_every_question() -> None:
    asked = set(re.findall(r"`([a-z]+)\(", section("Conditions")))
    assert asked >= {*HAPPENINGS, "done", "after"}
    assert asked - {*HAPPENINGS, "done", "after"} <= {"known", "elapsed"}


@pytest.mark.parametrize("word", [*INJECT_KINDS, *DELIVERIES, *UNATTENDED, f"1 to {FASTEST}"])
def test_the_page_names_every_value(word: str) -> None:
    assert f"`{word}`" in PAGE or word in section("Times and legs")
