"""Looking for words in a page: cheap enough that a rule costs next to nothing where its words do not occur."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot, Test
from runbook.guardrails.state import State
from runbook.speech import Bilingual


def words(*lines: str) -> tuple[str, ...]:
    """Words written in lines, parted by strokes: words("氏名/住所", "name/address")."""
    return tuple(word for line in lines for word in line.split("/"))


def index(page: Page, position: int) -> int:
    """The sentence in which `position` of the page's canonical text lies; what stands between two belongs to the first."""
    return max(0, bisect_right(page.sentences, position, key=lambda sentence: sentence.start) - 1)


def spot(page: Page, position: int, detail: Bilingual | None = None) -> Spot:
    """The spot at `position` of the page's canonical text."""
    i = index(page, position)
    return Spot(i, max(0, position - page.sentences[i].start), detail)


def holding(page: Page, sought: tuple[str, ...]) -> list[int]:
    """The sentences that hold one of the (canonical) words, in order. Each sentence is looked at once a word."""
    found: set[int] = set()
    for word in sought:
        at = page.text.find(word)
        while at >= 0:
            i = index(page, at)
            found.add(i)
            end = page.sentences[i].start + len(page.texts[i])
            at = page.text.find(word, max(end, at + 1))
    return sorted(found)


def worded(sought: tuple[str, ...], test: Test, applies: Callable[[State], bool] = lambda _: True) -> Check:
    """The check that puts those sentences to a test which hold one of the words, in the states where it applies."""

    def check(page: Page, state: State) -> Iterator[Spot]:
        for i in holding(page, sought) if applies(state) else ():
            if (at := test(page.texts, i)) is not None:
                yield Spot(i, at)

    return check
