"""The score of a drill, whatever a team does."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from runbook import events as e
from runbook.case import Case
from runbook.drills import marking
from runbook.drills.evidence import walk
from runbook.events import Prose
from runbook.fold import evolve
from runbook.speech import speaker
from tests.played import Played, expected, ghost, hazard, order, overruled, scenario

HALF_AN_HOUR = timedelta(minutes=30)
NOTICED = "done(notice-what)"

_STEPS = ("notice-what", "police", "theft", "press")
_WHOLE = scenario(
    [
        expected("head", 10, NOTICED, "known(persons)", since="call", within=HALF_AN_HOUR, late=3),
        expected("theft", 7, "done(theft) and done(police)"),
        expected("reply", 5, "answered(reporter)", since="reporter", within=timedelta(minutes=5)),
        expected("clock", 8, clock="step:notice-what"),
        expected("law", 9, clock="act.every"),
    ],
    [order("done(police)", "published(first-notice)")],
    [hazard("tripped(G01)", 6, 2)],
    [ghost(60, "head")],
)


_acts = st.one_of(
    st.builds(e.StepStarted, st.sampled_from(_STEPS)),
    st.builds(e.StepFinished, st.sampled_from(_STEPS)),
    st.builds(e.StepReopened, st.sampled_from(_STEPS)),
    st.builds(e.StepTimed, st.sampled_from(_STEPS), st.sampled_from(("started", "done"))),
    st.builds(lambda n: e.FactRecorded("persons", n), st.integers(0, 1000)),
    st.builds(lambda value: e.FactRecorded("cause", value), st.sampled_from(("loss", "theft"))),
    st.builds(e.InjectArrived, st.sampled_from(("call", "reporter"))),
    st.builds(
        lambda inject, rules: e.InjectAnswered(inject, Prose(text="x"), rules),
        st.sampled_from(("call", "reporter")),
        st.sampled_from(((), ("G01",), ("G05",))),
    ),
    st.just(e.DutyFiled("act.every")),
    st.just(e.FilingWithdrawn("act.every", Prose(text="x"))),
    st.builds(e.CheckTicked, st.just("notice-what"), st.just("asked"), st.booleans()),
    st.builds(lambda off: e.RowRecorded("members", "a", {}, off), st.booleans()),
    st.just(e.WarningAcknowledged("press", "password")),
    st.builds(lambda text: e.NoticePublished("first-notice", "ja", text, "", "", ""), st.sampled_from(("13", "x"))),
    st.just(e.ActUndone(0)),
)
_team = st.lists(st.tuples(st.integers(0, 40), _acts, st.integers(-60, 10)), max_size=25)
_facilitator = st.one_of(
    st.just(e.ObservationNoted(Prose(text="x"))),
    st.just(e.ObjectiveRated("report", "S", Prose(text="x"))),
    st.just(e.FacilitatorCame()),
    st.just(e.Improvement("i1", Prose(text="x"), Prose(text="y"), "suzuki", item="head")),
    st.builds(overruled, st.sampled_from((None, 0, 5, 99)), st.sampled_from(("head", "order", "hazard", "gone"))),
)


def play(team) -> Played:
    drill, at = Played(_WHOLE), 0
    for minutes, data, ago in team:
        at += minutes
        if isinstance(data, e.NoticePublished):
            drill.publish(at, data.sha256, *(("G01",) if data.sha256 == "13" else ()))
        elif isinstance(data, e.ActUndone):  # what nobody has built on since
            drill.add(at, e.ActUndone(len(drill.events)))
        else:
            drill.add(at, data, happened=at + ago)
    return drill


@settings(deadline=None)
@given(_team, st.booleans())
def test_the_points_stay_in_their_bounds_and_rest_on_entries_there_are(team, over: bool) -> None:
    drill = play(team)
    if over:
        drill.end(2000)
    score = drill.score()
    assert score == drill.score()
    assert 0 <= score.points <= score.reached_max <= score.max
    assert score.still >= 0 == (score.still if over else 0)
    assert score.lost >= 0
    assert all(item.points + item.still <= item.max for item in score.items)
    for item in score.items:
        low, high = (-12, 0) if item.sort == "disclosure" else (0, item.max)
        assert low <= item.points <= high
        assert item.points == item.machine
        assert set(item.seqs) <= {event.seq for event in drill.events}
        assert item.points == 0 or item.seqs
        assert not (over and item.open)
        assert speaker("en")(item.reason)


@settings(deadline=None)
@given(_team, st.lists(_facilitator, max_size=5))
def test_what_the_facilitator_notes_changes_nothing_the_machine_reckons(team, notes) -> None:
    drill = play(team)
    drill.end(2000)
    before = drill.score()
    for data in notes:
        drill.add(2000, data, actor="suzuki")
    after = drill.score()
    assert [(one.machine, one.max, one.reason, one.seqs) for one in after.items] == [
        (one.machine, one.max, one.reason, one.seqs) for one in before.items
    ]
    assert after.machine == before.machine


def turns(drill: Played, condition: str) -> list[tuple[int, int | None]]:
    """By which entries a condition became true and untrue, asked of the whole incident after every entry."""
    found: list[tuple[int, int | None]] = []
    incident = None
    for event in drill.events:
        incident = evolve(incident, event)
        holds = Case(incident, drill.playbook, event.recorded_at).holds(condition) is True
        open_turn = bool(found) and found[-1][1] is None
        if holds and not open_turn:
            found.append((event.seq, None))
        elif open_turn and not holds:
            found[-1] = (found[-1][0], event.seq)
    return found


@settings(deadline=None)
@given(_team)
def test_looking_only_at_what_a_condition_names_finds_what_looking_at_everything_finds(team) -> None:
    drill = play(team)
    conditions = [
        *marking.asked(_WHOLE),
        *("ticked(notice-what/asked)", "rows(members)", "tripped(G05)", "approved(first-notice)", 'says("13")'),
        "not done(theft) and (known(persons) or read(password)) and cause != loss",
    ]
    walked = walk(drill.case(), drill.events, conditions, ())
    found = {text: [(turn.seq, turn.until) for turn in walked.turns[text]] for text in conditions}
    assert found == {text: turns(drill, text) for text in conditions}
