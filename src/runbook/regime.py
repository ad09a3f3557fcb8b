"""What a law's regime is, once it has been read: its duties, when they arise, and by when they are owed.

The YAML form is described in docs/regime-format.md. A regime is data with sources; nothing here knows an incident.
"""

from typing import Literal, TypeAlias

import msgspec

from runbook.declared import FactSpec, Source
from runbook.speech import Bilingual


class Hours(msgspec.Struct, frozen=True, tag="hours"):
    """So many hours from the very instant; nights, weekends and holidays count, and nothing moves the end."""

    hours: int


class Days(msgspec.Struct, frozen=True, tag="days"):
    """So many calendar days, the day of the start being day 1. With `rolls` an end on a closed day moves to the next
    open one; closed days on the way are counted."""

    days: int
    rolls: bool = False


class DaysAfter(msgspec.Struct, frozen=True, tag="days_after"):
    """So many calendar days after the day of the start, which is not counted; never moved."""

    days: int


class TargetDays(msgspec.Struct, frozen=True, tag="target_days"):
    """What guidance aims at: between day `first` and day `last`, the day of the start being day 1. Not a statute's day
    count, and never moved."""

    first: int
    last: int


class BusinessDays(msgspec.Struct, frozen=True, tag="business_days"):
    """So many open days after the day of the start."""

    days: int


class WithoutDelay(msgspec.Struct, frozen=True, tag="without_delay"):
    """The law names no date. `aim` is how long our own internal target is, such as "24h"."""

    aim: str


class DaysAfterYearEnd(msgspec.Struct, frozen=True, tag="days_after_year_end"):
    """So many calendar days after the end of the calendar year of the start."""

    days: int


Rule: TypeAlias = Hours | Days | DaysAfter | TargetDays | BusinessDays | WithoutDelay | DaysAfterYearEnd
"""The closed set of deadline rules. Days end at 23:59:59 in the regime's zone."""


class Reading(msgspec.Struct, frozen=True):
    """One reading of a duty's deadline. It counts once `when` holds by confirmed facts alone; until then it stands
    beside the next reading, and the earlier of them is worked to. The last reading has no `when`."""

    rule: Rule
    source: str
    when: str = ""
    title: Bilingual | None = None


class Addressee(msgspec.Struct, frozen=True):
    """Who is to be told; where `when` is not known, perhaps they."""

    name: Bilingual
    when: str = ""


class Occasion(msgspec.Struct, frozen=True):
    """An item of the law's list of what must be reported. Facts that are merely claimed are enough."""

    id: str
    title: Bilingual
    when: str
    source: str


class Exemption(msgspec.Struct, frozen=True):
    """What takes a duty away. It does so only once `when` holds by confirmed facts alone."""

    id: str
    title: Bilingual
    when: str
    source: str


class Assumption(msgspec.Struct, frozen=True):
    """What a fact counts as while nobody knows it."""

    fact: str
    value: str
    source: str


class Note(msgspec.Struct, frozen=True):
    """Something to know about a duty, shown unless `when` is false."""

    text: Bilingual
    source: str
    when: str = ""


class Force(msgspec.Struct, frozen=True):
    """From and to which day (ISO; inclusive; empty: unknown or open) a law is in force, and where that is known
    from."""

    start: str = ""
    end: str = ""
    source: str = ""


Binding: TypeAlias = Literal["statute", "guideline", "effort"]
"""How a duty binds: by statute, by an authority's guideline, or as something to strive for."""


class Duty(msgspec.Struct, frozen=True):
    """One reporting obligation.

    It arises where `when` holds and, as `arises` says, any or none of the regime's occasions does ("always": whatever
    they say). `start` is a time fact, or `duty:ID` for the time another duty was met. `party` is whose duty it is where
    it is not the organisation's own. `late` is what the law wants said where it is missed.
    """

    id: str
    title: Bilingual
    to: tuple[Addressee, ...]
    start: str
    deadlines: tuple[Reading, ...]
    sources: tuple[str, ...]
    when: str = ""
    arises: Literal["any", "none", "always"] = "any"
    occasions: tuple[str, ...] = ()
    """The occasions that count for this duty; empty for all of the regime's."""
    items: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    binding: Binding = "statute"
    party: Bilingual | None = None
    force: Force = Force()
    late: Bilingual | None = None
    notes: tuple[Note, ...] = ()


class Regime(msgspec.Struct, frozen=True):
    """One law's duties. `as_of` is the day its texts were read; `zone` is that of its days (empty: the incident's);
    `calendar` names its closed days ("JP", another country's code, or "" where it needs none); `default` is whether it
    is asked without being named in the fact `regimes`."""

    id: str
    title: Bilingual
    as_of: str
    duties: tuple[Duty, ...]
    sources: dict[str, Source]
    zone: str = ""
    calendar: str = ""
    default: bool = False
    force: Force = Force()
    facts: dict[str, FactSpec] = {}
    assumptions: tuple[Assumption, ...] = ()
    occasions: dict[str, Occasion] = {}
    exemptions: dict[str, Exemption] = {}
    items: dict[str, Bilingual] = {}
