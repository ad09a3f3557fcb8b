"""What is known: facts, data sets, and the registers kept beside them."""

from __future__ import annotations

from functools import partial
from typing import get_args

import click

from runbook.actions.deciding import Decision, together
from runbook.actions.facts import claim, find_register, record_dataset, record_row, strike_row
from runbook.actions.values import read_estimate
from runbook.case import Case
from runbook.cli import shapes, telling
from runbook.cli.parts import WHOLE, Command, OneOf
from runbook.cli.session import Session, items, pairs
from runbook.errors import BadContent
from runbook.events import UNITS
from runbook.playbook import ClaimStatus, Register
from runbook.saying import value_words
from runbook.speech import say

_STATUSES: tuple[ClaimStatus, ...] = get_args(ClaimStatus)


@click.command("fact", cls=Command, help=say("Record facts; without any, list them with their history.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("facts", nargs=-1, metavar="[NAME=VALUE]...", help=say("What is said; no value withdraws it.").id)
@click.option("--as-of", default="", metavar="TIME", help=say("As of when it holds.").id)
@click.option("--source", default="", metavar="S", help=say("Who says so.").id)
@click.option("--status", type=OneOf(_STATUSES), default="confirmed", help=say("How sure it is (else: confirmed).").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed it after this entry.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def fact(
    session: Session,
    incident: str,
    facts: tuple[str, ...],
    as_of: str,
    source: str,
    status: ClaimStatus,
    if_seq: int | None,
    json: bool,
) -> None:
    case = session.case(incident)
    names = list(case.playbook.facts)
    if facts:
        said = [(name, "") for name in facts] if status == "withdrawn" else pairs(facts)
        said = [(name.removesuffix("="), value) for name, value in said]
        moment = session.moment(as_of, case) if as_of else None
        claims: list[Decision] = [
            partial(claim, name=name, typed=typed, status=status, source=source, as_of=moment) for name, typed in said
        ]
        case = session.do(case, together(*claims), if_seq).case
        names = [name for name, _ in said]
    if json:
        session.json({name: shapes.fact_history(case.incident.fact(name), case.zone) for name in names})
    elif not facts:
        session.out(*telling.drill_heading(case, session))
        for name in names:
            session.out(*telling.fact_history(case, name, session))


@click.command("dataset", cls=Command, help=say("Record a data set, or a newer count of it.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("name", help=say("What it is, such as “resident register”.").id)
@click.option(
    "--count",
    default="",
    metavar="N",
    help=say("How many: 460517, “about 460000”; nothing as long as nobody knows.").id,
)
@click.option("--unit", type=OneOf(UNITS), required=True, help=say("What is counted.").id)
@click.option("--fields", metavar="A,B", help=say("Its columns, separated by commas.").id)
@click.option("--sensitive", metavar="A,B", help=say("Which of them are sensitive.").id)
@click.option("--as-of", default="", metavar="TIME", help=say("As of when it was counted.").id)
@click.option("--source", default="", metavar="S", help=say("Who says so.").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed it after this entry.").id)
@click.pass_obj
def dataset(
    session: Session,
    incident: str,
    name: str,
    count: str,
    unit: str,
    fields: str | None,
    sensitive: str | None,
    as_of: str,
    source: str,
    if_seq: int | None,
) -> None:
    case = session.case(incident)
    number, estimate = read_estimate(count, say("count"), unit)
    decision = partial(
        record_dataset,
        name=name,
        count=number,
        estimate=estimate,
        unit=unit,
        fields=None if fields is None else items(fields),
        sensitive=None if sensitive is None else items(sensitive),
        as_of=session.moment(as_of, case) if as_of else None,
        source=source,
    )
    session.do(case, decision, if_seq)


@click.command("row", cls=Command, help=say("Record a row of a register; without a change, list its rows.").id)
@click.argument("incident", help=say("The incident's id, or the beginning of it.").id)
@click.argument("register", help=say("The register's name, such as custody.").id)
@click.option(
    "--set",
    "columns",
    multiple=True,
    metavar="COLUMN=VALUE",
    help=say("Fill in a column; an empty value empties it.").id,
)
@click.option("--strike", default="", metavar="KEY", help=say("Strike this row out.").id)
@click.option("--if-seq", type=WHOLE, help=say("Refuse if someone changed it after this entry.").id)
@click.option("--json", is_flag=True, help=say("Print JSON.").id)
@click.pass_obj
def row(
    session: Session,
    incident: str,
    register: str,
    columns: tuple[str, ...],
    strike: str,
    if_seq: int | None,
    json: bool,
) -> None:
    case = session.case(incident)
    found = find_register(case, register)
    if columns and strike:
        raise BadContent(say("A row is either recorded or struck out."), say("Give --set or --strike, not both."))
    if strike:
        case = session.do(case, partial(strike_row, register=register, key=strike), if_seq).case
    elif columns:
        case = session.do(case, partial(record_row, register=register, typed=dict(pairs(columns))), if_seq).case
    if json:
        names = [column.id for column in found.columns]
        session.json([shapes.row(key, row, names, case.zone) for key, row in case.incident.rows(register).items()])
    elif not (strike or columns):
        _print_rows(session, case, found)


def _print_rows(session: Session, case: Case, register: Register) -> None:
    titles = {column.id: column for column in register.columns}
    session.out(*telling.drill_heading(case, session))
    for key, row in case.incident.rows(register.id).items():
        session.out(f"{key}  (#{row.touch.seq} {row.touch.actor})")
        for name, value in row.values.items():
            column = titles.get(name)
            said = value_words(value, column.choices if column else {}, case.zone)
            title = column.title if column else name
            session.out("    " + session.speak(say("{field}: {value}", field=title, value=said)) + f" [{name}]")


COMMANDS = (fact, dataset, row)
