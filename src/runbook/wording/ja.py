"""Japanese: eras, times of day, numbers in 万, lengths of time, widths, and the order of the fifty sounds.

Era and number style follow the 2022 guide to official writing (公用文作成の考え方): arabic figures, 万 and 億 in kanji,
no 千 or 百, a comma or none within four figures as the city prefers.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from runbook.errors import BadContent
from runbook.moment import Moment
from runbook.speech import say
from runbook.wording.units import Unit, parts

_ERAS = (
    ("令和", date(2019, 5, 1)),
    ("平成", date(1989, 1, 8)),
    ("昭和", date(1926, 12, 25)),
    ("大正", date(1912, 7, 30)),
    ("明治", date(1868, 1, 25)),
)
_UNITS: dict[Unit, str] = {"persons": "人", "records": "件", "households": "世帯"}


def date_era(day: date) -> str:
    """令和4年6月23日; the first year is 元年. Raises BadContent before the Meiji era (1868-01-25)."""
    for era, start in _ERAS:
        if day >= start:
            year = day.year - start.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    raise BadContent(
        say("{day} is before the Meiji era and cannot be written with an era.", day=day.isoformat()),
        say("Check the year, or write the date in the western calendar."),
    )


def date_western(day: date) -> str:
    """2022年6月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


day = date_era


def month_day(day: date) -> str:
    """6月23日: a date whose year is plain from what stands around it."""
    return f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """（木）, as it follows a date."""
    return f"（{'月火水木金土日'[day.weekday()]}）"


def time_of_day(clock: time) -> str:
    """午前9時, 午後3時45分, 正午, 午前0時: full hours without 00分, seconds dropped, the hour after noon is 午後0時."""
    if (clock.hour, clock.minute) == (12, 0):
        return "正午"
    half = "午前" if clock.hour < 12 else "午後"
    return f"{half}{clock.hour % 12}時" + (f"{clock.minute}分" if clock.minute else "")


def moment(moment: Moment, zone: ZoneInfo, era: bool = True) -> str:
    """令和4年6月22日午後3時45分頃: a moment in its incident's zone, with no more precision than it has."""
    if moment.at is None:
        return "不明"
    local = moment.at.astimezone(zone)
    on = date_era(local.date()) if era else date_western(local.date())
    if moment.precision == "date":
        return f"{on}（時刻不明）"
    return on + time_of_day(local.time()) + ("頃" if moment.precision == "about" else "")


def number(n: int, comma: bool = True) -> str:
    """46万517, 7万4,767 (7万4767 with `comma=False`), 1億, 0: figures in groups of four, empty groups left out."""
    if n < 0:
        return "-" + number(-n, comma)
    said = ""
    for name in ("", "万", "億", "兆", "京"):
        group = n if name == "京" else n % 10_000
        if group:
            said = (f"{group:,}" if comma else str(group)) + name + said
        n //= 10_000
    return said or "0"


def count(n: int, unit: Unit, comma: bool = True) -> str:
    """46万517人."""
    return number(n, comma) + _UNITS[unit]


def duration(length: timedelta) -> str:
    """12時間45分, 32時間, 3日14時間 (from 48 hours on), 1分未満."""
    days, hours, minutes = parts(length)
    named = ((days, "日"), (hours, "時間"), (minutes, "分"))
    return "".join(f"{n}{name}" for n, name in named if n) or "1分未満"


def remaining(left: timedelta) -> str:
    """あと3日14時間; 2時間5分超過 where the time is past."""
    return f"{duration(left)}超過" if left < timedelta() else f"あと{duration(left)}"


_HALF_WIDTH = {plain + 0xFEE0: plain for plain in range(0x21, 0x7F) if chr(plain).isalnum()}
_HALF_WIDTH_KATAKANA = re.compile("[\uff61-\uff9f]+")


def widths(text: str) -> str:
    """A typed text in the widths of official writing: letters and figures half, katakana and 。「」、・ full width.

    Brackets and signs stay as typed: which width they should have depends on what stands in them.
    """
    text = text.translate(_HALF_WIDTH)
    return _HALF_WIDTH_KATAKANA.sub(lambda typed: unicodedata.normalize("NFKC", typed[0]), text)


_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_VOWELS = {
    kana: vowel
    for vowel, row in {
        "あ": "あかさたなはまやらわ",
        "い": "いきしちにひみりゐ",
        "う": "うくすつぬふむゆる",
        "え": "えけせてねへめれゑ",
        "お": "おこそとのほもよろを",
    }.items()
    for kana in row
}


def kana_key(reading: str) -> tuple[tuple[str, str, str, str], ...]:
    """The sort key for 五十音順 of readings in kana (kanji cannot be sorted: the reading is asked for).

    Word by word, so that the family name decides first. Compared in turn, after JIS X 4061: the plain sounds (katakana
    as hiragana, small as large, without voicing, ー as the vowel it prolongs, ゝ as the sound it repeats); plain before
    voiced before half-voiced; ー before small before repeated before large; hiragana before katakana.
    """
    return tuple(_word_key(word) for word in unicodedata.normalize("NFKC", reading).split())


def _word_key(word: str) -> tuple[str, str, str, str]:
    sounds, voices, kinds, scripts = "", "", "", ""
    for char in unicodedata.normalize("NFD", word):
        if char in "\u3099\u309a":
            voices = voices[:-1] + ("1" if char == "\u3099" else "2") * bool(voices)
            continue
        katakana = "ァ" <= char <= "ヶ" or char == "ヽ"
        plain = chr(ord(char) - 0x60) if katakana else char
        sound, kind = plain.translate(_SMALL), "3"
        if plain == "ー":
            sound, kind = _VOWELS.get(sounds[-1:], "ー"), "0"
        elif plain == "ゝ":
            sound, kind = sounds[-1:] or "ゝ", "2"
        elif sound != plain:
            kind = "1"
        sounds, voices, kinds, scripts = sounds + sound, voices + "0", kinds + kind, scripts + "01"[katakana]
    return sounds, voices, kinds, scripts
