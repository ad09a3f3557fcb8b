"""The studio over a real record: editions that an incident keeps, and two people at one notice."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from runbook.actions import facts
from runbook.content import GUARDRAILS, Content
from runbook.desk import Desk
from runbook.errors import Refused
from runbook.notices.documents import FORMAT_NAMES
from runbook.notices.formats import write
from runbook.store import open_store

TEMPLATE = """---
title: ひとこと
requires: [organization]
uses: [lost_place]
approver: 広報課長
---
# ひとこと

{{ organization }}はおわびします。

なくした場所は{{ lost_place }}です。
"""


@pytest.fixture
def own(tmp_path: Path) -> Content:
    """The shipped content, and in the user's own folder one more kind of notice."""
    templates = tmp_path / "own" / "templates"
    (templates / "ja").mkdir(parents=True)
    (templates / "ja" / "word.md.j2").write_text(TEMPLATE, "utf-8")
    kinds = Content(None).file("templates/kinds.yaml").read_text("utf-8").rstrip("\n")
    kind = "\n  - {id: X01, slug: word, audience: citizens, title: {ja: ひとこと, en: A word}}\n"
    (templates / "kinds.yaml").write_text(kinds + kind, "utf-8")
    return Content(tmp_path / "own")


@pytest.fixture
def seat(tmp_path: Path, own: Content) -> Iterator[Callable[[str], Desk]]:
    now = datetime(2022, 6, 22, 6, 45, tzinfo=UTC)
    with ExitStack() as leaving:

        def opened(actor: str) -> Desk:
            store = leaving.enter_context(closing(open_store(str(tmp_path / "r.db"))))
            return Desk(store, lambda: own, lambda: now, actor, f"{actor}の席")

        yield opened


@pytest.fixture
def incident(seat: Callable[[str], Desk]) -> str:
    desk = seat("鈴木")
    id = desk.new("lost-media").incident.id
    desk.do(id, lambda case, by: facts.claim(case, by, "organization", "甲市"))
    desk.do(id, lambda case, by: facts.claim(case, by, "lost_place", "駅前"))
    return id


def test_an_incident_keeps_the_guardrails_it_was_opened_with(
    seat: Callable[[str], Desk], incident: str, own: Content, tmp_path: Path
) -> None:
    studio = seat("田中").studio()
    before = studio.draft(incident, "word", "ja")
    worded = studio.checked(incident, before, before.text + "\nパスワードは13桁です。\n")
    told = next(finding.message.ja for finding in worded.findings if finding.rule == "G01")
    rules = tmp_path / "own" / GUARDRAILS
    rules.parent.mkdir()
    rules.write_text(own.text(GUARDRAILS)[1].replace(told, "新しい版の文です。"), "utf-8")
    again = seat("田中").studio().checked(incident, before, worded.text)
    assert told in {finding.message.ja for finding in again.findings}
    desk = seat("田中")
    later = desk.new("lost-media").incident.id
    desk.do(later, lambda case, by: facts.claim(case, by, "organization", "甲市"))
    fresh = desk.studio().checked(later, desk.studio().draft(later, "word", "ja"), worded.text)
    assert "新しい版の文です。" in {finding.message.ja for finding in fresh.findings}


def test_an_edition_this_program_cannot_read_gives_way_to_todays(
    seat: Callable[[str], Desk], own: Content, tmp_path: Path
) -> None:
    rules = tmp_path / "own" / GUARDRAILS
    rules.parent.mkdir()
    shutil.copy(Content(None).file(GUARDRAILS), rules)
    desk = seat("田中")
    rules.write_text("id: guardrails\nedition: '1999-01-01'\nrules: []\n", "utf-8")
    id = desk.new("lost-media").incident.id
    rules.unlink()
    desk.do(id, lambda case, by: facts.claim(case, by, "organization", "甲市"))
    drafting = desk.studio().draft(id, "word", "ja")
    worded = desk.studio().checked(id, drafting, drafting.text + "\nパスワードは13桁です。\n")
    assert "G01" in {finding.rule for finding in worded.findings}


def test_two_people_who_word_one_notice_at_once_lose_nothing_unseen(seat: Callable[[str], Desk], incident: str) -> None:
    start = Barrier(2)
    refused: list[str] = []

    def word(actor: str, words: str) -> None:
        desk = seat(actor)
        drafting = desk.studio().draft(incident, "word", "ja")
        seen = desk.case(incident).incident.seq
        start.wait()
        try:
            desk.studio().reword(incident, drafting, drafting.text.replace("おわび", words), seen=seen)
        except Refused:
            refused.append(actor)

    people = [Thread(target=word, args=("田中", "深くおわび")), Thread(target=word, args=("山本", "心からおわび"))]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(refused) == 1
    assert len(seat("鈴木").case(incident).incident.notice("word", "ja").versions) == 1


def test_what_is_approved_leaves_to_the_letter_in_markdown_and_unmarked_in_all_formats(
    seat: Callable[[str], Desk], incident: str
) -> None:
    author, boss = seat("田中").studio(), seat("佐藤")
    author.submit(incident, "word", "ja")
    waiting = author.draft(incident, "word", "ja")
    assert "下書き" in write(author.document(waiting, boss.case(incident)), "md").decode()
    boss.studio().approve(incident, "word", "ja")
    approved = author.draft(incident, "word", "ja")
    document = author.document(approved, boss.case(incident))
    assert write(document, "md").decode() == waiting.text
    for format in FORMAT_NAMES:
        assert "下書き".encode() not in write(document, format)
    assert document.issued - timedelta(0) == boss.case(incident).now
