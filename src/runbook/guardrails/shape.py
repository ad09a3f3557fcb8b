"""The one shape every check has: a pure function from a text read once and the incident's state to where it trips.

A check is linear in the length of the text: at most a few passes, each behind a cheap test that most texts fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from runbook.guardrails.canon import Page
from runbook.guardrails.state import State
from runbook.speech import Bilingual


class Spot(NamedTuple):
    """Where a text trips a rule: the sentence's index and the position in it, or (None) the text as a whole.

    `detail` is a further sentence for the message, such as the wrong count and the right one.
    """

    sentence: int | None = None
    at: int = 0
    detail: Bilingual | None = None


Check: TypeAlias = Callable[[Page, State], Iterable[Spot]]
Test: TypeAlias = Callable[[Sequence[str], int], "int | None"]
"""Where sentence `i` of canonical sentences trips, or None. Pure."""
PageTest: TypeAlias = Callable[[Page, int], "int | None"]
"""The same, for a test that shares what it searches for with others (`Page.first`)."""


def sentencewise(test: PageTest, applies: Callable[[State], bool] = lambda _: True) -> Check:
    """The check that puts every sentence to a test, in the states where it applies."""

    def check(page: Page, state: State) -> Iterator[Spot]:
        for i in range(len(page.texts)) if applies(state) else ():
            if (at := test(page, i)) is not None:
                yield Spot(i, at)

    return check
