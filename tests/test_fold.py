"""The fold: facts with several sources, corrections, undo, redaction."""

from __future__ import annotations

from functools import partial
from typing import get_args, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook import events as e
from runbook import loading
from runbook.actions import facts, records, steps
from runbook.actions.deciding import By, together
from runbook.case import Case
from runbook.errors import Refused
from runbook.events import Act, Prose
from runbook.incident import Incident
from runbook.moment import Moment
from runbook.playbook import Playbook
from tests.making import START, done, later, opened_case, recorded


def claim(case: Case, name: str, typed: str, **more) -> Case:
    return done(case, partial(facts.claim, name=name, typed=typed, **more))


def test_the_latest_confirmed_claim_counts_and_differing_ones_stand_beside_it():
    case = claim(opened_case(), "affiliation", "iFront", status="claimed", source="contractor")
    case = claim(case, "affiliation", "a lower tier", status="confirmed", source="contract")
    fact = case.incident.fact("affiliation")
    assert fact.current
    assert fact.current.source == "contract"
    assert [c.source for c in fact.contested] == ["contractor"]
    case = claim(case, "affiliation", "third word", status="claimed", source="press")
    fact = case.incident.fact("affiliation")
    assert fact.current
    assert fact.current.source == "contract"
    assert [c.source for c in fact.contested] == ["contractor", "press"]
    assert len(fact.claims) == 3


def test_a_source_that_corrects_itself_contests_nothing():
    case = claim(opened_case(), "persons", "460000", status="estimate", source="contractor")
    case = claim(case, "persons", "460517", source="contractor")
    fact = case.incident.fact("persons")
    assert fact.current
    assert fact.current.value == 460517
    assert fact.contested == []
    assert [c.value for c in fact.claims] == [460000, 460517]


@pytest.mark.parametrize(("name", "known"), [("known_at", "02:10"), ("affiliation", "iFront"), ("malicious", "yes")])
def test_who_says_that_nobody_knows_contradicts_nobody(name: str, known: str):
    case = claim(opened_case(), name, "不明", source="step:notice-what")
    case = claim(case, name, known, source="police")
    assert case.incident.fact(name).contested == []
    case = claim(case, name, "unknown", status="claimed", source="press")
    assert case.incident.fact(name).contested == []


def test_a_withdrawn_claim_no_longer_counts_but_stays_in_the_history():
    case = claim(opened_case(), "persons", "1", source="a")
    case = claim(case, "persons", "2", source="b")
    case = claim(case, "persons", "", status="withdrawn", source="b")
    fact = case.incident.fact("persons")
    assert fact.current
    assert fact.current.value == 1
    assert [c.value for c in fact.claims] == [1, 2, None]


def test_undo_puts_back_what_was_there_and_the_history_still_shows_it():
    before = claim(opened_case(), "persons", "460517", source="a")
    wrong = claim(before, "persons", "46517", source="a")
    undone = done(wrong, records.undo)
    fact = undone.incident.fact("persons")
    assert fact.current
    assert fact.current.value == 460517
    assert [(c.value, c.undone) for c in fact.claims] == [(460517, False), (46517, True)]


def test_undo_takes_back_a_whole_act_and_then_the_one_before():
    case = opened_case()
    case = done(case, partial(steps.tick, step="notice-what", check="asked"))
    assert case.incident.step("notice-what").state == "active"
    case = done(case, partial(steps.tick, step="notice-what", check="written"))
    case = done(case, records.undo)
    assert case.incident.step("notice-what").ticked == ("asked",)
    case = done(case, records.undo)
    assert case.incident.step("notice-what").state == "todo"
    with pytest.raises(Refused):
        done(case, records.undo)


def test_undo_is_refused_once_someone_built_on_it():
    case = done(opened_case(), partial(steps.start, step="notice-what"))
    case = done(case, partial(steps.tick, step="notice-what", check="asked"), actor="suzuki")
    with pytest.raises(Refused) as refused:
        done(case, records.undo)
    assert "suzuki" in str(refused.value)


def test_one_person_never_undoes_another_ones_act():
    case = done(opened_case(), partial(steps.start, step="notice-what"))
    with pytest.raises(Refused):
        done(case, records.undo, actor="suzuki")


def test_undoing_the_closing_opens_the_incident_again():
    case = done(opened_case(), partial(records.close, explanation="moved to another file"))
    assert case.incident.closed_at == START
    with pytest.raises(Refused):
        done(case, partial(steps.start, step="notice-what"))
    case = done(case, records.undo)
    assert case.incident.closed_at is None


def test_redaction_removes_the_words_wherever_the_incident_holds_them():
    case = recorded(opened_case(), [Act(e.FactRecorded("police_station", Prose("dig", "a resident's name")))])
    case = recorded(case, [Act(e.StepSkipped("theft", Prose("dig2", "because of a resident")))])
    case = recorded(case, [Act(e.EntryRedacted(2, "suzuki", Prose("r", "pasted by mistake"), ("dig",)))])
    current = case.current("police_station")
    assert current
    assert isinstance(current.value, Prose)
    assert current.value.text is None
    assert b"a resident's name" not in msgspec.msgpack.encode(case.incident)
    reason = case.incident.step("theft").reason
    assert reason
    assert reason.text == "because of a resident"
    case = claim(case, "police_station", "Suita", source="police")
    assert case.incident.fact("police_station").contested == []  # what was taken out says nothing any more


def test_an_incident_survives_the_snapshot_byte_for_byte():
    case = claim(opened_case(), "noticed_at", "~03:00", source="worker")
    case = done(case, partial(facts.record_dataset, name="resident register", count=460517, unit="persons"))
    case = done(case, partial(facts.record_row, register="members", typed={"name": "大高", "reading": "おおたか"}))
    packed = msgspec.msgpack.encode(case.incident)
    read = msgspec.msgpack.decode(packed, type=Incident)
    assert read == case.incident
    assert msgspec.msgpack.encode(read) == packed


ACTS = st.sampled_from(
    [
        partial(steps.start, step="notice-what"),
        partial(steps.tick, step="notice-what", check="asked"),
        partial(steps.tick, step="notice-what", check="asked", on=False),
        partial(steps.fill, step="notice-what", field="who", typed="A"),
        partial(steps.fill, step="notice-what", field="noticed", typed="03:00"),
        partial(steps.skip, step="notice-what", reason="r"),
        partial(steps.reopen, step="notice-what"),
        partial(steps.assign, step="notice-what", to="suzuki"),
        partial(facts.claim, name="persons", typed="5"),
        partial(facts.claim, name="persons", typed="6", source="b"),
        partial(facts.claim, name="persons", typed="", status="withdrawn"),
        partial(facts.record_dataset, name="d", count=3, unit="records"),
        partial(facts.record_row, register="members", typed={"name": "n"}),
        partial(facts.strike_row, register="members", key="n"),
        partial(steps.acknowledge, step="press", warning="password"),
        partial(records.note, text="n"),
    ]
)


def essence(case: Case) -> bytes:
    """What stands, without who touched it when and without what was undone."""
    own = case.incident
    standing = {
        "steps": {
            id: (s.state, s.started, s.done, s.owner, s.ticked, sorted(s.fields), s.reason is not None)
            for id, s in own.steps.items()
            if s.rests_on
        },
        "facts": {n: [(c.value, c.status, c.source) for c in f.live] for n, f in own.facts.items() if f.live},
        "datasets": [(d.name, d.count) for d in own.standing_datasets],
        "rows": {r: sorted(own.rows(r)) for r in own.registers if own.rows(r)},
        "acknowledged": sorted(own.acknowledged),
    }
    return msgspec.json.encode(standing)


@given(st.lists(ACTS, max_size=8), ACTS)
def test_an_act_and_its_undo_leave_what_was_there(past: list, act):
    case = opened_case()
    for decision in past:
        try:
            case = later(done(case, decision), minutes=1)
        except Refused:
            continue
    try:
        acts = act(case, By("sato", None, case.incident.seq))
    except Refused:
        return
    if acts:
        after = recorded(case, acts)
        assert essence(done(after, records.undo)) == essence(case)


def test_a_decision_made_of_several_sees_what_it_decided_before():
    case = done(
        opened_case(),
        together(
            partial(steps.fill, step="notice-what", field="noticed", typed="03:00"),
            partial(steps.finish, step="notice-what", moment=Moment(START)),
        ),
    )
    assert case.incident.step("notice-what").state == "done"
    assert case.value("noticed_at") == START.replace(hour=3, minute=0)


def held_in_a_snapshot() -> set[type[msgspec.Struct]]:
    """The structs an incident and its compiled playbook consist of."""

    def parts(sort: object) -> set[type[msgspec.Struct]]:
        found = {part for one in get_args(sort) for part in parts(one)}
        if isinstance(sort, type) and issubclass(sort, msgspec.Struct) and sort not in seen:
            seen.add(sort)
            found |= {sort, *(part for one in get_type_hints(sort).values() for part in parts(one))}
        return found

    seen: set[object] = set()
    return parts(Incident) | parts(Playbook)


def test_a_snapshot_is_stale_once_any_part_of_what_it_holds_changed():
    """Every module whose structs an incident or a playbook consists of is in the fingerprint of its snapshot."""
    made_of = {f"{part.__module__.removeprefix('runbook.')}.py" for part in held_in_a_snapshot()}
    assert {"duty.py", "touch.py", "regime.py"} <= made_of
    assert made_of | {"fold.py"} <= {line.split()[0] for line in loading._fingerprint().splitlines()}


def test_the_types_of_what_a_snapshot_holds_are_not_texts():
    """With `from __future__ import annotations` msgspec would compile each of them anew at every start: 3 ms."""
    texts = {sort.__module__ for sort in held_in_a_snapshot() if str in map(type, sort.__annotations__.values())}
    assert texts == set()
