"""What a template sees of the house: its name, its spelling, the section that answers, and its desks."""

from __future__ import annotations

from runbook.case import Case
from runbook.notices.house import HouseDesk
from runbook.notices.phrases import Tone
from runbook.notices.views import FactView, Used, View
from runbook.speech import Bilingual


class DeskView(View):
    """A desk of the house. What it does not have is empty, and no in a condition."""

    SHOWS = frozenset({"name", "purpose", "phone", "fax", "hours"})

    def __init__(self, desk: HouseDesk, tone: Tone, used: Used) -> None:
        self._desk = desk
        self._tone = tone
        self._used = used

    def _said(self, text: Bilingual) -> str:
        return self._used.text("house", text.said(self._tone.language))

    @property
    def name(self) -> str:
        return self._said(self._desk.name)

    @property
    def purpose(self) -> str:
        return self._said(self._desk.purpose)

    @property
    def phone(self) -> str:
        return self._desk.phone

    @property
    def fax(self) -> str:
        return self._desk.fax

    @property
    def hours(self) -> str:
        return self._said(self._desk.hours)


class HouseView(View):
    """The house. What its style does not tell is empty, and no in a condition; its name is then the incident's
    organisation, as sure as that fact is."""

    SHOWS = frozenset({"name", "leak", "section", "section_head", "section_phone", "page_number", "signature", "desks"})

    def __init__(self, case: Case, tone: Tone, used: Used) -> None:
        self._case = case
        self._tone = tone
        self._used = used
        self._house = tone.house

    def _said(self, text: Bilingual) -> str:
        return self._used.text("house", text.said(self._tone.language))

    @property
    def name(self) -> str:
        return self._said(self._house.name) or str(
            FactView("organization", self._case, self._tone, self._used, required=True)
        )

    @property
    def leak(self) -> str:
        """The word for a leak, as this house spells it."""
        return self._house.leak if self._tone.language == "ja" else "leak"

    @property
    def section(self) -> str:
        return self._said(self._house.section)

    @property
    def section_head(self) -> str:
        return self._said(self._house.section_head)

    @property
    def section_phone(self) -> str:
        return self._house.section_phone

    @property
    def page_number(self) -> str:
        return self._house.page_number

    @property
    def signature(self) -> list[str]:
        return [self._said(line) for line in self._house.signature]

    @property
    def desks(self) -> list[DeskView]:
        return [DeskView(desk, self._tone, self._used) for desk in self._house.desks]
