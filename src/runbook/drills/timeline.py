"""The timeline of a drill as a picture: what arrived, what the team did, the clocks, and the real case beside them.

Pure. An SVG for a page 1000 wide and for print: the numbers in it are those of the table that goes with it. Each part
of the exercise is a stretch of its own, or several: between two of them the clock jumped. No meaning lies in a colour
alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec

from runbook.moment import Precision, between
from runbook.scenario import Leg
from runbook.speech import Argument, Language, Message, Speaker, say, speaker
from runbook.wording.safe import for_html

Lane: TypeAlias = Literal["inject", "team", "clock", "real"]
Shape: TypeAlias = Literal["arrived", "full", "part", "broken", "met", "missed", "real"]
LANES: dict[Lane, tuple[str, Message]] = {
    "inject": ("I", say("Injects")),
    "team": ("T", say("The team")),
    "clock": ("C", say("Clocks")),
    "real": ("R", say("The real case")),
}
"""Each lane's letter, before the numbers of its marks, and its name."""
SHAPES: dict[Shape, Message] = {
    "arrived": say("inject that arrived"),
    "full": say("done, in full"),
    "part": say("done in part, late, or out of order"),
    "broken": say("said against a guardrail, or another penalty"),
    "met": say("clock met"),
    "missed": say("clock missed"),
    "real": say("what the real case did"),
}


class Mark(msgspec.Struct, frozen=True):
    """Something at a time on a lane, by its number there. `joins` are the expected acts it amounts to: marks of the
    team and of the real case that share one are linked."""

    lane: Lane
    number: int
    at: datetime
    what: Argument
    shape: Shape
    precision: Precision = "exact"
    seqs: tuple[int, ...] = ()
    joins: tuple[str, ...] = ()
    sign: Argument = ""
    """What its shape says, in a word, where its name does not tell it."""

    @property
    def name(self) -> str:
        return f"{LANES[self.lane][0]}{self.number}"

    @property
    def when(self) -> str:
        """Its minute, as far as it is known; of a day alone the day."""
        return f"{self.at:%m-%d}" if self.precision == "date" else f"{self.at:%m-%d %H:%M}"


class Jump(msgspec.Struct, frozen=True):
    """That the clock was put forward, by which entry."""

    left: datetime
    to: datetime
    seq: int


class Timeline(msgspec.Struct, frozen=True):
    """The parts of the exercise, which of them were played, the marks and the jumps of the clock, by time. The drill
    stands at `until`."""

    legs: tuple[Leg, ...]
    played: tuple[bool, ...]
    until: datetime
    marks: tuple[Mark, ...]
    jumps: tuple[Jump, ...] = ()

    @property
    def lanes(self) -> list[Lane]:
        """Those with something on them; of injects and the team it is told that there was nothing."""
        there = {mark.lane for mark in self.marks} | {"inject", "team"}
        return [lane for lane in LANES if lane in there]


WIDTH = 1000
_LEFT = 96
_RIGHT = 12
_STEP = 20
"""How far apart marks stand, and rows of them."""
_HEAD = 44
_PAD = 8
_INK = {
    "arrived": "#0b4a7a",
    "full": "#1e6b3a",
    "part": "#8a5a00",
    "broken": "#8a1c1c",
    "met": "#1e6b3a",
    "missed": "#8a1c1c",
    "real": "#4d565f",
}


class _Stretch(msgspec.Struct, frozen=True):
    """A span of time and the span of the picture it is drawn on. `leg` is its number; 0 between legs."""

    start: datetime
    end: datetime
    left: float
    right: float
    leg: int = 0

    def x(self, at: datetime) -> float:
        length = between(self.start, self.end)
        share = between(self.start, at) / length if length else 0.5
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


class _Placed(msgspec.Struct, frozen=True):
    mark: Mark
    x: float
    y: float


def svg(timeline: Timeline, language: Language) -> str:
    """The picture as an SVG element, to stand in a page; its text is in `language`."""
    tell = speaker(language)
    stretches = _stretches(timeline)
    lanes: list[tuple[Lane, float, float]] = []
    placed: list[_Placed] = []
    top = float(_HEAD)
    for lane in timeline.lanes:
        there = _packed([mark for mark in timeline.marks if mark.lane == lane], stretches, top)
        height = max((one.y for one in there), default=top + _STEP) + _STEP / 2 + _PAD - top
        lanes.append((lane, top, height))
        placed += there
        top += height
    title = tell(say("Timeline of the drill"))
    about = tell(
        say(
            "Lanes along the time of the exercise: injects, the team, clocks, the real case. Numbers are those of the "
            "table below, which says the same."
        )
    )
    parts = [
        f'<svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top + 6:.0f}" role="img" '
        'aria-labelledby="timeline-title timeline-desc">',
        f'<title id="timeline-title">{for_html(title)}</title>',
        f'<desc id="timeline-desc">{for_html(about)}</desc>',
        *_ground(lanes, stretches, timeline, top, tell),
        *_axis(stretches),
        *_links(placed),
        *(_drawn(one, tell) for one in placed),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def shape_sign(shape: Shape) -> str:
    """One mark by itself, for the key of the picture."""
    inner = _outline(shape, 10, 10)
    return f'<svg class="sign" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">{inner}</svg>'


# Where things go


def _stretches(timeline: Timeline) -> list[_Stretch]:
    numbers, legs = zip(*_pieces(timeline), strict=True)
    times = [mark.at for mark in timeline.marks]
    first, last = min([*times, legs[0].start]), max([*times, legs[-1].end])
    before, later = (30 if first < legs[0].start else 0), (30 if last > legs[-1].end else 0)
    jump = min(30.0, 240 / len(legs))
    gaps = [jump if one.end < two.start else 4.0 for one, two in pairwise(legs)]
    room = WIDTH - _LEFT - _RIGHT - before - later - sum(gaps)
    widths = _widths([leg.plays / timedelta(seconds=1) for leg in legs], room)
    found, x = [], float(_LEFT)
    if before:
        found.append(_Stretch(first, legs[0].start, x + 12, x + before))
        x += before
    for n, (leg, width) in enumerate(zip(legs, widths, strict=True)):
        if n:
            found.append(_Stretch(legs[n - 1].end, leg.start, x, x + gaps[n - 1]))
            x += gaps[n - 1]
        found.append(_Stretch(leg.start, leg.end, x, x + width, numbers[n]))
        x += width
    if later:
        found.append(_Stretch(legs[-1].end, last, x, x + later - 12))
    return found


def _pieces(timeline: Timeline) -> Iterator[tuple[int, Leg]]:
    """The parts, by their numbers, without what the clock jumped over in them; one it never ran in stays whole."""
    for n, leg in enumerate(timeline.legs, 1):
        ends = [at for jump in timeline.jumps for at in (jump.left, jump.to) if leg.start < at < leg.end]
        pieces = [
            msgspec.structs.replace(leg, start=start, end=end)
            for start, end in pairwise(sorted({leg.start, *ends, leg.end}))
            if not any(jump.left <= start and end <= jump.to for jump in timeline.jumps)
        ]
        yield from ((n, piece) for piece in pieces or [leg])


def _widths(played: Sequence[float], room: float) -> list[float]:
    """The room shared out by how long each part was played, with a least width for each."""
    least = min(64.0, room / len(played))
    free = room - least * len(played)
    whole = sum(played) or 1.0
    return [least + free * one / whole for one in played]


def _x(stretches: Sequence[_Stretch], at: datetime) -> float:
    inside = next((one for one in stretches if one.leg and one.start <= at <= one.end), None)
    found = inside or next((one for one in stretches if one.start <= at <= one.end), None)
    if found is None:
        found = stretches[0] if at < stretches[0].start else stretches[-1]
    return found.x(at)


def _packed(marks: Sequence[Mark], stretches: Sequence[_Stretch], top: float) -> list[_Placed]:
    """The marks of a lane in as few rows as keep them apart."""
    rows: list[float] = []
    placed = []
    for x, mark in sorted(((_x(stretches, mark.at), mark) for mark in marks), key=lambda one: (one[0], one[1].number)):
        row = next((n for n, taken in enumerate(rows) if x - taken >= _STEP), len(rows))
        rows[row:] = [x, *rows[row + 1 :]]
        placed.append(_Placed(mark, x, top + _PAD + _STEP / 2 + row * _STEP))
    return placed


# Drawing


def _ground(
    lanes: Sequence[tuple[Lane, float, float]],
    stretches: Sequence[_Stretch],
    timeline: Timeline,
    bottom: float,
    tell: Speaker,
) -> Iterator[str]:
    for one in stretches:
        if one.leg:
            played = timeline.played[one.leg - 1]
            fill = "#f3f6f9" if played else "#ffffff"
            line = "#b8c2cc" if played else '#b8c2cc" stroke-dasharray="3 3'
            yield (
                f'<rect x="{one.left:.1f}" y="20" width="{one.right - one.left:.1f}" height="{bottom - 20:.1f}" '
                f'fill="{fill}" stroke="{line}"/>'
            )
        elif one.start < one.end:
            middle = (one.left + one.right) / 2
            yield f'<text x="{middle:.1f}" y="36" class="jump">»</text>'
    for lane, top, height in lanes:
        letter, name = LANES[lane]
        yield f'<line x1="0" y1="{top:.1f}" x2="{WIDTH}" y2="{top:.1f}" stroke="#b8c2cc"/>'
        yield f'<text x="4" y="{top + height / 2 - 2:.1f}" class="lane">{for_html(tell(name))}</text>'
        yield f'<text x="4" y="{top + height / 2 + 11:.1f}" class="small">{letter}</text>'
    here = _x(stretches, timeline.until)
    yield f'<line x1="{here:.1f}" y1="20" x2="{here:.1f}" y2="{bottom:.1f}" stroke="#1c1f23" stroke-width="1.5"/>'


_TICKS = [timedelta(minutes=n) for n in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)]


def _axis(stretches: Sequence[_Stretch]) -> Iterator[str]:
    """The day and the hour each part begins with, and hours in it, as many as have room."""
    for one in stretches:
        if not one.leg:
            continue
        yield f'<text x="{one.left + 3:.1f}" y="14" class="small">{one.leg}</text>'
        yield f'<text x="{one.left + (16 if one.leg < 10 else 21):.1f}" y="14" class="day">{one.start:%m-%d}</text>'
        yield f'<text x="{one.left + 3:.1f}" y="36" class="small">{one.start:%H:%M}</text>'
        length, width = between(one.start, one.end), one.right - one.left
        every = next((tick for tick in _TICKS if width * (tick / length) >= 44), None) if length else None
        if every is None or every > length:
            continue
        day = one.start.replace(hour=0, minute=0, second=0, microsecond=0)
        at = day + every * ((one.start - day) // every + 1)
        while at < one.end:
            x = one.x(at)
            if x - one.left >= 52 and one.right - x >= 16:
                yield f'<line x1="{x:.1f}" y1="38" x2="{x:.1f}" y2="{_HEAD}" stroke="#4d565f"/>'
                words = f"{at:%m-%d}" if every >= timedelta(days=1) else f"{at:%H:%M}"
                yield f'<text x="{x:.1f}" y="36" class="tick">{words}</text>'
            at += every


def _links(placed: Sequence[_Placed]) -> Iterator[str]:
    """Between what the team did and what the real case did about the same."""
    team = [one for one in placed if one.mark.lane == "team"]
    for real in (one for one in placed if one.mark.lane == "real"):
        for act in team:
            if set(act.mark.joins) & set(real.mark.joins):
                yield (
                    f'<line x1="{act.x:.1f}" y1="{act.y:.1f}" x2="{real.x:.1f}" y2="{real.y:.1f}" stroke="#7a858f" '
                    'stroke-width="1" stroke-dasharray="2 3"/>'
                )


def _drawn(one: _Placed, tell: Speaker) -> str:
    mark = one.mark
    words = tell(say("{name} {at} {what}", name=mark.name, at=mark.when, what=mark.what))
    kind = "number" if mark.shape in ("part", "real") else "number light"
    return (
        f"<g><title>{for_html(words)}</title>{_outline(mark.shape, one.x, one.y)}"
        f'<text x="{one.x:.1f}" y="{one.y + 3.4:.1f}" class="{kind}">{mark.number}</text></g>'
    )


def _outline(shape: Shape, x: float, y: float) -> str:
    ink = _INK[shape]

    def polygon(*points: tuple[float, float], fill: str = ink) -> str:
        where = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in points)
        return f'<polygon points="{where}" fill="{fill}" stroke="{ink}" stroke-width="1.5"/>'

    match shape:
        case "arrived":
            return f'<rect x="{x - 8.5:.1f}" y="{y - 8.5:.1f}" width="17" height="17" rx="2" fill="{ink}"/>'
        case "full":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="{ink}"/>'
        case "part":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8.2" fill="#ffffff" stroke="{ink}" stroke-width="1.8"/>'
        case "broken":
            eight = ((-4, -9), (4, -9), (9, -4), (9, 4), (4, 9), (-4, 9), (-9, 4), (-9, -4))
            return polygon(*eight)
        case "met":
            return polygon((-9, -8), (9, -8), (9, 3), (0, 9.5), (-9, 3))
        case "missed":
            return polygon((0, -10), (10, 8), (-10, 8))
        case "real":
            return polygon((0, -10), (10, 0), (0, 10), (-10, 0), fill="#ffffff")
