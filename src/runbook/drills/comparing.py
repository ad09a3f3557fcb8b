"""A drill beside earlier ones: each item before and now, and whether what they were to improve got better. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from runbook.drills.scoring import Item, Score
from runbook.events import Improvement
from runbook.playbook import Playbook
from runbook.speech import Bilingual, Message, say

Trend: TypeAlias = Literal["better", "same", "worse", "new", "unsettled"]
"""`new` where the item was in no earlier drill, or did not count in any; `unsettled` where it does not count this time,
or not yet."""
Outcome: TypeAlias = Literal["worked", "no_better", "not_in_playbook", "not_tested"]


class Past(msgspec.Struct, frozen=True):
    """An earlier drill: when it was really held, its score, and the improvements planned after it that still stand."""

    incident: str
    title: str
    held_at: datetime
    score: Score
    plans: tuple[Improvement, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """One item of the score over the drills of the same scenario. `before` has its points and the most of them in each
    earlier drill, oldest first, `now` those of this one; None where it did not count."""

    item: Item
    before: tuple[tuple[int, int] | None, ...]
    now: tuple[int, int] | None
    trend: Trend


class Verdict(msgspec.Struct, frozen=True):
    """What became of one improvement planned after an earlier drill of the same playbook. `taken` is None where it
    would change nothing in the playbook; `before` and `now` are the points of its item and the most of them."""

    past: Past
    plan: Improvement
    outcome: Outcome
    said: Message
    taken: bool | None = None
    before: tuple[int, int] | None = None
    now: tuple[int, int] | None = None


class Comparison(msgspec.Struct, frozen=True):
    """A drill beside the earlier ones: `past` are those of the same scenario, oldest first."""

    past: tuple[Past, ...]
    trend: Trend
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]


def compare(playbook: Playbook, score: Score, earlier: Sequence[Past]) -> Comparison:
    """Compare a drill with earlier ones of its playbook, oldest first. `playbook` is the edition this drill was played
    with."""
    same = tuple(past for past in earlier if past.score.scenario == score.scenario)
    whole = [(past.score.points, past.score.max) for past in same]
    return Comparison(
        same,
        _trend(whole, (score.points, score.max) if score.ended else None),
        tuple(_change(item, score, same) for item in score.items),
        tuple(_verdict(playbook, score, past, plan) for past in earlier for plan in past.plans),
    )


def in_playbook(playbook: Playbook, plan: Improvement) -> bool:
    """Whether the line or the check that an improvement adds to its step is in the playbook, in either language."""
    step = playbook.steps.get(plan.step)
    if step is None or not plan.add:
        return False
    texts = [check.title for check in step.checks] if plan.add == "check" else list(step.lines)
    return any(_same(text, plan) for text in texts)


def _same(text: Bilingual, plan: Improvement) -> bool:
    wanted = ((plan.ja, text.ja), (plan.en, text.en))
    return any(prose is not None and prose.text and prose.text.strip() == found.strip() for prose, found in wanted)


def _change(item: Item, score: Score, past: Sequence[Past]) -> Change:
    before = tuple(_settled(one.score, item.id) for one in past)
    now = _settled(score, item.id)
    return Change(item, before, now, _trend([points for points in before if points is not None], now))


def _trend(before: Sequence[tuple[int, int]], now: tuple[int, int] | None) -> Trend:
    """Against the last time."""
    if not before:
        return "new"
    if now is None:
        return "unsettled"
    last, here = _share(before[-1]), _share(now)
    return "same" if here == last else "better" if here > last else "worse"


def _share(points: tuple[int, int]) -> float:
    """The share of the points reached: editions of a scenario may give an item more or fewer. Of hazards, the points
    they cost."""
    own, most = points
    return own / most if most else float(own)


def _settled(score: Score, id: str) -> tuple[int, int] | None:
    """The points of an item and the most of them; None where it could not be won or lost, or still can be."""
    item = score.item(id)
    if item is None or item.is_pending:
        return None
    happened = item.points < 0 or (score.ended and item.sort == "disclosure")
    return (item.points, item.max) if item.max > 0 or happened else None


def _verdict(playbook: Playbook, score: Score, past: Past, plan: Improvement) -> Verdict:
    taken = in_playbook(playbook, plan) if plan.step and plan.add else None
    then, here = _settled(past.score, plan.item), _settled(score, plan.item)
    if past.score.scenario != score.scenario or then is None or here is None:
        if taken is False:
            return Verdict(past, plan, "not_in_playbook", say("Not in the playbook yet."), taken)
        said = say("It is in the playbook, but was not tested this time.") if taken else say("Not tested this time.")
        return Verdict(past, plan, "not_tested", said, taken)
    points = say("{before}, now {now}", before=_points(*then), now=_points(*here))
    outcome, said = _outcome(taken, _share(then), _share(here), points)
    return Verdict(past, plan, outcome, said, taken, then, here)


def _outcome(taken: bool | None, then: float, here: float, points: Message) -> tuple[Outcome, Message]:
    if taken is False:
        return "not_in_playbook", say("Not in the playbook yet. Points: {points}.", points=points)
    if here > then:
        return "worked", say("It worked: {points}.", points=points)
    if taken:
        return "no_better", say("It is in the playbook, but no better: {points}.", points=points)
    return "no_better", say("No better: {points}.", points=points)


def _points(points: int, most: int) -> Message | str:
    return say("{points} of {max}", points=points, max=most) if most else f"{points}"
