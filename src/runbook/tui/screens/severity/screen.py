"""The severity worksheet: what is chosen on every line, by whom and why, and the result it makes.

It is a help for judging and says so on every screen; what a person chose is never changed by a fact, only marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from rich.text import Text

from runbook.actions.severity import judge
from runbook.case import Case
from runbook.conditions import names, parse
from runbook.severity import Assessment, Line, asks, assess, choice_words
from runbook.speech import Message, say
from runbook.tui.base import Work
from runbook.tui.commands import Command
from runbook.tui.screens.reading import BACK, Reading
from runbook.tui.screens.severity import showing
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.rows import Row

ROOMY = 132
"""Columns from which the text stands beside the list: less, and what is chosen would be cut off."""


class Severity(Reading):
    """The worksheet."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (ROOMY, "-wide")]  # noqa: RUF012 (declared so by Textual)

    place = "severity"
    title_said = say("Severity")
    explains = say(
        "How severe the breach is by ENISA's method of 2013: a help for judging, not a test of law. The nature of the "
        "data times the ease of identification, plus the circumstances. A line is what a person chose (✓), else what "
        "the facts suggest (blank), else open (?); ^ means that a fact changed since: judge it again. The text tells "
        "all choices with examples; tab goes into it."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("e", "choose", say("choose"), say("Choose on this line, with a reason; enter does the same.")),
        Command("w", "release", say("back to facts"), say("Take back what a person chose, and go by the facts again.")),
        Command("g", "follow", say("to the fact"), say("Go to the fact that this line follows.")),
        BACK,
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Assessment | None = None

    # What is shown

    @property
    def wide(self) -> bool:
        return self.size.width >= ROOMY

    def listing(self) -> KeptRows:
        self._rows = KeptRows(id="list")
        return self._rows

    def show(self, case: Case | None) -> None:
        assert case is not None
        super().show(case)
        self._found = assess(case)
        self._rows.set_rows([] if self._found is None else list(self._drawn(self._found)))
        self.put_headline()
        self.read()

    def _drawn(self, found: Assessment) -> Iterator[Row]:
        for key in showing.layout(found):
            id = "" if key.startswith("group:") else key
            yield Row(id, partial(showing.row, key, found, self.teller))

    def headline(self, width: int) -> Text:
        if self._found is None:
            return Text(f" {self.teller(say('This incident has no method for judging severity.'))}")
        return showing.headline(self._found, self.teller, width)

    def read(self) -> None:
        key, tell, found = self._rows.here, self.teller, self._found
        if found is None:
            self.tell_pane("", "", showing.unread(tell))
        else:
            self.tell_pane(key, showing.title(key, found, tell), showing.about(key, found, tell))

    def arrive(self, where: str) -> None:
        kind, _, element = where.partition(":")
        if kind == "severity":
            self._rows.here = f"line:{element}"
            self.read()

    def on_rows_moved(self) -> None:
        self.read()

    def on_rows_chosen(self) -> None:
        self.action_choose()

    # Keys

    def action_choose(self, element: str = "", choice: str = "") -> None:
        """Ask what is chosen on a line (the one under the cursor), and then why."""
        from runbook.tui.screens.asking import Choose

        found = self._found
        if found is None:
            return
        line = found.line(element) if element else self._line
        if line is None:
            self._no_line(found)
            return
        seen = self.teller.case.incident.seq
        if line.element.choice(choice) is not None:
            self._ask_why(line, choice, seen)
            return
        options = [(one.id, choice_words(one)) for one in line.element.choices]
        here = line.chosen.id if line.chosen else ""
        asking = Choose(say("{text}", text=line.element.ask), options, here)
        self.app.push_screen(asking, lambda id: None if id is None else self._ask_why(line, id, seen))

    def _no_line(self, found: Assessment) -> None:
        """From the result to the first line that is still open; flags follow from the facts alone."""
        if self._rows.here == showing.RESULT and found.open:
            self._rows.here = f"line:{found.open[0].element.id}"
            self.read()
        elif self._rows.here == showing.RESULT:
            self.desk_app.tell(say("Every line is settled. Go to one with the arrows to change it."))
        else:
            self.desk_app.tell(say("This follows from the facts: nothing is chosen here. Press g to go to the fact."))

    def _ask_why(self, line: Line, choice: str, seen: int) -> None:
        from runbook.tui.screens.asktext import AskText

        element = line.element
        chosen = element.choice(choice)
        question: Message
        if chosen is not None:
            question = say("{field}: {choice}. Why?", field=element.title, choice=choice_words(chosen))
            keep = f"severity:choose({element.id!r}, {choice!r})"
        else:
            question = say("{field}: back to what the facts suggest. Why?", field=element.title)
            keep = f"severity:release({element.id!r})"
        asking = AskText(question, say("It is recorded with your name, and shown beside the line."), keep=keep)

        def decided(text: str) -> Work:
            return self.desk_app.doing(partial(judge, element=element.id, choice=choice, reason=text))

        self.desk_app.ask_for(asking, decided, seen=seen)

    def action_release(self, element: str = "") -> None:
        """Give a line (the one under the cursor) back to the facts."""
        found = self._found
        line = found.line(element) if found and element else self._line
        if line is None or line.judged is None:
            self.desk_app.tell(say("Nobody chose anything here, so there is nothing to take back."))
        else:
            self._ask_why(line, "", self.teller.case.incident.seq)

    def action_follow(self) -> None:
        """Go to a fact that the row under the cursor follows."""
        from runbook.tui.screens.asking import Choose

        case = self.teller.case
        facts = [name for name in self._facts() if case.spec(name)]
        if len(facts) == 1:
            self.desk_app.go("facts", f"fact:{facts[0]}")
        elif facts:
            options = [(name, say("{title}", title=spec.title)) for name in facts if (spec := case.spec(name))]
            self.app.push_screen(
                Choose(say("Go to which fact?"), options),
                lambda name: None if name is None else self.desk_app.go("facts", f"fact:{name}"),
            )
        else:
            self.desk_app.tell(say("No fact decides this line: a person chooses."))

    @property
    def _line(self) -> Line | None:
        """The line under the cursor."""
        kind, _, id = self._rows.here.partition(":")
        return self._found.line(id) if self._found and kind == "line" else None

    def _facts(self) -> tuple[str, ...]:
        if line := self._line:
            return asks(line.element)
        kind, _, id = self._rows.here.partition(":")
        flags = self._found.flags if self._found else ()
        flag = next((one.flag for one in flags if kind == "flag" and one.flag.id == id), None)
        return names(parse(flag.when)).facts if flag else ()
