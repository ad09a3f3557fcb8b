"""All about one fact, data set or row: as it stands, and its whole history. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from runbook.incident import Claim, DataSet, Row
from runbook.playbook import Register
from runbook.saying import (
    STATUS_NAMES,
    count_words,
    is_unknown,
    moment_words,
    number_words,
    source_words,
    value_words,
)
from runbook.speech import Argument, Message, say
from runbook.touch import Touch
from runbook.tui.screens.facts.listing import NO_SUM, about_what, asked_at, claim_line
from runbook.tui.teller import Teller
from runbook.tui.telling import minute
from runbook.tui.widgets.pane import Piece
from runbook.wording import words


def title(key: str, tell: Teller) -> str:
    """What a key's thing is called."""
    kind, _, name = key.partition(":")
    if kind == "fact":
        spec = tell.case.spec(name)
        return tell(spec.title) if spec else name
    if kind == "dataset":
        return tell(name)
    register, _, row = (name if kind == "row" else f"{name}:").partition(":")
    known = tell.case.playbook.registers.get(register)
    if known is None:
        return tell(say("Data sets"))
    return tell(say("{register}: {row}", register=known.title, row=row)) if row else tell(known.title)


def about(key: str, tell: Teller) -> list[Piece]:
    """Everything that is known of a key's thing."""
    kind, _, name = key.partition(":")
    match kind:
        case "fact":
            return [*_fact(name, tell), *_asked(key, tell), *_history_of_fact(name, tell)]
        case "dataset":
            return [*_dataset(name, tell), *_asked(key, tell), *_history_of_dataset(name, tell)]
        case "row":
            register, _, row = name.partition(":")
            found = tell.case.playbook.registers[register]
            return [*_row(found, row, tell), *_asked(key, tell), *_history_of_row(found, row, tell)]
    return [Piece(Text(tell(say("Nothing is recorded here yet. Press a to add something.")))), *_asked(key, tell)]


def _pieces(said: Iterator[tuple[Argument, Argument]], tell: Teller) -> Iterator[Piece]:
    return (Piece(Text(tell(text)), tell(label)) for label, text in said)


def _fact(name: str, tell: Teller) -> Iterator[Piece]:
    spec, fact = tell.case.spec(name), tell.case.incident.fact(name)
    if spec and spec.ask:
        yield Piece(Text(tell(spec.ask)))
    if fact.current is None:
        yield Piece(Text(tell(say("Nobody has said anything about it yet.")), "bold"))
        return
    yield from _claim(fact.current, name, say("Value"), tell)
    for other in fact.contested:
        yield from _claim(other, name, say("Contested"), tell)


def _claim(claim: Claim, name: str, label: Message, tell: Teller) -> Iterator[Piece]:
    case, spec = tell.case, tell.case.spec(name)
    value = tell(value_words(claim.value, spec.choices if spec else {}, case.zone))
    status = "" if is_unknown(claim.value) else tell(say("({status})", status=STATUS_NAMES[claim.status]))
    yield Piece(Text.assemble((value, "bold"), f"  {status}"), tell(label))
    by = say("{actor}, {at}", actor=claim.touch.actor, at=minute(case.zoned(claim.touch.at)))
    said = [
        (say("As of"), moment_words(claim.as_of, case.zone) if claim.as_of else say("not given")),
        (say("Told by"), source_words(claim.source, case.playbook) if claim.source else say("not given")),
        (say("Recorded"), by),
    ]
    yield from _pieces(iter(said), tell)


def _asked(key: str, tell: Teller) -> Iterator[Piece]:
    """The steps that ask for it."""
    for step, _ in asked_at(tell.case.playbook).get(about_what(key), []):
        yield Piece(Text(tell(source_words(f"step:{step}", tell.case.playbook))), tell(say("Asked in")))


def _history(entries: list[tuple[Touch, str, Message | None]], tell: Teller) -> Iterator[Piece]:
    """What was recorded, the latest first, each with what became of it."""
    if entries:
        yield Piece(Text())
        yield Piece(Text(tell(say("History")), "bold"))
    for touch, said, mark in reversed(entries):
        text = Text.assemble((f"{tell(mark)} ", "bold")) if mark else Text()
        text.append(said, tell.shades.quiet if mark else "")
        text.append(f"  {tell(touch.actor)} #{touch.seq}", tell.shades.quiet)
        yield Piece(text, minute(tell.case.zoned(touch.at)))


def _history_of_fact(name: str, tell: Teller) -> Iterator[Piece]:
    def mark(claim: Claim) -> Message | None:
        if claim.undone:
            return say("[undone]")
        return say("[withdrawn]") if claim.status == "withdrawn" else None

    claims = tell.case.incident.fact(name).claims
    return _history([(claim.touch, claim_line(claim, name, tell), mark(claim)) for claim in claims], tell)


def _dataset(name: str, tell: Teller) -> Iterator[Piece]:
    data, zone = tell.case.incident.dataset(name), tell.case.zone
    if data is None:
        return
    count = Text(tell(count_words(data)), "bold")
    if data.count is not None:
        exact = number_words(data.count, data.unit)
        count = Text.assemble((words(tell.language).count(data.count, data.unit), "bold"), f"  ({tell(exact)})")
    if data.estimate:
        count.append("  " + tell(say("({status})", status=STATUS_NAMES["estimate"])))
    yield Piece(count, tell(say("Count")))
    said: list[tuple[Argument, Argument]] = [
        (say("As of"), moment_words(data.as_of, zone) if data.as_of else say("not given")),
        (say("Told by"), data.source or say("not given")),
        (say("Columns"), tell.list(data.fields) or say("not given")),
        (say("Sensitive"), tell.list(data.sensitive) or say("none named")),
        (say("Recorded"), say("{actor}, {at}", actor=data.touch.actor, at=minute(tell.case.zoned(data.touch.at)))),
    ]
    yield from _pieces(iter(said), tell)
    yield Piece(Text(tell(NO_SUM), tell.shades.quiet))


def _history_of_dataset(name: str, tell: Teller) -> Iterator[Piece]:
    def line(data: DataSet) -> str:
        said = [tell(count_words(data))]
        if data.as_of:
            said.append(tell(say("as of {at}", at=moment_words(data.as_of, tell.case.zone))))
        if data.source:
            said.append(tell(say("source: {source}", source=data.source)))
        return ", ".join(said)

    versions = tell.case.incident.datasets.get(name, ())
    return _history([(one.touch, line(one), say("[undone]") if one.undone else None) for one in versions], tell)


def _row(register: Register, key: str, tell: Teller) -> Iterator[Piece]:
    row = tell.case.incident.rows(register.id).get(key)
    if row is None:
        yield Piece(Text(tell(say("This row was struck out.")), "bold"))
        return
    for column in register.columns:
        value = row.values.get(column.id)
        said = tell(value_words(value, column.choices, tell.case.zone)) if value is not None else tell(say("empty"))
        yield Piece(Text(said, "" if value is not None else tell.shades.quiet), tell(column.title))


def _history_of_row(register: Register, key: str, tell: Teller) -> Iterator[Piece]:
    columns = {column.id: column for column in register.columns}

    def line(row: Row) -> str:
        if row.removed:
            return tell(say("struck out"))
        values = (
            tell(value_words(value, columns[name].choices if name in columns else {}, tell.case.zone))
            for name, value in row.values.items()
            if name != register.key
        )
        return " / ".join(" ".join(value.split()) for value in values)

    rows = tell.case.incident.registers.get(register.id, {}).get(key, ())
    return _history([(one.touch, line(one), say("[undone]") if one.undone else None) for one in rows], tell)
