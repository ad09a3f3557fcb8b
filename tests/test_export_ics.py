"""The calendar: read back by a library, the same for the same record, raised by every entry, and free of names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from runbook.actions import duties, records, steps
from runbook.actions.deciding import By, Decision
from runbook.actions.facts import claim
from runbook.case import Case
from runbook.content import Content
from runbook.errors import RunbookError
from runbook.export.ics import write
from runbook.regime import Hours, Reading
from runbook.speech import LANGUAGES, Language
from tests.cli.conftest import ACT as ACT_YAML
from tests.cli.conftest import SMALL
from tests.lawful import ACT, duty, told, under
from tests.making import both, done, later, opened_case, recorded

GOLDEN = Path(__file__).parent / "golden" / "calendar.ja.ics"
ABROAD = msgspec.structs.replace(
    ACT, id="abroad", title=both("Abroad"), default=False, duties=(duty("abroad.tell", Reading(Hours(72), "act")),)
)
SURE = {"organization_type": "public_body", "known_at": "15:45", "persons": "200"}


def read(case: Case, language: Language = "en") -> Any:
    return Calendar.from_ical(write(case, language))


def entries(case: Case, language: Language = "en") -> dict[str, Any]:
    """Every task and every day's entry by its UID."""
    return {str(one["UID"]): one for one in read(case, language).subcomponents}


def task(case: Case, id: str) -> Any:
    return entries(case)[f"20220622-test.{id}.task@runbook"]


def day(case: Case, id: str) -> Any:
    return entries(case)[f"20220622-test.{id}.day@runbook"]


def drill(case: Case, *, demo: bool = False) -> Case:
    return msgspec.structs.replace(case, incident=msgspec.structs.replace(case.incident, mode="drill", demo=demo))


# What stands in it


def test_a_deadline_in_hours_is_due_to_the_minute_and_on_its_day() -> None:
    case = under(**SURE)
    todo, whole_day = task(case, "act.every"), day(case, "act.every")
    assert todo["DUE"].dt == datetime(2022, 6, 25, 6, 45, tzinfo=UTC)
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"], todo["CLASS"]) == ("NEEDS-ACTION", 0, "PRIVATE")
    assert whole_day["DTSTART"].dt == date(2022, 6, 25)
    assert (whole_day["STATUS"], whole_day["TRANSP"], whole_day["CLASS"]) == ("CONFIRMED", "TRANSPARENT", "PRIVATE")
    assert str(todo["SUMMARY"]) == str(whole_day["SUMMARY"]) == "act.every"


def test_a_day_ends_with_its_last_second() -> None:
    case = under(**SURE, malicious="no", cause="loss")
    assert task(case, "act.final")["DUE"].dt == datetime(2022, 7, 21, 14, 59, 59, tzinfo=UTC)
    assert day(case, "act.final")["DTSTART"].dt == date(2022, 7, 21)


def test_a_law_s_day_rings_the_day_before_but_no_drill_and_nothing_done() -> None:
    def rings(entry: Any) -> list[Any]:
        return [one["TRIGGER"] for one in entry.walk("VALARM")]

    case = under(**SURE)
    (before,), (morning,) = rings(task(case, "act.every")), rings(day(case, "act.every"))
    assert (before.dt, before.params["RELATED"], morning.dt) == (timedelta(days=-1), "END", timedelta(hours=-15))
    (alarm,) = task(case, "act.every").walk("VALARM")
    assert (alarm["ACTION"], str(alarm["DESCRIPTION"])) == ("DISPLAY", "act.every")
    filed = done(later(case, hours=20), partial(duties.file, duty="act.every"))
    for silent in (filed, drill(case)):
        assert not rings(task(silent, "act.every")) + rings(day(silent, "act.every"))
    assert not rings(task(case, "act.after"))  # no date yet
    assert all("step" not in uid for uid, entry in entries(case).items() if rings(entry))


def test_targets_and_own_aims_are_marked() -> None:
    case = under(**SURE)
    assert str(task(case, "act.prelim")["SUMMARY"]) == "Target: act.prelim"
    assert day(case, "act.prelim")["DTSTART"].dt == date(2022, 6, 26)
    assert "not a day set by law" in task(case, "act.prelim")["DESCRIPTION"]
    assert str(task(case, "act.subjects")["SUMMARY"]) == "Target: act.subjects"
    assert task(case, "act.subjects")["DUE"].dt == datetime(2022, 6, 25, 6, 45, tzinfo=UTC)
    assert "The law names no date: without delay." in task(case, "act.subjects")["DESCRIPTION"]
    japanese = entries(case, "ja")["20220622-test.act.prelim.task@runbook"]
    assert str(japanese["SUMMARY"]).startswith("目安：act.prelim")


def test_what_may_apply_is_tentative_and_says_what_it_hangs_on() -> None:
    case = under(organization_type="public_body", known_at="15:45")
    whole_day = day(case, "act.final")
    assert whole_day["STATUS"] == "TENTATIVE"
    assert str(whole_day["SUMMARY"]) == "May apply: act.final"
    assert "It depends on: Sensitive, malicious, Cause, Persons" in whole_day["DESCRIPTION"]
    assert "Once confirmed, a wrongful purpose: 2022-08-22 23:59." in whole_day["DESCRIPTION"]


def test_another_partys_duty_says_whose_it_is() -> None:
    case = under(**SURE, contractor_known_at="12:00")
    assert "(duty of: the contractor)" in task(case, "act.contractor")["SUMMARY"]


def test_what_is_met_is_completed() -> None:
    case = later(under(**SURE), hours=20)
    case = done(case, partial(duties.file, duty="act.every"))
    todo = task(case, "act.every")
    assert (todo["STATUS"], todo["PERCENT-COMPLETE"]) == ("COMPLETED", 100)
    assert todo["COMPLETED"].dt == datetime(2022, 6, 23, 2, 45, tzinfo=UTC)
    assert todo["DUE"].dt == datetime(2022, 6, 25, 6, 45, tzinfo=UTC)
    assert (day(case, "act.every")["STATUS"], day(case, "act.every")["SUMMARY"]) == (
        "CONFIRMED",
        "Done: act.every",
    )


def test_what_no_longer_applies_is_cancelled_under_its_old_uid() -> None:
    before = under(**SURE)
    after = told(before, persons="100", malicious="no", cause="loss", sensitive_data="no")
    assert task(before, "act.final")["STATUS"] == "NEEDS-ACTION"
    assert (task(after, "act.final")["STATUS"], day(after, "act.final")["STATUS"]) == ("CANCELLED", "CANCELLED")
    assert str(day(after, "act.final")["SUMMARY"]) == "Does not apply: act.final"


def test_a_law_that_is_asked_no_more_is_cancelled_and_one_never_asked_is_silent() -> None:
    never = under(ACT, ABROAD, **SURE)
    assert not [uid for uid in entries(never) if "abroad" in uid]
    asked = told(never, regimes="act, abroad")
    assert task(asked, "abroad.tell")["STATUS"] == "NEEDS-ACTION"
    gone = told(asked, regimes="act")
    assert (task(gone, "abroad.tell")["STATUS"], day(gone, "abroad.tell")["STATUS"]) == ("CANCELLED", "CANCELLED")


def test_a_clock_that_never_had_a_start_has_a_task_and_no_day() -> None:
    """Some programs show cancelled entries: there is none where no earlier file can have had a day."""
    case = under(**SURE)
    assert "DUE" not in task(case, "act.after")
    assert str(task(case, "act.after")["SUMMARY"]) == "No date yet: act.after"
    assert task(case, "act.after")["STATUS"] == "NEEDS-ACTION"
    assert "20220622-test.act.after.day@runbook" not in entries(case)
    private = told(case, organization_type="business")
    assert task(private, "act.after")["STATUS"] == "CANCELLED"
    assert "20220622-test.act.after.day@runbook" not in entries(private)


@pytest.mark.parametrize(
    ("id", "start", "taken_back"),
    [
        (
            "act.after",
            partial(duties.file, duty="act.prelim"),
            partial(duties.withdraw, duty="act.prelim", reason="sent to nobody"),
        ),
        (
            "act.contractor",
            partial(claim, name="contractor_known_at", typed="12:00", status="claimed"),
            partial(records.undo),
        ),
    ],
)
def test_a_start_that_was_taken_back_cancels_its_day(id: str, start: Decision, taken_back: Decision) -> None:
    never = under(organization_type="public_body")
    assert f"20220622-test.{id}.day@runbook" not in entries(never)
    dated = done(never, start)
    assert day(dated, id)["STATUS"] in ("CONFIRMED", "TENTATIVE")
    undated = done(dated, taken_back)
    assert "DUE" not in task(undated, id)
    assert day(undated, id)["STATUS"] == "CANCELLED"


def test_steps_are_in_it_as_targets_on_no_day() -> None:
    case = under(**SURE)
    assert str(task(case, "step.notice-what")["SUMMARY"]) == "Target: What was noticed"
    finished = done(case, partial(steps.fill, step="notice-what", field="noticed", typed="15:00"))
    finished = done(finished, partial(steps.finish, step="notice-what"))
    assert task(finished, "step.notice-what")["STATUS"] == "COMPLETED"
    skipped = done(case, partial(steps.skip, step="notice-what", reason="seen already"))
    assert task(skipped, "step.notice-what")["STATUS"] == "CANCELLED"
    every = [uid for one in (case, finished, skipped) for uid in entries(one) if ".step." in uid]
    assert [uid for uid in every if ".day@" in uid] == []


def test_a_step_without_a_date_is_in_it_only_if_it_had_one() -> None:
    """A calendar of open aims without a date tells nobody anything; one that lost its date must learn it."""
    uid = "20220622-test.step.press.task@runbook"
    never = under(organization_type="public_body")
    assert uid not in entries(never)
    dated = told(never, "claimed", "", known_at="15:00")
    assert "DUE" in entries(dated)[uid]
    undated = told(dated, "claimed", "", known_at="unknown")
    assert "DUE" not in entries(undated)[uid]


def test_what_it_hangs_on_is_one_line_with_all_facts() -> None:
    about = str(task(under(known_at="15:45"), "act.final")["DESCRIPTION"])
    lines = [line for line in about.splitlines() if line.startswith("It depends on")]
    assert lines == ["It depends on: Kind, Sensitive, malicious, Cause, Persons"]


# The file


def test_it_says_what_it_is() -> None:
    calendar = read(under(**SURE), "ja")
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar["PRODID"] == "-//lost-media-runbook//runbook//JA"
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "事案 20220622-test の期限"


@pytest.mark.parametrize(("demo", "mark"), [(False, "訓練 / DRILL "), (True, "訓練 / DRILL（見本 / DEMO） ")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drill_is_marked_wherever_it_shows(demo: bool, mark: str, language: Language) -> None:
    case = drill(under(**SURE), demo=demo)
    assert all(str(one["SUMMARY"]).startswith(mark) for one in entries(case, language).values())
    assert str(read(case, language)["X-WR-CALNAME"]).startswith(mark)
    live = entries(under(**SURE), language)
    assert not any("DRILL" in str(one["SUMMARY"]) for one in live.values())


def test_lines_are_folded_between_letters() -> None:
    raw = write(under(**SURE), "ja")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two


def test_the_same_record_gives_the_same_bytes_whenever_it_is_written() -> None:
    case = under(**SURE)
    assert write(case, "ja") == write(later(case, days=400), "ja") == write(later(case, minutes=-1), "ja")


NAME = "山田太郎"
SECRETS = (NAME, "Yamada", "A-777", "sato", "USB", "seat")


def test_nothing_anyone_typed_is_in_it() -> None:
    """A name in every free text there is: the calendar holds none of it, in neither language."""
    case = under(**SURE)
    for fact in ("police_station", "affiliation", "receipt"):
        case = told(case, "confirmed", "Yamada", **{fact: f"{NAME} A-777"})
    case = told(case, "claimed", NAME, persons="201")
    acts: list[Decision] = [
        partial(records.rename, title=f"{NAME} USB"),
        partial(records.note, text=NAME),
        partial(steps.assign, step="police", to=NAME),
        partial(steps.fill, step="notice-what", field="who", typed=NAME),
        partial(steps.skip, step="press", reason=NAME),
        partial(duties.file, duty="act.every", receipt="A-777", who=NAME, reason=NAME),
        partial(duties.file, duty="act.final", receipt="A-777", who=NAME),
        partial(duties.withdraw, duty="act.final", reason=NAME),
        partial(duties.delay, duty="act.prelim", reason=NAME),
        partial(duties.override, duty="act.subjects", applies="no", counsel=NAME, reason=NAME),
        partial(duties.override, duty="act.contractor", applies="yes", counsel=NAME, reason=NAME),
        partial(records.close, explanation=NAME),
    ]
    for act in acts:
        case = done(case, act, "Yamada")
    for language in LANGUAGES:
        told_in_full = write(case, language).replace(b"\r\n ", b"").decode()
        assert [secret for secret in SECRETS if secret in told_in_full] == []


def test_hostile_content_stays_on_its_line() -> None:
    evil = msgspec.structs.replace(ACT, title=both("Act\r\nEND:VCALENDAR\x1b[2J\u202e"))
    case = under(evil, **SURE)
    found = entries(case)
    assert len(found) == len(entries(under(**SURE)))
    assert b"\x1b" not in write(case, "en")
    assert "\u202e" not in write(case, "en").decode()


def test_it_is_what_was_read_by_eye(tmp_path: Path) -> None:
    """The golden file: a drill under the Test Act, in Japanese; two duties settled, one open, one that may apply."""
    regimes = tmp_path / "playbooks" / "regimes"
    regimes.mkdir(parents=True)
    (regimes / "test.act.yaml").write_text(ACT_YAML, "utf-8")
    (regimes.parent / "small.yaml").write_text(SMALL, "utf-8")
    case = drill(opened_case(Content(tmp_path).playbook("small")))
    case = told(case, regimes="test.act", known_at="15:45", persons="200")
    case = told(case, "claimed", "", malicious="yes")
    case = done(later(case, hours=20), partial(duties.file, duty="test.act.notify", receipt="A-1", who="山田太郎"))
    case = done(
        case, partial(duties.override, duty="test.act.persons", applies="no", counsel="森", reason="封が開いていない")
    )
    # Regimes of the package come and go: only those of this law and of the steps are compared.
    assert _only(write(case, "ja"), "test.act").replace(b"\r\n", b"\n") == GOLDEN.read_bytes()


def _only(raw: bytes, regime: str) -> bytes:
    """The calendar without the entries of other laws."""
    head, *rest = raw.split(b"BEGIN:VTODO\r\n")
    kept = [
        part for part in rest if f"UID:20220622-test.{regime}".encode() in part or b"UID:20220622-test.step" in part
    ]
    tail = b"" if kept and kept[-1].endswith(b"END:VCALENDAR\r\n") else b"END:VCALENDAR\r\n"
    return b"BEGIN:VTODO\r\n".join([head, *kept]) + tail


# As the record grows

CHANGES: dict[str, Decision] = {
    "note": partial(records.note, text="something"),
    "file": partial(duties.file, duty="act.every"),
    "file first": partial(duties.file, duty="act.prelim"),
    "take first back": partial(duties.withdraw, duty="act.prelim", reason="not so"),
    "take back": partial(duties.withdraw, duty="act.every", reason="not so"),
    "late": partial(duties.delay, duty="act.final", reason="flood"),
    "counsel no": partial(duties.override, duty="act.final", applies="no", counsel="mori", reason="sealed"),
    "counsel rule": partial(duties.override, duty="act.final", applies="rule", counsel="mori", reason="open"),
    "skip": partial(steps.skip, step="press", reason="none is held"),
    "reopen": partial(steps.reopen, step="press", reason="one is"),
    "rename": partial(records.rename, title="another"),
}
FACTS = st.sampled_from(
    [
        ("regimes", "act"),
        ("regimes", "act, abroad"),
        ("regimes", "abroad"),
        ("known_at", "15:45"),
        ("known_at", "unknown"),
        ("known_at", ""),
        ("contractor_known_at", "12:00"),
        ("contractor_known_at", ""),
        ("persons", "7"),
        ("persons", "200"),
        ("malicious", "yes"),
        ("organization_type", "business"),
        ("organization_type", "public_body"),
        ("law_as_of", "2019-01-01"),
        ("law_as_of", "2022-06-22"),
    ]
)
STEPS = st.lists(st.one_of(st.sampled_from(sorted(CHANGES)), FACTS), max_size=6)


def changed(case: Case, change: str | tuple[str, str]) -> Case:
    """The case a minute later and after this change, as far as it is possible now."""
    case = later(case, minutes=1)
    try:
        if isinstance(change, tuple):
            return told(case, **{change[0]: change[1]})
        return recorded(case, CHANGES[change](case, By("sato", None, case.incident.seq)))
    except RunbookError:
        return case


@settings(max_examples=40)
@given(STEPS)
def test_a_calendar_can_follow_the_record(changes: list[str | tuple[str, str]]) -> None:
    """Whatever happens: no UID that was handed out disappears or comes twice; a later record has a higher SEQUENCE."""
    case = under(ACT, ABROAD, organization_type="public_body")
    before = entries(case)
    for change in changes:
        case = changed(case, change)
        components = read(case).subcomponents
        now = entries(case)
        assert len(now) == len(components)
        assert set(before) <= set(now)
        for uid, one in now.items():
            assert one["SEQUENCE"] == case.incident.seq
            assert uid not in before or one["DTSTAMP"].dt >= before[uid]["DTSTAMP"].dt
            if one.name == "VEVENT":
                assert "DTSTART" in one
        before = now
