"""What the rules on a text find and what they let pass: tables of sentences, and properties of counts, sums and
days."""

from __future__ import annotations

import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.guardrails import Counted, Earlier, Known, State, findings, with_facts
from runbook.guardrails.canon import Page
from runbook.guardrails.numbers import counts, value
from runbook.guardrails.terms import Spellings, Term, drifting, unglossed
from runbook.speech import Bilingual
from runbook.wording import en, ja
from tests import guardrail_texts as texts
from tests.test_guardrails_rules import RULES

BARE = State()
"""No incident: a text checked by itself."""
JUNE = State(now=datetime(2022, 6, 23, 11))
GOLDEN = sorted((Path(__file__).parent / "golden").glob("first-notice-*.md"))


def found(rule: str, text: str, state: State = BARE) -> list[str]:
    return [finding.message.ja for finding in findings(text, RULES, state) if finding.rule == rule]


def knowing(state: State = JUNE, /, **facts: int | str | Known) -> State:
    return with_facts(state, {name: fact if isinstance(fact, Known) else Known(fact) for name, fact in facts.items()})


@pytest.mark.parametrize(("rule", "text"), texts.pairs(texts.TRIPPING))
def test_it_trips(rule: str, text: str) -> None:
    assert found(rule, text, JUNE)


@pytest.mark.parametrize(("rule", "text"), texts.pairs(texts.PASSING))
def test_it_passes(rule: str, text: str) -> None:
    assert not found(rule, text, JUNE)


@pytest.mark.parametrize("text", texts.NOTICES, ids=lambda text: text.splitlines()[0])
def test_a_whole_text_without_a_fault_passes_every_rule_on_texts(text: str) -> None:
    of_a_text = {*texts.TRIPPING, "G12", "G13", "G14", "G38"}
    assert not {finding.rule for finding in findings(text, RULES, knowing(persons=4518))} & of_a_text


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_the_notice_of_the_real_case_passes_every_rule_on_its_text(path: Path) -> None:
    of_a_text = {*texts.TRIPPING, "G12", "G13", "G14"} - {"G34"}
    assert not {finding.rule for finding in findings(path.read_text("utf-8"), RULES, BARE)} & of_a_text


# Counts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("46万517人", [(460517, "persons")]),
        ("４６万５１７人分", [(460517, "persons")]),
        ("四十六万五百十七人", [(460517, "persons")]),
        ("1億2,345万6,789件", [(123456789, "records")]),
        ("1.5万世帯", [(15000, "households")]),
        ("3千人、8万1千件、2千500世帯", [(3000, "persons"), (81000, "records"), (2500, "households")]),
        ("3千万人と三千人", [(30_000_000, "persons"), (3000, "persons")]),
        ("7万4,767世帯と7,949世帯", [(74767, "households"), (7949, "households")]),
        ("460,517 people", [(460517, "persons")]),
        ("360,573 tax records and 7,949 households", [(360573, "records"), (7949, "households")]),
        ("対象者数：46万517", [(460517, None)]),
        ("People affected: 460,517", [(460517, None)]),
        ("6月23日11時、令和4年、電話0120-746-370、USB2本、4回、100円、50%", []),
        ("数百人、何千件", []),
        ("in 2022 many people, on 23 June residents", []),
        ("1.2.3人、1,2,3件", []),
        ("人口、人気、名簿、件名", []),
    ],
)
def test_a_count_is_read_with_its_unit_and_nothing_else_is_a_count(text: str, expected: list) -> None:
    assert [(count.value, count.unit) for count in counts(Page(text))] == expected


@given(st.integers(0, 10**12 - 1), st.booleans())
def test_a_number_is_read_as_it_is_written(n: int, comma: bool) -> None:
    assert value(ja.number(n, comma)) == value(en.number(n)) == n


@given(st.integers(100, 10**9))
def test_a_count_passes_if_and_only_if_it_is_recorded(n: int) -> None:
    for text in (f"対象となる方は{ja.number(n)}人です。", f"The data of {en.number(n)} people is missing."):
        assert not found("G12", text, knowing(persons=n))
        assert found("G12", text, knowing(persons=n + 1))


RECORDED = knowing(persons=460517, media_count=2, cause_so_far="控え312件も同じかばんに入っていた")


@pytest.mark.parametrize(
    ("text", "state", "trips"),
    [
        ("46万518人の情報です。", RECORDED, True),
        ("46万518人の情報です。", BARE, False),  # without an incident there is nothing to compare with
        ("対象は46万人です。", RECORDED, True),
        ("対象は約46万人です。", RECORDED, True),
        ("対象は約46万人です（46万517人を四捨五入した数）。", RECORDED, False),
        ("対象は約46万人です。くわしくは46万517人です。", RECORDED, False),
        ("対象は約40万人です（概数）。", RECORDED, True),
        ("対象は約46万人です。", knowing(persons=Known(460517, "estimate")), False),
        ("約46万517人の情報です。", RECORDED, False),
        ("控え312件の情報も入っていました。", RECORDED, False),  # said by a fact in words
        ("専用電話への問い合わせは1万6,000件でした。", RECORDED, False),
        ("警察官130人が捜索しました。", RECORDED, False),
        ("会場の定員は200人です。", RECORDED, False),
        ("委員は3人です。", RECORDED, False),
        ("対象は3人です。", RECORDED, True),
        ("3人分の個人情報です。", RECORDED, True),
        ("3人の市民の氏名が入っていました。", RECORDED, True),
        ("3人の市民の方から電話がありました。", RECORDED, False),
        ("1人の方が複数の表に含まれることがあります。", RECORDED, False),
        ("法律により、100人を超える漏えいは報告します。", RECORDED, False),
        ("20,271件×4回＝81,084件", knowing(spam=20271), False),
        ("The data of 460,518 people is missing.", RECORDED, True),
        ("About 460,000 people (rounded) are affected.", RECORDED, False),
        ("About 460,000 people are affected.", RECORDED, True),
        ("130 police officers searched; the hotline took 16,000 calls.", RECORDED, False),
        ("3 people are affected.", RECORDED, True),
    ],
)
def test_what_counts_as_recorded(text: str, state: State, trips: bool) -> None:
    assert bool(found("G12", text, state)) == trips


def test_a_count_that_was_published_or_that_a_data_set_has_is_recorded() -> None:
    earlier = Earlier("first-notice", datetime(2022, 6, 23, 11), "対象となる方は最も多い場合で46万518人です。")
    assert found("G12", "46万518人の情報です。", JUNE)
    assert not found("G12", "46万518人の情報です。", State(now=JUNE.now, published=(earlier,)))
    assert not found("G12", "46万518人の情報です。", State(now=JUNE.now, datasets=(Counted("台帳", 460518),)))


def test_a_data_set_that_nobody_counted_or_only_about_right_is_compared_as_such() -> None:
    unknown, rough = Counted("名簿", None, "persons"), Counted("台帳", 81234, "persons", estimate=True)
    state = State(now=JUNE.now, datasets=(unknown, rough, Counted("税", 100)))
    assert not found("G12", "約8万人の情報です。", state)
    assert found("G12", "約8万人の情報です。", State(now=JUNE.now, datasets=(Counted("台帳", 81234, "persons"),)))
    assert found("G12", "0人の情報です。", state)
    for rule in ("G11", "G13", "G14"):
        assert found(rule, "合計8万1,334件の情報です。", state) == found(
            rule, "合計8万1,334件の情報です。", State(now=JUNE.now, datasets=state.datasets[1:])
        )


def test_a_wrong_count_is_told_with_the_one_that_may_be_meant() -> None:
    (message,) = found("G12", "46万571人の情報です。", RECORDED)
    assert message.endswith("文中の数は46万571、記録にある近い数は46万517です。")
    (message,) = found("G12", "900人の情報です。", RECORDED)
    assert "近い数" not in message


TABLE = "| データ | 件数 | {header} |\n| --- | --- | --- |\n| 台帳 | 46万517人 | {cell} |\n"


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        (TABLE.format(header="件数の時点", cell="6月23日午前11時"), False),
        (TABLE.format(header="備考", cell="6月23日午前11時"), True),
        (TABLE.format(header="Counted as of", cell="11:00 on 23 June"), False),
        ("# お知らせ\n\n令和4年6月23日午前11時現在\n\n## 内容\n\n46万517人分です。", False),
        ("# お知らせ\n\n## 内容\n\n46万517人分です。\n\n## 捜索\n\n6月23日午前11時現在、見つかっていません。", True),
        ("# お知らせ\n\n## 内容（6月23日現在）\n\n### 台帳\n\n46万517人分です。", False),
        ("## 要点\n\n6月23日現在、46万517人です。\n\n## 内容\n\n46万517人分です。", False),
        ("## 要点\n\n6月23日現在、46万517人です。\n\n## 内容\n\n36万573件です。", True),
        ("46万517人分です。現在、捜索中です。", True),
        ("46万517人分です。正午現在の数です。", False),
        ("人数は46万517人、6月22日21時の委託先の表によるものです。", False),
        ("46万517人です。6月22日の発表によるものです。", True),
        ("By the contractor's list dated 22 June it is 460,517 persons.", False),
        ("It is 460,517 persons by a list that was handed over on 22 June.", True),
        ("<h2>内容</h2><p>46万517人分です。</p><h2>捜索</h2><p>23日現在、続けています。</p>", True),
        ("<h2>内容（23日現在）</h2><p>46万517人分です。</p>", False),
    ],
)
def test_where_the_time_of_a_count_may_stand(text: str, trips: bool) -> None:
    assert bool(found("G11", text)) == trips


def test_one_finding_a_section_is_enough() -> None:
    assert len(found("G11", "## 一\n\n100人分、200人分、300人分です。\n\n## 二\n\n400人分です。")) == 2


SETS = (Counted("台帳", 460517, "persons"), Counted("税", 360573), Counted("口座", 16765))


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("合計82万1,090件の情報です。", True),  # 台帳と税
        ("合わせて83万7,855件です。", True),  # 三つとも
        ("837,855 records in total.", True),
        ("合計82万1,091件です。", False),
        ("82万1,090件です。", False),
        ("台帳が46万517人、税が36万573件です。", False),
    ],
)
def test_a_total_of_the_data_sets_is_noticed(text: str, trips: bool) -> None:
    assert bool(found("G14", text, State(now=JUNE.now, datasets=SETS))) == trips


def test_a_total_that_is_a_fact_of_its_own_may_be_said() -> None:
    state = knowing(State(now=JUNE.now, datasets=SETS), persons=821090)
    assert not found("G14", "合計82万1,090人です。", state)


def test_many_data_sets_cost_no_more_than_their_number_allows() -> None:
    many = State(now=JUNE.now, datasets=tuple(Counted(str(n), 1000 + n) for n in range(300)))
    assert found("G14", "合計2,001件です。", many)


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("税の情報は36万573人分です。", True),
        ("税の情報は36万573件です。", False),
        ("台帳は46万517件です。", True),
        ("台帳は46万517人分です。", False),
    ],
)
def test_a_data_set_keeps_its_unit(text: str, trips: bool) -> None:
    assert bool(found("G13", text, State(now=JUNE.now, datasets=SETS))) == trips


# Calculations


def written(n: int, style: int) -> str:
    return [ja.number(n), str(n), en.number(n)][style]


@given(st.integers(1, 10**6), st.integers(2, 99), st.integers(0, 2), st.integers(1, 9))
def test_a_product_passes_if_and_only_if_it_is_right(a: int, b: int, style: int, wrong: int) -> None:
    for form in ("{a}件×{b}回＝{c}件です。", "{c}件（{a}件×{b}回）です。", "{a} mails x {b} = {c} mails."):
        right = form.format(a=written(a, style), b=b, c=written(a * b, style))
        assert not found("G15", right)
        assert found("G15", form.format(a=written(a, style), b=b, c=written(a * b + wrong, style)))


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=6), st.integers(1, 9))
def test_a_sum_passes_if_and_only_if_it_is_right(terms: list[int], wrong: int) -> None:
    chain = "＋".join(f"{ja.number(n)}件" for n in terms)
    assert not found("G15", f"{chain}＝{ja.number(sum(terms))}件")
    assert found("G15", f"{chain}＝{ja.number(sum(terms) + wrong)}件")


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("20,271件×4回で8万1,085件を送りました。", "8万1,084"),
        ("20,271 records times 4 is 81,085 records.", "8万1,084"),
        ("2×3＋4＝11", "10"),
        ("10＋2×3＝36", "16"),
        ("100件－30件＝60件", "70"),
        ("10÷4＝3.5", "2.5"),
        ("20,271件×4回＝約9万件", "8万1,084"),
    ],
)
def test_a_wrong_calculation_is_told_with_the_right_result(text: str, right: str) -> None:
    (message,) = found("G15", text)
    assert message.endswith(f"正しくは{right}です。")


@pytest.mark.parametrize(
    "text",
    [
        "2×3＋4＝10",
        "10＋2×3＝16",
        "10÷3＝3.33",
        "20,271件×4回＝約8万1千件",
        "20,271件×4回＝約8万件",
        "20,271件×4回で送りました。",
        "用紙は210×297で2部です。",
        "2022-06-23は3人が出ました。",
        "06-4950-6026＝代表",
        "令和4年6月22日-23日",
        "https://example.lg.jp/?a=3&b=1+1=3/x",
        "1+1",
        "写真は1920x1080=フルHD",
    ],
)
def test_what_is_right_rounded_or_no_calculation_passes(text: str) -> None:
    assert not found("G15", text)


@given(st.decimals(0, 10**9, places=2))
def test_a_number_with_a_fraction_is_read_too(n: Decimal) -> None:
    assert value(f"{n:,f}") == n


# Weekdays

DAYS = st.dates(date(1868, 1, 25), date(2100, 12, 31))
FULL = (
    lambda day, name_ja, name_en: f"{ja.date_era(day)}（{name_ja}）に公表しました。",
    lambda day, name_ja, name_en: f"{ja.date_western(day)}（{name_ja}曜日）に公表しました。",
    lambda day, name_ja, name_en: f"{ja.date_western(day)}{name_ja}曜日に公表しました。",
    lambda day, name_ja, name_en: f"{day.year}/{day.month}/{day.day}（{name_ja}・祝）に公表しました。",
    lambda day, name_ja, name_en: f"Published on {name_en}, {en.day(day)}.",
    lambda day, name_ja, name_en: f"Published on {name_en} {day:%B} {day.day}, {day.year}.",
    lambda day, name_ja, name_en: f"Published on {day:%B} {day.day}, {day.year} ({name_en[:3]}).",
    lambda day, name_ja, name_en: f"Published on {day.isoformat()} ({name_en[:3]}).",
)


@given(DAYS, st.sampled_from(FULL), st.integers(1, 6))
def test_a_weekday_passes_if_and_only_if_it_is_right(day: date, form, off: int) -> None:
    def text(weekday: int) -> str:
        other = date.fromordinal(day.toordinal() + weekday - day.weekday())
        return str(form(day, ja.weekday(other)[1:-1], en.weekday(other)))

    assert not found("G19", text(day.weekday()), JUNE)
    (message,) = found("G19", text((day.weekday() + off) % 7), JUNE)
    assert message.endswith(f"{ja.date_western(day)}は{ja.weekday(day)[1:-1]}曜日です。")


@pytest.mark.parametrize(
    ("text", "state", "trips"),
    [
        ("6月23日（金）", JUNE, True),
        ("6月23日（木）", JUNE, False),
        ("6月23日（金）", BARE, False),  # no year to go by
        ("令和4年の件で、6月23日（金）に会見しました。", BARE, True),
        ("令和3年度分の件で、6月23日（金）に会見しました。", BARE, False),  # a fiscal year is no calendar year
        ("令和3年と令和4年の件で、6月23日（金）に会見しました。", BARE, False),  # which of the two is not said
        ("12月28日（水）に届きました。", State(now=datetime(2023, 1, 5)), False),  # last December
        ("12月28日（火）に届きました。", State(now=datetime(2023, 1, 5)), True),
        ("6月22日（水）から23日（木）まで", JUNE, False),
        ("6月22日（水）から23日（金）まで", JUNE, True),
        ("6月22日。23日（金）", JUNE, False),
        ("23・24日（木・金）", JUNE, False),
        ("6月23・24日（木・金）", JUNE, False),
        ("2月29日（火）", JUNE, False),  # no year around has that day
        ("令和4年2月30日（水）", JUNE, True),
        ("毎月1日（日曜日の場合は翌日）", JUNE, False),
        ("6月23日（木）（水道局）", JUNE, False),
        ("2019年4月30日（火）、令和元年5月1日（水）", BARE, False),
        ("Thursday 23 June and Friday 24 June", JUNE, False),
        ("Thursday 23 June and Saturday 24 June", JUNE, True),
        ("We sat 23 June through; the sun 24 June shone.", JUNE, True),  # reads as Sat and Sun: rare, and told why
        ("on Thursday the 23rd of June 2022", BARE, False),
        ("on Friday the 23rd of June 2022", BARE, True),
        ("open Monday to Friday, 9:00 to 17:00", JUNE, False),
        ("from Wednesday 22:30", JUNE, False),
    ],
)
def test_a_year_that_is_not_said_is_the_likely_one(text: str, state: State, trips: bool) -> None:
    assert bool(found("G19", text, state)) == trips


# Cautions, and what depends on the incident

NEVER_JA, NEVER_EN = "この件で市から電話をすることは一切ありません。", "We will never call you about this."


@pytest.mark.parametrize("text", [NEVER_JA, NEVER_EN])
@pytest.mark.parametrize(
    ("way", "trips"),
    [("telephone", True), ("mixed", True), ("letter", False), ("substitute", False), ("", True)],
)
def test_a_promise_never_to_call_is_held_against_the_planned_contact(text: str, way: str, trips: bool) -> None:
    state = knowing(individual_contact=way) if way else JUNE
    assert bool(found("G28", text, state)) == trips


def test_a_recipe_may_be_told_once_the_repair_is_confirmed() -> None:
    recipe = "番号を一つ変えると、他の申請者の書類が表示されました。"
    assert found("G36", recipe, JUNE)
    assert found("G36", recipe, knowing(fixed_at=Known("2022-10-05T15:00+09:00", "claimed")))
    assert not found("G36", recipe, knowing(fixed_at="2022-10-05T15:00+09:00"))


def test_no_effect_may_be_said_once_the_examination_has_ended() -> None:
    assert found("G37", "他のシステムへの影響はありません。", JUNE)
    assert not found("G37", "他のシステムへの影響はありません。", knowing(forensic_result="操作の記録なし"))


@pytest.mark.parametrize(
    ("kind", "text", "trips"),
    [
        ("first-notice", "# 紛失\n\n媒体がなくなりました。", True),
        ("first-notice", "# 紛失のおわび\n\n媒体がなくなりました。", True),
        ("first-notice", "# 紛失\n\n見本市は、媒体をなくしました。深くおわび申し上げます。", False),
        ("first-notice", "# 紛失\n\n媒体がなくなりました。深くおわび申し上げます。", True),
        ("first-notice", "# 紛失\n\n" + "捜しています。" * 20 + "見本市としておわびします。", True),
        ("web-leak", "# Leak\n\nWe apologise: data could be seen.", False),
        ("web-leak", "# Leak\n\nData could be seen. Apologies are offered.", True),
        ("scam-caution", "# 注意\n\n不審な電話に注意してください。", False),
        ("directive", "# 通達\n\n持ち出しは許可制とします。", False),
        ("", "# 媒体の紛失について\n\n" + "捜しています。" * 20, True),
        ("", "# 窓口の時間について\n\n" + "午前9時からです。" * 20, False),
        ("", "媒体の紛失について", False),
    ],
)
def test_who_owes_an_apology_and_where(kind: str, text: str, trips: bool) -> None:
    assert bool(found("G38", text, State(kind=kind))) == trips


# Terms


def spots(check, text: str) -> list[Bilingual | None]:
    return [spot.detail for spot in check(Page(text), BARE)]


FORENSIC = unglossed((Term(("フォレンジック", "forensic"), "電子的な痕跡の調査", ("電子的な痕跡",)),))


@pytest.mark.parametrize(
    "text",
    [
        "フォレンジック（電子機器に残る記録の調査）を行います。",
        "フォレンジック調査（電子機器に残る記録の調査）を行います。",
        "電子機器に残る記録の調査（フォレンジック）を行います。",
        "フォレンジックを行います。\n\n※フォレンジックとは、電子機器に残る記録を調べることです。",
        "フォレンジックを頼みました。機器に残った電子的な痕跡を調べます。",
        "A forensic examination (a search of the devices) follows.",
        'We ordered a forensic examination. "Forensic" means that the devices are searched.',
        "調査を行います。",
    ],
)
def test_a_term_may_be_explained_anywhere_and_in_many_ways(text: str) -> None:
    assert spots(FORENSIC, text) == []


@pytest.mark.parametrize(
    "text", ["フォレンジックを行います。フォレンジックは続きます。", "フォレンジック（3台）", "Forensic work goes on."]
)
def test_an_unexplained_term_is_told_once_with_an_explanation_to_offer(text: str) -> None:
    (detail,) = spots(FORENSIC, text)
    assert detail.ja == "例：フォレンジック（電子的な痕跡の調査）"


def test_a_term_within_a_longer_word_is_another_word() -> None:
    check = unglossed((Term(("SFA",), "営業の記録のシステム"),))
    assert spots(check, "SFAの設定を直します。")
    assert not spots(check, "Transfer, SFAX and XSFA are something else.")


STICKS = drifting((Spellings(("USBメモリー", "USBメモリ", "USB"), ("USBポート",)), Spellings(("leak", "breach"))))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("USBメモリーを捜しています。USBメモリは2本です。", "「USBメモリー」と「USBメモリ」があります。"),
        ("USBを捜しています。USBメモリーは2本です。", "「USB」と「USBメモリー」があります。"),
        ("A leak was found. The breach is closed.", "「leak」と「breach」があります。"),
    ],
)
def test_a_second_name_is_told_with_the_first(text: str, said: str) -> None:
    (detail,) = spots(STICKS, text)
    assert detail.ja == said


@pytest.mark.parametrize(
    "text",
    [
        "USBメモリーを捜しています。USBメモリーは2本です。",
        "USBメモリーを捜しています。USBポートはふさぎます。",
        "Two leaks were found; the leak is closed. A beach, breached.",
    ],
)
def test_one_name_and_longer_words_pass(text: str) -> None:
    assert spots(STICKS, text) == []


# Time

UNITS = (
    *(
        "1",
        "1,",
        "1万",
        "1億",
        "1人",
        "１人分",
        "1+",
        "1件×",
        "1x",
        "=",
        "合計",
        "約",
        "数",
        "人数は",
        "number of people ",
    ),
    *(
        "（",
        "(",
        "「",
        "（フォレンジック",
        "フォレンジック",
        "USB",
        "漏えい",
        "1日（月）",
        "（木）",
        "monday ",
        "june 1 ",
        "令和4年",
    ),
    *(
        "委託先の",
        "contractor ",
        "市は",
        "おわび",
        "1部の",
        "一部の方",
        "のみ",
        "only ",
        "なお、1人。",
        "再発防止策を",
        "the the ",
        "を",
    ),
    *(
        "関係者が",
        "氏名など",
        "氏名、",
        "45歳",
        "課",
        "他の",
        "番号を変えると",
        "影響は",
        "by changing ",
        "other user ",
    ),
    *("電話は", "ません", "never ", "call ", "という投稿", "sns", "http://", "url", "# 1人\n", "|1人|", "\n"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_no_text_takes_more_than_its_share_of_time(unit: str) -> None:
    """Four times the text takes about four times the time; where it grew with the square it would be sixteen."""

    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        best = 60.0
        for _ in range(2):
            start = time.process_time()
            findings(text, RULES, JUNE)
            best = min(best, time.process_time() - start)
        return best

    assert taken(48_000) < 10 * taken(12_000) + 0.2


PIECES = (
    *(
        "46万517",
        "460,517",
        "人",
        "件",
        "×",
        "＝",
        "約",
        "。",
        "\n",
        "# ",
        "| ",
        "6月23日",
        "（木）",
        "現在",
        "合計",
        "氏名",
        "など",
    ),
    *(
        "委託先",
        "関係者",
        "影響は",
        "ありません",
        "「",
        "」",
        "という投稿",
        "市は",
        "おわび",
        " people",
        "Thursday ",
        "23 June ",
    ),
    *("the ", "only ", "never call ", "by changing the ", "other users' data ", "(", ")", "元年", "万", "億", ",", "."),
)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_and_every_finding_points_into_it(text: str) -> None:
    lines = text.split("\n")
    for finding in findings(text, RULES, RECORDED):
        assert 1 <= finding.line <= len(lines)


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("『解読は困難、ご安心を』という投稿は出さないでください。", False),
        ("「解読は困難です」と投稿するのはやめてください。", False),
        ("Do not post “it is hard to crack, nobody need worry”.", False),
        ("『解読は困難、ご安心を』という投稿を出してください。", True),
        ("「解読は困難」という投稿は出しませんが、媒体は厳重に保護されています。", True),
        ("「名簿が売られている」という投稿は広めないでください。", True),  # a denial spreads it as well
        ("Post “it is hard to crack”, and do not publish the number.", True),
    ],
)
def test_whoever_stops_a_wording_may_name_it(text: str, trips: bool) -> None:
    assert bool(found("G04", text) or found("G29", text)) is trips
