"""From what people type to what is recorded: one reading for the screens, the command line and every field type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from runbook.case import Case
from runbook.errors import BadContent, Refused
from runbook.events import Prose, Value
from runbook.moment import about, read_moment, read_planned
from runbook.playbook import FactSpec, Field
from runbook.speech import Bilingual, Message, say

_YES_NO_WORDS = {
    "yes": ("yes", "y", "はい", "有", "あり", "ある"),
    "no": ("no", "n", "いいえ", "無", "なし", "ない"),
    "unknown": ("unknown", "not known", "?", "不明", "未確認", "わからない", "分からない", "確認中", "調査中"),
}
MAX_TEXT = 200_000
"""Characters a single text may have: a paste by mistake must not fill the record."""


def read_value(case: Case, spec: Field | FactSpec, typed: str) -> Value:
    """The value `typed` means for a field or fact. Raises BadContent where it means none, Refused where it may not
    stand."""
    text = clean(typed, spec.title)
    if spec.guard == "password":
        _require_no_secret(text, spec.title)
    elif spec.type in ("text", "person", "organisation", "file", "list"):
        require_not_given_away(text, spec.title)
    claimed = isinstance(spec, FactSpec) or spec.fact  # only a claim can say that it is an estimate, or not known yet
    if claimed and spec.type in ("text", "person", "organisation", "file") and means_unknown(text):
        return "unknown"
    match spec.type:
        case "time":
            read = read_planned if spec.ahead else read_moment
            return read(text, case.now, case.zone)
        case "integer":
            return read_count(about(text) or text if claimed else text, spec.title)
        case "yesno":
            return _one_of(text, _YES_NO_WORDS, spec.title)
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
    """A whole number of persons or things: 460517, 460,517, ４６０５１７, 46万517. Raises BadContent for anything else;
    an “about” is no part of a number, and is not dropped either."""
    text = re.sub(r"[,，\s]", "", unicodedata.normalize("NFKC", typed))
    match = re.fullmatch(r"(?:(\d{1,8})万)?(\d{0,12})", text)  # no key held down: a record holds numbers of 64 bits
    if match and (match[1] or match[2]):
        return int(match[1] or 0) * 10_000 + int(match[2] or 0)
    wrong = say("“{text}” is not a number for “{field}”.", text=typed, field=what)
    if re.search(r"約|頃|ごろ|ほど|余|[~〜～]|about", text, re.IGNORECASE):
        raise BadContent(
            wrong,
            say("Write the number alone, such as 460000; that it is only about right belongs to who says so."),
        )
    raise BadContent(wrong, say("Write digits only, such as 460517; what is not known yet stays empty."))


def read_estimate(typed: str, what: Message) -> tuple[int | None, bool]:
    """A count as someone claims it, and whether it is only about right (約8万): nothing at all, or a word for it, means
    that nobody has counted. Raises BadContent for anything else."""
    if not typed.strip() or means_unknown(typed):
        return None, False
    rough = about(typed)
    return read_count(rough or typed, what), bool(rough)


def means_unknown(typed: str) -> bool:
    """Whether a whole input is a word for what nobody knows yet."""
    return _plain(typed) in _YES_NO_WORDS["unknown"]


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
        return date.fromisoformat(unicodedata.normalize("NFKC", text).replace("/", "-")).isoformat()
    except ValueError:
        raise BadContent(
            say("“{text}” is not a date for “{field}”.", text=text, field=what), say("Write it as 2022-06-23.")
        ) from None


def _telephone(text: str, what: Bilingual) -> str:
    number = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"\+?[0-9()\-\s./#]{3,40}", number) or sum(c.isdigit() for c in number) < 3:
        raise BadContent(
            say("“{text}” is not a telephone number for “{field}”.", text=text, field=what),
            say("Write digits and hyphens, such as 0120-000-000."),
        )
    return number


def anew(prose: Prose | None) -> Prose | None:
    """The same words for another entry, which can be redacted without this one."""
    return Prose(text=prose.text) if prose is not None and prose.text is not None else None
