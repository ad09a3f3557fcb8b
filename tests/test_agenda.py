"""The agenda says what the script says, and asks only what may have changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook.actions import drills, records
from runbook.case import Case
from runbook.cli.drill_auto import played, script_of
from runbook.conditions import Condition, evaluate
from runbook.drills.agenda import Agenda
from runbook.opening import open_content
from runbook.script import Due, due, next_change, still_open
from tests.drilling import SCENARIO, Held


@pytest.mark.parametrize(
    ("scenario", "script"),
    [("amagasaki-2022", "amagasaki-2022-as-it-was"), ("amagasaki-2022", "amagasaki-2022-careless"), ("first-hour", "")],
)
def test_at_every_look_of_a_whole_drill_it_says_what_the_script_says(
    scenario: str, script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    class Compared(Agenda):
        def due(self, case: Case) -> list[Due]:
            found = super().due(case)
            assert found == due(case)
            looks.append(case.now)
            return found

        def next_change(self, case: Case) -> datetime | None:
            found = super().next_change(case)
            assert found == next_change(still_open(case), case)
            return found

    monkeypatch.setattr("runbook.drills.room.Agenda", Compared)
    content = open_content(tmp_path).remembered()
    played(content, scenario, script_of(content, script or f"{scenario}-well-done"), 3)
    assert len(looks) > 20


def test_a_condition_is_asked_anew_only_where_what_it_names_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SCENARIO.replace("when: published(first-notice)", "when: done(report-head) or says(十三桁)")
    held = Held(tmp_path, text)
    asked = []

    def counted(condition: Condition, case: Case) -> bool | None:
        asked.append(condition)
        return evaluate(condition, case)

    monkeypatch.setattr("runbook.drills.agenda.evaluate", counted)
    own, case = Agenda(), held.play(6)
    asked.clear()
    own.due(case)
    assert len(asked) == 2  # the milestone's, and that of the second inject
    asked.clear()
    case = held.desk.do(held.id, partial(records.note, text="ひとこと")).case
    own.due(msgspec.structs.replace(case, now=case.now + timedelta(minutes=3)))
    assert len(asked) == 1  # that of the second inject asks for the time
    answered = partial(drills.answer, inject="call", text="十三桁です。")
    assert [one.id for one in own.due(held.desk.do(held.id, answered).case)] == ["told"]
    held.desk.close()
