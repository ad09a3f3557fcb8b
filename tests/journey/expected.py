"""What is known of Amagasaki 2022, written down by hand from the sources, and never taken from the journal.

Sources: the city's page of 4 July 2022, the mayor's press material of 28 November 2022, and a summary made from the
press. Times are Japanese. Each `expect_…` reads a record through the command line, whoever wrote it.
"""

from __future__ import annotations

import re
from datetime import timedelta

from runbook.chain import head_code
from runbook.desk import Desk
from runbook.duties import intervals
from tests.journey.commands import CommandLine

HEADED = "2022-06-23T11:00:00+09:00"
"""When it was announced, and when the counts were as they were told to the public."""

INTERVALS = {
    ("noticed_at", "contractor_known_at"): timedelta(hours=11),
    ("noticed_at", "known_at"): timedelta(hours=12, minutes=45),
    ("noticed_at", "published_at"): timedelta(hours=32),
    ("known_at", "published_at"): timedelta(hours=19, minutes=15),
}

DATASETS = [
    ("住民基本台帳", 460517, "persons"),
    ("住民税の税情報", 360573, "records"),
    ("臨時特別給付金の対象世帯（令和3年度分）", 74767, "households"),
    ("臨時特別給付金の対象世帯（令和4年度分）", 7949, "households"),
    ("生活保護受給世帯の口座情報", 16765, "records"),
    ("児童手当受給世帯の口座情報", 69261, "records"),
]

KNOWN_AT_THE_ANNOUNCEMENT = {
    "noticed_at": "2022-06-22T03:00:00+09:00",
    "contractor_known_at": "2022-06-22T14:00:00+09:00",
    "known_at": "2022-06-22T15:45:00+09:00",
    "published_at": HEADED,
    "persons": 460517,
    "my_number": "no",
    "media_count": 2,
    "police_station": "吹田警察署",
    "police_reported_at": "2022-06-22T00:00:00+09:00",  # that day; the hour is in no source
    "carry_out_permitted": "no",
    "erased_after_use": "no",
    "hotline_hours": "毎日（土日祝日含む）午前9時から午後7時まで",
}

KNOWN_AT_THE_END = KNOWN_AT_THE_ANNOUNCEMENT | {
    "found_at": "2022-06-24T12:00:00+09:00",
    "committee_set_at": "2022-07-01T00:00:00+09:00",
    "committee_first_at": "2022-07-04T00:00:00+09:00",
    "report_received_at": "2022-11-28T00:00:00+09:00",
    "damages_decision": "claim",
    "search_ongoing": "no",
}

ROUGHLY = {"noticed_at", "contractor_known_at", "known_at", "published_at", "found_at"}
"""Times that the sources give as "about"."""

BEFORE_THE_CALL = [
    ("2022-06-16T10:30", "exact", "定例会議"),
    ("2022-06-21T00:00", "date", "眠り込んだ"),
    ("2022-06-21T17:00", "exact", "持ち出した"),
    ("2022-06-21T18:00", "exact", "データを更新した"),
    ("2022-06-21T19:30", "about", "飲食店"),
    ("2022-06-22T09:00", "exact", "休みを連絡"),
    ("2022-06-22T14:30", "about", "媒体があった"),
]
"""What happened before anybody at the city knew, in its order; a day without an hour stands first in that day."""

MEMBERS = [
    ("おおたか としお", "大高 利夫", "藤沢市"),
    ("こばやし たかし", "小林 孝史", "関西大学"),
    ("さくらば のぶゆき", "櫻庭 信之", "弁護士"),
]
"""The committee, by the order of the readings."""


def expect_announced(read: CommandLine, incident: str, desk: Desk) -> None:
    """The morning of 23 June at 11:00: the city tells the public."""
    status = read("status", incident, "--json").json
    assert status["opened_at"] == "2022-06-22T15:45:00+09:00"
    assert status["closed_at"] is None
    _expect_facts(status["facts"], KNOWN_AT_THE_ANNOUNCEMENT)
    _expect_datasets(status["datasets"])
    assert status["facts"]["affiliation"]["value"] == "協力会社の社員"
    assert status["facts"]["affiliation"]["status"] == "confirmed"  # told by two, and wrong
    done = {step["id"]: step["done_at"] for step in status["steps"]}
    assert done["first-notice"] == HEADED
    assert done["found-notice"] is None
    assert [(notice["kind"], notice["state"]) for notice in status["notices"]] == [("first-notice", "published")]
    assert _lengths(desk, incident) == INTERVALS
    tiers = [row["tier"] for row in read("row", incident, "custody", "--json").json]
    assert tiers == [1, 2]  # the third was not known to the city yet
    _expect_order(read, incident)
    read("verify", incident)


def expect_closed(read: CommandLine, incident: str, desk: Desk, noted: dict[str, str]) -> None:
    """The end of November: the case is closed. `noted` is the head of the record at the announcement, its code on paper
    since."""
    status = read("status", incident, "--json").json
    assert status["closed_at"] == "2022-11-28T16:00:00+09:00"
    _expect_facts(status["facts"], KNOWN_AT_THE_END)
    _expect_datasets(status["datasets"])
    lengths = _lengths(desk, incident)
    assert lengths.pop(("lost_at", "found_at")) == timedelta(hours=57)
    assert lengths == INTERVALS
    _expect_affiliation(read, incident)
    _expect_calls(read, incident)
    chain = read("row", incident, "custody", "--json").json
    assert [row["tier"] for row in chain] == [1, 2, 3]
    assert [row["approved"] for row in chain[1:]] == ["no", "no"]
    members = read("row", incident, "members", "--json").json
    assert [row["reading"] for row in members] == sorted(row["reading"] for row in members)
    for row, (reading, name, affiliation) in zip(members, MEMBERS, strict=True):
        assert (row["reading"], row["name"]) == (reading, name)
        assert row["affiliation"].startswith(affiliation)
    _expect_order(read, incident)
    expect_published(read, incident)
    assert f"#{noted['seq']}" in read("verify", incident, "--head", noted["code"]).out
    read("verify", incident, "--head", head_code("0" * 64), code=4)  # another record's


PUBLISHED = [
    ("first-notice", "2022-06-23T11:00:00+09:00", "corrected"),
    ("scam-caution", "2022-06-23T17:00:00+09:00", "published"),
    ("found-notice", "2022-06-24T13:00:00+09:00", "published"),
    ("correction", "2022-06-27T11:30:00+09:00", "published"),
    ("committee-notice", "2022-07-01T14:00:00+09:00", "published"),
    ("city-page", "2022-07-04T17:00:00+09:00", "published"),
    ("final-press", "2022-11-28T13:00:00+09:00", "published"),
]
"""What the city told the public, when, and what became of it. The hours but the first are the sample's own."""


def expect_published(read: CommandLine, incident: str) -> None:
    """The whole series left the house, each approved by someone else; the wrong employer was put right after four
    days."""
    states = {notice["kind"]: notice["state"] for notice in read("status", incident, "--json").json["notices"]}
    for kind, at, state in PUBLISHED:
        life = read("notice", "versions", incident, kind, "--json").json
        out = next(line for line in life if line["what"] == "published")
        approved = next(line for line in life if line["what"] == "approved")
        assert (kind, states[kind], out["at"]) == (kind, state, at)
        assert out["sha256"] == approved["sha256"]
        assert approved["actor"] not in {line["actor"] for line in life if line["what"] in ("draft", "submitted")}
    assert read("notice", "stale", incident, "--json").json == []


def expect_notice(text: str) -> None:
    """The first notice says what is known, with its time, and nothing that was not to be said."""
    for words in (
        "6月22日（水）午前3時頃 媒体がないことが分かる",
        "午後3時45分頃 尼崎市が紛失を知る",
        "46万517人（6月23日午前11時現在）",
        "36万573件",
        "7万4,767世帯",
        "7,949世帯",
        "1万6,765件",
        "6万9,261件",
        "マイナンバー（個人番号）は含まれていません",
        "0120-746-370",
        "毎日（土日祝日含む）午前9時から午後7時まで",
    ):
        assert words in text
    for words in ("98万9,832", "989,832", "989832", "桁", "英数字", "暗号"):
        assert words not in text  # the sum of the sets; how it was protected


def _expect_facts(facts: dict[str, dict[str, object]], expected: dict[str, object]) -> None:
    for name, value in expected.items():
        assert (name, facts[name]["value"]) == (name, value)
    for name in ROUGHLY & facts.keys():
        assert (name, facts[name]["precision"]) == (name, "about")


def _expect_datasets(datasets: list[dict[str, object]]) -> None:
    """The counts as they were announced; the source's own order, largest first within each kind, does not matter."""
    found = [(data["name"], data["count"], data["unit"]) for data in datasets]
    assert sorted(found, key=str) == sorted(DATASETS, key=str)
    assert {data["as_of"] for data in datasets} == {HEADED}
    assert not any("マイナンバー" in field for data in datasets for field in data.get("fields") or ())  # type: ignore[attr-defined]


def _lengths(desk: Desk, incident: str) -> dict[tuple[str, str], timedelta]:
    return {(one.start, one.end): one.length for one in intervals(desk.case(incident))}


def _expect_affiliation(read: CommandLine, incident: str) -> None:
    """Stated wrongly for four days, put right on 27 June; all that was said stays to be seen, side by side."""
    held = read("fact", incident, "--json").json["affiliation"]
    assert held["value"] == "協力会社からさらに委託を受けた会社の社員"
    assert held["status"] == "confirmed"
    assert {claim["value"] for claim in held["contested"]} == {"協力会社の社員"}
    assert [(claim["value"], claim["recorded_at"], claim["status"]) for claim in held["history"]] == [
        ("協力会社の社員", "2022-06-22T17:30:00+09:00", "claimed"),
        ("協力会社の社員", "2022-06-23T10:40:00+09:00", "confirmed"),
        ("協力会社からさらに委託を受けた会社の社員", "2022-06-27T10:00:00+09:00", "confirmed"),
        ("協力会社からさらに委託を受けた会社の社員", "2022-06-27T10:05:00+09:00", "confirmed"),
    ]


def _expect_calls(read: CommandLine, incident: str) -> None:
    """Over 10,000 and over 16,000 were both told, by different people: the record holds both."""
    held = read("fact", incident, "--json").json["calls_total"]
    assert {held["value"], *(claim["value"] for claim in held["contested"])} == {10000, 16000}


def _expect_order(read: CommandLine, incident: str) -> None:
    """By happening, what came before the call stands first, and says that it was written down that evening."""
    entries = {entry["seq"]: entry for entry in read("log", incident, "--json").json}
    listed = read("log", incident).out.splitlines()
    first = [entries[int(line.partition(" ")[0].removeprefix("#"))] for line in listed[: len(BEFORE_THE_CALL)]]
    for line, entry, (at, precision, words) in zip(listed, first, BEFORE_THE_CALL, strict=False):
        assert (entry["occurred_at"], entry["precision"]) == (f"{at}:00+09:00", precision)
        assert words in entry["summary"]
        assert re.search("2022-06-22 21:0[2-8] に記入", line)
    assert [entry["occurred_at"] for entry in first[2:]] == sorted(entry["occurred_at"] for entry in first[2:])
    opening = listed[len(BEFORE_THE_CALL)]
    assert "#1 " in opening
    assert "に記入" not in opening
    assert [entry["recorded_at"] for entry in entries.values()] == sorted(
        entry["recorded_at"] for entry in entries.values()
    )
