"""The after-action report as one web page that needs nothing else: no script, no other file. It prints on A4 with the
mark of a drill on every page. Every text goes through one escaping function; a policy in its head forbids the browser
to load or run anything. Pure but for its style, which is a file of the package.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import sqrt
from pathlib import Path

from runbook.drills.report_chapters import laid_out
from runbook.drills.report_page import Block, Card, Facts, Page, Paragraph, Picture, Section, Table, Text
from runbook.drills.report_parts import Report
from runbook.drills.timeline import shape_sign, svg
from runbook.speech import Language
from runbook.wording.safe import cells, for_html

_SHORT, _FEW = 20, 7
"""A column whose lines are no wider than so many half-width letters is not broken (times, numbers, names), in a table
of no more columns than a sheet of paper has room for."""
_STYLE = Path(__file__).with_name("report.css")


def write_html(report: Report, language: Language) -> str:
    """The report as a page."""
    page = laid_out(report, language)
    banner = f'<p class="mark">{for_html(page.mark)}</p>'
    title = f"【{page.mark}】{_one_line(page.title)}"
    lines = [
        "<!doctype html>",
        f'<html lang="{page.language}">',
        "<head>",
        '<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        f"<title>{for_html(title)}</title>",
        "<style>",
        _STYLE.read_text("utf-8") + _every_page(page) + "</style>",
        "</head>",
        "<body>",
        banner,
        "<main>",
        f"<h1>{for_html(_one_line(page.title))}</h1>",
        *_contents(page),
        *(line for section in page.sections for line in _section(section, page)),
        "</main>",
        banner,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _every_page(page: Page) -> str:
    """Where it is printed: the mark above each page where the browser can, and across it in every browser."""
    return (
        f'@page {{ size: A4; margin: 18mm 15mm; @top-center {{ content: "{page.mark}"; color: #8a1c1c; font-weight: bold; }} '
        "@bottom-center { content: counter(page) ' / ' counter(pages); } }\n"
        f'@media print {{ body::after {{ content: "{page.mark}"; }} }}\n'
    )


def _contents(page: Page) -> Iterator[str]:
    yield '<nav><ol class="contents">'
    for section in page.sections:
        if not section.deeper:
            yield f'<li><a href="#{section.id}">{for_html(section.title)}</a></li>'
    yield "</ol></nav>"


def _section(section: Section, page: Page) -> Iterator[str]:
    level = 3 if section.deeper else 2
    yield f'<h{level} id="{section.id}">{for_html(section.title)}</h{level}>'
    numbers = count(1)
    for block in section.blocks:
        yield from _block(block, page, f"{section.id}-{next(numbers)}")


def _block(block: Block, page: Page, id: str) -> Iterator[str]:
    match block:
        case Paragraph(text, loud):
            yield f"<p{' class=loud' if loud else ''}>{_text(text)}</p>"
        case Facts(rows):
            yield from _rows(rows)
        case Table() as table:
            yield from _table(table)
        case Card() as card:
            yield from _card(card, id)
        case Picture(timeline, key, note):
            yield f'<figure>\n{svg(timeline, page.language)}<figcaption class="key">'
            yield "".join(f"<span>{shape_sign(shape)} {for_html(words)}</span>\n" for shape, words in key)
            yield f"<span>{for_html(note)}</span></figcaption></figure>"


def _rows(rows: tuple[tuple[str, Text], ...]) -> Iterator[str]:
    yield "<dl>"
    for name, text in rows:
        yield f"<dt>{for_html(name)}</dt><dd>{_text(text)}</dd>"
    yield "</dl>"


def _card(card: Card, id: str) -> Iterator[str]:
    yield f'<article class="{"good" if card.good else "gap"}" aria-labelledby="{id}">'
    badge = f' <span class="badge">{for_html(card.badge)}</span>' if card.badge else ""
    yield f'<h4 id="{id}"><span aria-hidden="true">{"✓" if card.good else "!"}</span> {for_html(card.title)}{badge}</h4>'
    if card.words:
        yield f"<blockquote>{for_html(card.words)}</blockquote>"
    yield from _rows(card.rows)
    if card.change:
        yield f"<pre>{for_html(card.change)}</pre>"
    yield "</article>"


def _table(table: Table) -> Iterator[str]:
    widths = [_width(column) for column in zip(*table.rows, strict=True)] or [0] * len(table.head)
    narrow = [width <= _SHORT and len(table.head) <= _FEW for width in widths]
    yield '<div class="wide"><table>'
    yield f"<caption>{for_html(table.caption)}</caption>"
    yield f"<colgroup>{''.join(_columns(widths, narrow))}</colgroup>"
    heads = (f'<th scope="col"{_whole(cells(one) <= _SHORT // 2)}>{for_html(one)}</th>' for one in table.head)
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for n, (first, *others) in enumerate(table.rows):
        anchor = f' id="e{table.anchors[n]}"' if table.anchors else ""
        more = "".join(f"<td{_whole(short)}>{_text(one)}</td>" for short, one in zip(narrow[1:], others, strict=True))
        yield f'<tr{anchor}><th scope="row"{_whole(narrow[0])}>{_text(first)}</th>{more}</tr>'
    yield "</tbody></table></div>"


def _width(column: Iterable[Text]) -> int:
    """The width of a column's widest line, in half-width letters."""
    said = (line for cell in column for line in (*cell.lines, *(one.said for one in cell.entries)))
    return max(map(cells, said), default=0)


def _columns(widths: Sequence[int], narrow: Sequence[bool]) -> Iterator[str]:
    """A narrow column takes what it needs; the others share the rest, each by the root of its width: one long sentence
    leaves room for its neighbours."""
    whole = sum(sqrt(width) for width, short in zip(widths, narrow, strict=True) if not short)
    for width, short in zip(widths, narrow, strict=True):
        yield "<col>" if short or not whole else f'<col style="width:{sqrt(width) / whole:.0%}">'


def _text(text: Text) -> str:
    entries = (f"{_link(one.seq)} {for_html(one.said)}" for one in text.entries)
    said = "<br>".join([*map(for_html, text.lines), *entries])
    cited = ", ".join(map(_link, text.cites))
    return " ".join(part for part in (said, f'<span class="cites">({cited})</span>' if cited else "") if part)


def _whole(short: bool) -> str:
    return ' class="short"' if short else ""


def _link(seq: int) -> str:
    return f'<a href="#e{seq}">#{seq}</a>'


def _one_line(text: str) -> str:
    return " ".join(text.split())
