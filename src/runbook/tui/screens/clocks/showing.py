"""Due times and intervals as a list: their rows, and the words and signs of each. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval, closing, doubts, set_aside
from runbook.speech import Argument, Message, say
from runbook.tui.clock_words import at_words, law, left_words, sign, state_words, title
from runbook.tui.presenting import fit, spread, stamp
from runbook.tui.teller import Teller
from runbook.wording import words
from runbook.wording.safe import cells, clip, fold, for_terminal


class Columns(msgspec.Struct, frozen=True):
    """Cells of the columns before the title, each as wide as the widest of what it holds."""

    state: int = 0
    at: int = 0
    left: int = 0


def holding(
    wanted: str, deadlines: Mapping[str, Deadline], intervals: Mapping[str, Interval], tell: Teller
) -> list[str]:
    """The keys of what holds all these words, in their order: all of them where none is wanted."""
    parts = [fold(part) for part in wanted.split()]
    said = {
        key: f"{title(one, tell)} {tell(law(one, tell.case))} {key} {state_words(one, tell)}"
        for key, one in deadlines.items()
    }
    said |= {key: tell(interval_name(one, tell.case)) for key, one in intervals.items()}
    return [key for key, text in said.items() if all(part in fold(text) for part in parts)]


def dated(at: datetime, tell: Teller) -> str:
    """A time in full: 2022-06-26(Sun) 23:59."""
    return f"{at:%Y-}{stamp(at, tell.language)}"


def doubtful(case: Case, found: Sequence[Deadline]) -> list[tuple[str, Message]]:
    """Everything about the clocks that does not add up, each with what to look at ("fact:NAME", "step:ID" or
    nothing)."""
    facts = [(next((name for name in one.facts if case.spec(name)), ""), one.message) for one in doubts(case)]
    return [
        *((f"fact:{name}" if name else "", said) for name, said in facts),
        *((f"step:{id}", said) for id, said in set_aside(case, list(found))),
    ]


# Rows


def columns(found: Iterable[Deadline], tell: Teller) -> Columns:
    """How wide the columns must be for these clocks."""
    said = [(state_words(one, tell), at_words(one, tell), left_words(one, tell)) for one in found]
    state, at, left = (max(map(cells, column), default=0) for column in zip(*said, strict=True)) if said else (0, 0, 0)
    return Columns(state, at, left)


ROOMY = 100
"""Columns from which a clock's state stands in its row in words."""


def clock_row(deadline: Deadline, tell: Teller, width: int, here: bool, columns: Columns) -> Text:
    """One line: sign, when, how long is left, what is due. The state in words and the law stand there where there is
    room for all of it; the sign tells the one, the title the other."""
    shades = tell.shades
    mark, style = sign(deadline, tell)
    own = shades.here if here else style if deadline.state in ("overdue", "not_applicable") else ""
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here))
    text.append(f"{mark} ", style)
    if width >= ROOMY:
        text.append(fit(state_words(deadline, tell), columns.state) + " ", own)
    text.append(fit(at_words(deadline, tell), columns.at) + " ", own or shades.quiet)
    if width >= 40:
        text.append(fit(left_words(deadline, tell), columns.left) + " ", own)
    due: Argument = title(deadline, tell)
    if tell.case.incident.duty(deadline.id).override is not None:
        due = say("[counsel] {duty}", duty=due)
    text.append(clip(for_terminal(tell(due)), max(1, width - text.cell_len)), own)
    named = for_terminal(tell(law(deadline, tell.case)))
    if cells(named) <= width - text.cell_len - 2:
        text.append("  " + named, own or shades.quiet)
    text.truncate(width, pad=True)
    return text


def folded_row(count: int, open: bool, tell: Teller, width: int, here: bool) -> Text:
    """The line behind which what does not apply is folded away."""
    shades = tell.shades
    said = say("Not needed: {n}. Enter hides them.", n=count)
    if not open:
        said = say("Not needed: {n}. Enter shows them.", n=count)
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), (". ", shades.quiet))
    return text.append(fit(tell(said), max(1, width - 4)), shades.here if here else shades.quiet)


def doubts_row(count: int, tell: Teller, width: int, here: bool) -> Text:
    """The line over the list that says that something does not add up."""
    shades = tell.shades
    text = Text.assemble((f"{shades.pointer if here else ' '} ", shades.here), ("^ ", shades.soon))
    return text.append(fit(tell(say("Doubtful: {n}. Read this first.", n=count)), max(1, width - 4)), shades.soon)


def headline(
    found: Iterable[Deadline], doubtful: int, wanted: str, nothing: bool, moved: bool, tell: Teller, width: int
) -> Text:
    """How many clocks run, are overdue, perhaps apply; what is looked for; that the order changed."""
    shades, clocks = tell.shades, list(found)
    closed = closing(tell.case)
    running = tell(say("{n} running", n=sum(one.state == "running" for one in clocks)))
    left = Text.assemble((f"{tell(closed)}  " if closed else "", shades.quiet), running)
    if overdue := sum(one.state == "overdue" for one in clocks):
        left.append(f"  ! {tell(say('{n} overdue', n=overdue))}", shades.bad)
    if perhaps := sum(one.is_open and one.applies is None for one in clocks):
        left.append(f"  ? {tell(say('{n} may apply', n=perhaps))}")
    if doubtful:
        left.append(f"  {tell(say('doubts: {n}', n=doubtful))}", shades.soon)
    if not clocks:
        left.append(f"  {tell(say('This playbook sets no due times.'))}")
    if wanted:
        left.append(f"  / {clip(for_terminal(wanted), 24)}", shades.here)
        if nothing:
            left.append(f"  {tell(say('nothing found; esc shows all'))}")
    right = Text(f" {tell(say('moved: Home'))} ", shades.here) if moved else Text()
    name = Text(f" {tell(say('Due times'))}  ", "bold")
    if name.cell_len + left.cell_len + right.cell_len > width:
        name = Text(" ")  # the counts tell more
    return spread(name + left, right, width)


# Intervals


def interval_name(interval: Interval, case: Case) -> Message:
    """From what to what."""
    start, end = (spec.title if (spec := case.spec(name)) else name for name in (interval.start, interval.end))
    return say("{start} to {end}", start=start, end=end)


def interval_row(interval: Interval, tell: Teller, width: int, here: bool) -> Text:
    """One line: how long, from what to what."""
    style = tell.shades.here if here else ""
    text = Text.assemble((f"{tell.shades.pointer if here else ' '}   ", tell.shades.here))
    text.append(fit(words(tell.language).duration(interval.length), 15), style or "bold")
    return text.append(fit(tell(interval_name(interval, tell.case)), max(1, width - text.cell_len)), style)
