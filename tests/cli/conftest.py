"""The command line over a real record in a temporary folder, at a clock the test sets, with a small playbook."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from runbook.cli import main

SMALL = """
id: small
edition: "2022-06-22"
title: {ja: 小さな手順書, en: Small playbook}
about: {ja: 試験のための手順書です。, en: A playbook for tests.}
roles:
  head: {ja: 首長, en: the head}
  press: {ja: 広報, en: the press office}
sources:
  law: {title: {ja: 試験法, en: The Test Act}, kind: law, verified: official, date: "2022-04-01"}
registers:
  custody:
    title: {ja: 管理の連鎖, en: Custody chain}
    key: tier
    columns:
      - {id: tier, type: text, title: {ja: 段, en: Tier}, required: yes}
      - {id: approved, type: yesno, title: {ja: 承認, en: Approved}}
warnings:
  secret:
    title: {ja: 桁数を言わない, en: Do not say how long it is}
    text: {ja: パスワードの形は話しません。, en: Never describe the password.}
    why: {ja: 会見で桁数が知られた例があります。, en: A press conference once gave away its length.}
    source: law
phases:
  - id: first
    title: {ja: 初動, en: First minutes}
    steps:
      - id: notice-what
        title: {ja: 何に気づいたか, en: What was noticed}
        why: {ja: 期限はここから動きます。, en: Deadlines run from here.}
        do: [{ja: 聞く。, en: Ask.}]
        checks:
          - {id: asked, ja: 本人に聞いた, en: They were asked}
          - {id: written, ja: 聞いたとおりに書いた, en: It is written as told}
        fields:
          - {id: noticed, fact: noticed_at, required: yes}
          - {id: who, type: person, title: {ja: 気づいた人, en: Who noticed}}
          - {id: secret, type: text, guard: password, title: {ja: 保護, en: Protection}}
        due: {from: opened, within: 30min, target: yes}
      - id: police
        title: {ja: 遺失届を出す, en: Report the loss}
        why: {ja: 受理番号が要ります。, en: Reports ask for the receipt number.}
        do: [{ja: 交番へ行く。, en: Go there.}]
        fields:
          - {id: station, fact: police_station}
        requires: [notice-what]
        due: {from: noticed_at, within: 3h, source: law}
        told: [head, press]
  - id: publish
    title: {ja: 公表, en: Publishing}
    steps:
      - id: press
        title: {ja: 記者会見, en: Press conference}
        why: {ja: 一度きりです。, en: It happens once.}
        do: [{ja: 決める。, en: Agree.}]
        warnings: [secret]
      - id: theft
        title: {ja: 盗難届を出す, en: Report a theft}
        why: {ja: 盗難の疑いがあるときに。, en: Where theft is possible.}
        do: [{ja: 届ける。, en: File it.}]
        when: malicious == yes
"""

ACT = """
id: test.act
title: {ja: 試験法, en: The Test Act}
as_of: "2022-06-01"
in_force: {from: "2020-01-01", source: act}
zone: Asia/Tokyo
calendar: JP
sources:
  act: {title: {ja: 試験法 第1条, en: Test Act article 1}, kind: law, verified: official}
  guide: {title: {ja: 試験法の指針, en: Test Act guidance}, kind: guideline, verified: memory-low}
occasions:
  many: {title: {ja: 百人を超える, en: More than a hundred}, when: persons > 100, source: act}
exemptions:
  safe: {title: {ja: 暗号化, en: encryption}, when: encrypted == yes, source: act}
duties:
  - id: test.act.notify
    title: {ja: 当局への通知, en: Telling the authority}
    to: [{name: {ja: 試験庁, en: the Test Authority}}]
    from: known_at
    deadlines: [{hours: 72, source: act}]
    exemptions: [safe]
    sources: [act]
    late: {ja: 遅れた理由を添えます（1条）。, en: The reasons for the delay go with it (article 1).}
    notes:
      - {text: {ja: 週末も数えます。, en: Weekends count.}, source: act}
  - id: test.act.prelim
    title: {ja: 速報, en: Preliminary report}
    to: [{name: {ja: 試験庁, en: the Test Authority}}]
    from: known_at
    deadlines: [{target_days: 3-5, source: guide}]
    sources: [act, guide]
  - id: test.act.final
    title: {ja: 確報, en: Final report}
    to: [{name: {ja: 試験庁, en: the Test Authority}}]
    from: known_at
    deadlines:
      - {days: 60, rolls: yes, when: malicious == yes, title: {ja: 不正の目的, en: a wrongful purpose}, source: act}
      - {days: 30, rolls: yes, source: act}
    sources: [act]
  - id: test.act.persons
    title: {ja: 本人への通知, en: Telling the persons}
    to: [{name: {ja: 本人, en: the persons}}]
    from: known_at
    deadlines: [{without_delay: 24h, source: act}]
    sources: [act]
  - id: test.act.contractor
    title: {ja: 委託元への通知, en: Telling the entrusting party}
    to: [{name: {ja: 委託元, en: the entrusting party}}]
    party: {ja: 委託先, en: the contractor}
    from: contractor_known_at
    deadlines: [{hours: 24, source: act}]
    sources: [act]
"""
"""A law of every kind of deadline. Known at 15:45 on 22 June 2022 (a Wednesday): 72 hours end on the 25th at 15:45,
days 3 to 5 are the 24th to the 26th, day 30 is 21 July, day 60 Saturday 20 August and so Monday the 22nd."""


class Said(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Clockwork:
    """A clock that stands until it is told to go on. It begins at 15:45 in Tokyo on 22 June 2022."""

    def __init__(self) -> None:
        self.now = datetime(2022, 6, 22, 6, 45, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)


Runbook = Callable[..., Said]


@pytest.fixture
def clock() -> Clockwork:
    return Clockwork()


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record's file, named by the environment; it is not there yet. The user's content has the playbook `small`."""
    playbooks = tmp_path / "content" / "playbooks"
    playbooks.mkdir(parents=True)
    (playbooks / "small.yaml").write_text(SMALL, "utf-8")
    monkeypatch.setenv("RUNBOOK_CONTENT", str(playbooks.parent))
    monkeypatch.setenv("RUNBOOK_DB", str(tmp_path / "runbook.db"))
    monkeypatch.setenv("RUNBOOK_ACTOR", "sato")
    return tmp_path / "runbook.db"


@pytest.fixture
def act(record: Path, runbook: Runbook) -> str:
    """An incident under the Test Act alone, known to the organisation since 15:45."""
    regimes = record.parent / "content" / "playbooks" / "regimes"
    regimes.mkdir()
    (regimes / "test.act.yaml").write_text(ACT, "utf-8")
    id = runbook("new", "small", "--title", "USB").out.strip()
    runbook("fact", id, "regimes=test.act", "known_at=15:45")
    return id


@pytest.fixture
def runbook(record: Path, clock: Clockwork, capsys: pytest.CaptureFixture[str]) -> Runbook:
    """Runs a command, in English unless it says otherwise, and insists on its exit code."""

    def run(*words: str, code: int = 0) -> Said:
        capsys.readouterr()
        given = main(words if "--lang" in words[:1] else ("--lang", "en", *words), clock=clock)
        said = Said(given, *capsys.readouterr())
        assert said.code == code, said
        return said

    return run


@pytest.fixture
def incident(runbook: Runbook) -> str:
    """An incident of the small playbook, opened at 15:45."""
    return runbook("new", "small", "--title", "USB").out.strip()
