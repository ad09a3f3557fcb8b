"""The contact in a notice: whether there is one, whether its number is right, and whether its desk can bear the calls.

A Japanese number is judged by its length alone: the right number is the recorded one that someone has called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.speech import Bilingual

_NUMBER = re.compile(
    r"(?<![\d/#.-])(?:\+81[ -]?\(?|\(?(?=0))\d{1,4}(?:[ ()-]{1,2}\d{1,4}){1,3}(?![\d/-])|(?<![\d/#.-])0\d{9,10}(?!\d)"
)
_BEGINS = re.compile(r"0\d|\+81")
_LENGTHS = (("0120", 10), ("0800", 11), ("0570", 10), ("0990", 10), ("050", 11), ("070", 11), ("080", 11), ("090", 11))
_FAX = re.compile(r"fax|ファ(?:ッ)?クス|ファクシミリ")
_HOTLINE = re.compile(
    r"専用(?:電話|ダイヤル|窓口|番号|回線)|ダイヤル|ホットライン|コールセンター|相談窓口|hotline|help-?line|call cent|dedicated (?:line|number)"
)
_CONTACT = re.compile(
    r"問い?合わ?せ|連絡先|相談窓口|専用(?:電話|ダイヤル|窓口)|contact|inquir|enquir|hotline|questions"
)


class Number(NamedTuple):
    """A telephone number in a text: its digits from the leading 0, and where it stands."""

    digits: str
    sentence: int
    at: int


def digits(number: str) -> str:
    """06-6489-6150 and +81 6 6489 6150 are both 0664896150."""
    plain = re.sub(r"\D", "", number)
    return "0" + plain[2:] if number.lstrip("( ").startswith("+81") else plain


def numbers(page: Page) -> list[Number]:
    """The telephone numbers of a text, without fax numbers and without what is too short to be meant as one."""
    found = []
    for i, text in enumerate(page.texts):
        for number in _NUMBER.finditer(text) if _BEGINS.search(text) else ():
            plain = digits(number[0])
            if len(plain) >= 9 and not _FAX.search(text, max(0, number.start() - 12), number.start()):
                found.append(Number(plain, i, number.start()))
    return found


def missing(page: Page, state: State) -> Iterator[Spot]:
    """G21: no telephone number, no hours, or no name of a desk."""
    wanting = []
    if not numbers(page):
        wanting.append(("電話番号", "number"))
    if not _HOURS.search(page.text):
        wanting.append(("受付時間", "hours"))
    if not _DESK.search(page.text) or _NO_DESK.search(page.text):
        wanting.append(("担当の名前", "name of the desk"))
    if wanting:
        ja, en = "、".join(ja for ja, _ in wanting), ", ".join(en for _, en in wanting)
        yield Spot(detail=Bilingual(f"足りないもの：{ja}。", f"Missing: {en}."))


_HOURS = re.compile(
    r"\d{1,2}(?:時|:\d\d)(?:半|\d{1,2}分)?[^。\n]{0,6}(?:から|~|〜|-|より)[^。\n]{0,6}\d{1,2}(?:時|:\d\d)|正午(?:から|まで)|24時間"
    r"|(?:\d{1,2}[:.]\d\d|\d ?[ap]\.?m\.?)(?: ?[ap]\.?m\.?)? ?(?:to|-|until|till|and) ?\d{1,2}"
    r"|\d{1,2} ?(?:to|-|until|till|and) ?\d{1,2} ?[ap]\.?m|24 hours|round the clock"
)
_DESK = re.compile(
    r"(?<=[^\s。、:()]{2})(?:課|係|室|局|部|センター|事務所|窓口|支所|本部|事務局|担当|ダイヤル)(?![屋長品])"
    r"|(?:desk|office|section|division|department|hotline|help-?line|call centre|call center|unit|team)(?![a-z])"
)
_NO_DESK = re.compile(r"(?:担当|窓口): ?確認中|\bdesk: being confirmed")
"""What stands in the contact's own line as long as nobody knows the desk, whatever office is named elsewhere."""


def unverified(page: Page, state: State) -> Iterator[Spot]:
    """G22: a number that cannot be one, a hotline that is not the recorded one, or one that nobody has called."""
    japanese = _is_japanese(page, state)
    told: set[tuple[str, Bilingual]] = set()
    for number in numbers(page):
        detail = _impossible(number.digits) if japanese else None
        if detail is None and state.now is not None:
            detail = _doubtful(number, page, state)
        if detail is not None and (number.digits, detail) not in told:
            told.add((number.digits, detail))
            yield Spot(number.sentence, number.at, detail)


def _is_japanese(page: Page, state: State) -> bool:
    if state.now is None:
        return re.search("[ぁ-ゖァ-ヺ]", page.text) is not None
    return str(state.now.tzinfo) == "Asia/Tokyo"


def _impossible(number: str) -> Bilingual | None:
    wanted = next((length for start, length in _LENGTHS if number.startswith(start)), 10)
    if len(number) == wanted and not number.startswith("00"):
        return None
    return Bilingual(
        f"{len(number)}桁で、日本の電話番号として成り立ちません。",
        f"It has {len(number)} digits, which no Japanese number of this kind has.",
    )


def _doubtful(number: Number, page: Page, state: State) -> Bilingual | None:
    hotline = digits(state.text("hotline_number"))
    if number.digits == hotline:
        tested = state.at("hotline_tested_at") is not None
        return None if tested else Bilingual("試し電話の記録がありません。", "No test call is recorded.")
    if _known(number.digits, state) or not _HOTLINE.search(page.texts[number.sentence]):
        return None
    if not hotline:
        return Bilingual("この番号は事実として記録されていません。", "This number is not recorded as a fact.")
    recorded = state.text("hotline_number")
    return Bilingual(f"記録されている番号は{recorded}です。", f"The recorded number is {recorded}.")


def _known(number: str, state: State) -> bool:
    """Whether the number is the house's, was the hotline's, or stands in any fact, such as another desk's."""
    texts = (known.value for known in state.facts.values() if isinstance(known.value, str))
    given = (state.contact_was, *state.numbers, *texts)
    return any(digits(found[0]) == number for text in given for found in _NUMBER.finditer(text))


def changed(page: Page, state: State) -> Iterator[Spot]:
    """G23: the hotline has another number than was published before, and the text does not say so."""
    if not state.contact_was:
        return
    found = numbers(page)
    hotline, was = digits(state.text("hotline_number")), digits(state.contact_was)
    if any(number.digits == was for number in found) or _NOTED.search(page.text):
        return
    for number in found:
        if number.digits == hotline:
            yield Spot(
                number.sentence,
                number.at,
                Bilingual(f"以前の番号は{state.contact_was}です。", f"The earlier number was {state.contact_was}."),
            )
            return


_NOTED = re.compile(
    r"番号[^。\n]{0,20}(?:変わり|変更|改め|切り替)|(?:旧|以前の|これまでの|前の)(?:電話)?番号"
    r"|number (?:has |was |is )?(?:been )?(?:changed|replaced|new)|(?:old|former|previous|earlier) number"
)

SHARE_THAT_CALLS = 0.035
"""Of the persons affected, on the first day: 16,000 calls for 460,517 people in Amagasaki in 2022. A start value."""
CALLS_AN_HOUR = 6
"""That one line takes: ten minutes a call, with its note. A start value of this program."""
HOURS_A_DAY = 8
"""Where the recorded hours do not say."""


def overrun(page: Page, state: State) -> Iterator[Spot]:
    """G24: more calls are to be expected on the first day than the recorded lines (one, if none are) can take.

    Once something was published, the calls have come.
    """
    persons, hotline = state.count("persons"), digits(state.text("hotline_number"))
    expected = state.count("expected_calls")
    if expected is None and persons is not None:
        expected = round(persons * SHARE_THAT_CALLS)
    if not expected or not hotline or state.published:
        return
    lines = state.count("hotline_lines")
    capacity = int((lines or 1) * _hours(state.text("hotline_hours")) * CALLS_AN_HOUR)
    if expected <= capacity:
        return
    for number in numbers(page):
        if number.digits == hotline:
            known = lines is not None
            yield Spot(
                number.sentence,
                number.at,
                Bilingual(
                    f"初日の見込みは{expected:,}件、{'記録された' if known else '1'}回線で受けられるのは約{capacity:,}件です。",
                    f"Expected on the first day: {expected:,} calls; {'the recorded lines' if known else 'one line'} "
                    f"can take about {capacity:,}.",
                ),
            )
            return


_SPAN = re.compile(r"(午前|午後)?(\d{1,2})(?:時|:\d\d)[^\d]{0,8}?(午前|午後)?(\d{1,2})(?:時|:\d\d)")


def _hours(said: str) -> int:
    """The hours a day in 午前9時から午後7時まで or 9:00-17:30."""
    found = _SPAN.search(said)
    if not found:
        return HOURS_A_DAY
    start, end = (int(found[n]) + 12 * (found[n - 1] == "午後" and int(found[n]) < 12) for n in (2, 4))
    return end - start if end > start else HOURS_A_DAY


def unprepared(page: Page, state: State) -> Iterator[Spot]:
    """G25: the text sends people to a hotline, and no answers for its staff have been written."""
    hotline = digits(state.text("hotline_number"))
    if not hotline or state.kind == "faq" or "faq" in state.kinds_kept:
        return
    for number in numbers(page):
        if number.digits == hotline:
            yield Spot(number.sentence, number.at)
            return


CHECKS: dict[str, Check] = {
    "G21": missing,
    "G22": unverified,
    "G23": changed,
    "G24": overrun,
    "G25": unprepared,
}
