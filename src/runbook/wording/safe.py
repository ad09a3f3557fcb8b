"""Untrusted text made safe to show: in a terminal, in Markdown, in HTML, in a spreadsheet; and cut to a width.

Nothing is removed in silence: a character that could steer a terminal or hide what is written becomes visible. A
C0 control character is shown as its picture (ESC as ␛), any other as its number in angle brackets (`<U+202E>`).
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f"
)
"""For a regular expression's character class: format characters, line separators and blank letters.

Written out, because scanning all of Unicode at import costs 0.3 s; a test compares it with `unicodedata`. Variation
selectors are left alone: names in Japanese registers need them.
"""

_HAZARD = re.compile(f"[\\x00-\\x1f\\x7f-\\x9f\ud800-\udfff{INVISIBLE}]")


def _picture(hazard: re.Match[str]) -> str:
    code = ord(hazard[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


def for_terminal(text: str, multiline: bool = False) -> str:
    """`text` with control, bidirectional, zero-width and unpaired surrogate characters made visible.

    With `multiline`, line ends stay (CR LF as LF); otherwise they are shown as ␊ and the result is one line.
    """
    if multiline:
        return "\n".join(_HAZARD.sub(_picture, line) for line in text.replace("\r\n", "\n").split("\n"))
    return _HAZARD.sub(_picture, text)


# These are compiled by `re` itself, when they are first needed, and kept by it: most commands need none of them.
_MARKDOWN = r"[\\`*_\[\]<>&~^$|@{}]"
_MARKDOWN_START = r"^(?:([#+\-=:%!])|(\(?[0-9A-Za-z]+)([.)]))"
_FORMULA = r"\s*[=+\-@＝＋－＠]"


def for_markdown(text: str) -> str:
    """`text` on one line of Markdown, read as written: a line end becomes a space, no mark is obeyed.

    Only what Markdown would read is escaped, so that a telephone number stays readable in the source.
    """
    line = " ".join(for_terminal(text, multiline=True).split())
    escaped = re.sub(_MARKDOWN, r"\\\g<0>", line)
    return re.sub(_MARKDOWN_START, lambda start: f"{start[2] or ''}\\{start[1] or start[3]}", escaped)


def for_html(text: str) -> str:
    """`text` for an HTML element or a quoted attribute; line ends stay."""
    import html  # its table of entities is large

    return html.escape(for_terminal(text, multiline=True))


def for_spreadsheet(text: str) -> str:
    """`text` for one cell: an apostrophe goes before what a spreadsheet would take for a formula. Line ends stay.

    For texts only: a negative number would become text too.
    """
    shown = for_terminal(text, multiline=True)
    return f"'{shown}" if re.match(_FORMULA, shown) else shown


def fold(text: str) -> str:
    """The form in which two names are compared: width, case, spaces and invisible characters do not count."""
    plain = re.sub(f"[{INVISIBLE}\\s]", "", unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", plain.casefold())


def cells(text: str) -> int:
    """The cells `text` takes in a terminal: wide characters two, combining ones none, ambiguous ones one."""
    return sum(map(_width, text))


def _width(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def clip(text: str, width: int) -> str:
    """`text` in at most `width` cells; what is cut off is marked by two dots (an ellipsis has no certain width)."""
    if cells(text) <= width:
        return text
    mark = ".."[:width]
    room, kept = width - len(mark), 0
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        kept += 1
    return text[:kept] + mark
