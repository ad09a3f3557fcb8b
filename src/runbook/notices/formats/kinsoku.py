"""Lines of Japanese text that begin and end as they may (禁則処理, JIS X 4051), for plain text.

A line does not begin with a closing bracket, a full stop or a small kana, and does not end with an opening bracket:
the letter before goes to the next line with it (追い出し). Latin words, telephone numbers and figures with their unit
(46万517人) stay whole unless they are longer than a line.
"""

from __future__ import annotations

import re

from runbook.wording.safe import cells

_NOT_FIRST = frozenset(
    "、。，．・：；？！ー―～〜…‥）］｝〕〉》」』】〙〗’”»"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ々〻ゝゞヽヾ"
    ")]},.!?:;%°℃％‰"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖‘“«([{$£¥￥＄№約第")
_MARKS = "[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_UNIT = "(?:世帯|時間|か所|か月|パーセント|[人件個台本枚冊通回円年月日時分秒歳号条項%％])?"
_FIGURE = rf"[0-9０-９]+(?:[,，.．][0-9０-９]+)*(?:[万億兆][0-9０-９,，]*)*{_UNIT}(?![!-~])"
_ATOM = re.compile(rf"\s+|{_FIGURE}|[!-~\u00a1-\u02ff\u0370-\u1fff]+|[０-９Ａ-Ｚａ-ｚ]+|.{_MARKS}", re.DOTALL)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells (two a full-width letter); its own line ends stay."""
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    room = width
    for atom in _atoms(text, width):
        size = cells(atom)
        if size > room and not atom.isspace():
            keep = _break(line, atom)
            lines.append("".join(line[:keep]).rstrip())
            line = _begun(line[keep:])
            room = width - sum(map(cells, line))
        line.append(atom)
        room -= size
    return [*lines, "".join(line).rstrip()]


def _atoms(text: str, width: int) -> list[str]:
    """The pieces that stay whole; one longer than a line is broken anywhere."""
    found = _ATOM.findall(text)
    return [piece for atom in found for piece in (atom if cells(atom) > width else (atom,))]


def _break(line: list[str], following: str) -> int:
    """How many pieces stay on the line, so that it may end there and `following`'s line may begin."""
    pieces = [*line, following]
    for n in range(len(line), 0, -1):
        first, last = pieces[n][0], line[n - 1][-1]
        if first not in _NOT_FIRST and last not in _NOT_LAST:
            return n
    return len(line)


def _begun(pieces: list[str]) -> list[str]:
    while pieces and pieces[0].isspace():
        pieces = pieces[1:]
    return pieces
