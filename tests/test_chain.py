"""The chain: what verifying finds and names, and the head code that survives a telephone."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runbook.chain import (
    ALPHABET,
    GENESIS,
    PROMISE,
    Fault,
    Row,
    Verdict,
    finding,
    first_false_seal,
    head_code,
    link,
    read_code,
    seal_text,
    sha256_text,
    verify,
)
from runbook.errors import BadContent

A, B = "20220622-k7f3", "20220701-b2m9"


def body(seq: object, incident: str = A, text: str = "日本語") -> bytes:
    return json.dumps({"incident": incident, "seq": seq, "text": text}, ensure_ascii=False).encode()


def chain(length: int, incident: str = A, text: str = "日本語") -> list[Row]:
    rows: list[Row] = []
    last = GENESIS
    for seq in range(1, length + 1):
        rows.append(made(seq, last, incident, text))
        last = rows[-1].hash
    return rows


def made(seq: int, prev_hash: str, incident: str = A, text: str = "日本語") -> Row:
    """A row that fits itself."""
    content = body(seq, incident, text)
    return Row(seq, content, prev_hash, hashlib.sha256(bytes.fromhex(prev_hash) + content).hexdigest())


# Hashes


def test_a_link_covers_the_32_raw_bytes_before_and_the_body() -> None:
    assert link("00" * 32, b"{}") == hashlib.sha256(b"\0" * 32 + b"{}").hexdigest()
    assert link("ff" * 32, b"{}") == hashlib.sha256(b"\xff" * 32 + b"{}").hexdigest()


def test_a_seal_is_salt_and_text() -> None:
    assert seal_text("鍵", b"salt") == hashlib.sha256("salt鍵".encode()).hexdigest()
    assert sha256_text("鍵") == hashlib.sha256("鍵".encode()).hexdigest()


def test_the_first_false_seal_is_named() -> None:
    true = (1, seal_text("a", b"1"), b"1", "a")
    assert first_false_seal([true]) is None
    assert first_false_seal([true, (2, seal_text("a", b"1"), b"2", "a"), (3, "", b"", "")]) == 2


# Verifying


def test_a_whole_chain() -> None:
    rows = chain(5)
    assert verify(rows) == Verdict(5, rows[-1].hash)
    assert verify(rows).ok
    assert verify([]) == Verdict(0, GENESIS)


def edited(rows: list[Row]) -> list[Row]:
    return [row._replace(body=row.body + b" ") if row.seq == 3 else row for row in rows]


def edited_into_nonsense(rows: list[Row]) -> list[Row]:
    return [row._replace(body=b"\xff{") if row.seq == 3 else row for row in rows]


def edited_last(rows: list[Row]) -> list[Row]:
    return [*rows[:-1], rows[-1]._replace(body=rows[-1].body + b" ")]


def edited_with_its_hash(rows: list[Row]) -> list[Row]:
    return [*rows[:2], made(3, rows[1].hash, text="changed"), *rows[3:]]


def edited_with_all_but_the_last_hash(rows: list[Row]) -> list[Row]:
    changed = made(4, rows[2].hash, text="changed")
    return [*rows[:3], changed, made(5, changed.hash), *rows[5:]]


def edited_hash(rows: list[Row]) -> list[Row]:
    return [row._replace(hash="ab" * 32) if row.seq == 3 else row for row in rows]


def edited_hash_of_no_hex(rows: list[Row]) -> list[Row]:
    return [row._replace(prev_hash="zz", hash="zz") if row.seq == 3 else row for row in rows]


def edited_last_with_both_hashes(rows: list[Row]) -> list[Row]:
    return [*rows[:-1], made(6, "ab" * 32, text="changed")][:6]


def edited_number(rows: list[Row]) -> list[Row]:
    """The column says 3, the body something else."""
    return [row._replace(body=body(33)) if row.seq == 3 else row for row in rows]


def deleted(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.seq not in (3, 4)]


def deleted_first(rows: list[Row]) -> list[Row]:
    return rows[1:]


def deleted_and_linked_over(rows: list[Row]) -> list[Row]:
    return [*rows[:2], made(4, rows[1].hash), *rows[4:]]


def swapped(rows: list[Row]) -> list[Row]:
    return [*rows[:2], rows[3], rows[2], *rows[4:]]


def swapped_contents(rows: list[Row]) -> list[Row]:
    """Places stay, what was written changes places, and the numbers in it are made to fit."""
    a, b = rows[2], rows[3]
    return [*rows[:2], Row(3, body(3), b.prev_hash, b.hash), Row(4, body(4), a.prev_hash, a.hash), *rows[4:]]


def swapped_hashes(rows: list[Row]) -> list[Row]:
    return [*rows[:2], rows[2]._replace(hash=rows[3].hash), rows[3]._replace(hash=rows[2].hash), *rows[4:]]


def moved_to_the_end(rows: list[Row]) -> list[Row]:
    return [*rows[:2], *rows[3:], rows[2]]


def inserted_twice(rows: list[Row]) -> list[Row]:
    return [*rows[:3], rows[2], *rows[3:]]


def inserted_and_linked(rows: list[Row]) -> list[Row]:
    return [*rows[:2], made(3, rows[1].hash, text="new"), *rows[2:]]


def inserted_anyhow(rows: list[Row]) -> list[Row]:
    return [*rows[:2], made(3, "ab" * 32, text="new"), *rows[2:]]


def inserted_before_all(rows: list[Row]) -> list[Row]:
    return [made(0, GENESIS), *rows]


def from_another_incident(rows: list[Row]) -> list[Row]:
    return [*rows[:2], made(3, rows[1].hash, B), *rows[3:]]


@pytest.mark.parametrize(
    ("tamper", "at", "what"),
    [
        (edited, 3, "edited"),
        (edited_into_nonsense, 3, "edited"),
        (edited_last, 6, "edited"),
        (edited_with_its_hash, 3, "edited"),
        (edited_with_all_but_the_last_hash, 5, "edited"),
        (edited_hash, 3, "edited"),
        (edited_hash_of_no_hex, 3, "edited"),
        (edited_number, 3, "edited"),
        (deleted, 3, "deleted"),
        (deleted_first, 1, "deleted"),
        (deleted_and_linked_over, 3, "deleted"),
        (swapped, 3, "reordered"),
        (swapped_contents, 3, "reordered"),
        (swapped_hashes, 3, "reordered"),
        (moved_to_the_end, 3, "reordered"),
        (inserted_twice, 3, "inserted"),
        (inserted_and_linked, 3, "inserted"),
        (inserted_anyhow, 3, "inserted"),
        (inserted_before_all, 0, "inserted"),
        (from_another_incident, 3, "wrong_incident"),
    ],
)
def test_the_first_bad_entry_is_named(tamper: Callable[[list[Row]], list[Row]], at: int, what: Fault) -> None:
    rows = chain(6)
    verdict = verify(tamper(rows))
    assert (verdict.broken_at, verdict.what) == (at, what)
    assert not verdict.ok
    assert f"#{at} " in str(finding(verdict))


def test_another_incidents_record_is_not_this_ones() -> None:
    assert verify(chain(3, B), incident=A).what == "wrong_incident"
    assert verify(chain(3, A), incident=A).ok


def test_a_cut_tail_is_found_by_a_head_code_alone() -> None:
    """And so is a chain that somebody recomputed: what the code is for (rules.md 3)."""
    rows = chain(6)
    written_down = head_code(rows[5].hash)
    recomputed = chain(6, text="another story")
    for tampered in (rows[:4], recomputed):
        assert verify(tampered).ok
        verdict = verify(tampered, written_down)
        assert (verdict.ok, verdict.what, verdict.broken_at) == (False, "other_head", None)
    assert str(PROMISE).endswith("any head code written down earlier finds it.")


def test_a_head_code_of_any_entry_passes() -> None:
    rows = chain(6)
    for row in rows:
        verdict = verify(rows, head_code(row.hash))
        assert verdict.ok
        assert verdict.matched == row.seq
    assert str(finding(verify(rows, head_code(rows[1].hash)))) == "The record is whole: the code matches #2 of 6."


def test_a_broken_chain_is_broken_whatever_the_code() -> None:
    rows = chain(6)
    verdict = verify(edited(rows), head_code(rows[0].hash))
    assert (verdict.what, verdict.matched) == ("edited", 1)


@given(st.integers(1, 9), st.data())
def test_any_changed_byte_is_found(length: int, data: st.DataObject) -> None:
    rows = chain(length)
    place = data.draw(st.integers(0, length - 1))
    at = data.draw(st.integers(0, len(rows[place].body) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != rows[place].body[at]))
    changed = bytearray(rows[place].body)
    changed[at] = byte
    rows[place] = rows[place]._replace(body=bytes(changed))
    verdict = verify(rows, incident=A)
    assert not verdict.ok
    assert verdict.broken_at == place + 1


@given(st.permutations(range(7)))
def test_any_other_order_is_found(order: list[int]) -> None:
    rows = chain(7)
    shuffled = [rows[place] for place in order]
    assert verify(shuffled).ok == (shuffled == rows)


@given(st.sets(st.integers(0, 7)))
def test_any_gap_is_found(kept: set[int]) -> None:
    rows = chain(8)
    left = [rows[place] for place in sorted(kept)]
    assert verify(left).ok == (left == rows[: len(left)])


# The head code

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


def wrong_group(text: str) -> object:
    with pytest.raises(BadContent) as misread:
        read_code(text)
    return misread.value.message.values["group"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        # By hand: all digits are 0 (“2”); the checks are the groups' own numbers, 1 to 6.
        (0, "2223-2224-2225-2226-2227-2228"),
        # The last digit is 1: 3 x 1 + 6 = 9, which is “C”.
        (1, "2223-2224-2225-2226-2227-223C"),
        # One turn of the last digit: the one before is 1; 2 x 1 + 6 = 8, “A”.
        (23, "2223-2224-2225-2226-2227-232A"),
        # The first digit is 22: 22 + 1 = 23, which is 0 again.
        (22 * 23**17, "Y222-2224-2225-2226-2227-2228"),
        # Only the remainder modulo 23^18 counts.
        (23**18 + 1, "2223-2224-2225-2226-2227-223C"),
    ],
)
def test_codes_made_by_hand(number: int, code: str) -> None:
    assert head_code(f"{number:064x}") == code


def test_no_two_letters_look_alike() -> None:
    assert len(set(ALPHABET)) == 23
    for group in ("0OQD", "1IL", "UV", "2Z", "5S", "6G", "8B", "MN"):
        assert len(set(group) & set(ALPHABET)) <= 1


@given(HASHES)
def test_a_code_is_read_back(hash: str) -> None:
    code = head_code(hash)
    assert read_code(code) == code
    assert read_code(code.lower().replace("-", " ")) == code
    assert read_code(code.replace("-", "")) == code
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    assert unicodedata.normalize("NFKC", wide) == code
    assert read_code(f"　{wide}\n") == code
    for dash in ("—", "−", "ー", "・", " / "):
        assert read_code(code.replace("-", dash)) == code
    assert read_code(code.translate(str.maketrans("2568M", "ZSGBN"))) == code


@given(HASHES, st.integers(0, 23), st.sampled_from(ALPHABET + "0OQDILUV1?あ"))
def test_any_single_wrong_character_names_its_group(hash: str, place: int, wrong: str) -> None:
    letters = list(head_code(hash).replace("-", ""))
    if letters[place] == wrong:
        return
    letters[place] = wrong
    groups = ["".join(letters[i : i + 4]) for i in range(0, 24, 4)]
    assert wrong_group("-".join(groups)) == place // 4 + 1


@given(HASHES, st.integers(0, 22))
def test_swapped_neighbours_are_found(hash: str, place: int) -> None:
    letters = head_code(hash).replace("-", "")
    swapped = letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :]
    if swapped == letters:
        return
    if place % 4 == 3:  # across two groups
        assert wrong_group(swapped) in (place // 4 + 1, place // 4 + 2)
    else:
        assert wrong_group(swapped) == place // 4 + 1


@given(HASHES, st.permutations(range(6)))
def test_groups_in_another_order_are_found(hash: str, order: list[int]) -> None:
    groups = head_code(hash).split("-")
    shuffled = [groups[place] for place in order]
    first = next((place for place in range(6) if order[place] != place), None)
    if first is None:
        assert read_code("-".join(shuffled)) == head_code(hash)
    else:
        # A group knows its place: 23 is more than the six there are.
        assert wrong_group("-".join(shuffled)) == first + 1


@given(HASHES, st.integers(0, 5), st.integers(0, 3))
def test_a_character_left_out_names_its_group(hash: str, group: int, place: int) -> None:
    groups = head_code(hash).split("-")
    groups[group] = groups[group][:place] + groups[group][place + 1 :]
    assert wrong_group(" ".join(groups)) == group + 1


@pytest.mark.parametrize("text", ["", "2223", "2223-2224-2225-2226-2227", "2223" * 7, "not a code"])
def test_what_is_no_code_at_all(text: str) -> None:
    with pytest.raises(BadContent) as refused:
        read_code(text)
    assert refused.value.exit_code == 2
    assert refused.value.hint is not None


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadContent):
        code = read_code(text)
        assert read_code(code) == code
