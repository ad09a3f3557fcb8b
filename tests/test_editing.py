"""Injects edited at the console or brought back in a sheet: checked like those of a file, and put into one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runbook.actions import drills
from runbook.content import Content, Mistakes
from runbook.content.replacing import remarks_lost, with_injects
from runbook.content.scenarios import check_scenario, read_scenario
from runbook.drills.editing import Brought, brought, checked, imported, rewritten
from runbook.drills.msel import Header, Sheet, read_csv, sheet_of, write_csv
from runbook.drills.msel_xlsx import read_xlsx, write_xlsx
from runbook.errors import BadContent, Refused
from runbook.scenario import Inject
from runbook.script import injects
from runbook.speech import Bilingual
from tests.drilling import SCENARIO, Held

TOKYO = ZoneInfo("Asia/Tokyo")
PLAYBOOK = Content(None).playbook("lost-media")
SCRIPT = read_scenario(SCENARIO, PLAYBOOK, "small.yaml")
FIND = SCRIPT.by_id["find"]


def edited(one: Inject = FIND, /, **changes: object) -> Inject:
    return msgspec.structs.replace(one, **changes)


def with_row(*new: Inject) -> Sheet:
    """The small scenario's sheet with these injects in the place of those of their ids."""
    found = {**SCRIPT.by_id, **{one.id: one for one in new}}
    return sheet_of(SCRIPT, list(found.values()))


def test_what_a_sheet_did_is_told_apart() -> None:
    off, on = edited(enabled=False), edited(enabled=True)
    renamed, new = edited(title=Bilingual("別", "Other")), edited(id="more", number=99)
    assert brought([FIND], [FIND]) == Brought()
    assert brought([FIND], []) == Brought(), "what has no row stays as it is"
    assert brought([FIND], [off]) == Brought(off=(off,))
    assert brought([off], [on]) == Brought(on=(on,))
    assert brought([FIND], [renamed, new]) == Brought(new=(new,), changed=(renamed,))
    both = edited(title=Bilingual("別", "Other"), enabled=False)
    assert brought([FIND], [both]) == Brought(changed=(both,), off=(both,))


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path)


def test_a_right_inject_comes_back_without_blanks(held: Held) -> None:
    new = edited(id="mayor-2", number=5, title=Bilingual(" もう一度 ", "Again\n"), controller=" 田中 ")
    assert checked(held.case, new) == edited(new, title=Bilingual("もう一度", "Again"), controller="田中")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "Find it"}, "“ID”: “Find it” cannot be a name here; write it like “report-loss”."),
        ({"number": 0}, "“No.”: The first inject is number 1."),
        ({"text": Bilingual("", "x")}, "“Text (Japanese)”: “text” has no Japanese text."),
        ({"to": ("boss",)}, "“To (roles)”: There is no role “boss”."),
        ({"objective": "words2"}, "“Objective”: There is no objective “words2”. Did you mean “words”?"),
        ({"answer": True, "to": ()}, "“Answer expected”: Somebody must be there to answer: name a role that gets it."),
        ({"when": "done(nothing)"}, "“By hand”: An inject that waits for the facilitator's hand waits for nothing else."),
        ({"hand": False, "when": "done(nothing)"}, "“Condition”: There is no step “nothing”."),
        ({"hand": False, "when": "fired("}, "“Condition”: “fired(” is not a condition: the name of what happened is expected"),
        ({"hand": False, "when": "fired(nobody)"}, "“Condition”: There is no inject “nobody”."),
        ({"hand": False, "depends_on": ("find",)}, "Inject “find” waits for itself."),
        ({"hand": False}, "“Time”: Nothing lets this inject arrive"),
        ({"hand": False, "at": datetime(2026, 6, 3, tzinfo=TOKYO)}, "“Time”: 2026-06-03 00:00 is after the exercise ends."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field(held: Held, changes: dict[str, object], message: str) -> None:
    with pytest.raises(BadContent) as caught:
        checked(held.case, edited(**changes))
    assert message in str(caught.value.message)


def test_a_loop_with_injects_as_they_stand_now(held: Held) -> None:
    """The reporter waits for `find` since the facilitator said so, not in the file."""
    reporter = edited(SCRIPT.by_id["reporter"], depends_on=("find",), at=None)
    held.desk.do(held.id, lambda case, by: drills.change(case, by, checked(case, reporter)))
    with pytest.raises(BadContent, match=r"find → reporter → find|reporter → find → reporter"):
        checked(held.case, edited(hand=False, depends_on=("reporter",)))


def test_a_sheet_as_it_went_out_changes_nothing(held: Held) -> None:
    for back in (read_csv(write_csv(with_row())), read_xlsx(write_xlsx(with_row()))):
        assert imported(held.case, back) == []


def test_what_a_sheet_changes_can_be_recorded_and_is_not_found_again(held: Held) -> None:
    changed = edited(
        text=Bilingual("倉庫です。", "In the store."), hand=False, at=SCRIPT.starts + timedelta(minutes=95)
    )
    new = edited(id="council", number=5, title=Bilingual("議員", "A councillor"))
    sheet = read_xlsx(write_xlsx(with_row(changed, new)))
    found = imported(held.case, sheet)
    assert found == [changed, new]
    for one in found:
        held.desk.do(held.id, partial(drills.change, inject=one))
    assert [one.id for one in injects(held.case)] == ["call", "mayor", "reporter", "find", "council"]
    assert imported(held.case, sheet) == []


def test_a_row_put_in_between_moves_the_others_on(held: Held) -> None:
    new = edited(id="council", number=2)
    sheet = with_row(new, *(edited(one, number=one.number + 1) for one in SCRIPT.injects[1:]))
    held.desk.do(held.id, partial(drills.change_all, new=imported(held.case, sheet)))
    assert [one.id for one in injects(held.case)] == ["call", "council", "mayor", "reporter", "find"]


def test_injects_of_a_sheet_may_swap_their_numbers(held: Held) -> None:
    mayor, reporter, find = SCRIPT.injects[1:]
    for turned in ((reporter, mayor, find), (reporter, find, mayor)):
        sheet = with_row(*(edited(one, number=number) for number, one in enumerate(turned, 2)))
        held.desk.do(held.id, partial(drills.change_all, new=imported(held.case, sheet)))
        assert [one.id for one in injects(held.case)] == ["call", *(one.id for one in turned)]


def test_two_injects_never_get_one_number(held: Held) -> None:
    mayor = SCRIPT.by_id["mayor"]
    for new in ((edited(mayor, number=3),), (edited(mayor, number=9), edited(number=9))):
        with pytest.raises(Refused, match="already"):
            held.desk.do(held.id, partial(drills.change_all, new=new))
    assert injects(held.case) == list(SCRIPT.injects)


def test_columns_a_sheet_lacks_are_left_as_they_are(held: Held) -> None:
    """A sheet of a facilitator who keeps three columns in Japanese: found by number, roles by their titles."""
    data = "番号,件名,受け手\n1,職員からの電話（改）,対応責任者\n".encode()
    with pytest.raises(BadContent, match="The column “Text"):
        imported(held.case, read_csv(data))
    data = "番号,件名,内容,受け手\n1,職員からの電話（改）,机の上のUSBメモリーが見当たりません。,対応責任者\n".encode(
        "cp932"
    )
    call = SCRIPT.by_id["call"]
    assert imported(held.case, read_csv(data)) == [
        edited(call, title=Bilingual("職員からの電話（改）", "A call from a colleague"))
    ]


def test_a_new_row_without_an_id_is_called_by_its_number(held: Held) -> None:
    data = "番号,件名,内容,発信者,進行役の操作で届く\n9,議員,誰がなくしたのですか。,市議,はい\n".encode()
    (new,) = imported(held.case, read_csv(data))
    assert (new.id, new.number, new.hand, new.title) == ("inject-9", 9, True, Bilingual("議員", "議員"))


def test_mistakes_of_a_sheet_are_named_by_row_and_column(held: Held) -> None:
    sheet = with_row(
        edited(SCRIPT.by_id["call"], to=("boss",)), edited(when="done(x)", hand=False), edited(id="two", number=2)
    )
    sheet = msgspec.structs.replace(sheet, injects=tuple(one for one in sheet.injects if one.id != "mayor"))
    with pytest.raises(BadContent) as caught:
        imported(held.case, read_csv(write_csv(sheet)))
    assert str(caught.value.message).split("\n") == [
        "Row 9, “To (roles)”: There is no role “boss”.",
        "Row 11, “Condition”: There is no step “x”.",
        "Row 12, “No.”: the inject “mayor” has this number.",
    ]


# Into a scenario's file


def others(text: str) -> tuple[str, str]:
    """What stands before and after the injects."""
    start, end = text.index("\ninjects:\n"), text.index("\nexpected:\n")
    return text[:start], text[end:]


def test_a_sheet_goes_into_a_scenario_and_nothing_else_is_touched() -> None:
    new = edited(
        id="council", number=5, title=Bilingual("議員「誰が？」", 'A "councillor": # no'), attachments=("a b.pdf",)
    )
    text = rewritten(SCENARIO, read_xlsx(write_xlsx(with_row(new))), PLAYBOOK, "small.yaml")
    assert others(text) == others(SCENARIO)
    assert check_scenario(text, PLAYBOOK, "small.yaml") == []
    assert read_scenario(text, PLAYBOOK, "small.yaml").injects == (*SCRIPT.injects, new)


def test_a_sheet_that_changes_nothing_leaves_the_file_as_it_is() -> None:
    assert rewritten(SCENARIO, read_csv(write_csv(with_row())), PLAYBOOK, "small.yaml") == SCENARIO


def test_what_does_not_pass_the_check_is_not_written() -> None:
    late = edited(SCRIPT.by_id["call"], at=SCRIPT.starts + timedelta(minutes=91))
    with pytest.raises(BadContent, match="arrives later"):
        rewritten(SCENARIO, with_row(late), PLAYBOOK, "small.yaml")
    early = edited(hand=False, at=SCRIPT.starts)
    with pytest.raises(Mistakes, match=r"small\.yaml:[0-9]+: Inject 4 arrives before inject 3"):
        rewritten(SCENARIO, with_row(early), PLAYBOOK, "small.yaml")


def test_a_scenario_made_from_a_seed_is_not_replaced_by_what_was_drawn() -> None:
    text = Content(None).text("playbooks/scenarios/random.yaml")[1]
    with pytest.raises(BadContent, match="made from a seed"):
        rewritten(text, with_row(), PLAYBOOK, "random.yaml")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# 一\nid: small\n", "\n# about what is scored\nexpected: []\n"),
        ("id: small\r\n", "\r\n# 二\r\nexpected: []\r\n"),
        ("id: small\n", ""),
        ("id: |\n  small\n  # no remark\n", "x: |\n  injects:\n    - id: other\n"),
    ],
)
def test_every_byte_around_the_injects_stays(before: str, after: str) -> None:
    newline = "\r\n" if "\r\n" in before else "\n"
    old = newline.join(["injects: # all of them", "# old remark", "- id: a", "  number: 1", ""])
    text = with_injects(f"{before}{old}{after}", [FIND], TOKYO)
    assert text.startswith(f"{before}injects:{newline}")
    assert text.endswith(after)
    assert "\n" not in text.replace("\r\n", "") if newline == "\r\n" else "\r" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{id: small, injects: [], expected: []}\n", "The injects of this file cannot be replaced alone."),
        ("id: small\n", "The injects of this file cannot be replaced alone."),
        ("injects: []\ndraws: {who: {a: {ja: あ, en: a}}}\n", "The injects of this scenario are made from a seed"),
        ("injects: [\n", "This is not YAML"),
        ("- a\n", "The file must have keys of its own."),
        ("injects:\n  - &a {id: x}\nexpected: [*a]\n", "is not defined before this line"),
    ],
)
def test_a_file_whose_injects_cannot_be_replaced(text: str, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        with_injects(text, [FIND], TOKYO)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and bool(text) and "\ufffe" not in text and "\uffff" not in text
)


@settings(max_examples=40)
@given(title=words, text=words, controller=words, minutes=st.integers(90, 120))
def test_any_words_come_through_sheet_and_file(title: str, text: str, controller: str, minutes: int) -> None:
    one = edited(
        title=Bilingual(title, text),
        text=Bilingual(text, title),
        controller=controller,
        hand=False,
        at=SCRIPT.starts + timedelta(minutes=minutes),
    )
    sheet = read_csv(write_csv(Sheet(Header(), (one,))))
    result = rewritten(SCENARIO, sheet, PLAYBOOK, "small.yaml")
    assert read_scenario(result, PLAYBOOK, "small.yaml").by_id["find"] == one
    assert others(result) == others(SCENARIO)


REMARKED = SCENARIO.replace("injects:\n", "injects:  # as played in May\n").replace(
    "  - id: mayor\n    number: 2\n", "\n  # only if they are slow\n  - id: mayor # by telephone\n    number: 2\n"
)


def test_remarks_stay_with_injects_that_do_not_change() -> None:
    find = edited(title=Bilingual("別の件", "Another"), controller="# no remark")
    text = rewritten(REMARKED, with_row(find, edited(id="council", number=5)), PLAYBOOK, "small.yaml")
    start, end = REMARKED.index("  - id: find"), REMARKED.index("expected:\n  - id: head-told")
    assert text.startswith(REMARKED[:start])
    assert text.endswith(REMARKED[end:])
    assert read_scenario(text, PLAYBOOK, "small.yaml").injects == (
        *SCRIPT.injects[:3],
        find,
        edited(id="council", number=5),
    )
    assert remarks_lost(REMARKED, text) == []


def test_remarks_inside_an_inject_that_changes_are_named() -> None:
    text = rewritten(REMARKED, with_row(edited(SCRIPT.by_id["mayor"], controller="# x")), PLAYBOOK, "small.yaml")
    assert "\n  # only if they are slow\n  - id: mayor\n" in text
    assert remarks_lost(REMARKED, text) == ["# by telephone"]


def test_an_inject_moves_with_the_remarks_above_it() -> None:
    moved = edited(SCRIPT.by_id["mayor"], number=9)
    text = rewritten(REMARKED, with_row(moved), PLAYBOOK, "small.yaml")
    assert text.index("# only if they are slow\n  - id: mayor") > text.index("- id: find")


BY_TENS = re.sub(r"number: (\d)", r"number: \g<1>0", SCENARIO)
REFERS = BY_TENS.replace("to: [lead]\n    at: T+5min", "to: &all [lead]\n    at: T+5min").replace(
    "to: [lead]\n    when: after", "to: *all\n    when: after"
)
LIKE_A_REMARK = BY_TENS.replace("  - id: mayor\n", "    controller: |\n      x\n\n      # y\n  - id: mayor\n")


@pytest.mark.parametrize(
    ("text", "id", "changes"),
    [(REFERS, "call", {"controller": "z"}), (LIKE_A_REMARK, "find", {"number": 15})],
    ids=["an inject refers to one that changes", "the end of a text looks like a remark"],
)
def test_what_cannot_stay_as_it_is_written_is_written_anew(text: str, id: str, changes: dict[str, object]) -> None:
    assert text != BY_TENS
    before = read_scenario(text, PLAYBOOK, "small.yaml")
    changed = edited(before.by_id[id], **changes)
    back = rewritten(text, sheet_of(before, [changed]), PLAYBOOK, "small.yaml")
    assert read_scenario(back, PLAYBOOK, "small.yaml").by_id == {**before.by_id, id: changed}
