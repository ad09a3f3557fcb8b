"""Incoming: calls, mails, news, visitors of a drill; they are read and answered here."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text

from runbook.case import Case
from runbook.desk import Done
from runbook.drills.room import Room
from runbook.script import inject as find_inject
from runbook.script import scenario_of, waiting
from runbook.speech import say
from runbook.tui.commands import Command
from runbook.tui.drill_words import alone
from runbook.tui.drilling import COMMANDS as IN_DRILL
from runbook.tui.screens.incoming import showing
from runbook.tui.screens.reading import BACK, Reading
from runbook.tui.widgets.frame import KeyLine
from runbook.tui.widgets.kept_rows import KeptRows
from runbook.tui.widgets.rows import Row, heading


class Incoming(Reading):
    """What arrived, beside all about the one under the cursor."""

    place = "incoming"
    title_said = say("Incoming")
    explains = say(
        "What reaches you in this drill, the latest on top: ! waits for an answer, ✓ answered, - for information. Enter "
        "records what you said to it; the guardrails read along as in a notice. The last line tells what the real "
        "case had done by this hour. Where nobody is at the facilitator's console, N, P and E lead the drill."
    )
    commands: ClassVar[tuple[Command, ...]] = (
        Command("enter", "answer", say("answer"), say("Record what you said to what is under the cursor.")),
        *IN_DRILL,
        BACK,
    )

    DEFAULT_CSS = """
    Incoming.-narrow #list { height: 35%; }
    Incoming.-narrow Pane { height: 1fr; }
    """

    _looked_at = 0
    """How many had arrived when one last came here."""

    def _name_keys(self, case: Case) -> None:
        """In the key line stand only those of a drill that would do something now."""
        idle = {"enter", "N", "P", "E"} if showing.over(case) else {"W"}
        idle |= set() if alone(case) else {"N", "P", "E"}
        own = (*self.commands, *IN_DRILL)
        shown = tuple(one for one in self.all_commands() if one not in own or one.key not in idle)
        line = self.query_one(KeyLine)
        if line.commands != shown:
            line.commands = shown
            line.changed()

    def listing(self) -> KeptRows:
        self._rows = KeptRows(id="list")
        return self._rows

    def show(self, case: Case | None) -> None:
        assert case is not None
        super().show(case)
        self._name_keys(case)
        tell, found, scenario = self.teller, showing.newest_first(case), scenario_of(case)
        rows = [Row(one.id, partial(showing.row, one, tell)) for one in found]
        if not found:
            rows = [heading(Text(f"   {tell(say('Nothing has arrived yet.'))}", tell.shades.quiet))]
        if scenario is not None and scenario.ghost:
            rows.append(Row(showing.GHOST, partial(showing.ghost_row, tell(scenario.ghost_name), tell)))
        self._rows.set_rows(rows)
        self.put_headline()
        self.read()

    def headline(self, width: int) -> Text:
        case = self.teller.case
        return showing.headline(len(waiting(case)), len(showing.newest_first(case)), self.teller, width)

    def read(self) -> None:
        tell, here = self.teller, self._rows.here
        scenario, inject = scenario_of(tell.case), find_inject(tell.case, here)
        if here == showing.GHOST and scenario is not None:
            title = tell(say("What {name} had done by this hour", name=scenario.ghost_name))
            self.tell_pane(here, title, list(showing.about_ghost(scenario, tell)))
        elif inject is not None:
            title = f"{inject.number} {tell(inject.title)}"
            self.tell_pane(here, title, list(showing.about(inject, tell)))
        else:
            self.tell_pane("", "", ())

    def arrive(self, where: str) -> None:
        """`where` is "waiting" (to what waits longest; else to what came since the last look) or "inject:ID"."""
        open_ones, all_ones = waiting(self.teller.case), showing.newest_first(self.teller.case)
        if where == "waiting" and open_ones:
            self._rows.here = open_ones[0].id
        elif where == "waiting" and len(all_ones) > self._looked_at:
            self._rows.here = all_ones[0].id
        elif where.startswith("inject:"):
            self._rows.here = where.removeprefix("inject:")
        self._looked_at = len(all_ones)
        self.read()

    def on_rows_moved(self) -> None:
        self.read()

    def on_rows_chosen(self) -> None:
        self.action_answer()

    def action_answer(self, inject: str = "") -> None:
        """Ask what was said, and record it. On the line about the real case, to what waits longest."""
        case = self.teller.case
        found = find_inject(case, inject or self._rows.here) or next(iter(waiting(case)), None)
        if found is None:
            self.desk_app.tell(say("There is nothing to answer here."))
            return
        if showing.over(case):
            self.desk_app.tell(say("The drill is over; nothing more is answered. W shows the score."))
            return
        if not found.answerable:
            self.desk_app.tell(
                say("This is for information: it waits for no answer."), say("n notes what you do about it.")
            )
            return
        from runbook.tui.screens.incoming.answering import AskAnswer

        app, incident = self.desk_app, case.incident.id
        self._rows.here = found.id
        self.read()
        asking = AskAnswer(found, incident, again=bool(showing.replies(case, found.id)))

        def work(text: str, seen: int) -> Done:
            return Room(app.desk).answer(incident, found.id, text, seen=seen)

        app.ask_for(asking, lambda text: partial(work, text))
