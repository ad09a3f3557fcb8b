"""The conditions of playbooks: a small language whose answers are true, false or unknown (rules 19).

`persons > 100 and not done(tell-head)`: facts compared with values, `and or not`, brackets, `known(fact)`,
`confirmed(fact)`, `done(step)`, `elapsed(fact) > 20min`. Kleene's logic: unknown (None) spreads only where it could
change the answer. Scenarios may also ask what happened: `published(first-notice)`, `after(20min, fired(call))`. Pure:
whoever asks hands in a `View` of the facts.
"""

from runbook.conditions.answers import (
    NOT_KNOWN,
    Answer,
    Outcomes,
    View,
    deciding,
    evaluate,
    instants,
    outcomes,
    questions,
)
from runbook.conditions.reading import ConditionError, facts_in, parse, read_length
from runbook.conditions.terms import (
    HAPPENINGS,
    RESERVED,
    After,
    All,
    Compared,
    Condition,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Leaf,
    Names,
    Not,
    Operator,
    Some,
    Word,
    leaves,
    names,
)

__all__ = [
    "HAPPENINGS",
    "NOT_KNOWN",
    "RESERVED",
    "After",
    "All",
    "Answer",
    "Compared",
    "Condition",
    "ConditionError",
    "Confirmed",
    "Elapsed",
    "Happened",
    "Known",
    "Leaf",
    "Names",
    "Not",
    "Operator",
    "Outcomes",
    "Some",
    "View",
    "Word",
    "deciding",
    "evaluate",
    "facts_in",
    "instants",
    "leaves",
    "names",
    "outcomes",
    "parse",
    "questions",
    "read_length",
]
