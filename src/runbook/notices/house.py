"""The style of the house: how a city writes dates, numbers and one contested word, and whom its notices give to ask.

It is `templates/house.yaml`; a file of that name in the user's own folder stands in for the shipped one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import msgspec

from runbook.content.mistakes import Mistakes
from runbook.content.nodes import Node, Scalar
from runbook.content.reading import Entry, Reader
from runbook.errors import BadContent
from runbook.speech import Bilingual, Message, say

if TYPE_CHECKING:
    from runbook.content import Content

HOUSE = "templates/house.yaml"
Dates: TypeAlias = Literal["era", "western"]
Leak: TypeAlias = Literal["漏えい", "漏洩", "漏れ", "流出"]
_KEYS = "name dates comma leak section section_head section_phone page_number signature logo desks"
_TELEPHONE = re.compile(r"[0-9０-９+()（）ー－ -]{3,25}")
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_NOTHING = Bilingual("", "")


class HouseDesk(msgspec.Struct, frozen=True):
    """A place to ask, beside the incident's own."""

    name: Bilingual
    purpose: Bilingual = _NOTHING
    phone: str = ""
    fax: str = ""
    hours: Bilingual = _NOTHING


class House(msgspec.Struct, frozen=True):
    """Every value but the three first may be empty. `logo` is a picture that exists, inside the folder of the file."""

    dates: Dates = "era"
    comma: bool = True
    leak: Leak = "漏えい"
    name: Bilingual = _NOTHING
    section: Bilingual = _NOTHING
    section_head: Bilingual = _NOTHING
    section_phone: str = ""
    page_number: str = ""
    signature: tuple[Bilingual, ...] = ()
    logo: Path | None = None
    desks: tuple[HouseDesk, ...] = ()


def load_house(content: Content) -> House:
    """The style of this user's house. Raises BadContent with every mistake by file and line."""
    path, text = content.text(HOUSE)
    return content.once(("house",), lambda: read_house(text, path))


def standing_house(content: Content) -> tuple[House, Message | None]:
    """The style of this user's house; where that is broken, the program's own and what is wrong.

    Raises BadContent where the program's own is broken too.
    """
    try:
        return load_house(content), None
    except BadContent as broken:
        trouble = say("{problem} Until it is put right, the program's own style is used.", problem=broken.message)
        return load_house(content.shipped()), trouble


def read_house(text: str, path: Path) -> House:
    """A style from its YAML. Raises Mistakes (a BadContent)."""
    reader = Reader(str(path), text)
    house = House()
    if reader.root is not None and (at := reader.entry(reader.root, path.name, "", _KEYS)):
        house = House(
            dates=at.one_of("dates", get_args(Dates), house.dates),
            comma=at.yes("comma") if "comma" in at else house.comma,
            leak=at.one_of("leak", get_args(Leak), house.leak),
            name=_said(at, "name"),
            section=_said(at, "section"),
            section_head=_said(at, "section_head"),
            section_phone=_telephone(at, "section_phone"),
            page_number=at.text("page_number"),
            signature=tuple(_either(reader, node, "signature") for node in at.items("signature")),
            logo=_logo(at, path.parent),
            desks=tuple(_desks(at)),
        )
    if reader.mistakes:
        raise Mistakes(reader.mistakes)
    return house


def _desks(at: Entry) -> Iterator[HouseDesk]:
    for desk in at.entries("desks", "name", "purpose phone fax hours"):
        yield HouseDesk(
            name=_said(desk, "name"),
            purpose=_said(desk, "purpose"),
            phone=_telephone(desk, "phone"),
            fax=_telephone(desk, "fax"),
            hours=_said(desk, "hours"),
        )


def _said(at: Entry, key: str) -> Bilingual:
    """A text in both languages, or one text for both."""
    node = at.node(key)
    return _either(at.reader, node, key) if node is not None else _NOTHING


def _either(reader: Reader, node: Node, key: str) -> Bilingual:
    if not isinstance(node, Scalar):
        return reader.bilingual(node, key)
    if not node.text.strip():
        reader.wrong(node.line, say("“{key}” is empty.", key=key))
    return Bilingual(node.text.strip(), node.text.strip())


def _telephone(at: Entry, key: str) -> str:
    number = at.text(key)
    if number and not _TELEPHONE.fullmatch(number):
        at.wrong(key, say("“{key}” must be a telephone number.", key=key))
        return ""
    return number


def _logo(at: Entry, folder: Path) -> Path | None:
    """The picture's real path. One outside the folder is refused: the file may have come from someone else."""
    name = at.text("logo")
    if not name:
        return None
    try:
        path = (folder / name).resolve()
        inside, there = path.is_relative_to(folder.resolve()), path.is_file()
    except (OSError, ValueError, RuntimeError):  # a NUL in the name, a loop of links
        inside = there = False
    if not inside or path.suffix.lower() not in _PICTURES:
        at.wrong("logo", say("“{key}” must name a PNG or JPEG picture beside this file.", key="logo"))
    elif not there:
        at.wrong("logo", say("There is no file “{file}” beside this one.", file=name))
    else:
        return path
    return None
