"""The checks behind the rules, and what they find in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from runbook.errors import BadContent
from runbook.guardrails import claims, secret, strength
from runbook.guardrails.canon import Page, canonical
from runbook.guardrails.rules import Rules, Severity, State
from runbook.speech import Bilingual, Message, say

Test: TypeAlias = Callable[[Sequence[str], int], "int | None"]
"""Where sentence `i` of canonical sentences trips the rule, or None. Pure."""


class Check(NamedTuple):
    """How a rule is tested, and in which state.

    On the secret there are rules that say what is wrong, and two that ask for a review of whatever they let through;
    a sentence is sent to review once. An approved sentence passes them all.
    """

    test: Test
    applies: Callable[[State], bool] = lambda _: True
    secret: Literal["", "wrong", "review"] = ""


CHECKS: dict[str, Check] = {
    "G01": Check(secret.makeup, secret="wrong"),
    "G03": Check(secret.absent, lambda state: state.lost, secret="wrong"),
    "G04": Check(strength.boasted, secret="review"),
    "G02": Check(secret.mentioned, secret="review"),
    "G06": Check(claims.unconfirmed),
    "G07": Check(claims.unharmed, lambda state: not state.examined),
}
"""In this order: the review comes after what would make it needless."""


class Finding(msgspec.Struct, frozen=True):
    """What a rule found: where (line from 1 in the text as given), the text there, and why it matters."""

    rule: str
    severity: Severity
    message: Bilingual
    excerpt: str
    line: int
    why: Bilingual


def findings(text: str, rules: Rules, state: State) -> tuple[Finding, ...]:
    """Every finding in `text`, by line. Linear in its length: about 10 ms for 10,000 characters.

    Rules on the secret are silent only about a sentence that is, word for word, an approved one.
    """
    page = Page(text)
    sentences = tuple(sentence.text for sentence in page.sentences)
    released = rules.released | canonical("\n\n".join(sorted(state.approved)))
    by_id = {rule.id: rule for rule in rules.rules}
    found: list[Finding] = []
    for i, sentence in enumerate(page.sentences):
        passed, told = sentence.text in released, False
        for id, check in CHECKS.items():
            if not check.applies(state) or (check.secret and passed) or (check.secret == "review" and told):
                continue
            if (at := check.test(sentences, i)) is not None:
                told = told or bool(check.secret)
                place = page.excerpt(sentence, at), page.line(sentence, at)
                found.append(Finding(id, by_id[id].severity, by_id[id].message, *place, by_id[id].why))
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.rule)))


def read_rules(tree: object) -> Rules:
    """The rules in a plain tree of dicts, lists and texts, as `content` reads it from guardrails.yaml.

    A missing rule would let texts pass that it was written to stop, so each check must have its rule.
    Raises BadContent, naming what is wrong and where in the tree.
    """
    try:
        rules = msgspec.convert(tree, Rules)
    except msgspec.ValidationError as error:
        raise _bad(say("The guardrails cannot be read: {problem}.", problem=str(error))) from None
    sources = {source.id for source in rules.sources}
    for rule in rules.rules:
        if rule.source not in sources:
            raise _bad(
                say(
                    "Guardrail {rule} names the source “{source}”, which is not listed.",
                    rule=rule.id,
                    source=rule.source,
                )
            )
    named = Counter(rule.id for rule in rules.rules)
    for id in sorted(named.keys() | CHECKS.keys()):
        if id not in CHECKS:
            raise _bad(say("There is no check behind the guardrail “{rule}”.", rule=id))
        if named[id] != 1:
            raise _bad(say("Guardrail {rule} must be there once; it is there {n} times.", rule=id, n=named[id]))
    return rules


def _bad(problem: Message) -> BadContent:
    return BadContent(problem, say("Correct guardrails.yaml, or remove your own copy: the program's is then used."))
