"""What is known as a list, and all about one thing: pure functions."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from runbook import events as e
from runbook.actions import facts, records, steps
from runbook.case import Case
from runbook.events import Act
from runbook.moment import Moment
from runbook.speech import Language
from runbook.tui.presenting import Shades
from runbook.tui.screens.facts.listing import (
    about_what,
    asked_at,
    groups,
    headline,
    layout,
    moved,
    row,
    value_and_status,
)
from runbook.tui.screens.facts.showing import about, title
from runbook.tui.teller import Teller
from tests.making import done, later, opened_case, recorded


def teller(case: Case, language: Language = "en") -> Teller:
    return Teller(case, language, Shades())


def told(case: Case, key: str) -> str:
    return "\n".join(f"{piece.label}: {piece.text.plain}" for piece in about(key, teller(case)))


def claimed(case: Case, name: str, typed: str, **more: object) -> Case:
    return done(case, partial(facts.claim, name=name, typed=typed, **more))  # type: ignore[arg-type]


def test_every_fact_stands_once_by_the_phase_that_first_asks_for_it() -> None:
    case = opened_case()
    listed = [key for group in groups(case) for key in group.keys if key.startswith("fact:")]
    assert sorted(listed) == sorted(f"fact:{name}" for name in case.playbook.facts)
    assert [group.id for group in groups(case)] == ["phase:first", "others", "datasets", "register:members"]
    assert groups(case)[0].keys == ("fact:noticed_at", "fact:known_at", "fact:police_station")


def test_what_is_known_comes_first() -> None:
    case = claimed(opened_case(), "police_station", "North")
    assert groups(case)[0].keys == ("fact:police_station", "fact:noticed_at", "fact:known_at")


def test_what_is_not_known_says_whether_anyone_was_asked() -> None:
    case = opened_case()
    assert value_and_status("known_at", teller(case)) == ("not asked yet", "")
    case = done(case, partial(steps.start, step="notice-what"))
    assert value_and_status("known_at", teller(case)) == ("still unknown", "")


def test_what_is_unknown_is_never_said_to_be_confirmed_nor_counted_as_known() -> None:
    case = claimed(claimed(opened_case(), "my_number", "unknown"), "noticed_at", "unknown")
    case = claimed(case, "police_station", "未確認")
    assert value_and_status("police_station", teller(case)) == ("unknown", "")
    assert "0 of " in headline("", False, 0, teller(case), 80).plain
    assert any(" 0/3" in row(key, teller(case), 80, False).plain for key in layout(case, "", teller(case)))
    assert value_and_status("my_number", teller(case)) == ("unknown", "")
    for key in ("fact:my_number", "fact:noticed_at"):
        assert "unknown" in told(case, key)
        assert "confirmed" not in told(case, key)
    assert "(confirmed)" in told(claimed(case, "my_number", "no"), "fact:my_number")


def test_both_values_of_a_contested_fact_stand_in_its_row() -> None:
    case = claimed(opened_case(), "persons", "460517", source="city")
    case = claimed(case, "persons", "460000", source="contractor", status="claimed")
    assert value_and_status("persons", teller(case)) == ("460,517 <> 460,000", "contested")
    text = told(case, "fact:persons")
    assert "Value: 460,517  (confirmed)" in text
    assert "Contested: 460,000  (claimed)" in text
    assert "Told by: contractor" in text


def test_a_row_tells_as_of_when_or_when_it_was_recorded() -> None:
    case = claimed(opened_case(), "persons", "3")
    assert "(06-22 15:45)" in row("fact:persons", teller(case), 80, False).plain
    moment = Moment(case.now.replace(hour=9), "about")
    case = claimed(case, "persons", "4", as_of=moment)
    assert "~06-22 09:45" in row("fact:persons", teller(case), 80, False).plain


def test_the_whole_history_with_what_became_of_each() -> None:
    case = claimed(opened_case(), "persons", "1", source="city")
    case = claimed(later(case, minutes=10), "persons", "2", source="city", status="estimate")
    case = claimed(later(case, minutes=10), "persons", "", source="city")
    case = claimed(later(case, minutes=10), "persons", "3", source="city")
    case = done(case, records.undo)
    lines = told(case, "fact:persons").partition("History")[2].splitlines()[1:]
    assert lines == [
        "06-22 16:15: [undone] 3 (confirmed), source: city  sato #5",
        "06-22 16:05: [withdrawn] - (withdrawn), source: city  sato #4",
        "06-22 15:55: 2 (estimate), source: city  sato #3",
        "06-22 15:45: 1 (confirmed), source: city  sato #2",
    ]
    assert "Nobody has said anything" in told(case, "fact:persons")


def test_a_removed_text_is_said_to_be_removed() -> None:
    case = claimed(opened_case(), "affiliation", "a name that must go")
    prose = case.incident.fact("affiliation").claims[0].value
    assert isinstance(prose, e.Prose)
    sealed = msgspec.structs.replace(prose, digest="d" * 64)
    claim = msgspec.structs.replace(case.incident.fact("affiliation").claims[0], value=sealed)
    known = {"affiliation": msgspec.structs.replace(case.incident.fact("affiliation"), claims=(claim,))}
    case = msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, facts=known))
    case = recorded(case, [Act(e.EntryRedacted(2, "suzuki", e.Prose("r", "why"), ("d" * 64,)))])
    assert "a name that must go" not in told(case, "fact:affiliation")
    assert "(text removed)" in told(case, "fact:affiliation")


def test_data_sets_stand_side_by_side_and_are_never_added_up() -> None:
    case = opened_case()
    for name, count in (("residents", 460517), ("households", 74767)):
        case = done(
            case,
            partial(facts.record_dataset, name=name, count=count, unit="persons", fields=("name", "account"),
                    sensitive=("account",), source="section"),
        )  # fmt: skip
    case = done(later(case, hours=1), partial(facts.record_dataset, name="residents", count=460000, unit="persons"))
    keys = next(group.keys for group in groups(case) if group.id == "datasets")
    assert keys == ("dataset:residents", "dataset:households")
    whole = "\n".join(row(key, teller(case), 120, False).plain for key in layout(case, "", teller(case)))
    whole += "\n".join(told(case, key) for key in keys)
    assert "534,767" not in whole
    assert "535,284" not in whole
    assert "may overlap: never added up" in whole
    text = told(case, "dataset:residents")
    assert "Count: 460,000 people" in text
    assert "460,517 persons" in text.partition("History")[2]
    assert "Sensitive: account" in told(case, "dataset:households")
    assert "Columns: name, account" in told(case, "dataset:households")


def test_a_data_set_counted_about_right_or_not_at_all_says_so() -> None:
    case = opened_case()
    counted = partial(facts.record_dataset, name="list", unit="persons")
    case = done(done(case, partial(counted, count=None)), partial(counted, count=80000, estimate=True))
    case = done(case, partial(facts.record_dataset, name="other", count=None, unit="households"))
    assert "about 80,000 persons" in row("dataset:list", teller(case), 120, False).plain
    assert "households uncounted" in row("dataset:other", teller(case), 120, False).plain
    assert "Count: 80,000 people  (80,000 persons)  (estimate)\n" in told(case, "dataset:list")
    assert "persons uncounted" in told(case, "dataset:list").partition("History")[2]
    assert "Count: households uncounted\n" in told(case, "dataset:other")


def test_a_registers_rows_with_their_history() -> None:
    case = done(opened_case(), partial(facts.record_row, register="members", typed={"name": "A", "reading": "あ"}))
    case = done(case, partial(facts.record_row, register="members", typed={"name": "A", "reading": "い"}))
    assert title("row:members:A", teller(case)) == "Members: A"
    text = told(case, "row:members:A")
    assert "Reading: い" in text
    assert "あ" in text.partition("History")[2]
    case = done(case, partial(facts.strike_row, register="members", key="A"))
    assert "struck out" in told(case, "row:members:A")
    assert "struck out" in row("row:members:A", teller(case), 80, False).plain
    assert next(group.keys for group in groups(case) if group.id == "register:members") == ("none:members",)


def test_where_each_thing_is_asked_for() -> None:
    asked = asked_at(opened_case().playbook)
    assert asked["fact:police_station"] == [("police", "station")]
    assert asked["members"] == [("press", "members")]
    assert "fact:persons" not in asked
    assert [about_what(key) for key in ("fact:persons", "dataset:a:b", "row:members:x:y", "none:members")] == [
        "fact:persons",
        "datasets",
        "members",
        "members",
    ]
    assert "Asked in: step 1-2 Police report" in told(opened_case(), "fact:police_station")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("station", ["fact:police_station"]),
        ("ＳＴＡＴＩＯＮ", ["fact:police_station"]),
        ("north", ["fact:police_station"]),
        ("confirmed", ["fact:police_station"]),
        ("inspector", ["fact:police_station"]),
        ("north asked", []),
        ("さとう", ["row:members:佐藤"]),
        ("members", ["row:members:佐藤"]),
        ("data sets", ["none:datasets"]),
        ("nothing of the kind", []),
    ],
)
def test_the_search_looks_at_names_values_status_and_source(wanted: str, found: list[str]) -> None:
    case = claimed(opened_case(), "police_station", "North", source="the inspector")
    case = done(case, partial(facts.record_row, register="members", typed={"name": "佐藤", "reading": "さとう"}))
    assert [key for key in layout(case, wanted, teller(case)) if not key.startswith("group:")] == found


@given(value=st.text(min_size=1, max_size=80).filter(str.strip), width=st.integers(20, 140), ja=st.booleans())
def test_a_row_fills_its_width_whatever_it_says(value: str, width: int, ja: bool) -> None:
    case = claimed(opened_case(), "affiliation", value, status="claimed", source=value)
    for key in layout(case, "", teller(case)):
        text = row(key, teller(case, "ja" if ja else "en"), width, True).plain
        assert cell_len(text) <= width or key.startswith("group:")
        assert "\n" not in text
        assert not any(ord(char) < 32 for char in text)


def test_what_moved_is_counted() -> None:
    assert moved(["group:a", "fact:x", "none:r"], ["group:a", "fact:x", "none:r"]) == 0
    assert moved(["fact:x", "none:r"], ["fact:x", "row:r:1", "row:r:2"]) == 2
    assert moved(["fact:x", "fact:y", "fact:z"], ["fact:y", "fact:x", "fact:z"]) == 2


def test_a_row_whose_name_is_hostile_stands_in_its_column() -> None:
    case = done(opened_case(), partial(facts.record_row, register="members", typed={"name": "a\x1bb", "reading": "x"}))
    assert row("row:members:a\x1bb", teller(case), 60, False).plain.split() == ["a␛b", "x"]
