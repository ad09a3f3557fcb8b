"""What a template sees beside facts: registers, earlier publications, what changed since; and what a notice rests
on."""

from __future__ import annotations

from functools import partial

import pytest

from runbook.actions.deciding import By
from runbook.actions.facts import record_row
from runbook.case import Case
from runbook.errors import BadContent
from runbook.events import Act, NoticeCorrected, NoticeDrafted, NoticeWithdrawn, Prose
from runbook.moment import read_moment
from runbook.notice_kinds import WRITTEN, Written
from runbook.notices.drafting import draft
from tests.making import done, later
from tests.noticing import SHIPPED, amagasaki, counted, published, told, written

FRESH = amagasaki("2022-06-22T15:44")


def rowed(case: Case, register: str, *rows: dict[str, str]) -> Case:
    for row in rows:
        case = done(case, partial(record_row, register=register, typed=row))
    return case


MEMBERS = "{% for m in members %}\n{{ loop.length }}/{{ m.name }}/{{ m.reading }}/{{ m.affiliation }}/{{ m.role }}\n{% endfor %}"


def test_members_stand_in_the_order_of_the_fifty_sounds_without_honorifics() -> None:
    case = rowed(
        FRESH,
        "members",
        {"name": "渡辺 一", "reading": "わたなべ はじめ", "affiliation": "弁護士", "role": "chair"},
        {"name": "バーンズ氏", "reading": "バーンズ", "affiliation": "甲大学"},
        {"name": "蜂谷 二様", "reading": "はちや つぎ"},
        {"name": "安部 三", "reading": "あべ みつ", "role": "member"},
    )
    assert written(case, MEMBERS).text.splitlines() == [
        "4/安部 三/あべ みつ/確認中/委員",
        "4/バーンズ/バーンズ/甲大学/確認中",
        "4/蜂谷 二/はちや つぎ/確認中/確認中",
        "4/渡辺 一/わたなべ はじめ/弁護士/委員長",
    ]
    english = written(case, "{% for m in members %}{{ m.role }}/{{ m.name }} {% endfor %}", "en")
    assert english.text.startswith("member/安部 三 being confirmed/")
    assert english.foreign == ("members",)


def test_the_real_committee() -> None:
    text = written(
        amagasaki("2022-07-02"), "{% for m in members %}{{ m.name }}（{{ m.affiliation }}）、{% endfor %}"
    ).text
    assert text == (
        "大高 利夫（藤沢市総務部情報システム課）、小林 孝史（関西大学総合情報学部准教授）、"
        "櫻庭 信之（弁護士（第一東京弁護士会））、\n"
    )


MEASURES = (
    "{% for m in measures %}\n{{ m.title }}/{{ m.owner }}/{% if m.due %}{{ m.due }}まで{% else %}時期は{{ m.due }}{% endif %}"
    "/{{ m.state }}{% if m.done %}!{% endif %};\n{% endfor %}"
)


def test_measures_say_what_is_done_and_what_is_only_planned() -> None:
    case = rowed(
        FRESH,
        "measures",
        {"title": "通達", "owner": "総務局", "due": "2022-06-28", "state": "done"},
        {"title": "監査", "state": "planned"},
    )
    assert written(case, MEASURES).text.splitlines() == [
        "通達/総務局/令和4年6月28日まで/済!;",
        "監査/確認中/時期は確認中/予定;",
    ]
    assert "in progress" not in written(case, "{% for m in measures %}{{ m.state }} {% endfor %}", "en").text


def test_filings_and_custody() -> None:
    case = rowed(
        rowed(FRESH, "filings", {"authority": "総務省", "filed_at": "2022-06-23T10:00"}),
        "custody",
        {"organisation": "丙", "tier": "3", "approved": "no"},
        {"organisation": "甲", "tier": "1", "approved": "yes"},
        {"organisation": "乙", "tier": "2"},
    )
    body = "{% for f in filings %}{{ f.authority }}/{{ f.at }}/{{ f.receipt }}{% endfor %}"
    assert written(case, body).text == "総務省/6月23日（木）午前10時/確認中\n"
    body = "{% for c in custody %}{{ c.tier }}{{ c.organisation }}{{ c.approved }}{% if c.approved %}!{% endif %} {% endfor %}"
    assert written(case, body).text == "1甲はい! 2乙確認中 3丙いいえ\n"


def test_a_line_of_what_happened_gives_the_day_alone_where_the_hour_does_not_matter() -> None:
    case = told(told(FRESH, "committee_set_at", "2022-07-01"), "noticed_at", "2022-07-01")
    body = "{% for l in [[noticed_at, 'x'], [committee_set_at, 'y', 'day']] | in_order %}\n{{ l }}\n{% endfor %}"
    assert written(case, body, uses=("noticed_at", "committee_set_at")).text.splitlines() == [
        "7月1日（金）（時刻は確認中） x",
        "7月1日（金） y",
    ]


def test_a_register_can_be_required_and_its_step_is_named() -> None:
    missing = written(FRESH, "x", requires=("members", "datasets")).missing
    assert [(gap.fact, gap.step, gap.title.ja) for gap in missing] == [
        ("members", "committee-members", "調査委員"),
        ("datasets", "data-sets", "データ項目"),
    ]
    assert written(rowed(FRESH, "members", {"name": "a", "reading": "あ"}), "x", requires=("members",)).missing == ()


@pytest.mark.parametrize(
    ("body", "rests"),
    [
        ("{{ lost_place }}", ["lost_place"]),
        ("{{ persons.people }}", ["persons"]),
        ("{{ 'x' ~ lost_place }}", ["lost_place"]),
        ("{% if lost_place.known %}x{% endif %}", []),
        ("{% if lost_place.confirmed %}x{% endif %}", []),
        ("{% if my_number.no %}x{% endif %}", ["my_number"]),
        ("{% if cause.choice == 'theft' %}x{% endif %}", ["cause"]),
        ("{% if search_ongoing.yes %}x{% endif %}", []),  # claimed as unknown: “being confirmed” is not made wrong
        ("{% for l in [[noticed_at, 'a']] | in_order %}{{ l }}{% endfor %}", ["noticed_at"]),
        ("{% if datasets %}x{% endif %}", []),
        ("{% for d in datasets %}{{ d.count }}{% endfor %}", ["dataset:税"]),
        ("{% for d in datasets if d.account %}x{% endfor %}", ["dataset:税"]),
        ("{% if measures %}x{% endif %}", []),
        ("{% for m in measures %}{{ m.title }}{% endfor %}", ["row:measures:通達"]),
        ("{% for m in measures if m.done %}x{% endfor %}", ["row:measures:通達"]),
        ("nothing", []),
    ],
)
def test_a_notice_rests_on_what_it_says_and_on_what_decided_it(body: str, rests: list[str]) -> None:
    case = rowed(counted(FRESH, "税", 9), "measures", {"title": "通達"})
    for name, typed in (
        ("lost_place", "吹田"),
        ("persons", "9"),
        ("my_number", "no"),
        ("cause", "loss"),
        ("search_ongoing", "unknown"),
        ("noticed_at", "2022-06-22T03:00"),
    ):
        case = told(case, name, typed)
    uses = ("lost_place", "persons", "my_number", "cause", "search_ongoing", "noticed_at")
    assert list(written(case, body, uses=uses).facts) == rests


HISTORY = (
    "{{ number }}\n{% for h in history %}\n{{ h.at }}/{{ h.title }}/{{ h.number }}"
    "{% if h.writing %}/{{ h.writing }}{% endif %}{% if h.corrected %}/corrected{% endif %}{% if h.withdrawn %}/withdrawn{% endif %};\n{% endfor %}"
)


def marked(case: Case, kind: str, *, withdrawn: bool = False) -> Case:
    out = case.incident.notice(kind, "ja").publications[-1].touch.seq
    event = NoticeWithdrawn if withdrawn else NoticeCorrected
    return done(case, lambda case, by: [Act(event(kind, "ja", out, Prose(text="誤り")))])


def test_reports_are_numbered_and_history_tells_what_came_before() -> None:
    assert written(FRESH, HISTORY, kind="first-notice").text == "第1報\n"
    case = published(later(FRESH, hours=1), "first-notice")
    case = published(later(case, hours=1), "scam-caution")
    case = published(later(case, hours=1), "first-notice", writing="en")
    case = published(later(case, hours=1), "press-qa")
    case = published(later(case, hours=20), "found-notice")
    case = marked(marked(case, "first-notice"), "scam-caution", withdrawn=True)
    assert written(case, HISTORY, kind="committee-notice").text.splitlines() == [
        "第3報",
        "6月22日（水）午後4時45分/第1報/第1報/corrected;",
        "6月22日（水）午後5時45分/便乗した詐欺への注意//withdrawn;",
        "6月23日（木）午後3時45分/発見のお知らせ/第2報;",
    ]
    assert written(case, HISTORY, "en", kind="committee-notice").text.splitlines() == [
        "Report no. 3",
        "18:45 on Wednesday 22 June/First notice/Report no. 1;",
        "17:45 on Wednesday 22 June/Caution against scams//in Japanese/withdrawn;",
        "15:45 on Thursday 23 June/Notice of the find/Report no. 2/in Japanese;",
    ]
    assert written(case, "x{{ number }}{% if number %}y{% endif %}", kind="correction").text == "x\n"


def numbers(case: Case, kind: str) -> list[str]:
    return [written(case, "{{ number }}", writing, kind=kind).text.strip() for writing in ("ja", "en", "easy")]


def test_a_translation_has_the_number_of_what_it_translates_and_does_not_list_it() -> None:
    case = published(published(later(FRESH, hours=1), "first-notice"), "found-notice")
    assert numbers(case, "first-notice") == ["第3報", "Report no. 1", "第1報"]
    assert numbers(case, "found-notice") == ["第3報", "Report no. 2", "第2報"]
    titles = "{{ number }}{% for h in history %}/{{ h.title }}{% endfor %}"
    assert written(case, titles, "en", kind="found-notice").text == "Report no. 2/First notice\n"
    assert written(case, titles, kind="found-notice").text == "第3報/第1報/発見のお知らせ\n"
    for writing in WRITTEN[1:]:
        case = published(later(case, hours=1), "first-notice", writing=writing)
    assert numbers(case, "committee-notice") == ["第3報", "Report no. 3", "第3報"]
    case = published(later(case, hours=1), "first-notice", writing="en")
    assert numbers(case, "first-notice") == ["第3報", "Report no. 4", "第3報"]
    body = "{% for h in history %}{{ h.number }}({{ h.writing }}) {% endfor %}"
    assert written(case, body, kind="committee-notice").text == "第1報() 第2報() 第3報(英語)\n"


CHANGES = (
    "{% for c in changes %}\n{{ c.title }}: {{ c.was }} → {{ c.now }}（{{ c.document }}、{{ c.published }}）\n"
    "{% else %}\nnone\n{% endfor %}"
)


def test_what_was_published_and_is_no_longer_right() -> None:
    case = told(FRESH, "affiliation", "協力会社の社員", status="claimed", source="委託先の説明")
    case = told(told(case, "lost_place", "吹田"), "persons", "460000", status="estimate")
    case = published(case, "first-notice", ("affiliation", "lost_place", "persons"))
    assert written(case, CHANGES).text == "none\n"
    case = told(case, "affiliation", "再々委託先の社員", source="雇用契約書")
    as_of = read_moment("2022-06-23T11:00", case.now, case.zone)
    case = told(case, "persons", "520517", as_of=as_of)
    rendering = written(case, CHANGES)
    assert rendering.text.splitlines() == [
        "当事者の所属: 協力会社の社員（委託先の説明による） → 再々委託先の社員（第1報、6月22日（水）午後3時45分）",
        "本人の数: 約46万人（6月22日午後3時45分現在） → 52万517人（6月23日午前11時現在）"
        "（第1報、6月22日（水）午後3時45分）",
    ]
    now = {name: case.current(name) for name in ("affiliation", "persons")}
    assert rendering.facts == {name: claim.touch.seq for name, claim in now.items() if claim}
    assert written(marked(case, "first-notice"), CHANGES).text == "none\n"


def test_a_correction_quotes_what_people_published_by_hand_and_not_the_fact() -> None:
    """The page said it in its own words; to take back the number would be to take back what nobody read."""
    case = told(told(FRESH, "persons", "460517"), "lost_place", "吹田")
    base = "なくしたのは46万517人分の情報です。\n\nなくした場所は吹田です。\n"
    mine = base.replace("なくしたのは46万517人分の情報です。", "- なくしたのは、市民ほぼ全員の情報です。")

    def kept(_case: Case, _by: By) -> list[Act]:
        return [Act(NoticeDrafted("first-notice", "ja", Prose(text=mine), {}, Prose(text=base)))]

    out = published(done(case, kept), "first-notice", ("persons", "lost_place"), text=mine)
    later = told(told(out, "persons", "460000"), "lost_place", "大阪")
    lines = written(later, CHANGES).text.splitlines()
    assert any(line.startswith("本人の数: なくしたのは、市民ほぼ全員の情報です。 → 46万人") for line in lines)
    assert any(line.startswith("なくした場所: 吹田 → 大阪") for line in lines)


def test_the_employer_that_stood_wrong_for_four_days() -> None:
    body = (
        "{{ number }}\n"
        + CHANGES
        + "{% for h in history %}\n{{ h.title }}{% if h.corrected %}（訂正済み）{% endif %};\n{% endfor %}"
    )
    said = "当事者の所属: 協力会社の社員 → 協力会社からさらに委託を受けた会社の社員（第1報、6月23日（木）午前11時）"
    assert written(amagasaki("2022-06-27T10:30"), body, kind="found-notice").text.splitlines() == [
        "第3報",
        said,
        "第1報;",
        "便乗した詐欺への注意;",
        "発見のお知らせ;",
    ]
    assert written(amagasaki("2022-06-27T12:30"), body, kind="found-notice").text.splitlines() == [
        "第3報",
        "none",
        "第1報（訂正済み）;",
        "便乗した詐欺への注意;",
        "発見のお知らせ;",
        "訂正とおわび;",
    ]


def test_a_claim_withdrawn_since_is_being_confirmed_now() -> None:
    case = published(told(FRESH, "lost_place", "吹田", source="甲"), "first-notice", ("lost_place",))
    case = told(case, "lost_place", "吹田", status="withdrawn", source="甲")
    assert written(case, CHANGES).text.startswith("なくした場所: 吹田 → 確認中（")


def test_data_sets_and_rows_that_changed() -> None:
    case = counted(FRESH, "税", 9, fields=("氏名",), as_of=read_moment("2022-06-22T11:00", FRESH.now, FRESH.zone))
    case = rowed(case, "members", {"name": "甲野 乙", "reading": "こうの おつ", "affiliation": "甲大学"})
    case = published(case, "committee-notice", ("dataset:税", "row:members:甲野 乙"))
    case = counted(case, "税", 12, fields=("氏名", "住所"))
    case = rowed(case, "members", {"name": "甲野 乙", "affiliation": "乙大学"})
    lines = written(case, CHANGES).text.splitlines()
    assert lines[0].startswith("税: 9件（氏名、6月22日午前11時現在） → 12件（氏名、住所")
    assert lines[1].startswith("甲野 乙: 甲野 乙、こうの おつ、甲大学 → 甲野 乙、こうの おつ、乙大学（")


def test_a_count_that_was_not_known_yet_is_not_corrected_by_the_count() -> None:
    case = published(counted(FRESH, "名簿", None, "persons"), "first-notice", ("dataset:名簿",))
    known = counted(case, "名簿", 80000, "persons", estimate=True)
    assert written(known, CHANGES).text == "none\n"
    case = published(known, "first-notice", ("dataset:名簿",))
    lost = counted(case, "名簿", None, "persons")
    assert written(lost, CHANGES).text.startswith("名簿: 約8万人 → 確認中（")


@pytest.mark.parametrize(("writing", "documents"), [("ja", ["第1報"]), ("en", ["First notice"])])
def test_a_change_is_told_once_however_many_writings_it_stood_in(writing: Written, documents: list[str]) -> None:
    case = told(FRESH, "lost_place", "吹田")
    for one in ("ja", "easy", "en"):
        case = published(case, "first-notice", ("lost_place",), writing=one)
    case = told(case, "lost_place", "大阪", source="駅の記録")
    body = "{% for c in changes %}{{ c.document }}{% endfor %}"
    assert written(case, body, writing).text.split("\n")[:-1] == documents


EASY = [
    ("lost_place", "X", "claimed", "甲社", "{{ lost_place }}", "X（甲社の 話）"),
    ("persons", "9", "estimate", "", "{{ persons.people }}", "だいたい 9人（6月22日午後3時45分現在）"),
    ("noticed_at", "2022-06-22T03:00", "confirmed", "", "{{ noticed_at }}", "6月22日（水曜日）午前3時"),
    ("cause", "unknown", "confirmed", "", "{{ cause }}", "調べています"),
]


@pytest.mark.parametrize(("name", "typed", "status", "source", "body", "said"), EASY)
def test_easy_japanese_has_words_of_its_own(name: str, typed: str, status, source: str, body: str, said: str) -> None:
    case = told(FRESH, name, typed, status=status, source=source)
    assert written(case, body, "easy", uses=(name,)).text == f"{said}\n"


@pytest.mark.parametrize(
    ("name", "typed", "body"),
    [
        ("noticed_at", "1850-06-22T03:00", "{{ noticed_at }}"),
        ("noticed_at", "1850-06-22T03:00", "{{ noticed_at.day }}"),
        ("noticed_at", "1850-06-22T03:00", "{% for line in [[noticed_at, 'x']] | in_order %}{{ line }}{% endfor %}"),
        ("law_as_of", "1850-06-22", "{{ law_as_of }}"),
    ],
)
def test_a_day_before_there_were_eras_is_a_sentence_that_names_the_fact(name: str, typed: str, body: str) -> None:
    case = told(FRESH, name, typed)
    title = {"noticed_at": "Noticed at", "law_as_of": "Law as of"}[name]
    with pytest.raises(BadContent, match=f"{title}: 1850-06-22 is before the Meiji era"):
        written(case, body, "ja", uses=(name,))
    for writing in ("en", "easy"):
        assert "1850" in written(case, body, writing, uses=(name,)).text


def test_the_draft_of_such_a_case_is_refused_in_the_same_words() -> None:
    case = told(FRESH, "noticed_at", "1850-06-22T03:00")
    with pytest.raises(BadContent, match="Noticed at: 1850-06-22 is before the Meiji era"):
        draft(case, SHIPPED, "D02", "ja")


def test_typed_texts_have_the_widths_of_official_writing_in_japanese_alone() -> None:
    case = counted(told(FRESH, "media_kind", "ＵＳＢﾒﾓﾘｰ"), "税　２", 9, fields=("ｺｰﾄﾞ",), source="甲１")
    body = "{{ media_kind }}{% for d in datasets %}/{{ d.name }}/{{ d.fields }}/{{ d.as_of }}{% endfor %}"
    assert written(case, body, uses=("media_kind",)).text == "USBメモリー/税 2/コード/時点は確認中（甲1による）\n"
    assert written(case, "{{ media_kind }}", "en", uses=("media_kind",)).text == "ＵＳＢﾒﾓﾘｰ\n"
