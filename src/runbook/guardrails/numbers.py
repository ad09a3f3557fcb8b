"""Counts of persons, records and households in a canonical text: 46万517人, 1.5億件, 460,517 affected people.

Other figures (dates, hours, telephone numbers, 2本, 3回) are no counts. Which counts stand for what was lost, and which
for calls, officers or seats, is judged by the words beside them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from runbook.guardrails.canon import Page
from runbook.wording import en, ja
from runbook.wording.units import Unit

FIGURE = r"(?<![\d.,])\d[\d,.]{0,15}(?:[億万千百][\d,.億万千百]{0,20})?"
"""A number as written in either language; `value` reads it. A run of figures is entered at its beginning only."""
_PART = re.compile(r"([\d,.千百]+)([億万]?)")
_SMALL = re.compile(r"(?:([\d,.]*)千)?(?:([\d,.]*)百)?([\d,.]*)")
_TIMES = {"億": 10**8, "万": 10**4, "": 1}

_PERSONS_EN = (
    r"people|persons?|residents?|individuals?|citizens?|customers?|users?|members?|patients?|pupils?|students?|children"
    r"|recipients?|taxpayers?|data subjects?|participants?|applicants?|subscribers?|clients?|parents"
)
_BETWEEN = (
    r"(?!(?:in|on|at|to|by|for|the|an?|and|or|but|as|was|were|is|are|be|we|he|she|it|they|that|which|who|with|from|when|times?|seconds?"
    r"|minutes?|hours?|days?|weeks?|months?|years?|yen|percent|sticks?|mails?|letters?|calls?|pages?|copies|lines|places"
    r"|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december) )[a-z\-]+"
)
"""English words that may stand between a number and what it counts: 460,517 affected city residents."""
_COUNT = re.compile(
    rf"(?P<figure>{FIGURE})(?:"
    r"(?P<persons>人(?![口気権物材事間員体格]|称)|名(?![簿前称札刺義]))|(?P<records>件|レコード)|(?P<households>世帯|戸(?!籍)|家庭)"
    rf"| (?P<kind>(?:{_BETWEEN} ){{0,2}}?)(?:(?P<persons_en>{_PERSONS_EN})|(?P<records_en>records?|entries|accounts?)"
    r"|(?P<households_en>households?|families))(?![a-z]))"
)
_LABEL = re.compile(
    r"(?:件数|人数|者数|世帯数|(?:number of|affected|total) (?:persons|people|residents|records|households)(?: affected)?|(?:persons|people|residents|households) affected)"
    rf"(?:は、?|[:=] ?|\|\ ?| is | was )(?:約|およそ|延べ|about |up to )?(?P<figure>{FIGURE})(?![\d年月日時分回本円個歳階点])"
)
_ABOUT = re.compile(
    r"(?:約|およそ|おおよそ|おおむね|概ね|ほぼ|推計で?|(?:about|around|some|roughly|nearly|almost|approximately|over"
    r"|(?:more|less|fewer) than|at least|an estimated|under)(?: a)? )\Z"
)
_ABOUT_AFTER = re.compile(
    r"(?:分)?(?:余り?|以上|以下|未満|を?超|弱|強(?!化|制|く|い)|前後|程度|ほど|近[くい]| or (?:more|so|fewer))"
)
_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_VAGUE = re.compile(r"[数何幾]\Z")

_AFFECTED_AFTER = re.compile(
    r"(?:分|の(?:方|市民|住民|利用者|お客様)の(?:個人|氏名|情報|データ)|(?:分)?の?(?:個人|顧客|会員|住民)?(?:情報|データ|氏名)|が(?:対象|含ま|漏|流出|閲覧|影響)"
    r"| ?(?:(?:is|are|was|were|may be|have been|could be) (?:[a-z]+ )?(?:affected|concerned|exposed|leaked|involved)"
    r"|(?:affected|concerned)|whose (?:personal )?(?:data|information|details)))"
)
_AFFECTED_BEFORE = re.compile(
    r"(?:対象(?:となる|の)?(?:方|者|人)?|影響(?:を受け[たる])?(?:方|者)?|本人の?数?|該当(?:する)?(?:方|者)?|個人情報|(?:漏えい|漏洩|流出)した(?:の|方|件数)?)"
    r"[はがも:、|]{0,2}(?:最も多い場合で|最大で?|約|計|合計)?\Z"
    r"|(?:data|information|records|details|affect(?:s|ed|ing)?)(?: (?:of|on|about|for))? ?(?:[:|] ?)?(?:up to |about |at most )?\Z"
)
_OTHERS = re.compile(
    r"問い?合わ?せ|相談|電話(?!番号)|照会|苦情|意見|着信|通話|回線|職員|委員|警察|捜索|社員|従業員|担当|弁護士|人口|記者|来庁|来所|来場"
    r"|出席|参加|応募|訪問|投稿|閲覧数|再生|フォロワ|応援|態勢|体制|定員|会場|説明会|規模|受講|研修|返信|回答|手紙|[詫わ]び状|通知書|アンケート|調査票|答え"
    r"|(?<![a-z])(?:calls?|callers?|inquir|enquir|complaint|staff|officer|police|operator|committee|visit|lines|population"
    r"|reporter|journalist|search(?:er|ed)|posts|follower|views|attend|employ|seats|trainees|repl(?:y|ies)|letters|posted|capacity|stadium|survey|respond)"
)
_DATA_OF = re.compile(r"分の|の(?:個人|顧客)情報")
_LAW = re.compile(r"(?:分)?(?:を超え|以上|超の)| or more")
_LAW_BEFORE = re.compile(r"\(more than \Z")
"""How a law's threshold is told from a count: 規則43条4号（100人を超える）, Rule 43 item 4 (more than 100 persons)."""


class Count(NamedTuple):
    """A count: its value and unit (None where a label only says that it is one), and where in the page's text it
    stands.

    `rough`: said to be about, over or under the figure. `affected`: it stands for the persons, records or households
    whose data was lost. `other`: for calls, officers, seats and the like. A small count is often neither.
    """

    value: int
    unit: Unit | None
    start: int
    end: int
    sentence: int
    rough: bool
    affected: bool
    other: bool


def value(figure: str) -> Decimal | None:
    """46万517 → 460517, 1.5億 → 150000000, 3千 → 3000; None for what only looks like a number (1,2,3 or 1.2.3)."""
    total = Decimal(0)
    for group, times in _PART.findall(figure.rstrip(",.")):
        parts = _SMALL.fullmatch(group)
        if parts is None:
            return None
        for digits, power in zip(parts.groups(), (1000, 100, 1), strict=True):
            if digits is not None:
                read = _plain(digits or ("0" if power == 1 else "1"))
                if read is None:
                    return None
                total += read * power * _TIMES[times]
    return total


def _plain(digits: str) -> Decimal | None:
    whole, _, fraction = digits.partition(".")
    groups = whole.split(",")
    odd = any(len(group) != 3 for group in groups[1:])
    return None if odd or (not fraction.isdigit() and "." in digits) else Decimal(digits.replace(",", ""))


def plainly(n: Decimal | int) -> tuple[str, str]:
    """A number as it is written in Japanese and in English."""
    if n != int(n):
        return f"{n:f}", f"{n:f}"
    return ja.number(int(n)), en.number(int(n))


@lru_cache(maxsize=1)
def counts(page: Page) -> tuple[Count, ...]:
    """Every count of the page, in order. Several rules ask in turn, so the last answer is kept."""
    return tuple(_read(page.text, page))


@lru_cache(maxsize=64)
def figures(text: str) -> frozenset[int]:
    """Every count in a text of its own, such as an earlier publication."""
    return frozenset(count.value for count in _read(Page(text).text, None))


def _read(text: str, page: Page | None) -> list[Count]:
    found: dict[int, Count] = {}
    for match in _COUNT.finditer(text):
        n = value(match["figure"])
        if n is None or n != int(n) or _VAGUE.search(text[max(0, match.start() - 1) : match.start()]):
            continue
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
        if match["kind"] and _YEAR.fullmatch(match["figure"]):
            continue
        before, after = re.split(r"[。\n]", before)[-1], re.split(r"[。\n]", after)[0]
        rough = bool(_ABOUT.search(before) or _ABOUT_AFTER.match(after))
        i = page.index(match.start()) if page else 0
        kinds = _kinds(int(n), before, after, match[0])
        found[match.start()] = Count(int(n), _unit(match), match.start(), match.end(), i, rough, *kinds)
    for match in _LABEL.finditer(text):
        n = value(match["figure"])
        start = match.start("figure")
        if n is None or n != int(n) or start in found:
            continue
        i = page.index(start) if page else 0
        other = bool(_OTHERS.search(text[max(0, match.start() - 12) : start]))
        found[start] = Count(int(n), None, start, match.end(), i, False, not other, other)
    return [found[start] for start in sorted(found)]


def _unit(match: re.Match[str]) -> Unit:
    if match["persons"] or match["persons_en"]:
        return "persons"
    return "records" if match["records"] or match["records_en"] else "households"


def _kinds(n: int, before: str, after: str, written: str) -> tuple[bool, bool]:
    """Whether a count stands for what was lost, and whether for something else; both judged by the words beside it.

    A large count is taken to stand for what was lost; a small one only where the words say so.
    """
    if n in (100, 1000) and (_LAW.match(after) or _LAW_BEFORE.search(before)):
        return False, True
    if _OTHERS.search(before[-14:]) or _OTHERS.search(after[:12]) or _OTHERS.search(written):
        lost = bool(_DATA_OF.match(after))
        return lost, not lost
    if n == 1:
        return bool(_DATA_OF.match(after)), False  # "one person may be in several rows"
    return n >= 100 or bool(_AFFECTED_AFTER.match(after) or _AFFECTED_BEFORE.search(before)), False
