"""The after-action report as Markdown; the timeline is a table. Every text of the record is escaped: no mark in it is
obeyed, no cell of a table ends early. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from runbook.drills.report_chapters import laid_out
from runbook.drills.report_page import Block, Card, Facts, Page, Paragraph, Picture, Section, Table, Text
from runbook.drills.report_parts import Report
from runbook.speech import Language
from runbook.wording.safe import for_markdown, for_terminal


def write_md(report: Report, language: Language) -> str:
    """The report in Markdown, between the marks of a drill."""
    page = laid_out(report, language)
    parts = [f"# 【{page.mark}】{for_markdown(page.title)}", f"**{page.mark}**"]
    for section in page.sections:
        parts += _section(section, page)
    return "\n\n".join([*parts, f"**{page.mark}**"]) + "\n"


def _section(section: Section, page: Page) -> Iterator[str]:
    title = for_markdown(section.title)
    yield f"### {title}" if section.deeper else f"## 【{page.mark}】{title}"
    for block in section.blocks:
        if written := _block(block, page.language):
            yield written


def _block(block: Block, language: Language) -> str:
    match block:
        case Paragraph(text, loud):
            return f"**{_line(text)}**" if loud else _line(text)
        case Facts(rows):
            return _rows(rows)
        case Table() as table:
            return _table(table, language)
        case Card() as card:
            return "\n\n".join(_card(card))
        case Picture():
            return ""


def _card(card: Card) -> Iterator[str]:
    badge = f" ({for_markdown(card.badge)})" if card.badge else ""
    yield f"#### {for_markdown(card.title)}{badge}"
    if card.words:
        yield "\n".join(f"> {for_markdown(line)}" for line in card.words.splitlines())
    yield _rows(card.rows)
    if card.change:
        yield _fenced(card.change)


def _rows(rows: tuple[tuple[str, Text], ...]) -> str:
    return "\n".join(line for name, text in rows for line in _row(f"- **{for_markdown(name)}**:", text))


def _row(name: str, text: Text) -> Iterator[str]:
    """A name with what is said of it, or with a list of it where that is more than one thing."""
    said = [*_said(text)]
    cited = _cited(text.cites)
    if len(said) < 2:
        yield " ".join(part for part in (name, *said, cited) if part)
        return
    yield f"{name} {cited}".rstrip()
    yield from (f"  - {line}" for line in said)


def _said(text: Text) -> Iterator[str]:
    yield from map(for_markdown, text.lines)
    yield from (f"#{one.seq} {for_markdown(one.said)}" for one in text.entries)


def _table(table: Table, language: Language) -> str:
    lines = [
        f"{'表：' if language == 'ja' else 'Table: '}{for_markdown(table.caption)}",
        "",
        _cells(map(for_markdown, table.head)),
    ]
    lines.append(_cells("---" for _ in table.head))
    lines += [_cells(_line(cell, "<br>") for cell in row) for row in table.rows]
    return "\n".join(lines)


def _cells(cells: Iterator[str] | map[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _line(text: Text, between: str = " ") -> str:
    said = between.join(_said(text))
    return " ".join(part for part in (said, _cited(text.cites)) if part)


def _cited(seqs: tuple[int, ...]) -> str:
    return f"({', '.join(f'#{seq}' for seq in seqs)})" if seqs else ""


def _fenced(change: str) -> str:
    """A diff in a fence that nothing in it can close."""
    shown = for_terminal(change, multiline=True)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}diff\n{shown}{fence}"
