"""The hash chain that makes a changed record visible, and the head code a person can write down. No I/O.

Every entry's hash covers the exact bytes of its body and the hash before it (rules.md 1), so that one hash stands for
everything recorded up to there. The promise, as rules.md 3 words it: any edit, deletion, reordering or insertion is
found, unless someone recomputed the whole chain; then any head code written down earlier finds it. A tail that was cut
off leaves a whole chain behind, so that it too is found only by a head code written down before.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from runbook.errors import BadContent
from runbook.speech import Message, say

GENESIS = "0" * 64
"""The hash before the first entry: 32 zero bytes (rules.md 1)."""

PROMISE = say(
    "Any edit, deletion, reordering or insertion is found, unless someone recomputed the whole chain; "
    "then any head code written down earlier finds it."
)
"""What verifying promises, in the words of rules.md 3."""


class Row(NamedTuple):
    """One entry as it is stored: the exact bytes that were hashed, and both hashes in lower-case hex."""

    seq: int
    body: bytes
    prev_hash: str
    hash: str


def link(prev_hash: str, body: bytes) -> str:
    """The hash of an entry: sha256 over the previous entry's 32 raw bytes and this one's body, in hex."""
    return sha256_of(bytes.fromhex(prev_hash) + body)


def sha256_of(content: bytes) -> str:
    """The digest of a content, in hex."""
    import hashlib  # which loads OpenSSL: 2 ms that every command would feel, and most seal nothing

    return hashlib.sha256(content).hexdigest()


def sha256_text(text: str) -> str:
    """The digest, in hex, that pins a file's text: sha256 of its UTF-8 form."""
    return sha256_of(text.encode())


def pins_of(texts: Mapping[str, str]) -> dict[str, str]:
    """The digests, by part, that pin an edition of the content (rules.md 12)."""
    return {part: sha256_text(text) for part, text in texts.items()}


def seal_text(text: str, salt: bytes) -> str:
    """What a body holds instead of a free text (rules.md 2): sha256(salt ‖ text), in hex.

    With the salt deleted nobody can find out a short text by trying; the digest, and so the chain, stays.
    """
    return sha256_of(salt + text.encode())


# Head code (rules.md 4). Neither member of 0/O/Q/D, 1/I/L and U/V is used, and one of 2/Z, 5/S, 6/G, 8/B and M/N.
# 23 is prime, so a weighted sum modulo 23 sees every single wrong character and every swap of neighbours.

ALPHABET = "23456789ACDEFHJKMPRTWXY"
GROUPS = 6
_BASE = len(ALPHABET)
_CODES: int = _BASE ** (3 * GROUPS)
_BETWEEN = r"[\s\-‐-―−ー・.,:/_]+"
_MEANT = str.maketrans("ZSGBN", "2568M")
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def head_code(hash: str) -> str:
    """The code of a hash: six groups of four characters, short enough to read over the telephone.

    81 bits of the hash. Each group ends in a check character that also knows which group it stands in.
    """
    return "-".join(_group(place, digits) for place, digits in enumerate(_digits(_number(hash)), 1))


def read_code(text: str) -> str:
    """The code someone typed or was read: case, spaces, dashes, full width and look-alike letters do not matter.

    Raises BadContent that names, as `group`, the first group (1 to 6) that was misread or mistyped.
    """
    typed = unicodedata.normalize("NFKC", text).upper().translate(_MEANT)
    parts = [part for part in re.split(_BETWEEN, typed) if part]
    letters = "".join(parts)
    whole = len(letters) == 4 * GROUPS
    if not whole and len(parts) != GROUPS:
        raise BadContent(
            say("A head code has six groups of four characters; this one has {count} characters.", count=len(letters)),
            say("Read it again from the paper, group by group."),
        )
    groups = [letters[i : i + 4] for i in range(0, len(letters), 4)] if whole else parts
    for place, group in enumerate(groups, 1):
        if len(group) != 4 or not set(group) <= _VALUE.keys() or group != _group(place, _values(group)):
            raise BadContent(
                say("Group {group} of the head code, “{typed}”, was misread or mistyped.", group=place, typed=group),
                say("Read that group again; the others up to it are right."),
            )
    return "-".join(groups)


def _number(hash: str) -> int:
    return int(hash, 16) % _CODES


def _digits(number: int) -> list[tuple[int, int, int]]:
    """`number` to the base 23, most significant first, three to a group."""
    digits: list[int] = []
    for _ in range(3 * GROUPS):
        number, digit = divmod(number, _BASE)
        digits.append(digit)
    digits.reverse()
    return [(digits[i], digits[i + 1], digits[i + 2]) for i in range(0, len(digits), 3)]


def _values(group: str) -> tuple[int, int, int]:
    return _VALUE[group[0]], _VALUE[group[1]], _VALUE[group[2]]


def _group(place: int, digits: tuple[int, int, int]) -> str:
    a, b, c = digits
    return "".join(ALPHABET[value] for value in (a, b, c, (a + 2 * b + 3 * c + place) % _BASE))


# Verifying

Fault: TypeAlias = Literal["edited", "deleted", "reordered", "inserted", "wrong_incident", "text_changed", "other_head"]


class Verdict(msgspec.Struct, frozen=True):
    """What a walk along the chain found.

    `entries` and `head` are how far the chain holds. `broken_at` is the sequence number of the first bad entry, None
    where it all holds; `what` is then the kind of fault. "other_head" has no such entry: the chain holds, but none of
    its entries has the code asked for, so its tail was cut off or all of it recomputed. "text_changed" is for the
    caller who compares the free texts (`first_false_seal`); `verify` sees bodies only. `matched` is the entry whose
    code was asked for.
    """

    entries: int
    head: str
    broken_at: int | None = None
    what: Fault | None = None
    matched: int | None = None

    @property
    def ok(self) -> bool:
        return self.what is None


class _Claims(msgspec.Struct):
    """What a body says of its own place."""

    incident: str
    seq: int


_CLAIMS = msgspec.json.Decoder(_Claims)


def verify(
    rows: Iterable[tuple[int, bytes, str, str]], code: str | None = None, incident: str | None = None
) -> Verdict:
    """Walk `rows` (see `Row`) in the order they are kept and find the first that does not belong there.

    `code` is a head code as `read_code` returns it; it passes if any entry has it. `incident` is the one the rows are
    said to be of, by default the first entry's. Nothing is kept of the rows until one is bad.
    """
    walk = iter(rows)
    head, entries, matched = GENESIS, 0, None
    wanted = _number_of(code) if code is not None else None
    for seq, body, prev_hash, hash in walk:
        claims = _claims(body)
        if incident is None and claims is not None:
            incident = claims.incident
        good = claims is not None and claims.seq == seq == entries + 1 and claims.incident == incident
        if not good or prev_hash != head or hash != link(head, body):
            foreign = claims is not None and claims.incident != incident
            at, what = _diagnose(Row(seq, body, prev_hash, hash), foreign, entries + 1, head, list(walk))
            return Verdict(entries, head, at, what, matched)
        head, entries = hash, seq
        if wanted is not None and int(hash, 16) % _CODES == wanted:
            matched = seq
    return Verdict(entries, head, None, "other_head" if wanted is not None and matched is None else None, matched)


def first_false_seal(seals: Iterable[tuple[int, str, bytes, str]]) -> int | None:
    """The sequence number of the first of (seq, digest, salt, text) whose text is not the one that was sealed."""
    return next((seq for seq, digest, salt, text in seals if seal_text(text, salt) != digest), None)


def _claims(body: bytes) -> _Claims | None:
    try:
        return _CLAIMS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _number_of(code: str) -> int:
    number = 0
    for group in code.split("-"):
        for value in _values(group):
            number = number * _BASE + value
    return number


def _diagnose(
    bad: Row, foreign: bool, due: int, head: str, rest: list[tuple[int, bytes, str, str]]
) -> tuple[int, Fault]:
    """Which entry is at fault and how, where `bad` stands and entry `due`, following `head`, should."""
    later = [Row(*row) for row in rest]
    fits = _fits(bad)
    if foreign and fits:
        return bad.seq, "wrong_incident"
    if bad.seq < due:
        return bad.seq, "inserted"
    if bad.seq > due:
        return due, "reordered" if any(row.seq == due for row in later) else "deleted"
    successor = next((row for row in later if row.prev_hash == head), None)
    if bad.prev_hash != head and successor is not None:
        return due, "inserted" if successor.seq == due else "reordered"
    if any(row.hash == link(head, bad.body) for row in later):
        return due, "reordered"
    # A row that fits itself and the rows after it, but not the one before: that one was edited and its hash redone.
    follows = not later or later[0].prev_hash == bad.hash
    return (due - 1 if fits and bad.prev_hash != head and follows and due > 1 else due), "edited"


def _fits(row: Row) -> bool:
    try:
        return link(row.prev_hash, row.body) == row.hash
    except ValueError:
        return False


def finding(verdict: Verdict) -> Message:
    """The verdict as a sentence."""
    at = verdict.broken_at or 0
    match verdict.what:
        case None if verdict.matched is not None:
            return say(
                "The record is whole: the code matches #{matched} of {entries}.",
                matched=verdict.matched,
                entries=verdict.entries,
            )
        case None:
            return say("The record is whole: {entries} entries.", entries=verdict.entries)
        case "edited":
            return say("Entry #{at} was edited after it was written.", at=at)
        case "deleted":
            return say("Entry #{at} was deleted.", at=at)
        case "reordered":
            return say("The entries from #{at} on were put in another order.", at=at)
        case "inserted":
            return say("Entry #{at} was inserted afterwards.", at=at)
        case "wrong_incident":
            return say("Entry #{at} belongs to another incident.", at=at)
        case "text_changed":
            return say("The text of entry #{at} was changed, or removed without a redaction.", at=at)
        case "other_head":
            return say(
                "No entry has this head code: entries were cut off at the end (the last is now #{entries}), "
                "or the whole record was written anew.",
                entries=verdict.entries,
            )
