"""A small made-up scenario over the shipped playbook, and drills played from it on a clock that tests move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from runbook.case import Case
from runbook.desk import Desk
from runbook.drills.room import Room
from runbook.opening import open_desk

SCENARIO = """\
id: small
edition: "2026-11-22"
title: {ja: 小さな訓練, en: A small drill}
about: {ja: 一本のUSBメモリー。, en: One stick.}
audience: {ja: 所管課, en: The section in charge}
playbook: lost-media
zone: Asia/Tokyo
minutes: 30
unattended: pauses
ghost_name: {ja: 見本市, en: Sample city}
objectives:
  report: {title: {ja: すぐに報告する, en: Report at once}, capability: {ja: 連絡, en: Reporting}}
  words: {title: {ja: 語ってよいことを語る, en: Say what may be said}, capability: {ja: 広報, en: Public information}}
legs:
  - {from: 2026-06-01T09:00, to: 2026-06-01T11:00, speed: 10, title: {ja: 朝, en: The morning}}
  - {from: 2026-06-02T08:30, to: 2026-06-02T10:30, speed: 10, title: {ja: 翌朝, en: The next morning}}
facts: {organization: 見本市, organization_type: public_body, law_as_of: "2026-06-01"}
milestones:
  told: {title: {ja: 公表した, en: Announced}, when: published(first-notice)}
injects:
  - id: call
    number: 1
    title: {ja: 職員からの電話, en: A call from a colleague}
    text: {ja: 机の上のUSBメモリーが見当たりません。, en: The stick on my desk is gone.}
    kind: decision
    delivery: telephone
    from: {ja: 障がい福祉課, en: Welfare section}
    to: [lead]
    at: T+5min
    objective: report
    answer: yes
    expected: {ja: 状況を聞き、上に報告する, en: Ask what happened and report it}
  - id: mayor
    number: 2
    title: {ja: 市長室からの電話, en: A call from the mayor's office}
    text: {ja: 市長がまだ聞いていないそうですが。, en: The mayor has not been told.}
    kind: contingency
    delivery: telephone
    from: {ja: 市長室, en: The mayor's office}
    to: [lead]
    when: after(20min, fired(call)) and not done(report-head) and not reached(told)
    objective: report
  - id: reporter
    number: 3
    title: {ja: 記者の質問, en: A reporter asks}
    text: {ja: パスワードは何桁ですか。, en: How long is the password?}
    kind: media
    delivery: in_person
    from: {ja: 記者, en: A reporter}
    to: [comms]
    at: 2026-06-01T10:30
    depends_on: [call]
    objective: words
    answer: yes
  - id: find
    number: 4
    title: {ja: 見つかった, en: It is found}
    text: {ja: 書庫にありました。, en: It was in the archive.}
    kind: informational
    delivery: telephone
    from: {ja: 障がい福祉課, en: Welfare section}
    to: [lead]
    hand: yes
expected:
  - id: head-told
    objective: report
    title: {ja: 首長に報告した, en: The head was told}
    points: 10
    evidence: [done(report-head)]
    since: call
    within: 30min
    late: 4
  - id: answered
    objective: words
    title: {ja: 記者に答えた, en: The reporter was answered}
    points: 5
    evidence: [answered(reporter)]
orders:
  - id: police-first
    objective: report
    title: {ja: 警察への届出が先, en: The police come first}
    points: 5
    first: done(police-lost)
    then: published(first-notice)
hazards:
  - id: password
    objective: words
    title: {ja: パスワードの中身を言った, en: The password was described}
    points: 10
    when: tripped(G01)
    really: {ja: 桁数を言うと当てられる。, en: A length helps whoever guesses.}
ghost:
  - {at: 2026-06-01T09:40, what: {ja: 課長に伝えた, en: told the section's head}, source: sample}
  - {at: ~2026-06-01T10:20, what: {ja: 市長に報告した, en: told the mayor}, source: sample, meets: [head-told]}
sources:
  sample: {title: {ja: 見本, en: Sample}, kind: practice, verified: inference}
"""


class Wall:
    """A wall clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Held:
    """A drill of the small scenario, held in `folder` by one desk."""

    def __init__(self, folder: Path, text: str = SCENARIO, actor: str = "佐藤") -> None:
        scenarios = folder / "own" / "playbooks" / "scenarios"
        scenarios.mkdir(parents=True, exist_ok=True)
        (scenarios / "small.yaml").write_text(text, encoding="utf-8")
        self.own = folder / "own"
        self.db = folder / "drill.db"
        self.wall = Wall()
        self.desk = self.seat(actor)
        self.room = Room(self.desk)
        self.id = self.room.start("small", speed=10).incident.id

    def seat(self, actor: str) -> Desk:
        """Another desk at the same record."""
        return open_desk(str(self.db), actor, seat="drill", clock=self.wall, user_folder=self.own, create=True)

    @property
    def case(self) -> Case:
        return self.desk.case(self.id)

    def play(self, minutes: float) -> Case:
        """Let `minutes` of the exercise's time pass, and let arrive what is due then."""
        clock = self.case.incident.clock
        assert clock is not None
        self.wall.forward(minutes=minutes / (clock.speed or 1))
        return self.room.advance(self.id)
