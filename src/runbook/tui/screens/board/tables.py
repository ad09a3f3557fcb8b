"""Fields that hold several rows: a register, and the data sets. A list of the rows, and a form for one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from runbook.actions import facts
from runbook.actions.deciding import By, Decision
from runbook.actions.values import read_estimate, read_value
from runbook.case import Case
from runbook.errors import BadContent
from runbook.events import UNITS, Act
from runbook.moment import read_moment
from runbook.playbook import Field, Register
from runbook.saying import UNIT_NAMES, YES_NO, count_words, joined, value_words
from runbook.speech import Language, Message, say, speaker
from runbook.tui import typed
from runbook.tui.screens.asking import Asking
from runbook.tui.screens.form import Form, Line, WrongLine, numbered, reading
from runbook.tui.teller import Teller
from runbook.tui.widgets.rows import Row, Rows
from runbook.wording.safe import clip

ADD = "+"
"""The id of the line that adds a row; no row has it, since rows are prefixed."""


class Table(Asking[bool]):
    """The rows there are, and a line to add another. `form` makes the form of the row of a key (empty: a new one);
    `strike` decides the striking out of one, where that can be done."""

    BINDINGS: ClassVar = [Binding("x,delete", "strike", show=False), Binding("e", "open", show=False)]

    def __init__(
        self,
        question: Message,
        said: Callable[[Teller], Sequence[str]],
        rows: Callable[[Case, Teller], dict[str, str]],
        form: Callable[[str], Form],
        strike: Callable[[str], Decision] | None = None,
    ) -> None:
        super().__init__(question)
        self._said, self._rows, self.form, self._strike = said, rows, form, strike

    def answer(self) -> ComposeResult:
        for text in self._said(self.teller):
            yield Static(Text(text))
        yield Rows(self._listed())

    def keys(self) -> Message:
        if self._strike is None:
            return say("enter open   esc back")
        return say("enter open   x strike out   esc back")

    def on_mount(self) -> None:
        self.watch(self.app, "case", self._changed, init=False)

    def _changed(self) -> None:
        if self.desk_app.case is not None:
            self.query_one(Rows).set_rows(self._listed())

    def _listed(self) -> list[Row]:
        app = self.desk_app
        assert app.case is not None
        shown = self._rows(app.case, Teller(app.case, app.language, app.shades))
        add = app.speak(say("+ add a row"))
        return [
            *(Row(f"row:{key}", partial(self._line, text)) for key, text in shown.items()),
            Row(ADD, partial(self._line, add)),
        ]

    def _line(self, text: str, width: int, here: bool) -> Text:
        shades = self.desk_app.shades
        return Text(f"{shades.pointer if here else ' '} {clip(text, width - 2)}", shades.here if here else "")

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        self.app.push_screen(self.form("" if event.id == ADD else event.id.removeprefix("row:")))

    def action_open(self) -> None:
        self.query_one(Rows).action_choose()

    def action_strike(self) -> None:
        here = self.query_one(Rows).here
        if self._strike is not None and here != ADD:
            self.desk_app.act(self._strike(here.removeprefix("row:")))


def register_rows(register: Register, case: Case, tell: Teller) -> dict[str, str]:
    """A register's rows, each on one line: its key and what else is filled in, in the columns' order."""
    found = {}
    for key, row in case.incident.rows(register.id).items():
        others = (column for column in register.columns if column.id != register.key and column.id in row.values)
        values = [tell(value_words(row.values[c.id], c.choices, case.zone)) for c in others]
        found[key] = " / ".join([tell(key), *(" ".join(value.split()) for value in values)])
    return found


def dataset_rows(case: Case, tell: Teller) -> dict[str, str]:
    """The data sets, each on one line."""
    return {
        data.name: tell(say("{name}: {count}", name=data.name, count=count_words(data)))
        for data in case.incident.standing_datasets
    }


class RowForm(Form):
    """One row of a register. Its key cannot change: that would be another row."""

    def __init__(self, case: Case, register: Register, key: str, language: Language, keep: str) -> None:
        row = case.incident.rows(register.id).get(key)
        values = {name: typed.as_typed(value, case.zone) for name, value in row.values.items()} if row else {}
        values[register.key] = key
        lines = [_line(c, values.get(c.id, ""), bool(row) and c.id == register.key, language) for c in register.columns]
        super().__init__(say("{register}: {row}", register=register.title, row=key or say("new row")), lines, keep)
        self._case, self._register = case, register

    def decide(self, typed_: dict[str, str]) -> Decision:
        meant = {column.id: typed.meant(column, typed_[column.id]) for column in self._register.columns}
        for column in self._register.columns:
            if meant[column.id].strip():
                with reading(column.id):
                    read_value(self._case, column, meant[column.id])
        return partial(facts.record_row, register=self._register.id, typed=meant)


class DataSetForm(Form):
    """One data set, or a newer count of it."""

    def __init__(self, case: Case, name: str, language: Language, keep: str) -> None:
        speak = speaker(language)
        data = case.incident.dataset(name)
        as_of = typed.as_typed(data.as_of, case.zone) if data else ""
        counted = "" if data is None or data.count is None else f"{'~' * data.estimate}{data.count}"
        options, short = numbered({unit: speak(UNIT_NAMES[unit]) for unit in UNITS})
        several = speak(say("Several, separated by commas"))
        lines = [
            Line("name", speak(say("data set")) + " *", name, fixed=bool(data)),
            Line(
                "count",
                speak(say("count")),
                counted,
                speak(typed.COUNT),
            ),
            Line("unit", speak(say("unit")) + " *", options[data.unit] if data else "", short, options=options),
            Line("fields", speak(say("columns")), ", ".join(data.fields) if data else "", several),
            Line("sensitive", speak(say("sensitive ones")), ", ".join(data.sensitive) if data else "", several),
            Line("as_of", speak(say("as of")), as_of, speak(typed.TIME)),
            Line(
                "source",
                speak(say("who says so")),
                data.source if data else "",
                speak(say("Who, and how surely: the contractor by telephone, about")),
            ),
        ]
        super().__init__(say("Data set: {name}", name=name or say("new")), lines, keep)
        self._units = joined(short.split("  "))
        self._case = case
        self._before = data
        """The count that its time and its source were said of; None once they were taken out for another one."""

    def decide(self, typed_: dict[str, str]) -> Decision:
        as_of = typed_["as_of"]
        unit = typed.unit(typed_["unit"])
        if unit not in UNITS:
            raise WrongLine(
                "unit",
                say("“{unit}” is not a unit.", unit=unit) if unit else say("It is not said yet what is counted."),
                say("Choose one of: {options}.", options=self._units),
            )
        with reading("count"):
            count, estimate = read_estimate(typed_["count"], say("count"), unit)
        with reading("as_of"):
            read_moment(as_of.strip() or "unknown", self._case.now, self._case.zone)
            if count is not None and (stale := self._stale(count, estimate, typed_)):
                self._before = None
                with self.prevent(Input.Changed):  # which would take away what is said below
                    for line in stale:
                        self.input_of(line).value = ""
                raise BadContent(
                    say(
                        "It is {count} now. The time and the source of the old number were taken out.",
                        count=f"{count:,}",
                    ),
                    say("Write those of the new one, and record once more. What stays empty is being confirmed."),
                )

        def decide(case: Case, by: By) -> list[Act]:
            return facts.record_dataset(
                case,
                by,
                typed_["name"],
                count,
                unit,
                estimate=estimate,
                fields=typed.several(typed_["fields"]),
                sensitive=typed.several(typed_["sensitive"]),
                as_of=read_moment(as_of, case.now, case.zone) if as_of.strip() else None,
                source=typed_["source"],
            )

        return decide

    def _stale(self, count: int, estimate: bool, typed_: dict[str, str]) -> list[str]:
        """The lines that still say of another count what was said of the one before."""
        before = self._before
        if before is None or (count, estimate) == (before.count, before.estimate):
            return []
        told = {"as_of": typed.as_typed(before.as_of, self._case.zone), "source": before.source}
        return [line for line, said in told.items() if said == typed_[line] != "" and typed_["as_of"] == told["as_of"]]


def _title(column: Field, language: Language) -> str:
    return column.title.said(language) + (" *" if column.required else "")


def _line(column: Field, value: str, fixed: bool, language: Language) -> Line:
    if column.type == "choice":
        options, hint = numbered({id: said.said(language) for id, said in column.choices.items()})
        return Line(column.id, _title(column, language), options.get(value, value), hint, fixed, options)
    if column.type == "yesno":
        speak = speaker(language)
        answers = {key: speak(YES_NO[id]) for letter, id, _ in typed.choices(column) for key in (letter, id)}
        return Line(
            column.id, _title(column, language), answers.get(value, value), _hint(column, language), fixed, answers
        )
    return Line(column.id, _title(column, language), value, _hint(column, language), fixed)


def _hint(column: Field, language: Language) -> str:
    speak = speaker(language)
    way = typed.how(column)
    own = column.hint.said(language) if column.hint else ""
    return " ".join(part for part in (own, speak(way) if way else "") if part)
