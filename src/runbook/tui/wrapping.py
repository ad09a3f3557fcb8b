"""Breaking text into lines by cells, as Japanese and English are broken: pure, for whatever draws its own rows."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text

_NOT_FIRST = frozenset("、。，．・：；？！）］｝〕〉》」』】ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;?!)]}%")
_NOT_LAST = frozenset("（［｛〔〈《「『【([{")


def wrap(text: Text, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells, at least one; line ends in it are kept.

    A line breaks at a space or beside a wide character, but not before a closing mark or after an opening one. What has
    no place to break is cut.
    """
    lines: list[Text] = []
    for line in text.split("\n", allow_blank=True):
        for part in line.divide(_breaks(line.plain, max(2, width))):
            part.rstrip()
            lines.append(part)
    return lines


def hung(sign: str, text: Text, width: int) -> Text:
    """`text` behind a sign, in lines of at most `width` cells; those after the first begin below the first one's
    text."""
    first, *others = wrap(text, width - cell_len(sign) - 1)
    blank = Text(" " * (cell_len(sign) + 1))
    return Text("\n").join([Text(f"{sign} ", text.style) + first, *(blank + line for line in others)])


def _breaks(line: str, width: int) -> list[int]:
    """Where new lines begin."""
    found: list[int] = []
    if cell_len(line) <= width:
        return found
    start = place = used = 0
    for n, char in enumerate(line):
        if n > start and _may_break(line[n - 1], char):
            place = n
        size = cell_len(char)
        while used + size > width and char != " " and n > start:
            start = place if place > start else n
            found.append(start)
            place, used = start, cell_len(line[start:n])
        used += size
    return found


def _may_break(before: str, after: str) -> bool:
    if after == " ":
        return False
    if before == " ":
        return True
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return cell_len(before) == 2 or cell_len(after) == 2
