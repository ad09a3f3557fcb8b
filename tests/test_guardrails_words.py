"""The words that let a check pass over most sentences: no sentence the check would find may lack them all."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runbook.guardrails import claims, lacking, secret, strength, told
from runbook.guardrails.canon import Page
from tests import guardrail_sentences as sentences

PASSED_OVER = [
    (claims._UNCONFIRMED, claims.UNCONFIRMED),
    (claims._UNHARMED_JA, claims.UNHARMED),
    (claims._UNHARMED_EN, claims.UNHARMED),
    (strength._BOAST, strength.BOASTED),
    (secret._ABSENT, secret.ABSENT),
    (secret.SECRET, secret.NAMES),
    (lacking._COUNTED, lacking._OBJECTS),
]
NAMES = ["unconfirmed", "unharmed-ja", "unharmed-en", "boasted", "absent", "secret", "counted"]
CORPUS = [
    text
    for group in (
        *(sentences.DISCLOSING, sentences.UNPROTECTED, sentences.BARE, sentences.FOUND_SAFE, sentences.BLOCKED),
        *(sentences.BOASTING, sentences.NOT_BARE, sentences.NOT_SAFE, sentences.HARMLESS),
    )
    for line in group
    for text in Page(line).texts
]


@pytest.mark.parametrize(("pattern", "words"), PASSED_OVER, ids=NAMES)
def test_what_is_found_in_the_sentences_at_hand_holds_a_word(pattern: re.Pattern[str], words: tuple[str, ...]) -> None:
    found = [text for text in CORPUS if pattern.search(text)]
    assert found or pattern is lacking._COUNTED
    assert [text for text in found if not any(word in text for word in words)] == []


@pytest.mark.parametrize(("pattern", "words"), PASSED_OVER, ids=NAMES)
def test_what_the_pattern_could_find_holds_a_word(pattern: re.Pattern[str], words: tuple[str, ...]) -> None:
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(pattern))
    def holds(text: str) -> None:
        assert any(word in text for word in words)

    holds()


def test_every_phrase_on_an_employer_holds_an_employees_word() -> None:
    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(told._EMPLOYED))
    def holds(text: str) -> None:
        assert told._EMPLOYEE.search(text)

    holds()
