"""Facts as the lines of a clock say them."""

from __future__ import annotations

from runbook.case import Case
from runbook.conditions import NOT_KNOWN
from runbook.duties.views import Possible, deciding_facts
from runbook.saying import YES_NO, joined, value_words
from runbook.speech import Argument, Bilingual, say


def title(case: Case, fact: str) -> Argument:
    """A fact as people call it."""
    spec = case.spec(fact)
    return spec.title if spec else fact


def titles(case: Case, facts: tuple[str, ...]) -> Bilingual:
    """Several facts in a row."""
    specs = [(fact, case.spec(fact)) for fact in facts]
    return Bilingual(
        "、".join(spec.title.ja if spec else fact for fact, spec in specs),
        ", ".join(spec.title.en if spec else fact for fact, spec in specs),
    )


def word(case: Case, fact: str, value: str) -> Argument:
    """An answer to a fact, in words."""
    spec = case.spec(fact)
    return (spec.choices.get(value) if spec else None) or YES_NO.get(value) or value


def number(case: Case, fact: str, n: int) -> Argument:
    """A number as a clock counts it: about so many where only an estimate of a data set says so."""
    claimed = any(one.value == n for one in case.incident.fact(fact).possible)
    counted = {one.estimate for one in case.incident.standing_datasets if one.count == n and one.unit == fact}
    return say("about {n}", n=f"{n:,}") if counted == {True} and not claimed else f"{n:,}"


def stated(view: Possible, condition: str) -> Argument:
    """The facts because of which a condition holds or does not, with what they count as."""
    case, facts = view.case, deciding_facts(condition, view)
    return joined([say("{fact}: {value}", fact=title(case, name), value=_counted(view, name)) for name in facts])


def _counted(view: Possible, fact: str) -> Argument:
    """What a fact counts as, in words: all that its sources say, where they differ; a number the largest."""
    case, answer = view.case, view.value(fact)
    if answer is None:
        return YES_NO[NOT_KNOWN]
    if isinstance(answer, int):
        said = number(case, fact, answer)
        return say("at least {n}", n=said) if view.is_least(fact) else said
    spec = case.spec(fact)
    told = [one.value for one in case.incident.fact(fact).possible if one.value != NOT_KNOWN]
    if not told and isinstance(answer, str):
        return word(case, fact, answer)
    return joined([value_words(value, spec.choices if spec else {}, case.zone) for value in dict.fromkeys(told)])
