"""What the rules find in a text, and the reading of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from runbook.errors import BadContent
from runbook.guardrails.canon import Page, canonical, unpaused
from runbook.guardrails.checks import CHECKS, REVIEW, SECRET
from runbook.guardrails.rules import Rule, Rules, Severity
from runbook.guardrails.shape import Spot
from runbook.guardrails.state import State
from runbook.speech import Bilingual, Message, say


class Finding(msgspec.Struct, frozen=True):
    """What a rule found: where (line from 1 in the text as given), the text there, and why it matters.

    A finding on the text as a whole has line 1 and no excerpt. `why` is None where a drill must not tell it yet.
    """

    rule: str
    severity: Severity
    message: Bilingual
    excerpt: str
    line: int
    why: Bilingual | None


def findings(text: str, rules: Rules, state: State) -> tuple[Finding, ...]:
    """Every finding in `text`, by line. Linear in its length: about 20 ms for 10,000 characters.

    Rules on the secret are silent only about a sentence that is, word for word, an approved one; its commas may differ.
    A completeness rule speaks only where the template of the notice's kind names it.
    """
    page = Page(text)
    quoted = canonical("\n\n".join(sorted(state.quoted)))
    released = rules.released | canonical("\n\n".join(sorted(state.approved)))
    applying = [rule for rule in rules.rules if rule.scope == "any" or rule.id in state.named]
    checks = {**CHECKS, **rules.listed}
    told = {rule.id: None if rules.cases.get(rule.source) in state.untold else rule.why for rule in applying}
    found = [
        _finding(page, rule, spot, told[rule.id])
        for rule in applying
        if rule.id not in SECRET
        for spot in checks[rule.id](page, state)
        if not _is_quoted(page, spot, quoted)
    ]
    found += [
        _finding(page, rule, spot, told[rule.id])
        for rule, spot in _on_the_secret(page, applying, state, released, quoted)
    ]
    return tuple(sorted(found, key=lambda finding: (finding.line, finding.rule)))


def _on_the_secret(
    page: Page, applying: list[Rule], state: State, released: frozenset[str], quoted: frozenset[str]
) -> Iterator[tuple[Rule, Spot]]:
    """What the rules on the secret find: nothing in a released sentence, and no review where a sentence was told of."""
    told: set[int | None] = set()
    usable = {unpaused(sentence) for sentence in released}
    by_id = {rule.id: rule for rule in applying}
    for id, check in SECRET.items():
        for spot in check(page, state):
            if spot.sentence is not None and unpaused(page.texts[spot.sentence]) in usable:
                continue
            if (id == REVIEW and spot.sentence in told) or _is_quoted(page, spot, quoted):
                continue
            told.add(spot.sentence)
            yield by_id[id], spot


def _is_quoted(page: Page, spot: Spot, quoted: frozenset[str]) -> bool:
    """Whether what trips the rule stands within a name that a law gave."""
    if spot.sentence is None:
        return False
    text = page.texts[spot.sentence]
    starts = ((name, text.rfind(name, 0, spot.at + len(name))) for name in quoted)
    return any(0 <= start <= spot.at < start + len(name) for name, start in starts)


def _finding(page: Page, rule: Rule, spot: Spot, why: Bilingual | None) -> Finding:
    line, excerpt = 1, ""
    if spot.sentence is not None:
        sentence = page.sentences[spot.sentence]
        line, excerpt = page.line(sentence, spot.at), page.excerpt(sentence, spot.at)
    message = rule.message
    if spot.detail is not None:
        message = Bilingual(message.ja + spot.detail.ja, f"{message.en} {spot.detail.en}")
    return Finding(rule.id, rule.severity, message, excerpt, line, why)


def read_rules(tree: object) -> Rules:
    """The rules in a plain tree of dicts, lists and texts, as `content` reads it from guardrails.yaml.

    A missing rule would let texts pass that it was written to stop, so each check must have its rule.
    Raises BadContent, naming what is wrong and where in the tree.
    """
    try:
        rules = msgspec.convert(tree, Rules, strict=False)
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
    checks = {**CHECKS, **rules.listed}
    for id in sorted(named.keys() | checks.keys()):
        if id not in checks:
            raise _bad(say("There is no check behind the guardrail “{rule}”.", rule=id))
        if named[id] != 1:
            raise _bad(say("Guardrail {rule} must be there once; it is there {n} times.", rule=id, n=named[id]))
    return rules


def _bad(problem: Message) -> BadContent:
    return BadContent(problem, say("Correct guardrails.yaml, or remove your own copy: the program's is then used."))
