"""What of an incident the rules must know: one frozen value, made by `notices.checking` from a case.

Without an incident the careful reading applies: the medium is lost, nothing has been examined, nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec

from runbook.moment import Moment
from runbook.notice_kinds import Audience
from runbook.playbook import ClaimStatus
from runbook.speech import Bilingual, Language
from runbook.wording.units import Unit

Plain: TypeAlias = int | str | tuple[str, ...] | Moment
"""A fact's value: numbers, times and lists as such; names, texts, choices and yes/no/unknown as text."""
Origin: TypeAlias = Literal["", "export", "sheet"]
"""Where a list of recipients came from: a keyed export, or a worked sheet; "" where there is none."""


class Known(msgspec.Struct, frozen=True):
    """A fact's current claim, and the distinct live sources (none of them empty) that say the same.

    `free`: the value was typed freely, and is not the id of a choice.
    """

    value: Plain
    status: ClaimStatus = "confirmed"
    sources: tuple[str, ...] = ()
    as_of: Moment | None = None
    free: bool = True

    @property
    def settled(self) -> bool:
        """Whether it is confirmed, and says more than that nobody knows."""
        unknown = self.value in ("", "unknown", ()) or (isinstance(self.value, Moment) and self.value.at is None)
        return self.status == "confirmed" and not unknown


class Counted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A data set as it stands. A `count` of None: nobody has counted."""

    name: str
    count: int | None
    unit: Unit = "records"
    fields: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    as_of: Moment | None = None
    source: str = ""
    estimate: bool = False


class Earlier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A publication that still stands. `text` is empty where it was redacted."""

    kind: str
    at: datetime
    text: str = ""
    corrected: bool = False


class Changed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that a standing, uncorrected publication of `kind` rests on and that is another now.

    `name` is the fact's, or `dataset:NAME` or `row:REGISTER:KEY`.
    """

    name: str
    kind: str
    fact: Bilingual
    was: Bilingual
    now: Bilingual


class Mail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes out with a text by mail or post. Attachments are sha256 digests; `to` holds To and Cc together.

    `intact` tells whether the list of recipients still has the hash it was exported with.
    """

    to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    approved_attachments: tuple[str, ...] = ()
    recipients: Origin = ""
    intact: bool = True


class State(msgspec.Struct, frozen=True):
    """Everything the rules may ask. `now` is in the incident's zone, and None where there is no incident."""

    lost: bool = True
    examined: bool = False
    approved: frozenset[str] = frozenset()
    """Further sentences on the secret released by two people in this incident, as written."""
    quoted: frozenset[str] = frozenset()
    """What the laws themselves call their occasions and exemptions (“500 persons or more”), in a text that explains the
    reckoning: a rule that trips within such a name finds nothing of the incident."""

    kind: str = ""
    audience: Audience | None = None
    report_due: bool = False
    """A law that applies wants a report to an authority. Only completeness rules ask: False where none is named."""
    filing: bool = False
    """It goes to an authority and is compared with the last one: no public correction, and it waits for none."""
    tongue: Language = "ja"
    named: frozenset[str] = frozenset()
    """The completeness rules that the kind's template names."""

    now: datetime | None = None
    facts: Mapping[str, Known] = {}
    datasets: tuple[Counted, ...] = ()

    kinds_kept: frozenset[str] = frozenset()
    """Slugs of the other kinds of which a version is kept in the record. One of its own changes no finding: what is
    drafted and then submitted is checked once."""
    published: tuple[Earlier, ...] = ()
    """The publications that stand, oldest first."""
    changed: tuple[Changed, ...] = ()
    rests_on: frozenset[str] | None = None
    """The facts the text was made of; None for a text from elsewhere, which may rest on anything."""
    contact_was: str = ""
    """A hotline number published before, where it is another now."""
    numbers: tuple[str, ...] = ()
    """Further telephone numbers that may be given: those of the house."""

    mail: Mail | None = None
    untold: frozenset[str] = frozenset()
    """The real cases that a drill must not tell of yet."""

    @property
    def kinds_published(self) -> frozenset[str]:
        return frozenset(earlier.kind for earlier in self.published)

    def value(self, fact: str) -> Plain | None:
        """What is claimed at present, confirmed or not; None where nothing is."""
        known = self.facts.get(fact)
        return known.value if known is not None else None

    def confirmed(self, fact: str) -> Plain | None:
        """The value, where it is confirmed and not "unknown"."""
        known = self.facts.get(fact)
        return known.value if known is not None and known.settled else None

    def text(self, fact: str) -> str:
        """The value where it is a text that tells something, else ""."""
        value = self.value(fact)
        return value if isinstance(value, str) and value != "unknown" else ""

    def count(self, fact: str) -> int | None:
        """The value where it is a number."""
        value = self.value(fact)
        return value if isinstance(value, int) else None

    def at(self, fact: str) -> datetime | None:
        """The value where it is a time that is known."""
        value = self.value(fact)
        return value.at if isinstance(value, Moment) else None


def with_facts(state: State, facts: Mapping[str, Known]) -> State:
    """The state with these facts. Only a confirmed `found_at` ends the loss, and only a confirmed `forensic_result`
    the examination: hearsay and interim results release nothing.
    """

    def settled(fact: str) -> bool:
        return fact in facts and facts[fact].settled

    return msgspec.structs.replace(
        state, facts=facts, lost=not settled("found_at"), examined=settled("forensic_result")
    )
