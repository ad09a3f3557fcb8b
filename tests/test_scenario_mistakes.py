"""Every kind of mistake a scenario can have, named with its line: one small wrong thing in a right scenario each."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.content import Content, Mistakes
from runbook.content.injects import waiting_circles, waits_of
from runbook.content.scenarios import check_scenario, read_scenario
from runbook.moment import Moment
from runbook.playbook import Playbook
from runbook.scenario import Inject, Scenario
from runbook.speech import Bilingual
from tests.drilling import SCENARIO as RIGHT
from tests.mistaking import by_line, line_of, replaced

TOKYO = ZoneInfo("Asia/Tokyo")
RULES = ("G01", "G02", "G07")
STEP = "There is no step “{}”."
NEAR = "There is no {} “{}”. Did you mean “{}”?"


@cache
def playbook() -> Playbook:
    return Content(None).playbook("lost-media")


def named(text: str) -> list[tuple[int, str]]:
    return by_line(check_scenario(text, playbook(), "small.yaml", rules=RULES))


def changed(*changes: tuple[str, str]) -> str:
    return replaced(RIGHT, *changes)


def read(text: str) -> Scenario:
    return read_scenario(text, playbook(), "small.yaml")


def test_the_right_scenario_has_no_mistake() -> None:
    assert named(RIGHT) == []


def test_what_is_read() -> None:
    scenario = read(RIGHT)
    call, mayor, reporter, find = scenario.injects
    assert (call.at, call.answer, call.hand, call.enabled) == (
        datetime(2026, 6, 1, 9, 5, tzinfo=TOKYO),
        True,
        False,
        True,
    )
    assert mayor.when == "after(20min, fired(call)) and not done(report-head) and not reached(told)"
    assert (reporter.depends_on, reporter.to, reporter.sender) == (
        ("call",),
        ("comms",),
        Bilingual("記者", "A reporter"),
    )
    assert find.hand
    assert scenario.facts == {"organization": "見本市", "organization_type": "public_body", "law_as_of": "2026-06-01"}
    assert [leg.plays for leg in scenario.legs] == [timedelta(minutes=12)] * 2
    assert (scenario.expected[0].within, scenario.expected[0].late) == (timedelta(minutes=30), 4)
    assert [(one.precision, one.meets) for one in scenario.ghost] == [("exact", ()), ("about", ("head-told",))]


def test_the_real_case_may_be_known_by_its_day_alone() -> None:
    text = changed(("at: ~2026-06-01T10:20", "at: 2026-06-02"))
    assert read(text).ghost[1].at == Moment(datetime(2026, 6, 2, tzinfo=TOKYO)).at
    assert read(text).ghost[1].precision == "date"


def test_an_inject_between_two_parts_arrives_on_the_jump() -> None:
    assert named(changed(("at: 2026-06-01T10:30", "at: 2026-06-01T18:00"))) == []


CALL = "    at: T+5min\n"
AT = "at: 2026-06-01T10:30"
LAST = "    hand: yes\n"
WHEN = "when: after(20min, fired(call)) and not done(report-head) and not reached(told)"
REPORTER = "evidence: [answered(reporter)]"
EVIDENCE = "evidence: [done(report-head)]"
# (what is replaced, by what, the one mistake). The line that must be named ends in “#!”; else it is the changed one.
ONE_MISTAKE = [
    # keys and their values
    ("minutes: 30", "minuts: 30 #!\nminutes: 30", "“minuts” is not known here. Did you mean “minutes”?"),
    ("edition: \"2026-11-22\"", "edition: autumn", "“edition” must be a date such as 2026-11-21."),
    ("title: {ja: 小さな訓練, en: A small drill}", "title: {ja: 小さな訓練}", "“title” has no English text."),
    ("unattended: pauses", "unattended: stops", "“unattended” cannot be “stops”, only: goes_on, pauses."),
    ("zone: Asia/Tokyo", "zone: Japan/Tokyo", "“zone” must be a time zone such as Asia/Tokyo."),
    ("kind: media", "kind: press", "“kind” cannot be “press”, only: informational, decision, media, contingency."),
    ("hand: yes", "hand: perhaps #!\n    when: done(report-head)", "“hand” must be yes or no."),
    # parts of the exercise
    ("speed: 10, title: {ja: 朝,", "speed: 0, title: {ja: 朝,", "“speed” must be a whole number from 1 to 120."),
    ("to: 2026-06-02T10:30", "to: 2026-06-02T08:30", "This part ends before it begins."),
    ("from: 2026-06-02T08:30", "from: 2026-06-01T10:59",
     "This part begins before the one above it ends, at 06-01 11:00."),
    ("to: 2026-06-02T10:30", "to: 9999-06-02T10:30", "The year 9999 is too far away; 9000 is the last."),
    ("from: 2026-06-02T08:30", "from: 08:30", "“08:30” is not a time of a scenario. Write 2022-06-22T15:45 or T+20min."),
    ("from: 2026-06-02T08:30", "from: ~2026-06-02T08:30", "“from” needs an exact time."),
    ("minutes: 30", "minutes: 23",
     "Its parts take 24 minutes to play; with time to talk, “minutes” is from 24 to 68."),
    ("minutes: 30", "minutes: 69",
     "Its parts take 24 minutes to play; with time to talk, “minutes” is from 24 to 68."),
    # what the record holds from the start
    ("organization: 見本市", "organisation: 見本市", NEAR.format("fact", "organisation", "organization")),
    ("organization_type: public_body", "organization_type: city",
     "“organization_type” can never be “city”: its type is “choice”."),
    ('law_as_of: "2026-06-01"', "law_as_of: June", "“law_as_of” can never be “June”: its type is “date”."),
    ("organization: 見本市", "organization: 見本市, known_at: early", "“known_at” can never be “early”: its type is “time”."),
    # ids and numbers
    ("- id: find", "- id: call", "“call” is used twice; first in line 21."),
    ("- id: mayor", "- id: The Mayor", "“The Mayor” cannot be a name here; write it like “report-loss”."),
    ("number: 2", "number: 1", "“1” is used twice; first in line 21."),
    ("number: 1", "number: 0", "The first inject is number 1."),
    ("number: 1", "number: one", "“number” must be a whole number."),
    ("id: police-first", "id: head-told", "“head-told” is used twice; first in line 65."),
    ("id: password", "id: answered", "“answered” is used twice; first in line 73."),
    # times
    (LAST, "    at: 2026-06-01T10:29\n", "Inject 4 arrives before inject 3, which arrives at 06-01 10:30: number them in the "
     "order of their times."),
    ("at: T+5min", "at: 2026-06-01T08:59", "2026-06-01 08:59 is before the exercise begins."),
    (AT, "at: 2026-06-02T10:31", "2026-06-02 10:31 is after the exercise ends."),
    ("at: T+5min", "at: T+soon", "“soon” is not a length of time. Write a number and s, min, h or d: 20min, 24h, 3d."),
    (AT, "at: ~2026-06-01T10:30", "“at” needs an exact time."),
    # what lets an inject arrive
    (CALL, "", "Nothing lets this inject arrive: give a time, a condition, a milestone, an inject, or the facilitator's hand."),
    (CALL, f"{CALL}    hand: yes #!\n", "An inject that waits for the facilitator's hand waits for nothing else."),
    (LAST, "    milestone: tolt\n", NEAR.format("milestone", "tolt", "told")),
    (LAST, "    depends_on: [reporters]\n", NEAR.format("inject", "reporters", "reporter")),
    (LAST, "    at: 2026-06-01T10:30\n    depends_on: [late] #!\n  - {id: late, number: 5, title: {ja: あ, en: a}, "
     "text: {ja: あ, en: a}, kind: media, delivery: news, from: {ja: あ, en: a}, to: [], at: 2026-06-01T10:40}\n",
     "“late” arrives later, at 06-01 10:40."),
    # who and what for
    ("to: [comms]", "to: [comm]", NEAR.format("role", "comm", "comms")),
    ("to: [comms]\n    at: 2026-06-01T10:30\n    depends_on: [call]\n    objective: words\n    answer: yes",
     "to: []\n    at: 2026-06-01T10:30\n    depends_on: [call]\n    objective: words\n    answer: yes #!",
     "Somebody must be there to answer: name a role that gets it."),
    ("    depends_on: [call]\n    objective: words", "    depends_on: [call]\n    objective: word #!",
     NEAR.format("objective", "word", "words")),
    (LAST, "    hand: yes\n    attachments: [a.pdf, a.pdf] #!\n", "The attachment “a.pdf” is there twice."),
    (LAST, '    hand: yes\n    attachments: ["a\\nb"] #!\n', "An attachment has a name, on one line."),
    # conditions
    (WHEN, "when: done(report-haed) or reached(told)", NEAR.format("step", "report-haed", "report-head")),
    (WHEN, "when: after(20min, done(report-haed)) or reached(told)", NEAR.format("step", "report-haed", "report-head")),
    (WHEN, "when: started(x) and not reached(told)", STEP.format("x")),
    (WHEN, "when: ticked(report-head/x) and not reached(told)", "There is no check “x”."),
    (WHEN, "when: ticked(x/y) and not reached(told)", STEP.format("x")),
    (WHEN, "when: fired(cal) and not reached(told)", NEAR.format("inject", "cal", "call")),
    (WHEN, "when: answered(cal) and not reached(told)", NEAR.format("inject", "cal", "call")),
    (WHEN, "when: reached(told) or reached(tolt)", NEAR.format("milestone", "tolt", "told")),
    (WHEN, "when: read(x) and not reached(told)", "There is no warning “x”."),
    (WHEN, "when: rows(dataset) and not reached(told)", NEAR.format("register", "dataset", "datasets")),
    (WHEN, "when: published(frist-notice) or reached(told)", NEAR.format("kind of notice", "frist-notice", "first-notice")),
    (WHEN, "when: drafted(D1) or reached(told)", "There is no kind of notice “D1”."),
    (WHEN, "when: filed(jp.appi.68) or reached(told)", NEAR.format("duty", "jp.appi.68", "jp.appi.68.final")),
    (WHEN, "when: tripped(G99) or reached(told)", "There is no guardrail “G99”."),
    (WHEN, "when: persns > 1 or reached(told)", NEAR.format("fact", "persns", "persons")),
    (WHEN, "when: persons > many or reached(told)", "“persons” can never be “many”: its type is “integer”."),
    (WHEN, "when: reached(told) and", "“reached(told) and” is not a condition: a fact or a question such as known(fact) is "
     "expected (column 18)."),
    ("when: published(first-notice)}", "when: published(frist-notice)}",
     NEAR.format("kind of notice", "frist-notice", "first-notice")),
    # what is scored
    ("points: 5\n    evidence", "points: 0 #!\n    evidence", "“points” must be at least 1."),
    (EVIDENCE, "evidence: [done(report-haed)]", NEAR.format("step", "report-haed", "report-head")),
    (EVIDENCE, "evidence: []", "“evidence” is empty."),
    (REPORTER, "clock: step:report-haed", NEAR.format("step", "report-haed", "report-head")),
    (REPORTER, "clock: jp.appi.68", NEAR.format("duty", "jp.appi.68", "jp.appi.68.final")),
    (REPORTER, "clock: step:report-head-x", NEAR.format("step", "report-head-x", "report-head")),
    (REPORTER, "clock: step:affiliation", "The step “affiliation” has no clock of its own."),
    ("since: call", "since: cal", NEAR.format("inject", "cal", "call")),
    ("within: 30min", "within: half an hour", "“half an hour” is not a length of time. Write a number and s, min, h or d: 20min, 24h, 3d."),
    ("within: 30min", "within: 0min", "“within” must be at least 1."),
    ("late: 4", "late: 11", "Late it brings 11 points, in time only 10."),
    ("evidence: [answered(reporter)]", "evidence: [answered(reporter)]\n    late: 2 #!", "“late” says nothing without “within”."),
    ("evidence: [answered(reporter)]", "evidence: [answered(reporter)]\n    since: call #!",
     "“since” says nothing without “within”."),
    ("first: done(police-lost)", "first: done(police-last)", NEAR.format("step", "police-last", "police-lost")),
    ("first: done(police-lost)\n    then: published(first-notice)", "first: done(police-lost)\n    then: done(police-lost) #!",
     "“then” is the same as “first”."),
    ("when: tripped(G01)", "when: tripped(G99)", "There is no guardrail “G99”."),
    ("points: 10\n    when: tripped", "points: 0 #!\n    when: tripped", "“points” must be at least 1."),
    ("when: tripped(G01)", "when: tripped(G01)\n    times: 0 #!", "“times” must be at least 1."),
    ("when: tripped(G01)", "when: tripped(G01)\n    source: simple #!", NEAR.format("source", "simple", "sample")),
    # the real case
    ("meets: [head-told]", "meets: [head-tolt]", NEAR.format("expected action", "head-tolt", "head-told")),
    # what nobody uses
    ("objectives:\n", "objectives:\n  more: {title: {ja: あ, en: a}, capability: {ja: あ, en: a}} #!\n",
     "Nothing here uses the objective “more”."),
    ("milestones:\n", "milestones:\n  more: {title: {ja: あ, en: a}} #!\n", "Nothing here uses the milestone “more”."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), ONE_MISTAKE)
def test_one_mistake_is_named_by_its_line(old: str, new: str, message: str) -> None:
    line = at("- id: call") if old == CALL and not new else line_of(RIGHT, old, new)
    assert named(changed((old, new))) == [(line, message)]


def at(words: str, text: str = RIGHT) -> int:
    """The line in which the words stand."""
    return text[: text.index(words)].count("\n") + 1


def test_numbers_go_up_down_the_list() -> None:
    assert named(changed(("number: 2", "number: 5"))) == [(at("number: 3"), "Inject 3 stands after inject 5.")]


@pytest.mark.parametrize("instead", [f"clock: jp.appi.68.final\n    {EVIDENCE}", "tip: {ja: あ, en: a}"])
def test_an_expected_act_is_seen_in_one_way(instead: str) -> None:
    assert named(changed((EVIDENCE, instead))) == [(at("- id: head-told"), "Give either “evidence” or “clock”.")]


def test_a_clock_has_a_due_time_of_its_own() -> None:
    found = named(changed((EVIDENCE, "clock: jp.appi.68.final")))
    assert found == [
        (at(words), f"“{key}” does not go together with “clock”.")
        for key, words in (("since", "since: call"), ("within", "within: 30min"), ("late", "late: 4"))
    ]


def test_what_the_real_case_did_stands_in_the_order_of_its_times() -> None:
    message = "06-01 10:20 stands after 06-01 10:40: write them in the order of their times."
    assert named(changed(("at: 2026-06-01T09:40", "at: 2026-06-01T10:40"))) == [(at("at: ~2026-06-01T10:20"), message)]


def test_an_inject_that_waits_for_itself() -> None:
    for waits in ("when: answered(find)", "depends_on: [find]"):
        found = named(changed((LAST, f"    {waits}\n")))
        assert found == [(at("- id: find"), "Inject “find” waits for itself.")]


LOOP = "These wait for each other, so that none of them ever comes: {}."


@pytest.mark.parametrize(
    ("changes", "place", "way"),
    [
        ([(LAST, "    depends_on: [reporter]\n"), ("depends_on: [call]", "depends_on: [find]")], "- id: reporter",
         "reporter → find → reporter"),
        ([(LAST, "    when: after(5min, answered(reporter))\n"), ("depends_on: [call]", "when: fired(find)")],
         "- id: reporter", "reporter → find → reporter"),
        ([(LAST, "    milestone: told\n"), ("when: published(first-notice)}", "when: fired(find) and known(known_at)}")],
         "- id: find", "find → milestone:told → find"),
    ],
)  # fmt: skip
def test_what_waits_for_each_other(changes: list[tuple[str, str]], place: str, way: str) -> None:
    assert named(changed(*changes)) == [(at(place), LOOP.format(way))]


@pytest.mark.parametrize(
    "condition",
    ["not fired(find)", "fired(find) or done(report-head)", "not (fired(find) and fired(call))", 'says("find")'],
)
def test_what_need_not_come_first_makes_no_loop(condition: str) -> None:
    quoted = "'" + condition + "'"
    text = changed((LAST, "    depends_on: [reporter]\n"), ("    depends_on: [call]", f"    when: {quoted}"))
    assert named(text) == []


def test_all_mistakes_are_named_at_once_in_order() -> None:
    text = changed(
        ("speed: 10, title: {ja: 朝,", "speed: 121, title: {ja: 朝,"),
        ("to: [comms]", "to: [press]"),
        ("since: call", "since: nobody"),
        ("when: tripped(G01)", "when: tripped(G1)"),
    )
    assert [line for line, _ in named(text)] == sorted(
        at(words) for words in ("speed: 10, title: {ja: 朝,", "to: [comms]", "since: call", "when: tripped(G01)")
    )
    with pytest.raises(Mistakes) as caught:
        read(text)
    assert len(caught.value.mistakes) == 3  # a record that is read again does not know today's guardrails
    assert "small.yaml:15: “speed” must be a whole number from 1 to 120." in str(caught.value)


def test_what_nobody_can_tell_is_not_named() -> None:
    assert check_scenario(changed(("tripped(G01)", "tripped(G99)")), playbook(), "small.yaml") == []


LINES = RIGHT.splitlines()


@pytest.mark.parametrize(
    "instead", [None, "", "[]", "{}", "-", "x: y", "~", "9999-99-99T99:99", "T+9999999999d", "'\\0'"]
)
def test_no_line_that_is_gone_or_other_ends_in_a_traceback(instead: str | None) -> None:
    for place, line in enumerate(LINES):
        new = [] if instead is None else [f"{line.partition(': ')[0]}: {instead}"]
        for mistake in check_scenario("\n".join([*LINES[:place], *new, *LINES[place + 1 :]]), playbook(), "small.yaml"):
            assert str(mistake.said)


ids = st.sampled_from(["a", "b", "c", "d"])


@given(st.dictionaries(ids, st.sets(ids, max_size=3)))
def test_a_loop_is_named_just_where_nothing_could_ever_arrive(waits: dict[str, set[str]]) -> None:
    def inject(id: str) -> Inject:
        both = Bilingual("あ", "a")
        others = tuple(sorted(waits[id] - {id}))
        return Inject(id, 1, both, both, "media", "news", both, (), depends_on=others, hand=not others)

    injects = [inject(id) for id in waits]
    arrived: set[str] = set()
    while more := {
        one.id for one in injects if one.id not in arrived and not (set(one.depends_on) & waits.keys()) - arrived
    }:
        arrived |= more
    found = {id for circle in waiting_circles(injects, []) for id in circle}
    assert bool(found) == (arrived != waits.keys())
    assert not found & arrived
    assert all(list(one.depends_on) == waits_of(one) for one in injects)


def run(file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "runbook", "--lang", "en", "playbook", "check", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("playbook: lost-media", "playbook: lost-medai",
         "small.yaml:6: The playbook “lost-medai” cannot be used: There is no playbook “lost-medai”."),
        ("playbook: lost-media\n", "", "small.yaml:1: “playbook” is missing."),
        ("when: tripped(G01)", "when: tripped(G99)", "There is no guardrail “G99”."),
    ],
)  # fmt: skip
def test_the_command_says_it_in_a_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(changed((old, new)), encoding="utf-8")
    done = run(file)
    assert said in done.stdout + done.stderr
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_broken_playbook_is_a_sentence(tmp_path: Path) -> None:
    own = tmp_path / "playbooks"
    (own / "scenarios").mkdir(parents=True)
    (own / "broken.yaml").write_text("id: broken\nphases: [\n", encoding="utf-8")
    file = own / "scenarios" / "small.yaml"
    file.write_text(changed(("playbook: lost-media", "playbook: broken")), encoding="utf-8")
    (mistake,) = Content(tmp_path).check(file)
    assert mistake.line == 6
    assert str(mistake.message).startswith("The playbook “broken” cannot be used: ")
    assert "broken.yaml:" in str(mistake.message)


def test_a_scenario_made_from_a_seed_is_checked_as_drawn() -> None:
    """One draw is as it should be, another names a role there is not: it is named where the template has it."""
    draws = "draws:\n  who:\n    comms: {ja: 広報, en: press}\n    press: {ja: 記者, en: reporters}\n"
    template = changed(("    to: [comms]\n", "    to: ['{who}']\n")) + draws
    assert named(template) == [(at("to: ['{who}']", template), "There is no role “press”.")]
    assert named(template.replace("    press: {ja", "    desk: {ja")) == []


def test_a_playbook_says_when_it_was_last_reviewed() -> None:
    assert playbook().reviewed == playbook().edition
