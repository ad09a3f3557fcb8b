"""What the real case had done, and when the team had done the same."""

from __future__ import annotations

import pytest

from runbook.drills.ghosts import met_at
from tests.played import Played, expected, ghost, minute, scenario


@pytest.mark.parametrize(
    ("evidence", "at"),
    [
        ("done(notice-what)", 10),
        ("done(police) or done(notice-what) or known(persons)", 10),
        ("done(notice-what) and known(persons)", 20),
        ("known(persons)", 20),
        ("done(police) or (published(first-notice) and known(persons))", 30),
        ("done(police) or known(cause)", None),
        ("done(police) and known(persons)", None),
        ("persons == 300", None),
    ],
)
def test_the_team_had_done_the_same_once_all_that_shows_it_was_there(evidence: str, at: float | None) -> None:
    line = ghost(60, "act")
    drill = Played(scenario([expected("act", 10, evidence)], real=[line]))
    drill.finish(10)
    drill.fact(20, "persons", 300)
    drill.publish(30)
    assert met_at(line, drill.case()) == (None if at is None else minute(at))
