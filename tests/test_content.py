"""Where content is found, and the content that is shipped."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len

from runbook import content
from runbook.conditions import facts_in
from runbook.content import Content, Mistakes, read_kinds
from runbook.content.find import shipped_folders
from runbook.errors import BadContent
from runbook.notice_kinds import find_kind
from runbook.playbook import Playbook
from tests.test_content_mistakes import FACTS, RIGHT

ROOT = Path(__file__).parents[1]

KINDS = """\
kinds:
  - {id: D02, slug: first-notice, audience: citizens, title: {ja: 第1報, en: First notice}}
  - {id: D05, slug: scam-caution, audience: citizens, title: {ja: 詐欺に注意, en: Scam caution}}
"""
SEVERITY = """\
id: none
title: {ja: なし, en: None}
as_of: "2026-11-21"
note: {ja: 試験用, en: for tests}
sources: {}
elements: []
flags: []
bands: []
"""


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A folder as the wheel ships it."""
    folder = tmp_path / "shipped"
    (folder / "playbooks" / "cases").mkdir(parents=True)
    (folder / "templates" / "ja").mkdir(parents=True)
    (folder / "playbooks" / "facts.yaml").write_text(FACTS, "utf-8")
    (folder / "playbooks" / "guardrails.yaml").write_text("rules: []\n", "utf-8")
    (folder / "playbooks" / "severity.yaml").write_text(SEVERITY, "utf-8")
    (folder / "playbooks" / "cases" / "town.yaml").write_text("acts: []\n", "utf-8")
    (folder / "playbooks" / "lost-bag.yaml").write_text(RIGHT, "utf-8")
    (folder / "templates" / "kinds.yaml").write_text(KINDS, "utf-8")
    (folder / "templates" / "ja" / "first-notice.md.j2").write_text("shipped", "utf-8")
    (tmp_path / "secret.yaml").write_text("x: y", "utf-8")
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The user's own folder."""
    folder = tmp_path / "own"
    (folder / "playbooks").mkdir(parents=True)
    return folder


def test_what_is_shipped_is_found(shipped: Path) -> None:
    found = Content(None, (shipped,))
    assert found.playbooks() == ["lost-bag"]
    path, text = found.playbook_text("lost-bag")
    assert (path, text) == (shipped / "playbooks" / "lost-bag.yaml", RIGHT)
    assert found.playbook("lost-bag").steps.keys() == {"write-down", "tell-head", "publish"}
    assert found.facts_text() == FACTS
    assert [kind.id for kind in found.kinds()] == ["D02", "D05"]
    assert found.file("templates/ja/first-notice.md.j2").read_text("utf-8") == "shipped"


def test_the_user_s_folder_comes_first(shipped: Path, own: Path) -> None:
    (own / "playbooks" / "lost-bag.yaml").write_text(RIGHT.replace("en: A lost bag", "en: My bag"), "utf-8")
    (own / "playbooks" / "paper.yaml").write_text(RIGHT.replace("id: lost-bag", "id: paper"), "utf-8")
    (own / "templates" / "ja").mkdir(parents=True)
    (own / "templates" / "ja" / "first-notice.md.j2").write_text("mine", "utf-8")
    found = Content(own, (shipped,))
    assert found.playbooks() == ["lost-bag", "paper"]
    assert found.playbook("lost-bag").title.en == "My bag"
    assert found.playbook("paper").facts["persons"].type == "integer"  # with the shipped facts
    assert found.file("templates/ja/first-notice.md.j2").read_text("utf-8") == "mine"
    assert found.file("templates/kinds.yaml") == shipped / "templates" / "kinds.yaml"


def test_a_user_s_folder_need_not_exist(shipped: Path, tmp_path: Path) -> None:
    assert Content(tmp_path / "nowhere", (shipped,)).playbooks() == ["lost-bag"]


def test_the_package_comes_before_the_repository(tmp_path: Path) -> None:
    package = tmp_path / "repository" / "src" / "runbook"
    assert shipped_folders(package) == (package / "_content", tmp_path / "repository")
    installed = tmp_path / "lib" / "python3.11" / "site-packages" / "runbook"
    assert shipped_folders(installed) == (installed / "_content",)


@pytest.mark.parametrize(
    "name", ["playbooks/none.yaml", "../secret.yaml", "playbooks/../../secret.yaml", "playbooks", "", "a\0b"]
)
def test_a_file_that_is_not_among_the_content(shipped: Path, name: str) -> None:
    with pytest.raises(BadContent) as error:
        Content(None, (shipped,)).file(name)
    assert error.value.hint


def test_an_absolute_path_is_not_among_the_content(shipped: Path, tmp_path: Path) -> None:
    with pytest.raises(BadContent):
        Content(None, (shipped,)).file(str(tmp_path / "secret.yaml"))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lost-bags", "Did you mean “lost-bag”?"),
        ("x", "There are: lost-bag."),
        ("facts", "There are: lost-bag."),
        ("../../secret", "There are: lost-bag."),
        ("cases/town", "There are: lost-bag."),
    ],
)
def test_a_playbook_that_is_not_there(shipped: Path, name: str, hint: str) -> None:
    with pytest.raises(BadContent) as error:
        Content(None, (shipped,)).playbook_text(name)
    assert str(error.value.message) == f"There is no playbook “{name}”."
    assert str(error.value.hint) == hint


def test_a_file_anywhere_is_checked_under_the_name_given(shipped: Path, tmp_path: Path) -> None:
    path = tmp_path / "draft.yaml"
    path.write_text(RIGHT.replace("[first-notice, D05]", "[D06]"), "utf-8")
    (mistake,) = Content(None, (shipped,)).check(path)
    assert str(mistake.said) == f"{path}:65: There is no kind of notice “D06”. Did you mean “D05”?"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        ("id: 紛失\n".encode("cp932"), 1, "This is not UTF-8; save the file as UTF-8."),
        (b"a: b\n" * 2_000_001, 1, "The file is larger than 10 MB."),
        (b"", 1, "The file is empty."),
        (b"- a\n", 1, None),
    ],
)
def test_a_file_that_is_no_playbook(shipped: Path, tmp_path: Path, data: bytes, line: int, message: str | None) -> None:
    path = tmp_path / "draft.yaml"
    path.write_bytes(data)
    (mistake,) = Content(None, (shipped,)).check(path)
    assert mistake.line == line
    assert str(mistake.message) == (message or "The file must have keys of its own.")


@pytest.mark.parametrize("name", ["nothing.yaml", ".", "a\0b.yaml"])
def test_a_file_that_cannot_be_opened(shipped: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadContent) as error:
        Content(None, (shipped,)).check(tmp_path / name)
    assert str(tmp_path / name) in str(error.value.message)
    assert error.value.hint


def test_a_broken_playbook_says_what_is_wrong_with_it(shipped: Path) -> None:
    (shipped / "playbooks" / "lost-bag.yaml").write_bytes(b"id: x\nabout: \xff\n")
    with pytest.raises(Mistakes) as error:
        Content(None, (shipped,)).playbook_text("lost-bag")
    assert str(error.value.message).endswith("lost-bag.yaml:2: This is not UTF-8; save the file as UTF-8.")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("id: D05", "id: D02", 3, "“D02” is used twice; first in line 2."),
        ("slug: scam-caution", "slug: Scam", 3, "“Scam” cannot be a name here; write it like “report-loss”."),
        ("audience: citizens, title: {ja: 第1報", "audience: all, title: {ja: 第1報", 2, None),
        ("slug: scam-caution, ", "", 3, "“slug” is missing."),
        (
            "audience: citizens, title: {ja: 詐欺",
            "audience: citizens, follows: [first-notise], title: {ja: 詐欺",
            3,
            "There is no kind of notice “first-notise”. Did you mean “first-notice”?",
        ),
        (
            "audience: citizens, title: {ja: 詐欺",
            "audience: citizens, follows: [D02], title: {ja: 詐欺",
            3,
            "There is no kind of notice “D02”.",
        ),
    ],
)
def test_wrong_kinds_of_notice(old: str, new: str, line: int, message: str | None) -> None:
    with pytest.raises(Mistakes) as error:
        read_kinds(KINDS.replace(old, new), "kinds.yaml")
    (mistake,) = error.value.mistakes
    assert (mistake.file, mistake.line) == ("kinds.yaml", line)
    assert str(mistake.message) == (
        message or "“audience” cannot be “all”, only: citizens, persons, authorities, press, staff, partners."
    )


# What is shipped


@pytest.fixture(scope="module")
def ours() -> Content:
    return Content(None)


def test_the_shipped_content_is_the_repository_s(ours: Content) -> None:
    assert ours.file("playbooks/facts.yaml") == ROOT / "playbooks" / "facts.yaml"
    assert content.find.__file__.startswith(str(ROOT / "src"))


def test_the_shipped_playbooks_have_no_mistake(ours: Content) -> None:
    assert "lost-media" in ours.playbooks()
    for name in ours.playbooks():
        path, _ = ours.playbook_text(name)
        assert [str(mistake.said) for mistake in ours.check(path)] == []
        playbook = ours.playbook(name)
        assert playbook.id == name
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(playbook), type=Playbook) == playbook


def test_the_shipped_kinds_of_notice_are_first_out_at_times_that_a_step_asks_for(ours: Content) -> None:
    playbook = ours.playbook("lost-media")
    facts = {kind.out_at for kind in ours.kinds()} - {""}
    assert {"published_at", "found_published_at", "caution_published_at", "corrected_at"} == facts
    assert {playbook.facts[fact].type for fact in facts} == {"time"}
    assert facts <= {field.fact for step in playbook.steps.values() for field in step.fields}


def test_a_shipped_step_s_title_fits_a_row_of_eighty_columns(ours: Content) -> None:
    steps = [step for name in ours.playbooks() for step in ours.playbook(name).steps.values()]
    assert [said for step in steps for said in (step.title.en, step.title.ja) if cell_len(said) > 40] == []


def test_no_step_confirms_by_itself_what_frees_from_a_duty(ours: Content) -> None:
    playbook = ours.playbook("lost-media")
    freeing = {fact for regime in playbook.regimes for one in regime.exemptions.values() for fact in facts_in(one.when)}
    fields = [field for step in playbook.steps.values() for field in step.fields if field.fact in freeing]
    assert {"encrypted", "encryption_strong", "key_separate", "remote_erase"} <= {field.fact for field in fields}
    assert [field.fact for field in fields if field.status == "confirmed"] == []


TIME, YESNO = "time", "yesno"
SHARED = {
    **dict.fromkeys(
        ("organization", "lost_place", "found_place", "media_kind", "hotline_hours", "affiliation"), "text"
    ),
    **dict.fromkeys(("police_station", "police_receipt", "forensic_result", "dpo_contact"), "text"),
    **dict.fromkeys(("likely_consequences", "remedial_action"), "text"),
    **dict.fromkeys(("noticed_at", "known_at", "contractor_known_at", "lost_at", "found_at", "contained_at"), TIME),
    **dict.fromkeys(("published_at", "subjects_told_at", "commission_reported_at", "hotline_tested_at"), TIME),
    **dict.fromkeys(("malicious", "encrypted", "key_separate", "remote_erase", "my_number", "sensitive_data"), YESNO),
    **dict.fromkeys(("financial_risk", "recovered_unread", "ordinance_sensitive", "legal_signoff"), YESNO),
    **dict.fromkeys(("encryption_strong", "kept_inside", "report_delegated", "accounts_included"), YESNO),
    **dict.fromkeys(("persons", "records_count", "media_count", "hotline_lines"), "integer"),
    **dict.fromkeys(("service_name", "deletion_confirmed", "leaked_to", "attack_noticed_by", "regulator_name"), "text"),
    **dict.fromkeys(("discipline_basis", "directive_title", "discipline_subject", "discipline_reason"), "text"),
    **dict.fromkeys(("sent_what", "exposed_how", "spam_breakdown"), "text"),
    "rumour_fake": YESNO,
    **dict.fromkeys(("sent_at", "deletion_asked_at", "exposed_since", "fixed_at", "regulator_reported_at"), TIME),
    **dict.fromkeys(("wrong_recipients", "spam_sent"), "integer"),
    "search_ongoing": YESNO,
    "organization_type": "choice",
    "cause": "choice",
    "regimes": "list",
    "alarms": "list",
    "law_as_of": "date",
    "hotline_number": "telephone",
}
"""The names and types that the command line promises."""


def test_the_shared_facts_are_those_of_the_contract(ours: Content) -> None:
    bare = "id: x\nedition: 2026-11-21\ntitle: {ja: あ, en: A}\nabout: {ja: あ, en: A}\nphases: []\n"
    facts = content.read_playbook(bare, ours.facts_text(), "x.yaml").facts
    assert {name: fact.type for name, fact in facts.items()} == SHARED
    assert list(facts["organization_type"].choices) == ["public_body", "business", "public_hospital", "assembly"]
    assert list(facts["cause"].choices) == [
        "loss",
        "theft",
        "misdelivery",
        "intrusion",
        "defect",
        "taken_home",
        "unknown",
    ]
    for fact in facts.values():
        assert fact.ask is not None
        assert fact.ask.en.endswith("?") or fact.ask.en.endswith(".")


FILED = ["D22", "D23", "D24", "D25", "D26", "D27"]
SLUGS = [
    "city-page", "first-notice", "found-notice", "committee-notice", "scam-caution", "final-press", "correction",
    "contractor-committee", "directive", "newsletter", "apology-letter", "recall-mail", "short-notice",
    "association-notice", "discipline", "web-leak", "intrusion", "missent-mail", "faq", "rumour", "press-qa",
    "commission-preliminary", "commission-final", "gdpr-notification", "gdpr-communication", "breach-record",
    "entrustor-notice",
]  # fmt: skip


def test_the_kinds_of_notice(ours: Content) -> None:
    kinds = ours.kinds()
    assert [kind.id for kind in kinds] == [f"D{number:02}" for number in range(1, 28)]
    assert [kind.slug for kind in kinds] == SLUGS
    assert find_kind(kinds, "D02") == find_kind(kinds, "d02") == find_kind(kinds, "first-notice") == kinds[1]
    assert find_kind(kinds, "D28") is None
    assert [kind.id for kind in kinds if not kind.public] == ["D08", "D09", "D11", "D12", "D19", "D21", *FILED]
    assert [kind.id for kind in kinds if kind.report] == ["D02", "D03", "D04", "D13", "D14", "D16", "D17", "D18"]
    assert find_kind(kinds, "") is None


def test_where_persons_are_only_estimated_it_is_said_how_their_number_becomes_certain() -> None:
    [field] = [one for one in Content(None).playbook("lost-media").steps["persons"].fields if one.fact == "persons"]
    assert field.status == "estimate"
    assert field.hint is not None
    assert "「確定」" in field.hint.ja
    assert "confirmed" in field.hint.en


def test_who_reported_it_to_the_police_is_asked_when() -> None:
    """The notices name the police by that day; without it they would be silent about the report."""
    fields = Content(None).playbook("lost-media").steps["police-lost"].fields
    assert [field.fact for field in fields if field.required] == ["police_station", "police_reported_at"]
