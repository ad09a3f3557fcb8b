"""Facts, data sets and registers: what is claimed, by whom, as of when."""

from __future__ import annotations

from runbook import events as e
from runbook.actions.deciding import By, require_open, require_unchanged
from runbook.actions.values import clean, read_value, require_not_given_away
from runbook.case import Case
from runbook.errors import BadContent, Refused, meant
from runbook.events import UNITS, Act, Prose, Value
from runbook.incident import DataSet, same_value
from runbook.moment import Moment, about
from runbook.playbook import ClaimStatus, FactSpec, Register
from runbook.saying import count_words, value_words
from runbook.speech import say


def claim(
    case: Case,
    by: By,
    name: str,
    typed: str,
    *,
    status: ClaimStatus = "confirmed",
    source: str = "",
    as_of: Moment | None = None,
    moment: Moment | None = None,
) -> list[Act]:
    """Record what a source says of a fact. Empty text withdraws that source's claim (rules.md 17). A count that is said
    to be only about right is an estimate, whoever says so."""
    require_open(case)
    spec = find_fact(case, name)
    fact = case.incident.fact(name)
    told = value_words(fact.current.value, spec.choices, case.zone) if fact.current else ""
    require_unchanged(case, by, f"fact:{name}", told)
    if status == "withdrawn" or not typed.strip():
        told_by = source or (fact.current.source if fact.current else "")
        if not any(live.source == told_by for live in fact.live):
            if not typed.strip() and status != "withdrawn":
                return []
            raise Refused(say("Nothing is claimed about “{fact}”, so nothing can be withdrawn.", fact=spec.title))
        return [Act(e.FactRecorded(name, None, "withdrawn", told_by, as_of), moment)]
    value = read_value(case, spec, typed)
    if spec.type == "integer" and about(typed):
        status = "estimate"
    now = fact.current
    unchanged = now and same_value(now.value, value) and now.status == status and as_of in (None, now.as_of)
    if now and unchanged and (source in ("", now.source) or source.startswith("step:")):
        return []
    if not source.startswith("step:"):  # a step may well be named after the password
        require_not_given_away(source, say("source"))
    return [Act(e.FactRecorded(name, value, status, clean(source, say("source")), as_of), moment)]


def record_dataset(
    case: Case,
    by: By,
    name: str,
    count: int | None,
    unit: str,
    *,
    estimate: bool = False,
    fields: tuple[str, ...] | None = None,
    sensitive: tuple[str, ...] | None = None,
    as_of: Moment | None = None,
    source: str = "",
    moment: Moment | None = None,
) -> list[Act]:
    """Record a data set, or a newer count of one. Overlapping sets stand side by side; nothing adds them up. A `count`
    of None: nobody has counted. Columns of None: those recorded before, of which this is a newer count.

    Without an `as_of` none is recorded: when it was typed in is not when it was counted.
    """
    require_open(case)
    name = clean(name, say("name"))
    if not name:
        raise BadContent(say("A data set needs a name."), say("Write what it is, such as “resident register”."))
    old = case.incident.dataset(name)
    fields = (old.fields if old else ()) if fields is None else fields
    sensitive = (old.sensitive if old else ()) if sensitive is None else sensitive
    require_not_given_away("\n\n".join((name, *fields, *sensitive, source)), say("name"))
    told = count_words(old) if old else ""
    require_unchanged(case, by, f"dataset:{name}", told)
    if unit not in UNITS:
        raise BadContent(
            say("“{unit}” is not a unit.", unit=unit), say("Choose one of: {options}.", options=", ".join(UNITS))
        )
    if count is not None and count < 0:
        raise BadContent(say("A count cannot be less than nothing."), say("Write how many there are."))
    known = next(known_unit for known_unit in UNITS if known_unit == unit)
    data = e.DatasetRecorded(name, count, known, fields, sensitive, as_of, clean(source, say("source")), estimate)
    return [] if old and _claimed(old) == _claimed(data) else [Act(data, moment)]


def _claimed(data: DataSet | e.DatasetRecorded) -> tuple[object, ...]:
    """What is said of a data set, whoever says so."""
    return data.count, data.estimate, data.unit, data.fields, data.sensitive, data.as_of


def record_row(case: Case, by: By, register: str, typed: dict[str, str], *, moment: Moment | None = None) -> list[Act]:
    """Add a row to a register, or change the columns given of the row its key names. Empty text empties a column."""
    require_open(case)
    found = find_register(case, register)
    key = clean(typed.get(found.key, ""), found.title)
    if not key:
        title = next(column.title for column in found.columns if column.id == found.key)
        raise BadContent(say("“{register}” needs “{column}”.", register=found.title, column=title), say("Fill it in."))
    require_unchanged(case, by, f"row:{register}:{key}")
    columns = {column.id: column for column in found.columns}
    if strange := next((name for name in typed if name not in columns), None):
        raise BadContent(
            say("“{register}” has no column “{column}”.", register=found.title, column=strange),
            say("Its columns are: {columns}.", columns=", ".join(columns)),
        )
    old = case.incident.rows(register).get(key)
    before: dict[str, Value] = dict(old.values) if old else {}
    values = dict(before)
    for name, text in typed.items():
        if text.strip():
            value = read_value(case, columns[name], text)
            if name not in before or not same_value(before[name], value):
                values[name] = value
        else:
            values.pop(name, None)
    if missing := next((c for c in found.columns if c.required and c.id not in values), None):
        raise BadContent(
            say("“{register}” needs “{column}”.", register=found.title, column=missing.title), say("Fill it in.")
        )
    # The new row carries its texts anew, so that either entry can be read, and redacted, without the other.
    whole = {
        name: Prose(text=v.text) if isinstance(v, Prose) and v.text is not None else v for name, v in values.items()
    }
    return [] if values == before and old else [Act(e.RowRecorded(register, key, whole), moment)]


def strike_row(case: Case, by: By, register: str, key: str) -> list[Act]:
    """Strike a row out; its history stays."""
    require_open(case)
    found = find_register(case, register)
    require_unchanged(case, by, f"row:{register}:{key}")
    if key not in case.incident.rows(register):
        raise Refused(say("“{register}” has no row “{row}”.", register=found.title, row=key))
    return [Act(e.RowRecorded(register, key, removed=True))]


def find_fact(case: Case, name: str) -> FactSpec:
    """A declared fact; Refused with the nearest names where there is none."""
    spec = case.spec(name)
    if spec is None:
        raise Refused(
            say("There is no fact “{name}”.", name=name),
            meant(name, case.playbook.facts, say("“runbook fact INCIDENT” lists the facts.")),
        )
    return spec


def find_register(case: Case, name: str) -> Register:
    """A declared register; Refused with the ones there are."""
    register = case.playbook.registers.get(name)
    if register is None:
        raise Refused(
            say("There is no register “{name}”.", name=name),
            say("This playbook has: {names}.", names=", ".join(case.playbook.registers)),
        )
    return register
