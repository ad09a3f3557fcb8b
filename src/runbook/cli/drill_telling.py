"""What the drill commands print: lines for people, shapes for programs. Pure.

Whatever is told of a drill begins with its heading (`telling.heading`), which carries the mark: no line of it can be
taken for a real one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from runbook.case import Case
from runbook.cli.session import Session
from runbook.cli.shapes import Shape, stamp
from runbook.drills.scoring import Item, Score, standing
from runbook.saying import words
from runbook.scenario import DELIVERY_NAMES, Inject, Scenario
from runbook.script import STAND_NAMES, Line, course, leg
from runbook.speech import Argument, Language, Message, say, speaker


def scenario_line(name: str, scenario: Scenario, last: datetime | None, session: Session) -> str:
    """A scenario: its name, title, length and speed, and when it was last drilled."""
    length = say("{minutes} minutes, clock {speed} x", minutes=scenario.minutes, speed=_speeds(scenario))
    drilled = say("last drilled {at}", at=f"{last:%Y-%m-%d}") if last else say("never drilled")
    title = scenario.title.said(session.language)
    return "  ".join((name, title, session.speak(length), session.speak(drilled)))


def scenario_shape(name: str, scenario: Scenario, last: datetime | None, language: Language) -> Shape:
    return {
        "name": name,
        "title": scenario.title.said(language),
        "about": scenario.about.said(language),
        "playbook": scenario.playbook,
        "minutes": scenario.minutes,
        "speed": scenario.legs[0].speed,
        "last_drilled": stamp(last),
    }


def clock_words(case: Case, wall: datetime) -> Message:
    """What the drill's clock shows, and how it goes."""
    clock, how = case.incident.clock, course(case, wall)
    at = f"{case.now:%Y-%m-%d %H:%M}"
    if how == "over":
        return say("This drill is over; its clock stopped at {at}.", at=at)
    if how == "runs" and clock:
        return say("Clock: {at}, {speed} times as fast.", at=at, speed=f"{clock.speed:g}")
    here, following = leg(case)
    if following is not None and (here is None or here.end == case.now):
        return say("Clock: {at}, standing; the next part begins {next}.", at=at, next=_minute(case, following.start))
    return say("Clock: {at}, standing.", at=at)


def events_lines(lines: Sequence[Line], case: Case, session: Session) -> Iterator[str]:
    """The events list, a line each: number, where it stands, when, how it comes, and what waits for an answer."""
    for line in lines:
        one = line.inject
        at = line.arrived_at or one.at
        when: Argument = _minute(case, at) if at else _waits_for(one)
        marks = [mark for mark, on in ((say("edited"), line.edited), (say("answered"), line.answered)) if on]
        extra = f"  ({', '.join(session.speak(mark) for mark in marks)})" if marks else ""
        shown = say(
            "{number}  {stand}  {when}  {delivery}  {title} [{id}]",
            number=one.number,
            stand=STAND_NAMES[line.stand],
            when=when,
            delivery=DELIVERY_NAMES[one.delivery],
            title=one.title,
            id=one.id,
        )
        yield session.speak(shown) + extra


def _waits_for(one: Inject) -> Argument:
    """What an inject without an hour waits for."""
    if one.hand:
        return say("by hand")
    return say("milestone {name}", name=one.milestone) if one.milestone and not one.when else say("on a condition")


def event_shape(line: Line, language: Language, case: Case) -> Shape:
    one = line.inject
    state = case.incident.drill.inject(one.id) if case.incident.drill else None
    replies = state.replies if state else ()
    return {
        "id": one.id,
        "number": one.number,
        "title": one.title.said(language),
        "text": one.text.said(language),
        "kind": one.kind,
        "delivery": one.delivery,
        "from": one.sender.said(language),
        "to": one.to,
        "stand": line.stand,
        "due_at": stamp(one.at),
        "arrived_at": stamp(line.arrived_at, case.zone),
        "when": one.when or None,
        "milestone": one.milestone or None,
        "depends_on": one.depends_on,
        "hand": one.hand,
        "answer": one.answer,
        "answers": [
            {"seq": reply.touch.seq, "actor": reply.touch.actor, "text": reply.text.text, "rules": reply.rules}
            for reply in replies
        ],
        "objective": one.objective or None,
        "controller": one.controller or None,
        "expected": one.expected.said(language) if one.expected else None,
        "edited": line.edited,
    }


def arrived_lines(one: Inject, case: Case, session: Session) -> Iterator[str]:
    """One inject as it reaches the team."""
    state = case.incident.drill.inject(one.id) if case.incident.drill else None
    at = state.arrival.at if state and state.arrival else None
    yield session.speak(
        say(
            "{number}  {at}  {delivery}, {sender}: {title} [{id}]",
            number=one.number,
            at=_minute(case, at) if at else "",
            delivery=DELIVERY_NAMES[one.delivery],
            sender=one.sender,
            title=one.title,
            id=one.id,
        )
    )
    yield from (f"    {line}" for line in one.text.said(session.language).strip().splitlines())


def score_lines(score: Score, case: Case, session: Session) -> Iterator[str]:
    """The score: the total, then each objective's items with reason and entries."""
    speak, language = session.speak, session.language
    yield speak(say("Score: {standing}", standing=standing(score)))
    if score.machine != score.points:
        yield speak(say("As reckoned, before anyone overruled: {points}", points=score.machine))
    scenario = case.playbook.scenario
    for objective in scenario.objectives if scenario else ():
        items = [item for item in score.items if item.objective == objective.id]
        if not items:
            continue
        points, most = score.of(objective.id)
        yield ""
        rated = case.incident.drill.ratings.get(objective.id) if case.incident.drill else None
        line = say("{objective}: {points} of {max}", objective=objective.title, points=points, max=most)
        yield speak(line) + (f"  [{rated.rate}]" if rated else "")
        for item in items:
            yield from _item_lines(item, language, session)


def _item_lines(item: Item, language: Language, session: Session) -> Iterator[str]:
    cited = "  " + " ".join(f"#{seq}" for seq in item.seqs) if item.seqs else ""
    yield f"  {item.points}/{item.max}  {item.title.said(language)} [{item.id}]{cited}"
    yield f"      {session.speak(item.reason)}"
    if item.overruled is not None:
        values: dict[str, Argument] = {"actor": item.overruled.touch.actor, "why": words(item.overruled.reason)}
        yield "      " + session.speak(say("Overruled by {actor} (reckoned: {n}): {why}", n=item.machine, **values))
    missed = item.points < item.max or item.points < 0
    for said in (item.really, item.tip) if missed else ():
        if said is not None:
            yield f"      {said.said(language)}"


def score_shape(score: Score, language: Language) -> Shape:
    """The contract of `drill score --json`; keys may be added."""
    return {
        "scenario": score.scenario,
        "score": score.points,
        "max": score.max,
        "machine": score.machine,
        "reached_max": score.reached_max,
        "still": score.still,
        "lost": score.lost,
        "items": [item_shape(item, language) for item in score.items],
    }


def item_shape(item: Item, language: Language) -> Shape:
    over = item.overruled
    return {
        "id": item.id,
        "objective": item.objective,
        "sort": item.sort,
        "title": item.title.said(language),
        "points": item.points,
        "max": item.max,
        "machine": item.machine,
        "reason": speaker(language)(item.reason),
        "seqs": item.seqs,
        "at": stamp(item.at),
        "target": stamp(item.target),
        "ghost": stamp(item.ghost),
        "open": item.open,
        "still": item.still,
        "overruled": {"seq": over.touch.seq, "actor": over.touch.actor, "reason": over.reason.text} if over else None,
    }


def _minute(case: Case, at: datetime) -> str:
    return f"{case.zoned(at):%Y-%m-%d %H:%M}"


def _speeds(scenario: Scenario) -> str:
    speeds = sorted({leg.speed for leg in scenario.legs})
    return f"{speeds[0]:g}" if len(speeds) == 1 else f"{speeds[0]:g}–{speeds[-1]:g}"
