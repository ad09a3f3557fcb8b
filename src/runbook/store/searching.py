"""What a search through the record finds: the same in every store. Case and width do not count, nor names of fields."""

from __future__ import annotations

import re
import unicodedata

import msgspec

_KEY = re.compile(r'"\w+":')


class Search:
    """What is looked for; an empty one finds everything."""

    def __init__(self, text: str) -> None:
        # What is no text (bytes of a shell's argument that are no UTF-8) is in no entry either.
        self._wanted = _fold(text.strip()).encode(errors="backslashreplace").decode()
        self._written = msgspec.json.encode(self._wanted).decode()[1:-1]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def in_entry(self, actor: str, type: str, data: str) -> bool:
        """Whether the entry holds it: in who wrote it, its type, or a value of its data, which is JSON."""
        return self._written in _fold(f"{actor}\n{type}\n{_KEY.sub('', data)}")

    def in_text(self, text: str) -> bool:
        """Whether a free text holds it."""
        return self._wanted in _fold(text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
