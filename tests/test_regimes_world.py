"""The regimes outside Japan. Dates, thresholds and marks are written here by hand, from the sources the files name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

import msgspec
import pytest
from rich.cells import cell_len

from runbook.actions.duties import file
from runbook.case import Case
from runbook.content import read_regime
from runbook.declared import FactSpec
from runbook.duties import Deadline, legal_deadlines
from runbook.playbook import ClaimStatus, Playbook
from runbook.regime import Regime
from runbook.speech import speaker
from tests.making import TOKYO, done, opened_case
from tests.noticing import SHIPPED, told

FRIDAY = "2026-11-20T17:40+09:00"
"""When the organisation knew, if a test says nothing else."""

STATUSES: tuple[ClaimStatus, ...] = ("confirmed", "estimate")

# Every duty, with the mark of what it rests on.
DUTIES = {
    "au.ndb": "official",
    "au.ndb.assess": "secondary",
    "au.ndb.subjects": "secondary",
    "br.lgpd": "secondary",
    "br.lgpd.register": "secondary",
    "br.lgpd.subjects": "secondary",
    "br.lgpd.supplement": "secondary",
    "ca.pipeda": "official",
    "ca.pipeda.records": "memory-high",
    "ca.pipeda.subjects": "official",
    "cn.pipl": "official",
    "cn.pipl.network": "official",
    "cn.pipl.subjects": "official",
    "eu.gdpr.33": "official",
    "eu.gdpr.33_2": "official",
    "eu.gdpr.33_5": "official",
    "eu.gdpr.34": "secondary",
    "hk.pdpo": "official",
    "in.dpdp": "secondary",
    "in.dpdp.board": "secondary",
    "in.dpdp.details": "secondary",
    "kr.pipa": "official",
    "kr.pipa.possible": "official",
    "kr.pipa.report": "official",
    "sg.pdpa": "official",
    "sg.pdpa.assess": "official",
    "sg.pdpa.subjects": "official",
    "tw.pdpa": "official",
    "uk.gdpr.33": "secondary",
    "uk.gdpr.34": "memory-high",
    "us.ca.1798_82": "secondary",
    "us.ca.1798_82.ag": "secondary",
    "us.hipaa.404": "memory-high",
    "us.hipaa.406": "memory-high",
    "us.hipaa.408": "official",
    "us.ny.899aa": "secondary",
    "us.ny.899aa.authorities": "secondary",
}


@cache
def lost_media() -> Playbook:
    return SHIPPED.playbook("lost-media")


def world() -> list[Regime]:
    return [regime for regime in lost_media().regimes if not regime.id.startswith("jp.")]


def asked_case(regime: str, known: str = FRIDAY, status: ClaimStatus = "confirmed", /, **facts: str) -> Case:
    """A case under one regime, half a day after the organisation knew."""
    at = datetime.fromisoformat(known)
    case = opened_case(lost_media(), (at + timedelta(hours=12)).astimezone(TOKYO))
    case = told(told(case, "regimes", regime), "known_at", known)
    for name, typed in facts.items():
        case = told(case, name, typed, status=status)
    return case


def clocks(case: Case) -> dict[str, Deadline]:
    return {one.id: one for one in legal_deadlines(case)}


def clock(duty: str, known: str = FRIDAY, status: ClaimStatus = "confirmed", /, **facts: str) -> Deadline:
    return clocks(asked_case(regime_of(duty), known, status, **facts))[duty]


def regime_of(duty: str) -> str:
    return next(regime.id for regime in world() if duty in [one.id for one in regime.duties])


def filed(case: Case, duty: str, at: str) -> Case:
    case = msgspec.structs.replace(case, now=datetime.fromisoformat(at).astimezone(TOKYO))
    return done(case, partial(file, duty=duty))


def lines(one: Deadline, language: str = "en") -> str:
    return "\n".join(map(speaker("ja" if language == "ja" else "en"), one.derivation))


def due(one: Deadline, zone: str = "Asia/Tokyo") -> str:
    assert one.due_at is not None
    return one.due_at.astimezone(ZoneInfo(zone)).isoformat()


# The files


def test_every_duty_is_there_under_its_own_name() -> None:
    assert sorted(duty.id for regime in world() for duty in regime.duties) == sorted(DUTIES)


@pytest.mark.parametrize("duty", sorted(DUTIES))
def test_every_duty_ships_its_mark_its_sources_and_the_day_its_law_was_read(duty: str) -> None:
    found = clock(duty)
    assert found.confidence == DUTIES[duty]
    assert found.basis is not None
    assert found.basis.ja
    assert found.basis.en
    assert found.read_on is not None
    assert found.read_on.isoformat() == "2026-11-21"


def test_every_regime_passes_the_check_and_is_asked_only_when_named() -> None:
    playbook = lost_media()
    assert playbook.unread == ()
    facts = SHIPPED.file("playbooks/facts.yaml").read_text("utf-8")
    for regime in world():
        name = f"{regime.id}.yaml"
        assert read_regime(SHIPPED.file(f"playbooks/regimes/{name}").read_text("utf-8"), facts, name) == regime
        assert not regime.default
        assert all(duty.id.startswith(regime.id) for duty in regime.duties)
    unnamed = legal_deadlines(opened_case(playbook))
    assert unnamed
    assert {one.id.split(".")[0] for one in unnamed} == {"jp"}


def test_a_named_regime_alone_is_asked() -> None:
    assert {one.regime for one in legal_deadlines(asked_case("sg.pdpa"))} == {"sg.pdpa"}


def test_a_fact_that_several_declare_is_the_same_everywhere() -> None:
    playbook = lost_media()
    seen: dict[str, FactSpec] = {}
    shared = set()
    for regime in playbook.regimes:
        for name, fact in regime.facts.items():
            assert seen.setdefault(name, fact) == fact, f"{regime.id} declares {name} in other words"
            assert playbook.facts[name] == fact, f"{regime.id} declares {name} in other words than the playbook"
            shared |= {name} if seen[name] is not fact else set()
    assert {"gdpr_risk", "gdpr_high_risk", "assessed_at", "breach_determined_at"} <= shared


def test_every_own_fact_has_its_question_and_decides_something() -> None:
    for regime in world():
        text = SHIPPED.file(f"playbooks/regimes/{regime.id}.yaml").read_text("utf-8")
        for fact in regime.facts.values():
            assert fact.ask is not None
            assert fact.ask.ja.endswith(("。", "か"))
            assert fact.ask.en.endswith(("?", "."))
            assert len(re.findall(rf"\b{fact.id}\b", text)) > 1, f"{regime.id}: {fact.id} is declared and never used"


def test_titles_fit_the_lists() -> None:
    for regime in world():
        titles = [duty.title for duty in regime.duties] + [fact.title for fact in regime.facts.values()]
        for title in titles:
            assert max(cell_len(title.ja), cell_len(title.en)) <= 30, title


# Dates: known Friday 2026-11-20 17:40 in Tokyo unless said otherwise


@pytest.mark.parametrize(
    ("duty", "known", "facts", "falls", "zone"),
    [
        # 72 hours, to the minute, over a weekend and a Japanese holiday
        ("eu.gdpr.33", FRIDAY, {"gdpr_risk": "yes"}, "2026-11-23T17:40:00+09:00", "Asia/Tokyo"),
        ("uk.gdpr.33", FRIDAY, {"gdpr_risk": "yes"}, "2026-11-23T08:40:00+00:00", "Europe/London"),
        ("kr.pipa", FRIDAY, {}, "2026-11-23T17:40:00+09:00", "Asia/Seoul"),
        ("kr.pipa.report", FRIDAY, {"persons": "1000"}, "2026-11-23T17:40:00+09:00", "Asia/Seoul"),
        ("kr.pipa.possible", FRIDAY, {"kr_only_possible": "yes"}, "2026-11-23T17:40:00+09:00", "Asia/Seoul"),
        # spring and autumn: 72 real hours, whatever the clocks on the wall do
        ("eu.gdpr.33", "2026-03-27T17:40+01:00", {"gdpr_risk": "yes"}, "2026-03-30T18:40:00+02:00", "Europe/Berlin"),
        ("eu.gdpr.33", "2026-10-24T12:00+02:00", {"gdpr_risk": "yes"}, "2026-10-27T11:00:00+01:00", "Europe/Berlin"),
        ("uk.gdpr.33", "2026-10-23T18:00+01:00", {"gdpr_risk": "yes"}, "2026-10-26T17:00:00+00:00", "Europe/London"),
        # three days after the day of assessment, in Singapore, where at 00:30 in Tokyo it is still the day before
        ("sg.pdpa", FRIDAY, {"persons": "500", "assessed_at": FRIDAY}, "2026-11-23T23:59:59+08:00", "Asia/Singapore"),
        (
            "sg.pdpa",
            FRIDAY,
            {"persons": "500", "assessed_at": "2026-11-21T00:30+09:00"},
            "2026-11-23T23:59:59+08:00",
            "Asia/Singapore",
        ),
        ("sg.pdpa.assess", FRIDAY, {}, "2026-12-20T23:59:59+08:00", "Asia/Singapore"),
        # in São Paulo Friday 11-20 is a holiday and the start: Mon 23, Tue 24, Wed 25; six days end on Mon 30
        ("br.lgpd", FRIDAY, {"br_relevant_risk": "yes"}, "2026-11-25T23:59:59-03:00", "America/Sao_Paulo"),
        ("br.lgpd.subjects", FRIDAY, {"br_relevant_risk": "yes"}, "2026-11-25T23:59:59-03:00", "America/Sao_Paulo"),
        (
            "br.lgpd",
            FRIDAY,
            {"br_relevant_risk": "yes", "br_small_agent": "yes"},
            "2026-11-30T23:59:59-03:00",
            "America/Sao_Paulo",
        ),
        # Wednesday 11-18: Thu 19, (Fri 20 holiday), Mon 23, Tue 24
        (
            "br.lgpd",
            "2026-11-18T12:00-03:00",
            {"br_relevant_risk": "yes"},
            "2026-11-24T23:59:59-03:00",
            "America/Sao_Paulo",
        ),
        # sixty days after: ten in November, thirty-one in December, nineteen in January
        ("us.hipaa.404", FRIDAY, {"hipaa_phi": "yes"}, "2027-01-19T23:59:59+09:00", "Asia/Tokyo"),
        (
            "us.hipaa.406",
            FRIDAY,
            {"hipaa_phi": "yes", "residents_state": "501"},
            "2027-01-19T23:59:59+09:00",
            "Asia/Tokyo",
        ),
        # thirty days after 11-20 there; at 09:00 in Tokyo it is still 11-19 in America
        ("us.ca.1798_82", FRIDAY, {}, "2026-12-20T23:59:59-08:00", "America/Los_Angeles"),
        ("us.ca.1798_82", "2026-11-20T09:00+09:00", {}, "2026-12-19T23:59:59-08:00", "America/Los_Angeles"),
        ("us.ny.899aa", FRIDAY, {}, "2026-12-20T23:59:59-05:00", "America/New_York"),
        ("us.ny.899aa", "2026-11-20T09:00+09:00", {}, "2026-12-19T23:59:59-05:00", "America/New_York"),
        ("us.ny.899aa", "2026-10-20T12:00-04:00", {}, "2026-11-19T23:59:59-05:00", "America/New_York"),
        ("au.ndb.assess", FRIDAY, {}, "2026-12-20T23:59:59+09:00", "Asia/Tokyo"),
        # four hours only where it is confirmed that no critical infrastructure is run
        (
            "cn.pipl.network",
            FRIDAY,
            {"cn_serious": "yes", "cn_cii": "no"},
            "2026-11-20T20:40:00+08:00",
            "Asia/Shanghai",
        ),
        (
            "cn.pipl.network",
            FRIDAY,
            {"cn_serious": "yes", "cn_cii": "yes"},
            "2026-11-20T17:40:00+08:00",
            "Asia/Shanghai",
        ),
        ("in.dpdp.details", "2027-05-14T10:00+05:30", {}, "2027-05-17T10:00:00+05:30", "Asia/Kolkata"),
    ],
)
def test_dates(duty: str, known: str, facts: dict[str, str], falls: str, zone: str) -> None:
    found = clock(duty, known, **facts)
    assert found.applies is True
    assert due(found, zone) == falls
    assert not found.target


@pytest.mark.parametrize(
    ("known", "persons", "falls"),
    [
        (FRIDAY, "499", "2027-03-01"),  # 31 in January, 28 in February, one more
        ("2027-11-20T17:40+09:00", "499", "2028-02-29"),  # a leap year
        (FRIDAY, "500", "2027-01-19"),
        (FRIDAY, "501", "2027-01-19"),
    ],
)
def test_hipaa_408_fewer_than_500_wait_for_the_end_of_the_year(known: str, persons: str, falls: str) -> None:
    found = clock("us.hipaa.408", known, hipaa_phi="yes", persons=persons)
    assert due(found) == f"{falls}T23:59:59+09:00"
    assert found.due_at == found.latest


def test_more_time_is_given_only_once_it_is_confirmed() -> None:
    few = clock("us.hipaa.408", FRIDAY, "estimate", hipaa_phi="yes", persons="10")
    assert (due(few)[:10], few.latest and few.latest.date().isoformat()) == ("2027-01-19", "2027-03-01")
    small = clock("br.lgpd", FRIDAY, "claimed", br_relevant_risk="yes", br_small_agent="yes")
    assert due(small, "America/Sao_Paulo")[:10] == "2026-11-25"
    assert "br_small_agent" in small.questions
    plain = clock("cn.pipl.network", FRIDAY, "claimed", cn_serious="yes", cn_cii="no")
    assert due(plain, "Asia/Shanghai") == "2026-11-20T17:40:00+08:00"


def test_where_days_are_counted_elsewhere_the_derivation_says_what_the_clock_said_there() -> None:
    found = clock("us.ca.1798_82", "2026-11-20T09:00+09:00")
    assert "The days are those of America/Los_Angeles; there it was Thu 2026-11-19 16:00." in lines(found)
    hours = lines(clock("uk.gdpr.33", gdpr_risk="yes"))
    assert "72 hours from Fri 2026-11-20 17:40: Mon 2026-11-23 17:40" in hours
    assert "Europe/London" not in hours


def test_the_earlier_of_two_readings_is_named_by_its_hour_where_it_has_one() -> None:
    hours = clock("cn.pipl.network", cn_serious="yes")
    assert "work to the earlier one, Fri 2026-11-20 18:40." in lines(hours)
    days = clock("br.lgpd", br_relevant_risk="yes")
    assert "work to the earlier one, Wed 2026-11-25." in lines(days)
    assert lines(days).count("The days are those of America/Sao_Paulo; there it was Fri 2026-11-20 05:40.") == 1


# What makes a duty, and what takes it away


@pytest.mark.parametrize(
    ("duty", "fact", "others", "below", "at", "above"),
    [
        ("us.hipaa.406", "residents_state", {"hipaa_phi": "yes"}, (499, False), (500, False), (501, True)),
        ("us.ca.1798_82.ag", "residents_california", {}, (499, False), (500, False), (501, True)),
        (
            "kr.pipa.report",
            "persons",
            {"kr_sensitive": "no", "cause": "loss"},
            (999, False),
            (1000, True),
            (1001, True),
        ),
        ("sg.pdpa", "persons", {"sg_significant_harm": "no"}, (499, False), (500, True), (501, True)),
        ("cn.pipl.network", "persons", {"cn_serious": "no"}, (999_999, False), (1_000_000, True), (1_000_001, True)),
    ],
)
def test_thresholds_are_strict_or_not_as_the_law_says(
    duty: str,
    fact: str,
    others: dict[str, str],
    below: tuple[int, bool],
    at: tuple[int, bool],
    above: tuple[int, bool],
) -> None:
    for number, applies in (below, at, above):
        for status in STATUSES:
            typed = {**others, fact: str(number)}
            assert clock(duty, FRIDAY, status, **typed).applies is applies, f"{number} {status}"
    assert clock(duty, **others).applies is None
    assert fact in clock(duty, **others).questions


@pytest.mark.parametrize("authority", ["eu.gdpr.33", "uk.gdpr.33"])
def test_while_the_risk_is_unknown_the_authority_may_have_to_be_told_within_72_hours(authority: str) -> None:
    for facts in ({}, {"gdpr_risk": "unknown"}):
        found = clock(authority, **facts)
        assert (found.applies, found.state) == (None, "unknown")
        assert due(found) == "2026-11-23T17:40:00+09:00"
        assert found.questions == ("gdpr_risk",)


@pytest.mark.parametrize("authority", ["eu.gdpr.33", "uk.gdpr.33"])
def test_only_a_confirmed_absence_of_risk_takes_the_duty_away(authority: str) -> None:
    assert clock(authority, gdpr_risk="no").applies is False
    merely_claimed = clock(authority, FRIDAY, "claimed", gdpr_risk="no")
    assert merely_claimed.applies is True
    assert "Not exempt yet" in lines(merely_claimed)


@pytest.mark.parametrize("authority", ["eu.gdpr.33", "uk.gdpr.33"])
def test_a_missed_72_hours_asks_for_the_reasons_the_law_wants(authority: str) -> None:
    case = asked_case(regime_of(authority), gdpr_risk="yes")
    missed = clocks(msgspec.structs.replace(case, now=case.now + timedelta(days=4)))[authority]
    assert missed.state == "overdue"
    assert missed.late is not None
    assert "reasons for the delay" in missed.late.en
    assert "遅れた理由" in missed.late.ja


def test_gdpr_records_every_breach_and_no_date_is_invented() -> None:
    for facts in ({}, {"gdpr_risk": "no"}, {"gdpr_risk": "yes"}):
        record = clock("eu.gdpr.33_5", **facts)
        assert (record.applies, record.due_at, record.target) == (True, None, True)
        assert record.aim_at is not None


def test_gdpr_persons_are_told_of_a_high_risk_without_a_date() -> None:
    for duty in ("eu.gdpr.34", "uk.gdpr.34"):
        assert clock(duty).questions == ("gdpr_high_risk",)
        assert clock(duty, gdpr_high_risk="no").applies is False
        high = clock(duty, gdpr_high_risk="yes")
        assert (high.applies, high.due_at, high.target) == (True, None, True)


@pytest.mark.parametrize(
    "facts",
    [
        {"encrypted": "yes", "encryption_strong": "yes", "key_separate": "yes"},
        {"gdpr_risk_averted": "yes"},
        {"gdpr_public_instead": "yes"},
    ],
)
def test_gdpr_34_3_exempts_once_every_part_of_it_is_confirmed(facts: dict[str, str]) -> None:
    for duty in ("eu.gdpr.34", "uk.gdpr.34"):
        assert clock(duty, gdpr_high_risk="yes", **facts).applies is False
        assert clock(duty, FRIDAY, "claimed", gdpr_high_risk="yes", **facts).applies is True
    for left_out in facts:
        rest = {name: value for name, value in facts.items() if name != left_out}
        assert clock("eu.gdpr.34", gdpr_high_risk="yes", **rest).applies is True


def test_the_processor_tells_the_controller_and_that_is_its_own_duty() -> None:
    assert clock("eu.gdpr.33_2", contractor_involved="no").applies is False
    found = clock("eu.gdpr.33_2", contractor_involved="yes", contractor_known_at="2026-11-20T08:00+09:00")
    assert found.applies is True
    assert found.due_at is None
    assert found.starts_at is not None
    assert found.starts_at.isoformat() == "2026-11-20T08:00:00+09:00"
    assert found.party is not None
    assert "contractor" in found.party.en


def test_gdpr_names_what_a_notice_must_hold() -> None:
    regime = next(one for one in world() if one.id == "eu.gdpr")
    items = {duty.id: duty.items for duty in regime.duties}
    assert items["eu.gdpr.33"] == ("33-3-a", "33-3-b", "33-3-c", "33-3-d")
    assert items["eu.gdpr.34"] == ("34-2", "33-3-b", "33-3-c", "33-3-d")
    assert items["eu.gdpr.33_5"] == ("33-5-facts", "33-5-effects", "33-5-action")


def test_what_is_only_proposed_or_disputed_is_a_note_and_moves_nothing() -> None:
    regime = next(one for one in world() if one.id == "eu.gdpr")
    notes = " ".join(note.text.en for duty in regime.duties for note in duty.notes)
    assert "96 hours" in notes
    assert "Article 3(5)" in notes
    readings = [reading.rule for duty in regime.duties if duty.id == "eu.gdpr.33" for reading in duty.deadlines]
    assert [str(rule) for rule in readings] == ["Hours(hours=72)"]


@pytest.mark.parametrize(
    ("duty", "facts", "exemption"),
    [
        ("us.hipaa.404", {"hipaa_phi": "yes"}, {"hipaa_secured": "yes"}),
        ("us.hipaa.408", {"hipaa_phi": "yes", "persons": "600"}, {"hipaa_secured": "yes"}),
        ("au.ndb", {"au_eligible": "yes"}, {"au_remedied": "yes"}),
        ("kr.pipa", {}, {"kr_only_possible": "yes"}),
        ("kr.pipa.report", {"persons": "1000"}, {"kr_recovered": "yes"}),
        ("sg.pdpa", {"persons": "500", "cause": "loss"}, {"kept_inside": "yes"}),
        ("sg.pdpa.subjects", {"sg_significant_harm": "yes"}, {"sg_remedied": "yes"}),
        (
            "sg.pdpa.subjects",
            {"sg_significant_harm": "yes"},
            {"encrypted": "yes", "encryption_strong": "yes", "key_separate": "yes"},
        ),
        ("cn.pipl.subjects", {}, {"cn_harm_avoided": "yes"}),
    ],
)
def test_exemptions_count_once_confirmed(duty: str, facts: dict[str, str], exemption: dict[str, str]) -> None:
    assert clock(duty, **facts).applies is True
    assert clock(duty, **facts, **exemption).applies is False
    claimed = asked_case(regime_of(duty), **facts)
    for name, typed in exemption.items():
        claimed = told(claimed, name, typed, status="claimed")
    assert clocks(claimed)[duty].applies is True


def test_health_information_that_is_none_owes_nothing_under_hipaa() -> None:
    assert {one.applies for one in clocks(asked_case("us.hipaa", hipaa_phi="no")).values()} == {False}


def test_singapore_tells_individuals_only_of_significant_harm() -> None:
    assert clock("sg.pdpa.subjects", persons="500", sg_significant_harm="no").applies is False
    assert clock("sg.pdpa.subjects", persons="1", sg_significant_harm="yes").applies is True


def test_an_assessment_that_is_finished_is_no_longer_asked_for() -> None:
    for duty in ("sg.pdpa.assess", "au.ndb.assess"):
        assert clock(duty).applies is True
        assert clock(duty, assessed_at=FRIDAY).applies is False


def test_korea_reports_sensitive_data_and_intrusions_of_any_size() -> None:
    assert clock("kr.pipa.report", persons="1", kr_sensitive="yes", cause="loss").applies is True
    assert clock("kr.pipa.report", persons="1", kr_sensitive="no", cause="intrusion").applies is True


# Duties that follow another


def test_california_sample_goes_out_15_days_after_the_consumers_were_told() -> None:
    case = asked_case("us.ca.1798_82", residents_california="501")
    before = clocks(case)["us.ca.1798_82.ag"]
    assert (before.applies, before.due_at) == (True, None)
    told_them = filed(case, "us.ca.1798_82", "2026-12-01T12:00+09:00")  # the evening of 11-30 there
    assert due(clocks(told_them)["us.ca.1798_82.ag"], "America/Los_Angeles") == "2026-12-15T23:59:59-08:00"


def test_singapore_individuals_follow_the_commission() -> None:
    case = asked_case("sg.pdpa", sg_significant_harm="yes", assessed_at=FRIDAY)
    assert clocks(case)["sg.pdpa.subjects"].aim_at is None
    after = clocks(filed(case, "sg.pdpa", "2026-11-21T10:00+09:00"))["sg.pdpa.subjects"]
    assert after.starts_at is not None
    assert after.starts_at.isoformat() == "2026-11-21T10:00:00+09:00"
    assert (after.due_at, after.target) == (None, True)


def test_brazil_supplement_is_twenty_business_days_after_the_communication() -> None:
    case = asked_case("br.lgpd", br_relevant_risk="yes", br_incomplete="yes")
    after = filed(case, "br.lgpd", "2026-11-24T22:00-03:00")  # 3 in November's week, 5 + 5 + 5, then Mon 21 and Tue 22
    assert due(clocks(after)["br.lgpd.supplement"], "America/Sao_Paulo") == "2026-12-22T23:59:59-03:00"


def test_new_york_tells_its_financial_supervisor_only_where_it_regulates_you() -> None:
    def addressees(answer: str) -> list[str]:
        return [to.en for to in clock("us.ny.899aa.authorities", ny_dfs_regulated=answer).to]

    assert "Department of Financial Services (DFS)" not in addressees("no")
    assert addressees("yes") == [*addressees("no"), "Department of Financial Services (DFS)"]


# When laws are in force


@pytest.mark.parametrize(
    ("duty", "before", "first"),
    [
        ("in.dpdp", "2027-05-12T12:00+09:00", "2027-05-13T12:00+09:00"),
        ("in.dpdp.board", "2027-05-12T12:00+09:00", "2027-05-13T12:00+09:00"),
        ("in.dpdp.details", "2027-05-12T12:00+09:00", "2027-05-13T12:00+09:00"),
        ("us.ca.1798_82", "2025-12-31T12:00+09:00", "2026-01-01T12:00+09:00"),
        ("us.ny.899aa", "2024-12-20T12:00+09:00", "2024-12-21T12:00+09:00"),
        ("kr.pipa", "2026-09-10T12:00+09:00", "2026-09-11T12:00+09:00"),
        ("cn.pipl.network", "2025-10-31T12:00+09:00", "2025-11-01T12:00+09:00"),
        ("eu.gdpr.33_5", "2018-05-24T12:00+09:00", "2018-05-25T12:00+09:00"),
    ],
)
def test_a_law_is_silent_before_its_date_and_speaks_from_it(duty: str, before: str, first: str) -> None:
    facts = {"persons": "2000000"}
    silent, alive = clock(duty, before, **facts), clock(duty, first, **facts)
    assert (silent.applies, silent.state, silent.due_at, silent.questions) == (False, "not_applicable", None, ())
    assert alive.applies is True


def test_india_is_silent_today_and_says_from_when() -> None:
    today = clocks(asked_case("in.dpdp"))
    assert {one.state for one in today.values()} == {"not_applicable"}
    assert "2027-05-13" in lines(today["in.dpdp"])
    assert "2027-05-13" in lines(today["in.dpdp"], "ja")


@pytest.mark.parametrize("duty", ["tw.pdpa", "hk.pdpo", "ca.pipeda.records", "cn.pipl", "au.ndb", "eu.gdpr.34"])
def test_where_the_law_names_no_date_none_is_invented(duty: str) -> None:
    regime = next(one for one in world() if one.id == regime_of(duty))
    facts = {
        name: value
        for name, value in {
            "breach_determined_at": FRIDAY,
            "assessed_at": FRIDAY,
            "au_eligible": "yes",
            "gdpr_high_risk": "yes",
        }.items()
        if name in regime.facts
    }
    found = clock(duty, **facts)
    assert (found.applies, found.due_at, found.target) == (True, None, True)
    assert found.aim_at is not None
    assert "The law names no date" in lines(found)


def test_hong_kong_is_voluntary_and_says_so() -> None:
    found = clock("hk.pdpo")
    assert found.binding == "effort"
    assert "Voluntary" in found.what.en
    assert "任意" in found.what.ja
