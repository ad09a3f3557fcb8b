"""One web page that needs nothing else: no script, no other file. Readable on a phone, on paper and by a screen reader.

What it carries (JIS X 8341-3, WCAG 2.2): the language, one h1, captions and scopes of tables, readings, dates that
machines can read, telephone numbers to tap. Every text is written through one escaping function. A policy in its head
forbids the browser to load or run anything.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from runbook.notice_kinds import tongue
from runbook.notices.documents import Document
from runbook.notices.formats.page import (
    Block,
    Heading,
    Items,
    Line,
    Page,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
    one_line,
    read_page,
)
from runbook.notices.formats.pictures import picture_type
from runbook.notices.formats.recognised import spots
from runbook.notices.marks import signs
from runbook.wording.safe import for_html

_LOGO = 56
"""Pixels: the height of a logo."""
_STYLE = Path(__file__).with_name("notice.css")


def write(document: Document) -> bytes:
    """The document as a page in UTF-8. Raises BadContent."""
    marks = signs(document)
    title = "".join(f"【{mark}】" for mark in marks) + document.title
    banner = f'<p class="mark">{"<br>".join(map(for_html, marks))}</p>\n' if marks else ""
    lines = [
        "<!doctype html>",
        f'<html lang="{tongue(document.written)}">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_line(title)}</title>",
        *([f'<meta name="author" content="{_line(document.organization)}">'] if document.organization else []),
        f'<meta name="dcterms.issued" content="{document.issued.isoformat(timespec="minutes")}">',
        *(['<meta name="robots" content="noindex">'] if marks else []),
        "<style>",
        _STYLE.read_text("utf-8") + _every_page(marks) + "</style>",
        "</head>",
        "<body>",
        banner + logo(document) + "<main>",
        _with_languages(body(read_page(document.markdown)), document) + "</main>",
        banner + "</body>",
        "</html>",
    ]
    return "\n".join(lines).encode() + b"\n"


def _line(text: str) -> str:
    return for_html(one_line(text))


def logo(document: Document) -> str:
    """The picture above the page. Its height stands in the tag, for Word and for mail programs that obey no style: else
    they show it as large as it is.
    """
    if not document.logo:
        return ""
    source = f"data:{picture_type(document.logo)};base64,{base64.b64encode(document.logo).decode()}"
    return f'<img class="logo" height="{_LOGO}" src="{source}" alt="{_line(document.organization)}">\n'


def _every_page(marks: tuple[str, ...]) -> str:
    """Where it is printed: A4, the page's number, and the marks on each page: above it where the browser can
    (Chromium), and in pale letters across it in every browser.
    """
    mark = "　".join(marks)
    margins = f'@top-center {{ content: "{mark}"; color: #8a1c1c; font-weight: bold; }} ' if marks else ""
    lines = ' "\\A" '.join(f'"{one}"' for one in marks)
    across = f"@media print {{ body::after {{ content: {lines}; }} }}\n" if marks else ""
    return (
        f"@page {{ size: A4; margin: 20mm 18mm; {margins}"
        "@bottom-center { content: counter(page) ' / ' counter(pages); } }\n" + across
    )


_BETWEEN_TAGS = re.compile(r"(?<=>)[^<>]+")
_JAPANESE = re.compile(
    "[々〆ぁ-ヿ㐀-鿿豈-\ufaff\U00020000-\U0003ffff][々〆ぁ-ヿ㐀-鿿豈-\ufaff\U00020000-\U0003ffff（）・]*"
)


def _with_languages(body: str, document: Document) -> str:
    """In an English notice, what is Japanese says so: screen readers then pronounce it (WCAG 3.1.2)."""
    if tongue(document.written) == "ja":
        return body
    return _BETWEEN_TAGS.sub(lambda text: _JAPANESE.sub(r'<span lang="ja">\g<0></span>', text[0]), body)


def body(page: Page) -> str:
    """The blocks of a page as HTML. A table without a caption is named by the heading above it."""
    return "".join(_written(page, count(1)))


def _written(blocks: Page, numbers: Iterator[int]) -> Iterator[str]:
    heading = ""
    for block in blocks:
        match block:
            case Heading(level, runs):
                heading = f"h{next(numbers)}"
                yield f'<h{level} id="{heading}">{_inline(runs)}</h{level}>\n'
            case Paragraph(runs):
                yield f"<p>{_inline(runs)}</p>\n"
            case Items(start, items):
                inner = "".join(f"<li>{_item(item, numbers)}</li>\n" for item in items)
                first = f' start="{start}"' if start > 1 else ""
                yield f"<ol{first}>\n{inner}</ol>\n" if start else f"<ul>\n{inner}</ul>\n"
            case Quote(inside):
                yield f"<blockquote>\n{''.join(_written(inside, numbers))}</blockquote>\n"
            case Table():
                yield _table(block, heading)
            case Line():
                yield "<hr>\n"


def _item(blocks: tuple[Block, ...], numbers: Iterator[int]) -> str:
    """A list's item: its one paragraph without tags of its own."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return _inline(blocks[0].runs)
    return "".join(_written(blocks, numbers))


def _table(table: Table, heading: str) -> str:
    """With every role said: on a phone the style shows rows as blocks, and browsers then forget that it is a table."""
    named = f' aria-labelledby="{heading}"' if heading and not table.caption else ""
    caption = f"<caption>{_inline(table.caption)}</caption>\n" if table.caption else ""
    head = "".join(
        f'<th scope="col" role="columnheader"{_side(right)}>{_inline(cell)}</th>'
        for cell, right in zip(table.head, table.right, strict=True)
    )
    rows = "".join(f'<tr role="row">{"".join(_cells(table, row))}</tr>\n' for row in table.rows)
    return (
        f'<table role="table"{named}>\n{caption}<thead role="rowgroup">\n<tr role="row">{head}</tr>\n</thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody>\n</table>\n'
    )


def _cells(table: Table, row: tuple[Runs, ...]) -> Iterator[str]:
    for n, (head, cell, right) in enumerate(zip(table.head, row, table.right, strict=True)):
        if n == 0:
            yield f'<th scope="row" role="rowheader"{_side(right)}>{_inline(cell)}</th>'
        else:
            name = _line("".join(run.text for run in head))
            yield f'<td role="cell" data-head="{name}"{_side(right)}>{_inline(cell)}</td>'


def _side(right: bool) -> str:
    return ' class="right"' if right else ""


def _inline(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    if run.ruby:
        inner = f"<ruby>{for_html(run.text)}<rp>（</rp><rt>{for_html(run.ruby)}</rt><rp>）</rp></ruby>"
    elif run.link:
        inner = f'<a href="{html.escape(run.link)}">{for_html(run.text)}</a>'
    else:
        inner = "".join(_spot(*spot) for spot in spots(run.text))
    if run.emphasis:
        inner = f"<em>{inner}</em>"
    return f"<strong>{inner}</strong>" if run.strong else inner


def _spot(text: str, kind: str, value: str) -> str:
    said = for_html(text)
    if kind == "tel":
        return f'<a href="tel:{value}">{said}</a>'
    if kind == "time":
        return f'<time datetime="{value}">{said}</time>'
    return f'<span class="figure">{said}</span>' if kind == "figure" else said
