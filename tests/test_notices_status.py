"""How each kind of fact reads in each state: a template cannot write one without what must be said about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runbook.case import Case
from runbook.moment import Moment, read_moment
from runbook.notice_kinds import WRITTEN, Written
from runbook.notices.drafting import draft
from runbook.playbook import ClaimStatus
from runbook.speech import Language
from tests.making import later, opened_case
from tests.noticing import SHIPPED, amagasaki, counted, told, written

FRESH = amagasaki("2022-06-22T15:44")
"""Opened at 15:45 on 22 June 2022; nothing is claimed yet."""


def claimed(name: str, *claims: tuple[str, ClaimStatus, str]) -> Case:
    case = FRESH
    for typed, status, source in claims:
        case = told(case, name, typed, status=status, source=source)
    return case


@pytest.mark.parametrize(
    ("name", "body", "typed", "status", "source", "ja", "en"),
    [
        ("lost_place", "{{ lost_place }}", "吹田駅。", "confirmed", "", "吹田駅", "吹田駅"),
        ("lost_place", "{{ lost_place }}", "X 2", "estimate", "", "X 2（現時点の認識）", "X 2 (as far as we know)"),
        ("lost_place", "{{ lost_place }}", "X", "claimed", "甲社", "X（甲社による）", "X (according to 甲社)"),
        (
            *("lost_place", "{{ lost_place }}", "X", "claimed", "step:last-seen"),
            *("X（聞き取りによる）", "X (according to what we were told)"),
        ),
        (
            *("lost_place", "{{ lost_place }}", "X", "claimed", "sato"),
            *("X（聞き取りによる）", "X (according to what we were told)"),
        ),
        (
            *("persons", "{{ persons.people }}", "460517", "confirmed", ""),
            *("46万517人（6月22日午後3時45分現在）", "460,517 people (as of 15:45 on 22 June)"),
        ),
        (
            *("persons", "{{ persons.people }}", "460517", "estimate", ""),
            *("約46万517人（6月22日午後3時45分現在）", "about 460,517 people (as of 15:45 on 22 June)"),
        ),
        (
            *("persons", "{{ persons.people }}", "7", "claimed", "甲社"),
            *("7人（6月22日午後3時45分現在、甲社による）", "7 people (as of 15:45 on 22 June; according to 甲社)"),
        ),
        (
            *("media_count", "{{ media_count }}", "2", "confirmed", ""),
            *("2（6月22日午後3時45分現在）", "2 (as of 15:45 on 22 June)"),
        ),
        (
            *("noticed_at", "{{ noticed_at }}", "2022-06-22T03:00", "confirmed", ""),
            *("6月22日（水）午前3時", "03:00 on Wednesday 22 June"),
        ),
        (
            *("noticed_at", "{{ noticed_at }}", "2022-06-22T03:00", "estimate", ""),
            *("6月22日（水）午前3時頃", "about 03:00 on Wednesday 22 June"),
        ),
        (
            *("noticed_at", "{{ noticed_at }}", "~2022-06-22T03:00", "claimed", "本人"),
            *("6月22日（水）午前3時頃（本人による）", "about 03:00 on Wednesday 22 June (according to 本人)"),
        ),
        (
            *("noticed_at", "{{ noticed_at }}", "2021-12-31", "confirmed", ""),
            *("令和3年12月31日（金）（時刻は確認中）", "Friday 31 December 2021 (hour being confirmed)"),
        ),
        ("noticed_at", "{{ noticed_at }}", "unknown", "confirmed", "", "確認中", "being confirmed"),
        ("my_number", "{{ my_number }}", "no", "confirmed", "", "いいえ", "no"),
        ("my_number", "{{ my_number }}", "unknown", "confirmed", "", "確認中", "being confirmed"),
        (
            *("my_number", "N{% if my_number.no %}O{% endif %}{{ my_number.note }}", "no", "claimed", "甲社"),
            *("NO（甲社による）", "NO (according to 甲社)"),
        ),
        ("my_number", "N{% if my_number.no %}O{% endif %}{{ my_number.note }}", "no", "confirmed", "", "NO", "NO"),
        ("cause", "{{ cause }}", "theft", "estimate", "", "盗難（現時点の認識）", "Theft (as far as we know)"),
        ("cause", "{{ cause }}", "unknown", "confirmed", "", "確認中", "being confirmed"),
        ("law_as_of", "{{ law_as_of }}", "2026-11-21", "confirmed", "", "令和8年11月21日", "21 November 2026"),
        ("regimes", "{{ regimes }}", "appi gdpr", "confirmed", "", "appi、gdpr", "appi, gdpr"),
    ],
)
def test_a_claim(name: str, body: str, typed: str, status: ClaimStatus, source: str, ja: str, en: str) -> None:
    case = claimed(name, (typed, status, source))
    assert written(case, body, "ja", uses=(name,)).text == f"{ja}\n"
    assert written(case, body, "en", uses=(name,)).text == f"{en}\n"


@pytest.mark.parametrize("name", ["lost_place", "persons", "noticed_at", "my_number", "cause"])
def test_what_nobody_claimed_or_what_was_withdrawn_is_being_confirmed(name: str) -> None:
    typed = {"persons": "5", "noticed_at": "15:00", "my_number": "yes", "cause": "theft"}.get(name, "吹田")
    body = "{{ NAME }}{% if NAME.known %} known{% endif %}".replace("NAME", name)
    gone = claimed(name, (typed, "confirmed", "甲"), (typed, "withdrawn", "甲"))
    for case in (FRESH, gone):
        rendering = written(case, body, uses=(name,))
        assert rendering.text == "確認中\n"
        assert rendering.facts == {}
        assert written(case, body, "en", uses=(name,)).text == "being confirmed\n"


def test_what_is_required_and_nobody_claimed_is_a_gap_with_its_name() -> None:
    assert written(FRESH, "{{ lost_place }}", requires=("lost_place",)).text == "【なくした場所：確認中】\n"
    assert written(FRESH, "{{ persons.people }}", requires=("persons",)).text == "【本人の数：確認中】\n"
    told = claimed("my_number", ("unknown", "confirmed", ""))
    assert written(told, "{{ my_number }}", requires=("my_number",)).text == "確認中\n"
    assert written(told, "{{ my_number }}", requires=("my_number",)).missing == ()
    nameless = claimed("organization", ("不明", "confirmed", ""))
    assert [one.fact for one in written(nameless, "x", requires=("organization",)).missing] == ["organization"]
    assert written(claimed("noticed_at", ("不明", "confirmed", "")), "x", requires=("noticed_at",)).missing == ()


def test_a_withdrawn_claim_gives_way_to_the_one_before() -> None:
    case = claimed("lost_place", ("吹田", "confirmed", "甲"), ("大阪", "confirmed", "乙"), ("大阪", "withdrawn", "乙"))
    assert written(case, "{{ lost_place }}", uses=("lost_place",)).text == "吹田\n"


def test_differing_accounts_are_said_until_one_is_confirmed() -> None:
    case = claimed("lost_place", ("吹田", "claimed", "甲"), ("大阪", "claimed", "乙"))
    assert written(case, "{{ lost_place }}", uses=("lost_place",)).text == (
        "大阪（乙による、異なる説明もあり確認中）\n"
    )
    case = told(case, "lost_place", "吹田", source="駅の記録")
    assert written(case, "{{ lost_place }}", uses=("lost_place",)).text == "吹田\n"


def test_the_number_of_persons_is_the_largest_anyone_claims_until_one_is_confirmed() -> None:
    case = claimed("persons", ("900", "estimate", "甲"), ("500", "claimed", "乙"))
    rendering = written(case, "{{ persons.people }}", uses=("persons",))
    assert rendering.text.startswith("約900人（")
    second = case.incident.fact("persons").claims[1]
    assert rendering.facts == {"persons": second.touch.seq}  # the one that counts: when it changes, so may the number
    case = told(case, "persons", "510", source="数え直し")
    assert written(case, "{{ persons.people }}", uses=("persons",)).text.startswith("510人（")


def test_a_count_keeps_the_time_it_was_given_for() -> None:
    as_of = read_moment("2022-06-22T11:00", FRESH.now, FRESH.zone)
    case = told(FRESH, "persons", "9", as_of=as_of)
    assert (
        written(later(case, hours=3), "{{ persons.people }}", uses=("persons",)).text == "9人（6月22日午前11時現在）\n"
    )


BODY = "{% for data in datasets %}\n{{ data.name }}/{{ data.count }}/{{ data.fields }}/{{ data.as_of }}\n{% endfor %}"


@pytest.mark.parametrize(
    ("unit", "language", "said"),
    [
        ("persons", "ja", "税/7万4,767人/氏名、住所/6月22日午前11時（甲社による）\n"),
        ("records", "ja", "税/7万4,767件/氏名、住所/6月22日午前11時（甲社による）\n"),
        ("households", "en", "税/74,767 households/氏名, 住所/11:00 on 22 June (according to 甲社)\n"),
    ],
)
def test_a_data_set_has_its_unit_its_fields_and_its_time(unit: str, language: Language, said: str) -> None:
    as_of = read_moment("2022-06-22T11:00", FRESH.now, FRESH.zone)
    case = counted(FRESH, "税", 74767, unit, fields=("氏名", "住所"), as_of=as_of, source="甲社")
    assert written(case, BODY, language).text == said


@pytest.mark.parametrize(
    ("count", "estimate", "ja", "en"),
    [
        (
            80000,
            True,
            "税/約8万人/氏名/6月22日午前11時（甲社による）\n",
            "税/about 80,000 people/氏名/11:00 on 22 June (according to 甲社)\n",
        ),
        (None, False, "税/確認中/氏名/—\n", "税/being confirmed/氏名/—\n"),
    ],
)
def test_a_data_set_says_that_its_count_is_about_right_or_not_known(
    count: int | None, estimate: bool, ja: str, en: str
) -> None:
    as_of = read_moment("2022-06-22T11:00", FRESH.now, FRESH.zone)
    case = counted(FRESH, "税", count, "persons", estimate=estimate, fields=("氏名",), as_of=as_of, source="甲社")
    assert (written(case, BODY).text, written(case, BODY, "en").text) == (ja, en)


def test_a_data_set_that_nobody_counted_comes_last_and_is_rested_on_where_it_is_named() -> None:
    case = counted(counted(FRESH, "名簿", None, "persons"), "税", 9)
    body = "{% for d in datasets if d.known %}{{ d.name }}{% endfor %}"
    assert list(written(case, body).facts) == ["dataset:税"]
    assert written(case, "{{ (datasets | first).name }}/{{ (datasets | last).name }}").text == "税/名簿\n"


@pytest.mark.parametrize(
    ("writing", "said"),
    [
        ("ja", "約8万人（6月22日午後3時45分現在、まだ数えていない項目を除く）\n"),
        ("en", "about 80,000 people (as of 15:45 on 22 June; without the data that nobody has counted yet)\n"),
        ("easy", "だいたい 8万人（6月22日午後3時45分現在、まだ 数えていない ものは 入っていません）\n"),
    ],
)
def test_a_number_of_persons_says_that_a_list_is_not_counted_yet(writing: Written, said: str) -> None:
    """Until it is confirmed: “at most” must not be said of what nobody can know."""
    body = "{{ persons.people }}"
    case = counted(told(FRESH, "persons", "約8万"), "名簿", None, "persons")
    assert written(case, body, writing, uses=("persons",)).text == said
    for other in (counted(case, "名簿", 5, "persons"), told(case, "persons", "80000")):
        assert "数えて" not in written(other, body, uses=("persons",)).text
    assert "数えて" not in written(counted(told(FRESH, "persons", "約8万"), "税", None), body, uses=("persons",)).text


@pytest.mark.parametrize(
    ("typed", "known"), [("不明", False), ("未確認", False), ("Unknown", False), ("吹田市内", True)]
)
def test_a_text_of_unknown_is_written_as_being_confirmed(typed: str, known: bool) -> None:
    case = told(FRESH, "lost_place", typed)
    said = "吹田市内" if known else "確認中"
    body = "{{ lost_place }}{% if lost_place.known %}!{% endif %}"
    assert written(case, body, uses=("lost_place",)).text == said + "!" * known + "\n"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "税/9件/氏名/時点は確認中（甲社による）\n"),
        ("en", "税/9 records/氏名/as-of time being confirmed (according to 甲社)\n"),
    ],
)
@pytest.mark.parametrize("as_of", [None, Moment(None, "unknown")])
def test_a_count_nobody_dated_has_no_made_up_time(language: Language, said: str, as_of: Moment | None) -> None:
    case = counted(FRESH, "税", 9, "records", fields=("氏名",), as_of=as_of, source="甲社")
    assert written(case, BODY, language).text == said


def test_data_sets_stand_side_by_side_and_nothing_adds_them_up() -> None:
    case = FRESH
    for name, count in (("甲", 460517), ("乙", 360573)):
        case = counted(case, name, count, "records", source="sato")
    text = written(case, BODY).text
    assert text == "甲/46万517件/確認中/時点は確認中\n乙/36万573件/確認中/時点は確認中\n"


def test_what_happened_is_told_by_time_with_unclaimed_facts_left_out() -> None:
    body = """{% for line in [[found_at, "C"], [known_at, "B"], [lost_at, "?"], [noticed_at, "A"], [lost_at, "?"],
 [contained_at, "D"], [contractor_known_at, "E"]] | in_order %}
- {{ line }}
{% endfor %}"""
    case = FRESH
    for name, typed in (
        ("noticed_at", "~2022-06-22T03:00"),
        ("known_at", "2022-06-22T15:45"),
        ("found_at", "2022-06-22"),
        ("contained_at", "unknown"),
    ):
        case = told(case, name, typed)
    case = told(case, "contractor_known_at", "2022-06-22T14:00", status="claimed", source="乙")
    uses = ("found_at", "known_at", "lost_at", "noticed_at", "contained_at", "contractor_known_at")
    assert written(case, body, uses=uses).text.splitlines() == [
        "- 6月22日（水）午前3時頃 A",
        "- 6月22日（水）午後2時 E（乙による）",
        "- 6月22日（水）午後3時45分 B",
        "- 6月22日（水）（時刻は確認中） C",
        "- 日時は確認中 D",
    ]


def test_a_fact_its_playbook_does_not_know_is_being_confirmed() -> None:
    small = opened_case()
    assert small.spec("lost_place") is None
    rendering = written(small, "{{ lost_place }} {{ cause_so_far }}", requires=("cause_so_far",), uses=("lost_place",))
    assert rendering.text == "確認中 【cause\\_so\\_far：確認中】\n"
    (gap,) = rendering.missing
    assert (gap.fact, gap.step, gap.field) == ("cause_so_far", "", "")


@pytest.mark.parametrize("kind", [kind.slug for kind in SHIPPED.kinds()])
def test_the_shipped_templates_write_for_a_playbook_that_lacks_half_of_their_facts(kind: str) -> None:
    from runbook.notices.drafting import draft

    for writing in WRITTEN:
        if SHIPPED.has(f"templates/{writing}/{kind}.md.j2"):
            drafting = draft(opened_case(), SHIPPED, kind, writing)
            assert drafting.trouble is None
            assert {finding.rule for finding in drafting.findings}.isdisjoint({"G01", "G02", "G03", "G04", "G07"})


STUMBLE = re.compile(r"\bNone\b|(?<![\d,万])0(?:人|件| people| records)|場合で確認中|up to being")
SHIPPED_TEXTS = {
    (path.name.split(".")[0], path.parent.name) for path in (Path(__file__).parents[1] / "templates").glob("*/*.j2")
}


@pytest.mark.parametrize("writing", ["ja", "en", "easy"])
def test_no_shipped_document_stumbles_over_a_list_that_nobody_counted(writing: Written) -> None:
    """First the list alone, then beside one that is counted about right."""
    bare = told(counted(FRESH, "受給者の名簿", None, "persons", fields=("氏名", "住所")), "organization", "見本市")
    both = counted(bare, "住民基本台帳", 80000, "persons", estimate=True, fields=("氏名",))
    about = {"ja": "約8万人", "en": "about 80,000 people", "easy": "だいたい 8万人"}[writing]
    said = 0
    for kind in SHIPPED.kinds():
        if (kind.slug, writing) in SHIPPED_TEXTS:
            texts = [draft(case, SHIPPED, kind.slug, writing).text for case in (bare, both)]
            assert [STUMBLE.search(text) for text in texts] == [None, None], kind.slug
            said += about in texts[1]
    assert said > 5 or writing == "easy"  # which gives no counts of lists
