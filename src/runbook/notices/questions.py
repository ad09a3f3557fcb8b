"""The questions people ask, and what may be answered: `templates/questions.yaml`.

Each answer is a small template: it takes its values from the facts, like any notice, and says of the unknown that it is
being confirmed. The questions and why not more is said come from real cases, each with its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from runbook.conditions import parse
from runbook.content.mistakes import Mistakes
from runbook.content.playbooks import read_sources
from runbook.content.reading import SLUG, Entry, Reader
from runbook.errors import BadContent
from runbook.notices.sandbox import Program, Source, compile_template
from runbook.playbook import Source as Origin
from runbook.speech import Language, say

if TYPE_CHECKING:
    from runbook.content import Content

QUESTIONS = "templates/questions.yaml"


class Question(msgspec.Struct, frozen=True):
    """A question in one language. `kinds` are the notices it is for, `when` the condition under which it is asked."""

    id: str
    kinds: tuple[str, ...]
    when: str
    source: Origin
    uses: tuple[str, ...]
    question: str
    why: str
    answer: Program


class Questions(msgspec.Struct, frozen=True):
    """All questions in one language, and what a spokesperson does not say."""

    questions: tuple[Question, ...] = ()
    do_not_say: tuple[str, ...] = ()


def load_questions(content: Content, language: Language) -> Questions:
    """The questions of this user. Raises BadContent with every mistake by file and line."""
    path, text = content.text(QUESTIONS)
    return read_questions(text, str(path), tuple(kind.slug for kind in content.kinds()), language)


@lru_cache(maxsize=4)
def read_questions(text: str, where: str, kinds: tuple[str, ...], language: Language) -> Questions:
    """Questions from their YAML; their answers compiled in one language. Raises BadContent."""
    reader = Reader(where, text)
    at = reader.entry(reader.root, where, "questions do_not_say sources")
    found = tuple(_questions(at, reader, kinds, language)) if at else ()
    lines = tuple(line.said(language) for line in at.bilinguals("do_not_say")) if at else ()
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return Questions(found, lines)


def _questions(at: Entry, reader: Reader, kinds: Sequence[str], language: Language) -> Iterator[Question]:
    sources = {source.id: source for source in read_sources(at)}
    seen: dict[str, int] = {}
    for one in at.entries("questions", "id for source ja en", "when uses"):
        name = one.name("id", SLUG, seen)
        told = {tongue: one.entry(tongue, "question answer why") for tongue in ("ja", "en")}
        when = _condition(one)
        uses = one.references("uses", None, say("fact"))
        source = one.reference("source", sources, say("source"))
        where = one.references("for", kinds, say("kind of notice"))
        said = told[language]
        if said is None or reader.mistakes:
            continue
        yield Question(
            id=name,
            kinds=where,
            when=when,
            source=sources[source],
            uses=uses,
            question=said.text("question"),
            why=said.text("why"),
            answer=_answer(said, reader.file, uses),
        )


def _condition(at: Entry) -> str:
    when = at.text("when")
    try:
        if when:
            parse(when)
    except BadContent as wrong:
        at.wrong("when", wrong.message)
        return ""
    return when


def _answer(at: Entry, file: str, uses: tuple[str, ...]) -> Program:
    """Compiled with as many empty lines before it as stand before it in the file, so that complaints name its line."""
    node = at.node("answer")
    line = node.line if node is not None else 1
    return compile_template(Source(file, "\n" * (line - 1) + at.text("answer")), (), uses)
