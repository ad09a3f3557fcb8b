"""An incident keeps the laws it was opened with; a user's own laws are files, and a broken one hinders nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from runbook import loading
from runbook.actions import facts, steps
from runbook.content import Content
from runbook.desk import Desk
from runbook.duties import doubts, legal_deadlines
from runbook.editions import another, changes, move
from runbook.errors import Refused
from runbook.speech import speaker
from runbook.store import open_store
from tests.test_regime_mistakes import RIGHT

START = datetime(2026, 11, 20, 8, 40, tzinfo=UTC)  # 17:40 on a Friday in Tokyo

LAW = """\
id: xx.law
title: {ja: 架空の法律, en: An invented law}
as_of: 2026-11-21
default: yes
sources:
  act: {title: {ja: 法律, en: The act}, kind: law, verified: official}
duties:
  - id: xx.law.report
    title: {ja: 報告, en: Report}
    to: [{name: {ja: 監督機関, en: The authority}}]
    from: known_at
    deadlines: [{hours: 72, source: act}]
    sources: [act]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The user's folder of regimes."""
    folder = tmp_path / "own" / "playbooks" / "regimes"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def desk(tmp_path: Path, own: Path) -> Iterator[Callable[[], Desk]]:
    """Opens a desk afresh, with no snapshot left: the incident is read from its record and what it pinned."""
    with ExitStack() as leaving:

        def opened(content: Content | None = None) -> Desk:
            place = tmp_path / "r.db"
            store = leaving.enter_context(closing(open_store(str(place))))
            with closing(sqlite3.connect(place)) as db, db:
                db.execute("delete from snapshots")
            given = content or Content(own.parents[1])
            return Desk(store, lambda: given, lambda: START, "sato", "seat")

        yield opened


def due(desk: Desk, id: str) -> dict[str, str]:
    """Each clock of the invented law, and the day and minute it falls due."""
    return {
        one.id: f"{one.due_at:%m-%d %H:%M}"
        for one in legal_deadlines(desk.case(id))
        if one.regime == "xx.law" and one.due_at
    }


def known(desk: Desk) -> str:
    """A new incident, known to the organisation since now."""
    id = desk.new("lost-media").incident.id
    desk.do(id, partial(facts.claim, name="known_at", typed="17:40"))
    return id


def test_a_file_adds_a_law_and_its_clocks_run(desk, own):
    (own / "xx.law.yaml").write_text(LAW, "utf-8")
    first = desk()
    id = known(first)
    assert due(first, id) == {"xx.law.report": "11-23 17:40"}
    assert "regime:xx.law" in first.case(id).incident.pins
    assert first.case(id).playbook.unread == ()


@pytest.mark.parametrize("later", [LAW.replace("hours: 72", "hours: 24"), "id: [", None], ids=["new", "bad", "gone"])
def test_an_incident_keeps_the_law_it_was_opened_with(desk, own, later):
    (own / "xx.law.yaml").write_text(LAW, "utf-8")
    id = known(desk())
    if later is None:
        (own / "xx.law.yaml").unlink()
    else:
        (own / "xx.law.yaml").write_text(later, "utf-8")
    again = desk()
    assert due(again, id) == {"xx.law.report": "11-23 17:40"}
    assert again.pinned(id, "regime:xx.law") == LAW
    assert again.case(id).playbook.unread == ()


def test_moving_to_a_newer_edition_is_an_event_and_says_before_what_it_changes(desk, own):
    (own / "xx.law.yaml").write_text(LAW, "utf-8")
    first = desk()
    id = known(first)
    assert another(first, first.case(id)) is None
    path, text = Content(own.parents[1]).playbook_text("lost-media")
    text = text.replace("edition:", "edition: 2030-01-01 #", 1)
    removed = text[
        text.index("      - id: evidence-keep") : text.index("      - id: ", text.index("- id: evidence-keep") + 5)
    ]
    (own.parent / path.name).write_text(text.replace(removed, "").replace("id: last-seen", "id: last-known"), "utf-8")
    (own / "xx.law.yaml").write_text(LAW.replace("hours: 72", "hours: 24"), "utf-8")
    again = desk()
    case = again.case(id)
    found = another(again, case)
    assert found is not None
    said = [speaker("en")(line) for line in changes(case, found)]
    assert said[0].endswith("; then 2030-01-01")
    assert "New step: 3-1 Where it was last seen, and the route" in said
    assert "Step that falls away: 3-1 Where it was last seen, and the route" in said
    assert any(line.startswith("Step that falls away: 9-5 ") for line in said)
    assert "Clock: Report, Mon 2026-11-23 17:40; then Sat 2026-11-21 17:40" in said
    assert due(again, id) == {"xx.law.report": "11-23 17:40"}  # looking moves nothing
    again.do(id, partial(steps.start, step="last-seen"))
    moved = move(again, case, found).case
    assert moved.playbook.edition == "2030-01-01"
    for one in (again, desk()):  # as it was followed, and read anew from the record
        assert due(one, id) == {"xx.law.report": "11-21 17:40"}
        assert "last-known" in one.case(id).playbook.steps
        assert "evidence-keep" not in one.case(id).playbook.steps
        assert one.case(id).incident.step("last-seen").state == "active"  # what was recorded stays
        assert one.verify(id).snapshot
        assert another(one, one.case(id)) is None
    entry = speaker("en")(again.entry(id, moved.incident.seq).said)
    assert entry == "Moved to the playbook's edition 2030-01-01, with its laws."


def test_a_drill_is_played_to_its_end_by_the_edition_it_was_begun_with(desk):
    first = desk()
    scenario = Path("playbooks/scenarios/first-hour.yaml")
    case = first.new("lost-media", scenario=(Path(__file__).parents[1] / scenario).read_text("utf-8"))
    with pytest.raises(Refused, match="begun with"):
        another(first, case)


def test_what_is_no_part_of_an_edition_is_todays(desk):
    """Without a snapshot the kinds of notice still have their titles, and the filings are known as such."""
    id = desk().new("lost-media").incident.id
    before, after = desk().case(id).playbook, desk().case(id).playbook
    assert after.notices["first-notice"].en == "First notice"
    assert after.filings
    assert after.reported
    assert before == after


def test_an_incident_keeps_the_method_it_was_opened_with(desk, own):
    id = desk().new("lost-media").incident.id
    kept = desk().case(id).playbook.method
    assert kept is not None
    (own.parent / "severity.yaml").write_text("id: mine\n", "utf-8")
    assert desk().case(id).playbook.method == kept


def test_a_file_of_the_same_name_stands_in_for_a_shipped_law(desk, own):
    mine = LAW.replace("id: xx.law.report", "id: jp.appi.68.mine").replace("id: xx.law\n", "id: jp.appi.68\n")
    (own / "jp.appi.68.yaml").write_text(mine, "utf-8")
    duties = desk().new("lost-media").playbook.duties
    assert [id for id in duties if id.startswith("jp.appi.68")] == ["jp.appi.68.mine"]
    assert "jp.appi.26.prelim" in duties


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAW.replace("hours: 72", "weeks: 2").encode(), "xx.law.yaml:12: Give exactly one rule of: hours, "),
        (b"id: [", "xx.law.yaml:"),
        (b"", "xx.law.yaml:1: The file is empty."),
        ("id: 法律".encode("cp932"), "xx.law.yaml:1: This is not UTF-8; save the file as UTF-8."),
        (LAW.replace("xx.law", "xx.lwa").encode(), "xx.law.yaml:1: This file must be called xx.lwa.yaml, like its id."),
    ],
    ids=["rule", "yaml", "empty", "cp932", "name"],
)
def test_a_broken_law_hinders_nothing_and_is_said(desk, own, data, said):
    (own / "xx.law.yaml").write_bytes(data)
    first = desk()
    id = known(first)
    for case in (first.case(id), desk().case(id)):  # as it was opened, and as the record has it
        (problem,) = case.playbook.unread
        assert problem.en.startswith(said)
        assert problem.ja
        assert "jp.appi.68" in {one.id for one in case.playbook.regimes}
        assert any(said in str(doubt.message) for doubt in doubts(case))


def test_a_law_that_is_a_folder_or_gone_is_passed_over(desk, own):
    (own / "xx.law.yaml").mkdir()
    (own / "yy.law.yaml").symlink_to(own / "nowhere.yaml")
    case = desk().new("lost-media")
    assert len(case.playbook.unread) == 2
    assert "jp.appi.68" in {one.id for one in case.playbook.regimes}


def test_a_law_whose_fact_is_of_another_type_is_left_out_and_said(desk, own):
    """`commission_receipt` is a text of the playbook's."""
    claims = "facts:\n  commission_receipt: {type: yesno, title: {ja: 番号, en: Receipt}}\nduties:\n"
    (own / "xx.law.yaml").write_text(LAW.replace("duties:\n", claims), "utf-8")
    case = desk().new("lost-media")
    assert [problem.en for problem in case.playbook.unread] == [
        "xx.law.yaml:8: The fact “commission_receipt” has the type “text”, not “yesno”."
    ]
    assert case.playbook.facts["commission_receipt"].type == "text"


def test_of_two_laws_with_one_duty_the_second_is_left_out_and_said(desk, own):
    (own / "xx.law.yaml").write_text(LAW, "utf-8")
    (own / "xx.yaml").write_text(LAW.replace("id: xx.law\n", "id: xx\n"), "utf-8")
    case = desk().new("lost-media")
    assert [problem.en for problem in case.playbook.unread] == [
        "xx.law.yaml:8: The duty “xx.law.report” is in xx.yaml already."
    ]


def test_a_law_s_own_facts_can_be_answered(desk, own):
    (own / "xx.law.yaml").write_text(RIGHT, "utf-8")
    first = desk()
    id = first.new("lost-media").incident.id
    assert first.do(id, partial(facts.claim, name="serious", typed="no")).case.value("serious") == "no"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"id: mine\n", "severity.yaml:1: “as_of” is missing. (and "),
        ("id: 私".encode("cp932"), "severity.yaml:1: This is not UTF-8"),
    ],
    ids=["keys", "cp932"],
)
def test_a_broken_method_hinders_nothing_and_is_said(desk, own, data, said):
    (own.parent / "severity.yaml").write_bytes(data)
    id = desk().new("lost-media").incident.id
    compiled = desk().case(id).playbook
    assert compiled.method is None
    assert compiled.method_unread is not None
    assert compiled.method_unread.en.startswith(said)
    assert compiled.unread == ()


def test_a_method_that_is_a_folder_is_said(desk, own):
    (own.parent / "severity.yaml").mkdir()
    compiled = desk().new("lost-media").playbook
    assert compiled.method is None
    assert compiled.method_unread.en == f"{own.parent / 'severity.yaml'} cannot be read: it is a folder."


def test_regimes_that_are_a_file_are_said(desk, own):
    own.rmdir()
    own.write_text("jp.appi.68\n", "utf-8")
    id = desk().new("lost-media").incident.id
    case = desk().case(id)
    assert [problem.en for problem in case.playbook.unread] == [
        "“playbooks/regimes” is a file; it must be the folder that the regimes lie in."
    ]
    assert "jp.appi.68" in {one.id for one in case.playbook.regimes}


class Older(Content):
    """The content as it was before there were laws among it."""

    def edition(self, name: str) -> tuple[Path, dict[str, str]]:
        path, texts = super().edition(name)
        return path, {part: texts[part] for part in ("playbook", "facts", "guardrails")}


def test_an_incident_of_an_edition_without_laws_still_opens(desk):
    id = known(desk(Older(None)))
    case = desk().case(id)
    assert (case.playbook.regimes, case.playbook.method, case.playbook.unread) == ((), None, ())
    assert legal_deadlines(case) == []
    assert case.value("known_at") is not None


@pytest.mark.parametrize(
    "module", ["playbook", "declared", "regime", "method", "content/compiling", "content/regimes", "content/rules"]
)
def test_a_snapshot_of_other_structs_or_readers_is_stale(module: str, tmp_path, monkeypatch):
    package = Path(loading.__file__).parent
    for file in (*package.glob("*.py"), *package.glob("content/*.py")):
        copy = tmp_path / file.relative_to(package)
        copy.parent.mkdir(exist_ok=True)
        shutil.copy2(file, copy)
    before = loading._fingerprint.__wrapped__()
    monkeypatch.setattr(loading, "__file__", str(tmp_path / "loading.py"))
    assert loading._fingerprint.__wrapped__() == before
    with (tmp_path / f"{module}.py").open("a", encoding="utf-8") as changed:
        changed.write("\n")
    assert loading._fingerprint.__wrapped__() != before
