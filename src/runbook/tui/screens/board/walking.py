"""Walking through a page of text that has things to act on in it: pure arithmetic of rows.

A stop is something to act on, as its first row and the row after its last. Whoever walks sees every row on the way: a
stop that is far off is first scrolled towards. The stop one stands on is always on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Page(msgspec.Struct, frozen=True):
    """What is walked through: all its rows and stops, and how many rows are seen at once."""

    rows: int
    height: int
    stops: Sequence[tuple[int, int]] = ()

    @property
    def lowest(self) -> int:
        """The largest row that may stand on top."""
        return max(0, self.rows - self.height)

    def sees(self, stop: int, top: int) -> bool:
        """Whether the beginning of a stop is on the screen."""
        return top <= self.stops[stop][0] < top + self.height


class Place(msgspec.Struct, frozen=True):
    """Where one is: the row on top, and the stop one stands on (None where none is on the screen)."""

    top: int = 0
    stop: int | None = None


def step(page: Page, place: Place, way: int) -> Place:
    """One key down (`way` 1) or up (-1): to the next stop if it is near, else further along the text."""
    target = _next(page, place, way)
    half = max(1, page.height // 2)
    if target is not None:
        top = reveal(page, target, place.top)
        if abs(top - place.top) <= half:
            return Place(top, target)
    return _stay(page, place, place.top + way * half)


def turn(page: Page, place: Place, way: int) -> Place:
    """A page down or up; one stands on the first stop that is then on the screen."""
    return rest(page, place.top + way * max(1, page.height - 1))


def rest(page: Page, top: int) -> Place:
    """Standing with that row on top, on the first stop seen whole."""
    top = _within(page, top)
    seen = (n for n, (start, end) in enumerate(page.stops) if start >= top and end <= top + page.height)
    return Place(top, next(seen, None))


def reveal(page: Page, stop: int, top: int) -> int:
    """The row to have on top so that a stop is seen, moving as little as possible."""
    start, end = page.stops[stop]
    if end > top + page.height:
        top = end - page.height
    return _within(page, min(top, start))


def _next(page: Page, place: Place, way: int) -> int | None:
    if place.stop is not None:
        after = place.stop + way
        return after if 0 <= after < len(page.stops) else None
    if way > 0:
        return next((n for n, (start, _) in enumerate(page.stops) if start >= place.top), None)
    above = [n for n, (_, end) in enumerate(page.stops) if end <= place.top + page.height]
    return above[-1] if above else None


def _stay(page: Page, place: Place, top: int) -> Place:
    """Scrolled there, still on the same stop if it is on the screen."""
    top = _within(page, top)
    return Place(top, place.stop if place.stop is not None and page.sees(place.stop, top) else None)


def _within(page: Page, top: int) -> int:
    return max(0, min(top, page.lowest))
