"""Text from outside is data, and a template can do nothing but write: no marks obeyed, no way out, no endless work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from runbook.content import Content
from runbook.errors import BadContent
from runbook.notices.drafting import draft
from runbook.notices.rendering import render
from tests.noticing import SHIPPED, amagasaki, counted, rules, template, told, written

FRESH = amagasaki("2022-06-22T15:44")
HOSTILE = [
    "# 見出し",
    "- 項目",
    "1. 一",
    "> 引用",
    "    code",
    "```\nrm\n```",
    "**太字** _斜体_ `code` ~~x~~",
    "[押す](https://evil.example/) ![x](file:///etc/passwd)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% for x in y %} {# c #}",
    "{{ organization.__class__ }}",
    "a | b | c",
    "|---|---|",
    "x\n\n# y\n\n- z",
    "\x1b[31mred\x1b[0m \x07 \x9b2J",
    "\u202egnp.exe \u200bx",
    "===\n---",
    "\\* \\",
    "^[note] $x$ @key :::",
    "https://evil.example/ a@b.example",
]
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def blocks(text: str) -> list[str]:
    """The kinds of Markdown's blocks, and of what stands inside them."""
    kinds = []
    for token in MARKDOWN.parse(text):
        kinds.append(token.type)
        kinds += [child.type for child in token.children or () if child.type not in ("text", "text_special")]
    return kinds


def plain(text: str) -> str:
    """What a reader of the Markdown sees, blanks apart."""
    seen = "".join(
        child.content
        for token in MARKDOWN.parse(text)
        for child in token.children or ()
        if child.type.startswith("text")
    )
    return re.sub(r"\s", "", seen)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_fact_is_one_line_of_plain_text(value: str) -> None:
    case = told(FRESH, "lost_place", value)
    for body in ("{{ lost_place }}", "- {{ lost_place }}", "A {{ lost_place }} B", "{{ 'x' ~ lost_place }}"):
        honest = written(told(FRESH, "lost_place", "X"), body, uses=("lost_place",)).text
        text = written(case, body, uses=("lost_place",)).text
        assert blocks(text) == blocks(honest)
        assert len(text.splitlines()) == 1
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u200b]", text)
    if not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u202e]", value):
        text = written(case, "A {{ lost_place }} B", uses=("lost_place",)).text
        assert plain(text) == re.sub(r"\s", "", f"A{value}B")


@pytest.mark.parametrize("value", HOSTILE)
def test_the_whole_notice_keeps_its_shape_whatever_stands_in_the_facts(value: str) -> None:
    def case(text: str):
        told_ = told(told(amagasaki(), "organization", text), "cause_so_far", text, status="estimate", source=text)
        return counted(told_, f"甲 {text}", 5, fields=(text, "氏名"), source=text)

    def lines(text: str) -> list[str]:
        return blocks(draft(case(text), SHIPPED, "D02", "ja").shown)

    assert lines(value) == lines("X")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_no_text_at_all_becomes_anything_but_text(value: str) -> None:
    text = written(told(FRESH, "lost_place", f"x{value}"), "{{ lost_place }}", uses=("lost_place",)).text
    assert set(blocks(text)) <= {"paragraph_open", "inline", "paragraph_close"}


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("x\n{{ lost_place.__class__ }}", 2, "attribute"),
        ("{{ lost_place._case }}", 1, "attribute"),
        ("{{ lost_place.knwon }}", 1, "“known”"),
        ("\n\n{{ lost_plac }}", 3, "“lost_place”"),
        ("{{ nothing_of_the_kind }}", 1, "There is no"),
        ("{% for a in range(99999999) %}{% endfor %}", 1, "call"),
        ("{{ lost_place() }}", 1, "call"),
        ("{{ 'a'.format(1) }}", 1, "call"),
        ("{{ 'a' * 1000000000 }}", 1, "mul"),
        ("{{ 9 ** 999999999 }}", 1, "pow"),
        ("{{ '%1000000000d' % 1 }}", 1, "mod"),
        ("{{ lost_place['known'] }}", 1, "getitem"),
        ("{% set a = 'x' %}", 1, "assign"),
        ("{% macro m() %}{% endmacro %}", 1, "macro"),
        ("{% block b %}{% endblock %}", 1, "block"),
        ("{% extends 'x' %}", 1, "extends"),
        ("{% import 'x' as y %}", 1, "import"),
        ("{% include 'elsewhere' %}", 1, "blocks named"),
        ("{% include '' %}", 1, "blocks named"),
        ("{% include lost_place %}", 1, "blocks named"),
        ("\n{% for a in datasets %}{% for b in datasets %}{% endfor %}{% endfor %}", 2, "loop inside a loop"),
        ("{% for a in datasets recursive %}{{ loop(datasets) }}{% endfor %}", 1, "loop inside a loop"),
        ("{{ lost_place | attr('known') }}", 1, "attr"),
        ("{{ lost_place | safe }}", 1, "safe"),
        ("{{ lost_place", 1, "The template fails"),
        ("a\nb\n{% if lost_place.known %}", 3, "The template fails"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 1, "nested too deeply"),
        ("{% if 1 %}" * 150 + "x" + "{% endif %}" * 150, 1, "nested too deeply"),
        ("x" * 200_000, 1, "more than 100,000 characters"),
    ],
)
def test_what_a_template_may_not_do_is_named_with_its_line(body: str, line: int, says: str) -> None:
    with pytest.raises(BadContent) as refused:
        template(body, uses=("lost_place",))
    assert str(refused.value.message).startswith(f"own.j2:{line}: ")
    assert says in str(refused.value.message)
    assert "runbook." not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("x\n{{ datasets }}", 2, "list"),
        ("x\n\n{{ datasets.known }}", 3, "known"),
        ("{% for a in lost_place %}{% endfor %}", 1, "not iterable"),
        ("\n{{ lost_place.yes }}", 2, "bool"),
    ],
)
def test_what_fails_while_writing_is_named_with_its_line(body: str, line: int, says: str) -> None:
    with pytest.raises(BadContent) as refused:
        written(told(FRESH, "lost_place", "X"), body, uses=("lost_place",))
    assert str(refused.value.message).startswith(f"own.j2:{line}: ")
    assert says in str(refused.value.message)


def test_a_notice_beyond_all_measure_is_refused() -> None:
    case = told(FRESH, "lost_place", "x" * 190_000)
    with pytest.raises(BadContent, match="more than 300,000 characters"):
        written(case, "{{ lost_place }}{{ lost_place }}", uses=("lost_place",))


def test_a_block_is_written_in_place_and_may_not_include_another() -> None:
    made = template('A {% include "b" %} C', uses=("lost_place",), b="[{{ lost_place }}]")
    assert render(made, told(FRESH, "lost_place", "B"), "ja", rules()).text == "A [B] C\n"
    with pytest.raises(BadContent, match=r"b\.j2:1"):
        template('{% include "b" %}', b='{% include "b" %}{% include "b" %}')


OWN = "templates/ja/first-notice.md.j2"
HEAD = "---\ntitle: お知らせ\napprover: 広報課長\n"


@pytest.fixture
def own(tmp_path: Path):
    """Writes the user's own first notice."""

    def write(text: str | bytes, name: str = OWN) -> Content:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return Content(tmp_path)

    return write


def test_a_users_template_is_used(own) -> None:
    content = own(HEAD + "requires: [organization]\n---\n{# mine #}\n# {{ organization }}のお知らせ\n")
    drafting = draft(amagasaki(), content, "D02", "ja")
    assert drafting.text == "# 尼崎市のお知らせ\n"
    assert drafting.trouble is None
    assert draft(amagasaki(), content, "D02", "en").text.startswith("# Loss of")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD + "requires: [organization]\n---\nx\n{{ organisation }}\n", ":7: "),
        (HEAD + "requires: [organization]\nuses: []\nuses: []\n---\nx", ":6: "),
        (HEAD + "requires: [organization]\nmore: x\n---\nx", ":5: "),
        (HEAD + "requires: organization\n---\nx", ":4: "),
        ("# no head at all", ":1: "),
        ("---\ntitle: t\nrequires: []\n---\nx", "“approver” is missing"),
        ("---\napprover: a\nrequires: []\n---\nx", "“title” is missing"),
        ("---\ntitle: t\napprover: a\n---\nx", "“requires” is missing"),
        ("", ":1: "),
        (HEAD + "requires: []\n---\n{% for a in datasets %}\n{% for b in datasets %}x{% endfor %}{% endfor %}", ":7: "),
        (HEAD + "requires: []\nblocks: [nowhere]\n---\nx", "blocks/nowhere.md.j2"),
        (HEAD + "requires: []\nblocks: [../../../../etc/passwd]\n---\nx", "passwd"),
        (HEAD.encode() + b"requires: []\n---\n\xff\xfe", ":6: "),
        (HEAD.encode() + b"requires: []\n---\n" + b"x" * 10_000_001, "10 MB"),
        (HEAD + "requires: []\n---\n" + "x" * 9_000_000, "100,000"),
    ],
)
def test_a_users_broken_template_is_named_and_the_shipped_one_is_used(own, text: str | bytes, place: str) -> None:
    drafting = draft(amagasaki(), own(text), "D02", "ja")
    assert drafting.trouble is not None
    assert place in str(drafting.trouble)
    assert drafting.text == draft(amagasaki(), SHIPPED, "D02", "ja").text


def test_a_users_broken_block_too(own) -> None:
    content = own("a\n{{ nobody }}", "templates/ja/blocks/contact.md.j2")
    drafting = draft(amagasaki(), content, "D02", "ja")
    assert "contact.md.j2:2: " in str(drafting.trouble)
    assert "0120-746-370" in drafting.text


@pytest.mark.parametrize(("kind", "says"), [("D09", "no template"), ("directive", "no template"), ("D99", "no kind")])
def test_a_kind_that_cannot_be_drafted_is_said_so(kind: str, says: str) -> None:
    with pytest.raises(BadContent, match=says):
        draft(amagasaki(), SHIPPED, kind, "en")
