"""For tests of filings: a breach under the GDPR told in English, and a notice taken all the way out."""

from __future__ import annotations

from functools import cache

import msgspec

from runbook.case import Case
from runbook.moment import Moment
from runbook.notice_kinds import Written
from runbook.notices import life
from runbook.notices.drafting import draft
from tests.incidents import at, opening
from tests.making import done
from tests.noticing import SHIPPED, amagasaki, counted, onward, told

FILINGS = (
    "commission-preliminary",
    "commission-final",
    "gdpr-notification",
    "gdpr-communication",
    "breach-record",
    "entrustor-notice",
)
GDPR = {
    "organization": "Otsuyama Learning",
    "organization_type": "business",
    "regimes": "eu.gdpr",
    "gdpr_risk": "yes",
    "gdpr_high_risk": "yes",
    "cause": "defect",
    "service_name": "results portal",
    "exposed_since": "2022-10-01T09:00",
    "noticed_at": "2022-10-04T17:50",
    "noticed_by": "a user",
    "known_at": "2022-10-04T18:05",
    "fixed_at": "2022-10-05T15:00",
    "contained_at": "2022-10-05T15:00",
    "leaked_to": "users of the same portal",
    "persons": "4057",
    "persons_basis": "accounts that took the test",
    "my_number": "no",
    "sensitive_data": "no",
    "accounts_included": "no",
    "financial_risk": "no",
    "malicious": "no",
    "cause_so_far": "a part of the administrators' page was reused in the users' page",
    "own_failing": "the contractor's tests were not checked",
    "contractor_involved": "yes",
    "contractor_name": "Heikawa Systems",
    "contractor_known_at": "2022-10-04T20:00",
    "dpo_contact": "Data protection officer, dpo@otsuyama.example",
    "likely_consequences": "classmates may learn a test result; unwanted remarks",
    "remedial_action": "the page was taken offline",
    "individual_contact": "mail",
}
MEASURE = {"title": "A second person tests every page", "owner": "Development", "state": "planned"}


def breach(now: str = "2022-10-06T10:00", **facts: str) -> Case:
    """A website that showed others' results, under the GDPR: known on Tuesday 4 October at 18:05."""
    case = msgspec.structs.replace(opening("2022-10-04T18:05"), now=at(now))
    for name, typed in (GDPR | facts).items():
        case = told(case, name, typed, as_of=Moment(case.now))
    return counted(case, "test takers", 4057, "persons", fields=("name", "score"), as_of=Moment(case.now))


def filed(
    case: Case, kind: str, written: Written = "ja", *, channel: str = "web form", moment: Moment | None = None
) -> Case:
    """The case after a notice was submitted, approved and published, as people do it."""
    of: life.Of = (SHIPPED, kind, written)
    case = done(case, life.submitting(of), "田中")
    for rule in {one.rule for one in draft(case, *of).unanswered}:
        case = done(case, life.answering(of, "checked", rule=rule), "佐藤")
    case = done(case, life.approving(of), "佐藤")
    return done(case, life.publishing(of, channel, moment=moment), "田中")


@cache
def reported(until: str = "2022-11-28T12:18") -> Case:
    """The real case, had a preliminary report been filed when the loss was announced."""
    return onward(filed(amagasaki(), "commission-preliminary"), until)
