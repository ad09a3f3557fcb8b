"""The after-action report: every claim rests on entries, both languages say the same, and nothing in a text breaks
out."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.actions import drills, judging, steps
from runbook.drills.auto import SEAT
from runbook.drills.improving import apply
from runbook.drills.report import _BY_ITSELF, follow_ups
from runbook.drills.report_html import write_html
from runbook.drills.report_marks import marked
from runbook.drills.report_md import write_md
from runbook.drills.report_parts import Report
from runbook.drills.room import Room
from runbook.drills.timeline import LANES, Jump, Mark, Timeline, svg
from runbook.errors import Refused
from runbook.events import Prose
from runbook.notices.formats.page import Table, read_page
from runbook.scenario import Leg
from runbook.speech import LANGUAGES, Bilingual, Language, say, speaker
from tests.drilling import SCENARIO, Held
from tests.played import Played as Entries
from tests.played import expected, hazard, order, overruled, scenario
from tests.reporting import NASTY, Played, improvement

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    played = Played(tmp_path_factory.mktemp("drill"))
    yield played
    played.close()


@pytest.fixture(scope="module")
def made(played: Played) -> Report:
    return played.report


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.found if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_report_reads_like_this_in_markdown(played: Played, made: Report, language: Language) -> None:
    """Read by hand."""
    text = write_md(made, language).replace(played.id, "INCIDENT")
    assert text == (GOLDEN / f"report.{language}.md").read_text("utf-8")


def test_a_whole_report_reads_like_this_as_a_page(played: Played, made: Report) -> None:
    """Read by hand, and looked at in a browser and on paper."""
    page = write_html(made, "en").replace(played.id, "INCIDENT")
    assert page[page.index("<body>") :] == (GOLDEN / "report.en.html").read_text("utf-8")


def test_the_exercise_is_named_in_the_readers_language(made: Report) -> None:
    for language in LANGUAGES:
        title = made.scenario.title.ja if language == "ja" else made.scenario.title.en
        assert title in write_md(made, language).partition("\n")[0]


def test_what_really_happened_is_told_once_however_often_it_was_said(made: Report) -> None:
    [disclosure] = made.disclosures
    [really] = [point.item.really.en for point in disclosure.hazards if point.item.really]
    often = msgspec.structs.replace(made, disclosures=(disclosure,) * 3)
    assert write_md(often, "en").count(really) == write_md(made, "en").count(really) == 2  # the gap, and what was said


def test_a_recorded_team_is_not_taken_for_people(made: Report) -> None:
    assert _BY_ITSELF == SEAT
    assert not made.recorded
    by_itself = msgspec.structs.replace(made, recorded=True)
    alone = msgspec.structs.replace(by_itself, team=())
    assert "- **Participants**: nobody\n" in write_md(alone, "en")
    parts: dict[Language, str] = {"en": "nobody; parts in the script: ", "ja": "なし（台本の役："}
    for language, said in parts.items():
        assert said not in write_md(made, language)
        assert said in write_md(by_itself, language)


def test_a_mistake_not_made_is_no_strength_in_the_table_either(made: Report) -> None:
    [gap] = [one for one in made.gaps if one.item.sort == "disclosure"]
    avoided = msgspec.structs.replace(gap, item=msgspec.structs.replace(gap.item, points=0, machine=0, seqs=()))
    better = msgspec.structs.replace(made, strengths=(*made.strengths, avoided))

    def counted(report: Report) -> list[str]:
        said = write_md(report, "en")
        return [line for line in said.splitlines() if line.startswith("| ") and "machine's suggestion" in line]

    assert counted(better) == counted(made) != []


def test_a_reader_in_a_hurry_sees_what_cost_most_first(made: Report) -> None:
    said = write_md(made, "en")
    [line] = [line for line in said.splitlines() if "**What cost most**" in line]
    shown = said[said.index(line) : said.index("Table: Objectives")]
    worst = min(made.gaps, key=lambda one: one.item.points - one.item.max)
    assert shown.index(worst.item.title.en) == min(
        shown.index(one.item.title.en) for one in made.gaps if one.item.title.en in shown
    )


def test_where_penalties_outweigh_what_was_won_the_report_says_so(made: Report) -> None:
    items = tuple(msgspec.structs.replace(item, points=-5) for item in made.score.items)
    low = msgspec.structs.replace(made, score=msgspec.structs.replace(made.score, points=0, items=items))
    said = f"Penalties outweigh what was won: together {-5 * len(items)}, and a score is never below zero."
    assert said in write_md(low, "en")
    assert "Penalties outweigh" not in write_md(made, "en")


def test_what_falls_short_on_the_timeline_says_how() -> None:
    wanted = [
        expected("late", 10, "done(notice-what)", within=timedelta(minutes=30)),
        expected("fewer", 10, "known(persons)", within=timedelta(minutes=30)),
        expected("whole", 10, "known(persons)"),
    ]
    drill = Entries(scenario(wanted, [order("done(police)", "done(notice-what)")], [hazard("tripped(G01)")]))
    drill.fact(5, "persons", 300)
    drill.arrive(6)
    drill.answer(7, "13桁", "G01")
    drill.finish(40)
    drill.finish(41, "police")
    drill.add(42, overruled(3, "fewer"))
    marks = marked(drill.case(), drill.score(), {event.seq: event for event in drill.events})
    assert {speaker("en")(say("{what}", what=mark.what)): str(mark.sign) for mark in marks if mark.lane == "team"} == {
        "late": "late",
        "fewer": "not in full",
        "whole": "",
        "order": "out of order",
        "hazard": "penalty",
    }


def test_a_case_that_was_drawn_is_told_in_words_and_a_lane_with_nothing_on_it_is_left_out(tmp_path: Path) -> None:
    held = Held(tmp_path)
    drawn = held.room.start("random", seed=12, language="en").incident.id
    page = write_md(held.room.report(drawn), "en")
    assert "  - What goes wrong: a wrong count" in page
    assert "  - drawn from number 12" in page
    assert "miscount" not in page
    assert "| Time | Injects | The team |" in page
    assert "The real case |" not in page
    held.desk.close()


def test_a_plan_without_its_owner_or_contact_says_so(made: Report) -> None:
    [one] = made.plans
    bare = msgspec.structs.replace(one.planned, plan=msgspec.structs.replace(one.planned.plan, owner="", contact=""))
    text = write_md(msgspec.structs.replace(made, plans=(msgspec.structs.replace(one, planned=bare),)), "en")
    assert "| not named | not named |" in text
    assert "| not named |" not in write_md(made, "en")


def test_columns_of_times_and_numbers_are_not_broken_and_long_ones_share_the_rest(made: Report) -> None:
    page = write_html(made, "en")
    table = page[page.index('id="events"') : page.index('id="evidence"')]
    assert re.findall(r"<col(.*?)>", table[table.index("<colgroup>") + 10 :])[0] == ""
    widths = [int(width) for width in re.findall(r'<col style="width:([0-9]+)%">', table)]
    assert len(widths) >= 2
    assert 99 <= sum(widths) <= 101
    assert '<th scope="row" class="short">1</th>' in table


def test_the_disclosure_is_told_with_its_words_its_guardrail_and_what_really_happened(
    made: Report, played: Played
) -> None:
    [disclosure] = made.disclosures
    assert disclosure.entry.seq == played.said
    assert [guard.id for guard in disclosure.guards] == ["G01"]
    assert disclosure.guards[0].why is not None
    assert disclosure.hazards[0].item.points == -10
    text = write_md(made, "ja")
    assert "> パスワードは13桁の英数字です。\n> \\# \\<script\\>" in text
    assert "桁数を言うと当てられる。" in text


def test_points_of_the_machine_and_of_people_are_told_apart(made: Report) -> None:
    [told] = [point for point in made.gaps if point.item.id == "head-told"]
    assert (told.item.machine, told.item.points) == (8, 9)
    assert [one.suggested for one in made.rated] == ["M", "U"]
    assert made.rated[0].rating is not None
    assert made.rated[0].rating.rate == "S"
    assert made.rated[1].rating is None
    text = write_md(made, "en")
    assert "The machine reckoned 8; 進行 太郎 gave 9: 電話は先にしていた" in text
    assert "S: performed with some challenges<br>進行 太郎: 遅れたが届いた" in text


def test_a_rating_without_a_reason_names_the_evaluator_and_no_more(made: Report) -> None:
    rated, *others = made.rated
    assert rated.rating is not None
    silent = msgspec.structs.replace(rated.rating, reason=Prose(text=""))
    bare = msgspec.structs.replace(made, rated=(msgspec.structs.replace(rated, rating=silent), *others))
    assert "S: performed with some challenges<br>進行 太郎 (#21)" in write_md(bare, "en")
    assert "<br>進行 太郎：" not in write_md(bare, "ja")


def test_what_arrived_by_itself_is_the_scenarios_and_what_was_pushed_the_facilitators(made: Report) -> None:
    arrived = {one.inject.id: one.seqs[-1] for one in made.ran if one.arrived_at}
    who = {one.seq: speaker("en")(say("{who}", who=one.actor)) for one in made.evidence}
    assert {id: who[seq] for id, seq in arrived.items()} == {
        "call": "the scenario",
        "mayor": "the scenario",
        "reporter": "the scenario",
        "find": "進行 太郎",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_that_is_cited_exists_and_is_told_in_the_last_chapter(made: Report, language: Language) -> None:
    tags = Tags(write_html(made, language))
    ids = [attrs["id"] for _, attrs in tags.found if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [attrs["href"] for attrs in tags.all("a")]
    assert all(link[0] == "#" and link[1:] in ids for link in links)
    told = {entry.seq for entry in made.evidence}
    assert told <= set(range(1, made.last + 1))
    cited = {int(seq) for seq in re.findall(r"\(#(\d+)|, #(\d+)\)", write_md(made, language)) for seq in seq if seq}
    assert cited <= told
    assert all(point.evidence for point in (*made.strengths, *made.gaps) if point.item.at)


def test_both_languages_have_the_same_structure(made: Report) -> None:
    japanese, english = (Tags(write_html(made, language)) for language in LANGUAGES)
    assert [tag for tag, _ in japanese.found] == [tag for tag, _ in english.found]
    lines = [
        [re.sub(r"^(#+ |\|| *- |> |).*", r"\1", line) for line in write_md(made, one).split("\n")] for one in LANGUAGES
    ]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_no_other_file_and_runs_nothing(made: Report, language: Language) -> None:
    page = write_html(made, language)
    tags = Tags(page)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in tags.found}
    assert not {"src", "xlink:href", "onload", "onclick"} & {name for _, attrs in tags.found for name in attrs}
    assert not re.search(r"url\(|@import", page)
    assert "\u202e" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_of_a_drill_stands_first_last_in_the_title_and_on_every_printed_page(
    made: Report, language: Language
) -> None:
    page, text = write_html(made, language), write_md(made, language)
    assert "<title>【訓練 / DRILL】" in page
    assert page.count('<p class="mark">訓練 / DRILL</p>') == 2
    assert '@top-center { content: "訓練 / DRILL"' in page
    assert text.startswith("# 【訓練 / DRILL】")
    assert text.endswith("**訓練 / DRILL**\n")
    assert all("訓練 / DRILL" in line for line in text.split("\n") if line.startswith("## "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_of_markdown_finds_every_table_whole(made: Report, language: Language) -> None:
    tables = [block for block in read_page(write_md(made, language)) if isinstance(block, Table)]
    assert len(tables) == len(Tags(write_html(made, language)).all("table"))
    shown = "".join(run.text for table in tables for row in table.rows for cell in row for run in cell)
    assert NASTY.replace("\u202e", "<U+202E>") in shown


def test_the_plan_has_its_follow_ups_and_its_edit_of_the_playbook(made: Report) -> None:
    [planned] = made.plans
    assert [f"{day}" for day in planned.follow_ups] == ["2026-12-22", "2027-01-21", "2027-02-20"]
    assert (
        '+          - {id: tell-first, ja: 時刻を書いてから電話した, en: "Wrote down the time, then called"}'
        in planned.change
    )
    assert planned.change.startswith("--- a/playbooks/lost-media.yaml\n+++ b/playbooks/lost-media.yaml\n")
    assert follow_ups("soon") == ()


def test_the_events_list_says_how_each_inject_came(made: Report) -> None:
    by_id = {one.inject.id: one for one in made.ran}
    assert (by_id["find"].by_hand, by_id["find"].held) == (True, True)
    assert by_id["reporter"].answers
    assert not by_id["call"].answers
    assert [person.name for person in made.team] == ["佐藤"]
    assert [person.name for person in made.facilitators] == ["進行 太郎"]


def test_what_was_redacted_is_gone_from_the_report_and_still_told(tmp_path: Path) -> None:
    played = Played(tmp_path)
    played.desk.redact(played.id, played.said, "鈴木", "訓練外に出さない")
    made = played.report
    assert "13桁" not in write_html(made, "ja") + write_md(made, "ja")
    assert "> (text removed)" in write_md(made, "en")
    played.close()


def test_what_still_brings_points_though_late_is_no_gap_yet(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.play(60)
    made = held.room.report(held.id)
    item = made.score.item("head-told")
    assert item
    assert (item.open, item.still) == (False, 5)
    assert "head-told" in {point.item.id for point in made.open}
    assert "head-told" not in {point.item.id for point in made.gaps}
    held.desk.close()


def test_a_drill_that_runs_and_has_no_facilitator_is_reported_on(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.play(6)
    made = held.room.report(held.id)
    assert not made.ended
    assert not made.led
    text = write_md(made, "en")
    assert "still running" in text
    assert "Nobody led this drill" in text
    assert made.timeline.played == (True, False)
    assert {point.item.id for point in made.open} >= {"head-told", "answered"}
    assert "**0 won so far, 0 lost, 20 still to be won**" in text
    assert [one.suggested for one in made.rated] == [None, None]
    assert "Table: Has not happened so far" in text
    assert "Table: Did not happen" in write_md(msgspec.structs.replace(made, ended=True), "en")
    assert write_html(made, "ja")
    held.desk.close()


def test_what_is_no_drill_from_a_scenario_has_no_report(tmp_path: Path) -> None:
    held = Held(tmp_path)
    live = held.desk.new("lost-media").incident.id
    with pytest.raises(Refused, match="no drill"):
        held.room.report(live)
    held.desk.close()


def test_the_next_drill_says_whether_an_improvement_worked(tmp_path: Path) -> None:
    played = Played(tmp_path)
    apply(played.desk.content(), played.own, "lost-media", improvement(), date(2026, 11, 23))
    played.wall.forward(days=30)
    played.id = played.room.start("small", speed=10).incident.id
    played.play(6)
    for step in ("notice-what", "stop-silence"):
        played.desk.do(played.id, partial(steps.skip, step=step, reason="訓練"))
    played.tell_the_head("09:06")
    made = played.report
    assert made.comparison is not None
    assert [verdict.outcome for verdict in made.comparison.verdicts] == ["worked"]
    text = write_md(made, "en").replace("\\", "")
    assert "It worked: 9 of 10, now 10 of 10." in text
    assert made.plans == ()
    assert "| The password was described | -10 points | – | cannot be compared |" in text  # it runs
    assert "| The head was told | 9 of 10 | 10 of 10 | better |" in text
    played.close()


# The picture


def jumped(picture: str) -> list[float]:
    return [float(x) for x in re.findall(r'<text x="([0-9.]+)" y="36" class="jump">»', picture)]


def test_a_jump_within_a_part_is_marked_as_one_between_two_parts_is(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.play(30)
    held.desk.do(held.id, partial(drills.jump, wall=held.wall(), to=held.case.now + timedelta(hours=1)))
    held.play(10)
    held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
    made = held.room.report(held.id)
    within, between = made.timeline.jumps
    assert len(jumped(svg(made.timeline, "en"))) == 2
    planned = msgspec.structs.replace(made.timeline, jumps=())
    assert len(jumped(svg(planned, "en"))) == 1
    text = write_md(made, "en")
    assert "picture, » is a jump of the clock" in text
    whole = msgspec.structs.replace(planned, legs=planned.legs[:1], played=planned.played[:1])
    assert (
        "»"
        not in write_html(msgspec.structs.replace(made, timeline=whole), "en")
        .partition("<h2")[2]
        .partition('id="evidence"')[0]
    )
    assert f"| 06-01 09:30<br>» 06-01 10:30 (#{within.seq}) |" in text
    assert f"| 06-01 10:40<br>» 06-02 08:30 (#{between.seq}) |" in text
    assert {within.seq, between.seq} <= {entry.seq for entry in made.evidence}
    held.desk.close()


def test_a_part_that_was_jumped_over_stays_in_the_picture_as_not_played(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.desk.do(held.id, partial(drills.next_leg, wall=held.wall()))
    made = held.room.report(held.id)
    assert made.timeline.played == (False, True)
    picture = svg(made.timeline, "en")
    assert picture.count('stroke-dasharray="3 3"') == 1
    assert len(jumped(picture)) == 1
    held.desk.close()


def test_the_picture_is_sound_xml_with_a_title_and_its_numbers_are_those_of_the_table(made: Report) -> None:
    for language in LANGUAGES:
        picture = ET.fromstring(svg(made.timeline, language))
        space = "{http://www.w3.org/2000/svg}"
        assert [one.tag.removeprefix(space) for one in picture][:2] == ["title", "desc"]
        said = [one.text or "" for one in picture.iter(f"{space}title")][1:]
        assert sorted(one.split()[0] for one in said) == sorted(mark.name for mark in made.timeline.marks)
        assert all(mark.name in write_md(made, language) for mark in made.timeline.marks)


START = datetime(2022, 6, 22, 6, 45, tzinfo=UTC)
lengths = st.integers(1, 3000).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    legs, at = [], START
    for _ in range(draw(st.integers(1, 14))):
        end = at + draw(lengths)
        legs.append(Leg(at, end, draw(st.sampled_from([1.0, 30.0, 120.0])), Bilingual("区間", "part")))
        at = end + draw(st.sampled_from([timedelta(), timedelta(hours=9), timedelta(days=120)]))
    times = st.integers(-2000, 60000).map(lambda minutes: START + timedelta(minutes=minutes))
    marks = tuple(
        Mark(lane, n, when, "<&\u202e", "real")
        for lane in LANES
        for n, when in enumerate(sorted(draw(st.lists(times, max_size=25))), 1)
    )
    put = sorted(START + timedelta(minutes=n) for n in draw(st.sets(st.integers(0, 60000), max_size=12)))
    forward = tuple(Jump(left, to, 1) for left, to in zip(put[::2], put[1::2], strict=False))
    return Timeline(tuple(legs), tuple(True for _ in legs), legs[-1].end, marks, forward)


@settings(max_examples=60, deadline=None)
@given(timelines())
def test_marks_never_cover_each_other_lie_in_the_picture_and_keep_their_order(timeline: Timeline) -> None:
    picture = ET.fromstring(svg(timeline, "ja"))
    _, _, width, height = (float(part) for part in picture.attrib["viewBox"].split())
    space = "{http://www.w3.org/2000/svg}"
    placed = [
        (group.find(f"{space}title").text, float(text.attrib["x"]), float(text.attrib["y"]))
        for group in picture.iter(f"{space}g")
        if (text := group.find(f"{space}text")) is not None
    ]
    assert len(placed) == len(timeline.marks)
    for _, x, y in placed:
        assert 80 <= x <= width - 10
        assert 44 <= y <= height
    for (_, x, y), (_, other_x, other_y) in combinations(placed, 2):
        assert abs(x - other_x) >= 17 or abs(y - other_y) >= 17
    for letter, _ in LANES.values():
        across = [x for name, x, _ in placed if name.startswith(letter)]
        assert across == sorted(across)


def test_a_day_without_its_hour_is_neither_midnight_nor_earlier_than_the_team(tmp_path: Path) -> None:
    told, mayor = (line for line in SCENARIO.split("\n") if line.startswith("  - {at: ") and "source: sample" in line)
    dated = SCENARIO.replace(f"{told}\n{mayor}", f"{mayor.replace('~2026-06-01T10:20', '2026-06-01')}\n{told}")
    held = Held(tmp_path, dated)
    held.play(6)
    for step in ("notice-what", "stop-silence"):
        held.desk.do(held.id, partial(steps.skip, step=step, reason="訓練"))
    held.desk.do(held.id, partial(steps.fill, step="report-head", field="head_told_at", typed="09:05"))
    held.desk.do(held.id, partial(steps.finish, step="report-head"))
    made = held.room.report(held.id)
    assert str(made.score.items[0].compared) == "In Sample city: 06-01, hour unknown."
    text = write_md(made, "en")
    assert "| 06-01 |  |  |  | R1 told the mayor |" in text
    assert "06-01, hour unknown: told the mayor" in text
    assert "The team was" not in text
    held.desk.close()


def test_an_observation_is_told_in_the_drills_zone_also_from_a_snapshot(tmp_path: Path) -> None:
    held = Held(tmp_path)
    held.play(40)
    held.desk.do(held.id, partial(judging.observe, text="見た"))
    held.desk.do(held.id, drills.end)
    held.desk.close()  # which keeps one
    again = held.seat("講評")
    told = [line for line in write_md(Room(again).report(held.id), "en").splitlines() if "見た" in line]
    again.close()
    assert told
    assert all("06-01 09:40" in line for line in told)
