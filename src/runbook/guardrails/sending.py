"""Letters and mails: on which day they are posted, to whom, from which list, and with what attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from runbook.guardrails.canon import Page
from runbook.guardrails.dates import days_in
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.speech import Bilingual

_POSTED = re.compile(
    r"発送|郵送|投函|送付|手紙|通知(?:書|文)|post(?:ed|ing)?(?![a-z])|by mail|mailed|letters?(?![a-z])|sent out"
)


def on_holiday(page: Page, state: State) -> Iterator[Spot]:
    """G20: letters are posted on a Sunday or a Japanese public holiday. A date without a year is the nearest to now."""
    for i, text in enumerate(page.texts):
        if not _POSTED.search(text):
            continue
        for day in days_in(text, state.now):
            if (name := closed(day.date)) is not None:
                yield Spot(i, day.start, name)
                break


@cache
def closed(day: date) -> Bilingual | None:
    """Why post is not taken and carried on this day as on others: a Sunday or a public holiday of Japan."""
    import jpholiday

    name = jpholiday.is_holiday_name(day)
    if name:
        return Bilingual(
            f"{day.month}月{day.day}日は祝日（{name}）です。", f"{day:%d %B} is a public holiday in Japan."
        )
    if day.weekday() == 6:
        return Bilingual(f"{day.month}月{day.day}日は日曜日です。", f"{day:%d %B} is a Sunday.")
    return None


def worked_list(page: Page, state: State) -> Iterator[Spot]:
    """G47: the recipients come from a worked sheet, or from an export that was changed afterwards."""
    mail = state.mail
    if mail is None or not mail.recipients:
        return
    if mail.recipients == "sheet":
        yield Spot(detail=Bilingual("宛先が表計算の名簿から来ています。", "The recipients come from a spreadsheet."))
    elif not mail.intact:
        yield Spot(
            detail=Bilingual("書き出したときの名簿と内容が違います。", "The list is not the one that was exported.")
        )


def strange_attachment(page: Page, state: State) -> Iterator[Spot]:
    """G48: something is attached that nobody approved."""
    mail = state.mail
    strange = [sha for sha in mail.attachments if sha not in mail.approved_attachments] if mail else []
    if strange:
        named = ", ".join(sha[:12] for sha in strange[:3])
        yield Spot(detail=Bilingual(f"承認されていない添付：{len(strange)}件（{named}）。", f"Not approved: {named}."))


_HEAD_TO = re.compile(r"\s*(?:to|cc|宛先|写し)\s*[:：](.*)", re.IGNORECASE)
_HEAD_LINES = 40


def many_addresses(page: Page, state: State) -> Iterator[Spot]:
    """G49: more than one address in To and Cc, in the mail's own head or in lines of the text that look like one."""
    count = len(state.mail.to) if state.mail else 0
    if not count:
        heads = (_HEAD_TO.match(line) for line in page.raw[:10_000].split("\n", _HEAD_LINES)[:_HEAD_LINES])
        count = sum(head[1].count("@") for head in heads if head)
    if count > 1:
        yield Spot(detail=Bilingual(f"宛先が{count}件あります。", f"There are {count} addresses."))


CHECKS: dict[str, Check] = {
    "G20": on_holiday,
    "G47": worked_list,
    "G48": strange_attachment,
    "G49": many_addresses,
}
