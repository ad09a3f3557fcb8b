"""Reading a text written elsewhere, so that it can be checked: what kind of file it is shows in its bytes, not its
name.

Markdown, plain text and HTML stay as they are: their lines are the file's, and the guardrails know tags. Of a Word
document everything is read that leaves with it, seen or not: a paragraph or a row of a table is a line, the body first,
so that line 12 is the 12th; then headers, footers, notes, comments, deleted words, descriptions of pictures, addresses
of links and properties, each under its name. Of a mail: its headers and its text.

Nothing is obeyed: no entity is expanded, no link followed, and a package that unpacks to more than it should is
refused.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile
import zlib
from email.errors import MessageError
from email.message import EmailMessage

from runbook.errors import BadContent
from runbook.notices.wordxml import Gathered, NotRead, gather, heading_styles, link_targets, properties
from runbook.speech import Message, say

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x80\xa0\uf8f1-\uf8f3]")
"""In a text that is not UTF-8: control characters, and what Python makes of bytes that CP932 does not have."""
_MAIL = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")


def read_foreign(raw: bytes, name: str) -> str:
    """The text of a file, of whatever kind. `name` is what complaints call it. Raises BadContent where it is none."""
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _word(raw, name)
    for begin, kind, hint in _OTHERS:
        if raw.startswith(begin):
            raise BadContent(say("{file} is {kind}: its text cannot be read.", file=name, kind=kind), hint)
    head = _MAIL.match(raw.replace(b"\r\n", b"\n")[:20_000])
    if head and b"mime-version:" in head[0].lower():
        return _mail(raw, name)
    return read_text(raw, name)


_OTHERS: tuple[tuple[bytes, Message, Message], ...] = (
    (b"%PDF", say("a PDF"), say("Check the document it was made from, or copy its text into a text file.")),
    (
        b"\xd0\xcf\x11\xe0",
        say("an older Office file, or one protected with a password"),
        say("Open it, remove the protection, and save it as docx."),
    ),
    (b"{\\rtf", say("an RTF file"), say("Save it as docx or as plain text.")),
)


def read_text(raw: bytes, name: str) -> str:
    """A text in UTF-8 or UTF-16 with its mark, ISO-2022-JP, or as Windows in Japan writes it (CP932). Raises
    BadContent."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x1b$" in raw:
        encodings = ["iso2022_jp", "utf-8"]
    else:
        encodings = ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf-8") or not _NO_TEXT.search(text):
            return text
    raise BadContent(
        say("{file} is no text in UTF-8 or CP932 (Shift_JIS).", file=name),
        say("Save it as plain text in UTF-8, as HTML, or as docx."),
    )


def _mail(raw: bytes, name: str) -> str:
    """A mail's headers that people see, and its texts."""
    try:
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)  # what this policy makes
        lines = [f"{head}: {mail[head]}" for head in ("Subject", "From", "To", "Cc", "Bcc", "Reply-To") if mail[head]]
        parts = [part for part in mail.walk() if part.get_content_maintype() == "text"]
        texts = [
            read_text(_payload(part), name) if part.get_content_charset() is None else _said(part) for part in parts
        ]
        files = [part.get_filename() for part in mail.walk() if part.get_filename()]
    except (MessageError, LookupError, ValueError) as error:
        raise _broken(name, type(error).__name__) from None
    return "\n".join([*lines, *(str(file) for file in files), "", *texts])


def _payload(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _said(part: EmailMessage) -> str:
    return _payload(part).decode(part.get_content_charset() or "utf-8", errors="replace")


# Word

_STYLES, _NOTHING = "word/styles.xml", b"<none/>"
_MOST_PARTS = 3000
_LARGEST = 60_000_000
"""Bytes of all the parts of a package that are read."""
_SILENT = re.compile(r"word/(?:stylesWithEffects|settings|webSettings|fontTable|numbering|theme/.*)\.xml")
_TITLES = (
    ("header", "― ヘッダー / header ―"),
    ("footer", "― フッター / footer ―"),
    ("footnotes", "― 脚注 / footnotes ―"),
    ("endnotes", "― 文末脚注 / endnotes ―"),
    ("comments", "― コメント / comments ―"),
    ("core", "― プロパティ / properties ―"),
    ("app", "― プロパティ / properties ―"),
    ("custom", "― プロパティ / properties ―"),
)


def _word(raw: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return _read(package, name)
    except NotRead as refused:
        raise _broken(name, refused.args[0]) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise _broken(name, str(error)[:100]) from None


def _broken(name: str, why: Message | str) -> BadContent:
    return BadContent(
        say("{file} cannot be read: {reason}.", file=name, reason=why),
        say("Open it in the program that made it and save it again, or save it as plain text."),
    )


def _read(package: zipfile.ZipFile, name: str) -> str:
    names = package.namelist()
    body = "word/document.xml"
    if body not in names:
        raise BadContent(
            say("{file} is a ZIP or an Office file that is no Word document.", file=name),
            say("Save its text as docx or as plain text."),
        )
    if len(names) > _MOST_PARTS:
        raise NotRead(say("it has too many parts"))
    parts = _unpacked(package, [body, *sorted({*names} - {body})])
    headings = heading_styles(parts.pop(_STYLES, _NOTHING))
    lines: list[str] = []
    hidden = Gathered()
    for part, data in parts.items():
        if part.endswith(".rels"):
            hidden.links += link_targets(data)
        elif part.startswith("docProps/"):
            lines += _under(part, properties(data))
        else:
            found = gather(data, headings)
            lines += found.lines if part == body else _under(part, found.lines)
            hidden = hidden.with_hidden(found)
    return "\n".join([*lines, *hidden.hidden_lines()]) + "\n"


def _under(part: str, lines: list[str]) -> list[str]:
    """The lines of a part under its name; nothing where there are none."""
    name = part.rpartition("/")[2]
    title = next((title for begin, title in _TITLES if name.startswith(begin)), f"― {name} ―")
    said = [line for line in lines if line]
    return ["", title, *said] if said else []


def _unpacked(package: zipfile.ZipFile, names: list[str]) -> dict[str, bytes]:
    """The parts with text in them. Raises NotRead where they unpack to more than a document has."""
    left = _LARGEST
    parts: dict[str, bytes] = {}
    for name in names:
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml" and not _SILENT.fullmatch(name):
            with package.open(name) as part:
                parts[name] = part.read(left + 1)
            left -= len(parts[name])
            if left < 0:
                raise NotRead(say("it unpacks to more than {size} MB", size=_LARGEST // 1_000_000))
    return parts
