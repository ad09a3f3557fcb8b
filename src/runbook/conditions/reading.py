"""From a text to a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Literal

import msgspec

from runbook.conditions.terms import (
    HAPPENINGS,
    OPERATORS,
    RESERVED,
    After,
    All,
    Compared,
    Condition,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Leaf,
    Not,
    Operator,
    Some,
    Word,
    names,
)
from runbook.errors import BadContent
from runbook.speech import Message, say


class ConditionError(BadContent):
    """A text that is no condition. `column` is 1-based."""

    def __init__(self, text: str, column: int, what: Message) -> None:
        shown = text if len(text) <= 80 else text[:79] + "…"
        super().__init__(
            say("“{text}” is not a condition: {what} (column {column}).", text=shown, what=what, column=column),
            say("Write conditions like: persons > 100 and not done(tell-head)."),
        )
        self.column = column


_LENGTH = re.compile(r"(\d{1,6})(s|min|h|d)")
_UNITS = {"s": timedelta(seconds=1), "min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def read_length(text: str) -> timedelta:
    """Read a length of time: `90s`, `20min`, `24h`, `3d`. Raises BadContent for anything else."""
    if written := _LENGTH.fullmatch(text):
        return int(written[1]) * _UNITS[written[2]]
    raise BadContent(
        say("“{text}” is not a length of time.", text=text),
        say("Write a number and s, min, h or d: 20min, 24h, 3d."),
    )


class _Token(msgspec.Struct, frozen=True):
    kind: Literal["op", "bracket", "quoted", "word", "end"]
    text: str
    column: int


_TOKEN = re.compile(r'(?P<op>[=!<>]=|[<>])|(?P<bracket>[()])|"(?P<quoted>[^"]*)"|(?P<word>[^\s()<>=!"]+)|\s+')
_WORDS: dict[str, Word] = {word: word for word in HAPPENINGS}
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_DEEPEST = 50
"""Brackets and `not` within each other: far more than anyone reads, far less than Python's stack."""


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Read a condition. Raises ConditionError with the column of the first thing that does not fit."""
    return _Parser(text).whole()


@lru_cache(maxsize=1024)
def facts_in(text: str) -> tuple[str, ...]:
    """The facts a condition speaks of, each once; none in an empty one. Raises ConditionError."""
    return names(parse(text)).facts if text else ()


class _Parser:
    """Recursive descent over the tokens; `or` binds loosest, then `and`, then `not`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._rest = self._split()
        self._next = next(self._rest)
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._some()
        if self._next.kind != "end":
            raise self._wrong(self._next.column, say("“and”, “or” or the end is expected"))
        return condition

    def _split(self) -> Iterator[_Token]:
        at = 0
        while at < len(self._text):
            found = _TOKEN.match(self._text, at)
            if found is None:
                raise self._wrong(at + 1, say("“{sign}” cannot be read", sign=self._text[at]))
            match found.lastgroup:
                case "op" | "bracket" | "quoted" | "word" as kind:
                    yield _Token(kind, found[kind], at + 1)
            at = found.end()
        yield _Token("end", "", len(self._text) + 1)

    def _wrong(self, column: int, what: Message) -> ConditionError:
        return ConditionError(self._text, column, what)

    def _take(self) -> _Token:
        taken = self._next
        self._next = next(self._rest, taken)  # the end stays
        return taken

    def _is(self, sign: str) -> bool:
        """Take the next token if it is this word or bracket."""
        found = self._next.kind in ("word", "bracket") and self._next.text == sign
        if found:
            self._take()
        return found

    def _some(self) -> Condition:
        parts = [self._all()]
        while self._is("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._one()]
        while self._is("and"):
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _one(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong(self._next.column, say("the brackets are nested too deeply"))
        if self._is("not"):
            condition: Condition = Not(self._one())
        elif self._is("("):
            condition = self._some()
            self._close()
        else:
            condition = self._leaf()
        self._depth -= 1
        return condition

    def _leaf(self) -> Leaf:
        word = self._take()
        if word.kind == "word" and self._is("("):
            return self._asked(word)
        if not self._names_fact(word):
            raise self._wrong(word.column, say("a fact or a question such as known(fact) is expected"))
        return Compared(word.text, self._operator(), self._value())

    def _asked(self, word: _Token) -> Leaf:
        if word.text == "after":
            return self._after()
        subject = self._take()
        if (happened := _WORDS.get(word.text)) is not None:
            return self._happened(happened, subject)
        if word.text == "done":
            if not (subject.kind == "word" and _NAME.fullmatch(subject.text)):
                raise self._wrong(subject.column, say("the name of a step is expected"))
            self._close()
            return Happened("done", subject.text)
        if word.text not in ("known", "confirmed", "elapsed"):
            raise self._wrong(word.column, say("only known, confirmed, done and elapsed can be asked"))
        if not self._names_fact(subject):
            raise self._wrong(subject.column, say("the name of a fact is expected"))
        self._close()
        if word.text == "elapsed":
            return Elapsed(subject.text, self._operator(), self._length(self._take()))
        return Known(subject.text) if word.text == "known" else Confirmed(subject.text)

    def _happened(self, word: Word, subject: _Token) -> Happened:
        if subject.kind not in ("word", "quoted") or not subject.text.strip():
            raise self._wrong(subject.column, say("the name of what happened is expected"))
        self._close()
        return Happened(word, subject.text)

    def _after(self) -> After:
        token = self._take()  # a comma belongs to the word before it
        text, comma, rest = token.text.partition(",")
        length = self._length(msgspec.structs.replace(token, text=text))
        word = _Token("word", rest, token.column + len(text) + 1) if rest else self._take()
        if not comma:
            raise self._wrong(word.column, say("a comma is expected"))
        if word.kind == "word" and self._is("("):
            of = self._asked(word)
            if isinstance(of, Happened):
                self._close()
                return After(length, of)
        raise self._wrong(word.column, say("something that happens, such as done(step), is expected"))

    def _names_fact(self, token: _Token) -> bool:
        named = token.kind == "word" and _NAME.fullmatch(token.text)
        return bool(named) and token.text not in RESERVED

    def _close(self) -> None:
        if not self._is(")"):
            raise self._wrong(self._next.column, say("“)” is expected"))

    def _operator(self) -> Operator:
        token = self._take()
        for operator in OPERATORS:
            if token.kind == "op" and token.text == operator:
                return operator
        raise self._wrong(token.column, say("a comparison such as == is expected"))

    def _value(self) -> str:
        token = self._take()
        if token.kind not in ("word", "quoted"):
            raise self._wrong(token.column, say("a value is expected"))
        return token.text

    def _length(self, token: _Token) -> timedelta:
        try:
            return read_length(token.text)
        except BadContent:
            raise self._wrong(token.column, say("a length of time such as 20min is expected")) from None
