"""`runbook drill`: the whole of a drill from the command line, as its team, its facilitator and an evaluator use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from runbook.drills.msel import read_csv, write_csv
from runbook.speech import Bilingual
from tests.cli.conftest import Clockwork, Runbook, Said
from tests.drilling import SCENARIO

Play = Callable[[float], None]


@pytest.fixture
def scenarios(record: Path) -> Path:
    folder = record.parent / "content" / "playbooks" / "scenarios"
    folder.mkdir()
    (folder / "small-drill.yaml").write_text(SCENARIO.replace("id: small", "id: small-drill"), "utf-8")
    return folder


@pytest.fixture
def drill(scenarios: Path, runbook: Runbook) -> str:
    """A drill just begun: its clock shows 09:00 on 1 June 2026 and runs ten times as fast."""
    id = runbook("drill", "start", "small-drill").out.strip()
    runbook("drill", "clock", id, "resume")
    return id


@pytest.fixture
def play(clock: Clockwork) -> Play:
    """Let so many minutes of the exercise pass."""
    return lambda minutes: clock.forward(minutes=minutes / 10)


def stands(said: Said) -> dict[str, str]:
    return {one["id"]: one["stand"] for one in said.json}


def test_scenarios_and_drills_are_listed(drill: str, runbook: Runbook) -> None:
    said = runbook("drill", "list").out
    assert "small-drill  A small drill  30 minutes, clock 10 x  last drilled 2022-06-22" in said
    assert f"{drill}  DRILL  A small drill" in said
    found = runbook("drill", "list", "--json").json
    assert {"small-drill", "amagasaki-2022"} <= {one["name"] for one in found["scenarios"]}
    assert [(one["id"], one["mode"], one["scenario"]) for one in found["drills"]] == [(drill, "drill", "small-drill")]


def test_a_live_incident_is_not_among_the_drills(drill: str, incident: str, runbook: Runbook) -> None:
    assert [one["id"] for one in runbook("drill", "list", "--json").json["drills"]] == [drill]
    said = runbook("drill", "score", incident, code=1)
    assert "This is no drill" in said.err


def test_starting_says_what_comes_next(scenarios: Path, runbook: Runbook) -> None:
    said = runbook("drill", "start", "small-drill", "--speed", "60", "--title", "Autumn", "--json")
    assert said.json == {"id": said.json["id"], "scenario": "small-drill", "seed": 0}
    assert "DRILL  Autumn" in said.err
    assert "Once everyone is ready" not in said.err  # it runs
    assert "Once everyone is ready" in runbook("drill", "start", "small-drill").err
    assert "60 times as fast" in said.err
    assert f"runbook drill control {said.json['id']}" in said.err
    assert "did you mean" in runbook("drill", "start", "small-dril", code=2).err.lower()
    assert "120" in runbook("drill", "start", "small-drill", "--speed", "500", code=2).err


def test_every_drill_command_lets_arrive_what_is_due(drill: str, runbook: Runbook, play: Play) -> None:
    assert set(stands(runbook("drill", "events", drill, "--json")).values()) == {"waits"}
    play(6)
    assert stands(runbook("drill", "events", drill, "--json"))["call"] == "arrived"
    play(20)
    said = runbook("drill", "advance", drill).out
    assert "A call from a colleague [call]\n    The stick on my desk is gone." in said
    # Nobody told the head: the mayor's office called. It waits for no answer.
    assert stands(runbook("drill", "events", drill, "--json"))["mayor"] == "arrived"
    assert "[mayor]" not in said


def test_without_a_terminal_the_console_is_printed(drill: str, runbook: Runbook, play: Play) -> None:
    play(6)
    said = runbook("drill", "control", drill).out
    assert said.startswith(f"{drill}  DRILL  A small drill\nClock: 2026-06-01 09:06, 10 times as fast.\n")
    assert "1  arrived  2026-06-01 09:05  telephone  A call from a colleague [call]" in said
    assert "4  waits  by hand" in said
    assert "Score: 0 won so far, 0 lost, 20 still to be won" in said


def test_the_facilitator_pushes_holds_and_lets_go(drill: str, runbook: Runbook, play: Play) -> None:
    runbook("drill", "push", drill, "4")
    runbook("drill", "hold", drill, "call")
    play(10)
    assert stands(runbook("drill", "events", drill, "--json")) == {
        "call": "held",
        "mayor": "waits",
        "reporter": "waits",
        "find": "arrived",
    }
    said = runbook("drill", "release", drill, "call")
    assert "Arrived: 1 A call from a colleague" in said.err
    assert "has arrived already" in runbook("drill", "push", drill, "call", code=1).err
    assert "Milestone reached: Announced" in runbook("drill", "milestone", drill, "told").err
    assert "no milestone" in runbook("drill", "milestone", drill, "nothing", code=1).err


@pytest.mark.parametrize(
    ("words", "shows"),
    [
        (["pause"], "Clock: 2026-06-01 09:06, standing."),
        (["freeze", "call"], "Clock: 2026-06-01 09:06, standing."),
        (["speed", "60"], "Clock: 2026-06-01 09:06, 60 times as fast."),
        (["jump", "10:00"], "Clock: 2026-06-01 10:00, 10 times as fast."),
        (["jump", "09:00"], "Clock: 2026-06-02 09:00, 10 times as fast."),
        (["jump", "2026-06-02T08:30"], "Clock: 2026-06-02 08:30, 10 times as fast."),
        (["next"], "Clock: 2026-06-02 08:30, 10 times as fast."),
    ],
)
def test_the_clock(drill: str, runbook: Runbook, play: Play, words: list[str], shows: str) -> None:
    play(6)
    assert shows in runbook("drill", "clock", drill, *words).err


def test_the_clock_stands_until_it_is_let_run_and_where_a_part_ends(
    scenarios: Path, runbook: Runbook, play: Play
) -> None:
    id = runbook("drill", "start", "small-drill").out.strip()
    play(60)
    assert "Clock: 2026-06-01 09:00, standing.\n" in runbook("drill", "control", id).out
    runbook("drill", "clock", id, "resume")
    play(500)
    ends = "Clock: 2026-06-01 11:00, standing; the next part begins 2026-06-02 08:30.\n"
    assert ends in runbook("drill", "control", id).out


def test_a_paused_clock_runs_on(drill: str, runbook: Runbook, play: Play) -> None:
    runbook("drill", "clock", drill, "pause")
    play(30)
    assert stands(runbook("drill", "events", drill, "--json"))["call"] == "waits"
    assert "10 times as fast" in runbook("drill", "clock", drill, "resume").err
    play(6)
    assert stands(runbook("drill", "events", drill, "--json"))["call"] == "arrived"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["jump"], 2, "one thing more: TIME"),
        (["pause", "now"], 2, "takes nothing more"),
        (["speed", "fast"], 2, "is not a speed"),
        (["speed", "121"], 2, "from 1 to 120"),
        (["jump", "tomorrow"], 2, "is not a time"),
        (["jump", "2026-06-01T08:00"], 2, "only goes forward"),
        (["freeze", "99"], 1, "There is no inject"),
        (["stop"], 2, "Choose one of"),
    ],
)
def test_what_the_clock_cannot_do(drill: str, runbook: Runbook, words: list[str], code: int, says: str) -> None:
    code = 1 if says == "only goes forward" else code
    assert says in runbook("drill", "clock", drill, *words, code=code).err


def test_an_answer_that_describes_the_password_is_recorded_and_objected_to(
    drill: str, runbook: Runbook, play: Play
) -> None:
    play(91)
    said = runbook("drill", "answer", drill, "reporter", "パスワードは13桁の英数字です。", code=1)
    assert "against G01" in said.err
    assert "answer:1: G01 stops" in said.err
    assert "13桁" in runbook("log", drill).out
    scored = runbook("drill", "score", drill, "--json").json
    [item] = [one for one in scored["items"] if one["id"] == "password"]
    assert (item["points"], item["max"]) == (-10, 0)
    assert item["seqs"]


def test_an_answer_nobody_objects_to_ends_well(drill: str, runbook: Runbook, play: Play) -> None:
    play(6)
    said = runbook("drill", "answer", drill, "1", "分かりました。課長に報告します。")
    assert "stops" not in said.err
    assert "has not arrived yet" in runbook("drill", "answer", drill, "reporter", "はい", code=1).err


def test_the_score_has_the_contracts_keys(drill: str, runbook: Runbook) -> None:
    found = runbook("drill", "score", drill, "--json").json
    assert {"scenario", "score", "max", "items"} <= set(found)
    assert found["scenario"] == "small-drill"
    for item in found["items"]:
        assert {"id", "objective", "points", "max", "reason", "seqs"} <= set(item)
        assert item["reason"]
    said = runbook("drill", "score", drill).out
    assert said.startswith(f"{drill}  DRILL  ")
    assert "Report at once: 0 of 15" in said
    assert (found["reached_max"], {item["open"] for item in found["items"] if item["max"]}) == (0, {True})
    assert (found["still"], found["lost"]) == (20, 0)
    assert "Score: 0 won so far, 0 lost, 20 still to be won" in said


def test_an_evaluator_judges_in_words_and_points(drill: str, runbook: Runbook, play: Play) -> None:
    play(6)
    runbook(
        "drill", "observe", drill, "Nobody wrote it down.", "--about", "3", "--objective", "report", "--at", "09:05"
    )
    runbook("drill", "rate", drill, "report", "M", "--reason", "slow")
    assert "needs a reason" in runbook("drill", "overrule", drill, "head-told", "7", code=1).err
    runbook("drill", "overrule", drill, "head-told", "7", "--reason", "told by telephone")
    runbook("drill", "overrule", drill, "password", "-3", "--reason", "half a word")
    assert "at most" in runbook("drill", "overrule", drill, "head-told", "11", "--reason", "x", code=2).err
    assert "There are: head-told" in runbook("drill", "overrule", drill, "nothing", "1", "--reason", "x", code=1).err
    said = runbook("drill", "score", drill).out
    assert "Report at once: 7 of 15  [M]" in said
    assert "Overruled by sato (reckoned: 0): told by telephone" in said
    points = {one["id"]: one["points"] for one in runbook("drill", "score", drill, "--json").json["items"]}
    assert (points["head-told"], points["password"]) == (7, -3)
    runbook("drill", "overrule", drill, "head-told", "-", "--reason", "withdrawn")
    assert "Report at once: 0 of 15" in runbook("drill", "score", drill).out


def test_an_improvement_goes_into_the_playbook_and_the_next_drill_knows(
    drill: str, scenarios: Path, runbook: Runbook
) -> None:
    plan = ("--issue", "late", "--action", "a check", "--owner", "Yamada", "--due", "30", "--item", "head-told")
    change = ("--step", "report-head", "--check", "--ja", "秘書課にも伝えた", "--en", "The secretariat was told too")
    assert runbook("drill", "improve", drill, *plan, *change).out == "i1\n"
    assert (
        "Improvement i1: a better check"
        in runbook("drill", "improve", drill, "--id", "i1", "--action", "a better check").err
    )
    assert runbook("drill", "improve", drill, "--issue", "x", "--action", "y", "--owner", "z").out == "i2\n"
    assert "dropped" in runbook("drill", "improve", drill, "--id", "i2", "--drop").err
    assert "no item" in runbook("drill", "improve", drill, "--id", "i9", "--drop", code=1).err
    said = runbook("drill", "apply", drill, "i1")
    assert "+          - {id: i1, ja: 秘書課にも伝えた, en: The secretariat was told too}" in said.out
    own = scenarios.parent / "lost-media.yaml"
    assert str(own) in said.err
    assert "秘書課にも伝えた" in own.read_text("utf-8")
    assert runbook("drill", "apply", drill, "i1", code=1).err
    assert "no item" in runbook("drill", "apply", drill, "nothing", code=1).err
    runbook("drill", "end", drill)
    again = runbook("drill", "start", "small-drill").out.strip()
    assert drill != again


def test_a_drill_that_is_over_takes_nothing_more_but_judgement(drill: str, runbook: Runbook, play: Play) -> None:
    play(6)
    assert "Its score" in runbook("drill", "end", drill, "--remark", "good").err
    play(60)
    assert stands(runbook("drill", "events", drill, "--json"))["mayor"] == "waits"
    assert "drill is over" in runbook("drill", "push", drill, "find", code=1).err
    assert "drill is over" in runbook("step", drill, "notice-what", "start", code=1).err
    runbook("drill", "rate", drill, "report", "P")


def test_the_next_drill_is_put_beside_the_last(drill: str, runbook: Runbook, play: Play, clock: Clockwork) -> None:
    runbook("drill", "end", drill)
    clock.forward(days=30)
    again = runbook("drill", "start", "small-drill").out.strip()
    assert f"2022-06-22  {drill}" in runbook("drill", "score", again).out
    assert [one["id"] for one in runbook("drill", "score", again, "--json").json["earlier"]] == [drill]


def test_the_log_hides_what_the_facilitator_does(drill: str, runbook: Runbook, play: Play) -> None:
    play(6)
    runbook("drill", "observe", drill, "They hesitate.")
    runbook("drill", "hold", drill, "reporter")
    runbook("note", drill, "the team's own")
    hidden = ("They hesitate", "Held back")
    team = runbook("log", drill)
    assert not any(words in team.out for words in hidden)
    assert "the team's own" in team.out
    assert "A call from a colleague" in team.out
    assert all(words in runbook("log", drill, "--facilitator").out for words in hidden)
    types = {one["type"] for one in runbook("log", drill, "--json").json}
    assert types.isdisjoint({"observation_noted", "inject_held"})
    assert {"inject_arrived", "note_written"} <= types
    whole = runbook("log", drill, "--json", "--facilitator").json
    assert [one["seq"] for one in whole] == list(range(1, len(whole) + 1))
    last = whole[-1]["seq"]
    assert [one["seq"] for one in runbook("log", drill, "--json", "--since", str(last - 1)).json] == [last]


# On paper


def test_the_report_is_written_under_a_marked_name(drill: str, runbook: Runbook, tmp_path: Path) -> None:
    for name, begins in (("after.html", "<!doctype html>"), ("after.md", "# 【訓練 / DRILL】")):
        path = Path(runbook("drill", "report", drill, "-o", str(tmp_path / name)).out.strip())
        assert path == tmp_path / f"DRILL-{name}"
        assert path.read_text("utf-8").lower().startswith(begins.lower())
    assert "訓練 / DRILL" in (tmp_path / "DRILL-after.html").read_text("utf-8")
    path = Path(runbook("drill", "report", drill, "-o", str(tmp_path / "x.html"), "--format", "md").out.strip())
    assert path.read_text("utf-8").startswith("#")


def test_a_report_goes_where_notices_and_exports_go(drill: str, runbook: Runbook, tmp_path: Path) -> None:
    """Printed for -, with a word where it takes a file's place, refused where it cannot be one."""
    said = runbook("drill", "report", drill, "-o", "-")
    assert said.out.startswith("# 【訓練 / DRILL】")
    assert runbook("drill", "report", drill, "-o", "-", "--format", "html").out.startswith("<!doctype html>")
    assert not list(tmp_path.glob("**/DRILL-*"))
    for command in (("drill", "report", drill), ("export", drill, "ics"), ("drill", "msel", "export", drill)):
        target = str(tmp_path / ("same.csv" if "msel" in command else "same.md"))
        assert "takes the place" not in runbook(*command, "-o", target).err
        assert "It takes the place of a file that was there." in runbook(*command, "-o", target).err
        for one in tmp_path.glob("DRILL-same*"):
            one.unlink()
    (tmp_path / "DRILL-pipe.md").mkdir()
    for command in (("drill", "report", drill), ("export", drill, "ics")):
        told = runbook(*command, "-o", str(tmp_path / "pipe.md"), code=2).err
        assert "is not a file that can be written" in told


@pytest.mark.parametrize("name", ["after.pdf", "after.docx"])
def test_no_report_is_called_what_it_is_not(drill: str, runbook: Runbook, tmp_path: Path, name: str) -> None:
    assert "as HTML or Markdown" in runbook("drill", "report", drill, "-o", str(tmp_path / name), code=2).err
    assert not list(tmp_path.glob("DRILL-*"))


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_the_events_list_goes_out_and_comes_in_again(drill: str, runbook: Runbook, tmp_path: Path, name: str) -> None:
    for of in ("small-drill", drill):
        path = runbook("drill", "msel", "export", of, "-o", str(tmp_path / name)).out.strip()
        assert path == str(tmp_path / f"DRILL-{name}")
        assert "Nothing changed." in runbook("drill", "msel", "import", path, "--into", of).err


def test_an_edited_sheet_changes_the_drill_and_the_users_own_scenario(
    drill: str, scenarios: Path, runbook: Runbook, tmp_path: Path
) -> None:
    path = Path(runbook("drill", "msel", "export", drill, "-o", str(tmp_path / "list.csv")).out.strip())
    text = path.read_bytes().decode("utf-8-sig").replace("A reporter asks", "Two reporters ask")
    path.write_bytes(text.encode("utf-8-sig"))
    runbook("drill", "msel", "import", str(path), "--into", drill)
    [line] = [one for one in runbook("drill", "events", drill, "--json").json if one["id"] == "reporter"]
    assert (line["title"], line["edited"]) == ("Two reporters ask", True)
    assert (
        runbook("drill", "msel", "import", str(path), "--into", "small-drill").out.strip().endswith("small-drill.yaml")
    )
    assert "Two reporters ask" in (scenarios / "small-drill.yaml").read_text("utf-8")


def test_an_import_names_the_comments_that_go(scenarios: Path, runbook: Runbook, tmp_path: Path) -> None:
    own = scenarios / "small-drill.yaml"
    kept = own.read_text("utf-8").replace("  - id: find", "  # found at last\n  - id: find")
    own.write_text(kept.replace("number: 3", "number: 3  # never early"), "utf-8")
    path = Path(runbook("drill", "msel", "export", "small-drill", "-o", str(tmp_path / "list.csv")).out.strip())
    path.write_bytes(path.read_bytes().replace(b"A reporter asks", b"Two reporters ask"))
    told = runbook("drill", "msel", "import", str(path), "--into", "small-drill").err.splitlines()
    assert told[0] == "This comment stands in an inject that changes, and is not kept: # never early"
    assert [line for line in told if "comment" in line] == told[:1]
    assert "# found at last" in own.read_text("utf-8")


def test_an_import_says_what_changed_what_is_new_and_what_is_off(
    drill: str, scenarios: Path, runbook: Runbook, tmp_path: Path
) -> None:
    sheet = read_csv(
        Path(runbook("drill", "msel", "export", drill, "-o", str(tmp_path / "l.csv")).out.strip()).read_bytes()
    )
    by_id = {one.id: one for one in sheet.injects}
    reporter = msgspec.structs.replace(by_id["reporter"], title=Bilingual("記者二人", "Two reporters"))
    mayor = msgspec.structs.replace(by_id["mayor"], enabled=False)
    more = msgspec.structs.replace(reporter, id="more", number=90, title=Bilingual("さらに", "One more"), depends_on=())
    changed = {**by_id, "reporter": reporter, "mayor": mayor, "more": more}
    file = tmp_path / "edited.csv"
    file.write_bytes(write_csv(msgspec.structs.replace(sheet, injects=tuple(changed.values()), places=())))
    for of in (drill, "small-drill"):
        told = runbook("drill", "msel", "import", str(file), "--into", of).err.splitlines()
        assert f"Changed: inject {reporter.number}, Two reporters" in told
        assert "New: inject 90, One more" in told
        assert f"Switched off: inject {mayor.number}, {mayor.title.en}" in told
        assert not any(line.startswith("Changed: inject") and mayor.title.en in line for line in told)


@pytest.mark.parametrize("name", ["list.txt", "missing.csv"])
def test_a_sheet_that_cannot_be_read_is_said(drill: str, runbook: Runbook, tmp_path: Path, name: str) -> None:
    (tmp_path / "list.txt").write_text("x")
    assert runbook("drill", "msel", "import", str(tmp_path / name), "--into", drill, code=2).err
