"""The shipped scenarios but Amagasaki's, which has a file of its own: whole, true to their sources, playable, in both
languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest

from runbook.cli.drill_auto import script_of
from runbook.conditions import After, Happened, leaves, parse
from runbook.content import Content, find
from runbook.content.trees import read_tree
from runbook.desk import Desk
from runbook.drills.auto import SEAT, Player, Wall, drawn_from
from runbook.drills.room import Room, playable
from runbook.drills.scoring import Score
from runbook.journal import Journal, Line
from runbook.notices.checking import current_rules
from runbook.opening import IN_MEMORY, open_desk
from runbook.scenario import Inject, Scenario
from runbook.speech import Bilingual

SHIPPED = Content(None)
NAMES = ("first-hour", "mutsu-2022", "random")
SEEDS = (0, 1, 2, 3, 5, 8, 13)
NOBODY = Journal("nobody", "lost-media", "Asia/Tokyo", Bilingual("誰もいない", "Nobody"), ())

MINUTES = {"first-hour": (20, 20), "mutsu-2022": (60, 90), "random": (45, 75)}
"""How long each takes in real time, at least and at most."""
POINTS = {"first-hour": 50, "mutsu-2022": 100, "random": 100}

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@cache
def scenario(name: str, seed: int = 0) -> Scenario:
    return SHIPPED.scenario(name, seed)  # raises with every mistake


def played(name: str, script: Journal = NOBODY, seed: int = 0) -> tuple[Desk, str]:
    wall = Wall(scenario(name, seed).starts)
    desk = open_desk(
        IN_MEMORY, "x", seat=SEAT, clock=wall, content=SHIPPED, entropy=drawn_from(seed, name), create=True
    )
    return desk, Player(desk, wall, script).play(name, seed).incident.id


def arrived(desk: Desk, id: str) -> set[str]:
    drill = desk.case(id).incident.drill
    assert drill is not None
    return {inject for inject, state in drill.injects.items() if state.arrival is not None}


def scored(name: str, script: str) -> Score:
    desk, id = played(name, script_of(SHIPPED, script))
    found = Room(desk).score(id)
    desk.close()
    return found


def test_the_guardrails_are_read_once_for_all_scenarios_that_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(data: bytes, where: str) -> object:
        read.append(where)
        return read_tree(data, where)

    monkeypatch.setattr(find, "read_tree", counted)
    assert len(playable(SHIPPED)) > 1
    assert len(read) == 1


def bilinguals(value: object) -> Iterator[Bilingual]:
    """Every text in two languages anywhere in it."""
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from bilinguals(getattr(value, field))
    elif isinstance(value, tuple):
        for one in value:
            yield from bilinguals(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from bilinguals(one)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_what_it_names_exists(name: str, seed: int) -> None:
    one = scenario(name, seed)
    playbook = SHIPPED.playbook(one.playbook)
    rules = {rule.id for rule in current_rules(SHIPPED).rules}
    happened = {
        "started": set(playbook.steps),
        "done": set(playbook.steps),
        "read": set(playbook.warnings),
        "rows": {*playbook.registers, "datasets"},
        "fired": set(one.by_id),
        "answered": set(one.by_id),
        "reached": {milestone.id for milestone in one.milestones},
        "tripped": rules,
        "submitted": {"first-notice"},
        "published": {"first-notice"},
    }
    conditions = [inject.when for inject in one.injects] + [milestone.when for milestone in one.milestones]
    conditions += [condition for act in one.expected for condition in act.evidence]
    conditions += [condition for order in one.orders for condition in (order.first, order.then)]
    conditions += [hazard.when for hazard in one.hazards]
    for condition in filter(None, conditions):
        for leaf in leaves(parse(condition)):
            leaf = leaf.of if isinstance(leaf, After) else leaf
            if isinstance(leaf, Happened):
                assert leaf.word == "says" or leaf.name in happened[leaf.word], condition  # words name nothing
    for inject in one.injects:
        assert set(inject.to) <= set(playbook.roles)
        assert inject.objective in {objective.id for objective in one.objectives}
        assert not inject.milestone or inject.milestone in {milestone.id for milestone in one.milestones}
        assert set(inject.depends_on) <= set(one.by_id)
    assert {act.since for act in one.expected} - {""} <= set(one.by_id)
    assert {hazard.source for hazard in one.hazards} | {line.source for line in one.ghost} <= set(one.sources)
    assert {act.objective for act in one.expected} == {objective.id for objective in one.objectives}


@pytest.mark.parametrize("name", NAMES)
def test_it_takes_the_time_it_says(name: str) -> None:
    one = scenario(name)
    least, most = MINUTES[name]
    assert least <= one.minutes <= most
    assert timedelta(minutes=one.minutes * 0.75) <= one.plays <= timedelta(minutes=one.minutes)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_its_points_come_to_a_round_sum(name: str, seed: int) -> None:
    one = scenario(name, seed)
    assert sum(act.points for act in one.expected) + sum(order.points for order in one.orders) == POINTS[name]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_whole_in_both_languages(name: str, seed: int) -> None:
    for text in bilinguals(scenario(name, seed)):
        if not (text.ja or text.en):
            continue  # a scenario without a ghost has no name for it
        assert all(said.strip() for said in (text.ja, text.en)), text
        assert text.ja != text.en
        assert _JAPANESE.search(text.ja), text
        assert not _JAPANESE.search(text.en), text


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_missed_is_explained(name: str) -> None:
    one = scenario(name)
    assert all(item.tip for part in (one.expected, one.orders, one.hazards) for item in part)
    assert all(inject.expected for inject in one.injects)


@pytest.mark.parametrize("name", [*NAMES, "amagasaki-2022"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_step_that_begins_by_itself_where_a_fact_is_filled_in_is_evidence_of_nothing(name: str, seed: int) -> None:
    texts = [text for act in scenario(name, seed).expected for text in act.evidence]
    found = [leaf for text in texts for leaf in leaves(parse(text))]
    assert [one for one in found if isinstance(one, Happened) and one.word == "started"] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_uses_every_kind_of_trigger(name: str) -> None:
    injects = scenario(name).injects
    kinds = {
        "time": any(one.at and not one.when for one in injects),
        "condition": any(one.when for one in injects),
        "milestone": any(one.milestone for one in injects),
        "hand": any(one.hand for one in injects),
    }
    assert all(kinds.values()), kinds


@pytest.mark.parametrize("name", NAMES)
def test_with_nobody_acting_it_plays_to_its_end(name: str) -> None:
    desk, id = played(name)
    came = arrived(desk, id)
    waits = {one.id for one in scenario(name).injects} - came
    desk.close()
    assert "mayor-asks" in came, "nobody told the mayor"
    assert "mayor-decides" in waits
    assert all(_hangs_on_the_team(scenario(name).by_id[inject]) for inject in waits)


def _hangs_on_the_team(one: Inject) -> bool:
    return bool(one.when or one.milestone or one.hand)


def test_a_beginner_needs_no_facilitator() -> None:
    one = scenario("first-hour")
    by_hand = {inject.id for inject in one.injects if inject.hand}
    asked = {act.since for act in one.expected} | {part for act in one.expected for part in act.evidence}
    assert not any(id in text for id in by_hand for text in asked)
    assert one.unattended == "goes_on"
    assert 6 <= len([inject for inject in one.injects if not inject.hand]) <= 9


def test_the_first_drill_done_well_brings_every_point() -> None:
    assert scored("first-hour", "first-hour-well-done").points == 50


def test_the_first_drill_done_well_keeps_the_mayors_office_quiet_and_hears_from_mayor_and_police() -> None:
    desk, id = played("first-hour", script_of(SHIPPED, "first-hour-well-done"))
    came = arrived(desk, id)
    desk.close()
    assert "mayor-asks" not in came
    assert {"mayor-decides", "police-accepts"} <= came


def test_a_team_that_acts_on_the_first_day_does_better_than_mutsu_did() -> None:
    met = {item.id: item.points for item in scored("mutsu-2022", "mutsu-2022-well-done").items}
    assert met["police-told"] == 12  # the city reported after seven days
    assert met["letters"] == 6
    assert met["announced"] >= 8  # after ten days
    assert sum(met.values()) == 100


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("個人情報保護法第68条第１項による義務です。", 2),
        ("It is a duty under article 68(1).", 2),
        ("ガイドラインのお願いですから、努めれば足ります。", 1),
        ("個人情報保護法第26条によります。", 1),
    ],
)
def test_a_wrong_basis_for_the_report_to_the_commission_loses_points(said: str, points: int) -> None:
    desk, id = played(
        "mutsu-2022",
        msgspec.structs.replace(NOBODY, acts=(Line("2022-09-29T12:35", "佐藤", answer="commission", text=said),)),
    )
    item = Room(desk).score(id).item("basis-named")
    desk.close()
    assert item is not None
    assert item.points == points


def test_mutsus_ghost_says_no_more_than_the_day() -> None:
    ghost = scenario("mutsu-2022").ghost
    assert [f"{line.at:%m-%d}" for line in ghost] == ["09-29", "10-06", "10-09", "10-10"]
    assert {line.precision for line in ghost} == {"date"}


def test_naming_a_desk_is_not_beside_trying_its_number() -> None:
    assert "desk-open" not in {id for line in scenario("mutsu-2022").ghost for id in line.meets}


def test_mutsus_numbers_are_those_of_its_notice() -> None:
    text = Path(SHIPPED.file("playbooks/scenarios/mutsu-2022.yaml")).read_text("utf-8")
    assert "persons == 549" in text
    assert "549人、576件です。27件は" in text  # 576 - 549
    said = " ".join(note.ja for note in scenario("mutsu-2022").notes)
    assert "訓練のために作ったもの" in said
    assert "令和5年4月1日" in said


def test_in_mutsu_the_day_of_posting_is_a_public_holiday() -> None:
    asked = scenario("mutsu-2022").by_id["posting"]
    assert asked.expected is not None
    assert "スポーツの日" in asked.expected.ja
    assert "スポーツの日" not in asked.text.ja, "the team has to find out"


SAID = [
    # what is drawn, to which inject it is said when, and which hazard that is
    (
        "random",
        {"protection": "none"},
        "12-03T16:12",
        "reporter",
        "パスワードは設定していませんでした。",
        "unprotected",
    ),
    ("random", {"protection": "password"}, "12-03T16:12", "reporter", "十桁の英数字です。", "password"),
    (
        "random",
        {"protection": "paper"},
        "12-03T16:12",
        "reporter",
        "福祉課の男性主任（34歳）がなくしました。",
        "person-identified",
    ),
    (
        "random",
        {"goes_wrong": "affiliation"},
        "12-04T09:02",
        "employer",
        "媒体を持っていたのは、委託先の社員です。",
        "employer-named",
    ),
    ("random", {"outcome": "found"}, "12-04T11:02", "leaked", "はい、個人情報は漏れていません。", "called-safe"),
    ("first-hour", {}, "12-01T09:41", "reporter", "パスワードは八桁です。", "password"),
    ("first-hour", {}, "12-01T09:52", "found", "見つかったので、漏えいはありませんでした。", "called-safe"),
]


@pytest.mark.parametrize(("name", "drew", "at", "inject", "text", "hazard"), SAID)
def test_what_must_not_be_said_costs_points_and_is_explained_by_a_real_case(
    name: str, drew: dict[str, str], at: str, inject: str, text: str, hazard: str
) -> None:
    seed = next(seed for seed in range(100) if drew.items() <= scenario(name, seed).drawn.items())
    line = Line(f"2026-{at}", "田中", answer=inject, text=text)
    desk, id = played(name, msgspec.structs.replace(NOBODY, acts=(line,)), seed)
    items = {item.id: item.points for item in Room(desk).score(id).items}
    desk.close()
    costs = {one.id: one for one in scenario(name, seed).hazards}
    assert items[hazard] == -costs[hazard].points
    assert [id for id in costs if items[id] < 0] == [hazard]
    assert "2022年" in costs[hazard].really.ja or "尼崎" in costs[hazard].really.ja


def test_mutsus_slips_are_caught() -> None:
    acts = (
        Line("2022-10-07T14:12", "田中", answer="posting", text="10月10日（月）に発送し、2、3日中に届きます。"),
        Line("2022-10-09T09:45", "佐藤", answer="reporter", text="USBメモリーにパスワードは設定していませんでした。"),
    )
    desk, id = played("mutsu-2022", msgspec.structs.replace(NOBODY, acts=acts))
    items = {item.id: item.points for item in Room(desk).score(id).items}
    desk.close()
    assert (items["holiday"], items["unprotected"], items["preliminary"]) == (-5, -15, 0)
