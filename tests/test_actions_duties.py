"""What can be done about a duty, what is refused, and how it is undone, redacted, written and told."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook import events as e
from runbook.actions import steps
from runbook.actions.deciding import By, Decision
from runbook.actions.duties import delay, file, find_duty, override, withdraw
from runbook.actions.records import close, undo
from runbook.case import Case
from runbook.codec import read_event, write_event
from runbook.duties import legal_deadlines
from runbook.errors import BadContent, Refused
from runbook.events import Act, Event, Prose, prose_of
from runbook.fold import subject_of
from runbook.incident import Incident, rests_on, touch_of
from runbook.moment import UNKNOWN, Moment, read_moment
from runbook.narrate import narrate
from runbook.speech import speaker
from tests.lawful import REPORT, book, clock, moment, reporting, told, under
from tests.making import START, TOKYO, done, later, recorded

PUBLIC = {"organization_type": "public_body", "known_at": "15:45", "sensitive_data": "yes"}
FILE = partial(file, duty="act.prelim")
LATE = partial(delay, duty="act.prelim", reason="the line is down")
COUNSEL = partial(override, duty="act.prelim", applies="no", counsel="Mori", reason="no leak")


def acts(case: Case, decision: Decision) -> list[Act]:
    return decision(case, By("sato", None, case.incident.seq))


# Filing


def test_a_filing_says_when_by_whom_under_which_receipt_and_why_late() -> None:
    case = later(under(**PUBLIC), days=6)
    given = moment("2022-06-27T09:00")
    filed = done(case, partial(FILE, at=given, who="Suzuki", receipt="R-12", reason="the line was down"))
    kept = filed.incident.duty("act.prelim").filing
    assert kept
    assert (kept.at, kept.by) == (given, "Suzuki")
    assert (kept.receipt, kept.reason) == (Prose(text="R-12"), Prose(text="the line was down"))
    assert (clock(filed, "act.prelim").state, clock(filed, "act.prelim").met_at) == ("met", given.at)


def test_a_filing_without_more_is_of_just_now_by_whoever_records_it() -> None:
    kept = done(under(**PUBLIC), FILE, "suzuki").incident.duty("act.prelim").filing
    assert kept
    assert (kept.at, kept.by, kept.receipt, kept.reason) == (Moment(START), "suzuki", None, None)


def test_a_filing_may_be_of_a_time_nobody_knows() -> None:
    case = done(under(**PUBLIC), partial(FILE, at=UNKNOWN))
    one = clock(case, "act.prelim")
    assert (one.state, one.met_at) == ("met", None)
    assert "Met time unknown by sato" in str(one.derivation[-1])
    assert clock(case, "act.after").starts_at is None


def test_a_filing_is_told_no_more_exactly_than_it_is_known() -> None:
    for typed, said in (("2022-06-22", "Met 2022-06-22, hour unknown by"), ("~15:30", "Met about 2022-06-22 15:30 by")):
        one = clock(done(under(**PUBLIC), partial(FILE, at=read_moment(typed, START, TOKYO))), "act.prelim")
        assert said in str(one.derivation[-1])


def test_the_same_filing_twice_is_one_and_a_later_one_stands_in_for_it() -> None:
    case = done(under(**PUBLIC), partial(FILE, receipt="R-1"))
    assert acts(case, partial(FILE, receipt="R-1")) == []
    again = done(later(case, hours=1), partial(FILE, receipt="R-2"))
    state = again.incident.duty("act.prelim")
    assert len(state.filings) == 2
    assert state.filing
    assert state.filing.receipt == Prose(text="R-2")


def test_what_a_later_filing_does_not_say_stays_as_it_was() -> None:
    """The receipt's number comes days later, and does not make the report late."""
    case = under(**PUBLIC)
    first = moment("2022-06-22T15:40")
    case = done(case, partial(FILE, at=first, who="Suzuki", reason="the line was down"))
    case = done(later(case, days=9), partial(FILE, receipt="R-12"), "tanaka")
    kept = case.incident.duty("act.prelim").filing
    assert kept
    assert (kept.at, kept.by) == (first, "Suzuki")
    assert (kept.receipt, kept.reason) == (Prose(text="R-12"), Prose(text="the line was down"))
    assert not any("after it was due" in str(line) for line in clock(case, "act.prelim").derivation)


def test_what_is_filled_in_on_a_finished_step_goes_to_its_filing() -> None:
    case = later(reporting(**PUBLIC), hours=2)
    case = done(case, partial(steps.fill, step="report", field="at", typed="17:00"))
    case = done(case, partial(steps.finish, step="report"))
    case = done(later(case, days=2), partial(steps.fill, step="report", field="number", typed="R-12"))
    kept = case.incident.duty("act.prelim").filing
    assert kept
    assert (kept.at, kept.receipt) == (moment("2022-06-22T17:00"), Prose(text="R-12"))


def test_even_a_duty_that_does_not_apply_can_be_met() -> None:
    """A voluntary report is one, too."""
    case = under(organization_type="business", known_at="15:45")
    assert clock(done(case, FILE), "act.prelim").state == "met"


def test_a_filing_records_what_the_step_would_have_asked_for_as_long_as_nobody_else_did() -> None:
    case = later(reporting(**PUBLIC), hours=2)
    filed = done(case, partial(FILE, at=moment("2022-06-22T17:00"), receipt="R-12"))
    reported, receipt = filed.current("commission_reported_at"), filed.current("receipt")
    assert reported
    assert (reported.value, reported.status, reported.source) == (
        moment("2022-06-22T17:00"),
        "confirmed",
        "step:report",
    )
    assert receipt
    assert receipt.value == Prose(text="R-12")
    again = done(filed, partial(FILE, at=moment("2022-06-22T17:30"), receipt="R-13"))
    assert again.value("commission_reported_at") == moment("2022-06-22T17:30").at
    assert again.current("receipt").value == Prose(text="R-13")
    pressed = told(filed, "confirmed", "the commission", commission_reported_at="17:05")
    third = acts(pressed, partial(FILE, at=moment("2022-06-22T17:30"), receipt="R-12"))
    assert [type(act.data) for act in third] == [e.DutyFiled]
    known = told(case, commission_reported_at="16:50")
    only = acts(known, partial(FILE, at=moment("2022-06-22T17:00")))
    assert [type(act.data) for act in only] == [e.DutyFiled]


def test_what_a_filing_recorded_is_withdrawn_with_it_and_what_others_said_is_not() -> None:
    case = later(reporting(**PUBLIC), hours=2)
    told_too = told(case, "claimed", "the commission", receipt="R-12")
    filed = done(told_too, partial(FILE, at=moment("2022-06-22T17:00"), receipt="R-13"))
    gone = done(filed, partial(withdraw, duty="act.prelim", reason="never sent"))
    assert gone.current("commission_reported_at") is None
    assert gone.current("receipt").source == "the commission"
    back = done(gone, undo)
    assert back.value("commission_reported_at") == moment("2022-06-22T17:00").at
    assert back.incident.duty("act.prelim").filing == filed.incident.duty("act.prelim").filing


def test_what_a_filing_recorded_stays_while_another_duty_of_its_step_is_met_by_it() -> None:
    assert REPORT.files
    files = msgspec.structs.replace(REPORT.files, duties=("act.prelim", "act.every"))
    case = later(reporting(msgspec.structs.replace(REPORT, files=files), **PUBLIC), hours=2)
    case = done(case, partial(steps.fill, step="report", field="at", typed="17:00"))
    case = done(case, partial(steps.finish, step="report"))
    gone = done(case, partial(withdraw, duty="act.prelim", reason="only the other one was sent"))
    assert gone.value("commission_reported_at") == moment("2022-06-22T17:00").at
    neither = done(gone, partial(withdraw, duty="act.every", reason="nor was that"))
    assert neither.current("commission_reported_at") is None


def test_finishing_a_step_files_what_applies_with_what_its_fields_say() -> None:
    case = later(reporting(**PUBLIC), hours=2)
    for field, typed in (("at", "17:00"), ("number", "R-12"), ("who", "Suzuki")):
        case = done(case, partial(steps.fill, step="report", field=field, typed=typed))
    case = done(case, partial(steps.finish, step="report"))
    kept = case.incident.duty("act.prelim").filing
    assert kept
    assert (kept.at, kept.by, kept.receipt) == (moment("2022-06-22T17:00"), "Suzuki", Prose(text="R-12"))
    assert case.incident.step("report").state == "done"
    assert case.incident.duty("act.final").filing is None  # the step goes by its clock and does not file it


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("at", "17:10", (moment("2022-06-22T17:10"), "Suzuki", "R-12")),
        ("who", "Tanaka", (moment("2022-06-22T17:00"), "Tanaka", "R-12")),
        ("number", "R-13", (moment("2022-06-22T17:00"), "Suzuki", "R-13")),
        ("number", "", (moment("2022-06-22T17:00"), "Suzuki", None)),
        ("who", "Suzuki", None),  # nothing else was said
        ("who", "", None),
    ],
)
def test_a_step_finished_again_files_again_what_its_fields_say_now(
    field: str, typed: str, kept: tuple[Moment, str, str | None] | None
) -> None:
    case = later(reporting(**PUBLIC), hours=2)
    for name, text in (("at", "17:00"), ("number", "R-12"), ("who", "Suzuki")):
        case = done(case, partial(steps.fill, step="report", field=name, typed=text))
    case = done(case, partial(steps.finish, step="report"))
    case = done(case, partial(steps.reopen, step="report"))
    case = done(case, partial(steps.fill, step="report", field=field, typed=typed))
    case = done(later(case, hours=1), partial(steps.finish, step="report"), "mori")
    filings = case.incident.duty("act.prelim").filings
    assert len(filings) == (1 if kept is None else 2)
    if kept:
        at, who, receipt = kept
        last = filings[-1]
        assert (last.at, last.by, last.receipt and last.receipt.text) == (at, who, receipt)


def test_a_step_finished_again_leaves_alone_what_was_filed_by_itself() -> None:
    case = done(later(reporting(**PUBLIC), hours=2), partial(steps.finish, step="report"))
    case = done(case, partial(FILE, at=moment("2022-06-22T17:20"), who="Mori", receipt="R-20"))
    case = done(case, partial(steps.reopen, step="report"))
    case = done(case, partial(steps.fill, step="report", field="who", typed="Tanaka"))
    again = acts(case, partial(steps.finish, step="report"))
    assert [type(act.data) for act in again] == [e.StepFinished]


@pytest.mark.parametrize(
    ("facts", "files"),
    [
        (PUBLIC, True),
        ({**PUBLIC, "sensitive_data": "unknown"}, True),  # it may apply: told in case
        ({**PUBLIC, "organization_type": "business"}, False),
        ({**PUBLIC, "encrypted": "yes", "key_separate": "yes"}, False),
    ],
)
def test_finishing_a_step_files_what_may_apply_and_nothing_else(facts: dict[str, str], files: bool) -> None:
    case = done(reporting(**facts), partial(steps.finish, step="report"))
    kept = case.incident.duty("act.prelim").filing
    assert (kept is not None) is files
    if kept:
        assert (kept.at, kept.by) == (Moment(START), "sato")


def test_what_is_met_already_is_not_filed_again_by_its_step() -> None:
    case = done(reporting(**PUBLIC), partial(FILE, receipt="R-1"))
    assert [type(act.data) for act in acts(case, partial(steps.finish, step="report"))] == [e.StepFinished]
    gone = done(case, partial(withdraw, duty="act.prelim", reason="never sent"))
    assert e.DutyFiled in [type(act.data) for act in acts(gone, partial(steps.finish, step="report"))]


# What is refused


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (
            partial(FILE, at=Moment(START + timedelta(seconds=1))),
            "cannot have been met at a time that has not come yet",
        ),
        (partial(file, duty="act.prelm"), "There is no duty “act.prelm”. Did you mean: act.prelim"),
        (partial(file, duty="x"), "There is no duty “x”. “runbook clocks” lists the duties."),
        (partial(withdraw, duty="act.prelim", reason="r"), "“act.prelim” is not recorded as met."),
        (partial(delay, duty="act.prelim", reason=" "), "Say why it is late."),
        (partial(COUNSEL, reason=""), "Say why counsel decided so."),
        (partial(COUNSEL, counsel=" "), "Say which counsel decided it."),
        (partial(FILE, receipt="パスワードは13桁の英数字"), "“receipt number” may not describe a password"),
        (partial(FILE, who="パスワードは13桁の英数字"), "“filed by” may not describe a password"),
        (partial(COUNSEL, counsel="パスワードは13桁の英数字"), "“counsel” may not describe a password"),
        (partial(FILE, reason="the password has 13 characters"), "“reason” may not describe a password"),
        (partial(delay, duty="act.prelim", reason="パスワードは13桁"), "“reason” may not describe a password"),
        (partial(COUNSEL, reason="password: Amagasaki2022"), "“reason” may not describe a password"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_sentence(decision: Decision, sentence: str) -> None:
    with pytest.raises((Refused, BadContent)) as refused:
        acts(under(**PUBLIC), decision)
    assert sentence in f"{refused.value.message} {refused.value.hint or ''}"


@pytest.mark.parametrize("decision", [FILE, LATE, COUNSEL, partial(withdraw, duty="act.prelim", reason="r")])
def test_a_closed_incident_takes_nothing_more(decision: Decision) -> None:
    case = done(done(under(**PUBLIC), FILE), partial(close, explanation="over"))
    with pytest.raises(Refused, match="closed"):
        acts(case, decision)


def test_a_step_does_not_file_in_the_future_either() -> None:
    case = done(reporting(**PUBLIC), partial(steps.fill, step="report", field="at", typed="2022-06-24T09:00"))
    with pytest.raises(BadContent, match="has not come yet"):
        acts(case, partial(steps.finish, step="report"))
    business = told(case, organization_type="business")
    assert acts(business, partial(steps.finish, step="report"))  # nothing is filed: nothing to refuse


@pytest.mark.parametrize("first", [FILE, LATE, COUNSEL])
@pytest.mark.parametrize(
    "second", [partial(FILE, who="A"), partial(LATE, reason="other"), partial(COUNSEL, reason="o")]
)
def test_whoever_had_not_seen_what_another_did_about_it_decides_again(first: Decision, second: Decision) -> None:
    case = under(**PUBLIC)
    seen = case.incident.seq
    case = done(case, first, "suzuki")
    with pytest.raises(Refused, match="Meanwhile suzuki"):
        done(case, second, "sato", seen)
    done(case, second, "sato", case.incident.seq)
    done(case, second, "sato")  # without what was seen nothing conflicts
    done(case, partial(file, duty="act.final"), "sato", seen)  # another duty


def test_the_same_word_twice_is_recorded_once() -> None:
    for decision in (LATE, COUNSEL):
        case = done(under(**PUBLIC), decision)
        assert acts(case, decision) == []
    assert acts(under(**PUBLIC), partial(COUNSEL, applies="rule")) == []
    case = done(done(under(**PUBLIC), COUNSEL), partial(COUNSEL, applies="rule"))
    assert case.incident.duty("act.prelim").override is None
    assert acts(case, partial(COUNSEL, applies="rule")) == []


def test_a_duty_is_found_by_its_id() -> None:
    assert find_duty(under(), "act.prelim").id == "act.prelim"


# Undoing


def test_a_delay_and_counsel_s_decision_can_be_undone() -> None:
    for decision, part in ((LATE, "delay"), (COUNSEL, "override")):
        case = done(under(**PUBLIC), decision)
        assert getattr(case.incident.duty("act.prelim"), part)
        undone = done(case, undo)
        assert getattr(undone.incident.duty("act.prelim"), part) is None
    other = done(under(**PUBLIC), partial(COUNSEL, applies="yes"))
    back = done(done(other, COUNSEL), undo)
    assert back.incident.duty("act.prelim").override.applies == "yes"


def test_a_filing_left_the_house_and_is_withdrawn_not_undone() -> None:
    for case, decision in (
        (under(**PUBLIC), FILE),
        (reporting(**PUBLIC), partial(steps.finish, step="report")),
    ):
        filed = done(case, decision)
        with pytest.raises(Refused) as refused:
            done(filed, undo)
        assert str(refused.value.hint) == "If it was not filed after all, withdraw it with w on the clocks."
        gone = done(filed, partial(withdraw, duty="act.prelim", reason="never sent"))
        assert gone.incident.duty("act.prelim").filing is None
        assert clock(gone, "act.prelim").state == "running"
        assert len(gone.incident.duty("act.prelim").filings) == 1  # its history stays


def test_undoing_a_withdrawal_puts_the_filing_back() -> None:
    case = done(under(**PUBLIC), partial(FILE, receipt="R-1"))
    before = case.incident.duty("act.prelim")
    gone = done(case, partial(withdraw, duty="act.prelim", reason="never sent"))
    assert clock(gone, "act.prelim").state == "running"
    back = done(gone, undo)
    assert back.incident.duty("act.prelim") == before
    assert clock(back, "act.prelim").state == "met"


def test_undoing_a_withdrawal_does_not_bring_back_what_an_earlier_one_took() -> None:
    case = done(done(under(**PUBLIC), partial(FILE, receipt="R-1")), partial(withdraw, duty="act.prelim", reason="a"))
    case = done(done(case, partial(FILE, receipt="R-2")), partial(withdraw, duty="act.prelim", reason="b"))
    back = done(case, undo).incident.duty("act.prelim")
    assert [one.withdrawn is None for one in back.filings] == [False, True]
    assert back.filing
    assert back.filing.receipt == Prose(text="R-2")


def test_undo_is_refused_once_somebody_built_on_it() -> None:
    case = done(done(under(**PUBLIC), LATE), COUNSEL, "suzuki")
    with pytest.raises(Refused, match="suzuki"):
        done(case, undo)


ANY = st.sampled_from(
    [
        FILE,
        partial(FILE, receipt="R-2", who="A", reason="late"),
        partial(withdraw, duty="act.prelim", reason="never sent"),
        LATE,
        partial(LATE, reason="other"),
        COUNSEL,
        partial(COUNSEL, applies="yes"),
        partial(COUNSEL, applies="rule", reason="back"),
    ]
)


@given(st.lists(ANY, max_size=8), ANY)
def test_whatever_can_be_undone_leaves_the_duty_as_it_was(before: list[Decision], last: Decision) -> None:
    case = under(**PUBLIC)
    for decision in [*before, last]:
        try:
            decided = acts(case, decision)
        except Refused:
            continue
        was, rested = case.incident.duty("act.prelim"), rests_on(case.incident, "duty:act.prelim")
        after = recorded(case, decided)
        if decided and not isinstance(decided[0].data, e.DutyFiled):
            back = done(after, undo).incident
            now = back.duty("act.prelim")
            assert (now.filing, now.delay, now.override) == (was.filing, was.delay, was.override)
            assert rests_on(back, "duty:act.prelim") == rested
        case = after
    packed = msgspec.msgpack.encode(case.incident)
    assert msgspec.msgpack.decode(packed, type=Incident) == case.incident


# The record


EVENTS: list[tuple[e.OfDuty | e.OfStep | e.SeverityJudged, str, str]] = [
    (
        e.DutyFiled("act.prelim", "Suzuki", Prose("d1", "R-12"), Prose("d2", "late")),
        "Duty met: act.prelim (The Act), by Suzuki, receipt R-12",
        "義務を果たした：act.prelim（The Act）、Suzuki、受付番号 R-12",
    ),
    (
        e.DutyFiled("act.prelim", "Suzuki"),
        "Duty met: act.prelim (The Act), by Suzuki",
        "義務を果たした：act.prelim（The Act）、Suzuki",
    ),
    (
        e.FilingWithdrawn("act.prelim", Prose("d1", "never sent")),
        "Duty not met after all: act.prelim (The Act): never sent",
        "済んでいなかった：act.prelim（The Act）：never sent",
    ),
    (
        e.DutyDelayed("act.prelim", Prose("d1", "the line is down")),
        "Reason for a delay: act.prelim (The Act): the line is down",
        "遅れの理由：act.prelim（The Act）：the line is down",
    ),
    (
        e.DutyOverridden("act.prelim", "yes", "Mori", Prose("d1", "r")),
        "Counsel Mori: the duty applies: act.prelim (The Act): r",
        "法務の判断（Mori）：当てはまる：act.prelim（The Act）：r",
    ),
    (
        e.DutyOverridden("act.prelim", "no", "Mori", Prose("d1", "r")),
        "Counsel Mori: the duty does not apply: act.prelim (The Act): r",
        "法務の判断（Mori）：当てはまらない：act.prelim（The Act）：r",
    ),
    (
        e.DutyOverridden("act.prelim", "rule", "Mori", Prose("d1", "r")),
        "Counsel Mori: the rule decides again: act.prelim (The Act): r",
        "法務の判断（Mori）：規則に戻す：act.prelim（The Act）：r",
    ),
    (e.SeverityJudged("dpc", "financial", Prose("d1", "r")), "Severity, dpc: financial: r", ""),
    (e.SeverityJudged("dpc", "", Prose("d1", "r")), "Severity, dpc: as the facts suggest: r", ""),
    (e.StepFinished("gone", ("a",)), "gone: finished; checks left open: 1", ""),
]


def event(data: e.Data) -> Event:
    return Event("20220622-test", 3, "b:1", START, "exact", START, START, "佐藤", "seat", data)


@pytest.mark.parametrize(("data", "english", "japanese"), EVENTS)
def test_every_event_is_told_in_a_sentence(data: e.Data, english: str, japanese: str) -> None:
    told_ = narrate(event(data), book(), TOKYO)
    assert speaker("en")(told_) == english
    assert not japanese or speaker("ja")(told_) == japanese


def test_a_duty_of_no_regime_is_told_by_its_id() -> None:
    """A regime that cannot be read any more leaves a readable record."""
    assert str(narrate(event(e.DutyFiled("gone.duty", "A")), book(), TOKYO)) == "Duty met: gone.duty, by A"


@pytest.mark.parametrize("data", [one[0] for one in EVENTS])
def test_every_event_survives_the_record_and_no_free_text_enters_its_body(data: e.Data) -> None:
    body = write_event(event(data))
    texts = {prose.digest: prose.text or "" for prose in prose_of(data)}
    assert read_event(body, texts) == event(data)
    for text in texts.values():
        assert text not in json.loads(body)["data"].values()
    assert all(prose.text is None for prose in prose_of(read_event(body, {}).data))
    assert json.loads(body)["data"].keys() <= set(data.__struct_fields__)


def test_a_filing_s_time_is_the_entry_s_own() -> None:
    (act,) = acts(later(under(**PUBLIC), hours=2), partial(FILE, at=moment("2022-06-22T16:00")))
    assert act.moment == moment("2022-06-22T16:00")
    assert subject_of(act.data) == "duty:act.prelim"


def test_redaction_takes_the_words_from_every_place_that_shows_them() -> None:
    case = later(under(**PUBLIC), days=6)
    case = recorded(case, [Act(e.DutyFiled("act.prelim", "A", Prose("d1", "R-12"), Prose("d2", "Mr Hill was ill")))])
    case = recorded(case, [Act(e.DutyDelayed("act.every", Prose("d3", "Mr Hill is ill")))])
    case = recorded(case, [Act(e.DutyOverridden("act.final", "no", "Mori", Prose("d4", "Mr Hill says so")))])
    entries = {prose.text for one in ("act.prelim", "act.every", "act.final") for prose in _reasons(case, one)}
    assert entries == {"R-12", "Mr Hill was ill", "Mr Hill is ill", "Mr Hill says so"}
    gone = recorded(case, [Act(e.EntryRedacted(2, "suzuki", Prose("r", "a name"), ("d1", "d2", "d3", "d4")))])
    assert b"Mr Hill" not in msgspec.msgpack.encode(gone.incident)
    shown = "\n".join(speaker("en")(line) for one in legal_deadlines(gone) for line in one.derivation)
    assert "Mr Hill" not in shown
    assert shown.count("(text removed)") == 4
    assert clock(gone, "act.prelim").state == "met"


def _reasons(case: Case, duty: str) -> list[Prose]:
    state = case.incident.duty(duty)
    found = [prose for one in state.filings for prose in (one.receipt, one.reason) if prose]
    return [*found, *(one.reason for one in state.delays), *(one.reason for one in state.overrides)]


def test_who_touched_a_duty_last_is_known() -> None:
    case = done(done(under(**PUBLIC), LATE), COUNSEL, "suzuki")
    touch = touch_of(case.incident, "duty:act.prelim")
    assert touch
    assert (touch.actor, touch.type) == ("suzuki", "duty_overridden")
    assert touch_of(case.incident, "duty:act.final") is None
