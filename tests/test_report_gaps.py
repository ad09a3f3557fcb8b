"""What an after-action report counts as a gap, and how it says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from runbook import events as e
from runbook.content import Content
from runbook.drills.report import report
from runbook.drills.report_md import write_md
from runbook.drills.report_parts import Report
from runbook.drills.report_words import RATES
from runbook.moment import Moment
from runbook.notices.checking import current_rules
from runbook.scenario import RATE_NAMES
from runbook.speech import LANGUAGES, Language, speaker
from tests.played import Played, expected, hazard, minute, overruled, scenario

DAY = 24 * 60


def reported(drill: Played) -> Report:
    return report(drill.case(), drill.events, drill.score(), rules=current_rules(Content(None)))


def public_body(*wanted: str) -> Played:
    """A public body that lost the data of 300 persons, perhaps to a thief; these clocks of its law are scored."""
    drill = Played(scenario([expected(f"clock-{id}", 10, clock=id) for id in wanted]))
    drill.fact(0, "organization_type", "public_body")
    drill.fact(0, "persons", 300)
    return drill


def test_a_clock_of_the_law_that_was_missed_is_a_gap_with_its_due_time_and_the_other_reading() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after")
    drill.end(35 * DAY)
    made = reported(drill)
    assert [one.clock.id for one in made.missed] == ["act.final"]
    page = write_md(made, "en")
    gaps = page[page.index("### Gaps") :]
    assert r"#### act\.final (clock missed)" in gaps
    assert "Not met; it was due 07-21 23:59." in gaps
    assert "- **Why it applies**: " in gaps
    assert "Once confirmed, a wrongful purpose: 08-22 23:59." in gaps
    assert f"Gaps: {len(made.gaps) + 1}." in page


def test_what_is_scored_already_is_no_gap_twice_and_what_was_met_is_none() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after", "act.final")
    drill.end(35 * DAY)
    assert reported(drill).missed == ()
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after")
    drill.add(20 * DAY, e.DutyFiled("act.final"))
    drill.end(35 * DAY)
    assert reported(drill).missed == ()


def test_what_was_met_late_is_a_gap_that_rests_on_its_entry() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after")
    seq = drill.add(33 * DAY, e.DutyFiled("act.final"))
    drill.end(35 * DAY)
    made = reported(drill)
    assert [[entry.seq for entry in one.evidence] for one in made.missed] == [[seq]]
    assert seq in {entry.seq for entry in made.evidence}
    assert "Met 07-25 15:45, late: it was due 07-21 23:59." in write_md(made, "en")


def test_why_it_was_late_is_told_as_the_team_recorded_it() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after")
    seq = drill.add(32 * DAY, e.DutyDelayed("act.final", e.Prose(text="Nobody kept the calendar.")))
    drill.end(35 * DAY)
    made = reported(drill)
    assert [[entry.seq for entry in one.evidence] for one in made.missed] == [[seq]]
    assert "**Why late**: Nobody kept the calendar." in write_md(made, "en")


def test_by_when_it_was_to_be_done_is_said_once() -> None:
    aims = {"within": timedelta(minutes=20)}
    drill = Played(
        scenario([expected("late", 10, "done(police)", **aims), expected("never", 10, "done(theft)", **aims)])
    )
    drill.finish(30, "police")
    drill.end(100)
    page = write_md(reported(drill), "en")
    late, never = (page[page.index(f"#### {id} (") :].partition("\n\n#### ")[0] for id in ("late", "never"))
    assert "- **Target time**: 06-22 16:05" in late
    assert never.partition("\n## ")[0].count("06-22 16:05") == 1


def test_what_another_party_owes_is_no_gap_and_the_timeline_says_whose_it_is() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after", "act.final")
    drill.fact(0, "contractor_known_at", Moment(minute(0)))
    drill.end(35 * DAY)
    made = reported(drill)
    assert made.missed == ()
    assert "the contractor: act.contractor: missed" in write_md(made, "en")


def test_a_warning_is_no_offence_and_whoever_it_was_said_to_stands_beside_it() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G03)")]))
    for at, inject in ((4, "call"), (5, "reporter")):
        drill.arrive(at, inject)
    warned = drill.answer(6, "do not tell us the password", "G02")
    stopped = drill.answer(7, "thirteen letters", "G01", inject="reporter")
    costly = drill.answer(8, "it had none", "G03", inject="reporter")
    drill.end(20)
    made = reported(drill)
    assert {one.entry.seq: one.only_warned for one in made.disclosures} == {warned: True, stopped: False, costly: False}
    page = write_md(made, "en")
    assert "Said against a guardrail: 2. Warned of only: 1." in page
    chapter = page[page.index("What was said against a guardrail\n") :]
    cards, _, table = chapter[: chapter.index("\n## ")].partition("Table: Warned of only")
    assert cards.count("\n#### ") == 2
    assert cards.count("- **Said to**: x") == 2
    assert "do not tell us the password" not in cards
    assert f"| The call (#{warned}) | x | do not tell us the password | G02 Mention of the password |" in table


def test_a_warning_that_costs_points_is_told_in_full() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G02)")]))
    drill.arrive(5)
    drill.answer(6, "there is a password", "G02")
    drill.end(20)
    [told] = reported(drill).disclosures
    assert not told.only_warned
    assert "Warned of only: 0." in write_md(reported(drill), "en")


def test_a_penalty_an_evaluator_took_back_says_so_wherever_it_stands() -> None:
    drill = Played(scenario(hazards=[hazard("tripped(G03)")]))
    drill.arrive(5)
    drill.answer(6, "it had none", "G03")
    drill.end(20)
    ruled = drill.add(21, overruled(0, "hazard"))
    page = write_md(reported(drill), "en")
    said = "The machine reckoned -10; sato gave 0: 見ていた"
    avoided = page[page.index("Table: Did not happen") :]
    assert f"{said} (#{ruled})" in avoided[: avoided.index("\n## ")].replace("<br>", " ")
    assert page.count(said) >= 2  # at what was said, too


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rating_has_the_words_of_the_console(language: Language) -> None:
    tell = speaker(language)
    for rate, said in RATE_NAMES.items():
        assert tell(RATES[rate]) in (f"{rate}: {tell(said)}", f"{rate}：{tell(said)}")


def test_a_discussion_is_told_with_its_inject_its_hour_and_how_long_it_really_took() -> None:
    drill = Played(scenario())
    drill.arrive(5)
    stopped = drill.add(10, e.ClockSet(minute(10), minute(10), 0.0, inject="call"))
    drill.add(25, e.ClockSet(minute(10), minute(25), 10.0))
    again = drill.add(40, e.ClockSet(minute(40), minute(40), 0.0, inject="call"))
    drill.end(43)
    made = reported(drill)
    [call, reporter] = made.ran
    assert (call.talked_at, call.talked) == (minute(10), timedelta(minutes=18))
    assert {stopped, again} <= set(call.seqs) <= {entry.seq for entry in made.evidence}
    assert reporter.talked_at is None
    page = write_md(made, "en")
    assert page.count("discussed 06-22 15:55, for 18 min of real time") == 1


def test_what_was_written_down_hours_later_says_so_on_the_clocks_line() -> None:
    said = "(written down only 06-23 01:45)"
    for happened, told in ((60, True), (599, False)):
        drill = public_body()
        drill.add(600, e.DutyFiled("act.every"), happened=happened)
        drill.end(601)
        assert (said in write_md(reported(drill), "en")) == told
    drill = public_body()
    drill.add(600, e.DutyFiled("act.every"), happened=60, precision="date")
    drill.end(601)
    assert "written down only" not in write_md(reported(drill), "en")
