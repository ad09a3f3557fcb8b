"""Japan's law as it is shipped: who must report what to whom, and by when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.case import Case
from runbook.duties import Deadline, legal_deadlines, notes
from runbook.guardrails import State, findings
from runbook.notices.checking import current_rules
from runbook.playbook import ClaimStatus, Playbook
from runbook.regime import Regime, WithoutDelay
from runbook.speech import speaker
from tests.making import opened_case
from tests.noticing import SHIPPED, told

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=TOKYO)
DUTIES = {
    "jp.appi.26": ["prelim", "final", "subjects", "entrustor"],
    "jp.appi.68": ["prelim", "final", "subjects"],
    "jp.assembly": ["ordinance"],
    "jp.mynumber": ["prelim", "final", "subjects", "guideline_report", "guideline_report.effort", "publish"],
}
ART_26, ART_68, MY_NUMBER = (
    [f"{regime}.{part}" for part in ("prelim", "final", "subjects")]
    for regime in ("jp.appi.26", "jp.appi.68", "jp.mynumber")
)

NOTHING = {
    "known_at": "2026-11-21T09:00",
    "my_number": "no",
    "cause": "loss",
    "malicious": "no",
    "theft_possible": "no",
    "sensitive_data": "no",
    "financial_risk": "no",
    "ordinance_sensitive": "no",
    "mynumber_system": "no",
    "mynumber_open": "no",
    "contractor_involved": "no",
    "report_delegated": "no",
}
"""A loss of which everything is known, and nothing of it must be reported."""


@cache
def playbook() -> Playbook:
    return SHIPPED.playbook("lost-media")


@cache
def regime(id: str) -> Regime:
    return next(one for one in playbook().regimes if one.id == id)


def claimed(case: Case, status: ClaimStatus = "confirmed", source: str = "", /, **facts: str) -> Case:
    """The case after a source said these."""
    for name, typed in facts.items():
        case = told(case, name, typed, status=status, source=source)
    return case


def lost(at: datetime = NOW, /, **facts: str) -> Case:
    """A loss with nothing to report, but for these facts; empty leaves one unrecorded."""
    return claimed(
        opened_case(playbook(), at), **{name: typed for name, typed in {**NOTHING, **facts}.items() if typed}
    )


def public(persons: str = "101", **facts: str) -> Case:
    return lost(organization_type="public_body", persons=persons, **facts)


def clock(case: Case, id: str) -> Deadline:
    return next(one for one in legal_deadlines(case) if one.id == id)


def answers(case: Case, ids: Iterable[str]) -> set[bool | None]:
    """Whether these duties apply."""
    return {clock(case, id).applies for id in ids}


def applying(case: Case) -> list[str]:
    return [one.id for one in legal_deadlines(case) if one.applies and one.id.startswith("jp.")]


def end_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T23:59:59").replace(tzinfo=TOKYO)


# What there is


def test_the_duties_are_there_under_their_names() -> None:
    found = {one.id: [duty.id for duty in one.duties] for one in playbook().regimes if one.id.startswith("jp.")}
    assert found == {id: [f"{id}.{part}" for part in parts] for id, parts in DUTIES.items()}
    assert all(regime(id).default and regime(id).zone == "Asia/Tokyo" and regime(id).calendar == "JP" for id in DUTIES)


def test_every_rule_says_where_it_is_from_and_how_that_was_checked() -> None:
    for one in (regime(id) for id in DUTIES):
        used = {source for duty in one.duties for source in duty.sources}
        used |= {reading.source for duty in one.duties for reading in duty.deadlines}
        used |= {note.source for duty in one.duties for note in duty.notes}
        used |= {rule.source for rule in one.occasions.values()} | {rule.source for rule in one.exemptions.values()}
        used |= {rule.source for rule in one.assumptions}
        used |= {one.force.source} - {""}
        assert used == set(one.sources), f"{one.id}: a source that nothing rests on, or one that is missing"
        for source in one.sources.values():
            assert source.verified in ("official", "secondary", "memory-high", "memory-medium", "inference")
            assert (source.verified == "inference") == (source.id in ("our-targets", "cautious-reading", "leak-means"))
        assert all(duty.sources for duty in one.duties)


@pytest.mark.parametrize(
    ("id", "source", "mark"),
    [
        ("jp.appi.26", "appi-26", "official"),
        ("jp.appi.26", "guideline", "official"),
        ("jp.appi.26", "since-2022", "memory-high"),
        ("jp.appi.26", "encryption-qa", "secondary"),
        ("jp.appi.26", "rules-2026", "secondary"),
        ("jp.appi.68", "rule-43", "official"),
        ("jp.appi.68", "rule-43-5", "memory-high"),
        ("jp.appi.68", "rule-44", "memory-high"),
        ("jp.appi.68", "rule-45", "memory-high"),
        ("jp.appi.68", "known-qa", "official"),
        ("jp.appi.68", "since-2023", "secondary"),
        ("jp.mynumber", "mynumber-29-4", "official"),
        ("jp.mynumber", "rule-2", "official"),
        ("jp.mynumber", "since-2022", "memory-medium"),
        ("jp.mynumber", "both-tables", "memory-high"),
    ],
)
def test_the_marks_are_those_of_the_research(id: str, source: str, mark: str) -> None:
    assert regime(id).sources[source].verified == mark


def test_our_own_aims_never_look_like_law() -> None:
    for duty in (duty for id in DUTIES for duty in regime(id).duties):
        for reading in duty.deadlines:
            assert isinstance(reading.rule, WithoutDelay) == (reading.source == "our-targets"), duty.id


def test_nine_items_are_reported_and_five_are_told_to_persons() -> None:
    for id in ("jp.appi.26", "jp.appi.68", "jp.mynumber"):
        assert list(regime(id).items) == [str(n) for n in range(1, 10)]
        items = {duty.id.removeprefix(f"{id}."): duty.items for duty in regime(id).duties}
        assert items["prelim"] == items["final"] == tuple(regime(id).items)
        assert items["subjects"] == ("1", "2", "4", "5", "9")


def test_titles_fit_into_lists() -> None:
    for duty in (duty for id in DUTIES for duty in regime(id).duties):
        for text in (duty.title.ja, duty.title.en):
            assert sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text) <= 30, text


def test_a_fact_a_law_shares_with_the_playbook_is_the_same_fact() -> None:
    own = [fact for id in DUTIES for fact in regime(id).facts.values()]
    assert {"copy_kept", "contractor_involved", "theft_possible", "notice_replaced"} <= {fact.id for fact in own}
    for fact in own:
        assert playbook().facts[fact.id] == fact
        assert fact.ask is not None


def test_what_is_not_in_force_is_only_a_note() -> None:
    notes = [note for id in DUTIES for duty in regime(id).duties for note in duty.notes]
    pending = [note.text for note in notes if note.source == "appi-2026"]
    assert ["施行されていません" in text.ja and "not in force" in text.en for text in pending] == [True]
    assert all(regime(id).force.end == "" for id in DUTIES)


# By when


@pytest.mark.parametrize("id", ["jp.appi.26", "jp.appi.68", "jp.mynumber"])
@pytest.mark.parametrize(
    ("known", "day_3", "day_5", "day_30", "day_60"),
    [
        ("2026-11-21", "2026-11-23", "2026-11-25", "2026-12-21", "2027-01-19"),
        ("2026-12-04", "2026-12-06", "2026-12-08", "2027-01-04", "2027-02-01"),
        ("2026-12-01", "2026-12-03", "2026-12-05", "2027-01-04", "2027-01-29"),
    ],
)
def test_worked_dates(id: str, known: str, day_3: str, day_5: str, day_30: str, day_60: str) -> None:
    kind = "business" if id == "jp.appi.26" else "public_body"
    at = datetime.fromisoformat(f"{known}T10:00").replace(tzinfo=TOKYO)
    case = lost(at, known_at=f"{known}T09:00", organization_type=kind, persons="1001", my_number="yes")
    prelim, final = clock(case, f"{id}.prelim"), clock(case, f"{id}.final")
    assert (prelim.applies, prelim.state, prelim.target) == (True, "running", True)
    assert (prelim.earliest, prelim.due_at) == (end_of(day_3), end_of(day_5))
    assert (final.applies, final.due_at, final.latest, final.target) == (True, end_of(day_30), end_of(day_30), False)
    stolen = clock(claimed(case, cause="theft"), f"{id}.final")
    assert (stolen.due_at, stolen.latest) == (end_of(day_60), end_of(day_60))


@pytest.mark.parametrize(
    ("theft", "due", "latest"),
    [
        ({}, "2026-12-21", "2026-12-21"),
        ({"cause": "loss, it is said"}, "2026-12-21", "2026-12-21"),
        ({"cause": "theft, it is said"}, "2026-12-21", "2027-01-19"),
        ({"cause": "unknown"}, "2026-12-21", "2027-01-19"),
        ({"malicious": "yes, it is said"}, "2026-12-21", "2027-01-19"),
        ({"malicious": "unknown", "theft_possible": "yes"}, "2026-12-21", "2027-01-19"),
        ({"malicious": "unknown", "cause": "taken_home"}, "2026-12-21", "2027-01-19"),
        ({"cause": "theft"}, "2027-01-19", "2027-01-19"),
        ({"cause": "intrusion"}, "2027-01-19", "2027-01-19"),
        ({"malicious": "yes"}, "2027-01-19", "2027-01-19"),
    ],
)
def test_thirty_days_until_a_theft_is_confirmed_then_sixty(theft: dict[str, str], due: str, latest: str) -> None:
    case = public(cause="", malicious="")
    for name, typed in {"cause": "loss", "malicious": "no", **theft}.items():
        value, _, said = typed.partition(",")
        case = claimed(case, "claimed" if said else "confirmed", **{name: value})
    for regime_case, id in (
        (case, "jp.appi.68.final"),
        (claimed(case, my_number="yes"), "jp.mynumber.final"),
        (claimed(case, organization_type="business", sensitive_data="yes"), "jp.appi.26.final"),
    ):
        found = clock(regime_case, id)
        assert (found.applies, found.due_at, found.latest) == (True, end_of(due), end_of(latest)), id


def test_both_dates_stand_while_nobody_knows_how_it_was_lost() -> None:
    found = clock(public(cause="unknown", malicious="", theft_possible=""), "jp.appi.68.final")
    assert [(read.due_at, read.on is not None) for read in found.readings] == [
        (end_of("2027-01-19"), True),
        (end_of("2026-12-21"), False),
    ]
    assert found.due_at == end_of("2026-12-21")
    assert {"cause", "malicious"} <= set(found.questions)


def test_sixty_days_hold_too_where_other_items_apply_besides() -> None:
    case = public("5000", cause="theft", sensitive_data="yes", financial_risk="yes", my_number="yes")
    assert clock(case, "jp.appi.68.final").due_at == end_of("2027-01-19")
    assert clock(case, "jp.mynumber.final").due_at == end_of("2027-01-19")


@pytest.mark.parametrize(
    ("known", "provisional", "due", "words"),
    [
        ("2026-11-20T23:59", False, "2026-11-24", "is Fri 2026-11-20 23:59"),
        ("2026-11-21T00:00", False, "2026-11-25", "is Sat 2026-11-21 00:00"),
        ("~2026-11-20T23:50", False, "2026-11-24", "is about Fri 2026-11-20 23:50"),
        ("2026-11-20", False, "2026-11-24", "known by its day only"),
        ("unknown", True, "2026-11-23", "the noticing"),
        ("", True, "2026-11-23", "the noticing"),
    ],
)
def test_day_1_is_the_day_of_knowing_as_precisely_as_it_is_known(
    known: str, provisional: bool, due: str, words: str
) -> None:
    found = clock(public(known_at=known, noticed_at="2026-11-19T18:00"), "jp.appi.68.prelim")
    assert (found.due_at, found.provisional) == (end_of(due), provisional)
    assert found.state == ("unknown" if provisional else "running")
    assert words in "\n".join(map(speaker("en"), found.derivation))


def test_the_days_are_those_of_japan_wherever_the_incident_is_kept() -> None:
    case = public(known_at="2026-11-21T00:30")
    new_york = msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, zone="America/New_York"))
    found = clock(new_york, "jp.appi.68.prelim")
    assert found.starts_at is not None
    assert found.starts_at.isoformat() == "2026-11-20T10:30:00-05:00"
    assert found.due_at == end_of("2026-11-25")
    assert "The days are those of Asia/Tokyo" in "\n".join(map(speaker("en"), found.derivation))


def test_persons_are_told_without_delay_and_no_date_is_invented() -> None:
    found = clock(public(), "jp.appi.68.subjects")
    assert (found.applies, found.due_at, found.target) == (True, None, True)
    assert found.aim_at == datetime(2026, 11, 24, 9, 0, tzinfo=TOKYO)


# What must be reported


@pytest.mark.parametrize(
    ("kind", "my_number", "ids", "most"),
    [
        ("public_body", "no", ART_68, 100),
        ("business", "no", ART_26, 1000),
        ("public_hospital", "no", ART_26, 1000),
        ("public_body", "yes", MY_NUMBER, 100),
        ("business", "yes", MY_NUMBER, 100),
    ],
)
def test_a_number_must_be_more_than_its_threshold(kind: str, my_number: str, ids: list[str], most: int) -> None:
    for persons, expected in ((0, False), (1, False), (most - 1, False), (most, False), (most + 1, True)):
        case = lost(organization_type=kind, my_number=my_number, persons=str(persons))
        assert answers(case, ids) == {expected}, persons


def test_the_largest_number_that_is_said_counts() -> None:
    case = claimed(public(""), "estimate", "contractor", persons="101")
    case = claimed(case, "estimate", "section", persons="90")
    assert answers(case, ART_68) == {True}
    assert answers(claimed(case, persons="90"), ART_68) == {False}


def test_while_the_number_is_unknown_it_may_have_to_be_reported() -> None:
    for kind, ids in (("public_body", ART_68), ("business", ART_26)):
        case = lost(organization_type=kind, persons="")
        assert answers(case, ids) == {None}
        assert clock(case, ids[0]).questions == ("persons",)
        assert clock(case, ids[0]).due_at == end_of("2026-11-25")


@pytest.mark.parametrize(
    ("fact", "value", "article_68", "article_26", "my_number"),
    [
        ("sensitive_data", "yes", True, True, False),
        ("financial_risk", "yes", True, True, False),
        ("malicious", "yes", True, True, True),
        ("theft_possible", "yes", True, True, True),
        ("cause", "theft", True, True, True),
        ("cause", "intrusion", True, True, True),
        ("cause", "misdelivery", False, False, False),
        ("cause", "taken_home", False, False, False),
        ("ordinance_sensitive", "yes", True, False, False),
        ("mynumber_system", "yes", False, False, True),
        ("mynumber_open", "yes", False, False, True),
    ],
)
def test_one_person_is_enough_for_each_other_item(
    fact: str, value: str, article_68: bool, article_26: bool, my_number: bool
) -> None:
    town = lost(organization_type="public_body", persons="1", my_number="yes", **{fact: value})
    firm = claimed(town, organization_type="business")
    assert answers(town, ART_68) == {article_68}
    assert answers(firm, ART_26) == {article_26}
    assert answers(town, MY_NUMBER) == answers(firm, MY_NUMBER) == {my_number}


def test_a_mere_claim_is_enough_to_make_the_duty() -> None:
    case = claimed(public("1", sensitive_data=""), "claimed", "contractor", sensitive_data="yes")
    assert answers(case, ART_68) == {True}


# Who must report, and to whom


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("public_body", ART_68),
        ("business", ART_26),
        ("public_hospital", ART_26),
        ("assembly", ["jp.assembly.ordinance"]),
    ],
)
def test_each_kind_of_organisation_goes_by_its_own_law(kind: str, expected: list[str]) -> None:
    assert applying(lost(organization_type=kind, persons="1001")) == expected


def test_while_the_kind_is_unknown_each_of_them_may_apply() -> None:
    case = lost(persons="1001")
    assert answers(case, [*ART_26, *ART_68, "jp.assembly.ordinance"]) == {None}
    assert all(clock(case, id).questions == ("organization_type",) for id in (ART_26[0], ART_68[0]))
    few = lost(persons="101")
    assert answers(few, ART_26) == {False}
    assert answers(few, ART_68) == {None}


def test_an_assembly_is_sent_to_its_own_ordinance_and_given_no_rule() -> None:
    found = clock(lost(organization_type="assembly"), "jp.assembly.ordinance")
    assert (found.applies, found.due_at) == (True, None)
    assert found.aim_at == datetime(2026, 11, 26, 9, 0, tzinfo=TOKYO)
    duty = regime("jp.assembly").duties[0]
    assert not regime("jp.assembly").occasions
    assert "条例" in duty.notes[0].text.ja


def test_looking_up_an_ordinance_is_not_more_urgent_than_the_preliminary_report() -> None:
    case = lost(organization_type="", persons="101")
    aim, prelim = (clock(case, id).falls_at for id in ("jp.assembly.ordinance", "jp.appi.68.prelim"))
    assert aim is not None
    assert prelim is not None
    assert aim > prelim


@pytest.mark.parametrize("id", ["jp.appi.26.final", "jp.appi.68.final", "jp.mynumber.final"])
@pytest.mark.parametrize(
    ("facts", "status", "kept"),
    [
        ({"cause": "", "malicious": ""}, "confirmed", True),
        ({"cause": "loss", "malicious": "no"}, "confirmed", True),
        ({"cause": "theft"}, "claimed", True),
        ({"cause": "theft"}, "confirmed", False),
        ({"cause": "intrusion"}, "confirmed", False),
        ({"malicious": "yes"}, "estimate", True),
        ({"malicious": "yes"}, "confirmed", False),
    ],
)
def test_until_a_theft_is_confirmed_is_said_until_it_is(
    id: str, facts: dict[str, str], status: ClaimStatus, kept: bool
) -> None:
    case = claimed(public(cause="", malicious="", my_number="yes"), status, **{k: v for k, v in facts.items() if v})
    assert any("盗難などが確かめられるまでは" in note.text.ja for note in notes(case, id)) is kept


@pytest.mark.parametrize(
    ("facts", "status", "kept"),
    [({}, "confirmed", True), ({"my_number": "yes"}, "claimed", True), ({"my_number": "yes"}, "confirmed", False)],
)
def test_while_it_is_unknown_is_said_of_my_number_while_it_is(
    facts: dict[str, str], status: ClaimStatus, kept: bool
) -> None:
    case = claimed(public(my_number=""), status, **facts)
    assert any("含まれるか分からないときは" in note.text.ja for note in notes(case, "jp.mynumber.prelim")) is kept


def test_a_local_public_body_had_no_such_duty_in_2022() -> None:
    case = lost(
        datetime(2022, 6, 22, 16, 0, tzinfo=TOKYO),
        known_at="2022-06-22T15:45",
        organization_type="public_body",
        persons="460000",
    )
    assert answers(case, ART_68) == {False}
    assert "In force from Sat 2023-04-01 only" in "\n".join(map(speaker("en"), clock(case, ART_68[0]).derivation))
    assert answers(claimed(case, law_as_of="2026-11-21"), ART_68) == {True}
    assert clock(claimed(case, law_as_of="2026-11-21"), ART_68[1]).due_at == end_of("2022-07-21")
    assert answers(claimed(case, law_as_of="2023-03-31"), ART_68) == {False}
    assert answers(claimed(case, law_as_of="2023-04-01"), ART_68) == {True}


@pytest.mark.parametrize(
    ("delegated", "expected"),
    [
        ("no", ["個人情報保護委員会"]),
        ("yes", ["事業所管大臣"]),
        ("", ["個人情報保護委員会", "事業所管大臣"]),
    ],
)
def test_some_sectors_report_to_their_minister_instead(delegated: str, expected: list[str]) -> None:
    case = lost(organization_type="business", persons="1001", my_number="yes", report_delegated=delegated)
    for id in ART_26[:2]:
        assert [name.ja for name in clock(case, id).to] == expected
    assert [name.ja for name in clock(case, "jp.mynumber.prelim").to] == ["個人情報保護委員会"]


def test_a_public_body_never_reports_to_a_minister() -> None:
    assert [name.ja for name in clock(public(report_delegated="yes"), ART_68[0]).to] == ["個人情報保護委員会"]


# Contractors


def test_a_contractor_owes_the_notice_by_its_own_threshold_and_clock() -> None:
    def notice(persons: str, **facts: str) -> Deadline:
        return clock(public(persons, contractor_involved="yes", **facts), "jp.appi.26.entrustor")

    found = notice("1001", contractor_known_at="2026-11-20T22:00")
    assert (found.applies, found.due_at) == (True, end_of("2026-11-24"))
    assert found.party is not None
    assert found.party.ja == "委託先"
    assert notice("101", contractor_known_at="2026-11-20T22:00").applies is False
    assert notice("1000", contractor_known_at="2026-11-20T22:00").applies is False
    assert notice("1", sensitive_data="yes").applies is True
    assert notice("1001").due_at is None, "nobody else's knowing starts the contractor's clock"
    assert clock(public("1001"), "jp.appi.26.entrustor").applies is False
    assert clock(public("1001", contractor_involved=""), "jp.appi.26.entrustor").applies is None


def test_a_public_body_is_told_that_its_own_duty_begins_at_101() -> None:
    entrustor = regime("jp.appi.26").duties[3]
    note = next(note for note in entrustor.notes if note.when)
    assert note.when == "organization_type == public_body"
    assert "101" in note.text.ja
    case = public("101", contractor_involved="yes", contractor_known_at="2026-11-20T22:00")
    assert answers(case, ART_68) == {True}
    assert clock(case, "jp.appi.26.entrustor").applies is False


def test_whoever_handled_it_as_a_contractor_is_released_by_telling_the_entrusting_party() -> None:
    firm = lost(organization_type="business", persons="1001", my_number="yes")
    assert answers(firm, [*ART_26, *MY_NUMBER]) == {True}
    assert answers(claimed(firm, "claimed", entrustor_notified="yes"), [*ART_26, *MY_NUMBER]) == {True}
    assert answers(claimed(firm, entrustor_notified="yes"), [*ART_26, *MY_NUMBER]) == {False}
    assert answers(claimed(public(), entrustor_notified="yes"), ART_68) == {True}, "article 68 has no such rule"


# What takes a duty away

ENCRYPTION = ("encrypted", "encryption_strong", "key_separate", "remote_erase")
stages = st.sampled_from(["", "no", "unknown", "yes, it is said", "yes"])


@given(st.fixed_dictionaries(dict.fromkeys(ENCRYPTION, stages)))
def test_encryption_exempts_only_once_all_of_it_is_confirmed(stage: dict[str, str]) -> None:
    case = lost(organization_type="public_body", persons="1001", my_number="yes", contractor_involved="yes")
    for name, typed in stage.items():
        if typed:
            value, _, said = typed.partition(",")
            case = claimed(case, "claimed" if said else "confirmed", **{name: value})
    sure = {name for name, typed in stage.items() if typed == "yes"}
    exempt = {"encrypted", "encryption_strong"} <= sure and bool({"key_separate", "remote_erase"} & sure)
    assert answers(case, [*ART_68, *MY_NUMBER, "jp.appi.26.entrustor"]) == {not exempt}
    assert answers(claimed(case, organization_type="business"), ART_26) == {not exempt}


@pytest.mark.parametrize(
    ("facts", "exempt"),
    [
        ({}, False),
        ({"encrypted": "yes"}, False),  # a password on an unencrypted stick is not even this
        ({"encrypted": "yes", "encryption_strong": "yes"}, False),
        ({"encrypted": "yes", "key_separate": "yes"}, False),
        ({"encrypted": "yes", "encryption_strong": "yes", "key_separate": "no", "remote_erase": "no"}, False),
        ({"encrypted": "yes", "encryption_strong": "yes", "key_separate": "unknown"}, False),
        ({"encrypted": "yes", "encryption_strong": "yes", "key_separate": "yes"}, True),
        ({"encrypted": "yes", "encryption_strong": "yes", "key_separate": "no", "remote_erase": "yes"}, True),
        ({"recovered_unread": "yes"}, True),
        ({"recovered_unread": "unknown"}, False),
        ({"kept_inside": "yes"}, False),
        ({"copy_kept": "yes"}, False),
        ({"kept_inside": "yes", "copy_kept": "yes"}, True),
    ],
)
def test_what_exempts_does_so_once_it_is_confirmed(facts: dict[str, str], exempt: bool) -> None:
    town = public("1001", my_number="yes")
    firm = lost(organization_type="business", persons="1001")
    assert answers(claimed(town, **facts), [*ART_68, *MY_NUMBER]) == {not exempt}
    assert answers(claimed(firm, **facts), ART_26) == {not exempt}
    assert answers(claimed(town, "claimed", **facts), [*ART_68, *MY_NUMBER]) == {True}


def test_a_medium_in_its_place_exempts_no_intrusion() -> None:
    kept = {"kept_inside": "yes", "copy_kept": "yes"}
    for cause in ("intrusion", "unknown"):
        assert answers(public("1001", my_number="yes", cause=cause, **kept), [*ART_68, *MY_NUMBER]) == {True}
        assert answers(lost(organization_type="business", persons="1001", cause=cause, **kept), ART_26) == {True}


def test_other_measures_take_the_place_of_the_notice_only() -> None:
    town, firm = public("1001", my_number="yes"), lost(organization_type="business", persons="1001")
    for case, ids in ((town, ART_68), (town, MY_NUMBER), (firm, ART_26)):
        replaced = claimed(case, notice_replaced="yes")
        assert [clock(replaced, id).applies for id in ids] == [True, True, False]
        assert answers(claimed(case, "claimed", notice_replaced="yes"), ids) == {True}


def test_non_disclosure_information_exempts_public_bodies_from_telling_persons() -> None:
    case = claimed(public("1001", my_number="yes"), nondisclosure_information="yes")
    assert [clock(case, id).applies for id in ART_68] == [True, True, False]
    assert answers(case, MY_NUMBER) == {True}
    firm = claimed(
        lost(organization_type="business", persons="1001"),
        nondisclosure_information="yes",
    )
    assert answers(firm, ART_26) == {True}


# My Number


@pytest.mark.parametrize("my_number", ["", "unknown", "yes"])
def test_my_number_counts_as_included_until_it_is_known_not_to_be(my_number: str) -> None:
    case = public(my_number=my_number)
    assert answers(case, [*MY_NUMBER, "jp.mynumber.publish"]) == {True}
    counted = "counted as yes" in "\n".join(map(speaker("en"), clock(case, "jp.mynumber.prelim").derivation))
    assert counted == (my_number != "yes")


def test_without_my_number_its_act_asks_nothing() -> None:
    assert not [id for id in applying(public("460000")) if id.startswith("jp.mynumber")]


def test_a_public_body_reports_my_number_by_the_guideline_below_every_threshold() -> None:
    case = public("100", my_number="yes")
    found = clock(case, "jp.mynumber.guideline_report")
    assert answers(case, MY_NUMBER) == {False}
    assert (found.applies, found.binding, found.due_at) == (True, "guideline", None)
    assert clock(public("100", my_number=""), found.id).applies is True
    assert clock(public("101", my_number="yes"), found.id).applies is False, "the statute's own report is due"
    assert clock(public("", my_number="yes"), found.id).applies is None
    assert clock(case, "jp.mynumber.guideline_report.effort").applies is False


@pytest.mark.parametrize("facts", [{"recovered_unread": "yes"}, {"kept_inside": "yes", "copy_kept": "yes"}])
def test_what_proved_to_be_no_leak_is_reported_by_the_guideline_still(facts: dict[str, str]) -> None:
    case = public("101", my_number="yes")
    assert clock(claimed(case, "claimed", **facts), "jp.mynumber.guideline_report").applies is False
    assert [clock(claimed(case, **facts), f"jp.mynumber.{one}").applies for one in ("prelim", "guideline_report")] == [
        False,
        True,
    ]


def test_a_business_is_asked_to_try() -> None:
    case = lost(organization_type="business", persons="100", my_number="yes")
    assert clock(case, "jp.mynumber.guideline_report").applies is False
    found = clock(case, "jp.mynumber.guideline_report.effort")
    assert (found.applies, found.binding) == (True, "effort")
    assert clock(case, "jp.mynumber.publish").applies is False


def test_a_public_body_publishes_what_happened_to_my_number() -> None:
    found = clock(public("1", my_number="yes"), "jp.mynumber.publish")
    assert (found.applies, found.binding, found.due_at) == (True, "guideline", None)


def test_both_acts_stand_side_by_side() -> None:
    assert applying(public("101", my_number="yes")) == [*ART_68, *MY_NUMBER, "jp.mynumber.publish"]


def test_the_items_of_a_report_are_never_taken_for_a_denial() -> None:
    """The commission's report lists every item with whether it holds; a word of it must not stop the approval."""
    rules = current_rules(SHIPPED)
    titles = [one.title for id in DUTIES for one in regime(id).occasions.values()]
    rows = [f"| {one.ja} | {held} |" for one in titles for held in ("該当する", "該当しない", "確認中")]
    rows += [f"| {one.en} | {held} |" for one in titles for held in ("applies", "does not apply", "being confirmed")]
    assert {row: found for row in rows if (found := [one.rule for one in findings(row, rules, State())])} == {}
