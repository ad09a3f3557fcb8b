"""The shipped case: every act is possible, and the demo opens where it says."""

from __future__ import annotations

import re
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from runbook.clock import Clock
from runbook.content import Content, read_tree
from runbook.demo import play
from runbook.desk import Desk
from runbook.duties import intervals
from runbook.errors import BadContent
from runbook.journal import Journal, Line, decision, read_journal
from runbook.progress import next_steps, step_views
from runbook.store import open_store
from tests.making import done, opened_case

WALL = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(None)


@pytest.fixture(scope="module")
def journal(content: Content) -> Journal:
    return read_journal(content.tree("playbooks/cases/amagasaki-2022.yaml"), "amagasaki-2022.yaml")


@pytest.fixture
def seat(tmp_path: Path, content: Content):
    with ExitStack() as leaving:

        def desk(who: str, clock: Clock) -> Desk:
            store = leaving.enter_context(closing(open_store(str(tmp_path / "demo.db"))))
            return Desk(store, lambda: content, clock, who, "demo")

        yield desk


def test_the_demo_opens_on_the_morning_of_the_announcement_and_its_clock_goes_on(seat, journal):
    now = [WALL]
    id = play(journal, seat, lambda: now[0], "ja")
    desk = seat("visitor", lambda: now[0])
    case = desk.case(id)
    assert (case.incident.mode, case.incident.demo) == ("drill", True)
    assert f"{case.now:%Y-%m-%d %H:%M}" == "2022-06-23 09:00"
    now[0] += timedelta(minutes=25)
    assert f"{desk.case(id).now:%H:%M}" == "09:25"
    assert case.value("persons") == 460517
    assert case.current("published_at") is None
    todo = [view.step.id for view in next_steps(step_views(case))]
    assert {"hotline-open", "police-wishes", "press-prepare"} <= set(todo)
    assert desk.verify(id).chain.ok


def test_the_whole_case_can_be_played_to_its_closing(seat, journal):
    whole = msgspec.structs.replace(journal, demo_until="2022-11-30T00:00")
    id = play(whole, seat, lambda: WALL, "en")
    case = seat("visitor", lambda: WALL).case(id)
    assert case.incident.closed_at
    lengths = {(i.start, i.end): i.length for i in intervals(case)}
    assert lengths["noticed_at", "contractor_known_at"] == timedelta(hours=11)
    assert lengths["noticed_at", "known_at"] == timedelta(hours=12, minutes=45)
    assert lengths["noticed_at", "published_at"] == timedelta(hours=32)
    assert lengths["known_at", "published_at"] == timedelta(hours=19, minutes=15)
    assert {(d.count, d.unit) for d in case.incident.standing_datasets} == {
        (460517, "persons"),
        (360573, "records"),
        (74767, "households"),
        (7949, "households"),
        (16765, "records"),
        (69261, "records"),
    }
    assert len(case.incident.rows("members")) == 3
    assert len(case.incident.rows("custody")) == 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("460517", (460517, False)), ("約8万", (80000, True)), ("", (None, False)), ("不明", (None, False))],
)
def test_a_data_set_of_a_script_is_counted_as_people_type_it(typed: str, kept: tuple[int | None, bool]) -> None:
    line = Line("2022-06-22T16:00", "sato", dataset="名簿", count=typed, unit="persons")
    (data,) = done(opened_case(), decision(line)).incident.standing_datasets
    assert (data.count, data.estimate) == kept


@pytest.mark.parametrize(
    "tree",
    [
        [],
        {"id": "x"},
        {"id": "x", "surprise": "y"},
    ],
)
def test_what_is_no_journal_is_named(tree: object):
    with pytest.raises(BadContent) as wrong:
        read_journal(tree, "mine.yaml")
    assert "mine.yaml" in str(wrong.value)


def test_the_page_on_scripts_is_right_and_names_every_key():
    page = (Path(__file__).parents[1] / "docs" / "drill-scripts.md").read_text("utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    assert read_journal(read_tree(example, "page"), "page").acts
    keys = {field.name for field in msgspec.structs.fields(Line)}
    assert [key for key in keys if not re.search(rf"\b{key}\b", page)] == []
