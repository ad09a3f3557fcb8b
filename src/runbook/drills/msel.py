"""The events list (MSEL) as a sheet: one inject a row, under the heading HSEEP asks for. Written and read as CSV; XLSX
is `msel_xlsx`. Pure.

A sheet comes back as it went: a cell that a spreadsheet would take for a formula is written so that it cannot be one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from runbook.content.mistakes import cut, together
from runbook.drills.msel_cells import COLUMNS, column_of, inject_of, normal, row, words_of
from runbook.errors import BadContent
from runbook.notices.marks import DRILLS
from runbook.scenario import Inject, Scenario
from runbook.speech import Message, say

TITLE = f"{DRILLS['drill']}  状況付与一覧 / Master scenario events list (MSEL)"
_HEADINGS = {
    "name": ("演習名 / Exercise", "演習名 訓練名 exercise exercisename"),
    "contact": ("連絡先 / Contact", "連絡先 問合せ先 問い合わせ先 contact"),
    "date": ("実施日 / Date", "実施日 日付 date"),
    "revised": ("最終改訂 / Last revision", "最終改訂 最終更新 改訂日 lastrevision revised"),
    "zone": ("時間帯 / Time zone", "時間帯 timezone zone"),
}
_KNOWN_HEADINGS = {normal(word): key for key, (title, words) in _HEADINGS.items() for word in (*words.split(), title)}
MOST_ROWS, MOST_COLUMNS = 2_000, 100
LARGEST = 10_000_000
"""Bytes of a sheet."""
_SOUGHT = 50
"""Rows in which the row of headings is looked for."""
_LIKE_FORMULA = re.compile(r"'*(?:[\t\r]|\s*[=+\-@＝＋－＠])")


class Header(msgspec.Struct, frozen=True):
    """What stands above the list. `date` is when it is held; days are ISO dates. `zone` is what its times are in."""

    name: str = ""
    contact: str = ""
    date: str = ""
    revised: str = ""
    zone: str = "Asia/Tokyo"


class Sheet(msgspec.Struct, frozen=True):
    """An events list outside of the program. `columns` are those it has; what has no column was not touched by whoever
    worked on it. An inject whose row names no id has none here. `places` are the rows of its injects, one each; `notes`
    what a reader should know of how it was read."""

    header: Header
    injects: tuple[Inject, ...]
    columns: frozenset[str] = frozenset(COLUMNS)
    places: tuple[int, ...] = ()
    notes: tuple[Message, ...] = ()


class Merged(msgspec.Struct, frozen=True):
    """Cells of a sheet that were made one: its rows and columns from 1, the last ones with it."""

    top: int
    left: int
    bottom: int
    right: int


def sheet_of(scenario: Scenario, injects: Sequence[Inject] | None = None, date: str = "", revised: str = "") -> Sheet:
    """The sheet of a scenario, or of its `injects` as a drill has them now. `date` is the day it is held, the first of
    its own where none is given; it was `revised` when its edition was made, unless said."""
    header = Header(
        name=f"{scenario.title.ja} / {scenario.title.en}",
        contact=scenario.contact,
        date=date or scenario.starts.date().isoformat(),
        revised=revised or scenario.edition,
        zone=scenario.zone,
    )
    return Sheet(header, tuple(scenario.injects if injects is None else injects))


def rows(injects: Sequence[Inject], zone: ZoneInfo) -> list[list[str]]:
    """The headings, then a row for each inject, times local to `zone`."""
    return [[column.heading for column in COLUMNS.values()], *(row(one, zone) for one in injects)]


def table(sheet: Sheet) -> list[list[str]]:
    """The whole sheet: the mark, what stands above the list (behind two narrow columns), a blank row, the list."""
    above = [[title, "", getattr(sheet.header, key)] for key, (title, _) in _HEADINGS.items()]
    return [[TITLE], *above, [], *rows(sheet.injects, ZoneInfo(sheet.header.zone))]


def write_csv(sheet: Sheet) -> bytes:
    """The sheet as CSV, in UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in line] for line in table(sheet))
    return out.getvalue().encode("utf-8-sig")


def read_csv(data: bytes, zone: ZoneInfo | None = None, start: datetime | None = None) -> Sheet:
    """The sheet in a CSV: UTF-8, or what spreadsheets on Japanese Windows write (CP932, or UTF-16 with tabs).

    Times are in the zone the sheet names, else in `zone`; `T+20min` counts from `start`, where it is given. Raises
    BadContent with all that is wrong, by row and column.
    """
    if len(data) > LARGEST:
        raise too_large()
    text = _decoded(data)
    best: list[list[str]] = []
    for delimiter in ",\t;":
        found = list(_split(text, delimiter))
        if max((len(_columns(line)) for line in found[:_SOUGHT]), default=0) > max(
            (len(_columns(line)) for line in best[:_SOUGHT]), default=0
        ):
            best = found
    return read_table(best, (), zone, start)


def harmless(cell: str) -> str:
    """A cell's text that no spreadsheet takes for a formula: with an apostrophe before it, where it would be."""
    return f"'{cell}" if _LIKE_FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """The text that `harmless` made harmless."""
    return cell[1:] if cell.startswith("'") and _LIKE_FORMULA.match(cell) else cell


def read_table(
    lines: Sequence[Sequence[str]],
    merged: Sequence[Merged],
    zone: ZoneInfo | None = None,
    start: datetime | None = None,
) -> Sheet:
    """The sheet of these cells, whatever they came in. Raises BadContent with all that is wrong, by row and column."""
    place = _headings(lines)
    columns = _columns(lines[place])
    mistakes: list[Message] = [
        *_missing(columns),
        *(
            say("Row {row}, “{column}”: this heading is there twice.", row=place + 1, column=COLUMNS[key].title)
            for key in dict.fromkeys(_repeated(lines[place]))
        ),
    ]
    header = _header(lines[:place], zone, mistakes)
    reading = _Reading(lines, merged, columns, ZoneInfo(header.zone), start, mistakes)
    injects = [(number, one) for number, one in reading.injects(place + 1)]
    if not injects and not mistakes:
        mistakes.append(say("There is no inject in this sheet."))
    if mistakes:
        raise BadContent(together(mistakes), say("Put these cells right, then try again."))
    return Sheet(
        header,
        tuple(one for _, one in injects),
        frozenset(columns),
        tuple(number for number, _ in injects),
        tuple(reading.notes),
    )


class _Reading:
    """The rows under the headings."""

    def __init__(
        self,
        lines: Sequence[Sequence[str]],
        merged: Sequence[Merged],
        columns: Mapping[str, int],
        zone: ZoneInfo,
        start: datetime | None,
        mistakes: list[Message],
    ) -> None:
        self._lines = lines
        self._columns = columns
        self._zone = zone
        self._start = start
        self._mistakes = mistakes
        self._above = {
            (number, one.left - 1): one
            for one in merged
            for number in range(one.top + 1, min(one.bottom, len(lines)) + 1)
        }
        """Each cell of a merged range below its first row, by its row from 1 and its place in the row from 0."""
        self.notes: list[Message] = []

    def injects(self, first: int) -> Iterator[tuple[int, Inject]]:
        """Each inject with its row, counted from 1; `first` is the number of rows above them."""
        rows: dict[str, int] = {}
        numbers: dict[str, int] = {}
        for number in range(first + 1, len(self._lines) + 1):
            own = {key: self._own(number, at) for key, at in self._columns.items()}
            if not any(cell.strip() for cell in own.values()) or self._continues(number, own):
                continue
            cells = {key: self._cell(number, key) for key in self._columns}
            one = inject_of(cells, self._zone, self._start, self._wrong(number))
            self._once(number, "id", one.id, rows)
            self._once(number, "number", str(one.number or ""), numbers)
            yield number, one

    def _own(self, number: int, at: int) -> str:
        line = self._lines[number - 1]
        return line[at] if at < len(line) else ""

    def _cell(self, number: int, key: str) -> str:
        """A cell, or that of the range it was merged into: one that goes down over several injects is for all of
        them."""
        at = self._columns[key]
        above = self._above.get((number, at))
        if above is None:
            return self._own(number, at)
        note = say(
            "Rows {first}–{last}, “{column}”: the merged cell counts for each of these rows.",
            first=above.top,
            last=above.bottom,
            column=COLUMNS[key].title,
        )
        if note not in self.notes:
            self.notes.append(note)
        return self._own(above.top, at)

    def _continues(self, number: int, own: Mapping[str, str]) -> bool:
        """Whether a row belongs to the inject above it, because the cell of its number does; what it holds besides is
        named, since it has nowhere to go."""
        above = self._above.get((number, self._columns.get("number", -1)))
        if above is None:
            return False
        wrong = self._wrong(number)
        for key, cell in own.items():
            if cell.strip():
                wrong(
                    key,
                    say(
                        "this row belongs to that of row {row}, by a merged cell; take the merging back.", row=above.top
                    ),
                )
        return True

    def _once(self, number: int, key: str, name: str, seen: dict[str, int]) -> None:
        if name and name in seen:
            self._wrong(number)(key, say("“{name}” is in row {row} already.", name=cut(name), row=seen[name]))
        seen.setdefault(name, number)

    def _wrong(self, number: int) -> Callable[[str, Message], None]:
        return lambda key, message: self._mistakes.append(in_cell(number, key, message))


def in_cell(number: int, key: str, mistake: Message) -> Message:
    """A mistake with its row, and its column where it has one."""
    if key not in COLUMNS:
        return say("Row {row}: {mistake}", row=number, mistake=mistake)
    return say("Row {row}, “{column}”: {mistake}", row=number, column=COLUMNS[key].title, mistake=mistake)


def _headings(lines: Sequence[Sequence[str]]) -> int:
    """The place of the row with the headings: that with most of them, the lower of two that have as many."""
    counts = [(len(_columns(line)), place) for place, line in enumerate(lines[:_SOUGHT])]
    count, place = max(counts, default=(0, 0))
    if count < 3:
        raise BadContent(
            say("This sheet has no row of headings such as “{one}”, “{two}” and “{three}”.", **_examples()),
            say("Export an events list to see how one is laid out."),
        )
    return place


def _examples() -> dict[str, str]:
    return {name: COLUMNS[key].heading for name, key in (("one", "number"), ("two", "title_ja"), ("three", "text_ja"))}


def _columns(line: Sequence[str]) -> dict[str, int]:
    """The place of each column in a row of headings."""
    found: dict[str, int] = {}
    for place, cell in enumerate(line):
        if key := column_of(cell):
            found.setdefault(key, place)
    return found


def _repeated(line: Sequence[str]) -> list[str]:
    keys = [key for cell in line if (key := column_of(cell))]
    return [key for key in keys if keys.count(key) > 1]


def _missing(columns: Mapping[str, int]) -> Iterator[Message]:
    for choices in (("number",), ("title_ja", "title_en"), ("text_ja", "text_en")):
        if not any(key in columns for key in choices):
            yield say("The column “{column}” is missing.", column=COLUMNS[choices[0]].title)


def _header(lines: Sequence[Sequence[str]], zone: ZoneInfo | None, mistakes: list[Message]) -> Header:
    """What stands above the list: behind each known word the first cell that is not blank."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        for place, cell in enumerate(line):
            key = next((_KNOWN_HEADINGS[word] for word in words_of(cell) if word in _KNOWN_HEADINGS), "")
            value = next((one for one in line[place + 1 :] if one.strip()), "")
            if key and key not in found:
                found[key] = value
                if key == "zone" and value and not _is_zone(value.strip()):
                    mistake = say(
                        "“{zone}” is not a time zone such as {example}.", zone=cut(value), example="Asia/Tokyo"
                    )
                    mistakes.append(in_cell(number, "", mistake))
    named = found.pop("zone", "").strip()
    default = zone.key if zone else "Asia/Tokyo"
    return Header(zone=named if _is_zone(named) else default, **found)


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name))
    except (LookupError, ValueError, OSError):
        return False


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for tried in (encoding, "cp932"):
        try:
            return data.decode(tried)
        except UnicodeDecodeError:
            continue
    raise BadContent(say("This is neither UTF-8 nor Shift_JIS text."), say("Save the sheet as CSV UTF-8, or as XLSX."))


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    reader, filled = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 0
    try:
        for line in reader:
            filled += any(line)
            if filled > MOST_ROWS or sum(map(bool, line)) > MOST_COLUMNS:
                raise too_large()
            yield [as_written(cell) for cell in line]
    except csv.Error:
        raise BadContent(
            say("Line {line} of the sheet cannot be read.", line=reader.line_num),
            say("Save the sheet as CSV UTF-8, or as XLSX."),
        ) from None


def too_large() -> BadContent:
    """A sheet with more in it than any events list has."""
    return BadContent(
        say("The sheet holds more than {rows} rows or {columns} columns.", rows=MOST_ROWS, columns=MOST_COLUMNS),
        say("Delete what is no inject, and save it again."),
    )
