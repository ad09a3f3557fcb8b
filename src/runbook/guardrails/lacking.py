"""What a notice of its kind lacks, given what is known: the number of objects, advice, cautions, reasons, its own
number.

Each looks for the thing itself in the canonical text, in either language, and is content with few words: whether they
are good ones is for the second reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from runbook.guardrails.canon import Page
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import words
from runbook.speech import Bilingual


def lacking(pattern: str, wanted: Callable[[State], bool] = lambda _: True) -> Check:
    """The check that trips where the pattern is nowhere in the text, though the state wants it."""
    there = re.compile(pattern)

    def check(page: Page, state: State) -> Iterator[Spot]:
        if wanted(state) and not there.search(page.text):
            yield Spot()

    return check


_OBJECT_JA = (
    r"(?:媒体|usb(?:メモリー?)?|メモリー?|sdカード|ディスク|パソコン|端末|タブレット|書類|簿冊|ファイル|かばん)"
)
_OBJECT_EN = (
    r"(?:usb )?(?:media|medium|sticks?|drives?|disks?|laptops?|computers?|tablets?|devices?|folders?|files?|papers?)"
)
_OBJECTS = words(
    "媒体/メモリ/sdカード/ディスク/パソコン/端末/タブレット/書類/簿冊/ファイル/かばん",
    "usb/media/medium/stick/drive/disk/laptop/computer/tablet/device/folder/file/paper",
)
_COUNTED = re.compile(
    rf"{_OBJECT_JA}の(?:数|本数|台数|個数|冊数|枚数)[はがも:|]{{0,2}}[^。\n\d]{{0,8}}?(?P<a>\d{{1,9}})"
    rf"|{_OBJECT_JA}(?:など)?[^。\n\d]{{0,8}}?(?P<b>\d{{1,9}}) ?[本台個枚冊点箱](?!目)|(?<!\d)(?P<c>\d{{1,9}}) ?[本台個枚冊点箱]の{_OBJECT_JA}"
    rf"|number of {_OBJECT_EN}[:|]? ?(?:about )?(?P<d>\d{{1,9}})|(?<![a-z\d.,])(?P<e>\d{{1,9}}) (?:(?:lost|missing|such|usb|memory|storage|paper|other|more) ){{0,2}}{_OBJECT_EN}(?![a-z])"
)
_BEING_COUNTED = re.compile(
    rf"{_OBJECT_JA}の(?:数|本数|台数|個数|冊数|枚数)[^。\n]{{0,12}}(?:確認中|調査中|調べ)|number of {_OBJECT_EN}[^.\n]{{0,16}}being"
)
_ONE = re.compile(
    r"(?<![a-z])(?:an?|the|single) (?:lost |missing )?(?:usb )?(?:stick|drive|disk|laptop|device)(?![a-z])"
)


def uncounted(page: Page, state: State) -> Iterator[Spot]:
    """G16: how many objects are gone is nowhere said, or the text speaks of one where there are more."""
    count = state.count("media_count")
    told = [
        int(number)
        for i in page.holding(_OBJECTS)
        for found in _COUNTED.finditer(page.texts[i])
        for number in found.groups()
        if number
    ]
    if not told and not _BEING_COUNTED.search(page.text):
        detail = Bilingual(f"事実では{count}です。", f"By the facts: {count}.") if count is not None else None
        yield Spot(detail=detail)
    if count is None or count == 1 or count in told:
        return
    for i, text in enumerate(page.texts):
        if one := _ONE.search(text):
            yield Spot(i, one.start(), Bilingual(f"事実では{count}です。", f"By the facts: {count}."))
            return


_MONEY = re.compile(r"口座|クレジット|カード番号|引き落とし|振込先|bank|account|credit|card number|iban")


def _money(state: State) -> bool:
    """Whether account or card data is among what was lost, by a fact or by the data sets' fields."""
    if "yes" in (state.value("accounts_included"), state.value("financial_risk")):
        return True
    return any(names_money(data.name, *data.fields, *data.sensitive) for data in state.datasets)


def names_money(*texts: str) -> bool:
    """Whether any of these, the name and the columns of a data set, names account or card data."""
    return _MONEY.search(" ".join(texts).lower()) is not None


_ADVICE = (
    r"(?:通帳|明細|引き落とし|引落|入出金|取引|口座|カード)[^。\n]{0,30}(?:確かめ|確認し|ご確認|確認を|見て|点検|連絡|相談|停止|止め|再発行|お申し出)"
    r"|(?:check|watch|review|look at|monitor)[^.\n]{0,40}(?:bank|account|statement|card|payment|transaction)"
    r"|(?:call|contact|tell|ask|inform) (?:your|the) (?:bank|card)"
)
_CAUTION = (
    r"詐欺|便乗|うその(?:電話|メール|話)|(?:装|よそお)[っい]|騙[っるりさ]|かたっ[たて]|なりすま|成り済ま|不審な|怪しい|だまし|だまさ"
    r"|scam|fraud|phish|impersonat|pretend|suspicious|make use of this (?:case|incident)|beware|be wary"
)


def stale(page: Page, state: State) -> Iterator[Spot]:
    """G40: the medium is found, and the first section that tells of it at all still tells of the search."""
    if state.confirmed("found_at") is None or state.kind == "correction":
        return
    for section in page.sections:
        told = range(section.first, section.end)
        if any(_FOUND.search(page.texts[i]) for i in told):
            return
        for i in told:
            if missing := _MISSING.search(page.texts[i]):
                yield Spot(i, missing.start())
                return


_FOUND = re.compile(
    r"見つかりました|見つかった|見つかって(?:います|いる|おります)|見つかり、|発見(?:し|され(?!て(?:い(?:な|ま)|お))|に至|の(?:お知らせ|ご?報告)|について)|回収(?:し|され)|見つかったこと"
    r"|(?<!not )(?<!not been )(?<!yet )(?:been|was|were|are|is) (?:found|recovered)|recovered|notice of the find|has come back"
)
_MISSING = re.compile(
    r"所在(?:が|は)?(?:[分わ]から(?:ない|ず|なくなって(?:い|お))|不明(?:です|の(?:まま|状態)|となって|になって))|見つかって(?:い(?:な|ませ)|お(?:りませ|ら))|(?<![跡痕拠][がは])見つからな|紛失してい|捜索(?:中|を(?:続|行|し)|して)|捜して(?:い|お)|行方が?(?:分から|不明)"
    r"|(?:not|n't)(?: yet)? (?:been )?found|(?:is|are|still|remains?) missing|search (?:goes|continues|is)|still (?:looking|searching)"
)

_NUMBERED = (
    r"第\d+報|第\d+回のお?知らせ|更新(?:日|履歴|情報)|更新\)|発表日|これまでのお?知らせ|(?:report|notice|update|release|statement) no\.?|(?:1st|first|second|third|2nd|3rd|fourth|4th) (?:notice|report|update)"
    r"|(?:last )?updated(?: on|:)|history of (?:updates|this page)|earlier notices|version \d"
)
_DATED = re.compile(
    r"\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]* \d{1,2}"
)
_NUMBER = re.compile(_NUMBERED)


def unnumbered(page: Page, state: State) -> Iterator[Spot]:
    """G41: nothing tells which report this is, or of when."""
    numbered, dated = _NUMBER.search(page.text), _DATED.search(page.text)
    if not dated:
        yield Spot(detail=Bilingual("日付がありません。", "It bears no date."))
    elif not numbered:
        yield Spot(
            detail=Bilingual("第何報かも、更新日もありません。", "Neither a number nor a date of update is there.")
        )


LATE = timedelta(days=3)
"""From knowing to publishing; a start value of this program, no time limit of a law."""
_REASON = re.compile(
    r"理由|ため、?[^。\n]{0,30}(?:時間|日数|公表|お知らせ|発表|届出?)|(?:時間|日数|日)[^。\n]{0,8}(?:要し|かか[りっ]|を置)|遅れ|遅く|because|reason|took (?:us )?(?:\w+ )?(?:time|days|longer|until)|delay|only now|late"
)


def late(page: Page, state: State) -> Iterator[Spot]:
    """G42: more than three days from knowing to the first publication, and not a word on why."""
    known = state.at("known_at")
    if known is None or state.now is None or state.published:
        return
    published = min(state.at("published_at") or state.now, state.now)
    if published - known > LATE and not _REASON.search(page.text):
        days = (published - known).days
        yield Spot(detail=Bilingual(f"知ってから{days}日たっています。", f"It was known {days} days before."))


_POLICE = re.compile(r"警察|遺失届|被害届|police")


def police_late(page: Page, state: State) -> Iterator[Spot]:
    """G43: the police were told more than a day after the loss was noticed, and nothing said of them tells why."""
    noticed = state.at("noticed_at") or state.at("known_at")
    told = state.at("police_reported_at") or (state.now if state.lost else None)
    if noticed is None or told is None or told - noticed <= timedelta(days=1):
        return
    for i, text in enumerate(page.texts):
        if _POLICE.search(text) and any(_REASON.search(near) for near in page.texts[i : i + 2]):
            return
    days = (told - noticed).days
    yield Spot(detail=Bilingual(f"気づいてから{days}日たっています。", f"It was noticed {days} day(s) before."))


_SEARCH = (
    r"捜索(?:中|を?続|して|を行|は続)|捜索活動|引き続き[^。\n]{0,12}(?:捜|探)|(?:捜|探)して(?:い|お)|(?:捜|探)し続|search(?:ing)?[^.\n]{0,20}(?:go|continu|under way|underway|on)"
    r"|still (?:being )?(?:search|look)|(?:are|keep|is) (?:searching|looking)"
)


def _reportable(state: State) -> bool:
    """Whether a report to the commission is due: as it was judged, else by the laws."""
    needed = state.value("commission_report_needed")
    return needed == "yes" if needed in ("yes", "no") else state.report_due


_COMMISSION = r"個人情報保護委員会|保護委員会|監督機関|information protection commission|data protection (?:commission|authority)|the commission|regulator"


def _persons_later(state: State) -> bool:
    """Whether the persons themselves are told after the public, or nobody knows when."""
    published = state.at("published_at") or state.now
    times = (state.at("subjects_told_at"), state.at("letters_sent_at"))
    told = min((at for at in times if at is not None), default=None)
    return published is not None and (told is None or _day(told) > _day(published))


def _day(at: datetime) -> str:
    return at.date().isoformat()


_PERSONS_TOLD = (
    r"(?:対象|該当|本人|皆さま|皆様|お一人|1人(?:ひとり|1人)|個別|ご家族|ご遺族)[^。\n]{0,40}(?:通知|連絡|お?知らせ(?:し|を|する)|郵送|手紙|書面|送付|電話|訪問)"
    r"|(?:person|people|everyone|each|individual|those)[^.\n]{0,60}(?:told|tell|inform|notif|writ|letter|contact|hear from)"
    r"|(?:tell|inform|notify|write to|contact)[^.\n]{0,40}(?:person|people|everyone|each|individual|those)"
)

CHECKS: dict[str, Check] = {
    "G16": uncounted,
    "G26": lacking(_ADVICE, _money),
    "G27": lacking(_CAUTION),
    "G40": stale,
    "G41": unnumbered,
    "G42": late,
    "G43": police_late,
    "G44": lacking(_SEARCH, lambda state: state.value("search_ongoing") == "yes"),
    "G45": lacking(_COMMISSION, _reportable),
    "G46": lacking(_PERSONS_TOLD, _persons_later),
}
