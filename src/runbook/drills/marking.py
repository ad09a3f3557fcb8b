"""What each item of a scenario's score brings by the record, and why: expected acts, clocks, orders, hazards. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

import msgspec

from runbook.conditions import All, Condition, Happened, Not, leaves, parse
from runbook.drills.evidence import Turn, Walked
from runbook.drills.moot import clock_moot, moot, unsettled
from runbook.drills.phrases import described, due_words, inject_called, lasting
from runbook.duties import Deadline, deadline
from runbook.moment import after, between
from runbook.saying import joined
from runbook.scenario import Expected, Hazard, Order, Scenario
from runbook.speech import Argument, Message, say


class Mark(msgspec.Struct, frozen=True):
    """The points of one item and why. `open` says that the drill runs and its time is not over; `still` are the points
    that can be won besides, also by what comes late."""

    points: int
    max: int
    reason: Message
    seqs: tuple[int, ...] = ()
    at: datetime | None = None
    target: datetime | None = None
    open: bool = False
    still: int = 0


def asked(scenario: Scenario) -> list[str]:
    """The conditions that are asked whether they hold."""
    evidence = [text for one in scenario.expected for text in (*one.evidence, *_of_clock(one.clock))]
    beside = {one for text in evidence for one in (*_against(text), *_answers(text))}
    return [*evidence, *sorted(beside), *(text for one in scenario.orders for text in (one.first, one.then))]


def act(walked: Walked, scenario: Scenario, one: Expected) -> Mark:
    """An act: each part of its evidence brings an equal share, less where it came late."""
    since, start = _since(walked, scenario, one)
    if since is None:
        return _not_arrived(walked, one.points, start)
    parts = [text for text in one.evidence if moot(walked, scenario, parse(text)) is None]
    if not parts:
        return _left_out(walked, scenario, one.points, one.evidence)
    turns = [walked.now(text) for text in parts]
    done = [turn for turn in turns if turn is not None]
    target = walked.case.zoned(after(since, one.within)) if one.within else None
    took = [between(since, turn.at) for turn in done]
    points, late = _together(one, took, len(parts)), [length for length in took if one.within and length > one.within]
    seqs = tuple(sorted({seq for turn in done for seq in turn.seqs}))
    word = _own_word(walked, done, lambda at: (at < since, _whole(_worth(one, between(since, at)))))
    word = _with(unread, word) if (unread := _unread(walked, one)) else word
    if len(done) == len(parts):
        at = walked.case.zoned(max(turn.at for turn in done))
        reason = _done(one, start, since, at, points) if one.since or one.within else say("Done {at}.", at=at)
        return Mark(points, one.points, _with(reason, word), seqs, at, target)
    possible = [text for text in parts if walked.now(text) is None and not _lost(walked, text)]
    still = bool(possible) and _is_open(walked, target)
    more = [] if walked.ended else [between(since, walked.case.now)] * len(possible)
    reason = _not_done(walked, target)
    if done:
        missing = joined([_asking(walked, scenario, text) for text in parts if walked.now(text) is None])
        reason = _partly(
            _some(len(done), len(parts), len(late), missing),
            target,
            reason if still else None,
        )
    elif spoilt := _spoilt(walked, parts):
        reason, seqs = _with(spoilt[0], reason if still else None), spoilt[1]
    elif undone := _undone(walked, parts):
        reason = say(
            "Done {at}, but taken back by entry {seq}. {rest}", at=undone.at, seq=undone.until or 0, rest=reason
        )
        seqs = (*undone.seqs, undone.until or 0)
    steps = unsettled(walked, parts)
    open_still = say("Whether step {number} applies is not known yet.", number=joined(steps)) if steps else None
    reason, gain = _with(_with(reason, word), open_still), _together(one, [*took, *more], len(parts)) - points
    return Mark(points, one.points, reason, seqs, None, target, still, gain)


def clock(walked: Walked, one: Expected) -> Mark:
    """A clock met: in full in time, half late or where that cannot be told, nothing where it was not met."""
    case = walked.case
    found = deadline(case, one.clock)
    [condition] = _of_clock(one.clock)
    turn = walked.now(condition)
    if found is None or (turn is None and clock_moot(walked, found)):
        return Mark(0, 0, say("Left out: by what is recorded, this clock does not apply."))
    due = found.falls_at
    if turn is None:
        open = _is_open(walked, due)
        still = one.points if open else 0 if walked.ended else one.points // 2
        return Mark(0, one.points, _not_met(walked, found), target=due, open=open, still=still)
    at = case.zoned(turn.at)
    in_time = _in_time(found, turn)
    points = one.points if in_time else one.points // 2
    word = _own_word(walked, [turn], lambda at: due is not None and between(at, due) >= timedelta())
    return Mark(points, one.points, _with(_met(found, at, in_time), word), turn.seqs, at, due)


def order(walked: Walked, scenario: Scenario, one: Order) -> Mark:
    """An order kept: what had to come first held when the other came, by the times at which both were done."""
    first, then = walked.now(one.first), walked.now(one.then)
    if first is None:
        conditions = [parse(one.first)] if then else [parse(one.first), parse(one.then)]
        if why := next((why for part in conditions if (why := moot(walked, scenario, part))), None):
            return Mark(0, 0, say("Left out: {why}", why=why))
    if then is None:
        return _order_open(walked, scenario, one, first)
    zoned = walked.case.zoned
    before = next((turn for turn in walked.turns[one.first] if first and _came_before(turn, then)), None)
    said: dict[str, Argument] = {
        "first": _asking(walked, scenario, one.first),
        "then": _asking(walked, scenario, one.then),
        "at": zoned((before or first or then).at),
        "later": zoned(then.at),
    }
    if before is not None:
        reason = say("In order: {first} {at}, then {then} {later}.", **said)
        reason = _with(reason, _own_word(walked, [before], lambda at: at <= then.written))
        return Mark(one.points, one.points, reason, (*before.seqs, *then.seqs), zoned(before.at))
    if first is not None:
        reason = say("Out of order: {then} came {later}, {first} only {at}.", **said)
        return Mark(0, one.points, reason, (*then.seqs, *first.seqs), zoned(first.at))
    return Mark(
        0, one.points, say("Out of order: {then} came {later}, without {first}.", **said), then.seqs, zoned(then.at)
    )


def hazard(walked: Walked, one: Hazard) -> Mark:
    """What must not happen: each time it did costs its points, at most so often."""
    turns = walked.brought[one.when]
    if not turns:
        return Mark(0, 0, say("It did not happen.") if walked.ended else say("It has not happened so far."))
    at = walked.case.zoned(turns[0].at)
    lost = -one.points * min(len(turns), one.times)
    seqs = tuple(turn.seq for turn in turns)
    if len(turns) == 1:
        return Mark(lost, 0, say("It happened {at}.", at=at), seqs, at)
    reason = say("It happened {n} times, first {at}.", n=len(turns), at=at)
    if len(turns) > one.times:
        most = one.points * one.times
        reason = say(
            "It happened {n} times, first {at}; at most {most} points are taken off.", n=len(turns), at=at, most=most
        )
    return Mark(lost, 0, reason, seqs, at)


# How much, and whether

_TICK = timedelta(microseconds=1)
_SOON_READ = timedelta(hours=1)
"""The exercise time that may pass, at full speed, until a seat lets arrive what is due."""


def _worth(one: Expected, took: timedelta) -> Fraction:
    """The points of an act done that long after it could be."""
    if one.within is None or took <= one.within:
        return Fraction(one.points)
    over = Fraction(min(took - one.within, one.within) // _TICK, one.within // _TICK)
    return one.points - (one.points - one.late) * over


def _together(one: Expected, took: Sequence[timedelta], parts: int) -> int:
    """The points of an act of which parts were done that long after they could be."""
    points = _whole(sum((_worth(one, length) for length in took), Fraction()) / parts)
    if one.within and any(length >= 2 * one.within for length in took):
        return min(points, max(one.points - 1, one.late))  # what came as late as can be costs, for all the rounding
    return points


def _whole(points: Fraction) -> int:
    """Half a point is none: what was only half done never counts in full."""
    return ceil(points - Fraction(1, 2))


def _in_time(one: Deadline, turn: Turn) -> bool | None:
    due = one.falls_at
    if due is None or between(turn.at, due) >= timedelta():
        return True
    return one.in_time if one.due_at and one.met_precision != "exact" else False


def _came_before(first: Turn, then: Turn) -> bool:
    """Whether `first` held when `then` came, or was done before it and noted after it."""
    held = first.seq <= then.seq and (first.until is None or first.until > then.seq)
    return held if first.at == then.at else first.at < then.at and (held or first.until is None)


def _is_open(walked: Walked, target: datetime | None) -> bool:
    return not walked.ended and (target is None or between(walked.case.now, target) >= timedelta())


def _not_against(condition: Condition) -> tuple[str, ...]:
    """The guardrails that may not have objected for a condition to hold."""
    match condition:
        case All(parts):
            return tuple(rule for part in parts for rule in _not_against(part))
        case Not(Happened("tripped", rule)):
            return (rule,)
    return ()


def _against(text: str) -> list[str]:
    """The conditions that they objected."""
    return [f"tripped({rule})" for rule in _not_against(parse(text))]


def _answers(text: str) -> list[str]:
    """The answers that are evidence only as long as no guardrail objects."""
    asked = leaves(parse(text)) if _against(text) else ()
    return [f"answered({one.name})" for one in asked if isinstance(one, Happened) and one.word == "answered"]


def _lost(walked: Walked, text: str) -> bool:
    """Whether it cannot come true any more: what was said stays said."""
    return any(walked.now(one) is not None for one in _against(text))


def _spoilt(walked: Walked, parts: Sequence[str]) -> tuple[Message, tuple[int, ...]] | None:
    """What spoilt parts that would be there otherwise, with the entries: what gave something away, and the answers."""
    lost = [text for text in parts if _lost(walked, text)]
    told = {one: turn.seq for text in lost for one in _against(text) if (turn := walked.now(one))}
    if not told:
        return None
    answers = {turn.seq for text in lost for one in _answers(text) if (turn := walked.now(one))} - {*told.values()}
    entries = joined([str(seq) for seq in sorted({*told.values()})])
    rules = joined([one.removeprefix("tripped(").removesuffix(")") for one in sorted(told)])
    why = say(
        "Guardrail {rules} objects to what was said in entry {entries}; what was said stays said.",
        rules=rules,
        entries=entries,
    )
    if answers:
        right = joined([str(seq) for seq in sorted(answers)])
        why = _with(why, say("The answer in entry {entries} does not make up for it.", entries=right))
    return why, tuple(sorted({*told.values(), *answers}))


def _undone(walked: Walked, parts: Sequence[str]) -> Turn | None:
    """The last time a part was done, where it was taken back."""
    gone = [turns[-1] for text in parts if (turns := walked.turns[text])]
    return max(gone, key=lambda turn: turn.seq, default=None)


def _since(walked: Walked, scenario: Scenario, one: Expected) -> tuple[datetime | None, Message]:
    """From when an act counts, and what that is called; None where its inject has not arrived."""
    drill = walked.case.incident.drill
    if not one.since or drill is None:
        return drill.starts if drill else scenario.starts, say("the start of the exercise")
    arrival = drill.inject(one.since).arrival
    return arrival.at if arrival else None, inject_called(scenario, one.since)


def _unread(walked: Walked, one: Expected) -> Message | None:
    """What an evaluator should look at: the clock was put forward over the inject, so that it was read late."""
    drill = walked.case.incident.drill
    arrival = drill.inject(one.since).arrival if drill else None
    if arrival is None or between(arrival.at, arrival.touch.at) <= _SOON_READ:
        return None
    return say("It reached the team only {at}, when the clock had gone on.", at=walked.case.zoned(arrival.touch.at))


def _of_clock(clock: str) -> tuple[str, ...]:
    """The condition that a clock was met."""
    if not clock:
        return ()
    return (f"done({clock.removeprefix('step:')})" if clock.startswith("step:") else f"filed({clock})",)


def _left_out(walked: Walked, scenario: Scenario, points: int, evidence: Sequence[str]) -> Mark:
    why = next((why for text in evidence if (why := moot(walked, scenario, parse(text)))), None)
    return Mark(0, 0, say("Left out: {why}", why=why)) if why else Mark(0, points, say("Nothing shows it."))


def _not_arrived(walked: Walked, points: int, inject: Message) -> Mark:
    if walked.ended:
        return Mark(0, 0, say("Left out: {why}", why=say("{inject} never arrived.", inject=inject)))
    return Mark(0, points, say("{inject} has not arrived yet.", inject=inject), open=True, still=points)


# In words


def _done(one: Expected, start: Message, since: datetime, at: datetime, points: int) -> Message:
    took = between(since, at)
    if took < timedelta():
        return say("Done {at}, before {start}.", at=at, start=start)
    if one.within is None:
        return say("Done {at}, {length} after {start}.", at=at, length=lasting(took), start=start)
    said: dict[str, Argument] = {"at": at, "length": lasting(took), "start": start, "aim": lasting(one.within)}
    if took <= one.within:
        return say("Done {at}, {length} after {start}; the aim was {aim}.", **said)
    if points == one.points:
        return say(
            "Done {at}, {length} after {start}. The aim was {aim}; the delay costs less than half a point, so none is lost.",
            **said,
        )
    return say("Done {at}, {length} after {start}: late, the aim was {aim}.", **said)


def _some(n: int, all: int, late: int, missing: Argument) -> Message:
    if late:
        return say("{n} of {all} done, {late} late; missing: {missing}.", n=n, all=all, late=late, missing=missing)
    return say("{n} of {all} done; missing: {missing}.", n=n, all=all, missing=missing)


def _own_word(walked: Walked, turns: Sequence[Turn], standing: Callable[[datetime], object]) -> Message | None:
    """What an evaluator should look at: an hour given for an act that cannot be, or that matters for its `standing` and
    is nothing but somebody's word, since it was written down later."""
    zoned = walked.case.zoned
    for turn in turns:
        if turn.claimed is not None:
            return say(
                "Entry {seq} dates it {at}, before the exercise: what counts is when it was written down.",
                seq=turn.seqs[-1],
                at=zoned(turn.claimed),
            )
    told = [turn for turn in turns if standing(turn.at) != standing(turn.written)]
    if not told:
        return None
    entries = joined([str(seq) for turn in told for seq in turn.seqs])
    at = zoned(max(turn.written for turn in told))
    return say("The hour is the team's own word: entry {entries} was written down only {at}.", entries=entries, at=at)


def _with(reason: Message, more: Message | None) -> Message:
    return say("{part} {rest}", part=reason, rest=more) if more else reason


def _partly(part: Message, target: datetime | None, rest: Message | None) -> Message:
    if rest is None and target is not None:
        rest = say("The aim was {at}.", at=target)
    return _with(part, rest)


def _not_done(walked: Walked, target: datetime | None) -> Message:
    if not walked.ended:
        if target is None:
            return say("Still open.")
        late = between(target, walked.case.now) > timedelta()
        return say("Not done yet; the aim was {at}.", at=target) if late else say("Still open until {at}.", at=target)
    if target is None:
        return say("Not done.")
    if between(walked.case.now, target) > timedelta():
        return say("Not done when the drill ended; there was time until {at}.", at=target)
    return say("Not done; the aim was {at}.", at=target)


def _met(found: Deadline, at: datetime, in_time: bool | None) -> Message:
    due = due_words(found)
    if due is None:
        return say("Done {at}.", at=at)
    match in_time:
        case True:
            return say("Met {at}, in time: {due}.", at=at, due=due)
        case False:
            return say("Met {at}, late: {due}.", at=at, due=due)
    return say("Met, but whether in time is not known: {due}, and the hour is missing.", due=due)


def _not_met(walked: Walked, found: Deadline) -> Message:
    due, falls = due_words(found), found.falls_at
    if due is None or falls is None:
        return say("Not met; from when it counts was never recorded.") if walked.ended else say("Still open.")
    if between(falls, walked.case.now) > timedelta():
        return say("Not met; {due}.", due=due)
    if walked.ended:
        return say("Not met when the drill ended; {due}.", due=due)
    return say("Still open until {at}.", at=falls)


def _order_open(walked: Walked, scenario: Scenario, one: Order, first: Turn | None) -> Mark:
    if first is not None:
        at, what = walked.case.zoned(first.at), _asking(walked, scenario, one.first)
        then = _asking(walked, scenario, one.then)
        if walked.ended:  # nothing shows that the order would have been kept
            why = say("{first} was {at}, but this never came: {then}.", first=what, at=at, then=then)
            return Mark(0, 0, say("Left out: {why}", why=why), first.seqs)
        reason = say("In order so far: {first} {at}; this has not come: {then}.", first=what, at=at, then=then)
        return Mark(0, one.points, reason, first.seqs, open=True, still=one.points)  # won once the other comes after it
    if walked.ended:
        return Mark(0, one.points, say("Neither was done."))
    return Mark(0, one.points, say("Still open."), open=True, still=one.points)


def _asking(walked: Walked, scenario: Scenario, text: str) -> Argument:
    return described(walked.case, scenario, parse(text))
