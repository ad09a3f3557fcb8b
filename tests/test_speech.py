"""The reader of catalogues, beside the standard library's, which is its measure."""

from __future__ import annotations

import gettext
import struct
from pathlib import Path

import pytest

from runbook import speech
from runbook.speech import Bilingual, say, speaker


def test_every_sentence_is_read_as_gettext_reads_it() -> None:
    theirs = gettext.translation("runbook", Path(speech.__file__).parent / "locale", ["ja"])
    ours = speech._sentences("ja")
    assert len(ours) > 500
    assert {id: said for id, said in ours.items() if id} == {id: theirs.gettext(id) for id in ours if id}


@pytest.mark.parametrize("order", ["<", ">"])
def test_catalogues_of_any_machine_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    texts = [text.encode() + b"\0" for text in ("", "Yes", "見出し: 1", "はい")]
    lists = b"".join(
        struct.pack(f"{order}2I", len(text) - 1, 60 + sum(len(before) for before in texts[:n]))
        for n, text in enumerate(texts)
    )
    head = struct.pack(f"{order}7I", 0x950412DE, 0, 2, 28, 44, 0, 60)
    folder = tmp_path / "ja" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "runbook.mo").write_bytes(head + lists + b"".join(texts))
    monkeypatch.setattr(speech, "_CATALOGUES", tmp_path)
    assert speech._sentences("ja")["Yes"] == "はい"


def test_without_a_catalogue_everything_is_said_in_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_CATALOGUES", tmp_path)
    assert speaker.__wrapped__("ja")(say("Nothing is due.")) == "Nothing is due."


def test_a_title_with_quotation_marks_of_its_own_has_inner_ones_within_others() -> None:
    quoted = Bilingual("「なくしたのは協力会社の社員です」", '"It was an employee of our partner firm"')
    arrived = say("“{title}” has arrived already.", title=quoted)
    assert speaker("ja")(arrived) == "「『なくしたのは協力会社の社員です』」はもう届いています。"
    assert speaker("en")(arrived) == "“‘It was an employee of our partner firm’” has arrived already."
    alone = say("{number} {title}", number=10, title=quoted)
    assert speaker("ja")(alone) == "10 「なくしたのは協力会社の社員です」"
    typed = say("“{title}” has arrived already.", title="「a」")  # what people typed is shown as they typed it
    assert speaker("ja")(typed) == "「「a」」はもう届いています。"
