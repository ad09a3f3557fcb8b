"""A plain tree from YAML: what guardrails, cases and the heads of templates are read from."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.content import Content, Mistakes, read_tree


def test_all_scalars_are_text() -> None:
    assert read_tree("a: no\nb: [15:45, 0120]\n", "f.yaml") == {"a": "no", "b": ["15:45", "0120"]}


def test_every_mistake_is_named_by_file_and_line() -> None:
    with pytest.raises(Mistakes) as refused:
        read_tree("a: 1\nb:\n  - {c: 1, c: 2}\na: !!python/object 3\n", "f.yaml")
    places = [(mistake.file, mistake.line) for mistake in refused.value.mistakes]
    assert places == [("f.yaml", 3), ("f.yaml", 4), ("f.yaml", 4)]


def test_a_users_file_stands_in_for_the_shipped_one_and_can_be_left_aside(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "kinds.yaml").write_text("mine: yes\n", "utf-8")
    content = Content(tmp_path)
    assert content.tree("templates/kinds.yaml") == {"mine": "yes"}
    assert content.text("templates/kinds.yaml") == (tmp_path / "templates" / "kinds.yaml", "mine: yes\n")
    assert content.shipped().kinds()
