"""A notice's life, on a case in memory, with a template of a few sentences of one's own."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook import events as e
from runbook.actions import notices, records
from runbook.actions.deciding import By
from runbook.actions.notices import authors
from runbook.actions.values import read_estimate
from runbook.case import Case
from runbook.chain import head_code
from runbook.content import Content
from runbook.errors import Refused
from runbook.moment import Moment
from runbook.notice_kinds import Written
from runbook.notices import life
from runbook.notices.drafting import Drafting, draft
from runbook.publications import changes, stage, standing
from runbook.saying import held_words
from runbook.speech import say, speaker
from tests.filing import filed
from tests.making import done, later, opened_case, recorded
from tests.noticing import SHIPPED, amagasaki, counted, told
from tests.noticing import published as put_out

HEAD = "---\ntitle: 紛失のお知らせ\nrequires: [organization, persons]\nuses: [affiliation, search_ongoing]\napprover: 広報課長\n---\n"
BODY = """# 紛失のお知らせ

{{ organization }} {{ issued }}現在

{{ organization }}はおわびします。対象は{{ persons.people }}です。所属は{{ affiliation }}です。

捜索は{% if search_ongoing.yes %}続いています{% else %}終わりました{% endif %}。
"""


@pytest.fixture
def content(tmp_path: Path) -> Content:
    folder = tmp_path / "templates" / "ja"
    folder.mkdir(parents=True)
    (folder / "rumour.md.j2").write_text(HEAD + BODY, "utf-8")
    (folder / "correction.md.j2").write_text(HEAD.replace("紛失", "訂正") + BODY + "\n## 訂正\n", "utf-8")
    for name in (
        "templates/kinds.yaml",
        "templates/house.yaml",
        "templates/questions.yaml",
        "playbooks/guardrails.yaml",
    ):
        if SHIPPED.has(name):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(SHIPPED.file(name), tmp_path / name)
    return Content(None, (tmp_path,))


@pytest.fixture
def case() -> Case:
    case = opened_case(SHIPPED.playbook("lost-media"))
    for name, typed in {"organization": "甲市", "search_ongoing": "yes", "hotline_number": "0120-000-000"}.items():
        case = told(case, name, typed)
    case = told(case, "persons", "549", source="名簿")
    for source in ("委託先", "雇用契約書"):
        case = told(case, "affiliation", "乙社の社員", source=source)
    return case


@pytest.fixture
def of(content: Content) -> tuple[Content, str, Written]:
    return content, "rumour", "ja"


def drafted(case: Case, of: tuple[Content, str, Written], *, anew: bool = False) -> Drafting:
    return draft(case, *of, anew=anew)


def passed(case: Case, of: tuple[Content, str, Written], who: str) -> Case:
    """The case after someone answered for every warning."""
    for rule in {finding.rule for finding in drafted(case, of).unanswered}:
        case = done(case, life.answering(of, "確かめた。", rule=rule), who)
    return case


def published(case: Case, of: tuple[Content, str, Written]) -> Case:
    case = done(case, life.submitting(of), "田中")
    case = passed(case, of, "佐藤")
    case = done(case, life.approving(of), "佐藤")
    return done(case, life.publishing(of, "ホームページ", "https://city.example/1"), "田中")


def refused(case: Case, act: Callable[[Case, By], list[e.Act]], who: str = "田中") -> str:
    with pytest.raises(Refused) as refusal:
        act(case, By(who, None, case.incident.seq))
    return speaker("en")(refusal.value.message)


def test_from_draft_to_publication(case: Case, of: tuple[Content, str, Written]) -> None:
    stages = [stage(case.incident.notice("rumour", "ja"))]
    case = done(case, life.keeping(of), "田中")
    stages.append(stage(case.incident.notice("rumour", "ja")))
    case = done(later(case, minutes=5), life.submitting(of), "田中")
    frozen = drafted(case, of)
    stages.append(frozen.stage)
    case = passed(case, of, "佐藤")
    case = done(case, life.approving(of), "佐藤")
    stages.append(drafted(case, of).stage)
    before = case.incident.hash
    case = done(later(case, minutes=10), life.publishing(of, "ホームページ", "https://city.example/1"), "田中")
    stages.append(drafted(case, of).stage)
    assert stages == [None, "draft", "submitted", "approved", "published"]
    publication = case.incident.notice("rumour", "ja").publication
    assert publication is not None
    assert publication.text.text == frozen.text
    assert publication.sha256 == hashlib.sha256(frozen.text.encode()).hexdigest()
    assert (publication.channel, publication.address) == ("ホームページ", "https://city.example/1")
    assert publication.head == head_code(before)
    assert publication.at.at == case.now
    affiliation = case.current("affiliation")
    assert affiliation is not None
    assert publication.facts["affiliation"] == affiliation.touch.seq


def test_the_hour_at_which_one_was_first_out_is_known_by_its_publication() -> None:
    out = Moment(amagasaki().now - timedelta(hours=2), "about")
    case = filed(amagasaki(), "scam-caution", moment=out)
    known = case.current("caution_published_at")
    assert known is not None
    assert (known.value, known.status, known.source) == (out, "confirmed", "step:scam-caution")
    again = filed(later(case, hours=1), "scam-caution", "en")
    assert again.current("caution_published_at") == known


def test_the_hour_somebody_gave_before_stands() -> None:
    case = told(amagasaki(), "caution_published_at", "2022-06-22T17:00", source="広報課")
    assert filed(case, "scam-caution").current("caution_published_at") == case.current("caution_published_at")


def test_what_is_submitted_is_frozen_with_its_date(case: Case, of: tuple[Content, str, Written]) -> None:
    case = done(case, life.submitting(of), "田中")
    frozen = drafted(case, of)
    assert frozen.frozen
    assert "午後3時45分現在" in frozen.text
    evening = later(told(case, "organization", "乙市"), hours=5)
    assert drafted(evening, of).text == frozen.text
    assert drafted(evening, of).outdated == ("organization",)
    assert "午後8時45分" in drafted(evening, of, anew=True).text


def test_a_missing_required_fact_stops_submission(content: Content, of: tuple[Content, str, Written]) -> None:
    case = told(opened_case(SHIPPED.playbook("lost-media")), "organization", "甲市")
    assert "Missing: Persons affected" in refused(case, life.submitting(of))


def test_a_blocking_finding_stops_submission_approval_and_publication(
    case: Case, content: Content, of: tuple[Content, str, Written]
) -> None:
    folder = content.file("templates/ja/rumour.md.j2")
    folder.write_text(folder.read_text("utf-8") + "\nパスワードは十三桁です。\n", "utf-8")
    assert "G01" in refused(case, life.submitting(of))
    drafting = drafted(case, of)
    # as if a record came from an edition whose guardrails did not know the rule yet
    slipped = e.NoticeSubmitted(
        "rumour", "ja", e.Prose(text=drafting.text), hashlib.sha256(drafting.text.encode()).hexdigest(), drafting.facts
    )
    case = recorded(case, [e.Act(slipped)], "田中")
    assert "G01" in refused(case, life.approving(of), "佐藤")
    case = recorded(case, [e.Act(e.NoticeApproved("rumour", "ja", slipped.sha256))], "佐藤")
    assert "G01" in refused(case, life.publishing(of, "ホームページ"))


@pytest.mark.parametrize("who", ["田中", " 田中 ", "田　中"])
def test_nobody_approves_their_own_notice(case: Case, of: tuple[Content, str, Written], who: str) -> None:
    case = passed(done(case, life.submitting(of), "田中"), of, "佐藤")
    assert "cannot approve" in refused(case, life.approving(of), who)


def test_whoever_worded_it_by_hand_is_an_author_whoever_kept_it_last(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    worded = drafted(case, of).reworded(drafted(case, of).text.replace("おわびします", "深くおわびします"))
    case = done(case, worded.keep, "山本")
    case = done(told(case, "persons", "612", source="名簿"), life.submitting(of), "田中")
    assert authors(case.incident.notice("rumour", "ja")) == {"山本", "田中"}
    case = passed(case, of, "佐藤")
    assert "cannot approve" in refused(case, life.approving(of), "山本")


def test_a_warning_passes_with_a_reason_that_is_kept_and_a_second_persons_on_the_secret(
    case: Case, content: Content, of: tuple[Content, str, Written]
) -> None:
    file = content.file("templates/ja/rumour.md.j2")
    file.write_text(file.read_text("utf-8") + "\nパスワードを設定しています。\n", "utf-8")
    case = done(case, life.submitting(of), "田中")
    assert "G02" in refused(case, life.approving(of), "佐藤")
    assert "second person" in refused(case, life.answering(of, "公表済み", rule="G02"), "田中")
    case = passed(case, of, "鈴木")
    case = done(case, life.approving(of), "佐藤")
    notice = case.incident.notice("rumour", "ja")
    assert [(one.rule, one.touch.actor, one.reason.text) for one in notice.passes if one.rule == "G02"] == [
        ("G02", "鈴木", "確かめた。")
    ]


def test_an_answer_is_for_that_sentence_only(case: Case, content: Content, of: tuple[Content, str, Written]) -> None:
    file = content.file("templates/ja/rumour.md.j2")
    text = file.read_text("utf-8")
    file.write_text(text + "\nパスワードを設定しています。\n", "utf-8")
    case = passed(done(case, life.keeping(of), "田中"), of, "佐藤")
    assert "G02" not in {finding.rule for finding in drafted(case, of).unanswered}
    file.write_text(text + "\nパスワードを設定しておりました。\n", "utf-8")
    assert "G02" in {finding.rule for finding in drafted(case, of).unanswered}


def test_an_approval_is_void_when_one_character_changes(case: Case, of: tuple[Content, str, Written]) -> None:
    case = done(case, life.submitting(of), "田中")
    case = done(passed(case, of, "佐藤"), life.approving(of), "佐藤")
    anew = drafted(case, of, anew=True)
    case = done(case, anew.reworded(anew.text.replace("続いています。", "続いています！")).keep, "田中")
    assert drafted(case, of).stage == "draft"
    assert "not submitted" in refused(case, life.publishing(of, "ホームページ"))
    assert case.incident.notice("rumour", "ja").approval is None


def test_what_rests_on_a_changed_fact_is_neither_approved_nor_published(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    case = passed(done(case, life.submitting(of), "田中"), of, "佐藤")
    changed = told(case, "affiliation", "丙社の社員", source="訂正")
    assert "changed since" in refused(changed, life.approving(of), "佐藤")
    approved = done(case, life.approving(of), "佐藤")
    changed = told(approved, "affiliation", "丙社の社員", source="訂正")
    assert "changed since" in refused(changed, life.publishing(of, "ホームページ"))


def listing(folder: Path, *written: Written) -> Content:
    """A notice on rumours that lists the earlier ones, and a correction."""
    past = (
        "{% for one in history %}\n- {{ one.title }}{% if one.withdrawn %}（取り下げました）{% endif %}\n{% endfor %}\n"
    )
    for language in written:
        (folder / "templates" / language).mkdir(exist_ok=True)
        (folder / "templates" / language / "rumour.md.j2").write_text(HEAD + BODY + past, "utf-8")
    return Content(None, (folder,))


def test_a_list_of_earlier_notices_that_leaves_one_out_is_neither_approved_nor_published(
    case: Case, content: Content, tmp_path: Path
) -> None:
    of: tuple[Content, str, Written] = (listing(tmp_path, "ja"), "rumour", "ja")
    other: tuple[Content, str, Written] = (content, "correction", "ja")
    submitted = passed(done(case, life.submitting(of), "田中"), of, "佐藤")
    left_out = "“Correction and apology” came out since this was submitted, and its list of earlier notices leaves it"
    assert left_out in refused(published(submitted, other), life.approving(of), "佐藤")
    approved = done(submitted, life.approving(of), "佐藤")
    after = published(approved, other)
    assert [left_out in speaker("en")(one) for one in drafted(after, of).overtaken] == [True]
    assert left_out in refused(after, life.publishing(of, "ホームページ"))
    again = published(done(after, life.keeping(of, anew=True), "田中"), of)
    notice = again.incident.notice("rumour", "ja").publication
    assert notice is not None
    assert "- 訂正とおわび" in (notice.text.text or "")
    assert drafted(published(again, other), of).overtaken == ()  # what is out stays as it went out


def test_nor_is_one_that_does_not_say_that_an_earlier_notice_was_withdrawn(
    case: Case, content: Content, tmp_path: Path
) -> None:
    of: tuple[Content, str, Written] = (listing(tmp_path, "ja"), "rumour", "ja")
    case = published(case, (content, "correction", "ja"))
    approved = done(passed(done(case, life.submitting(of), "田中"), of, "佐藤"), life.approving(of), "佐藤")
    after = done(approved, life.withdrawing((content, "correction", "ja"), "誤り"), "田中")
    assert "“Correction and apology” was withdrawn since" in refused(after, life.publishing(of, "ホームページ"))


def test_a_translation_that_comes_out_beside_it_ends_no_approval_nor_does_anything_where_nothing_is_listed(
    case: Case, content: Content, of: tuple[Content, str, Written], tmp_path: Path
) -> None:
    unlisted = done(passed(done(case, life.submitting(of), "田中"), of, "佐藤"), life.approving(of), "佐藤")
    after = published(unlisted, (content, "correction", "ja"))
    assert drafted(after, of).overtaken == ()
    assert (
        stage(done(after, life.publishing(of, "ホームページ"), "田中").incident.notice("rumour", "ja")) == "published"
    )
    fresh = listing(tmp_path, "ja", "en")
    english: tuple[Content, str, Written] = (fresh, "rumour", "en")
    case = done(passed(done(case, life.submitting(english), "田中"), english, "佐藤"), life.approving(english), "佐藤")
    case = published(case, (fresh, "rumour", "ja"))
    assert drafted(case, english).overtaken == ()


def test_only_what_is_approved_is_published(case: Case, of: tuple[Content, str, Written]) -> None:
    assert "not submitted" in refused(case, life.publishing(of, "ホームページ"))
    case = done(case, life.submitting(of), "田中")
    assert "not approved" in refused(case, life.publishing(of, "ホームページ"))


def test_what_left_the_house_cannot_be_undone_but_a_submission_can(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    case = done(case, life.submitting(of), "田中")
    back = done(case, records.undo, "田中")
    assert stage(back.incident.notice("rumour", "ja")) is None  # keeping and submitting were one act
    case = done(passed(case, of, "佐藤"), life.approving(of), "佐藤")
    assert "left the house" in refused(case, records.undo, "佐藤")
    assert "Meanwhile" in refused(case, records.undo, "田中")


def test_a_published_fact_that_changes_is_seen_and_a_correction_puts_it_right(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    content = of[0]
    case = published(case, of)
    assert changes(case) == []
    case = told(later(case, days=4), "search_ongoing", "no")
    assert changes(case) == []  # it was on when they said so: old, not wrong
    case = told(case, "affiliation", "丙社の社員", source="委託先")
    case = told(case, "affiliation", "丙社の社員", source="雇用契約書")
    (change,) = changes(case)
    assert (change.of.kind, change.fact) == ("rumour", "affiliation")
    assert drafted(case, of).outdated == ("affiliation", "search_ongoing")
    case = published(case, (content, "correction", "ja"))
    assert changes(case) == []
    notice = case.incident.notice("rumour", "ja")
    assert stage(notice) == "corrected"
    assert [one.kind for one in standing(case.incident)] == ["rumour", "correction"]


def test_publishing_it_anew_puts_it_right_too(case: Case, of: tuple[Content, str, Written]) -> None:
    case = told(published(case, of), "persons", "612", source="名簿")
    assert [change.fact for change in changes(case)] == ["persons"]
    case = done(case, life.keeping(of, anew=True), "田中")
    publication = case.incident.notice("rumour", "ja").publication
    assert publication is not None
    assert publication.text.text is not None
    assert "549" in publication.text.text
    assert "612" in drafted(case, of).text
    assert [change.fact for change in changes(case)] == ["persons"]  # nothing has left the house yet


def test_a_draft_is_kept_again_only_when_more_than_the_time_changed(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    case = done(case, life.keeping(of), "田中")
    case = done(later(case, minutes=3), life.keeping(of), "田中")
    assert len(case.incident.notice("rumour", "ja").versions) == 1
    case = done(told(case, "persons", "612", source="名簿"), life.keeping(of), "田中")
    assert len(case.incident.notice("rumour", "ja").versions) == 2


def test_words_by_hand_stay_while_facts_go_on_and_conflict_where_both_changed_one_sentence(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    first = drafted(case, of)
    words = first.text.replace("甲市はおわびします。", "甲市は皆さまに深くおわびします。").replace(
        "乙社の社員です。", "乙社の方です。"
    )
    case = done(case, first.reworded(words).keep, "山本")
    case = told(later(case, hours=1), "persons", "612", source="名簿")
    merged = drafted(case, of)
    assert "深くおわびします。対象は612人" in merged.text
    assert merged.conflicts == ()
    assert [edit.now for edit in merged.edits] == ["甲市は皆さまに深くおわびします。", "所属は乙社の方です。"]
    for source in ("委託先", "雇用契約書"):
        case = told(case, "affiliation", "丙社の社員", source=source)
    torn = drafted(case, of)
    (conflict,) = torn.conflicts
    assert (conflict.mine, conflict.theirs) == ("所属は乙社の方です。", "所属は丙社の社員です。")
    again = done(case, life.keeping(of), "山本")
    assert again.incident.notice("rumour", "ja") == case.incident.notice("rumour", "ja")  # keeping settles nothing
    assert "worded by hand" in refused(case, life.submitting(of))
    with pytest.raises(Refused):
        torn.reworded("何か")
    settled = done(case, life.settling(of, 0, "theirs"), "山本")
    assert "所属は丙社の社員です。" in drafted(settled, of).text
    assert drafted(settled, of).conflicts == ()
    kept = done(case, life.settling(of, 0, "mine"), "山本")
    assert "所属は乙社の方です。" in drafted(kept, of).text
    assert drafted(kept, of).conflicts == ()


def test_that_time_goes_on_is_no_conflict_and_one_kept_by_hand_stays_settled(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    first = drafted(case, of)
    words = first.text.replace("甲市 令和", "わが甲市 令和").replace("捜索は続いています", "懸命な捜索は続いています")
    case = later(done(case, first.reworded(words).keep, "山本"), hours=1)
    assert drafted(case, of).conflicts == ()
    assert "わが甲市 令和" in drafted(case, of).text
    case = told(case, "search_ongoing", "no")
    (conflict,) = drafted(case, of).conflicts
    assert (conflict.mine, conflict.theirs) == ("懸命な捜索は続いています。", "捜索は終わりました。")
    case = later(done(case, life.settling(of, 0, "mine"), "山本"), hours=1)
    assert drafted(case, of).conflicts == ()
    assert "懸命な捜索は続いています。" in drafted(case, of).text


def test_a_broken_template_does_not_lose_a_submitted_text(
    case: Case, content: Content, of: tuple[Content, str, Written]
) -> None:
    case = done(case, life.submitting(of), "田中")
    text = drafted(case, of).text
    content.file("templates/ja/rumour.md.j2").write_text("---\nnonsense\n---\n", "utf-8")
    again = drafted(case, of)
    assert again.text == text
    assert again.trouble is not None


def test_a_snapshot_of_the_whole_life_reads_back(case: Case, of: tuple[Content, str, Written]) -> None:
    incident = published(case, of).incident
    packed = msgspec.msgpack.encode(incident)
    assert msgspec.msgpack.decode(packed, type=type(incident)) == incident


def test_a_new_version_of_a_hand_worded_notice_begins_even_over_a_conflict(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    first = drafted(case, of)
    case = done(case, first.reworded(first.text.replace("乙社の社員です", "乙社の方です")).keep, "山本")
    case = published(case, of)
    for source in ("委託先", "雇用契約書"):
        case = told(case, "affiliation", "丙社の社員", source=source)
    case = done(case, life.keeping(of, anew=True), "田中")
    begun = drafted(case, of)
    assert begun.stage == "draft"
    (conflict,) = begun.conflicts
    assert "丙社" in conflict.theirs
    case = done(case, life.settling(of, 0, "theirs"), "田中")
    assert "所属は丙社の社員です。" in drafted(case, of).text
    assert drafted(case, of).conflicts == ()


def test_a_notice_that_rests_on_nothing_that_changed_need_not_wait_for_the_correction(
    case: Case, content: Content, of: tuple[Content, str, Written]
) -> None:
    file = content.file("templates/ja/rumour.md.j2").with_name("scam-caution.md.j2")
    file.write_text(
        "---\ntitle: 注意\nrequires: [organization]\napprover: 広報課長\n---\n# 注意\n\n{{ organization }}からの注意です。\n",
        "utf-8",
    )
    case = told(published(case, of), "persons", "612", source="名簿")
    assert "G10" in {finding.rule for finding in drafted(case, of, anew=True).findings}
    assert "G10" not in {finding.rule for finding in draft(case, content, "scam-caution", "ja").findings}


def test_exactly_what_was_shown_is_submitted_or_nothing(case: Case, of: tuple[Content, str, Written]) -> None:
    shown = drafted(case, of)
    case = later(case, minutes=2)
    sent = done(case, life.submitting(of, shown), "田中").incident.notice("rumour", "ja").submission
    assert sent is not None
    assert sent.text.text == shown.text
    changed = told(case, "persons", "612", source="名簿")
    assert "changed since you read it" in refused(changed, life.submitting(of, shown))


def test_nothing_was_published_in_the_future_and_nothing_is_corrected_twice(
    case: Case, of: tuple[Content, str, Written]
) -> None:
    ready = done(passed(done(case, life.submitting(of), "田中"), of, "佐藤"), life.approving(of), "佐藤")
    tomorrow = Moment(later(case, days=1).now)
    assert "still to come" in refused(ready, life.publishing(of, "ホームページ", moment=tomorrow))
    case = done(ready, life.publishing(of, "ホームページ"), "田中")
    assert "published already" in refused(case, life.publishing(of, "ホームページ"))
    subject = drafted(case, of).subject
    wrong = partial(notices.correct, subject=subject, reason="聞き違い", correction=1)
    assert "no publication" in refused(case, wrong)
    case = done(case, partial(notices.correct, subject=subject, reason="聞き違い"), "田中")
    assert "already" in refused(case, partial(notices.correct, subject=subject, reason="もう一度"))


@pytest.mark.parametrize(
    ("said", "now", "wrong"),
    [
        ("約8万", "80517", False),
        ("約8万", "79,000", False),
        ("約8万", "約8万2千", False),
        ("約8万", "84,500", True),
        ("約100万", "1,300,000", True),
        ("約80,517", "80,518", True),
        ("80000", "80517", True),
    ],
)
def test_what_was_about_right_is_not_made_wrong_by_the_number_it_was_about(said: str, now: str, wrong: bool) -> None:
    (about, estimate), (count, rough) = read_estimate(said, say("count")), read_estimate(now, say("count"))
    assert about is not None
    assert count is not None
    case = counted(
        told(opened_case(SHIPPED.playbook("lost-media")), "persons", said), "list", about, "persons", estimate=estimate
    )
    case = put_out(case, "first-notice", ("persons", "dataset:list"))
    case = counted(told(case, "persons", now), "list", count, "persons", estimate=rough)
    assert [change.fact for change in changes(case)] == (["persons", "dataset:list"] if wrong else [])
    words = say("about {n}", n=f"{about:,}") if estimate else f"{about:,}"
    assert held_words(case.incident.fact("persons").claims[0], {}, case.zone) == words


def test_what_counts_nothing_is_not_made_wrong_by_another_count() -> None:
    """A caution against scams only asks the data sets whether accounts are in them."""
    case = counted(opened_case(SHIPPED.playbook("lost-media")), "list", 74_767, "households")
    case = put_out(case, "scam-caution", ("dataset:list",), text="電話で口座番号をお聞きすることはありません。")
    case = put_out(case, "first-notice", ("dataset:list",), text="対象は7万4,767世帯です。")
    recounted = counted(case, "list", 74_776, "households")
    assert [change.of.kind for change in changes(recounted)] == ["first-notice"]
    other = counted(case, "list", 74_767, "households", fields=("口座番号",))
    assert [change.of.kind for change in changes(other)] == ["scam-caution", "first-notice"]
