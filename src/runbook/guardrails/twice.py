"""One event told in two ways: readers see it before its writers do, and believe neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.told import corrects
from runbook.speech import Bilingual

_EVENTS_JA = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:\(.\))?(?:(?P<half>午前|午後)?(?P<hour>\d{1,2})時(?:(?P<minute>\d{1,2})分|(?P<thirty>半))?|(?P<noon>正午))?"
    r"(?:頃|ごろ)?(?:に|には|、|:|\|| )*(?P<what>(?:(?:委託先|再委託先|受託者|市|町|村|県|職員|本人|社員|当事者)[がは])?"
    r"(?:媒体|usb(?:メモリー?)?)?[がをの]?(?:紛失に?|最後に)?(?:気[づ付]|紛失(?:し|さ)|見つか[りっる](?!て(?:い|お)な)|発見さ|確認さ))"
)
_EVENTS_EN = re.compile(
    r"(?:about )?(?P<h>\d{1,2}):(?P<m>\d\d)(?: on)?(?: [a-z]+day,?)? (?P<d>\d{1,2}) (?P<mon>[a-z]{3})[a-z]*[:,]? ?"
    r"(?P<did>(?:the )?(?:loss|media|medium|stick|drive|usb stick)s? (?:was|were) (?:noticed|found|last seen|lost))"
)
_COUNTS = re.compile(
    r"(?P<persons>対象(?:となる|の)?(?:方|者|人数|市民|住民)[^。\n\d]{0,16}?(?P<a>\d[\d,]{0,14}(?:万[\d,]{0,5})?) ?[人名])"
    r"|(?P<media>媒体の数[はが:|]{0,2} ?(?P<b>\d{1,9}))|(?P<affected>people affected[:|]? ?(?:up to |about )?(?P<c>\d[\d,]{0,14}))"
    r"|(?P<are>(?<![\d,])(?P<d>\d[\d,]{0,14}) (?:people|persons|residents)(?: \([^)\n]{0,60}\))? (?:are|were|may be) affected)|(?P<number>number of media[:|]? ?(?P<e>\d{1,9}))"
)
_HAPPENED = re.compile("気[づ付]|紛失|見つか|発見さ|確認さ")
_COUNTED = ("対象", "媒体の数", " affected", "number of media")
_COUNT_OF = {"persons": "persons", "media": "media", "affected": "persons", "are": "persons", "number": "media"}


class _Telling(NamedTuple):
    """The event or count told, its value, the words, and where."""

    of: str
    value: tuple[int, ...]
    words: str
    sentence: int
    at: int


def twice(page: Page, state: State) -> Iterator[Spot]:
    """G17: an event or a count is told in two ways, within the text or against a publication that stands uncorrected.

    A text that corrects tells both of necessity.
    """
    if corrects(page, state):
        return
    before: dict[str, _Telling] = {}
    for earlier in state.published:
        if not earlier.corrected:
            before |= {telling.of: telling for telling in _of_text(earlier.text)}
    for telling in _tellings(page):
        first = before.setdefault(telling.of, telling)
        if not _same(first.value, telling.value):
            detail = Bilingual(f"ほかでは「{first.words}」となっています。", f'Elsewhere it reads "{first.words}".')
            yield Spot(telling.sentence, telling.at, detail)


def _same(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two values agree as far as both go: a date agrees with an hour of that day."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


@lru_cache(maxsize=32)
def _of_text(text: str) -> tuple[_Telling, ...]:
    return tuple(_tellings(Page(text)))


def _tellings(page: Page) -> Iterator[_Telling]:
    """The events and counts a text dates and numbers."""
    for i, text in enumerate(page.texts):
        for event in _EVENTS_JA.finditer(text) if "月" in text and _HAPPENED.search(text) else ():
            yield _Telling(event["what"].replace("付", "づ"), _time_ja(event), event[0], i, event.start())
        for event in _EVENTS_EN.finditer(text) if ":" in text and " w" in text else ():
            when = (int(event["d"]), int(event["h"]), int(event["m"]))
            yield _Telling(event["did"].removeprefix("the "), when, event[0], i, event.start())
        for count in _COUNTS.finditer(text) if any(word in text for word in _COUNTED) else ():
            number = next(count[name] for name in "abcde" if count[name])
            yield _Telling(_COUNT_OF[count.lastgroup or ""], (_number(number),), count[0], i, count.start())


def _time_ja(event: re.Match[str]) -> tuple[int, ...]:
    day = int(event["month"]), int(event["day"])
    if event["noon"]:
        return *day, 12, 0
    if not event["hour"]:
        return day
    hour = int(event["hour"]) + 12 * (event["half"] == "午後" and int(event["hour"]) < 12)
    return *day, hour, int(event["minute"] or 30 * bool(event["thirty"]))


def _number(said: str) -> int:
    """460517 for 46万517 and 460,517."""
    myriads, _, rest = said.replace(",", "").rpartition("万")
    return int(myriads or 0) * 10_000 + int(rest or 0)


CHECKS: dict[str, Check] = {"G17": twice}
