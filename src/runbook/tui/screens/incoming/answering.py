"""What is said to an inject: typed with the guardrails reading along, and asked about once more where they object or
warn, with the sentences that may be said of the secret where it is about that.

What was really said is recorded, whatever they find: it is an exercise in saying it otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import groupby
from typing import ClassVar, TypeAlias

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Static, TextArea

from runbook.drills.room import Room
from runbook.guardrails import Finding
from runbook.scenario import Inject
from runbook.speech import Bilingual, Message, say
from runbook.tui.drill_words import arrival_words
from runbook.tui.presenting import Shades
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.asktext import AskText
from runbook.tui.screens.notice.points import SEVERITIES
from runbook.tui.teller import Teller
from runbook.tui.wrapping import wrap

_Heard: TypeAlias = tuple[tuple[Finding, ...], tuple[Bilingual, ...]]
"""What the guardrails find, and what may be said instead."""
_Then: TypeAlias = Callable[[_Heard], None]
SETTLED = 0.12
"""Seconds without a key after which the text is looked at."""


class AskAnswer(AskText):
    """The answer, what it answers above it, what the guardrails find in it below."""

    DEFAULT_CSS = """
    AskAnswer TextArea { height: 6; }
    AskAnswer VerticalScroll { scrollbar-size-vertical: 1; }
    AskAnswer #heard { height: auto; max-height: 22vh; }
    AskAnswer #found { height: auto; max-height: 25vh; }
    AskAnswer #heard Static, AskAnswer #found Static { width: 1fr; height: auto; }
    """
    BINDINGS: ClassVar = [
        Binding("ctrl+s", "answer", show=False, priority=True),
        Binding("pagedown", "more(1)", show=False, priority=True),
        Binding("pageup", "more(-1)", show=False, priority=True),
    ]
    explains = say(
        "Write what you said, as you said it. What the guardrails find stands below, a moment after the last key. Enter "
        "records it; where they object or warn, it is asked once more. Esc leaves; what you typed is kept as unfinished. "
        "PgUp and PgDn scroll what was asked."
    )

    def __init__(self, inject: Inject, incident: str, *, again: bool) -> None:
        hint = say("This was answered already. Answer it once more?") if again else None
        super().__init__(arrival_words(inject), hint, keep=f"incoming:answer('{inject.id}')")
        self._inject = inject
        self._incident = incident
        self._resting: Timer | None = None
        self._asked = 0

    def keys(self) -> Message:
        return say("enter record it   ctrl+j new line   PgDn more   esc back")

    def answer(self) -> ComposeResult:
        with VerticalScroll(id="heard", can_focus=False):
            yield Static(Text("\n").join(wrap(Text(self.teller(self._inject.text)), self._width)))
        yield from super().answer()
        with VerticalScroll(id="found", can_focus=False):
            yield Static("", id="findings")

    def drawn(self) -> None:
        super().drawn()
        self.query_one(TextArea).placeholder = self.desk_app.speak(say("What you say, as you say it"))
        self._look()

    def on_text_area_changed(self) -> None:
        super().on_text_area_changed()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(SETTLED, self._look)

    def action_more(self, way: int) -> None:
        self.query_one("#heard", VerticalScroll).scroll_relative(y=way * 4, animate=False)

    # The guardrails

    def _look(self) -> None:
        """Have the text looked at, off the screen's thread."""
        self._resting = None
        if self.is_attached:
            self._asked += 1
            asked = self._asked
            self._check(lambda heard: self._put(heard[0]) if asked == self._asked else None)

    def _check(self, then: _Then) -> None:
        text, app = self.text, self.desk_app
        if text.strip():
            app.look(partial(_heard, Room(app.desk), self._incident, text, self._inject.id), then, on=self)
        else:
            then(((), ()))

    def _put(self, found: tuple[Finding, ...]) -> None:
        lines = found_lines(found, self.teller, self._width)
        self.query_one("#findings", Static).update(Text("\n").join(lines))

    @property
    def _width(self) -> int:
        return min(68, self.app.size.width - 8)

    def action_answer(self) -> None:
        """Record it; ask once more where a guardrail would have stopped it, or had somebody else answer for it."""
        if not self.text.strip():
            self.give(self.text)  # refused with a sentence
            return
        text = self.text

        def looked(heard: _Heard) -> None:
            if not self.is_current:
                return
            found, instead = heard
            said = [one for one in found if one.severity != "inform"]
            if self.text != text:
                self.action_answer()
            elif said:
                asking = Objection(said, instead)
                self.app.push_screen(asking, lambda sure: self.give(text) if sure else None)
            else:
                self.give(text)

        self._check(looked)


def _heard(room: Room, incident: str, text: str, inject: str) -> _Heard:
    found = room.checked(incident, text, inject)
    return found, room.instead(incident, found)


def found_lines(found: Sequence[Finding], tell: Teller, width: int) -> list[Text]:
    """What the guardrails find, what stops first, each said once."""
    shades, lines = tell.shades, dict[str, Text]()
    for one in _worst_first(found):
        sign, style = _sign(one, shades)
        said = say("{rule} {severity}: {text}", rule=one.rule, severity=SEVERITIES[one.severity], text=one.message)
        lines[f"{sign} {tell(said)}"] = Text(f"{sign} {tell(said)}", style)
    return [part for line in lines.values() for part in wrap(line, width)]


def _worst_first(found: Sequence[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (list(SEVERITIES).index(one.severity), one.rule))


def _said_of(one: Finding) -> tuple[str, Bilingual]:
    return one.rule, one.message


def _sign(one: Finding, shades: Shades) -> tuple[str, str]:
    return {"block": ("!", shades.bad), "warn": ("^", shades.soon)}.get(one.severity, ("-", ""))


class Objection(Asking[bool]):
    """A guardrail objects to what was said, or warns of it: what it is, and why, and what may be said instead; to
    change it or to have said it all the same. The key that led here leads back to the text: pressed twice, it records
    nothing."""

    BINDINGS: ClassVar = [
        Binding("y", "answer(True)", show=False),
        Binding("enter,e", "answer(False)", show=False),
    ]
    DEFAULT_CSS = """
    Objection VerticalScroll { height: auto; max-height: 50vh; margin-top: 1; }
    Objection VerticalScroll Static { height: auto; }
    """

    def __init__(self, found: Sequence[Finding], instead: Sequence[Bilingual]) -> None:
        stops = any(one.severity == "block" for one in found)
        super().__init__(
            say("A guardrail would have stopped this. Was it said all the same?")
            if stops
            else say(
                "A guardrail warns of this; in a notice, somebody else would answer for it. Was it said all the same?"
            )
        )
        self._found = _worst_first(found)
        self._instead = instead

    def answer(self) -> ComposeResult:
        tell, text = self.teller, Text()
        for _, same in groupby(self._found, key=_said_of):
            first, *others = same
            sign, style = _sign(first, tell.shades)
            said = say(
                "{rule} {severity}: {text}", rule=first.rule, severity=SEVERITIES[first.severity], text=first.message
            )
            text.append(f"{sign} {tell(said)}\n", style)
            for excerpt in (one.excerpt for one in (first, *others) if one.excerpt):
                text.append(f"{tell(say('“{words}”', words=excerpt))}\n", "italic")
            if first.why:
                text.append(f"{tell(first.why)}\n", "")
        if self._instead:
            text.append(f"{tell(say('These may be said as they stand:'))}\n", "bold")
            for sentence in self._instead:
                text.append(f"{tell(say('“{words}”', words=sentence))}\n", "")
        width = min(68, self.app.size.width - 8)
        with VerticalScroll():
            yield Static(Text("\n").join(wrap(text[:-1], width)))

    def keys(self) -> Message:
        return say("enter change it   y it was said all the same   PgDn more")

    def action_answer(self, said: bool) -> None:
        self.dismiss(said)
