"""What a law asks of a case: whether a duty applies, by when, and what would settle it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from operator import eq, ge, gt, le, lt, ne
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.actions.duties import delay, file, override
from runbook.actions.facts import record_dataset
from runbook.case import Case
from runbook.duties import (
    alarms,
    by_step,
    deadlines,
    law_as_of,
    legal_deadlines,
    notes,
    occasions,
    reason_wanted,
    set_aside,
)
from runbook.duties.views import Possible, counted_persons, every, holds, some
from runbook.moment import Moment
from runbook.playbook import ClaimStatus
from runbook.regime import Assumption, Days, Force, Hours, Note, Reading, Regime, TargetDays
from tests.lawful import (
    ACT,
    EVERY,
    FINAL,
    PRELIM,
    REPORT,
    because,
    clock,
    day,
    duty,
    hour,
    reporting,
    told,
    under,
)
from tests.making import START, both, done, later

PUBLIC = {"organization_type": "public_body", "known_at": "15:45"}


# Whether it applies


@pytest.mark.parametrize(
    ("kind", "sensitive", "malicious", "persons", "applies"),
    [
        ("public_body", "yes", None, None, True),  # one item is enough, whatever is not known
        ("public_body", "no", "no", "100", False),  # exactly 100 is not more than 100
        ("public_body", "no", "no", "101", True),
        ("public_body", "no", "no", None, None),
        ("public_body", "no", "unknown", "5", None),  # “unknown” is no answer
        ("public_body", "unknown", "unknown", "101", True),
        ("business", "yes", "yes", "101", False),  # out of scope, whatever else
        ("business", None, None, None, False),
        (None, "yes", None, None, None),  # in scope, perhaps
        (None, "no", "no", "5", False),  # whatever it is, none of the items
        (None, None, None, None, None),
    ],
)
def test_a_duty_arises_by_three_valued_logic(
    kind: str | None, sensitive: str | None, malicious: str | None, persons: str | None, applies: bool | None
) -> None:
    facts = {"organization_type": kind, "sensitive_data": sensitive, "malicious": malicious, "persons": persons}
    case = under(cause="loss", **{name: typed for name, typed in facts.items() if typed})
    assert clock(case, "act.prelim").applies is applies


@given(st.lists(st.sampled_from([True, False, None]), max_size=5))
def test_and_and_or_mirror_each_other(answers: list[bool | None]) -> None:
    def turned(answer: bool | None) -> bool | None:
        return None if answer is None else not answer

    assert every(answers) is turned(some([turned(answer) for answer in answers]))


@given(
    st.sampled_from(["yes", "no", None]),
    st.sampled_from(["yes", "no", None]),
    st.sampled_from(["50", "101", None]),
    st.sampled_from(["public_body", "business", None]),
)
def test_learning_more_never_turns_an_answer_round(
    sensitive: str | None, malicious: str | None, persons: str | None, kind: str | None
) -> None:
    """An answer given while facts are missing still stands when they are known."""
    learnt = {"organization_type": kind, "sensitive_data": sensitive, "malicious": malicious, "persons": persons}
    case = under(cause="loss")
    before = clock(case, "act.prelim").applies
    for name, typed in learnt.items():
        case = told(case, **{name: typed}) if typed else case
        after = clock(case, "act.prelim").applies
        assert before is None or after is before
        before = after


def test_a_claim_is_enough_to_make_a_duty_and_not_to_take_it_away() -> None:
    case = told(under(**PUBLIC), "estimate", sensitive_data="yes")
    assert clock(case, "act.prelim").applies is True
    sealed = told(case, "claimed", encrypted="yes", key_separate="yes")
    assert clock(sealed, "act.prelim").applies is True
    assert "Not exempt yet, for it is not confirmed: sealed." in because(clock(sealed, "act.prelim"))
    confirmed = told(case, encrypted="yes", key_separate="yes")
    exempt = clock(confirmed, "act.prelim")
    assert (exempt.applies, exempt.state, exempt.due_at) == (False, "not_applicable", None)
    assert because(exempt) == "Exempt: sealed."


@pytest.mark.parametrize("missing", ["encrypted", "key_separate"])
def test_encryption_exempts_only_where_every_part_is_confirmed(missing: str) -> None:
    parts = {"encrypted": "yes", "key_separate": "yes"}
    for said in (None, "unknown", "no"):
        facts = {**PUBLIC, "sensitive_data": "yes", **parts, missing: said}
        case = under(**{name: typed for name, typed in facts.items() if typed})
        assert clock(case, "act.prelim").applies is True


def test_what_was_confirmed_and_contradicted_since_exempts_no_more() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    case = told(case, "confirmed", "contractor", encrypted="yes", key_separate="yes")
    assert clock(case, "act.prelim").applies is False
    doubted = told(case, "estimate", "forensics", encrypted="no")
    assert clock(doubted, "act.prelim").applies is True
    settled = told(doubted, "confirmed", "certificate", encrypted="yes")
    assert clock(settled, "act.prelim").applies is False


def test_somebody_who_does_not_know_contradicts_nobody() -> None:
    case = under(**PUBLIC, sensitive_data="yes", encrypted="yes", key_separate="yes")
    assert clock(told(case, "claimed", "press", encrypted="unknown"), "act.prelim").applies is False


def test_out_of_scope_is_said_before_any_exemption() -> None:
    case = under(organization_type="business", encrypted="yes", key_separate="yes", known_at="15:45")
    assert because(clock(case, "act.prelim")) == "Does not apply: Kind: Business."


def test_only_the_facts_that_decide_are_named() -> None:
    """A loss with a wrongful purpose is reported for its purpose; whoever is out of scope is so whatever the rest
    says."""
    case = under(**PUBLIC, cause="loss", malicious="yes")
    assert because(clock(case, "act.prelim")).startswith("Item 3: malicious: yes.\n")
    narrow = duty("act.narrow", Reading(Hours(72), "act"), when="my_number == yes and organization_type != business")
    out = under(msgspec.structs.replace(ACT, duties=(narrow,)), **PUBLIC, my_number="no")
    assert because(clock(out, "act.narrow")) == "Does not apply: my_number: no."


def test_of_differing_words_one_is_enough_to_make_a_duty() -> None:
    case = told(under(**PUBLIC, sensitive_data="no", persons="5"), "claimed", "police", cause="theft")
    case = told(case, "claimed", "contractor", cause="loss")
    assert clock(case, "act.prelim").applies is True
    assert "Item 3: Cause: loss, theft." in because(clock(case, "act.prelim"))
    lost = told(case, "confirmed", "camera", cause="loss", malicious="no")
    assert clock(lost, "act.prelim").applies is False


def test_a_number_counts_at_the_largest_anybody_claims_until_one_is_confirmed() -> None:
    case = under(**PUBLIC, sensitive_data="no", malicious="no", cause="loss")
    case = told(case, "claimed", "contractor", persons="101")
    case = told(case, "estimate", "section", persons="60")
    prelim = clock(case, "act.prelim")
    assert prelim.applies is True
    assert "Item 4: Persons: 101." in because(prelim)  # what it counts as, not what stands
    counted = told(case, "confirmed", "list", persons="60")
    assert clock(counted, "act.prelim").applies is False
    more = told(counted, "estimate", "press", persons="140")
    assert clock(more, "act.prelim").applies is True


def test_the_largest_data_set_of_persons_counts_where_nobody_gave_a_number() -> None:
    case = under(**PUBLIC, sensitive_data="no", malicious="no", cause="loss")
    for name, count, unit in (("a", 90, "persons"), ("b", 101, "persons"), ("c", 5000, "records")):
        case = done(case, partial(record_dataset, name=name, count=count, unit=unit))
    assert clock(case, "act.prelim").applies is True
    assert "Item 4: Persons: 101." in because(clock(case, "act.prelim"))
    low = told(case, "estimate", persons="40")
    assert clock(low, "act.prelim").applies is True
    assert clock(told(case, persons="40"), "act.prelim").applies is False


PERSONS = {**PUBLIC, "sensitive_data": "no", "malicious": "no", "cause": "loss"}


def with_sets(case: Case, *counts: int | None, unit: str = "persons") -> Case:
    for n, count in enumerate(counts):
        case = done(case, partial(record_dataset, name=f"{unit}-{n}", count=count, unit=unit))
    return case


@pytest.mark.parametrize(
    ("counts", "persons", "status", "applies"),
    [
        ((None,), None, "confirmed", None),
        ((None, 100), None, "confirmed", None),  # at least 100: perhaps more
        ((None, 101), None, "confirmed", True),
        ((None,), "60", "estimate", None),
        ((None,), "60", "confirmed", False),  # who confirmed the number knew of it
        ((None, 100), "101", "estimate", True),
    ],
)
def test_a_data_set_that_nobody_counted_makes_the_number_of_persons_a_least_one(
    counts: tuple[int | None, ...], persons: str | None, status: ClaimStatus, applies: bool | None
) -> None:
    case = with_sets(under(**PERSONS), *counts)
    if persons:
        case = told(case, status, persons=persons)
    found = clock(case, "act.prelim")
    assert found.applies is applies
    if applies is None:
        assert "hangs on: Persons" in because(found)
    if applies:
        assert "Item 4: Persons: at least 101." in because(found)


def test_an_estimated_data_set_is_about_so_many_where_nobody_counted_as_many() -> None:
    about = partial(record_dataset, name="list", count=8000, unit="persons", estimate=True)
    case = with_sets(done(under(**PERSONS), about), None)
    assert "Item 4: Persons: at least about 8,000." in because(clock(case, "act.prelim"))
    case = with_sets(case, None, 8000)
    assert "Item 4: Persons: at least 8,000." in because(clock(case, "act.prelim"))


def test_uncounted_records_make_nobody_more() -> None:
    assert clock(with_sets(under(**PERSONS, persons="5"), None, unit="records"), "act.prelim").applies is False


COUNTS = st.lists(st.none() | st.integers(0, 5000), max_size=5)


@given(COUNTS, COUNTS, st.sampled_from([">", ">=", "<", "<=", "==", "!="]), st.integers(0, 5000))
def test_of_several_data_sets_the_largest_counts_and_one_uncounted_leaves_the_rest_open(
    counts: list[int | None], records: list[int | None], op: str, limit: int
) -> None:
    case = with_sets(with_sets(under(**PERSONS), *counts), *records, unit="records")
    known = [count for count in counts if count is not None]
    holds_of = {">": gt, ">=": ge, "<": lt, "<=": le, "==": eq, "!=": ne}[op]
    assert counted_persons(case) == max(known, default=None)
    if not known:
        expected = None
    elif None not in counts:
        expected = holds_of(max(known), limit)
    else:  # whatever every number from the largest on says
        could = {holds_of(n, limit) for n in (*range(max(known), limit + 2), max(known) + 6000)}
        expected = could.pop() if len(could) == 1 else None
    found = holds(f"persons {op} {limit}", Possible(case))
    assert found is expected or (found is None and op in ("==", "!="))


def test_what_nobody_knows_counts_as_the_law_assumes_and_says_so() -> None:
    number = msgspec.structs.replace(
        ACT,
        assumptions=(Assumption("my_number", "yes", "guide"),),
        duties=(duty("act.number", Reading(TargetDays(3, 5), "guide"), when="my_number == yes", arises="always"),),
    )
    for facts in ({}, {"my_number": "unknown"}):
        assumed = clock(under(number, known_at="15:45", **facts), "act.number")
        assert assumed.applies is True
        assert because(assumed).startswith("“my_number” is not known: counted as yes.")
    told_no = clock(under(number, known_at="15:45", my_number="no"), "act.number")
    assert (told_no.applies, because(told_no)) == (False, "Does not apply: my_number: no.")


def test_a_duty_for_all_that_no_item_covers() -> None:
    """The guideline's own report: where an item holds, another duty covers it; where none can, this one applies."""
    known = {**PUBLIC, "malicious": "no", "cause": "loss", "persons": "5"}
    assert clock(under(**known, sensitive_data="yes"), "act.extra").applies is False
    assert clock(under(**known, sensitive_data="no"), "act.extra").applies is True
    assert clock(under(**known), "act.extra").applies is None
    assert clock(under(**known, sensitive_data="no"), "act.extra").binding == "guideline"
    assert "covers it already" in because(clock(under(**known, sensitive_data="yes"), "act.extra"))


def test_a_duty_that_always_arises_asks_for_its_scope_alone() -> None:
    every_one = clock(under(**PUBLIC), "act.every")
    assert (every_one.applies, every_one.questions) == (True, ())
    assert because(every_one).startswith("Applies: Kind: Public body.\n")
    all_of_them = msgspec.structs.replace(EVERY, when="")
    case = under(msgspec.structs.replace(ACT, duties=(all_of_them,)), known_at="15:45")
    assert because(clock(case, "act.every")).startswith("Applies to every incident.\n")
    assert clock(under(known_at="15:45"), "act.every").questions == ("organization_type",)


def test_items_are_listed_with_whether_they_hold() -> None:
    case = under(**PUBLIC, sensitive_data="yes", persons="3")
    assert [(one.id, held) for one, held in occasions(case, ACT)] == [("1", True), ("3", None), ("4", False)]


# The law of which day


@pytest.mark.parametrize(
    ("force", "as_of", "applies"),
    [
        (Force("2023-04-01", "", "act"), "2022-06-22", False),
        (Force("2023-04-01", "", "act"), "2023-03-31", False),
        (Force("2023-04-01", "", "act"), "2023-04-01", True),
        (Force("", "2023-03-31", "act"), "2023-03-31", True),
        (Force("", "2023-03-31", "act"), "2023-04-01", False),
    ],
)
def test_a_law_is_silent_before_and_after_it_is_in_force(force: Force, as_of: str, applies: bool) -> None:
    case = under(msgspec.structs.replace(ACT, force=force), **PUBLIC, sensitive_data="yes", law_as_of=as_of)
    prelim = clock(case, "act.prelim")
    assert (prelim.applies, prelim.law_as_of) == (applies, date.fromisoformat(as_of))
    if not applies:
        assert (prelim.state, prelim.questions, prelim.due_at) == ("not_applicable", (), None)
        assert "In force" in because(prelim)
        assert as_of in because(prelim)


def test_a_duty_has_its_own_time_in_force_within_its_regime() -> None:
    late = msgspec.structs.replace(PRELIM, force=Force("2022-07-01", "", "act"))
    case = under(msgspec.structs.replace(ACT, duties=(late, FINAL)), **PUBLIC, sensitive_data="yes")
    assert [one.applies for one in legal_deadlines(case)] == [False, True]


def test_the_law_applied_is_that_of_the_day_it_became_known_unless_another_is_recorded() -> None:
    assert law_as_of(under()) == date(2022, 6, 22)  # nothing is known: today's
    assert law_as_of(under(known_at="2022-06-20T23:30")) == date(2022, 6, 20)
    assert law_as_of(under(known_at="unknown")) == date(2022, 6, 22)
    assert law_as_of(under(known_at="2022-06-20T23:30", law_as_of="2026-11-21")) == date(2026, 11, 21)


# By when


def test_a_target_is_a_range_of_days_and_is_called_a_target() -> None:
    prelim = clock(under(**PUBLIC, sensitive_data="yes"), "act.prelim")
    assert (prelim.earliest, prelim.due_at, prelim.latest) == (day(6, 24), day(6, 26), day(6, 26))
    assert (prelim.target, prelim.aim_at) == (True, None)
    assert prelim.starts_at == START


def test_without_delay_names_no_date_but_our_own_aim() -> None:
    subjects = clock(under(**PUBLIC, sensitive_data="yes"), "act.subjects")
    assert (subjects.due_at, subjects.latest, subjects.target) == (None, None, True)
    assert subjects.aim_at == subjects.falls_at == START + timedelta(hours=72)
    assert (subjects.state, clock(later(under(**PUBLIC, sensitive_data="yes"), days=5), "act.subjects").state) == (
        "running",
        "running",  # an aim of our own cannot be overdue by law
    )
    assert "The law names no date" in because(subjects)


def test_both_readings_stand_until_the_longer_one_is_confirmed_and_the_earlier_is_worked_to() -> None:
    """30 days from Wednesday 22 June as day 1 end on Thursday 21 July, 60 on Saturday 20 August: Monday the 22nd."""
    lost = clock(under(**PUBLIC, sensitive_data="yes", cause="loss", malicious="no"), "act.final")
    assert (lost.due_at, lost.latest, len(lost.readings)) == (day(7, 21), day(7, 21), 1)
    open_ = clock(under(**PUBLIC, sensitive_data="yes", cause="loss"), "act.final")
    assert (open_.due_at, open_.latest) == (day(7, 21), day(8, 22))
    assert [(one.due_at, one.on) for one in open_.readings] == [
        (day(8, 22), both("a wrongful purpose")),
        (day(7, 21), None),
    ]
    assert "malicious" in open_.questions
    assert "Once confirmed, a wrongful purpose:" in because(open_)
    assert "Until it is settled, work to the earlier one" in because(open_)
    claimed = clock(told(under(**PUBLIC, cause="loss"), "estimate", malicious="yes"), "act.final")
    assert (claimed.applies, claimed.due_at, claimed.latest) == (True, day(7, 21), day(8, 22))
    stolen = clock(under(**PUBLIC, cause="theft"), "act.final")
    assert (stolen.due_at, stolen.latest, len(stolen.readings)) == (day(8, 22), day(8, 22), 1)


def test_a_theft_that_is_doubted_since_is_no_longer_settled() -> None:
    case = told(under(**PUBLIC), "confirmed", "police", cause="theft")
    assert clock(case, "act.final").due_at == day(8, 22)
    doubted = clock(told(case, "claimed", "camera", cause="loss"), "act.final")
    assert (doubted.due_at, doubted.latest) == (day(7, 21), day(8, 22))


def test_where_knowing_is_not_recorded_it_is_counted_from_what_cannot_be_later() -> None:
    facts = {"organization_type": "public_body", "sensitive_data": "yes"}
    opened = clock(under(**facts), "act.prelim")
    assert (opened.provisional, opened.state, opened.starts_at) == (True, "unknown", START)
    assert opened.applies is True
    assert opened.questions == ("known_at",)
    assert "For now counted from the opening of this incident" in because(opened)
    noticed = clock(under(**facts, noticed_at="03:00"), "act.prelim")
    assert noticed.starts_at == hour("2022-06-22T03:00")
    assert "For now counted from the noticing" in because(noticed)
    future = clock(under(**facts, noticed_at="2022-06-29T03:00"), "act.prelim")
    assert future.starts_at == START
    untimed = clock(under(**facts, known_at="unknown"), "act.prelim")
    assert (untimed.provisional, untimed.starts_at) == (True, START)
    assert "“Known” is recorded without a time." in because(untimed)
    late = clock(later(under(**facts), days=9), "act.prelim")
    assert late.state == "unknown"
    assert "By its earliest reading it is late already" in because(late)


@pytest.mark.parametrize(("typed", "said"), [("2022-06-23T09:00", "2022-06-23 09:00"), ("2022-06-23", "2022-06-23, ")])
def test_a_knowing_that_lies_in_the_future_moves_no_date(typed: str, said: str) -> None:
    facts = {"organization_type": "public_body", "sensitive_data": "yes", "noticed_at": "15:00"}
    one = clock(under(**facts, known_at=typed), "act.prelim")
    assert (one.provisional, one.state, one.starts_at) == (True, "unknown", hour("2022-06-22T15:00"))
    assert (one.due_at, one.law_as_of) == (day(6, 26), date(2022, 6, 22))
    assert "known_at" in one.questions
    assert f"“Known” is recorded as {said}" in because(one)
    assert "which lies in the future." in because(one)
    assert "For now counted from the noticing" in because(one)
    assert [str(doubt) for doubt in one.doubts]


def test_a_clock_that_was_set_back_moves_no_date() -> None:
    case = under(organization_type="public_body", sensitive_data="yes", known_at="15:45")
    back = msgspec.structs.replace(case, now=case.now - timedelta(days=30))
    one = clock(back, "act.prelim")
    assert (one.starts_at, one.provisional, one.law_as_of) == (START, False, date(2022, 6, 22))


@pytest.mark.parametrize("typed", ["15:47", "2022-06-22"])
def test_a_clock_that_is_two_minutes_fast_and_this_very_day_are_not_the_future(typed: str) -> None:
    facts = {"organization_type": "public_body", "sensitive_data": "yes", "noticed_at": "2022-06-21T15:00"}
    one = clock(under(**facts, known_at=f"2022-06-22T{typed}" if ":" in typed else typed), "act.prelim")
    assert (one.provisional, one.state, one.doubts) == (False, "running", ())


def test_a_day_without_an_hour_counts_from_its_beginning() -> None:
    only_day = clock(under(organization_type="public_body", known_at="2022-06-22"), "act.every")
    assert only_day.due_at == hour("2022-06-25T00:00")
    assert "known by its day only" in because(only_day)


def test_another_fact_that_is_missing_leaves_the_clock_without_a_start() -> None:
    contractor = clock(under(**PUBLIC, sensitive_data="yes"), "act.contractor")
    assert (contractor.state, contractor.starts_at, contractor.due_at) == ("unknown", None, None)
    assert contractor.questions == ("contractor_known_at",)
    assert contractor.target is False  # 72 hours of a statute, even before they run
    assert contractor.party == both("the contractor")
    assert contractor.called.en == f"the contractor: {contractor.what.en}"
    told_ = clock(under(**PUBLIC, sensitive_data="yes", contractor_known_at="14:00"), "act.contractor")
    assert (told_.state, told_.due_at) == ("running", hour("2022-06-25T14:00"))


def test_a_duty_that_starts_when_another_is_met() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    waits = clock(case, "act.after")
    assert (waits.state, waits.starts_at) == ("unknown", None)
    assert "Starts when “act.prelim” is met." in because(waits)
    case = done(later(case, days=1), partial(file, duty="act.prelim"))
    assert clock(case, "act.after").due_at == day(6, 26)  # three days after the 23rd, which is not counted
    assert clock(case, "act.after").state == "running"


def test_a_date_past_the_calendar_s_end_is_said_and_nothing_crashes() -> None:
    case = under(**PUBLIC | {"known_at": "9999-12-20T12:00"}, sensitive_data="yes")
    case = msgspec.structs.replace(case, now=hour("9999-12-20T12:00"))
    final = clock(case, "act.final")
    assert (final.due_at, final.applies) == (None, True)
    assert "past the end of the calendar" in because(final)


# Its state, and what would settle it


def test_states() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    assert clock(case, "act.every").state == "running"
    at_the_end = later(case, hours=72)
    assert clock(at_the_end, "act.every").state == "running"
    over = later(case, hours=72, seconds=1)
    assert clock(over, "act.every").state == "overdue"
    assert "Missed: it was due Sat 2022-06-25 15:45." in because(clock(over, "act.every"))
    met = done(over, partial(file, duty="act.every", who="suzuki", receipt="R-12", reason="no line to the Board"))
    filed = clock(met, "act.every")
    assert (filed.state, filed.met_at, filed.questions) == ("met", over.now, ())
    assert "Met Sat 2022-06-25 15:45 by suzuki, receipt R-12." in because(filed)
    assert "That was after it was due." in because(filed)
    assert "Why late: no line to the Board" in because(filed)
    given = clock(done(over, partial(delay, duty="act.every", reason="the line is down")), "act.every")
    assert given.state == "overdue"
    assert "Reason given for the delay: the line is down" in because(given)


def test_a_duty_that_may_apply_is_unknown_until_the_question_is_answered() -> None:
    case = under(**PUBLIC, sensitive_data="no", cause="loss")
    perhaps = clock(case, "act.prelim")
    assert (perhaps.applies, perhaps.state, perhaps.due_at) == (None, "unknown", day(6, 26))
    assert set(perhaps.questions) == {"malicious", "persons"}
    assert "May apply; it hangs on: malicious, Persons." in because(perhaps)
    assert clock(told(case, persons="500"), "act.prelim").questions == ()


def test_what_is_settled_asks_nothing() -> None:
    case = under(organization_type="business", known_at="15:45")
    assert {one.questions for one in legal_deadlines(case) if one.applies is False} == {()}


def test_a_clock_is_as_sure_as_the_least_sure_of_its_sources() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    assert (clock(case, "act.prelim").confidence, clock(case, "act.final").confidence) == ("official", "memory-high")
    assert clock(case, "act.final").basis == both("The Act")
    assert clock(case, "act.final").read_on == date(2022, 6, 1)


# Counsel


def test_counsel_decides_and_the_rule_s_own_answer_stays_beside_it() -> None:
    case = under(organization_type="business", known_at="15:45", sensitive_data="yes")
    assert clock(case, "act.prelim").applies is False
    say_yes = partial(override, duty="act.prelim", applies="yes", counsel="Mori", reason="it acts for the city")
    decided = done(case, say_yes)
    one = clock(decided, "act.prelim")
    assert (one.applies, one.state, one.due_at) == (True, "running", day(6, 26))
    assert because(one).startswith("counsel: it applies (Mori, Wed 2022-06-22 15:45): it acts for")
    assert "By the rule: does not apply" in because(one)
    assert "Does not apply: Kind: Business." in because(one)
    back = partial(override, duty="act.prelim", applies="rule", counsel="Mori", reason="taken back")
    assert clock(done(decided, back), "act.prelim").applies is False


def test_counsel_can_say_that_a_duty_does_not_apply() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    decided = done(case, partial(override, duty="act.prelim", applies="no", counsel="Mori", reason="no leak"))
    one = clock(decided, "act.prelim")
    assert (one.applies, one.state, one.due_at, one.questions) == (False, "not_applicable", None, ())
    assert "By the rule: applies" in because(one)
    assert "Item 1: Sensitive: yes." in because(one)


def test_counsel_s_word_counts_on_a_law_that_is_not_in_force_too() -> None:
    case = under(msgspec.structs.replace(ACT, force=Force("2023-04-01", "", "act")), **PUBLIC)
    decided = done(case, partial(override, duty="act.prelim", applies="yes", counsel="Mori", reason="by contract"))
    assert clock(decided, "act.prelim").applies is True
    assert "In force from Sat 2023-04-01 only" in because(clock(decided, "act.prelim"))


# Which laws, in which order, beside which step


def test_the_laws_asked_are_the_default_ones_unless_others_are_named() -> None:
    other = msgspec.structs.replace(ACT, id="other", default=False, duties=(duty("other.one", PRELIM.deadlines[0]),))
    assert {one.regime for one in legal_deadlines(under(ACT, other))} == {"act"}
    assert {one.regime for one in legal_deadlines(under(ACT, other, regimes="other"))} == {"other"}
    assert {one.regime for one in legal_deadlines(under(ACT, other, regimes="act other"))} == {"act", "other"}


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        ("+other", {"act", "other"}),  # beside the default ones
        ("＋other", {"act", "other"}),
        ("+other third", {"other", "third"}),  # a plain name takes the place of the default ones
        ("+moon", {"act"}),
    ],
)
def test_a_law_named_with_a_plus_is_asked_beside_the_default_ones(named: str, asked: set[str]) -> None:
    other, third = (
        msgspec.structs.replace(ACT, id=id, default=False, duties=(duty(f"{id}.one", PRELIM.deadlines[0]),))
        for id in ("other", "third")
    )
    assert {one.regime for one in legal_deadlines(under(ACT, other, third, regimes=named))} == asked


def test_overdue_first_then_the_soonest_then_what_waits_what_is_met_and_what_does_not_apply() -> None:
    case = later(under(**PUBLIC, sensitive_data="yes"), hours=73)  # 06-25 16:45; the 72 hours are over
    case = done(case, partial(file, duty="act.subjects"))
    order = [one.id for one in deadlines(case) if one.regime]
    assert order == [
        "act.every",  # overdue
        "act.prelim",  # 06-26
        "act.final",  # 07-21
        "act.after",  # waits
        "act.contractor",
        "act.subjects",  # met
        "act.extra",  # does not apply
    ]


def test_a_legal_deadline_is_soon_by_its_alarms_and_a_target_from_its_first_day() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    assert alarms(case) == (timedelta(hours=24), timedelta(hours=1))
    every_one = clock(case, "act.every")
    assert not every_one.soon(START + timedelta(hours=47, minutes=59))
    assert every_one.soon(START + timedelta(hours=48))
    prelim = clock(case, "act.prelim")
    assert not prelim.soon(hour("2022-06-23T23:59"))
    assert prelim.soon(hour("2022-06-24T00:00"))
    own = told(case, alarms="2h 3d")
    assert alarms(own) == (timedelta(days=3), timedelta(hours=2))
    assert clock(own, "act.every").soon(START)
    assert alarms(told(case, alarms="soon")) == (timedelta(hours=24), timedelta(hours=1))


def test_a_step_goes_by_the_most_urgent_of_its_duties_that_is_still_open() -> None:
    case = reporting(**PUBLIC, sensitive_data="yes")
    assert by_step(case, deadlines(case))["report"].id == "act.prelim"
    assert clock(case, "act.prelim").step == clock(case, "act.final").step == "report"
    assert clock(case, "act.subjects").step == ""
    filed = done(case, partial(file, duty="act.prelim"))
    assert by_step(filed, deadlines(filed))["report"].id == "act.final"
    assert by_step(case, deadlines(case))["notice-what"].id == "step:notice-what"
    none = reporting(organization_type="business")
    assert by_step(none, deadlines(none))["report"].state == "not_applicable"


def test_a_step_judged_unnecessary_whose_duty_applies_is_a_contradiction() -> None:
    step = msgspec.structs.replace(REPORT, when="search_ongoing == yes")
    case = reporting(step, **PUBLIC, sensitive_data="yes", search_ongoing="no")
    ((at, said),) = set_aside(case, deadlines(case))
    assert at == "report"
    assert "act.prelim" in str(said)
    assert "1-4" in str(said)
    assert set_aside(told(case, search_ongoing="yes"), deadlines(case)) == []
    business = told(case, organization_type="business")
    assert set_aside(business, deadlines(business)) == []


def test_days_are_counted_where_the_law_is_at_home() -> None:
    """15:45 in Tokyo is 23:45 of the day before in Los Angeles."""
    west = msgspec.structs.replace(
        ACT, id="west", zone="America/Los_Angeles", calendar="", duties=(duty("west.one", Reading(Days(1), "act")),)
    )
    one = clock(under(west, **PUBLIC, sensitive_data="yes"), "west.one")
    assert one.due_at == hour("2022-06-22T15:59:59")  # the end of 21 June there
    hours = msgspec.structs.replace(west, duties=(duty("west.two", Reading(Hours(72), "act")),))
    assert clock(under(hours, **PUBLIC, sensitive_data="yes"), "west.two").due_at == START + timedelta(hours=72)


@given(st.sampled_from(["yes", "no", "unknown"]), st.sampled_from(["loss", "theft"]), st.booleans(), st.booleans())
def test_the_date_worked_to_is_never_later_than_any_reading(malicious: str, cause: str, first: bool, second: bool):
    case = told(under(**PUBLIC), "confirmed" if first else "estimate", malicious=malicious)
    final = clock(told(case, "confirmed" if second else "estimate", cause=cause), "act.final")
    assert final.due_at == min(one.due_at for one in final.readings)
    assert final.latest == max(one.due_at for one in final.readings)
    if not any((first and malicious == "yes", second and cause == "theft")):
        assert final.due_at == day(7, 21)


def test_late_is_told_in_real_time_even_in_the_hour_that_comes_twice() -> None:
    """Clocks go back on 1 November 2026 in New York: 01:15 comes again after 01:30."""
    there = ZoneInfo("America/New_York")
    due = datetime(2026, 11, 1, 1, 30, tzinfo=there)
    met = msgspec.structs.replace(clock(under(**PUBLIC, sensitive_data="yes"), "act.prelim"), state="met", due_at=due)
    assert msgspec.structs.replace(met, met_at=due.replace(minute=15, fold=1)).is_late
    assert not msgspec.structs.replace(met, met_at=due.replace(minute=15)).is_late
    assert not msgspec.structs.replace(met, met_at=None).is_late
    assert not msgspec.structs.replace(met, state="running", due_at=due).is_late


def test_a_reason_is_wanted_for_what_was_missed_until_one_is_given() -> None:
    case = under(**PUBLIC, sensitive_data="yes")
    assert not reason_wanted(case, clock(case, "act.prelim"))
    missed = later(case, days=6)
    assert reason_wanted(missed, clock(missed, "act.prelim"))
    filed = done(missed, partial(file, duty="act.prelim"))
    assert reason_wanted(filed, clock(filed, "act.prelim"))
    for act in (partial(file, duty="act.prelim", reason="storm"), partial(delay, duty="act.prelim", reason="storm")):
        told_why = done(filed, act)
        assert not reason_wanted(told_why, clock(told_why, "act.prelim"))


@pytest.mark.parametrize(
    ("duty", "day", "in_time", "said"),
    [
        ("act.every", "2022-06-24", True, ""),  # due on the 25th at 15:45
        ("act.every", "2022-06-25", None, "Whether that was in time is not known: the hour is missing."),
        ("act.every", "2022-06-26", False, "That was after it was due."),
        ("act.prelim", "2022-06-26", True, ""),  # due at the end of that very day
        ("act.prelim", "2022-06-27", False, "That was after it was due."),
    ],
)
def test_a_filing_known_by_its_day_is_in_time_or_late_only_where_its_hour_does_not_matter(
    duty: str, day: str, in_time: bool | None, said: str
) -> None:
    case = later(under(**PUBLIC, sensitive_data="yes"), days=9)
    filed = done(case, partial(file, duty=duty, at=Moment(hour(f"{day}T00:00"), "date")))
    one = clock(filed, duty)
    assert (one.in_time, one.is_late) == (in_time, in_time is False)
    assert reason_wanted(filed, one) is (in_time is False)
    assert [line for line in because(one).splitlines() if "in time" in line or "after it" in line] == [said][
        : bool(said)
    ]


def test_a_note_is_kept_in_mind_unless_its_condition_does_not_hold_by_what_the_unknown_counts_as() -> None:
    assumed = (Assumption("my_number", "yes", "act"),)
    with_note = duty("one.only", ACT.duties[0].deadlines[0], notes=(Note(both("Mind it"), "act", "my_number == no"),))
    law: Regime = msgspec.structs.replace(ACT, id="one", duties=(with_note,), assumptions=assumed)
    assert notes(under(law), "one.only") == []
    assert [note.text.en for note in notes(under(law, my_number="no"), "one.only")] == ["Mind it"]
    assert notes(under(law), "step:notice-what") == []
