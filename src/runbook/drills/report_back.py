"""The later chapters of an after-action report: the analysis, what was said against a guardrail, and the appendices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import msgspec

from runbook.declared import Source
from runbook.drills.phrases import apart, due_words, hour, lasting, share
from runbook.drills.report_page import Block, Card, Entry, Section, Table, Text, Writer
from runbook.drills.report_parts import Cited, Disclosure, Guard, Improving, Missed, Point, Ran, Report
from runbook.drills.report_words import EDITS, KINDS, RATES, STANDS
from runbook.drills.scoring import Item
from runbook.drills.timeline import SHAPES
from runbook.duties import Read
from runbook.moment import Moment, between
from runbook.saying import VERIFIED, words
from runbook.scenario import DELIVERY_NAMES
from runbook.speech import Argument, Message, say


def analysis(report: Report, w: Writer) -> Iterator[Section]:
    """Objective by capability by rating; strengths; gaps; what cannot be judged."""
    won = tuple(one for one in report.strengths if one.item.max > 0)
    kept = tuple(one for one in report.strengths if one.item.max == 0)
    rows = []
    for one in report.rated:
        rate: Argument = say("none")
        if one.rating:
            rate = say("{rate} (evaluator)", rate=RATES[one.rating.rate])
        elif one.suggested:
            rate = say("{rate} (machine's suggestion)", rate=RATES[one.suggested])
        good, bad = (sum(point.item.objective == one.objective.id for point in part) for part in (won, report.gaps))
        rows.append(
            (w.text(one.objective.capability), w.text(one.objective.title), w.text(rate), w.text(good), w.text(bad))
        )
    head = (say("Capability"), say("Objective"), say("Rating"), say("Strengths"), say("Gaps"))
    yield w.section("analysis", say("Analysis"), w.table(say("Capabilities and objectives"), head, rows))
    yield w.section(
        "strengths", say("What went well"), *_cards(won, report, w), *_avoided(kept, report, w), deeper=True
    )
    yield w.section("gaps", say("Gaps"), *_gaps(report, w), deeper=True)
    for id, title, points in (
        ("open", say("Still open"), report.open),
        ("left-out", say("Not judged"), report.left_out),
    ):
        if points:
            looked = [(w.text(one.item.title), w.text(one.item.reason)) for one in points]
            yield w.section(id, title, w.table(title, (say("What was looked at"), say("Reason")), looked), deeper=True)


def _cards(points: tuple[Point, ...], report: Report, w: Writer) -> Iterator[Block]:
    order = {objective.id: n for n, objective in enumerate(report.scenario.objectives)}
    if not points:
        yield w.paragraph(say("None."))
    for point in sorted(
        points, key=lambda one: (order.get(one.item.objective, len(order)), one.item.points - one.item.max)
    ):
        yield _card(point, report, w)


def _gaps(report: Report, w: Writer) -> Iterator[Block]:
    """What was missed of the law comes first: no points tell how much it weighs."""
    yield from (_missed(one, w) for one in report.missed)
    if report.gaps or not report.missed:
        yield from _cards(report.gaps, report, w)


def _missed(one: Missed, w: Writer) -> Card:
    clock, due = one.clock, due_words(one.clock) or ""
    shown = say("Met {at}, late: {due}.", at=clock.met_at, due=due) if clock.met_at else say("Not met; {due}.", due=due)
    rows = w.rows(
        (say("What the record shows"), w.text(shown)),
        (say("Why it applies"), w.text(*clock.why)),
        (say("Readings"), w.text(*(_otherwise(read) for read in clock.readings if read.due_at != clock.due_at))),
        (say("What the law asks of whoever is late"), w.text(clock.late or "")),
        (say("Why late"), w.text(words(one.reason) if one.reason else "")),
        (say("Rests on"), w.text(*map(source_words, clock.sources))),
        (say("Evidence"), Text(entries=evidence(one.evidence, w))),
    )
    return Card(w(clock.what), w(SHAPES["missed"]), good=False, rows=rows)


def _otherwise(read: Read) -> Message:
    if read.on:
        return say("Once confirmed, {on}: {at}.", on=read.on, at=read.due_at)
    return say("Otherwise: {at}.", at=read.due_at)


def _avoided(points: tuple[Point, ...], report: Report, w: Writer) -> Iterator[Block]:
    """The mistakes the team did not make; while the drill runs, it may make them yet."""
    if points:
        rows = [
            (
                w.text(one.item.title, *_ruling(one), cites=_ruled(one)),
                w.text(one.item.really or "", source_words(one.source)),
            )
            for one in points
        ]
        caption = say("Did not happen") if report.ended else say("Has not happened so far")
        yield w.table(caption, (say("Mistake"), say("Why it matters: what really happened")), rows)


def _card(point: Point, report: Report, w: Writer) -> Card:
    item = point.item
    rows = w.rows(
        (say("Objective"), w.text(point.objective.title if point.objective else "")),
        (say("What the record shows"), w.text(item.reason)),
        (say("The evaluator overruled"), _overruled(point, w)),
        (say("Target time"), w.text(_aim(item))),
        (say("In {name}", name=report.scenario.ghost_called), w.text(*_real(point, report), *_against(point))),
        (say("What really happened"), w.text(item.really or "", source_words(point.source))),
        (say("Evidence"), Text(entries=evidence(point.evidence, w))),
        (say("Observed"), _seen(point, w)),
        (say("Next time"), w.text(item.tip or "") if item.points < item.max else w.text()),
    )
    return Card(w(item.title), w(share(item.points, item.max)), item.points >= item.max, rows)


def _overruled(point: Point, w: Writer) -> Text:
    return w.text(*_ruling(point), cites=_ruled(point))


def _ruling(point: Point) -> list[Argument]:
    """What an evaluator put in the place of the machine's points, and why."""
    ruled = point.item.overruled
    if ruled is None:
        return []
    line = say(
        "The machine reckoned {machine}; {who} gave {points}: {reason}",
        machine=point.item.machine,
        who=ruled.touch.actor,
        points=point.item.points,
        reason=words(ruled.reason),
    )
    return [line]


def _ruled(point: Point) -> list[int]:
    return [point.item.overruled.touch.seq] if point.item.overruled else []


def _real(point: Point, report: Report) -> list[Argument]:
    zone = report.starts.tzinfo
    found: list[Argument] = []
    for one in point.real:
        when = hour(Moment(one.at.astimezone(zone), one.precision))
        source = source_words(report.scenario.sources.get(one.source))
        found.append(say("{when}: {what}", when=when, what=one.what))
        found += [source] if source else []
    return found


def _against(point: Point) -> list[Message]:
    """How much earlier or later the team was than the real case, where the hour of that is known."""
    at, real = point.item.at, point.item.ghost
    first = min(point.real, key=lambda one: one.at, default=None)
    if at is None or real is None or first is None or first.precision not in ("exact", "about"):
        return []
    ahead = between(at, real)
    if ahead == timedelta():
        same = say("The team was at about the same time.")
        return [same if first.precision == "about" else say("The team was at the same time.")]
    length = apart(abs(ahead), first.precision)
    early = ahead > timedelta()
    return [
        say("The team was {length} earlier.", length=length)
        if early
        else say("The team was {length} later.", length=length)
    ]


def _aim(item: Item) -> Argument:
    """By when an act that was done would have counted in full; of all else the reason says it."""
    return item.target if item.target and item.at and item.sort != "clock" else ""


def _seen(point: Point, w: Writer) -> Text:
    lines = [say("{who}: {text}", who=one.touch.actor, text=words(one.text)) for one in point.seen]
    return w.text(*lines, cites=[one.touch.seq for one in point.seen])


def source_words(source: Source | None) -> Message | str:
    """A source, and how it was checked."""
    if source is None:
        return ""
    return say("Source: {title} ({verified})", title=source.title, verified=VERIFIED[source.verified])


def evidence(entries: Iterable[Cited], w: Writer) -> tuple[Entry, ...]:
    """Entries with their sentences."""

    def said(one: Cited) -> Message:
        return say("{at} {who}: {said}", at=hour(one.moment), who=one.actor, said=one.said)

    return tuple(Entry(one.seq, w(said(one))) for one in entries)


# What was said against a guardrail


def disclosures(report: Report, w: Writer) -> Section:
    """The very words, what objects to them, and why; what really happened is told at the first of its kind. Of what was
    only warned stands apart."""
    told: set[str] = set()
    blocks: list[Block] = []
    warned = [one for one in report.disclosures if one.only_warned]
    for one in [one for one in report.disclosures if not one.only_warned]:
        blocks.append(_disclosure(one, [point for point in one.hazards if point.item.id not in told], w))
        told |= {point.item.id for point in one.hazards}
    none = w.paragraph(say("Nothing was said that a guardrail objects to."))
    blocks = [*(blocks or [none]), *([_warned(warned, w)] if warned else [])]
    return w.section("disclosures", say("What was said against a guardrail"), *blocks)


def _warned(warned: list[Disclosure], w: Writer) -> Table:
    rows = [
        (
            w.text(one.about, cites=[one.entry.seq]),
            w.text(one.to),
            w.text(words(one.words) if one.words is not None else one.entry.said),
            w.text(*(line for guard in one.guards for line in _guard(guard, why=False))),
        )
        for one in warned
    ]
    head = (say("In answer to"), say("Said to"), say("What was said"), say("Guardrail"))
    return w.table(say("Warned of only: to be looked at, no fault by itself"), head, rows)


def _disclosure(one: Disclosure, new: list[Point], w: Writer) -> Card:
    title = say("{about} (#{seq}, {at})", about=one.about, seq=one.entry.seq, at=hour(one.entry.moment))
    rows = w.rows(
        (say("Said by"), w.text(one.entry.actor)),
        (say("Said to"), w.text(one.to)),
        (say("Asked"), w.text(one.asked or "")),
        (say("Guardrail"), w.text(*(line for guard in one.guards for line in _guard(guard, why=not one.hazards)))),
        (
            say("What really happened"),
            w.text(*(line for point in new for line in (point.item.really or "", source_words(point.source)))),
        ),
        (
            say("Points, all such cases together"),
            w.text(
                *(say("{title}: {points}", title=point.item.title, points=point.item.points) for point in one.hazards),
                *(line for point in one.hazards for line in _ruling(point)),
            ),
        ),
        (say("Next time"), w.text(*(point.item.tip for point in new if point.item.tip))),
    )
    said = w(words(one.words)) if one.words is not None else w(one.entry.said)
    return Card(w(title), ", ".join(guard.id for guard in one.guards), good=False, rows=rows, words=said)


def _guard(guard: Guard, why: bool) -> Iterator[Argument]:
    """A guardrail, and why it is there where no penalty of the scenario tells it."""
    title: Argument = guard.title or ""
    yield say("{id} {title}", id=guard.id, title=title) if guard.title else guard.id
    if why and guard.why:
        yield guard.why
    if why and guard.source:
        yield source_words(guard.source)


def observations(report: Report, w: Writer) -> Section:
    """What the facilitator saw, at its moment."""
    if not report.watched:
        return w.section("observations", say("The facilitator's observations"), w.paragraph(say("None were noted.")))
    rows = [
        (
            w.text(hour(one.observation.moment), cites=[one.observation.touch.seq]),
            w.text(one.observation.touch.actor),
            w.text(words(one.observation.text)),
            msgspec.structs.replace(
                w.text(one.inject, one.objective.title if one.objective else ""),
                entries=evidence([one.about] if one.about else [], w),
            ),
        )
        for one in report.watched
    ]
    head = (say("Time"), say("Written by"), say("What was seen"), say("About"))
    title = say("The facilitator's observations")
    return w.section("observations", title, w.table(title, head, rows))


# The appendices


def appendices(report: Report, w: Writer) -> Iterator[Section]:
    """The improvement plan, the participants, the events list as it ran, the entries cited."""
    yield w.section("plan", say("Appendix A: improvement plan"), *_plan(report, w))
    part = say("facilitator, evaluator") if report.led else say("ran the clock")
    people = [
        *((w.text(one.name), w.text(say("team")), w.text(one.entries)) for one in report.team),
        *((w.text(one.name), w.text(part), w.text(one.entries)) for one in report.facilitators),
    ]
    head = (say("Name"), say("Part taken"), say("Entries written"))
    wrote = say("Who wrote into the record; what the program wrote by itself is not counted")
    yield w.section("people", say("Appendix B: participants"), w.table(wrote, head, people))
    ran = [_ran(one, w) for one in report.ran]
    columns = (say("No."), say("Inject"), say("Kind, by"), say("Planned"), say("What became of it"), say("Answer"))
    yield w.section("events", say("Appendix C: the events list as it ran"), w.table(say("Events list"), columns, ran))
    cited = [
        (
            w.text(f"#{one.seq}"),
            w.text(hour(one.moment)),
            w.text(f"{one.wall_at:%m-%d %H:%M:%S}"),
            w.text(one.actor),
            w.text(one.said),
        )
        for one in report.evidence
    ]
    heads = (say("Entry"), say("Exercise time"), say("Real time"), say("Written by"), say("What it says"))
    table = w.table(say("Entries this report rests on"), heads, cited, (one.seq for one in report.evidence))
    yield w.section("evidence", say("Appendix D: the entries cited"), table)


def _plan(report: Report, w: Writer) -> Iterator[Block]:
    standing = [one for one in report.plans if not one.planned.plan.dropped]
    if not standing:
        yield w.paragraph(say("No improvement has been planned yet."))
        if report.gaps or report.missed:
            line = say(
                "For each gap decide who does what by when: “runbook drill improve”, or the facilitator's console."
            )
            yield w.paragraph(line)
        return
    rows = [_planned(one, w) for one in standing]
    columns = (
        say("Issue"),
        say("Corrective action"),
        say("Responsible"),
        say("Contact"),
        say("Start"),
        say("Due"),
        say("Follow-up after 30, 60, 90 days"),
    )
    yield w.table(say("Improvement plan"), columns, rows)
    for one in standing:
        plan = one.planned.plan
        if plan.step:
            edit = EDITS.get(plan.add, say("a change"))
            facts = w.rows(
                (say("Step"), w.text(one.step)),
                (say("Adds"), w.text(edit, words(plan.ja), words(plan.en))),
            )
            title = say("Change to the playbook: {action}", action=words(plan.action))
            yield Card(w(title), plan.id, good=True, rows=facts, change=one.change)


def _planned(one: Improving, w: Writer) -> tuple[Text, ...]:
    plan = one.planned.plan
    return (
        w.text(words(plan.issue), one.item or "", cites=[one.planned.touch.seq]),
        w.text(words(plan.action)),
        w.text(plan.owner or say("not named")),
        w.text(plan.contact or say("not named")),
        w.text(plan.start),
        w.text(plan.due),
        w.text(*(f"{day}" for day in one.follow_ups)),
    )


def _ran(one: Ran, w: Writer) -> tuple[Text, ...]:
    inject = one.inject
    became: list[Argument] = [say("arrived {at}", at=one.arrived_at) if one.arrived_at else STANDS[one.stand]]
    became += [say("pushed by hand")] if one.by_hand else []
    became += [say("held back for a time")] if one.held and one.arrived_at else []
    became += [say("edited while it ran")] if one.edited else []
    became += [say("added while it ran")] if one.added else []
    if one.talked_at:
        became.append(say("discussed {at}, for {length} of real time", at=one.talked_at, length=lasting(one.talked)))
    wanted = inject.answer and one.arrived_at
    answered = say("answered") if one.answers else say("unanswered") if wanted else "–"
    return (
        w.text(inject.number),
        w.text(inject.title, say("from {sender}", sender=inject.sender)),
        w.text(say("{kind}, {delivery}", kind=KINDS[inject.kind], delivery=DELIVERY_NAMES[inject.delivery])),
        w.text(*_when(one)),
        w.text(*became, cites=one.seqs),
        w.text(answered, cites=one.answers),
    )


def _when(one: Ran) -> Iterator[Argument]:
    if one.inject.at:
        yield one.inject.at
    yield from one.waits
