"""The Japanese notices of the public series: written from the real case at four moments, and read as a resident
would."""

from __future__ import annotations

import re
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.meta import find_undeclared_variables
from pypdf import PdfReader

from runbook.actions.facts import record_row
from runbook.case import Case
from runbook.notice_kinds import find_kind
from runbook.notices.documents import Document
from runbook.notices.drafting import Drafting, draft
from runbook.notices.formats import write
from runbook.notices.sandbox import NAMES
from runbook.notices.templates import Head, load_template
from tests.making import done
from tests.noticing import SHIPPED, amagasaki, published, rules, told

SERIES = (
    *("city-page", "first-notice", "found-notice", "committee-notice", "scam-caution", "final-press", "correction"),
    *("contractor-committee", "directive", "newsletter", "short-notice"),
)
MOMENTS = {
    "opening": "2022-06-22T15:44",
    "announcement": "",
    "find": "2022-06-24T13:00",
    "end": "2022-11-28T15:45",
}
TEMPLATES = Path(__file__).parents[1] / "templates" / "ja"
BLOCKS = sorted(path.name.removesuffix(".md.j2") for path in (TEMPLATES / "blocks").iterdir())

STILL_TO_SAY = {
    "next_update_at": "2022-12-05T17:00",
    "hotline_tested_at": "2022-06-23T09:40",
    "forensic_scope": "媒体 パソコン サーバー",
    "commission_reported_at": "2022-06-24T10:00",
    "individual_contact": "letter",
    "contractor_committee": "再発防止調査委員会",
    "contractor_committee_set_at": "2022-07-01",
    "contractor_committee_members": "甲野太郎（弁護士）",
    "delay_reason": "件数を確かめるのに日数を要した。",
}
"""What the record of the case does not tell, so that every notice of the series is complete."""


@cache
def complete() -> Case:
    case = amagasaki(MOMENTS["end"])
    for name, value in STILL_TO_SAY.items():
        case = told(case, name, value)
    return case


def drafted(kind: str, case: Case) -> Drafting:
    return draft(case, SHIPPED, kind, "ja", anew=True)


def head(kind: str) -> Head:
    found = find_kind(SHIPPED.kinds(), kind)
    assert found is not None
    return load_template(SHIPPED, found, "ja").head


def source(kind: str) -> str:
    return (TEMPLATES / f"{kind}.md.j2").read_text("utf-8").partition("\n---\n")[2]


def block(name: str) -> str:
    return (TEMPLATES / "blocks" / f"{name}.md.j2").read_text("utf-8")


def named(text: str) -> set[str]:
    """The facts a template's text names."""
    environment = Environment()
    environment.filters["in_order"] = list
    return find_undeclared_variables(environment.parse(text)) - set(NAMES)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("kind", SERIES)
def test_each_reads_well_at_each_moment(kind: str, moment: str) -> None:
    drafting = drafted(kind, amagasaki(MOMENTS[moment]))
    assert drafting.trouble is None
    for flaw in (
        "None",
        "{{",
        "{%",
        "{#",
        "確認中確認中",
        "（）",
        "。。",
        "、。",
        "：。",
        "：\n",
        "\n\n\n",
        "【】",
        "False",
    ):
        assert flaw not in drafting.text
    lines = drafting.text.splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if line.startswith("# ")] == lines[:1]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not (line.startswith("#") and following), f"no empty line after {line}"
        assert "確認中" not in line or line.startswith(("#", "|")) or _says_what_of(line)


def _says_what_of(line: str) -> bool:
    """Whether a line says what it is that is being confirmed."""
    return re.sub(r"^[-\d. ]*", "", line) not in ("確認中", "確認中。")


@pytest.mark.parametrize("kind", SERIES)
def test_at_the_opening_every_required_fact_is_a_gap_with_its_name(kind: str) -> None:
    drafting = drafted(kind, amagasaki(MOMENTS["opening"]))
    assert [gap.fact for gap in drafting.missing] == list(head(kind).requires)
    for gap in drafting.missing:
        assert gap.step
        if gap.fact == "my_number":
            assert "マイナンバー（個人番号）が含まれるかどうかは確認中です。" in drafting.text
        elif gap.fact not in NAMES:
            assert f"【{gap.title.ja}：確認中】" in drafting.text


@pytest.mark.parametrize("kind", SERIES)
def test_with_all_that_can_be_told_nothing_is_missing_and_nothing_is_blocked(kind: str) -> None:
    drafting = drafted(kind, complete())
    assert drafting.missing == ()
    assert [(one.rule, one.excerpt) for one in drafting.findings if one.severity == "block"] == []
    assert "【" not in drafting.text


@pytest.mark.parametrize("kind", SERIES)
def test_a_head_names_what_its_text_and_blocks_read_and_no_more(kind: str) -> None:
    told_of = head(kind)
    included = re.findall(r'{% include "(.*?)" %}', source(kind))
    assert sorted(included) == sorted(set(included)), "a block stands in a notice once"
    assert set(included) == set(told_of.blocks)
    facts = named(source(kind)).union(*(named(block(name)) for name in told_of.blocks))
    assert facts == {*told_of.requires, *told_of.uses} - set(NAMES)
    assert not {*told_of.requires} & {*told_of.uses}
    assert told_of.approver
    assert told_of.title in source(kind)


@pytest.mark.parametrize("kind", SERIES)
def test_a_head_names_rules_of_completeness_only(kind: str) -> None:
    completeness = {rule.id for rule in rules().rules if rule.scope == "named"}
    assert set(head(kind).guardrails) <= completeness


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_says_which_facts_it_reads(name: str) -> None:
    comment = re.search(r"{#.*?#}", block(name), re.DOTALL)
    assert comment
    listed = re.findall(r"[a-z]\w+", comment[0].partition("事実：")[2].partition("。")[0])
    assert set(listed) - set(NAMES) == named(block(name))


@pytest.mark.parametrize("page", ["notice-templates.md", "notice-templates.ja.md"])
def test_the_pages_on_templates_name_every_block(page: str) -> None:
    text = (TEMPLATES.parents[1] / "docs" / page).read_text("utf-8")
    listed = re.findall(
        r"^\| (`[a-z` -]+`) \|", text.partition("| block" if page.endswith("es.md") else "| 部品")[2], re.MULTILINE
    )
    assert set(BLOCKS) <= {name for row in listed for name in re.findall("`(.*?)`", row)}


def test_what_several_notices_say_is_written_once() -> None:
    places: dict[str, set[str]] = {}
    for path in [*(TEMPLATES / f"{kind}.md.j2" for kind in SERIES), *(TEMPLATES / "blocks").iterdir()]:
        text = path.read_text("utf-8").split("\n---\n")[-1]
        text = re.sub("{{.*?}}", "", re.sub("{#.*?#}|{%.*?%}", "\n", text, flags=re.DOTALL))
        for sentence in re.findall(r"[^。\n]{15,}。", text):
            places.setdefault(sentence.strip("- "), set()).add(path.name)
    twice = {sentence: names for sentence, names in places.items() if len(names) > 1}
    assert twice == {}


def test_every_notice_for_the_public_gives_the_desk_with_its_number_and_hours() -> None:
    for kind in SERIES:
        if kind != "directive":
            text = drafted(kind, complete()).text
            for words in (
                "担当：総務局企画管理課",
                "電話：0120-746-370",
                "受付時間：毎日（土日祝日含む）午前9時から午後7時まで",
            ):
                assert text.count(words) == 1


@pytest.mark.parametrize(
    ("moment", "says", "not_yet"),
    [
        ("announcement", "媒体は、6月23日午前11時の時点で見つかっていません。", "見つかりました"),
        ("find", "媒体は、6月24日（金）正午頃に見つかりました。", "見つかっていません"),
        ("end", "原因などを調べた結果の報告を、11月28日（月）に受けました。", "見つかっていません"),
    ],
)
def test_the_page_opens_with_an_apology_and_the_newest_state(moment: str, says: str, not_yet: str) -> None:
    text = drafted("city-page", amagasaki(MOMENTS[moment])).text
    lead = text.split("\n\n")[2]
    assert lead.startswith("尼崎市は、")
    assert "皆さまに深くおわび申し上げます。" in lead
    assert says in lead
    assert not_yet not in lead


def test_the_page_has_the_newest_on_top_and_the_loss_at_the_bottom() -> None:
    text = drafted("city-page", complete()).text
    headings = [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]
    assert headings == [
        "いまの状況",
        "お問い合わせ先",
        "皆さまにお願いしたいこと",
        "関係機関への報告",
        "調査の結果について（11月28日（月））",
        "再発防止策",
        "調査委員会について（7月1日（金）設置）",
        "便乗した詐欺にご注意ください",
        "訂正とおわび（6月27日（月））",
        "発見について（6月24日（金））",
        "紛失について（6月23日（木）公表）",
        "これまでの発表",
    ]


def test_found_is_not_said_to_be_safe() -> None:
    for kind in ("found-notice", "city-page", "first-notice", "newsletter", "short-notice"):
        text = drafted(kind, amagasaki(MOMENTS["find"])).text
        assert re.search(
            "見つかっても、情報が写し取られなかったとは言えません|情報が写し取られていないことを意味しません", text
        )
        assert "漏えいはありません" not in text
    assert "写し取られていないことを意味しません" not in drafted("found-notice", complete()).text


def test_members_stand_in_the_order_of_the_fifty_sounds_without_honorifics() -> None:
    case = amagasaki("2022-06-30T12:00")
    for name, reading in [
        ("小林 一郎氏", "こばやし いちろう"),  # by code point before ごとう
        ("後藤 花子 先生", "ごとう はなこ"),
        ("ヴァレリー・江藤", "ヴァレリー・えとう"),  # by code point after every hiragana
        ("上野 三郎", "うえの さぶろう"),
        ("渡辺 四郎", "わたなべ しろう"),
    ]:
        values = {"name": name, "reading": reading, "affiliation": "弁護士", "role": "member"}
        case = done(case, partial(record_row, register="members", typed=values))
    text = drafted("committee-notice", case).text
    assert "5名（五十音順、敬称略）" in text
    names = re.findall(r"^\| (.*?) \| .*? \| 弁護士 \| 委員 \|$", text, re.MULTILINE)
    assert names == ["ヴァレリー・江藤", "上野 三郎", "後藤 花子", "小林 一郎", "渡辺 四郎"]


def test_what_is_only_considered_never_stands_among_what_was_done() -> None:
    case = amagasaki("2022-06-30T12:00")
    for title, state in [("監査の強化", "considering"), ("毎日の目視点検", "done"), ("専門職の配置", "planned")]:
        values = {"title": title, "owner": "総務局", "state": state} | (
            {"done_in": "令和4年6月"} if state == "done" else {}
        )
        case = done(case, partial(record_row, register="measures", typed=values))
    for kind in ("city-page", "final-press", "directive", "short-notice"):
        text = drafted(kind, case).text
        was_done, _, to_come = text.partition("これから行うもの、検討しているもの")
        assert "| 毎日の目視点検 | 総務局 | 令和4年6月 |" in was_done.partition("実施したもの")[2]
        assert "監査の強化" not in was_done
        assert "| 監査の強化 | 総務局 | 確認中 | 検討中 |" in to_come
        assert "| 専門職の配置 | 総務局 | 確認中 | 予定 |" in to_come


@pytest.mark.parametrize(
    ("decision", "signed", "says"),
    [
        ("claim", "yes", "委託先に対し、契約に基づいて損害の賠償を求めます。"),
        ("claim", "no", "法務の確認を経て判断します。"),
        ("claim", "unknown", "法務の確認を経て判断します。"),
        ("no_claim", "yes", "委託先に対する損害賠償の請求は行いません。"),
        ("open", "yes", "法務の確認を経て判断します。"),
    ],
)
def test_a_claim_for_damages_is_announced_only_after_legal_staff_signed_it_off(
    decision: str, signed: str, says: str
) -> None:
    case = told(told(complete(), "damages_decision", decision), "legal_signoff", signed)
    section = drafted("final-press", case).text.partition("### (3) 委託先への損害賠償の請求など")[2].partition("###")[0]
    assert says in section
    others = {"契約に基づいて損害の賠償を求めます", "法務の確認を経て判断します", "損害賠償の請求は行いません"}
    assert sum(words in section for words in others) == 1


def test_the_report_begins_with_result_and_apology_and_explains_its_one_technical_term() -> None:
    text = drafted("final-press", complete()).text
    lead, result = text.split("\n\n")[2:4]
    assert lead.count("。") == 2
    assert "個人情報を管理する立場にある尼崎市として、" in lead
    assert lead.endswith("深くおわび申し上げます。")
    assert result == "- 情報の漏えいの有無：媒体・パソコン・サーバーを調べた結果、個人情報の漏えいは確認されなかった"
    assert text.count("媒体・パソコン・サーバーを調べた結果") == 1
    assert "跡が見つからなくても、情報が写し取られなかったとは言い切れません。" in text
    assert "\n以上\n\n※ デジタルフォレンジック：" in text
    course = text.partition("### (1) これまでの経過\n\n")[2].partition("\n\n")[0].splitlines()
    assert course[:2] == ["- 6月22日（水）：媒体がないことに気づく", "- 6月22日（水）：尼崎市が紛失を知る"]
    assert course[-1] == "- 11月28日（月）：調査の報告を受領"  # what is promised is no part of what happened
    headings = [line for line in text.splitlines() if re.match(r"#+ [(\d]", line)]
    assert headings == [
        "## 1 調査報告の概要",
        "### (1) 調査の結果",
        "### (2) 問題とされたこと",
        "### (3) 再発防止のための提言",
        "## 2 尼崎市の対応",
        "### (1) これまでの経過",
        "### (2) 再発防止策",
        "### (3) 委託先への損害賠償の請求など",
        "### (4) 尼崎市の管理と監督について",
        "### (5) 関係機関への報告",
        "## 3 対象となる方と情報",
        "## 4 皆さまにお願いしたいこと",
    ]


def test_a_correction_says_what_was_said_where_and_when_what_is_right_and_why() -> None:
    case = amagasaki()
    out = drafted("first-notice", case)
    case = published(case, "first-notice", tuple(out.facts), text=out.text)
    case = told(case, "persons", "460520")
    case = told(case, "error_known_at", "2022-06-23T15:00")
    case = told(case, "correction_reason", "転出した方を数え落としていた。")
    text = drafted("correction", case).text
    assert (
        "| 第1報（6月23日（木）午前11時） | 本人の数 | 46万517人（6月23日午前11時現在） | 46万520人（6月23日午前11時現在） |"
        in text
    )
    assert "誤った内容を公表した理由：転出した方を数え落としていた。\n" in text
    assert "このほかの発表の内容は、いまのところ変わっていません。\n" in text
    assert "公表していた内容（誤り）" not in text
    assert "- 6月23日（木）午前11時 第1報\n" in text


def test_a_correction_of_what_no_publication_says_gives_both_versions() -> None:
    text = drafted("correction", amagasaki("2022-06-27T12:00")).text
    assert "- 公表していた内容（誤り）：6月23日の発表で、媒体を紛失した人を協力会社の社員とした\n" in text
    assert "- 正しい内容：媒体を紛失した人は、協力会社から委託を受けた会社の社員だった\n" in text
    assert "誤りに気づいた日：6月26日（日）\n" in text
    assert "訂正前" not in text
    assert "このほかの発表" not in text
    assert "協力会社への聞き取りで取り違えた。" in text


def test_reports_are_numbered_and_name_those_before() -> None:
    case = amagasaki()
    assert drafted("first-notice", case).text.startswith("# 個人情報を含む媒体の紛失について（第1報）\n")
    case = published(case, "first-notice", ())
    case = published(case, "scam-caution", ())
    text = drafted("found-notice", case).text
    assert text.startswith("# 紛失した媒体の発見について（第2報）\n")
    assert "- 6月23日（木）午前11時 第1報\n- 6月23日（木）午前11時 便乗した詐欺への注意\n" in text


@pytest.mark.parametrize("kind", SERIES)
def test_no_notice_names_a_person_of_the_incident(kind: str) -> None:
    for moment in MOMENTS.values():
        text = drafted(kind, amagasaki(moment)).text
        for words in ("関係社員", "佐藤", "鈴木", "山本", "田中"):
            assert words not in text


def test_the_employer_is_named_only_once_it_is_proved() -> None:
    opened = told(amagasaki(MOMENTS["opening"]), "contractor_involved", "yes")
    hearsay = told(opened, "affiliation", "株式会社甲の社員", status="claimed", source="委託先")
    for kind in SERIES:
        assert "株式会社甲" not in drafted(kind, hearsay).text
    assert "- 媒体を持っていた人の所属\n" in drafted("first-notice", hearsay).text
    proved = told(hearsay, "affiliation", "株式会社甲の社員", source="雇用契約書")
    assert "媒体を持っていた人の所属：株式会社甲の社員\n" in drafted("first-notice", proved).text


@pytest.mark.parametrize("moment", ["announcement", "find", "end"])
def test_the_special_issue_is_one_sheet_with_the_desk_on_its_front(moment: str) -> None:
    case = amagasaki(MOMENTS[moment])
    drafting = drafted("newsletter", case)
    document = Document(
        markdown=drafting.text, written="ja", title=drafting.head.title, stem="newsletter", issued=case.now, draft=False
    )
    front, back = PdfReader(BytesIO(write(document, "pdf"))).pages
    assert ("見つかりました" in drafting.text or "に見つかり、" in drafting.text) == (moment != "announcement")
    assert "0120-746-370" in front.extract_text()
    assert "住民基本台帳" in back.extract_text()
