"""What happens where something is missing: the extra, room on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runbook.errors import BadContent
from runbook.notices.documents import FormatName
from runbook.notices.formats import write
from tests.documenting import document

EXTRA = ("pypandoc", "typst", "pylopdf_fonts_jp")


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch):
    """Takes packages away."""

    def take(*names: str) -> None:
        for name in names:
            monkeypatch.setitem(sys.modules, name, None)

    return take


@pytest.mark.parametrize(("format", "missing"), [("docx", "pypandoc"), ("pdf", "typst"), ("pdf", "pylopdf_fonts_jp")])
def test_without_the_extra_it_says_what_to_install_and_what_works(without, format: FormatName, missing: str) -> None:
    without(missing)
    with pytest.raises(BadContent, match="documents") as refused:
        write(document(), format)
    hint = str(refused.value.hint)
    assert "pip install 'lost-media-runbook[documents]'" in hint
    assert "html, txt" in hint


@pytest.mark.parametrize("format", ["md", "html", "txt", "eml"])
def test_the_others_work_without_the_extra(without, format: FormatName) -> None:
    without(*EXTRA)
    assert write(document(), format)


@pytest.mark.skipif(os.name == "nt", reason="limits are POSIX")
def test_a_full_disk_leaves_no_half_written_document(tmp_path: Path) -> None:
    """The system itself refuses to write more than 4,000 bytes."""
    target = tmp_path / "first-notice.pdf"
    target.write_bytes(b"the one before")
    program = """
import resource, sys
from pathlib import Path
from runbook.errors import BadContent
from runbook.notices.files import write_whole
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    write_whole(Path(sys.argv[1]), b"x" * 10_000)
except BadContent as refused:
    print(refused)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(target)], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert "cannot be written" in done.stdout, done.stderr
    assert target.read_bytes() == b"the one before"
    assert [path.name for path in tmp_path.iterdir()] == ["first-notice.pdf"]


def test_the_table_of_formats_loads_nothing_heavy() -> None:
    heavy = {"markdown_it", "pylopdf_fonts_jp", "pypandoc", "typst"}
    program = f"import sys, runbook.notices.formats; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
