"""The mail: not sent yet, to one recipient at most, and no header from outside."""

from __future__ import annotations

import pytest

from runbook.errors import BadContent
from runbook.notices.formats import write
from tests.documenting import document, mail


def test_it_opens_as_a_draft_in_a_mail_program() -> None:
    data = write(
        document(subject="お知らせ", sender="甲市 <info@city.example>", recipient="乙野 <b@example.jp>"), "eml"
    )
    read = mail(data)
    assert read["X-Unsent"] == "1"
    assert read["Subject"] == "お知らせ"
    assert read["From"] == "甲市 <info@city.example>"
    assert read["To"] == "乙野 <b@example.jp>"
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert all(part["Content-Transfer-Encoding"] == "base64" for part in read.iter_parts())
    assert all(part.get_content_charset() == "utf-8" for part in read.iter_parts())
    assert b"\r\n" in data
    assert data.isascii()
    assert not read.defects


def test_without_addresses_it_has_none() -> None:
    read = mail(write(document(), "eml"))
    assert not {"From", "To", "Cc", "Bcc", "Date"} & set(read.keys())
    assert read["Subject"] == "情報をなくしたことについて（第1報）"


@pytest.mark.parametrize(
    "recipient",
    [
        "a@example.jp, b@example.jp",
        "a@example.jp; b@example.jp",
        "甲 <a@example.jp>, 乙 <b@example.jp>",
        "list: a@example.jp, b@example.jp;",
        "a@example.jp\r\nBcc: b@example.jp",
        "a@example.jp\nb@example.jp",
    ],
)
def test_more_than_one_recipient_is_refused(recipient: str) -> None:
    with pytest.raises(BadContent, match="one recipient") as refused:
        write(document(recipient=recipient), "eml")
    assert "G49" in str(refused.value.hint)


@pytest.mark.parametrize(
    "address", ["a", "a@", "@example.jp", "a b", "<>", "a@b@c", "甲@例え.jp", "a@example.jp b", "\0"]
)
def test_what_is_no_address_is_a_sentence(address: str) -> None:
    for field in ("recipient", "sender"):
        with pytest.raises(BadContent):
            write(document(**{field: address}), "eml")


def test_a_name_cannot_smuggle_in_a_header() -> None:
    read = mail(
        write(document(subject="a\r\nBcc: x@evil.example\u2028b", recipient='"甲\u202e" <a@example.jp>'), "eml")
    )
    assert read["Bcc"] is None
    assert read["Subject"] == "a Bcc: x@evil.example<U+2028>b"
    assert read["To"].addresses[0].addr_spec == "a@example.jp"
