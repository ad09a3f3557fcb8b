"""What is doubtful about a case's clocks is said, all of it, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TypeAlias

import msgspec
import pytest

from runbook.actions.duties import file, withdraw
from runbook.actions.facts import claim, record_dataset
from runbook.actions.records import note, undo
from runbook.case import Case
from runbook.duties import Deadline, deadlines, doubts
from runbook.duties.doubts import EVERYWHERE, raised
from runbook.incident import Claim, Fact
from runbook.moment import read_moment
from runbook.regime import Regime
from runbook.speech import speaker
from runbook.touch import Touch
from tests.lawful import ACT, book, clock, duty, hour, moment, reporting, told, under
from tests.making import START, TOKYO, both, done, opened_case
from tests.noticing import amagasaki

Facts: TypeAlias = dict[str, str]
PUBLIC: Facts = {"organization_type": "public_body", "known_at": "15:45", "sensitive_data": "yes"}


def said(case: Case) -> list[str]:
    return [speaker("en")(one.message) for one in doubts(case)]


def drill(case: Case) -> Case:
    return msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, mode="drill"))


def beside(one: Deadline) -> list[str]:
    return list(map(speaker("en"), one.doubts))


def test_a_sound_case_has_none() -> None:
    sound = under(**PUBLIC, noticed_at="03:00", lost_at="2022-06-22", persons="460517", cause="loss", malicious="no")
    sound = done(sound, partial(record_dataset, name="residents", count=460517, unit="persons"))
    sound = done(sound, partial(record_dataset, name="accounts", count=500000, unit="records"))
    sound = told(sound, encrypted="no", key_separate="no", alarms="24h 90min", regimes="act")
    assert said(sound) == []
    assert [beside(one) for one in deadlines(sound) if one.doubts] == []
    assert said(under()) == []


def counted(case: Case, count: int | None, as_of: str) -> Case:
    at = read_moment(as_of, case.now, case.zone)
    return done(case, partial(record_dataset, name="residents", count=count, unit="persons", as_of=at))


def claimed(case: Case, persons: str, as_of: str) -> Case:
    return done(case, partial(claim, name="persons", typed=persons, as_of=read_moment(as_of, case.now, case.zone)))


def test_a_number_as_of_an_earlier_time_that_takes_the_place_of_a_newer_one() -> None:
    newer = counted(under(persons="900"), 900, "2022-06-22")
    assert said(newer) == []
    older = counted(newer, 700, "2022-06-20")
    sentence = (
        "“residents” is now 700, as of 2022-06-20, hour unknown; what stood before was as of 2022-06-22, hour unknown. "
        "If the newer one holds, record it again."
    )
    assert said(older) == [sentence]
    assert [speaker("en")(one) for one in raised(newer, older)] == [sentence]
    assert raised(older, counted(older, 700, "2022-06-19")) == []
    assert said(counted(newer, 900, "2022-06-20")) == []  # only its time was put right
    assert said(counted(older, 900, "2022-06-22")) == []
    assert said(done(older, undo)) == []
    fact = claimed(claimed(under(), "900", "15:00"), "700", "09:00")
    assert [one.facts for one in doubts(fact)] == [("persons",)]
    assert said(claimed(fact, "800", "15:10")) == []


@pytest.mark.parametrize(
    "until",
    [
        "2022-06-22T15:50",
        "2022-06-22T18:00",
        "2022-06-22T23:00",
        "2022-06-23T09:00",
        "2022-06-23T18:00",
        "2022-06-24T12:35",
        "2022-06-27T12:00",
        "2022-11-28T17:00",
    ],
)
def test_a_real_case_raises_no_doubt_of_its_own(until: str) -> None:
    """Its people held differing words on an employer; no clock hangs on that."""
    assert said(drill(amagasaki(until))) == []


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        # Times that cannot be
        (
            {"known_at": "2022-06-23T09:00"},
            "“Known” lies in the future: Thu 2022-06-23 09:00. Check the date.",
        ),
        ({"known_at": "unknown"}, "“Known” is recorded without a time."),
        (
            {"noticed_at": "15:00", "known_at": "14:59"},
            "“Known” (Wed 2022-06-22 14:59) lies before “Noticed” (Wed 2022-06-22 15:00). One of them is wrong.",
        ),
        (
            {"noticed_at": "~15:00", "known_at": "14:29"},
            "“Known” (Wed 2022-06-22 14:29) lies before “Noticed” (Wed 2022-06-22 15:00). One of them is wrong.",
        ),
        (
            {"noticed_at": "2022-06-22", "known_at": "2022-06-21T23:00"},
            "“Known” (Tue 2022-06-21 23:00) lies before “Noticed” (Wed 2022-06-22 00:00). One of them is wrong.",
        ),
        (
            {"known_at": "12:00", "commission_reported_at": "11:00"},
            "“Reported” (Wed 2022-06-22 11:00) lies before “Known” (Wed 2022-06-22 12:00). One of them is wrong.",
        ),
        (
            {"lost_at": "12:00", "found_at": "11:00"},
            "“Found” (Wed 2022-06-22 11:00) lies before “Lost” (Wed 2022-06-22 12:00). One of them is wrong.",
        ),
        # Facts that do not go together
        (
            {"encrypted": "no", "key_separate": "yes"},
            "These do not go together: encrypted: no, Key apart: yes. Check them.",
        ),
        (
            {"encrypted": "no", "encryption_strong": "yes"},
            "These do not go together: encrypted: no, Strong: yes. Check them.",
        ),
        (
            {"cause": "loss", "malicious": "yes"},
            "These do not go together: Cause: loss, malicious: yes. Check them.",
        ),
        ({"recovered_unread": "yes"}, "“Recovered unread” is yes, but “Found” is not recorded."),
        # Lists
        ({"regimes": "act, ac"}, "There is no regime “ac”. Did you mean “act”?"),
        ({"regimes": "act moon"}, "There is no regime “moon”."),
        ({"regimes": "act a1 b2 c3 d4 e5"}, "There are no regimes of these names: a1, b2, c3, and 2 more."),
        ({"regimes": "+ac"}, "There is no regime “ac”. Did you mean “act”?"),
        ({"law_as_of": "2022-06-24"}, "“Law as of” is 2022-06-24: the law of a day that has not come yet."),
        ({"alarms": "24h soon"}, "“Alarms”: “soon” is not a length of time."),
    ],
)
def test_each_doubt_is_said(facts: Facts, sentence: str) -> None:
    assert said(under(**facts)) == [sentence]


@pytest.mark.parametrize(("fact", "called"), [("head_told_at", "Head told at"), ("ciso_told_at", "CISO told at")])
def test_what_was_done_before_anyone_knew_is_said(fact: str, called: str) -> None:
    """An hour alone that lies a few minutes ahead of the clock is read as yesterday's."""
    case = told(amagasaki("2022-06-22T15:50"), **{fact: "16:32"})
    assert said(drill(case)) == [
        f"“{called}” (Tue 2022-06-21 16:32) lies before “Known to the organisation at” (Wed 2022-06-22 15:45). "
        "One of them is wrong."
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"noticed_at": "15:00", "known_at": "15:00"},
        {"noticed_at": "~15:00", "known_at": "14:45"},  # about three may well have been a quarter to
        {"noticed_at": "2022-06-22T15:00", "known_at": "2022-06-22"},  # some time on that day
        {"known_at": "2022-06-22", "commission_reported_at": "2022-06-22"},
        {"known_at": "15:46"},  # the clocks of two machines differ a little
        {"noticed_at": "unknown", "known_at": "03:00"},
        {"encrypted": "no", "key_separate": "unknown"},
        {"encrypted": "yes", "key_separate": "yes", "encryption_strong": "yes"},
        {"cause": "theft", "malicious": "yes"},
        {"recovered_unread": "no"},
        {"recovered_unread": "yes", "found_at": "12:00"},
        {"regimes": "act"},
        {"regimes": "+act"},
        {"law_as_of": "2022-06-23"},  # a zone further east may have it already
        {"alarms": "3d 24h 1h 30min"},
    ],
)
def test_what_can_be_is_not_doubted(facts: Facts) -> None:
    assert said(under(**facts)) == []


def test_a_drill_may_replay_what_is_long_ago_by_the_law_of_today() -> None:
    case = under(law_as_of="2026-11-21")
    assert len(said(case)) == 1
    assert said(drill(case)) == []


def test_a_loss_that_may_be_a_theft_is_no_contradiction() -> None:
    assert said(told(under(cause="loss"), "estimate", "police", malicious="yes")) == []


def test_a_clock_that_was_set_back_is_said_beside_every_clock() -> None:
    case = done(under(**PUBLIC), partial(note, text="n"))
    back = msgspec.structs.replace(case, now=case.now - timedelta(minutes=3))
    first, second = said(back)
    assert first.startswith(
        "This clock says Wed 2022-06-22 15:42, but the last entry was recorded Wed 2022-06-22 15:45: was the machine's "
        "clock set back?"
    )
    assert second == "“Known” lies in the future: Wed 2022-06-22 15:45. Check the date."
    assert all(beside(one)[0].startswith("This clock says") for one in deadlines(back) if one.regime and one.is_open)
    little = msgspec.structs.replace(case, now=case.now - timedelta(minutes=1))
    assert said(little) == []


@pytest.mark.parametrize(
    ("filed", "sentence"),
    [
        (
            "15:44",
            "“{}” is recorded as met 2022-06-22 15:44, before “Known” (Wed 2022-06-22 15:45). One of them is wrong.",
        ),
        (
            "2022-06-21",
            "“{}” is recorded as met 2022-06-21, hour unknown, before “Known” (Wed 2022-06-22 15:45). "
            "One of them is wrong.",
        ),
        ("2022-06-22", None),
        ("15:45", None),
        ("~15:30", None),
        ("unknown", None),
    ],
)
def test_what_is_recorded_as_met_before_its_clock_started_is_said(filed: str, sentence: str | None) -> None:
    case = done(under(**PUBLIC), partial(file, duty="act.prelim", at=read_moment(filed, START, TOKYO)))
    title = clock(case, "act.prelim").what.en
    assert said(case) == ([sentence.format(title)] if sentence else [])
    assert beside(clock(case, "act.prelim")) == said(case)
    withdrawn = done(case, partial(withdraw, duty="act.prelim", reason="another incident's"))
    assert said(withdrawn) == []


def test_a_filing_and_the_fact_it_recorded_are_doubted_once() -> None:
    case = done(reporting(**PUBLIC), partial(file, duty="act.prelim", at=moment("2022-06-22T15:40")))
    assert len(said(case)) == 1


def test_sources_that_differ_are_said_beside_what_rests_on_them_until_one_is_confirmed() -> None:
    case = told(under(**PUBLIC), "claimed", "contractor", persons="1000")
    case = told(case, "estimate", "section", persons="1200")
    sentence = (
        "Sources differ on “Persons”: 1,200 (section), 1,000 (contractor). Until one of them is confirmed, a duty may "
        "arise from any."
    )
    assert said(case) == [sentence]
    assert sentence in beside(clock(case, "act.prelim"))
    assert beside(clock(case, "act.every")) == []  # it asks for no number
    settled = told(case, "confirmed", "list", persons="1180")
    assert said(settled) == []
    assert len(said(told(settled, "claimed", "press", persons="4000"))) == 1
    assert said(told(settled, "claimed", "press", affiliation="x")) == []
    assert said(told(told(settled, "claimed", "a", affiliation="x"), "claimed", "b", affiliation="y")) == []


def test_a_thousand_sources_may_differ() -> None:
    case = under(**PUBLIC)
    claims = tuple(
        Claim(Touch(2 + n, "sato", case.now, "fact_recorded"), n, "claimed", source=f"s{n}") for n in range(1500)
    )
    facts = {**case.incident.facts, "persons": Fact(claims)}
    case = msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, facts=facts))
    (sentence,) = said(case)
    assert sentence.startswith("Sources differ on “Persons”: 1,499 (s1499), 0 (s0), 1 (s1), ")
    assert sentence in beside(clock(case, "act.prelim"))


@pytest.mark.parametrize(
    ("persons", "sentence"),
    [
        (None, "“Persons” is not recorded; the largest data set has 1,200 persons: counted as that."),
        ("900", "“Persons” is 900, but a data set has 1,200 persons. Record the largest credible number."),
        ("1200", None),
        ("5000", None),
    ],
)
def test_fewer_persons_than_a_data_set_has(persons: str | None, sentence: str | None) -> None:
    case = under(**({"persons": persons} if persons else {}))
    case = done(case, partial(record_dataset, name="residents", count=1200, unit="persons"))
    case = done(case, partial(record_dataset, name="households", count=9000, unit="households"))
    assert said(case) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("persons", "sets", "sentences"),
    [
        (
            None,
            ((80000, True),),
            ["“Persons” is not recorded; the largest data set has about 80,000 persons: counted as that."],
        ),
        (
            None,
            ((80000, True), (80000, False)),
            ["“Persons” is not recorded; the largest data set has 80,000 persons: counted as that."],
        ),
        (
            "900",
            ((1200, True),),
            ["“Persons” is 900, but a data set has about 1,200 persons. Record the largest credible number."],
        ),
        ("900", ((None, False),), ["“Persons” may be more than is claimed: nobody has counted “set 0” yet."]),
        (None, ((None, False),), []),  # then nothing is claimed, and the clock says what it hangs on
    ],
)
def test_a_data_set_counted_about_right_or_not_at_all(
    persons: str | None, sets: tuple[tuple[int | None, bool], ...], sentences: list[str]
) -> None:
    case = told(under(), "estimate", persons=persons) if persons else under()
    for n, (count, estimate) in enumerate(sets):
        about = partial(record_dataset, name=f"set {n}", count=count, unit="persons", estimate=estimate)
        case = done(case, about)
    assert said(case) == sentences
    if persons:
        assert "may be more" not in " ".join(said(told(case, persons=persons)))


def test_a_count_that_became_unknown_as_of_an_earlier_time_is_doubted() -> None:
    case = counted(counted(under(), 700, "2022-06-22"), None, "2022-06-20")
    assert said(case)[0].startswith("“residents” is now unknown, as of 2022-06-20, hour unknown; what stood before")


def test_leaving_out_a_law_that_is_asked_otherwise_is_said() -> None:
    abroad: Regime = msgspec.structs.replace(
        ACT, id="abroad", default=False, duties=(duty("abroad.one", ACT.duties[0].deadlines[0]),)
    )
    case = under(ACT, abroad, regimes="abroad")
    assert said(case) == ["“Regimes” leaves out what is asked otherwise: act."]
    assert beside(clock(case, "abroad.one")) == said(case)
    assert said(under(ACT, abroad, regimes="act abroad")) == []
    unknown = under(ACT, abroad, regimes="moon")  # names nothing there is: the default ones are asked
    assert said(unknown) == ["There is no regime “moon”."]
    assert {one.regime for one in deadlines(unknown) if one.regime} == {"act"}
    assert said(under(abroad)) == []


def test_a_law_that_could_not_be_read_is_said_beside_every_clock() -> None:
    broken = book(ACT, unread=(both("moon.yaml:3: there is no rule “fortnight”"),))
    case = told(opened_case(broken), **PUBLIC)
    assert said(case) == [
        "A regime could not be used, and its duties are missing here: moon.yaml:3: there is no rule “fortnight”"
    ]
    assert beside(clock(case, "act.prelim")) == said(case)
    assert EVERYWHERE in doubts(case)[0].facts


def test_a_law_that_could_not_be_read_is_not_taken_for_a_mistyped_one() -> None:
    broken = book(ACT, unread=(both("acts.yaml:3: “title” is missing."),))
    case = told(opened_case(broken), regimes="act acts acs")
    assert said(case)[:2] == ["There is no regime “acts”.", "There is no regime “acs”. Did you mean “act”?"]


def test_a_duty_that_steps_go_by_and_no_law_has_is_said_beside_every_clock() -> None:
    """As where a user's file stands in for a shipped one and has fewer duties."""
    case = reporting(**PUBLIC)
    assert said(case) == []
    fewer = msgspec.structs.replace(ACT, duties=tuple(one for one in ACT.duties if one.id != "act.final"))
    case = msgspec.structs.replace(case, playbook=msgspec.structs.replace(case.playbook, regimes=(fewer,)))
    assert said(case) == [
        "Steps go by duties that no regime of this incident has, so they are missing here: act.final."
    ]
    assert beside(clock(case, "act.prelim")) == said(case)


def test_what_does_not_apply_is_not_doubted() -> None:
    case = under(organization_type="business", known_at="2022-06-29T15:45")
    assert len(said(case)) == 1
    assert [one.id for one in deadlines(case) if one.doubts] == []


def test_a_future_time_is_questioned_and_moves_no_date() -> None:
    case = under(**PUBLIC | {"known_at": "2022-06-29T15:45"})
    prelim = clock(case, "act.prelim")
    assert beside(prelim) == ["“Known” lies in the future: Wed 2022-06-29 15:45. Check the date."]
    assert (prelim.starts_at, prelim.provisional) == (START, True)
    assert prelim.due_at == hour("2022-06-26T23:59:59")


def test_several_doubts_are_all_said_the_machine_s_clock_first() -> None:
    wrong = {"noticed_at": "2022-06-22T16:10", "encrypted": "no", "key_separate": "yes", "regimes": "act moon"}
    case = under(**PUBLIC, **wrong)
    case = msgspec.structs.replace(case, now=case.now - timedelta(hours=1))
    assert [sentence.split(" ")[0] for sentence in said(case)] == [
        "This",  # the machine's clock
        "“Noticed”",  # the future
        "“Known”",  # the future
        "“Known”",  # before it was noticed
        "These",
        "There",
    ]
