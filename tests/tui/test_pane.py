"""A text to read about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult

from runbook.tui.presenting import Shades
from runbook.tui.widgets.pane import Pane, Piece, broken


@given(
    pieces=st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["", "起きた時刻", "By", "a very long label"]))),
    width=st.integers(24, 100),
)
def test_no_line_is_wider_than_the_pane(pieces: list[tuple[str, str]], width: int) -> None:
    lines = list(broken([Piece(Text(text), label) for text, label in pieces], width, Shades()))
    assert all(cell_len(line.plain) <= width for line in lines)
    assert len(lines) >= len(pieces)


def test_labels_share_a_column_and_further_lines_stand_under_the_first() -> None:
    pieces = [Piece(Text("一" * 20), "短い"), Piece(Text("x"), "もっと長い"), Piece(Text("whole width"))]
    assert [line.plain for line in broken(pieces, 32, Shades())] == [
        "短い        " + "一" * 10,
        "            " + "一" * 10,
        "もっと長い  x",
        "whole width",
    ]


class Sheet(App[None]):
    def compose(self) -> ComposeResult:
        yield Pane()


def pieces(*more: str) -> Sequence[Piece]:
    return [Piece(Text(f"line {n}")) for n in range(40)] + [Piece(Text(text)) for text in more]


def test_a_long_text_is_broken_as_it_is_read_and_nothing_is_lost() -> None:
    text = "委託先の担当者に電話で確認した。" * 5000 + "\n" + "word " * 5000 + "\n" * 100_000 + "end"
    lines = broken([Piece(Text(text))], 40, Shades())
    first = list(islice(lines, 100))  # all of it would take seconds
    assert all(cell_len(line.plain) <= 40 for line in first)
    whole = "".join(line.plain for line in broken([Piece(Text("あ" * 9000 + "\nx"))], 41, Shades()))
    assert whole == "あ" * 9000 + "x"


async def test_the_end_of_a_long_text_can_be_read() -> None:
    async with Sheet().run_test(size=(60, 12)) as pilot:
        pane = pilot.app.query_one(Pane)
        pane.tell("one", "Title", [Piece(Text("\n".join(map(str, range(6000)))))], Shades(), beside=False)
        pane.focus()
        for _ in range(4):
            await pilot.press("end")
        assert pane.render_line(11).text.strip() == "5999"
        await pilot.press("home")
        assert pane.render_line(1).text.strip() == "0"


async def test_what_is_being_read_stays_where_it_is() -> None:
    async with Sheet().run_test(size=(60, 12)) as pilot:
        pane = pilot.app.query_one(Pane)
        pane.tell("one", "Title", pieces(), Shades(), beside=False)
        pane.focus()
        await pilot.press("pagedown", "down")
        top = pane.scroll_offset.y
        assert top == 11
        pane.tell("one", "Title", pieces("something new"), Shades(), beside=False)
        await pilot.pause()
        assert pane.scroll_offset.y == top
        await pilot.press("end")
        assert pane.scroll_offset.y == 30  # 41 lines, 11 of them in view under the title
        pane.tell("two", "Other", pieces(), Shades(), beside=False)
        await pilot.pause()
        assert pane.scroll_offset.y == 0
