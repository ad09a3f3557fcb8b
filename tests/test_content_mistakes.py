"""Every kind of mistake a playbook can have, named with its line: one small wrong thing in a right playbook each."""

from __future__ import annotations

import msgspec
import pytest

from runbook.content import Mistake, Mistakes, check_playbook, read_playbook
from runbook.content.elsewhere import Elsewhere
from runbook.notice_kinds import NoticeKind
from runbook.playbook import Check, Due, FactSpec, Field, Files, Playbook, Seen
from runbook.speech import Bilingual
from tests.mistaking import by_line, line_of, replaced

FACTS = """\
facts:
  known_at: {type: time, title: {ja: 知った日時, en: Known at}, ask: {ja: いつ知りましたか。, en: When was it known?}}
  persons: {type: integer, title: {ja: 人数, en: Persons}}
  encrypted: {type: yesno, title: {ja: 暗号化, en: Encrypted}}
  place: {type: text, title: {ja: 場所, en: Place}, guard: password}
  law_as_of: {type: date, title: {ja: 基準日, en: Law as of}}
  regimes: {type: list, title: {ja: 制度, en: Regimes}}
  cause:
    type: choice
    title: {ja: 原因, en: Cause}
    choices: {loss: {ja: 紛失, en: Loss}, theft: {ja: 盗難, en: Theft}}
"""

RIGHT = """\
id: lost-bag
edition: 2026-11-21
zone: Asia/Tokyo
title: {ja: かばんの紛失, en: A lost bag}
about: {ja: かばんをなくしたとき。, en: For a lost bag.}
roles:
  lead: {ja: 責任者, en: Lead}
sources:
  S0: {title: {ja: 市のページ, en: City page}, kind: case, verified: seed, date: 2022-07-04, url: https://example.org/}
facts:
  colour: {type: text, title: {ja: 色, en: Colour}}
registers:
  tiers:
    title: {ja: 委託の段, en: Tiers}
    key: name
    columns:
      - {id: name, type: organisation, title: {ja: 名前, en: Name}}
warnings:
  no-length:
    title: {ja: 桁数は言わない, en: Do not say how long it is}
    text: {ja: 言わない。, en: Say nothing.}
    why: {ja: 推測を招く。, en: It invites guessing.}
    source: S0
    when: encrypted != no
phases:
  - id: first
    title: {ja: 初動, en: First minutes}
    key: h
    steps:
      - id: write-down
        title: {ja: 書きとめる, en: Write it down}
        why: {ja: 忘れる。, en: It is forgotten.}
        do:
          - {ja: 時刻を書く。, en: Write the time.}
        checks:
          - {id: told, ja: 伝えた, en: It was told}
        fields:
          - {id: when, fact: known_at, required: yes}
          - {id: bag, type: text, title: {ja: かばん, en: Bag}, hint: {ja: 色と形, en: Colour and shape}}
          - {id: why-lost, fact: cause, status: claimed}
          - {id: tier, type: register, register: tiers, title: {ja: 段, en: Tiers}}
        due: {from: opened, within: 20min, target: yes, source: S0}
        does: [lead]
        told: [lead]
      - id: tell-head
        title: {ja: 首長に伝える, en: Tell the head}
        why: {ja: 決めるため。, en: To decide.}
        do: [{ja: 電話する。, en: Telephone.}]
        requires: [write-down]
        when: persons > 100 and not done(write-down)
        due: {from: known_at, by_day: 5}
        warnings: [no-length]
        seen:
          - {what: {ja: 半日かかった。, en: It took half a day.}, minutes: 765, source: S0}
        sources: [S0]
  - id: public
    title: {ja: 公表, en: Going public}
    steps:
      - id: publish
        title: {ja: 公表する, en: Publish}
        why: {ja: 知らせるため。, en: To let people know.}
        do: [{ja: 出す。, en: Put it out.}]
        requires: [tell-head]
        due: {from: "step:tell-head", within: 3d}
        notices: [first-notice, D05]
"""

BOTH = "“{}” must be in both languages, under “ja” and “en”."

KINDS = (
    NoticeKind("D02", "first-notice", Bilingual("第1報", "First notice"), "citizens"),
    NoticeKind("D05", "scam-caution", Bilingual("詐欺に注意", "Scam caution"), "citizens"),
)


def check(text: str | bytes, facts: str = FACTS) -> list[Mistake]:
    return check_playbook(text, facts, KINDS, "bag.yaml")


def named(text: str | bytes, facts: str = FACTS) -> list[tuple[int, str]]:
    return by_line(check(text, facts))


def changed(*changes: tuple[str, str]) -> str:
    return replaced(RIGHT, *changes)


def test_the_right_playbook_has_no_mistake() -> None:
    assert check(RIGHT) == []


def test_what_is_read() -> None:
    playbook = read_playbook(RIGHT, FACTS, "bag.yaml", KINDS)
    first, tell = playbook.steps["write-down"], playbook.steps["tell-head"]
    assert [phase.key for phase in playbook.phases] == ["h", ""]
    assert list(playbook.facts) == [
        "known_at",
        "persons",
        "encrypted",
        "place",
        "law_as_of",
        "regimes",
        "cause",
        "colour",
    ]
    assert playbook.facts["colour"] == FactSpec("colour", "text", Bilingual("色", "Colour"))
    assert first.checks == (Check("told", Bilingual("伝えた", "It was told")),)
    assert first.lines == (Bilingual("時刻を書く。", "Write the time."),)
    assert first.due == Due("opened", within="20min", target=True, source="S0")
    assert tell.due == Due("known_at", by_day=5)
    assert tell.when == "persons > 100 and not done(write-down)"
    assert tell.seen == (Seen(Bilingual("半日かかった。", "It took half a day."), "S0", 765),)
    assert playbook.steps["publish"].notices == ("first-notice", "D05")
    assert playbook.warnings["no-length"].when == "encrypted != no"
    assert playbook.registers["tiers"].columns[0].type == "organisation"
    assert playbook.sources["S0"].verified == "seed"


def test_a_field_takes_from_its_fact_what_it_leaves_out() -> None:
    fields = {field.id: field for field in read_playbook(RIGHT, FACTS, "bag.yaml").steps["write-down"].fields}
    assert fields["when"] == Field("when", "time", Bilingual("知った日時", "Known at"), fact="known_at", required=True)
    choices = {"loss": Bilingual("紛失", "Loss"), "theft": Bilingual("盗難", "Theft")}
    assert fields["why-lost"] == Field(
        "why-lost", "choice", Bilingual("原因", "Cause"), choices=choices, fact="cause", status="claimed"
    )
    text = changed(("fact: known_at, required: yes", "fact: place, title: {ja: どこ, en: Where}"))
    (place, *_) = read_playbook(text, FACTS, "bag.yaml").steps["write-down"].fields
    assert place == Field("when", "text", Bilingual("どこ", "Where"), fact="place", guard="password")


def test_a_compiled_playbook_survives_being_kept() -> None:
    playbook = read_playbook(RIGHT, FACTS, "bag.yaml", KINDS)
    assert playbook.numbers["publish"] == "2-1"  # a cached answer must not get in the way
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(playbook), type=Playbook) == playbook


# (what is replaced, by what, the one mistake). The line that must be named ends in “#!”; else it is the changed one.
ONE_MISTAKE = [
    # keys and their values
    ("about: {", "abuot: {x: y} #!\nabout: {", "“abuot” is not known here. Did you mean “about”?"),
    ("        does: [lead]", "        colour: red #!\n        does: [lead]", "“colour” is not known here."),
    ("{id: told, ja:", "{ja:", "“id” is missing."),
    ("    key: h", "    key: h\n    key: p #!", "“key” is given twice; first in line 28."),
    ("told: [lead]", "told: [lead]\n        told: [lead] #!", "“told” is given twice; first in line 44."),
    ("zone: Asia/Tokyo", "zone: [Asia, Tokyo]", "“zone” must be a text."),
    ("zone: Asia/Tokyo", "zone: Asia/Amagasaki", "“zone” must be a time zone such as Asia/Tokyo."),
    ("zone: Asia/Tokyo", "zone: ../../etc/passwd", "“zone” must be a time zone such as Asia/Tokyo."),
    ("zone: Asia/Tokyo", "zone: Asia", "“zone” must be a time zone such as Asia/Tokyo."),
    ("zone: Asia/Tokyo", "zone:", "“zone” is empty."),
    ("edition: 2026-11-21", "edition: 21 November", "“edition” must be a date such as 2026-11-21."),
    ("does: [lead]", "does: lead", "“does” must be a list."),
    ("does: [lead]", "does: [[lead]]", "“does” must be a list of names."),
    ("roles:\n  lead: {ja: 責任者, en: Lead}", "roles: &r\n  lead: [] #!", BOTH.format("lead")),
    ("due: {from: known_at, by_day: 5}", "due: 5 days", "“due” must have keys of its own."),
    ("          - {id: bag, type: text, title: {ja: かばん, en: Bag}, hint: {ja: 色と形, en: Colour and shape}}",
     "          - bag", "“fields” must have keys of its own."),
    ("by_day: 5}", "by_day: five}", "“by_day” must be a whole number."),
    ("by_day: 5}", "by_day: -5}", "“by_day” must be a whole number."),
    ("by_day: 5}", "by_day: 0}", "The first day is day 1."),
    ("minutes: 765,", "minutes: 12h,", "“minutes” must be a whole number."),
    ("required: yes}", "required: perhaps}", "“required” must be yes or no."),
    ("kind: case,", "kind: blog,", "“kind” cannot be “blog”, only: case, law, guideline, press, practice."),
    ("verified: seed,", "verified: surely,", "“verified” cannot be “surely”, only: official, secondary, seed, "
     "measured, memory-high, memory-medium, memory-low, inference."),
    # translations
    ("title: {ja: かばんの紛失, en: A lost bag}", "title: {en: A lost bag}", "“title” has no Japanese text."),
    ("title: {ja: 初動, en: First minutes}", "title:\n      ja: 初動", "“title” has no English text."),
    ("title: {ja: 初動, en: First minutes}", 'title:\n      ja: 初動\n      en: "" #!', "“title” has no English text."),
    ("about: {ja: かばんをなくしたとき。, en: For a lost bag.}", "about: A bag", BOTH.format("about")),
    ("- {ja: 時刻を書く。, en: Write the time.}", "- {ja: 時刻を書く。}", "“do” has no English text."),
    ("- {ja: 時刻を書く。, en: Write the time.}", "- 時刻を書く。", BOTH.format("do")),
    ("ja: 伝えた, en: It was told}", "ja: 伝えた}", "“checks” has no English text."),
    ("{ja: 半日かかった。, en: It took half a day.}", "{en: It took half a day.}", "“what” has no Japanese text."),
    ("why: {ja: 推測を招く。, en: It invites guessing.}", "why: {ja: 推測を招く。}", "“why” has no English text."),
    ("hint: {ja: 色と形, en: Colour and shape}", "hint: {ja: 色と形, en: }", "“hint” has no English text."),
    ("lead: {ja: 責任者, en: Lead}", "lead: {ja: 責任者}", "“lead” has no English text."),
    # names
    ("id: lost-bag", "id: Lost Bag", "“Lost Bag” cannot be a name here; write it like “report-loss”."),
    ("- id: first\n", "- id: 1-2\n", "“1-2” cannot be a name here; write it like “report-loss”."),
    ("  colour: {type", "  Colour: {type", "“Colour” cannot be a name here; write it like “known_at”."),
    ("    key: h", "    key: hotline", "“hotline” cannot be a name here; write it like “h”."),
    ("- id: public\n", "- id: first\n", "“first” is used twice; first in line 26."),
    ("title: {ja: 公表, en: Going public}", "title: {ja: 公表, en: Going public}\n    key: h #!",
     "“h” is used twice; first in line 28."),
    ("- id: publish\n", "- id: write-down\n", "“write-down” is used twice; first in line 30."),
    ("{id: told, ja: 伝えた, en: It was told}", "{id: told, ja: 伝えた, en: It was told}\n"
     "          - {id: told, ja: 聞いた, en: It was heard} #!", "“told” is used twice; first in line 36."),
    ("- {id: bag, type", "- {id: when, type", "“when” is used twice; first in line 38."),
    ("  colour: {type", "  persons: {type", "“persons” is a fact of every playbook already; leave it out."),
    ("  colour: {type", "  known: {type", "“known” is a word of conditions; give the fact another name."),
    # what is referred to
    ("does: [lead]", "does: [leed]", "There is no role “leed”. Did you mean “lead”?"),
    ("told: [lead]", "told: [mayor]", "There is no role “mayor”."),
    ("sources: [S0]", "sources: [piyolog]", "There is no source “piyolog”."),
    ("    source: S0\n", "    source: S9\n", "There is no source “S9”."),
    ("minutes: 765, source: S0}", "source: S9}", "There is no source “S9”."),
    ("target: yes, source: S0}", "source: S9}", "There is no source “S9”."),
    ("warnings: [no-length]", "warnings: [no-length, no-lenght]",
     "There is no warning “no-lenght”. Did you mean “no-length”?"),
    ("[first-notice, D05]", "[first-notise]", "There is no kind of notice “first-notise”. Did you mean “first-notice”?"),
    ("[first-notice, D05]", "[D02, D99]", "There is no kind of notice “D99”."),
    ("register: tiers,", "register: tires,", "There is no register “tires”. Did you mean “tiers”?"),
    ("    key: name", "    key: nme", "There is no column “nme”. Did you mean “name”?"),
    ("requires: [write-down]", "requires: [wrote-down]",
     "There is no step “wrote-down”. Did you mean “write-down”?"),
    ("requires: [write-down]", "requires: [Write-down]",
     "There is no step “Write-down”. Did you mean “write-down”?"),
    # facts and fields
    ("fact: known_at, required", "fact: knwon_at, required", "There is no fact “knwon_at”. Did you mean “known_at”?"),
    ("fact: known_at, required", "fact: known_at, type: text, required",
     "The fact “known_at” has the type “time”, not “text”."),
    ("fact: cause,", "fact: cause, choices: {flood: {ja: 水, en: Flood}},", "The fact “cause” has no choice “flood”."),
    ("status: claimed}", "status: withdrawn}", "“status” cannot be “withdrawn”, only: confirmed, estimate, claimed."),
    ("{id: bag, type: text, title: {ja: かばん, en: Bag},", "{id: bag, type: text,", "“title” is missing."),
    ("{id: bag, type: text,", "{id: bag,", "“type” is missing."),
    ("{id: bag, type: text,", "{id: bag, type: words,", "“type” cannot be “words”, only: time, text, integer, choice, "
     "yesno, date, list, person, organisation, telephone, file, register, dataset."),
    ("{id: bag, type: text,", "{id: bag, type: choice,", "“choices” is missing."),
    ("{id: bag, type: text,", "{id: bag, type: text, choices: {a: {ja: あ, en: A}},",
     "Only the type “choice” has choices."),
    ("{id: bag, type: text,", "{id: bag, type: text, guard: secret,", "“guard” cannot be “secret”, only: password."),
    ("type: register, register: tiers,", "type: register,", "The type “register” goes together with the key “register”."),
    ("type: register, register: tiers,", "type: text, register: tiers,",
     "The type “register” goes together with the key “register”."),
    ("colour: {type: text,", "colour: {type: dataset,", "“type” cannot be “dataset”, only: time, text, integer, "
     "choice, yesno, date, list, person, organisation, telephone, file."),
    ("colour: {type: text,", "colour: {type: choice,", "“choices” is missing."),
    ("colour: {type: text,", "colour: {type: text, choices: {red: {ja: 赤, en: Red}},",
     "Only the type “choice” has choices."),
    # due
    ("within: 20min,", "within: 20 minutes,", "“20 minutes” is not a length of time. Write a number and s, min, h or d: 20min, 24h, 3d."),
    ("{from: known_at, by_day: 5}", "{from: known_at}", "Give either “within” or “by_day”."),
    ("{from: known_at, by_day: 5}", "{from: known_at, by_day: 5, within: 3d}", "Give either “within” or “by_day”."),
    ("{from: known_at, by_day: 5}", "{by_day: 5}", "“from” is missing."),
    ("{from: known_at, by_day: 5}", "{from: persons, by_day: 5}", "There is no time fact “persons”."),
    ("{from: known_at, by_day: 5}", "{from: know_at, by_day: 5}",
     "There is no time fact “know_at”. Did you mean “known_at”?"),
    ("{from: known_at, by_day: 5}", "{duties: []}", "“duties” is empty."),
    ("{from: known_at, by_day: 5}", "{duties: [xx.law.first], within: 3d}",
     "“within” does not go together with “duties”."),
    # what finishing a step files
    ("        does: [lead]", "        files: {at: when} #!\n        does: [lead]", "“duties” is missing."),
    ("        does: [lead]", "        files: {duties: []} #!\n        does: [lead]", "“duties” is empty."),
    ("        does: [lead]", "        files: {duties: [xx.law.first], at: bag} #!\n        does: [lead]",
     "There is no time field “bag”."),
    ("        does: [lead]", "        files: {duties: [xx.law.first], by: tier} #!\n        does: [lead]",
     "There is no field for a name “tier”."),
    ("        does: [lead]", "        files: {duties: [xx.law.first], receipt: when} #!\n        does: [lead]",
     "There is no text field “when”."),
    ("within: 20min, target: yes", "within: 20min, met: no_such_time, target: yes",
     "There is no time fact “no_such_time”."),
    ('"step:tell-head"', '"step:tell-haed"', "There is no step “tell-haed”. Did you mean “tell-head”?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), ONE_MISTAKE)
def test_one_mistake_is_named_by_its_line(old: str, new: str, message: str) -> None:
    assert named(changed((old, new))) == [(line_of(RIGHT, old, new), message)]


@pytest.mark.parametrize(
    ("line", "named_line", "message"),
    [
        ("about: {ja: かばんをなくしたとき。, en: For a lost bag.}\n", "id: lost-bag", "“about” is missing."),
        ("        why: {ja: 忘れる。, en: It is forgotten.}\n", "      - id: write-down", "“why” is missing."),
        ("        do: [{ja: 出す。, en: Put it out.}]\n", "      - id: publish", "“do” is missing."),
        ("    text: {ja: 言わない。, en: Say nothing.}\n", "  no-length:", "“text” is missing."),
        ("        warnings: [no-length]\n", "  no-length:", "No step uses the warning “no-length”."),
    ],
)
def test_what_is_missing_is_named_where_it_belongs(line: str, named_line: str, message: str) -> None:
    text = changed((line, ""))
    assert named(text) == [(text.splitlines().index(named_line) + 1, message)]


CONDITIONS = [
    ("persons >", "“persons >” is not a condition: a value is expected (column 10)."),
    ("persons = 100", "“persons = 100” is not a condition: “=” cannot be read (column 9)."),
    ("person > 100", "There is no fact “person”. Did you mean “persons”?"),
    ("known(persns)", "There is no fact “persns”. Did you mean “persons”?"),
    ("confirmed(nothing)", "There is no fact “nothing”."),
    ("done(write-dwn)", "There is no step “write-dwn”. Did you mean “write-down”?"),
    ("cause == fire", "There is no choice “fire”."),
    ("cause == thft", "There is no choice “thft”. Did you mean “theft”?"),
    ("cause > loss", "“cause” can only be compared with == and !=."),
    ("encrypted == maybe", "“encrypted” can never be “maybe”: its type is “yesno”."),
    ("encrypted == true", "“encrypted” can never be “true”: its type is “yesno”."),
    ("persons > many", "“persons” can never be “many”: its type is “integer”."),
    ("persons > 1_000", "“persons” can never be “1_000”: its type is “integer”."),
    ("known_at > yesterday", "“known_at” can never be “yesterday”: its type is “time”."),
    ("law_as_of > 2023", "“law_as_of” can never be “2023”: its type is “date”."),
    ("elapsed(persons) > 3d", "elapsed() needs a time; “persons” is none."),
]


@pytest.mark.parametrize(("condition", "message"), CONDITIONS)
def test_a_wrong_condition(condition: str, message: str) -> None:
    assert named(changed(("persons > 100 and not done(write-down)", f"'{condition}'"))) == [(50, message)]
    (first, *_) = named(changed(("when: encrypted != no", f"when: '{condition}'")))
    assert first == (24, message)


TELL_HEAD, PUBLISH = 45, 59


@pytest.mark.parametrize(
    "condition",
    [
        "persons > 100 and persons <= 100",
        "persons > 100 and not persons > 99",
        "persons > 5 and persons < 6",
        "encrypted == yes and encrypted == no",
        "encrypted == yes and not known(encrypted)",
        "cause != loss and cause != theft",
        "known_at > 2022-06-23 and known_at < 2022-06-22T15:00+09:00",
        "elapsed(known_at) > 3d and elapsed(known_at) < 24h",
        "law_as_of >= 2023-04-01 and law_as_of < 2023-04-01",
        "colour == red and colour == blue",
        "regimes == appi and not known(regimes)",
        "done(publish) and not done(publish)",
        "confirmed(persons) and not known(persons)",
        "not (known(persons) or not known(persons))",
    ],
)
def test_a_condition_that_is_never_true(condition: str) -> None:
    """Whoever waits for such a step waits for ever, and is named too."""
    assert named(changed(("persons > 100 and not done(write-down)", condition))) == [
        (TELL_HEAD, "Step “tell-head” can never be reached: its condition is never true."),
        (PUBLISH, "Step “publish” can never be reached: it requires “tell-head”."),
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "persons > 4 and persons < 6",
        "persons == 0 or persons == 999999999999999999",
        "persons != 1 and persons != 2 and persons != 3",
        "encrypted == unknown and not known(encrypted)",
        "cause != loss",
        "known_at >= 2022-06-23 and known_at <= 2022-06-23",
        "known_at >= 0001-01-01 and known_at < 9999-12-31T23:59",
        "known_at < 2022-06-23 and elapsed(known_at) < 3d",
        "elapsed(known_at) > 999999d or elapsed(known_at) <= 20min",
        "law_as_of >= 2023-04-01 and law_as_of <= 2023-04-01",
        'colour != red and colour != blue and place == "a b"',
        "regimes == appi and regimes == gdpr and regimes != mynumber",
        "known(regimes) and regimes != appi",
        "confirmed(persons) and persons > 100 and done(publish) and not done(write-down)",
        "known_at > 2022-06-23 and not known(persons)",
    ],
)
def test_a_condition_that_can_be_true(condition: str) -> None:
    assert named(changed(("persons > 100 and not done(write-down)", f"'{condition}'"))) == []


def test_a_condition_with_too_many_states_is_not_doubted() -> None:
    many = " and ".join(f"done(write-down) and persons != {number} and regimes != r{number}" for number in range(3000))
    assert named(changed(("persons > 100 and not done(write-down)", f"{many} and persons == 1"))) == []


def test_a_step_that_requires_itself() -> None:
    assert named(changed(("requires: [tell-head]", "requires: [tell-head, publish]"))) == [
        (63, "The step “publish” requires itself.")
    ]


def test_steps_that_wait_for_each_other() -> None:
    text = changed(
        ("        why: {ja: 忘れる。", "        requires: [publish]\n        why: {ja: 忘れる。"),
    )
    assert named(text) == [(30, "These steps wait for each other: write-down → publish → tell-head → write-down.")]


def test_two_circles_and_what_waits_behind_them() -> None:
    step = "      - {{id: {0}, requires: [{1}], title: {{ja: あ, en: A}}, why: {{ja: あ, en: A}}, do: [{{ja: あ, en: A}}]}}"
    extra = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "e, a"), ("e", "c"), ("behind", "b"), ("far", "behind, publish")]
    assert named(RIGHT + "\n".join(step.format(*names) for names in extra)) == [
        (66, "These steps wait for each other: a → b → a."),
        (68, "These steps wait for each other: c → d → e → c."),
        (71, "Step “behind” can never be reached: it requires “b”."),
        (72, "Step “far” can never be reached: it requires “behind”."),
    ]


MANY = """\
id: Many
edition: yesterday
title: {ja: 多い}
abut: {ja: あ, en: A}
roles: {lead: {ja: 責任者}}
facts:
  known_at: {type: time, title: {ja: 知った日時, en: Known at}}
  size: {type: number, title: {ja: 大きさ, en: Size}}
phases:
  - id: first
    title: {ja: 初動, en: First minutes}
    steps:
      - id: one
        title: {ja: 一, en: One}
        do: [{ja: する。}]
        fields: [{id: x, fact: sise}, {id: x, type: text, title: {ja: あ, en: A}}]
        when: persns > 1
        due: {from: nowhere}
        does: [leader]
      - two
      - id: three
        requires: [four, three]
        warnings: none
"""


def test_all_mistakes_are_named_at_once() -> None:
    assert named(MANY) == [
        (1, "“Many” cannot be a name here; write it like “report-loss”."),
        (1, "“about” is missing."),
        (2, "“edition” must be a date such as 2026-11-21."),
        (3, "“title” has no English text."),
        (4, "“abut” is not known here. Did you mean “about”?"),
        (5, "“lead” has no English text."),
        (7, "“known_at” is a fact of every playbook already; leave it out."),
        (8, "“type” cannot be “number”, only: time, text, integer, choice, yesno, date, list, person, organisation, "
            "telephone, file."),
        (13, "“why” is missing."),
        (15, "“do” has no English text."),
        (16, "There is no fact “sise”. Did you mean “size”?"),
        (16, "“x” is used twice; first in line 16."),
        (17, "There is no fact “persns”. Did you mean “persons”?"),
        (18, "Give either “within” or “by_day”."),
        (18, "There is no time fact “nowhere”."),
        (19, "There is no role “leader”. Did you mean “lead”?"),
        (20, "“steps” must have keys of its own."),
        (21, "“do” is missing."),
        (21, "“title” is missing."),
        (21, "“why” is missing."),
        (22, "The step “three” requires itself."),
        (22, "There is no step “four”."),
        (23, "“warnings” must be a list."),
    ]  # fmt: skip


def test_the_error_lists_them_too() -> None:
    with pytest.raises(Mistakes) as error:
        read_playbook(MANY, FACTS, "many.yaml", KINDS)
    assert error.value.mistakes == tuple(check_playbook(MANY, FACTS, KINDS, "many.yaml"))
    assert error.value.exit_code == 2
    assert str(error.value.message).splitlines()[0].startswith("many.yaml:1: “Many” cannot be")
    assert str(error.value.message).splitlines()[-1] == "… and 13 more."
    assert len(str(error.value.message).splitlines()) == 11


def test_mistakes_of_the_shared_facts_carry_their_own_file() -> None:
    wrong = FACTS.replace("type: integer", "type: number")
    (mistake,) = check(RIGHT.replace("persons > 100 and ", ""), wrong)
    assert (mistake.file, mistake.line) == ("playbooks/facts.yaml", 3)
    assert str(mistake.said).startswith("playbooks/facts.yaml:3: “type” cannot be “number”")


def test_kinds_of_notice_may_be_left_unchecked() -> None:
    text = changed(("[first-notice, D05]", "[gone-since]"))
    assert check_playbook(text, FACTS, None, "bag.yaml") == []
    assert read_playbook(text, FACTS, "bag.yaml").steps["publish"].notices == ("gone-since",)


def test_duties_may_be_left_unchecked_or_looked_up_among_the_laws() -> None:
    text = changed(
        ("{from: known_at, by_day: 5}", "{duties: [xx.law.first]}"),
        ("        does: [lead]", "        files: {duties: [xx.law.first], at: when, by: bag}\n        does: [lead]"),
    )
    playbook = read_playbook(text, FACTS, "bag.yaml")
    assert playbook.steps["tell-head"].due == Due(duties=("xx.law.first",))
    assert playbook.steps["write-down"].files == Files(("xx.law.first",), "when", "bag")
    assert playbook.steps_for == {"xx.law.first": "write-down"}
    laws = Elsewhere(
        {"colour": FactSpec("colour", "integer", Bilingual("色", "Colour"))}, {"xx.law.frist": "xx.law.yaml"}
    )
    near = "There is no duty “xx.law.first”. Did you mean “xx.law.frist”?"
    found = check_playbook(text, FACTS, KINDS, "bag.yaml", laws)
    assert [(mistake.line, str(mistake.message)) for mistake in found] == [
        (11, "The fact “colour” has the type “integer”, not “text”."),
        (43, near),
        (52, near),
    ]


def test_an_alias_may_stand_for_a_text() -> None:
    text = changed(
        ("why: {ja: 忘れる。, en: It is forgotten.}", "why: &why {ja: 忘れる。, en: It is forgotten.}"),
        ("why: {ja: 決めるため。, en: To decide.}", "why: *why"),
    )
    playbook = read_playbook(text, FACTS, "bag.yaml")
    assert playbook.steps["tell-head"].why == playbook.steps["write-down"].why


def test_what_an_alias_repeats_is_named_once() -> None:
    text = changed(
        ("why: {ja: 忘れる。, en: It is forgotten.}", "why: &why {ja: 忘れる。}"),
        ("why: {ja: 決めるため。, en: To decide.}", "why: *why"),
    )
    assert named(text) == [(32, "“why” has no English text.")]


def test_a_step_that_is_there_again_by_an_alias_is_a_duplicate() -> None:
    text = changed(("- id: write-down", "- &step\n        id: write-down")) + "      - *step\n"
    assert named(text) == [(31, "“write-down” is used twice; first in line 31.")]


def test_a_long_text_is_cut_in_the_sentence() -> None:
    ((_, message),) = named(changed(("does: [lead]", f"does: [{'x' * 5000}]")))
    assert len(message) < 120
