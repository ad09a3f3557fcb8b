"""What a text promises for a day. A promise whose day has passed tells readers that nobody kept it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runbook.guardrails.canon import Page
from runbook.guardrails.dates import days_in
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import words

_NEXT = re.compile(
    r"次(?:回)?(?:は|の[^、。]{0,12}?(?:は|:|予定))[^。\d]{0,8}\Z"
    r"|(?<![a-z])next (?:public )?(?:notice|update|report|news|statement|announcement|information)[^\d]{0,30}(?:\d{1,2}:\d\d[^\d]{0,20})?\Z"
    r"|(?<![a-z])(?:will|shall|plan(?:s|ned)? to|planned for|intends? to)(?![a-z])[^,;\d]{0,50} (?:on|by|for|before|until)"
    r"[^,;\d]{0,12}(?:\d{1,2}:\d\d (?:on )?)?(?:[a-z]+day,? )?\Z"
)
"""What stands before the day of a promise."""
_ACT = r"(?:お知らせ|公表|報告|ご?説明|発送|郵送|送付|ご?連絡|更新|発表|回答|お伝え|開催|掲載|お送り)"
_WILL = re.compile(
    r"(?:\([^()]{1,8}\))?(?:(?:午前|午後)?\d{1,2}(?:時(?:\d{1,2}分|半)?|:\d\d)|正午)?(?:頃|ごろ)?"
    rf"(?:(?:まで)?には?(?:(?!た|つい|関し)[^。\d]){{0,24}}?|を|の)?(?:{_ACT}(?:を?(?:し|いたし|する(?!\Z))|の?予定|(?:を)?行)|予定)(?:(?!た|だっ|でし)[^。\d]){{0,12}}\Z"
)
"""What stands behind it, to the end of the sentence: no past tense."""
_KEPT = re.compile(r"でした|だった|ました|(?<![a-z])(?:was|were|had|would|instead|postponed)(?![a-z])")
_REACH = 120
"""Letters before a day in which its promise is looked for, so that a long sentence costs no more than its length."""
PROMISED = words("次/予定/お知らせ/公表/報告/説明/送/連絡/更新/発表/回答/伝え/開催/掲載", "next/will/shall/plan/intend")
"""Words of which every such sentence holds one."""


def broken(page: Page, state: State) -> Iterator[Spot]:
    """G53: something is promised for a day that has passed. A sentence that tells of the promise as past is none."""
    if state.now is None:
        return
    for i in page.holding(PROMISED):
        text = page.texts[i]
        for day in days_in(text, state.now) if not _KEPT.search(text) else ():
            said = _NEXT.search(text, max(0, day.start - _REACH), day.start) or _WILL.match(text, day.end)
            if said and day.date < state.now.date():
                yield Spot(i, day.start)
                break


CHECKS: dict[str, Check] = {"G53": broken}
