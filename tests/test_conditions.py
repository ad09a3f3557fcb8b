"""Conditions: what they mean, when they are unknown, what would settle them, and how a mistake is named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.conditions import (
    HAPPENINGS,
    After,
    All,
    Answer,
    Compared,
    Condition,
    ConditionError,
    Confirmed,
    Elapsed,
    Happened,
    Known,
    Leaf,
    Names,
    Not,
    Outcomes,
    Some,
    View,
    Word,
    deciding,
    evaluate,
    leaves,
    names,
    outcomes,
    parse,
    questions,
    read_length,
)
from runbook.errors import BadContent

TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Facts:
    """A view for tests: what is not in `values` nobody has claimed."""

    values: dict[str, Answer] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    when: dict[str, datetime] = field(default_factory=dict)
    now: datetime = datetime(2022, 6, 22, 16, 5, tzinfo=TOKYO)

    def value(self, fact: str) -> Answer:
        return self.values.get(fact)

    def is_confirmed(self, fact: str) -> bool:
        return fact in self.confirmed

    def happened(self, word: Word, name: str) -> datetime | None:
        return self.now if word == "done" and name in self.done else self.when.get(f"{word}({name})")


AMAGASAKI = Facts(
    values={
        "persons": 460517,
        "media_count": 2,
        "cause": "loss",
        "my_number": "no",
        "encrypted": "unknown",
        "organization": "Amagasaki City",
        "regimes": ["jp.appi", "jp.local"],
        "known_at": datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO),
    },
    confirmed=frozenset({"persons"}),
    done=frozenset({"tell-head"}),
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("persons == 460517", True),
        ("persons != 460517", False),
        ("persons > 100", True),
        ("persons >= 460517", True),
        ("persons <= 460516", False),
        ("persons < 460517", False),
        ("persons > 99999999", False),  # as numbers, not as text
        ("cause == loss", True),
        ("cause != theft", True),
        ("my_number == no", True),
        ("my_number == unknown", False),
        ("encrypted == unknown", True),
        ("encrypted != unknown", False),
        ("encrypted == yes", None),  # the answer "unknown" settles nothing
        ("encrypted != yes", None),
        ("remote_erase == yes", None),
        ("remote_erase == unknown", None),  # nobody has said even that
        ('organization == "Amagasaki City"', True),
        ('organization == "Suita City"', False),
        ("regimes == jp.appi", True),
        ("regimes == eu.gdpr", False),
        ("regimes != eu.gdpr", True),
        ("known_at == 2022-06-22T15:45", True),  # local to the incident's zone
        ("known_at == 2022-06-22T06:45+00:00", True),
        ("known_at < 2022-06-22T15:46", True),
        ("known_at > 2022-06-23", False),
        ("lost_at > 2022-06-23", None),
        ("persons == many", None),  # the check refuses it; an incident is not stopped by it
        ("known_at > yesterday", None),
        ("known(persons)", True),
        ("known(encrypted)", False),
        ("known(remote_erase)", False),
        ("confirmed(persons)", True),
        ("confirmed(cause)", False),
        ("done(tell-head)", True),
        ("done(file-report)", False),
        ("elapsed(known_at) >= 20min", True),
        ("elapsed(known_at) > 20min", False),
        ("elapsed(known_at) < 1h", True),
        ("elapsed(lost_at) > 20min", None),
        ("elapsed(cause) > 20min", None),
        ("not my_number == yes", True),
        ("not encrypted == yes", None),
        ("my_number == yes and encrypted == yes", False),
        ("my_number == no and encrypted == yes", None),
        ("my_number == no or encrypted == yes", True),
        ("my_number == yes or encrypted == yes", None),
        ("my_number == no or my_number == yes and cause == theft", True),  # "and" binds tighter
        ("(my_number == no or my_number == yes) and cause == theft", False),
        ("not my_number == yes and cause == theft", False),  # "not" binds tightest
        ("not(done(tell-head)and(cause==loss))", False),
    ],
)
def test_meaning(text: str, answer: bool | None) -> None:
    assert evaluate(parse(text), AMAGASAKI) is answer


def test_what_is_read() -> None:
    assert parse(" not known( a )\nor done(b-2) and confirmed(c) or elapsed(d) <= 90s or e != f ") == Some(
        (
            Not(Known("a")),
            All((Happened("done", "b-2"), Confirmed("c"))),
            Elapsed("d", "<=", timedelta(seconds=90)),
            Compared("e", "!=", "f"),
        )
    )


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("persons", 8),
        ("persons =", 9),
        ("persons == ", 12),
        ("persons == 1 2", 14),
        ("persons == 1 and", 17),
        ("persons == 1 or or x == 2", 17),
        ("(persons == 1", 14),
        ("persons == 1)", 13),
        ("persons == (1)", 12),
        ("1 == persons", 1),
        ('"persons" == 1', 1),
        ("known == yes", 1),
        ("and == yes", 1),
        ("known()", 7),
        ("known(a", 8),
        ("known(not)", 7),
        ("missing(a)", 1),
        ("done(Tell Head)", 6),
        ("elapsed(a)", 11),
        ("elapsed(a) > soon", 14),
        ("elapsed(a) > 20 min", 14),
        ("elapsed a > 20min", 1),
        ('a == "open', 6),
        ("a = b", 3),
        ("a == b ! c", 8),
        ("ａ == b", 1),
        ("a == b; import os", 9),
        ("(" * 60 + "a == b" + ")" * 60, 51),
        ("not " * 60 + "a == b", 201),
    ],
)
def test_a_mistake_is_named_by_its_column(text: str, column: int) -> None:
    with pytest.raises(ConditionError) as mistake:
        parse(text)
    assert mistake.value.column == column
    assert f"column {column}" in str(mistake.value)
    assert mistake.value.exit_code == 2


def test_a_huge_condition_is_read_or_refused_but_never_breaks() -> None:
    long = " and ".join(["a == b"] * 20_000)
    assert len(list(leaves(parse(long)))) == 20_000
    with pytest.raises(ConditionError) as mistake:
        parse("(" * 1_000_000)
    assert len(str(mistake.value)) < 300


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("20min", timedelta(minutes=20)),
        ("24h", timedelta(days=1)),
        ("3d", timedelta(days=3)),
        ("0min", timedelta()),
    ],
)
def test_lengths(text: str, length: timedelta) -> None:
    assert read_length(text) == length


@pytest.mark.parametrize(
    "text", ["", "20", "min", "-3d", "1.5h", "3 d", "3days", "3D", "99999999999d", "1h30min", "3d\n"]
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(BadContent) as mistake:
        read_length(text)
    assert mistake.value.hint


def test_names() -> None:
    condition = parse("a == x and (done(s-1) or not known(b)) and elapsed(c) > 1d and confirmed(a) and done(s-1)")
    assert names(condition) == Names(facts=("a", "b", "c"), steps=("s-1",))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("remote_erase == yes", ("remote_erase",)),
        ("encrypted == yes", ("encrypted",)),  # answered "unknown": still worth asking
        ("my_number == no", ()),
        ("not remote_erase == yes and elapsed(lost_at) > 1h", ("remote_erase", "lost_at")),
        ("my_number == yes and remote_erase == yes", ()),  # settled without it
        ("(my_number == yes and remote_erase == yes) or key_separate == no", ("key_separate",)),
        ("remote_erase == yes or remote_erase == no", ("remote_erase",)),
        ("known(remote_erase)", ()),
        ("done(file-report) or lost_at < 2022-06-22", ("lost_at",)),
    ],
)
def test_the_questions_that_would_settle_it(text: str, asked: tuple[str, ...]) -> None:
    assert questions(parse(text), AMAGASAKI) == asked


@pytest.mark.parametrize(
    ("text", "decided_by"),
    [
        ("my_number == yes and cause == loss", ("my_number",)),  # false by one part
        ("my_number == no and cause == loss", ("my_number", "cause")),  # true by both
        ("cause == theft or persons > 100", ("persons",)),
        ("cause == theft or my_number == yes", ("cause", "my_number")),
        ("not (cause == theft or my_number == yes)", ("cause", "my_number")),
        ("done(tell-head) and known(persons) and confirmed(persons)", ("persons",)),
        ("remote_erase == yes or my_number == yes", ("remote_erase",)),  # unknown
    ],
)
def test_the_facts_that_decide(text: str, decided_by: tuple[str, ...]) -> None:
    assert _decides(parse(text), AMAGASAKI) == decided_by


def _decides(condition: Condition, view: View) -> tuple[str, ...]:
    return deciding(condition, evaluate(condition, view), lambda leaf: frozenset({evaluate(leaf, view)}))


# Properties. The facts a, b, c are yes/no facts; p is a number, t a time.
YESNO = ("a", "b", "c")
NOW = AMAGASAKI.now
comparisons = st.one_of(
    st.builds(Compared, st.sampled_from(YESNO), st.sampled_from(["==", "!="]), st.sampled_from(["yes", "no"])),
    st.builds(
        Compared, st.just("p"), st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), st.sampled_from(["0", "1", "2"])
    ),
    st.builds(
        Elapsed,
        st.just("t"),
        st.sampled_from(["<", ">"]),
        st.sampled_from([timedelta(minutes=20), timedelta(hours=1)]),
    ),
)


def nested(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(st.builds(Not, parts), st.builds(All, several), st.builds(Some, several))


conditions = st.recursive(comparisons, nested, max_leaves=8)
happenings = st.builds(Happened, st.sampled_from(HAPPENINGS), st.sampled_from(["first-notice", "G01", "桁, (13)"]))
everything = st.recursive(
    st.one_of(
        comparisons,
        st.builds(Known, st.sampled_from(YESNO)),
        st.just(Confirmed("a")),
        st.just(Happened("done", "s-1")),
        happenings,
        st.builds(After, st.integers(1, 999).map(lambda n: timedelta(seconds=n)), happenings),
    ),
    nested,
    max_leaves=8,
)
answers = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.sampled_from(["yes", "no"]) for name in YESNO},
        "p": st.integers(0, 2),
        "t": st.sampled_from([NOW - timedelta(minutes=m) for m in (5, 30, 90)]),
    },
)


@given(conditions, conditions, answers)
def test_de_morgan(one: Condition, other: Condition, values: dict[str, Answer]) -> None:
    facts = Facts(values)
    assert evaluate(Not(All((one, other))), facts) is evaluate(Some((Not(one), Not(other))), facts)
    assert evaluate(Not(Some((one, other))), facts) is evaluate(All((Not(one), Not(other))), facts)
    assert evaluate(Not(Not(one)), facts) is evaluate(one, facts)


@given(conditions, conditions, conditions, answers)
def test_the_lattice(x: Condition, y: Condition, z: Condition, values: dict[str, Answer]) -> None:
    facts = Facts(values)
    assert evaluate(All((x, y)), facts) is evaluate(All((y, x)), facts)
    assert evaluate(All((x, Some((x, y)))), facts) is evaluate(x, facts)
    assert evaluate(All((x, Some((y, z)))), facts) is evaluate(Some((All((x, y)), All((x, z)))), facts)


@given(conditions, answers, answers)
def test_filling_in_an_unknown_never_flips_an_answer(
    condition: Condition, known: dict[str, Answer], more: dict[str, Answer]
) -> None:
    """Of comparisons only: `known()` is there to change its answer when a fact becomes known."""
    before = evaluate(condition, Facts(known))
    if before is not None:
        assert evaluate(condition, Facts(more | known)) is before


@given(conditions, answers, answers)
def test_only_the_facts_asked_for_can_settle_it(
    condition: Condition, known: dict[str, Answer], more: dict[str, Answer]
) -> None:
    asked = questions(condition, Facts(known))
    others = {name: value for name, value in more.items() if name not in asked}
    assert evaluate(condition, Facts(others | known)) is evaluate(condition, Facts(known))
    assert bool(asked) == (evaluate(condition, Facts(known)) is None)


@given(conditions, answers)
def test_the_facts_that_decide_are_enough(condition: Condition, values: dict[str, Answer]) -> None:
    answer = evaluate(condition, Facts(values))
    needed = {name: value for name, value in values.items() if name in _decides(condition, Facts(values))}
    assert answer is None or evaluate(condition, Facts(needed)) is answer


@given(
    conditions,
    st.dictionaries(
        st.sampled_from(YESNO), st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=1, max_size=3)
    ),
)
def test_outcomes_hold_every_way_of_taking_the_facts(condition: Condition, told: dict[str, list[str]]) -> None:
    def of(leaf: Leaf) -> Outcomes:
        assert isinstance(leaf, Compared | Elapsed | Known)
        return frozenset(evaluate(leaf, Facts({leaf.fact: word})) for word in told.get(leaf.fact, [None]))

    found = outcomes(condition, of)
    for taken in product(*told.values()):
        assert evaluate(condition, Facts(dict(zip(told, taken, strict=True)))) in found
    assert len(found) == 1 or any(len(set(words)) > 1 for words in told.values())


@given(everything, answers, st.booleans(), st.booleans())
def test_with_every_fact_known_it_is_plain_logic(
    condition: Condition, values: dict[str, Answer], confirmed: bool, done: bool
) -> None:
    rest: dict[str, Answer] = {"a": "no", "b": "no", "c": "no", "p": 1, "t": NOW}
    facts = Facts(rest | values, frozenset("a" if confirmed else ""), frozenset(["s-1"] if done else []))

    def plain(part: Condition) -> bool:
        match part:
            case Not(inner):
                return not plain(inner)
            case All(parts):
                return all(plain(one) for one in parts)
            case Some(parts):
                return any(plain(one) for one in parts)
            case leaf:
                answer = evaluate(leaf, facts)
                assert answer is not None
                return answer

    assert evaluate(condition, facts) is plain(condition)


@given(everything)
def test_what_is_written_out_is_read_back(condition: Condition) -> None:
    assert parse(written(condition)) == condition


def written(condition: Condition) -> str:
    match condition:
        case Compared(fact, op, value):
            return f"{fact}{op}{value}"
        case Elapsed(fact, op, length):
            return f"elapsed({fact}) {op} {int(length.total_seconds())}s"
        case Known(fact):
            return f"known({fact})"
        case Confirmed(fact):
            return f"confirmed( {fact} )"
        case Happened("done", step):
            return f"done({step})"
        case Happened(word, name):
            return f'{word}("{name}")'
        case After(length, Happened(word, name)):
            return f'after({int(length.total_seconds())}s, {word}("{name}"))'
        case Not(part):
            return f"not ({written(part)})"
        case All(parts):
            return " and ".join(f"({written(part)})" for part in parts)
        case Some(parts):
            return " or ".join(f"({written(part)})" for part in parts)


WORDS = [
    "a",
    "b",
    "and",
    "or",
    "not",
    "known",
    "done",
    "elapsed",
    "(",
    ")",
    "==",
    "!=",
    ">",
    "=",
    '"',
    "yes",
    "1",
    "3d",
    "不明",
]


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        condition = parse(text)
    except ConditionError as mistake:
        column = mistake.column
    else:
        evaluate(condition, Facts())
        return
    assert 1 <= column <= len(text) + 1


def test_the_clock_s_zone_does_not_matter() -> None:
    condition = parse("elapsed(known_at) > 19min and known_at >= 2022-06-22T15:45")
    assert evaluate(condition, AMAGASAKI) is True
    elsewhere = replace(AMAGASAKI, now=NOW.astimezone(UTC))
    assert evaluate(parse("elapsed(known_at) > 19min"), elsewhere) is True


# What scenarios ask besides: whether and when something happened


@pytest.mark.parametrize("word", HAPPENINGS)
def test_every_word_of_a_scenario_can_be_asked(word: Word):
    assert parse(f"{word}(first-notice)") == Happened(word, "first-notice")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ('says("桁 (13)")', Happened("says", "桁 (13)")),
        ("ticked(report-head/told)", Happened("ticked", "report-head/told")),
        ("after(20min, fired(call))", After(timedelta(minutes=20), Happened("fired", "call"))),
        ("after(20min,fired(call))", After(timedelta(minutes=20), Happened("fired", "call"))),
        ("after(1h, done(report-head))", After(timedelta(hours=1), Happened("done", "report-head"))),
        ("not tripped(G01) and done(x)", All((Not(Happened("tripped", "G01")), Happened("done", "x")))),
    ],
)
def test_what_a_scenario_asks_is_read(text: str, condition: Condition):
    assert parse(text) == condition


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("after(20min fired(call))", 13),
        ("after(20, fired(call))", 7),
        ("after(20min, persons)", 14),
        ("after(20min, known(persons))", 14),
        ("after(20min, fired(call)", 25),
        ("published()", 11),
        ("happened(x)", 1),
    ],
)
def test_a_mistake_in_what_a_scenario_asks_is_named_by_its_column(text: str, column: int):
    with pytest.raises(ConditionError) as wrong:
        parse(text)
    assert wrong.value.column == column


def test_what_happened_is_true_or_false_and_never_unknown():
    facts = Facts(when={"fired(call)": datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO)})
    assert evaluate(parse("fired(call)"), facts) is True
    assert evaluate(parse("fired(other)"), facts) is False
    assert evaluate(parse("after(20min, fired(call))"), facts) is True  # exactly 20 minutes ago
    assert evaluate(parse("after(21min, fired(call))"), facts) is False
    assert evaluate(parse("after(20min, fired(other))"), facts) is False
    assert questions(parse("fired(other)"), facts) == ()
