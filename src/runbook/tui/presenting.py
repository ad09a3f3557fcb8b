"""From values to what stands on the screen: pure functions, no widget, no store, no clock of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from rich.cells import cell_len
from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, nearest, still_due
from runbook.progress import StepView
from runbook.speech import Language, Message, say, speaker
from runbook.tui.commands import EVERYWHERE, Command, key_name
from runbook.wording import words
from runbook.wording.safe import clip, for_terminal


class Shades(msgspec.Struct, frozen=True):
    """The styles that carry a meaning (each also has a sign): red missed or blocked, amber due soon or drill, green
    done, cyan where you are. `ascii` replaces every sign and frame that is not ASCII."""

    bad: str = "bold red"
    soon: str = "bold yellow"
    good: str = "green"
    here: str = "bold cyan"
    quiet: str = "dim"
    drill: str = "bold black on yellow"
    live: str = "bold reverse"
    key: str = "bold"
    ascii: bool = False

    @property
    def pointer(self) -> str:
        """The sign for where one is."""
        return ">" if self.ascii else "❯"

    @property
    def rule(self) -> str:
        """The character lines are drawn with."""
        return "-" if self.ascii else "─"


_ROOMY = 60
"""Cells from which on the top line has room for the date."""
SIGNS = {"todo": " ", "active": "❯", "done": "✓", "skipped": "-", "blocked": "⧗", "not_applicable": "."}
ASCII_SIGNS = {"todo": " ", "active": ">", "done": "v", "skipped": "-", "blocked": "~", "not_applicable": "."}


def sign(view: StepView, shades: Shades) -> Text:
    """The one-cell sign of a step's state; overdue outranks all."""
    if view.overdue:
        return Text("!", shades.bad)
    signs = ASCII_SIGNS if shades.ascii else SIGNS
    style = {"active": shades.here, "done": shades.good, "blocked": shades.quiet, "not_applicable": shades.quiet}
    return Text(signs[view.state], style.get(view.state, ""))


def banner(live: bool, demo: bool, language: Language, shades: Shades) -> Text:
    """LIVE, DRILL or DEMO, always by word; on a Japanese screen in both languages, for whoever looks over a
    shoulder."""
    mode = mode_word(live, demo)
    said = speaker(language)(mode)
    shown = said if said == mode.id else f"{said} {mode.id}"
    return Text.assemble((f" {shown} ", shades.live if live else shades.drill))


def mode_word(live: bool, demo: bool) -> Message:
    """The word for how an incident is run."""
    return say("LIVE") if live else say("DEMO") if demo else say("DRILL")


def stamp(at: datetime, language: Language) -> str:
    """06-22(水) 16:05: a time of this year or so, with its weekday."""
    day = words(language).weekday(at.date())
    short = day.strip("（）") if language == "ja" else day[:3]
    return f"{at:%m-%d}({short}) {at:%H:%M}"


def top_line(
    case: Case | None,
    now: datetime,
    saving: int,
    news: str,
    language: Language,
    shades: Shades,
    width: int,
    state: Message | None = None,
) -> Text:
    """Mode, title, incident clock and how it goes (`state`, of a drill), save mark with the last entry on disk."""
    speak = speaker(language)
    if case is None:
        left = Text.assemble((f" {speak(say('Incident runbook'))}", "bold"))
        return spread(left, Text(f"{now:%Y-}{stamp(now, language)} {zone_name(now)} "), width)
    mark = Text(speak(say("saving")) if saving else f"* #{case.incident.seq}", shades.soon if saving else "")
    own = case.incident
    left = banner(own.mode == "live", own.demo, language, shades)
    how = Text(f" {speak(state)}", shades.soon) if state else Text()
    hour, day = f"{case.now:%H:%M}", f"{stamp(case.now, language)} {zone_name(case.now)}"
    room = width - left.cell_len - mark.cell_len - how.cell_len - cell_len(news) - 8
    shown = Text(day if width >= _ROOMY and cell_len(day) <= room else hour).append_text(how)
    right = _right(Text(news, shades.here), shown, mark, width - left.cell_len)
    return spread(left.append(" ").append(for_terminal(own.title), "bold"), right, width)


def _right(news: Text, clock: Text, mark: Text, room: int) -> Text:
    """What stands at the right, as far as there is room: the mark goes before the news, and these before the clock."""
    shown = []
    for part in (mark, news, clock):
        if part and part.cell_len + 2 < room:
            shown.append(part)
            room -= part.cell_len + 2
    right = Text()
    for part in (news, clock, mark):
        if part in shown:
            right.append("  ").append_text(part)
    return right.append(" ") if shown else right


def zone_name(at: datetime) -> str:
    """JST; an offset where the zone has no letters."""
    return at.tzname() or f"{at:%z}"


def clock_line(case: Case | None, language: Language, shades: Shades, width: int) -> Text:
    """The nearest deadlines in words, as many as fit, in the order of `nearest`."""
    speak = speaker(language)
    line = Text(" ")
    if case is None:
        return line
    line.append(speak(say("Due")), shades.quiet)
    running = nearest(still_due(case), case.now)
    for n, deadline in enumerate(running):
        part = deadline_words(deadline, case.now, language, shades)
        room = width - cell_len(line.plain) - 2
        if cell_len(part.plain) > room and n:
            break
        part.truncate(room)
        line.append("  ").append_text(part)
    if not running:
        line.append("  " + speak(say("Nothing is due.")), shades.quiet)
    return line


def urgency(deadline: Deadline, now: datetime, shades: Shades) -> tuple[str, str]:
    """An open deadline's sign of one cell, and its style: overdue, perhaps not owed at all, due soon."""
    if deadline.state == "overdue":
        return "!", shades.bad
    soon = deadline.soon(now)
    return "?" if deadline.applies is None else "^" if soon else " ", shades.soon if soon else ""


def left_words(deadline: Deadline, now: datetime, language: Language) -> str:
    """How long is left, or over, counted to when it falls; empty where that is not known."""
    left = deadline.remaining(now)
    if left is None:
        return ""
    if deadline.aim_passed(now):
        return speaker(language)(say("aim passed {length} ago", length=words(language).duration(left)))
    return words(language).remaining(left)


def deadline_words(deadline: Deadline, now: datetime, language: Language, shades: Shades) -> Text:
    """One deadline, short: sign, what, when, how long. What the law gives no date for says that it is our own
    target."""
    what = deadline.called.said(language)
    if deadline.falls_at is None:
        return Text(what)
    at = stamp(deadline.falls_at, language)
    if deadline.due_at is None:
        at = "" if deadline.aim_passed(now) else speaker(language)(say("target {at}", at=at))
    mark, style = urgency(deadline, now, shades)
    said = (mark, what, at, left_words(deadline, now, language))
    return Text(" ".join(part for part in said if part.strip()), style)


def key_lines(commands: Iterable[Command], language: Language, shades: Shades, width: int, most: int = 2) -> list[Text]:
    """The footer: the commands that earned room there, in their order, as many as fit on `most` lines.

    What works everywhere comes last and is never left out: whoever finds F1 finds every other key.
    """
    shown = [command for command in commands if command.footer]
    last = [_key(command, language, shades) for command in shown if command in EVERYWHERE]
    lines = [Text()]
    for command in shown:
        part = _key(command, language, shades)
        if command in EVERYWHERE:
            continue
        if not _room(lines[-1], [part], width) and len(lines) < most:
            lines.append(Text())
        if _room(lines[-1], [part, *(last if len(lines) == most else ())], width):
            lines[-1].append_text(part)
    for part in last:
        if not _room(lines[-1], [part], width) and len(lines) < most:
            lines.append(Text())
        if _room(lines[-1], [part], width):
            lines[-1].append_text(part)
    return lines


def _key(command: Command, language: Language, shades: Shades) -> Text:
    gap = "" if language == "ja" else " "
    title = speaker(language)(command.title)
    return Text.assemble(" ", (key_name(command.key), shades.key), gap, (title, shades.quiet))


def _room(line: Text, parts: list[Text], width: int) -> bool:
    return cell_len(line.plain) + sum(cell_len(part.plain) for part in parts) < width


def spread(left: Text, right: Text, width: int) -> Text:
    """`left` at the left edge, cut if it must be, and `right` at the right."""
    room = max(0, width - cell_len(right.plain))
    left = left.copy()
    left.truncate(room, pad=True)
    return left + right


def fit(text: str, width: int) -> str:
    """Text from outside, made safe, cut or padded to exactly so many cells."""
    shown = clip(for_terminal(text), width)
    return shown + " " * (width - cell_len(shown))
