"""What a web page can make of plain words: numbers to call, dates a machine can read, figures that stay whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["", "tel", "time", "figure"]

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CLOCK_JA = r"(?:（[月火水木金土日](?:曜日)?）)?(?:(?P<half>午前|午後)(?P<hour>\d{1,2})時(?:(?P<minute>\d{1,2})分)?|(?P<noon>正午))?"
_SPOT = re.compile(
    rf"(?:(?:(?P<era>{'|'.join(_ERAS)})(?P<of_era>元|\d{{1,2}})|(?P<year>\d{{4}}))年)"
    rf"(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{_CLOCK_JA}"
    rf"|(?:(?P<at>\d{{2}}:\d{{2}}) on )?\b(?P<en_day>\d{{1,2}}) (?P<en_month>{'|'.join(_MONTHS)}) (?P<en_year>\d{{4}})\b"
    r"|(?P<figure>\d[\d,]*(?:[万億兆]\d[\d,]*)*[万億兆]?(?:世帯|[人件個台円月日時分]))"
    r"|(?<![\d\-－])(?P<tel>0\d{1,4}-\d{1,4}-\d{3,4}|[#＃]\d{4}|\+\d{1,3}(?:-\d{1,4}){2,4})(?![\d\-－])"
)
_FAX = re.compile(r"(?:fax|ＦＡＸ|ファクス|ファックス|ファクシミリ)[^\n、。；;/]{0,8}$", re.IGNORECASE)


def spots(text: str) -> Iterator[tuple[str, Kind, str]]:
    """The text in pieces: plain, a telephone number with what to dial, a date with how machines write it, a
    figure with its unit.

    A fax number is plain: nobody should call it. So is a date that is none, such as 31 June.
    """
    end = 0
    for found in _SPOT.finditer(text):
        said = found[0]
        kind: Kind = "tel" if found["tel"] else "figure" if found["figure"] else "time"
        value = _dialled(text, found) if kind == "tel" else said if kind == "figure" else _moment(found)
        if value:
            if found.start() > end:
                yield text[end : found.start()], "", ""
            yield said, kind, value
            end = found.end()
    if end < len(text):
        yield text[end:], "", ""


def _dialled(text: str, found: re.Match[str]) -> str:
    if _FAX.search(text[: found.start()]):
        return ""
    return found[0].replace("＃", "#").replace("#", "%23").replace("-", "")


def _moment(found: re.Match[str]) -> str:
    clock = found["at"] or ""
    if found["en_year"]:
        year, month, day = int(found["en_year"]), _MONTHS.index(found["en_month"]) + 1, int(found["en_day"])
    else:
        counted = 1 if found["of_era"] == "元" else int(found["of_era"] or 0)
        year = int(found["year"]) if found["year"] else _ERAS[found["era"]] + counted
        month, day = int(found["month"]), int(found["day"])
        if found["noon"]:
            clock = "12:00"
        elif found["half"]:
            clock = f"{int(found['hour']) + 12 * (found['half'] == '午後'):02}:{int(found['minute'] or 0):02}"
    try:
        on = date(year, month, day).isoformat()
    except ValueError:
        return ""
    return f"{on}T{clock}" if clock and clock < "24:00" else on
