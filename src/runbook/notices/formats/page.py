"""The one reading of a notice's Markdown: from it every format is made, so that all of them say the same words.

CommonMark with tables, read by markdown-it, and what our notices add: `{漢字|かんじ}` is a reading above its word
(ruby); a paragraph that begins with 表： or "Table:" right before a table is its caption. What would hide words from a
reader is not obeyed: HTML, code blocks and link definitions are text, a picture is its description, and the address of
a link stands behind its words, for a reader on paper.

Two lines of a paragraph are one, with a space between them unless one is Japanese there. Control and invisible
characters are made visible. Headings begin at the first level, which only the title has, and leave none out (WCAG
1.3.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from runbook.errors import BadContent
from runbook.speech import say
from runbook.wording.safe import for_terminal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

LONGEST = 1_000_000
"""Characters of a text that is written in other formats."""
_DEEPEST = 40
"""Lists and quotes inside each other; markdown-it would leave out what lies deeper."""


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Some words set alike. `ruby` is the reading above them; a line ends where `text` is a line end."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    ruby: str = ""


Runs: TypeAlias = tuple[Run, ...]


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    level: int
    runs: Runs


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    runs: Runs


class Items(msgspec.Struct, frozen=True, tag="items"):
    """A list; `start` is its first number, 0 where it has no numbers."""

    start: int
    items: tuple[tuple[Block, ...], ...]


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    blocks: tuple[Block, ...]


class Table(msgspec.Struct, frozen=True, tag="table"):
    """`right` tells which columns are set to the right. Every row is as long as the head."""

    caption: Runs
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    right: tuple[bool, ...]


class Line(msgspec.Struct, frozen=True, tag="line"):
    """A line across the page."""


Block: TypeAlias = Heading | Paragraph | Items | Quote | Table | Line
Page: TypeAlias = tuple[Block, ...]


def read_page(markdown: str) -> Page:
    """Read a notice's Markdown. Raises BadContent where it is too long or nested too deeply."""
    if len(markdown) > LONGEST:
        raise BadContent(
            say("The text has more than {most} characters.", most=f"{LONGEST:,}"),
            say("Shorten it, or write it as md."),
        )
    from markdown_it.tree import SyntaxTreeNode

    source = visible(markdown.expandtabs(4))
    tokens = _reader().parse(source)
    _count_cells(tokens, source.split("\n"))
    if any(token.level >= _DEEPEST for token in tokens):
        raise BadContent(
            say("The text has lists or quotes nested too deeply."), say("Put them beside each other instead.")
        )
    return tuple(_sound(_captioned(_blocks(SyntaxTreeNode(tokens)))))


_PICTURES = {0x2400 + code: f"<U+{code:04X}>" for code in range(32)} | {0x2421: "<U+007F>"}
"""Few fonts for print have the pictures of control characters."""


def visible(text: str) -> str:
    """`text` with characters that steer or hide shown as their numbers; line ends stay."""
    return for_terminal(text, multiline=True).translate(_PICTURES)


def one_line(text: str) -> str:
    """The same on one line, for titles and names."""
    return " ".join(visible(text).split())


def said(runs: Iterable[Run]) -> str:
    """The words of runs in one text, readings in brackets: 漢字（かんじ）."""
    return "".join(f"{run.text}（{run.ruby}）" if run.ruby else run.text for run in runs)


def _count_cells(tokens: Iterable[Token], lines: list[str]) -> None:
    """Raise BadContent where a row has more cells than the head: Markdown would leave them out in silence."""
    columns = 0
    for token in tokens:
        if token.level == 2 and token.type == "tr_open" and token.map:
            cells = _CELL_END.split(lines[token.map[0]].strip())
            count = len(cells) - (not cells[0]) - (len(cells) > 1 and not cells[-1])
            columns = columns or count
            if count > columns:
                raise BadContent(
                    say("Line {line}: the row has more cells than the table's head.", line=token.map[0] + 1),
                    say("Write \\| for an upright line that is part of the text."),
                )
        elif token.type == "table_close":
            columns = 0


_CELL_END = re.compile(r"(?<!\\)\|")


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST + 10}).enable("table")
    reader.disable(["code", "fence", "reference"])
    reader.inline.ruler.before("backticks", "ruby", _ruby)
    return reader


_RUBY = re.compile(r"\{([^{}|\\\n]{1,40})\\?\|([^{}|\\\n]{1,40})\}")


def _ruby(state: StateInline, silent: bool) -> bool:
    """markdown-it's rule for `{word|reading}`. Values never match it: their brackets are escaped."""
    found = _RUBY.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        token = state.push("ruby", "", 0)
        token.content, token.meta = found[1], {"ruby": found[2]}
    state.pos = found.end()
    return True


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    for child in node.children:
        match child.type:
            case "heading":
                yield Heading(int(child.tag[1]), _inline(child))
            case "paragraph":
                yield Paragraph(_inline(child))
            case "bullet_list" | "ordered_list":
                start = 0 if child.type == "bullet_list" else int(child.attrs.get("start", 1))
                yield Items(start, tuple(tuple(_blocks(item)) for item in child.children))
            case "blockquote":
                yield Quote(tuple(_blocks(child)))
            case "table":
                yield _table(child)
            case "hr":
                yield Line()
            case unknown:
                raise AssertionError(unknown)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [tuple(_inline(cell) for cell in row.children) for part in node.children for row in part.children]
    right = tuple("right" in str(cell.attrs.get("style", "")) for cell in node.children[0].children[0].children)
    return Table((), rows[0], tuple(rows[1:]), right)


_END = Run("\n")
_SOFT = Run("\r")
"""The end of a line in the source, which is none on the page."""


def _inline(node: SyntaxTreeNode) -> Runs:
    """The runs inside a heading, paragraph or cell."""
    runs = [run for inline in node.children for run in _runs(inline, Run("")) if run.text]
    joined: list[Run] = []
    for n, run in enumerate(runs):
        if run is _SOFT:
            before, after = runs[n - 1].text[-1:], runs[n + 1].text[:1] if n + 1 < len(runs) else ""
            run = Run("" if _wide(before) or _wide(after) else " ")
        last = joined[-1] if joined else None
        if last and not (last.ruby or run.ruby) and _END not in (last, run) and _set(last) == _set(run):
            joined[-1] = msgspec.structs.replace(last, text=last.text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _set(run: Run) -> tuple[bool, bool, str]:
    return run.strong, run.emphasis, run.link


def _wide(char: str) -> bool:
    return bool(char) and unicodedata.east_asian_width(char) in "WF"


def _runs(node: SyntaxTreeNode, like: Run) -> Iterator[Run]:
    """What a piece of Markdown says, set like `like` and more."""
    for child in node.children:
        match child.type:
            case "strong":
                yield from _runs(child, msgspec.structs.replace(like, strong=True))
            case "em":
                yield from _runs(child, msgspec.structs.replace(like, emphasis=True))
            case "link":
                yield from _link(child, like)
            case "softbreak":
                yield _SOFT
            case "hardbreak":
                yield _END
            case "ruby":
                yield msgspec.structs.replace(like, text=child.content, ruby=str(child.meta["ruby"]))
            case _:  # text, code, a picture's description
                yield msgspec.structs.replace(like, text=child.content)


_LINKED = ("https://", "http://", "mailto:", "tel:")


def _link(node: SyntaxTreeNode, like: Run) -> Iterator[Run]:
    target = str(node.attrs.get("href", ""))
    linked = msgspec.structs.replace(like, link=target if target.lower().startswith(_LINKED) else "")
    runs = list(_runs(node, linked))
    yield from runs
    shown = re.sub(r"^(mailto|tel):", "", target, flags=re.IGNORECASE)
    shown = "" if shown in said(runs) else shown
    if title := str(node.attrs.get("title", "")):
        shown = f"{shown} {title}".strip()
    if shown:
        yield msgspec.structs.replace(like, text="（")
        yield msgspec.structs.replace(linked, text=shown)
        yield msgspec.structs.replace(like, text="）")


_CAPTION = re.compile(r"(表|Table)[\s\d０-９]*[：:.．]", re.IGNORECASE)


def _captioned(blocks: Iterable[Block]) -> Iterator[Block]:
    waiting: Block | None = None
    for block in blocks:
        if isinstance(block, Table) and isinstance(waiting, Paragraph) and _CAPTION.match(said(waiting.runs)):
            block, waiting = msgspec.structs.replace(block, caption=waiting.runs), None
        if waiting is not None:
            yield waiting
        waiting = block
    if waiting is not None:
        yield waiting


def _sound(blocks: Iterable[Block]) -> Iterator[Block]:
    """With levels of headings that screen readers and PDF/UA accept."""
    last = 0
    for block in blocks:
        if isinstance(block, Heading):
            last = 1 if not last else max(2, min(block.level, last + 1))
            block = Heading(last, block.runs)
        yield block
