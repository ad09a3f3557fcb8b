"""The frame's lines as pure functions: what they say, and that they fit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text
from textual.binding import Binding

from runbook.desk import Desk
from runbook.events import Mode
from runbook.speech import LANGUAGES, Language, say, speaker
from runbook.tui import places, presenting, terminal
from runbook.tui.commands import EVERYWHERE, IN_CASE, Command, bindings, key_name
from runbook.tui.place import Place
from runbook.tui.presenting import Shades
from runbook.tui.screens.asking import Asking
from runbook.tui.themes import MONO, THEMES, shades_of
from runbook.tui.widgets.frame import ARRIVAL
from tests.tui.conftest import START

PLACES = ("home", "new", *places.IN_CASE)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_footer_never_overflows(name: str, language: Language, width: int) -> None:
    lines = presenting.key_lines(places.find(name).all_commands(), language, Shades(), width)
    assert 1 <= len(lines) <= 2
    assert all(cell_len(line.plain) <= width for line in lines)


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_at_80_cells_the_footer_leads_to_help_and_out(name: str, language: Language) -> None:
    """Whoever finds F1 finds every other key."""
    lines = presenting.key_lines(places.find(name).all_commands(), language, Shades(), 80)
    shown = " ".join(line.plain for line in lines)
    for key in ("f1", "f2", "ctrl+q"):
        command = next(command for command in EVERYWHERE if command.key == key)
        assert f"{key_name(key)}{'' if language == 'ja' else ' '}{speaker(language)(command.title)}" in shown


@pytest.mark.parametrize("name", PLACES)
def test_a_key_does_one_thing_in_a_place(name: str) -> None:
    """A place's own command may stand in for a shared one, but not twice for the same key."""
    keys = [key for command in places.find(name).commands for key in command.key.split(",")]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", PLACES)
def test_every_command_can_be_carried_out(name: str) -> None:
    """The action a key names is a method of the place or of the app."""
    from runbook.tui.app import RunbookApp

    place = places.find(name)
    for command in place.all_commands():
        target, _, action = (
            command.action.rpartition(".") if command.action.startswith("app.") else ("", "", command.action)
        )
        method = f"action_{action.partition('(')[0]}"
        assert hasattr(RunbookApp if target else place, method), command.action


@pytest.mark.parametrize("name", PLACES)
def test_every_place_says_what_it_is_for(name: str) -> None:
    place = places.find(name)
    assert place.place == name
    assert str(place.title_said)
    assert str(place.explains).endswith(".")


def test_the_keys_of_the_whole_program() -> None:
    """screens.md: the same keys on every screen inside an incident."""
    keys = {command.key: command.action for command in (*IN_CASE, *EVERYWHERE)}
    wanted = {"b": "board", "f": "facts", "c": "clocks", "l": "record", "o": "home"}
    assert {key: keys[key] for key in wanted} == {key: f"app.go('{name}')" for key, name in wanted.items()}
    assert keys["d"] == "app.documents"  # the studio, at the document of the step one is at
    assert {
        "n",
        "u",
        "h",
        "p",
        "m",
        "q",
        "f1",
        "question_mark",
        "f2",
        "f3",
        "ctrl+p",
        "escape",
        "ctrl+q",
    } <= keys.keys()


@given(
    width=st.integers(1, 160),
    title=st.text(max_size=80),
    saving=st.integers(0, 3),
    news=st.sampled_from(["", "+2 鈴木"]),
)
def test_the_top_line_is_as_wide_as_the_screen(width: int, title: str, saving: int, news: str) -> None:
    line = presenting.spread(Text(presenting.fit(title, 30)), Text(f"{news} #{saving}"), width)
    assert cell_len(line.plain) >= width or width == 0
    assert cell_len(presenting.fit(title, width)) == width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_the_mode_is_never_cut_off(desk: Desk, language: Language, width: int) -> None:
    case = desk.new("tiny", "市民情報USBメモリー紛失のとても長い題名" * 3, mode="drill")
    line = presenting.top_line(case, START, 0, "", language, Shades(), width).plain
    assert cell_len(line) <= width
    assert "DRILL" in line if width >= 40 else True


@pytest.mark.parametrize(
    ("minutes", "sign", "style"), [(0, "", ""), (5, "^ ", Shades().soon), (45, "! ", Shades().bad)]
)
def test_the_nearest_clock_has_a_sign(desk: Desk, minutes: int, sign: str, style: str) -> None:
    from msgspec.structs import replace

    case = desk.new("tiny")
    case = replace(case, now=case.now - timedelta(hours=2) if minutes == 0 else case.now + timedelta(minutes=minutes))
    from runbook.duties import deadlines

    first = deadlines(case)[0]
    text = presenting.deadline_words(first, case.now, "en", Shades())
    assert text.plain.startswith(f"{sign}What was noticed 06-22(Wed) 16:15")
    assert str(text.style) == style


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), MONO])
def test_a_state_can_be_told_without_colour(theme: str, ascii: bool) -> None:
    shades = shades_of(theme, ascii=ascii)
    signs = presenting.ASCII_SIGNS if shades.ascii else presenting.SIGNS
    assert len(set(signs.values())) == len(signs)
    assert all(cell_len(sign) == 1 for sign in signs.values())
    assert shades.ascii is ascii
    assert all(sign.isascii() for sign in presenting.ASCII_SIGNS.values())


def test_red_and_amber_have_one_meaning_each() -> None:
    for theme in THEMES:
        shades = shades_of(theme.name, ascii=False)
        styles = [shades.bad, shades.soon, shades.good, shades.here]
        assert len(set(styles)) == 4


@pytest.mark.parametrize(
    ("character", "key"),
    [
        ("ｎ", "n"),
        ("Ｎ", "N"),
        ("？", "?"),
        ("／", "/"),
        ("［", "["),
        ("「", "["),
        ("\u3000", " "),
        ("う", "u"),
        ("n", None),
        ("漢", None),
        (None, None),
        ("", None),
    ],
)
def test_what_an_input_method_sends_for_a_key(character: str | None, key: str | None) -> None:
    assert terminal.half_width(character) == key


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a  b"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("safe\u202egnp.exe", "safe<U+202E>gnp.exe"),
    ],
)
def test_what_is_pasted_is_made_safe(text: str, shown: str) -> None:
    assert terminal.safe_paste(text) == shown


def test_a_priority_binding_is_one_that_works_over_questions() -> None:
    """F2 is a question's own: it is asked again in the other language, and keeps what was typed."""
    always = {binding.key for binding in bindings(EVERYWHERE) if binding.priority}
    assert always == {"f3", "ctrl+q"}
    assert "f2" in {binding.key for binding in Asking.BINDINGS if isinstance(binding, Binding) and binding.priority}


def test_every_place_can_be_found() -> None:
    for name in PLACES:
        assert issubclass(places.find(name), Place)


def test_a_command_says_what_it_does() -> None:
    for command in (*IN_CASE, *EVERYWHERE):
        assert isinstance(command, Command)
        assert str(command.help).endswith(".")


@pytest.mark.parametrize("width", [12, 24, 40, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ["live", "drill"])
def test_the_mode_is_said_at_any_width(desk: Desk, width: int, language: Language, mode: Mode) -> None:
    """Whatever else there is to say: what others wrote, the time, the last entry."""
    case = desk.new("tiny", "長い名前の事案" * 9, mode=mode)
    news = "+12 " + "あ" * 6
    line = presenting.top_line(case, START, 0, news, language, Shades(), width)
    assert mode.upper() in line.plain
    assert line.cell_len == width
    assert ("#1" in line.plain) == (width >= 24)
    assert (news in line.plain) == (width >= 40)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_arrives_takes_the_title_s_room_and_the_day_s_but_never_the_hour_s(desk: Desk, language: Language) -> None:
    case = desk.new("tiny", "全市民の情報が入ったUSBメモリーの紛失", mode="drill")
    state, news = say("{speed}x speed", speed="10"), "委" * (ARRIVAL // 2)
    line = presenting.top_line(case, START, 0, news, language, Shades(), 80, state)
    assert line.cell_len == 80
    assert news in line.plain
    assert f"{case.now:%H:%M} {speaker(language)(state)}" in line.plain
    assert f"{case.now:%m-%d}" in presenting.top_line(case, START, 0, "", language, Shades(), 80, state).plain


@pytest.mark.parametrize("name", ["board", "facts", "clocks"])
def test_at_80_cells_the_footer_leads_to_the_log_and_the_clocks(name: str) -> None:
    lines = presenting.key_lines(places.find(name).all_commands(), "en", Shades(), 80)
    footer = " ".join(line.plain for line in lines)
    assert " l log" in footer
    assert " c clocks" in footer
