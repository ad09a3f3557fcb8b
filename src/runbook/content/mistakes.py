"""What is wrong with a file, line by line: all of it at once, so that an author mends it in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import msgspec

from runbook.errors import BadContent
from runbook.speech import Message, say

_LISTED = 10
"""How many mistakes an error names itself; the check names all of them."""


class Mistake(msgspec.Struct, frozen=True):
    """One mistake. `line` is 1-based."""

    file: str
    line: int
    message: Message

    @property
    def said(self) -> Message:
        """The mistake with its place, on one line."""
        return say("{file}:{line}: {mistake}", file=self.file, line=self.line, mistake=self.message)


class Mistakes(BadContent):
    """A file that cannot be used; `mistakes` are all that is wrong with it, in order."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__(
            together([mistake.said for mistake in mistakes]), say("Put these lines right, then try again.")
        )
        self.mistakes = tuple(mistakes)


def together(mistakes: Sequence[Message]) -> Message:
    """Several mistakes, one a line; of many only the first, and how many more there are."""
    listed = list(mistakes[:_LISTED])
    if len(mistakes) > _LISTED:
        listed.append(say("… and {count} more.", count=len(mistakes) - _LISTED))
    whole = listed.pop()
    while listed:
        whole = say("{mistake}\n{others}", mistake=listed.pop(), others=whole)
    return whole


def whole(wrong: BadContent) -> Message:
    """What is wrong and what to write instead, as one mistake of a file."""
    return say("{mistake} {hint}", mistake=wrong.message, hint=wrong.hint) if wrong.hint else wrong.message


def cut(text: str) -> str:
    """A text from the file, short enough for a sentence."""
    return text if len(text) <= 60 else text[:59] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` was most likely meant to be."""
    return next(iter(get_close_matches(cut(name), list(known), 1)), None)


def no_such(sort: Message, name: str, known: Iterable[str]) -> Message:
    """The sentence for a name that nothing of this sort has, with the nearest one that exists."""
    near = nearest(name, known)
    if near is None:
        return say("There is no {sort} “{name}”.", sort=sort, name=cut(name))
    return say("There is no {sort} “{name}”. Did you mean “{near}”?", sort=sort, name=cut(name), near=near)
