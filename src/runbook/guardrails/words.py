"""Looking for words in a page: cheap enough that a rule costs next to nothing where its words do not occur."""

from __future__ import annotations

import re
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


_VETO = re.compile(
    r"[「『][^「」『』]{2,80}[」』](?:と|など|の)[^。、「」『』]{0,12}?(?:(?:出さ|使わ|載せ|投稿し|掲載し)(?:な[いで]|ず|ません)|出しません|やめ)"
    r"|(?:not|n't|never) (?:post|publish|issue|put out|send out)[^.\"]{0,24}\"[^\"]{2,120}\""
)


def unvetoed(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """The finds that are not quoted as what is not to be published: whoever stops a wording must be able to name it."""
    vetoes = [veto.span() for veto in _VETO.finditer(sentence)]
    for found in pattern.finditer(sentence):
        if not any(start <= found.start() < end for start, end in vetoes):
            yield found


def worded(sought: tuple[str, ...], test: Test, applies: Callable[[State], bool] = lambda _: True) -> Check:
    """The check that puts those sentences to a test which hold one of the words, in the states where it applies."""

    def check(page: Page, state: State) -> Iterator[Spot]:
        for i in page.holding(sought) if applies(state) else ():
            if (at := test(page.texts, i)) is not None:
                yield Spot(i, at)

    return check
