"""Counts of those affected: as of when (G11), the same as in the record (G12), of what (G13), and never added up
(G14)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from runbook.guardrails.canon import Page, Section
from runbook.guardrails.numbers import Count, counts, figures, plainly
from runbook.guardrails.shape import Check, Spot
from runbook.guardrails.state import State
from runbook.guardrails.words import spot
from runbook.speech import Bilingual
from runbook.wording import en, ja
from runbook.wording.units import Unit

_AS_OF = re.compile(
    r"(?:\d[月日時分年]?|正午|[月年度]末|半|頃|ごろ|\))の?(?:現在|時点|段階)|(?:現在|時点)[:は(、|]{1,2}[^|]{0,9}\d ?[年月日時:]"
    r"|\d[日時分]の[^。、|]{0,12}(?:(?<![公発])表|一覧|名簿|台帳|集計)に(?:よ[るりれ]|基づ)"
    r"|(?:list|table|register)[^.|]{0,20} dated [^.|]{0,20}\d"
    r"|as (?:of|at) [^|]{0,30}?\d|(?:counted|status|correct) (?:on|at|as of|as at):? [^|]{0,20}?\d"
)
_HEADER = re.compile(r"現在|時点|as of|as at|counted")
_TIME = re.compile(r"\d[月日時]|\d:\d\d|\d{4}-\d\d|\d (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_DATELINE = 60
"""Characters: a line of its own that says as of when the whole text was written is no longer than this."""


def undated(page: Page, _: State) -> Iterator[Spot]:
    """G11: the first count of a section that does not say as of when, unless the whole text or that count's own
    does."""
    affected = [count for count in counts(page) if count.affected]
    if not affected or _dateline(page):
        return
    sections = page.sections
    ends = [section.end for section in sections]
    inherited = _inherited(sections)
    place = {count: min(bisect_right(ends, count.sentence), len(ends) - 1) for count in affected}
    dated = {i: inherited[i] or _dated(page, sections[i]) for i in set(place.values())}
    known = {count.value for count in affected if dated[place[count]]}
    told: set[int] = set()
    for count in affected:
        if count.value not in known and place[count] not in told:
            told.add(place[count])
            yield spot(page, count.start)


def _dateline(page: Page) -> bool:
    """Whether a line near the top, before the first count, dates the text as a whole."""
    first = next((count.sentence for count in counts(page) if count.affected), 0)
    return any(len(line) <= _DATELINE and _AS_OF.search(line) for line in page.texts[: min(first, 6)])


def _dated(page: Page, section: Section) -> bool:
    texts = page.texts[section.first : section.end]
    if any(_AS_OF.search(text) for text in texts):
        return True
    # A table with a column of times: its header names them, its rows hold them.
    rows = [text for text in texts if "|" in text]
    return any(_HEADER.search(row) for row in rows) and any(_TIME.search(row) for row in rows)


def _inherited(sections: tuple[Section, ...]) -> list[bool]:
    """For each section, whether its own heading or one above it says as of when."""
    path: list[tuple[int, bool]] = []
    found = []
    for section in sections:
        while path and path[-1][0] >= section.level:
            path.pop()
        path.append((section.level, bool(_AS_OF.search(section.title))))
        found.append(any(dated for _, dated in path))
    return found


_ROUNDED = re.compile(r"概数|概算|推計|四捨五入|端数|切り上げ|切り捨て|rounded|rounding|round figures?|estimate")
_RESULT = re.compile(r"=\s?(?:約|about )?\Z")


def unrecorded(page: Page, state: State) -> Iterator[Spot]:
    """G12: a count of those affected that is no count of the incident's; silent without an incident."""
    affected = [count for count in counts(page) if count.affected] if state.now else []
    if not affected:
        return
    recorded = _recorded(state)
    rounding = bool(_ROUNDED.search(page.text))
    exact = {count.value for count in affected} & recorded
    estimates = {
        known.value for known in state.facts.values() if known.status == "estimate" and isinstance(known.value, int)
    }.union(data.count for data in state.datasets if data.estimate and data.count is not None)
    for count in affected:
        near = recorded if rounding else exact | estimates
        if count.value in recorded or (count.rough and any(_rounds(of, count.value) for of in near)):
            continue
        if _RESULT.search(page.text[max(0, count.start - 8) : count.start]):
            continue  # whether a calculation is right is another rule's matter (G15)
        if count.value not in _published(state):
            yield spot(page, count.start, _nearest(count.value, recorded))


def _recorded(state: State) -> set[int]:
    """Every count the incident holds: facts and data sets, those within texts, and what a correction says they were."""
    found = {data.count for data in state.datasets if data.count is not None}
    said: list[str] = [text for change in state.changed for text in (change.was.ja, change.now.ja)]
    for known in state.facts.values():
        if isinstance(known.value, int):
            found.add(known.value)
        elif isinstance(known.value, str):
            said.append(known.value)
        elif isinstance(known.value, tuple):
            said += known.value
    said += [text for data in state.datasets for text in (data.name, *data.fields)]
    return found.union(*(figures(text) for text in said if any(map(str.isdigit, text))))


def _published(state: State) -> set[int]:
    return set[int]().union(*(figures(earlier.text) for earlier in state.published))


def _rounds(exact: int, rough: int) -> bool:
    """Whether `rough` is `exact` with fewer figures, rounded either way, and at most a tenth away."""
    step = 10 ** (len(str(rough)) - len(str(rough).rstrip("0")))
    return abs(exact - rough) < step and abs(exact - rough) * 10 <= exact


def _nearest(said: int, recorded: Iterable[int]) -> Bilingual | None:
    """The recorded count nearest to the one said, where it is so near that it may be meant."""
    near = min((n for n in recorded if n * 2 >= said and n <= said * 2), key=lambda n: (abs(n - said), n), default=None)
    if near is None:
        return None
    (said_ja, said_en), (near_ja, near_en) = plainly(said), plainly(near)
    return Bilingual(
        f"文中の数は{said_ja}、記録にある近い数は{near_ja}です。",
        f"The text says {said_en}; the nearest count in the record is {near_en}.",
    )


_DATA = r"(?P<ja>(?:個人|顧客|会員|利用者|住民|お客様)情報|名簿)"
_DATA_EN = r"(?P<en>personal (?:data|information)|details)"
_OF_WHAT = re.compile(rf"(?:分)?の?{_DATA}|(?: of| on|'s)?[^.|\n]{{0,20}}?{_DATA_EN}")
_WHAT_OF = re.compile(rf"{_DATA}[はがの:、]{{0,2}}(?:約|計)?\Z|{_DATA_EN}(?: (?:of|on|about))? ?(?:about |up to )?\Z")


def mixed_units(page: Page, state: State) -> Iterator[Spot]:
    """G13: a data set's count under another unit, or the same data counted in persons here and in records there."""
    found = [count for count in counts(page) if count.affected and count.unit]
    if len({count.unit for count in found}) > 1 or state.datasets:
        yield from _against(page, state, found)
    if {"persons", "records"} <= {count.unit for count in found}:
        yield from _apart(page, found)


def _against(page: Page, state: State, found: list[Count]) -> Iterator[Spot]:
    """Counts whose unit is not the one that the record has for this figure."""
    units: dict[int, set[Unit]] = {}
    for data in state.datasets:
        if data.count is not None:
            units.setdefault(data.count, set()).add(data.unit)
    persons = state.count("persons")
    if persons is not None and persons in units:
        units[persons].add("persons")
    for count in found:
        unit = count.unit
        right = units.get(count.value)
        if right and unit and unit not in right:
            said = min(right)
            yield spot(
                page,
                count.start,
                Bilingual(
                    f"記録では{ja.count(count.value, said)}です。", f"The record has {en.count(count.value, said)}."
                ),
            )


def _apart(page: Page, found: list[Count]) -> Iterator[Spot]:
    """The same words ("個人情報") counted in persons in one sentence and in records in another, and nowhere in both."""
    units: dict[int, set[Unit | None]] = {}
    for count in found:
        units.setdefault(count.sentence, set()).add(count.unit)
    if any({"persons", "records"} <= here for here in units.values()):
        return
    first: dict[str, Count] = {}
    for count in found:
        what = _OF_WHAT.match(page.text, count.end, count.end + 48) or _WHAT_OF.search(
            page.text[max(0, count.start - 40) : count.start]
        )
        if not what or count.unit == "households":
            continue
        before = first.setdefault(what["ja"] or what["en"], count)
        if before.unit != count.unit:
            yield spot(page, count.start)
            return


_TOTAL = re.compile(
    r"(?:総計|合計|合わせて|あわせて|併せて|計|総数|総勢|延べ|total(?:s|ling|led)?|altogether|in all|combined|sum)"
)
_TOTAL_BEFORE = re.compile(
    r"(?:総計|合計|合わせて|あわせて|併せて|(?<![統推会時集設])計|総数)(?:で|して|すると|[はがも])?[、:|]?(?:約|およそ|延べ|最大)?\Z"
    r"|(?:a total of|in total,?|total(?:s|ling|led)?:?|adds? up to|altogether,?|combined,?|sum of|come to) (?:about |up to )?\Z"
)
_TOTAL_AFTER = re.compile(
    r"(?:分)?(?:が|の|を)?(?:合計|総計)|,? (?:[a-z]+ ){0,2}?(?:in total|altogether|in all|combined)(?![a-z])"
)
_APART = re.compile(
    r"重複(?:を除|はあり|はな|していな|しており?ま?せん|なし)|重なり(?:を除|はあり|はな)|no overlap|without overlap|not overlap|counted once|distinct"
)


def summed(page: Page, state: State) -> Iterator[Spot]:
    """G14: a total that is the sum of data sets or of the counts just before it, unless it is recorded or said
    apart."""
    if not _TOTAL.search(page.text):
        return
    sums = _sums(tuple(data.count for data in state.datasets if data.count is not None))
    facts = {known.value for known in state.facts.values() if isinstance(known.value, int)}
    found = [count for count in counts(page) if not count.other]
    for i, count in enumerate(found):
        if count.value in facts or not _is_total(page, count):
            continue
        after = [other for other in found[i + 1 : i + 21] if other.sentence == count.sentence]
        before = found[max(0, i - 20) : i]
        added = count.value in sums or _adds_up(count.value, before[::-1]) or _adds_up(count.value, after)
        if added and not _APART.search(" ".join(page.texts[max(0, count.sentence - 1) : count.sentence + 2])):
            yield spot(page, count.start)


def _is_total(page: Page, count: Count) -> bool:
    before = page.text[max(0, count.start - 24) : count.start]
    return bool(_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(page.text, count.end, count.end + 40))


def _sums(sets: tuple[int, ...]) -> set[int]:
    """The sums of two or more of the data sets; of more than ten sets only those in a row."""
    if len(sets) > 10:
        return {sum(sets[a:b]) for a in range(len(sets)) for b in range(a + 2, len(sets) + 1)}
    found: set[tuple[int, int]] = {(0, 0)}
    for n in sets:
        found |= {(taken + 1, total + n) for taken, total in found}
    return {total for taken, total in found if taken > 1}


def _adds_up(total: int, others: list[Count]) -> bool:
    """Whether the nearest two or more of the counts before a total, or after it in its sentence, make it up."""
    left = total
    for taken, count in enumerate(others, 1):
        left -= count.value
        if left <= 0:
            return left == 0 and taken > 1
    return False


CHECKS: dict[str, Check] = {"G11": undated, "G12": unrecorded, "G13": mixed_units, "G14": summed}
