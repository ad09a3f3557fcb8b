"""A desk over a real record in a temporary folder, at a clock the test sets, and the app over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from runbook.content import Content
from runbook.desk import Desk
from runbook.speech import Language
from runbook.store import open_store
from runbook.tui.app import RunbookApp
from tests.tui.looking import at_rest

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO)

TINY = """
id: tiny
edition: "2022-06-22"
title: {ja: 小さな手順書, en: Tiny playbook}
about: {ja: 試験のための手順書です。, en: A playbook for tests.}
roles:
  lead: {ja: 対応責任者, en: Incident lead}
sources:
  practice: {title: {ja: 実務, en: Practice}, kind: practice, verified: inference, date: "2022-06-22"}
warnings:
  secret:
    title: {ja: 桁数を言わない, en: Do not say how long it is}
    text: {ja: パスワードの形は話しません。, en: Never describe the password.}
    why: {ja: 会見で桁数が知られた例があります。, en: A press conference once gave away its length.}
    source: practice
phases:
  - id: first
    title: {ja: 初動, en: First minutes}
    steps:
      - id: notice-what
        title: {ja: 何に気づいたか, en: What was noticed}
        why: {ja: 期限はここから動きます。, en: Deadlines run from here.}
        do:
          - {ja: 気づいた人に聞く。, en: Ask whoever noticed.}
        checks:
          - {id: asked, ja: 本人に聞いた, en: They were asked}
          - {id: written, ja: 聞いたとおりに書いた, en: It is written as told}
        fields:
          - {id: noticed, fact: noticed_at, required: yes}
          - {id: who, type: person, title: {ja: 気づいた人, en: Who noticed}}
        due: {from: opened, within: 30min, target: yes, source: practice}
      - id: police
        title: {ja: 遺失届を出す, en: Report the loss to the police}
        why: {ja: 受理番号は報告書に要ります。, en: Reports ask for the receipt number.}
        do:
          - {ja: 交番へ行く。, en: Go to the station.}
        fields:
          - {id: station, fact: police_station, required: yes}
        requires: [notice-what]
        due: {from: opened, within: 3h, source: practice}
  - id: press
    title: {ja: 公表, en: Publishing}
    key: p
    steps:
      - id: press
        title: {ja: 記者会見, en: Press conference}
        why: {ja: 一度きりです。, en: It happens once.}
        do:
          - {ja: 言わないことを決める。, en: Agree on what is not said.}
        warnings: [secret]
      - id: theft
        title: {ja: 盗難届を出す, en: Report a theft}
        why: {ja: 盗難の疑いがあるときに。, en: Where theft is possible.}
        do:
          - {ja: 被害届を出す。, en: File it.}
        when: malicious == yes
"""


class Clockwork:
    """A clock that stands until it is told to go on."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> None:
        self.now += timedelta(**length)

    def at(self, hour: int, minute: int = 0) -> None:
        """Go to the next time of day, Tokyo time."""
        there = self.now.astimezone(TOKYO).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.now = there if there >= self.now else there + timedelta(days=1)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a key brings about is waited for as long as it takes, and no longer."""
    monkeypatch.setattr("textual.app.wait_for_idle", at_rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", at_rest)


@pytest.fixture
def clock() -> Clockwork:
    return Clockwork(START)


@pytest.fixture
def content(tmp_path: Path) -> Content:
    """The shipped content, with the small playbook `tiny` beside it."""
    folder = tmp_path / "content" / "playbooks"
    folder.mkdir(parents=True)
    (folder / "tiny.yaml").write_text(TINY, "utf-8")
    return Content(folder.parent)


@pytest.fixture
def seat(tmp_path: Path, content: Content, clock: Clockwork) -> Iterator[Callable[..., Desk]]:
    """Makes desks over one record: `seat("鈴木")` is another person's."""
    desks: list[Desk] = []

    def sit(actor: str = "佐藤") -> Desk:
        store = open_store(str(tmp_path / "runbook.db"))
        desks.append(Desk(store, lambda: content, clock, actor, f"seat-{len(desks) + 1}"))
        return desks[-1]

    yield sit
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(seat: Callable[..., Desk]) -> Desk:
    """The desk of 佐藤. `desk.new("tiny")` opens a small incident, `desk.new("lost-media")` one of the shipped kind."""
    return seat()


@pytest.fixture
def app(desk: Desk) -> RunbookApp:
    """The app on Home, in Japanese: `async with app.run_test(size=(80, 24)) as pilot`."""
    return RunbookApp(desk, "ja")


@pytest.fixture
def open_app(desk: Desk) -> Callable[..., RunbookApp]:
    """Makes an app that opens on an incident: `open_app(id, "en")`."""

    def make(incident: str = "", language: Language = "ja", *, ascii: bool = False) -> RunbookApp:
        return RunbookApp(desk, language, case=desk.case(incident) if incident else None, ascii=ascii)

    return make
