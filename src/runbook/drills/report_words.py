"""The names an after-action report gives to things."""

from __future__ import annotations

from runbook.drills.comparing import Outcome, Trend
from runbook.scenario import RATE_NAMES, InjectKind, Rate
from runbook.script import Stand
from runbook.speech import Message, say

RATES: dict[Rate, Message] = {rate: say("{rate}: {words}", rate=rate, words=said) for rate, said in RATE_NAMES.items()}
"""As at the console, after the letter."""
KINDS: dict[InjectKind, Message] = {
    "informational": say("information"),
    "decision": say("decision"),
    "media": say("media"),
    "contingency": say("contingency"),
}
STANDS: dict[Stand, Message] = {
    "waits": say("did not come up"),
    "due": say("was due"),
    "arrived": say("arrived"),
    "held": say("held back to the end"),
    "off": say("not used"),
}
TRENDS: dict[Trend, Message] = {
    "better": say("better"),
    "same": say("the same"),
    "worse": say("worse"),
    "new": say("for the first time"),
    "unsettled": say("cannot be compared"),
}
OUTCOMES: dict[Outcome, Message] = {
    "worked": say("worked"),
    "no_better": say("no better"),
    "not_in_playbook": say("not in the playbook yet"),
    "not_tested": say("not tested"),
}
EDITS: dict[str, Message] = {"line": say("a line of instruction"), "check": say("a check to tick")}
