"""The exact form of the record's lines."""

from __future__ import annotations

import json
from datetime import datetime
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook import events as e
from runbook.codec import read_event, write_event
from runbook.errors import BadContent
from runbook.events import DATA, Event, Prose, prose_of
from runbook.moment import Moment
from tests.making import START, TOKYO

ENVELOPE = ["v", "incident", "seq", "event_id", "type", "occurred_at", "precision"]
ENVELOPE += ["recorded_at", "wall_at", "actor", "seat", "data"]


def event(data: e.Data, occurred_at: datetime | None = START) -> Event:
    return Event("20220622-k7f3", 3, "b:1", occurred_at, "exact", START, START, "佐藤", "seat", data)


def test_the_envelope_is_the_one_the_rules_fix():
    body = json.loads(write_event(event(e.StepStarted("police"))))
    assert list(body) == ENVELOPE
    assert body["type"] == "step_started"
    assert body["occurred_at"] == "2022-06-22T15:45:00+09:00"
    assert body["data"] == {"step": "police"}


def test_an_unknown_hour_is_null():
    assert json.loads(write_event(event(e.StepStarted("police"), None)))["occurred_at"] is None


@pytest.mark.parametrize(
    ("data", "written"),
    [
        (e.DatasetRecorded("list", 300, "persons"), {"name": "list", "count": 300, "unit": "persons"}),  # as ever
        (e.DatasetRecorded("list", None, "persons"), {"name": "list", "count": None, "unit": "persons"}),
        (
            e.DatasetRecorded("list", 80000, "persons", estimate=True),
            {"name": "list", "count": 80000, "unit": "persons", "estimate": True},
        ),
    ],
)
def test_a_data_sets_count_has_one_form(data: e.DatasetRecorded, written: dict[str, object]):
    body = write_event(event(data))
    assert json.loads(body)["data"] == written
    assert read_event(body, {}) == event(data)
    assert write_event(read_event(body, {})) == body


def test_no_free_text_enters_a_body():
    texts = [Prose("d1", "SECRET-1"), Prose("d2", "SECRET-2"), Prose("d3", "SECRET-3")]
    for data in (e.NoteWritten(texts[0]), e.FactRecorded("x", texts[1]), e.RowRecorded("m", "k", {"c": texts[2]})):
        body = write_event(event(data))
        assert b"SECRET" not in body
        assert prose_of(data)[0].digest.encode() in body
        read = read_event(body, {prose.digest: prose.text or "" for prose in texts})
        assert read == event(data)
        assert prose_of(read_event(body, {}).data)[0].text is None


def test_every_kind_of_data_that_holds_prose_is_walked():
    """A new event type with a free text in a place nobody looks would put it into the record for ever."""
    for name, data in DATA.items():
        for field, hint in get_type_hints(data).items():
            if "Prose" in str(hint):
                assert hint in (Prose, Prose | None, e.Value | None, dict[str, e.Value]), f"{name}.{field}"


def test_a_newer_version_is_named_and_nothing_is_guessed():
    body = json.loads(write_event(event(e.StepStarted("police"))))
    for change in ({"v": 2}, {"type": "thing_invented_later"}):
        with pytest.raises(BadContent) as newer:
            read_event(json.dumps(body | change), {})
        assert "newer version" in str(newer.value)


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"v": 1', '{"v":"x"}'])
def test_a_body_that_is_none_is_refused(body: str):
    with pytest.raises(BadContent):
        read_event(body, {})


VALUES = st.one_of(
    st.integers(-(2**53), 2**53),
    st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=3).map(tuple),
    st.builds(
        Moment,
        st.datetimes(datetime(1952, 1, 1), timezones=st.just(TOKYO)),
        st.sampled_from(["exact", "about", "date"]),
    ),
)


@given(VALUES, st.text(max_size=30), st.text(max_size=30))
def test_any_value_survives_the_record(value: e.Value, actor: str, text: str):
    for data in (e.FactRecorded("f", value, "claimed", actor), e.RowRecorded("r", "k", {"a": value})):
        written = Event("i", 1, "b:1", START, "exact", START, START, actor, "s", data)
        body = write_event(written)
        assert read_event(body, {}) == written
        assert write_event(read_event(body, {})) == body
