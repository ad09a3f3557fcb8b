"""The page: readable by a screen reader, on a phone and on paper; it needs nothing else and runs nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.errors import BadContent
from runbook.notices.formats import write
from runbook.notices.formats.recognised import spots
from tests.documenting import Page, document

GOLDEN = Path(__file__).parent / "golden"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def page(markdown: str | None = None, **more: Any) -> Page:
    made = document(**more) if markdown is None else document(markdown, **more)
    return Page(write(made, "html").decode())


def test_a_whole_notice_reads_like_this() -> None:
    """Read by hand; every kind of block, a draft of a drill."""
    made = write(document(draft=True, drill="drill"), "html").decode()
    assert made[made.index("<body>") :] == (GOLDEN / "notice.html").read_text("utf-8")


def test_it_says_its_language_and_has_one_first_heading_and_one_main_part() -> None:
    assert page().all("html") == [{"lang": "ja"}]
    assert page(written="easy").all("html") == [{"lang": "ja"}]
    assert page(written="en").all("html") == [{"lang": "en"}]
    assert len(page().all("h1")) == len(page().all("main")) == len(page().all("title")) == 1
    assert page().title == "情報をなくしたことについて（第1報）"


def test_japanese_words_in_an_english_notice_say_so() -> None:
    made = write(document("# Loss\n\n尼崎市 and BIPROGY株式会社 <b>甲</b>\n", written="en"), "html").decode()
    ja = '<span lang="ja">{}</span>'.format
    assert f"<p>{ja('尼崎市')} and BIPROGY{ja('株式会社')} &lt;b&gt;{ja('甲')}&lt;/b&gt;</p>" in made
    assert '<span lang="ja">' not in write(document(), "html").decode()


def test_a_table_says_what_it_is_and_what_its_heads_are_for() -> None:
    captioned = page()
    assert len(captioned.all("caption")) == 1
    assert {head["scope"] for head in captioned.all("th")} == {"col", "row"}
    assert [cell["data-head"] for cell in captioned.all("td")][:2] == ["件数", "いつの数か"]
    plain = page("# A\n\n## 件数 B\n\n| a |\n| --- |\n| b |\n")
    (table,) = plain.all("table")
    assert {"id": table["aria-labelledby"]} in plain.all("h2")


def test_it_needs_no_other_file_and_runs_nothing() -> None:
    made = page(logo=PNG)
    assert not {"script", "link", "iframe", "object", "form", "base"} & {tag for tag, _ in made.tags}
    for _, attributes in made.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert (attributes.get("src") or "data:").startswith("data:")
    text = write(document(), "html").decode()
    assert "url(" not in text
    assert "@import" not in text
    (policy,) = [meta["content"] for meta in made.all("meta") if meta.get("http-equiv")]
    assert (policy or "").startswith("default-src 'none'")


def test_it_can_be_printed_and_read_on_a_phone() -> None:
    text = write(document(), "html").decode()
    for wanted in ("@media print", "@page { size: A4", "counter(pages)", "table-header-group", "width=device-width"):
        assert wanted in text


def test_every_identifier_is_its_own() -> None:
    ids = [attributes["id"] for _, attributes in page("# a\n\n## b\n\n> ## c\n\n- ## d\n").tags if "id" in attributes]
    assert len(ids) == len(set(ids)) == 4


@given(st.text(max_size=200))
def test_no_text_becomes_a_tag_of_its_own(markdown: str) -> None:
    allowed = (
        "html head meta title style body main p h1 h2 h3 h4 h5 h6 ul ol li blockquote hr br strong em a ruby rp rt "
        "time span table thead tbody tr th td caption"
    )
    assert {tag for tag, _ in page(markdown).tags} <= set(allowed.split(" "))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("電話：0120-746-370", [("0120-746-370", "tel", "0120746370")]),
        ("06-6489-6000（代表）", [("06-6489-6000", "tel", "0664896000")]),
        ("警察の#9110へ", [("#9110", "tel", "%239110")]),
        ("+81-6-6489-6000", [("+81-6-6489-6000", "tel", "+81664896000")]),
        ("ファクス：06-4950-6026", []),
        ("FAX 06-4950-6026、電話 06-4950-6027", [("06-4950-6027", "tel", "0649506027")]),
        ("番号1234-0120-746-370-1", []),
        ("2022-06-23", []),
        ("令和4年6月23日（木）午後3時45分頃", [("令和4年6月23日（木）午後3時45分", "time", "2022-06-23T15:45")]),
        ("令和元年5月1日午前0時", [("令和元年5月1日午前0時", "time", "2019-05-01T00:00")]),
        ("平成31年4月30日正午", [("平成31年4月30日正午", "time", "2019-04-30T12:00")]),
        ("昭和64年1月7日", [("昭和64年1月7日", "time", "1989-01-07")]),
        ("2022年6月31日", []),
        ("15:45 on 22 June 2022", [("15:45 on 22 June 2022", "time", "2022-06-22T15:45")]),
        ("on 22 June 2022", [("22 June 2022", "time", "2022-06-22")]),
        ("31 June 2022", []),
        ("46万517人と7万4,767世帯", [("46万517人", "figure", ""), ("7万4,767世帯", "figure", "")]),
    ],
)
def test_what_a_page_makes_of_words(text: str, found: list[tuple[str, str, str]]) -> None:
    pieces = list(spots(text))
    assert "".join(said for said, _, _ in pieces) == text
    made = [(said, kind, "" if kind == "figure" else value) for said, kind, value in pieces if kind]
    assert made == found


def test_a_telephone_number_can_be_tapped_and_a_date_be_read_by_machines() -> None:
    made = page()
    assert {"href": "tel:0120746370"} in made.all("a")
    assert [time["datetime"] for time in made.all("time")] == ["2022-06-23T11:00", "2022-06-23T12:00", "2022-06-22"]
    assert not [link for link in made.all("a") if "0649506026" in (link["href"] or "")]


def test_a_reading_has_brackets_for_who_cannot_show_it_above() -> None:
    made = write(document("# {漢字|かんじ}\n"), "html").decode()
    assert "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>" in made


@pytest.mark.parametrize("logo", [b"<svg onload=alert(1)>", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 600_000])
def test_a_logo_that_cannot_be_set_is_a_sentence(logo: bytes) -> None:
    with pytest.raises(BadContent) as refused:
        page(logo=logo)
    assert re.search("logo", str(refused.value))


def test_a_logo_is_inside_and_described() -> None:
    (picture,) = page(logo=PNG).all("img")
    assert (picture["src"] or "").startswith("data:image/png;base64,")
    assert picture["alt"] == "甲市"
    assert picture["height"] == "56"  # mail programs and Word obey no style, and show it as large as it is
