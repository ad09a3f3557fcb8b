"""From what people type to what is recorded: one reading for the screens, the command line and every field type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from runbook.case import Case
from runbook.declared import IN_WORDS
from runbook.errors import BadContent, Refused
from runbook.events import UNITS, Prose, Unit, Value
from runbook.moment import about, half_width, read_moment, read_planned
from runbook.playbook import FactSpec, Field
from runbook.speech import Bilingual, Message, say

_YES_NO_WORDS = {
    "yes": ("yes", "y", "はい", "有", "あり", "ある"),
    "no": ("no", "n", "いいえ", "無", "なし", "ない"),
    "unknown": ("unknown", "not known", "?", "tbd", "不明", "未確認", "わからない", "分からない", "確認中", "調査中"),
}
MAX_TEXT = 200_000
"""Characters a single text may have: a paste by mistake must not fill the record."""


def read_value(case: Case, spec: Field | FactSpec, typed: str) -> Value:
    """The value `typed` means for a field or fact. Raises BadContent where it means none, Refused where it may not
    stand."""
    text = clean(typed, spec.title)
    if spec.guard == "password":
        _require_no_secret(text, spec.title)
    elif spec.type in (*IN_WORDS, "list"):
        require_not_given_away(text, spec.title)
    claimed = isinstance(spec, FactSpec) or spec.fact  # only a claim can say that it is an estimate, or not known yet
    if claimed and spec.type in IN_WORDS and means_unknown(text):
        return "unknown"
    match spec.type:
        case "time":
            read = read_planned if spec.ahead else read_moment
            return read(text, case.now, case.zone)
        case "integer":
            of = spec.id if isinstance(spec, FactSpec) else spec.fact  # the fact “persons” counts persons
            return _claimed(text, spec.title, of) if claimed else read_count(text, spec.title)
        case "yesno":
            return "unknown" if means_unknown(text) else _one_of(text, _YES_NO_WORDS, spec.title)
        case "choice":
            return _one_of(text, {id: (id, said.ja, said.en) for id, said in spec.choices.items()}, spec.title)
        case "date":
            return _date(text, spec.title)
        case "list":
            return tuple(item for item in re.split(r"[,、，\s]+", text) if item)
        case "telephone":
            return Prose(text=_telephone(text, spec.title))
    return Prose(text=text)


def _require_no_secret(text: str, what: Bilingual) -> None:
    from runbook.guardrails import describes_secret  # its patterns take 20 ms to compile: only where they are needed

    if describes_secret(text):
        raise _described(what)


def require_not_given_away(text: str, what: Message | Bilingual) -> None:
    """Raises Refused for text on any subject that gives a password away: what is recorded stays in the record."""
    if not text or text.isdigit():
        return
    from runbook.guardrails import gives_away_secret

    if gives_away_secret(text):
        raise _described(what)


def _described(what: Message | Bilingual) -> Refused:
    return Refused(
        say("“{field}” may not describe a password: no length, kinds, make-up or hint.", field=what),
        say("Record only that there is one, or that it came up: “about the password”. What you typed was not saved."),
    )


def clean(typed: str, what: Message | Bilingual | str) -> str:
    """Typed text without surrounding blanks. Raises BadContent for what no record can hold."""
    text = typed.strip()
    if len(text) > MAX_TEXT:
        raise BadContent(
            say(
                "“{field}” has {n} characters; {most} is the most.",
                field=what,
                n=f"{len(text):,}",
                most=f"{MAX_TEXT:,}",
            ),
            say("Keep long material in a file and record its name."),
        )
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadContent(
            say("“{field}” holds half a character (a lone surrogate).", field=what), say("Type it again.")
        ) from None
    return text


def read_count(typed: str, what: Message | Bilingual | str) -> int:
    """A whole number of things: 460517, 460,517, ４６０５１７, 46万517. Raises BadContent for anything else; an “about”
    is no part of a number, and is not dropped either."""
    count = _counted(typed)
    if count is None:
        raise _no_count(typed, what, say("Write digits only, such as 460517; what is not known yet stays empty."))
    return count


def read_estimate(typed: str, what: Message, of: str = "") -> tuple[int | None, bool]:
    """A count as someone claims it, and whether it is only about right (約8万): nothing at all, or a word for it, means
    that nobody has counted. `of` names what is counted, by its unit: 約8万人 counts persons. Raises BadContent for
    anything else."""
    if not typed.strip() or means_unknown(typed):
        return None, False
    return _claimed(typed, what, of), bool(about(typed))


def _claimed(typed: str, what: Message | Bilingual, of: str) -> int:
    count = _counted(about(typed) or typed, of)
    if count is None:
        hint = say("Write digits, such as 460517; an estimate as “about 460000”; what is not known yet stays empty.")
        raise _no_count(typed, what, hint)
    return count


def _no_count(typed: str, what: Message | Bilingual | str, hint: Message) -> BadContent:
    return BadContent(say("“{text}” is not a number for “{field}”.", text=typed, field=what), hint)


COUNTERS: dict[str, Unit] = {
    **{unit: unit for unit in UNITS},
    "人": "persons",
    "人分": "persons",
    "名": "persons",
    "people": "persons",
    "件": "records",
    "世帯": "households",
}
"""The units by what people call them, and put behind a number."""
_DIGITS = r"(?:[0-9]{1,3}(?:[, ][0-9]{3}){1,3}|[0-9]{1,12})"  # no key held down: a record holds numbers of 64 bits
_NUMBER = (
    rf"{_DIGITS}|[1-9]千[0-9]{{0,3}}|[0-9]{{1,4}}\.[0-9]{{1,4}} ?万"
    rf"|{_DIGITS} ?万 ?(?:[1-9]千[0-9]{{0,3}}|[0-9],[0-9]{{3}}|[0-9]{{0,4}})"
)


def _counted(typed: str, of: str = "") -> int | None:
    """A number as it is written, with or without the counter of what is counted. Nothing is put right: what is written
    over two lines, 10² or ① may mean another number than its digits."""
    counters = "|".join(word for word, unit in COUNTERS.items() if unit == of)
    found = re.fullmatch(rf"({_NUMBER}) ?(?:{counters})?", half_width(typed).strip(), re.IGNORECASE)
    if not found:
        return None
    ten_thousands, _, below = re.sub("[, ]", "", found[1]).rpartition("万")
    whole, _, part = ten_thousands.partition(".")
    thousands, _, ones = below.rpartition("千")
    return int(whole + part.ljust(4, "0")) + int(thousands or 0) * 1000 + int(ones or 0)


def means_unknown(typed: str) -> bool:
    """Whether a whole input is a word for what nobody knows yet, a sentence of one word (まだ不明です。) among them."""
    found = re.fullmatch(r"(?:まだ)?(.+?)(?:です| yet)?[。.]?", _plain(typed))
    return found is not None and found[1] in _YES_NO_WORDS["unknown"]


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _one_of(text: str, options: Mapping[str, tuple[str, ...]], what: Bilingual) -> str:
    wanted = _plain(text)
    for id, words in options.items():
        if wanted == id or wanted in map(_plain, words):
            return id
    raise BadContent(
        say("“{text}” is not an answer to “{field}”.", text=text, field=what),
        say("Choose one of: {options}.", options=", ".join(options)),
    )


def _date(text: str, what: Bilingual) -> str:
    try:
        return date.fromisoformat(half_width(text).replace("/", "-")).isoformat()
    except ValueError:
        raise BadContent(
            say("“{text}” is not a date for “{field}”.", text=text, field=what), say("Write it as 2022-06-23.")
        ) from None


def _telephone(text: str, what: Bilingual) -> str:
    number = half_width(text)
    if not re.fullmatch(r"\+?[0-9()\-\s./#]{3,40}", number) or sum(c.isdigit() for c in number) < 3:
        raise BadContent(
            say("“{text}” is not a telephone number for “{field}”.", text=text, field=what),
            say("Write digits and hyphens, such as 0120-000-000."),
        )
    return number


def anew(prose: Prose | None) -> Prose | None:
    """The same words for another entry, which can be redacted without this one."""
    return Prose(text=prose.text) if prose is not None and prose.text is not None else None
