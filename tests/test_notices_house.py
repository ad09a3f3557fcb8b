"""The style of the house: what it changes in a notice, and what is said of a broken one."""

from __future__ import annotations

from pathlib import Path

import pytest

from runbook.content import Content
from runbook.errors import BadContent
from runbook.notice_kinds import Written
from runbook.notices.drafting import draft
from runbook.notices.house import House, load_house, read_house
from runbook.notices.rendering import render
from tests.noticing import SHIPPED, amagasaki, rules, template, told

FRESH = amagasaki("2022-06-22T15:44")
FULL = """\
name: {ja: 甲市, en: City of Ko}
dates: western
comma: no
leak: 漏洩
section: 総務課
section_head: 課長 乙
section_phone: 06-0000-0000
page_number: "1000123"
signature: [甲市長 丙, {ja: 丁, en: Tei}]
desks:
  - {name: 広報課, purpose: 報道の方, phone: 06-0000-0001, fax: 06-0000-0002, hours: 平日のみ}
  - name: 市民課
"""


def style(text: str) -> House:
    return read_house(text or "comma: yes", Path("house.yaml"))


def said(body: str, house: House, writing: Written = "ja", typed: tuple[str, str] = ("persons", "74767")) -> str:
    case = told(FRESH, typed[0], typed[1])
    return render(template(body, uses=(typed[0],)), case, writing, rules(), house).text.strip()


@pytest.mark.parametrize(
    ("house", "writing", "issued"),
    [
        ("", "ja", "令和4年6月22日（水）午後3時45分"),
        ("dates: western", "ja", "2022年6月22日（水）午後3時45分"),
        ("dates: era", "easy", "2022年6月22日（水曜日）午後3時45分"),
        ("dates: western", "en", "15:45 on Wednesday 22 June 2022"),
    ],
)
def test_dates(house: str, writing: Written, issued: str) -> None:
    assert said("{{ issued }}", style(house), writing) == issued


def test_a_date_of_another_year_and_a_date_alone_follow_it_too() -> None:
    western = style("dates: western")
    assert said("{{ noticed_at }}", western, typed=("noticed_at", "2021-12-31T12:00")) == "2021年12月31日（金）正午"
    assert said("{{ law_as_of }}", western, typed=("law_as_of", "2026-11-21")) == "2026年11月21日"


@pytest.mark.parametrize(
    ("house", "count"), [("", "7万4,767人"), ("comma: yes", "7万4,767人"), ("comma: no", "7万4767人")]
)
def test_commas(house: str, count: str) -> None:
    assert said("{{ persons.people }}", style(house)).startswith(f"{count}（")
    assert said("{{ persons.people }}", style(house), "en").startswith("74,767 people (")


def test_what_it_tells_can_be_written() -> None:
    body = (
        "{{ house.name }}/{{ house.leak }}/{{ house.section }}/{{ house.section_head }}/{{ house.section_phone }}/"
        "{{ house.page_number }}/{{ house.signature | join('+') }}\n"
        "{% for desk in house.desks %}\n"
        "{{ desk.name }}/{{ desk.purpose }}/{{ desk.phone }}/{{ desk.fax }}/{{ desk.hours }}\n{% endfor %}"
    )
    assert said(body, style(FULL)).splitlines() == [
        "甲市/漏洩/総務課/課長 乙/06-0000-0000/1000123/甲市長 丙+丁",
        "広報課/報道の方/06-0000-0001/06-0000-0002/平日のみ",
        "市民課////",
    ]
    assert said("{{ house.name }}/{{ house.leak }}", style(FULL), "en") == "City of Ko/leak"


def test_what_it_does_not_tell_is_no_in_a_condition_and_its_name_is_the_organisation() -> None:
    body = "{% if house.section or house.desks or house.signature or house.page_number %}x{% endif %}{{ house.name }}"
    assert said(body, House(), typed=("organization", "甲町")) == "甲町"
    assert said(body, House()) == "【組織名：確認中】"  # a gap: no sentence reads well without its subject


def test_the_organisation_a_name_came_from_is_what_the_notice_rests_on() -> None:
    case = told(FRESH, "organization", "甲町")
    made = template("{{ house.name }}")
    assert list(render(made, case, "ja", rules()).facts) == ["organization"]
    assert render(made, case, "ja", rules(), style(FULL)).facts == {}


def test_japanese_texts_in_an_english_notice_are_named() -> None:
    assert render(template("{{ house.section }}"), FRESH, "en", rules(), style(FULL)).foreign == ("house",)


def test_hostile_texts_in_it_are_data() -> None:
    assert said("{{ house.section }}", style('section: "**x** <b> {{ now }}"')) == r"\*\*x\*\* \<b\> \{\{ now \}\}"


def test_the_shipped_one_says_nothing_of_any_city() -> None:
    assert load_house(SHIPPED) == House()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("dates: gregorian", 1, "era, western"),
        ("\ncomma: maybe", 2, "yes or no"),
        ("leak: 洩れ", 1, "漏えい, 漏洩, 漏れ, 流出"),
        ("name: {ja: 甲市}", 1, "no English text"),
        ("section: ''", 1, "is empty"),
        ("section_phone: call us", 1, "must be a telephone number"),
        ("signature: 甲市長", 1, "must be a list"),
        ("desk: x", 1, "Did you mean “desks”?"),
        ("desks:\n  - {phone: 06-0000-0000}", 2, "“name” is missing"),
        ("desks:\n  - {name: x, phone: <b>}", 2, "must be a telephone number"),
        ("logo: ../secret.png", 1, "beside this file"),
        ("logo: /etc/passwd", 1, "beside this file"),
        ("logo: house.yaml", 1, "PNG or JPEG"),
        ("logo: nowhere.png", 1, "There is no file"),
        ("- x", 1, "must have keys"),
        ("dates: era\ndates: western", 2, "given twice"),
        ("dates: !!python/name:os.system x", 1, ""),
    ],
)
def test_a_mistake_in_it_is_named_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BadContent) as refused:
        style(text)
    assert f"house.yaml:{line}: " in str(refused.value.message)
    assert says in str(refused.value.message)


def test_all_its_mistakes_are_named_at_once() -> None:
    with pytest.raises(BadContent) as refused:
        style("dates: x\ncomma: x\nleak: x")
    assert all(f"house.yaml:{line}: " in str(refused.value.message) for line in (1, 2, 3))


def test_a_logo_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "mark.png").write_bytes(b"x")
    house = read_house("logo: pictures/mark.png", tmp_path / "house.yaml")
    assert house.logo == (tmp_path / "pictures" / "mark.png").resolve()
    (tmp_path / "out.png").symlink_to("/etc/hostname")
    with pytest.raises(BadContent, match="beside this file"):
        read_house("logo: out.png", tmp_path / "house.yaml")


@pytest.fixture
def own(tmp_path: Path):
    def write(text: str | bytes) -> Content:
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "house.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
        return Content(tmp_path)

    return write


def test_a_users_style_is_used(own) -> None:
    text = draft(amagasaki(), own("dates: western\ncomma: no"), "D02", "ja").text
    assert "2022年6月23日（木）午前11時" in text
    assert "7万4767世帯" in text


@pytest.mark.parametrize(
    ("text", "place"),
    [("dates: x", "house.yaml:1: "), (b"name: \xff", "house.yaml:1: "), (b"#" + b"x" * 10_000_001, "10 MB")],
)
def test_a_users_broken_style_is_named_and_the_shipped_one_is_used(own, text: str | bytes, place: str) -> None:
    drafting = draft(amagasaki(), own(text), "D02", "ja")
    assert drafting.trouble is not None
    assert place in str(drafting.trouble)
    assert "own style" in str(drafting.trouble)
    assert drafting.text == draft(amagasaki(), SHIPPED, "D02", "ja").text
