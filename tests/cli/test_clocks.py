"""`clocks`: soonest first, whose and how sure, what would settle it and how to answer; doubts said, none silently
counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import SMALL, Clockwork, Runbook, Said

NOTIFY = """\
2022-06-25 15:45 (3 d left)  Telling the authority  [test.act.notify] applies; running
    To: the Test Authority
    More than a hundred: Persons affected: 200.
    “Known to the organisation at” is Wed 2022-06-22 15:45.
    72 hours from Wed 2022-06-22 15:45: Sat 2022-06-25 15:45. Nights, weekends and holidays count.
    Weekends count.
    Basis: Test Act article 1 (read in the official text)
    The law of 2022-06-22 is applied, as its text was read on 2022-06-01.
"""


def legal(said: Said) -> dict[str, Any]:
    """The clocks of laws, by id, in their order."""
    return {clock["id"]: clock for clock in said.json if clock["regime"]}


def block(said: Said, id: str) -> str:
    """What is printed for people of one clock."""
    lines = said.out.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if f"[{id}]" in line and not line.startswith("  ."))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("    ")), len(lines))
    return "".join(lines[start:end])


def test_a_clock_is_told_with_all_it_rests_on(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    assert block(runbook("clocks", act), "test.act.notify") == NOTIFY


@pytest.mark.parametrize("command", [["clocks"], ["severity"], ["severity", "--set", "simple=basic", "--reason", "r"]])
def test_of_a_drill_and_of_the_demo_it_is_said_first(runbook: Runbook, act: str, command: list[str]) -> None:
    drill = runbook("new", "small", "--drill", "--title", "Stick").out.strip()
    name, *words = command
    first = runbook(name, drill, *words).out.splitlines()[0]
    assert first == f"{drill}  DRILL  Stick" == runbook("status", drill).out.splitlines()[0]
    assert runbook("--lang", "ja", name, drill, *words).out.startswith(f"{drill}  訓練  Stick\n")
    assert "LIVE" not in runbook(name, act, *words).out
    if not words:
        assert "DRILL" not in str(runbook(name, drill, "--json").json)


def test_the_soonest_comes_first_and_the_dateless_last(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    assert list(legal(runbook("clocks", act, "--json"))) == [
        "test.act.persons",
        "test.act.notify",
        "test.act.prelim",
        "test.act.final",
        "test.act.contractor",
    ]


def test_targets_and_own_aims_are_called_so(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    said = runbook("clocks", act)
    prelim, persons = block(said, "test.act.prelim"), block(said, "test.act.persons")
    assert prelim.startswith("day 3 06-24 to day 5 06-26 (target), 4 d 8 h left  Preliminary report")
    assert "    Basis: Test Act article 1 (read in the official text)\n" in prelim  # each source with its own mark
    assert "    Basis: Test Act guidance (from memory, doubtful)\n" in prelim
    assert persons.startswith("^ without delay, own target 2022-06-23 15:45 (24 h left)  Telling the persons")
    clocks = legal(runbook("clocks", act, "--json"))
    assert (clocks["test.act.persons"]["due_at"], clocks["test.act.persons"]["aim_at"]) == (
        None,
        "2022-06-23T15:45:00+09:00",
    )
    assert (clocks["test.act.prelim"]["earliest"], clocks["test.act.prelim"]["target"]) == (
        "2022-06-24T23:59:59+09:00",
        True,
    )


def test_our_own_aim_that_has_passed_is_no_breach_of_a_law(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    said = block(runbook("clocks", act, "--now", "2022-06-23T17:45"), "test.act.persons")
    assert said.startswith("^ without delay; aim passed 2 h ago  Telling the persons")


def test_another_partys_duty_says_whose_it_is(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200", "contractor_known_at=12:00")
    said = block(runbook("clocks", act), "test.act.contractor")
    assert "A duty of another party: the contractor." in said
    assert said.startswith("^ 2022-06-23 12:00 (20 h 15 min left)")


def test_what_may_apply_asks_and_says_how_to_answer(runbook: Runbook, act: str) -> None:
    said = block(runbook("clocks", act), "test.act.notify")
    assert "may apply\n" in said
    assert "    Question: " in said
    assert f"    Answer: runbook fact {act} persons=N\n" in said
    runbook("fact", act, "persons=200", "--status", "estimate")
    assert "applies; running" in block(runbook("clocks", act), "test.act.notify")


def test_what_else_is_open_is_called_by_its_title_and_its_name(runbook: Runbook) -> None:
    id = runbook("new", "lost-media").out.strip()
    runbook("fact", id, "organization_type=public_body", "persons=460517")
    said = runbook("clocks", id).out
    assert "    Open as well: " in said
    for line in said.splitlines():
        if line.startswith("    Open as well: "):
            named = line.removeprefix("    Open as well: ").split("], ")
            assert all(re.fullmatch(r".+ \[[a-z_]+\]?", one) for one in named)


def test_a_question_with_few_answers_names_them(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    runbook("fact", act, "malicious=yes", "--status", "claimed")
    said = block(runbook("clocks", act), "test.act.final")
    assert f"    Answer: runbook fact {act} malicious=VALUE (yes, no, unknown)\n" in said


def test_both_readings_stand_until_one_is_confirmed(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    runbook("fact", act, "malicious=yes", "--status", "claimed")
    said = block(runbook("clocks", act), "test.act.final")
    assert said.startswith("2022-07-21 23:59 (29 d 8 h left)  Final report")
    assert "Readings: 2022-07-21 23:59 as things stand, 2022-08-22 23:59 once confirmed: a wrongful purpose\n" in said
    clock = legal(runbook("clocks", act, "--json"))["test.act.final"]
    assert clock["due_at"] == "2022-07-21T23:59:59+09:00"
    assert clock["readings"] == [
        {"due_at": "2022-08-22T23:59:59+09:00", "on": "a wrongful purpose"},
        {"due_at": "2022-07-21T23:59:59+09:00", "on": None},
    ]
    runbook("fact", act, "malicious=yes")
    said = block(runbook("clocks", act), "test.act.final")
    assert said.startswith("2022-08-22 23:59")
    assert "Readings" not in said


def test_what_does_not_apply_comes_last_in_one_line_with_its_reason(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=100")
    runbook("step", act, "theft", "skip", "--reason", "nothing points to it")
    lines = runbook("clocks", act).out.partition("Does not apply:\n")[2].splitlines()
    assert "  . Final report [test.act.final]: None of the occasions named by the law" in lines
    assert all(line.startswith("  . ") for line in lines)
    runbook("fact", act, "persons=200", "encrypted=yes")
    last = runbook("clocks", act).out.partition("Does not apply:\n")[2]
    assert "[test.act.notify]: Exempt: encryption\n" in last
    assert "test.act.final" not in last


def test_a_step_that_does_not_apply_says_why(runbook: Runbook, act: str) -> None:
    runbook("step", act, "police", "skip", "--reason", "it lies in our own safe")
    assert "  . Report the loss [step:police]: skipped (it lies in our own safe)\n" in runbook("clocks", act).out


def test_a_missed_one_is_said_plainly_and_asks_why(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    said = runbook("clocks", act, "--now", "2022-06-25T16:45")
    assert said.out.startswith("! ")
    notify = block(said, "test.act.notify")
    assert notify.startswith("! 2022-06-25 15:45 (1 h overdue)  Telling the authority")
    assert "Missed: it was due Sat 2022-06-25 15:45." in notify
    assert "It is late. The reasons for the delay go with it (article 1).\n" in notify
    assert f"Say why: runbook duty {act} test.act.notify delayed --reason TEXT\n" in notify
    runbook("duty", act, "test.act.notify", "delayed", "--reason", "the office was flooded")
    notify = block(runbook("clocks", act, "--now", "2022-06-25T16:45"), "test.act.notify")
    assert "Reason given for the delay: the office was flooded\n" in notify
    assert "Say why" not in notify


def test_now_changes_only_the_instant(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    early, late = (runbook("clocks", act, "--json", "--now", f"2022-06-{day}T10:00") for day in (21, 30))
    for id, one in legal(early).items():
        other = legal(late)[id]
        kept = set(one) - {"state", "derivation"}
        assert {key: one[key] for key in kept} == {key: other[key] for key in kept}
    assert legal(late)["test.act.notify"]["state"] == "overdue"
    assert "set back" not in early.err  # it is not the machine's clock that was asked for
    assert "future" not in early.err


def test_filings_and_counsels_word_are_in_the_json(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    runbook("duty", act, "test.act.notify", "filed", "--at", "15:30", "--receipt", "A-1", "--by", "tanaka")
    runbook("duty", act, "test.act.notify", "withdraw", "--reason", "that was another incident")
    runbook("duty", act, "test.act.final", "override", "--applies", "no", "--counsel", "mori", "--reason", "sealed")
    clocks = legal(runbook("clocks", act, "--json"))
    (filing,) = clocks["test.act.notify"]["filings"]
    assert filing == {
        "seq": filing["seq"],
        "at": "2022-06-22T15:30:00+09:00",
        "by": "tanaka",
        "receipt": "A-1",
        "reason": None,
        "withdrawn": filing["seq"] + 1,
    }
    assert clocks["test.act.notify"]["state"] == "running"
    assert "that was taken back" in block(runbook("clocks", act), "test.act.notify")
    final = clocks["test.act.final"]
    assert (final["state"], final["applies"]) == ("not_applicable", "no")
    assert (final["override"]["applies"], final["override"]["counsel"], final["override"]["reason"]) == (
        "no",
        "mori",
        "sealed",
    )
    last = runbook("clocks", act).out.partition("Does not apply:\n")[2]
    assert "counsel: it does not apply (mori, Wed 2022-06-22 15:45): sealed; By the rule: applies;" in last


def test_status_shows_the_nearest_legal_deadlines(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    block = runbook("status", act).out.partition("Legal deadlines:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.partition("[")[2].partition("]")[0] for line in block] == [
        "test.act.persons",
        "test.act.notify",
        "test.act.prelim",
        "test.act.final",
        "test.act.contractor",
    ]


def test_status_says_how_many_more_there_are(runbook: Runbook) -> None:
    id = runbook("new", "lost-media").out.strip()
    runbook("fact", id, "law_as_of=2026-11-21", "organization_type=public_body", "known_at=15:00", "persons=460517")
    lines = runbook("status", id).out.partition("Legal deadlines:\n")[2].partition("\n\n")[0].splitlines()
    assert lines[0] == "  Computed with the law of 2026-11-21, which is not that of the day of knowing."
    assert lines[-1].startswith("  and ")
    assert lines[-1].endswith(f" more: runbook clocks {id}")


def test_of_a_closed_incident_only_the_laws_deadlines_are_due(runbook: Runbook) -> None:
    id = runbook("new", "lost-media").out.strip()
    runbook("fact", id, "organization_type=public_body", "known_at=15:00", "persons=460517")
    before = runbook("status", id).out
    assert "Legal deadlines:" in before
    assert "\nDue:\n" in before
    runbook("close", id, "--explain", "handed over")
    after = runbook("status", id).out
    assert "Legal deadlines:" in after
    assert "\nDue:\n" not in after
    listed = runbook("clocks", id).out
    assert listed.startswith("closed 06-22 15:45; laws' clocks go on\n")
    assert "[jp.appi.68." in listed
    status = runbook("status", id, "--json").json
    assert status["next"] == []
    assert status["clocks"] == runbook("clocks", id, "--json").json
    law = {clock["id"]: clock["due_at"] for clock in status["clocks"] if clock["state"] == "running"}
    assert not [one for one in law if one.startswith("step:")]
    (card,) = runbook("list", "--json").json
    assert card["next_due_at"]  # who closes too early still sees what a law asks
    assert "closed 2022-06-22 15:45  without delay" in runbook("list").out


def test_of_a_drill_that_is_over_nothing_is_due(runbook: Runbook) -> None:
    id = runbook("new", "lost-media", "--drill").out.strip()
    runbook("fact", id, "organization_type=public_body", "known_at=15:00", "persons=460517")
    runbook("close", id, "--explain", "enough")
    after = runbook("status", id).out
    assert "Legal deadlines:" not in after
    assert "\nDue:\n" not in after
    listed = runbook("clocks", id).out
    assert "\nas at the closing, 06-22 15:45\n" in listed
    assert listed == runbook("clocks", id, "--now", "2022-06-30").out  # no clock runs on
    assert runbook("status", id, "--json").json["next"] == []
    assert runbook("list", "--json").json[0]["next_due_at"] is None


def test_text_from_outside_cannot_steer_the_terminal(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    runbook("duty", act, "test.act.notify", "delayed", "--reason", "bag\x1b[2J\ngone")
    runbook("duty", act, "test.act.final", "override", "--applies", "no", "--counsel", "m\x1b]0;x", "--reason", "r\x07")
    runbook("fact", act, "persons=7", "--source", "\x1b[31mred", "--status", "claimed")
    for said in (runbook("clocks", act), runbook("clocks", act, "--json"), runbook("status", act)):
        assert not any(ord(char) < 32 and char != "\n" for char in said.out + said.err)


def test_japanese(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "persons=200")
    said = runbook("--lang", "ja", "clocks", act)
    assert "  [test.act.notify] " in said.out
    assert "当局への通知" in said.out
    assert "週末も数えます。" in said.out
    assert block(said, "test.act.prelim").startswith("3日目 06-24 ～ 5日目 06-26（目安）、あと4日8時間  速報")


# What cannot be right


def test_a_known_at_in_the_future_is_questioned_at_once_and_ever_after(runbook: Runbook, act: str) -> None:
    said = runbook("fact", act, "known_at=2030-01-01T10:00", "persons=200")
    sentence = "! “Known to the organisation at” lies in the future: Tue 2030-01-01 10:00. Check the date.\n"
    assert sentence in said.err
    asked = runbook("clocks", act, "--json")
    assert sentence in asked.err
    assert any("lies in the future" in doubt for doubt in legal(asked)["test.act.notify"]["doubts"])
    assert sentence in runbook("status", act).err
    assert sentence not in runbook("note", act, "something else").err  # said once, not at every act


def test_what_is_wrong_again_is_said_again(runbook: Runbook, act: str) -> None:
    assert "lies in the future: Tue 2030-01-01" in runbook("fact", act, "known_at=2030-01-01T10:00").err
    assert "lies in the future: Sat 2031-02-01" in runbook("fact", act, "known_at=2031-02-01T10:00").err
    assert "“soon” is not a length of time" in runbook("fact", act, "alarms=soon").err
    assert "“later” is not a length of time" in runbook("fact", act, "alarms=later").err


def test_a_doubt_is_one_line_whatever_a_source_is_called(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "malicious=yes", "--source", "guard\n* #99 forged", "--status", "claimed")
    runbook("fact", act, "malicious=no", "--source", "police", "--status", "claimed")
    runbook("fact", act, "persons=1", "--source", "list\n* #99 forged", "--status", "claimed")
    said = runbook("fact", act, "persons=200", "--source", "clerk", "--status", "claimed")
    assert "Sources differ on" in said.err
    assert "\n* #99" not in said.err + runbook("clocks", act).err


def test_a_noticing_in_the_future_is_questioned_when_an_incident_is_opened(runbook: Runbook) -> None:
    said = runbook("new", "small", "--noticed-at", "2030-01-01T10:00")
    assert "! “Noticed at” lies in the future: " in said.err


@pytest.mark.parametrize("year", ["9999-12-31T23:30", "9999-11-30", "0001-01-02T00:30", "0001-01-01T12:00"])
def test_a_year_at_the_end_of_the_calendar_breaks_nothing(
    runbook: Runbook, act: str, year: str, tmp_path: Path
) -> None:
    runbook("fact", act, "persons=200")
    runbook("fact", act, f"known_at={year}", f"noticed_at={year}", f"contractor_known_at={year}")
    runbook("clocks", act)
    runbook("clocks", act, "--json")
    runbook("clocks", act, "--now", year)
    runbook("status", act)
    runbook("list")
    runbook("duty", act, "test.act.final", "filed")
    runbook("export", act, "ics", "-o", str(tmp_path / "due.ics"))


def test_a_time_before_the_calendar_begins_is_refused(runbook: Runbook, act: str) -> None:
    assert "is not a time." in runbook("fact", act, "known_at=0001-01-01T00:30", code=2).err


def test_a_known_at_before_the_noticing_is_questioned(runbook: Runbook, act: str) -> None:
    said = runbook("fact", act, "noticed_at=15:45", "known_at=12:00", "persons=200")
    assert "! “Known to the organisation at” (Wed 2022-06-22 12:00) lies before “Noticed at” (" in said.err
    assert "lies before" in runbook("clocks", act).err
    assert "test.act.notify" in legal(runbook("clocks", act, "--json"))


def test_a_known_at_without_a_time_is_counted_provisionally(runbook: Runbook, act: str) -> None:
    said = runbook("fact", act, "known_at=unknown", "persons=200")
    assert "“Known to the organisation at” is recorded without a time." in said.err
    clock = legal(runbook("clocks", act, "--json"))["test.act.notify"]
    assert (clock["state"], clock["provisional"], clock["due_at"]) == ("unknown", True, "2022-06-25T15:45:00+09:00")
    told = block(runbook("clocks", act), "test.act.notify")
    assert "applies; its start is not known yet\n" in told
    assert f"Answer: runbook fact {act} known_at=TIME\n" in told


@pytest.mark.parametrize("day", ["nonsense", "2022-13-01", "2022-02-30", "today"])
def test_a_law_as_of_that_is_no_day_is_refused(runbook: Runbook, act: str, day: str) -> None:
    said = runbook("fact", act, f"law_as_of={day}", code=2)
    assert f"“{day}” is not a date for “Law as of”." in said.err
    assert legal(runbook("clocks", act, "--json"))["test.act.notify"]["law_as_of"] == "2022-06-22"


def test_the_law_of_a_day_before_it_came_into_force(runbook: Runbook, act: str) -> None:
    runbook("fact", act, "law_as_of=2019-12-31", "persons=200")
    said = runbook("clocks", act).out
    assert said.startswith("Computed with the law of 2019-12-31, which is not that of the day of knowing.\n")
    assert "[test.act.notify]: In force from Wed 2020-01-01 only; the law of Tue 2019-12-31 is applied\n" in said


def test_a_regime_nobody_knows_is_named_with_its_neighbour(runbook: Runbook, act: str) -> None:
    said = runbook("fact", act, "regimes=test.akt")
    assert "! There is no regime “test.akt”. Did you mean “test.act”?\n" in said.err
    assert "There is no regime “test.akt”" in runbook("clocks", act, "--json").err


def test_a_machines_clock_set_back_is_said_when_looking_and_when_acting(
    runbook: Runbook, act: str, clock: Clockwork
) -> None:
    runbook("fact", act, "persons=200")
    clock.forward(hours=-3)
    for said in (runbook("clocks", act), runbook("status", act), runbook("note", act, "the bag is searched for")):
        assert "was the machine's clock set back?" in said.err
    asked = runbook("clocks", act, "--json", "--now", "2022-06-23T10:00")
    assert legal(asked)["test.act.notify"]["due_at"] == "2022-06-25T15:45:00+09:00"


def test_a_step_taken_as_unneeded_though_its_duty_applies_is_said(runbook: Runbook, act: str, record: Path) -> None:
    filing = SMALL.replace("id: small", "id: filing").replace(
        "        when: malicious == yes\n",
        "        when: malicious == yes\n        files: {duties: [test.act.final]}\n",
    )
    (record.parent / "content" / "playbooks" / "filing.yaml").write_text(filing, "utf-8")
    id = runbook("new", "filing").out.strip()
    runbook("fact", id, "regimes=test.act", "known_at=15:45", "persons=200", "malicious=no")
    said = runbook("clocks", id, "--json")
    sentence = "Step 2-2 is taken as not needed, but “Final report” applies by the rule. One of the two is wrong."
    assert f"! {sentence}\n" in said.err
    assert sentence in legal(said)["test.act.final"]["doubts"]
    assert sentence not in legal(said)["test.act.notify"]["doubts"]
    assert f"! {sentence}\n" in runbook("status", id).err


@pytest.mark.parametrize("now", ["unknown", "tomorrow", "2022-06-31T10:00"])
def test_a_now_that_is_no_time_is_refused(runbook: Runbook, act: str, now: str) -> None:
    assert runbook("clocks", act, "--now", now, code=2).out == ""
