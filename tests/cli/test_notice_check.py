"""`notice check` of files that others wrote, in whatever program."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from runbook.notices.formats import write
from tests.cli.conftest import Runbook
from tests.documenting import document

SECRET = "# お知らせ\n\nパスワードは8桁の英数字です。\n"


@pytest.mark.parametrize(
    ("name", "line"), [("a.md", 3), ("a.html", 0), ("a.txt", 4), ("a.docx", 2), ("a.eml", 0), ("wrongly-named.txt", 2)]
)
def test_a_secret_is_found_in_every_format_and_named_by_its_line(
    runbook: Runbook, tmp_path: Path, name: str, line: int
) -> None:
    path = tmp_path / name
    ending = path.suffix[1:] if "wrongly" not in name else "docx"
    path.write_bytes(write(document(SECRET), ending))  # type: ignore[arg-type]  # each of them is a format
    said = runbook("notice", "check", str(path), code=1)
    assert "G01" in said.out
    assert str(path) + (f":{line}: " if line else "") in said.out


def test_a_text_of_windows_is_read(runbook: Runbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SECRET.encode("cp932"))
    assert "G01" in runbook("notice", "check", str(path), code=1).out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SECRET.encode("cp932"))))
    assert "-:3: G01" in runbook("notice", "check", "-", code=1).out


def test_what_is_no_text_is_a_sentence(runbook: Runbook, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n\x80\x81")
    assert f"{path} is a PDF" in runbook("notice", "check", str(path), code=2).err
