"""Every kind of mistake the severity method can have, named with its line: one small wrong thing in a right one
each."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.content import Content
from runbook.content.severity import check_method, read_method
from tests.mistaking import by_line, line_of, replaced
from tests.test_content_mistakes import FACTS

RIGHT = """\
id: small
title: {ja: 方法, en: Method}
as_of: 2026-11-21
note: {ja: 助け。, en: A help.}
sources:
  paper: {title: {ja: 論文, en: Paper}, kind: practice, verified: secondary}
elements:
  - id: simple
    part: dpc
    title: {ja: 基本, en: Simple}
    ask: {ja: ありますか。, en: Is there any?}
    source: paper
    choices:
      - {id: none, title: {ja: なし, en: None}, score: 0, source: paper}
      - {id: basic, title: {ja: あり, en: Some}, score: 100, source: paper, when: persons > 0}
  - id: names
    part: ei
    title: {ja: 特定, en: Identification}
    ask: {ja: 分かりますか。, en: Can they be found?}
    source: paper
    choices: [{id: full, title: {ja: 最大, en: Maximum}, score: 100, source: paper}]
  - id: lost
    part: cb
    title: {ja: 機密性, en: Confidentiality}
    ask: {ja: 誰が見ましたか。, en: Who saw it?}
    source: paper
    choices: [{id: public, title: {ja: 公開, en: Public}, score: 50, source: paper, example: {ja: 網, en: Web}}]
flags:
  - {id: many, title: {ja: 多数, en: Many}, text: {ja: 多い。, en: Many.}, when: persons > 100, source: paper}
bands:
  - {id: low, start: 0, title: {ja: 低, en: Low}, meaning: {ja: 少し。, en: A little.}}
  - {id: high, start: 300, title: {ja: 高, en: High}, meaning: {ja: とても。, en: A lot.}}
"""

ONE_MISTAKE = [
    ("score: 100, source: paper, when", "score: 401, source: paper, when", "“score” must be from 0 to 400."),
    ("en: Maximum}, score: 100", "en: Maximum}, score: 101", "“score” must be from 25 to 100."),
    ("en: Maximum}, score: 100", "en: Maximum}, score: 0", "“score” must be from 25 to 100."),
    ("score: 50", "score: 75", "“score” must be from 0 to 50."),
    ("score: 50", "score: 0.5", "“score” must be a whole number."),
    ("score: 50, ", "", "“score” is missing."),
    ("part: ei", "part: eye", "“part” cannot be “eye”, only: dpc, ei, cb."),
    ("{id: basic,", "{id: none,", "“none” is used twice; first in line 14."),
    ("- id: names", "- id: simple", "“simple” is used twice; first in line 8."),
    ("when: persons > 0}", "when: persons > 0 and persons < 0}", "This condition is never true."),
    ("when: persons > 0}", "when: person > 0}", "There is no fact “person”. Did you mean “persons”?"),
    ("when: persons > 100, ", "", "“when” is missing."),
    ("choices: [{id: full, title: {ja: 最大, en: Maximum}, score: 100, source: paper}]", "choices: []",
     "“choices” is empty."),
    ("start: 0,", "start: 100,", "The first band starts at 0."),
    ("start: 300,", "start: 0,", "Each band starts above the one before it."),
    ("sources:\n", "sources:\n  other: {title: {ja: 他, en: Other}, kind: case, verified: seed} #!\n",
     "Nothing here uses the source “other”."),
]  # fmt: skip


def named(text: str) -> list[tuple[int, str]]:
    return by_line(check_method(text, FACTS, "severity.yaml"))


@pytest.mark.parametrize(("old", "new", "message"), ONE_MISTAKE)
def test_one_mistake_is_named_by_its_line(old: str, new: str, message: str) -> None:
    found = named(replaced(RIGHT, (old, new)))
    assert (line_of(RIGHT, old, new), message) in found
    assert len(found) == 1 + ("eye" in new)  # a part that is none is missing too


def test_the_right_method_is_read() -> None:
    assert named(RIGHT) == []
    method = read_method(RIGHT, FACTS, "severity.yaml")
    assert [(one.part, [choice.score for choice in one.choices]) for one in method.elements] == [
        ("dpc", [0, 100]),
        ("ei", [100]),
        ("cb", [50]),
    ]
    assert [(band.id, band.start) for band in method.bands] == [("low", 0), ("high", 300)]


def test_each_part_of_the_formula_has_an_element() -> None:
    assert named(RIGHT.replace("part: dpc", "part: cb").replace("score: 100, source: paper, when", "score: 50, "
                 "source: paper, when")) == [(7, "No element is of the part “dpc”.")]  # fmt: skip


def test_the_shipped_method_has_no_mistake() -> None:
    ours = Content(None)
    path: Path = ours.file("playbooks/severity.yaml")
    assert ours.check(path) == []
