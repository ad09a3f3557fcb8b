"""Everything the program says has its Japanese, and both languages speak of the same things."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from runbook.speech import Argument, Message, say, speaker

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "runbook"
CATALOGUE = SOURCE / "locale" / "ja.po"


@pytest.fixture(scope="module")
def japanese() -> Catalog:
    with CATALOGUE.open("rb") as po:
        return read_po(po, locale="ja", abort_invalid=True)


def says(source: str) -> Iterator[ast.Call]:
    """Every call of `say` in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield node


def every_call() -> list[tuple[str, ast.Call]]:
    """Where `say` is called, and the call."""
    return [
        (f"{path.relative_to(ROOT)}:{call.lineno}", call)
        for path in sorted(SOURCE.rglob("*.py"))
        for call in says(path.read_text("utf-8"))
    ]


def literal(call: ast.Call) -> str | None:
    """The sentence a call says, where it is written out in the call itself."""
    match call.args:
        case [ast.Constant(value=str(sentence))]:
            return sentence
    return None


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said() -> set[str]:
    return {sentence for _, call in every_call() if (sentence := literal(call))}


def known(catalogue: Catalog) -> dict[str, str]:
    assert all(isinstance(message.id, str) for message in catalogue), "no plural forms: say() takes none"
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def test_a_sentence_is_written_out_where_it_is_said() -> None:
    """Otherwise it could not be collected, and would stay English on a Japanese screen."""
    assert [where for where, call in every_call() if literal(call) is None] == []


def test_a_sentence_gets_what_its_places_need() -> None:
    """A place without a value would be a traceback in front of the user."""
    wrong = [
        where
        for where, call in every_call()
        if (sentence := literal(call)) is not None
        and all(keyword.arg for keyword in call.keywords)
        and places(sentence) != {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


def test_make_messages_sees_every_sentence() -> None:
    """The extractor behind `make messages` finds what Python's own parser finds, nested calls included."""
    collected = extract_from_dir(SOURCE, keywords={"say": None}, strip_comment_tags=False)
    assert {message for _, _, message, _, _ in collected} == said()


def test_every_sentence_has_its_japanese(japanese: Catalog) -> None:
    missing = said() - {id for id, japanese_text in known(japanese).items() if japanese_text.strip()}
    assert sorted(missing) == [], "run “make messages” and write their Japanese into src/runbook/locale/ja.po"


def test_the_catalogue_says_nothing_the_program_does_not(japanese: Catalog) -> None:
    assert sorted(known(japanese).keys() - said()) == [], "run “make messages”"
    assert sorted(map(str, japanese.obsolete)) == []


def test_no_translation_is_a_guess(japanese: Catalog) -> None:
    assert [message.id for message in japanese if message.id and message.fuzzy] == []


def test_both_languages_have_the_same_places(japanese: Catalog) -> None:
    differing = {id: text for id, text in known(japanese).items() if text and places(id) != places(text)}
    assert differing == {}


def test_the_program_speaks_this_japanese(japanese: Catalog) -> None:
    """What is compiled and found at run time is this very catalogue; red after an edit means: run “make messages”."""
    tell = speaker("ja")
    for id, text in known(japanese).items():
        filled: dict[str, Argument] = {name: f"<{name}>" for name in places(id)}
        if text:
            assert tell(Message(id, filled)) == text.format_map(filled)


@pytest.mark.parametrize("source", ["say(sentence)", 'say(f"{a}")', 'say("a" + b)', "say(*parts)", "say()"])
def test_only_a_literal_counts_as_written_out(source: str) -> None:
    assert [literal(call) for call in says(source)] == [None]


def test_an_untranslated_sentence_is_said_in_english() -> None:
    assert speaker("ja")(say("An untranslated {thing}.", thing="one")) == "An untranslated one."
