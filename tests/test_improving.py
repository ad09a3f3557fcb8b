"""An improvement becomes a line or a check of the user's own playbook, and nothing else of the text changes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.cards import Card
from runbook.content import Content
from runbook.content.trees import read_tree
from runbook.drills.history import playbooks_drilled
from runbook.drills.improving import apply, diff, patched
from runbook.errors import BadContent, Refused
from runbook.events import Improvement, Prose

DAY = date(2026, 11, 23)
SHIPPED = Content(None)
TEXT = SHIPPED.playbook_text("lost-media")[1]
BLOCK = """\
# a comment at the top
id: tiny
edition: "2026-01-02"  # the day
phases:
  - id: first
    steps:
      - id: one
        do:
          - {ja: 聞く。, en: Ask.}   # kept
          - ja: >-
              長い
              文。
            en: "Two
              lines."

        # about the checks
        checks:
        - {id: a, ja: 甲, en: A}
        # about what follows
        sources: [x]
      - {id: two, do: [{ja: 走る。, en: "Run, now"}], sources: [x]}
      - id: three
        checks: []
        do: [ {ja: 待つ。, en: Wait.}, ]

  # the last one
  - id: second
    steps:
      - do:
          - {ja: 終わる。, en: End.}
        id: four"""


def improvement(
    step: str, add: str = "line", ja: str = "首長に先に電話する。", en: str = "Call the head first."
) -> Improvement:
    return Improvement(
        "imp-1",
        Prose(text="遅れた"),
        Prose(text="先に電話"),
        "佐藤",
        step=step,
        add=cast(Literal["line", "check"], add),
        ja=Prose(text=ja),
        en=Prose(text=en),
    )


def added(text: str, new: str) -> list[str]:
    """The lines that are new, where every other line is still there and in order."""
    return [line for line in diff(text, new, "x").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]


@pytest.mark.parametrize(
    ("step", "add", "expected"),
    [
        ("one", "line", ["+          - {ja: 首長に先に電話する。, en: Call the head first.}"]),
        ("one", "check", ["+        - {id: imp-1, ja: 首長に先に電話する。, en: Call the head first.}"]),
        (
            "two",
            "line",
            [
                '-      - {id: two, do: [{ja: 走る。, en: "Run, now"}], sources: [x]}',
                '+      - {id: two, do: [{ja: 走る。, en: "Run, now"}, {ja: 首長に先に電話する。, en: Call the head first.}], '
                "sources: [x]}",
            ],
        ),
        (
            "two",
            "check",
            [
                '-      - {id: two, do: [{ja: 走る。, en: "Run, now"}], sources: [x]}',
                '+      - {id: two, do: [{ja: 走る。, en: "Run, now"}], checks: [{id: imp-1, ja: 首長に先に電話する。, '
                "en: Call the head first.}], sources: [x]}",
            ],
        ),
        (
            "three",
            "line",
            [
                "-        do: [ {ja: 待つ。, en: Wait.}, ]",
                "+        do: [ {ja: 待つ。, en: Wait.}, {ja: 首長に先に電話する。, en: Call the head first.}, ]",
            ],
        ),
        (
            "three",
            "check",
            [
                "-        checks: []",
                "+        checks: [{id: imp-1, ja: 首長に先に電話する。, en: Call the head first.}]",
            ],
        ),
        (
            "four",
            "check",
            [
                "+        checks:",
                "+          - {id: imp-1, ja: 首長に先に電話する。, en: Call the head first.}",
            ],
        ),
    ],
)
def test_the_line_goes_to_the_end_of_its_step_in_the_styles_people_write(
    step: str, add: str, expected: list[str]
) -> None:
    new = patched(BLOCK, improvement(step, add), DAY)
    dated = ['-edition: "2026-01-02"  # the day', '+edition: "2026-11-23"  # the day']
    assert added(BLOCK, new) == [*dated, *expected]


def test_it_stands_before_the_comment_on_what_follows() -> None:
    lines = patched(BLOCK, improvement("one", "check"), DAY).split("\n")
    assert lines[lines.index("        # about what follows") - 1].startswith("        - {id: imp-1")
    lines = patched(BLOCK, improvement("one"), DAY).split("\n")
    at = next(n for n, line in enumerate(lines) if "Call the head" in line)
    assert lines[at - 1] == '              lines."'
    assert lines[at + 1] == ""


def test_a_playbook_from_windows_keeps_its_line_ends() -> None:
    new = patched(BLOCK.replace("\n", "\r\n"), improvement("one"), DAY)
    assert new.replace("\r\n", "\n") == patched(BLOCK, improvement("one"), DAY)
    assert "\n" not in new.replace("\r\n", "")


@pytest.mark.parametrize("add", ["line", "check"])
def test_the_shipped_playbook_takes_one_wherever_steps_differ_and_passes_its_check(add: str, tmp_path: Path) -> None:
    """At every other one of what phases have: a step with checks, one without; all checked at once, for that takes a
    while."""
    phases = SHIPPED.playbook("lost-media").phases
    differing = {(phase.id, bool(step.checks)): step.id for phase in phases for step in phase.steps}
    whole = TEXT
    chosen = list(differing.values())[::2]
    for n, step in enumerate(chosen):
        whole = patched(whole, msgspec.structs.replace(improvement(step, add), id=f"imp-{n}"), DAY)
    new = [line for line in added(TEXT, whole) if "edition" not in line]
    assert [line[0] for line in new].count("-") == 0
    assert len(new) >= len(chosen) > 5
    file = tmp_path / "lost-media.yaml"
    file.write_text(whole, "utf-8")
    assert SHIPPED.check(file) == []
    steps = SHIPPED.compiled({**SHIPPED.edition("lost-media")[1], "playbook": whole}, "x").steps
    for id in chosen:
        said = [one.title for one in steps[id].checks] if add == "check" else steps[id].lines
        assert said[-1].en == "Call the head first.", id


said = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))).filter(str.strip)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["one", "two", "three", "four"]), st.sampled_from(["line", "check"]), said, said)
def test_whatever_is_added_is_read_back_and_nothing_else_changed(step: str, add: str, ja: str, en: str) -> None:
    try:
        new = patched(BLOCK, improvement(step, add, ja, en), DAY)
    except BadContent:  # a character that no playbook may hold
        assert any(char in "\ufeff\u2028\u2029\ufffe\uffff" or ord(char) > 0xFFFF for char in ja + en)
        return
    item = {"ja": " ".join(ja.split()), "en": " ".join(en.split())}
    part = "checks" if add == "check" else "do"
    before, after = cast(Any, (read_tree(BLOCK, "x"), read_tree(new, "x")))
    for phase in after["phases"]:
        for one in phase["steps"]:
            if one["id"] == step:
                last = one[part].pop()
                assert last == ({"id": "imp-1", **item} if add == "check" else item)
                if not one[part] and step != "three":
                    del one[part]
    assert after == {**before, "edition": "2026-11-23"}


def test_what_is_in_already_is_refused() -> None:
    for add in ("line", "check"):
        once = patched(BLOCK, improvement("one", add), DAY)
        with pytest.raises(Refused, match="says this already"):
            patched(once, improvement("one", add), DAY)
    once = patched(BLOCK, improvement("one", "check"), DAY)
    with pytest.raises(Refused):
        patched(once, improvement("one", "check", "別の文", "Another text"), DAY)


def test_an_edition_never_goes_back() -> None:
    assert 'edition: "2026-01-02"' in patched(BLOCK, improvement("one"), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "step", "message"),
    [
        (BLOCK, "nine", "no step “nine”"),
        (
            BLOCK.replace("        - {id: a, ja: 甲, en: A}\n", "        - &a {id: a, ja: 甲, en: A}\n        - *a\n"),
            "",
            "changes nothing",
        ),
        (BLOCK.replace("checks: []", "checks: no"), "three", "not a list"),
        ("a: [", "one", "not YAML"),
        ("- a", "one", "keys of its own"),
        (
            BLOCK.replace("        do: [ {ja: 待つ。, en: Wait.}, ]", "        do: *d").replace(
                "one\n        do:\n", "one\n        do: &d\n"
            ),
            "one",
            "cannot be added",
        ),
    ],
)
def test_what_cannot_be_patched_is_said(text: str, step: str, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        patched(text, improvement(step, "check" if "not a list" in message else "line"), DAY)


def test_a_text_in_one_language_stands_in_both_and_one_that_was_removed_is_refused() -> None:
    half = Improvement(
        "i", Prose(text="a"), Prose(text="b"), "c", step="one", add="line", ja=Prose("digest"), en=Prose(text="x")
    )
    assert patched(BLOCK, half, DAY) == patched(BLOCK, msgspec.structs.replace(half, ja=Prose(text="x")), DAY)
    with pytest.raises(BadContent, match="has no text"):
        patched(BLOCK, msgspec.structs.replace(half, en=None), DAY)


def test_it_goes_into_the_users_own_copy_and_counts_from_then_on(tmp_path: Path) -> None:
    shipped = SHIPPED.playbook_text("lost-media")[0]
    kept = shipped.read_bytes()
    content = Content(tmp_path / "own")
    path = apply(content, tmp_path / "own", "lost-media", improvement("report-head", "check"), DAY)
    assert path == (tmp_path / "own" / "playbooks" / "lost-media.yaml").resolve()
    assert shipped.read_bytes() == kept
    playbook = content.playbook("lost-media")
    assert playbook.edition == "2026-11-23"
    assert playbook.steps["report-head"].checks[-1].title.ja == "首長に先に電話する。"
    apply(content, tmp_path / "own", "lost-media", improvement("report-head", "line"), DAY)
    assert content.playbook("lost-media").steps["report-head"].lines[-1].en == "Call the head first."
    with pytest.raises(Refused):
        apply(content, tmp_path / "own", "lost-media", improvement("report-head", "line"), DAY)
    assert [one.name for one in path.parent.iterdir()] == ["lost-media.yaml"]


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")
    with pytest.raises(BadContent, match="cannot be written"):
        apply(Content(None), tmp_path / "own", "lost-media", improvement("report-head"), DAY)


def test_the_last_drill_of_each_playbook() -> None:
    def card(playbook: str, held: str, demo: bool = False) -> Card:
        at = datetime.fromisoformat(held).replace(tzinfo=ZoneInfo("Asia/Tokyo")) if held else None
        opened = datetime(2022, 6, 22, tzinfo=ZoneInfo("Asia/Tokyo"))
        return Card("x", "t", playbook, "drill", demo, opened, None, 0, 0, None, None, opened, "small", at)

    cards = [card("a", "2026-01-02"), card("a", "2026-03-04T23:50"), card("b", "2026-05-06", demo=True), card("c", "")]
    assert playbooks_drilled(cards) == {"a": date(2026, 3, 4)}
