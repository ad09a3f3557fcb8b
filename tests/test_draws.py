"""Scenarios made from a seed: the same for ever, whole for every seed, and safe with whatever the options say."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.content import Content
from runbook.content.draws import draw, draw_mistakes, drawn, leaves_draws, template_mistakes
from runbook.content.mistakes import Mistakes
from runbook.content.nodes import Entries, Items, Node, Scalar, plain, read_nodes
from runbook.content.scenarios import check_scenario, read_scenario
from runbook.content.writing import written
from runbook.drills.auto import SEAT, Player, Wall, drawn_from
from runbook.drills.history import scenarios_played
from runbook.drills.room import Room
from runbook.journal import Journal
from runbook.opening import IN_MEMORY, open_desk
from runbook.scenario import Scenario
from runbook.speech import Bilingual

SHIPPED = Content(None)
PLAYBOOK = SHIPPED.playbook("lost-media")
RANDOM = SHIPPED.file("playbooks/scenarios/random.yaml").read_text("utf-8")
PLAIN = SHIPPED.file("playbooks/scenarios/first-hour.yaml").read_text("utf-8")

TEMPLATE = """\
id: small
draws:
  size:
    few: {ja: 少し, en: a few, persons: [5, 9], records: {of: persons, percent: [100, 150]}}
    many: {weight: 3, ja: たくさん, en: many, persons: [12000, 80000], records: {of: persons, percent: [100, 150]}}
  medium:
    stick: {ja: USBメモリー, en: USB stick, count: 1本}
    paper: {ja: 書類, en: folder, count: 1冊, only: {size: few}}
  place:
    train: {ja: "電車（{medium}）", en: "train ({medium})", office: {ja: 駅, en: station}}
    desk: {ja: 机, en: desk, office: {ja: 課, en: section}}
title: {ja: "{medium}{medium.count}、{size.persons}人", en: "A {medium}, {size.persons} people"}
facts: {media_kind: "{medium.ja}", persons: "{size.persons}"}
injects:
  - {only: {medium: paper}, id: fold, text: {ja: "{place}", en: "{place}"}}
  - {only: {medium: [stick]}, id: plug, text: {ja: "{place}", en: "{place.office}"}, when: "persons == {size.persons}"}
"""


def read(text: str) -> dict[str, object]:
    wrong: list[str] = []
    found = read_nodes(text, lambda line, message: wrong.append(f"{line}: {message}"))
    assert not wrong, wrong
    assert isinstance(found, Entries)
    tree = plain(found)
    assert isinstance(tree, dict)
    return tree


def mistakes(text: str) -> list[str]:
    return [f"{one.line}: {one.message}" for one in draw_mistakes(text, "small.yaml")]


@cache
def made(seed: int) -> Scenario:
    return read_scenario(drawn(RANDOM, seed), PLAYBOOK, "random.yaml")


# What a seed makes


@pytest.mark.parametrize(
    ("seed", "size", "medium", "first"),
    # written down once: whatever changes here would change every drill that was played with its seed
    [(0, "many", "stick", 36975), (1, "many", "stick", 38878), (-7, "few", "paper", 7)],
)
def test_a_seed_draws_the_same_for_ever(seed: int, size: str, medium: str, first: int) -> None:
    told = read(drawn(TEMPLATE, seed))["drawn"]
    assert isinstance(told, dict)
    assert (told["size"], told["medium"], told["size.persons"]) == (size, medium, str(first))


@given(seed=st.integers())
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    assert drawn(TEMPLATE, seed) == drawn(TEMPLATE, seed)


@pytest.mark.parametrize(
    "seed", [-1, -(2**70), 2**64, 10**5000], ids=["minus one", "far below", "beyond 64 bits", "of 5,001 digits"]
)
def test_any_whole_number_is_a_seed(seed: int) -> None:
    assert read(drawn(TEMPLATE, seed))["drawn"]


def test_a_table_added_later_leaves_the_other_draws_as_they_were() -> None:
    more = TEMPLATE.replace(
        "draws:\n", "draws:\n  mood:\n    calm: {ja: 穏やか, en: calm}\n    wild: {ja: 荒れる, en: wild}\n"
    )
    for seed in range(50):
        before, after = read(drawn(TEMPLATE, seed))["drawn"], read(drawn(more, seed))["drawn"]
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        assert {name: value for name, value in after.items() if name != "mood"} == before


def test_a_scenario_that_leaves_nothing_to_the_seed_stays_as_it_is() -> None:
    assert drawn(PLAIN, 5) == PLAIN
    assert not leaves_draws(PLAIN)
    assert leaves_draws(TEMPLATE)


def test_words_and_numbers_stand_in_the_language_of_their_text() -> None:
    seen = {}
    for seed in range(60):
        tree = read(drawn(TEMPLATE, seed))
        told, facts, title = tree["drawn"], tree["facts"], tree["title"]
        assert isinstance(told, dict)
        assert isinstance(facts, dict)
        assert isinstance(title, dict)
        seen[told["size"]] = (title, facts)
        assert int(told["size.persons"]) <= int(told["size.records"]) <= int(told["size.persons"]) * 3 // 2
    title, facts = seen["many"]
    n = int(facts["persons"])
    assert title["en"].endswith(f"{n:,} people")  # 35,013
    assert title["ja"] == f"{facts['media_kind']}1本、{n // 10_000}万{n % 10_000:,}人"  # 3万5,013
    assert facts["media_kind"] == "USBメモリー"


def test_what_does_not_belong_is_left_out_and_nothing_is_left_open() -> None:
    for seed in range(60):
        text = drawn(TEMPLATE, seed)
        tree = read(text)
        assert isinstance(tree["drawn"], dict)
        injects = tree["injects"]
        assert isinstance(injects, list)
        assert [one["id"] for one in injects] == (["fold"] if tree["drawn"]["medium"] == "paper" else ["plug"])
        assert "draws" not in tree
        assert "only" not in text
        assert "{" not in text.replace("{}", "")


def test_an_option_comes_up_as_often_as_its_weight_and_only_where_it_fits() -> None:
    sizes = [read(drawn(TEMPLATE, seed))["drawn"] for seed in range(400)]
    many = [one for one in sizes if isinstance(one, dict) and one["size"] == "many"]
    assert 260 <= len(many) <= 340  # three in four
    assert {one["medium"] for one in many} == {"stick"}
    assert {one["medium"] for one in sizes if isinstance(one, dict)} == {"stick", "paper"}


# Every seed


def test_a_hundred_seeds_make_whole_scenarios() -> None:
    seen = defaultdict(set)
    for seed in range(100):
        one = made(seed)  # raises with every mistake
        for name, option in one.drawn.items():
            seen[name].add(option)
        persons, records = int(one.drawn["size.persons"]), int(one.drawn["size.records"])
        assert 30 <= persons <= 120_000
        assert persons <= records
        assert f"persons == {persons}" in next(act.evidence for act in one.expected if act.id == "counted")
    assert len(seen["size.persons"]) > 90
    assert {name: len(seen[name]) for name in ("size", "medium", "data", "cause", "goes_wrong", "outcome")} == {
        "size": 4,
        "medium": 6,
        "data": 5,
        "cause": 6,
        "goes_wrong": 5,
        "outcome": 4,
    }


def test_what_is_drawn_makes_sense_together() -> None:
    for seed in range(100):
        one = made(seed)
        drew = one.drawn
        injects = one.by_id
        if drew["medium"] == "paper":
            assert drew["protection"] == "paper"
            assert int(drew["size.persons"]) <= 1000
            assert not any("パスワード" in inject.text.ja for inject in one.injects)
        else:
            assert drew["protection"] != "paper"
        if drew["protection"] in ("password", "encrypted"):
            assert "何桁" in injects["reporter"].text.ja
        if drew["cause"] == "train":
            assert "忘れ物センター" in injects["place-answers"].sender.ja
        if drew["cause"] in ("car", "insider"):
            assert next(act.evidence for act in one.expected if act.id == "police-told") == ("done(police-theft)",)
        assert (drew["cause"] == "insider") == (drew["outcome"] == "returned")
        assert drew["goes_wrong"] != "affiliation" or drew["cause"] == "contractor"
        assert one.facts["contractor_involved"] == ("yes" if drew["cause"] == "contractor" else "no")
        assert ("find" in injects) != ("no-find" in injects)


@pytest.mark.parametrize("seed", [0, 4, 9, 17, 2**40])
def test_it_plays_from_beginning_to_end(seed: int) -> None:
    wall = Wall(made(seed).starts)
    desk = open_desk(
        IN_MEMORY, "x", seat=SEAT, clock=wall, content=SHIPPED, entropy=drawn_from(seed, "random"), create=True
    )
    nobody = Journal("nobody", "lost-media", "Asia/Tokyo", Bilingual("誰もいない", "Nobody"), ())
    case = Player(desk, wall, nobody).play("random", seed)
    assert case.incident.drill is not None
    came = {inject for inject, state in case.incident.drill.injects.items() if state.arrival is not None}
    assert {"call", "contents", "mayor-asks", "caller", "reporter", "not-public", "leaked"} <= came
    assert case.value("organization") in {"緑が浦市", "白鷺野市", "杉の宮市", "風早ヶ丘市"}
    desk.close()


def test_a_drill_is_called_by_what_was_drawn_for_it() -> None:
    wall = Wall(made(0).starts)
    desk = open_desk(
        IN_MEMORY, "x", seat=SEAT, clock=wall, content=SHIPPED, entropy=drawn_from(0, "random"), create=True
    )
    room = Room(desk)
    room.start("random", seed=2)
    room.start("random", seed=3, language="en")
    room.start("random", "第3回", seed=3)
    cards = desk.cards()
    assert {card.title for card in cards} == {
        "杉の宮市・書類のファイルの紛失",
        "Midorigaura city: privately owned USB stick lost",
        "第3回",
    }
    assert scenarios_played(cards).keys() == {"random"}
    english = next(card.id for card in cards if card.title.startswith("Midorigaura"))
    assert room.report(english).title == Bilingual(
        "緑が浦市・私物のUSBメモリーの紛失", "Midorigaura city: privately owned USB stick lost"
    )
    assert room.scenarios()["random"].title.ja == "毎回変わる訓練（媒体の紛失）", "nothing was drawn yet"
    desk.close()


# Whatever the options say


_WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n\t\"'{}:#&*!|>%@`,[]-\x85\u2028\ufeff"),
    min_size=1,
    max_size=40,
)


@given(ja=_WORDS, en=_WORDS)
def test_no_word_of_an_option_can_change_what_the_file_says(ja: str, en: str) -> None:
    option = {"ja": "あ" + ja, "en": "a" + en}
    tree = read(TEMPLATE)
    quoted = "".join(f"{line}\n" for line, _ in written(_with_option(option)))
    if mistakes(quoted):
        return  # a brace that stands for nothing is named by the check
    found = read(drawn(quoted, 3))
    assert set(found) == (set(tree) - {"draws"}) | {"drawn"}
    title = found["title"]
    assert isinstance(title, dict)
    assert title["ja"].startswith(option["ja"].replace("{medium}", "").rstrip())


def _with_option(words: dict[str, str]) -> Node:
    text = TEMPLATE.replace("ja: USBメモリー, en: USB stick", "ja: JA, en: EN").replace(", only: {size: few}", "")
    text = text.replace("ja: 書類, en: folder", "ja: JA, en: EN")
    root = read_nodes(text, lambda line, message: None)
    assert root is not None

    def put(node: Node) -> Node:
        match node:
            case Scalar(text="JA"):
                return Scalar(words["ja"], node.line)
            case Scalar(text="EN"):
                return Scalar(words["en"], node.line)
            case Items(items=items):
                return Items(tuple(put(one) for one in items), node.line)
            case Entries(pairs=pairs):
                return Entries(tuple((key, put(value)) for key, value in pairs), node.line)
        return node

    return put(root)


@given(
    st.recursive(
        _WORDS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
        max_leaves=12,
    ).filter(lambda tree: isinstance(tree, dict))
)
def test_what_is_written_reads_back_as_it_was(tree: object) -> None:
    text = "".join(f"{line}\n" for line, _ in written(_nodes(tree)))
    if tree:
        assert read(text) == tree


def _nodes(tree: object) -> Node:
    if isinstance(tree, dict):
        return Entries(tuple((Scalar(key, 1), _nodes(value)) for key, value in tree.items()), 1)
    if isinstance(tree, list):
        return Items(tuple(_nodes(one) for one in tree), 1)
    return Scalar(str(tree), 1)


# What is wrong with a template


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("{size.persons}人", "{sise.persons}人", 12, "There is no draw “sise”. Did you mean “size”?"),
        ("{medium.count}", "{medium.weight}", 12, "“stick” of “medium” has no “weight”."),
        ("only: {medium: paper}", "only: {medium: papers}", 15, "There is no option “papers”. Did you mean “paper”?"),
        ("only: {medium: paper}", "only: {mediun: paper}", 15, "There is no draw “mediun”. Did you mean “medium”?"),
        (
            "persons: [5, 9]",
            "persons: [9, 5]",
            4,
            "“persons” must be the least and the most of a number, such as [30, 100].",
        ),
        ("weight: 3", "weight: 0", 5, "“weight” must be a whole number above 0."),
        ("en: desk, ", "", 11, "“desk” has no English text."),
        ("only: {size: few}", "only: {place: train}", 8, "There is no draw “place”."),
        ("en: a few", 'en: "{place}"', 4, "There is no draw “place”."),
        ('media_kind: "{medium.ja}"', 'media_kind: "{place.office}"', 13, "is in two languages; this text is in none"),
        ("  size:\n    few: {", "  size:\n    few: x\n    less: {", 4, "“few” must have keys of its own."),
    ],
)
def test_a_mistake_is_named_at_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in TEMPLATE
    found = mistakes(TEMPLATE.replace(old, new, 1))
    assert any(one.startswith(f"{line}: ") and says in one for one in found), found
    with pytest.raises(Mistakes):
        drawn(TEMPLATE.replace(old, new, 1), 1)


def test_a_draw_of_which_nothing_fits_is_named() -> None:
    stuck = TEMPLATE.replace("en: USB stick, count: 1本", "en: USB stick, count: 1本, only: {size: few}")
    assert mistakes(stuck) == ["6: None of “medium” fits what is drawn before it (seed 0)."]


def test_what_is_wrong_in_a_scenario_drawn_is_named_at_the_templates_line() -> None:
    wrong = RANDOM.replace("evidence: [done(report-head)]", "evidence: [done(report-hed)]", 1)
    number = wrong.splitlines().index("    evidence: [done(report-hed)]") + 1
    found = check_scenario(wrong, PLAYBOOK, "random.yaml")
    assert [(one.file, one.line) for one in found] == [("random.yaml", number)]
    assert "report-hed" in str(found[0].message)


def test_the_shipped_template_is_in_order() -> None:
    assert draw_mistakes(RANDOM, "random.yaml") == []
    assert template_mistakes(PLAIN, "first-hour.yaml", lambda text: []) == []


def test_each_line_knows_where_it_comes_from() -> None:
    one = draw(TEMPLATE, 1, "small.yaml")
    lines = one.text.splitlines()
    place = next(number for number, line in enumerate(lines, 1) if "media_kind" in line)
    assert one.line(place) == 13
    assert hashlib.sha256(one.text.encode()).hexdigest() == hashlib.sha256(drawn(TEMPLATE, 1).encode()).hexdigest()


@given(
    at=st.integers(0, len(TEMPLATE) - 1),
    length=st.integers(0, 12),
    instead=st.sampled_from(
        ["", "x", "{", "}", "[", "]", ":", ",", '"', "only", "[0, 1]", "{medium}", "\n", "  ", "- "]
    ),
)
def test_a_template_is_named_wrong_or_can_be_drawn_from(at: int, length: int, instead: str) -> None:
    text = TEMPLATE[:at] + instead + TEMPLATE[at + length :]
    wrong = mistakes(text)
    try:
        made = [drawn(text, seed) for seed in range(5)]
    except Mistakes:
        assert wrong
    else:
        assert not wrong
        assert len(made) == 5


@pytest.mark.parametrize("draws", ["", "[]", "x", "{}", "{size: x}", "{size: {}}", "{size: {few: {}}}", "[a, b]"])
def test_odd_tables_are_no_crash(draws: str) -> None:
    text = f"id: odd\ndraws: {draws}\n"
    if draws == "{}":
        assert drawn(text, 1) == "id: odd\ndrawn: {}\n"
    else:
        assert mistakes(text)


def test_what_was_drawn_is_told_in_words_of_both_languages() -> None:
    for seed in (1, 12):
        recap, drew = made(seed).recap, made(seed).drawn
        assert len(recap) == 7
        for said in recap:
            assert "{" not in said.ja + said.en
            assert not set(drew.values()) & set(said.en.replace(",", "").split(": ")[1:]) - {"no", "yes", "none"}
            assert not re.search(r"[ぁ-ん一-龥]", said.en)
        assert any(f"{int(drew['size.persons']):,} people" in said.en for said in recap)
