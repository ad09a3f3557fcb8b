"""A row of the record, and all about an entry: pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from runbook import events as e
from runbook.chain import head_code
from runbook.desk import Entry
from runbook.events import Event, Prose
from runbook.moment import UNKNOWN, Moment
from runbook.narrate import narrate, written_late
from runbook.speech import Language
from runbook.tui.presenting import Shades
from runbook.tui.screens.record.corrections import Line
from runbook.tui.screens.record.showing import KINDS, By, about, blank_row, goal, row
from runbook.tui.teller import Teller
from tests.making import START, opened_case

CASE = opened_case()


def an_entry(
    data: e.Data,
    happened: Moment | None = None,
    *,
    seq: int = 7,
    recorded: datetime = START,
    actor: str = "佐藤",
) -> Entry:
    moment = happened or Moment(recorded)
    event = Event(
        CASE.incident.id, seq, f"x:{seq}", moment.at, moment.precision, recorded, recorded, actor, "席1", data
    )
    return Entry(event, narrate(event, CASE.playbook, CASE.zone), "ab" * 32)


def note(text: str | None, happened: Moment | None = None, *, seq: int = 7, recorded: datetime = START) -> Entry:
    return an_entry(e.NoteWritten(Prose("d", text)), happened, seq=seq, recorded=recorded)


def shown(line: Line, width: int = 100, *, by: By = "happened", language: Language = "en", fresh: bool = False) -> str:
    return row(line, by, fresh, 4, Teller(CASE, language, Shades()), width, False).plain


def told(line: Line, language: Language = "en") -> str:
    pieces = about(line, Teller(CASE, language, Shades()))
    return "\n".join(f"{piece.label}: {piece.text.plain}" for piece in pieces)


@pytest.mark.parametrize(
    ("happened", "late", "column"),
    [
        (Moment(START), False, " 06-22 15:45 "),
        (Moment(START - timedelta(minutes=5)), False, " 06-22 15:40 "),
        (Moment(START - timedelta(minutes=5, seconds=1)), True, " 06-22 15:39 "),
        (Moment(START - timedelta(hours=12), "about"), True, "~06-22 03:45 "),
        (Moment(datetime(2022, 6, 22, tzinfo=START.tzinfo), "date"), True, " 06-22 --:-- "),
        (UNKNOWN, True, "no time"),
    ],
)
def test_what_was_written_late_says_when(happened: Moment, late: bool, column: str) -> None:
    """Rules 14 and the issue: more than five minutes later; where the hour is unknown, when it was written is said."""
    entry = note("x", happened)
    assert written_late(entry.event) is late
    text = shown(Line(entry))
    assert column in text
    assert ("written down 15:45" in text or "written down 06-22 15:45" in text) is late


def test_the_day_it_was_written_is_said_where_it_is_another() -> None:
    entry = note("x", Moment(START - timedelta(days=1)))
    assert shown(Line(entry)).endswith("written down 06-22 15:45")
    assert shown(Line(entry), language="ja").rstrip().endswith("06-22 15:45に記入")


def test_in_order_of_writing_the_column_is_the_time_of_writing() -> None:
    text = shown(Line(note("x", Moment(START - timedelta(hours=3)))), by="written")
    assert " 06-22 15:45 " in text
    assert text.endswith("happened 06-22 12:45")


@given(
    text=st.text(max_size=300),
    width=st.integers(20, 140),
    actor=st.text(max_size=30),
    hours=st.integers(0, 40),
    ja=st.booleans(),
    here=st.booleans(),
)
def test_a_row_fills_its_width_whatever_it_says(
    text: str, width: int, actor: str, hours: int, ja: bool, here: bool
) -> None:
    entry = an_entry(e.NoteWritten(Prose("d", text)), Moment(START - timedelta(hours=hours)), actor=actor)
    tell = Teller(CASE, "ja" if ja else "en", Shades())
    drawn = row(Line(entry), "happened", False, 4, tell, width, here)
    assert cell_len(drawn.plain) == width
    assert "\n" not in drawn.plain
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in drawn.plain)


def test_only_the_row_under_the_cursor_has_the_style_of_the_cursor() -> None:
    tell = Teller(CASE, "en", Shades(here="cyan"))
    for here in (True, False):
        drawn = row(Line(note("x")), "happened", False, 4, tell, 80, here)
        assert drawn.style == ""
        marked = [span for span in drawn.spans if span.style == "cyan" and drawn.plain[span.start : span.end].strip()]
        assert bool(marked) is here


def test_columns_stand_under_each_other_in_japanese() -> None:
    one = shown(Line(note("あ")), language="ja")
    two = shown(Line(an_entry(e.NoteWritten(Prose("d", "あ")), actor="Müller")), language="ja")
    assert cell_len(one[: one.index("メモ")]) == cell_len(two[: two.index("メモ")])


def test_control_characters_are_shown_and_not_sent() -> None:
    entry = note("a\x1b[31mred\x07\u202eb\nsecond line")
    assert "a␛[31mred␇<U+202E>b" in shown(Line(entry))
    assert "a␛[31mred␇<U+202E>b\nsecond line" in told(Line(entry))


def test_an_amended_note_says_its_new_words_and_keeps_the_old_ones() -> None:
    by = an_entry(e.EntryAmended(7, Prose("d", "two sticks")), seq=9, actor="鈴木")
    line = Line(note("one stick"), amended=(by,))
    assert "[amended #9] Note: two sticks" in shown(line)
    text = told(line)
    assert "Before: one stick" in text
    assert "Amended: #9  06-22 15:45  鈴木\ntwo sticks" in text


def test_a_remark_leaves_the_entry_as_it_is() -> None:
    by = an_entry(e.EntryAmended(7, Prose("d", "by telephone")), seq=9)
    line = Line(an_entry(e.StepStarted("police")), amended=(by,))
    assert "[remark #9] 1-2 Police report: started" in shown(line)
    assert "by telephone" in told(line)
    assert "Before" not in told(line)


def test_what_was_undone_and_what_was_removed_say_so() -> None:
    undone = Line(note("x"), undone=an_entry(e.ActUndone(7), seq=8))
    assert "[undone #8] Note: x" in shown(undone)
    assert "Undone: #8" in told(undone)
    by = an_entry(e.EntryRedacted(7, "鈴木", Prose("d", "a name"), ("d",)), seq=11)
    removed = Line(note(None), removed=by)
    assert "[text removed #11] Note: (text removed)" in shown(removed)
    assert "removed by 佐藤 and 鈴木: a name" in told(removed)


def test_all_three_times_and_what_proves_the_entry() -> None:
    event = note("x", Moment(START - timedelta(hours=11), "about")).event
    event = msgspec.structs.replace(event, wall_at=START + timedelta(days=1))
    text = told(Line(Entry(event, narrate(event, CASE.playbook, CASE.zone), "cd" * 32)))
    assert "Happened: about 04:45 on 22 June 2022" in text
    assert "Written down: 2022-06-22 15:45:00, 11 h later" in text
    assert "Wall clock: 2022-06-23 15:45:00" in text
    assert "By: 佐藤, at 席1" in text
    assert f"Hash: {('cd' * 32)[:16]}" in text
    assert f"Head code: {head_code('cd' * 32)}" in text


def test_what_the_sentence_leaves_out() -> None:
    fact = e.FactRecorded("persons", 12, "estimate", "step:notice-what", Moment(START, "about"))
    assert "Told by: step 1-1 What was noticed" in told(Line(an_entry(fact)))
    assert "As of: about 2022-06-22 15:45" in told(Line(an_entry(fact)))
    data = e.DatasetRecorded("住民", 460517, "persons", ("氏名", "口座"), ("口座",))
    assert "Columns: 氏名, 口座" in told(Line(an_entry(data)))
    assert "Sensitive: 口座" in told(Line(an_entry(data)))
    assert "Reading: さとう" in told(
        Line(an_entry(e.RowRecorded("members", "佐藤", {"reading": Prose("d", "さとう")})))
    )
    assert "Left open: Asked" in told(Line(an_entry(e.StepFinished("notice-what", ("asked",)))))


def test_a_new_entry_carries_a_plus_and_one_being_read_its_number() -> None:
    assert shown(Line(note("x")), fresh=True).startswith(" +   #7")
    assert blank_row(123, 4, Teller(CASE, "ja", Shades()), 80, False).plain.strip() == "#123 .."


def test_every_kind_of_event_can_be_shown_alone_and_only_once() -> None:
    listed = [type for _, types in KINDS.values() for type in types]
    assert sorted(listed) == sorted(e.DATA)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (e.StepStarted("police"), ("board", "step:police")),
        (e.NoteWritten(Prose("d", "x"), "police"), ("board", "step:police")),
        (e.WarningAcknowledged("press", "password"), ("board", "step:press")),
        (e.FactRecorded("persons", 1), ("facts", "fact:persons")),
        (e.DatasetRecorded("住民", 1, "persons"), ("facts", "dataset:住民")),
        (e.RowRecorded("members", "a"), ("facts", "row:members:a")),
        (e.NoticeApproved("found-notice", "en", "0" * 64), ("notice", "kind:found-notice")),
        (e.EntryAmended(3, Prose("d", "x")), ("", "entry:3")),
        (e.ActUndone(4), ("", "entry:4")),
    ],
)
def test_an_entry_leads_to_what_it_is_about(data: e.Data, place: tuple[str, str]) -> None:
    assert goal(an_entry(data).event) == place
