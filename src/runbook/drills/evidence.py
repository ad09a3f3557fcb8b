"""Which entries of the record made a condition true, and when: what the score rests on. Pure.

Of the record only those entries are folded that touch something a condition names, and only then are the conditions that
name it asked; those that speak of elapsed time also at the instants at which that alone could change their answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from runbook import events as e
from runbook.case import Case
from runbook.conditions import (
    After,
    Answer,
    Done,
    Elapsed,
    Happened,
    Leaf,
    Word,
    evaluate,
    leaves,
    parse,
)
from runbook.events import Event
from runbook.fold import evolve, subject_of
from runbook.happening import folded
from runbook.incident import Incident
from runbook.moment import after

_SAID = "said"
"""What is touched whenever something is said to others."""
_INSTANT = timedelta(microseconds=1)


class Turn(msgspec.Struct, frozen=True):
    """That a condition came true: by which entry (`seqs` adds those that put its time right), and at what time of the
    exercise. `until` is the entry that made it untrue again."""

    seq: int
    at: datetime
    seqs: tuple[int, ...]
    until: int | None = None


class Walked(msgspec.Struct, frozen=True):
    """A record walked to its end, or to that of the exercise. `turns` are by condition, oldest first; `brought` has
    each entry that brought a condition about, also where it held already: every disclosure counts."""

    case: Case
    turns: dict[str, list[Turn]]
    brought: dict[str, list[Turn]]

    def now(self, condition: str) -> Turn | None:
        """Since when a condition holds; None where it does not, or not any more."""
        turns = self.turns[condition]
        return turns[-1] if turns and turns[-1].until is None else None


def walk(case: Case, events: Sequence[Event], asked: Iterable[str], every: Iterable[str]) -> Walked | None:
    """Walk the record of a drill. `asked` are the conditions asked whether they hold, `every` those of which each entry
    that brings them about counts. None for an empty record.

    What follows the end of the exercise is not looked at: by then the record is closed to the team.
    """
    turns = {text: _Watch(text) for text in asked}
    brought = {text: _Watch(text, every=True) for text in every}
    if not events:
        return None
    exercise = _until_the_end(events)
    now = exercise[-1].recorded_at if len(exercise) < len(events) or _ends(exercise[-1]) else case.now
    _follow(case, exercise, [*turns.values(), *brought.values()], now)
    return Walked(
        Case(_as_it_ended(case, events, len(exercise)), case.playbook, case.zoned(now)),
        {text: watch.turns for text, watch in turns.items()},
        {text: watch.turns for text, watch in brought.items()},
    )


def happened_at(event: Event) -> datetime:
    """When an entry's act was done: as it says, where that is known to the hour and does not lie ahead; else when it
    was written down."""
    at = event.occurred_at
    if at is not None and event.precision in ("exact", "about") and at <= event.recorded_at:
        return at
    return event.recorded_at


def _ends(event: Event) -> bool:
    return isinstance(event.data, e.DrillEnded)


def _until_the_end(events: Sequence[Event]) -> Sequence[Event]:
    last = next((n for n, event in enumerate(events) if _ends(event)), len(events))
    return events[: last + 1]


def _as_it_ended(case: Case, events: Sequence[Event], count: int) -> Incident:
    """The incident after the first `count` events: as it is, where nothing but a facilitator's notes came since."""
    since = (event.data for event in events[count:])
    if case.incident.seq == events[-1].seq and all(isinstance(data, e.OfFacilitator) for data in since):
        return case.incident
    first, *rest = events[:count]
    incident = evolve(None, first)
    for event in rest:
        incident = evolve(incident, event)
    return incident


def _follow(case: Case, events: Sequence[Event], watches: Sequence[_Watch], now: datetime) -> None:
    """Let the conditions see the record go by, up to `now`."""
    index: dict[str, list[_Watch]] = {}
    for watch in watches:
        for key in watch.keys:
            index.setdefault(key, []).append(watch)
    timed = [watch for watch in watches if watch.timed]
    acts: dict[int, e.Data] = {}
    incident: Incident | None = None
    for event in events:
        data = acts.get(event.data.undoes, event.data) if isinstance(event.data, e.ActUndone) else event.data
        keys = [key for key in _keys(data) if key in index]
        if not keys and not isinstance(data, e.IncidentOpened | e.DrillStarted):
            continue
        for watch in timed if incident else ():
            watch.pass_time(incident, case, event.recorded_at)
        incident = evolve(incident, event)
        acts[event.seq] = event.data
        seen = _Seen(incident, case.playbook, case.zoned(event.recorded_at), event, data)
        for watch in dict.fromkeys(watch for key in keys for watch in index[key]):
            watch.look(seen)
    for watch in timed if incident else ():
        watch.pass_time(incident, case, now)


class _Seen(Case, frozen=True):
    """The case right after an entry; `data` is what was done, or undone."""

    event: Event
    data: e.Data

    @property
    def said(self) -> _Said | None:
        """What this entry said to others, seen as if nothing else had been said."""
        match self.event.data:
            case e.InjectAnswered(text=text, rules=rules):
                return _Said(self, rules, folded(text.text or ""))
            case e.NoticePublished(kind=kind, language=written):
                notice = self.incident.notices[f"{kind}/{written}"]
                *earlier, out = notice.publications
                since = earlier[-1].touch.seq if earlier else 0
                rules = tuple(
                    one.rule for one in notice.passes if not one.undone and since < one.touch.seq < out.touch.seq
                )
                return _Said(self, rules, folded(out.text.text or ""))
        return None


class _Said(msgspec.Struct, frozen=True):
    """A view of the case in which nothing but one entry was ever said to others."""

    case: Case
    rules: tuple[str, ...]
    text: str

    @property
    def now(self) -> datetime:
        return self.case.now

    def value(self, fact: str) -> Answer:
        return self.case.value(fact)

    def is_confirmed(self, fact: str) -> bool:
        return self.case.is_confirmed(fact)

    def is_done(self, step: str) -> bool:
        return self.case.is_done(step)

    def happened(self, word: Word, name: str) -> datetime | None:
        if word in ("tripped", "says"):
            return self.now if self.hits(word, name) else None
        return self.case.happened(word, name)

    def hits(self, word: Word, name: str) -> bool:
        return name in self.rules if word == "tripped" else folded(name) in self.text


class _Watch:
    """One condition, with the turns it took so far."""

    def __init__(self, text: str, *, every: bool = False) -> None:
        self.turns: list[Turn] = []
        self._condition = parse(text)
        self._leaves = tuple(leaves(self._condition))
        self._every = every
        self._holds = False
        self._next: datetime | None = None
        self._rests_on = 0
        self.keys = frozenset(_key(leaf) for leaf in self._leaves)
        self.timed = [leaf for leaf in self._leaves if isinstance(leaf, After | Elapsed)]

    def look(self, seen: _Seen) -> None:
        """Ask the condition after an entry."""
        before, self._rests_on = self._holds, seen.event.seq
        self._turn(evaluate(self._condition, seen) is True, seen.event.seq, happened_at(seen.event))
        if before and self._holds:
            if self._every and self._brought_again(seen):
                self._begin(seen.event.seq, happened_at(seen.event))
            elif isinstance(seen.data, e.StepTimed):
                self._retime(seen)
        self._next = self._instant(seen, seen.now - _INSTANT)

    def pass_time(self, incident: Incident, case: Case, until: datetime) -> None:
        """Ask the condition at the instants before `until` at which time alone could change its answer. Cited is then
        the last entry that bears on it."""
        while (at := self._next) is not None and at < until:
            view = Case(incident, case.playbook, case.zoned(at + _INSTANT))
            self._turn(evaluate(self._condition, view) is True, self._rests_on, at)
            self._next = self._instant(view, at)

    def _turn(self, holds: bool, seq: int, at: datetime) -> None:
        if holds and not self._holds:
            self._begin(seq, at)
        elif self._holds and not holds:
            self.turns[-1] = msgspec.structs.replace(self.turns[-1], until=seq)
        self._holds = holds

    def _begin(self, seq: int, at: datetime) -> None:
        self.turns.append(Turn(seq, at, (seq,)))

    def _brought_again(self, seen: _Seen) -> bool:
        said = seen.said
        if said is None:
            return False
        words = ((leaf.word, leaf.name) for leaf in self._leaves if isinstance(leaf, Happened))
        hit = any(said.hits(word, name) for word, name in words if word in ("tripped", "says"))
        return hit and evaluate(self._condition, said) is True

    def _retime(self, seen: _Seen) -> None:
        """The hour of a step was put right: where the condition asks for nothing else, it came true then."""
        match self._leaves:
            case (Done(step),):
                at = seen.happened("done", step)
            case (Happened("started" as word, step),):
                at = seen.happened(word, step)
            case _:
                return
        turn = self.turns[-1]
        if at is not None and (right := min(at, seen.event.recorded_at)) != turn.at:
            self.turns[-1] = msgspec.structs.replace(turn, at=right, seqs=(*turn.seqs, seen.event.seq))

    def _instant(self, view: Case, since: datetime) -> datetime | None:
        """The next instant at which time alone may change the answer."""
        return min((at for at in _instants(self.timed, view) if at > since), default=None)


def _instants(timed: Iterable[After | Elapsed], view: Case) -> Iterator[datetime]:
    for leaf in timed:
        if isinstance(leaf, After):
            start = view.happened(leaf.of.word, leaf.of.name)
        else:
            value = view.value(leaf.fact)
            start = value if isinstance(value, datetime) else None
        if start is not None:
            yield after(start, leaf.length)


def _key(leaf: Leaf) -> str:
    """What an entry must touch to change the answer to a single question."""
    match leaf:
        case Done(step):
            return f"step:{step}"
        case After(_, of):
            return _key(of)
        case Happened(word, name):
            return _happening(word, name)
        case other:
            return f"fact:{other.fact}"


def _happening(word: Word, name: str) -> str:
    match word:
        case "started" | "done":
            return f"step:{name}"
        case "ticked":
            return f"check:{name.partition('/')[0]}"
        case "read":
            return f"warning:{name}"
        case "rows":
            return "dataset" if name == "datasets" else f"row:{name}"
        case "drafted" | "submitted" | "approved" | "published":
            return f"notice:{name}"
        case "filed":
            return f"duty:{name}"
        case "fired" | "answered":
            return f"inject:{name}"
        case "reached":
            return f"milestone:{name}"
        case "tripped" | "says":
            return _SAID


def _keys(data: e.Data) -> Collection[str]:
    """What an entry touches, in the words of `_key`."""
    match data:
        case e.StepStarted() | e.StepFinished() | e.StepSkipped() | e.StepReopened() | e.StepTimed():
            return (f"step:{data.step}",)
        case e.CheckTicked(step=step):
            return (f"check:{step}",)
        case e.FieldFilled() | e.StepAssigned():
            return ()
        case e.OfNotice(kind=kind):  # the findings passed in it are tripped where it is published
            return f"notice:{kind}", _SAID
        case e.InjectAnswered(inject=inject):
            return f"inject:{inject}", _SAID
        case e.InjectArrived(inject=inject):
            return (f"inject:{inject}",)
        case e.MilestoneReached(milestone=milestone):
            return (f"milestone:{milestone}",)
        case e.WarningAcknowledged(warning=warning):
            return (f"warning:{warning}",)
        case e.RowRecorded(register=register):
            return (f"row:{register}",)
        case e.DatasetRecorded():
            return ("dataset",)
    return (subject_of(data),)
