"""How severe a breach is, by the worksheet of the incident's method (ENISA 2013): SE = DPC x EI + CB. Pure.

A line is what a person chose, else what the facts suggest, else open. While lines are open the result is a range. It is
a help for judging and decides nothing: no duty, clock or notice hangs on it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from runbook.case import Case
from runbook.conditions import names, parse
from runbook.duties.views import Possible, holds
from runbook.duty import Judged
from runbook.incident import Claim, Fact
from runbook.method import Band, Choice, Element, Flag, Method, Part
from runbook.saying import joined, value_words
from runbook.speech import Argument, Bilingual, Message, say
from runbook.touch import Touch

_LEAST, _MOST = 100, 400
"""The data processing context always ends between 1 and 4 [ENISA 2013, data processing context]."""


class Span(msgspec.Struct, frozen=True):
    """From the least to the most it can be, in hundredths; both the same once it is settled."""

    low: int
    high: int


class Line(msgspec.Struct, frozen=True):
    """One line of the worksheet: what a person chose, what the facts suggest, and which of them counts (`chosen`).

    `moved` are the facts that changed since a person chose, unless the facts now suggest that very choice: it stays,
    but is to be judged again.
    """

    element: Element
    judged: Judged | None
    suggested: Choice | None
    chosen: Choice | None
    moved: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Its score; all it can be while it is open."""
        scores = [one.score for one in self.element.choices] if self.chosen is None else [self.chosen.score]
        return Span(min(scores, default=0), max(scores, default=0))


class Raised(msgspec.Struct, frozen=True):
    """A flag beside the score: raised, not raised, or (None) hanging on facts nobody knows."""

    flag: Flag
    answer: bool | None


class Assessment(msgspec.Struct, frozen=True):
    """The worksheet as it stands. Scores are whole hundredths."""

    method: Method
    lines: tuple[Line, ...]
    dpc: Span
    ei: Span
    cb: Span
    flags: tuple[Raised, ...]

    @property
    def low(self) -> int:
        """The least the result can be. The product is exact: the method's scores are whole quarters."""
        return self.dpc.low * self.ei.low // 100 + self.cb.low

    @property
    def high(self) -> int:
        """The most the result can be."""
        return self.dpc.high * self.ei.high // 100 + self.cb.high

    @property
    def open(self) -> tuple[Line, ...]:
        """The lines nobody has chosen on and no fact suggests anything for."""
        return tuple(line for line in self.lines if line.chosen is None)

    @property
    def bands(self) -> tuple[Band, ...]:
        """The levels it may be in, the lowest first."""
        ends = [*(band.start for band in self.method.bands[1:]), self.high + 1]
        pairs = zip(self.method.bands, ends, strict=False)
        return tuple(band for band, end in pairs if band.start <= self.high and end > self.low)

    @property
    def band(self) -> Band | None:
        """The level it is in, once that is certain."""
        return self.bands[0] if len(self.bands) == 1 else None

    def line(self, element: str) -> Line | None:
        return next((line for line in self.lines if line.element.id == element), None)

    def span(self, part: Part) -> Span:
        """The score of one part."""
        return {"dpc": self.dpc, "ei": self.ei, "cb": self.cb}[part]

    def of(self, part: Part) -> tuple[Line, ...]:
        """The lines of one part."""
        return tuple(line for line in self.lines if line.element.part == part)


class Assessed(msgspec.Struct, frozen=True):
    """The worksheet after the entry that changed its result; `subject` is what that entry was about ("fact:cause",
    "dataset:NAME", "severity:financial")."""

    touch: Touch
    subject: str
    assessment: Assessment


def assess(case: Case) -> Assessment | None:
    """The worksheet as the record stands; None where the incident keeps no method."""
    method = case.playbook.method
    if method is None or not method.elements:
        return None
    view = Possible(case)
    lines = tuple(_line(case, view, element) for element in method.elements)
    dpc = [line.span for line in lines if line.element.part == "dpc"]
    return Assessment(
        method,
        lines,
        Span(
            _within(max((one.low for one in dpc), default=0)),
            _within(max((one.high for one in dpc), default=0)),
        ),
        _sum(line.span for line in lines if line.element.part == "ei"),
        _sum(line.span for line in lines if line.element.part == "cb"),
        tuple(Raised(flag, holds(flag.when, view)) for flag in method.flags),
    )


def history(case: Case) -> list[Assessed]:
    """How the result came to be: the worksheet after each entry that changed it, oldest first.

    Computed from the claims and choices as they stood then. A data set or choice that was undone is left out, as if it
    had never been.
    """
    method = case.playbook.method
    if method is None:
        return []
    found: list[Assessed] = []
    before = assess(as_of(case, 0))
    for touch, subject in _touches(case, method):
        after = assess(as_of(case, touch.seq))
        if before is not None and after is not None and _result(before) != _result(after):
            found.append(Assessed(touch, subject, after))
        before = after
    return found


def as_of(case: Case, seq: int) -> Case:
    """The case with only those claims, data sets and choices that stood after entry `seq`."""
    own = case.incident
    return msgspec.structs.replace(
        case,
        incident=msgspec.structs.replace(
            own,
            facts={
                name: Fact(tuple(_claim_then(claim, seq) for claim in fact.claims if claim.touch.seq <= seq))
                for name, fact in own.facts.items()
            },
            datasets={
                name: tuple(one for one in versions if one.touch.seq <= seq) for name, versions in own.datasets.items()
            },
            severity={
                name: tuple(one for one in versions if one.touch.seq <= seq) for name, versions in own.severity.items()
            },
        ),
    )


def _claim_then(claim: Claim, seq: int) -> Claim:
    """The claim as it was after entry `seq`: perhaps not undone yet."""
    if claim.undone_by is None or claim.undone_by.seq <= seq:
        return claim
    return msgspec.structs.replace(claim, undone=False, undone_by=None)


def asks(element: Element) -> tuple[str, ...]:
    """The facts its suggestions rest on."""
    return _named(one.when for one in element.choices)


def grounds(case: Case, line: Line) -> tuple[str, ...]:
    """The claimed facts that what is suggested on a line rests on."""
    named = _named([line.suggested.when]) if line.suggested else ()
    return tuple(fact for fact in named if case.current(fact))


def _line(case: Case, view: Possible, element: Element) -> Line:
    suggested = next((one for one in element.choices if one.when and holds(one.when, view)), None)
    judged = case.incident.judged(element.id)
    if judged is None:
        return Line(element, None, suggested, suggested)
    chosen = element.choice(judged.choice)
    moved = () if chosen == suggested else _moved(case, view, element, judged.touch.seq)
    return Line(element, judged, suggested, chosen, moved)


def _moved(case: Case, view: Possible, element: Element, seq: int) -> tuple[str, ...]:
    """The facts it would follow that say something else now than after entry `seq`."""
    then = Possible(as_of(case, seq))
    return tuple(fact for fact in asks(element) if then.value(fact) != view.value(fact))


def _within(dpc: int) -> int:
    return min(max(dpc, _LEAST), _MOST)


def _sum(spans: Iterable[Span]) -> Span:
    found = list(spans)
    return Span(sum(one.low for one in found), sum(one.high for one in found))


def _named(conditions: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for text in conditions if text for fact in names(parse(text)).facts))


def _touches(case: Case, method: Method) -> list[tuple[Touch, str]]:
    """Every entry that may have changed the result, oldest first, with what it was about."""
    own = case.incident
    facts = _named(
        [*(one.when for element in method.elements for one in element.choices), *(flag.when for flag in method.flags)]
    )
    found: list[tuple[Touch, str]] = []
    for name in facts:
        for claim in own.fact(name).claims:
            found += [(touch, f"fact:{name}") for touch in (claim.touch, claim.undone_by) if touch is not None]
    if "persons" in facts:
        found += [(one.touch, f"dataset:{name}") for name, versions in own.datasets.items() for one in versions]
    for element in method.elements:
        found += [(one.touch, f"severity:{element.id}") for one in own.severity.get(element.id, ())]
    return sorted(found, key=lambda one: one[0].seq)


def _result(assessment: Assessment) -> tuple[object, ...]:
    flags = tuple(one.answer for one in assessment.flags)
    return assessment.dpc, assessment.ei, assessment.cb, flags


# Words


def points(hundredths: int) -> str:
    """A score as it is written in the method: 3, 0.25, 0.5."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)


def result_points(hundredths: int) -> str:
    """A result, always with two places: 3.00."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def result_words(assessment: Assessment) -> Argument:
    """The result as a number, or from what to what it may be."""
    low, high = result_points(assessment.low), result_points(assessment.high)
    return low if low == high else say("{low} to {high}", low=low, high=high)


def band_words(assessment: Assessment) -> Bilingual | Message:
    """The level it is in, or from which to which it may be."""
    found = assessment.bands
    if len(found) == 1:
        return found[0].title
    return say("{low} to {high}", low=found[0].title, high=found[-1].title)


def formula(assessment: Assessment) -> Message:
    """The sum written out: DPC 3 x EI 1 + CB 0 = 3.00."""
    return say(
        "DPC {dpc} x EI {ei} + CB {cb} = {se}",
        dpc=span_words(assessment.dpc),
        ei=span_words(assessment.ei),
        cb=span_words(assessment.cb),
        se=result_words(assessment),
    )


def span_words(span: Span) -> Argument:
    """A part of the sum, or from what to what it may be."""
    if span.low == span.high:
        return points(span.low)
    return say("({low} to {high})", low=points(span.low), high=points(span.high))


PARTS: dict[Part, Message] = {
    "dpc": say("Data processing context (DPC)"),
    "ei": say("Ease of identification (EI)"),
    "cb": say("Circumstances of the breach (CB)"),
}


def choice_words(choice: Choice) -> Message:
    """A choice as it is listed: its score and title."""
    return say("{score} {title}", score=points(choice.score), title=choice.title)


def stated(case: Case, facts: Iterable[str]) -> Argument:
    """Facts as they are claimed, in a row; those nobody claimed anything about are said to be so."""
    return joined([say("{fact}: {value}", fact=_title(case, name), value=_value(case, name)) for name in facts])


def subject_words(case: Case, subject: str) -> Argument:
    """What an entry of the history was about."""
    kind, _, name = subject.partition(":")
    if kind == "fact":
        return _title(case, name)
    element = case.playbook.method.element(name) if case.playbook.method and kind == "severity" else None
    return element.title if element else name


def _title(case: Case, fact: str) -> Argument:
    spec = case.spec(fact)
    return spec.title if spec else fact


def _value(case: Case, fact: str) -> Argument:
    claim, spec = case.current(fact), case.spec(fact)
    return value_words(claim.value, spec.choices if spec else {}, case.zone) if claim else say("not recorded")
