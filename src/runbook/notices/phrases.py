"""How a notice says what is certain, estimated, told or not known: the same few phrases in every notice.

These are the notice's own words, not the program's: they follow the notice's writing, whatever the screen speaks.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from runbook.duties import DeadlineState
from runbook.moment import Moment
from runbook.notice_kinds import Written, tongue
from runbook.notices.house import House
from runbook.speech import Language
from runbook.wording import Words, en, ja, words
from runbook.wording.units import Unit


class Phrases(msgspec.Struct, frozen=True):
    """One writing's phrases; `{}` is where the value goes."""

    about: str
    as_far: str
    told_by: str
    hearsay: str
    disputed: str
    uncounted: str
    unknown: str
    gap: str
    when_unknown: str
    hour_unknown: str
    as_of: str
    as_of_unknown: str
    remarks: str
    between: str
    comma: str
    line: str
    at_day: str
    yes: str
    no: str
    report: str
    things: str
    writings: dict[Written, str]
    unsaid: str
    nth: str
    named: str
    applies: dict[bool, str]
    states: dict[DeadlineState, str]
    aimed: str
    there: str
    zones: dict[str, str]
    assumed: dict[str, str]
    assumed_else: str
    promptly: str
    why_late: str
    decided: str
    sentence: str
    stop: str
    suggested: str
    either: str


_JA = Phrases(
    about="約{}",
    as_far="現時点の認識",
    told_by="{}による",
    hearsay="聞き取りによる",
    disputed="異なる説明もあり確認中",
    uncounted="まだ数えていない項目を除く",
    unknown="確認中",
    gap="【{}：確認中】",
    when_unknown="日時は確認中",
    hour_unknown="（時刻は確認中）",
    as_of="{}現在",
    as_of_unknown="時点は確認中",
    remarks="（{}）",
    between="、",
    comma="、",
    line="{} {}",
    at_day="{day}{time}",
    yes="はい",
    no="いいえ",
    report="第{}報",
    things="{}個",
    writings={"ja": "日本語", "en": "英語", "easy": "やさしい日本語"},
    unsaid="記載なし",
    nth="第{}回",
    named="{}：{}",
    applies={True: "該当する", False: "該当しない"},
    states={
        "running": "未了",
        "overdue": "未了（期限を過ぎています）",
        "met": "実施済み",
        "not_applicable": "義務なし",
        "unknown": "義務の有無・期限は確認中",
    },
    aimed="目安",
    there="{}の日付",
    zones={"Asia/Tokyo": "日本標準時"},
    assumed={"my_number": "個人番号を含む場合"},
    assumed_else="「{}」が「{}」の場合",
    promptly="速やかに",
    why_late="期限を過ぎた理由",
    decided="{}（{}の判断、{}）。理由：{}",
    sentence="",
    stop="。",
    suggested="記録された事実による",
    either="{}から{}まで",
)
_EN = Phrases(
    about="about {}",
    as_far="as far as we know",
    told_by="according to {}",
    hearsay="according to what we were told",
    disputed="accounts differ and are being checked",
    uncounted="without the data that nobody has counted yet",
    unknown="being confirmed",
    gap="[{}: being confirmed]",
    when_unknown="time being confirmed",
    hour_unknown=" (hour being confirmed)",
    as_of="as of {}",
    as_of_unknown="as-of time being confirmed",
    remarks=" ({})",
    between="; ",
    comma=", ",
    line="{}: {}",
    at_day="{time} on {day}",
    yes="yes",
    no="no",
    report="Report no. {}",
    things="{}",
    writings={"ja": "in Japanese", "en": "in English", "easy": "in easy Japanese"},
    unsaid="not stated",
    nth="{}",
    named="{}: {}",
    applies={True: "applies", False: "does not apply"},
    states={
        "running": "open",
        "overdue": "open and past its date",
        "met": "done",
        "not_applicable": "no duty",
        "unknown": "being confirmed",
    },
    aimed="a target",
    there="local date in {}",
    zones={"Asia/Tokyo": "Japan Standard Time"},
    assumed={"my_number": "if My Number is included"},
    assumed_else='if "{}" is "{}"',
    promptly="without delay",
    why_late="Reasons for the delay",
    decided="{} (decided by {}, {}). Reason: {}",
    sentence=" ",
    stop=".",
    suggested="as the recorded facts suggest",
    either="{} to {}",
)
_EASY = msgspec.structs.replace(
    _JA,
    about="だいたい {}",
    as_far="今 わかっていること",
    told_by="{}の 話",
    hearsay="関係する 人から 聞きました",
    disputed="違う 話も あります。調べています",
    uncounted="まだ 数えていない ものは 入っていません",
    unknown="調べています",
    when_unknown="いつかは 調べています",
    hour_unknown="（時間は 調べています）",
    as_of_unknown="いつの 数かは 調べています",
    line="{}　{}",
)
_PHRASES: dict[Written, Phrases] = {"ja": _JA, "en": _EN, "easy": _EASY}


class Tone(msgspec.Struct, frozen=True):
    """A notice's writing, the zone of its incident, the moment it is written and the style of the house: what its
    phrases depend on."""

    written: Written
    zone: ZoneInfo
    now: datetime
    house: House = House()

    @property
    def language(self) -> Language:
        return tongue(self.written)

    @property
    def phrases(self) -> Phrases:
        return _PHRASES[self.written]

    @property
    def words(self) -> Words:
        return words(self.language)

    def number(self, n: int) -> str:
        return ja.number(n, self.house.comma) if self.language == "ja" else en.number(n)

    def count(self, n: int, unit: Unit) -> str:
        return ja.count(n, unit, self.house.comma) if self.language == "ja" else en.count(n, unit)

    def day(self, day: date) -> str:
        """A date with its year, in the house's calendar. Easy Japanese counts years in the western way: eras are hard
        for those who did not grow up with them. Raises BadContent where there was no era yet."""
        if self.language == "en":
            return en.day(day)
        return ja.date_era(day) if self.house.dates == "era" and self.written != "easy" else ja.date_western(day)

    def dated(self, day: date, weekday: bool = True, year: bool = True) -> str:
        """A date with its weekday: 6月22日（水）, Wednesday 22 June, 6月22日（水曜日）."""
        said = self.day(day) if year else self.words.month_day(day)
        if not weekday:
            return said
        name = self.words.weekday(day)
        if self.written == "easy":
            name = name.replace("）", "曜日）")
        return said + name if self.language == "ja" else f"{name} {said}"

    def on(self, moment: Moment, *, about: bool = False, weekday: bool = True) -> str:
        """A moment as a notice says it: 6月22日（水）午後3時45分頃; with its year where that is not this year's.

        `about` says so of an exact time too: it is only an estimate.
        """
        if moment.at is None:
            return self.phrases.when_unknown
        at = moment.at.astimezone(self.zone)
        day = self.on_day(at, weekday)
        if moment.precision == "date":
            return day + self.phrases.hour_unknown
        time = self.words.time_of_day(at.time())
        if about or moment.precision == "about":
            time = f"{time}頃" if self.language == "ja" else f"about {time}"
        return self.phrases.at_day.format(day=day, time=time)

    def on_day(self, at: datetime, weekday: bool = True, zone: ZoneInfo | None = None) -> str:
        """The day of an instant, in the incident's zone if none is given: 6月22日（水）; with its year where that is
        not this year's."""
        day = at.astimezone(zone or self.zone).date()
        return self.dated(day, weekday, year=day.year != self.now.astimezone(self.zone).year)

    def issued(self) -> str:
        """The moment of writing in full: 令和4年6月23日（木）午前11時."""
        at = self.now.astimezone(self.zone)
        day, time = self.dated(at.date()), self.words.time_of_day(at.time())
        return f"{day}{time}" if self.language == "ja" else f"{time} on {day}"

    def zone_name(self, zone: ZoneInfo | None = None) -> str:
        """A zone as people know it, the incident's if none is given: Japan Standard Time (UTC+9). One with a summer
        time has two hours."""
        there, year = zone or self.zone, self.now.astimezone(self.zone).year
        hours = {datetime(year, month, 1, tzinfo=there).utcoffset() or timedelta() for month in (1, 7)}
        said = self.phrases.zones.get(there.key, there.key)
        return self.remarked(said, ["/".join(_utc(hour) for hour in sorted(hours))])

    def remarked(self, text: str, remarks: list[str]) -> str:
        """`text` with what must be said about it, in one bracket."""
        return text + self.phrases.remarks.format(self.phrases.between.join(remarks)) if remarks else text


def _utc(offset: timedelta) -> str:
    """UTC+9, UTC-3:30."""
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{'-' if offset < timedelta() else '+'}{hours}" + (f":{minutes:02}" if minutes else "")
