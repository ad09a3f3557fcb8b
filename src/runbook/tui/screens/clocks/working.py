"""The clocks: every due time, soonest first, each with how it was computed; and what is recorded about legal duties."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from runbook.actions import duties
from runbook.duties import Deadline, deadlines, reason_wanted
from runbook.speech import Message, say
from runbook.tui.commands import Command
from runbook.tui.screens.clocks import keys
from runbook.tui.screens.clocks.about import asked
from runbook.tui.screens.clocks.screen import DOUBTS, FOLDED, Listed


class Clocks(Listed):
    """The due times."""

    place = "clocks"
    title_said = say("Due times")
    explains = say(
        "What the laws ask of this incident, then the playbook's own due times; in each the soonest first: ! overdue, ^ soon, ✓ met, ? not sure yet whether or since "
        "when, . not needed. Beside each stands its law; a target is an aim of our own or of guidance. The text tells "
        "whether it applies and why, how it was computed, what the law wants, and how sure that is. At the end of the "
        "list: how long things really took. The terminal rings when an alarm of an open due time is passed."
    )
    searching = say("Search the due times")
    commands: ClassVar[tuple[Command, ...]] = keys.COMMANDS

    def on_rows_chosen(self) -> None:
        self.action_follow()

    def action_follow(self) -> None:
        """To the step that works on it; what has none is recorded here."""
        key = self._rows.here
        if deadline := self._deadlines.get(key):
            if deadline.step:
                self.desk_app.go("board", f"step:{deadline.step}")
            else:
                self.action_met(key)
        elif interval := self._intervals.get(key):
            self.desk_app.go("facts", f"fact:{interval.end}")
        elif key == FOLDED:
            self.fold()
        elif key == DOUBTS:
            self._look_into([(where, said) for where, said in self._doubts if where])

    def _look_into(self, found: list[tuple[str, Message]]) -> None:
        """Go to what a doubt is about; with several, choose which."""

        def go(n: str | None) -> None:
            if n is not None:
                where = found[int(n)][0]
                self.desk_app.go("board" if where.startswith("step:") else "facts", where)

        if len(found) > 1:
            from runbook.tui.screens.asking import Choose

            options = [(str(n), said) for n, (_, said) in enumerate(found)]
            self.app.push_screen(Choose(say("Look into which doubt?"), options), go)
        elif found:
            go("0")

    def action_answer(self, fact: str = "") -> None:
        """Answer what would settle it; with several, choose which."""
        deadline = self._deadlines.get(self._rows.here)
        if fact:
            self._claim(fact)
        elif deadline is not None:
            case = self.teller.case
            found = asked(deadline, self._view(deadline), case)
            if len(found) == 1:
                self._claim(found[0])
            elif found:
                from runbook.tui.screens.asking import Choose

                specs = [spec for id in found if (spec := case.spec(id))]
                options = [(spec.id, say("{text}", text=spec.ask or spec.title)) for spec in specs]
                self.app.push_screen(Choose(say("Answer which question?"), options), lambda id: self._claim(id or ""))
            else:
                self.desk_app.tell(say("No question is open here."), say("Facts are corrected under f."))

    def _claim(self, fact: str) -> None:
        from runbook.tui.screens.facts.claiming import ClaimForm

        if fact:
            self.app.push_screen(ClaimForm(fact, self.teller, f"clocks:answer({fact!r})"))

    def action_met(self, duty: str = "") -> None:
        """Record that a duty was met."""
        if deadline := self._duty(duty):
            from runbook.tui.screens.clocks.forms import Met

            form = Met(deadline, self.teller, self.desk_app.desk.actor, f"clocks:met({deadline.id!r})")
            self.app.push_screen(form, lambda done: self._recorded(deadline.id) if done else None)

    def _recorded(self, duty: str) -> None:
        """Say so; where it was late and nobody said why, that too."""
        case = self.desk_app.case
        found = next((one for one in deadlines(case) if one.id == duty), None) if case else None
        if case is None or found is None:
            return
        hint: Message | None = None
        if reason_wanted(case, found):
            hint = say("It was late, and no reason is recorded; x records it.")
        self.desk_app.tell(say("Recorded as met: {duty}", duty=found.what), hint)

    def action_delay(self, duty: str = "") -> None:
        """Record why a duty is late."""
        if deadline := self._duty(duty):
            from runbook.tui.screens.asktext import AskText

            hint = say("{text}", text=deadline.late) if deadline.late else None
            asking = AskText(
                say("Why is “{duty}” late?", duty=deadline.what), hint, keep=f"clocks:delay({deadline.id!r})"
            )
            self.desk_app.ask(asking, lambda reason: partial(duties.delay, duty=deadline.id, reason=reason))

    def action_decide(self, duty: str = "") -> None:
        """Record what counsel decided."""
        if deadline := self._duty(duty):
            from runbook.tui.screens.clocks.forms import Decided

            self.app.push_screen(Decided(deadline, self.teller, f"clocks:decide({deadline.id!r})"))

    def action_withdraw(self, duty: str = "") -> None:
        """Take back that a duty was met."""
        deadline = self._duty(duty)
        if deadline is None:
            return
        if self.teller.case.incident.duty(deadline.id).filing is None:
            self.desk_app.tell(say("“{duty}” is not recorded as met.", duty=deadline.what))
            return
        from runbook.tui.screens.asktext import AskText

        question = say("“{duty}” was not met after all? Say why.", duty=deadline.what)
        asking = AskText(question, keep=f"clocks:withdraw({deadline.id!r})")
        self.desk_app.ask(asking, lambda reason: partial(duties.withdraw, duty=deadline.id, reason=reason))

    def _duty(self, id: str) -> Deadline | None:
        """The legal duty named, or under the cursor; says so where there is none."""
        found = self._deadlines.get(id or self._rows.here)
        if found is not None and found.regime is not None:
            self.arrive(found.id)
            return found
        self.desk_app.tell(
            say("This is not a legal duty."),
            say("A step's own due time is met by finishing the step; enter leads there."),
        )
        return None
