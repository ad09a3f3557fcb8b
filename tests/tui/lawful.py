"""A small law beside a small playbook, an incident under it, and what tests of its duties on the screens do with
both."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.pilot import Pilot

from runbook.actions import facts
from runbook.case import Case
from runbook.content import Content
from runbook.desk import Desk
from runbook.duties import deadlines
from runbook.speech import Language
from runbook.tui.app import RunbookApp
from runbook.tui.presenting import Shades
from runbook.tui.screens.clocks import Clocks
from runbook.tui.screens.clocks.about import about_clock
from runbook.tui.teller import Teller
from tests.tui.conftest import TINY
from tests.tui.looking import screen_text, settled

LAW = """
id: zz.test
title: {ja: 試験法 第1条（試験）, en: Test Act article 1 (tests)}
as_of: "2026-11-21"
default: no
sources:
  act:
    title: {ja: 試験法 第1条, en: Test Act article 1}
    kind: law
    verified: official
  guide:
    title: {ja: 試験指針, en: Test guideline}
    kind: guideline
    verified: memory-low
facts:
  zz_open: {type: yesno, title: {ja: 公開, en: Open}, ask: {ja: 公開でしたか。, en: Was it open to anybody?}}
  zz_grave: {type: yesno, title: {ja: 重大, en: Grave}, ask: {ja: 重大ですか。, en: Is it grave?}}
  zz_shut: {type: yesno, title: {ja: 閉鎖, en: Shut}, ask: {ja: 閉じましたか。, en: Is it shut?}}
  zz_told: {type: yesno, title: {ja: 了知, en: Told}, ask: {ja: 知らせましたか。, en: Were they told?}}
occasions:
  "1":
    title: {ja: 1号, en: Item 1}
    when: zz_open == yes
    source: act
exemptions:
  shut:
    title: {ja: 閉鎖した, en: it was shut}
    when: zz_shut == yes
    source: act
items:
  what: {ja: 何が起きたか, en: What happened}
  whom: {ja: 誰に関わるか, en: Whom it concerns}
duties:
  - id: zz.test.report
    title: {ja: 届出, en: Filing}
    to:
      - name: {ja: 監督庁, en: The authority}
    from: known_at
    deadlines:
      - hours: 96
        when: zz_grave == yes
        title: {ja: 重大な場合, en: a grave case}
        source: act
      - {hours: 72, source: act}
    items: [what, whom]
    exemptions: [shut]
    late: {ja: 遅れた理由を付ける。, en: Give the reason for the delay.}
    notes:
      - text: {ja: 書面で。, en: In writing.}
        source: guide
      - text: {ja: 閉鎖なら口頭で。, en: "If shut, by word of mouth."}
        when: zz_shut == yes
        source: guide
    sources: [act, guide]
  - id: zz.test.tell
    title: {ja: 本人通知, en: Tell the persons}
    to:
      - name: {ja: 本人, en: The persons}
    when: zz_told != yes
    from: known_at
    deadlines:
      - {without_delay: 24h, source: act}
    sources: [act]
  - id: zz.test.filed
    title: {ja: 受理, en: Desk report}
    to:
      - name: {ja: 窓口, en: The desk}
    arises: always
    from: known_at
    deadlines:
      - {hours: 1, source: act}
    late: {ja: 理由を書く。, en: Say why.}
    sources: [act]
  - id: zz.test.theirs
    title: {ja: 連絡, en: Word to us}
    to:
      - name: {ja: 当方, en: Us}
    party: {ja: 委託先, en: The contractor}
    arises: always
    from: contractor_known_at
    deadlines:
      - {hours: 4, source: act}
    sources: [act]
"""
STEP = """
  - id: reports
    title: {ja: 報告, en: Reporting}
    steps:
      - id: tell
        title: {ja: 知らせる, en: Tell them}
        why: {ja: 法律上の義務です。, en: The law wants it.}
        do:
          - {ja: 電話する。, en: Telephone.}
        when: malicious != yes
        due: {duties: [zz.test.tell]}
        files: {duties: [zz.test.tell]}
      - id: file
        title: {ja: 届け出る, en: File it}
        why: {ja: 法律上の義務です。, en: The law wants it.}
        do:
          - {ja: 窓口へ。, en: At the desk.}
        files: {duties: [zz.test.filed]}
"""


def lawful_content(folder: Path) -> Content:
    """The shipped content, with a small playbook that meets duties of a small law."""
    playbooks = folder / "lawful" / "playbooks"
    (playbooks / "regimes").mkdir(parents=True)
    (playbooks / "tiny.yaml").write_text(TINY + STEP, "utf-8")
    (playbooks / "regimes" / "zz.test.yaml").write_text(LAW, "utf-8")
    return Content(playbooks.parent)


def under_the_law(desk: Desk) -> str:
    """Opens an incident under the small law alone, known at 15:45."""
    case = desk.new("tiny", "USB")
    assert case.playbook.unread == ()
    record(desk, case.incident.id, regimes="zz.test", known_at="15:45", law_as_of="2022-06-22")
    return case.incident.id


def record(desk: Desk, incident: str, **known: str) -> None:
    for name, typed in known.items():
        desk.do(incident, partial(facts.claim, name=name, typed=typed))


async def look(pilot: Pilot[None], duty: str = "") -> Clocks:
    app = pilot.app
    assert isinstance(app, RunbookApp)
    await settled(pilot)
    app.go("clocks", f"duty:{duty}" if duty else "")
    await settled(pilot)
    assert isinstance(app.screen, Clocks)
    return app.screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settled(pilot)


def row(app: RunbookApp, words: str) -> str:
    """The line of the list that holds these words."""
    return next(line for line in screen_text(app).splitlines() if words in line and not line.startswith("─"))


def read(desk: Desk, incident: str, duty: str, language: Language = "en") -> str:
    """All that the pane says of a duty, a line each."""
    return pane(desk.case(incident), duty, language)


def pane(case: Case, duty: str, language: Language = "en") -> str:
    """The same of a case that nobody recorded."""
    found = next(one for one in deadlines(case) if one.id == duty)
    label, lines = "", []
    for piece in about_clock(found, None, Teller(case, language, Shades())):
        label = piece.label.strip() or label
        lines.append(f"{label}: {piece.text.plain}")
    return "\n".join(lines)
