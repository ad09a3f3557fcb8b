"""The examples of the rules: a text, and the incident it is read in. They are content; the tests run each one."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from runbook.guardrails.state import Changed, Counted, Earlier, Known, Mail, Plain, State, with_facts
from runbook.moment import Moment
from runbook.notice_kinds import Audience
from runbook.playbook import ClaimStatus

_NOW = datetime(2022, 6, 23, 2, 0, tzinfo=UTC)
_ZONE = ZoneInfo("Asia/Tokyo")


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact that is not simply confirmed."""

    value: str
    status: ClaimStatus = "claimed"
    sources: tuple[str, ...] = ()
    as_of: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text that trips the rule or passes it, given these facts: plain ones are confirmed.

    With a `kind`, a `now` or anything else of an incident it is read within one, and the kind's template names the
    rule. Values are read as they look: figures as a number, ISO 8601 as a time, anything else as text.
    """

    text: str
    trips: Literal["yes", "no"]
    facts: dict[str, str | Told] = {}
    kind: str = ""
    audience: Audience | None = None
    now: datetime = _NOW
    datasets: tuple[Counted, ...] = ()
    kept: tuple[str, ...] = ()
    published: tuple[Earlier, ...] = ()
    changed: tuple[Changed, ...] = ()
    contact_was: str = ""
    mail: Mail | None = None

    def state(self, rule: str) -> State:
        """The state this example is read in."""
        state = State(
            kind=self.kind,
            audience=self.audience,
            tongue="en" if self.text.isascii() else "ja",
            named=frozenset({rule} if self.kind else ()),
            now=self.now.astimezone(_ZONE),
            datasets=self.datasets,
            kinds_kept=frozenset(self.kept),
            published=self.published,
            changed=self.changed,
            contact_was=self.contact_was,
            mail=self.mail,
        )
        return with_facts(state, {name: _known(told) for name, told in self.facts.items()})


def _known(told: str | Told) -> Known:
    if isinstance(told, str):
        return Known(_plain(told))
    as_of = _plain(told.as_of)
    return Known(_plain(told.value), told.status, told.sources, as_of if isinstance(as_of, Moment) else None)


def _plain(typed: str) -> Plain:
    if typed.isdecimal() and typed == str(int(typed)):
        return int(typed)
    with suppress(ValueError):
        if "T" in typed:
            return Moment(datetime.fromisoformat(typed).astimezone(_ZONE))
    return typed
