"""What each format of a notice takes, beside the bare call of the library it is made with, on the same words."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pypandoc
import typst
from markdown_it import MarkdownIt
from pylopdf_fonts_jp import sans_path

from bench.table import Row, beyond
from runbook.notices.documents import Document, FormatName
from runbook.notices.formats import write

_TIMES = 9
_ROW = "| 住民基本台帳 | 46万517人 | 統一コード、氏名、郵便番号、住所、生年月日、性別 | 令和4年6月23日午前11時 |\n"
_SECTION = (
    "## 捜索の状況\n\n媒体は、6月23日午前11時の時点で見つかっていません。**捜索を続けています**。"
    "漏れた可能性は否定できません。そのおそれがあるものとして対応しています。\n\n"
    "- 口座などの情報が含まれています。通帳や利用明細を確かめてください。\n- 電話：0120-746-370\n\n"
)
NOTICE = (
    "# 個人情報を含む媒体の紛失について（第1報）\n\n"
    + _SECTION * 7
    + "| データ項目 | 件数 | 含まれる情報 | 件数の時点 |\n| --- | --- | --- | --- |\n"
    + _ROW * 6
)
"""As long as a first notice: three pages of A4."""


def written() -> Iterator[Row]:
    """A row for each format."""
    document = Document(
        markdown=NOTICE,
        written="ja",
        title="個人情報を含む媒体の紛失について（第1報）",
        stem="first-notice-ja",
        issued=datetime(2022, 6, 23, 14, tzinfo=ZoneInfo("Asia/Tokyo")),
        organization="甲市",
        drill="drill",
    )
    text, page = write(document, "txt").decode(), write(document, "html").decode()
    reader = MarkdownIt("commonmark").enable("table")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sans_path().parent])
    bare: dict[FormatName, tuple[str, Callable[[], object]]] = {
        "md": ("str.encode", NOTICE.encode),
        "txt": ("markdown-it, parsing alone", lambda: reader.parse(NOTICE)),
        "html": ("markdown-it", lambda: reader.render(NOTICE)),
        "eml": ("email.message", lambda: _mail(text, page)),
        "docx": ("pypandoc", _pandoc),
        "pdf": ("typst", lambda: typst.compile(_typst(), format="pdf", font_paths=fonts)),
    }
    for format, (name, call) in bare.items():
        ours, theirs = _in_turns(partial(write, document, format), call)
        yield beyond(f"A notice of {len(NOTICE):,} letters as {format}: median", ours, name, theirs)


def _mail(text: str, page: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail.set_content(text, charset="utf-8", cte="base64")
    mail.add_alternative(page, subtype="html", charset="utf-8", cte="base64")
    return mail.as_bytes()


def _pandoc() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pypandoc.convert_text(NOTICE, "docx", format="markdown", outputfile=str(Path(folder) / "a.docx"))


def _typst() -> bytes:
    """The same words as paragraphs, without any setting but the font."""
    lines = "\n\n".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in NOTICE.splitlines() if line)
    return f'#set text(font: "Noto Sans JP")\n{lines}'.encode()


def _in_turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Medians of both, each measured between two of the other; the first call of each is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for n in range(_TIMES + 1):
        for work, found in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            work()
            if n:
                found.append(time.perf_counter() - began)
    return median(times[0]), median(times[1])
