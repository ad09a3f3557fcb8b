"""What a resident, a reporter and a lawyer missed in the Japanese notices when they read them with fresh eyes."""

from __future__ import annotations

from functools import partial

from runbook.actions.facts import record_dataset
from tests.making import done
from tests.noticing import amagasaki, told
from tests.test_templates_ja import MOMENTS, complete, drafted


def test_people_whose_accounts_are_in_it_are_named_by_data_set() -> None:
    says = "口座かカードの情報が含まれる項目は、生活保護受給世帯の口座情報、児童手当受給世帯の口座情報です。"
    for kind in ("first-notice", "city-page", "scam-caution", "final-press"):
        assert says in drafted(kind, complete()).text
    before = drafted("scam-caution", amagasaki(MOMENTS["opening"])).text
    assert "口座かカードの情報が含まれるかどうかは確認中です。" in before
    yes = told(amagasaki(MOMENTS["opening"]), "accounts_included", "yes")
    assert "口座かカードの情報が含まれています。どの項目に含まれるかは確認中です。" in drafted("scam-caution", yes).text


def test_a_column_of_account_numbers_names_its_data_set_unless_it_is_said_that_no_account_is_in_it() -> None:
    counted = partial(record_dataset, name="児童手当の申請", count=None, unit="records", fields=("氏名", "口座番号"))
    yes = done(told(amagasaki(MOMENTS["opening"]), "accounts_included", "yes"), counted)
    assert "口座かカードの情報が含まれる項目は、児童手当の申請です。" in drafted("first-notice", yes).text
    no = told(yes, "accounts_included", "no")
    assert "口座かカード" not in drafted("first-notice", no).text


def test_an_examination_is_under_way_only_once_it_was_ordered() -> None:
    case = amagasaki(MOMENTS["find"])
    for kind in ("found-notice", "city-page"):
        assert "跡がないかを調べます。" in drafted(kind, case).text
        ordered = drafted(kind, told(case, "forensic_ordered_at", "2022-06-24T12:30")).text
        assert "跡がないかを調べています。" in ordered
        assert "調べます。" not in ordered.partition("皆さまにお願いしたいこと")[0]


def test_that_no_report_to_the_commission_is_due_is_said_with_its_ground() -> None:
    case = told(amagasaki(), "commission_report_needed", "no")
    assert "対象に当たらないと判断しました。\n" in drafted("first-notice", case).text
    case = told(case, "commission_judgement", "報告の規定は市に適用されていない")
    assert (
        "対象に当たらないと判断しました。理由：報告の規定は市に適用されていない\n" in drafted("first-notice", case).text
    )


def test_the_page_names_what_was_corrected_and_the_employer_as_it_is_right() -> None:
    text = drafted("city-page", complete()).text
    correction = text.partition("## 訂正とおわび")[2].partition("\n## ")[0]
    assert "- 訂正した発表：第1報（6月23日（木）午前11時）\n" in correction
    assert "- 誤りに気づいた日：6月26日（日）\n" in correction
    assert (
        "媒体を持っていた人の所属：協力会社からさらに委託を受けた会社の社員\n" in text.partition("## 紛失について")[2]
    )


def test_the_final_report_closes_what_was_promised_and_names_its_own_failing_first() -> None:
    text = drafted("final-press", complete()).text
    problems = text.partition("### (2) 問題とされたこと")[2]
    assert problems.index("尼崎市に足りなかったこと：") < problems.index("委託先は")
    for line in ("- 6月23日（木）：警察に被害届を提出", "- 6月24日（金）：媒体が見つかる", "### 対象となる方への連絡"):
        assert f"{line}\n" in text


def test_what_is_called_out_as_a_fake_is_not_located_and_not_in_doubt_beside_a_find() -> None:
    lost = told(amagasaki(), "rumour_place", "フリマサイト")
    text = drafted("rumour", lost).text
    assert "フリマサイト" not in text
    assert "インターネット上で確認しました" in text
    assert "本物かどうかは確認中です" in text
    assert "本物かどうか" not in drafted("rumour", complete()).text
