"""Every law that is shipped, under any facts: nothing crashes, nothing is silent, and what is said hangs together."""

from __future__ import annotations

from functools import cache, partial

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.actions.duties import override
from runbook.actions.facts import claim
from runbook.case import Case
from runbook.conditions import facts_in
from runbook.duties import Deadline, deadlines, deadlines_of, doubts, owed
from runbook.playbook import ClaimStatus, Playbook
from runbook.regime import Regime
from runbook.speech import LANGUAGES, Language, speaker
from tests.making import START, done, later, opened_case
from tests.noticing import SHIPPED

TIMES = ("15:45", "~03:00", "2022-06-21", "unknown", "2026-11-20T17:40", "2028-02-29T23:59", "0001-01-02", "9999-12-31")
NUMBERS = ("0", "100", "101", "499", "500", "1000", "1001", "460517")
STATUSES: tuple[ClaimStatus, ...] = ("confirmed", "claimed", "estimate", "withdrawn")


@cache
def book() -> Playbook:
    """The shipped playbook, every law of it asked."""
    playbook = SHIPPED.playbook("lost-media")
    return msgspec.structs.replace(playbook, regimes=tuple(_asked(one) for one in playbook.regimes))


def _asked(regime: Regime) -> Regime:
    return msgspec.structs.replace(regime, default=True)


@cache
def rested_on() -> tuple[str, ...]:
    """The facts that any duty rests on."""
    found = dict.fromkeys(["law_as_of", "noticed_at"])
    for regime in book().regimes:
        texts = [one.when for part in (regime.occasions, regime.exemptions) for one in part.values()]
        for duty in regime.duties:
            texts += [duty.when, *(one.when for one in duty.deadlines), *(one.when for one in duty.to)]
            if not duty.start.startswith("duty:"):
                found[duty.start] = None
        found |= dict.fromkeys(fact for text in texts for fact in facts_in(text))
    return tuple(found)


def typed(name: str) -> st.SearchStrategy[str]:
    """What someone may type for a fact."""
    spec = book().facts[name]
    match spec.type:
        case "yesno":
            return st.sampled_from(("yes", "no", "unknown"))
        case "choice":
            return st.sampled_from(tuple(spec.choices))
        case "integer":
            return st.sampled_from(NUMBERS)
        case "date":
            return st.sampled_from(("2020-01-01", "2022-06-22", "2026-11-21", "2027-06-01"))
        case "time":
            return st.sampled_from(TIMES)
    return st.just("x")


claims = st.deferred(
    lambda: st.lists(
        st.sampled_from(rested_on()).flatmap(
            lambda name: st.tuples(
                st.just(name), typed(name), st.sampled_from(STATUSES), st.sampled_from(("", "police"))
            )
        ),
        max_size=25,
    )
)


def told(told_: list[tuple[str, str, ClaimStatus, str]]) -> Case:
    case = opened_case(book(), START)
    for name, text, status, source in told_:
        if status != "withdrawn" or case.current(name):
            text = "" if status == "withdrawn" else text
            source = case.incident.fact(name).current.source if status == "withdrawn" else source
            case = done(case, partial(claim, name=name, typed=text, status=status, source=source))
    return case


@settings(max_examples=80)
@given(claims, st.sampled_from((0, 80, 40_000)))
def test_any_facts_give_clocks_that_hang_together(told_: list[tuple[str, str, ClaimStatus, str]], hours: int) -> None:
    case = later(told(told_), hours=hours)
    found = deadlines(case)
    assert {one.id for one in found if one.regime} == set(book().duties)
    for one in found:
        if one.regime:
            _hangs_together(case, one)
    for language in LANGUAGES:
        assert all(speaker(language)(one.message) for one in doubts(case))


def _hangs_together(case: Case, one: Deadline) -> None:
    said: dict[Language, list[str]] = {language: list(map(speaker(language), one.derivation)) for language in LANGUAGES}
    assert said["en"], "a clock says how it came about"
    assert all(said["ja"]) == all(said["en"]) is True
    assert not any(line.endswith((": .", "（）。")) for lines in said.values() for line in lines), said
    assert one.derivation[: len(one.why)] == one.why
    if one.applies is False:
        assert (one.state, one.due_at, one.aim_at, one.questions, one.doubts) == ("not_applicable", None, None, (), ())
        return
    assert one.state in ("running", "overdue", "unknown")
    assert (one.applies is None) <= (one.state == "unknown")
    assert one.applies or one.questions, "what may apply asks what would settle it"
    assert set(one.questions) <= set(case.playbook.facts)
    assert (one.starts_at is None) <= (one.falls_at is None)
    if one.due_at and one.latest and one.earliest:
        assert one.earliest <= one.due_at <= one.latest
    assert one.due_at is None or one.due_at == min(read.due_at for read in one.readings)
    assert (one.state == "overdue") <= (one.due_at is not None and case.now > one.due_at)


@given(claims)
def test_nobody_learns_by_a_withdrawn_word(told_: list[tuple[str, str, ClaimStatus, str]]) -> None:
    """Whatever was claimed and withdrawn leaves every clock as it was."""
    before = {one.id: (one.applies, one.due_at, one.latest) for one in deadlines(opened_case(book(), START))}
    case = told([one for one in told_ if one[2] != "withdrawn"])
    for name in case.incident.facts:
        while case.current(name):
            case = done(case, partial(claim, name=name, typed="", status="withdrawn"))
    assert {one.id: (one.applies, one.due_at, one.latest) for one in deadlines(case)} == before


@settings(max_examples=60)
@given(claims, st.booleans())
def test_what_is_asked_of_a_few_duties_is_what_all_of_them_say(
    told_: list[tuple[str, str, ClaimStatus, str]], decided: bool
) -> None:
    """The shorter ways: whether a duty is owed without the lines that say why, and the clocks of single duties."""
    case = told(told_)
    own = [one for one in deadlines(case) if one.regime and not one.party]
    if decided:
        counsel = partial(override, duty=own[0].id, applies="yes", counsel="弁護士", reason="相談した結果。")
        case = done(case, counsel)
    whole = {one.id: one for one in deadlines(case)}
    for one in own:
        assert owed(case, [one.id]) == (whole[one.id].applies is True)
    ids = [one.id for one in own[:3]]
    assert {one.id: one.state for one in deadlines_of(case, ids)} == {id: whole[id].state for id in ids}
