"""The events list as a sheet: out and back without loss, and in from the spreadsheets people really keep."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from runbook.content import Content
from runbook.content.scenarios import read_scenario
from runbook.drills.msel import MOST_ROWS, Header, Sheet, harmless, read_csv, rows, sheet_of, write_csv
from runbook.drills.msel_cells import COLUMNS
from runbook.drills.msel_xlsx import read_xlsx, write_xlsx
from runbook.errors import BadContent
from runbook.scenario import DELIVERIES, INJECT_KINDS, Inject
from runbook.speech import Bilingual, speaker
from tests.drilling import SCENARIO

TOKYO = ZoneInfo("Asia/Tokyo")
BERLIN = ZoneInfo("Europe/Berlin")
FORMATS: list[tuple[Callable[[Sheet], bytes], Callable[[bytes], Sheet]]] = [
    (write_csv, read_csv),
    (write_xlsx, read_xlsx),
]
HOSTILE = [
    "=1+1",
    "+81",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''@",
    "＝1",
    "＋",
    "－",
    "＠",
    " =1",
    "\n+1",
    "'",
    "_x000D_",
]

prose = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(HOSTILE)
said = st.builds(Bilingual, prose, prose)
slugs = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
line = prose.filter(lambda text: bool(text) and "\n" not in text)
times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
one_inject = st.builds(
    Inject,
    id=slugs,
    number=st.integers(1, 999_999_999),
    title=said,
    text=said,
    kind=st.sampled_from(INJECT_KINDS),
    delivery=st.sampled_from(DELIVERIES),
    sender=said,
    to=st.lists(slugs, max_size=3).map(tuple),
    at=st.none() | times,
    when=prose,
    milestone=slugs,
    depends_on=st.lists(slugs, max_size=3).map(tuple),
    hand=st.booleans(),
    expected=st.none() | said.filter(lambda text: bool(text.ja or text.en)),
    controller=prose,
    attachments=st.lists(line, max_size=3).map(tuple),
    objective=slugs,
    answer=st.booleans(),
    enabled=st.booleans(),
)
many = st.lists(one_inject, min_size=1, max_size=4, unique_by=(lambda one: one.id, lambda one: one.number)).map(tuple)
headers = st.builds(Header, line, line, line, line, st.sampled_from(["Asia/Tokyo", "Europe/Berlin"])).filter(
    lambda header: all(text.strip() for text in (header.name, header.contact, header.date, header.revised))
)


def plain(**changed: object) -> Inject:
    texts = {key: Bilingual("あ", "a") for key in ("title", "text", "sender")}
    rest = {"id": "call", "number": 1, "kind": "media", "delivery": "mail", "to": ("lead",)}
    return Inject(**{**rest, **texts, **changed})  # type: ignore[arg-type]


def in_utc(injects: tuple[Inject, ...]) -> list[Inject]:
    """The injects with times that can be compared: Python calls two zones' times unequal in an hour that comes
    twice."""
    return [msgspec.structs.replace(one, at=one.at.astimezone(UTC) if one.at else None) for one in injects]


def workbook(lines: list[list[object]], merged: tuple[str, ...] = ()) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in lines:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma(lines: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue().encode()


def wrong(data: bytes, read: Callable[[bytes], Sheet] = read_csv) -> list[str]:
    with pytest.raises(BadContent) as caught:
        read(data)
    return str(caught.value.message).split("\n")


def test_every_field_of_an_inject_has_its_columns() -> None:
    fields = {key.removesuffix("_ja").removesuffix("_en") for key in COLUMNS}
    assert fields == set(Inject.__struct_fields__)


@pytest.mark.parametrize(("write", "read"), FORMATS, ids=["csv", "xlsx"])
@settings(max_examples=40)  # a workbook takes a while
@given(header=headers, injects=many)
@example(Header("=1+1", "@a", "-1", "+1"), (plain(text=Bilingual("=cmd|'/c calc'!A1", "\r\n'=1"), controller="＝"),))
def test_a_sheet_comes_back_as_it_went(
    write: Callable[[Sheet], bytes], read: Callable[[bytes], Sheet], header: Header, injects: tuple[Inject, ...]
) -> None:
    back = read(write(Sheet(header, injects)))
    assert back.header == header
    assert in_utc(back.injects) == list(injects)
    assert (back.columns, back.notes) == (frozenset(COLUMNS), ())
    assert back.places == tuple(range(9, 9 + len(injects)))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_is_taken_for_a_formula(text: str) -> None:
    sheet = Sheet(Header(name=text), (plain(title=Bilingual(text, text), attachments=(text.strip("\n"),)),))
    for row in csv.reader(io.StringIO(write_csv(sheet).decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
            assert not cell.startswith(("\t", "\r"))


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    page = load_workbook(io.BytesIO(write_xlsx(Sheet(Header(name="=1+1"), (plain(controller="=2+2"),))))).worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {"=1+1", "=2+2"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in cells)


def test_what_is_harmless_is_left_as_it_is() -> None:
    assert [harmless(text) for text in ("", "a=b", "'quoted'", "3-2", "あ", "(+81)")] == [
        "",
        "a=b",
        "'quoted'",
        "3-2",
        "あ",
        "(+81)",
    ]


def test_the_rows_of_a_sheet() -> None:
    found = rows([plain(at=datetime(2022, 6, 22, 6, 45, tzinfo=UTC), to=("lead", "it"), answer=True)], TOKYO)
    cells = dict(zip(found[0], found[1], strict=True))
    assert cells["番号 / No."] == "1"
    assert cells["時刻 / Time"] == "2022-06-22 15:45"
    assert cells["受け手（役割） / To (roles)"] == "lead, it"
    assert cells["件名（日本語） / Title (Japanese)"] == "あ"
    assert cells["件名（英語） / Title (English)"] == "a"
    assert cells["回答を待つ / Answer expected"] == "はい / Yes"
    assert cells["種別 / Kind"].endswith("media")


def test_a_number_written_with_a_point_is_that_number() -> None:
    lines = rows([plain()], TOKYO)
    again = [lines[0], ["1.0", *lines[1][1:]]]
    assert [one.number for one in read_csv(comma(again), TOKYO).injects] == [1]


def test_an_hour_the_clocks_show_twice_comes_back_as_the_right_one() -> None:
    injects = tuple(
        plain(id=f"at-{hour}", number=hour + 1, at=datetime(2026, 10, 25, hour, 30, tzinfo=UTC)) for hour in range(3)
    )
    for write, read in FORMATS:
        assert in_utc(read(write(Sheet(Header(zone=BERLIN.key), injects))).injects) == list(injects)


def scenario_sheet() -> Sheet:
    return sheet_of(read_scenario(SCENARIO, Content(None).playbook("lost-media"), "small.yaml"))


def test_a_scenario_s_sheet_is_marked_and_says_what_it_is() -> None:
    sheet = scenario_sheet()
    assert sheet.header == Header("小さな訓練 / A small drill", "", "2026-06-01", "2026-11-22", "Asia/Tokyo")
    assert len(sheet.injects) == 4
    lines = list(csv.reader(io.StringIO(write_csv(sheet).decode("utf-8-sig"), newline="")))
    assert lines[0][0].startswith("訓練 / DRILL")
    assert lines[1] == ["演習名 / Exercise", "", "小さな訓練 / A small drill"]
    page = load_workbook(io.BytesIO(write_xlsx(sheet))).worksheets[0]
    assert str(page["A1"].value).startswith("訓練 / DRILL")
    assert str(page.oddHeader.center.text).startswith("訓練 / DRILL")
    for write, read in FORMATS:
        assert read(write(sheet)).injects == sheet.injects


def test_the_sheet_can_be_read_on_the_screen_and_on_paper() -> None:
    """Programs open it as it is: rows too low cut their words off, and 23 columns on one sheet of paper cannot be
    read."""
    long = plain(text=Bilingual("あ" * 120, "word " * 60), expected=Bilingual("短い。", "Short."))
    data = write_xlsx(Sheet(Header(), (long, plain(id="short", number=2))))
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    assert page.freeze_panes == "A9"
    assert (page.print_title_rows, page.print_title_cols) == ("$8:$8", "$A:$B")
    assert page.auto_filter.ref == "A8:W10"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (2, 0)
    heights = [page.row_dimensions[number].height for number in (9, 10)]
    assert heights == [15 * 6, 15 * 2]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"customHeight" not in package.read("xl/worksheets/sheet1.xml")  # a row may grow with its words
    label, value = page["A2"], page["C2"]
    assert (label.value, page["B2"].value, value.value) == ("演習名 / Exercise", None, None)
    assert page.oddFooter.center.text == "&P / &N"
    assert {page[cell].font.name for cell in ("A1", "A8", "A9")} == {"Calibri"}


JAPANESE: list[list[object]] = [
    ["情報セキュリティ訓練　状況付与一覧"],
    ["訓練名", "", "紛失訓練"],
    ["実施日", "", date(2026, 12, 1)],
    [],
    ["番号", "時刻", "種別", "件名", "内容", "発信者", "受け手", "回答", "備考"],
    [1, datetime(2026, 12, 1, 9, 5), "media", "電話", "見当たりません。", "所管課", "対応責任者", "はい", "x"],
    [],
    [2.0, "2026/12/1 9:30", "Decision", "市長室から", "市長はご存じですか。", "市長室", "lead、it", "○", ""],
    [3, "", "", "記者", "何桁ですか。", "記者", "comms", "", ""],
]


def test_a_japanese_workbook_with_merged_cells() -> None:
    sheet = read_xlsx(workbook(JAPANESE, ("A1:I1", "A2:B2", "G8:G9")), TOKYO)
    assert sheet.header == Header("紛失訓練", "", "2026-12-01", "", "Asia/Tokyo")
    first, second, third = sheet.injects
    assert (first.number, first.id, first.at, first.kind) == (1, "", datetime(2026, 12, 1, 9, 5, tzinfo=TOKYO), "media")
    assert first.title == Bilingual("電話", "電話")
    assert (second.number, second.at) == (2, datetime(2026, 12, 1, 9, 30, tzinfo=TOKYO))
    assert (second.kind, second.to, second.answer) == ("decision", ("lead", "it"), True)
    assert third.to == ("lead", "it")
    assert sheet.places == (6, 8, 9)
    assert sheet.columns == {"number", "at", "kind", "title_ja", "text_ja", "sender_ja", "to", "answer"}
    (note,) = sheet.notes
    assert speaker("en")(note) == "Rows 8–9, “To (roles)”: the merged cell counts for each of these rows."


def test_an_inject_over_two_merged_rows_is_one() -> None:
    lines: list[list[object]] = [["No.", "Title", "Text", "From"], [1, "a", "b", "c"], [], [2, "d", "e", "f"]]
    sheet = read_xlsx(workbook(lines, ("A2:A3", "B2:B3", "C2:C3")))
    assert [one.number for one in sheet.injects] == [1, 2]
    lines[2] = ["", "", "", "lost?"]
    assert wrong(workbook(lines, ("A2:A3", "B2:B3")), read_xlsx) == [
        "Row 3, “From (English)”: this row belongs to that of row 2, by a merged cell; take the merging back."
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["番号", "件名", "内容"],
        ["No.", "Title", "Text"],
        ["番号 / No.", "件名（日本語） / Title (Japanese)", "内容（日本語）/Text (Japanese)"],
        ["No. / 番号", "Title (Japanese) / 件名（日本語）", "Text (Japanese) ／ 内容（日本語）"],
        ["ＮＯ．", "ＴＩＴＬＥ", "text"],
        ["番号\nNo.", "件名\n(日本語)", "内容\nText"],
    ],
)
def test_headings_are_known_in_both_languages_and_either_order(headings: list[str]) -> None:
    (one,) = read_csv(comma([headings, ["1", "あ", "い"]])).injects
    assert (one.title, one.text) == (Bilingual("あ", "あ"), Bilingual("い", "い"))


@pytest.mark.parametrize(
    "data",
    [
        "番号,件名,内容\r\n1,紛失,①髙﨑市\r\n".encode("cp932"),
        "番号\t件名\t内容\n1\t紛失\t①髙﨑市\n".encode("utf-16"),
        "番号;件名;内容\n1;紛失;①髙﨑市\n".encode(),
    ],
    ids=["cp932", "utf-16 with tabs", "semicolons"],
)
def test_what_spreadsheets_call_csv(data: bytes) -> None:
    (one,) = read_csv(data).injects
    assert (one.title.ja, one.text.ja) == ("紛失", "①髙﨑市")


def test_a_time_after_the_start_is_one_where_the_start_is_known() -> None:
    data = comma([["番号", "件名", "内容", "時刻"], ["1", "あ", "い", "T+20min"]])
    start = datetime(2026, 6, 1, 9, 0, tzinfo=TOKYO)
    assert read_csv(data, TOKYO, start).injects[0].at == datetime(2026, 6, 1, 9, 20, tzinfo=TOKYO)
    assert wrong(data) == ["Row 2, “Time”: “T+20min” is not a date with an hour, such as 2022-06-22 15:45."]


def test_every_mistake_is_named_by_row_and_column() -> None:
    lines = [
        ["訓練"],
        ["時間帯", "日本"],
        ["番号", "識別名", "件名", "内容", "種別", "手段", "時刻", "有効", "番号"],
        ["1", "call", "あ", "い", "よくある", "鳩", "夕方", "たぶん"],
        ["1", "call", "あ", "い"],
        ["", "x", "あ", "い"],
        ["四", "y", "あ", "い"],
    ]
    found = wrong(comma(lines))
    assert found[0] == "Row 3, “No.”: this heading is there twice."
    assert found[1] == "Row 2: “日本” is not a time zone such as Asia/Tokyo."
    assert found[2].startswith("Row 4, “Kind”: it cannot be “よくある”, only: ")
    assert found[3].startswith("Row 4, “Delivery”: it cannot be “鳩”, only: ")
    assert found[4:] == [
        "Row 4, “Time”: “夕方” is not a date with an hour, such as 2022-06-22 15:45.",
        "Row 4, “Enabled”: “たぶん” is neither yes nor no.",
        "Row 5, “ID”: “call” is in row 4 already.",
        "Row 5, “No.”: “1” is in row 4 already.",
        "Row 6, “No.”: It is missing.",
        "Row 7, “No.”: “四” must be a whole number.",
    ]


def test_sheets_that_hold_no_list() -> None:
    assert wrong(b"")[0].startswith("This sheet has no row of headings")
    assert wrong("ただの文".encode())[0].startswith("This sheet has no row of headings")
    assert wrong(comma([["件名", "内容", "種別"], ["あ", "い", ""]]))[0] == "The column “No.” is missing."
    assert wrong(comma([["番号", "件名", "内容"]])) == ["There is no inject in this sheet."]
    assert wrong(b"\x81\xff\xfe\xfd") == ["This is neither UTF-8 nor Shift_JIS text."]


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def altered(find: bytes, put: bytes) -> bytes:
    """A right workbook with something else in its sheet."""
    before = zipfile.ZipFile(io.BytesIO(write_xlsx(scenario_sheet())))
    return package(
        **{
            part.filename: before.read(part).replace(find, put)
            if "worksheets/sheet" in part.filename
            else before.read(part)
            for part in before.infolist()
        }
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), package(a=b"b"), altered(b"<row", b"<r<w")],
    ids=["nothing", "half a package", "an old workbook", "another package", "broken XML"],
)
def test_files_that_are_no_workbook_are_refused_with_a_sentence(data: bytes) -> None:
    assert wrong(data, read_xlsx) == ["This is no workbook that can be read."]


@pytest.mark.parametrize(
    "data",
    [
        package(**{"xl/worksheets/sheet1.xml": bytes(60_000_000)}),
        altered(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
        altered(b"</sheetData>", b"</sheetData><mergeCells><mergeCell ref='&#65;1:XFD1048576'/></mergeCells>"),
        workbook([["番号", "件名", "内容"], *([1, "a", "b"] for _ in range(MOST_ROWS + 1))]),
        workbook([["番号", "件名", "内容", *("x" for _ in range(200))]]),
    ],
    ids=["a bomb", "everything merged", "the same, hidden", "too many rows", "too many columns"],
)
def test_workbooks_that_would_fill_the_memory_are_refused_with_a_sentence(data: bytes) -> None:
    assert wrong(data, read_xlsx)[0].startswith("The sheet holds more than 2000 rows or 100 columns.")


def test_too_large_a_csv_is_refused_with_a_sentence() -> None:
    for data in (bytes(11_000_000), comma([["番号", "件名", "内容"], *(["1", "a", "b"] for _ in range(2_001))])):
        assert wrong(data)[0].startswith("The sheet holds more than 2000 rows or 100 columns.")
    assert wrong(b'"' + b"a" * 200_000)[0].startswith("Line ")


def test_a_text_too_long_for_a_cell_is_not_cut() -> None:
    with pytest.raises(BadContent, match="Row 9 holds a text of more than 32767 characters"):
        write_xlsx(Sheet(Header(), (plain(text=Bilingual("あ" * 40_000, "a")),)))


def test_formatting_far_below_the_list_does_no_harm() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(scenario_sheet())))
    book.worksheets[0].cell(1_000_000, 300).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    assert read_xlsx(out.getvalue()).injects == scenario_sheet().injects


def test_the_list_may_be_on_any_sheet() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(scenario_sheet())))
    book.create_sheet("表紙", 0)["A1"] = "訓練"
    out = io.BytesIO()
    book.save(out)
    assert read_xlsx(out.getvalue()).injects == scenario_sheet().injects


@given(st.binary(max_size=200) | prose.map(str.encode))
def test_no_csv_raises_anything_but_a_sentence(data: bytes) -> None:
    for text in (data, "番号,件名,内容,時刻,種別\n".encode() + data):
        try:
            assert read_csv(text).injects
        except BadContent:
            continue


WORKBOOK = write_xlsx(scenario_sheet())


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(max_size=6), st.integers(0, 40))
def test_no_workbook_raises_anything_but_a_sentence(place: int, instead: bytes, gone: int) -> None:
    try:
        read_xlsx(WORKBOOK[:place] + instead + WORKBOOK[place + gone :])
    except BadContent:
        return


SHEET_XML = zipfile.ZipFile(io.BytesIO(WORKBOOK)).read("xl/worksheets/sheet1.xml")


@given(
    st.integers(0, len(SHEET_XML) - 1),
    st.sampled_from([b"", b"9", b"<c/>", b'"', b"A", b"t='n'", b"-"]),
    st.integers(0, 8),
)
def test_no_sheet_inside_a_workbook_raises_anything_but_a_sentence(place: int, instead: bytes, gone: int) -> None:
    before = zipfile.ZipFile(io.BytesIO(WORKBOOK))
    parts = {part.filename: before.read(part) for part in before.infolist()}
    parts["xl/worksheets/sheet1.xml"] = SHEET_XML[:place] + instead + SHEET_XML[place + gone :]
    try:
        read_xlsx(package(**parts))
    except BadContent:
        return
