"""Lines of a form on which one chooses: by number, or by what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from runbook.saying import YES_NO
from runbook.speech import Argument, Message, say
from runbook.tui import typed as typing
from runbook.tui.screens.form import Line, WrongLine, numbered
from runbook.tui.teller import Teller
from runbook.wording.safe import fold

K = TypeVar("K", bound=str)
ANSWERS: dict[str, Message] = {"yes": YES_NO["yes"], "no": YES_NO["no"]}


def choice(id: str, label: Message, value: str, options: Mapping[K, Argument], tell: Teller) -> Line:
    """A line to choose on: by number, or by what it is called."""
    keys = list(options)
    shown = value
    if value and all(part in keys for part in typing.several(value)):
        shown = tell.list(tell(options[part]) for part in keys if part in typing.several(value))
    short, hint = numbered({option: tell(said) for option, said in options.items()})
    return Line(id, tell(label), shown, hint, options=short)


def pick_any(line: str, typed: str, options: Mapping[K, Argument], tell: Teller) -> K | None:
    """As `pick`; nothing was meant where nothing was typed."""
    return pick(line, typed, options, tell) if typed.strip() else None


def pick(line: str, typed: str, options: Mapping[K, Argument], tell: Teller) -> K:
    """The option that was meant by its number, its id or its words. Raises WrongLine for none of them."""
    wanted = fold(typed.strip())
    for n, (id, said) in enumerate(options.items(), 1):
        if wanted in (str(n), fold(id), fold(tell(said))):
            return id
    raise WrongLine(
        line,
        say("“{text}” is none of these.", text=typed) if wanted else say("Nothing is chosen here."),
        say(
            "Choose one of: {options}.",
            options=tell.list(f"{n} {tell(one)}" for n, one in enumerate(options.values(), 1)),
        ),
    )
