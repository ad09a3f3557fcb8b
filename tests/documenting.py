"""For tests of the formats: a document, and the words a stranger finds in each of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pypdf

from runbook.notices.documents import Document, FormatName

JST = ZoneInfo("Asia/Tokyo")
SAMPLE = """\
# 情報をなくしたことについて（第1報）

甲市は、市民の皆さんの情報が入った**USBメモリー**をなくしました。{申|もう}し{訳|わけ}ありません。
対象となる方は、46万517人（令和4年6月23日午前11時現在）です。

## 大切なこと

1. 暗証番号を聞く電話には、答えないでください。
   - すぐに切ってください。
   - 0120-746-370に電話してください。ファクスは06-4950-6026です。
2. 通帳を確かめてください。

> 市の職員が、皆さんの家に行くことはありません。

### 入っていた情報

表1：入っていた情報

| 情報 | 件数 | いつの数か |
| --- | ---: | --- |
| 住民基本台帳 A\\|B | 46万517人 | 令和4年6月23日正午 |
| \\#let x = \\$1\\$ \\<b\\> | 7万4,767件 | 2022年6月22日 |

---

くわしくは[市のページ](https://www.example.jp/usb?a=1&b=2)を見てください。*あわてないで*ください。
"""


def document(markdown: str = SAMPLE, **more: Any) -> Document:
    """An approved document of no drill, unless it is said otherwise."""
    given: dict[str, Any] = {
        "markdown": markdown,
        "written": "ja",
        "title": "情報をなくしたことについて（第1報）",
        "stem": "first-notice-ja",
        "issued": datetime(2022, 6, 23, 14, 0, 7, 123456, tzinfo=JST),
        "organization": "甲市",
        "draft": False,
    }
    return Document(**(given | more))


def words(text: str) -> str:
    """Letters and figures alone: what is said, however it is set."""
    return re.sub(r"[\W_]", "", text)


def pieces(markdown: str) -> list[str]:
    """The words of each line, or cell, of a Markdown text, without the numbers of its lists."""
    lines = [re.sub(r"^\s*\d+\. ", "", line) for line in markdown.splitlines()]
    cells = [cell for line in lines for cell in (re.split(r"(?<!\\)\|", line) if line.startswith("|") else [line])]
    return [found for cell in cells if (found := words(cell))]


class Page(HTMLParser):
    """A page as a parser sees it: tags with their attributes, and what can be read in the body."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.title = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr", "img", "link"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "title" in self._open:
            self.title += data
        elif "body" in self._open:
            self.said.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def package(data: bytes) -> dict[str, ET.Element]:
    """The XML parts of a Word document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        }


def mail(data: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    read = message_from_bytes(data, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def pdf_pages(data: bytes) -> list[str]:
    """What a search finds on each page."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def said_in_word(line: ET.Element) -> str:
    """The words of a paragraph, readings in brackets behind theirs: in the file they stand before them."""
    inside = set(line.iterfind(f".//{W}ruby//{W}t"))
    text = ""
    for found in line.iter():
        if found.tag == f"{W}ruby":
            base, reading = (
                "".join(said.text or "" for said in found.iterfind(f"{W}{part}//{W}t")) for part in ("rubyBase", "rt")
            )
            text += f"{base}（{reading}）"
        elif found.tag == f"{W}t" and found not in inside:
            text += found.text or ""
    return text


def seen(data: bytes, format: FormatName) -> str:
    """What a reader of a file sees of it, marks too; a PDF without what stands below its pages."""
    match format:
        case "html":
            return "\n".join(Page(data.decode()).said)
        case "docx":
            return "\n".join(map(said_in_word, package(data)["word/document.xml"].iter(f"{W}p")))
        case "pdf":
            return "\n".join(re.sub(r"[^\n]*\d+/\d+[^\n]*\Z", "", page) for page in pdf_pages(data))
        case "eml":
            body = mail(data).get_body(("plain",))
            assert body is not None
            return str(body.get_content())
        case _:
            return data.decode()


def rest(text: str, wanted: Sequence[str]) -> str:
    """What is left of the words of a text when the wanted ones are taken out, which must stand there in this order."""
    left, text = "", words(text)
    for piece in wanted:
        before, found, text = text.partition(piece)
        assert found, f"{piece} is missing after {left[-80:]}"
        left += before
    return left + text
