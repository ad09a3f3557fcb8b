"""Whether a duty applies, perhaps applies, or does not: line by line why, and which question would settle it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from runbook.case import Case
from runbook.conditions import NOT_KNOWN, facts_in
from runbook.duties.reckoning import dated, instant
from runbook.duties.saying import stated, title, titles, word
from runbook.duties.views import Possible, Settled, asked, every, holds, open_questions, some
from runbook.regime import Duty, Force, Regime
from runbook.speech import Message, say


class Applied(msgspec.Struct, frozen=True):
    """Whether a duty applies, the lines that say why, and the facts that would settle it."""

    answer: bool | None
    lines: tuple[Message, ...]
    questions: tuple[str, ...] = ()


def applied(view: Possible, regime: Regime, duty: Duty, day: date) -> Applied:
    """Whether a duty applies by the law of a day: what counsel decided, with the rule's own answer beside it; the
    rule's, where counsel decided nothing."""
    case, ruled = view.case, _ruled(view, regime, duty, day)
    override = case.incident.duty(duty.id).override
    if override is None:
        return ruled
    decided = say("counsel: it applies") if override.applies == "yes" else say("counsel: it does not apply")
    line = say(
        "{decided} ({counsel}, {at}): {reason}",
        decided=decided,
        counsel=override.counsel,
        at=instant(case.zoned(override.touch.at)),
        reason=override.reason.text or say("(text removed)"),
    )
    rule = say("By the rule: {answer}", answer=_ANSWERS[ruled.answer])
    return Applied(override.applies == "yes", (line, rule, *ruled.lines))


def applies(view: Possible, regime: Regime, duty: Duty, day: date) -> bool | None:
    """The answer of `applied` alone: what is asked often does without the lines."""
    override = view.case.incident.duty(duty.id).override
    if override is not None:
        return override.applies == "yes"
    scope = False if _out_of_force(regime, duty, day) else holds(duty.when, view)
    settled = Settled(view.case)
    if scope is False or any(holds(regime.exemptions[id].when, settled) for id in duty.exemptions):
        return False
    ids = duty.occasions or tuple(regime.occasions)
    return every([scope, _arises(duty, [holds(regime.occasions[id].when, view) for id in ids])])


_ANSWERS: dict[bool | None, Message] = {
    True: say("applies"),
    False: say("does not apply"),
    None: say("may apply"),
}


def _out_of_force(regime: Regime, duty: Duty, day: date) -> Message | None:
    """Why the law of that day has no such duty."""
    force: Force = duty.force if duty.force != Force() else regime.force
    if force.start and day < date.fromisoformat(force.start):
        start = dated(date.fromisoformat(force.start))
        return say("In force from {start} only; the law of {day} is applied.", start=start, day=dated(day))
    if force.end and day > date.fromisoformat(force.end):
        end = dated(date.fromisoformat(force.end))
        return say("In force until {end} only; the law of {day} is applied.", end=end, day=dated(day))
    return None


def _ruled(view: Possible, regime: Regime, duty: Duty, day: date) -> Applied:
    """What the rule says: whether it is in force, its scope, what exempts, and the occasions."""
    if not_in_force := _out_of_force(regime, duty, day):
        return Applied(False, (not_in_force,))
    case, settled = view.case, Settled(view.case)
    scope = holds(duty.when, view)
    if scope is False:
        return Applied(False, (say("Does not apply: {facts}.", facts=stated(view, duty.when)),))
    lines = [*_assumed(case, regime, duty)]
    for exemption in (regime.exemptions[id] for id in duty.exemptions):
        if holds(exemption.when, settled):
            return Applied(False, (*lines, say("Exempt: {exemption}.", exemption=exemption.title)))
    ids = duty.occasions or tuple(regime.occasions)
    answers = {id: holds(regime.occasions[id].when, view) for id in ids}
    arises = _arises(duty, answers.values())
    answer = every([scope, arises])
    held = [id for id in ids if answers[id]] if duty.arises != "always" else []
    lines += [
        say("{occasion}: {facts}.", occasion=regime.occasions[id].title, facts=stated(view, regime.occasions[id].when))
        for id in held
    ]
    if answer is False:
        lines.append(
            say("None of the occasions named by the law.")
            if duty.arises == "any"
            else say("Another duty of the same law covers it already.")
        )
        return Applied(False, tuple(lines))
    open_ids = [id for id in ids if answers[id] is None] if arises is None else []
    conditions = [duty.when, *(regime.occasions[id].when for id in open_ids)]
    asking = tuple(dict.fromkeys(name for text in conditions if text for name in open_questions(text, view)))
    if answer is None:
        lines.append(say("May apply; it hangs on: {facts}.", facts=titles(case, asking)))
    elif not held:
        lines.append(_unconditional(view, duty))
    for exemption in (regime.exemptions[id] for id in duty.exemptions):
        if holds(exemption.when, view) is True:
            lines.append(say("Not exempt yet, for it is not confirmed: {exemption}.", exemption=exemption.title))
    return Applied(answer, tuple(lines), asking)


def _arises(duty: Duty, occasions: Collection[bool | None]) -> bool | None:
    """Whether the occasions bring the duty about."""
    if duty.arises == "always" or not occasions:
        found: bool | None = True
    else:
        found = some(occasions)
    return found if duty.arises != "none" or found is None else not found


def _unconditional(view: Possible, duty: Duty) -> Message:
    """Why a duty applies that hangs on no occasion."""
    if not duty.when:
        return say("Applies to every incident.")
    return say("Applies: {facts}.", facts=stated(view, duty.when))


def _assumed(case: Case, regime: Regime, duty: Duty) -> Iterator[Message]:
    asks = facts_of(duty, regime)
    for one in regime.assumptions:
        if one.fact in asks and case.value(one.fact) in (None, NOT_KNOWN):
            yield say(
                "“{fact}” is not known: counted as {value}.",
                fact=title(case, one.fact),
                value=word(case, one.fact, one.value),
            )


def facts_of(duty: Duty, regime: Regime) -> set[str]:
    """The facts that decide about a duty."""
    ids = () if duty.arises == "always" else duty.occasions or tuple(regime.occasions)
    texts = [duty.when, *(regime.occasions[id].when for id in ids)]
    texts += [reading.when for reading in duty.deadlines] + [regime.exemptions[id].when for id in duty.exemptions]
    return {fact for text in texts for fact in facts_in(text)}


def freeing(case: Case) -> set[str]:
    """The facts that free from a duty of a law that is asked, or give more time for it: only what is proven counts."""
    texts = [
        text
        for regime in asked(case)
        for duty in regime.duties
        for text in (
            *(reading.when for reading in duty.deadlines),
            *(regime.exemptions[id].when for id in duty.exemptions),
        )
    ]
    return {fact for text in texts for fact in facts_in(text)}
