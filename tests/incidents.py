"""Other incidents than a lost stick, for tests of their notices: each complete case was told fact by fact."""

from __future__ import annotations

from datetime import datetime
from functools import cache, partial

import msgspec

from runbook.actions.facts import record_row
from runbook.case import Case
from runbook.moment import Moment
from tests.making import TOKYO, done, opened_case
from tests.noticing import SHIPPED, counted, told

DESK = {
    "contact_desk": "総務課",
    "hotline_number": "0120-000-123",
    "hotline_hours": "平日の午前9時から午後5時まで（土日祝日を除く）",
    "hotline_until": "当面の間",
    "hotline_lines": "4",
    "hotline_tested_at": "2022-10-03T09:00",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@cache
def opening(when: str = "2022-10-03T11:40") -> Case:
    """A case that was opened just now, about which nothing is known."""
    return opened_case(SHIPPED.playbook("lost-media"), at(when))


def knowing(when: str, now: str, facts: dict[str, str]) -> Case:
    """A case opened at `when`, as it stands `now`, all of `facts` confirmed."""
    case = msgspec.structs.replace(opening(when), now=at(now))
    for name, typed in {**facts, **DESK}.items():
        case = told(case, name, typed, as_of=Moment(case.now))
    return case


def measured(case: Case, **state: str) -> Case:
    """The case with a measure in each of these states, titled by the name."""
    for title, kept in state.items():
        row = {"title": title, "owner": "総務課", "due": "2022-12-28", "state": kept}
        case = done(case, partial(record_row, register="measures", typed=row))
    return case


@cache
def missent() -> Case:
    """A mail merge whose rows had slipped: 2,388 persons' names went to others, who were asked to delete them."""
    case = knowing(
        "2022-10-03T11:40",
        "2022-10-05T10:00",
        {
            "organization": "甲野市",
            "organization_type": "public_body",
            "cause": "misdelivery",
            "sent_at": "2022-10-03T11:00",
            "noticed_at": "2022-10-03T11:20",
            "noticed_by": "メールを受け取った方",
            "known_at": "2022-10-03T11:40",
            "contained_at": "2022-10-03T11:45",
            "deletion_asked_at": "2022-10-03T12:30",
            "deletion_confirmed": "2,388人のうち2,101人から、削除したとの返事があった",
            "subjects_told_at": "2022-10-04T09:00",
            "individual_contact": "mail",
            "sent_what": "大会の参加者への案内メール（件名「ご来場の前に」）",
            "wrong_recipients": "2388",
            "persons": "2388",
            "leaked_to": "大会に申し込んだ別の参加者",
            "not_included": "住所、電話番号、口座の情報",
            "my_number": "no",
            "sensitive_data": "no",
            "accounts_included": "no",
            "financial_risk": "no",
            "cause_so_far": "一斉送信に使う一覧を手作業で並べ替えた際に、宛先と氏名の行がずれた",
            "own_failing": "送る前に、元の名簿と照らし合わせる手順を決めていなかった",
            "contractor_involved": "no",
            "commission_reported_at": "2022-10-05T09:00",
            "published_at": "2022-10-05T10:00",
            "next_update_at": "2022-10-14T15:00",
        },
    )
    case = counted(case, "大会の参加者", 2388, "persons", fields=("氏名", "所属"), as_of=Moment(at("2022-10-03T17:00")))
    return measured(case, 送信する一覧を手作業で加工しない="done", 二人で宛先と本文を照合する="in_progress")


@cache
def web_leak() -> Case:
    """A website that showed others' results, put right the next day."""
    case = knowing(
        "2022-10-04T18:05",
        "2022-10-12T13:00",
        {
            "organization": "株式会社乙山教育",
            "organization_type": "business",
            "cause": "defect",
            "service_name": "学びの診断サイト",
            "exposed_since": "2021-07-22",
            "exposed_how": "受検の結果の画面の散布図から、同じ団体の受検者の氏名と得点をたどることができた",
            "noticed_at": "2022-10-04T18:05",
            "noticed_by": "利用者",
            "known_at": "2022-10-04T18:05",
            "fixed_at": "2022-10-05T15:00",
            "leaked_to": "同じ団体で受検した方（20団体、最も多い団体で65人）",
            "persons": "4057",
            "not_included": "住所、電話番号、ほかの団体で受検した方の情報",
            "my_number": "no",
            "sensitive_data": "no",
            "accounts_included": "no",
            "cause_so_far": "管理者用の画面の部品を受検者の画面に転用した際に、要らない部分が残っていた",
            "own_failing": "委託先の検査の結果を、自ら確かめていなかった",
            "contractor_involved": "yes",
            "contractor_name": "株式会社丙川システム",
            "individual_contact": "mixed",
            "subjects_told_at": "2022-10-05T17:00",
            "commission_reported_at": "2022-10-07T11:00",
            "delay_reason": "過去にさかのぼって見られた範囲を調べ、団体ごとの説明を終えてから公表した",
            "published_at": "2022-10-12T13:00",
            "next_update_at": "2022-10-31T13:00",
        },
    )
    case = counted(case, "受検者", 4057, "persons", fields=("氏名", "得点"), as_of=Moment(at("2022-10-11T17:00")))
    return measured(case, 受検者の画面を別の担当者が検査する="done", 運用の委託先との連絡の手順を改める="planned")


@cache
def intrusion() -> Case:
    """A newsletter's server was broken into: 198 subscribers' data may have been seen, 81,084 spam mails went out."""
    case = knowing(
        "2022-10-11T09:30",
        "2022-10-12T09:00",
        {
            "organization": "丁田市",
            "organization_type": "public_body",
            "cause": "intrusion",
            "service_name": "仕事の情報サイトのメールマガジン",
            "noticed_at": "2022-10-11T09:30",
            "attack_noticed_by": "市のアドレスから迷惑メールが届くという、警察からの連絡",
            "known_at": "2022-10-11T09:30",
            "contained_at": "2022-10-11T14:00",
            "spam_sent": "81084",
            "spam_breakdown": "20,271件×4回",
            "persons": "198",
            "my_number": "no",
            "sensitive_data": "no",
            "accounts_included": "no",
            "malicious": "yes",
            "individual_contact": "mail",
            "subjects_told_at": "2022-10-11T18:00",
            "police_station": "丁田警察署",
            "police_reported_at": "2022-10-11T10:00",
            "commission_report_needed": "yes",
            "own_failing": "サーバーの更新が要ることを、委託先に確かめていなかった",
            "published_at": "2022-10-12T09:00",
            "next_update_at": "2022-10-19T17:00",
        },
    )
    fields = ("メールアドレス", "氏名", "生年月日", "電話番号", "住所")
    case = counted(case, "メールマガジンの登録者", 198, "persons", fields=fields, as_of=Moment(at("2022-10-11T17:00")))
    return measured(case, メールの仕組みを入れ替える="in_progress")


@cache
def association() -> Case:
    """An association's employee lost a stick of his own on the way home."""
    case = knowing(
        "2022-10-05T16:00",
        "2022-10-13T10:00",
        {
            "organization": "戊山協同組合",
            "organization_type": "business",
            "cause": "loss",
            "media_kind": "USBメモリー",
            "media_count": "1",
            "lost_place": "職場から自宅までの間",
            "last_seen_at": "2022-10-05T08:00",
            "noticed_at": "2022-10-05T16:00",
            "known_at": "2022-10-05T16:30",
            "search_ongoing": "yes",
            "police_station": "戊山警察署",
            "police_reported_at": "2022-10-09T11:00",
            "persons": "312",
            "my_number": "no",
            "sensitive_data": "no",
            "accounts_included": "yes",
            "cause_so_far": "職員が私物の媒体に利用者の情報を移し、自宅に持ち帰った",
            "own_failing": "私物の媒体を業務に使わないことを、徹底していなかった",
            "delay_reason": "捜索と、入っていた情報の確認に日数がかかった",
            "individual_contact": "letter",
            "subjects_told_at": "2022-10-12T09:00",
            "regulator_name": "庚田県",
            "regulator_reported_at": "2022-10-12T14:00",
            "commission_reported_at": "2022-10-07T15:00",
            "published_at": "2022-10-13T10:00",
            "next_update_at": "2022-10-27T10:00",
        },
    )
    fields = ("氏名", "住所", "口座番号")
    case = counted(case, "組合の利用者", 312, "persons", fields=fields, as_of=Moment(at("2022-10-06T17:00")))
    return measured(case, 私物の媒体を使えない設定にする="done", 全職員への研修="planned")


@cache
def discipline() -> Case:
    """A member of staff was suspended for papers taken home."""
    case = knowing(
        "2022-09-12T09:00",
        "2022-10-03T10:00",
        {
            "organization": "辛島町",
            "discipline_basis": "辛島町職員の懲戒処分の公表基準（平成20年4月1日）",
            "discipline_subject": "一般職の職員",
            "discipline_decided_at": "2022-09-30",
            "discipline_outcome": "停職1か月（令和4年10月1日から31日まで）",
            "discipline_reason": "個人情報を含む書類を許可なく自宅に持ち帰り、所在を尋ねられた際に事実と異なる報告をした",
            "own_failing": "書類の持ち出しを記録し、確かめる仕組みがなかった",
            "published_at": "2022-09-14T10:00",
        },
    )
    return measured(case, 書類の持ち出しを記録する="done")


def rumoured(case: Case, **facts: str) -> Case:
    """The case after a fake listing was seen."""
    for name, typed in {"rumour_place": "フリマサイト", "rumour_fake": "yes", **facts}.items():
        case = told(case, name, typed)
    return case
