"""The rules as shipped: complete, in both languages, each with a source and with examples that hold."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import msgspec
import pytest
import yaml

from runbook.errors import BadContent
from runbook.guardrails import Known, Rule, State, findings, read_rules, with_facts
from runbook.guardrails.examples import Example
from runbook.moment import UNKNOWN

TREE = yaml.load((Path(__file__).parents[1] / "playbooks" / "guardrails.yaml").read_text("utf-8"), yaml.BaseLoader)
RULES = read_rules(TREE)
TEMPLATES = sorted((Path(__file__).parents[1] / "templates").glob("*/*.md.j2"))
EXAMPLES = [(rule, example) for rule in RULES.rules for example in rule.examples]


def test_all_rules_are_there_once_with_their_severities() -> None:
    blocking = (1, 3, 7, 8, 10, 11, 12, 15, 19, 21, 22, 26, 27, 32, 36, 47, 48, 49)
    informing = (9, 34, 38, 43, 44, 46, 50, 51)
    expected = {f"G{n:02}": "warn" for n in range(1, 54)}
    expected |= {f"G{n:02}": "block" for n in blocking} | {f"G{n:02}": "inform" for n in informing}
    assert [(rule.id, rule.severity) for rule in RULES.rules] == list(expected.items())


def test_completeness_rules_speak_only_where_a_template_names_them() -> None:
    named = [rule for rule in RULES.rules if rule.scope == "named"]
    assert named
    for rule in named:
        for example in rule.examples:
            state = msgspec.structs.replace(example.state(rule.id), named=frozenset())
            assert rule.id not in {finding.rule for finding in findings(example.text, RULES, state)}


def test_every_completeness_rule_is_named_by_a_shipped_template_and_no_other_rule_is_invented() -> None:
    heads = {id for path in TEMPLATES for id in re.findall(r"G\d\d", path.read_text("utf-8").split("\n---\n")[0])}
    assert heads <= {rule.id for rule in RULES.rules}
    assert {rule.id for rule in RULES.rules if rule.scope == "named"} <= heads


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
