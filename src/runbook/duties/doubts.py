"""What makes a case's clocks doubtful: facts that contradict each other, times that cannot be, a machine's clock set
back.

Nothing is refused and nothing silently put right (rules.md 24): each is said, beside every clock it concerns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from runbook.case import Case
from runbook.conditions import facts_in, read_length
from runbook.duties.deadline import is_ahead
from runbook.duties.reckoning import instant
from runbook.duties.saying import number, title
from runbook.duties.views import Settled, asked, counted_persons, uncounted
from runbook.errors import BadContent
from runbook.events import Prose
from runbook.incident import Claim, Fact, same_value
from runbook.moment import Moment
from runbook.playbook import Step
from runbook.saying import YES_NO, joined, moment_words, value_words
from runbook.speech import Argument, Message, say

EVERYWHERE = "*"
"""Stands for every fact in a doubt that concerns all clocks."""
_ABOUT = timedelta(minutes=30)
"""By how much two times of which one is only about right may stand in the wrong order."""
_NAMED = 3
"""How many regimes that are not there are each said."""
_ORDER = (
    ("lost_at", "found_at"),
    ("noticed_at", "contractor_known_at"),
    ("noticed_at", "known_at"),
    ("contractor_known_at", "found_at"),
    ("known_at", "commission_reported_at"),
    ("known_at", "subjects_told_at"),
    ("noticed_at", "published_at"),
    ("noticed_at", "processing_stopped_at"),
    ("noticed_at", "police_reported_at"),
    ("noticed_at", "theft_reported_at"),
    *(
        ("known_at", name)
        for name in ("ciso_told_at", "head_told_at", "hotline_opened_at", "press_at", "next_update_at")
    ),
)
"""Pairs of times of which the first cannot be later."""
_TIMES = ("lost_at", "noticed_at", "contractor_known_at", "known_at", "found_at")
"""Times that lie in the past once they are known."""


class Doubt(msgspec.Struct, frozen=True):
    """Something that cannot be right as it stands, and the facts it is about."""

    message: Message
    facts: tuple[str, ...]

    def concerns(self, facts: set[str]) -> bool:
        return EVERYWHERE in self.facts or not facts.isdisjoint(self.facts)


def doubts(case: Case) -> tuple[Doubt, ...]:
    """Everything doubtful about the facts that clocks rest on, the machine's clock first."""
    return case.once(_doubts)


def raised(before: Case, after: Case) -> list[Message]:
    """What came to be doubtful by what was recorded between. One that says something else now is a new one: another
    future date is as wrong as the first. What concerns all clocks was not raised by an act."""
    known = doubts(before)
    return [one.message for one in doubts(after) if one not in known and one.facts != (EVERYWHERE,)]


def _doubts(case: Case) -> tuple[Doubt, ...]:
    return (
        *_clock(case),
        *_times(case),
        *_law(case),
        *_filed(case),
        *_contradictions(case),
        *_contested(case),
        *_older(case),
        *_lists(case),
        *_unread(case),
    )


def _clock(case: Case) -> Iterator[Doubt]:
    last = case.incident.last
    if last is not None and is_ahead(last.at, case.now):
        yield Doubt(
            say(
                "This clock says {now}, but the last entry was recorded {at}: was the machine's clock set back? Set it right first.",
                now=instant(case.now),
                at=instant(case.zoned(last.at)),
            ),
            (EVERYWHERE,),
        )


def _times(case: Case) -> Iterator[Doubt]:
    for name in _TIMES:
        at = _at(case, name)
        if at is not None and at.at is not None and is_ahead(at.at, case.now):
            message = say(
                "“{fact}” lies in the future: {at}. Check the date.", fact=title(case, name), at=_said(case, at)
            )
            yield Doubt(message, (name,))
        elif at is not None and at.at is None and name == "known_at":
            yield Doubt(say("“{fact}” is recorded without a time.", fact=title(case, name)), (name,))
    for first, second in _ORDER:
        one, other = _at(case, first), _at(case, second)
        if one is not None and other is not None and _later(case, one, other):
            message = say(
                "“{second}” ({later}) lies before “{first}” ({earlier}). One of them is wrong.",
                second=title(case, second),
                later=_said(case, other),
                first=title(case, first),
                earlier=_said(case, one),
            )
            yield Doubt(message, (first, second))


def _law(case: Case) -> Iterator[Doubt]:
    """A day of the law that has not come: what will hold on it is not known yet. One day ahead is a zone further east;
    a drill may well replay what happened long ago by the law of today."""
    day = case.value("law_as_of")
    if (
        case.incident.mode == "live"
        and isinstance(day, str)
        and date.fromisoformat(day) > (case.now + timedelta(days=1)).date()
    ):
        message = say(
            "“{fact}” is {day}: the law of a day that has not come yet.", fact=title(case, "law_as_of"), day=day
        )
        yield Doubt(message, ("law_as_of", EVERYWHERE))


def _filed(case: Case) -> Iterator[Doubt]:
    """What is recorded as met before its clock can have started. A fact that tells the same time is doubted already."""
    for regime in asked(case):
        for duty in regime.duties:
            start, filing = _at(case, duty.start), case.incident.duty(duty.id).filing
            if start is None or filing is None or not _later(case, start, filing.at):
                continue
            if not any(_at(case, other) == filing.at for first, other in _ORDER if first == duty.start):
                message = say(
                    "“{duty}” is recorded as met {at}, before “{fact}” ({start}). One of them is wrong.",
                    duty=duty.title,
                    at=moment_words(filing.at, case.zone),
                    fact=title(case, duty.start),
                    start=_said(case, start),
                )
                yield Doubt(message, (duty.start,))


def _later(case: Case, one: Moment, other: Moment) -> bool:
    if one.at is None or other.at is None:
        return False
    if "date" in (one.precision, other.precision):
        return case.zoned(one.at).date() > case.zoned(other.at).date()
    return one.at - other.at > (_ABOUT if "about" in (one.precision, other.precision) else timedelta())


def _contradictions(case: Case) -> Iterator[Doubt]:
    value = case.value
    if value("encrypted") == "no" and "yes" in (value("key_separate"), value("encryption_strong")):
        yield _clash(case, "encrypted", "key_separate", "encryption_strong")
    settled = Settled(case).value
    if settled("cause") == "loss" and settled("malicious") == "yes":  # a loss that may be a theft is no contradiction
        yield _clash(case, "cause", "malicious")
    if value("recovered_unread") == "yes" and value("found_at") is None:
        message = say(
            "“{one}” is yes, but “{other}” is not recorded.",
            one=title(case, "recovered_unread"),
            other=title(case, "found_at"),
        )
        yield Doubt(message, ("recovered_unread", "found_at"))
    yield from _persons(case)


def _persons(case: Case) -> Iterator[Doubt]:
    """Where the number of persons is less than the data sets have, or may be."""
    fact, persons, counted = title(case, "persons"), case.value("persons"), counted_persons(case)
    if counted is not None and (persons is None or (isinstance(persons, int) and persons < counted)):
        n = number(case, "persons", counted)
        if persons is None:
            message = say(
                "“{fact}” is not recorded; the largest data set has {n} persons: counted as that.", fact=fact, n=n
            )
        else:
            message = say(
                "“{fact}” is {persons}, but a data set has {n} persons. Record the largest credible number.",
                fact=fact,
                persons=f"{persons:,}",
                n=n,
            )
        yield Doubt(message, ("persons",))
    left = uncounted(case)
    if left and (persons is not None or counted is not None):
        names = joined([data.name for data in left])
        message = say("“{fact}” may be more than is claimed: nobody has counted “{names}” yet.", fact=fact, names=names)
        yield Doubt(message, ("persons",))


def _clash(case: Case, *facts: str) -> Doubt:
    said = [
        say("{fact}: {value}", fact=title(case, name), value=_value(case, name)) for name in facts if case.current(name)
    ]
    return Doubt(say("These do not go together: {facts}. Check them.", facts=joined(said)), facts)


def _contested(case: Case) -> Iterator[Doubt]:
    for name in _rested_on(case):
        possible = case.incident.fact(name).possible
        if len(possible) > 1:
            message = say(
                "Sources differ on “{fact}”: {claims}. Until one of them is confirmed, a duty may arise from any.",
                fact=title(case, name),
                claims=joined([_claimed(case, name, one) for one in possible]),
            )
            yield Doubt(message, (name,))


def _older(case: Case) -> Iterator[Doubt]:
    """What stands as of an earlier time than what it took the place of: an old number found again must not pass for the
    newest. A time put right at the same number is no such thing."""
    for name, fact in case.incident.facts.items():
        now = fact.current
        if now is None or now.as_of is None or isinstance(now.value, Prose):
            continue
        was = Fact(tuple(one for one in fact.claims if one.touch.seq < now.touch.seq)).current
        if was and not same_value(now.value, was.value) and _before(case, now.as_of, was.as_of):
            message = _said_older(case, title(case, name), _claimed(case, name, now), now.as_of, was.as_of)
            yield Doubt(message, (name,))
    for name, versions in case.incident.datasets.items():
        last = [one for one in versions if not one.undone][-2:]
        if len(last) == 2 and last[0].count != last[1].count and _before(case, last[1].as_of, last[0].as_of):
            count = YES_NO["unknown"] if last[1].count is None else f"{last[1].count:,}"
            yield Doubt(_said_older(case, name, count, last[1].as_of, last[0].as_of), ("persons",))


def _before(case: Case, one: Moment | None, other: Moment | None) -> bool:
    return one is not None and other is not None and _later(case, other, one)


def _said_older(case: Case, what: Argument, value: Argument, now: Moment | None, was: Moment | None) -> Message:
    return say(
        "“{what}” is now {value}, as of {older}; what stood before was as of {newer}. If the newer one holds, record it again.",
        what=what,
        value=value,
        older=_as_of(case, now),
        newer=_as_of(case, was),
    )


def _as_of(case: Case, moment: Moment | None) -> Argument:
    return moment_words(moment, case.zone) if moment else ""


def _rested_on(case: Case) -> list[str]:
    """The facts that duties rest on, in their order."""
    found: dict[str, None] = {}
    for regime in asked(case):
        for duty in regime.duties:
            found[duty.start] = None
            texts = [duty.when, *(reading.when for reading in duty.deadlines)]
            texts += [one.when for one in regime.occasions.values()]
            texts += [one.when for one in regime.exemptions.values()]
            for text in texts:
                found.update(dict.fromkeys(facts_in(text)))
    return list(found)


def _lists(case: Case) -> Iterator[Doubt]:
    named, known = case.value("regimes"), [regime.id for regime in case.playbook.regimes]
    if isinstance(named, list) and named and known:
        strange = [name for name in dict.fromkeys(name.lstrip("+＋") for name in named) if name not in known]
        for message in _unknown(case, strange, known):
            yield Doubt(message, ("regimes", EVERYWHERE))
        found = asked(case)
        left = [regime for regime in case.playbook.regimes if regime.default and regime not in found]
        if left:
            message = say(
                "“{fact}” leaves out what is asked otherwise: {regimes}.",
                fact=title(case, "regimes"),
                regimes=", ".join(regime.id for regime in left),
            )
            yield Doubt(message, ("regimes", EVERYWHERE))
    lengths = case.value("alarms")
    for text in lengths if isinstance(lengths, list) else ():
        try:
            read_length(text)
        except BadContent as wrong:
            yield Doubt(
                say("“{fact}”: {problem}", fact=title(case, "alarms"), problem=wrong.message), ("alarms", EVERYWHERE)
            )


def _unknown(case: Case, names: list[str], known: list[str]) -> Iterator[Message]:
    """That regimes of these names are not there. One whose own file could not be used was not meant to be another."""
    if len(names) > _NAMED:
        shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
        yield say("There are no regimes of these names: {names}, and {n} more.", names=shown, n=more)
        return
    from difflib import get_close_matches  # only where someone mistyped

    for name in names:
        unread = any(re.search(rf"(?<![\w.-]){re.escape(name)}\.yaml\b", one.en) for one in case.playbook.unread)
        near = None if unread else next(iter(get_close_matches(name, known, 1)), None)
        if near:
            yield say("There is no regime “{name}”. Did you mean “{near}”?", name=name, near=near)
        else:
            yield say("There is no regime “{name}”.", name=name)


def _unread(case: Case) -> Iterator[Doubt]:
    for problem in case.playbook.unread:
        message = say("A regime could not be used, and its duties are missing here: {problem}", problem=problem)
        yield Doubt(message, (EVERYWHERE,))
    named = {id for step in case.playbook.steps.values() for id in _duties_of(step)}
    if missing := sorted(named.difference(case.playbook.duties)):
        message = say(
            "Steps go by duties that no regime of this incident has, so they are missing here: {duties}.",
            duties=", ".join(missing),
        )
        yield Doubt(message, (EVERYWHERE,))


def _duties_of(step: Step) -> tuple[str, ...]:
    """The duties a step goes by or files."""
    return (*(step.due.duties if step.due else ()), *(step.files.duties if step.files else ()))


def _at(case: Case, fact: str) -> Moment | None:
    claim = case.current(fact)
    return claim.value if claim and isinstance(claim.value, Moment) else None


def _said(case: Case, moment: Moment) -> Argument:
    return instant(case.zoned(moment.at)) if moment.at else say("time unknown")


def _value(case: Case, fact: str) -> Argument:
    claim, spec = case.current(fact), case.spec(fact)
    return value_words(claim.value if claim else None, spec.choices if spec else {}, case.zone)


def _claimed(case: Case, fact: str, claim: Claim) -> Message:
    spec = case.spec(fact)
    value = value_words(claim.value, spec.choices if spec else {}, case.zone)
    source = claim.source if claim.source and not claim.source.startswith("step:") else claim.touch.actor
    return say("{value} ({source})", value=value, source=source)
