"""The events list as an XLSX workbook. The only part of the program that knows openpyxl, imported where it is needed:
it takes a quarter of a second."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runbook.drills.msel import (
    LARGEST,
    MOST_COLUMNS,
    MOST_ROWS,
    TITLE,
    Merged,
    Sheet,
    as_written,
    harmless,
    read_table,
    table,
    too_large,
)
from runbook.drills.msel_cells import COLUMNS
from runbook.errors import BadContent
from runbook.speech import say
from runbook.wording.safe import cells

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_CELL = 32_767
"""Characters a spreadsheet takes into a cell."""
_FONT = "Calibri"
"""The library's own: bold letters without a name are of whatever family a program likes."""
_A3 = 8
"""The number of a size of paper."""
_LINE, _HIGHEST = 15, 409
"""Points: of a line of words in a row, and what a row can have at most."""
_WIDER = 1.15
"""What words take in a column beyond the letters of it: lines end at a word's end."""
_UNPACKED = 20_000_000
"""Bytes a workbook may grow to when it is unpacked."""
_MERGED = 100_000
"""Cells that may be merged: the library makes an object of each."""
_LAST_ROW, _LAST_COLUMN = 5_000, 200
"""Where the last word of a sheet may stand, blank rows and columns before it counted."""
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML cannot hold or would change, and what would be taken for the writing of it."""
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REF = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s+ref=["']([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?["']""")
_NO_WORKBOOK = (
    *(AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, OverflowError),
    *(RecursionError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
"""What the library raises on files that are no workbook, or a broken one."""


def write_xlsx(sheet: Sheet) -> bytes:
    """The sheet as a workbook: every cell a text, none a formula; the mark of a drill on every printed page. Raises
    BadContent for a text no cell can hold."""
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    page = book.worksheets[0]
    page.title = "MSEL"
    lines = table(sheet)
    heading = len(lines) - len(sheet.injects)
    for number, line in enumerate(lines, 1):
        for place, text in enumerate(line, 1):
            cell = page.cell(number, place)
            if isinstance(cell, Cell):
                _write(cell, text, number)
            cell.alignment = Alignment(vertical="top", wrap_text=number >= heading)
            if number == heading:
                cell.fill = PatternFill("solid", fgColor="DDDDDD")
            if number in (1, heading) or (number < heading and place == 1):
                cell.font = Font(name=_FONT, size=11, bold=True)
    _lay_out(page, lines, heading)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_xlsx(data: bytes, zone: ZoneInfo | None = None, start: datetime | None = None) -> Sheet:
    """The first sheet of a workbook that has an events list; of merged cells, those that go down over several injects
    count for each of them. As `read_csv` for the rest. Raises BadContent."""
    _require_small(data)
    wrong: BadContent | None = None
    for lines, merged in _sheets(data):
        try:
            return read_table(lines, merged, zone, start)
        except BadContent as problem:
            wrong = wrong or problem
    raise wrong or _unreadable()


def _lay_out(page: Worksheet, lines: list[list[str]], heading: int) -> None:
    """On the screen the headings stand still; on paper it is two A3 sheets wide, in letters that can still be read,
    with the number and the id of each inject on both."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.dimensions import RowDimension
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    class Row(RowDimension):
        """A row whose height is where it begins: the program fits it to its words again when they change."""

        customHeight = False  # noqa: N815  the library calls it so

    for place, column in enumerate(COLUMNS.values(), 1):
        page.column_dimensions[get_column_letter(place)].width = column.width
    for number, line in enumerate(lines[heading - 1 :], heading):
        page.row_dimensions[number] = Row(page, number, ht=_height(line))
    page.freeze_panes = f"A{heading + 1}"
    page.auto_filter.ref = f"A{heading}:{get_column_letter(len(COLUMNS))}{len(lines)}"
    page.print_title_rows, page.print_title_cols = f"{heading}:{heading}", "A:B"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", _A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 2, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.5)
    page.print_options.gridLines = True
    for edge, text in ((page.oddHeader, TITLE), (page.oddFooter, "&P / &N")):
        if edge is not None and edge.center is not None:
            edge.center.text = text


def _height(line: list[str]) -> float:
    """The points a row takes, for not every program fits rows to their words when it opens a workbook."""
    most = max(
        sum(max(1, ceil(cells(part) * _WIDER / column.width)) for part in text.split("\n"))
        for text, column in zip(line, COLUMNS.values(), strict=True)
    )
    return min(_LINE * most, _HIGHEST)


def _write(cell: Cell, text: str, number: int) -> None:
    if not text:
        return
    kept = harmless(text) if text.startswith("'") else text
    escaped = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", kept)
    if len(escaped) > LARGEST_CELL:
        raise BadContent(
            say(
                "Row {row} holds a text of more than {most} characters, too long for a cell.",
                row=number,
                most=LARGEST_CELL,
            ),
            say("Shorten it, or export the list as CSV."),
        )
    cell.value = escaped
    cell.data_type = "s"  # also where it looks like a formula
    cell.quotePrefix = True


def _require_small(data: bytes) -> None:
    """Refuse what would fill the memory before anything of it is unpacked."""
    if len(data) > LARGEST:
        raise too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > 1000 or sum(part.file_size for part in parts) > _UNPACKED:
                raise too_large()
            for part in parts:
                _require_few_merged(package.read(part))
    except _NO_WORKBOOK:
        raise _unreadable() from None


def _require_few_merged(xml: bytes) -> None:
    found = _REF.findall(xml)
    cells = 0
    for left, top, right, bottom in found:
        width = _place(right or left) - _place(left) + 1
        cells += width * (int(bottom or top) - int(top) + 1)
    if cells > _MERGED or len(found) != len(re.findall(rb"<(?:[\w.-]+:)?mergeCell\s", xml)):
        raise too_large()


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place


def _sheets(data: bytes) -> Iterator[tuple[list[list[str]], list[Merged]]]:
    """The cells of each sheet as texts, and which of them are merged."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what the library leaves out, such as the lists of allowed values
            pages = load_workbook(io.BytesIO(data), data_only=True).worksheets
    except _NO_WORKBOOK:
        raise _unreadable() from None
    for page in pages:
        merged = [Merged(one.min_row, one.min_col, one.max_row, one.max_col) for one in page.merged_cells.ranges]
        yield _lines(page), merged


def _lines(page: Worksheet) -> list[list[str]]:
    """The cells as texts, as far as there are any. Formatting alone often reaches a million rows further down, and the
    library would make a cell of each blank one on the way if it was asked for rows."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), cell in page._cells.items():
        text = "" if cell.value is None else _text(cell.value, "h" in str(cell.number_format).lower())
        if text:
            found.setdefault(row, {})[column] = text
    widest = max(map(len, found.values()), default=0)
    last = max((max(cells) for cells in found.values()), default=0)
    if len(found) > MOST_ROWS or widest > MOST_COLUMNS or max(found, default=0) > _LAST_ROW or last > _LAST_COLUMN:
        raise too_large()
    return [
        [found.get(row, {}).get(at, "") for at in range(1, last + 1)] for row in range(1, max(found, default=0) + 1)
    ]


def _text(value: object, clock: bool) -> str:
    """What a cell says, as the program writes it; a spreadsheet may have made a time or a number of it. `clock` where
    it shows hours."""
    match value:
        case None:
            return ""
        case str():
            return as_written(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
        case bool():
            return "yes" if value else "no"
        case datetime() if not clock:
            return value.date().isoformat()
        case datetime():
            whole = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
            return whole.isoformat(" ", "seconds" if whole.second else "minutes")
        case float() if value.is_integer():
            return str(int(value))
        case date() | time():
            return value.isoformat()
    return str(value)


def _unreadable() -> BadContent:
    return BadContent(
        say("This is no workbook that can be read."),
        say("Save it as XLSX without a password; older .xls files have to be converted."),
    )
