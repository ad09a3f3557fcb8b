"""The list of incidents in words: pure functions from cards to lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from runbook.cards import Card
from runbook.events import FACILITATORS
from runbook.speech import Language, Message, say, speaker
from runbook.tui.presenting import Shades, deadline_words, fit, left_words, mode_word, stamp, urgency
from runbook.tui.wrapping import wrap
from runbook.wording.safe import cells, clip, for_terminal

if TYPE_CHECKING:
    from runbook.drills.scoring import Score

_PROGRESS, _MARGIN = 6, 3
_EXPLAINED = 72


def latest(cards: Iterable[Card]) -> str:
    """The id of the incident worked on last; open ones before closed ones, live ones before drills."""
    readable = (card for card in cards if card.unreadable is None)
    found = sorted(readable, key=lambda card: (card.closed_at is None, card.mode == "live", _touched(card)))
    return found[-1].id if found else ""


def groups(cards: Sequence[Card]) -> list[tuple[Message, list[Card]]]:
    """The cards in the order they are shown: live, drills, closed; within each the one worked on last on top."""
    running = [card for card in cards if card.closed_at is None]
    parts = (
        (say("Live"), [card for card in running if card.mode == "live"]),
        (say("Drills"), [card for card in cards if card.scenario or (card in running and card.mode == "drill")]),
        (say("Closed"), [card for card in cards if card.closed_at is not None and not card.scenario]),
    )
    return [(name, sorted(part, key=_rank, reverse=True)) for name, part in parts if part]


def _rank(card: Card) -> tuple[bool, datetime]:
    """A drill that is over stands below those that run."""
    return card.closed_at is None, _touched(card)


def _touched(card: Card) -> datetime:
    """When it was worked on last; of a drill on its own clock, when it was really held."""
    return card.held_at or (card.last.at if card.last else card.opened_at)


def starts(language: Language, shades: Shades, width: int) -> Text:
    """The two ways to begin, explained where there is room."""
    speak = speaker(language)
    lines = (
        ("n", say("Start a new incident"), say("the clock runs now, the rest can wait")),
        ("t", say("Start a drill"), say("of a scenario; everything is marked DRILL")),
    )
    text = Text()
    for key, what, remark in lines:
        said = speak(what)
        text.append(f"\n {key}", shades.key).append(f"  {said}")
        if width >= _EXPLAINED:
            text.append(" " * max(2, 28 - cells(said)) + speak(remark), shades.quiet)
    return text.append("\n")


def remark(message: Message, language: Language, shades: Shades) -> Text:
    """A line that says something about the list."""
    return Text("   " + for_terminal(speaker(language)(message)), shades.quiet)


def group_line(name: Message, columns: bool, width: int, _here: bool, *, language: Language, shades: Shades) -> Text:
    """A group's name; with `columns`, theirs too."""
    speak = speaker(language)
    title, due, last = _widths(width)
    line = Text.assemble((" " + fit(speak(name), title + _MARGIN - 1), "bold"))
    if not columns:
        return line
    line.append(_right(speak(say("steps")), _PROGRESS), shades.quiet)
    for column, cell in ((due, say("next due")), (last, say("last entry"))):
        if column:
            line.append("  " + fit(speak(cell), column), shades.quiet)
    return line


def card_line(
    card: Card, width: int, here: bool, *, language: Language, shades: Shades, score: Score | None = None
) -> Text:
    """An incident: title, progress, next due time, last activity; of a drill that is over its `score`, where it is
    known."""
    title, due, last = _widths(width)
    line = Text.assemble((f" {shades.pointer if here else ' '} ", shades.here))
    line.append_text(_title(card, title, here, language, shades))
    line.append(_right("" if card.unreadable else f"{card.done}/{card.steps}", _PROGRESS))
    if due:
        text, style = _due(card, language, shades, score)
        line.append("  ").append(fit(text, due), style)
    if last:
        line.append("  ").append(fit(_last(card), last), shades.quiet)
    return line


def detail(card: Card, language: Language, shades: Shades, width: int) -> Text:
    """What the line had no room for."""
    speak = speaker(language)
    if card.unreadable is not None:
        lines = wrap(Text(for_terminal(speak(card.unreadable)), shades.bad), width - 2)[:2]
        return Text("\n").join(Text(" ").append_text(line) for line in lines)
    opened = speak(say("opened {at}", at=f"{card.opened_at:%Y-}{stamp(card.opened_at, language)}"))
    closed = (
        speak(say("closed {at}", at=f"{card.closed_at:%Y-}{stamp(card.closed_at, language)}")) if card.closed_at else ""
    )
    if card.next is not None:
        due = Text(" ").append_text(deadline_words(card.next, card.now, language, shades))
        due.truncate(width - 1)
        return Text.assemble(
            (f" {clip(for_terminal(card.title), width - 34)}", "bold"),
            (f"  {closed or opened}", shades.quiet),
            "\n",
            due,
        )
    if card.held_at is not None:
        opened = speak(say("held {at}", at=f"{card.held_at:%Y-}{stamp(card.held_at, language)}"))
    first = "  ".join(part for part in (for_terminal(card.title), card.id) if part)
    second = "  ".join(part for part in (opened, closed, for_terminal(card.playbook)) if part)
    return Text.assemble((f" {clip(first, width - 2)}\n", "bold"), (f" {clip(second, width - 2)}", shades.quiet))


def _title(card: Card, width: int, here: bool, language: Language, shades: Shades) -> Text:
    mark = Text()
    if card.demo or card.mode == "drill":
        mark = Text.assemble((f" {speaker(language)(mode_word(False, card.demo))} ", shades.drill), " ")
    return mark.append(fit(card.title, width - cells(mark.plain)), shades.here if here else "")


def _due(card: Card, language: Language, shades: Shades, score: Score | None) -> tuple[str, str]:
    speak = speaker(language)
    if card.unreadable is not None:
        return f"! {speak(say('cannot be read'))}", shades.bad
    if card.closed_at is not None and card.held_at is not None:
        held = f"{card.held_at:%Y-%m-%d}"
        if score is None:
            return speak(say("held {day}", day=held)), shades.quiet
        return speak(say("{points}/{max} held {day}", points=score.points, max=score.max, day=held)), shades.quiet
    if card.closed_at is not None and card.next is None:
        return speak(say("closed {at}", at=f"{card.closed_at:%Y-%m-%d}")), shades.quiet
    if card.next is None:
        return speak(say("Nothing is due.")), shades.quiet
    mark, style = urgency(card.next, card.now, shades)
    return f"{mark} {left_words(card.next, card.now, language)} {card.next.called.said(language)}", style


def _last(card: Card) -> str:
    if card.last is None:
        return ""
    at = card.last.at.astimezone(card.opened_at.tzinfo)
    when = f"{at:%H:%M}" if at.date() == card.now.date() else f"{at:%m-%d}"
    if card.last.type in FACILITATORS:  # who watches a drill, and when, is not for its team's eyes (rules.md 37)
        return when
    return f"{when} {for_terminal(card.last.actor)}"


def _right(text: str, width: int) -> str:
    return " " * max(0, width - cells(text)) + text


def _widths(width: int) -> tuple[int, int, int]:
    """Cells for title, next due time and last activity; 0 where there is no room for a column."""
    room = width - _MARGIN - _PROGRESS - 1
    last = 0 if width < 70 else 12 if width < 100 else 18
    due = 0 if width < 56 else 26 if width < 100 else 44
    return max(8, room - sum(column + 2 for column in (due, last) if column)), due, last
