"""Which check stands behind which rule. A module of checks brings its own part of the table."""

from __future__ import annotations

from runbook.guardrails import (
    arithmetic,
    claims,
    contact,
    counts,
    dates,
    lacking,
    manner,
    promises,
    scams,
    secret,
    sending,
    strength,
    told,
    twice,
    vague,
)
from runbook.guardrails.shape import Check, sentencewise
from runbook.guardrails.words import worded

SECRET: dict[str, Check] = {
    "G01": sentencewise(secret.makeup),
    "G03": worded(secret.ABSENT, secret.absent, lambda state: state.lost),
    "G04": worded(strength.BOASTED, strength.boasted),
    "G02": sentencewise(secret.mentioned),
}
"""In this order: a review comes after what makes it needless. An approved sentence passes them all."""
REVIEW = "G02"
"""The rule that only asks for a second reader, where nothing else of the secret is found in a sentence."""

CHECKS: dict[str, Check] = {
    **SECRET,
    "G06": worded(claims.UNCONFIRMED, claims.unconfirmed),
    "G07": worded(claims.UNHARMED, claims.unharmed, lambda state: not state.examined),
    **told.CHECKS,
    **twice.CHECKS,
    **contact.CHECKS,
    **lacking.CHECKS,
    **sending.CHECKS,
    **counts.CHECKS,
    **arithmetic.CHECKS,
    **dates.CHECKS,
    **promises.CHECKS,
    **vague.CHECKS,
    **scams.CHECKS,
    **manner.CHECKS,
}
"""Those that go by lists of an edition of the rules are made by it (`rules.Rules.listed`)."""
