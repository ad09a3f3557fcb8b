"""The rules as shipped: complete, in both languages, each with a source and with examples that hold."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from runbook.errors import BadContent
from runbook.guardrails import Known, Rule, State, findings, read_rules, with_facts
from runbook.guardrails.examples import Example
from runbook.moment import UNKNOWN

TREE = yaml.load((Path(__file__).parents[1] / "playbooks" / "guardrails.yaml").read_text("utf-8"), yaml.BaseLoader)
RULES = read_rules(TREE)
EXAMPLES = [(rule, example) for rule in RULES.rules for example in rule.examples]


def test_the_rules_of_this_edition_and_their_severities() -> None:
    severities = {rule.id: rule.severity for rule in RULES.rules}
    blocking = {"G01", "G03", "G07", "G08", "G10", "G11", "G12", "G15", "G19", "G21", "G22", "G26", "G27", "G32", "G36"}
    informing = {"G09", "G34", "G38", "G43", "G44", "G46", "G50", "G51"}
    assert {id for id, severity in severities.items() if severity == "block"} <= blocking | {"G47", "G48", "G49"}
    assert {id for id, severity in severities.items() if severity == "inform"} <= informing
    assert {id for id, severity in severities.items() if severity == "warn"} & (blocking | informing) == set()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.id}-{e.text[:20]}" for r, e in EXAMPLES])
def test_every_example_does_what_it_says(rule: Rule, example: Example) -> None:
    tripped = {finding.rule for finding in findings(example.text, RULES, example.state(rule.id))}
    assert (rule.id in tripped) == (example.trips == "yes")


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_shows_both_sides_in_both_languages(rule: Rule) -> None:
    for trips in ("yes", "no"):
        texts = [example.text for example in rule.examples if example.trips == trips]
        assert len(texts) >= 2
        assert any(text.isascii() for text in texts)
        assert any(not text.isascii() for text in texts)
    for said in (rule.title, rule.message, rule.why):
        assert said.en.isascii()
        assert not said.ja.isascii()


@pytest.mark.parametrize("sentence", RULES.approved, ids=lambda sentence: sentence.en)
def test_an_approved_sentence_passes_as_it_stands_and_only_so(sentence) -> None:
    assert findings(f"# お知らせ\n\n- {sentence.ja}\n- {sentence.en}\n", RULES, State()) == ()
    if "パスワード" in sentence.ja:
        assert findings(sentence.ja.replace("、", "、原則として、", 1), RULES, State()) != ()


def broken(change) -> object:
    tree = deepcopy(TREE)
    change(tree)
    return tree


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda tree: tree["rules"].pop(0), "G01 must be there once; it is there 0 times"),
        (lambda tree: tree["rules"].append(tree["rules"][0]), "G01 must be there once; it is there 2 times"),
        (lambda tree: tree["rules"].append({**tree["rules"][0], "id": "G99"}), "no check behind the guardrail “G99”"),
        (lambda tree: tree["rules"][0].update(source="hearsay"), "“hearsay”"),
        (lambda tree: tree["rules"][0].update(severity="fatal"), "fatal"),
        (lambda tree: tree["rules"][0].update(colour="red"), "colour"),
        (lambda tree: tree["rules"][0]["message"].pop("en"), "$.rules[0].message"),
        (lambda tree: tree.pop("approved"), "approved"),
    ],
)
def test_a_broken_file_is_refused_by_name(change, named: str) -> None:
    with pytest.raises(BadContent) as refused:
        read_rules(broken(change))
    assert named in str(refused.value)
    assert "guardrails.yaml" in str(refused.value.hint)


@pytest.mark.parametrize("tree", [None, [], "rules", {"rules": "none"}])
def test_something_else_is_not_rules(tree: object) -> None:
    with pytest.raises(BadContent):
        read_rules(tree)


def test_only_confirmed_facts_release() -> None:
    found = Known("2022-06-24T12:00+09:00")
    assert with_facts(State(), {}).lost
    assert with_facts(State(), {"found_at": Known("unknown")}).lost
    assert with_facts(State(), {"found_at": Known(UNKNOWN)}).lost
    assert with_facts(State(), {"found_at": Known("2022-06-24T12:00+09:00", "claimed")}).lost
    assert not with_facts(State(), {"found_at": found}).lost
    assert not with_facts(State(), {"found_at": found}).examined
    assert not with_facts(State(), {"forensic_result": Known("複製の痕跡なし", "estimate")}).examined
    assert with_facts(State(), {"forensic_result": Known("複製の痕跡なし")}).examined
