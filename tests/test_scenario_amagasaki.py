"""The drill of the Amagasaki case: true to what the sources tell, playable in its time, and three recorded teams of
it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from runbook import events as e
from runbook.conditions import Happened, leaves, parse
from runbook.content import Content
from runbook.desk import Desk
from runbook.drills.auto import SEAT, Player, Wall, drawn_from
from runbook.drills.report_md import write_md
from runbook.drills.room import Room
from runbook.drills.scoring import Item, Score
from runbook.events import Prose
from runbook.journal import Journal, read_journal
from runbook.moment import Moment
from runbook.notices.checking import current_rules
from runbook.opening import IN_MEMORY, open_desk
from runbook.scenario import Scenario
from tests.played import Played, minute

NAME = "amagasaki-2022"
SHIPPED = Content(None)
TOKYO = ZoneInfo("Asia/Tokyo")
TEAMS = ("as-it-was", "well-done", "careless")

HAPPENED = [
    # what the sources tell, in the order of time: where in the scenario, and when
    ("ghost", "委託先から紛失の第一報", "06-22 15:45"),
    ("ghost", "委託先から件数の報告", "06-22 16:00"),
    ("ghost", "経緯と正確な件数を聞き取った", "06-22 21:00"),
    ("ghost", "かばんを捜し始めた", "06-23 09:00"),
    ("ghost", "紛失を公表し、記者会見を開き", "06-23 11:00"),
    ("ghost", "捜索は、見つからないまま終わった", "06-23 11:30"),
    ("ghost", "集合住宅の敷地でかばんを見つけた", "06-24 12:00"),
    ("ghost", "見つかったことを公表し", "06-24 00:00"),
    ("ghost", "所属の説明を4日たって訂正", "06-27 00:00"),
    ("ghost", "附属機関として調査委員会を設けた", "07-01 00:00"),
    ("ghost", "第1回の会議を開き", "07-04 00:00"),
    ("ghost", "調査報告書を受け", "11-28 00:00"),
    ("inject", "first-call", "06-22 15:45"),
    ("inject", "hearing", "06-22 21:00"),
    ("inject", "conference", "06-23 11:00"),
    ("inject", "find", "06-24 12:00"),
]
COUNTS = ("460,517", "360,573", "74,767", "7,949", "16,765", "69,261")


@cache
def scenario() -> Scenario:
    return SHIPPED.scenario(NAME)


def test_everything_it_names_exists() -> None:
    one = scenario()  # raises with every mistake
    injects, expected = set(one.by_id), {act.id for act in one.expected}
    assert {act.since for act in one.expected} - {""} <= injects
    assert {id for line in one.ghost for id in line.meets} <= expected
    told = {line.source for line in one.ghost} | {risk.source for risk in one.hazards}
    assert told <= set(one.sources)
    objectives = {aim.id for aim in one.objectives}
    assert {inject.objective for inject in one.injects} <= objectives
    for aim in objectives:
        assert any(act.objective == aim for act in one.expected), aim


def test_it_runs_from_the_call_to_the_report() -> None:
    one = scenario()
    assert one.starts == datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO)
    days = [leg.start.date().isoformat() for leg in one.legs]
    assert list(dict.fromkeys(days)) == [
        "2022-06-22",
        "2022-06-23",
        "2022-06-24",
        "2022-06-27",
        "2022-07-01",
        "2022-07-04",
        "2022-11-28",
    ]
    assert timedelta(minutes=60) <= one.plays <= timedelta(minutes=one.minutes) <= timedelta(minutes=120)


def test_the_first_hour_and_the_conference_are_the_slowest() -> None:
    at = {id: scenario().by_id[id].at for id in ("first-call", "conference", "password-question")}
    decisive = {leg for leg in scenario().legs if any(one and leg.start <= one < leg.end for one in at.values())}
    others = [leg.speed for leg in scenario().legs if leg not in decisive]
    assert len(decisive) == 2
    assert max(leg.speed for leg in decisive) < min(others)


def test_every_timed_inject_falls_into_a_leg() -> None:
    one = scenario()
    for inject in one.injects:
        if inject.at is not None:
            assert any(leg.start <= inject.at < leg.end for leg in one.legs), inject.id


def test_it_uses_every_kind_of_trigger_and_every_kind_of_inject() -> None:
    one = scenario()
    assert all(any(getattr(inject, key) for inject in one.injects) for key in ("at", "when", "milestone", "hand"))
    assert {inject.kind for inject in one.injects} == {"informational", "decision", "media", "contingency"}
    assert {inject.delivery for inject in one.injects} == {
        "telephone",
        "mail",
        "in_person",
        "news",
        "social_media",
        "police",
        "contractor",
    }
    for inject in one.injects:
        assert None not in (inject.expected, inject.objective or None, inject.controller or None), inject.id
        assert inject.to, inject.id


def test_a_hundred_points_can_be_had() -> None:
    one = scenario()
    assert sum(act.points for act in one.expected) + sum(order.points for order in one.orders) == 100


@pytest.mark.parametrize(("where", "what", "when"), HAPPENED)
def test_hours_are_those_of_the_sources(where: str, what: str, when: str) -> None:
    at = datetime.strptime(f"2022-{when}", "%Y-%m-%d %H:%M").replace(tzinfo=TOKYO)
    if where == "inject":
        assert scenario().by_id[what].at == at
    else:
        [line] = [line for line in scenario().ghost if what in line.what.ja]
        assert line.at == at


def test_only_what_sources_give_to_the_minute_is_exact() -> None:
    exact = [f"{line.at:%m-%d %H:%M}" for line in scenario().ghost if line.precision == "exact"]
    assert exact == ["06-23 09:00", "06-23 11:30"]


def test_the_real_case_is_beside_the_team_only_where_both_did_the_same() -> None:
    """The city heard the exact counts at 21:00, and took calls from 11:00: no source tells when it first had any count
    in writing, nor when its hotline was ready."""
    met = {id for line in scenario().ghost for id in line.meets}
    assert met == {"announced", "find-told", "committee-set", "page-current", "accounted"}


def test_the_counts_are_those_of_the_case() -> None:
    hearing = scenario().by_id["hearing"]
    for text in (hearing.text.ja, hearing.text.en):
        assert [count for count in COUNTS if count in text] == list(COUNTS)


def test_it_says_that_the_city_had_no_such_duty_then() -> None:
    assert scenario().facts["law_as_of"] == "2026-11-21"
    [note] = [note for note in scenario().notes if "第68条" in note.ja]
    assert "2023年4月1日" in note.ja
    assert "1 April 2023" in note.en


FILES = (f"scenarios/{NAME}.yaml", *(f"scripts/{NAME}-{team}.yaml" for team in TEAMS))


@pytest.mark.parametrize("file", FILES)
def test_what_was_really_said_of_the_password_is_not_repeated(file: str) -> None:
    text = SHIPPED.file(f"playbooks/{file}").read_text("utf-8")
    for word in ("13桁", "13文字", "十三", "１３", "thirteen", "13 char", "13-char"):
        assert word not in text


def test_japanese_texts_have_no_blank_where_a_line_was_folded() -> None:
    one = scenario()
    told = [one.about, *one.notes, *(risk.really for risk in one.hazards)]
    told += [part for inject in one.injects for part in (inject.text, inject.expected) if part]
    for part in (one.expected, one.orders, one.hazards):
        told += [act.tip for act in part if act.tip]
    assert [text.ja for text in told if re.search(r"[ぁ-んァ-ヶ一-龠、。」）] [ぁ-んァ-ヶ一-龠「（]", text.ja)] == []


def test_every_hazard_says_what_really_happened_and_has_a_source() -> None:
    for risk in scenario().hazards:
        assert all((risk.really.ja, risk.really.en, risk.source)), risk.id


def test_the_rules_that_hazards_hang_on_exist() -> None:
    known = {rule.id for rule in current_rules(SHIPPED).rules}
    asked = {
        leaf.name
        for risk in scenario().hazards
        for leaf in leaves(parse(risk.when))
        if isinstance(leaf, Happened) and leaf.word == "tripped"
    }
    assert asked <= known
    assert "G01" in asked


# What is said at the conference


@pytest.mark.parametrize(
    ("inject", "said"),
    [
        ("password-question", "13桁です。"),
        ("password-question", "英数字です。"),
        ("password-question", "英字と数字を混ぜた長いものです。"),
        ("password-question", "パスワードは英数字13桁です。"),
        ("password-question", "Thirteen."),
        ("password-question", "It has twelve characters and mixes letters with digits."),
        ("password-guess", "いいえ、違います。"),
        ("password-guess", "市の名前ではありません。"),
        ("password-guess", "はい、そうです。"),
        ("password-guess", "No, it is not."),
        ("password-guess", "It is not the name of the city."),
    ],
)
def test_an_answer_that_gives_something_away_is_caught_though_it_does_not_name_the_password(
    inject: str, said: str
) -> None:
    assert "G01" in rules_against(inject, said)


@pytest.mark.parametrize("inject", ["password-question", "password-guess"])
@pytest.mark.parametrize(
    "said",
    [
        "パスワードに関するご質問には、悪用を防ぐため、お答えしておりません。",
        "悪用を防ぐため、お答えしておりません。",
        "違うとも違わないとも申し上げません。",
        "To prevent misuse, we do not answer questions about passwords.",
        "No comment.",
    ],
)
def test_a_refusal_passes(inject: str, said: str) -> None:
    assert rules_against(inject, said) == set()


def test_the_same_words_elsewhere_are_harmless() -> None:
    assert rules_against("flood", "13です。") == set()
    assert rules_against("flood", "いいえ、違います。") == set()


def rules_against(inject: str, said: str) -> set[str]:
    desk, incident = played("careless")
    return {finding.rule for finding in Room(desk).checked(incident, said, inject)}


# The recorded teams


def script(team: str) -> Journal:
    path = f"playbooks/scripts/{NAME}-{team}.yaml"
    return read_journal(SHIPPED.tree(path), path)


@cache
def played(team: str) -> tuple[Desk, str]:
    wall = Wall(scenario().starts)
    desk = open_desk(IN_MEMORY, "x", seat=SEAT, clock=wall, entropy=drawn_from(1, NAME), create=True)
    return desk, Player(desk, wall, script(team)).play(NAME, 1).incident.id


@cache
def scored(team: str) -> Score:
    desk, incident = played(team)
    return Room(desk).score(incident)


def item(team: str, id: str) -> Item:
    found = scored(team).item(id)
    assert found is not None
    return found


def arrived(team: str) -> set[str]:
    desk, incident = played(team)
    drill = desk.case(incident).incident.drill
    assert drill is not None
    return {id for id, state in drill.injects.items() if state.arrival}


@pytest.mark.parametrize("team", TEAMS)
def test_recorded_teams_act_while_the_clock_runs(team: str) -> None:
    acts = script(team).acts
    times = [script(team).instant(line.at) for line in acts]
    assert times == sorted(times)
    for at in times:
        assert any(leg.start <= at <= leg.end for leg in scenario().legs), at


def test_the_good_team_scores_well_and_gives_nothing_away() -> None:
    good = scored("well-done")
    assert good.points >= 85
    assert not [one for one in good.items if one.sort == "disclosure" and one.points < 0]
    assert item("well-done", "preliminary").points == 5
    assert {"mayors-office", "no-hotline", "police-not-asked", "leaked-to-press", "guesses"}.isdisjoint(
        arrived("well-done")
    )


def test_the_good_team_answers_whoever_waits() -> None:
    desk, incident = played("well-done")
    drill = desk.case(incident).incident.drill
    assert drill is not None
    waits = [one.id for one in scenario().injects if one.answer and drill.inject(one.id).arrival]
    assert [id for id in waits if not drill.inject(id).replies] == []
    assert [id for id in waits if any(reply.rules for reply in drill.inject(id).replies)] == []


def test_what_the_real_city_said_costs_it_the_password_and_scores_clearly_lower() -> None:
    real = scored("as-it-was")
    assert item("as-it-was", "password").points == -10
    assert item("as-it-was", "strength").points == -3
    assert item("as-it-was", "employer-unproven").points == -4
    assert item("as-it-was", "secret-kept").points == 0
    assert real.points <= scored("well-done").points - 30
    assert "guesses" in arrived("as-it-was")


def test_the_real_city_is_not_blamed_for_a_duty_it_did_not_have() -> None:
    assert item("as-it-was", "preliminary").max == 0


def test_the_real_city_announced_nineteen_hours_and_a_quarter_after_the_call() -> None:
    at = item("as-it-was", "announced").at
    assert at is not None
    assert at - scenario().starts == timedelta(hours=19, minutes=15)


def test_a_team_that_the_mayors_office_had_to_call_loses_points() -> None:
    called = scenario().by_id["mayors-office"].when
    assert "after(20min, fired(first-call))" in called
    assert next(act.within for act in scenario().expected if act.id == "head-told") == timedelta(minutes=20)
    assert item("well-done", "head-told").points == 4  # told after 18 minutes
    for team, points in (("as-it-was", 1), ("careless", 1)):  # after 50 minutes; after more than three hours
        assert "mayors-office" in arrived(team)
        assert item(team, "head-told").points == points


def test_carelessness_brings_about_what_was_held_ready_for_it() -> None:
    held_ready = {one.id for one in scenario().injects if one.kind == "contingency"}
    assert held_ready <= arrived("careless")
    assert scored("careless").points < scored("as-it-was").points
    assert Counter(one.sort for one in scored("careless").items if one.points < 0)["disclosure"] >= 6


def test_no_real_company_is_made_to_say_or_do_what_is_invented() -> None:
    for inject in scenario().injects:
        assert "BIPROGY" not in f"{inject.sender} {inject.title} {inject.text}", inject.id
        assert "吹田" not in inject.sender.ja, inject.id
    assert any("作りもの" in note.ja and "made up" in note.en for note in scenario().notes)


def test_every_gap_says_what_to_do() -> None:
    one = scenario()
    tips = {line.id: line.tip for line in one.expected} | {line.id: line.tip for line in one.orders}
    tips |= {line.id: line.tip for line in one.hazards}
    for id, tip in tips.items():
        assert tip is not None, id
        assert "" not in (tip.ja, tip.en), id


def test_a_guidelines_date_is_not_said_to_be_the_laws() -> None:
    for team in ("well-done", "careless"):
        said = str(item(team, "preliminary").reason)
        assert "the guideline's date was 06-26" in said, said


def test_parts_that_came_late_are_told_where_they_cost_points() -> None:
    said = str(item("careless", "found-recorded").reason)
    assert said.startswith("2 of 3 done, 2 late; missing: "), said


def by_hand(*arrived: str) -> Played:
    """A drill of this scenario written entry by entry."""
    drill = Played(scenario(), SHIPPED.playbook(scenario().playbook))
    for inject in arrived:
        drill.arrive(5, inject)
    return drill


def righted(drill: Played) -> int:
    """The employer is recorded, and a correction goes out."""
    drill.fact(55, "affiliation", Prose(text="再委託先の社員"))
    return drill.publish(60, kind="correction")


def evidenced(drill: Played, id: str) -> tuple[int, ...]:
    found = drill.score().item(id)
    assert found is not None
    return found.seqs


@pytest.mark.parametrize(
    ("id", "inject", "shows"),
    [
        ("corrected", "wrong-employer", righted),
        ("examined", "find", lambda drill: drill.fact(60, "find_custody_unbroken", "yes")),
        ("examined", "find", lambda drill: drill.fact(60, "forensic_body", Prose(text="調査会社"))),
        ("examined", "find", lambda drill: drill.fact(60, "forensic_ordered_at", Moment(minute(50)))),
        ("committee-set", "", lambda drill: drill.fact(60, "committee_basis", Prose(text="附属機関条例"))),
        ("page-current", "first-meeting", lambda drill: drill.fact(60, "committee_first_at", Moment(minute(50)))),
    ],
)
def test_what_was_published_or_recorded_shows_the_act_though_nobody_ticked_its_step_off(
    id: str, inject: str, shows: Callable[[Played], int]
) -> None:
    drill = by_hand(*([inject] if inject else []))
    assert evidenced(drill, id) == ()
    seq = shows(drill)
    assert evidenced(drill, id) == (seq,)


def test_a_correction_of_something_else_puts_no_employer_right() -> None:
    drill = by_hand("wrong-employer")
    drill.publish(60, kind="correction")
    assert evidenced(drill, "corrected") == ()


def test_a_published_report_shows_what_stands_in_it() -> None:
    drill = by_hand()
    drill.fact(50, "own_failing", Prose(text="確かめていなかった"))
    drill.fact(51, "forensic_scope", Prose(text="媒体とサーバー"))
    assert evidenced(drill, "accounted") == ()
    drill.publish(60, kind="final-press")
    found = drill.score().item("accounted")
    assert found is not None
    assert found.points == found.max


def test_a_step_that_a_fact_began_by_itself_is_no_order_for_an_examination() -> None:
    drill = by_hand("find")
    drill.add(60, e.StepStarted("forensics"))
    assert evidenced(drill, "examined") == ()


def test_an_answer_that_does_harm_is_evidence_of_nothing_good() -> None:
    """“Yes, plug it in” and “nothing leaked” were answers, too."""
    desk, incident = played("careless")
    drill = desk.case(incident).incident.drill
    assert drill is not None
    harm = {reply.touch.seq for id in ("find", "leak-question") for reply in drill.inject(id).replies}
    assert harm
    assert [one.id for one in scored("careless").items if one.points > 0 and harm & set(one.seqs)] == []


def test_its_report_says_that_the_hours_inside_are_guesses() -> None:
    desk, incident = played("as-it-was")
    page = write_md(Room(desk).report(incident), "ja")
    assert "庁内でのことの時刻は推定で、担当者は架空です。" in page
