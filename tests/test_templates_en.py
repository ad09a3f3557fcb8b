"""The English notices: what a resident who reads no Japanese, or a desk overseas, must find in them, and nothing
false."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.case import Case
from runbook.moment import Moment
from runbook.notice_kinds import find_kind
from runbook.notices.drafting import Drafting, draft
from runbook.notices.house import House
from runbook.notices.rendering import render
from runbook.notices.rows import LISTS
from runbook.notices.templates import Head, load_template
from runbook.speech import Bilingual
from tests.filing import FILINGS, breach
from tests.incidents import association, at, intrusion, missent, opening, rumoured, web_leak
from tests.noticing import SHIPPED, amagasaki, counted, published, rules, told

TEMPLATES = Path(__file__).parents[1] / "templates"
LOSS = ("city-page", "first-notice", "found-notice", "committee-notice", "scam-caution", "correction", "short-notice")
SHEETS = ("faq", "press-qa")
OTHERS = ("apology-letter", "recall-mail", "association-notice", "web-leak", "intrusion", "missent-mail", "rumour")
KINDS = (*LOSS, *OTHERS, *SHEETS, *FILINGS)
UNNAMED = (
    "my_number",
    "cause",
    "known_at",
    "noticed_at",
    "sent_at",
    "next_update_at",
    "organization_type",
    "regulator_name",
    "rumour_place",
)
"""Required facts whose absence is said in a sentence of its own, or leaves a line out."""
TESTED = {"hotline_tested_at": "2022-06-23T08:00"}


@cache
def lost(until: str = "", *, next_update: str = "2022-06-24T17:00") -> Case:
    """The real case up to a time, with the two things its people had left open: the test call and the next news."""
    case = amagasaki(until)
    for name, typed in {**TESTED, "next_update_at": next_update}.items():
        case = told(case, name, typed)
    return case


@cache
def found() -> Case:
    return lost("2022-06-24T13:00", next_update="2022-06-27T17:00")


@cache
def reported() -> Case:
    return lost("2022-11-28T15:30", next_update="2022-12-28T17:00")


@cache
def stolen() -> Case:
    """A hospital's laptop stolen from a car: told in English, My Number on it, nobody's account, no contractor."""
    case = opening("2023-05-08T09:10")
    facts = {
        "organization": "Kono Hospital",
        "organization_type": "public_hospital",
        "cause": "theft",
        "media_kind": "laptop",
        "media_count": "1",
        "work_name": "home visits",
        "contractor_involved": "no",
        "last_seen_at": "2023-05-07T18:30",
        "noticed_at": "2023-05-08T08:40",
        "known_at": "2023-05-08T09:00",
        "lost_place": "a car park in Kono",
        "police_station": "Kono Police",
        "search_ongoing": "no",
        "theft_reported_at": "2023-05-08T10:00",
        "persons": "64",
        "my_number": "yes",
        "sensitive_data": "yes",
        "accounts_included": "no",
        "individual_contact": "letter",
        "subjects_told_at": "2023-05-09T09:00",
        "own_failing": "The rule not to leave laptops in cars was never checked.",
        "published_at": "2023-05-09T10:00",
        "commission_reported_at": "2023-05-09T09:00",
        "next_update_at": "2023-05-16T17:00",
        "contact_desk": "Patients' desk",
        "hotline_number": "0120-111-222",
        "hotline_hours": "09:00 to 17:00, every day",
        "hotline_tested_at": "2023-05-09T08:00",
    }
    case = msgspec.structs.replace(case, now=at("2023-05-09T10:00"))
    for name, typed in facts.items():
        case = told(case, name, typed, as_of=Moment(case.now))
    fields = ("name", "address", "diagnosis")
    return counted(case, "patients visited at home", 64, "persons", fields=fields, as_of=Moment(case.now))


def withdrawn(case: Case, name: str) -> Case:
    """The case without any claim about a fact."""
    facts = {kept: fact for kept, fact in case.incident.facts.items() if kept != name}
    return msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, facts=facts))


def called(case: Case) -> Case:
    return told(case, "hotline_tested_at", "2022-10-03T12:00")


COMPLETE: dict[str, tuple[Callable[[], Case], ...]] = {
    "city-page": (lost, found, reported, stolen),
    "first-notice": (lost, found, stolen),
    "found-notice": (found,),
    "committee-notice": (reported,),
    "scam-caution": (lost, found, reported, stolen),
    "correction": (reported,),
    "short-notice": (lost, found, reported, stolen),
    "apology-letter": (lost, found, reported, stolen, missent, web_leak, intrusion, association),
    "recall-mail": (missent,),
    "association-notice": (association,),
    "web-leak": (web_leak,),
    "intrusion": (intrusion,),
    "missent-mail": (missent,),
    "rumour": (lambda: rumoured(lost()), lambda: rumoured(found(), rumour_removed_at="2022-06-24T10:00")),
    "faq": (lost, found, reported, stolen, missent, web_leak, intrusion),
    "press-qa": (lost, found, reported, stolen, missent, web_leak, intrusion),
    "commission-preliminary": (lost, found, stolen, missent, web_leak, intrusion),
    "commission-final": (lost, found, reported, stolen, missent, web_leak, intrusion),
    "gdpr-notification": (breach,),
    "gdpr-communication": (breach,),
    "breach-record": (breach, lost, stolen),
    "entrustor-notice": (lost, reported, breach),
}


def drafted(kind: str, case: Case) -> Drafting:
    drafting = draft(case, SHIPPED, kind, "en")
    assert drafting.trouble is None
    return drafting


def text(kind: str, case: Case) -> str:
    return drafted(kind, case).text


def head(kind: str, writing: str) -> Head:
    found = find_kind(SHIPPED.kinds(), kind)
    assert found is not None
    return load_template(SHIPPED, found, "en" if writing == "en" else "ja").head


def clean(text: str) -> None:
    for slip in (
        "None",
        "{{",
        "}}",
        "{%",
        "#}",
        "..",
        ",,",
        " ,",
        " .",
        "()",
        "( ",
        "confirmed being confirmed",
        "apologises apologises",
    ):
        assert slip not in text, slip
    assert "is being confirmed is" not in text
    assert not re.search(r"[^\n]\n#|\n#[^\n]*\n[^\n]", text), "a heading needs an empty line before and after it"
    assert not re.search(r"\n[^-\n|#0-9][^\n]*\n- ", text), "a list needs an empty line before it"
    assert not re.search(r"[.:]\w*[A-Z][a-z]+ (?:is|has|apologises) ", text.replace(" ", " ")), (
        "two sentences ran together"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_it_asks_for_the_same_facts_and_parts_as_the_japanese_one(kind: str) -> None:
    ja, en = head(kind, "ja"), head(kind, "en")
    assert en.requires == ja.requires
    assert set(en.uses) == set(ja.uses)
    assert set(en.blocks) == set(ja.blocks)
    assert set(en.guardrails) == set(ja.guardrails)
    assert en.title
    assert en.approver


def test_the_parts_have_the_same_names() -> None:
    used = {block for kind in KINDS for block in head(kind, "en").blocks}
    assert {path.name.removesuffix(".md.j2") for path in (TEMPLATES / "en" / "blocks").iterdir()} == used


@pytest.mark.parametrize("path", sorted((TEMPLATES / "en").rglob("*.j2")), ids=lambda path: path.stem)
def test_no_japanese_stands_in_the_template_itself(path: Path) -> None:
    assert path.read_text("utf-8").isascii()


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_case_opened_just_now_every_required_fact_is_missing_and_the_text_names_the_gap(kind: str) -> None:
    case = opening()
    drafting = drafted(kind, case)
    assert [gap.fact for gap in drafting.missing] == list(drafting.head.requires)
    for gap in drafting.missing:
        hidden = gap.fact in LISTS or gap.fact in UNNAMED
        assert hidden or rf"\[{gap.title.en}: being confirmed\]" in drafting.text, gap.fact
    clean(drafting.text)


@pytest.mark.parametrize(("kind", "made"), [(kind, made) for kind, cases in COMPLETE.items() for made in cases])
def test_complete_it_lacks_nothing_and_could_be_submitted(kind: str, made: Callable[[], Case]) -> None:
    drafting = drafted(kind, called(made()))
    assert drafting.missing == ()
    assert [(finding.rule, finding.excerpt) for finding in drafting.stopping] == []
    assert r"\[" not in drafting.text
    clean(drafting.text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("until", ["", "2022-06-24T13:00", "2022-07-04T18:00", "2022-11-28T15:30"])
def test_it_can_be_drafted_at_any_time_of_the_real_case(kind: str, until: str) -> None:
    drafting = drafted(kind, amagasaki(until))
    assert {finding.rule for finding in drafting.findings if finding.severity == "block"} <= {"G08", "G21", "G22"}
    clean(drafting.text)


@pytest.mark.parametrize("kind", [*LOSS, *OTHERS])
def test_the_organisation_apologises_in_the_first_paragraphs(kind: str) -> None:
    for made in COMPLETE[kind]:
        case = made()
        lead = text(kind, case).split("\n## ")[0]
        name = case.current("organization")
        assert name is not None
        said = getattr(name.value, "text", name.value)
        assert f"{said} apologises" in lead or ("We apologise" in lead and str(said) in lead.split("We apologise")[0])


@pytest.mark.parametrize("kind", ["city-page", "first-notice", "short-notice"])
@pytest.mark.parametrize("made", [lost, found, stolen])
def test_a_resident_learns_what_happened_whose_data_what_to_do_and_whom_to_call(
    kind: str, made: Callable[[], Case]
) -> None:
    said = text(kind, made())
    number = "0120-111-222" if made is stolen else "0120-746-370"
    assert f"- Telephone: {number}\n" in said
    assert f"To ask about your own data, call {number}." in said.split("\n## ")[0]
    for heading in ("What we ask of you", "Contact"):
        assert re.search(rf"^## (?:\d )?{heading}$", said, re.MULTILINE)
    assert "learnt of the loss" in said
    assert re.search(r"People affected: [\d,]+ people \(as of ", said)
    assert "Hang up at once." in said
    assert "#9110" in said


def test_while_the_media_are_missing_the_loss_is_neither_denied_nor_called_certain() -> None:
    for kind in ("city-page", "first-notice"):
        said = text(kind, lost())
        assert (
            "- Whether data has got out. While the media are missing it is possible, and we act as if it may have happened.\n"
            in said
        )
        assert "- As of 11:00 on 23 June, the media have not been found.\n" in said
        assert "- The search goes on.\n" in said
        assert (
            "Protection of the media\n\nTo prevent misuse, we make no statement on whether or how the lost media were protected.\n"
            in said
        )


def test_found_does_not_mean_not_copied_until_the_examination_has_ended() -> None:
    for kind in ("city-page", "first-notice", "found-notice", "short-notice", "apology-letter"):
        assert "That the media were found does not mean that nothing was copied." in text(kind, found()).replace(
            "they were", "the media were"
        )
    for kind in ("city-page", "found-notice", "short-notice", "apology-letter"):
        said = text(kind, reported())
        assert "What the examination showed: 媒体・パソコン・サーバーを調べた結果" in said
        assert "does not mean that nothing was copied" not in said


def test_when_it_was_lost_is_told_where_nobody_says_when_it_was_last_seen() -> None:
    case = told(stolen(), "lost_at", "2023-05-08T02:00", status="estimate")
    unseen = withdrawn(case, "last_seen_at")
    for kind in ("first-notice", "short-notice", "city-page"):
        assert "- When the media were lost: about 02:00 on Monday 8 May\n" in text(kind, unseen)
        assert "When the media were lost" not in text(kind, case)
        assert "- 媒体がなくなった日時：5月8日（月）午前2時頃\n" in draft(unseen, SHIPPED, kind, "ja").text


def test_a_report_to_the_police_of_what_was_taken_is_called_the_same_everywhere() -> None:
    """被害届 tells of a damage; a loss that somebody reports so is no theft yet."""
    for kind in ("first-notice", "commission-preliminary", "breach-record", "entrustor-notice"):
        assert "damage report (higai-todoke)" in text(
            kind, stolen() if kind != "entrustor-notice" else lost("2022-06-24T13:00")
        )
        assert "theft report" not in text(kind, stolen())


def test_the_find() -> None:
    said = text("found-notice", found())
    assert said.startswith("# The lost storage media have been found (Report no. 2)\n")
    assert (
        "- Number of media: 2 (as of 15:49 on 22 June; according to what we were told)\n- Of these, found: 2 (as of 12:30 on 24 June)\n"
        in said
    )
    assert "## What we ask of you\n\nThat the media were found does not end the need for care.\n" in said


def test_the_next_report_is_numbered_and_lists_the_one_before() -> None:
    case = published(lost(), "first-notice", writing="en")
    said = text("found-notice", case)
    assert "have been found (Report no. 2)" in said
    assert re.search(r"^- .*23 June: First notice \(Report no\. 1\)$", said, re.MULTILINE)
    assert "(Report no. 1) (in" not in said
    said = text("found-notice", found())
    assert re.search(r"^- .*23 June: First notice \(Report no\. 1\) \(in Japanese\)$", said, re.MULTILINE)
    assert "- Nothing was published before this.\n" in text("first-notice", lost())


def test_the_committee_is_listed_in_the_order_of_the_japanese_syllabary() -> None:
    said = text("committee-notice", reported())
    assert "Table: 3 members (in the order of the Japanese syllabary; titles left out)" in said
    names = ["大高 利夫", "小林 孝史", "櫻庭 信之"]
    assert sorted(names, key=said.index) == names
    assert "- Set up: Friday 1 July\n" in said
    assert "- When it will report is being confirmed." in said


def test_a_correction_says_what_was_said_what_is_right_and_why() -> None:
    case = stolen()
    facts = {
        "correction_was": "We said that one laptop was stolen.",
        "correction_is": "A laptop and a tablet were stolen.",
        "correction_reason": "The bag was not searched.",
        "error_known_at": "2023-05-09T09:30",
    }
    for name, typed in facts.items():
        case = told(case, name, typed)
    said = text("correction", case)
    for line in (
        "Kono Hospital apologises sincerely: something we published about the loss of storage media with personal data "
        "(laptop) was wrong. We correct it here.\n",
        "- What we had published (wrong): We said that one laptop was stolen\n",
        "- What is right: A laptop and a tablet were stolen\n\nWe noticed the error on Tuesday 9 May.\n",
        "## Why it was wrong\n\nHow Kono Hospital came to publish it: The bag was not searched.\n",
    ):
        assert line in said


def test_a_correction_says_what_was_typed_beside_the_facts_that_changed() -> None:
    case = published(lost(), "first-notice", ("persons",), writing="en")
    case = told(told(case, "persons", "460518"), "correction_was", "We called him staff of the contractor.")
    said = text("correction", case)
    assert "- What we had published (wrong): We called him staff of the contractor\n" in said
    assert "| Persons affected | 460,517" in said


def test_a_correction_lists_each_published_fact_that_changed() -> None:
    case = published(lost(), "first-notice", ("persons", "lost_place"), writing="en")
    case = told(told(case, "persons", "460518"), "lost_place", "Suita")
    said = text("correction", case)
    row = r"\| First notice \(.*23 June\) \| Persons affected \| 460,517.* \| 460,518.* \|\n"
    assert re.search(row, said)
    assert "| Place of the loss | 大阪府吹田市内" in said
    assert said.count("| First notice (") == 2
    assert "\n\nSo far, nothing else in what we published has changed.\n\nWe noticed the error on " in said
    assert "So far, nothing else" not in text("correction", reported())


def test_a_swindler_is_described_by_what_is_asked_for_and_nobody_is_promised_that_we_never_call() -> None:
    for kind in KINDS:
        for made in COMPLETE[kind]:
            said = text(kind, made())
            assert not re.search(
                r"(?:will never|will not|never) (?:call|telephone|write|contact|visit)\b(?! you one)", said
            )
    said = text("scam-caution", lost())
    assert (
        "Over this case 尼崎市 will not ask you for money, take charge of your card, or ask for your account number.\n"
        in said
    )
    assert said.count("\n- Do not ") >= 4


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lost, "尼崎市 has lost storage media that hold your personal data (USBメモリー) (as far as we know).\n"),
        (found, "(as far as we know). They have since been found.\n"),
        (stolen, "Storage media that hold your personal data (laptop) were stolen from Kono Hospital.\n"),
        (missent, "甲野市 sent your personal data to someone else by mistake.\n"),
        (web_leak, "other people were able to see your personal data.\n"),
        (intrusion, "丁田市 failed to prevent unauthorised access to a system that handles your personal data ("),
    ],
)
def test_the_letter_begins_with_what_happened(made: Callable[[], Case], says: str) -> None:
    said = text("apology-letter", made())
    assert says in said
    headings = [line for line in said.splitlines() if line.startswith("## ")]
    assert [heading[3] for heading in headings] == list("1234567")
    assert "look up the main telephone number of" in said


def test_the_letter_of_the_hospital_reads_as_written() -> None:
    said = text("apology-letter", stolen())
    assert (
        "- patients visited at home: name, address, diagnosis\n\nTo learn what was there about you, call the desk"
        in said
    )
    assert "- Where Kono Hospital itself fell short: The rule not to leave laptops in cars was never checked\n" in said
    assert "- If your My Number may be misused, there is a procedure to change it." in said
    assert "bank book" not in said
    assert "City staff" not in said
    assert "City staff will never ask you for a PIN or password" in text("apology-letter", lost())


def test_the_request_to_delete_repeats_nothing_of_the_mail() -> None:
    said = text("recall-mail", missent())
    for secret in ("2,388", "2388", "所属"):
        assert secret not in said
    assert "- Sent: 11:00 on Monday 3 October\n" in said
    assert 'with one word, "deleted"' in said


def test_how_the_data_could_be_seen_is_told_only_once_it_is_put_right() -> None:
    assert "How the data could be seen: " in text("web-leak", web_leak())
    unfixed = told(web_leak(), "fixed_at", "2022-10-05T15:00", status="withdrawn")
    said = text("web-leak", unfixed)
    assert "How the data could be seen: " not in said
    assert "we do not say how the data could be seen until we have made sure that it no longer can" in said


def test_an_intrusion_counts_mails_as_mails() -> None:
    said = text("intrusion", intrusion())
    assert "- Spam e-mails sent through 仕事の情報サイトのメールマガジン: 81,084 (as of 09:00 on 12 October)\n" in said
    assert "81,084 records" not in said
    assert "- Sent in error to: 2,388 people (as of 10:00 on 5 October)\n" in text("missent-mail", missent())


def test_a_rumour_is_answered_without_its_words() -> None:
    said = text("rumour", rumoured(lost()))
    assert "- Listings or posts that claim to have to do with this case were seen on the internet.\n" in said
    assert "フリマサイト" not in said
    assert "We do not answer questions about what they say." in said
    assert "- Do not buy what is offered, and do not contact the seller.\n" in said


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_begins_with_what_is_not_said_and_gives_each_answer_as_a_sentence_of_its_own(kind: str) -> None:
    said = text(kind, lost())
    headings = [line for line in said.splitlines() if line.startswith("## ")]
    assert headings[0] == "## Do not say"
    assert f"\n\n{rules().approved[0].en}\n\nWhy we say no more: " in said
    assert said.count("\n### ") >= 10


@pytest.mark.parametrize("answer", ["yes", "no", "unknown"])
def test_whatever_is_answered_the_sentences_stay_whole(answer: str) -> None:
    asked = [name for name in head("city-page", "en").uses if (spec := lost().spec(name)) and spec.type == "yesno"]
    assert len(asked) >= 5
    for made in (lost, missent):
        case = made()
        for name in {*asked, "contractor_involved", "rumour_fake"}:
            case = told(case, name, answer, status="claimed", source="a witness")
        for kind in KINDS:
            clean(text(kind, case))


def test_japanese_texts_are_named_to_be_translated_by_hand() -> None:
    foreign = set(drafted("city-page", reported()).foreign)
    assert {"organization", "datasets", "members", "measures", "report_summary", "forensic_result"} <= foreign
    assert not foreign & {"hotline_number", "persons", "found_at", "individual_contact"}
    assert drafted("first-notice", stolen()).foreign == ()


def test_a_house_with_an_english_name_is_called_by_it() -> None:
    found = find_kind(SHIPPED.kinds(), "first-notice")
    assert found is not None
    house = House(name=Bilingual("尼崎市", "Amagasaki City"), section=Bilingual("総務局", "General Affairs"))
    said = render(load_template(SHIPPED, found, "en"), lost(), "en", rules(), house).text
    assert "- By: Amagasaki City, General Affairs\n" in said
    assert "Amagasaki City has lost storage media with personal data in our care (" in said
    assert "Amagasaki City learnt of the loss" in said
    assert "尼崎市" not in said


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    made=st.sampled_from([lost, found, reported, stolen, missent, web_leak]),
    data=st.data(),
)
def test_whatever_nobody_has_claimed_yet_the_sentences_stay_whole(
    kind: str, made: Callable[[], Case], data: st.DataObject
) -> None:
    case = made()
    known = [name for name in (*head(kind, "en").requires, *head(kind, "en").uses) if name not in LISTS]
    for name in data.draw(st.sets(st.sampled_from([name for name in known if case.current(name) is not None]))):
        case = withdrawn(case, name)
    clean(text(kind, case))


def test_whose_accounts_are_named_and_nobody_else_is_frightened() -> None:
    said = text("first-notice", lost())
    named = "These parts of the data hold bank account or card details: 生活保護受給世帯の口座情報; 児童手当受給世帯の口座情報. "
    assert named + "If yours may be among them, check your bank book and statements." in said


def test_no_contact_one_by_one_is_promised_before_it_is_decided() -> None:
    for kind in ("city-page", "first-notice", "short-notice", "scam-caution"):
        said = text(kind, lost())
        assert "How and when we will contact the people affected is not yet decided. We will announce it.\n" in said
        assert "one by one" not in said


def test_an_examination_is_under_way_only_once_it_was_ordered() -> None:
    ordered = told(found(), "forensic_ordered_at", "2022-06-24T12:45")
    for kind in ("city-page", "first-notice", "found-notice", "short-notice"):
        assert "examined for traces of being opened or copied. How, and by whom, we will announce" in text(
            kind, found()
        )
        said = text(kind, ordered)
        assert "Together with the bodies concerned, we are examining whether " in said
        assert "examined for traces" not in said


def test_why_no_report_is_due_and_what_was_filed_with_the_police() -> None:
    said = text("city-page", reported())
    assert "report to the national Personal Information Protection Commission. The reason: 当時、" in said
    assert ": a damage report (higai-todoke) was filed with the police\n" in said


def test_what_is_corrected_on_the_page_names_the_notice_and_stands_in_the_text() -> None:
    said = text("city-page", reported())
    assert (
        "- Corrected notice: First notice (11:00 on Thursday 23 June)\n- We noticed the error: Sunday 26 June\n" in said
    )
    assert "\n\nEmployer of the person who carried the media: 協力会社からさらに委託を受けた会社の社員\n\n" in said
