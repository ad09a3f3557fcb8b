"""A made-up law and cases under it, so that tests of what laws ask do not hang on the laws that are shipped."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import msgspec

from runbook.actions.facts import claim
from runbook.case import Case
from runbook.duties import Deadline, legal_deadlines
from runbook.moment import Moment
from runbook.playbook import ClaimStatus, Due, FactSpec, Field, Files, Playbook, Source, Step
from runbook.regime import (
    Addressee,
    Days,
    DaysAfter,
    Duty,
    Exemption,
    Force,
    Hours,
    Occasion,
    Reading,
    Regime,
    TargetDays,
    WithoutDelay,
)
from runbook.speech import speaker
from tests.making import TOKYO, both, done, opened_case, small_playbook

STOLEN = "malicious == yes or cause == theft"
PUBLIC = "organization_type == public_body"
FACTS = {
    "organization_type": FactSpec(
        "organization_type",
        "choice",
        both("Kind"),
        choices={"public_body": both("Public body"), "business": both("Business")},
    ),
    "key_separate": FactSpec("key_separate", "yesno", both("Key apart")),
    "encryption_strong": FactSpec("encryption_strong", "yesno", both("Strong")),
    "recovered_unread": FactSpec("recovered_unread", "yesno", both("Recovered unread")),
    "sensitive_data": FactSpec("sensitive_data", "yesno", both("Sensitive")),
    "contractor_known_at": FactSpec("contractor_known_at", "time", both("Contractor knew")),
    "commission_reported_at": FactSpec("commission_reported_at", "time", both("Reported")),
    "subjects_told_at": FactSpec("subjects_told_at", "time", both("Told")),
    "published_at": FactSpec("published_at", "time", both("Published")),
    "lost_at": FactSpec("lost_at", "time", both("Lost")),
    "alarms": FactSpec("alarms", "list", both("Alarms")),
    "receipt": FactSpec("receipt", "text", both("Receipt")),
}
SOURCES = {
    "act": Source("act", both("The Act"), "law", "official"),
    "rules": Source("rules", both("The Rules"), "law", "memory-high"),
    "guide": Source("guide", both("The Guide"), "guideline", "secondary"),
}


def duty(id: str, *deadlines: Reading, **more: object) -> Duty:
    """A duty of public bodies towards the Board, from their knowing, which encryption takes away."""
    board = (Addressee(both("The Board")),)
    usual = Duty(id, both(id), board, "known_at", deadlines, ("act",), when=PUBLIC, exemptions=("sealed",))
    return msgspec.structs.replace(usual, **more)


PRELIM = duty("act.prelim", Reading(TargetDays(3, 5), "guide"))
FINAL = duty(
    "act.final",
    Reading(Days(60, rolls=True), "rules", STOLEN, both("a wrongful purpose")),
    Reading(Days(30, rolls=True), "rules"),
    sources=("act", "rules"),
)
SUBJECTS = duty("act.subjects", Reading(WithoutDelay("72h"), "act"), to=(Addressee(both("The persons")),))
EXTRA = duty("act.extra", Reading(WithoutDelay("120h"), "guide"), arises="none", binding="guideline")
EVERY = duty("act.every", Reading(Hours(72), "act"), arises="always", exemptions=())
AFTER = duty("act.after", Reading(DaysAfter(3), "act"), start="duty:act.prelim")
CONTRACTOR = duty(
    "act.contractor", Reading(Hours(72), "act"), start="contractor_known_at", party=both("the contractor")
)

ACT = Regime(
    id="act",
    title=both("The Act"),
    as_of="2022-06-01",
    duties=(PRELIM, FINAL, SUBJECTS, EXTRA, EVERY, AFTER, CONTRACTOR),
    sources=SOURCES,
    zone="Asia/Tokyo",
    calendar="JP",
    default=True,
    force=Force("2020-04-01", "", "act"),
    occasions={
        "1": Occasion("1", both("Item 1"), "sensitive_data == yes", "act"),
        "3": Occasion("3", both("Item 3"), STOLEN, "act"),
        "4": Occasion("4", both("Item 4"), "persons > 100", "act"),
    },
    exemptions={"sealed": Exemption("sealed", both("sealed"), "encrypted == yes and key_separate == yes", "act")},
)


REPORT = Step(
    "report",
    both("Report"),
    both("why"),
    (),
    fields=(
        Field("at", "time", both("Reported"), fact="commission_reported_at"),
        Field("number", "text", both("Number"), fact="receipt"),
        Field("who", "person", both("Filed by")),
    ),
    due=Due(duties=("act.prelim", "act.final")),
    files=Files(("act.prelim",), at="at", by="who", receipt="number"),
)
"""The step at which the preliminary report is filed; it goes by the clocks of both reports."""


def book(*regimes: Regime, **changed) -> Playbook:
    """The small playbook under these laws; the Act, if none is given."""
    small = small_playbook()
    facts = {**small.facts, **FACTS}
    return msgspec.structs.replace(small, facts=facts, regimes=regimes or (ACT,), **changed)


def under(*regimes: Regime, **facts: str) -> Case:
    """A case opened under these laws at 15:45 on Wednesday 22 June 2022, with these facts confirmed."""
    return told(opened_case(book(*regimes)), **facts)


def reporting(step: Step = REPORT, /, **facts: str) -> Case:
    """A case whose playbook has a step for reporting, 1-4, with these facts confirmed."""
    small = book()
    phase = msgspec.structs.replace(small.phases[0], steps=(*small.phases[0].steps, step))
    return told(opened_case(msgspec.structs.replace(small, phases=(phase, *small.phases[1:]))), **facts)


def told(case: Case, status: ClaimStatus = "confirmed", source: str = "", /, **facts: str) -> Case:
    """The case after a source claimed these facts."""
    for name, typed in facts.items():
        case = done(case, partial(claim, name=name, typed=typed, status=status, source=source))
    return case


def clock(case: Case, id: str) -> Deadline:
    return next(one for one in legal_deadlines(case) if one.id == id)


def because(one: Deadline) -> str:
    """How a clock came about, in English, line by line."""
    return "\n".join(map(speaker("en"), one.derivation))


def day(month: int, number: int, year: int = 2022) -> datetime:
    """The last second of a day in Tokyo."""
    return datetime(year, month, number, 23, 59, 59, tzinfo=TOKYO)


def hour(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def moment(text: str) -> Moment:
    return Moment(hour(text))
