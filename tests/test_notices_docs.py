"""docs/notice-templates.md and its Japanese edition name everything a template can use, and the shipped templates agree
with each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.notice_kinds import WRITTEN, Written, find_kind
from runbook.notices.house import House
from runbook.notices.rows import LISTS
from runbook.notices.sandbox import LOOP, NAMES, VIEWS, _Environment
from runbook.notices.templates import Head, load_template
from tests.noticing import SHIPPED, amagasaki, rules

DOCS = Path(__file__).parents[1] / "docs"
PAGES = [(DOCS / name).read_text("utf-8") for name in ("notice-templates.md", "notice-templates.ja.md")]


@pytest.mark.parametrize("name", sorted({*NAMES, *(f".{name}" for view in VIEWS for name in view.SHOWS)}))
def test_the_pages_name_it(name: str) -> None:
    for page in PAGES:
        assert f"`{name}`" in page


def test_the_pages_name_every_filter_and_key() -> None:
    for name in (*_Environment().filters, *Head.__struct_fields__, *(f"loop.{name}" for name in LOOP)):
        for page in PAGES:
            assert f"`{name}`" in page


def test_the_pages_name_every_value_of_the_house() -> None:
    for name in House.__struct_fields__:
        for page in PAGES:
            assert f"`{name}`" in page


@pytest.mark.parametrize("slug", [kind.slug for kind in SHIPPED.kinds()])
def test_both_languages_say_the_same(slug: str) -> None:
    kind = find_kind(SHIPPED.kinds(), slug)
    assert kind is not None
    if not SHIPPED.has(f"templates/en/{slug}.md.j2"):
        return
    ja, en = (load_template(SHIPPED, kind, language).head for language in ("ja", "en"))
    assert set(ja.requires) == set(en.requires)
    assert ja.guardrails == en.guardrails


@pytest.mark.parametrize("writing", WRITTEN)
def test_every_fact_a_shipped_template_names_is_one_of_the_playbook(writing: Written) -> None:
    facts = set(amagasaki().playbook.facts)
    for kind in SHIPPED.kinds():
        if SHIPPED.has(f"templates/{writing}/{kind.slug}.md.j2"):
            head = load_template(SHIPPED, kind, writing).head
            assert {*head.requires, *head.uses} - LISTS <= facts, kind.slug


@pytest.mark.parametrize("writing", WRITTEN)
def test_every_shipped_head_names_rules_that_exist(writing: Written) -> None:
    ids = {rule.id for rule in rules().rules}
    for kind in SHIPPED.kinds():
        if SHIPPED.has(f"templates/{writing}/{kind.slug}.md.j2"):
            head = load_template(SHIPPED, kind, writing).head
            assert set(head.guardrails) <= ids, kind.slug
