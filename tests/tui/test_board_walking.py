"""Walking through a step: the cursor is always seen, and so is every row on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from runbook.tui.screens.board.walking import Page, Place, rest, reveal, step, turn


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Runs of text and stops, each one to five rows, on a screen of one to twenty rows."""
    row, stops = 0, []
    for text, stop in draw(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=8)):
        stops.append((row + text, row + text + stop))
        row = stops[-1][1]
    return Page(row + draw(st.integers(0, 30)), draw(st.integers(1, 20)), stops)


def stands(page: Page, place: Place) -> bool:
    within = 0 <= place.top <= page.lowest
    return within and (place.stop is None or page.sees(place.stop, place.top))


@given(pages(), st.lists(st.sampled_from(["down", "up", "pagedown", "pageup"]), max_size=40))
def test_the_cursor_is_always_on_the_screen(page: Page, keys: list[str]) -> None:
    place = rest(page, 0)
    for key in keys:
        way = 1 if key.endswith("down") else -1
        place = turn(page, place, way) if key.startswith("page") else step(page, place, way)
        assert stands(page, place)


@given(pages())
def test_walking_down_shows_every_row_and_stops_at_every_stop(page: Page) -> None:
    place = rest(page, 0)
    rows, stops = set(range(page.height)), {place.stop}
    for _ in range(page.rows + len(page.stops) + 1):
        place = step(page, place, 1)
        rows |= set(range(place.top, place.top + page.height))
        stops.add(place.stop)
    assert set(range(page.rows)) <= rows
    assert set(range(len(page.stops))) <= stops


@given(pages())
def test_and_up_again(page: Page) -> None:
    place = rest(page, page.lowest)
    rows, stops = set(range(place.top, place.top + page.height)), {place.stop}
    for _ in range(page.rows + len(page.stops) + 1):
        place = step(page, place, -1)
        rows |= set(range(place.top, place.top + page.height))
        stops.add(place.stop)
    assert set(range(page.rows)) <= rows
    first = min((n for n in stops if n is not None), default=0)
    assert place.top == 0 or first == 0


def test_a_near_stop_is_one_key_away_and_a_far_one_is_scrolled_to() -> None:
    page = Page(40, 10, [(2, 3), (4, 5), (30, 31)])
    place = rest(page, 0)
    assert place == Place(0, 0)
    place = step(page, place, 1)
    assert place == Place(0, 1)
    seen = []
    while place.stop != 2:
        place = step(page, place, 1)
        seen.append(place.top)
    assert seen == [5, 10, 15, 20, 21]


def test_a_stop_is_shown_whole_with_as_little_movement_as_possible() -> None:
    page = Page(40, 10, [(0, 1), (12, 15), (20, 36)])
    assert reveal(page, 1, 0) == 5
    assert reveal(page, 1, 20) == 12
    assert reveal(page, 1, 8) == 8
    assert reveal(page, 2, 0) == 20  # one taller than the screen from its beginning
