"""Rules over a text and the incident's state: what must not leave, what a second person must look at.

Pure, below the actions: only the desk computes findings for submission and approval, so that no front end can pass a
cleaner list in. The rules are data (`playbooks/guardrails.yaml`); the checks behind them are small functions over
canonical sentences, all of one shape (`shape.Check`). Default deny for everything that names the secret of a lost
medium.
"""

from runbook.guardrails.checks import SECRET
from runbook.guardrails.findings import Finding, findings, read_rules
from runbook.guardrails.rules import Rule, Rules, Severity
from runbook.guardrails.secret import describes_secret, gives_away_secret, names_secret
from runbook.guardrails.state import Changed, Counted, Earlier, Known, Mail, Plain, State, with_facts

__all__ = [
    "SECRET",
    "Changed",
    "Counted",
    "Earlier",
    "Finding",
    "Known",
    "Mail",
    "Plain",
    "Rule",
    "Rules",
    "Severity",
    "State",
    "describes_secret",
    "findings",
    "gives_away_secret",
    "names_secret",
    "read_rules",
    "with_facts",
]
