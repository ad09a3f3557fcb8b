"""What the board says of a case: pure, for every step of the shipped playbook and for small made-up ones."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from runbook.actions import drills, facts, steps
from runbook.case import Case
from runbook.content import Content
from runbook.declared import Source
from runbook.drills.room import Room
from runbook.drills.untold import UNTOLD, why_of
from runbook.events import Prose
from runbook.moment import Moment
from runbook.opening import open_desk
from runbook.playbook import Playbook, Seen, Warning
from runbook.progress import step_view, step_views, warnings_for
from runbook.speech import LANGUAGES, Language, say
from runbook.tui import typed
from runbook.tui.presenting import Shades
from runbook.tui.screens.board import lines
from runbook.tui.screens.board.showing import panel
from runbook.tui.teller import Teller
from tests.drilling import SCENARIO, Held
from tests.making import START, TOKYO, done, later, opened_case


@pytest.fixture(scope="module")
def shipped() -> Playbook:
    return Content(None).playbook("lost-media")


def said(case: Case, step: str, language: Language = "en", width: int = 78) -> str:
    tell = Teller(case, language, Shades())
    return "\n".join(row.plain.rstrip() for block in panel(step_view(case, step), tell, width) for row in block.rows)


def head(case: Case, step: str, width: int = 80) -> str:
    return "\n".join(row.plain for row in lines.head(step_view(case, step), Teller(case, "en", Shades()), width))


def label(row: str) -> int:
    """How many characters of a row are the column that names its section."""
    return next(n for n in range(len(row) + 1) if cell_len(row[:n]) >= min(7, cell_len(row)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [36, 77, 79, 117])
def test_every_step_of_the_shipped_playbook_fits_and_nothing_is_cut(
    shipped: Playbook, language: Language, width: int
) -> None:
    case = opened_case(shipped)
    tell = Teller(case, language, Shades())
    for view in step_views(case):
        rows = [row.plain for block in panel(view, tell, width) for row in block.rows]
        assert all(cell_len(row) <= width for row in rows), view.step.id
        shown = "".join("".join(row[label(row) :].split()) for row in rows)
        step = view.step
        warned = [] if view.state == "not_applicable" else warnings_for(case, step)
        warnings = [warning.title for warning in warned]
        texts = [step.why, *step.lines, *(s.what for s in step.seen), *(c.title for c in step.checks), *warnings]
        for text in [*texts, *(field.title for field in step.fields)]:
            assert "".join(text.said(language).split()) in shown, step.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_lines_around_it_fit(shipped: Playbook, language: Language, width: int) -> None:
    case = done(opened_case(shipped), partial(steps.start, step="notice-what"), "Featherstonehaugh-Warrington")
    for case_then in (case, later(case, minutes=9), later(case, days=3)):
        tell = Teller(case_then, language, Shades())
        views = step_views(case_then)
        for view in views:
            shown = [
                *lines.head(view, tell, width),
                lines.path_line(view, views, tell, width),
                lines.next_line(view, tell, width),
                lines.list_line(view, tell, 38, here=True, shown=True),
            ]
            assert all(cell_len(row.plain) <= width for row in shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_title_is_cut_at_eighty_columns(shipped: Playbook, language: Language) -> None:
    case = opened_case(shipped)
    for view in step_views(case):
        shown = lines.head(view, Teller(case, language, Shades()), 80)[0].plain
        assert view.step.title.said(language) in shown


def test_signs_of_state_are_one_cell_in_every_terminal(shipped: Playbook) -> None:
    """No character of ambiguous width may stand in a column (screens.md)."""
    import unicodedata

    case = later(done(opened_case(shipped), partial(steps.start, step="notice-what")), hours=1)
    for language in LANGUAGES:
        tell = Teller(case, language, Shades())
        views = step_views(case)
        shown = [row.plain for view in views for block in panel(view, tell, 78) for row in block.rows]
        shown = [row[:7] for row in shown] + [lines.path_line(view, views, tell, 80).plain for view in views]
        shown += [row.plain[:4] for view in views for row in lines.head(view, tell, 80)]
        assert not {c for c in "".join(shown) if unicodedata.east_asian_width(c) == "A"}


def test_ascii_keeps_to_ascii() -> None:
    case = done(opened_case(), partial(steps.start, step="notice-what"))
    case = done(case, partial(steps.fill, step="notice-what", field="noticed", typed="15:40"))
    tell = Teller(case, "en", Shades(ascii=True))
    views = step_views(case)
    shown = [row.plain for view in views for block in panel(view, tell, 78) for row in block.rows]
    shown += [
        row.plain for view in views for row in [*lines.head(view, tell, 80), lines.path_line(view, views, tell, 80)]
    ]
    assert "".join(shown).translate({ord(quote): "'" for quote in "“”"}).isascii()


def test_fields_say_what_they_hold_and_how_sure_it_is() -> None:
    case = opened_case()
    assert "Noticed  needed" in said(case, "notice-what")
    assert "Who      empty" in said(case, "notice-what")
    case = done(case, partial(facts.claim, name="noticed_at", typed="~15:30", status="claimed", source="contractor"))
    assert "Noticed  about 2022-06-22 15:30  (claimed)" in said(case, "notice-what")
    case = done(case, partial(steps.fill, step="notice-what", field="noticed", typed="15:40"))
    shown = said(case, "notice-what")
    assert "Noticed  2022-06-22 15:40\n" in shown
    assert "contested: about 2022-06-22 15:30 (contractor, claimed)" in shown


def test_registers_and_data_sets_are_listed_in_their_field(shipped: Playbook) -> None:
    case = done(opened_case(), partial(facts.record_row, register="members", typed={"name": "Mori", "reading": "もり"}))
    assert "Members  1 rows: Mori" in said(case, "press")
    case = opened_case(shipped)
    for name, count in (("residents", 460_517), ("allowances", 74_767)):
        case = done(case, partial(facts.record_dataset, name=name, count=count, unit="persons"))
    shown = said(case, "data-sets")
    assert "residents 460,517 persons" in shown
    assert "allowances 74,767 persons" in shown


def test_what_stands_in_the_way_comes_first(shipped: Playbook) -> None:
    case = opened_case(shipped)
    waiting = said(case, "hotline-test")
    assert waiting.startswith("First  ⧗ Finish 6-1")
    uncertain = said(case, "told-by-contractor")
    assert uncertain.index("This would settle it") < uncertain.index("Why")
    assert "? Did a contractor, or one of its sub-contractors" in uncertain
    unread = said(case, "press-prepare")
    assert unread.startswith("Read!  ! Never give the password's length")


def test_a_read_warning_says_who_read_it() -> None:
    case = done(opened_case(), partial(steps.acknowledge, step="press", warning="password"), "鈴木")
    assert "Read!" not in said(case, "press")
    assert "✓ Password  鈴木 06-22 15:45" in said(case, "press")


def test_text_from_outside_cannot_steer_the_terminal() -> None:
    case = done(opened_case(), partial(steps.fill, step="notice-what", field="who", typed="a\x1b[2J\u202eb"))
    assert "a␛[2J<U+202E>b" in said(case, "notice-what")


def test_the_head_says_what_is_left_and_until_when() -> None:
    case = opened_case()
    assert "not started  s start" in head(case, "notice-what")
    assert "^ aim 16:15 30 min left" in head(case, "notice-what")
    case = done(case, partial(steps.start, step="notice-what"))
    assert "sato, since 15:45  left: fill 1, tick 2" in head(case, "notice-what")
    case = done(case, partial(steps.fill, step="notice-what", field="noticed", typed="15:40"))
    for check in ("asked", "written"):
        case = done(case, partial(steps.tick, step="notice-what", check=check))
    assert "sato, since 15:45  k finish" in head(case, "notice-what")
    case = later(case, hours=2)
    assert "! aim 16:15 1 h 30 min overdue" in head(case, "notice-what")
    case = done(case, partial(steps.finish, step="notice-what", moment=Moment(START)))
    assert "✓ 1-1 What was noticed" in head(case, "notice-what")
    assert "done 15:45  sato" in head(case, "notice-what")
    assert "waits for another step" not in head(case, "police")


def test_a_skipped_step_says_why() -> None:
    case = done(opened_case(), partial(steps.skip, step="press", reason="no press here"))
    assert "- 2-1 Press conference" in head(case, "press")
    assert "skipped: no press here" in head(case, "press")


def test_what_is_next_is_the_most_urgent_step_one_is_not_looking_at() -> None:
    case = done(opened_case(), partial(steps.start, step="press"), "suzuki")
    views = step_views(case)

    def upcoming(actor: str, here: str) -> str:
        view = lines.next_for(views, actor, here)
        return view.step.id if view else ""

    assert upcoming("sato", "police") == "notice-what"
    assert upcoming("suzuki", "police") == "press"  # their own work before what nobody began
    assert upcoming("sato", "notice-what") == "press"  # what another is at comes last
    assert upcoming("sato", "press") == "notice-what"


def test_the_path_counts_what_is_settled_of_what_applies() -> None:
    case = done(opened_case(), partial(facts.claim, name="cause", typed="loss"))  # so a theft report does not apply
    case = done(case, partial(steps.skip, step="notice-what", reason="known"))
    views = step_views(case)
    line = lines.path_line(views[0], views, Teller(case, "en", Shades()), 80).plain
    assert "[ 1 First 1/2" in line
    assert line.endswith("1 of 3 steps ")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Prose(text="吹田警察署"), "吹田警察署"),
        (Prose("digest"), ""),
        (Moment(START), "2022-06-22 15:45"),
        (Moment(START.replace(second=7)), "2022-06-22 15:45:07"),
        (Moment(START, "about"), "~2022-06-22 15:45"),
        (Moment(START, "date"), "2022-06-22"),
        (Moment(None, "unknown"), "unknown"),
        (460_517, "460517"),
        (("a", "b"), "a, b"),
        ("yes", "yes"),
    ],
)
def test_a_value_is_given_back_as_it_is_typed(value: object, text: str) -> None:
    assert typed.as_typed(value, TOKYO) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1", "persons"),
        ("p", "persons"),
        ("人", "persons"),
        ("3", "households"),
        ("件", "records"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_units_may_be_typed_short(text: str, unit: str) -> None:
    assert typed.unit(text) == unit


def test_items_are_separated_by_commas_of_both_kinds() -> None:
    assert typed.several("氏名、住所, 生年月日，, ") == ("氏名", "住所", "生年月日")


def test_a_teller_takes_messages_content_and_names() -> None:
    tell = Teller(opened_case(), "en", Shades())
    assert tell(say("step {number}", number="1-1")) == "step 1-1"
    assert tell("a\x07") == "a␇"


def test_a_drill_does_not_tell_what_became_of_the_case_it_is_played_after(tmp_path: Path):
    held = Held(tmp_path, SCENARIO.replace("verified: inference", "verified: inference, case: amagasaki-2022"))
    told = "told the contractor at about 14"
    assert told not in said(held.case, "notice-what", width=200)
    assert "when the drill is over" in said(held.case, "notice-what", width=200)
    warning = held.case.playbook.warnings["search-alone"]
    assert why_of(held.case, warning) == UNTOLD
    held.desk.do(held.id, drills.end)
    assert why_of(held.case, warning) == warning.why
    assert told in said(held.case, "notice-what", width=200)
    held.desk.close()


@pytest.mark.parametrize("scenario", ["amagasaki-2022", "mutsu-2022"])
def test_no_step_warning_or_guardrail_of_a_shipped_drill_tells_of_its_case(tmp_path: Path, scenario: str):
    with closing(open_desk(str(tmp_path / "drill.db"), "佐藤", create=True)) as desk:
        room = Room(desk)
        id = room.start(scenario).incident.id
        case = desk.case(id)
        sources = case.playbook.sources
        warnings = case.playbook.warnings.values()
        told = [
            seen.what.en for step in case.playbook.steps.values() for seen in step.seen if of(seen, sources, scenario)
        ]
        why = [one.why.en for one in warnings if of(one, sources, scenario)]
        assert told
        assert why
        shown = "\n".join(said(case, step, width=9999) for step in case.playbook.steps)
        shown += "\n".join(str(why_of(case, warning)) for warning in warnings)
        found = room.checked(id, "パスワードは英数字13桁です。データは暗号化されていました。")
        assert len(found) > 1
        assert [one.why for one in found] == [None] * len(found) or scenario == "mutsu-2022"
        assert [text for text in (*told, *why) if text in shown] == []
        named = {source.title.en for source in sources.values() if source.case == scenario}
        assert named
        assert [title for title in named if title in shown] == []
        desk.do(id, drills.end)
        shown = "\n".join(said(desk.case(id), step, width=9999) for step in case.playbook.steps)
        assert [text for text in told if text not in shown] == []
        assert all(one.why for one in room.checked(id, "パスワードは英数字13桁です。"))


def of(one: Seen | Warning, sources: dict[str, Source], case: str) -> bool:
    return one.source in sources and sources[one.source].tells_of == case


def test_what_the_steps_themselves_say_names_no_real_case(shipped: Playbook):
    for step in shipped.steps.values():
        texts = [step.title, step.why, *step.lines, *(check.title for check in step.checks)]
        assert [text.ja for text in texts if "尼崎" in text.ja or "むつ市" in text.ja] == []
