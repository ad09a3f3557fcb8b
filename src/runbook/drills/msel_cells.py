"""The columns of an events list as a sheet, and what one cell says: from an inject's field to text, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from runbook.content.mistakes import cut
from runbook.content.times import read_time, write_time
from runbook.errors import BadContent
from runbook.scenario import DELIVERY_NAMES, KIND_NAMES, Inject
from runbook.speech import Bilingual, Message, say, speaker

_Word = TypeVar("_Word", bound=str)

YES, NO = "はい / Yes", "いいえ / No"
_YES = frozenset(["はい", "yes", "y", "true", "○", "〇", "✓", "有", "あり", "1"])
_NO = frozenset(["いいえ", "no", "n", "false", "×", "x", "-", "無", "なし", "0"])


class Column(msgspec.Struct, frozen=True):
    """One column. `field` is an inject's; `language` where the field is in both and this is one of them. `aliases` are
    further headings it is known by."""

    key: str
    title: Bilingual
    aliases: tuple[str, ...] = ()
    width: int = 14

    @property
    def heading(self) -> str:
        return f"{self.title.ja} / {self.title.en}"


def _column(key: str, ja: str, en: str, aliases: str = "", width: int = 14) -> Column:
    return Column(key, Bilingual(ja, en), tuple(aliases.split()), width)


def _texts(key: str, ja: str, en: str, japanese: str, english: str, width: int) -> tuple[Column, Column]:
    """The two columns of a text in both languages."""
    return (
        _column(f"{key}_ja", f"{ja}（日本語）", f"{en} (Japanese)", f"{ja}（和） {japanese}", width),
        _column(f"{key}_en", f"{ja}（英語）", f"{en} (English)", f"{ja}（英） {english}", width),
    )


COLUMNS: dict[str, Column] = {
    one.key: one
    for one in (
        _column("number", "番号", "No.", "# number 連番 通番", 8),
        _column("id", "識別名", "ID", "", 18),
        _column("at", "時刻", "Time", "日時 予定時刻 付与時刻", 18),
        _column("when", "条件", "Condition", "付与条件 when", 30),
        _column("milestone", "節目", "Milestone"),
        _column("depends_on", "前に届くもの", "After injects", "前提 depends_on dependson", 18),
        _column("hand", "進行役の操作で届く", "By hand", "手動 manual"),
        *_texts("title", "件名", "Title", "件名 表題 title_ja", "title title_en", 28),
        *_texts("text", "内容", "Text", "内容 状況付与 text_ja", "text inject text_en", 60),
        _column("kind", "種別", "Kind", "type 種類", 20),
        _column("delivery", "伝達手段", "Delivery", "手段 deliverymethod", 18),
        *_texts("sender", "発信者", "From", "発信者 付与元 from_ja", "from from_en sender", 22),
        _column("to", "受け手（役割）", "To (roles)", "受け手 付与先 宛先 to", 18),
        _column("answer", "回答を待つ", "Answer expected", "回答 answer", 12),
        *_texts(
            "expected",
            "想定行動",
            "Expected action",
            "想定行動 期待される行動 expected_ja",
            "expectedaction expected_en",
            40,
        ),
        _column("objective", "目標", "Objective", "訓練目標"),
        _column("controller", "担当する統制員", "Controller", "統制員 統制 担当", 16),
        _column("attachments", "添付", "Attachments", "添付資料 attachment", 24),
        _column("enabled", "有効", "Enabled", "使用 使う", 12),
    )
}
TEXTS = ("title", "text", "sender", "expected")
"""The fields that are in both languages."""
_SPREADSHEETS = re.compile(r"^([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?[ T]+([0-9]{1,2})(?=:[0-9]{2})")
"""How spreadsheets write a time back: 2022/6/22 9:05."""
_OTHER = {"ja": "en", "en": "ja"}


def normal(text: str) -> str:
    """A heading or a word of a list, without what people vary: width, case, blanks, punctuation."""
    return re.sub(r"[\s.:()*【】「」]+", "", unicodedata.normalize("NFKC", text).casefold())


def words_of(text: str) -> list[str]:
    """A heading or a word, then each of its halves: 番号 / No. is known by either, in either order."""
    return [normal(text), *(normal(half) for half in re.split(r"[/／|\n]", text))]


_KNOWN: dict[str, str] = {
    normal(name): key
    for key, column in reversed(COLUMNS.items())
    for name in (*column.aliases, column.title.en, column.title.ja, column.heading, key)
}


def column_of(heading: str) -> str:
    """The key of the column a heading stands for; empty where it stands for none."""
    return next((_KNOWN[word] for word in words_of(heading) if word in _KNOWN), "")


def row(one: Inject, zone: ZoneInfo) -> list[str]:
    """The cells of an inject, in the order of the columns. Times are local to `zone`."""
    return [_cell(one, key, zone) for key in COLUMNS]


def _cell(one: Inject, key: str, zone: ZoneInfo) -> str:
    match key:
        case "number":
            return str(one.number)
        case "at":
            return write_time(one.at, zone, " ") if one.at else ""
        case "kind":
            return _named(KIND_NAMES[one.kind])
        case "delivery":
            return _named(DELIVERY_NAMES[one.delivery])
        case "depends_on" | "to":
            return ", ".join(one.to if key == "to" else one.depends_on)
        case "attachments":
            return "\n".join(one.attachments)
        case "hand" | "answer" | "enabled":
            on: bool = getattr(one, key)
            return YES if on else NO
    field, _, language = key.rpartition("_")
    value: Bilingual | str | None = getattr(one, field if field in TEXTS else key)
    if isinstance(value, Bilingual):
        return value.ja if language == "ja" else value.en
    return value or ""


def inject_of(
    cells: Mapping[str, str], zone: ZoneInfo, start: datetime | None, wrong: Callable[[str, Message], None]
) -> Inject:
    """The inject of a row's cells, by column; what cannot be read goes to `wrong` with its column. A text whose other
    language has no column stands for both."""

    def both(field: str) -> Bilingual:
        said = {
            language: cells.get(f"{field}_{language}", cells.get(f"{field}_{_OTHER[language]}", ""))
            for language in _OTHER
        }
        return Bilingual(said["ja"], said["en"])

    def yes(key: str, otherwise: bool) -> bool:
        return _yes(cells.get(key, ""), otherwise, lambda message: wrong(key, message))

    expected = both("expected")
    return Inject(
        id=cells.get("id", "").strip(),
        number=_number(cells.get("number", ""), lambda message: wrong("number", message)),
        title=both("title"),
        text=both("text"),
        kind=_chosen(cells.get("kind", ""), KIND_NAMES, "informational", lambda message: wrong("kind", message)),
        delivery=_chosen(
            cells.get("delivery", ""), DELIVERY_NAMES, "telephone", lambda message: wrong("delivery", message)
        ),
        sender=both("sender"),
        to=_list(cells.get("to", "")),
        at=_time(cells.get("at", ""), zone, start, lambda message: wrong("at", message)),
        when=cells.get("when", ""),
        milestone=cells.get("milestone", "").strip(),
        depends_on=_list(cells.get("depends_on", "")),
        hand=yes("hand", False),
        expected=expected if expected.ja or expected.en else None,
        controller=cells.get("controller", ""),
        attachments=tuple(line for line in cells.get("attachments", "").split("\n") if line),
        objective=cells.get("objective", "").strip(),
        answer=yes("answer", False),
        enabled=yes("enabled", True),
    )


def _named(name: Message) -> str:
    return " / ".join(dict.fromkeys((speaker("ja")(name), speaker("en")(name))))


def _number(text: str, wrong: Callable[[Message], None]) -> int:
    digits = unicodedata.normalize("NFKC", text).strip()
    if whole := re.fullmatch(r"([0-9]{1,9})(?:\.0+)?", digits):  # some programs write every number as 1.0
        return int(whole[1])
    wrong(say("“{key}” must be a whole number.", key=cut(text)) if digits else say("It is missing."))
    return 0


def _chosen(text: str, names: Mapping[_Word, Message], otherwise: _Word, wrong: Callable[[Message], None]) -> _Word:
    if not text.strip():
        return otherwise
    known: dict[str, _Word] = {}
    for word, name in names.items():
        known |= {normal(spelled): word for spelled in (word, speaker("ja")(name), speaker("en")(name))}
    found = next((known[part] for part in words_of(text) if part in known), None)
    if found is None:
        can = ", ".join(_named(name) for name in names.values())
        wrong(say("it cannot be “{value}”, only: {options}.", value=cut(text), options=can))
    return found or otherwise


def _yes(text: str, otherwise: bool, wrong: Callable[[Message], None]) -> bool:
    if not text.strip():
        return otherwise
    words = words_of(text)
    if any(word in _YES for word in words):
        return True
    if not any(word in _NO for word in words):
        wrong(say("“{value}” is neither yes nor no.", value=cut(text)))
    return False


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for one in re.split(r"[,、，;；\n]", text) if (part := one.strip()))


def _as_iso(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2]:0>2}-{found[3]:0>2} {found[4]:0>2}"


def _time(text: str, zone: ZoneInfo, start: datetime | None, wrong: Callable[[Message], None]) -> datetime | None:
    typed = _SPREADSHEETS.sub(_as_iso, unicodedata.normalize("NFKC", text).strip(), count=1)
    try:
        moment = read_time(typed, start, zone) if typed else None
    except BadContent:
        moment = None
    if moment is not None and moment.precision == "exact":
        return moment.at
    if typed:
        wrong(say("“{text}” is not a date with an hour, such as 2022-06-22 15:45.", text=cut(text)))
    return None
