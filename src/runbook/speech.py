"""What the program says: sentences kept apart from the language they are said in.

The core raises and returns a `Message`; a front end turns it into Japanese or English with a `Speaker`. The English
sentence is the gettext message id; `locale/ja.po` holds the Japanese. Values from outside stay values until the last
moment, so that whoever shows a sentence can make them safe for its own medium.
"""

import struct
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import msgspec

Language: TypeAlias = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Argument: TypeAlias = "str | int | datetime | Bilingual | Message"


class Bilingual(msgspec.Struct, frozen=True):
    """One text of the content, in both languages; a playbook that lacks either does not pass its check."""

    ja: str
    en: str

    def said(self, language: Language) -> str:
        return self.ja if language == "ja" else self.en


class Message(msgspec.Struct, frozen=True):
    """One sentence: its English text with {named} places, and what goes into them."""

    id: str
    values: dict[str, Argument] = {}

    def __str__(self) -> str:
        return speaker("en")(self)


def say(id: str, /, **values: Argument) -> Message:
    """Make a sentence. The first argument is a literal: the catalogue is extracted from these calls."""
    return Message(id, values)


Speaker: TypeAlias = Callable[[Message], str]


_CATALOGUES = Path(__file__).parent / "locale"


@cache
def speaker(language: Language) -> Speaker:
    """The function that says a message in `language`; an untranslated one is said in English."""
    sentences = {} if language == "en" else _sentences(language)

    def tell(message: Message) -> str:
        sentence = sentences.get(message.id, message.id)
        places = message.values.items()
        return sentence.format_map(
            {name: one if isinstance(one, str) else said(one, name, sentence) for name, one in places}
        )

    def said(value: Argument, name: str, sentence: str) -> str:
        if isinstance(value, Message):
            return tell(value)
        if isinstance(value, Bilingual):
            text = value.said(language)
            return _within(text) if f"「{{{name}}}」" in sentence or f"“{{{name}}}”" in sentence else text
        if isinstance(value, datetime):
            return f"{value:%m-%d %H:%M}"
        return str(value)

    return tell


_INNER = str.maketrans("「」“”", "『』‘’")


def _within(text: str) -> str:
    """A text of the content as it stands within quotation marks: its own are the inner ones."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = f"‘{text[1:-1]}’"
    return text.translate(_INNER)


def _sentences(language: Language) -> dict[str, str]:
    """A catalogue's sentences by their English; none where it was not built.

    A `.mo` file is two lists of (length, place) pairs, the texts of each list one after the other, ended by a zero byte
    (as Babel and msgfmt write them). gettext reads one in 4 ms, half of what Python itself takes to start.
    """
    try:
        file = (_CATALOGUES / language / "LC_MESSAGES" / "runbook.mo").read_bytes()
    except FileNotFoundError:
        return {}
    order = "<" if file.startswith(b"\xde\x12\x04\x95") else ">"
    count, *lists = struct.unpack_from(f"{order}3I", file, 8)

    def texts(start: int) -> list[str]:
        (_, first), (length, last) = (struct.unpack_from(f"{order}2I", file, start + 8 * n) for n in (0, count - 1))
        return file[first : last + length].decode().split("\0")

    return dict(zip(*map(texts, lists), strict=True))
