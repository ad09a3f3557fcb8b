"""Looking for words in a page: cheap enough that a rule costs next to nothing where its words do not occur."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot, Test
from runbook.guardrails.state import State
from runbook.speech import Bilingual


def words(*lines: str) -> tuple[str, ...]:
    """Words written in lines, parted by strokes: words("氏名/住所", "name/address")."""
    return tuple(word for line in lines for word in line.split("/"))


def spot(page: Page, position: int, detail: Bilingual | None = None) -> Spot:
    """The spot at `position` of the page's canonical text."""
    i = page.index(position)
    return Spot(i, max(0, position - page.sentences[i].start), detail)


def worded(sought: tuple[str, ...], test: Test, applies: Callable[[State], bool] = lambda _: True) -> Check:
    """The check that puts those sentences to a test which hold one of the words, in the states where it applies."""

    def check(page: Page, state: State) -> Iterator[Spot]:
        for i in page.holding(sought) if applies(state) else ():
            if (at := test(page.texts, i)) is not None:
                yield Spot(i, at)

    return check
