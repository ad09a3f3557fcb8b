"""Small cases for tests: a playbook of a few steps, and a case that acts can be tried on without a store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from runbook.actions.deciding import By, Decision
from runbook.case import Case
from runbook.events import Act, Event, IncidentOpened
from runbook.fold import evolve
from runbook.moment import Moment
from runbook.playbook import Check, Due, FactSpec, Field, Phase, Playbook, Register, Source, Step, Warning
from runbook.speech import Bilingual

TOKYO = ZoneInfo("Asia/Tokyo")
START = datetime(2022, 6, 22, 15, 45, tzinfo=TOKYO)


def both(text: str) -> Bilingual:
    return Bilingual(text, text)


YES_NO_FACTS = ("malicious", "encrypted", "my_number", "search_ongoing")


def small_playbook() -> Playbook:
    """Two phases, four steps: enough for every kind of field, condition, due time and warning."""
    facts = {
        "noticed_at": FactSpec("noticed_at", "time", both("Noticed")),
        "known_at": FactSpec("known_at", "time", both("Known")),
        "found_at": FactSpec("found_at", "time", both("Found")),
        "persons": FactSpec("persons", "integer", both("Persons")),
        "police_station": FactSpec("police_station", "text", both("Station")),
        "hotline_number": FactSpec("hotline_number", "telephone", both("Hotline")),
        "affiliation": FactSpec("affiliation", "text", both("Affiliation")),
        "protection_note": FactSpec("protection_note", "text", both("Protection"), guard="password"),
        "cause": FactSpec("cause", "choice", both("Cause"), choices={"loss": both("loss"), "theft": both("theft")}),
        "law_as_of": FactSpec("law_as_of", "date", both("Law as of")),
        "regimes": FactSpec("regimes", "list", both("Regimes")),
    } | {name: FactSpec(name, "yesno", both(name)) for name in YES_NO_FACTS}
    notice = Step(
        "notice-what",
        both("What was noticed"),
        both("why"),
        (both("Ask who noticed."),),
        checks=(Check("asked", both("Asked")), Check("written", both("Written"))),
        fields=(
            Field("noticed", "time", both("Noticed"), fact="noticed_at", required=True),
            Field("who", "person", both("Who")),
            Field("known", "time", both("Known"), fact="known_at"),
        ),
        due=Due("opened", within="30min", target=True),
    )
    police = Step(
        "police",
        both("Police report"),
        both("why"),
        (both("Go there."),),
        fields=(Field("station", "text", both("Station"), fact="police_station", required=True),),
        requires=("notice-what",),
        due=Due("known_at", within="3h", source="law"),
        told=("head",),
    )
    theft = Step("theft", both("Theft report"), both("why"), (), when="cause == theft")
    press = Step(
        "press",
        both("Press conference"),
        both("why"),
        (),
        fields=(
            Field("note", "text", both("Note"), guard="password"),
            Field("members", "register", both("Members"), register="members"),
        ),
        warnings=("password",),
        due=Due("known_at", by_day=5),
    )
    return Playbook(
        "small",
        "2026-11-21",
        both("Small"),
        both("for tests"),
        (Phase("first", both("First"), (notice, police, theft)), Phase("publish", both("Publish"), (press,), "p")),
        facts,
        warnings={"password": Warning("password", both("Password"), both("text"), both("why"), "law")},
        registers={
            "members": Register(
                "members",
                both("Members"),
                "name",
                (Field("name", "text", both("Name"), required=True), Field("reading", "text", both("Reading"))),
            )
        },
        roles={"head": both("Head")},
        sources={"law": Source("law", both("The law"), "law", "official")},
    )


def opened_case(playbook: Playbook | None = None, now: datetime = START) -> Case:
    """A case that was opened just now."""
    playbook = playbook or small_playbook()
    data = IncidentOpened("USB", playbook.id, "live", "Asia/Tokyo", {"playbook": "0" * 64})
    event = Event("20220622-test", 1, "o:1", now, "exact", now, now, "sato", "seat", data)
    return Case(evolve(None, event), playbook, now)


def recorded(case: Case, acts: Sequence[Act], actor: str = "sato", batch: str = "") -> Case:
    """The case after these acts, as the desk would record them in one go."""
    incident = case.incident
    batch = batch or f"b{incident.seq}"
    for n, act in enumerate(acts, 1):
        moment = act.moment or Moment(case.now)
        event = Event(
            incident.id,
            incident.seq + 1,
            f"{batch}:{n}",
            moment.at,
            moment.precision,
            case.now,
            case.now,
            actor,
            "seat",
            act.data,
        )
        incident = evolve(incident, event, f"{incident.seq + 1:064x}")
    return msgspec.structs.replace(case, incident=incident)


def done(case: Case, decision: Decision, actor: str = "sato", seen: int | None = None) -> Case:
    """The case after a decision that is taken and recorded at once."""
    return recorded(case, decision(case, By(actor, seen, case.incident.seq)), actor)


def later(case: Case, **length: float) -> Case:
    """The same case, some time later."""
    return msgspec.structs.replace(case, now=case.now + timedelta(**length))
