"""What an after-action report counts as a gap, and how it says so."""

from __future__ import annotations

from runbook import events as e
from runbook.drills.report import report
from runbook.drills.report_md import write_md
from runbook.drills.report_parts import Report
from runbook.moment import Moment
from tests.played import Played, expected, minute, scenario

DAY = 24 * 60


def reported(drill: Played) -> Report:
    return report(drill.case(), drill.events, drill.score())


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


def test_what_another_party_owes_is_no_gap_and_the_timeline_says_whose_it_is() -> None:
    drill = public_body("act.prelim", "act.every", "act.subjects", "act.after", "act.final")
    drill.fact(0, "contractor_known_at", Moment(minute(0)))
    drill.end(35 * DAY)
    made = reported(drill)
    assert made.missed == ()
    assert "the contractor: act.contractor: missed" in write_md(made, "en")
