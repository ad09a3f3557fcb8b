"""All about one due time, to be read beside the list: what stands, why it applies, by when, what the law wants, and
what was done. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from rich.text import Text

from runbook.case import Case
from runbook.duties import Deadline, Interval, notes, other_law, reason_wanted
from runbook.duties.deadline import missed
from runbook.duty import Filing, Override
from runbook.moment import Moment
from runbook.progress import StepView
from runbook.regime import Duty, Regime
from runbook.saying import VERIFIED, joined, moment_words, value_words
from runbook.saying import words as prose_words
from runbook.speech import Argument, Message, say
from runbook.tui.clock_words import STATES, left_words, sign
from runbook.tui.screens.clocks.showing import dated
from runbook.tui.teller import Teller
from runbook.tui.widgets.pane import Piece
from runbook.wording import words

Said: TypeAlias = tuple[Message, Argument]


def about_clock(deadline: Deadline, view: StepView | None, tell: Teller) -> Iterator[Piece]:
    """What is doubtful on top, then how it stands, whether it applies, by when and why, the law, and what was done."""
    case = tell.case
    for doubt in deadline.doubts:
        yield Piece(Text(tell(doubt), tell.shades.soon), tell(say("Doubtful")))
    yield from _standing(deadline, tell)
    said = [*_applying(deadline, view, case), *_labelled(say("Why"), deadline.why), *_when(deadline, tell)]
    rest = deadline.derivation[len(deadline.why) :]
    said += _labelled(say("Computed"), [line for line in rest if line != _missed(deadline)])
    said += _kind(deadline)
    found = case.playbook.duties.get(deadline.id)
    said += _law(deadline, *found, tell) if found else _source(deadline)
    said += _done(deadline, case)
    if view is not None and view.own.owner:
        said.append((say("Who"), view.own.owner))
    last = ""
    for label, line in said:
        name = tell(label)
        yield Piece(Text(tell(line)), " " if name == last else name)
        last = name


def _standing(deadline: Deadline, tell: Teller) -> Iterator[Piece]:
    """The state, plainly; what was missed; and the reason that the law wants and nobody gave."""
    mark, style = sign(deadline, tell)
    state = Text.assemble((f"{mark} " if mark.strip() else "", style), (tell(STATES[deadline.state]), "bold"))
    if deadline.state == "unknown" and deadline.falls_at is not None:
        state = Text.assemble((f"{mark} ", style), (tell(_not_sure(deadline)), "bold"))
    if remaining := left_words(deadline, tell):
        state.append(f"  {remaining}")
    yield Piece(state, tell(say("State")))
    if deadline.state == "overdue" and deadline.due_at is not None:
        yield Piece(Text(tell(_missed(deadline)), tell.shades.bad), " ")
    if reason_wanted(tell.case, deadline):
        text = tell(say("No reason for the delay is recorded yet; x records it."))
        yield Piece(Text(text, tell.shades.soon), " ")


def _not_sure(deadline: Deadline) -> Message:
    if deadline.applies is None:
        return say("may apply")
    return say("provisional") if deadline.provisional else STATES[deadline.state]


def _missed(deadline: Deadline) -> Message:
    """As the derivation says it."""
    by: Literal["law", "guidance", "us"] = "law"
    if deadline.target:
        by = "guidance" if deadline.regime else "us"
    return missed(deadline.due_at, by) if deadline.due_at else say("overdue")


def _applying(deadline: Deadline, view: StepView | None, case: Case) -> Iterator[Said]:
    if deadline.party is not None:
        yield say("Whose"), say("{party}; not this organisation's own", party=deadline.party)
    questions = asked(deadline, view, case)
    titles = joined([spec.title if (spec := case.spec(id)) else id for id in questions])
    if deadline.regime is None:
        if deadline.applies is None:
            yield say("Applies"), say("may apply; depends on: {facts}", facts=titles)
        return
    answers = {True: say("yes"), False: say("no"), None: say("may apply")}
    yield say("Applies"), answers[deadline.applies]
    if questions:
        yield say("Ask"), say("{facts} (a answers)", facts=titles)


def asked(deadline: Deadline, view: StepView | None, case: Case) -> tuple[str, ...]:
    """The facts that would settle whether it applies, and by when."""
    if deadline.regime or view is None:
        return tuple(id for id in deadline.questions if case.spec(id))
    return tuple(case.open_questions(view.step.when))


def _when(deadline: Deadline, tell: Teller) -> Iterator[Said]:
    case = tell.case
    if deadline.earliest and deadline.due_at and deadline.earliest < deadline.due_at:
        yield say("From"), f"{deadline.earliest:%Y-%m-%d}"
    if deadline.due_at is not None:
        yield say("Due"), dated(deadline.due_at, tell)
    elif deadline.aim_at is not None:
        yield say("Due"), say("without delay: the law names no date")
        yield say("Own target"), dated(deadline.aim_at, tell)
    if len(deadline.readings) > 1:
        for read in sorted(deadline.readings, key=lambda read: read.due_at):
            on: Argument = read.on or say("as the law stands otherwise")
            yield say("Readings"), say("{at}: {on}", at=dated(read.due_at, tell), on=on)
    if deadline.met_at is not None:
        yield say("Met"), moment_words(Moment(deadline.met_at, deadline.met_precision), case.zone)


def _kind(deadline: Deadline) -> Iterator[Said]:
    for role in deadline.to:
        yield say("To"), role
    if deadline.binding == "guideline":
        yield say("Kind"), say("asked by an authority's guideline, not by statute")
    elif deadline.binding == "effort":
        yield say("Kind"), say("something to strive for, not an obligation")
    elif not deadline.target:
        yield say("Kind"), say("set by law")
    elif deadline.regime is not None and deadline.due_at is not None:
        yield say("Kind"), say("owed by law; the days are a target of guidance")
    elif deadline.regime is not None and deadline.aim_at is not None:
        yield say("Kind"), say("owed by law; the time is our own target")


def _source(deadline: Deadline) -> Iterator[Said]:
    if deadline.basis is not None:
        checked = VERIFIED.get(deadline.confidence, say("unknown"))
        yield say("Source"), say("{source} ({checked})", source=deadline.basis, checked=checked)


def _law(deadline: Deadline, regime: Regime, duty: Duty, tell: Teller) -> Iterator[Said]:
    """What the law wants reported, what it makes of lateness, what frees from it, and where all of it is from."""
    case = tell.case
    yield from _labelled(say("Report"), [regime.items[id] for id in duty.items if id in regime.items])
    if duty.late is not None:
        yield say("If late"), duty.late
    yield from _labelled(say("Exempt if"), [regime.exemptions[id].title for id in duty.exemptions])
    yield from _labelled(say("Keep in mind"), [note.text for note in notes(case, duty.id)])
    for source in (regime.sources[id] for id in duty.sources):
        checked = VERIFIED.get(source.verified, say("unknown"))
        yield say("Source"), say("{source} ({checked})", source=source.title, checked=checked)
    yield say("Law"), regime.title
    day = f"{deadline.law_as_of}"
    yield say("Law"), say("the law of {day} is applied; its text was read on {read}", day=day, read=f"{regime.as_of}")
    if another := other_law(case):
        yield say("Law"), another


def _done(deadline: Deadline, case: Case) -> Iterator[Said]:
    """What was recorded about it that its derivation does not say: earlier filings, reasons and decisions."""
    own = case.incident.duty(deadline.id)
    for filing in own.filings:
        if filing is not own.filing:
            yield say("Before"), _filed(filing, case)
    for delay in own.delays:
        if delay is not own.delay and not delay.undone:
            yield say("Before"), say("reason for a delay: {reason}", reason=prose_words(delay.reason))
    for override in own.overrides:
        if override is not own.override:
            yield say("Counsel"), _decided(override, case)


def _filed(filing: Filing, case: Case) -> Message:
    at = moment_words(filing.at, case.zone)
    if filing.withdrawn is None:
        return say("met {at}, by {who}", at=at, who=filing.by)
    return say(
        "met {at}, by {who}; withdrawn {then} by {actor} (entry {seq})",
        at=at,
        who=filing.by,
        then=case.zoned(filing.withdrawn.at),
        actor=filing.withdrawn.actor,
        seq=filing.withdrawn.seq,
    )


def _decided(override: Override, case: Case) -> Message:
    answers = {"yes": say("it applies"), "no": say("it does not apply"), "rule": say("the rule decides again")}
    said = say(
        "{at} {counsel}: {decision}. {reason}",
        at=case.zoned(override.touch.at),
        counsel=override.counsel,
        decision=answers[override.applies],
        reason=prose_words(override.reason),
    )
    return say("{text} (undone)", text=said) if override.undone else said


def _labelled(label: Message, lines: Iterable[Argument]) -> list[Said]:
    return [(label, line) for line in lines]


def about_interval(interval: Interval, tell: Teller) -> Iterator[Piece]:
    """Both ends of an interval, as they are known."""
    case = tell.case
    yield Piece(Text(words(tell.language).duration(interval.length), "bold"), tell(say("Length")))
    for name in (interval.start, interval.end):
        spec, claim = case.spec(name), case.current(name)
        if spec and claim:
            yield Piece(Text(tell(value_words(claim.value, spec.choices, case.zone))), tell(spec.title))
