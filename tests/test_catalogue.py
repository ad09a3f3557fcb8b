"""Everything the program says has its Japanese, and both languages speak of the same things."""

from __future__ import annotations

from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from runbook.speech import Argument, Message, say, speaker
from tools.messages import JAPANESE, calls, every_call, sentence_of


@pytest.fixture(scope="module")
def japanese() -> Catalog:
    with JAPANESE.open("rb") as po:
        return read_po(po, locale="ja", abort_invalid=True)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def said() -> set[str]:
    return {sentence for _, call in every_call() if (sentence := sentence_of(call))}


def known(catalogue: Catalog) -> dict[str, str]:
    assert all(isinstance(message.id, str) for message in catalogue), "no plural forms: say() takes none"
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def test_a_sentence_is_written_out_where_it_is_said() -> None:
    """Otherwise it could not be collected, and would stay English on a Japanese screen."""
    assert [f"{path}:{call.lineno}" for path, call in every_call() if sentence_of(call) is None] == []


def test_a_sentence_gets_what_its_places_need() -> None:
    """A place without a value would be a traceback in front of the user."""
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in every_call()
        if (sentence := sentence_of(call)) is not None
        and all(keyword.arg for keyword in call.keywords)
        and places(sentence) != {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


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


@pytest.mark.parametrize(
    ("source", "sentences"),
    [
        ('say("Saved.")', ["Saved."]),
        ('say("One " "sentence, {n}.", n=3)', ["One sentence, {n}."]),
        ('say("Outer {what}.", what=say("inner"))', ["Outer {what}.", "inner"]),
        ("f\"{tell(say('in an f-string'))}\"", ["in an f-string"]),
        ('def say(id): ...\nsaying("no")\nx.say("no")', []),
        ("say(sentence)", [None]),
        ('say(f"{a}")', [None]),
        ('say("a" + b)', [None]),
        ("say(*parts)", [None]),
        ("say()", [None]),
    ],
)
def test_what_is_collected(source: str, sentences: list[str | None]) -> None:
    assert [sentence_of(call) for call in calls(source)] == sentences


def test_an_untranslated_sentence_is_said_in_english() -> None:
    assert speaker("ja")(say("An untranslated {thing}.", thing="one")) == "An untranslated one."
