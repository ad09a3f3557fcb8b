"""What a template sees of the registers: the committee's members, measures, reports to authorities, the contractors.

Each column that is empty is “being confirmed” where it is written, and no in a condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from runbook.case import Case
from runbook.events import Value
from runbook.incident import Row, is_answer
from runbook.notices.phrases import Tone
from runbook.notices.views import Used, View, Word, in_words
from runbook.playbook import Field
from runbook.wording.ja import kana_key

_HONORIFIC = re.compile(r"\s*(?:氏|様|さん|先生)$")


class RowView(View):
    """A row of a register."""

    REGISTER: ClassVar[str]

    def __init__(self, key: str, row: Row, case: Case, tone: Tone, used: Used) -> None:
        self._key = key
        self._row = row
        self._case = case
        self._tone = tone
        self._used = used

    def _value(self, column: str) -> Value | None:
        self._used.facts[f"row:{self.REGISTER}:{self._key}"] = self._row.touch.seq
        return self._row.values.get(column)

    def _said(self, column: str) -> str:
        value = self._value(column)
        if not is_answer(value):
            return Word(self._tone.phrases.unknown)
        return in_words(value, self._spec(column), self._tone, lambda text: self._used.text(self.REGISTER, text))

    def _spec(self, column: str) -> Field | None:
        register = self._case.playbook.registers.get(self.REGISTER)
        return next((one for one in register.columns if one.id == column), None) if register else None


class MemberView(RowView):
    """A member of the committee, without honorific."""

    SHOWS = frozenset({"name", "reading", "affiliation", "role"})
    REGISTER = "members"

    @property
    def name(self) -> str:
        said = self._said("name")
        return _HONORIFIC.sub("", said) or said

    @property
    def reading(self) -> str:
        return self._said("reading")

    @property
    def affiliation(self) -> str:
        return self._said("affiliation")

    @property
    def role(self) -> str:
        return self._said("role")


class MeasureView(RowView):
    """A preventive measure."""

    SHOWS = frozenset({"title", "owner", "due", "state", "done", "done_in"})
    REGISTER = "measures"

    @property
    def title(self) -> str:
        return self._said("title")

    @property
    def owner(self) -> str:
        return self._said("owner")

    @property
    def due(self) -> str:
        return self._said("due")

    @property
    def state(self) -> str:
        return self._said("state")

    @property
    def done(self) -> bool:
        return self._value("state") == "done"

    @property
    def done_in(self) -> str:
        """When it was done, as recorded: often only a month is known."""
        return self._said("done_in")


class FilingView(RowView):
    """A report to another authority."""

    SHOWS = frozenset({"authority", "at", "receipt"})
    REGISTER = "filings"

    @property
    def authority(self) -> str:
        return self._said("authority")

    @property
    def at(self) -> str:
        return self._said("filed_at")

    @property
    def receipt(self) -> str:
        return self._said("receipt")


class CustodyView(RowView):
    """A company that had the data: the contractor is tier 1. `approved` counts as yes only where it is yes."""

    SHOWS = frozenset({"organisation", "tier", "approved"})
    REGISTER = "custody"

    @property
    def organisation(self) -> str:
        return self._said("organisation")

    @property
    def tier(self) -> str:
        return self._said("tier")

    @property
    def approved(self) -> str:
        said = self._said("approved")
        return said if self._value("approved") == "yes" else Word(said)


ROWS: dict[str, type[RowView]] = {view.REGISTER: view for view in (MemberView, MeasureView, FilingView, CustodyView)}
"""The registers a template can name."""
LISTS = frozenset({"datasets", *ROWS})
"""What a template may require beside facts: at least one data set, or one row of a register."""


def rows_of(case: Case, tone: Tone, used: Used) -> dict[str, list[RowView]]:
    """The rows of each of them: members in the order of the fifty sounds by reading, custody by tier, the rest as
    recorded."""
    return {
        name: [view(key, row, case, tone, used) for key, row in _ordered(name, case.incident.rows(name).items())]
        for name, view in ROWS.items()
    }


def _ordered(register: str, rows: Iterable[tuple[str, Row]]) -> list[tuple[str, Row]]:
    if register == "members":
        return sorted(rows, key=lambda one: (not _text(one[1], "reading"), kana_key(_text(one[1], "reading"))))
    if register == "custody":
        return sorted(rows, key=lambda one: tier if isinstance(tier := one[1].values.get("tier"), int) else 99)
    return list(rows)


def _text(row: Row, column: str) -> str:
    value = row.values.get(column, "")
    return value if isinstance(value, str) else getattr(value, "text", None) or ""
