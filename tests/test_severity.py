"""The severity worksheet: ENISA's formula and tables, computed by hand; how a result came to be; what is refused."""

from __future__ import annotations

from functools import cache, partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.actions import facts, records
from runbook.actions.severity import judge
from runbook.case import Case
from runbook.content import Content
from runbook.content.find import SEVERITY
from runbook.content.severity import read_method
from runbook.errors import Refused
from runbook.method import Method
from runbook.severity import Assessment, Line, Span, assess, band_words, formula, history, points, result_points
from tests.making import done, later, opened_case
from tests.noticing import amagasaki

SHIPPED = Content(None)


@cache
def method() -> Method:
    return read_method(SHIPPED.text(SEVERITY)[1], SHIPPED.facts_text(), "severity.yaml")


@cache
def opening() -> Case:
    return opened_case(SHIPPED.playbook("lost-media"))


def known(case: Case, actor: str = "sato", **said: str) -> Case:
    for name, typed in said.items():
        case = done(case, partial(facts.claim, name=name, typed=typed), actor)
    return case


def chosen(case: Case, actor: str = "sato", **choices: str) -> Case:
    for element, choice in choices.items():
        case = done(case, partial(judge, element=element, choice=choice, reason="as we read the list"), actor)
    return case


def sheet(case: Case) -> Assessment:
    found = assess(case)
    assert found is not None
    return found


def line(case: Case, element: str) -> Line:
    found = sheet(case).line(element)
    assert found is not None
    return found


def raised(case: Case) -> dict[str, bool | None]:
    return {one.flag.id: one.answer for one in sheet(case).flags}


NOTHING_LOST = {
    "confidentiality": "exposed",
    "integrity": "unaltered",
    "availability": "easy",
    "malicious": "accident",
}
"""Lost, not stolen, a copy kept: the circumstances add nothing."""
NO_DATA = {"simple": "none", "behavioural": "none", "financial": "none", "sensitive": "none"}


def judged(**choices: str) -> Case:
    """A worksheet on which a person chose on every line."""
    return chosen(opening(), **{**NO_DATA, "identification": "maximum", **NOTHING_LOST, **choices})


# The tables


@pytest.mark.parametrize(
    ("element", "scores"),
    [
        ("simple", {"none": 0, "basic": 100, "profile": 200, "assumed": 300, "critical": 400}),
        ("behavioural", {"none": 0, "little": 100, "basic": 200, "detailed": 300, "sensitive": 400}),
        ("financial", {"none": 0, "little": 100, "limited": 200, "basic": 300, "full": 400}),
        ("sensitive", {"none": 0, "little": 100, "general": 200, "assumed": 300, "basic": 400}),
        ("identification", {"negligible": 25, "limited": 50, "significant": 75, "maximum": 100}),
        ("confidentiality", {"exposed": 0, "known": 25, "unknown": 50}),
        ("integrity", {"unaltered": 0, "restored": 0, "recoverable": 25, "unrecoverable": 50}),
        ("availability", {"easy": 0, "temporary": 25, "full": 50}),
        ("malicious", {"accident": 0, "intent": 50}),
    ],
)
def test_every_value_of_the_tables(element: str, scores: dict[str, int]) -> None:
    found = method().element(element)
    assert found is not None
    assert {one.id: one.score for one in found.choices} == scores


def test_the_parts_have_their_elements() -> None:
    assert [(one.id, one.part) for one in method().elements] == [
        *((id, "dpc") for id in ("simple", "behavioural", "financial", "sensitive")),
        ("identification", "ei"),
        *((id, "cb") for id in ("confidentiality", "integrity", "availability", "malicious")),
    ]


def test_every_mark_is_the_one_the_table_was_read_with() -> None:
    def marks(element: str, choice: str) -> tuple[str, str]:
        one = method().element(element).choice(choice)
        sources = method().sources
        return sources[one.source].verified, sources[one.worded].verified if one.worded else ""

    assert marks("financial", "full") == ("secondary", "memory-high")
    assert marks("identification", "limited") == ("secondary", "memory-medium")
    assert marks("confidentiality", "known") == ("secondary", "memory-high")
    assert marks("integrity", "recoverable") == ("memory-high", "")
    assert marks("availability", "temporary") == ("official", "")
    assert marks("malicious", "intent") == ("secondary", "official")
    assert marks("simple", "none") == ("inference", "")
    sources = method().sources
    assert sources[method().source].verified == "official"
    assert {sources[band.source].verified for band in method().bands} == {"secondary"}
    assert [sources[flag.source].verified for flag in method().flags] == ["secondary", "official"]


# The formula


def test_a_lost_stick_with_names_and_addresses_is_low_but_flagged() -> None:
    case = judged(simple="basic")
    case = known(case, persons="460517")
    found = sheet(case)
    assert (found.low, found.high) == (100, 100)  # 1 x 1 + 0
    assert found.band is not None
    assert found.band.id == "low"
    assert raised(case) == {"persons": True, "unintelligible": False}
    assert str(formula(found)) == "DPC 1 x EI 1 + CB 0 = 1.00"


def test_with_accounts_it_is_very_high() -> None:
    found = sheet(judged(simple="basic", financial="full"))
    assert (found.low, found.high, found.band.id) == (400, 400, "very-high")  # the highest category counts: 4 x 1 + 0
    assert str(formula(found)) == "DPC 4 x EI 1 + CB 0 = 4.00"


def test_the_most_there_is_is_six() -> None:
    worst = {"confidentiality": "unknown", "integrity": "unrecoverable", "availability": "full", "malicious": "intent"}
    found = sheet(judged(sensitive="basic", **worst))
    assert (found.dpc.low, found.ei.low, found.cb.low, found.low) == (400, 100, 200, 600)
    assert str(formula(found)) == "DPC 4 x EI 1 + CB 2 = 6.00"


def test_the_least_there_is_is_a_quarter() -> None:
    found = sheet(judged(simple="basic", identification="negligible"))
    assert (found.low, found.high, found.band.id) == (25, 25, "low")


def test_the_context_is_never_less_than_one() -> None:
    assert sheet(judged()).dpc.low == sheet(judged()).dpc.high == 100


@pytest.mark.parametrize(
    ("choices", "result", "band"),
    [
        # 2 x 0.75 + 0.25 = 1.75; the grid of quarters has nothing between it and 2
        ({"financial": "limited", "identification": "significant", "availability": "temporary"}, 175, "low"),
        ({"financial": "limited"}, 200, "medium"),  # 2 x 1
        ({"financial": "limited", "confidentiality": "unknown", "availability": "temporary"}, 275, "medium"),
        ({"financial": "basic"}, 300, "high"),  # 3 x 1
        ({"financial": "basic", "malicious": "intent", "confidentiality": "known"}, 375, "high"),
        ({"financial": "full"}, 400, "very-high"),  # 4 x 1
    ],
)
def test_results_by_hand(choices: dict[str, str], result: int, band: str) -> None:
    found = sheet(judged(**choices))
    assert (found.low, found.high, found.band.id) == (result, result, band)


@pytest.mark.parametrize(
    ("result", "band"),
    [(0, "low"), (199, "low"), (200, "medium"), (299, "medium"), (300, "high"), (399, "high"), (400, "very-high")],
)
def test_bands_begin_exactly_where_the_method_says(result: int, band: str) -> None:
    found = msgspec.structs.replace(sheet(judged()), dpc=Span(0, 0), cb=Span(result, result))
    assert found.band is not None
    assert found.band.id == band


def test_scores_are_written_as_the_method_writes_them() -> None:
    assert [points(one) for one in (0, 25, 50, 75, 100, 125, 400)] == ["0", "0.25", "0.5", "0.75", "1", "1.25", "4"]
    assert [result_points(one) for one in (25, 100, 375, 600)] == ["0.25", "1.00", "3.75", "6.00"]


# Open lines


def test_at_the_opening_everything_is_open() -> None:
    found = sheet(opening())
    assert len(found.open) == 9
    assert (found.low, found.high) == (25, 600)
    assert found.band is None
    assert [band.id for band in found.bands] == ["low", "medium", "high", "very-high"]
    assert str(formula(found)) == "DPC (1 to 4) x EI (0.25 to 1) + CB (0 to 2) = 0.25 to 6.00"
    assert str(band_words(found)) == "low to very high"


def test_an_open_line_gives_only_the_range_it_can_still_make() -> None:
    case = chosen(judged(simple="basic", financial="basic"), malicious="")
    found = sheet(case)
    assert [one.element.id for one in found.open] == ["malicious"]
    assert (found.low, found.high, found.band.id) == (300, 350, "high")


Choices = st.fixed_dictionaries({}, optional={one.id: st.sampled_from(one.choices) for one in method().elements})


def with_choices(choices: dict) -> Assessment:
    """The worksheet with exactly these lines settled."""
    return sheet(chosen(opening(), **{element: choice.id for element, choice in choices.items()}))


@given(Choices)
def test_it_stays_within_its_bounds(choices: dict) -> None:
    found = with_choices(choices)
    assert 25 <= found.low <= found.high <= 600
    assert 100 <= found.dpc.low <= found.dpc.high <= 400
    assert 0 <= found.cb.low <= found.cb.high <= 200
    assert (found.low == found.high) or found.open
    assert found.bands


@given(Choices, st.data())
def test_the_range_contains_every_completion(choices: dict, data: st.DataObject) -> None:
    before = with_choices(choices)
    rest = {line.element.id: data.draw(st.sampled_from(line.element.choices)) for line in before.open}
    after = with_choices({**choices, **rest})
    assert before.low <= after.low == after.high <= before.high
    assert after.band in before.bands


@given(Choices, st.sampled_from(method().elements), st.data())
def test_a_higher_choice_never_makes_it_less(choices: dict, element, data: st.DataObject) -> None:
    one, other = sorted(
        (data.draw(st.sampled_from(element.choices)), data.draw(st.sampled_from(element.choices))),
        key=lambda choice: choice.score,
    )
    less, more = with_choices({**choices, element.id: one}), with_choices({**choices, element.id: other})
    assert less.low <= more.low
    assert less.high <= more.high


# What facts suggest


@pytest.mark.parametrize(
    ("said", "element", "choice"),
    [
        ({"financial_risk": "yes"}, "financial", "basic"),
        ({"accounts_included": "yes", "financial_risk": "unknown"}, "financial", "basic"),
        ({"financial_risk": "no"}, "financial", None),  # no risk of misuse is not: no financial data
        ({"sensitive_data": "yes"}, "sensitive", "basic"),
        ({"sensitive_data": "no"}, "sensitive", "none"),
        ({"sensitive_data": "no", "ordinance_sensitive": "yes"}, "sensitive", "basic"),
        ({"sensitive_data": "unknown"}, "sensitive", None),
        ({"cause": "loss"}, "confidentiality", "exposed"),
        ({"cause": "loss", "exposed_since": "03:00"}, "confidentiality", None),
        ({"cause": "misdelivery"}, "confidentiality", "known"),
        ({"cause": "misdelivery", "recovered_unread": "yes"}, "confidentiality", "exposed"),
        ({"cause": "theft"}, "confidentiality", None),
        ({"cause": "loss"}, "integrity", "unaltered"),
        ({"cause": "intrusion"}, "integrity", None),
        ({"cause": "loss"}, "availability", None),
        ({"found_at": "03:00"}, "availability", "easy"),
        ({"cause": "loss"}, "malicious", "accident"),
        ({"cause": "defect"}, "malicious", "accident"),
        ({"cause": "theft"}, "malicious", None),  # theft that aims at the data is what counts
        ({"cause": "loss", "malicious": "unknown"}, "malicious", None),
        ({"cause": "loss", "malicious": "yes"}, "malicious", "intent"),
        ({"cause": "theft", "malicious": "yes"}, "malicious", "intent"),
        ({"cause": "theft", "malicious": "no"}, "malicious", "accident"),
        ({"encrypted": "yes", "encryption_strong": "yes"}, "identification", None),
    ],
)
def test_what_the_facts_suggest(said: dict[str, str], element: str, choice: str | None) -> None:
    found = line(known(opening(), **said), element)
    assert (found.suggested.id if found.suggested else None) == choice
    assert found.chosen == found.suggested


def test_amagasaki_by_its_facts_alone() -> None:
    found = sheet(amagasaki("2022-12-01T00:00"))
    chosen = {line.element.id: line.chosen.id for line in found.lines if line.chosen}
    # Lost, found again, account numbers among the data; what else was in it, and how telling it was, people judge.
    assert chosen == {**NOTHING_LOST, "financial": "basic"}
    assert (found.low, found.high) == (75, 400)  # 3 x 0.25 to 4 x 1
    assert raised(amagasaki("2022-12-01T00:00"))["persons"] is True


def test_what_a_person_chose_goes_before_what_the_facts_suggest() -> None:
    case = chosen(known(opening(), financial_risk="yes"), financial="full")
    found = line(case, "financial")
    assert (found.suggested.id, found.chosen.id, found.judged.reason.text) == ("basic", "full", "as we read the list")
    back = chosen(case, financial="")
    assert line(back, "financial").judged is None
    assert line(back, "financial").chosen.id == "basic"


def test_undoing_a_choice_gives_back_the_one_before() -> None:
    case = chosen(chosen(opening(), financial="full"), financial="limited")
    case = done(case, records.undo)
    assert line(case, "financial").chosen.id == "full"


# Flags


@pytest.mark.parametrize(("persons", "answer"), [("100", False), ("101", True)])
def test_the_flag_of_persons_is_for_more_than_a_hundred(persons: str, answer: bool) -> None:
    assert raised(known(opening(), persons=persons))["persons"] is answer


def test_persons_counted_in_a_data_set_raise_the_flag() -> None:
    case = done(opening(), partial(facts.record_dataset, name="register", count=460517, unit="persons"))
    assert raised(case)["persons"] is True


def test_a_list_of_persons_that_nobody_counted_leaves_the_flag_open() -> None:
    case = done(opening(), partial(facts.record_dataset, name="list", count=None, unit="persons"))
    assert raised(case)["persons"] is None
    assert raised(known(case, persons="60"))["persons"] is False
    few = done(case, partial(facts.record_dataset, name="other", count=60, unit="persons"))
    assert raised(few)["persons"] is None


def test_unintelligible_data_is_flagged_only_once_all_of_it_is_confirmed_and_changes_no_score() -> None:
    before = judged(financial="basic")
    case = known(before, encrypted="yes", encryption_strong="yes")
    assert raised(case)["unintelligible"] is not True
    case = done(case, partial(facts.claim, name="key_separate", typed="yes", status="claimed"))
    assert raised(case)["unintelligible"] is not True
    case = known(case, key_separate="yes")
    assert raised(case)["unintelligible"] is True
    assert sheet(case).low == sheet(before).low == 300
    assert raised(known(before, encrypted="no"))["unintelligible"] is False


# Its history


def test_how_the_result_came_to_be_only_where_it_changed() -> None:
    case = known(opening(), "tanaka", media_kind="USB")  # nothing about severity
    case = known(case, "tanaka", cause="loss")
    case = chosen(case, "suzuki", identification="maximum", simple="basic")
    case = chosen(case, "suzuki", simple="none")  # another category may still be higher: nothing changes
    case = known(case, "sato", financial_risk="yes", persons="460517")
    found = history(case)
    assert [(one.touch.actor, one.subject) for one in found] == [
        ("tanaka", "fact:cause"),
        ("suzuki", "severity:identification"),
        ("sato", "fact:financial_risk"),
        ("sato", "fact:persons"),
    ]
    # loss: no evidence of misuse, unaltered, accident; availability is still open
    assert [(one.assessment.low, one.assessment.high) for one in found] == [
        (25, 450),
        (100, 450),
        (300, 450),
        (300, 450),
    ]
    assert found[-1].assessment == assess(case)


def test_a_case_nobody_judged_has_no_history() -> None:
    assert history(opening()) == []


def test_an_undone_fact_is_in_the_history_with_its_undoing() -> None:
    case = done(known(opening(), malicious="yes"), records.undo)
    found = history(case)
    assert [(one.subject, one.touch.type) for one in found] == [
        ("fact:malicious", "fact_recorded"),
        ("fact:malicious", "act_undone"),
    ]
    assert found[-1].assessment.low == 25


def test_a_choice_is_to_be_judged_again_where_a_fact_it_would_follow_changed() -> None:
    case = chosen(known(opening(), cause="loss"), confidentiality="unknown")
    assert line(case, "confidentiality").moved == ()
    case = known(later(case, hours=1), persons="5")  # no business of this line
    assert line(case, "confidentiality").moved == ()
    case = known(case, cause="misdelivery")
    found = line(case, "confidentiality")
    assert (found.chosen.id, found.suggested.id, found.moved) == ("unknown", "known", ("cause",))
    again = chosen(case, confidentiality="unknown")  # the same choice, judged again for the same reason
    assert line(again, "confidentiality").moved == ()
    assert line(again, "confidentiality").judged.touch.seq > found.judged.touch.seq


def test_a_choice_that_the_facts_come_round_to_stands() -> None:
    case = known(chosen(opening(), malicious="intent"), malicious="yes")
    assert line(case, "malicious").moved == ()


def test_a_fact_undone_after_the_choice_is_a_change_too() -> None:
    case = known(opening(), malicious="yes")
    case = chosen(case, "suzuki", malicious="intent")
    case = done(case, records.undo)  # sato takes back what sato said
    assert line(case, "malicious").moved == ("malicious",)


# What is refused


@pytest.mark.parametrize(
    ("element", "choice", "reason", "sentence"),
    [
        ("finances", "full", "x", "The worksheet has no line “finances”."),
        ("financial", "huge", "x", "“huge” is not an answer to “Financial data”."),
        ("financial", "full", "  ", "Say why this is chosen."),
    ],
)
def test_wrong_choices_are_refused_and_nothing_is_recorded(
    element: str, choice: str, reason: str, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        done(opening(), partial(judge, element=element, choice=choice, reason=reason))
    assert str(refused.value.message) == sentence
    assert refused.value.hint is None or "financial" in str(refused.value.hint) or "full" in str(refused.value.hint)


def test_giving_back_needs_a_reason_too() -> None:
    with pytest.raises(Refused):
        done(chosen(opening(), financial="full"), partial(judge, element="financial", choice="", reason=""))


def test_a_reason_gives_no_password_away() -> None:
    with pytest.raises(Refused):
        done(opening(), partial(judge, element="financial", choice="full", reason="パスワードは12桁の英数字だった"))


def test_what_changes_nothing_records_nothing() -> None:
    case = chosen(opening(), financial="full")
    assert chosen(case, financial="full").incident.seq == case.incident.seq
    assert chosen(opening(), financial="").incident.seq == opening().incident.seq


def test_a_rivals_choice_is_not_overwritten_unseen() -> None:
    seen = opening().incident.seq
    case = chosen(opening(), "suzuki", financial="full")
    with pytest.raises(Refused) as refused:
        done(case, partial(judge, element="financial", choice="basic", reason="x"), seen=seen)
    assert "suzuki" in str(refused.value)


def test_without_a_method_there_is_no_worksheet() -> None:
    bare = opened_case()
    assert assess(bare) is None
    assert history(bare) == []
    with pytest.raises(Refused) as refused:
        done(bare, partial(judge, element="financial", choice="full", reason="x"))
    assert "no method" in str(refused.value)
