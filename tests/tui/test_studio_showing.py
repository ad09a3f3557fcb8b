"""What the studio says, as tables: the list, what there is to see to, a notice's life."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
import pytest

from runbook.actions.facts import claim
from runbook.case import Case
from runbook.content import Content
from runbook.desk import Desk
from runbook.moment import Moment
from runbook.notice_kinds import NoticeKind, Written
from runbook.notices.drafting import draft
from runbook.publications import stale
from runbook.speech import Bilingual, Language
from runbook.tui.presenting import Shades
from runbook.tui.screens.board.lines import stale_line
from runbook.tui.screens.notice import history, listing, looking, standing
from runbook.tui.screens.notice.begun import Begun
from runbook.tui.screens.notice.points import Seen, above, marks, points
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row
from tests.filing import breach, filed
from tests.noticing import SHIPPED, amagasaki
from tests.noticing import published as put_out
from tests.noticing import told as onto
from tests.tui.studying import known, lost, write_templates

LISTED = (
    listing.Listed(NoticeKind("D90", "loss", Bilingual("媒体の紛失", "The loss"), "citizens"), ("ja", "en")),
    listing.Listed(NoticeKind("D92", "letter", Bilingual("本人への手紙", "The letter"), "persons"), ("ja",)),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    write_templates(tmp_path / "content")


@pytest.fixture
def incident(desk: Desk) -> str:
    id = lost(desk)
    known(desk, id, contact_desk="企画管理課")
    return id


def told(case: Case, language: Language = "en", *, ascii: bool = False) -> Teller:
    return Teller(case, language, Shades(ascii=ascii))


def lines(rows: list[Row], width: int) -> list[str]:
    return [row.draw(width, False).plain.rstrip() for row in rows]


def test_each_writing_has_its_state_where_there_is_room(desk: Desk, incident: str) -> None:
    desk.studio().keep(incident, desk.studio().draft(incident, "loss", "ja"))
    tell = told(desk.case(incident))
    shown = lines(listing.rows(LISTED, "", tell), 79)
    assert shown[1] == " To citizens"
    assert shown[2].split() == ["The", "loss", "JA", "draft", "EN", "unwritten"]
    assert shown[3] == " To the persons concerned"
    assert all(len(line) <= 79 for line in shown)


def test_where_there_is_little_room_the_state_that_tells_most_stands_there(desk: Desk, incident: str) -> None:
    desk.studio().submit(incident, "loss", "ja")
    shown = lines(listing.rows(LISTED, "", told(desk.case(incident))), 37)
    assert shown[2].split() == ["The", "loss", "submitted"]
    assert shown[4].split() == ["The", "letter", "unwritten"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["kind:loss", "kind:letter"]),
        ("d92", ["kind:letter"]),
        ("紛失", ["kind:loss"]),
        ("ＬＯＳＳ", ["kind:loss"]),
        ("citizens loss", ["kind:loss"]),
        ("nothing of the kind", []),
    ],
)
def test_the_list_holds_what_is_looked_for(desk: Desk, incident: str, wanted: str, found: list[str]) -> None:
    rows = listing.rows(LISTED, wanted, told(desk.case(incident)))
    assert [row.id for row in rows if row.id] == found
    if not found:
        assert "nothing holds" in lines(rows, 60)[0]


def test_the_playbook_says_which_step_leads_to_a_notice_and_which_comes_first(desk: Desk, incident: str) -> None:
    case = desk.case(incident)
    steps = listing.leading_to(case.playbook)
    assert case.playbook.numbers[steps["scam-caution"]]
    real = looking.kinds(desk)
    assert {one.kind.slug for one in real} >= {"loss", "first-notice", "correction"}
    assert next(one.writings for one in real if one.kind.slug == "loss") == ("ja", "en", "easy")
    assert listing.suggested(real, case) == "first-notice"
    assert listing.suggested((), case) == ""


def test_beside_a_notice_stands_the_step_at_which_it_goes_out(desk: Desk) -> None:
    """A first notice draws on a dozen steps before the one that publishes it."""
    playbook = desk.new("lost-media", "USB").playbook
    at = {one.kind.slug: listing.going_out_at(one.kind, playbook) for one in looking.kinds(desk)}
    for slug, step in {
        "first-notice": "first-notice",
        "correction": "corrections",
        "city-page": "page-updates",
    }.items():
        assert at[slug] == playbook.numbers[step]
    assert at["missent-mail"] == ""


def published(desk: Desk, incident: str, other: Desk) -> None:
    desk.studio().submit(incident, "loss", "ja")
    other.studio().approve(incident, "loss", "ja")
    other.studio().publish(incident, "loss", "ja", "web")


def see(desk: Desk, incident: str, kind: str = "loss") -> Seen:
    return looking.look(desk, incident, kind, "ja")


def said(seen: Seen, tell: Teller, *, unfinished: bool = False) -> list[str]:
    return [row.draw(70, False).plain.strip() for row in points(seen, unfinished, tell, 70)]


def test_a_published_fact_that_changed_stands_there_with_both_values_and_the_way_to_the_correction(
    desk: Desk, incident: str, seat: object
) -> None:
    assert callable(seat)
    published(desk, incident, seat("鈴木"))
    known(desk, incident, lost_place="丙駅")
    tell = told(desk.case(incident))
    seen = see(desk, incident)
    shown = said(seen, tell)
    at = shown.index("! Published, and no longer right: 1")
    assert shown[at + 2 : at + 4] == ["said: 甲市内", "now: 丙駅"]
    assert shown[at + 4].startswith("Write the correction")
    ids = [row.id for row in points(seen, False, tell, 70) if row.id]
    assert ids[:2] == ["stale:lost_place", "correct"]


def test_what_is_unfinished_is_said_first(desk: Desk, incident: str) -> None:
    tell = told(desk.case(incident))
    assert said(see(desk, incident), tell, unfinished=True)[0].startswith("! A wording is unfinished here")


def test_who_approves_and_how_many_facts_of_each_status_it_rests_on(desk: Desk, incident: str) -> None:
    desk.do(incident, partial(claim, name="lost_place", typed="甲市内", status="estimate"))
    shown = said(see(desk, incident), told(desk.case(incident)))
    assert "Rests on 3 facts" in shown
    assert "confirmed 2  estimate 1" in shown
    assert "Approved by: 広報課長" in shown


def test_lines_of_findings_count_below_the_marks(desk: Desk, incident: str) -> None:
    drafting = desk.studio().draft(incident, "loss", "ja")
    wrong = desk.studio().checked(incident, drafting, drafting.text + "\nパスワードは13桁です。\n")
    assert above(wrong) == 2  # the mark of a draft and an empty line
    shown = wrong.shown.splitlines()
    assert [line for line, severity in marks(wrong).items() if severity == "block"]
    assert all("13桁" in shown[line - 1] for line in marks(wrong))


def test_a_life_is_told_from_its_submission_on(desk: Desk, incident: str, seat: object) -> None:
    assert callable(seat)
    tell = told(desk.case(incident))
    assert standing.life(see(desk, incident), tell) == []
    published(desk, incident, seat("鈴木"))
    tell = told(desk.case(incident))
    assert standing.life(see(desk, incident), tell) == [
        "put up for approval 15:45 佐藤",
        "approved 15:45 鈴木",
        "published, web: 15:45 鈴木",
    ]
    first, second = standing.headline(see(desk, incident), tell, 140)
    assert first.plain.startswith(" The loss")
    assert second.plain.endswith("Names are not authenticated.")
    assert standing.headline(see(desk, incident), tell, 40)[1].cell_len <= 40


def test_the_past_is_told_latest_first_with_the_texts_it_was_done_to(desk: Desk, incident: str, seat: object) -> None:
    assert callable(seat)
    published(desk, incident, seat("鈴木"))
    desk.studio().withdraw(incident, "loss", "ja", "gone")
    found = standing.past(desk.case(incident).incident.notice("loss", "ja"))
    speak = told(desk.case(incident))
    assert [speak(one.what) for one in found] == [
        "withdrawn",
        "published",
        "approved",
        "put up for approval",
        "drafted",
    ]
    assert len({one.hash for one in found}) == 1
    row = history.past_row(found[1], speak, 76, False).plain
    assert row.split() == ["06-22", "15:45", "published", "(web)", "鈴木", found[1].hash, f"#{found[1].touch.seq}"]


def test_what_went_out_stands_with_the_hour_it_went_out_and_not_with_that_of_writing() -> None:
    case = filed(amagasaki(), "scam-caution", moment=Moment(amagasaki().now - timedelta(hours=2), "about"))
    tell = told(case)
    at = f"{case.now - timedelta(hours=2):%m-%d %H:%M}"
    seen = Seen(draft(case, SHIPPED, "scam-caution", "ja"), 0)
    assert standing.life(seen, tell)[-1] == f"published, web form: about {at[6:]} 田中"
    first = standing.past(case.incident.notice("scam-caution", "ja"))[0]
    assert history.past_row(first, tell, 76, False).plain.startswith(f"  ~{at}  published")


def test_what_is_out_is_marked_in_the_list_while_its_next_version_is_a_draft() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    key = "commission-preliminary/ja"
    notice = case.incident.notices[key]
    last = notice.versions[-1]
    newer = msgspec.structs.replace(last, touch=msgspec.structs.replace(last.touch, seq=10**6))
    draft_again = msgspec.structs.replace(notice, versions=(*notice.versions, newer))
    notices = {**case.incident.notices, key: draft_again}
    both = msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, notices=notices))

    def row(case: Case) -> str:
        rows = listing.rows(looked(), "", told(case))
        return next(one for one in rows if one.id == "kind:commission-preliminary").draw(50, False).plain.strip()

    assert (row(case)[:2], row(case)[-5:]) == ("✓ ", "filed")
    assert (row(both)[:2], row(both)[-5:]) == ("✓ ", "draft")
    assert row(amagasaki())[0] != "✓"


def test_a_report_is_filed_and_not_published() -> None:
    case = filed(amagasaki(), "commission-preliminary")
    tell, notice = told(case), case.incident.notice("commission-preliminary", "ja")
    assert tell(standing.past(notice, filing=True)[0].what) == "filed"
    state = listing.state_words("commission-preliminary", "ja", tell)
    assert state is not None
    assert tell(state) == "filed"
    seen = Seen(draft(case, SHIPPED, "commission-preliminary", "ja"), 0)
    assert standing.headline(seen, tell, 140)[1].plain.startswith(" filed")
    assert any(line.startswith("filed, web form:") for line in standing.life(seen, tell))


def test_a_correction_published_later_is_the_one_that_put_it_right(desk: Desk, incident: str, seat: object) -> None:
    assert callable(seat)
    published(desk, incident, seat("鈴木"))
    tell = told(desk.case(incident))
    assert standing.correction_after(see(desk, incident), tell) == 0


def test_a_wording_is_laid_over_what_it_was_begun_over(desk: Desk, incident: str) -> None:
    then = desk.studio().draft(incident, "loss", "ja")
    begun = Begun(then.rendered, then.facts, then.at, 4)
    known(desk, incident, organization="乙市")
    now = desk.studio().draft(incident, "loss", "ja")
    over = begun.over(now)
    assert (over.rendered, over.facts) == (then.rendered, then.facts)
    assert over.kind == now.kind


def test_nothing_is_drawn_with_signs_that_are_not_ascii_where_they_may_not_be(desk: Desk, incident: str) -> None:
    tell = told(desk.case(incident), ascii=True)
    shown = said(see(desk, incident), tell) + lines(listing.rows(LISTED, "", tell), 79)
    assert not set("".join(shown)) & set("❯✓─│")


def test_every_kind_there_is_can_be_listed_in_both_languages(desk: Desk, incident: str, content: Content) -> None:
    real = looking.kinds(desk)
    for language in ("ja", "en"):
        for width in (37, 79, 120):
            tell = Teller(desk.case(incident), "ja" if language == "ja" else "en", Shades())
            rows = [row.draw(width, True) for row in listing.rows(real, "", tell)]
            assert all(row.cell_len <= width for row in rows)


def filing(case: Case, kind: str, written: Written = "ja") -> Seen:
    return Seen(draft(case, SHIPPED, kind, written), case.incident.seq)


def test_what_the_police_ask_is_shown_and_a_word_for_unknown_is_no_wish() -> None:
    case = onto(amagasaki(), "police_wishes", "寝ていた場所")
    shown = said(filing(case, "rumour"), told(case))
    assert shown[shown.index("The police ask not to publish") + 1].strip() == "寝ていた場所"
    case = onto(case, "police_wishes", "不明")
    assert "The police ask not to publish" not in said(filing(case, "rumour"), told(case))


def test_what_was_filed_and_is_no_longer_right_leads_to_the_next_filing_and_to_no_correction() -> None:
    case = onto(filed(amagasaki(), "commission-preliminary"), "persons", "460520")
    seen, tell = filing(case, "commission-preliminary"), told(case)
    shown = said(seen, tell)
    assert "! Filed, and no longer right: 1" in shown
    assert "The next filing says what changed; N begins it." in shown
    assert "Write “Final report to the commission” (enter)" in shown
    assert not [line for line in shown if "Write the correction" in line or "Published" in line]
    ids = [row.id for row in points(seen, False, tell, 70) if row.id]
    assert ids[:2] == ["stale:persons", "next:commission-final"]


def test_the_board_and_the_list_say_of_a_filing_that_it_is_filed_and_not_that_it_is_public() -> None:
    case = onto(filed(amagasaki(), "commission-preliminary"), "persons", "460520")
    assert stale_line(stale(case), told(case), 79).plain == " ! Filed documents to update: 1 (d)"
    top = listing.rows(looked(), "", told(case))[0].draw(79, False).plain
    assert top.endswith("! 1 to file anew ")
    case = onto(put_out(case, "first-notice", ("lost_place",)), "lost_place", "丙駅")
    both = stale_line(stale(case), told(case), 79).plain
    assert both == " ! Published documents to correct: 1 (d) ! Filed documents to update: 1 (d)"
    top = listing.rows(looked(), "", told(case))[0].draw(79, False).plain
    assert top.endswith("! 1 to correct ! 1 to file anew ")


def looked() -> tuple[listing.Listed, ...]:
    return tuple(listing.Listed(kind, ("ja",)) for kind in SHIPPED.kinds())


def test_a_missing_reason_stands_among_what_is_missing_with_the_way_to_record_it() -> None:
    case = breach("2022-10-07T18:06")
    seen, tell = filing(case, "gdpr-notification", "en"), told(case)
    shown = said(seen, tell)
    at = shown.index("Why “Notice to authority (GDPR)” is late")
    assert shown[at + 1] == "Enter goes to its clock; x records the reason there."
    assert "missing:0" in [row.id for row in points(seen, False, tell, 70)]
