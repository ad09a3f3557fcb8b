"""Words of the trade that need an explanation (G34), and one thing under several names (G39). Both lists are data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import spot
from runbook.speech import Bilingual


class Term(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the trade in its writings, a plain explanation to offer, and words that count as one wherever they
    stand."""

    words: tuple[str, ...]
    say: str
    explained: tuple[str, ...] = ()


class Spellings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of one thing of which a text uses one. Within the longer words of `apart` they are something else."""

    words: tuple[str, ...]
    apart: tuple[str, ...] = ()


def unglossed(terms: tuple[Term, ...]) -> Check:
    """G34: the first use of each term that the text nowhere explains."""
    known = [(term, [(word, _word(word)) for word in map(_canonical, term.words)], _explained(term)) for term in terms]

    def check(page: Page, _: State) -> Iterator[Spot]:
        for term, words, explained in known:
            used = [
                found.start() for word, pattern in words if word in page.text and (found := pattern.search(page.text))
            ]
            if used and not any(explanation.search(page.text) for explanation in explained):
                yield spot(page, min(used), _advice(term))

    return check


def _advice(term: Term) -> Bilingual:
    word = term.words[0]
    return Bilingual(f"例：{word}（{term.say}）", f"For example: {word} ({term.say}).")


def _explained(term: Term) -> list[re.Pattern[str]]:
    """A bracket after the term or around it, "とは" and "is", a note that begins with it, or words of the list."""
    name = "(?:" + "|".join(_bounded(_canonical(word)) for word in term.words) + ")"
    return [
        re.compile(
            rf"{name}(?:[^、。(|\na-z]{{0,8}}| [a-z]+(?: [a-z]+)?) ?\((?!\d)[^)\n]{{4,}}|[^\n|(、。]{{4}}\([^)\n]{{0,12}}{name}"
            rf"|{name}[」』\"]?(?:とは|と呼ばれる|と呼んで|というのは|(?:は|、|:)[^。\n]{{4,80}}?(?:のこと|をいい|を指し|のためのもの|番号(?:で|の)|仕組み|調査で))"
            rf"|{name}\"?(?::| -|,? (?:which |that )?(?:is|are|means?|stands for|refers to)|, (?:that is|or|i\.e|a|an|the))(?![a-z])[^.\n]{{4,}}"
            rf"|(?:called|known as|so-called) (?:an? |the )?\"?{name}"
        ),
        *(re.compile(re.escape(_canonical(words))) for words in term.explained),
    ]


def drifting(groups: tuple[Spellings, ...]) -> Check:
    """G39: where a second name of one thing first stands."""
    known = []
    for group in groups:
        written = {_canonical(word): word for word in (*group.words, *group.apart)}
        longest = sorted(written, key=len, reverse=True)
        apart = {_canonical(word) for word in group.apart}
        known.append((written, apart, longest, re.compile("|".join(_bounded(word) for word in longest))))

    def check(page: Page, _: State) -> Iterator[Spot]:
        for written, apart, longest, pattern in known:
            if len(_used(page.text, longest)) < 2:
                continue
            first = ""
            for found in pattern.finditer(page.text):
                if found[0] in apart:
                    continue
                first = first or found[0]
                if found[0] != first:
                    yield spot(page, found.start(), _both(written[first], written[found[0]]))
                    break

    return check


def _used(text: str, longest: list[str]) -> list[str]:
    """Which of the words occur at all, other than within a longer one: told without a regular expression."""
    used = []
    for word in longest:
        if word in text:
            used.append(word)
            text = text.replace(word, "|")
    return used


def _both(first: str, second: str) -> Bilingual:
    return Bilingual(f"「{first}」と「{second}」があります。", f'It has both "{first}" and "{second}".')


def _canonical(word: str) -> str:
    return Page(word).text


def _bounded(word: str) -> str:
    """The word itself; one that begins or ends with a Latin letter is not taken out of a longer one (a plural's s may
    follow)."""
    before = "(?<![a-z])" if word[:1].isascii() else ""
    return before + re.escape(word) + ("(?!s?[a-z])" if word[-1:].isascii() else "")


def _word(word: str) -> re.Pattern[str]:
    return re.compile(_bounded(word))
