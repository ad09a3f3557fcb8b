"""The kinds of notice that can be written: their numbers, names and readers. The list is templates/kinds.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, get_args

import msgspec

from runbook.speech import Bilingual, Language

Audience: TypeAlias = Literal["citizens", "persons", "authorities", "press", "staff", "partners"]
"""Whom it is written for. `persons` are those whose data it is, `partners` the contractors."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

Written: TypeAlias = Literal["ja", "en", "easy"]
"""How a notice is written: Japanese, English, or easy Japanese (やさしい日本語)."""
WRITTEN: tuple[Written, ...] = get_args(Written)

CORRECTION = "correction"
"""The kind that puts right what other notices said (D07)."""


def tongue(written: Written) -> Language:
    """The language whose words and dates a writing uses."""
    return "en" if written == "en" else "ja"


class NoticeKind(msgspec.Struct, frozen=True):
    """One kind, known by its D-number ("D02") or its slug ("first-notice").

    A `public` one can be read by anyone once it is out, whomever it is written for; a `report` is numbered in a series
    (第2報). Publishing one that `files` duties meets those of them that are open. It is compared with what was filed
    before: the last of its own kind, or of those it `follows`. `out_at` is the fact that says when one was first out.
    """

    id: str
    slug: str
    title: Bilingual
    audience: Audience
    public: bool = False
    report: bool = False
    files: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    out_at: str = ""

    @property
    def filing(self) -> bool:
        """Whether it goes to an authority or the entrusting party, or stays in the file, as a law asks. What changes
        afterwards is told by the next one, and not by a correction in public."""
        return bool(self.files) and self.audience != "persons"


def find_kind(kinds: Iterable[NoticeKind], name: str) -> NoticeKind | None:
    """The kind with this slug or D-number ("d02" counts as "D02")."""
    return next((kind for kind in kinds if name == kind.slug or name.upper() == kind.id), None)
