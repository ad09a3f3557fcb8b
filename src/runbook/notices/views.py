"""What a template sees of an incident: facts and data sets that say by themselves how sure they are.

A template cannot get at a bare value, so it cannot forget that a number is an estimate, or that a place was hearsay.
What is written out, and what decides a condition by its value, is remembered: a notice rests on it. That something is
known or confirmed at all is not remembered, for the notice does not say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import ClassVar

from runbook.case import Case
from runbook.duties.views import uncounted
from runbook.errors import BadContent
from runbook.events import Prose, Unit
from runbook.incident import Claim, DataSet, is_answer, same_value
from runbook.moment import Moment
from runbook.notices.phrases import Tone
from runbook.playbook import FactSpec, Field
from runbook.speech import say
from runbook.wording.ja import widths

JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
_UNITS: dict[str, Unit] = {"persons": "persons", "letters_count": "persons", "records_count": "records"}
"""What the facts that count something count, where a template does not say it."""
_LAST = datetime.max.replace(tzinfo=UTC)


class Used:
    """What a rendering rests on: facts by name with the entry each claim came from; and texts in another language."""

    def __init__(self, tone: Tone) -> None:
        self.facts: dict[str, int] = {}
        self.foreign: dict[str, None] = {}
        self._tone = tone

    def text(self, name: str, text: str) -> str:
        """`text`, which came from the fact `name`, as the notice's language writes it; noted where it is in another."""
        if self._tone.language == "ja":
            return widths(text)
        if JAPANESE.search(text):
            self.foreign[name] = None
        return text


class View:
    """Something a template may look at: only the attributes in `SHOWS`, and its words."""

    SHOWS: ClassVar[frozenset[str]] = frozenset()


class Word(str):
    """A word that counts as no in a condition, though it is there to be written: “being confirmed”, “no”."""

    def __bool__(self) -> bool:
        return False


class Markdown(str):
    """A text that was written by a template already: what came from outside is escaped in it. No template can make
    one; put together with anything else it is plain text again."""


class FactView(View):
    """A fact. Written out, it is its value with its status: 約460,517, 吹田市内（聞き取りによる）, 確認中; one that the
    notice requires and nobody has claimed anything about is a gap with its name.

    `known`, `yes`, `no`, `confirmed` and `choice` are for conditions; a condition met by a mere claim is followed by
    `note`, which says whose claim it is. A whole number with its unit, and always with its time, is `people`,
    `records`, `households` or `things`. A time whose hour does not matter is its `day`.
    """

    SHOWS = frozenset(
        {"known", "yes", "no", "confirmed", "choice", "note", "people", "records", "households", "things", "day"}
    )

    def __init__(
        self, name: str, case: Case, tone: Tone, used: Used, *, required: bool = False, claim: Claim | None = None
    ) -> None:
        """`claim` is one to show in place of the current one: what was said once."""
        self._name = name
        self._is_past = claim is not None
        self._case = case
        self._required = required
        self._tone = tone
        self._used = used
        self._claim = claim or case.current(name)

    def _rest(self, claim: Claim | None) -> None:
        if claim is not None and is_answer(claim.value):
            self._used.facts[self._name] = claim.touch.seq

    @property
    def known(self) -> bool:
        """Whether there is an answer, and not that nobody knows."""
        claim = self._claim
        return claim is not None and is_answer(claim.value)

    @property
    def confirmed(self) -> bool:
        claim = self._claim
        return self.known and claim is not None and claim.status == "confirmed"

    @property
    def choice(self) -> str:
        """The id of what was chosen; empty where nothing was."""
        claim = self._claim
        self._rest(claim)
        return claim.value if claim is not None and self.known and isinstance(claim.value, str) else ""

    @property
    def yes(self) -> bool:
        return self.choice == "yes"

    @property
    def no(self) -> bool:
        return self.choice == "no"

    @property
    def note(self) -> str:
        """What must be said about a claim that is not confirmed; empty for a confirmed one."""
        claim = self._claim
        if claim is None or not self.known:
            return ""
        self._rest(claim)
        return self._tone.remarked("", self._remarks(claim))

    @property
    def people(self) -> str:
        """The number of persons: the largest anyone claims, until one is confirmed."""
        claim = self._claim
        if claim is not None and claim.status != "confirmed":
            live = [other for other in self._case.incident.fact(self._name).live if isinstance(other.value, int)]
            claim = max(live, key=lambda other: other.value if isinstance(other.value, int) else 0, default=claim)
        return self._counted("persons", claim)

    @property
    def records(self) -> str:
        return self._counted("records")

    @property
    def households(self) -> str:
        return self._counted("households")

    @property
    def things(self) -> str:
        """A number of things that have no unit of their own."""
        return self._counted(form=self._tone.phrases.things)

    def __str__(self) -> str:
        claim = self._claim
        if claim is None or not self.known:
            return self._unknown(claim)
        self._rest(claim)
        value = claim.value
        if isinstance(value, int):
            return self._counted(_UNITS.get(self._name))
        if isinstance(value, Moment):
            said = self._dated(lambda: self._tone.on(value, about=claim.status == "estimate"))
            return self._tone.remarked(said, self._remarks(claim, estimate=value.precision == "date"))
        return self._tone.remarked(self._plain(value), self._remarks(claim))

    @property
    def day(self) -> str:
        """A time's day, where the hour does not matter: 7月1日（金）."""
        claim = self._claim
        at = claim.value.at if claim is not None and isinstance(claim.value, Moment) else None
        if claim is None or at is None:
            return self._unknown(claim)
        self._rest(claim)
        return self._tone.remarked(self._dated(lambda: self._tone.on_day(at)), self._remarks(claim))

    def happened(self, *, by_day: bool = False) -> tuple[tuple[date, int, datetime], str, str] | None:
        """Where a time stands among others, its words (its day's, where the hour does not matter), and what must be
        said about it; None where nothing is claimed.

        A day whose hour is unknown comes after that day's other times, an unknown time last.
        """
        claim = self._claim
        if claim is None or not isinstance(claim.value, Moment):
            return None
        self._rest(claim)
        moment = claim.value
        said = self._dated(lambda: self._tone.on(moment, about=claim.status == "estimate"))
        if moment.at is None:
            return (date.max, 1, _LAST), said, self._tone.remarked("", self._remarks(claim, estimate=False))
        local = moment.at.astimezone(self._tone.zone)
        if by_day:
            said = self._dated(lambda: self._tone.on_day(local))
        note = self._tone.remarked("", self._remarks(claim, estimate=moment.precision == "date"))
        return (local.date(), int(moment.precision == "date"), moment.at), said, note

    def told(self, when: str, what: str) -> str:
        """A line of what happened."""
        line = self._tone.phrases.line.format(when, what)
        return line[:1].upper() + line[1:]

    def _unknown(self, claim: Claim | None) -> str:
        if claim is None and self._required:
            spec = self._case.spec(self._name)
            return self._tone.phrases.gap.format(spec.title.said(self._tone.language) if spec else self._name)
        return self._tone.phrases.unknown

    def _counted(self, unit: Unit | None = None, claim: Claim | None = None, form: str = "{}") -> str:
        claim, tone = claim or self._claim, self._tone
        if claim is None or not isinstance(claim.value, int):
            return self._unknown(claim)
        self._rest(self._claim)  # the largest claim gives way when the current one changes
        said = form.format(tone.number(claim.value)) if unit is None else tone.count(claim.value, unit)
        if claim.status == "estimate":
            said = tone.phrases.about.format(said)
        at = claim.as_of or Moment(claim.touch.at)
        as_of = [] if at.at is None else [tone.phrases.as_of.format(tone.on(at, weekday=False))]
        return tone.remarked(said, as_of + self._remarks(claim, estimate=False))

    def _remarks(self, claim: Claim, *, estimate: bool = True) -> list[str]:
        phrases = self._tone.phrases
        remarks = []
        if claim.status == "estimate" and estimate:
            remarks.append(phrases.as_far)
        if claim.status == "claimed":
            remarks.append(_told(claim.source, claim.touch.actor, self._tone, self._foreign))
        if claim.status != "confirmed" and not self._is_past and _disputed(self._case, self._name, claim):
            remarks.append(phrases.disputed)
        if self._name == "persons" and not self._is_past and uncounted(self._case):
            remarks.append(phrases.uncounted)
        return remarks

    def _plain(self, value: object) -> str:
        """A value in words, without what must be said about it."""
        return self._dated(lambda: in_words(value, self._case.spec(self._name), self._tone, self._foreign))

    def _dated(self, words: Callable[[], str]) -> str:
        """These words; a date that cannot be said is refused with the fact's name. Raises BadContent."""
        try:
            return words()
        except BadContent as wrong:
            spec = self._case.spec(self._name)
            title = spec.title if spec else self._name
            raise BadContent(say("{fact}: {problem}", fact=title, problem=wrong.message), wrong.hint) from None

    def _foreign(self, text: str) -> str:
        return self._used.text(self._name, text)


class DataSetView(View):
    """A data set: its name, its count with unit, its fields, and as of when and by whom it was counted. `known`, for
    conditions: somebody has counted it; `dated`: as of a time that is known."""

    SHOWS = frozenset({"name", "known", "dated", "count", "fields", "as_of", "account"})

    def __init__(self, data: DataSet, tone: Tone, used: Used) -> None:
        self._held = data
        self._tone = tone
        self._used = used

    @property
    def _data(self) -> DataSet:
        self._used.facts[f"dataset:{self._held.name}"] = self._held.touch.seq
        return self._held

    def _foreign(self, text: str) -> str:
        return self._used.text("datasets", text)

    @property
    def name(self) -> str:
        return self._foreign(self._data.name)

    @property
    def known(self) -> bool:
        return self._held.count is not None

    @property
    def dated(self) -> bool:
        return bool(self._held.as_of and self._held.as_of.at)

    @property
    def count(self) -> str:
        return counted(self._data, self._tone)

    @property
    def fields(self) -> str:
        return self._foreign(self._tone.phrases.comma.join(self._data.fields)) or self._tone.phrases.unknown

    @property
    def as_of(self) -> str:
        at = self._data.as_of
        said = self._tone.on(at, weekday=False) if at and self.dated else self._tone.phrases.as_of_unknown
        if not self.known:
            return "—"  # what nobody has counted holds for no time, and by nobody's count
        source = _named(self._data.source, self._data.touch.actor)
        told = [self._tone.phrases.told_by.format(self._foreign(source))] if source else []
        return self._tone.remarked(said, told)

    @property
    def account(self) -> bool:
        """Whether its name or its columns say that it holds account or card data."""
        from runbook.guardrails.lacking import names_money  # many patterns, for notices only

        return names_money(self._data.name, *self._data.fields, *self._data.sensitive)


def counted(data: DataSet, tone: Tone) -> str:
    """A data set's count with its unit: 約8万人; 確認中 where nobody has counted."""
    if data.count is None:
        return tone.phrases.unknown
    said = tone.count(data.count, data.unit)
    return tone.phrases.about.format(said) if data.estimate else said


def in_words(value: object, spec: FactSpec | Field | None, tone: Tone, foreign: Callable[[str], str]) -> str:
    """A value as the notice's language says it; `foreign` is told of every text that was typed."""
    match value:
        case Prose(text=text):
            return foreign((text or "").strip().removesuffix("。").removesuffix("."))
        case tuple():
            return foreign(tone.phrases.comma.join(map(str, value)))
        case Moment():
            return tone.on(value)
        case int():
            return tone.number(value)
        case str() if spec is not None and value in spec.choices:
            return spec.choices[value].said(tone.language)
        case str() if spec is not None and spec.type == "yesno":
            return tone.phrases.yes if value == "yes" else tone.phrases.no
        case str() if spec is not None and spec.type == "date":
            return tone.day(date.fromisoformat(value))
    return foreign(str(value))


def in_order(pairs: Sequence[Sequence[object]]) -> list[str]:
    """The lines of what happened, by time: pairs of a time fact and what happened then, and "day" where the hour does
    not matter. Facts nobody claimed are left out; what must be said about a claim stands at the end of its line."""
    lines = []
    for fact, what, *day in pairs:
        if isinstance(fact, FactView) and (happened := fact.happened(by_day="day" in day)) is not None:
            place, said, note = happened
            lines.append((place, fact.told(said, f"{what}{note}")))
    return [line for _, line in sorted(lines, key=lambda line: line[0])]


def _told(source: str, actor: str, tone: Tone, foreign: Callable[[str], str]) -> str:
    """Whose word it is. The name of whoever typed it in is no source for the public, nor is the step it came from."""
    named = _named(source, actor)
    return tone.phrases.told_by.format(foreign(named)) if named else tone.phrases.hearsay


def _named(source: str, actor: str) -> str:
    return "" if source.startswith("step:") or source == actor else source


def _disputed(case: Case, name: str, claim: Claim) -> bool:
    """Whether other sources say something else."""
    return any(not same_value(other.value, claim.value) for other in case.incident.fact(name).contested)
