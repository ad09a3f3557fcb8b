"""The first chapters of an after-action report: the overview of the exercise, the result at a glance, the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from runbook.drills.phrases import lasting, share
from runbook.drills.report_page import Block, Picture, Section, Table, Text, Writer
from runbook.drills.report_parts import Person, Rated, Report
from runbook.drills.report_words import OUTCOMES, RATES, TRENDS
from runbook.drills.scoring import SUGGESTED, standing
from runbook.drills.timeline import LANES, SHAPES, Lane, Mark
from runbook.moment import between
from runbook.saying import joined, words
from runbook.speech import Argument, Message, say

_FOREMOST = 3
"""How many of the best and of the worst stand in front."""


def opening(report: Report, w: Writer) -> Section:
    """What a reader must know before all else."""
    blocks: list[Block] = [
        w.paragraph(
            say("This is the report on a drill. Nothing in it happened, except what is said to be from a real case.")
        )
    ]
    if not report.ended:
        line = say("The drill is still running: this is how it stood {at}, exercise time.", at=_long(report.stands))
        blocks.append(w.paragraph(line, loud=True))
    if report.recorded:
        line = say("A recorded team played this drill by itself: nobody took part, and the real times are made up.")
        blocks.append(w.paragraph(line, loud=True))
    if not report.led:
        blocks.append(
            w.paragraph(say("Nobody led this drill from the facilitator's console; all points are the machine's."))
        )
    blocks.append(
        w.paragraph(
            say(
                "#n is entry n of the drill's record; the last chapter lists those cited. Times are the exercise's, {zone}.",
                zone=report.zone,
            )
        )
    )
    return w.section("about", say("About this report"), *blocks)


def overview(report: Report, w: Writer) -> Section:
    """HSEEP: the exercise overview."""
    one = report.scenario
    played = lasting(between(report.held, report.until))
    planned = say("planned: {n} minutes", n=one.minutes)
    took = say("It took {played} of real time ({planned}).", played=played, planned=planned)
    facts = w.facts(
        (say("Name of the exercise"), w.text(report.title)),
        (
            say("Real time"),
            w.text(say("{start} to {end}", start=_long(report.held), end=_long(report.until))),
        ),
        (say("Exercise time"), w.text(say("{start} to {end}", start=_long(report.starts), end=_long(report.stands)))),
        (say("Scope"), w.text(one.audience, took)),
        (say("Capabilities"), w.text(*dict.fromkeys(objective.capability for objective in one.objectives))),
        (say("Objectives"), w.text(*(objective.title for objective in one.objectives))),
        (say("Threat"), w.text(one.threat or "")),
        (
            say("Scenario"),
            w.text(
                say("{title} ({id}, edition {edition})", title=one.title, id=one.id, edition=one.edition), one.about
            ),
        ),
        (say("Drawn for it"), w.text(*one.recap, *_seed(report))),
        (say("Playbook"), w.text(say("{title} (edition {edition})", title=report.playbook, edition=report.edition))),
        (say("Sponsor"), w.text(one.sponsor or "")),
        (say("Participants"), w.text(_played_by(report))),
        (say("Facilitators and evaluators"), w.text(_led(report))),
        (say("Contact"), w.text(one.contact or say("not named"))),
        (say("Incident"), w.text(say("{id}, up to entry {seq}", id=report.incident, seq=report.last))),
        (say("Told before it started"), w.text(*one.notes)),
        (say("Said at the end"), w.text(words(report.remark))),
    )
    return w.section("overview", say("Exercise overview"), facts)


def glance(report: Report, w: Writer) -> Section:
    """The score, the objectives and what earlier drills say."""
    score = report.score
    blocks: list[Block] = [w.paragraph(standing(score), loud=True)]
    whole = sum(item.points for item in score.items)
    if whole < 0:
        floor = say(
            "Penalties outweigh what was won: together {points}, and a score is never below zero.", points=whole
        )
        blocks.append(w.paragraph(floor))
    if score.machine != score.points:
        line = say(
            "By the machine alone: {points}. The rest is an evaluator's, and marked as such below.",
            points=score.machine,
        )
        blocks.append(w.paragraph(line))
    counts = say(
        "Went well: {won}. Gaps: {gaps}. Said against a guardrail: {told}. Warned of only: {warned}.",
        won=sum(one.item.max > 0 for one in report.strengths),
        gaps=len(report.gaps) + len(report.missed),
        told=sum(not one.only_warned for one in report.disclosures),
        warned=sum(one.only_warned for one in report.disclosures),
    )
    blocks += [w.paragraph(counts), w.facts(*_foremost(report, w))]
    head = (say("Objective"), say("Points"), say("The machine suggests"), say("The evaluator's rating"))
    rows = [
        (
            w.text(one.objective.title),
            w.text(say("{points} of {max}", points=one.points, max=one.max)),
            w.text(RATES[one.suggested] if one.suggested else say("nothing to go by")),
            _rating(one, w),
        )
        for one in report.rated
    ]
    blocks.append(w.table(say("Objectives"), head, rows))
    shares = {rate.lower(): f"{share:.0%}" for share, rate in SUGGESTED}
    rule = say(
        "The machine suggests P from {p} of an objective's points on, S from {s}, M from {m}, else U. It is a suggestion: "
        "the rating is the evaluator's.",
        **shares,
    )
    blocks.append(w.paragraph(rule))
    return w.section("glance", say("At a glance"), *blocks, *_earlier(report, w))


def _foremost(report: Report, w: Writer) -> Iterator[tuple[Argument, Text]]:
    """What a reader in a hurry takes away: what brought most points and what cost most."""
    won = [one.item for one in report.strengths if one.item.max > 0]
    best = sorted(won, key=lambda item: -item.max)[:_FOREMOST]
    worst = sorted((one.item for one in report.gaps), key=lambda item: item.points - item.max)[:_FOREMOST]
    yield (
        say("What weighed most of what went well"),
        w.text(*(say("{title} ({points})", title=one.title, points=share(one.points, one.max)) for one in best)),
    )
    yield (
        say("What cost most"),
        w.text(*(say("{title} ({points})", title=one.title, points=share(one.points, one.max)) for one in worst)),
    )


def _rating(one: Rated, w: Writer) -> Text:
    if one.rating is None:
        return w.text(say("not rated"))
    rating, who = one.rating, one.rating.touch.actor
    said: Argument = who if rating.reason.text == "" else say("{who}: {reason}", who=who, reason=words(rating.reason))
    return w.text(RATES[rating.rate], said, cites=[rating.touch.seq])


def _earlier(report: Report, w: Writer) -> Iterator[Block]:
    compared = report.comparison
    if compared is None or not (compared.past or compared.verdicts):
        yield w.paragraph(say("No earlier drill of this scenario is in the record: nothing to compare with."))
        return
    if compared.past:
        last = compared.past[-1]
        line = say(
            "Against the last drill of this scenario ({day}, {points} of {max} points): {trend}.",
            day=f"{last.held_at:%Y-%m-%d}",
            points=last.score.points,
            max=last.score.max,
            trend=TRENDS[compared.trend],
        )
        yield w.paragraph(line)
        days = [f"{past.held_at:%Y-%m-%d}" for past in compared.past]
        rows = [
            (
                w.text(change.item.title),
                *(w.text(share(*one) if one else "–") for one in (*change.before, change.now)),
                w.text(TRENDS[change.trend]),
            )
            for change in compared.changes
        ]
        head: list[Argument] = [say("What was looked at"), *days, say("This time"), say("Against the last time")]
        yield w.table(say("Points in the drills of this scenario"), head, rows)
    if compared.verdicts:
        rows = [
            (
                w.text(words(one.plan.action)),
                w.text(say("{day}, {title}", day=f"{one.past.held_at:%Y-%m-%d}", title=one.past.title)),
                w.text(OUTCOMES[one.outcome]),
                w.text(one.said),
            )
            for one in compared.verdicts
        ]
        heads = (say("Improvement"), say("Planned after"), say("Outcome"), say("Reason"))
        yield w.table(say("What became of earlier improvements"), heads, rows)


def timeline(report: Report, w: Writer) -> Section:
    """The picture, what its shapes mean, the parts of the exercise, and the same as a table."""
    marks = report.timeline.marks
    used = [shape for shape in SHAPES if any(mark.shape == shape for mark in marks)]
    lines: list[Argument] = [say("The upright line shows how far the drill had come.")]
    if report.timeline.jumps or len(report.timeline.legs) > 1:
        lines.insert(0, say("» is a jump of the clock."))
    if "real" in used:
        lines.append(say("A dotted line joins what the team and the real case did about the same thing."))
    picture = Picture(report.timeline, tuple((shape, w(SHAPES[shape])) for shape in used), " ".join(map(w, lines)))
    return w.section("timeline", say("Timeline"), picture, _legs(report, w), _by_time(report, w))


def _legs(report: Report, w: Writer) -> Table:
    rows = [
        (
            w.text(n),
            w.text(leg.title),
            w.text(say("{start} to {end}", start=_long(leg.start), end=_long(leg.end))),
            w.text(say("{speed} times as fast", speed=f"{leg.speed:g}")),
            w.text(say("played") if played else say("not played")),
        )
        for n, (leg, played) in enumerate(zip(report.timeline.legs, report.timeline.played, strict=True), 1)
    ]
    head = (say("Part"), say("Title"), say("Exercise time"), say("Speed as planned"), say("Played"))
    return w.table(say("The parts of the exercise"), head, rows)


def _by_time(report: Report, w: Writer) -> Table:
    """A row for each minute in which something happened, with the numbers of the picture, and one for each jump."""
    lanes = report.timeline.lanes
    minutes: dict[tuple[int, str], dict[Lane, list[Mark]]] = {}
    for mark in report.timeline.marks:
        minutes.setdefault((mark.at.year, mark.when), {}).setdefault(mark.lane, []).append(mark)
    timed = [
        (
            min(mark.at for marks in there.values() for mark in marks),
            (w.text(minute), *(_cell(there.get(lane, []), w) for lane in lanes)),
        )
        for (_, minute), there in minutes.items()
    ]
    for jump in report.timeline.jumps:
        when = w.text(jump.left, say("» {at}", at=jump.to), cites=[jump.seq])
        timed.append((jump.left, (when, *(w.text() for _ in lanes))))
    rows = [row for _, row in sorted(timed, key=lambda one: one[0])]
    head: list[Message] = [say("Time"), *(LANES[lane][1] for lane in lanes)]
    caption = say("Timeline as a table; the numbers are those of the picture")
    jumped = say("{table}, » is a jump of the clock", table=caption)
    return w.table(jumped if report.timeline.jumps else caption, head, rows)


def _cell(marks: list[Mark], w: Writer) -> Text:
    lines: list[Argument] = []
    for mark in marks:
        what: Argument = say("about then: {what}", what=mark.what) if mark.precision == "about" else mark.what
        signed: Argument = say("{what} ({sign})", what=what, sign=mark.sign) if mark.sign else what
        lines.append(say("{name} {what}", name=mark.name, what=signed))
    return w.text(*lines, cites=[seq for mark in marks for seq in mark.seqs])


def _names(people: tuple[Person, ...]) -> Argument:
    return joined([one.name for one in people]) if people else say("nobody")


def _played_by(report: Report) -> Argument:
    names = _names(report.team)
    return say("nobody; parts in the script: {names}", names=names) if report.recorded and report.team else names


def _led(report: Report) -> Argument:
    if report.led or not report.facilitators:
        return _names(report.facilitators)
    return say("nobody; the clock was run by {names}", names=_names(report.facilitators))


def _seed(report: Report) -> list[Message]:
    return [say("drawn from number {seed}", seed=report.seed)] if report.scenario.drawn else []


def _long(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
