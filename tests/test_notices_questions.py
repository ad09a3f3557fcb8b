"""Questions and answers: from the facts, safe at every moment, and with a reason why not more is said."""

from __future__ import annotations

from functools import cache

import msgspec
import pytest

from runbook.case import Case
from runbook.conditions import names, parse
from runbook.content import Content
from runbook.errors import BadContent
from runbook.guardrails import findings
from runbook.moment import read_moment
from runbook.notice_kinds import find_kind
from runbook.notices.checking import guarded_state
from runbook.notices.questions import load_questions, read_questions
from runbook.notices.rendering import Rendering, render
from runbook.notices.templates import load_template
from runbook.speech import LANGUAGES, Language
from tests.noticing import SHIPPED, amagasaki, counted, rules, template, told

TIMES = [
    "2022-06-22T15:44",
    "2022-06-22T17:00",
    "2022-06-22T22:00",
    "2022-06-23T11:30",
    "2022-06-24T13:00",
    "2022-06-27T12:00",
    "2022-07-05T09:00",
    "2022-11-28T12:00",
]
SHEET = """{% for line in do_not_say %}
- {{ line }}
{% endfor %}

{% for one in questions %}
### {{ one.question }}

{{ one.answer }}

{{ one.why }}

({{ one.case }})

{% endfor %}
"""


@cache
def case_at(until: str) -> Case:
    case = amagasaki(until)
    # in the real case nobody rang the number before it went out: that is another rule's business
    return told(case, "hotline_tested_at", "2022-06-23T09:40") if case.current("hotline_number") else case


def sheet(case: Case, language: Language = "ja", kind: str = "press-qa", body: str = SHEET) -> Rendering:
    made = msgspec.structs.replace(template(body, kind=kind), questions=load_questions(SHIPPED, language))
    return render(made, case, language, rules())


def answer(case: Case, id: str, kind: str = "press-qa") -> str:
    """What is answered to one question now; empty where it is not asked."""
    questions = load_questions(SHIPPED, "ja")
    wanted = msgspec.structs.replace(questions, questions=tuple(q for q in questions.questions if q.id == id))
    assert wanted.questions
    made = template("{% for q in questions %}{{ q.answer }}{% endfor %}", kind=kind)
    return render(msgspec.structs.replace(made, questions=wanted), case, "ja", rules()).text.strip()


@pytest.mark.parametrize(("language", "desk"), [("ja", "窓口（電話"), ("en", "our desk (telephone")])
def test_a_desk_that_nobody_knows_is_called_a_desk_and_not_being_confirmed(language: Language, desk: str) -> None:
    case = told(case_at("2022-06-23T11:30"), "contact_desk", "不明")
    for kind in ("faq", "press-qa"):
        asked = sheet(case, language, kind).text
        assert desk in asked.replace("Our", "our")
        assert "確認中（" not in asked
        assert "being confirmed (" not in asked
        if kind == "press-qa":
            said = whole(case, kind, language)
            assert {"ja": "お問い合わせは、窓口、電話", "en": "answered by our desk, telephone"}[language] in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("until", TIMES)
@pytest.mark.parametrize("kind", ["faq", "press-qa"])
def test_no_answer_reason_or_rule_of_the_sheet_is_blocked_nor_touches_on_the_secret(
    until: str, language: Language, kind: str
) -> None:
    case = case_at(until)
    text = sheet(case, language, kind).text
    state = guarded_state(case, find_kind(SHIPPED.kinds(), kind), written=language)
    found = findings(text, rules(), state)
    assert [one for one in found if one.severity == "block" or one.rule in ("G01", "G02", "G03", "G04")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_of_them_and_none_is_without_answer_reason_and_case(language: Language) -> None:
    lines = sheet(case_at("2022-06-23T11:30"), language).text.split("### ")
    asked = [[line for line in one.splitlines() if line] for one in lines[1:]]
    assert len(asked) >= 20
    assert all(len(one) == 4 for one in asked)
    assert len({one[0] for one in asked}) == len(asked)
    assert "{" not in "".join(lines)
    assert len(load_questions(SHIPPED, language).do_not_say) >= 8


def test_the_desk_is_not_asked_what_only_the_press_asks() -> None:
    case = case_at("2022-06-23T11:30")
    assert answer(case, "responsible", "press-qa") != ""
    assert answer(case, "responsible", "faq") == ""
    assert answer(case, "account", "faq") == answer(case, "account", "press-qa") != ""
    assert answer(case, "account", "first-notice") == ""


@pytest.mark.parametrize(
    ("id", "until", "says"),
    [
        ("protection", "2022-06-23T11:30", "紛失した媒体の保護の状況については、悪用を防ぐため、公表を控えます。"),
        (
            "protection-details",
            "2022-06-23T11:30",
            "紛失した媒体の保護の状況については、悪用を防ぐため、公表を控えます。",
        ),
        ("my-number", "2022-06-22T15:44", "マイナンバー（個人番号）が含まれるかどうかは確認中です。"),
        ("my-number", "2022-06-23T11:30", "マイナンバー（個人番号）は含まれていません。"),
        ("my-data", "2022-06-23T11:30", "46万517人（6月23日午前11時現在）"),
        ("who-lost", "2022-06-23T10:30", "関わった人の所属は、書面で確かめているところです。"),
        ("my-data", "2022-06-23T11:30", "この人数の根拠は、住民基本台帳の人数です。"),
        ("which-company", "2022-06-22T15:44", "委託先が関わっているかどうかは確認中です。"),
        ("which-company", "2022-06-23T11:30", "直接の委託先は、BIPROGY株式会社関西支社です。"),
        ("leaked", "2022-06-23T11:30", "その可能性は否定できない"),
        ("leaked", "2022-06-24T13:00", "見つかっても、情報が写し取られなかったとは言えません。"),
        ("leaked", "2022-11-28T12:00", "調べて分かったことは、次のとおりです。"),
        ("search", "2022-06-23T11:30", "捜索を続けています。"),
        ("allowed", "2022-06-22T15:44", "個人が媒体を運ぶことに許可があったかどうかも、確認中です。"),
        ("allowed", "2022-06-27T12:00", "6月27日午前11時30分の時点では、許可されていなかったと認識しています。"),
        (
            "account",
            "2022-06-23T11:30",
            "項目は、生活保護受給世帯の口座情報、児童手当受給世帯の口座情報です。当てはまる方は、通帳",
        ),
        ("head-known", "2022-06-23T11:30", "報告を受けた時刻は、記録で確かめてお答えします。"),
        ("why-so-long", "2022-06-23T11:30", "警察には、6月22日（水）に届け出ました。"),
        ("why-so-long", "2022-06-23T11:30", "もっと早くお知らせできなかったかも、あわせて検証します。"),
        ("why-so-many", "2022-06-23T11:30", "運ぶ範囲を尼崎市が決め、確かめていたかも、あわせて調べます。"),
        ("more-than-needed", "2022-06-23T11:30", "必要な範囲だったかどうかは確認中です。"),
        ("official-present", "2022-06-23T11:30", "立ち会いの有無は確認中です。"),
        ("subcontracted", "2022-06-23T11:30", "承認があったかどうかは確認中です。"),
        ("slow-to-know", "2022-06-23T11:30", "委託先が知ったのは6月22日（水）午後2時頃（聞き取りによる）、"),
        ("next-news", "2022-06-23T11:30", "次のお知らせの日時は確認中です。"),
        ("again", "2022-11-28T12:00", "全所属向けの市長通達（済）"),
        ("claim-damages", "2022-11-28T12:00", "お答えできる段階になりましたら"),  # decided, not signed off
    ],
)
def test_an_answer_follows_the_case(id: str, until: str, says: str) -> None:
    assert says in answer(case_at(until), id)


SHEETS = ("faq", "press-qa")


def whole(case: Case, kind: str, language: Language) -> str:
    """A sheet as it is handed out."""
    slug = find_kind(SHIPPED.kinds(), kind)
    assert slug is not None
    return render(load_template(SHIPPED, slug, language), case, language, rules()).text


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("until", TIMES)
def test_a_sheet_says_one_sentence_on_protection_and_no_other(until: str, kind: str) -> None:
    for language in LANGUAGES:
        first, *_, scam = (sentence.said(language) for sentence in rules().approved)
        said = whole(case_at(until), kind, language)
        lines = [line for line in said.splitlines() if line.removeprefix("- ") == first]
        assert lines == [f"- {first}", first, first]
        for word in ("パスワード", "password", "守り方"):
            assert word not in said.replace(scam, "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEETS)
def test_another_kind_of_incident_has_a_sentence_of_its_own_that_names_no_password(
    kind: str, language: Language
) -> None:
    said = whole(told(case_at("2022-06-23T11:30"), "cause", "intrusion"), kind, language)
    for word in ("パスワード", "password"):
        assert word not in said.replace(rules().approved[-1].said(language), "")


def test_who_employs_someone_is_said_once_a_document_shows_it() -> None:
    case = case_at("2022-06-27T12:00")
    employer = "協力会社からさらに委託を受けた会社の社員"
    claimed = case.current("affiliation")
    assert claimed is not None
    assert claimed.status == "confirmed"
    for language in LANGUAGES:
        assert employer not in whole(case, "press-qa", language)
        proved = told(told(case, "affiliation", employer), "affiliation_document", "雇用契約書の写し")
        assert employer in whole(proved, "press-qa", language)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("until", TIMES)
def test_a_sheet_tells_no_case_from_after_its_day_nor_its_own_as_another_one(until: str, kind: str) -> None:
    for language in LANGUAGES:
        asked = load_questions(SHIPPED, language).questions
        said = whole(case_at(until), kind, language)
        for title in {one.source.title.said(language) for one in asked}:
            assert title not in said
        assert not any(name in one.why for one in asked for name in ("尼崎", "むつ", "Amagasaki", "Mutsu"))


@pytest.mark.parametrize(
    ("language", "says"),
    [("ja", "口座番号をお聞きすることはありません"), ("en", "we do not ask for an account number")],
)
def test_whoever_is_called_back_knows_what_is_not_asked(language: Language, says: str) -> None:
    case = case_at("2022-06-23T11:30")
    assert whole(case, "press-qa", language).count(says) == 2  # how to find out, and what if someone calls
    assert whole(case, "faq", language).count(says) == 3  # and among the rules of the desk


def test_an_examination_is_under_way_once_it_was_ordered() -> None:
    case = case_at("2022-06-24T13:00")
    told_how = "方法と機関は、決まり次第お知らせします。"
    ordered = told(told(case, "forensic_ordered_at", "2022-06-24T12:50"), "forensic_body", "みどり解析")
    for id in ("leaked", "found-safe"):
        assert told_how in answer(case, id)
        assert told_how not in answer(ordered, id)
        assert "専門の機関（みどり解析）が調べています。" in answer(ordered, id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SHEETS)
def test_no_heading_stands_on_a_sheet_twice(kind: str, language: Language) -> None:
    lines = [line for line in whole(case_at("2022-06-27T12:00"), kind, language).splitlines() if line.startswith("#")]
    assert len(lines) == len(set(lines))


def test_every_count_of_an_answer_has_its_time() -> None:
    case = case_at("2022-06-23T11:30")
    text = answer(case, "what-data")
    assert text.count("6月23日午前11時") == 1  # all six were counted at that time
    older = counted(case, "別の台帳", 7, as_of=read_moment("2022-06-20T09:00", case.now, case.zone), source="乙")
    assert "別の台帳が7件（6月20日午前9時（乙による））" in answer(older, "what-data")


def test_a_question_that_does_not_apply_is_not_asked() -> None:
    assert answer(case_at("2022-06-23T11:30"), "found-safe") == ""
    assert answer(case_at("2022-06-24T13:00"), "found-safe") != ""
    assert answer(case_at("2022-11-28T12:00"), "found-safe") == ""
    assert answer(case_at("2022-06-24T13:00"), "search") == ""
    assert answer(told(case_at("2022-06-22T15:44"), "cause", "intrusion"), "protection") == ""
    assert answer(told(case_at("2022-06-22T15:44"), "cause", "intrusion"), "slow-to-know") == ""
    assert answer(told(case_at("2022-06-23T11:30"), "cause", "intrusion"), "slow-to-know") != ""  # by a contractor


def test_an_answer_nobody_reads_is_nothing_the_notice_rests_on() -> None:
    case = case_at("2022-06-23T11:30")
    assert sheet(case, body="{% for q in questions %}{{ q.question }}{% endfor %}").facts == {}
    assert "my_number" in sheet(case).facts
    assert "dataset:住民基本台帳" in sheet(case).facts


def test_what_data_says_which_of_it_nobody_has_counted() -> None:
    case = case_at("2022-06-22T15:44")
    uncounted = counted(case, "給付対象者名簿", None, "persons")
    both = counted(uncounted, "住民基本台帳", 80000, "persons", estimate=True)
    assert answer(uncounted, "what-data") == "給付対象者名簿は、件数を確認中です。"
    assert (
        answer(both, "what-data") == "住民基本台帳が約8万人（時点は確認中）です。給付対象者名簿は、件数を確認中です。"
    )
    assert "確認中です。元のデータから数えています。" in answer(case, "what-data")


def test_hostile_facts_in_an_answer_are_escaped_once() -> None:
    case = told(case_at("2022-06-23T11:30"), "own_failing", "**x** {{ now }} <b>")
    assert r"\*\*x\*\* \{\{ now \}\} \<b\>" in answer(case, "responsible")
    body = "{% for q in questions %}{{ q.answer ~ '*' }}{% endfor %}"
    assert r"\\\*\\\*x" in sheet(case, body=body).text  # put together with other text it is plain text again


def test_every_fact_and_condition_is_one_of_the_playbook() -> None:
    facts = amagasaki().playbook.facts
    for one in load_questions(SHIPPED, "ja").questions:
        used = set(names(parse(one.when)).facts) if one.when else set()
        assert used | set(one.uses) <= set(facts), one.id


def test_both_languages_ask_the_same() -> None:
    ja, en = (load_questions(SHIPPED, language) for language in LANGUAGES)
    assert [q.id for q in ja.questions] == [q.id for q in en.questions]
    assert len(ja.do_not_say) == len(en.do_not_say)


def test_only_sheets_that_ask_load_them(tmp_path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "questions.yaml").write_text("broken", "utf-8")
    content = Content(tmp_path)
    first, press = (find_kind(SHIPPED.kinds(), slug) for slug in ("first-notice", "press-qa"))
    assert first is not None
    assert press is not None
    load_template(content, first, "ja")
    with pytest.raises(BadContent, match=r"questions\.yaml:1"):
        load_template(content, press, "ja")


GOOD = """\
sources:
  s: {title: {ja: あ, en: a}, kind: case, verified: seed}
questions:
  - id: one
    for: [faq]
    when: known(found_at)
    source: s
    uses: [found_at]
    ja: {question: 問, answer: "{{ found_at }}", why: 訳}
    en: {question: q, answer: "{{ found_at }}", why: w}
do_not_say: []
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("for: [faq]", "for: [fak]", 5, "faq"),
        ("when: known(found_at)", "when: known(", 6, "not a condition"),
        ("source: s", "source: t", 7, "“t”"),
        ("{{ found_at }}", "{{ lost_at }}", 9, "“lost_at”"),
        ("{{ found_at }}", "{{ found_at.__class__ }}", 9, "attribute"),
        ("{{ found_at }}", "{% for a in b %}{% for c in d %}{% endfor %}{% endfor %}", 9, "loop inside a loop"),
        (", why: 訳", "", 9, "“why” is missing"),
        ("id: one", "id: One", 4, "cannot be a name"),
        ("do_not_say: []", "do_not_say: [x]", 11, "both languages"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert len(read_questions(GOOD, "questions.yaml", ("faq",), "ja").questions) == 1
    with pytest.raises(BadContent) as refused:
        read_questions(GOOD.replace(old, new), "questions.yaml", ("faq",), "ja")
    assert f"questions.yaml:{line}: " in str(refused.value.message)
    assert says in str(refused.value.message)
