"""A small form: a few labelled lines that are recorded together. Used for register rows and data sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import ClassVar

import msgspec
from rich.cells import cell_len
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.events import DescendantBlur
from textual.widgets import Input, Static

from runbook.actions.deciding import Decision
from runbook.errors import BadContent, RunbookError
from runbook.speech import Message, say
from runbook.tui.base import Work
from runbook.tui.presenting import fit
from runbook.tui.screens.recording import Recording
from runbook.tui.typed import several
from runbook.tui.wrapping import wrap


class Line(msgspec.Struct, frozen=True):
    """One line of a form. `hint` says how to fill it in, in parts two blanks apart; a `fixed` one is shown only.

    Where one chooses, `options` are what may be typed for short (a number, an id), each with the words it stands for.
    """

    id: str
    title: str
    value: str = ""
    hint: str = ""
    fixed: bool = False
    options: dict[str, str] = {}

    def meant(self, text: str) -> str:
        """What was typed, in the words it stands for; as it is where it is none of the options."""
        parts = [part.strip() for part in (several(text) if self.options else ())]
        words = set(self.options.values())
        if not parts or text.strip() in words or not all(part in words or part in self.options for part in parts):
            return text
        return ", ".join(self.options.get(part, part) for part in parts)


def numbered(options: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The options of a line, by their numbers and their ids, and the hint that lists them."""
    short = {str(n): said for n, said in enumerate(options.values(), 1)}
    return {**options, **short}, "  ".join(f"{n} {said}" for n, said in short.items())


def packed(hint: str, width: int) -> Text:
    """A hint in lines, broken between its parts where it can be: no number stands apart from what it is the number
    of."""
    lines = [""]
    for part in hint.split("  "):
        longer = f"{lines[-1]}  {part}" if lines[-1] else part
        if cell_len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(part)
    return Text("\n").join(one for line in lines for one in wrap(Text(line), width))


class WrongLine(BadContent):
    """A line of a form that cannot be recorded as it stands; `line` is its id."""

    def __init__(self, line: str, message: Message, hint: Message | None) -> None:
        super().__init__(message, hint)
        self.line = line


@contextmanager
def reading(line: str) -> Iterator[None]:
    """What cannot be read in here is wrong in that line."""
    try:
        yield
    except BadContent as wrong:
        raise WrongLine(line, wrong.message, wrong.hint) from None


class Form(Recording):
    """The form. Enter goes to the next line, and on the last one records them all; ctrl+s records from anywhere.

    A subclass decides what is recorded. What is typed is kept as one text, a line each with its id behind a tab, and
    stands there again when the form is next opened; a line that nobody changed shows what the record says by then.
    """

    DEFAULT_CSS = """
    Form #lines { height: auto; max-height: 12; margin-top: 1; overflow-y: auto; scrollbar-size-vertical: 1; }
    Form Horizontal { height: 1; }
    Form Horizontal Static { width: auto; }
    Form Horizontal Input { width: 1fr; margin: 0; }
    """
    BINDINGS: ClassVar = [
        Binding("enter", "forward", show=False, priority=True),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("ctrl+s", "record", show=False, priority=True),
    ]

    spoken = True

    def __init__(self, question: Message, lines: Sequence[Line], keep: str) -> None:
        super().__init__(question, keep=keep)
        self._lines = lines

    def decide(self, typed: dict[str, str]) -> Decision:
        """What to record. Raises RunbookError where a line cannot be read."""
        raise NotImplementedError

    def work(self, typed: dict[str, str]) -> Work:
        """What records it. Raises RunbookError where a line cannot be read."""
        return self.desk_app.doing(self.decide(typed))

    def answer(self) -> ComposeResult:
        column = min(30, max(cell_len(line.title) for line in self._lines)) + 1
        kept = {id: text for text, _, id in (part.rpartition("\t") for part in self.start.split("\n")) if text}
        if kept:
            again = say("What was typed here before stands here again. It is not recorded yet.")
            yield Static(self.prose(again, self.desk_app.shades.soon))
        with Vertical(id="lines"):  # a scroll of Textual's would take the arrows for itself
            for line in self._lines:
                with Horizontal():
                    yield Static(Text(fit(line.title, column)))
                    yield Input(kept.get(line.id, line.value), compact=True, select_on_focus=False, disabled=line.fixed)
        yield Static("", id="hint")
        yield from self.wrong()

    def keys(self) -> Message:
        return say("enter next, at the end OK   ctrl+s OK   esc back")

    @property
    def _inputs(self) -> list[Input]:
        return list(self.query(Input))

    def input_of(self, line: str) -> Input:
        """Where that line is typed."""
        return next(one for shown, one in zip(self._lines, self._inputs, strict=True) if shown.id == line)

    @property
    def text(self) -> str:
        lines = zip(self._lines, self._inputs, strict=True)
        return "\n".join(f"{one.value}\t{line.id}" for line, one in lines if one.value not in ("", line.value))

    def on_input_changed(self) -> None:
        self.typed()

    def on_descendant_focus(self) -> None:
        here = next((line for line, one in zip(self._lines, self._inputs, strict=True) if one.has_focus), None)
        if here is not None:
            hint = packed(here.hint, min(70, self.app.size.width - 6))
            hint.stylize(self.desk_app.shades.quiet)
            self.query_one("#hint", Static).update(hint)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """A choice that was made by its number shows what it means."""
        for line, one in zip(self._lines, self._inputs, strict=True):
            if one is event.widget and (meant := line.meant(one.value)) != one.value:
                one.value = meant

    def action_move(self, by: int) -> None:
        (self.focus_next if by > 0 else self.focus_previous)(Input)

    def action_forward(self) -> None:
        if self._inputs[-1].has_focus:
            self.action_record()
        else:
            self.focus_next(Input)

    def action_record(self) -> None:
        typed = {line.id: one.value for line, one in zip(self._lines, self._inputs, strict=True)}
        try:
            work = self.work(typed)
        except RunbookError as failure:
            self.refuse(failure)
            if isinstance(failure, WrongLine):
                self.input_of(failure.line).focus()
        else:
            self.carry(work)
