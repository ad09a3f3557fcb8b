"""Text as the checks read it, and the way back to the text as given.

People hide words without meaning to: in tags, entities, full-width letters, line breaks, kanji numerals. Each stage
below undoes one of these by a single pass and remembers what it changed, so that a finding can still name its line
and quote what stands there. Every pass is linear in the length of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from runbook.wording.safe import INVISIBLE

_TAGS = (
    "a abbr article aside b blockquote body br button caption center cite code col colgroup dd del details div dl dt "
    "em fieldset figcaption figure font footer form h[1-6] head header hr html i img input ins kbd label legend li "
    "link main mark meta nav ol option p pre q rb rp rt ruby s script section select small span strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead time title tr tt u ul var wbr"
).replace(" ", "|")
_MARKUP = re.compile(rf"<!--|-->|<!doctype[^<>]*>|</?({_TAGS})(?=[\s/>])([^<>]*)>", re.IGNORECASE)
_INLINE = re.compile(
    r"a|abbr|b|br|cite|code|del|em|font|i|ins|kbd|mark|q|r[bt]|ruby|s|small|span|strong|su[bp]|tt|u|var|wbr",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"""\b(?:alt|title|content|value|placeholder|aria-label)\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RUBY = re.compile(r"\{([^{}|\\\n]{1,40})\\?\|([^{}|\\\n]{1,40})\}")
_KANA = re.compile("[ぁ-ゖァ-ヺー・ ]+")
_UNUSUAL = re.compile(r".?[^\n -~、。々〇「」『』【】〜ぁ-ゖァ-ヺ・ー一-鿿]+")
_MARKER = (
    r"(?:[-+*•●○◯■□◆◇※>＃#|・]+|\(?\d{1,3}[.)](?!\d)|[qa]\d{0,2}[.:)]|(?:答え?|回答|質問|問い?|answer|question) ?:)"
)
_LINES = re.compile(rf"\A[ \n]*{_MARKER}|\n[ \n]*{_MARKER}?", re.IGNORECASE)
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\*+|`+|~~")
_SPACES = re.compile(r" +|_+")
_JAPANESE = re.compile(r"[、。々〇「」『』【】・ーぁ-ゖァ-ヺ一-鿿]")
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九十百千]{1,12}")
_PAUSE = re.compile("(?: *[、，,])+ *")
_END = re.compile(r"[。!?\n]+|(?<![ap]\.m)\.+(?=\s|\Z|[ぁ-ゖァ-ヺ一-鿿])")

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_NUMBER = re.compile(  # the letter first: most texts are Japanese
    rf"(?=[a-z])(?<![a-z])(?:({'|'.join(_TENS)})(?:[ -]({'|'.join(_SMALL[1:10])}))?|({'|'.join(_SMALL)})|(?:a )?dozen)(?![a-z])"
)


class Sentence(NamedTuple):
    """One sentence in canonical form, and where it begins in the page's canonical text."""

    text: str
    start: int


class Section(NamedTuple):
    """A heading and what stands under it, up to the next heading of any level; the first section has none.

    `title` is canonical; `level` 1 to 6, or 0 before the first heading. The section's own sentences are those from
    `first` up to `end`; those of its heading stand just before `first`.
    """

    title: str
    level: int
    first: int
    end: int


class Page:
    """A text read once for all checks: `raw` as given, `text` in canonical form, and its sentences.

    `texts` are the sentences' texts alone, for tests that look at neighbours.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._stages: list[_Stage] = []
        text = raw
        for pattern, replace in _STAGES:
            text, stage = _rewrite(text, pattern, replace)
            if stage is not None:
                self._stages.append(stage)
        self.text = text
        self.sentences = tuple(self._split())
        self.texts = tuple(sentence.text for sentence in self.sentences)
        self._starts = [sentence.start for sentence in self.sentences]
        self._found: dict[int, tuple[re.Match[str] | None, ...]] = {}

    def _split(self) -> Iterator[Sentence]:
        start = 0
        for end in [*(found.start() for found in _END.finditer(self.text)), len(self.text)]:
            sentence = self.text[start:end].lstrip(" .。!?\n")
            if sentence:
                yield Sentence(sentence.rstrip(), end - len(sentence))
            start = end

    def line(self, sentence: Sentence, at: int) -> int:
        """The line, counted from 1 in the text as given, of position `at` within `sentence`."""
        return bisect_right(self._lines, self._origin(sentence.start + at)) + 1

    def excerpt(self, sentence: Sentence, at: int, longest: int = 120) -> str:
        """What stands in the text as given, white space folded; of a long sentence the part around `at`."""
        first = max(0, at - longest // 2) if len(sentence.text) > longest else 0
        start = self._origin(sentence.start + first)
        end = self._origin(sentence.start + min(first + longest, len(sentence.text)))
        return " ".join(self.raw[start:end].split())[: 2 * longest]

    def first(self, pattern: re.Pattern[str], words: tuple[str, ...] = ()) -> tuple[re.Match[str] | None, ...]:
        """The first match in each sentence, searched for once however many checks ask. For patterns of modules only.

        Given `words`, only sentences that hold one of them are searched.
        """
        known = id(pattern)  # the pattern's own hash is taken of all its code, which costs more than a search
        if known not in self._found:
            among = self.holding(words) if words else range(len(self.texts))
            found = {i: pattern.search(self.texts[i]) for i in among}
            self._found[known] = tuple(map(found.get, range(len(self.texts))))
        return self._found[known]

    def index(self, position: int) -> int:
        """The sentence in which `position` of the canonical text lies; what stands between two belongs to the first."""
        return max(0, bisect_right(self._starts, position) - 1)

    def holding(self, words: tuple[str, ...]) -> list[int]:
        """The sentences that hold one of the (canonical) words, in order. Each sentence is looked at once a word."""
        found: set[int] = set()
        for word in words:
            at = self.text.find(word)
            while at >= 0:
                i = self.index(at)
                found.add(i)
                end = self.sentences[i].start + len(self.texts[i])
                at = self.text.find(word, max(end, at + 1))
        return sorted(found)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line of the text as given ends."""
        return [found.end() for found in re.finditer("\n", self.raw)]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The text by its headings (Markdown's #, HTML's h1 to h6), in order."""
        headings = list(_headings(self.raw))
        starts = [self._origin(start) for start in self._starts] if headings else []
        found = [("", 0, 0, 0)]
        for level, start, end in headings:
            head, first = bisect_left(starts, start), bisect_left(starts, end)
            found.append((" ".join(self.texts[head:first]), level, head, first))
        ends = [head for _, _, head, _ in found[1:]] + [len(self.texts)]
        return tuple(
            Section(title, level, first, max(first, end))
            for (title, level, _, first), end in zip(found, ends, strict=True)
        )

    def _origin(self, position: int) -> int:
        for stage in reversed(self._stages):
            position = stage.back(position)
        return position


_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})[ \t][^\n]*|<h(?P<level>[1-6])(?=[\s>])[^<>]*>|(?P<close></h[1-6]\s*>)",
    re.MULTILINE | re.IGNORECASE,
)


def _headings(raw: str) -> Iterator[tuple[int, int, int]]:
    """Level, start and end of every heading in a text as given. An HTML heading that is never closed is none."""
    opened: tuple[int, int] | None = None
    for found in _HEADING.finditer(raw):
        if found["marks"]:
            yield len(found["marks"]), found.start(), found.end()
            opened = None
        elif found["level"]:
            opened = int(found["level"]), found.start()
        elif opened:
            yield *opened, found.end()
            opened = None


def canonical(text: str) -> frozenset[str]:
    """The sentences of `text`, in the form in which they are compared."""
    return frozenset(sentence.text for sentence in Page(text).sentences)


def unpaused(sentence: str) -> str:
    """A canonical sentence without its commas, of which one more or less says nothing else: 、 ， and `,`. Between
    figures one stays, where it may be part of a number; between Latin letters a space does."""
    return _PAUSE.sub(_unpause, sentence).strip(" ")


def _unpause(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if before.isdigit() and after.isdigit():
        return found[0]
    return " " if before.isascii() and after.isascii() and before and after else ""


class _Stage(NamedTuple):
    """What one pass changed: pieces of the new text, and where each began in the old one."""

    starts: list[int]
    origins: list[int]

    def back(self, position: int) -> int:
        piece = bisect_right(self.starts, position) - 1
        return min(self.origins[piece] + position - self.starts[piece], self.origins[piece + 1])


_Replace = Callable[[re.Match[str]], str]


def _rewrite(text: str, pattern: re.Pattern[str], replace: _Replace) -> tuple[str, _Stage | None]:
    """The text after one pass, and what that changed; None where it changed nothing, as most do in most texts."""
    if pattern.search(text) is None:
        return text, None
    parts: list[str] = []
    starts, origins = [0], [0]
    done = length = 0
    for found in pattern.finditer(text):
        new = replace(found)
        if new == found[0]:
            continue
        parts += text[done : found.start()], new
        length += found.start() - done
        starts += length, length + len(new)
        origins += found.start(), found.end()
        length, done = length + len(new), found.end()
    if not parts:
        return text, None
    parts.append(text[done:])
    return "".join(parts), _Stage(starts, [*origins, len(text)])


def _untag(tag: re.Match[str]) -> str:
    """Nothing for a tag within a sentence, a break for any other; what a tag would show or read aloud is kept."""
    name, attributes = tag[1], tag[2]
    if name is None:
        return ""
    spoken = "".join(f"\n\n{found[1][1:-1]}\n\n" for found in _SPOKEN.finditer(attributes))
    return spoken or ("" if _INLINE.fullmatch(name) else "\n\n")


def _usual(run: re.Match[str]) -> str:
    """NFKC and case folded, without accents, selectors and format characters; other controls count as spaces."""
    folded = unicodedata.normalize("NFKC", _FORMAT.sub("", run[0])).casefold()
    return "".join(map(_plain, folded.translate(_ALIKE)))


_FORMAT = re.compile(f"[{INVISIBLE}]")
_ALIKE = str.maketrans(
    "‘’“”‐‑‒–—−"
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
    "\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03c9\u0131\u0251\u0261\u1d00\u1d05\u1d0f\u1d18\u1d21\u0280\ua731",
    "''\"\"------abekmhopctyxsijhdqwabeikvoptuxwiagadopwrs",
)
"""Quotation marks and dashes to the plain ones; Cyrillic, Greek and other look-alikes to the Latin letter they pass
for."""


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return ""
    if category in ("Cc", "Cs", "Zs"):
        return " "
    return unicodedata.normalize("NFD", char)[0] if char < "\u0250" else char


def _join(line_end: re.Match[str]) -> str:
    """A line end within a paragraph is a space; a blank line, a list mark or a heading ends the sentence."""
    return " " if line_end[0].count("\n") == 1 and not line_end[0].strip() else "\n"


def _close(spaces: re.Match[str]) -> str:
    """Spaces (and underscores, Markdown's emphasis) count between Latin letters only."""
    around = spaces.string[max(0, spaces.start() - 1) : spaces.start()] + spaces.string[spaces.end() : spaces.end() + 1]
    return "" if _JAPANESE.search(around) else spaces[0] if spaces[0][0] == "_" else " "


def _kanji_number(figures: re.Match[str]) -> str:
    """十三 and 一三 are both 13. A power of ten after a figure stays: 3千 is no 31000."""
    run = figures[0]
    if run[0] in "十百千" and figures.string[max(0, figures.start() - 1) : figures.start()].isdigit():
        return run
    if not set(run) & set("十百千"):
        return "".join(str("〇一二三四五六七八九".index(figure)) for figure in run)
    total, digit = 0, ""
    for figure in run:
        if figure in "十百千":
            total, digit = total + (int(digit) if digit else 1) * {"十": 10, "百": 100, "千": 1000}[figure], ""
        else:
            digit += str("〇一二三四五六七八九".index(figure))
    return str(total + int(digit or 0))


def _english_number(word: re.Match[str]) -> str:
    if word[1]:
        return str(10 * (_TENS.index(word[1]) + 2) + (_SMALL.index(word[2]) if word[2] else 0))
    return str(_SMALL.index(word[3]) if word[3] else 12)


def _word(ruby: re.Match[str]) -> str:
    """The word of {word|reading}. A reading that is more than one is read as well: it is shown to the reader."""
    return ruby[1] if _KANA.fullmatch(ruby[2]) else f"{ruby[1]}({ruby[2]})"


def _unescape(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _nothing(_: re.Match[str]) -> str:
    return ""


def _lower(capitals: re.Match[str]) -> str:
    return capitals[0].lower()


_STAGES: tuple[tuple[re.Pattern[str], _Replace], ...] = (
    (_MARKUP, _untag),
    (_ENTITY, _unescape),
    (_RUBY, _word),
    (_UNUSUAL, _usual),
    (_LINES, _join),
    (_MARKS, _nothing),
    (_SPACES, _close),
    (_KANJI_NUMBER, _kanji_number),
    (re.compile("[A-Z]+"), _lower),
    (_ENGLISH_NUMBER, _english_number),
)
