"""Which entries of the record made a condition true, and when: what the score rests on. Pure.

Of the record only those entries are folded that touch something a condition names, and only then are the conditions
that name it asked; those that speak of elapsed time also at the instants at which that alone could change their answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from runbook import events as e
from runbook.case import Case
from runbook.conditions import (
    After,
    Elapsed,
    Happened,
    Leaf,
    Word,
    evaluate,
    instants,
    leaves,
    parse,
)
from runbook.events import Event
from runbook.fold import evolve, subject_of
from runbook.happening import folded
from runbook.incident import Incident
from runbook.moment import Moment
from runbook.touch import Touch

_SAYS = "says:"
_TRIPPED = "tripped:"
_INSTANT = timedelta(microseconds=1)


class Turn(msgspec.Struct, frozen=True):
    """That a condition came true: by which entry (`seqs` adds those that put its time right), and at what time of the
    exercise. `until` is the entry that made it untrue again."""

    seq: int
    at: datetime
    written: datetime
    """When it was written down: until then `at` is somebody's word."""
    seqs: tuple[int, ...]
    until: int | None = None
    claimed: datetime | None = None
    """The hour it was given, where that lies before the exercise and so cannot be taken."""


class Walked(msgspec.Struct, frozen=True):
    """A record walked to its end, or to that of the exercise. `turns` are by condition, oldest first; `brought` has
    each entry that brought a condition about, also where it held already: every disclosure counts."""

    case: Case
    turns: dict[str, list[Turn]]
    brought: dict[str, list[Turn]]

    @property
    def ended(self) -> bool:
        drill = self.case.incident.drill
        return drill is not None and drill.ended is not None

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
    now = exercise[-1].recorded_at if _ends(exercise[-1]) else case.now
    _follow(case, exercise, [*turns.values(), *brought.values()], now)
    return Walked(
        Case(_as_it_ended(case, events, len(exercise)), case.playbook, case.zoned(now)),
        {text: watch.turns for text, watch in turns.items()},
        {text: watch.turns for text, watch in brought.items()},
    )


def happened_at(event: Event, incident: Incident) -> datetime:
    """When an entry's act was done: as it says, where that is known to the hour, does not lie ahead, and not before the
    exercise; else when it was written down."""
    at = _said_at(event)
    return event.recorded_at if at is None or at > event.recorded_at or _before_all(at, incident) else at


def _said_at(event: Event) -> datetime | None:
    return event.occurred_at if event.precision in ("exact", "about") else None


def _before_all(at: datetime, incident: Incident) -> bool:
    return incident.drill is not None and at < incident.drill.starts


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
        for key in {*watch.keys, *(_told_by(case, step) for step in watch.steps)} - {""}:
            index.setdefault(key, []).append(watch)
    words = {key.removeprefix(_SAYS): folded(key.removeprefix(_SAYS)) for key in index if key.startswith(_SAYS)}
    listening = any(key.startswith((_SAYS, _TRIPPED)) for key in index)
    heeded = (e.IncidentOpened, e.DrillStarted, *((e.OfNotice, e.InjectAnswered) if listening else ()))
    timed = [watch for watch in watches if watch.timed]
    acts: dict[int, e.Data] = {}
    heard: dict[str, datetime] = {}
    incident: Incident | None = None
    for event in events:
        data = acts.get(event.data.undoes, event.data) if isinstance(event.data, e.ActUndone) else event.data
        looking = index.get(_key_of(data), [])
        if not looking and not isinstance(data, heeded):
            continue
        if incident is not None:
            for watch in timed:
                watch.pass_time(_View(incident, case.playbook, case.now, heard), event.recorded_at)
        incident = evolve(incident, event)
        acts[event.seq] = event.data
        hits = _hits(incident, event, words) if listening else ()
        for key in hits:
            heard.setdefault(key, happened_at(event, incident))
            looking = [*looking, *(watch for watch in index.get(key, ()) if watch not in looking)]
        if looking:
            seen = _Seen(incident, case.playbook, case.zoned(event.recorded_at), heard, event, data, hits)
            for watch in looking:
                watch.look(seen)
    if incident is not None:
        for watch in timed:
            watch.pass_time(_View(incident, case.playbook, case.now, heard), now)


def _told_by(case: Case, step: str) -> str:
    """The key of the fact that tells when what a step is for was done; empty where none does."""
    found = case.playbook.steps.get(step)
    return f"fact:{found.due.met}" if found and found.due and found.due.met else ""


def _hits(incident: Incident, event: Event, words: dict[str, str]) -> tuple[str, ...]:
    """What an entry said to others: the guardrails it tripped, and which of `words` were in it. A finding passed in an
    earlier edition of a notice is not counted again."""
    match event.data:
        case e.InjectAnswered(text=text, rules=rules):
            heard = folded(text.text or "")
        case e.NoticePublished(kind=kind, language=written):
            notice = incident.notice(kind, written)
            if notice.publication is None or notice.publication.touch.seq != event.seq:
                return ()
            since = notice.publications[-2].touch.seq if len(notice.publications) > 1 else 0
            rules = tuple(one.rule for one in notice.passes if not one.undone and one.touch.seq > since)
            heard = folded(notice.publication.text.text or "")
        case _:
            return ()
    said = (f"{_SAYS}{word}" for word, wanted in words.items() if wanted in heard)
    return (*(f"{_TRIPPED}{rule}" for rule in dict.fromkeys(rules)), *said)


class _View(Case, frozen=True):
    """The case, with what was said to others kept in `heard`: since when which guardrail was tripped, which words
    said. (A case itself would read all that was ever said.)"""

    heard: dict[str, datetime]

    def happened(self, word: Word, name: str) -> datetime | None:
        if word in ("tripped", "says"):
            return self.heard.get(_happening(word, name))
        told = self.told(name) if word == "done" else None
        return told[0].at if told else super().happened(word, name)

    def told(self, step: str) -> tuple[Moment, Touch] | None:
        """As of a case, but only an hour: of a day alone, what counts is when the step was done."""
        told = super().told(step)
        return told if told and told[0].precision in ("exact", "about") else None


class _Seen(_View, frozen=True):
    """The case right after an entry; `data` is what was done, or undone, `hits` what it said to others."""

    event: Event
    data: e.Data
    hits: tuple[str, ...]


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
        asked = (leaf.of if isinstance(leaf, After) else leaf for leaf in self._leaves)
        self.steps = {leaf.name for leaf in asked if isinstance(leaf, Happened) and leaf.word == "done"}
        self.timed = [leaf for leaf in self._leaves if isinstance(leaf, After | Elapsed)]

    def look(self, seen: _Seen) -> None:
        """Ask the condition after an entry."""
        before, self._rests_on = self._holds, seen.event.seq
        now = Turn(seen.event.seq, happened_at(seen.event, seen.incident), seen.event.recorded_at, (seen.event.seq,))
        if (said := _said_at(seen.event)) is not None and _before_all(said, seen.incident):
            now = msgspec.structs.replace(now, claimed=said)
        self._turn(evaluate(self._condition, seen) is True, now)
        if before and self._every and self._holds and self._brought_again(seen):
            self.turns.append(now)
        elif self._holds:
            self._retime(seen)
        self._next = self._instant(seen, seen.now - _INSTANT) if self.timed else None

    def pass_time(self, view: _View, until: datetime) -> None:
        """Ask the condition at the instants before `until` at which time alone could change its answer. Cited is then
        the last entry that bears on it."""
        while (at := self._next) is not None and at < until:
            then = msgspec.structs.replace(view, now=view.zoned(at + _INSTANT))
            self._turn(evaluate(self._condition, then) is True, Turn(self._rests_on, at, at, (self._rests_on,)))
            self._next = self._instant(then, at)

    def _turn(self, holds: bool, now: Turn) -> None:
        if holds and not self._holds:
            self.turns.append(now)
        elif self._holds and not holds:
            self.turns[-1] = msgspec.structs.replace(self.turns[-1], until=now.seq)
        self._holds = holds

    def _brought_again(self, seen: _Seen) -> bool:
        """Whether the entry would bring it about if nothing else had been said to others."""
        alone = dict.fromkeys(seen.hits, seen.now)
        hit = not self.keys.isdisjoint(seen.hits)
        return hit and evaluate(self._condition, msgspec.structs.replace(seen, heard=alone)) is True

    def _retime(self, seen: _Seen) -> None:
        """The hour of a step was put right, or a fact tells it: where the condition asks for nothing else, it came true
        then."""
        turn, told = self.turns[-1], None
        match self._leaves:
            case (Happened("done", step),) if (told := seen.told(step)) or not isinstance(seen.data, e.StepFinished):
                at = seen.happened("done", step)
            case (Happened("started", step),) if isinstance(seen.data, e.StepTimed):
                at = seen.happened("started", step)
            case _:
                return
        if at is None:
            return
        seq, written = (told[1].seq, told[1].at) if told else (seen.event.seq, turn.written)
        claimed = at if _before_all(at, seen.incident) else None
        right = written if claimed else min(at, seen.event.recorded_at)
        if (right, claimed) != (turn.at, turn.claimed):
            seqs = tuple(dict.fromkeys((*turn.seqs, seq)))
            self.turns[-1] = msgspec.structs.replace(turn, at=right, written=written, seqs=seqs, claimed=claimed)

    def _instant(self, view: Case, since: datetime) -> datetime | None:
        """The next instant at which time alone may change the answer."""
        return min((at for at in instants(self.timed, view) if at > since), default=None)


def _key(leaf: Leaf) -> str:
    """What an entry must touch to change the answer to a single question."""
    match leaf:
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
        case "tripped":
            return f"{_TRIPPED}{name}"
        case "says":
            return f"{_SAYS}{name}"


def _key_of(data: e.Data) -> str:
    """What an entry touches, in the words of `_key`."""
    match data:
        case e.StepStarted() | e.StepFinished() | e.StepSkipped() | e.StepReopened() | e.StepTimed():
            return f"step:{data.step}"
        case e.CheckTicked(step=step):
            return f"check:{step}"
        case e.FieldFilled() | e.StepAssigned():
            return ""
        case e.OfNotice(kind=kind):
            return f"notice:{kind}"
        case e.InjectAnswered(inject=inject) | e.InjectArrived(inject=inject):
            return f"inject:{inject}"
        case e.MilestoneReached(milestone=milestone):
            return f"milestone:{milestone}"
        case e.WarningAcknowledged(warning=warning):
            return f"warning:{warning}"
        case e.RowRecorded(register=register):
            return f"row:{register}"
        case e.DatasetRecorded():
            return "dataset"
    return subject_of(data)
