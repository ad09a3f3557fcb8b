"""Which window fills in which kind of field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from runbook.actions import facts, steps
from runbook.playbook import Field, Step
from runbook.tui.screens.board.filling import EMPTY, Fill, Pick, asked, question
from runbook.tui.screens.board.tables import DataSetForm, RowForm, Table, dataset_rows, register_rows
from runbook.tui.teller import Teller

if TYPE_CHECKING:
    from runbook.tui.app import RunbookApp


def fill(app: RunbookApp, tell: Teller, step: Step, field: Field, row: str | None = None) -> None:
    """Open what fills in a field; for one with rows, at once the form of the row of that key (empty: a new one)."""
    case = tell.case
    keep = f"board:fill('{step.id}', '{field.id}')"
    if field.type in ("register", "dataset"):
        table = _table(app, tell, step, field)
        app.push_screen(table)
        if row is not None:
            app.push_screen(table.form(row))
    elif field.type in ("choice", "yesno"):
        app.ask(
            Pick(case, step, field),
            lambda id: partial(steps.fill, step=step.id, field=field.id, typed="" if id == EMPTY else id),
        )
    else:
        app.push_screen(Fill(case, step, field, keep))


def _table(app: RunbookApp, tell: Teller, step: Step, field: Field) -> Table:
    def keep(key: str) -> str:
        return f"board:fill({step.id!r}, {field.id!r}, {key!r})"

    title, said = question(tell.case, step, field), partial(asked, field)
    if field.type == "dataset":
        return Table(
            title, said, dataset_rows, lambda key: DataSetForm(app.case or tell.case, key, app.language, keep(key))
        )
    register = tell.case.playbook.registers[field.register]
    return Table(
        title,
        said,
        partial(register_rows, register),
        lambda key: RowForm(app.case or tell.case, register, key, app.language, keep(key)),
        lambda key: partial(facts.strike_row, register=register.id, key=key),
    )
