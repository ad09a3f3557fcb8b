"""Whole notices of an invented city, written by hand: a good one passes, and each part taken away is missed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from runbook.guardrails import Counted, Known, Plain, State, findings, with_facts
from runbook.moment import Moment
from tests.test_guardrails_rules import RULES

TOKYO = ZoneInfo("Asia/Tokyo")

JA = """個人情報を記録した書類の紛失について（お詫び）
令和6年5月14日　第1報
若葉市　市民生活部保険年金課

このたび若葉市では、国民健康保険の届出書を綴じた簿冊1冊を紛失しました。対象の方をはじめ、市民の皆さまに深くお詫び申し上げます。

１　経緯
5月12日（日）　休日窓口で受け付けた届出書を、職員が簿冊に綴じて書庫へ運びました。
5月13日（月）午前9時30分頃　別の職員が、簿冊が書庫にないことに気づきました。
同日午前10時から　庁舎内を捜しましたが、見つかりませんでした。
5月14日（火）午前9時　若葉警察署に遺失届を提出し、個人情報保護委員会に報告しました。

２　簿冊に記載されていた個人情報
5月14日正午現在で判明しているものは次のとおりです。
・国民健康保険の届出書　132人分（140件）
・記載されている項目：氏名、住所、生年月日、電話番号、被保険者番号、振込先の口座番号
マイナンバーの記載はありません。

３　現在の状況
5月14日正午の時点で、簿冊は見つかっておらず、庁舎内とごみの集積所で捜索を続けています。情報が外部に渡った可能性は否定できません。

４　原因
書庫への出し入れを記録する決まりが守られておらず、市の管理が行き届いていませんでした。詳しい原因は調査中です。

５　対象の方へ
5月15日（水）から、お一人ずつ電話でお知らせし、17日（金）までに書面を郵送します。
通帳の記録を確かめ、覚えのない引き落としがあれば、すぐに金融機関へ連絡してください。
この件に便乗した不審な電話にご注意ください。市の職員が電話やメールで暗証番号やパスワードをお聞きすることは、決してありません。

６　再発防止
簿冊の出し入れを、5月20日（月）から2人で記録します。

お問い合わせ　保険年金課　電話 0584-12-3456　受付時間　午前8時30分から午後5時15分まで（5月18日、19日も受け付けます）
"""

EN = """Loss of a folder with personal data: report no. 1
14 May 2024, Wakaba City, insurance section

Wakaba City apologises sincerely: a folder (number of folders: 1) with health insurance forms is missing.

## What happened

- Sunday 12 May: staff put the forms received at the holiday counter into the folder and took it to the archive.
- About 09:30 on Monday 13 May: another member of staff noticed that the folder was not in the archive.
- 09:00 on Tuesday 14 May: the loss was reported to the police and to the Personal Information Protection Commission.

## What was in it

As of 12:00 on 14 May: 140 forms of 132 people, with name, address, date of birth, telephone number, insurance number and account number. My Number is not included.

## Where we stand

As of 12:00 on 14 May the folder has not been found, and the search goes on. We cannot rule out that others have seen the data.

## Cause

Our own rule to note each removal was not kept. The cause is still being investigated.

## What you can do

Each person affected will be told by telephone from 15 May and by letter posted by 17 May.
Check your bank statements, and call your bank at once about any payment you do not know.
Beware of calls that mention this loss. City staff will never ask you for a PIN or password by telephone or e-mail.

## Contact

Insurance section, telephone 0584-12-3456, 8:30 to 17:15, every day until further notice
"""


def at(day: int, hour: int, minute: int = 0) -> Moment:
    return Moment(datetime(2024, 5, day, hour, minute, tzinfo=TOKYO))


FACTS: dict[str, Plain] = {
    "organization": "若葉市",
    "organization_type": "public_body",
    "noticed_at": at(13, 9, 30),
    "known_at": at(13, 9, 40),
    "police_reported_at": at(14, 9),
    "police_station": "若葉警察署",
    "media_count": 1,
    "persons": 132,
    "accounts_included": "yes",
    "my_number": "no",
    "commission_report_needed": "yes",
    "search_ongoing": "yes",
    "hotline_number": "0584-12-3456",
    "hotline_tested_at": at(14, 11),
}
STATE = with_facts(
    State(
        kind="short-notice",
        audience="citizens",
        named=frozenset(rule.id for rule in RULES.rules),
        now=datetime(2024, 5, 14, 15, 0, tzinfo=TOKYO),
        kinds_kept=frozenset({"faq"}),
        datasets=(
            Counted("届出書の人数", 132, "persons", ("氏名", "住所", "口座番号"), ("account",), at(14, 12)),
            Counted("届出書", 140, "records", ("氏名", "住所", "口座番号"), ("account",), at(14, 12)),
        ),
    ),
    {name: Known(value) for name, value in FACTS.items()},
)


def tripped(text: str) -> set[str]:
    return {finding.rule for finding in findings(text, RULES, STATE)}


@pytest.mark.parametrize("text", [JA, EN])
def test_a_good_notice_passes(text: str) -> None:
    assert findings(text, RULES, STATE) == ()


@pytest.mark.parametrize(
    ("text", "part", "instead", "rule"),
    [
        (JA, "簿冊1冊", "簿冊", "G16"),
        (EN, " (number of folders: 1)", "", "G16"),
        (JA, "　電話 0584-12-3456", "", "G21"),
        (EN, ", 8:30 to 17:15", "", "G21"),
        (JA, "0584-12-3456", "0584-12-345", "G22"),
        (EN, "telephone 0584-12-3456", "hotline 0584-12-3465", "G22"),
        (JA, "通帳の記録を確かめ、覚えのない引き落としがあれば、すぐに金融機関へ連絡してください。", "", "G26"),
        (EN, "Check your bank statements, and call your bank at once about any payment you do not know.", "", "G26"),
        (JA, "この件に便乗した不審な電話にご注意ください。", "", "G27"),
        (EN, "Beware of calls that mention this loss.", "", "G27"),
        (JA, "第1報", "", "G41"),
        (EN, ": report no. 1", "", "G41"),
        (JA, "で捜索を続けています", "にもありません", "G44"),
        (EN, ", and the search goes on", "", "G44"),
        (JA, "し、個人情報保護委員会に報告しました", "しました", "G45"),
        (EN, " and to the Personal Information Protection Commission", "", "G45"),
        (JA, "お一人ずつ電話でお知らせし、17日（金）までに書面を郵送します", "準備を進めます", "G46"),
        (JA, "（月）午前9時30分", "（火）午前9時30分", "G19"),
        (JA, "132人分", "123人分", "G12"),
        (EN, "of 132 people", "of 123 people", "G12"),
        (JA, "職員が簿冊に綴じて", "委託先の社員が持ち出して", "G08"),
        (EN, "another member of staff", "an employee of the contractor who took it", "G08"),
        (JA, "情報が外部に渡った可能性は否定できません", "情報は外部に漏れていません", "G07"),
        (JA, "17日（金）までに書面を郵送します", "19日に書面を郵送し、5月19日に発送を終えます", "G20"),
        (JA, "記録します。", "記録します。委託先には損害賠償を請求します。", "G52"),
        (EN, "was not kept.", "was not kept. The clerk was given a reprimand.", "G51"),
    ],
)
def test_each_part_taken_away_is_missed(text: str, part: str, instead: str, rule: str) -> None:
    assert text.count(part) == 1
    assert rule in tripped(text.replace(part, instead))
