"""What may be decided, and what is refused with which sentence."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from runbook import events as e
from runbook.actions import facts, notices, records, steps
from runbook.actions.deciding import By
from runbook.actions.values import MAX_TEXT, means_unknown, read_count, read_estimate, read_value
from runbook.content import Content
from runbook.errors import BadContent, Refused
from runbook.events import Event, Prose
from runbook.moment import Moment
from runbook.playbook import FactSpec, Field
from runbook.saying import is_unknown, value_words
from runbook.speech import Language, say, speaker
from tests.making import START, both, done, opened_case, recorded


def noticed():
    """A case whose first step is finished."""
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="noticed", typed="03:00"))
    return done(case, partial(steps.finish, step="1-1"))


def test_a_step_is_started_finished_and_reopened():
    case = noticed()
    state = case.incident.step("notice-what")
    assert (state.state, state.owner) == ("done", "sato")
    case = done(case, partial(steps.reopen, step="notice-what", reason="the hour was wrong"))
    assert case.incident.step("notice-what").state == "active"
    with pytest.raises(Refused):
        done(case, partial(steps.reopen, step="notice-what"))


def test_a_step_waits_for_those_it_requires():
    with pytest.raises(Refused) as waits:
        done(opened_case(), partial(steps.start, step="police"))
    assert "1-1" in str(waits.value)
    skipped = done(opened_case(), partial(steps.skip, step="notice-what", reason="known from the contractor"))
    assert done(skipped, partial(steps.start, step="police")).incident.step("police").state == "active"


def test_finishing_needs_the_required_field_and_only_lists_open_checks():
    with pytest.raises(Refused) as missing:
        done(opened_case(), partial(steps.finish, step="notice-what"))
    assert "Noticed" in str(missing.value)
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="noticed", typed="unknown"))
    case = done(case, partial(steps.tick, step="notice-what", check="asked"))
    (act,) = steps.finish(case, By("sato"), "notice-what")
    assert act.data == e.StepFinished("notice-what", ("written",))


def test_a_required_name_that_nobody_knows_is_still_to_be_filled_in():
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="noticed", typed="unknown"))
    case = done(case, partial(steps.finish, step="notice-what"))
    case = done(case, partial(steps.fill, step="police", field="station", typed="不明"))
    with pytest.raises(Refused, match="Station"):
        done(case, partial(steps.finish, step="police"))
    case = done(case, partial(steps.fill, step="police", field="station", typed="吹田警察署"))
    assert done(case, partial(steps.finish, step="police")).incident.step("police").state == "done"


def test_an_unread_warning_holds_the_step_until_it_is_acknowledged_by_name():
    with pytest.raises(Refused) as unread:
        done(opened_case(), partial(steps.finish, step="press"))
    assert "Password" in str(unread.value)
    case = done(opened_case(), partial(steps.acknowledge, step="press", warning="password"), actor="suzuki")
    assert case.incident.acknowledged["press:password"].actor == "suzuki"
    assert done(case, partial(steps.finish, step="press")).incident.step("press").state == "done"


def test_skipping_needs_a_reason():
    with pytest.raises(Refused):
        done(opened_case(), partial(steps.skip, step="theft", reason="  "))


def test_the_second_of_two_conflicting_acts_is_refused_with_who_did_what_when():
    case = opened_case()
    seen = case.incident.seq
    case = done(case, partial(steps.start, step="notice-what"), actor="suzuki")
    with pytest.raises(Refused) as conflict:
        done(case, partial(steps.assign, step="notice-what", to="tanaka"), seen=seen)
    assert "suzuki" in str(conflict.value)
    assert "15:45" in str(conflict.value)
    assert "started" in str(conflict.value)


def test_acts_on_different_subjects_and_notes_never_conflict():
    case = opened_case()
    seen = case.incident.seq
    case = done(case, partial(steps.start, step="notice-what"), actor="suzuki")
    case = done(case, partial(facts.claim, name="persons", typed="5"), seen=seen)
    case = done(case, partial(records.note, text="called the head"), seen=seen)
    assert case.value("persons") == 5


def test_a_batch_does_not_conflict_with_itself():
    case = opened_case()
    both = steps.fill(case, By("sato", case.incident.seq, case.incident.seq), "notice-what", "who", "A")
    assert next(act.data for act in both) == e.StepStarted("notice-what")


def test_a_field_that_sets_a_fact_claims_it_from_its_step():
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="known", typed="15:45"))
    claim = case.current("known_at")
    assert claim
    assert (claim.source, claim.value) == ("step:notice-what", Moment(START))
    assert steps.fill(case, By("sato"), "notice-what", "known", "15:45") == []


def test_a_field_without_a_fact_stays_on_its_step_and_can_be_emptied():
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="who", typed="A / えー"))
    assert case.incident.step("notice-what").fields["who"] == Prose(text="A / えー")
    assert steps.fill(case, By("sato"), "notice-what", "who", "A / えー") == []
    case = done(case, partial(steps.fill, step="notice-what", field="who", typed=""))
    assert case.incident.step("notice-what").fields == {}


@pytest.mark.parametrize(
    "typed", ["13桁の英数字です", "length is 13", "市の名前と年", "Amagasaki2022", "password has 13 characters"]
)
def test_a_guarded_field_takes_nothing_that_describes_a_password(typed: str):
    with pytest.raises(Refused) as refused:
        done(opened_case(), partial(steps.fill, step="press", field="note", typed=f"パスワードは{typed}"))
    assert typed not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("460517", 460517),
        ("460,517", 460517),
        ("４６０５１７", 460517),
        ("46万517", 460517),
        ("46万", 460000),
        ("46万 517", 460517),
        ("460 517", 460517),
        ("４６０，５１７", 460517),
        ("8.5万", 85000),
        ("８万３千", 83000),
        ("8万3千517", 83517),
        ("3千", 3000),
        ("0", 0),
    ],
)
def test_counts_are_read_as_people_write_them(typed: str, count: int):
    assert read_count(typed, "persons") == count


@pytest.mark.parametrize(
    "typed",
    [
        *("", "many", "-5", "4.5", "約46万", "万", "千", "9" * 20, "9" * 20 + "万", "8万人", "5 persons"),
        *("5\n6", "80\n000", "46万\n517", "10²", "²", "①", "1①", "８⁵"),
        *("46,0517", "8,5万", "8.5万1", "8万80000", "3千5000"),
    ],
)
def test_what_is_no_count_is_refused(typed: str):
    with pytest.raises(BadContent):
        read_count(typed, "persons")


@pytest.mark.parametrize("typed", ["約46万", "～460,000", "およそ 46万", "46万ほど", "about 460000", "approx. 460,000"])
def test_a_count_that_is_about_right_is_an_estimate_whoever_says_so(typed: str):
    case = done(opened_case(Content(None).playbook("lost-media")), partial(facts.claim, name="persons", typed=typed))
    claim = case.current("persons")
    assert (claim.value, claim.status) == (460000, "estimate")
    contractor = partial(facts.claim, name="media_count", typed=typed, status="claimed", source="委託先")
    assert done(case, contractor).current("media_count").status == "estimate"
    exact = done(case, partial(facts.claim, name="persons", typed="460517"))
    assert (exact.current("persons").value, exact.current("persons").status) == (460517, "confirmed")


@pytest.mark.parametrize(
    ("typed", "count", "estimate"),
    [
        ("460517", 460517, False),
        ("46万517", 460517, False),
        ("約8万", 80000, True),
        ("about 80000", 80000, True),
        ("~80,000", 80000, True),
        ("８万ほど", 80000, True),
        ("perhaps 80,000", 80000, True),
        ("Around 80000", 80000, True),
        ("だいたい8万", 80000, True),
        ("おそらく 8万", 80000, True),
        ("0", 0, False),
        ("", None, False),
        ("  ", None, False),
        ("unknown", None, False),
        ("Unknown ", None, False),
        ("不明", None, False),
        ("未確認", None, False),
        ("？", None, False),
    ],
)
def test_a_count_is_claimed_exactly_about_right_or_not_at_all(typed: str, count: int | None, estimate: bool):
    assert read_estimate(typed, say("count")) == (count, estimate)


@pytest.mark.parametrize(
    "typed", ["many", "約", "about", "約不明", "80000?", "不明だが約8万", "-1", "約10²", "約8\n万", "約\n8万", "8万件"]
)
def test_what_claims_no_count_is_refused_and_told_that_an_estimate_may_be_typed(typed: str):
    with pytest.raises(BadContent) as wrong:
        read_estimate(typed, say("count"), "persons")
    assert wrong.value.hint
    assert "an estimate as “about 460000”" in speaker("en")(wrong.value.hint)


@pytest.mark.parametrize(
    ("typed", "unit", "count", "estimate"),
    [
        ("約80,000人", "persons", 80000, True),
        ("8万人", "persons", 80000, False),
        ("８．５万人ほど", "persons", 85000, True),
        ("460,517名", "persons", 460517, False),
        ("about 80,000 persons", "persons", 80000, True),
        ("80,000 People", "persons", 80000, False),
        ("80,000件", "records", 80000, False),
        ("8万 世帯", "households", 80000, False),
    ],
)
def test_a_count_may_be_written_with_what_is_counted(typed: str, unit: str, count: int, estimate: bool):
    assert read_estimate(typed, say("count"), unit) == (count, estimate)
    case = done(opened_case(), partial(facts.claim, name="persons", typed="約46万517人"))
    assert (case.current("persons").value, case.current("persons").status) == (460517, "estimate")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("unknown", True),
        ("Unknown", True),
        ("ＵＮＫＮＯＷＮ", True),
        ("not known", True),
        ("不明", True),
        (" 未確認\n", True),
        ("確認中", True),
        ("?", True),
        ("Unknown.", True),
        ("not known yet", True),
        ("不明です", True),
        ("まだ不明です。", True),
        ("TBD", True),
        ("不明ではありません", False),
        ("not known yet to the police", False),
        ("まだ", False),
        ("不明な人物", False),
        ("unknown to the police", False),
        ("未確認の情報では吹田市内", False),
        ("なし", False),
    ],
)
def test_a_text_fact_of_a_word_for_unknown_is_not_known(typed: str, unknown: bool, language: Language):
    case = opened_case()
    spec = case.playbook.facts["police_station"]
    value = read_value(case, spec, typed)
    assert means_unknown(typed) is unknown
    assert value == ("unknown" if unknown else Prose(text=typed.strip()))
    assert is_unknown(value) is unknown
    after = done(case, partial(facts.claim, name="police_station", typed=typed))
    assert after.holds("known(police_station)") is not unknown
    shown = speaker(language)(say("{value}", value=value_words(value, {}, case.zone)))
    assert shown == ({"ja": "不明", "en": "unknown"}[language] if unknown else typed.strip())


def test_a_free_note_of_unknown_is_what_it_says():
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="who", typed="不明"))
    assert case.incident.step("notice-what").fields["who"] == Prose(text="不明")
    row = done(case, partial(facts.record_row, register="members", typed={"name": "不明"}))
    assert row.incident.rows("members")["不明"].values["name"] == Prose(text="不明")


def test_that_a_count_is_about_right_is_not_dropped_where_nothing_could_say_it():
    case = opened_case()
    with pytest.raises(BadContent, match="is not a number"):
        read_value(case, Field("lines", "integer", both("Lines")), "約10")
    with pytest.raises(BadContent, match="is not a number"):
        read_value(case, FactSpec("persons", "integer", both("Persons")), "約多数")


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("cause", "theft", "theft"),
        ("my_number", "はい", "yes"),
        ("my_number", "不明", "unknown"),
        ("my_number", "ＮＯ", "no"),
        ("law_as_of", "2022/06/23", "2022-06-23"),
        ("regimes", "jp.appi.68, eu.gdpr", ("jp.appi.68", "eu.gdpr")),
        ("hotline_number", "０１２０－７４６－３７０", Prose(text="0120-746-370")),
        ("police_station", " 吹田警察署 ", Prose(text="吹田警察署")),
    ],
)
def test_values_by_type(fact: str, typed: str, value: e.Value):
    case = opened_case()
    assert read_value(case, case.playbook.facts[fact], typed) == value


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("cause", "fire"),
        ("my_number", "perhaps"),
        ("law_as_of", "22 June"),
        ("hotline_number", "call us"),
        ("police_station", "\ud800"),
        ("police_station", "x" * (MAX_TEXT + 1)),
    ],
)
def test_values_that_are_none_name_the_field(fact: str, typed: str):
    case = opened_case()
    spec = case.playbook.facts[fact]
    with pytest.raises(BadContent) as refused:
        read_value(case, spec, typed)
    assert spec.title.en in str(refused.value)
    assert refused.value.hint


def test_an_undeclared_fact_is_refused_with_the_nearest_names():
    with pytest.raises(Refused) as refused:
        done(opened_case(), partial(facts.claim, name="person", typed="5"))
    assert "persons" in str(refused.value)


def test_the_same_claim_twice_is_recorded_once():
    case = done(opened_case(), partial(facts.claim, name="persons", typed="5"))
    assert facts.claim(case, By("sato"), "persons", "5") == []
    assert facts.claim(case, By("sato"), "persons", "5", source="someone else") != []


def test_a_data_set_keeps_its_versions_and_its_as_of():
    case = done(opened_case(), partial(facts.record_dataset, name="register", count=460000, unit="persons"))
    as_of = Moment(START + timedelta(hours=5))
    case = done(
        case,
        partial(facts.record_dataset, name="register", count=460517, unit="persons", as_of=as_of, fields=("name",)),
    )
    assert [d.count for d in case.incident.datasets["register"]] == [460000, 460517]
    standing = case.incident.dataset("register")
    assert standing
    assert (standing.count, standing.as_of, standing.fields) == (460517, as_of, ("name",))
    with pytest.raises(BadContent):
        done(case, partial(facts.record_dataset, name="register", count=5, unit="people"))


def test_how_a_data_sets_count_is_claimed_is_a_version_of_its_own():
    case = opened_case()
    for count, estimate in ((None, False), (80000, True), (80000, False), (None, False)):
        claim = partial(facts.record_dataset, name="list", count=count, unit="persons", estimate=estimate)
        case = done(case, claim)
        assert claim(case, By("sato")) == []
    kept = [(one.count, one.estimate) for one in case.incident.datasets["list"]]
    assert kept == [(None, False), (80000, True), (80000, False), (None, False)]


def test_a_data_set_holds_no_less_than_nothing():
    with pytest.raises(BadContent, match="less than nothing"):
        done(opened_case(), partial(facts.record_dataset, name="list", count=-1, unit="persons"))


def test_a_register_row_is_changed_column_by_column_and_struck_out():
    case = done(opened_case(), partial(facts.record_row, register="members", typed={"name": "小林"}))
    case = done(case, partial(facts.record_row, register="members", typed={"name": "小林", "reading": "こばやし"}))
    row = case.incident.rows("members")["小林"]
    assert row.values == {"name": Prose(text="小林"), "reading": Prose(text="こばやし")}
    case = done(case, partial(facts.strike_row, register="members", key="小林"))
    assert case.incident.rows("members") == {}
    assert len(case.incident.registers["members"]["小林"]) == 3
    with pytest.raises(BadContent):
        done(case, partial(facts.record_row, register="members", typed={"reading": "だれか"}))


def test_redaction_needs_a_second_person_and_a_reason():
    case = opened_case()
    note = Event("i", 2, "b:1", START, "exact", START, START, "sato", "s", e.NoteWritten(Prose("d", "a name")))
    for second, reason in (("", "r"), ("suzuki", " "), (" ＳＡＴＯ ", "r")):
        with pytest.raises(Refused):
            records.redact(case, By("sato"), note, second, reason)
    (act,) = records.redact(case, By("sato"), note, "suzuki", "a resident's name")
    assert act.data == e.EntryRedacted(2, "suzuki", Prose(text="a resident's name"), ("d",))
    for nothing in (Prose("d"), Prose("d", "")):
        gone = Event("i", 2, "b:1", START, "exact", START, START, "sato", "s", e.NoteWritten(nothing))
        with pytest.raises(Refused, match="holds no free text"):
            records.redact(case, By("sato"), gone, "suzuki", "r")


def test_closing_with_open_steps_needs_an_explanation():
    with pytest.raises(Refused) as refused:
        done(opened_case(), records.close)
    assert "still open" in str(refused.value)
    (act,) = records.close(opened_case(), By("sato"), "the rest is with the committee")
    assert isinstance(act.data, e.IncidentClosed)
    assert "press" in act.data.open_steps


def test_a_live_clock_cannot_be_set_and_a_drill_clock_not_back():
    with pytest.raises(Refused):
        records.set_clock(opened_case(), By("sato"), START, START)


def test_a_draft_is_kept_only_when_its_text_changed():
    case = opened_case()
    case = recorded(
        case, notices.keep_draft(case, By("sato"), notices.Subject("first-notice", "ja"), "本文", {"persons": 3})
    )
    assert notices.keep_draft(case, By("sato"), notices.Subject("first-notice", "ja"), "本文", {"persons": 3}) == []
    assert notices.keep_draft(case, By("sato"), notices.Subject("first-notice", "ja"), "本文2", {"persons": 3}) != []


def test_a_planned_hour_lies_ahead_and_one_that_happened_behind():
    case = opened_case(Content(None).playbook("lost-media"))  # at 16:05
    planned = read_value(case, case.playbook.facts["press_at"], "17:00")
    happened = read_value(case, case.playbook.facts["head_told_at"], "17:00")
    assert isinstance(planned, Moment)
    assert isinstance(happened, Moment)
    assert planned.at is not None
    assert happened.at is not None
    assert planned.at > case.now > happened.at
