"""YAML from strangers: read as text with its lines, or refused with a sentence; never obeyed, never a crash."""

from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from runbook.content import nodes
from runbook.content.nodes import Entries, Items, Node, Scalar, read_nodes
from runbook.speech import Message


def read(data: str | bytes) -> tuple[Node | None, list[tuple[int, str]]]:
    complaints: list[tuple[int, str]] = []

    def wrong(line: int, message: Message) -> None:
        complaints.append((line, str(message)))

    return read_nodes(data, wrong), complaints


@pytest.fixture(params=["C", "Python"], autouse=True)
def either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers give the same: the quick one is missing on some machines."""
    if request.param == "Python":
        monkeypatch.setattr(nodes, "_LOADER", yaml.BaseLoader)


def test_all_values_are_text_with_their_lines() -> None:
    node, complaints = read("a: no\nb:\n  - 15:45\n  - 0120\n  - ~\nc: {x: 1.0, y: 2022-06-22}\n")
    assert complaints == []
    assert node == Entries(
        (
            (Scalar("a", 1), Scalar("no", 1)),
            (Scalar("b", 2), Items((Scalar("15:45", 3), Scalar("0120", 4), Scalar("~", 5)), 2)),
            (
                Scalar("c", 6),
                Entries(
                    ((Scalar("x", 6), Scalar("1.0", 6)), (Scalar("y", 6), Scalar("2022-06-22", 6))),
                    6,
                ),
            ),
        ),
        1,
    )


def test_repeated_keys_are_both_there() -> None:
    node, _ = read("a: 1\na: 2\n")
    assert node == Entries(((Scalar("a", 1), Scalar("1", 1)), (Scalar("a", 2), Scalar("2", 2))), 1)


def test_aliases_stand_for_what_they_name() -> None:
    node, complaints = read("a: &x [1]\nb: *x\n")
    assert complaints == []
    assert isinstance(node, Entries)
    assert node.pairs[0][1] == node.pairs[1][1] == Items((Scalar("1", 1),), 1)


def test_a_byte_order_mark_and_windows_lines_are_fine() -> None:
    node, complaints = read("\ufeffa: あ\r\nb: い\r\n".encode())
    assert complaints == []
    assert node == Entries(((Scalar("a", 1), Scalar("あ", 1)), (Scalar("b", 2), Scalar("い", 2))), 1)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("", 1, "The file is empty."),
        ("# only a remark\n\n", 1, "The file is empty."),
        ("a: 1\nb: 'open\n", 3, "This is not YAML: "),
        ("a: 1\nb: c: d\n", 2, "This is not YAML: mapping values are not allowed"),
        ("a: 1\n\tb: 2\n", 2, "This is not YAML: "),
        ("a: 1\n---\nb: 2\n", 2, "A second document begins here"),
        ("a: 1\nb: *nowhere\n", 2, "“*nowhere” is not defined before this line."),
        ("a: 1\nb: &me [1, *me]\n", 2, "“*me” is not defined before this line."),
        ("a: 1\n? [b]\n: 2\n", 2, "A key must be a single word."),
        ("a: 1\n? {b: c}\n: 2\n", 2, "A key must be a single word."),
        ("a: 1\nb: \x1b[31mred\n", 2, "There is a control character here (U+001B)."),
        ("a: 1\nb: \ud800\n", 2, "There is a control character here (U+D800)."),
        ("a: 1\nb: x\0\n", 2, "There is a control character here (U+0000)."),
        ("a: 1\nb: い\n".encode("cp932"), 2, "This is not UTF-8; save the file as UTF-8."),
        ("a: い\n".encode("utf-16"), 1, "This is not UTF-8; save the file as UTF-8."),
        (b"a: 1\nb: \xff\n", 2, "This is not UTF-8; save the file as UTF-8."),
        ("a: 1\nb: " + "[" * 33 + "]" * 33, 2, "Lists and keys are nested too deeply."),
        ("a: 1\n" + "- " * 40, 2, "This is not YAML: "),
    ],
)
def test_what_cannot_be_read(data: str | bytes, line: int, words: str) -> None:
    node, ((where, what),) = read(data)
    assert node is None
    assert where == line
    assert what.startswith(words)


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!int", "!!binary", "!!null", "!local", "!!set"])
def test_tags_are_refused_but_reading_goes_on(tag: str) -> None:
    node, complaints = read(f"a: 1\nb: {tag} x\nc: {tag} y\n")
    assert isinstance(node, Entries)
    assert [key.text for key, _ in node.pairs] == ["a", "b", "c"]
    assert [line for line, _ in complaints] == [2, 3]
    assert all(what.startswith("The tag “") for _, what in complaints)


def test_tags_on_lists_and_keys_are_refused_too() -> None:
    _, complaints = read("a: !!omap [x]\n!!python/name:os.getcwd b: 1\nc: !!python/object:x.y {d: e}\n")
    assert [line for line, _ in complaints] == [1, 2, 3]


def test_a_control_character_written_as_an_escape() -> None:
    node, complaints = read('a: "\\e[31mred"\nb: 1\n')
    assert isinstance(node, Entries)
    assert complaints == [(1, "There is a control character here (U+001B).")]


def bomb(levels: int) -> str:
    """Each line holds nine times the line before."""
    lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, levels)]
    return "\n".join(lines)


def test_an_alias_bomb_is_refused() -> None:
    assert isinstance(read(bomb(3))[0], Entries)
    node, ((line, what),) = read(bomb(30))
    assert node is None
    assert line == 6  # 9 ** 6 values
    assert what == "The file holds more than 200000 values."


def test_ten_megabytes() -> None:
    assert read("a: " + "x" * 9_999_990)[1] == []
    for much in ("a: " + "x" * 10_000_000, b"a: " + b"x" * 10_000_000):
        assert read(much) == (None, [(1, "The file is larger than 10 MB.")])


@pytest.mark.parametrize("unit", ["[", "{", "- ", "? ", "[a,", "*", "&a ", "!", "%", "\n", "\t", '"'])
def test_megabytes_of_nonsense_are_refused_at_once(unit: str) -> None:
    """A million brackets overflow the C stack of YAML's own composer."""
    begun = time.process_time()
    _, ((_, what),) = read(unit * (1_000_000 // len(unit)))
    assert len(what) < 200
    assert time.process_time() - begun < 10


BITS = [
    "a",
    ": ",
    "\n",
    "  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    "!t ",
    "'",
    '"',
    "#",
    "|",
    ">",
    "?",
    "\x85",
    "あ",
    "\ufeff",
    "%",
    "---",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(BITS)).map("".join), st.binary()))
def test_anything_is_read_or_refused(data: str | bytes) -> None:
    node, complaints = read(data)
    assert (node is not None) or len(complaints) >= 1
    assert all(line >= 1 for line, _ in complaints)
