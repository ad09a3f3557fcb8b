"""Every kind of mistake a regime can have, named with its line: one small wrong thing in a right regime each."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.content import Mistake, Mistakes, check_regime, read_regime
from runbook.content.elsewhere import Elsewhere
from runbook.declared import FactSpec
from runbook.regime import (
    Addressee,
    Assumption,
    BusinessDays,
    Days,
    DaysAfter,
    DaysAfterYearEnd,
    Force,
    Hours,
    Note,
    Reading,
    Regime,
    TargetDays,
    WithoutDelay,
)
from runbook.speech import Bilingual
from tests.mistaking import by_line, line_of, replaced
from tests.test_content_mistakes import FACTS

RIGHT = """\
id: xx.law
title: {ja: 架空の法律, en: An invented law}
as_of: 2026-11-21
in_force: {from: 2020-04-01, until: 2030-03-31, source: act}
zone: Asia/Tokyo
calendar: JP
default: yes
sources:
  act: {title: {ja: 法律, en: The act}, kind: law, verified: official, date: 2026-11-21}
  guide: {title: {ja: 指針, en: Guidance}, kind: guideline, verified: secondary}
facts:
  serious: {type: yesno, title: {ja: 重大, en: Serious}, ask: {ja: 重大ですか。, en: Is it serious?}}
assumes:
  - {fact: serious, value: yes, source: guide}
occasions:
  "1":
    title: {ja: 重大な事案, en: A serious incident}
    when: serious == yes
    source: act
  "2": {title: {ja: 100人超, en: More than 100}, when: persons > 100, source: act}
exemptions:
  encryption: {title: {ja: 暗号化, en: Encryption}, when: encrypted == yes, source: guide}
items:
  outline: {ja: 概要, en: Outline}
duties:
  - id: xx.law.first
    title: {ja: 速報, en: First report}
    to:
      - {name: {ja: 監督機関, en: The authority}}
      - name: {ja: 大臣, en: The minister}
        when: cause == theft
    when: law_as_of >= 2020-04-01
    from: known_at
    deadlines:
      - {days: 60, rolls: yes, when: cause == theft, title: {ja: 盗難, en: Theft}, source: act}
      - {days: 30, rolls: yes, source: act}
    occasions: ["1"]
    items: [outline]
    exemptions: [encryption]
    sources: [act]
    late: {ja: 遅れた理由を書く。, en: Give the reasons for the delay.}
    notes:
      - {text: {ja: 口頭でもよい。, en: By word of mouth will do.}, source: guide}
  - id: xx.law.target
    title: {ja: 目安, en: By the guidance}
    to: [{name: {ja: 監督機関, en: The authority}}]
    arises: none
    binding: guideline
    in_force: {from: 2027-01-01, source: guide}
    from: known_at
    deadlines: [{target_days: 3-5, source: guide}]
    sources: [guide]
  - id: xx.law.persons
    title: {ja: 本人, en: The persons}
    to: [{name: {ja: 本人, en: The persons}}]
    arises: always
    party: {ja: 委託先, en: The contractor}
    from: duty:xx.law.first
    deadlines: [{without_delay: 72h, source: act}]
    sources: [act]
"""

BOTH = "“{}” must be in both languages, under “ja” and “en”."
RULES = "hours, days, days_after, target_days, business_days, without_delay, days_after_year_end"


def check(text: str, elsewhere: Elsewhere | None = None, file: str = "xx.law.yaml") -> list[Mistake]:
    return check_regime(text, FACTS, file, *([elsewhere] if elsewhere else []))


def named(text: str, elsewhere: Elsewhere | None = None) -> list[tuple[int, str]]:
    return by_line(check(text, elsewhere))


def changed(*changes: tuple[str, str]) -> str:
    return replaced(RIGHT, *changes)


def read(text: str) -> Regime:
    return read_regime(text, FACTS, "xx.law.yaml")


def test_the_right_regime_has_no_mistake() -> None:
    assert check(RIGHT) == []


def test_what_is_read() -> None:
    regime = read(RIGHT)
    first, target, persons = regime.duties
    assert (regime.id, regime.as_of, regime.zone, regime.calendar) == ("xx.law", "2026-11-21", "Asia/Tokyo", "JP")
    assert regime.default
    assert regime.force == Force("2020-04-01", "2030-03-31", "act")
    assert regime.assumptions == (Assumption("serious", "yes", "guide"),)
    assert list(regime.facts) == ["serious"]
    assert regime.occasions["2"].when == "persons > 100"
    assert regime.items == {"outline": Bilingual("概要", "Outline")}
    assert first.to == (
        Addressee(Bilingual("監督機関", "The authority")),
        Addressee(Bilingual("大臣", "The minister"), "cause == theft"),
    )
    assert first.deadlines == (
        Reading(Days(60, True), "act", "cause == theft", Bilingual("盗難", "Theft")),
        Reading(Days(30, True), "act"),
    )
    assert (first.occasions, first.items, first.exemptions) == (("1",), ("outline",), ("encryption",))
    assert (first.arises, first.binding, first.force, first.party) == ("any", "statute", Force(), None)
    assert first.late == Bilingual("遅れた理由を書く。", "Give the reasons for the delay.")
    assert first.notes == (Note(Bilingual("口頭でもよい。", "By word of mouth will do."), "guide"),)
    assert (target.arises, target.binding, target.force.start) == ("none", "guideline", "2027-01-01")
    assert (persons.start, persons.arises) == ("duty:xx.law.first", "always")
    assert persons.party == Bilingual("委託先", "The contractor")


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("hours: 72", Hours(72)),
        ("days: 30", Days(30)),
        ("days: 30, rolls: yes", Days(30, True)),
        ("days: 30, rolls: no", Days(30)),
        ("days_after: 3", DaysAfter(3)),
        ("target_days: 3-5", TargetDays(3, 5)),
        ("target_days: 3-3", TargetDays(3, 3)),
        ("business_days: 3", BusinessDays(3)),
        ("without_delay: 24h", WithoutDelay("24h")),
        ("days_after_year_end: 60", DaysAfterYearEnd(60)),
    ],
)
def test_the_closed_set_of_rules(written: str, rule: object) -> None:
    assert read(changed(("target_days: 3-5", written))).duties[1].deadlines[0].rule == rule


def test_a_regime_survives_being_kept() -> None:
    regime = read(RIGHT)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(regime), type=Regime) == regime


@pytest.mark.parametrize("calendar", ["JP", "BR", "GB", "US"])
def test_calendars_there_are(calendar: str) -> None:
    assert read(changed(("calendar: JP", f"calendar: {calendar}"))).calendar == calendar


def test_what_may_be_left_out_is_left_out() -> None:
    regime = read(changed(("zone: Asia/Tokyo\ncalendar: JP\ndefault: yes\n", "")))
    assert (regime.zone, regime.calendar, regime.default) == ("", "", False)


def test_a_single_duty_may_be_called_like_its_regime() -> None:
    assert check(changed(("id: xx.law.target", "id: xx.law"))) == []


# (what is replaced, by what, the one mistake). The line that must be named ends in “#!”; else it is the changed one.
ONE_MISTAKE = [
    # keys and their values
    ("default: yes", "defualt: yes", "“defualt” is not known here. Did you mean “default”?"),
    ("    arises: none", "    arise: none #!\n    arises: none", "“arise” is not known here. Did you mean “arises”?"),
    ("    arises: none", "    fee: none #!\n    arises: none", "“fee” is not known here."),
    ("as_of: 2026-11-21\n", "as_of: today\n", "“as_of” must be a date such as 2026-11-21."),
    ("title: {ja: 架空の法律, en: An invented law}", "title: An invented law", BOTH.format("title")),
    ("{ja: 本人, en: The persons}}]", "{en: The persons}}]", "“name” has no Japanese text."),
    ("default: yes", "default: always", "“default” must be yes or no."),
    ("zone: Asia/Tokyo", "zone: Asia/Amagasaki", "“zone” must be a time zone such as Asia/Tokyo."),
    ("calendar: JP", "calendar: Japan", "There is no country “Japan”."),
    ("calendar: JP", "calendar: XX", "There is no country “XX”."),
    ("arises: none", "arises: sometimes", "“arises” cannot be “sometimes”, only: any, none, always."),
    ("binding: guideline", "binding: law", "“binding” cannot be “law”, only: statute, guideline, effort."),
    # ids
    ("id: xx.law\n", "id: xx law\n", "“xx law” cannot be a name here; write it like “S0”."),
    ("id: xx.law.target", "id: xx.law.first", "“xx.law.first” is used twice; first in line 26."),
    ("id: xx.law.target", "id: yy.law.target", "A duty's id is that of its regime, or begins with “xx.law.”."),
    ("id: xx.law.target", "id: xx.lawful", "A duty's id is that of its regime, or begins with “xx.law.”."),
    # what is referred to
    ("when: persons > 100", "when: persns > 100", "There is no fact “persns”. Did you mean “persons”?"),
    ("when: law_as_of >= 2020-04-01", "when: done(stop)", "There is no step “stop”."),
    ("when: law_as_of >= 2020-04-01", "when: law_as_of >=",
     "“law_as_of >=” is not a condition: a value is expected (column 13)."),
    ("        when: cause == theft", "        when: cause == fire", "There is no choice “fire”."),
    ("until: 2030-03-31, source: act}", "source: the-act}", "There is no source “the-act”. Did you mean “act”?"),
    ("value: yes, source: guide}", "value: yes, source: gide}", "There is no source “gide”. Did you mean “guide”?"),
    ('    occasions: ["1"]', '    occasions: ["1", "3"]', "There is no occasion “3”."),
    ("items: [outline]", "items: [outline, outlines]", "There is no item “outlines”. Did you mean “outline”?"),
    ("exemptions: [encryption]", "exemptions: [encryption, encrypted]",
     "There is no exemption “encrypted”. Did you mean “encryption”?"),
    ("from: duty:xx.law.first", "from: duty:xx.law.frist", "There is no duty “xx.law.frist”. Did you mean “xx.law.first”?"),
    ("from: duty:xx.law.first", "from: duty:xx.law.persons", "The duty “xx.law.persons” starts with itself."),
    ("from: duty:xx.law.first", "from: serious", "There is no time fact “serious”."),
    ("from: duty:xx.law.first", "from: persons", "There is no time fact “persons”."),
    ("from: duty:xx.law.first", "from: know_at", "There is no time fact “know_at”. Did you mean “known_at”?"),
    # facts of its own, and what they count as
    ("  serious: {type", "  persons: {type: integer, title: {ja: 人数, en: Persons}} #!\n  serious: {type",
     "“persons” is a fact of every playbook already; leave it out."),
    ("{fact: serious, value: yes", "{fact: serios, value: yes",
     "There is no yes-or-no or choice fact “serios”. Did you mean “serious”?"),
    ("{fact: serious, value: yes", "{fact: persons, value: 5", "There is no yes-or-no or choice fact “persons”."),
    ("{fact: serious, value: yes", "{fact: serious, value: perhaps", "“serious” cannot count as “perhaps”."),
    ("{fact: serious, value: yes", "{fact: serious, value: unknown", "“serious” cannot count as “unknown”."),
    ("{fact: serious, value: yes", "{fact: cause, value: fire", "“cause” cannot count as “fire”."),
    ("value: yes, source: guide}", "value: yes, source: guide}\n  - {fact: serious, value: no, source: guide} #!",
     "“serious” is used twice; first in line 14."),
    # conditions nothing can make true
    ("when: persons > 100", "when: persons > 100 and persons < 50", "This condition is never true."),
    ("        when: cause == theft", "        when: cause == theft and cause == loss", "This condition is never true."),
    ("when: encrypted == yes", "when: encrypted == yes and not known(encrypted)", "This condition is never true."),
    ("rolls: yes, when: cause == theft", "rolls: yes, when: cause == theft and cause == loss",
     "This condition is never true."),
    ("when: law_as_of >= 2020-04-01", "when: law_as_of >= 2020-04-01 and law_as_of < 2019-04-01",
     "This condition is never true."),
    # in force
    ("until: 2030-03-31", "until: 2019-03-31", "It ends before it begins."),
    ("until: 2030-03-31", "until: 31 March", "“until” must be a date such as 2026-11-21."),
    ("in_force: {from: 2027-01-01, source: guide}", "in_force: {from: 2027-01-01}", "“source” is missing."),
    # deadlines
    ("{target_days: 3-5, source: guide}", "{weeks: 2, days: 3, source: guide}", "“weeks” is not known here."),
    ("{target_days: 3-5, source: guide}", "{source: guide}", f"Give exactly one rule of: {RULES}."),
    ("{target_days: 3-5, source: guide}", "{days: 3, hours: 72, source: guide}", f"Give exactly one rule of: {RULES}."),
    ("{target_days: 3-5, source: guide}", "{hours: 72}", "“source” is missing."),
    ("target_days: 3-5", "target_days: 5-3", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", "target_days: 3～5", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", "target_days: ٣-٥", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", f"target_days: 1-{'9' * 5000}", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", "target_days: 0-5", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", "target_days: 5", "“target_days” must be two days such as 3-5."),
    ("target_days: 3-5", "days: 0", "“days” must be from 1 to 36500."),
    ("target_days: 3-5", "hours: 999999", "“hours” must be from 1 to 36500."),
    ("target_days: 3-5", "hours: 72h", "“hours” must be a whole number."),
    ("target_days: 3-5", "hours: 72, rolls: yes", "Only “days” can roll over closed days."),
    ("without_delay: 72h", "without_delay: soon", "“soon” is not a length of time. Write a number and s, min, h or d: 20min, 24h, 3d."),
    ("without_delay: 72h", "without_delay: ' '", "“without_delay” is empty."),
    ("{days: 30, rolls: yes, source: act}", "{days: 30, when: serious == yes, title: {ja: 重, en: S}, source: act}",
     "The last deadline counts where no other does: it has no “when”."),
    ("when: cause == theft, title: {ja: 盗難, en: Theft}, ", "",
     "Only the last of several deadlines may be without “when”."),
    ("when: cause == theft, title: {ja: 盗難, en: Theft}, ", "when: cause == theft, ", "“title” is missing."),
    ("deadlines: [{without_delay: 72h, source: act}]", "deadlines: []", "“deadlines” is empty."),
    ("    to: [{name: {ja: 本人, en: The persons}}]", "    to: []", "“to” is empty."),
    ("    sources: [guide]", "    sources: []", "“sources” is empty."),
    # what goes by no occasion
    ("    arises: always", '    arises: always\n    occasions: ["1"] #!', "A duty that always arises goes by no occasions."),
    # what nobody uses
    ("items:\n", "items:\n  causes: {ja: 原因, en: Causes} #!\n", "Nothing here uses the item “causes”."),
    ("exemptions:\n  enc", "exemptions:\n  found: {title: {ja: 発見, en: Found}, when: serious == no, source: act} #!\n  enc",
     "Nothing here uses the exemption “found”."),
    ("sources:\n  act", "sources:\n  other: {title: {ja: 他, en: Other}, kind: law, verified: seed} #!\n  act",
     "Nothing here uses the source “other”."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), ONE_MISTAKE)
def test_one_mistake_is_named_by_its_line(old: str, new: str, message: str) -> None:
    assert named(changed((old, new))) == [(line_of(RIGHT, old, new), message)]


def test_the_file_is_called_like_its_id() -> None:
    (mistake,) = check(RIGHT, file="own/regimes/yy.law.yaml")
    assert str(mistake.said) == "own/regimes/yy.law.yaml:1: This file must be called xx.law.yaml, like its id."


def test_an_occasion_no_duty_goes_by() -> None:
    """A duty that names no occasions goes by all of them, unless it always arises."""
    assert named(changed(("    arises: none", "    arises: always"))) == [(20, "Nothing here uses the occasion “2”.")]


def test_a_duty_for_want_of_an_occasion_where_there_is_none() -> None:
    begin, end = RIGHT.index("occasions:\n"), RIGHT.index("exemptions:\n")
    text = (RIGHT[:begin] + RIGHT[end:]).replace('    occasions: ["1"]\n', "")
    assert named(text) == [(40, "This regime has no occasions that could be missing.")]


def test_duties_that_start_with_each_other() -> None:
    text = changed(
        ("    from: known_at\n    deadlines:\n", "    from: duty:xx.law.persons\n    deadlines:\n"),
        ("    from: known_at\n    deadlines: [{target", "    from: duty:xx.law.first\n    deadlines: [{target"),
    )
    assert named(text) == [(26, "These duties start with each other: xx.law.first → xx.law.persons → xx.law.first.")]


def test_a_fact_of_two_files_is_declared_alike() -> None:
    def declared(fact: FactSpec) -> Elsewhere:
        return Elsewhere({"serious": fact}, {})

    asked = Bilingual("重大か", "Is it grave?")  # words may differ
    assert check(RIGHT, declared(FactSpec("serious", "yesno", asked))) == []
    assert named(RIGHT, declared(FactSpec("serious", "integer", asked))) == [
        (12, "The fact “serious” has the type “integer”, not “yesno”.")
    ]
    text = RIGHT.replace("{type: yesno, ", "{type: choice, choices: {yes: {ja: 重, en: Y}, no: {ja: 軽, en: N}}, ")
    choice = FactSpec("serious", "choice", asked, choices={"yes": asked})
    assert named(text, declared(choice)) == [(12, "The fact “serious” has no choice “no”.")]


def test_two_files_with_one_duty() -> None:
    there = Elsewhere({}, {"xx.law.target": "xx.yaml", "xx.other": "xx.yaml"})
    assert named(RIGHT, there) == [(44, "The duty “xx.law.target” is in xx.yaml already.")]


MANY = """\
id: xx.lwa
as_of: 2026
in_force: {from: 2030-01-01, until: 2029-12-31}
zone: Mars
sources: {act: {title: {ja: 法律, en: The act}, kind: law, verified: officially}}
assumes: {fact: serious}
occasions:
  "1": {title: {ja: 重大}, when: serious == yes, source: the act}
duties:
  - id: xx.law.first
    title: {ja: 速報, en: First report}
    form: 1
    from: duty:xx.law.last
    deadlines:
      - {days: thirty, source: act}
      - {days: 30, when: persons > 100}
    items: [outline]
"""


def test_all_mistakes_are_named_at_once() -> None:
    assert named(MANY) == [
        (1, "This file must be called xx.lwa.yaml, like its id."),
        (1, "“title” is missing."),
        (2, "“as_of” must be a date such as 2026-11-21."),
        (3, "It ends before it begins."),
        (3, "“source” is missing."),
        (4, "“zone” must be a time zone such as Asia/Tokyo."),
        (5, "“verified” cannot be “officially”, only: official, secondary, seed, measured, memory-high, "
            "memory-medium, memory-low, inference."),
        (6, "“assumes” must be a list."),
        (8, "There is no fact “serious”."),
        (8, "There is no source “the act”. Did you mean “act”?"),
        (8, "“title” has no English text."),
        (10, "“sources” is missing."),
        (10, "“to” is missing."),
        (12, "“form” is not known here. Did you mean “from”?"),
        (13, "There is no duty “xx.law.last”. Did you mean “xx.law.first”?"),
        (15, "Only the last of several deadlines may be without “when”."),
        (15, "“days” must be a whole number."),
        (16, "The last deadline counts where no other does: it has no “when”."),
        (16, "“source” is missing."),
        (17, "There is no item “outline”."),
    ]  # fmt: skip
    with pytest.raises(Mistakes) as error:
        read_regime(MANY, FACTS, "xx.law.yaml")
    assert error.value.mistakes == tuple(check(MANY))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ("- a", "The file must have keys of its own."),
        ("a: b: c", "This is not YAML: mapping values are not allowed in this context."),
        ("a: !!python/object:os.system x", "The tag “tag:yaml.org,2002:python/object:os.system” is not allowed: every "
         "value is plain text."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_regime(text: str, message: str) -> None:
    assert (1, message) in named(text)


LINES = RIGHT.splitlines(keepends=True)


@given(st.data())
def test_whatever_a_hand_may_do_to_a_file_is_named_and_crashes_nothing(data: st.DataObject) -> None:
    """A line is lost, doubled, moved or mistyped: mistakes with a line of the file, or a regime, but never both."""
    lines = list(LINES)
    at = data.draw(st.integers(0, len(lines) - 1), label="line")
    match data.draw(st.sampled_from(["lose", "double", "swap", "type"]), label="what"):
        case "lose":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case "swap":
            other = data.draw(st.integers(0, len(lines) - 1), label="other")
            lines[at], lines[other] = lines[other], lines[at]
        case _:
            place = data.draw(st.integers(0, len(lines[at]) - 1), label="place")
            typed = data.draw(st.text("ab09:-{}[]'\"#&*!,. \t\n\x00あ\ud800", max_size=2), label="typed")
            lines[at] = lines[at][:place] + typed + lines[at][place + 1 :]
    text = "".join(lines)
    mistakes = check(text)
    assert all(1 <= mistake.line <= text.count("\n") + 1 for mistake in mistakes)
    if mistakes:
        with pytest.raises(Mistakes) as error:
            read(text)
        assert list(error.value.mistakes) == mistakes
    else:
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(read(text)), type=Regime) == read(text)
