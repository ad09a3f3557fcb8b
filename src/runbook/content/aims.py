"""What a scenario scores: expected acts, orders and hazards, and what the real case had done by then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from runbook.conditions import read_length
from runbook.content.injects import Cast
from runbook.content.mistakes import no_such, whole
from runbook.content.reading import WORD, Entry
from runbook.errors import BadContent
from runbook.playbook import Playbook
from runbook.scenario import Expected, Ghost, Hazard, Order
from runbook.speech import Message, say

_EXPECTED = "id objective title points"
_EXPECTED_MORE = "evidence clock since within late notice tip"
_ORDER = "id objective title points first then"
_ORDER_MORE = "tip"
_HAZARD = "id objective title points when really"
_HAZARD_MORE = "source times tip"
EXPECTED_KEYS = frozenset(f"{_EXPECTED} {_EXPECTED_MORE}".split())
ORDER_KEYS = frozenset(f"{_ORDER} {_ORDER_MORE}".split())
HAZARD_KEYS = frozenset(f"{_HAZARD} {_HAZARD_MORE}".split())


class Aims:
    """Reads the parts of a scenario that are scored. They share their ids: each is an item of one score."""

    def __init__(self, at: Entry, playbook: Playbook, cast: Cast, sources: Collection[str]) -> None:
        self._at = at
        self._playbook = playbook
        self._cast = cast
        self._sources = sources
        self._ids: dict[str, int] = {}

    def expected(self) -> Iterator[Expected]:
        for one in self._at.entries("expected", _EXPECTED, _EXPECTED_MORE):
            read = Expected(
                id=one.name("id", WORD, self._ids),
                objective=self._objective(one),
                title=one.bilingual("title"),
                points=_points(one),
                evidence=one.references("evidence", None, say("condition")),
                clock=one.text("clock"),
                since=one.reference("since", self._cast.happenings.injects, say("inject")),
                within=_length(one, "within"),
                late=one.number("late") or 0,
                notice=one.yes("notice"),
                tip=one.bilingual_if_any("tip"),
            )
            self._check(one, read)
            yield read

    def orders(self) -> Iterator[Order]:
        for one in self._at.entries("orders", _ORDER, _ORDER_MORE):
            read = Order(
                one.name("id", WORD, self._ids),
                self._objective(one),
                one.bilingual("title"),
                _points(one),
                self._condition(one, "first"),
                self._condition(one, "then"),
                one.bilingual_if_any("tip"),
            )
            if read.first and read.first == read.then:
                one.wrong("then", say("“{key}” is the same as “{other}”.", key="then", other="first"))
            yield read

    def hazards(self) -> Iterator[Hazard]:
        for one in self._at.entries("hazards", _HAZARD, _HAZARD_MORE):
            times = one.number("times")
            if times == 0:
                one.wrong("times", say("“{key}” must be at least 1.", key="times"))
            yield Hazard(
                one.name("id", WORD, self._ids),
                self._objective(one),
                one.bilingual("title"),
                _points(one),
                self._condition(one, "when"),
                one.bilingual("really"),
                one.reference("source", self._sources, say("source")),
                times or 1,
                one.bilingual_if_any("tip"),
            )

    def _check(self, one: Entry, read: Expected) -> None:
        if ("evidence" in one) == ("clock" in one):
            one.wrong("", say("Give either “evidence” or “clock”."))
        one.need_some("evidence")
        for condition in read.evidence:
            for message in self._cast.wrong_with(condition):
                one.wrong("evidence", message)
        for message in self._wrong_clock(read.clock):
            one.wrong("clock", message)
        _check_timing(one, read)

    def _wrong_clock(self, clock: str) -> Iterator[Message]:
        """A clock is a legal duty's, or `step:ID` of a step with a due time of its own."""
        duties = self._cast.happenings.duties
        if clock.startswith("step:"):
            id = clock.removeprefix("step:")
            step = self._playbook.steps.get(id)
            if step is None:
                yield no_such(say("step"), id, self._playbook.steps)
            elif step.due is None or step.due.duties:
                yield say("The step “{step}” has no clock of its own.", step=id)
        elif clock and duties is not None and clock not in duties:
            yield no_such(say("duty"), clock, duties)

    def _objective(self, one: Entry) -> str:
        return one.reference("objective", self._cast.objectives, say("objective"))

    def _condition(self, one: Entry, key: str) -> str:
        text = one.text(key)
        for message in self._cast.wrong_with(text):
            one.wrong(key, message)
        return text


def check_ghost(pairs: list[tuple[Entry, Ghost]], expected: Collection[str], sources: Collection[str]) -> None:
    """Name what the ghost names wrongly, and where its times go back."""
    before: Ghost | None = None
    for one, read in pairs:
        one.reference("source", sources, say("source"))
        one.references("meets", expected, say("expected action"))
        if before and read.at < before.at:
            one.wrong(
                "at",
                say("{at} stands after {other}: write them in the order of their times.", at=read.at, other=before.at),
            )
        before = read


def _check_timing(one: Entry, read: Expected) -> None:
    if "clock" in one and "evidence" not in one:
        for key in ("since", "within", "late"):
            if key in one:
                one.wrong(key, say("“{key}” does not go together with “{other}”.", key=key, other="clock"))
    elif "within" not in one:
        for key in ("since", "late"):
            if key in one:
                one.wrong(key, say("“{key}” says nothing without “within”.", key=key))
    elif read.within == timedelta():
        one.wrong("within", say("“{key}” must be at least 1.", key="within"))
    if read.late > read.points:
        one.wrong(
            "late", say("Late it brings {late} points, in time only {points}.", late=read.late, points=read.points)
        )


def _points(one: Entry) -> int:
    points = one.number("points")
    if points == 0:
        one.wrong("points", say("“{key}” must be at least 1.", key="points"))
    return points or 0


def _length(at: Entry, key: str) -> timedelta | None:
    text = at.text(key)
    try:
        return read_length(text) if text else None
    except BadContent as wrong:
        at.wrong(key, whole(wrong))
        return None
